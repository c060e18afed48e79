//! The invitation of a meeting for others: on the clipboard, in a new mail, as a file for calendars. Nothing is sent
//! here: what leaves does so when the user presses send in their own program.

mod calendar;
mod mail;

use std::sync::Arc;

use chrono::DateTime;
use liaison_domain::{MeetingKey, email, invitation, text, zones};
use liaison_store::tables::meetings::{self, MeetingRecord, MeetingSecrets};
use liaison_store::tables::{links, people};
use liaison_store::{Connection, StoreResult};
use liaison_zoom::{Invitation, MeetingId, ZoomError};
use secrecy::ExposeSecret;

use super::open::{FRESH_LINK, join_url, labelled, stored};
use crate::config::CopyLabels;
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::first_steps::Step;
use crate::meetings::view::InvitationMail;
use crate::session::settings;
use crate::tables::{ask_file_of, write_bytes};

/// Longer than any text of Zoom's.
const MAX_TEXT: usize = 20_000;

impl Engine {
    /// Opens a new mail in the user's mail program: to the guests, with the meeting as its subject and the invitation
    /// as its text. Without Zoom, or where it would be too long for a mail program, the text is a short one of ours.
    /// Addresses that are too many for one go to the clipboard.
    ///
    /// # Errors
    /// [`Error::Gone`] without a link to join by; no mail program.
    pub async fn mail_invitation(&self, id: String) -> Result<InvitationMail, Error> {
        let cx = self.profile().await?;
        let (record, secrets) = stored(&cx, id).await?;
        let labels = self.labels(&cx).await?;
        let short = short_text(&cx, &labels, &record, &secrets)?;
        let long = zoom_text(&cx, &record).await;
        let guests = cx.store.read(move |db| guests(db, &record).map(|guests| (guests, record.topic))).await?;
        let (guests, topic) = guests;
        let subject = text::filled(&labels.invitation.subject, |word| (word == "topic").then_some(topic.as_str()));
        let draft = mail::draft(&guests, &subject, long.as_deref(), &short).ok_or(Error::Gone)?;
        self.config().desktop.open(&draft.address).map_err(Error::Desktop)?;
        if !draft.left.is_empty() {
            self.copy(&draft.left.join(", "), false)?;
        }
        cx.note_step(Step::Meeting).await;
        let count = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
        Ok(InvitationMail { addressed: count(guests.len() - draft.left.len()), copied: count(draft.left.len()) })
    }

    /// Writes the meeting, of a series all its dates to come, to a file for calendars that the user chooses; whether
    /// there is one now.
    ///
    /// # Errors
    /// [`Error::Gone`] without a time or a link to join by; [`Error::Disk`] when the file can't be written.
    pub async fn save_invitation(&self, id: String, name: String) -> Result<bool, Error> {
        let cx = self.profile().await?;
        let (record, secrets) = stored(&cx, id).await?;
        let labels = self.labels(&cx).await?;
        let short = short_text(&cx, &labels, &record, &secrets)?;
        let text = zoom_text(&cx, &record).await.unwrap_or(short);
        let file = calendar::file(&cx, &record, join_url(&secrets)?.expose(), &text).await?;
        let Some(place) = ask_file_of(self.config(), &name, "ics").await else { return Ok(false) };
        write_bytes(place, file.into_bytes()).await?;
        cx.note_step(Step::Meeting).await;
        Ok(true)
    }

    /// Puts an invitation on the clipboard, as text and as HTML.
    pub(super) fn copy_invitation(&self, text: &str, secret: bool) -> Result<(), Error> {
        let html = invitation::html(&text::multi_line(text, MAX_TEXT));
        self.config().desktop.copy_both(text, &html, secret).map_err(Error::Desktop)
    }

    async fn labels(&self, cx: &Context) -> Result<CopyLabels, Error> {
        let language = settings::load(&cx.store).await?.language;
        Ok((self.config().copy_labels)(language))
    }
}

/// Zoom's own invitation; nothing where Zoom doesn't tell it in time. Of others' meetings it tells none.
async fn zoom_text(cx: &Context, record: &MeetingRecord) -> Option<String> {
    let zoom = cx.zoom().filter(|_| record.is_host)?;
    let number = MeetingId(u64::try_from(record.meeting_id).ok()?);
    let asked = zoom.api.meetings();
    let told: Option<Result<Invitation, ZoomError>> =
        tokio::time::timeout(FRESH_LINK, asked.invitation(number)).await.ok();
    match told? {
        Ok(invitation) => Some(text::multi_line(&invitation.text, MAX_TEXT)).filter(|text| !text.is_empty()),
        Err(error) => {
            tracing::info!(%error, "no invitation from Zoom; a short one is taken");
            None
        }
    }
}

/// All that a guest needs: what, when, the link, number and passcode.
fn short_text(
    cx: &Context,
    labels: &CopyLabels,
    record: &MeetingRecord,
    secrets: &MeetingSecrets,
) -> Result<String, Error> {
    let link = join_url(secrets)?;
    let passcode = secrets.passcode.as_ref().map(ExposeSecret::expose_secret);
    let id = labelled(labels, record.typed_number(), passcode);
    let zone = record.timezone.as_deref().and_then(zones::parse).unwrap_or_else(|| cx.zone());
    let start = record.start_utc_ms.and_then(DateTime::from_timestamp_millis);
    let when = start.map(|at| labels.writing.moment(at, zone));
    Ok(text::filled(&labels.invitation.text, |word| match word {
        "topic" => Some(&record.topic),
        "when" => when.as_deref(),
        "link" => Some(link.expose()),
        "id" => Some(&id),
        _ => None,
    }))
}

/// Whom an invitation goes to: everybody who is invited or linked, once and in this order, but not the host.
fn guests(db: &Connection, record: &MeetingRecord) -> StoreResult<Vec<String>> {
    let mut all: Vec<String> = record.invitees.iter().flatten().map(|invitee| invitee.email.clone()).collect();
    for link in links::links_for(db, "meeting", &record.key)? {
        let person = people::person(db, &people::successor(db, &link.person_id())?)?;
        let person = person.filter(|person| !person.deleted);
        // Who is invited with a further address of theirs is invited.
        if let Some(person) = person.filter(|person| !person.more_emails.iter().any(|one| has(&all, one))) {
            all.extend(person.email);
        }
    }
    let mut seen: Vec<String> = record.host_email.iter().map(|host| email::folded(host)).collect();
    all.retain(|address| {
        let new = email::parse(address).is_some() && !seen.contains(&email::folded(address));
        seen.push(email::folded(address));
        new
    });
    Ok(all.iter().filter_map(|address| email::parse(address)).map(ToOwned::to_owned).collect())
}

fn has(all: &[String], address: &str) -> bool {
    all.iter().any(|known| email::folded(known) == email::folded(address))
}

/// Of the meeting as a whole: its dates have one invitation.
fn whole(record: &MeetingRecord) -> MeetingKey {
    record.whole()
}

/// The dates of a series that are kept here and still to come.
async fn kept_dates(cx: &Arc<Context>, record: &MeetingRecord) -> Result<Vec<MeetingRecord>, Error> {
    let (number, now_ms) = (record.meeting_id, cx.now_ms());
    let mut dates = cx.store.read(move |db| meetings::by_meeting_id(db, number)).await?;
    dates.retain(|date| {
        let end = date.start_utc_ms.map(|start| start + date.minutes * 60_000);
        date.occurrence_id.is_some() && date.gone_utc_ms.is_none() && end.is_some_and(|end| end > now_ms)
    });
    Ok(dates)
}
