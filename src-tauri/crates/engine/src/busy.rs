//! What else makes the user busy: what their calendar in Salesforce holds (Outlook's and Google's entries arrive there),
//! and the webinars that they host. The day shows it, and planning goes around it; nothing is ever written into it.

pub(crate) mod pull;
pub(crate) mod view;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::busy::{self, Occasion};
use liaison_domain::day::{self, Slot};
use liaison_domain::zones::Zone;
use liaison_store::tables::busy_events::{self, BusyRecord};
use liaison_store::tables::meetings::MeetingRecord;
use liaison_store::tables::webinars::{self, PlannedWebinar};
use liaison_store::{Connection, StoreResult};

use crate::failure::utc_ms;
use view::BusyRow;

/// What makes the user busy in a stretch of time beside these meetings of it, in order. An entry that is one of the
/// meetings is none. What overlaps is not marked.
pub(crate) fn between(
    db: &Connection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    meetings: &[MeetingRecord],
    zone: Zone,
) -> StoreResult<Vec<BusyRow>> {
    // Whole days are midnights in UTC, and somebody else's midnights are at most so far away.
    let beside = TimeDelta::hours(15);
    let records = busy_events::between(db, (from - beside).timestamp_millis(), (to + beside).timestamp_millis())?;
    let webinars = webinars::between(db, from.timestamp_millis(), to.timestamp_millis())?;
    let mut rows: Vec<BusyRow> = records
        .iter()
        .filter(|record| !meetings.iter().any(|meeting| is_the_meeting(record, meeting)))
        .filter(|record| !webinars.iter().any(|webinar| is_the_webinar(record, webinar)))
        .map(|record| row(record, zone))
        .chain(webinars.iter().map(|webinar| of_webinar(webinar, zone)))
        .filter(|row| row.start.0 < to.timestamp_millis() && row.end.0 > from.timestamp_millis())
        .collect();
    rows.sort_by(|one, other| (one.start, &one.id).cmp(&(other.start, &other.id)));
    Ok(rows)
}

fn is_the_meeting(record: &BusyRecord, meeting: &MeetingRecord) -> bool {
    let Some(start_ms) = meeting.start_utc_ms.filter(|_| !record.all_day) else { return false };
    let entry = Occasion {
        start: at(record.start_utc_ms),
        end: at(record.end_utc_ms),
        title: &record.subject,
        number: record.meeting_number.and_then(|number| u64::try_from(number).ok()),
    };
    let start = at(start_ms);
    let known = |number| Occasion {
        start,
        end: start + TimeDelta::minutes(meeting.minutes.max(1)),
        title: &meeting.topic,
        number: Some(number),
    };
    let by_number = u64::try_from(meeting.meeting_id).unwrap_or_default();
    busy::is_the_meeting(entry, known(by_number)) || busy::is_the_meeting(entry, known(meeting.typed_number()))
}

fn row(record: &BusyRecord, zone: Zone) -> BusyRow {
    let (start, end) = busy::span(at(record.start_utc_ms), at(record.end_utc_ms), record.all_day, zone);
    BusyRow {
        id: record.id.clone(),
        subject: record.subject.clone(),
        start: utc_ms(start),
        end: utc_ms(end),
        all_day: record.all_day,
        spans_days: day::spans_days(start, end, zone),
        away: record.away,
        webinar: false,
        overlaps: false,
    }
}

/// An entry of the calendar that names a webinar at its time is that webinar.
fn is_the_webinar(record: &BusyRecord, webinar: &PlannedWebinar) -> bool {
    record.meeting_number == Some(webinar.webinar_id) && record.start_utc_ms == webinar.start_utc_ms
}

fn of_webinar(webinar: &PlannedWebinar, zone: Zone) -> BusyRow {
    let start = at(webinar.start_utc_ms);
    let end = start + TimeDelta::minutes(webinar.minutes.max(1));
    BusyRow {
        id: format!("webinar:{}:{}", webinar.webinar_id, webinar.start_utc_ms),
        subject: webinar.topic.clone(),
        start: utc_ms(start),
        end: utc_ms(end),
        all_day: false,
        spans_days: day::spans_days(start, end, zone),
        away: false,
        webinar: true,
        overlaps: false,
    }
}

pub(crate) fn slot(row: &BusyRow) -> Slot {
    Slot { start: at(row.start.0), end: at(row.end.0), cancelled: false }
}

fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
