//! From a plan to what is handed to the desktop, and what became of it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_domain::reminders::{Identity, Plan};

use crate::config::{Notice, Place, Said};
use crate::context::Context;
use crate::failure::Error;
use crate::meetings::Show;
use crate::meetings::view::MeetingRow;
use crate::reminders::state::{Open, State};
use crate::reminders::view::{NoticeFate, ReminderSettings};
use crate::session::settings;
use crate::terms::{Tag, UtcMs, request_id};

/// Hands what is due to the desktop.
pub(super) async fn say(cx: &Arc<Context>, settings: &ReminderSettings, plan: &Plan) -> Result<(), Error> {
    for (identities, missed) in [(&plan.due, false), (&plan.missed, true)] {
        if !identities.is_empty() {
            say_one(cx, settings, identities, missed).await?;
        }
    }
    Ok(())
}

async fn say_one(
    cx: &Arc<Context>,
    settings: &ReminderSettings,
    identities: &[Identity],
    missed: bool,
) -> Result<(), Error> {
    let of: Vec<(String, UtcMs)> = identities
        .iter()
        .map(|identity| (identity.meeting.clone(), UtcMs(identity.start.timestamp_millis())))
        .collect();
    let rows = rows(cx, &of).await?;
    let language = settings::load(&cx.store).await?.language;
    let id = request_id();
    let said = if missed {
        Said::Missed { count: count(&rows), titles: titles(settings, &rows) }
    } else {
        due(cx.now(), settings, &rows, cx)
    };
    let can_join = !missed && rows.iter().any(|row| row.host || row.joinable);
    cx.state::<State>().notices().say(Open { id: id.clone(), missed, fate: NoticeFate::Waiting, of });
    cx.changed(&[Tag::Reminders]);
    tracing::info!(meetings = rows.len(), missed, "a reminder is said");
    let snooze = (!missed).then_some(settings.snooze_minutes);
    cx.config().desktop.notify(Notice { id, language, said, can_join, snooze });
    Ok(())
}

fn due(now: DateTime<Utc>, settings: &ReminderSettings, rows: &[MeetingRow], cx: &Context) -> Said {
    let minutes = |row: &MeetingRow| {
        let seconds = (row.start.0 - now.timestamp_millis()).div_euclid(1_000);
        // Half a minute more or less is not worth a word.
        (seconds + 30).div_euclid(60)
    };
    match rows {
        [row] => Said::Meeting {
            title: (!settings.hide_titles).then(|| row.topic.clone()),
            people: if settings.hide_titles {
                Vec::new()
            } else {
                row.people.iter().map(|one| one.name.clone()).collect()
            },
            minutes: minutes(row),
        },
        rows => Said::Meetings {
            count: count(rows),
            at: rows.first().map(|row| clock(cx, row.start)).unwrap_or_default(),
            titles: titles(settings, rows),
        },
    }
}

fn titles(settings: &ReminderSettings, rows: &[MeetingRow]) -> Vec<String> {
    if settings.hide_titles { Vec::new() } else { rows.iter().map(|row| row.topic.clone()).collect() }
}

/// The time on the user's clock.
pub(super) fn clock(cx: &Context, at: UtcMs) -> String {
    let at = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    at.with_timezone(&cx.zone()).format("%H:%M").to_string()
}

fn count(rows: &[MeetingRow]) -> u32 {
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}

/// The rows of meetings, in their order; those that are gone are left out.
pub(super) async fn rows(cx: &Arc<Context>, of: &[(String, UtcMs)]) -> Result<Vec<MeetingRow>, Error> {
    let show = Show::of(cx);
    let keys: Vec<String> = of.iter().map(|(key, _)| key.clone()).collect();
    let found = cx
        .store
        .read(move |db| {
            let all: Vec<&str> = keys.iter().map(String::as_str).collect();
            let mut found = show.rows(db, &all)?;
            Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
        })
        .await?;
    Ok(found)
}

/// Where a notice leads to.
pub(super) fn place(of: &[(String, UtcMs)]) -> Place {
    match of {
        [(meeting, _)] => Place::Meeting { id: meeting.clone() },
        _ => Place::Today,
    }
}
