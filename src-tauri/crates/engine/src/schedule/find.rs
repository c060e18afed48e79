//! Looking for meetings that may have been made, changed or deleted. See docs/adr/0006.

use chrono::{DateTime, TimeDelta, Utc};
use futures::TryStreamExt;
use liaison_domain::MeetingKey;
use liaison_zoom::{
    ListStep, ListType, Meeting, MeetingId, MeetingList, MeetingSummary, Occurrence, OccurrenceId, OccurrenceStatus,
    Refusal, ZoomError, ZoomTime,
};

use super::stored::MeetingFields;
use crate::context::ZoomAccount;

/// The custom key that carries the draft's id into the meeting.
pub(super) const DRAFT_KEY: &str = "liaison_draft";

/// The user's clock and Zoom's may be apart by a zone that was set wrong.
const CLOCKS_APART: TimeDelta = TimeDelta::days(1);

/// What a look into the whole list came to.
pub(super) enum Sighting {
    Meeting(Box<Meeting>),
    /// The list was complete, and every candidate could be read.
    Absent,
    /// A candidate without any keys, which Zoom or the account may have dropped: it can't be told.
    CannotTell,
}

/// The meeting that carries the draft's id.
pub(super) async fn made(
    zoom: &ZoomAccount,
    draft_id: &str,
    topic: &str,
    start: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<Sighting, ZoomError> {
    let mut steps = std::pin::pin!(zoom.api.meetings().walk(MeetingList::of(ListType::Scheduled)));
    let (mut candidates, mut unread) = (Vec::new(), 0);
    while let Some(step) = steps.try_next().await? {
        match step {
            ListStep::Page(page) => candidates
                .extend(page.items.into_iter().filter(|item| is_candidate(item, start, since)).map(|item| item.id)),
            ListStep::Restarted => candidates.clear(),
            ListStep::Complete { skipped } => unread = skipped,
        }
    }
    let mut keyless = false;
    for id in candidates {
        match zoom.api.meetings().get(id).await {
            Ok(meeting) if carries(&meeting, draft_id) => return Ok(Sighting::Meeting(Box::new(meeting))),
            // The same topic, made at that time, and no key at all: it may be ours with its key dropped.
            Ok(meeting) => keyless |= may_be(&meeting, topic, since),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(if keyless || unread > 0 { Sighting::CannotTell } else { Sighting::Absent })
}

/// One of that start, or one that was made since, whatever its start: somebody may have moved it already.
fn is_candidate(item: &MeetingSummary, start: DateTime<Utc>, since: DateTime<Utc>) -> bool {
    item.start_time.and_then(ZoomTime::utc).is_none_or(|at| at == start)
        || item.created_at.and_then(ZoomTime::utc).is_none_or(|made| made >= since - CLOCKS_APART)
}

fn carries(meeting: &Meeting, draft_id: &str) -> bool {
    let keys = meeting.settings.as_ref().and_then(|settings| settings.custom_keys.as_ref());
    keys.is_some_and(|keys| keys.iter().any(|entry| entry.key == DRAFT_KEY && entry.value == draft_id))
}

fn may_be(meeting: &Meeting, topic: &str, since: DateTime<Utc>) -> bool {
    let keys = meeting.settings.as_ref().and_then(|settings| settings.custom_keys.as_ref());
    let made = meeting.created_at.and_then(ZoomTime::utc);
    keys.is_none_or(Vec::is_empty)
        && meeting.topic.as_deref() == Some(topic)
        && made.is_some_and(|made| made >= since - TimeDelta::minutes(1))
}

/// A meeting, or a date of one, as it is there; `None` when it is deleted.
pub(super) async fn current(zoom: &ZoomAccount, key: &MeetingKey) -> Result<Option<Meeting>, ZoomError> {
    let (number, meetings) = (MeetingId(key.number), zoom.api.meetings());
    let asked = match occurrence(key) {
        Some(date) => meetings.get_occurrence(number, &date).await,
        None => meetings.get(number).await,
    };
    match asked {
        Ok(meeting) => Ok(Some(meeting).filter(|meeting| !is_cancelled(meeting, key))),
        Err(error) if is_not_there(&error, key) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The date that a key names.
pub(super) fn occurrence(key: &MeetingKey) -> Option<OccurrenceId> {
    key.occurrence.as_deref().map(OccurrenceId::new)
}

/// Whether Zoom says that there is no such meeting, or no such date of it: that is a bad parameter.
pub(super) fn is_not_there(error: &ZoomError, key: &MeetingKey) -> bool {
    let bad_date = |refusal: &Refusal| refusal.code == Some(300) && refusal.message.expose().contains("occurrence_id");
    error.is_not_found() || key.occurrence.is_some() && error.refusal().is_some_and(bad_date)
}

fn is_cancelled(meeting: &Meeting, key: &MeetingKey) -> bool {
    date(meeting, key).is_some_and(|date| date.status == Some(OccurrenceStatus::Deleted))
}

fn date<'a>(meeting: &'a Meeting, key: &MeetingKey) -> Option<&'a Occurrence> {
    let wanted = key.occurrence.as_deref()?;
    meeting.occurrences.iter().flatten().find(|date| date.id.as_str() == wanted)
}

/// What can be changed of it, as it is there.
pub(super) fn fields(meeting: &Meeting, key: &MeetingKey) -> Option<MeetingFields> {
    let mut fields = MeetingFields::of_meeting(meeting)?;
    if let Some(date) = date(meeting, key) {
        let start = date.start_time.and_then(ZoomTime::utc).map(|at| at.timestamp_millis());
        fields.start_utc_ms = start.unwrap_or(fields.start_utc_ms);
        fields.minutes = date.duration_minutes.unwrap_or(fields.minutes);
    }
    Some(fields)
}
