//! A meeting as a file for calendars: from what Zoom says of it now, or else from what is kept here.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc, Weekday};
use liaison_domain::invitation::{Calendar, Dates, Occurrence};
use liaison_domain::series::{End, Rhythm, Series};
use liaison_domain::{text, zones};
use liaison_store::tables::meetings::MeetingRecord;
use liaison_zoom::{Meeting, MeetingId, OccurrenceStatus, Recurrence, RecurrenceType, ZoomTime};

use super::{FRESH_LINK, kept_dates, whole};
use crate::context::Context;
use crate::failure::Error;

const MAX_TOPIC: usize = 300;
/// Zoom names a date by when it was planned; a name that says something else is none of that kind.
const FARTHEST: TimeDelta = TimeDelta::days(400);

/// The file's text. `link` and `description` are what guests get.
pub(super) async fn file(
    cx: &Arc<Context>,
    record: &MeetingRecord,
    link: &str,
    description: &str,
) -> Result<String, Error> {
    let dates = if record.occurrence_id.is_some() { series(cx, record).await? } else { once(record)? };
    let topic = text::single_line(&record.topic, MAX_TOPIC);
    let uid = format!("zoom-meeting-{}@liaison", whole(record));
    let calendar = Calendar {
        uid: &uid,
        now: cx.now(),
        zone: record.timezone.as_deref().and_then(zones::parse),
        organizer: record.host_email.as_deref(),
        topic: &topic,
        location: link,
        description,
        dates,
    };
    calendar.file().ok_or(Error::Gone)
}

fn once(record: &MeetingRecord) -> Result<Dates, Error> {
    let start = record.start_utc_ms.and_then(DateTime::from_timestamp_millis).ok_or(Error::Gone)?;
    Ok(Dates::Once { start, minutes: minutes(record) })
}

fn minutes(record: &MeetingRecord) -> u32 {
    u32::try_from(record.minutes).unwrap_or_default()
}

async fn series(cx: &Arc<Context>, record: &MeetingRecord) -> Result<Dates, Error> {
    if let Some(meeting) = told(cx, record).await {
        let dates = occurrences(&meeting);
        if !dates.is_empty() {
            return Ok(Dates::Series { rule: meeting.recurrence.as_ref().and_then(rule), dates });
        }
    }
    let kept = kept_dates(cx, record).await?;
    let date = |record: &MeetingRecord| {
        let start = DateTime::from_timestamp_millis(record.start_utc_ms?)?;
        let planned = record.occurrence_id.as_deref().map_or(start, |id| planned(id, start));
        Some(Occurrence { planned, start, minutes: minutes(record) })
    };
    Ok(Dates::Series { rule: None, dates: kept.iter().filter_map(date).collect() })
}

/// The series as Zoom has it now; nothing where it doesn't say so in time.
async fn told(cx: &Context, record: &MeetingRecord) -> Option<Meeting> {
    let zoom = cx.zoom().filter(|_| record.is_host)?;
    let asked = zoom.api.meetings();
    let number = MeetingId(u64::try_from(record.meeting_id).ok()?);
    match tokio::time::timeout(FRESH_LINK, asked.get(number)).await.ok()? {
        Ok(meeting) => Some(meeting),
        Err(error) => {
            tracing::info!(%error, "no series from Zoom; the dates that are kept here are taken");
            None
        }
    }
}

fn occurrences(meeting: &Meeting) -> Vec<Occurrence> {
    let usual = meeting.duration_minutes.unwrap_or_default();
    let takes_place = |status: &Option<OccurrenceStatus>| *status != Some(OccurrenceStatus::Deleted);
    let all = meeting.occurrences.iter().flatten().filter(|date| takes_place(&date.status));
    all.filter_map(|date| {
        let start = date.start_time.and_then(ZoomTime::utc)?;
        let minutes = date.duration_minutes.unwrap_or(usual);
        Some(Occurrence { planned: planned(date.id.as_str(), start), start, minutes })
    })
    .collect()
}

/// The instant of which Zoom's name of a date is made.
fn planned(id: &str, start: DateTime<Utc>) -> DateTime<Utc> {
    let named = id.parse().ok().and_then(DateTime::from_timestamp_millis);
    named.filter(|planned| (*planned - start).abs() < FARTHEST).unwrap_or(start)
}

/// `None` for a rule of a kind that is not known.
fn rule(told: &Recurrence) -> Option<Series> {
    let weekday = |number: u32| Weekday::try_from(u8::try_from((number.checked_sub(1)? + 6) % 7).ok()?).ok();
    let rhythm = match (told.recurrence_type, told.monthly_week, told.monthly_day) {
        (RecurrenceType::Daily, ..) => Rhythm::Daily,
        (RecurrenceType::Weekly, ..) => {
            let days = told.weekly_days.as_deref()?.split(',');
            Rhythm::Weekly(days.map(|day| weekday(day.trim().parse().ok()?)).collect::<Option<_>>()?)
        }
        (RecurrenceType::Monthly, Some(week), _) => {
            Rhythm::MonthWeekday { week, day: weekday(told.monthly_week_day?)? }
        }
        (RecurrenceType::Monthly, None, Some(day)) => Rhythm::MonthDay(day),
        _ => return None,
    };
    Some(Series { rhythm, every: told.repeat_interval.unwrap_or(1), end: End::Never })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zoom_counts_its_days_from_sunday() {
        let told = |json| rule(&serde_json::from_value(json).unwrap());
        let rhythm = |json| told(json).map(|series| series.rhythm);
        let weekly = serde_json::json!({ "type": 2, "repeat_interval": 2, "weekly_days": "1,2,7" });
        assert_eq!(told(weekly.clone()).unwrap().every, 2);
        assert_eq!(rhythm(weekly), Some(Rhythm::Weekly(vec![Weekday::Sun, Weekday::Mon, Weekday::Sat])));
        let last_friday = serde_json::json!({ "type": 3, "monthly_week": -1, "monthly_week_day": 6 });
        assert_eq!(rhythm(last_friday), Some(Rhythm::MonthWeekday { week: -1, day: Weekday::Fri }));
        assert_eq!(rhythm(serde_json::json!({ "type": 3, "monthly_day": 31 })), Some(Rhythm::MonthDay(31)));
        assert_eq!(rhythm(serde_json::json!({ "type": 2, "weekly_days": "0" })), None);
        assert_eq!(rhythm(serde_json::json!({ "type": 9 })), None);
    }

    #[test]
    fn a_name_that_is_no_instant_is_not_taken_for_one() {
        let start: DateTime<Utc> = "2026-12-01T09:00:00Z".parse().unwrap();
        assert_eq!(planned("1796115600000", start).to_rfc3339(), "2026-12-01T09:00:00+00:00");
        assert_eq!(planned("17", start), start);
        assert_eq!(planned("abc", start), start);
    }
}
