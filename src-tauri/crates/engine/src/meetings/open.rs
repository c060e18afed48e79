//! Opening and copying: what leaves through the browser and the clipboard, and never the window.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use liaison_domain::MeetingKey;
use liaison_store::tables::meetings::{self, MeetingRecord, MeetingSecrets};
use liaison_zoom::{JoinUrl, MeetingId};
use secrecy::ExposeSecret;
use url::Url;

use crate::config::CopyLabels;
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::first_steps::Step;
use crate::meetings::view::CopyWhat;
use crate::terms::{Provider, Tag, UtcMs};

/// A rep who presses Start wants to be in the meeting; after this time the join link must do.
pub(super) const FRESH_LINK: Duration = Duration::from_secs(4);

impl Engine {
    /// Opens the join link; a second press at once does nothing.
    ///
    /// # Errors
    /// [`Error::Gone`] without a usable link.
    pub async fn join_meeting(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let Some(turn) = cx.turn(&id) else { return Ok(()) };
        let (record, secrets) = stored(&cx, id).await?;
        self.enter_as_guest(&cx, &join_url(&secrets)?).await?;
        turn.opened(cx.now());
        cx.entered(&record);
        cx.note_step(Step::Meeting).await;
        Ok(())
    }

    /// Fetches a fresh start link, opens it and forgets it. Without an answer in time, a host gets
    /// in through the join link. A second press at once does nothing.
    ///
    /// # Errors
    /// [`Error::Gone`] when Zoom no longer has the meeting.
    pub async fn start_meeting(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let Some(turn) = cx.turn(&id) else { return Ok(()) };
        let (record, secrets) = stored(&cx, id).await?;
        self.open_start(&cx, &record, &secrets).await?;
        turn.opened(cx.now());
        cx.entered(&record);
        cx.note_step(Step::Meeting).await;
        Ok(())
    }

    async fn open_start(&self, cx: &Context, record: &MeetingRecord, secrets: &MeetingSecrets) -> Result<(), Error> {
        let Some(zoom) = cx.zoom().filter(|_| record.is_host) else {
            return self.enter_as_guest(cx, &join_url(secrets)?).await;
        };
        let number = MeetingId(u64::try_from(record.meeting_id).unwrap_or_default());
        let fetched = tokio::time::timeout(FRESH_LINK, zoom.api.meetings().get(number)).await;
        match fetched.map(|answer| answer.map(|meeting| meeting.start_url)) {
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

    /// Puts the join link, the invitation, or number and passcode on the clipboard.
    ///
    /// # Errors
    /// What is asked for is not there, or Zoom can't be asked for the invitation.
    pub async fn copy_meeting(&self, id: String, what: CopyWhat) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (record, secrets) = stored(&cx, id).await?;
        let number = u64::try_from(record.meeting_id).unwrap_or_default();
        let text = match what {
            CopyWhat::JoinLink => join_url(&secrets)?.expose().to_owned(),
            CopyWhat::IdAndPasscode => {
                let language = crate::session::settings::load(&cx.store).await?.language;
                let labels = (self.config().copy_labels)(language);
                labelled(&labels, record.typed_number(), secrets.passcode.as_ref().map(ExposeSecret::expose_secret))
            }
            CopyWhat::Invitation => {
                let zoom = cx.zoom().ok_or(Error::NotConnected { provider: Provider::Zoom })?;
                let invitation = zoom.api.meetings().invitation(MeetingId(number)).await;
                invitation.map_err(|error| Error::zoom(error, cx.now()))?.text
            }
        };
        let passcode = secrets.passcode.as_ref().map(ExposeSecret::expose_secret);
        let secret = is_secret(what, &text, passcode);
        match what {
            CopyWhat::Invitation => self.copy_invitation(&text, secret)?,
            CopyWhat::JoinLink | CopyWhat::IdAndPasscode => self.copy(&text, secret)?,
        }
        cx.note_step(Step::Meeting).await;
        Ok(())
    }

    /// Opens the page of a Lead, a Contact or an account in Salesforce.
    ///
    /// # Errors
    /// [`Error::NotConnected`], or no browser.
    pub async fn open_person(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        if let Some(account) = id.strip_prefix("Account:") {
            return self.open_record(&cx, account);
        }
        let person: liaison_domain::PersonRef = id.parse().map_err(|_| Error::Gone)?;
        self.open_record(&cx, &person.id)
    }

    /// Opens a record's page in Salesforce.
    pub(crate) fn open_record(&self, cx: &Context, record_id: &str) -> Result<(), Error> {
        let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
        let id: liaison_salesforce::SalesforceId = record_id.parse().map_err(|_| Error::Gone)?;
        let mut page = account.instance.clone();
        page.set_path(id.as_str());
        self.open_url(&page)
    }

    fn open_url(&self, url: &Url) -> Result<(), Error> {
        self.config().desktop.open(url).map_err(Error::Desktop)
    }
}

pub(super) fn labelled(labels: &CopyLabels, number: u64, passcode: Option<&str>) -> String {
    let first = format!("{}: {}", labels.meeting_id, MeetingKey::new(number, None).grouped_number());
    match passcode {
        Some(passcode) => format!("{first}\n{}: {passcode}", labels.passcode),
        None => first,
    }
}

/// Whether clipboard histories shall not keep a text: when it spells the passcode out. A join link is made to be
/// pasted, today or tomorrow.
fn is_secret(what: CopyWhat, text: &str, passcode: Option<&str>) -> bool {
    let spelled_out = passcode.is_some_and(|passcode| !passcode.is_empty() && text.contains(passcode));
    what != CopyWhat::JoinLink && spelled_out
}

/// Meetings opened from here since the program started, with the start they had then.
#[derive(Default)]
struct Entered(Mutex<HashMap<String, i64>>);

impl Context {
    /// Remembers that a meeting was opened from here, so that Join means another one next.
    fn entered(&self, record: &MeetingRecord) {
        let start_ms = record.start_utc_ms.unwrap_or_default();
        let entered = self.state::<Entered>();
        entered.0.lock().unwrap_or_else(PoisonError::into_inner).insert(record.key.clone(), start_ms);
        self.changed(&[Tag::Meetings]);
    }

    /// All that were opened from here, each with the start it had.
    pub(crate) fn entered_all(&self) -> HashMap<String, i64> {
        self.state::<Entered>().0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a meeting was opened from here; one that was moved since counts as another.
    pub(super) fn was_entered(&self, key: &str, start: UtcMs) -> bool {
        self.state::<Entered>().0.lock().unwrap_or_else(PoisonError::into_inner).get(key) == Some(&start.0)
    }
}

pub(super) fn join_url(secrets: &MeetingSecrets) -> Result<JoinUrl, Error> {
    secrets.join_url.as_ref().map(|url| JoinUrl::new(url.expose_secret())).ok_or(Error::Gone)
}

pub(super) async fn stored(cx: &Arc<Context>, id: String) -> Result<(MeetingRecord, MeetingSecrets), Error> {
    let sealer = cx.store.sealer();
    let found =
        cx.store.read(move |db| Ok(meetings::meeting(db, &id)?.zip(meetings::secrets(db, &sealer, &id)?))).await?;
    found.filter(|(record, _)| record.gone_utc_ms.is_none()).ok_or(Error::Gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{InvitationWords, MailWords};

    #[test]
    fn number_and_passcode_have_their_labels() {
        let labels = CopyLabels {
            meeting_id: "Meeting-ID".to_owned(),
            passcode: "Toegangscode".to_owned(),
            call_subject: String::new(),
            mail: MailWords::default(),
            invitation: InvitationWords::default(),
            afterwards: crate::config::AfterwardsLabels::default(),
            campaign: crate::config::CampaignWords::default(),
            writing: liaison_domain::written::Writing::default(),
        };
        let both = labelled(&labels, 85_746_065_123, Some("a1B2"));
        assert_eq!(both, "Meeting-ID: 857 4606 5123\nToegangscode: a1B2");
        assert_eq!(labelled(&labels, 85_746_065_123, None), "Meeting-ID: 857 4606 5123");
    }

    #[test]
    fn only_a_text_that_spells_the_passcode_out_is_secret() {
        let link = "https://zoom.us/j/85746065123?pwd=xyz";
        assert!(!is_secret(CopyWhat::JoinLink, link, Some("xyz")));
        assert!(!is_secret(CopyWhat::Invitation, link, Some("a1B2")));
        assert!(is_secret(CopyWhat::Invitation, "Passcode: a1B2", Some("a1B2")));
        assert!(is_secret(CopyWhat::IdAndPasscode, "Passcode: a1B2", Some("a1B2")));
        assert!(!is_secret(CopyWhat::IdAndPasscode, "Meeting ID: 1", None));
    }
}
