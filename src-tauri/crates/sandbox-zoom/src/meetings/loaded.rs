//! Meetings and webinars from raw rows: checked, kept as any other, and answered as they were given.
//! What a client changes afterwards is answered as it has changed it.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::script::RowError;
use liaison_sandbox_kernel::world::zone::Zone;
use liaison_sandbox_kernel::world::zone::in_utc;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value};

use super::fields::Fields;
use super::recurrence::Recurrence;
use super::{Family, Meeting, Occurrence, kind};
use crate::secrets;

const DEFAULT_MINUTES: i64 = 60;
const LONGEST_MINUTES: i64 = 60 * 24 * 31;
const LONGEST_TEXT: usize = 100_000;
/// Fields of a row that are rows themselves.
const NESTED: [&str; 2] = ["registrants", "instances"];
/// Fields that another one decides: the link follows the passcode and the number, times follow the recurrence, the host
/// follows whom it was given to.
const FOLLOWERS: [(&str, &[&str]); 6] = [
    ("password", &["join_url", "h323_password", "h323_passcode", "pstn_password", "encrypted_password"]),
    ("settings", &["join_url", "pmi", "registration_url"]),
    ("start_time", &["recurrence", "status"]),
    ("type", &["recurrence", "start_time", "status"]),
    ("recurrence", &["start_time"]),
    ("schedule_for", &["host_id", "host_email", "assistant_id"]),
];

/// What a raw row said of a meeting or webinar; empty for all others.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Loaded {
    raw: Map<String, Value>,
    /// The times that it was held, oldest first.
    pub held: Vec<Held>,
}

/// One time that something was held.
#[derive(Clone, PartialEq)]
pub(crate) struct Held {
    pub uuid: String,
    pub occurrence: Option<String>,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    /// Rows of the list of participants.
    pub people: Vec<Map<String, Value>>,
    /// Rows of what was asked, of what was answered in polls, and of who watched the recording.
    pub questions: Option<Vec<Map<String, Value>>>,
    pub polls: Option<Vec<Map<String, Value>>>,
    pub viewers: Vec<Map<String, Value>>,
}

/// Lays the fields of a row over an answer; `null` takes a field out.
pub(crate) fn overlay(answer: &mut Map<String, Value>, row: &Map<String, Value>) {
    for (name, value) in row {
        if value.is_null() {
            answer.shift_remove(name);
        } else {
            answer.insert(name.clone(), value.clone());
        }
    }
}

impl Loaded {
    /// Makes a whole answer say what the row said. Of a single date the row says nothing, and which dates are over
    /// the row does not know.
    pub fn lay_over(&self, answer: &mut Map<String, Value>, single_date: bool) {
        let mut raw = self.raw.clone();
        let settings = raw.shift_remove("settings");
        raw.shift_remove("occurrences");
        if single_date {
            for name in ["start_time", "duration", "agenda"] {
                raw.shift_remove(name);
            }
        }
        overlay(answer, &raw);
        if let (Some(Value::Object(own)), Some(Value::Object(shown)), false) =
            (settings, answer.get_mut("settings"), single_date)
        {
            overlay(shown, &own);
        }
    }

    /// The same for a line of a list, which has fewer fields.
    pub fn lay_over_line(&self, line: &mut Map<String, Value>, of_series: bool) {
        let mut raw = self.raw.clone();
        if let Some(passcode) = raw.get("password").cloned() {
            raw.insert("passcode".to_owned(), passcode);
        }
        raw.retain(|name, _| line.contains_key(name) && name != "agenda");
        if of_series {
            raw.retain(|name, _| name != "start_time" && name != "duration");
        }
        overlay(line, &raw);
    }

    /// Forgets what a request has changed, and what follows from it.
    pub fn forget(&mut self, body: &Map<String, Value>) {
        for name in body.keys().filter(|name| *name != "settings") {
            self.raw.shift_remove(name);
        }
        for (_, followers) in FOLLOWERS.iter().filter(|(name, _)| body.contains_key(*name)) {
            for name in *followers {
                self.raw.shift_remove(*name);
            }
        }
        let changed = body.get("settings").and_then(Value::as_object);
        if let (Some(own), Some(changed)) = (self.raw.get_mut("settings").and_then(Value::as_object_mut), changed) {
            own.retain(|name, _| !changed.contains_key(name));
        }
    }
}

/// A time in UTC with `Z`.
pub(crate) fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc())
}

/// The first field that is wrong, if there is one.
pub(crate) fn checked(fields: Fields<'_>, place: &str) -> Result<(), RowError> {
    match fields.into_errors().into_iter().next() {
        None => Ok(()),
        Some(error) => Err(RowError::new(format!("{place}.{}", error.field), error.message)),
    }
}

/// A time: an instant, or without `Z` a wall time of the zone.
pub(crate) fn time(fields: &mut Fields<'_>, name: &str, zone: Zone) -> Option<DateTime<Utc>> {
    let text = fields.text(name, 40)?;
    let wall = || NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S").ok().map(|wall| in_utc(zone, wall));
    let time = moment(&text).or_else(wall);
    if time.is_none() {
        fields.wrong_because(name, "A time is written as 2026-11-27T09:00:00Z.");
    }
    time
}

/// The number of a meeting: a JSON number, or its digits.
pub(crate) fn number(fields: &mut Fields<'_>, name: &str) -> Option<u64> {
    let value = fields.value(name);
    let number = value.and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
    let number = number.filter(|number| (100_000_000..100_000_000_000).contains(number));
    if number.is_none() {
        fields.wrong_because(name, "The number of a meeting has 9 to 11 digits.");
    }
    number
}

/// The objects of a list inside a row.
pub(crate) fn inner_rows<'a>(
    row: &'a Map<String, Value>,
    name: &str,
    place: &str,
) -> Result<Vec<&'a Map<String, Value>>, RowError> {
    let place = format!("{place}.{name}");
    match row.get(name) {
        None => Ok(Vec::new()),
        Some(Value::Array(list)) => {
            let object = |(number, row): (usize, &'a Value)| {
                row.as_object().ok_or_else(|| RowError::new(format!("{place}[{number}]"), "A row is an object."))
            };
            list.iter().enumerate().map(object).collect()
        }
        Some(_) => Err(RowError::new(place, "Rows are a list.")),
    }
}

/// A meeting or webinar from a row as the operation for one of them answers it.
pub(crate) fn read(
    family: Family,
    row: &Map<String, Value>,
    place: &str,
    (zone, now): (Zone, DateTime<Utc>),
) -> Result<Meeting, RowError> {
    let mut fields = Fields::new(row, "");
    let id = number(&mut fields, "id").unwrap_or_default();
    let mut rng = ChaCha8Rng::seed_from_u64(id);
    let zone = match fields.text("timezone", 64) {
        None => zone,
        Some(name) => name.parse().unwrap_or_else(|_| {
            fields.wrong_because("timezone", "Not a time zone of the IANA database.");
            zone
        }),
    };
    let kind = fields.number("type", 1..=kind::SCREEN_SHARE).unwrap_or(family.once());
    if !(family.kinds().contains(&kind) || family == Family::Meeting && kind == kind::PERSONAL) {
        fields.wrong("type");
    }
    let start = time(&mut fields, "start_time", zone);
    let minutes = fields.number("duration", 0..=LONGEST_MINUTES).unwrap_or(DEFAULT_MINUTES);
    let created_at = time(&mut fields, "created_at", zone).unwrap_or(now - TimeDelta::days(1));
    let started = fields.text("status", 20).as_deref() == Some("started");
    let uuid = fields.text("uuid", 64).unwrap_or_else(|| secrets::meeting_uuid(&mut rng));
    let mut meeting = Meeting {
        id,
        uuid,
        kind,
        topic: fields.text("topic", LONGEST_TEXT).unwrap_or_default(),
        agenda: fields.text("agenda", LONGEST_TEXT).unwrap_or_default(),
        start: start.filter(|_| !kind::has_no_time(kind)),
        minutes,
        zone,
        passcode: fields.text("password", 64).unwrap_or_default(),
        embedded_passcode: format!("{}.1", secrets::short_id(&mut rng)),
        settings: fields.object("settings").cloned().unwrap_or_default(),
        recurrence: None,
        occurrences: Vec::new(),
        tracking_fields: fields.objects("tracking_fields").cloned().unwrap_or_default(),
        pre_schedule: fields.flag("pre_schedule").unwrap_or_default(),
        template_id: fields.text("template_id", 200),
        created_at,
        source: "open_api",
        live_until: None,
        awaited_since: now,
        ended_at: None,
        deleted: false,
        invited_by: None,
        given_to: None,
        loaded: Loaded { raw: row.clone(), held: Vec::new() },
    };
    meeting.settings.retain(|_, value| !value.is_null());
    meeting.loaded.raw.retain(|name, _| !NESTED.contains(&name.as_str()));
    recurrence(family, &mut fields, &mut meeting, place)?;
    if meeting.start.is_none() && !kind::has_no_time(kind) && kind != kind::PERSONAL && kind != kind::INSTANT {
        fields.wrong_because("start_time", "A start is missing.");
    }
    checked(fields, place)?;
    if started {
        let begun = meeting.dates().filter(|(start, _)| *start <= now).last();
        meeting.live_until = begun.map(|(_, end)| end.max(now + TimeDelta::minutes(1)));
    }
    meeting.loaded.held = held(row, place, zone)?;
    Ok(meeting)
}

fn recurrence(family: Family, fields: &mut Fields<'_>, meeting: &mut Meeting, place: &str) -> Result<(), RowError> {
    if !kind::is_series(meeting.kind) {
        return Ok(());
    }
    if let Some(object) = fields.object("recurrence") {
        let mut inner = Fields::new(object, "recurrence.");
        meeting.recurrence = Recurrence::read(&mut inner, family);
        checked(inner, place)?;
    }
    let dates = fields.objects("occurrences").cloned().unwrap_or_default();
    for (number, date) in dates.iter().filter_map(Value::as_object).enumerate() {
        let place = format!("{place}.occurrences[{number}]");
        let mut fields = Fields::new(date, "");
        let start = time(&mut fields, "start_time", meeting.zone);
        let minutes = fields.number("duration", 0..=LONGEST_MINUTES).unwrap_or(meeting.minutes);
        let id = fields.text("occurrence_id", 20);
        let deleted = fields.text("status", 20).as_deref() == Some("deleted");
        checked(fields, &place)?;
        let start = start.ok_or_else(|| RowError::new(format!("{place}.start_time"), "A start is missing."))?;
        let id = id.unwrap_or_else(|| start.timestamp_millis().to_string());
        let settings = Map::new();
        meeting.occurrences.push(Occurrence { id, start, minutes, deleted, agenda: None, settings });
    }
    if meeting.occurrences.is_empty() {
        meeting.recur();
    }
    meeting.occurrences.sort_by_key(|date| date.start);
    meeting.start = meeting.start.or(meeting.occurrences.first().map(|date| date.start));
    Ok(())
}

/// The times that something was held, from the rows under `instances`.
fn held(row: &Map<String, Value>, place: &str, zone: Zone) -> Result<Vec<Held>, RowError> {
    let mut all = Vec::new();
    for (number, row) in inner_rows(row, "instances", place)?.into_iter().enumerate() {
        let place = format!("{place}.instances[{number}]");
        let mut fields = Fields::new(row, "");
        let start = time(&mut fields, "start_time", zone);
        let end = time(&mut fields, "end_time", zone);
        let minutes = fields.number("duration", 0..=LONGEST_MINUTES).unwrap_or(DEFAULT_MINUTES);
        let uuid = fields.text("uuid", 64);
        let occurrence = fields.text("occurrence_id", 20);
        checked(fields, &place)?;
        let missing = |name: &str| RowError::new(format!("{place}.{name}"), "It is missing.");
        let start = start.ok_or_else(|| missing("start_time"))?;
        let end = end.unwrap_or(start + TimeDelta::minutes(minutes));
        if end < start {
            return Err(RowError::new(format!("{place}.end_time"), "It ends before it begins."));
        }
        let people = inner_rows(row, "participants", &place)?;
        for (number, person) in people.iter().enumerate() {
            let place = format!("{place}.participants[{number}]");
            let mut fields = Fields::new(person, "");
            for name in ["name", "user_email", "id", "registrant_id"] {
                fields.text(name, LONGEST_TEXT);
            }
            for name in ["join_time", "leave_time"] {
                time(&mut fields, name, zone);
            }
            checked(fields, &place)?;
        }
        let people = people.into_iter().cloned().collect();
        let uuid = uuid.ok_or_else(|| missing("uuid"))?;
        let rows = |name: &str| -> Result<Option<Vec<Map<String, Value>>>, RowError> {
            let rows = inner_rows(row, name, &place)?.into_iter().cloned().collect();
            Ok(row.contains_key(name).then_some(rows))
        };
        let (questions, polls) = (rows("questions")?, rows("polls")?);
        let viewers = rows("viewers")?.unwrap_or_default();
        all.push(Held { uuid, occurrence, start, end, people, questions, polls, viewers });
    }
    all.sort_by_key(|held| held.start);
    Ok(all)
}
