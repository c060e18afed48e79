//! Looking for meetings that may have been made, changed or deleted. See docs/adr/0006.

use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use liaison_zoom::{ListStep, ListType, Meeting, MeetingId, MeetingList, ZoomError, ZoomTime};

use crate::context::ZoomAccount;

/// The custom key that carries the draft's id into the meeting.
pub(super) const DRAFT_KEY: &str = "liaison_draft";

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
            ListStep::Page(page) => candidates.extend(
                page.items
                    .into_iter()
                    .filter(|item| item.start_time.and_then(ZoomTime::utc).is_none_or(|at| at == start))
                    .map(|item| item.id),
            ),
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

fn carries(meeting: &Meeting, draft_id: &str) -> bool {
    let keys = meeting.settings.as_ref().and_then(|settings| settings.custom_keys.as_ref());
    keys.is_some_and(|keys| keys.iter().any(|entry| entry.key == DRAFT_KEY && entry.value == draft_id))
}

fn may_be(meeting: &Meeting, topic: &str, since: DateTime<Utc>) -> bool {
    let keys = meeting.settings.as_ref().and_then(|settings| settings.custom_keys.as_ref());
    let made = meeting.created_at.and_then(ZoomTime::utc);
    keys.is_none_or(Vec::is_empty)
        && meeting.topic.as_deref() == Some(topic)
        && made.is_some_and(|made| made >= since - chrono::TimeDelta::minutes(1))
}

/// A meeting as it is there; `None` when it is deleted.
pub(super) async fn current(zoom: &ZoomAccount, number: MeetingId) -> Result<Option<Meeting>, ZoomError> {
    match zoom.api.meetings().get(number).await {
        Ok(meeting) => Ok(Some(meeting)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
