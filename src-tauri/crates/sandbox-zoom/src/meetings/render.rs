//! A meeting as Zoom's answers show it.

use chrono::{DateTime, Utc};
use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::host::id_of;
use super::write::unknown_occurrence;
use super::{Meeting, Occurrence, settings};
use crate::account::{Account, MEETING_HOST};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::launch;

/// UTC with `Z` and whole seconds, the only form in which Zoom answers times.
pub(crate) fn instant(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Which occurrences an answer shows.
pub(crate) enum Dates<'a> {
    All,
    /// Those that are not over.
    From(DateTime<Utc>),
    One(&'a Occurrence),
}

/// `GET /meetings/{meetingId}`.
pub(crate) fn get(account: &Account, call: &Call) -> Outcome {
    let id = call.meeting_id()?;
    let now = account.now();
    let with_previous = call.flag("show_previous_occurrences")?;
    let shared = account.switches.shared_access.is_on();
    let meeting = locked(&account.meetings).readable(id, now, shared)?.clone();
    let dates = match call.parameter("occurrence_id") {
        Some(wanted) => Dates::One(meeting.occurrence(wanted).ok_or_else(unknown_occurrence)?),
        None if with_previous => Dates::All,
        None => Dates::From(now),
    };
    Ok(Answer::ok(whole(account, &meeting, &dates)))
}

/// The link for participants. What it carries is not the passcode itself.
pub(crate) fn join_url(meeting: &Meeting, pmi: u64) -> String {
    let number = if uses_pmi(meeting) { pmi } else { meeting.id };
    let link = format!("{MEETING_HOST}/j/{number}");
    if meeting.passcode.is_empty() { link } else { format!("{link}?pwd={}", meeting.embedded_passcode) }
}

pub(crate) fn uses_pmi(meeting: &Meeting) -> bool {
    meeting.settings.get("use_pmi") == Some(&Value::Bool(true))
}

/// The complete answer, with a start link of its own.
pub(crate) fn whole(account: &Account, meeting: &Meeting, dates: &Dates) -> Value {
    let user = &account.user;
    let zak = account.fresh_zak(launch::start_link_lifetime());
    let status = if meeting.is_live(account.now()) { "started" } else { "waiting" };
    let one = match dates {
        Dates::One(occurrence) => Some(*occurrence),
        Dates::All | Dates::From(_) => None,
    };
    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    put("uuid", json!(meeting.uuid));
    put("id", json!(meeting.id));
    match meeting.given_to.as_deref() {
        None => {
            put("host_id", json!(user.id));
            put("host_email", json!(user.rep.email));
            put("assistant_id", json!(""));
        }
        Some(host) => {
            put("host_id", json!(id_of(host)));
            put("host_email", json!(host));
            put("assistant_id", json!(user.id));
        }
    }
    put("topic", json!(meeting.topic));
    put("type", json!(meeting.kind));
    put("status", json!(status));
    if let Some(start) = one.map(|one| one.start).or(meeting.start) {
        put("start_time", json!(instant(start)));
    }
    put("duration", json!(one.map_or(meeting.minutes, |one| one.minutes)));
    put("timezone", json!(meeting.zone.name()));
    let agenda = one.and_then(|one| one.agenda.as_ref()).unwrap_or(&meeting.agenda);
    if !agenda.is_empty() {
        put("agenda", json!(agenda));
    }
    put("created_at", json!(instant(meeting.created_at)));
    put("start_url", json!(format!("{MEETING_HOST}/s/{}?zak={zak}", meeting.id)));
    put("join_url", json!(join_url(meeting, user.pmi())));
    put("chat_join_url", json!(format!("{MEETING_HOST}/launch/jc/{}", meeting.id)));
    if !meeting.passcode.is_empty() {
        put("password", json!(meeting.passcode));
        put("h323_password", json!(meeting.passcode));
        put("pstn_password", json!(dial_in_passcode(meeting.id)));
        put("encrypted_password", json!(meeting.embedded_passcode));
    }
    if let Some(registration_url) = registration_url(meeting) {
        put("registration_url", json!(registration_url));
    }
    if uses_pmi(meeting) {
        put("pmi", json!(user.pmi().to_string()));
    }
    if let Some(recurrence) = &meeting.recurrence {
        put("recurrence", recurrence.shown());
        put("occurrences", occurrences(meeting, dates));
    }
    let contact = format!("{} {}", user.rep.first_name, user.rep.last_name);
    let of_occurrence = one.map(|one| &one.settings);
    let contact = (contact.as_str(), user.rep.email.as_str());
    put("settings", settings::shown(&meeting.settings, of_occurrence, contact));
    if !meeting.tracking_fields.is_empty() {
        put("tracking_fields", tracking_fields(&meeting.tracking_fields));
    }
    if let Some(template) = &meeting.template_id {
        put("template_id", json!(template));
    }
    put("pre_schedule", json!(meeting.pre_schedule));
    put("creation_source", json!(meeting.source));
    put("dynamic_host_key", json!(dial_in_passcode(meeting.id.rotate_left(7))));
    // Zoom adds fields at any time; clients have to bear it.
    put("unlisted_feature", json!({ "stage": "preview", "levels": [1, 2] }));
    meeting.loaded.lay_over(&mut answer, one.is_some());
    Value::Object(answer)
}

/// Six digits for people who dial in, always the same for one meeting.
pub(crate) fn dial_in_passcode(seed: u64) -> String {
    (100_000 + seed.wrapping_mul(7_919) % 900_000).to_string()
}

/// Only where people have to register.
pub(crate) fn registration_url(meeting: &Meeting) -> Option<String> {
    let name = meeting.embedded_passcode.trim_end_matches(".1");
    meeting.wants_registration().then(|| format!("{MEETING_HOST}/meeting/register/{name}"))
}

/// The dates of a series that an answer shows.
pub(crate) fn occurrences(meeting: &Meeting, dates: &Dates) -> Value {
    let is_shown = |occurrence: &&Occurrence| match dates {
        Dates::All => true,
        Dates::From(now) => occurrence.end() > *now,
        Dates::One(one) => occurrence.id == one.id,
    };
    let shown = meeting.occurrences.iter().filter(is_shown);
    shown
        .map(|occurrence| {
            json!({
                "occurrence_id": occurrence.id,
                "start_time": instant(occurrence.start),
                "duration": occurrence.minutes,
                "status": if occurrence.deleted { "deleted" } else { "available" },
            })
        })
        .collect()
}

pub(crate) fn tracking_fields(fields: &[Value]) -> Value {
    let shown = fields.iter().map(|field| {
        json!({
            "field": field.get("field"), "value": field.get("value"), "visible": true,
        })
    });
    shown.collect()
}
