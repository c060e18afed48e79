//! The app's side: one engine on a folder, in a process of its own, which takes orders line by line and answers them.
//!
//! The engine is the real one, with the real store. Only what a desktop would have is made up: a clock that stands
//! until it is moved, a keychain whose key is always the same, a browser that follows sign-in pages by itself.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::DateTime;
use liaison_domain::written::Writing;
use liaison_engine::view::Tag;
use liaison_engine::{
    AfterwardsLabels, BoxFuture, CampaignWords, Config, CopyLabels, DemoError, DemoServices, Desktop, DesktopError,
    Endpoints, Engine, Events, InvitationWords, MailWords, Notice, Place, RunningDemo, Said,
};
use liaison_store::{KeyVault, VaultError};
use liaison_transport::{Clock, DonePage};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use url::Url;
use zeroize::Zeroizing;

use crate::commands::{self, Refused};
use crate::hurry;
use crate::zone::Zone;

/// How long nothing has to happen before timers jump: the services are in another process, and have to get their turn.
const IDLE: Duration = Duration::from_millis(8);
/// An order that takes longer by the timers of this process hangs.
const PATIENCE: Duration = Duration::from_mins(20);

/// What the process is told first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Beginning {
    pub data_dir: PathBuf,
    pub now_ms: i64,
    pub zone: Zone,
    pub region: Option<String>,
    pub zoom_oauth: Url,
    pub zoom_api: Url,
    pub zoom_client_id: String,
    pub salesforce_login: Url,
    pub salesforce_client_id: String,
}

/// An order, one a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    Command {
        name: String,
        arguments: Value,
    },
    /// Moves the clock, and lets what waits for it go on.
    Advance {
        ms: u64,
    },
    /// Answers when nothing is left to do before the clock moves on.
    Settle,
    Zone(Zone),
    /// What was opened and copied since the beginning of the process.
    Desktop,
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    Done(Value),
    /// The command's refusal, as the window gets it.
    Refused(Value),
    /// The order was wrong.
    Wrong(String),
}

/// Runs until standard input ends; then the engine is shut down in order. Hurried, its timers jump while it waits.
///
/// # Errors
/// The input is not what the other side of this crate writes, or can't be read.
pub async fn serve(hurried: bool) -> std::io::Result<()> {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut output = tokio::io::stdout();
    let Some(first) = lines.next_line().await? else { return Ok(()) };
    let app = App::new(serde_json::from_str(&first)?);
    app.engine.open().await;
    let waits = async || hurry::idle(IDLE).await;
    while let Some(line) = lines.next_line().await? {
        let order: Order = serde_json::from_str(&line)?;
        let moves = matches!(order, Order::Advance { .. });
        let obeyed = app.obey(order);
        let told = if hurried && !moves {
            let told = hurry::through(PATIENCE, obeyed, waits).await;
            told.ok_or_else(|| std::io::Error::other("an order hangs"))?
        } else {
            obeyed.await
        };
        let mut line = serde_json::to_vec(&told)?;
        line.push(b'\n');
        output.write_all(&line).await?;
        output.flush().await?;
    }
    if hurried {
        hurry::through(PATIENCE, app.engine.shutdown(), waits).await;
    } else {
        app.engine.shutdown().await;
    }
    Ok(())
}

/// One engine on a folder.
pub(crate) struct App {
    pub engine: Engine,
    now_ms: Arc<AtomicI64>,
    zone: Arc<Mutex<Zone>>,
    notes: Arc<Notes>,
}

impl App {
    pub fn new(beginning: Beginning) -> Self {
        let now_ms = Arc::new(AtomicI64::new(beginning.now_ms));
        let zone = Arc::new(Mutex::new(beginning.zone));
        let notes = Arc::new(Notes { saves: beginning.data_dir.join("saved"), ..Notes::default() });
        let endpoints = Endpoints {
            demo: false,
            zoom_oauth: beginning.zoom_oauth,
            zoom_api: beginning.zoom_api,
            zoom_client_id: beginning.zoom_client_id,
            salesforce_login: beginning.salesforce_login,
            salesforce_client_id: beginning.salesforce_client_id,
        };
        let engine = Engine::new(Config {
            data_dir: beginning.data_dir.clone(),
            clock: Clock::from_fn({
                let now_ms = Arc::clone(&now_ms);
                move || DateTime::from_timestamp_millis(now_ms.load(Ordering::SeqCst)).unwrap_or_default()
            }),
            vault: Arc::new(FixedKey),
            desktop: notes.clone(),
            events: notes.clone(),
            demo: Arc::new(NoDemo),
            sandbox: Some(endpoints),
            zone: Arc::new({
                let zone = Arc::clone(&zone);
                move || locked(&zone).known()
            }),
            region: Arc::new(move || beginning.region.clone()),
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
                    video: "Video".to_owned(),
                    audio: "Audio".to_owned(),
                    transcript: "Transcript".to_owned(),
                    captions: "Captions".to_owned(),
                    chat: "Chat".to_owned(),
                    file: "File".to_owned(),
                    more: "and {count} more".to_owned(),
                },
                campaign: CampaignWords {
                    topic: "Topic".to_owned(),
                    agenda: "Description".to_owned(),
                    planned: "Planned".to_owned(),
                    join: "Join".to_owned(),
                    registration: "Registration".to_owned(),
                    open: "Whoever registers may come".to_owned(),
                    approved: "The host approves who may come".to_owned(),
                    without: "Without registration".to_owned(),
                    settings: "Settings".to_owned(),
                    devices: "several devices".to_owned(),
                    closes: "registration closes after the date".to_owned(),
                    host_video: "host video".to_owned(),
                    panelists_video: "panelists’ video".to_owned(),
                    practice: "practice session".to_owned(),
                    passcode: "passcode".to_owned(),
                    on_demand: "on demand".to_owned(),
                    registered: "Registered: {approved}, waiting: {waiting}, denied: {denied}".to_owned(),
                    held: "Held".to_owned(),
                    came: "Came: {came}, stayed more than half: {stayed}, absent: {absent}".to_owned(),
                    recording: "Recording".to_owned(),
                },
                writing: Writing::default(),
            }),
            mac: false,
            version: "scenario",
        });
        Self { engine, now_ms, zone, notes }
    }

    pub async fn obey(&self, order: Order) -> Told {
        match order {
            Order::Command { name, arguments } => match commands::call(&self.engine, &name, arguments).await {
                Ok(answer) => Told::Done(answer),
                Err(Refused::Command(refusal)) => Told::Refused(refusal),
                Err(Refused::Call(reason)) => Told::Wrong(reason),
            },
            Order::Advance { ms } => {
                self.advance(ms).await;
                Told::Done(Value::Null)
            }
            Order::Settle => {
                self.engine.settle().await;
                Told::Done(Value::Null)
            }
            Order::Zone(zone) => {
                *locked(&self.zone) = zone;
                Told::Done(Value::Null)
            }
            Order::Desktop => {
                // Whoever has the query of a start link is the host.
                let texts = |all: &[Url]| -> Vec<String> {
                    let told = |url: &Url| {
                        if url.query_pairs().any(|(name, _)| name == "zak") {
                            format!("{}{}?zak=…", url.origin().ascii_serialization(), url.path())
                        } else {
                            url.to_string()
                        }
                    };
                    all.iter().map(told).collect()
                };
                Told::Done(json!({
                    "opened": texts(&locked(&self.notes.opened)),
                    "copied": &*locked(&self.notes.copied),
                    "said": &*locked(&self.notes.said),
                    "shown": &*locked(&self.notes.shown),
                    "saved": saved(&self.notes.saves),
                }))
            }
        }
    }

    /// The dates that services speak of and the timers of this process jump together, as after a sleep of the laptop.
    /// In between timers run on, so that a pause between two attempts of one request ends by itself.
    async fn advance(&self, ms: u64) {
        self.now_ms.fetch_add(i64::try_from(ms).unwrap_or(i64::MAX), Ordering::SeqCst);
        tokio::time::pause();
        tokio::time::advance(Duration::from_millis(ms)).await;
        tokio::time::resume();
    }
}

/// What was saved: the text of each file by its name.
fn saved(folder: &Path) -> Value {
    let files = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let text = |file: std::fs::DirEntry| {
        let text = std::fs::read_to_string(file.path()).ok()?;
        Some((file.file_name().to_string_lossy().into_owned(), Value::from(text)))
    };
    Value::Object(files.filter_map(text).collect())
}

/// Browser, clipboard and a user who saves every file under the name that is suggested.
#[derive(Default)]
struct Notes {
    saves: PathBuf,
    opened: Mutex<Vec<Url>>,
    copied: Mutex<Vec<Value>>,
    said: Mutex<Vec<Value>>,
    shown: Mutex<Vec<Value>>,
}

impl Desktop for Notes {
    fn open(&self, url: &Url) -> Result<(), DesktopError> {
        if url.path().contains("authorize") {
            let url = url.clone();
            tokio::spawn(async move { liaison_transport::follow_authorize_url(&url).await });
        } else {
            locked(&self.opened).push(url.clone());
        }
        Ok(())
    }

    fn copy(&self, text: &str, secret: bool) -> Result<(), DesktopError> {
        locked(&self.copied).push(json!({ "text": text, "secret": secret }));
        Ok(())
    }

    fn copy_both(&self, text: &str, html: &str, secret: bool) -> Result<(), DesktopError> {
        locked(&self.copied).push(json!({ "text": text, "html": html, "secret": secret }));
        Ok(())
    }

    fn save_file(&self, suggested_name: &str) -> BoxFuture<'_, Option<PathBuf>> {
        let file = self.saves.join(suggested_name);
        Box::pin(async move {
            std::fs::create_dir_all(&self.saves).ok()?;
            Some(file)
        })
    }

    fn notify(&self, notice: Notice) {
        let (kind, what) = match &notice.said {
            Said::Meeting { title, people, minutes } => {
                ("meeting", json!({ "title": title, "people": people, "minutes": minutes }))
            }
            Said::Meetings { count, at, titles } => ("meetings", json!({ "count": count, "at": at, "titles": titles })),
            Said::Missed { count, titles } => ("missed", json!({ "count": count, "titles": titles })),
            Said::Recordings { count, days, titles } => {
                ("recordings", json!({ "count": count, "days": days, "titles": titles }))
            }
            Said::Trial => ("trial", json!({})),
        };
        let mut told = json!({ "id": notice.id, "kind": kind, "canJoin": notice.can_join, "snooze": notice.snooze });
        if let (Some(told), Value::Object(what)) = (told.as_object_mut(), what) {
            told.extend(what);
        }
        locked(&self.said).push(told);
    }

    fn show(&self, place: Place) {
        locked(&self.shown).push(json!(place));
    }
}

impl Events for Notes {
    fn changed(&self, _tags: &[Tag]) {}
}

/// A scenario is about a profile with accounts; the demo has its own data.
struct NoDemo;

impl DemoServices for NoDemo {
    fn start(&self, _zone: String) -> BoxFuture<'_, Result<RunningDemo, DemoError>> {
        Box::pin(async { Err(DemoError("a scenario has no demo".to_owned())) })
    }
}

/// A key that outlives the process, as the system's keychain does.
pub(crate) struct FixedKey;

impl KeyVault for FixedKey {
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

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
