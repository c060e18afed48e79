//! The handle that the shell holds: which profile is open, and the way to it.

mod several;

pub(crate) use several::AtHand;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use futures::future::BoxFuture;
use liaison_store::OpenError;
use tokio::sync::{Mutex, watch};

use crate::config::{Config, DemoError};
use crate::context::{Context, ProfileKind};
use crate::error::LockReason;
use crate::failure::{self, Error};
use crate::folders;
use crate::terms::{Provider, Tag};

/// Windows ends a program by force five seconds after it was told that the session ends
/// (<https://learn.microsoft.com/windows/win32/shutdown/shutdown-changes-for-windows-vista>).
const SHUTDOWN: Duration = Duration::from_millis(4_800);

/// Which profile was used last, in the data folder; below it the one that the demo was opened from.
const CURRENT: &str = "profile";

/// Another profile: nothing of the one before holds any more.
const EVERYTHING: &[Tag] =
    &[Tag::Session, Tag::Meetings, Tag::People, Tag::Calls, Tag::Webinars, Tag::Reminders, Tag::Outbox, Tag::Settings];

/// Liaison without a window. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

/// Opens and closes profiles: put together above, so that this handle knows no area.
pub(crate) trait Profiles: Send + Sync {
    /// `profile` is its folder.
    fn open(
        &self,
        config: Config,
        kind: ProfileKind,
        profile: String,
    ) -> BoxFuture<'_, Result<Arc<Context>, OpenProfileError>>;

    /// Opens a profile that is about to go: its accounts and nothing else, so that they can be signed out. Nothing runs
    /// in the background and nobody is told of changes.
    fn open_at_rest(
        &self,
        config: Config,
        kind: ProfileKind,
        profile: String,
    ) -> BoxFuture<'_, Result<Arc<Context>, OpenProfileError>>;

    /// Signs the demo's rep in, once the demo is open.
    fn sign_in_demo(&self, cx: Arc<Context>) -> BoxFuture<'_, Result<(), Error>>;

    /// Ends what runs in the background.
    fn close(&self, cx: Arc<Context>) -> BoxFuture<'_, ()>;
}

/// Why a profile could not be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenProfileError {
    #[error(transparent)]
    Store(#[from] OpenError),
    #[error(transparent)]
    Demo(#[from] DemoError),
}

struct Inner {
    config: Config,
    profiles: Arc<dyn Profiles>,
    session: RwLock<Session>,
    /// Turns true when the first attempt to open a profile has ended.
    opened: watch::Sender<bool>,
    /// Held while a profile is opened or closed.
    switching: Mutex<()>,
}

#[derive(Clone)]
pub(crate) enum Session {
    /// No profile yet.
    Welcome,
    Locked(LockReason),
    Open(Arc<Context>),
}

impl Engine {
    pub(crate) fn with(config: Config, profiles: Arc<dyn Profiles>) -> Self {
        let inner = Inner {
            config,
            profiles,
            session: RwLock::new(Session::Welcome),
            opened: watch::Sender::new(false),
            switching: Mutex::new(()),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Opens the profile that was used last. Commands that come before this has ended wait for it.
    pub async fn open(&self) {
        let _switching = self.inner.switching.lock().await;
        self.finish_removals().await;
        if let Some((kind, profile)) = self.last() {
            self.open_profile(kind, profile).await;
        }
        self.inner.opened.send_replace(true);
        self.changed(EVERYTHING);
        if let Session::Open(cx) = self.peek()
            && cx.kind() == ProfileKind::Demo
            && let Err(error) = self.inner.profiles.sign_in_demo(cx).await
        {
            tracing::error!(error = error.chain(), "the demo could not sign in");
        }
    }

    /// Tries again after the user has unlocked the keychain.
    ///
    /// # Errors
    /// [`Error::Locked`] when it is still not possible.
    pub async fn retry_unlock(&self) -> Result<(), Error> {
        if let Session::Locked(_) = self.session().await {
            self.open().await;
        }
        match self.session().await {
            Session::Locked(reason) => Err(Error::Locked { reason }),
            _ => Ok(()),
        }
    }

    /// Opens the demo: its own profile, its own services inside this process.
    ///
    /// # Errors
    /// The keychain or the disk refuses, or the services can't be started.
    pub async fn start_demo(&self) -> Result<(), Error> {
        self.ready().await;
        {
            let _switching = self.inner.switching.lock().await;
            if !matches!(self.peek(), Session::Open(cx) if cx.kind() == ProfileKind::Demo) {
                self.close().await;
                self.open_profile(ProfileKind::Demo, ProfileKind::Demo.folder().to_owned()).await;
            }
        }
        let outcome = match self.peek() {
            Session::Open(cx) => {
                // Asked for once more while it is open, it came from where it came from the first time.
                let before = match self.last() {
                    Some((ProfileKind::Demo, _)) => self.left_for_demo(),
                    last => last.map(|(_, profile)| profile),
                };
                let left = before.map(|profile| format!("\n{profile}")).unwrap_or_default();
                self.remember(Some(&format!("{}{left}", ProfileKind::Demo.folder())))?;
                self.inner.profiles.sign_in_demo(cx).await
            }
            Session::Locked(reason) => Err(Error::Locked { reason }),
            Session::Welcome => Err(Error::Internal { code: "E-DEMO" }),
        };
        self.changed(EVERYTHING);
        outcome
    }

    /// Closes the demo and removes its data. Nothing real is touched.
    ///
    /// # Errors
    /// The files can't be removed.
    pub async fn leave_demo(&self) -> Result<(), Error> {
        self.ready().await;
        let _switching = self.inner.switching.lock().await;
        let Session::Open(cx) = self.peek() else { return Ok(()) };
        if cx.kind() != ProfileKind::Demo {
            return Err(Error::TooLate);
        }
        let left = self.left_for_demo();
        self.remember(left.as_deref())?;
        self.close().await;
        self.open_last().await;
        self.changed(EVERYTHING);
        Ok(())
    }

    /// Closes the profile and removes it with its key.
    pub(crate) async fn erase_profile(&self) -> Result<(), Error> {
        self.ready().await;
        let _switching = self.inner.switching.lock().await;
        let Session::Open(cx) = self.peek() else { return Ok(()) };
        let (store, vault) = (cx.store.clone(), Arc::clone(&self.inner.config.vault));
        let demo = cx.kind() == ProfileKind::Demo;
        let profile = cx.profile().to_owned();
        drop(cx);
        // What can't be forgotten now is not half erased: the profile stays open.
        self.remember(None)?;
        self.close().await;
        let erased = if demo {
            // Its key is kept nowhere, and its files are made anew each time.
            Ok(())
        } else if self.is_further(&profile) {
            self.remove_open(store, profile).await
        } else {
            let data_dir = self.inner.config.data_dir.clone();
            let erasing = tokio::task::spawn_blocking(move || {
                folders::forget_name(&data_dir, &profile)?;
                store.erase_everything(vault.as_ref())
            });
            erasing.await.unwrap_or_else(|error| Err(OpenError::Disk(std::io::Error::other(error))))
        };
        self.open_last().await;
        self.changed(EVERYTHING);
        erased.map_err(|error| {
            tracing::error!(%error, "the profile could not be removed; the next start goes on with it");
            Error::Locked { reason: failure::lock_reason(&error) }
        })
    }

    /// The open profile, or the one for real accounts, made now if there is none.
    pub(crate) async fn profile_for_accounts(&self) -> Result<Arc<Context>, Error> {
        self.ready().await;
        let _switching = self.inner.switching.lock().await;
        if let Session::Welcome = self.peek() {
            let kind = self.connectable_kind();
            if let Err(error) = self.finish_removal(kind.folder()).await {
                return Err(Error::Locked { reason: failure::lock_reason(&error) });
            }
            self.open_profile(kind, kind.folder().to_owned()).await;
        }
        match self.peek() {
            Session::Open(cx) => {
                // The demo is remembered with the profile that it was opened from.
                if cx.kind() != ProfileKind::Demo {
                    self.remember(Some(cx.profile()))?;
                }
                Ok(cx)
            }
            Session::Locked(reason) => Err(Error::Locked { reason }),
            Session::Welcome => Err(Error::Internal { code: "E-PROFILE" }),
        }
    }

    /// What is open.
    pub(crate) async fn profile(&self) -> Result<Arc<Context>, Error> {
        match self.session().await {
            Session::Open(cx) => Ok(cx),
            Session::Locked(reason) => Err(Error::Locked { reason }),
            Session::Welcome => Err(Error::NotConnected { provider: Provider::Zoom }),
        }
    }

    /// Stops background work: nothing new is claimed, what is under way ends or stays claimed. Answers in less than five
    /// seconds, also when it could not all be done: a restart then picks it up.
    pub async fn shutdown(&self) {
        let closing = async {
            let _switching = self.inner.switching.lock().await;
            self.close().await;
        };
        if tokio::time::timeout(SHUTDOWN, closing).await.is_err() {
            tracing::warn!("not everything had ended when the program did");
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }

    pub(crate) async fn session(&self) -> Session {
        self.ready().await;
        self.peek()
    }

    pub(crate) fn changed(&self, tags: &[Tag]) {
        self.inner.config.events.changed(tags);
    }

    /// The profile that "Connect my accounts" opens.
    fn connectable_kind(&self) -> ProfileKind {
        if self.inner.config.sandbox.is_some() { ProfileKind::Sandbox } else { ProfileKind::Real }
    }

    /// What is written of the profile that was used last.
    fn written(&self) -> String {
        std::fs::read_to_string(self.current_file()).unwrap_or_default()
    }

    /// The profile that the demo was opened from.
    fn left_for_demo(&self) -> Option<String> {
        self.written().lines().nth(1).map(str::to_owned)
    }

    /// The profile that was used last, or the first one there is.
    fn last(&self) -> Option<(ProfileKind, String)> {
        let written = self.written();
        let wanted = written.lines().next().unwrap_or_default().trim();
        if wanted == ProfileKind::Demo.folder() {
            return Some((ProfileKind::Demo, wanted.to_owned()));
        }
        let mut there = self.folders();
        let place = there.iter().position(|folder| folder.id == wanted).unwrap_or(0);
        (place < there.len()).then(|| (self.connectable_kind(), there.swap_remove(place).id))
    }

    async fn open_last(&self) {
        if let Some((kind, profile)) = self.last() {
            self.open_profile(kind, profile).await;
        }
    }

    fn remember(&self, profile: Option<&str>) -> Result<(), Error> {
        let outcome = match profile {
            Some(profile) => folders::write_at_once(&self.current_file(), profile.as_bytes()),
            None => std::fs::remove_file(self.current_file()),
        };
        match outcome {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::Disk(Arc::new(error))),
            _ => Ok(()),
        }
    }

    fn current_file(&self) -> PathBuf {
        self.inner.config.data_dir.join(CURRENT)
    }

    async fn ready(&self) {
        // The sender lives as long as this handle, so waiting can't fail.
        let _ = self.inner.opened.subscribe().wait_for(|opened| *opened).await;
    }

    fn peek(&self) -> Session {
        self.inner.session.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, session: Session) {
        *self.inner.session.write().unwrap_or_else(PoisonError::into_inner) = session;
    }

    async fn open_profile(&self, kind: ProfileKind, profile: String) {
        let session = match self.inner.profiles.open(self.inner.config.clone(), kind, profile).await {
            Ok(cx) => Session::Open(cx),
            Err(OpenProfileError::Store(error)) => {
                tracing::error!(%error, "the local data could not be opened");
                Session::Locked(failure::lock_reason(&error))
            }
            Err(OpenProfileError::Demo(error)) => {
                tracing::error!(%error, "the demo could not be started");
                Session::Welcome
            }
        };
        self.set(session);
    }

    async fn close(&self) {
        if let Session::Open(cx) = self.peek() {
            self.inner.profiles.close(cx).await;
        }
        self.set(Session::Welcome);
    }
}
