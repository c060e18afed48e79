//! Several profiles, one open at a time: each has its folder, its database, its key and its accounts, and nothing of one
//! is ever read while another is open.

use std::sync::Arc;

use liaison_store::{OpenError, Store};

use super::{EVERYTHING, Engine, Session};
use crate::context::{Context, ProfileKind};
use crate::failure::{self, Error};
use crate::folders::{self, Folder};

/// What there is of a profile that is to go.
pub(crate) enum AtHand {
    /// It is the one that is open.
    Open(Arc<Context>),
    Resting(Arc<Context>),
    /// Nobody ever signed in to it.
    Empty,
    /// It can't be opened: no key, a newer version's, somebody else has it.
    Sealed,
}

impl Engine {
    /// The profiles that are there, and the one that is open or was to be.
    pub(crate) async fn profiles(&self) -> (Vec<Folder>, Option<String>) {
        let open = match self.session().await {
            Session::Open(cx) => Some(cx.profile().to_owned()),
            Session::Locked(_) => self.last().map(|(_, profile)| profile),
            Session::Welcome => None,
        };
        (self.folders(), open)
    }

    /// Makes a profile and opens it. What was open is closed, and is open again where the new one can't be made.
    ///
    /// # Errors
    /// [`Error::TooLate`] in the demo; the disk or the keychain refuses.
    pub(crate) async fn make_profile(&self, name: &str) -> Result<(), Error> {
        let _switching = self.begin_switching().await?;
        let made = folders::make(&self.inner.config.data_dir, self.connectable_kind().folder(), name);
        let profile = made.map_err(|error| Error::Disk(Arc::new(error)))?;
        let opened = self.open_instead(profile.clone()).await;
        if opened.is_err()
            && let Err(error) = self.remove_folder(profile).await
        {
            tracing::warn!(%error, "a profile that could not be made goes at the next start");
        }
        self.changed(EVERYTHING);
        opened
    }

    /// # Errors
    /// [`Error::Gone`] without such a profile; the disk refuses.
    pub(crate) async fn rename_profile(&self, profile: &str, name: &str) -> Result<(), Error> {
        let _switching = self.begin_switching().await?;
        self.must_be_there(profile)?;
        let renamed = folders::rename(&self.inner.config.data_dir, profile, name);
        self.changed(&[crate::terms::Tag::Session]);
        renamed.map_err(|error| Error::Disk(Arc::new(error)))
    }

    /// Closes the profile that is open and opens another one. What was open is open again where that one can't be.
    ///
    /// # Errors
    /// [`Error::Gone`] without such a profile, [`Error::TooLate`] in the demo, [`Error::Locked`] where it can't be opened.
    pub(crate) async fn switch_profile(&self, profile: String) -> Result<(), Error> {
        let _switching = self.begin_switching().await?;
        self.must_be_there(&profile)?;
        if matches!(self.peek(), Session::Open(cx) if cx.profile() == profile) {
            return Ok(());
        }
        let opened = self.open_instead(profile).await;
        self.changed(EVERYTHING);
        opened
    }

    /// A profile that is there, so that its accounts can be signed out: the open one, or a closed one opened at rest.
    /// None where nothing of it can be read; whoever asks removes it all the same.
    ///
    /// # Errors
    /// [`Error::Gone`] without such a profile, [`Error::TooLate`] in the demo.
    pub(crate) async fn at_hand(&self, profile: &str) -> Result<AtHand, Error> {
        let _switching = self.begin_switching().await?;
        self.must_be_there(profile)?;
        if let Session::Open(cx) = self.peek()
            && cx.profile() == profile
        {
            return Ok(AtHand::Open(cx));
        }
        if !folders::paths(&self.inner.config.data_dir, profile).database().exists() {
            return Ok(AtHand::Empty);
        }
        let config = self.inner.config.clone();
        let opened = self.inner.profiles.open_at_rest(config, self.connectable_kind(), profile.to_owned()).await;
        Ok(opened.map_or_else(
            |error| {
                tracing::warn!(%error, "a profile that is to go could not be opened");
                AtHand::Sealed
            },
            AtHand::Resting,
        ))
    }

    /// Erases a profile: its database, its key, its folder. Where it is the one that is open, another one is opened.
    /// `resting` is the profile itself where it was closed and could be opened.
    ///
    /// # Errors
    /// [`Error::Gone`] without such a profile, [`Error::TooLate`] in the demo, [`Error::Locked`] where not all of it could
    /// be erased yet: the next start goes on with it, and it is not there any more in any case.
    pub(crate) async fn remove_profile(&self, profile: String, resting: Option<Arc<Context>>) -> Result<(), Error> {
        let _switching = self.begin_switching().await?;
        self.must_be_there(&profile)?;
        let store = match self.peek() {
            Session::Open(cx) if cx.profile() == profile => Some(cx.store.clone()),
            _ => None,
        };
        let open = store.is_some();
        let removed = match store {
            Some(store) => {
                self.remember(None)?;
                self.close().await;
                self.remove_open(store, profile).await
            }
            None => match resting.map(|cx| cx.store.clone()) {
                Some(store) => self.remove_open(store, profile).await,
                None => self.remove_folder(profile).await,
            },
        };
        if open || matches!(self.peek(), Session::Locked(_)) {
            self.set(Session::Welcome);
            self.open_last().await;
        }
        self.changed(EVERYTHING);
        removed.map_err(|error| {
            tracing::error!(%error, "a profile could not be removed; the next start goes on with it");
            Error::Locked { reason: failure::lock_reason(&error) }
        })
    }

    /// What the last run of the program had begun to make or to remove is removed. A profile that resists is not listed,
    /// and is tried again at the next start.
    pub(super) async fn finish_removals(&self) {
        let found = folders::left_over(&self.inner.config.data_dir, self.connectable_kind().folder());
        let left = found.unwrap_or_else(|error| {
            tracing::warn!(%error, "the folders of profiles could not be read");
            Vec::new()
        });
        for profile in left {
            if let Err(error) = self.remove_folder(profile).await {
                tracing::warn!(%error, "a profile could not be removed yet");
            }
        }
    }

    /// Those of the kind that real accounts have.
    pub(super) fn folders(&self) -> Vec<Folder> {
        let found = folders::list(&self.inner.config.data_dir, self.connectable_kind().folder());
        found.unwrap_or_else(|error| {
            tracing::warn!(%error, "the folders of profiles could not be read");
            Vec::new()
        })
    }

    /// Not the first of its kind.
    pub(super) fn is_further(&self, profile: &str) -> bool {
        profile != self.connectable_kind().folder()
    }

    /// A removal that another process has begun, or this one, and that is not finished. Whoever opens that profile anew
    /// does it after this: it would be erased under them.
    ///
    /// # Errors
    /// Those of [`Self::remove_folder`].
    pub(super) async fn finish_removal(&self, profile: &str) -> Result<(), OpenError> {
        if folders::is_going(&self.inner.config.data_dir, profile) {
            self.remove_folder(profile.to_owned()).await?;
        }
        Ok(())
    }

    /// Marked first, so that a kill in the middle leaves nothing that anybody takes for a profile.
    pub(super) async fn remove_folder(&self, profile: String) -> Result<(), OpenError> {
        let (data_dir, vault) = (self.inner.config.data_dir.clone(), Arc::clone(&self.inner.config.vault));
        let removing = move || {
            // Whoever began it may be erasing at this moment, or was cut off in the middle: that is never taken back.
            let begins = !folders::is_going(&data_dir, &profile);
            if begins {
                folders::begin_removal(&data_dir, &profile)?;
            }
            let erased = liaison_store::erase(&folders::paths(&data_dir, &profile), vault.as_ref());
            if begins && matches!(erased, Err(OpenError::NewerVersion { .. } | OpenError::InUse)) {
                // Nothing of it was touched, so it is there as before.
                folders::end_removal(&data_dir, &profile)?;
            }
            erased
        };
        let removed = tokio::task::spawn_blocking(removing).await;
        removed.unwrap_or_else(|error| Err(OpenError::Disk(std::io::Error::other(error))))
    }

    /// The same for one that was open a moment ago: whoever still reads it keeps the folder, and nothing that is in it.
    pub(super) async fn remove_open(&self, store: Store, profile: String) -> Result<(), OpenError> {
        let (data_dir, vault) = (self.inner.config.data_dir.clone(), Arc::clone(&self.inner.config.vault));
        let removing = move || {
            folders::begin_removal(&data_dir, &profile)?;
            store.erase_everything(vault.as_ref())?;
            drop(store);
            if let Err(error) = liaison_store::erase(&folders::paths(&data_dir, &profile), vault.as_ref()) {
                tracing::info!(%error, "an empty folder goes at the next start");
            }
            Ok(())
        };
        let removed = tokio::task::spawn_blocking(removing).await;
        removed.unwrap_or_else(|error| Err(OpenError::Disk(std::io::Error::other(error))))
    }

    async fn begin_switching(&self) -> Result<tokio::sync::MutexGuard<'_, ()>, Error> {
        self.ready().await;
        let switching = self.inner.switching.lock().await;
        match self.peek() {
            Session::Open(cx) if cx.kind() == ProfileKind::Demo => Err(Error::TooLate),
            _ => Ok(switching),
        }
    }

    fn must_be_there(&self, profile: &str) -> Result<(), Error> {
        if self.folders().iter().any(|folder| folder.id == profile) { Ok(()) } else { Err(Error::Gone) }
    }

    async fn open_instead(&self, profile: String) -> Result<(), Error> {
        let before = match self.peek() {
            Session::Open(cx) => Some(cx.profile().to_owned()),
            _ => None,
        };
        let (kind, locked) = (self.connectable_kind(), self.peek());
        self.close().await;
        self.open_profile(kind, profile).await;
        match self.peek() {
            Session::Open(cx) => self.remember(Some(cx.profile())),
            Session::Locked(reason) => {
                match before {
                    Some(before) => self.open_profile(kind, before).await,
                    None => self.set(locked),
                }
                Err(Error::Locked { reason })
            }
            Session::Welcome => Err(Error::Internal { code: "E-PROFILE" }),
        }
    }
}
