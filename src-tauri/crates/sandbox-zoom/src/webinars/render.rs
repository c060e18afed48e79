//! A webinar as Zoom's answers show it.

use serde_json::{Map, Value, json};

use super::{named, settings};
use crate::account::{Account, MEETING_HOST};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::launch;
use crate::meetings::Meeting;
use crate::meetings::instant;
use crate::meetings::render::{self, Dates, occurrences, tracking_fields};
use crate::meetings::write::unknown_occurrence;

/// `GET /webinars/{webinarId}`.
pub(super) fn get(account: &Account, call: &Call) -> Outcome {
    let webinar = named(account, call)?;
    let dates = match call.parameter("occurrence_id") {
        Some(wanted) => Dates::One(webinar.occurrence(wanted).ok_or_else(unknown_occurrence)?),
        None if call.flag("show_previous_occurrences")? => Dates::All,
        None => Dates::From(account.now()),
    };
    Ok(Answer::ok(whole(account, &webinar, &dates)))
}

/// The link for attendees where nobody has to register, and the one that panels share otherwise.
pub(crate) fn join_url(webinar: &Meeting) -> String {
    let link = format!("{MEETING_HOST}/j/{}", webinar.id);
    if webinar.passcode.is_empty() { link } else { format!("{link}?pwd={}", webinar.embedded_passcode) }
}

/// Only where people have to register.
pub(crate) fn registration_url(webinar: &Meeting) -> Option<String> {
    render::registration_url(webinar).map(|url| url.replace("/meeting/", "/webinar/"))
}

/// The complete answer, with a start link of its own.
pub(super) fn whole(account: &Account, webinar: &Meeting, dates: &Dates) -> Value {
    let user = &account.user;
    let one = match dates {
        Dates::One(occurrence) => Some(*occurrence),
        Dates::All | Dates::From(_) => None,
    };
    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    put("uuid", json!(webinar.uuid));
    put("id", json!(webinar.id));
    put("host_id", json!(user.id));
    put("host_email", json!(user.rep.email));
    put("topic", json!(webinar.topic));
    put("type", json!(webinar.kind));
    if let Some(start) = one.map(|one| one.start).or(webinar.start) {
        put("start_time", json!(instant(start)));
    }
    put("duration", json!(one.map_or(webinar.minutes, |one| one.minutes)));
    put("timezone", json!(webinar.zone.name()));
    put("agenda", json!(one.and_then(|one| one.agenda.as_ref()).unwrap_or(&webinar.agenda)));
    put("created_at", json!(instant(webinar.created_at)));
    let zak = account.fresh_zak(launch::start_link_lifetime());
    put("start_url", json!(format!("{MEETING_HOST}/s/{}?zak={zak}", webinar.id)));
    put("join_url", json!(join_url(webinar)));
    if let Some(url) = registration_url(webinar) {
        put("registration_url", json!(url));
    }
    if !webinar.passcode.is_empty() {
        put("password", json!(webinar.passcode));
        put("h323_passcode", json!(webinar.passcode));
        put("encrypted_passcode", json!(webinar.embedded_passcode));
    }
    if let Some(recurrence) = &webinar.recurrence {
        put("recurrence", recurrence.shown());
        put("occurrences", occurrences(webinar, dates));
    }
    put("settings", settings::shown(webinar, one.map(|one| &one.settings), user));
    if !webinar.tracking_fields.is_empty() {
        put("tracking_fields", tracking_fields(&webinar.tracking_fields));
    }
    if let Some(template) = &webinar.template_id {
        put("template_id", json!(template));
    }
    put("is_simulive", json!(false));
    put("record_file_id", json!(""));
    put("transition_to_live", json!(false));
    put("simulive_delay_start", json!({ "enable": false, "time": 0, "timeunit": "second" }));
    put("creation_source", json!(webinar.source));
    // Zoom adds fields at any time; clients have to bear it.
    put("unlisted_stage", json!({ "open": null }));
    webinar.loaded.lay_over(&mut answer, one.is_some());
    Value::Object(answer)
}
