//! A meeting with a person for now: made, linked, logged where that is the user's habit, and started, in one go.
//!
//! Zoom's own instant meetings stand in no list of it, so that one whose answer was lost could never be found again,
//! and the next pull would take it for gone. So it is a meeting that is planned for the minute to come, which its host
//! may start at once; everything else is as for any other (docs/adr/0031).

use std::collections::HashMap;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use liaison_domain::wall_time::{self, WallTime};
use liaison_domain::{draft, text};
use liaison_store::tables::outbox::{self, OutboxState};
use liaison_store::tables::people;
use uuid::Uuid;

use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::schedule::create;
use crate::schedule::view::{Fold, MetNow};
use crate::session::settings;
use crate::terms::UtcMs;

/// So long before its start it leaves: what has begun would not be made.
const LEAD: TimeDelta = TimeDelta::seconds(20);
/// A second press within this time means the same meeting.
const DOUBLE_MS: i64 = 10_000;
/// What was found to be made after all is meant by a press for so long.
const AGAIN_MS: i64 = 10 * 60_000;
const MAX_NAME: usize = 120;

/// Held while one is made: one at a time.
#[derive(Default)]
struct Meeting(tokio::sync::Mutex<HashMap<String, Pressed>>);

/// What became of a press.
struct Pressed {
    /// The draft of a meeting that was not made, or of which that is not known: it is tried again, never beside another
    /// one.
    draft: Uuid,
    /// When that began. Long after it was found to be made after all, a press means another meeting.
    since_ms: i64,
    /// And when.
    made: Option<(i64, MetNow)>,
}

impl Engine {
    /// Makes a meeting with a person for now and opens it as its host. Pressed again after it failed, it is looked for
    /// before anything is made.
    ///
    /// # Errors
    /// [`Error::Gone`] for somebody who is not known here; why the meeting was not made, or that it is not known
    /// whether it was.
    pub async fn meet_now(&self, person: String) -> Result<MetNow, Error> {
        let cx = self.profile().await?;
        let state = cx.state::<Meeting>();
        // Whoever pressed while one was being made means that one.
        let pressed_ms = cx.now_ms();
        let mut pressed = state.0.lock().await;
        let now = cx.now();
        let id = person.clone();
        let read = move |db: &liaison_store::Connection| {
            let person = people::person(db, &people::successor(db, &id)?)?.filter(|person| !person.deleted);
            Ok((settings::read(db)?.language, person))
        };
        let (language, known) = cx.store.read(read).await?;
        let known = known.ok_or(Error::Gone)?;
        let last = pressed.get(&known.id);
        if let Some((at, met)) = last.and_then(|last| last.made.as_ref())
            && pressed_ms - at < DOUBLE_MS
        {
            return Ok(met.clone());
        }
        let open = match last.filter(|last| last.made.is_none()) {
            Some(last) if pressed_ms - last.since_ms >= AGAIN_MS && made(&cx, last.draft).await? => None,
            open => open,
        };
        let (id, since_ms) = open.map_or_else(|| (Uuid::now_v7(), pressed_ms), |last| (last.draft, last.since_ms));
        let words = (self.config().copy_labels)(language).invitation.now;
        let name = text::single_line(&known.name, MAX_NAME);
        let topic = text::filled(&words, |word| (word == "name").then_some(name.as_str()));
        let start = minute_to_come(now);
        let mut draft = self.new_draft(Some(known.id.clone()), Some(UtcMs(start.timestamp_millis()))).await?;
        draft.id = id.to_string();
        draft.topic = text::single_line(&topic, draft::MAX_TOPIC);
        draft.fold = fold(start, &draft.zone);
        pressed.insert(known.id.clone(), Pressed { draft: id, since_ms, made: None });
        let scheduled = self.make_meeting(draft).await?;
        let started = match self.start_meeting(scheduled.meeting.clone()).await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "a meeting that was made for now could not be opened");
                false
            }
        };
        let met = MetNow { topic, scheduled, started };
        pressed.insert(known.id, Pressed { draft: id, since_ms, made: Some((cx.now_ms(), met.clone())) });
        Ok(met)
    }
}

/// Whether it is known by now that a draft's meeting was made.
async fn made(cx: &Context, draft: Uuid) -> Result<bool, Error> {
    let row = create::op_id(&draft.to_string());
    let found = cx.store.read(move |db| outbox::get(db, &row)).await?;
    Ok(found.is_some_and(|row| row.state == OutboxState::Done))
}

fn minute_to_come(now: DateTime<Utc>) -> DateTime<Utc> {
    let next = now + LEAD + TimeDelta::minutes(1) - TimeDelta::nanoseconds(1);
    next.duration_trunc(TimeDelta::minutes(1)).unwrap_or(next)
}

/// Which of two equal wall times it is.
pub(super) fn fold(start: DateTime<Utc>, zone: &str) -> Option<Fold> {
    let zone = liaison_domain::zones::parse(zone)?;
    match wall_time::resolve(start.with_timezone(&zone).naive_local(), zone) {
        WallTime::Twice { later, .. } if later == start => Some(Fold::Later),
        WallTime::Twice { .. } => Some(Fold::Earlier),
        WallTime::At(_) | WallTime::Missing { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_planned_for_a_full_minute_that_can_still_be_reached() {
        let of = |now: &str| minute_to_come(now.parse().unwrap()).format("%H:%M:%S").to_string();
        assert_eq!(of("2026-12-01T09:00:00Z"), "09:01:00");
        assert_eq!(of("2026-12-01T09:00:40Z"), "09:01:00");
        assert_eq!(of("2026-12-01T09:00:41Z"), "09:02:00");
        assert_eq!(of("2026-12-01T09:00:59.999Z"), "09:02:00");
    }

    #[test]
    fn in_an_hour_that_comes_twice_it_is_the_present_one() {
        let of = |start: &str| fold(start.parse().unwrap(), "Europe/Amsterdam");
        assert_eq!(of("2026-10-25T00:30:00Z"), Some(Fold::Earlier));
        assert_eq!(of("2026-10-25T01:30:00Z"), Some(Fold::Later));
        assert_eq!(of("2026-10-25T03:30:00Z"), None);
    }
}
