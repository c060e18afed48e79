//! When an event starts and ends: two of start, end and duration are enough, all three must agree.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::super::super::cell::Cell;
use super::super::super::refusal::Refusal;
use super::super::row::Row;
use super::Context;

/// An event lasts at most fourteen days.
const LONGEST_MINUTES: i64 = 20_160;

/// Checks the times that the body names against each other and fills the others.
pub(super) fn times(context: Context<'_>, row: &mut Row) -> Result<(), Refusal> {
    let object = context.object;
    reminder(context, row)?;
    if context.before.is_some() && !names_a_time(context) {
        return Ok(());
    }
    let all_day = row.named(object, "IsAllDayEvent").is_true();
    let start = start(context, row, all_day)?;
    let minutes = minutes(context, row, start, all_day)?;
    if !(0..=LONGEST_MINUTES).contains(&minutes) {
        let field = if context.gives("EndDateTime") { "EndDateTime" } else { "DurationInMinutes" };
        let text = format!("Duration: an event lasts between 0 and {LONGEST_MINUTES} minutes");
        return Err(Refusal::integrity(field, text));
    }
    let end = start + TimeDelta::minutes(minutes);
    row.set_named(object, "StartDateTime", Cell::Moment(start));
    row.set_named(object, "ActivityDateTime", if all_day { Cell::Empty } else { Cell::Moment(start) });
    row.set_named(object, "ActivityDate", Cell::Day(start.date_naive()));
    row.set_named(object, "DurationInMinutes", Cell::Whole(minutes));
    // An all-day event ends at the midnight that begins its last day.
    let shown_end = if all_day { end - TimeDelta::days(1) } else { end };
    row.set_named(object, "EndDateTime", Cell::Moment(shown_end));
    row.set_named(object, "EndDate", Cell::Day(shown_end.date_naive()));
    Ok(())
}

fn names_a_time(context: Context<'_>) -> bool {
    ["StartDateTime", "EndDateTime", "ActivityDateTime", "ActivityDate", "DurationInMinutes", "IsAllDayEvent"]
        .iter()
        .any(|field| context.names(field))
}

fn start(context: Context<'_>, row: &Row, all_day: bool) -> Result<DateTime<Utc>, Refusal> {
    let object = context.object;
    let moment = |field: &str| row.named(object, field).as_moment();
    let given = |field: &str| if context.gives(field) { moment(field) } else { None };
    let start = given("StartDateTime").or_else(|| given("ActivityDateTime"));
    if let (Some(start), Some(activity)) = (given("StartDateTime"), given("ActivityDateTime"))
        && start != activity
    {
        let text = "Due Date Time: must be empty or the same as the start of the event";
        return Err(Refusal::integrity("ActivityDateTime", text));
    }
    let day = context.gives("ActivityDate").then(|| row.named(object, "ActivityDate").as_day()).flatten();
    let kept = if context.before.is_some() && !context.names("StartDateTime") { moment("StartDateTime") } else { None };
    let from_day = day.filter(|_| all_day).map(|day| day.and_time(NaiveTime::MIN).and_utc());
    let start = start.or(from_day).or(kept).ok_or_else(|| Refusal::missing(&["StartDateTime"]))?;
    if all_day && start.time() != NaiveTime::MIN {
        return Ok(start.date_naive().and_time(NaiveTime::MIN).and_utc());
    }
    Ok(start)
}

fn minutes(context: Context<'_>, row: &Row, start: DateTime<Utc>, all_day: bool) -> Result<i64, Refusal> {
    let object = context.object;
    let duration = row.named(object, "DurationInMinutes").as_whole();
    let end = row.named(object, "EndDateTime").as_moment();
    let last_day = if all_day { TimeDelta::days(1) } else { TimeDelta::zero() };
    let until = |end: DateTime<Utc>| {
        let end = if all_day { end.date_naive().and_time(NaiveTime::MIN).and_utc() } else { end };
        (end + last_day - start).num_minutes()
    };
    match (end.filter(|_| context.gives("EndDateTime")), duration.filter(|_| context.gives("DurationInMinutes"))) {
        (Some(end), _) if end + last_day < start => {
            Err(Refusal::integrity("EndDateTime", "End Date Time: an event cannot end before it starts"))
        }
        (Some(end), Some(duration)) if until(end) != duration => {
            let text = "Duration: does not agree with the start and end of the event";
            Err(Refusal::integrity("DurationInMinutes", text))
        }
        (Some(end), _) => Ok(until(end)),
        (None, Some(duration)) => Ok(duration),
        // A moved event keeps its length.
        (None, None) if context.before.is_some() && duration.is_some() => Ok(duration.unwrap_or_default()),
        (None, None) if all_day => Ok(1_440),
        (None, None) => Err(Refusal::missing(&["EndDateTime"])),
    }
}

fn reminder(context: Context<'_>, row: &Row) -> Result<(), Refusal> {
    let object = context.object;
    let set = row.named(object, "IsReminderSet").is_true();
    if set && row.named(object, "ReminderDateTime").is_empty() {
        return Err(Refusal::missing(&["ReminderDateTime"]));
    }
    Ok(())
}
