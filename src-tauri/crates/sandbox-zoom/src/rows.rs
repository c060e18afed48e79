//! Raw rows of the Zoom account, put in from outside: see `liaison_sandbox::script`.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;
use liaison_sandbox_kernel::script::RowError;
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[cfg(feature = "control")]
use super::Zoom;
use super::account::Account;
use super::meetings;
use super::meetings::fields::Fields;
#[cfg(feature = "control")]
use super::meetings::lay_over;
use super::meetings::loaded::{checked, inner_rows, number, overlay, time};
use super::meetings::{Family, Meeting, loaded as events};
#[cfg(feature = "control")]
use super::phone::loaded as calls;
use super::registration::{Registrant, loaded as registrants};

type Row = Map<String, Value>;

/// Rows in the shape of Zoom's own answers.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ZoomRows {
    /// Fields of `GET /users/me`. Its `pmi` is the number of the personal meeting from then on.
    pub user: Option<Row>,
    /// Parts of `GET /users/me/settings`, each with the fields that are said otherwise.
    pub settings: Option<Row>,
    /// As `GET /meetings/{meetingId}`, with `instances`, each with `uuid`, `start_time`, `end_time` or `duration` and
    /// `participants`, and with `registrants` besides, each as its list answers them.
    pub meetings: Vec<Row>,
    /// Meetings of other hosts, as `GET /users/me/upcoming_meetings` answers them. Rows with the same id stand beside
    /// each other; a later call replaces all of an id.
    pub invitations: Vec<Row>,
    /// As `GET /webinars/{webinarId}`, with `instances` and `registrants` besides.
    pub webinars: Vec<Row>,
    /// The `call_elements` of `GET /phone/users/me/call_history`.
    pub calls: Vec<Row>,
    /// The numbers that the next new meetings get, of whoever makes them.
    pub next_meeting_ids: Vec<u64>,
}

/// Rows that no part of the account keeps otherwise.
#[derive(Debug, Default)]
pub(crate) struct LoadedRows {
    pub user: Row,
    pub settings: Row,
    invitations: Vec<Invitation>,
}

#[derive(Debug)]
struct Invitation {
    id: u64,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    row: Row,
}

impl LoadedRows {
    /// The invitations that run or begin before `until`.
    pub fn coming_up(&self, now: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Value> {
        let due = self.invitations.iter().filter(|one| now < one.end && one.start < until);
        due.map(|one| Value::Object(one.row.clone())).collect()
    }
}

/// An event with what belongs to it.
struct Event {
    meeting: Meeting,
    registrants: Option<Vec<Registrant>>,
}

#[cfg(feature = "control")]
impl Zoom {
    /// Puts rows into the account: all of them or, where one is wrong, none.
    pub fn load(&self, rows: &ZoomRows) -> Result<(), RowError> {
        let account = &self.account;
        let (zone, now) = (account.user.zone, account.now());
        let pmi = rows.user.as_ref().map(personal_number).transpose()?.flatten();
        let meetings = events_of(account, Family::Meeting, &rows.meetings)?;
        let webinars = events_of(account, Family::Webinar, &rows.webinars)?;
        let invitations = each("invitations", &rows.invitations, |row, place| invitation(row, place, account))?;
        let legs = each("calls", &rows.calls, |row, place| calls::read(row, place, zone))?;
        if let Some(pmi) = pmi {
            let old = account.user.change_pmi(pmi);
            locked(&account.meetings).renumber_personal(old, pmi);
        }
        put(account, Family::Meeting, meetings);
        put(account, Family::Webinar, webinars);
        locked(&account.meetings).number_next(&rows.next_meeting_ids);
        locked(&account.calls).load(legs);
        let mut loaded = locked(&account.loaded);
        loaded.user.extend(rows.user.clone().unwrap_or_default());
        lay_over(&mut loaded.settings, &rows.settings.clone().unwrap_or_default());
        loaded.invitations.retain(|old| !invitations.iter().any(|new| new.id == old.id) && now < old.end);
        loaded.invitations.extend(invitations);
        Ok(())
    }
}

fn each<T>(
    name: &str,
    rows: &[Row],
    mut read: impl FnMut(&Row, &str) -> Result<T, RowError>,
) -> Result<Vec<T>, RowError> {
    rows.iter().enumerate().map(|(number, row)| read(row, &format!("{name}[{number}]"))).collect()
}

fn personal_number(user: &Row) -> Result<Option<u64>, RowError> {
    if user.get("pmi").is_none_or(Value::is_null) {
        return Ok(None);
    }
    let mut fields = Fields::new(user, "");
    let pmi = number(&mut fields, "pmi");
    checked(fields, "user")?;
    Ok(pmi)
}

fn events_of(account: &Account, family: Family, rows: &[Row]) -> Result<Vec<Event>, RowError> {
    let context = (account.user.zone, account.now());
    each(&format!("{}s", family.name()), rows, |row, place| {
        let meeting = events::read(family, row, place, context)?;
        let mut people = Vec::new();
        for (number, row) in inner_rows(row, "registrants", place)?.into_iter().enumerate() {
            people.push(registrants::read(row, &format!("{place}.registrants[{number}]"), context)?);
        }
        Ok(Event { meeting, registrants: row.contains_key("registrants").then_some(people) })
    })
}

fn put(account: &Account, family: Family, events: Vec<Event>) {
    for Event { meeting, registrants } in events {
        if let Some(registrants) = registrants {
            locked(&account.rosters).load(family, meeting.id, registrants);
        }
        locked(account.book(family)).put(meeting);
    }
}

/// A row of the list of what comes up, with the fields that every one of them has.
fn invitation(row: &Row, place: &str, account: &Account) -> Result<Invitation, RowError> {
    let mut fields = Fields::new(row, "");
    let id = number(&mut fields, "id").unwrap_or_default();
    let start = time(&mut fields, "start_time", account.user.zone);
    let minutes = fields.number("duration", 0..=100_000).unwrap_or(60);
    for name in ["topic", "join_url", "passcode", "timezone"] {
        fields.text(name, 10_000);
    }
    checked(fields, place)?;
    let start = start.ok_or_else(|| RowError::new(format!("{place}.start_time"), "A start is missing."))?;
    let whole = json!({
        "id": id, "topic": "", "type": meetings::kind::SCHEDULED, "start_time": meetings::instant(start),
        "duration": minutes, "timezone": account.user.zone.name(), "use_pmi": false, "is_host": false,
        "is_all_day": false,
    });
    let Value::Object(mut shown) = whole else { return Err(RowError::new(place, "A row is an object.")) };
    overlay(&mut shown, row);
    Ok(Invitation { id, start, end: start + TimeDelta::minutes(minutes), row: shown })
}
