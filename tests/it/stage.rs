//! An engine on a folder of its own, with the sandbox behind it and a desktop that takes notes.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono_tz::Tz;
use liaison_engine::view::{Provider, Tag};
use liaison_engine::{
    BoxFuture, Config, DemoError, DemoServices, Desktop, DesktopError, Endpoints, Engine, Events, RunningDemo,
};
use liaison_sandbox::{Sandbox, SandboxConfig};
use liaison_store::MemoryVault;
use liaison_transport::Clock;
use tokio::sync::watch;
use url::Url;

/// How long a test waits for something that has to happen.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Stage {
    pub engine: Engine,
    pub sandbox: Arc<Sandbox>,
    pub notes: Arc<Notes>,
    pub folder: tempfile::TempDir,
    vault: Arc<MemoryVault>,
    endpoints: Endpoints,
}

/// What left through the browser and the clipboard.
#[derive(Default)]
pub struct Notes {
    pub opened: Mutex<Vec<Url>>,
    pub copied: Mutex<Vec<String>>,
    /// The pages of a sign-in are followed as the demo does.
    pub follow_sign_in: std::sync::atomic::AtomicBool,
    changes: watch::Sender<u64>,
}

impl Desktop for Notes {
    fn open(&self, url: &Url) -> Result<(), DesktopError> {
        self.opened.lock().unwrap().push(url.clone());
        if self.follow_sign_in.load(std::sync::atomic::Ordering::SeqCst) && url.path().contains("authorize") {
            let url = url.clone();
            tokio::spawn(async move { liaison_transport::follow_authorize_url(&url).await });
        }
        Ok(())
    }

    fn copy(&self, text: &str, _secret: bool) -> Result<(), DesktopError> {
        self.copied.lock().unwrap().push(text.to_owned());
        Ok(())
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
        let info = sandbox.info(false);
        let text = |pointer: &str| info.pointer(pointer).unwrap().as_str().unwrap().to_owned();
        let endpoints = Endpoints {
            demo: false,
            zoom_oauth: text("/zoom/oauth").parse().unwrap(),
            zoom_api: text("/zoom/api").parse().unwrap(),
            zoom_client_id: text("/zoom/client_id"),
            salesforce_login: text("/salesforce/login").parse().unwrap(),
            salesforce_client_id: text("/salesforce/client_id"),
        };
        let notes = Arc::new(Notes::default());
        notes.follow_sign_in.store(true, std::sync::atomic::Ordering::SeqCst);
        let folder = tempfile::tempdir().unwrap();
        let vault = Arc::new(MemoryVault::new());
        let engine = engine(folder.path(), &vault, &notes, &endpoints);
        engine.open().await;
        Self { engine, sandbox, notes, folder, vault, endpoints }
    }

    /// Signed in to both, with the first pull done.
    pub async fn connected(config: SandboxConfig) -> Self {
        let stage = Self::new(config).await;
        for provider in [Provider::Zoom, Provider::Salesforce] {
            stage.engine.connect(provider).await.unwrap();
        }
        stage.pulled().await;
        stage
    }

    /// Waits until both services have been pulled completely.
    pub async fn pulled(&self) {
        self.until("both services are pulled", async || {
            let state = self.engine.app_state().await.unwrap();
            state.accounts.iter().all(|account| account.last_sync.is_some() && account.last_error.is_none())
        })
        .await;
    }

    /// Ends the engine and starts it again on the same folder, as a new process would.
    pub async fn restart(&mut self) {
        self.engine.shutdown().await;
        self.engine = engine(self.folder.path(), &self.vault, &self.notes, &self.endpoints);
        self.engine.open().await;
    }

    /// Ends the engine as a kill would: nothing is told, tasks just stop.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().to_owned()
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

fn engine(folder: &Path, vault: &Arc<MemoryVault>, notes: &Arc<Notes>, endpoints: &Endpoints) -> Engine {
    Engine::new(Config {
        data_dir: folder.to_owned(),
        clock: Clock::system(),
        vault: vault.clone(),
        desktop: notes.clone(),
        events: notes.clone(),
        demo: Arc::new(NoDemo),
        sandbox: Some(endpoints.clone()),
        zone: Arc::new(|| Tz::Europe__Amsterdam),
        mac: false,
        version: "test",
    })
}
