//! Lists of meetings: by type, in pages; and what comes up in the next day.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;
use liaison_sandbox_kernel::world::zone::{Zone, in_utc};
use serde_json::{Map, Value, json};

use super::render::{instant, join_url, uses_pmi};
use super::{Family, Meeting, kind};
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;

/// Lists cut agendas to so many characters.
const LISTED_AGENDA: usize = 250;
/// How far the lists of upcoming and previous meetings reach.
const REACH_DAYS: i64 = 183;

/// One line of a list: a meeting, or one date of a recurring one.
struct Line<'a> {
    meeting: &'a Meeting,
    start: Option<DateTime<Utc>>,
    minutes: i64,
}

impl Line<'_> {
    fn end(&self) -> Option<DateTime<Utc>> {
        self.start.map(|start| start + TimeDelta::minutes(self.minutes))
    }

    fn is_live(&self, now: DateTime<Utc>) -> bool {
        let within = self.start.is_none_or(|start| start <= now);
        self.meeting.is_live(now) && within && self.end().is_none_or(|end| now < end)
    }
}

/// The lines of one meeting. Instant meetings and the personal one are never listed.
fn lines_of(meeting: &Meeting) -> Vec<Line<'_>> {
    match meeting.kind {
        kind::SCHEDULED | kind::RECURRING_NO_TIME | kind::WEBINAR | kind::WEBINAR_NO_TIME => {
            vec![Line { meeting, start: meeting.start, minutes: meeting.minutes }]
        }
        kind::RECURRING | kind::WEBINAR_SERIES => {
            let dates = meeting.occurrences.iter().filter(|occurrence| !occurrence.deleted);
            let line = |date: &super::Occurrence| Line { meeting, start: Some(date.start), minutes: date.minutes };
            dates.map(line).collect()
        }
        _ => Vec::new(),
    }
}

#[derive(Clone, Copy)]
enum ListType {
    Scheduled,
    Live,
    Upcoming,
    Previous,
}

impl ListType {
    fn of(call: &Call, family: Family) -> Result<Self, Refusal> {
        match call.parameter("type") {
            None | Some("scheduled") => Ok(Self::Scheduled),
            Some("upcoming") => Ok(Self::Upcoming),
            Some(_) if family == Family::Webinar => Err(Refusal::invalid_field("type")),
            Some("live") => Ok(Self::Live),
            Some("upcoming_meetings") => Ok(Self::Upcoming),
            Some("previous_meetings") => Ok(Self::Previous),
            Some(_) => Err(Refusal::invalid_field("type")),
        }
    }

    fn takes(self, line: &Line, now: DateTime<Utc>) -> bool {
        let reach = TimeDelta::days(REACH_DAYS);
        match self {
            Self::Scheduled => true,
            Self::Live => line.is_live(now),
            Self::Upcoming => {
                let over = line.end().is_some_and(|end| end <= now);
                line.is_live(now) || (!over && line.start.is_none_or(|start| start <= now + reach))
            }
            Self::Previous => {
                let over = line.end().is_some_and(|end| end <= now);
                over && line.start.is_some_and(|start| start >= now - reach)
            }
        }
    }
}

/// The `from` and `to` of a request, as instants.
struct Range {
    from: Option<DateTime<Utc>>,
    /// The first instant that is outside.
    until: Option<DateTime<Utc>>,
}

impl Range {
    fn of(call: &Call, user_zone: Zone) -> Result<Self, Refusal> {
        let zone = match call.parameter("timezone") {
            None => user_zone,
            Some(name) => name.parse().map_err(|_| Refusal::invalid_field("timezone"))?,
        };
        let date = |name: &str| match call.parameter(name) {
            None => Ok(None),
            Some(text) => {
                NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Some).map_err(|_| Refusal::invalid_field(name))
            }
        };
        let (from, to) = (date("from")?, date("to")?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(Refusal::invalid_field("to"));
        }
        let midnight = |date: NaiveDate| in_utc(zone, date.and_time(NaiveTime::MIN));
        let after = to.and_then(|to| to.checked_add_days(Days::new(1)));
        Ok(Self { from: from.map(midnight), until: after.map(midnight) })
    }

    fn takes(&self, line: &Line) -> bool {
        line.start.is_none_or(|start| {
            self.from.is_none_or(|from| from <= start) && self.until.is_none_or(|until| start < until)
        })
    }
}

/// `GET /users/me/meetings`.
pub(crate) fn of_user(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    page(account, call, Family::Meeting)
}

/// A page of the user's meetings or webinars.
pub(crate) fn page(account: &Account, call: &Call, family: Family) -> Outcome {
    let now = account.now();
    let list_type = ListType::of(call, family)?;
    let range = Range::of(call, account.user.zone)?;
    let window = locked(&account.pages).window(call, now)?;
    let meetings = locked(account.book(family));
    let mut lines: Vec<Line> = meetings
        .hosted(now)
        .flat_map(lines_of)
        .filter(|line| list_type.takes(line, now) && range.takes(line))
        .collect();
    // Those without a fixed time come last.
    lines.sort_by_key(|line| (line.start.is_none(), line.start, line.meeting.id));
    let total = lines.len();
    let shown: Vec<Value> =
        lines.iter().skip(window.offset).take(window.size).map(|line| listed(account, line, family)).collect();
    let next_page_token = locked(&account.pages).next_token(call, window, total, now);
    let mut answer = json!({
        "next_page_token": next_page_token,
        "page_count": total.div_ceil(window.size),
        "page_number": window.offset / window.size + 1,
        "page_size": window.size,
        "total_records": total,
    });
    if let Some(answer) = answer.as_object_mut() {
        answer.insert(format!("{}s", family.name()), shown.into());
    }
    Ok(Answer::ok(answer))
}

fn listed(account: &Account, line: &Line, family: Family) -> Value {
    let meeting = line.meeting;
    let mut listed = Map::new();
    let mut put = |name: &str, value: Value| listed.insert(name.to_owned(), value);
    put("uuid", json!(meeting.uuid));
    put("id", json!(meeting.id));
    put("host_id", json!(account.user.id));
    put("topic", json!(meeting.topic));
    put("type", json!(meeting.kind));
    if let Some(start) = line.start {
        put("start_time", json!(instant(start)));
    }
    put("duration", json!(line.minutes));
    put("timezone", json!(meeting.zone.name()));
    if !meeting.agenda.is_empty() {
        let agenda: String = meeting.agenda.chars().take(LISTED_AGENDA).collect();
        put("agenda", json!(agenda));
    }
    put("created_at", json!(instant(meeting.created_at)));
    put("join_url", json!(join_url(meeting, account.user.pmi())));
    if uses_pmi(meeting) {
        put("pmi", json!(account.user.pmi().to_string()));
    }
    if family == Family::Webinar {
        put("is_simulive", json!(false));
    }
    // Zoom adds fields at any time; clients have to bear it.
    put("unlisted_rank", json!(0.5));
    meeting.loaded.lay_over_line(&mut listed, kind::is_series(meeting.kind));
    Value::Object(listed)
}

/// `GET /users/me/upcoming_meetings`: the next 24 hours, invitations to other hosts' meetings
/// included, without pages.
pub(crate) fn upcoming(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    let now = account.now();
    let end = now + TimeDelta::hours(24);
    let meetings = locked(&account.meetings);
    let existing = meetings.by_id.values().filter(|meeting| !meeting.deleted && meeting.concerns(&account.user));
    let mut lines: Vec<Line> = existing
        .flat_map(lines_of)
        .filter(|line| line.is_live(now) || line.start.is_some_and(|start| now <= start && start < end))
        .collect();
    lines.sort_by_key(|line| (line.start, line.meeting.id));
    let mut shown: Vec<Value> = lines.iter().map(|line| coming_up(account, line)).collect();
    shown.extend(locked(&account.loaded).coming_up(now, end));
    shown.sort_by_key(|row| row.get("start_time").and_then(Value::as_str).unwrap_or_default().to_owned());
    Ok(Answer::ok(json!({ "total_records": shown.len(), "meetings": shown })))
}

fn coming_up(account: &Account, line: &Line) -> Value {
    let meeting = line.meeting;
    let row = json!({
        "id": meeting.id,
        "topic": meeting.topic,
        "type": meeting.kind,
        "start_time": line.start.map(instant),
        "duration": line.minutes,
        "timezone": meeting.zone.name(),
        "created_at": instant(meeting.created_at),
        "join_url": join_url(meeting, account.user.pmi()),
        "passcode": meeting.passcode,
        "use_pmi": uses_pmi(meeting),
        "is_host": meeting.invited_by.is_none() && meeting.given_to.is_none(),
        "is_all_day": false,
    });
    let Value::Object(mut row) = row else { return row };
    meeting.loaded.lay_over_line(&mut row, kind::is_series(meeting.kind));
    Value::Object(row)
}
