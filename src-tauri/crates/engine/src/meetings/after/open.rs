//! What the user does with a past meeting: plays a recording, takes its passcode, says who a guest was.

use liaison_domain::email;
use liaison_store::tables::meeting_guests::{self, GuestAnswer};
use liaison_store::tables::meeting_instances as instances;
use liaison_store::tables::meeting_recordings as recordings;
use liaison_store::tables::meetings;
use liaison_zoom::{FileUrl, ZoomLinks};
use secrecy::ExposeSecret;

use super::event::Afterwards;
use crate::config::DesktopError;
use crate::engine::Engine;
use crate::failure::Error;
use crate::terms::Tag;

/// Longest text that an answer can be about.
const MAX_KEY: usize = 300;

impl Engine {
    /// Opens the page in Zoom that plays a recording.
    ///
    /// # Errors
    /// [`Error::Gone`] without a link that leads to Zoom, or when Zoom has deleted it.
    pub async fn open_recording(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let sealer = cx.store.sealer();
        let url = cx
            .store
            .read(move |db| {
                let Some((uuid, play_url)) = recordings::play_url(db, &sealer, &id)? else { return Ok(None) };
                // Some files have no page of their own: then it is the page of all of them.
                let of_all = instances::recording_secrets(db, &sealer, &uuid)?.and_then(|secrets| secrets.share_url);
                Ok(play_url.or(of_all))
            })
            .await?
            .ok_or(Error::Gone)?;
        let link = ZoomLinks::new(cx.on_loopback()).recording(&FileUrl::new(url.expose_secret())).map_err(|error| {
            tracing::warn!(%error, "the link of a recording was refused");
            Error::Gone
        })?;
        self.config().desktop.open(link.expose()).map_err(Error::Desktop)
    }

    /// Puts the passcode of a meeting's recordings on the clipboard.
    ///
    /// # Errors
    /// [`Error::Gone`] without one.
    pub async fn copy_recording_passcode(&self, meeting: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let sealer = cx.store.sealer();
        let passcode = cx
            .store
            .read(move |db| {
                for one in instances::of_meeting(db, &meeting)? {
                    let secrets = instances::recording_secrets(db, &sealer, &one.uuid)?;
                    if let Some(passcode) = secrets.and_then(|secrets| secrets.passcode) {
                        return Ok(Some(passcode));
                    }
                }
                Ok(None)
            })
            .await?
            .ok_or(Error::Gone)?;
        let copied: Result<(), DesktopError> = self.config().desktop.copy(passcode.expose_secret(), true);
        copied.map_err(Error::Desktop)
    }

    /// Keeps whether a guest was somebody who was expected.
    ///
    /// # Errors
    /// [`Error::Gone`] without the meeting.
    pub async fn answer_guest(
        &self,
        meeting: String,
        guest: String,
        expected: String,
        is_them: bool,
    ) -> Result<(), Error> {
        let cx = self.profile().await?;
        if guest.is_empty() || guest.chars().count() > MAX_KEY || expected.chars().count() > MAX_KEY {
            return Err(Error::Gone);
        }
        let now_ms = cx.now_ms();
        let answer = GuestAnswer { guest, email: email::folded(&expected), is_them };
        let afterwards = Afterwards::of(&cx);
        let followed = cx
            .store
            .write(move |tx| {
                if meetings::meeting(tx, &meeting)?.is_none() {
                    return Ok(Err(Error::Gone));
                }
                meeting_guests::put(tx, &meeting, &answer, now_ms)?;
                afterwards.follow(tx, &meeting).map(Ok)
            })
            .await??;
        if followed {
            cx.outbox_changed();
        }
        self.changed(&[Tag::Meetings]);
        Ok(())
    }

    /// Takes back what was said of a guest.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn forget_guest(&self, meeting: String, guest: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let afterwards = Afterwards::of(&cx);
        let write = move |tx: &liaison_store::Transaction<'_>| {
            meeting_guests::forget(tx, &meeting, &guest)?;
            afterwards.follow(tx, &meeting)
        };
        if cx.store.write(write).await? {
            cx.outbox_changed();
        }
        self.changed(&[Tag::Meetings]);
        Ok(())
    }
}
