//! Opening and copying: what leaves through the browser and the clipboard, and never the window.

use std::sync::Arc;
use std::time::Duration;

use liaison_store::tables::webinars::{self, WebinarRecord, WebinarSecrets};
use liaison_store::tables::{webinar_people, webinar_registrants};
use liaison_zoom::{JoinUrl, WebinarId};
use secrecy::{ExposeSecret, SecretString};

use super::pull::{Round, number};
use super::view::WebinarCopy;
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::access::Failed;
use crate::terms::{Provider, Tag};

/// A host who presses Start wants to be in the webinar; after this time the join link must do.
const FRESH_LINK: Duration = Duration::from_secs(4);

impl Engine {
    /// Opens the join link; a second press at once does nothing.
    ///
    /// # Errors
    /// [`Error::Gone`] without a usable link.
    pub async fn join_webinar(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let Some(turn) = cx.turn(&id) else { return Ok(()) };
        let (_, secrets) = stored(&cx, id).await?;
        self.enter_as_guest(&cx, &join_url(&secrets)?).await?;
        turn.opened(cx.now());
        Ok(())
    }

    /// Fetches a fresh start link, opens it and forgets it. Without an answer in time, the host gets in through the
    /// join link. A second press at once does nothing.
    ///
    /// # Errors
    /// [`Error::Gone`] when Zoom no longer has the webinar.
    pub async fn start_webinar(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let Some(turn) = cx.turn(&id) else { return Ok(()) };
        let (record, secrets) = stored(&cx, id).await?;
        self.open_webinar_start(&cx, &record, &secrets).await?;
        turn.opened(cx.now());
        Ok(())
    }

    async fn open_webinar_start(
        &self,
        cx: &Context,
        record: &WebinarRecord,
        secrets: &WebinarSecrets,
    ) -> Result<(), Error> {
        let Some(zoom) = cx.zoom() else { return self.enter_as_guest(cx, &join_url(secrets)?).await };
        let fetched = tokio::time::timeout(FRESH_LINK, zoom.api.webinars().get(WebinarId(number(record)))).await;
        match fetched.map(|answer| answer.map(|webinar| webinar.start_url)) {
            Ok(Ok(start)) => {
                if let Some(url) = &start
                    && self.enter_as_host(cx, url).await?
                {
                    return Ok(());
                }
                self.enter_as_guest(cx, &join_url(secrets)?).await
            }
            Ok(Err(error)) if error.is_not_found() => Err(Error::Gone),
            Ok(Err(error)) => {
                tracing::warn!(%error, "no fresh start link; the join link is opened");
                let Ok(url) = join_url(secrets) else { return Err(Error::zoom(error, cx.now())) };
                self.enter_as_guest(cx, &url).await.map_err(|_| Error::zoom(error, cx.now()))
            }
            Err(_) => self.enter_as_guest(cx, &join_url(secrets)?).await,
        }
    }

    /// Puts a link or the passcode on the clipboard.
    ///
    /// # Errors
    /// [`Error::Gone`] when it has none.
    pub async fn copy_webinar(&self, id: String, what: WebinarCopy) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (record, secrets) = stored(&cx, id).await?;
        let secret = |secret: Option<SecretString>| secret.map(|text| text.expose_secret().to_owned());
        let (text, is_secret) = match what {
            WebinarCopy::JoinLink => (secret(secrets.join_url), false),
            WebinarCopy::RegistrationLink => (record.registration_url, false),
            WebinarCopy::Passcode => (secret(secrets.passcode), true),
        };
        self.copy(&text.ok_or(Error::Gone)?, is_secret)
    }

    /// Puts one registrant's own link on the clipboard. Whoever has it comes in as them, so that clipboard histories
    /// are asked not to keep it.
    ///
    /// # Errors
    /// [`Error::Gone`] when they have none.
    pub async fn copy_registrant_link(&self, webinar: String, registrant: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let sealer = cx.store.sealer();
        let own = move |db: &liaison_store::Connection| {
            let found = webinar_registrants::get(db, &registrant)?.filter(|one| one.webinar_key == webinar);
            found.map_or(Ok(None), |one| webinar_registrants::join_url(db, &sealer, &one.key))
        };
        let link = cx.store.read(own).await?.ok_or(Error::Gone)?;
        self.copy(link.expose_secret(), true)
    }

    /// Puts one panelist's own link on the clipboard.
    ///
    /// # Errors
    /// [`Error::Gone`] when they have none.
    pub async fn copy_panelist_link(&self, webinar: String, panelist: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let sealer = cx.store.sealer();
        let own = move |db: &liaison_store::Connection| {
            let found = webinar_people::panel(db, &webinar)?.into_iter().find(|one| one.key == panelist);
            found.map_or(Ok(None), |one| webinar_people::join_url(db, &sealer, &one.key))
        };
        let link = cx.store.read(own).await?.ok_or(Error::Gone)?;
        self.copy(link.expose_secret(), true)
    }

    /// Reads everything of one webinar now.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not there; what Zoom or the network says.
    pub async fn refresh_webinar(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let zoom = cx.zoom().ok_or(Error::NotConnected { provider: Provider::Zoom })?;
        let owner = cx.owner(Provider::Zoom, &zoom.user_id, &zoom.account_id);
        let mut round = Round { cx: &cx, zoom: &zoom, owner: &owner, skipped: 0, unseen: false, news: false };
        let read = round.one(&id).await;
        cx.changed(&[Tag::Webinars]);
        match read {
            // The room tells it by itself.
            Ok(()) | Err(Failed::Access(_)) => Ok(()),
            Err(Failed::Command(error)) => Err(error),
        }
    }
}

fn join_url(secrets: &WebinarSecrets) -> Result<JoinUrl, Error> {
    secrets.join_url.as_ref().map(|url| JoinUrl::new(url.expose_secret())).ok_or(Error::Gone)
}

async fn stored(cx: &Arc<Context>, id: String) -> Result<(WebinarRecord, WebinarSecrets), Error> {
    let sealer = cx.store.sealer();
    let found = cx.store.read(move |db| Ok(webinars::get(db, &id)?.zip(webinars::secrets(db, &sealer, &id)?))).await?;
    found.filter(|(record, _)| record.gone_utc_ms.is_none()).ok_or(Error::Gone)
}
