//! The meeting after a meeting: the same people and topic, at the next time that is free.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::email;
use liaison_store::Connection;
use liaison_store::tables::meetings;

use super::attendees::{self, Attendees};
use super::{LEAD, first_free, written_date, written_time};
use crate::engine::Engine;
use crate::failure::Error;
use crate::schedule::view::ScheduleDraft;

impl Engine {
    /// A draft with the people and the topic of a meeting, for the first free time after it.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not here.
    pub async fn follow_up_draft(&self, meeting: String) -> Result<ScheduleDraft, Error> {
        let draft = self.new_draft(None, None).await?;
        let cx = self.profile().await?;
        let read = move |db: &Connection| {
            let Some(record) = meetings::meeting(db, &meeting)? else { return Ok(None) };
            let host = record.host_email.as_deref().map(email::folded);
            let invited: Vec<String> = record.invitees.iter().flatten().map(|invitee| invitee.email.clone()).collect();
            let invited: Vec<String> =
                invited.into_iter().filter(|address| host.as_deref() != Some(&email::folded(address))).collect();
            let attendees = Attendees::of(attendees::linked_or_known(db, &record)?, &invited);
            Ok(Some((record, attendees)))
        };
        let (record, attendees) = cx.store.read(read).await?.ok_or(Error::Gone)?;
        let minutes = u32::try_from(record.minutes).ok().filter(|minutes| *minutes > 0).unwrap_or(draft.minutes);
        let start = first_free(&cx, minutes, after(record.start_utc_ms, record.minutes, cx.now())).await?;
        Ok(ScheduleDraft {
            topic: record.topic.clone(),
            date: written_date(start),
            time: written_time(start),
            minutes,
            people: attendees.ids(),
            emails: attendees.emails,
            waiting_room: record.waiting_room.or(draft.waiting_room),
            ..draft
        })
    }
}

/// When the meeting is over; not before now.
fn after(start_utc_ms: Option<i64>, minutes: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    let end = start_utc_ms.and_then(DateTime::from_timestamp_millis).map(|start| start + TimeDelta::minutes(minutes));
    end.unwrap_or(now).max(now + LEAD)
}
