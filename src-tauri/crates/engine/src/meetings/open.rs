//! Opening and copying: what leaves through the browser and the clipboard, and never the window.

use std::sync::Arc;
use std::time::Duration;

use liaison_domain::MeetingKey;
use liaison_store::tables::meetings::{self, MeetingRecord, MeetingSecrets};
use liaison_zoom::{JoinUrl, MeetingId, ZoomLink, ZoomLinks};
use secrecy::ExposeSecret;
use url::Url;

use crate::context::Context;
use crate::engine::Engine;
use crate::error::CommandError;
use crate::failure::from_zoom;
use crate::meetings::view::CopyWhat;
use crate::terms::Provider;

/// A rep who presses Start wants to be in the meeting; after this time the join link must do.
const FRESH_LINK: Duration = Duration::from_secs(4);

impl Engine {
    /// Opens the join link.
    ///
    /// # Errors
    /// [`CommandError::Gone`] without a usable link.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn join_meeting(&self, id: String) -> Result<(), CommandError> {
        let cx = self.profile().await?;
        let (_, secrets) = stored(&cx, id).await?;
        self.open_join(&cx, &secrets)
    }

    /// Fetches a fresh start link, opens it and forgets it. Without an answer in time, a host gets
    /// in through the join link.
    ///
    /// # Errors
    /// [`CommandError::Gone`] when Zoom no longer has the meeting.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn start_meeting(&self, id: String) -> Result<(), CommandError> {
        let cx = self.profile().await?;
        let (record, secrets) = stored(&cx, id).await?;
        let Some(zoom) = cx.zoom().filter(|_| record.is_host) else {
            return self.open_join(&cx, &secrets);
        };
        let number = MeetingId(u64::try_from(record.meeting_id).unwrap_or_default());
        let fetched = tokio::time::timeout(FRESH_LINK, zoom.api.meetings().get(number)).await;
        match fetched {
            Ok(Ok(meeting)) => {
                let links = ZoomLinks::new(cx.on_loopback());
                match meeting.start_url.as_ref().and_then(|url| links.start(url).ok()) {
                    Some(link) => self.open_link(&link),
                    None => self.open_join(&cx, &secrets),
                }
            }
            Ok(Err(error)) if error.is_not_found() => Err(CommandError::Gone),
            Ok(Err(error)) => {
                tracing::warn!(%error, "no fresh start link; the join link is opened");
                self.open_join(&cx, &secrets).map_err(|_| from_zoom(&error, cx.now()))
            }
            Err(_) => self.open_join(&cx, &secrets),
        }
    }

    /// Puts the join link, the invitation, or number and passcode on the clipboard.
    ///
    /// # Errors
    /// What is asked for is not there, or Zoom can't be asked for the invitation.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn copy_meeting(&self, id: String, what: CopyWhat) -> Result<(), CommandError> {
        let cx = self.profile().await?;
        let (record, secrets) = stored(&cx, id).await?;
        let number = u64::try_from(record.meeting_id).unwrap_or_default();
        let text = match what {
            CopyWhat::JoinLink => join_url(&secrets)?.expose().to_owned(),
            CopyWhat::IdAndPasscode => {
                let grouped = MeetingKey::new(record.typed_number(), None).grouped_number();
                match &secrets.passcode {
                    Some(passcode) => format!("{grouped}\n{}", passcode.expose_secret()),
                    None => grouped,
                }
            }
            CopyWhat::Invitation => {
                let zoom = cx.zoom().ok_or(CommandError::NotConnected { provider: Provider::Zoom })?;
                let invitation = zoom.api.meetings().invitation(MeetingId(number)).await;
                invitation.map_err(|error| from_zoom(&error, cx.now()))?.text
            }
        };
        self.copy(&text, true)
    }

    /// Opens the Lead's or Contact's page in Salesforce.
    ///
    /// # Errors
    /// [`CommandError::NotConnected`], or no browser.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn open_person(&self, id: String) -> Result<(), CommandError> {
        let cx = self.profile().await?;
        let person: liaison_domain::PersonRef = id.parse().map_err(|_| CommandError::Gone)?;
        self.open_record(&cx, &person.id)
    }

    /// Opens a record's page in Salesforce.
    pub(crate) fn open_record(&self, cx: &Context, record_id: &str) -> Result<(), CommandError> {
        let account = cx.salesforce().ok_or(CommandError::NotConnected { provider: Provider::Salesforce })?;
        let id: liaison_salesforce::SalesforceId = record_id.parse().map_err(|_| CommandError::Gone)?;
        let mut page = account.instance.clone();
        page.set_path(id.as_str());
        self.open_url(&page)
    }

    fn open_join(&self, cx: &Context, secrets: &MeetingSecrets) -> Result<(), CommandError> {
        let link = ZoomLinks::new(cx.on_loopback()).join(&join_url(secrets)?).map_err(|error| {
            tracing::warn!(%error, "a join link was refused");
            CommandError::Gone
        })?;
        self.open_link(&link)
    }

    fn open_link(&self, link: &ZoomLink) -> Result<(), CommandError> {
        self.open_url(link.expose())
    }

    fn open_url(&self, url: &Url) -> Result<(), CommandError> {
        self.config().desktop.open(url).map_err(|_| CommandError::BrowserFailed)
    }
}

fn join_url(secrets: &MeetingSecrets) -> Result<JoinUrl, CommandError> {
    secrets.join_url.as_ref().map(|url| JoinUrl::new(url.expose_secret())).ok_or(CommandError::Gone)
}

async fn stored(cx: &Arc<Context>, id: String) -> Result<(MeetingRecord, MeetingSecrets), CommandError> {
    let sealer = cx.store.sealer();
    let found =
        cx.store.read(move |db| Ok(meetings::meeting(db, &id)?.zip(meetings::secrets(db, &sealer, &id)?))).await?;
    found.filter(|(record, _)| record.gone_utc_ms.is_none()).ok_or(CommandError::Gone)
}
