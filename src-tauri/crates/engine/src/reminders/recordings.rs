//! Told once before Zoom deletes the recordings of a meeting: some days ahead, in the day, and again only when Zoom
//! chooses another day.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use liaison_domain::wall_time;
use liaison_store::Connection;
use liaison_store::tables::meeting_instances as instances;

use crate::config::{Notice, Said};
use crate::context::Context;
use crate::failure::Error;
use crate::reminders::stored::{self, Kept};
use crate::reminders::view::ReminderSettings;
use crate::session::settings;
use crate::terms::request_id;

/// So many days ahead it is told: enough to save it, and not yet to forget it.
const AHEAD: Days = Days::new(3);
/// Nobody is told at night of what has time until the morning.
const FIRST_HOUR: u32 = 8;
/// By which a click on a notice is led to its meeting.
const ABOUT: &str = "recordings:";

/// A meeting whose recordings go.
struct Going {
    meeting: String,
    topic: String,
    deleted_on: String,
    day: NaiveDate,
}

/// Says what is about to be deleted and was not said yet.
///
/// # Errors
/// The database refuses; then nothing was said.
pub(super) async fn look(cx: &Arc<Context>, wanted: &ReminderSettings, now: DateTime<Utc>) -> Result<(), Error> {
    let local = now.with_timezone(&cx.zone());
    if !wanted.on || local.hour() < FIRST_HOUR {
        return Ok(());
    }
    let today = wall_time::local_date(now, cx.zone());
    let read = move |db: &Connection| {
        let kept = stored::read(db)?;
        let paused = kept.paused_until().is_some_and(|until| now < until);
        let found = if paused { Vec::new() } else { going(db, &kept, today)? };
        Ok((found, settings::read(db)?.language))
    };
    let (found, language) = cx.store.read(read).await?;
    let Some(first) = found.first() else { return Ok(()) };
    let said = Said::Recordings {
        count: u32::try_from(found.len()).unwrap_or(u32::MAX),
        days: (first.day - today).num_days(),
        titles: if wanted.hide_titles { Vec::new() } else { found.iter().map(|one| one.topic.clone()).collect() },
    };
    let id = match &found[..] {
        [one] => format!("{ABOUT}{}", one.meeting),
        _ => request_id(),
    };
    tracing::info!(meetings = found.len(), "it is said that recordings are deleted");
    // Before it is handed over, so that nothing is said twice.
    let warned = move |kept: &mut Kept| found.iter().for_each(|one| kept.warn(&one.meeting, &one.deleted_on));
    cx.store.write(move |tx| stored::change(tx, warned)).await?;
    cx.config().desktop.notify(Notice { id, language, said, can_join: false, snooze: None });
    Ok(())
}

fn going(db: &Connection, kept: &Kept, today: NaiveDate) -> liaison_store::StoreResult<Vec<Going>> {
    let until = today.checked_add_days(AHEAD).unwrap_or(today);
    let mut found: Vec<Going> = Vec::new();
    for one in instances::deleted_between(db, &today.to_string(), &until.to_string())? {
        let (Some(deleted_on), Some(topic)) = (one.deleted_on, one.topic) else { continue };
        let Ok(day) = deleted_on.parse() else { continue };
        // A meeting that was held several times is one.
        let known = kept.is_warned(&one.meeting_key, &deleted_on);
        if !known && !found.iter().any(|other| other.meeting == one.meeting_key) {
            found.push(Going { meeting: one.meeting_key, topic, deleted_on, day });
        }
    }
    Ok(found)
}

/// The meeting that a notice was about, by the notice's id.
pub(super) fn meeting_of(notice: &str) -> Option<&str> {
    notice.strip_prefix(ABOUT)
}
