//! One open profile: its database, its two accounts, its background work.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use liaison_salesforce::{ActivityCapability, PersonKind};
use liaison_store::{MemoryVault, OpenError, OpenOptions, ProfilePaths, Store};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::accounts::{PendingSignIn, SalesforceAccount, ZoomAccount};
use crate::config::{Config, DemoError, Endpoints};
use crate::pull::people::PeopleQueries;
use crate::status::StatusBoard;
use crate::turns::Turns;
use crate::usage::UsageBoard;
use crate::view::{Provider, Tag};

/// How long shutting down waits for work under way.
const LAST_WORK: Duration = Duration::from_secs(5);
/// What a user may see and do is asked again after this time.
const ASK_AGAIN: TimeDelta = TimeDelta::hours(24);

/// Which services a profile works with. A profile never changes its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProfileKind {
    /// The real Zoom and Salesforce; loopback is refused.
    Real,
    /// A stand-alone sandbox on loopback; everything else is refused.
    Sandbox,
    /// The embedded sandbox. Its data is made anew at each start.
    Demo,
}

impl ProfileKind {
    pub fn folder(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Sandbox => "sandbox",
            Self::Demo => "demo",
        }
    }

    pub fn paths(self, data_dir: &Path) -> ProfilePaths {
        ProfilePaths::new(data_dir.join("profiles").join(self.folder()))
    }

    /// Whether such a profile was ever made.
    pub fn exists(self, data_dir: &Path) -> bool {
        let paths = self.paths(data_dir);
        paths.key_info().exists() || paths.database().exists()
    }
}

/// Why a profile could not be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenProfileError {
    #[error(transparent)]
    Store(#[from] OpenError),
    #[error(transparent)]
    Demo(#[from] DemoError),
}

pub(crate) struct Profile {
    kind: ProfileKind,
    config: Config,
    endpoints: Option<Endpoints>,
    pub store: Store,
    pub status: StatusBoard,
    pub(crate) zoom: RwLock<Option<ZoomAccount>>,
    pub(crate) salesforce: RwLock<Option<SalesforceAccount>>,
    pub(crate) sign_ins: Mutex<HashMap<Provider, PendingSignIn>>,
    pub(crate) pull_wake: Notify,
    pub(crate) outbox_wake: Notify,
    pub(crate) pull_turns: Turns,
    pub(crate) outbox_turns: Turns,
    stopping: watch::Sender<bool>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
    /// What the rep may do with Events, once it was asked.
    event_capability: Mutex<Option<ActivityCapability>>,
    /// Which fields of people may be read, with the time of asking.
    people_queries: Mutex<Vec<(DateTime<Utc>, PeopleQueries)>>,
    /// What was used of the services' limits.
    pub usage: UsageBoard,
    /// How often the copy was cleared; counted inside the transactions that do it.
    pub(crate) clearings: Arc<AtomicU64>,
    /// Meetings being made by this process; see `schedule`.
    pub(crate) scheduling: tokio::sync::Mutex<()>,
    _demo: Option<Box<dyn Send + Sync>>,
}

impl Profile {
    pub async fn open(config: Config, kind: ProfileKind) -> Result<Arc<Self>, OpenProfileError> {
        let paths = kind.paths(&config.data_dir);
        let zone = (config.zone)();
        let (endpoints, demo) = match kind {
            ProfileKind::Real => (None, None),
            ProfileKind::Sandbox => (config.sandbox.clone(), None),
            ProfileKind::Demo => {
                let running = config.demo.start(zone.name().to_owned()).await?;
                (Some(running.endpoints), Some(running.guard))
            }
        };
        let now_utc_ms = config.clock.now().timestamp_millis();
        let vault = Arc::clone(&config.vault);
        let opening = move || match kind {
            // Its data is made anew each time, so its key need not outlive the process.
            ProfileKind::Demo => {
                remove_demo(&paths)?;
                liaison_store::open(&paths, &MemoryVault::new(), &OpenOptions { now_utc_ms })
            }
            _ => liaison_store::open(&paths, vault.as_ref(), &OpenOptions { now_utc_ms }),
        };
        let store = tokio::task::spawn_blocking(opening)
            .await
            .map_err(|error| OpenError::Disk(std::io::Error::other(error)))??;

        let profile = Arc::new(Self {
            kind,
            config,
            endpoints,
            store,
            status: StatusBoard::default(),
            zoom: RwLock::default(),
            salesforce: RwLock::default(),
            sign_ins: Mutex::default(),
            pull_wake: Notify::new(),
            outbox_wake: Notify::new(),
            pull_turns: Turns::default(),
            outbox_turns: Turns::default(),
            stopping: watch::Sender::new(false),
            tasks: Mutex::default(),
            event_capability: Mutex::default(),
            people_queries: Mutex::default(),
            usage: UsageBoard::default(),
            clearings: Arc::default(),
            scheduling: tokio::sync::Mutex::default(),
            _demo: demo,
        });
        // The look chosen on the first screen, before there was a place to keep it.
        if let Err(error) = crate::settings::begin(&profile.store, &profile.config.data_dir).await {
            tracing::warn!(%error, "the first settings could not be kept");
        }
        profile.restore_accounts().await;
        // Before anybody looks: the copy is never shown without its age.
        crate::pull::restore_ages(&profile).await;
        profile.spawn(crate::pull::run);
        profile.spawn(crate::outbox::run);
        Ok(profile)
    }

    pub fn kind(&self) -> ProfileKind {
        self.kind
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    pub fn endpoints(&self) -> Option<&Endpoints> {
        self.endpoints.as_ref()
    }

    /// Whether this profile works with services on this computer, and with no others.
    pub fn on_loopback(&self) -> bool {
        self.kind != ProfileKind::Real
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.config.clock.now()
    }

    pub fn now_ms(&self) -> i64 {
        self.now().timestamp_millis()
    }

    /// The zone in which times are shown.
    pub fn zone(&self) -> Tz {
        (self.config.zone)()
    }

    pub fn changed(&self, tags: &[Tag]) {
        self.config.events.changed(tags);
    }

    pub fn zoom(&self) -> Option<ZoomAccount> {
        self.zoom.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn salesforce(&self) -> Option<SalesforceAccount> {
        self.salesforce.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Turns true when the profile is being closed.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Ends background work in an orderly way, or leaves it where a restart picks it up.
    pub async fn shutdown(&self) {
        self.stopping.send_replace(true);
        self.cancel_all_sign_ins();
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        let aborts: Vec<_> = tasks.iter().map(JoinHandle::abort_handle).collect();
        if tokio::time::timeout(LAST_WORK, futures::future::join_all(tasks)).await.is_err() {
            aborts.iter().for_each(tokio::task::AbortHandle::abort);
        }
        for provider in [Provider::Zoom, Provider::Salesforce] {
            crate::usage::keep(self, provider).await;
        }
        for session in [self.zoom().map(|account| account.session), self.salesforce().map(|account| account.session)]
            .into_iter()
            .flatten()
        {
            let _ = tokio::time::timeout(LAST_WORK, session.settle()).await;
        }
    }

    pub fn known_event_capability(&self) -> Option<ActivityCapability> {
        self.event_capability.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn remember_event_capability(&self, capability: ActivityCapability) {
        *self.event_capability.lock().unwrap_or_else(PoisonError::into_inner) = Some(capability);
    }

    pub fn known_people_queries(&self, kind: PersonKind) -> Option<PeopleQueries> {
        let oldest = self.now() - ASK_AGAIN;
        let queries = self.people_queries.lock().unwrap_or_else(PoisonError::into_inner);
        let known = queries.iter().find(|(asked, queries)| *asked > oldest && queries.people.kind() == kind);
        known.map(|(_, queries)| queries.clone())
    }

    pub fn remember_people_queries(&self, new: PeopleQueries) {
        let mut queries = self.people_queries.lock().unwrap_or_else(PoisonError::into_inner);
        queries.retain(|(_, known)| known.people.kind() != new.people.kind());
        queries.push((self.now(), new));
    }

    /// To be asked again: another user signed in, or a refusal shows that something changed.
    pub fn forget_capabilities(&self) {
        self.people_queries.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self.event_capability.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn spawn<F, Work>(self: &Arc<Self>, work: F)
    where
        F: FnOnce(Arc<Self>) -> Work,
        Work: Future<Output = ()> + Send + 'static,
    {
        let task = tokio::spawn(work(Arc::clone(self)));
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }
}

fn remove_demo(paths: &ProfilePaths) -> Result<(), OpenError> {
    match std::fs::remove_dir_all(&paths.dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
