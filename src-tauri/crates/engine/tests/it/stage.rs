//! An engine on a folder of its own, with the sandbox behind it and a desktop that takes notes.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use liaison_domain::written::Writing;
use liaison_engine::view::{CommandError, OutboxItem, OutboxQuery, Provider, SignInFailure, Tag};
use liaison_engine::{
    AfterwardsLabels, BoxFuture, CampaignWords, Config, CopyLabels, DemoError, DemoServices, Desktop, DesktopError,
    Endpoints, Engine, Events, InvitationWords, MailWords, Notice, Place, RunningDemo,
};
use liaison_sandbox::{BeforeEffect, FaultRule, Sandbox, SandboxConfig, Service};
use liaison_store::{KeyVault, OpenOptions, ProfilePaths, Store, StoreResult, VaultError};
use liaison_transport::{Clock, DonePage};
use reqwest::{Method, Response};
use serde_json::Value;
use tokio::sync::watch;
use url::Url;
use zeroize::Zeroizing;

/// How long a test waits for something that has to happen.
const PATIENCE: Duration = Duration::from_mins(5);

pub struct Stage {
    pub engine: Engine,
    pub sandbox: Arc<Sandbox>,
    pub notes: Arc<Notes>,
    pub folder: tempfile::TempDir,
    skew: Arc<AtomicI64>,
    pub endpoints: Endpoints,
}

/// What left through the browser and the clipboard.
#[derive(Default)]
pub struct Notes {
    pub opened: Mutex<Vec<Url>>,
    pub copied: Mutex<Vec<String>>,
    /// The same as HTML, of what has it.
    pub copied_html: Mutex<Vec<String>>,
    /// What the system was to say.
    pub said: Mutex<Vec<Notice>>,
    /// Where the window was led to.
    pub shown: Mutex<Vec<Place>>,
    /// The pages of a sign-in are followed as the demo does.
    pub follow_sign_in: AtomicBool,
    /// Where files are saved; nowhere closes the dialog.
    pub saves: Mutex<Option<PathBuf>>,
    changes: watch::Sender<u64>,
}

impl Notes {
    /// Sign-in pages are followed without a browser.
    pub fn following() -> Self {
        Self { follow_sign_in: AtomicBool::new(true), ..Self::default() }
    }
}

impl Desktop for Notes {
    fn open(&self, url: &Url) -> Result<(), DesktopError> {
        self.opened.lock().unwrap().push(url.clone());
        if self.follow_sign_in.load(Ordering::SeqCst) && url.path().contains("authorize") {
            let url = url.clone();
            tokio::spawn(async move { liaison_transport::follow_authorize_url(&url).await });
        }
        Ok(())
    }

    fn copy(&self, text: &str, _secret: bool) -> Result<(), DesktopError> {
        self.copied.lock().unwrap().push(text.to_owned());
        Ok(())
    }

    fn copy_both(&self, text: &str, html: &str, secret: bool) -> Result<(), DesktopError> {
        self.copied_html.lock().unwrap().push(html.to_owned());
        self.copy(text, secret)
    }

    fn save_file(&self, suggested_name: &str) -> BoxFuture<'_, Option<PathBuf>> {
        let file = self.saves.lock().unwrap().as_ref().map(|folder| folder.join(suggested_name));
        Box::pin(std::future::ready(file))
    }

    fn notify(&self, notice: Notice) {
        self.said.lock().unwrap().push(notice);
        self.changes.send_modify(|count| *count += 1);
    }

    fn show(&self, place: Place) {
        self.shown.lock().unwrap().push(place);
    }
}

impl Events for Notes {
    fn changed(&self, _tags: &[Tag]) {
        self.changes.send_modify(|count| *count += 1);
    }
}

/// The tests use the stand-alone kind of profile; the demo has a test of its own in the window.
struct NoDemo;

impl DemoServices for NoDemo {
    fn start(&self, _zone: String) -> BoxFuture<'_, Result<RunningDemo, DemoError>> {
        Box::pin(async { Err(DemoError("not in this test".to_owned())) })
    }
}

impl Stage {
    /// Sandbox and engine; nobody is signed in.
    pub async fn new(config: SandboxConfig) -> Self {
        let sandbox = Arc::new(Sandbox::start(SandboxConfig { auto_consent: true, ..config }).await.unwrap());
        let endpoints = endpoints(&sandbox);
        let notes = Arc::new(Notes::following());
        let folder = tempfile::tempdir().unwrap();
        let skew = Arc::new(AtomicI64::new(0));
        let engine = engine(folder.path(), &notes, &endpoints, &skew);
        engine.open().await;
        Self { engine, sandbox, notes, folder, skew, endpoints }
    }

    /// Signed in to both, with the first pull done.
    pub async fn connected(config: SandboxConfig) -> Self {
        let stage = Self::new(config).await;
        for provider in [Provider::Zoom, Provider::Salesforce] {
            stage.sign_in(provider).await;
        }
        stage.pulled().await;
        stage
    }

    pub async fn sign_in(&self, provider: Provider) {
        sign_in(&self.engine, provider).await;
    }

    /// Waits until both services have been pulled completely.
    pub async fn pulled(&self) {
        self.until("both services are pulled", async || {
            let state = self.engine.app_state().await.unwrap();
            state.accounts.iter().all(|account| account.last_sync.is_some() && account.last_error.is_none())
        })
        .await;
    }

    /// Ends the engine. What it left running when its patience ended still holds the files; the end of a process would
    /// end that too.
    async fn end(&self) {
        self.engine.shutdown().await;
        if let Ok(lease) = std::fs::File::open(self.profile_folder().join("profile.lock")) {
            self.until("the files are left alone", async || lease.try_lock().is_ok()).await;
        }
    }

    fn profile_folder(&self) -> PathBuf {
        self.folder.path().join("profiles").join("sandbox")
    }

    /// Ends the engine and starts it again on the same folder, as a new process would.
    pub async fn restart(&mut self) {
        self.end().await;
        self.engine = engine(self.folder.path(), &self.notes, &self.endpoints, &self.skew);
        self.engine.open().await;
    }

    /// Looks into the files of the profile while no engine runs, and starts one again.
    pub async fn with_store<T>(&mut self, work: impl FnOnce(&Store) -> StoreResult<T>) -> T {
        self.end().await;
        let paths = ProfilePaths::new(self.profile_folder());
        let store = liaison_store::open(&paths, &FixedVault, &OpenOptions { now_utc_ms: 0 }).unwrap();
        let outcome = work(&store).unwrap();
        drop(store);
        self.restart().await;
        outcome
    }

    /// Asks Salesforce as its user.
    pub async fn salesforce_get(&self, path: &str) -> Value {
        self.ask_salesforce(Method::GET, path, None).await.json().await.unwrap()
    }

    /// Deletes something in Salesforce as its user.
    pub async fn salesforce_delete(&self, path: &str) {
        self.ask_salesforce(Method::DELETE, path, None).await;
    }

    /// Asks Salesforce as its user, with a body.
    pub async fn ask_salesforce(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let token = self.sandbox.salesforce().issue_tokens().access_token;
        ask(method, format!("{}{path}", self.sandbox.urls().salesforce), &token, body).await
    }

    /// Asks Zoom as its user, from another computer.
    pub async fn ask_zoom(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let token = self.sandbox.zoom().issue_tokens().access_token;
        let answer = ask(method, format!("{}{path}", self.sandbox.urls().zoom), &token, body).await;
        // Zoom keeps one sign-in for a user and an app, so the other computer has ended ours.
        self.sign_in(Provider::Zoom).await;
        answer
    }

    /// What the engine takes for the time.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        chrono::Utc::now() + chrono::TimeDelta::milliseconds(self.skew.load(Ordering::SeqCst))
    }

    /// Sets the engine's clock, to milliseconds of 1970 UTC, and tells nobody.
    pub fn set_clock(&self, at_ms: i64) {
        self.skew.store(at_ms - chrono::Utc::now().timestamp_millis(), Ordering::SeqCst);
    }

    /// Moves the engine's clock and tells nobody.
    pub fn skip(&self, by: Duration) {
        self.skew.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }

    /// Starts a round and waits until it has ended well for both services.
    pub async fn pull_again(&self) {
        let ages = async || {
            let state = self.engine.app_state().await.unwrap();
            state.accounts.iter().map(|account| account.last_sync).collect::<Vec<_>>()
        };
        let before = ages().await;
        self.engine.sync_now().await.unwrap();
        self.until("a new round has ended", async || {
            let state = self.engine.app_state().await.unwrap();
            state.accounts.iter().all(|account| account.last_error.is_none())
                && ages().await.iter().zip(&before).all(|(now, before)| now > before)
        })
        .await;
    }

    /// Whether a text stands in clear in any file of the data folder.
    pub fn written_anywhere(&self, text: &str) -> bool {
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if std::fs::read(path).unwrap().windows(text.len()).any(|window| window == text.as_bytes()) {
                    return true;
                }
            }
        }
        false
    }

    /// One row of the outbox.
    pub async fn item(&self, id: &str) -> OutboxItem {
        self.engine.outbox(OutboxQuery::default()).await.unwrap().items.into_iter().find(|item| item.id == id).unwrap()
    }

    /// Moves the engine's clock and wakes what waits for it.
    pub async fn advance(&self, by: Duration) {
        self.skip(by);
        self.engine.sync_now().await.unwrap();
    }

    /// Every connection is cut before a request arrives.
    pub fn cut_network(&self) {
        for service in [Service::Zoom, Service::Salesforce] {
            for method in ["GET", "POST", "PATCH", "DELETE"] {
                self.sandbox.faults().add(FaultRule::on(service, method, "/").before(BeforeEffect::Reset)).unwrap();
            }
        }
    }

    /// Effects of one kind, as the sandbox counted them.
    pub fn effects(&self, kind: &str) -> usize {
        self.sandbox.shared().journal.since(0).iter().filter(|effect| effect.kind == kind).count()
    }

    /// Waits for a state that has to come; looks after each change and now and then besides.
    pub async fn until(&self, what: &str, condition: impl AsyncFn() -> bool) {
        let mut changes = self.notes.changes.subscribe();
        let waiting = async {
            while !condition().await {
                let _ = tokio::time::timeout(Duration::from_millis(200), changes.changed()).await;
            }
        };
        assert!(tokio::time::timeout(PATIENCE, waiting).await.is_ok(), "never came: {what}");
    }
}

/// Signs in. Salesforce knows three ports for the way back from the browser, and more tests than that run side by side:
/// one waits for a port.
pub async fn sign_in(engine: &Engine, provider: Provider) {
    let signed_in = async {
        loop {
            match engine.connect(provider).await.map_err(CommandError::from) {
                Err(CommandError::SignInFailed { reason: SignInFailure::PortsBusy, .. }) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                outcome => break outcome.unwrap(),
            }
        }
    };
    assert!(tokio::time::timeout(PATIENCE, signed_in).await.is_ok(), "no port was ever free");
}

/// Where a sandbox listens.
pub fn endpoints(sandbox: &Sandbox) -> Endpoints {
    let info = sandbox.info(false);
    let text = |pointer: &str| info.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    Endpoints {
        demo: false,
        zoom_oauth: text("/zoom/oauth").parse().unwrap(),
        zoom_api: text("/zoom/api").parse().unwrap(),
        zoom_client_id: text("/zoom/client_id"),
        salesforce_login: text("/salesforce/login").parse().unwrap(),
        salesforce_client_id: text("/salesforce/client_id"),
    }
}

/// Asks with a token that is at hand.
pub async fn ask(method: Method, url: String, token: &str, body: Option<Value>) -> Response {
    let mut request = reqwest::Client::new().request(method, url).bearer_auth(token);
    if let Some(body) = body {
        request = request.json(&body);
    }
    request.send().await.unwrap().error_for_status().unwrap()
}

/// A key that outlives the process, as the system's keychain does; the real one has tests of its own.
struct FixedVault;

impl KeyVault for FixedVault {
    fn get(&self, _account: &str) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        Ok(Some(Zeroizing::new([7; 32])))
    }

    fn set(&self, _account: &str, _key: &Zeroizing<[u8; 32]>) -> Result<(), VaultError> {
        Ok(())
    }

    fn delete(&self, _account: &str) -> Result<(), VaultError> {
        Ok(())
    }
}

pub fn engine(folder: &Path, notes: &Arc<Notes>, endpoints: &Endpoints, skew: &Arc<AtomicI64>) -> Engine {
    Engine::new(Config { sandbox: Some(endpoints.clone()), ..config(folder, notes, skew) })
}

pub fn config(folder: &Path, notes: &Arc<Notes>, skew: &Arc<AtomicI64>) -> Config {
    let skew = Arc::clone(skew);
    Config {
        data_dir: folder.to_owned(),
        clock: Clock::from_fn(move || {
            chrono::Utc::now() + chrono::TimeDelta::milliseconds(skew.load(Ordering::SeqCst))
        }),
        vault: Arc::new(FixedVault),
        desktop: notes.clone(),
        events: notes.clone(),
        demo: Arc::new(NoDemo),
        sandbox: None,
        zone: Arc::new(|| liaison_domain::zones::parse("Europe/Amsterdam").unwrap()),
        region: Arc::new(|| None),
        done_page: Arc::new(|_| DonePage::default()),
        copy_labels: Arc::new(|_| CopyLabels {
            meeting_id: "Meeting ID".to_owned(),
            passcode: "Passcode".to_owned(),
            call_subject: "Call with {name}".to_owned(),
            mail: MailWords {
                subject: "Your link: {topic}".to_owned(),
                registrant: "Hello {name},\n\n{topic}\n{when}\n\n{link}".to_owned(),
                panelist: "Hello {name},\n\nYou speak in {topic}.\n{when}\n\n{link}".to_owned(),
            },
            invitation: InvitationWords {
                subject: "Invitation: {topic}".to_owned(),
                text: "{topic}\n{when}\n\n{link}\n\n{id}".to_owned(),
                now: "Meeting with {name}".to_owned(),
            },
            afterwards: AfterwardsLabels {
                held: "Held".to_owned(),
                came: "Came".to_owned(),
                of: "of".to_owned(),
                minutes: "min".to_owned(),
                missed: "Did not come".to_owned(),
                guest: "guest".to_owned(),
                recording: "Recording".to_owned(),
                deleted_on: "Zoom deletes it on".to_owned(),
                more: "and {count} more".to_owned(),
                ..AfterwardsLabels::default()
            },
            campaign: CampaignWords {
                planned: "Planned".to_owned(),
                registration: "Registration".to_owned(),
                open: "Whoever registers may come".to_owned(),
                approved: "The host approves who may come".to_owned(),
                without: "Without registration".to_owned(),
                registered: "Registered: {approved}, waiting: {waiting}, denied: {denied}".to_owned(),
                held: "Held".to_owned(),
                came: "Came: {came}, stayed more than half: {stayed}, absent: {absent}".to_owned(),
                ..CampaignWords::default()
            },
            writing: Writing::default(),
        }),
        mac: false,
        version: "test",
    }
}
