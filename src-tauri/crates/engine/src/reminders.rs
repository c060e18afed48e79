//! Reminders of meetings: what the user wants, what was said, and the loop that says the rest.
//!
//! The rule is `liaison_domain::reminders`; how a notification looks and where it appears is the desktop's. What is said
//! is remembered before it is handed over, so nothing is said twice, whatever happens in between.

mod answer;
mod notice;
pub(crate) mod preferences;
mod recordings;
mod state;
pub(crate) mod stored;
pub(crate) mod tray;
pub(crate) mod view;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::day::Slot;
use liaison_domain::reminders::{self as rule, Bell, Identity, Meeting, NEWS, Plan};
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::{Connection, StoreResult};

use crate::beat;
use crate::context::Context;
use crate::failure::Error;
use crate::reminders::state::State;
use crate::reminders::stored::Kept;
use crate::reminders::view::ReminderSettings;
use crate::terms::{Tag, UtcMs};

/// So far ahead is planned; every look plans anew.
const AHEAD: TimeDelta = TimeDelta::hours(36);

/// Says what is due until the profile is closed: at its moment, after changes, and twice a minute.
pub(crate) async fn run(cx: Arc<Context>) {
    let (mut stopping, mut changes) = (cx.stopping(), cx.meeting_changes());
    loop {
        changes.borrow_and_update();
        let next = match look(&cx).await {
            Ok(next) => next,
            Err(error) => {
                tracing::warn!(error = error.chain(), "reminders could not be planned");
                None
            }
        };
        let pause = next.and_then(|next| (next - cx.now()).to_std().ok()).unwrap_or(Duration::MAX);
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            changed = changes.changed() => if changed.is_err() { return },
            () = beat::sleep(pause) => {}
        }
    }
}

/// Says what is due now; answers when the next reminder is.
///
/// # Errors
/// The database refuses; then nothing was said.
pub(crate) async fn look(cx: &Arc<Context>) -> Result<Option<DateTime<Utc>>, Error> {
    let state = cx.state::<State>();
    let _turn = state.turn.lock().await;
    let now = cx.now();
    let entered = cx.entered_all();
    let (settings, found) =
        cx.store.read(move |db| Ok((preferences::read(db)?, Found::read(db, now, &entered)?))).await?;
    let since = state.since(now, settings.on);
    let plan = found.plan(&settings, since, now);
    if !plan.settled.is_empty() {
        let settled: Vec<Identity> = plan.settled.iter().cloned().collect();
        cx.store.write(move |tx| stored::change(tx, |kept| kept.settle(&settled))).await?;
    }
    let live: BTreeSet<(String, UtcMs)> = found
        .meetings
        .iter()
        .filter(|one| !one.slot.cancelled && !one.joined && !one.refused && now < one.slot.end)
        .map(|one| (one.key.clone(), UtcMs(one.slot.start.timestamp_millis())))
        .collect();
    if state.notices().forget_others(&live) {
        cx.changed(&[Tag::Reminders]);
    }
    notice::say(cx, &settings, &plan).await?;
    recordings::look(cx, &settings, now).await?;
    Ok(plan.next())
}

/// What there is to be reminded of.
struct Found {
    meetings: Vec<Meeting>,
    kept: Kept,
}

impl Found {
    fn read(db: &Connection, now: DateTime<Utc>, entered: &HashMap<String, i64>) -> StoreResult<Self> {
        let kept = stored::read(db)?;
        let (from, to) = ((now - NEWS).timestamp_millis(), (now + AHEAD).timestamp_millis());
        let records = meetings::meetings_between(db, from, to)?;
        let meetings = records.iter().filter_map(|record| meeting(record, &kept, entered)).collect();
        Ok(Self { meetings, kept })
    }

    fn plan(&self, settings: &ReminderSettings, since: DateTime<Utc>, now: DateTime<Utc>) -> Plan {
        let preferences = settings.preferences(self.kept.paused_until());
        rule::plan(&self.meetings, &preferences, &self.kept.said(), since, now)
    }
}

fn meeting(record: &MeetingRecord, kept: &Kept, entered: &HashMap<String, i64>) -> Option<Meeting> {
    let start_ms = record.start_utc_ms?;
    let start = DateTime::from_timestamp_millis(start_ms)?;
    let end = start + TimeDelta::minutes(record.minutes.max(1));
    let choice = kept.choice(&record.key, start_ms);
    Some(Meeting {
        key: record.key.clone(),
        slot: Slot { start, end, cancelled: record.gone_utc_ms.is_some() },
        joined: entered.get(&record.key) == Some(&start_ms) || choice.is_some_and(|choice| choice.joined),
        refused: choice.is_some_and(|choice| choice.dismissed),
        bell: kept.bell(&record.key).map_or(Bell::Usual, Into::into),
        snoozed: choice.and_then(stored::Choice::snoozed_until),
    })
}
