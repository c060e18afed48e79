//! What events say about meetings, webinars and registrations.
//!
//! Their body is that of Zoom's webhooks. A number is a text where something starts or ends, and a number elsewhere.

use serde_json::{Map, Value, json};

use super::account::{Account, MEETING_HOST};
use super::meetings::{Family, Meeting, instant, render, settings};
use super::registration::{self, Registrant};
use super::webinars;

/// Settings that are told when something is created.
const TOLD_OF_MEETINGS: [&str; 5] =
    ["use_pmi", "alternative_hosts", "join_before_host", "jbh_time", "meeting_invitees"];
const TOLD_OF_WEBINARS: [&str; 1] = ["alternative_hosts"];

/// Fields that a registration is not told with, though lists have them.
const ONLY_IN_LISTS: [&str; 1] = ["create_time"];

/// An instruction for one change more than a setting.
const NEVER_TOLD: &str = "notify_registrants";

/// What every event says about a meeting or webinar.
pub(super) fn described(account: &Account, event: &Meeting) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    put("id", json!(event.id));
    put("uuid", json!(event.uuid));
    put("host_id", json!(account.user.id));
    put("topic", json!(event.topic));
    put("type", json!(event.kind));
    if let Some(start) = event.start {
        put("start_time", json!(instant(start)));
    }
    put("duration", json!(event.minutes));
    put("timezone", json!(event.zone.name()));
    object
}

/// The dates of a series: all of them, or the one that it is about.
fn dates(event: &Meeting, occurrence: Option<&str>) -> Option<Value> {
    let meant = event.occurrences.iter().filter(|one| occurrence.is_none_or(|wanted| one.id == wanted));
    let shown: Vec<Value> =
        meant.map(|one| json!({ "occurrence_id": one.id, "start_time": instant(one.start) })).collect();
    (!shown.is_empty()).then(|| shown.into())
}

/// Whether it is about all dates of a series, or about one thing.
fn extent(event: &Meeting, occurrence: Option<&str>) -> &'static str {
    if event.recurrence.is_some() && occurrence.is_none() { "all" } else { "single" }
}

/// The fields that the two do not share, as the second has them.
fn differing(before: &Map<String, Value>, after: &Map<String, Value>) -> Map<String, Value> {
    after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(*value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// All that a change may be told about.
fn changeable(account: &Account, family: Family, event: &Meeting, occurrence: Option<&str>) -> Map<String, Value> {
    let one = occurrence.and_then(|wanted| event.occurrence(wanted));
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    put("topic", json!(event.topic));
    put("type", json!(event.kind));
    put("agenda", json!(one.and_then(|one| one.agenda.as_ref()).unwrap_or(&event.agenda)));
    if let Some(start) = one.map(|one| one.start).or(event.start) {
        put("start_time", json!(instant(start)));
    }
    put("duration", json!(one.map_or(event.minutes, |one| one.minutes)));
    put("timezone", json!(event.zone.name()));
    put("password", json!(event.passcode));
    if let Some(url) = registration_url(family, event) {
        put("registration_url", json!(url));
    }
    if let Some(recurrence) = &event.recurrence {
        put("recurrence", recurrence.shown());
        put("occurrences", render::occurrences(event, &render::Dates::All));
    }
    let of_occurrence = one.map(|one| &one.settings);
    let mut settings = match family {
        Family::Meeting => settings::shown(&event.settings, of_occurrence, ("", "")),
        Family::Webinar => webinars::settings_of(event, of_occurrence, &account.user),
    };
    if let Some(settings) = settings.as_object_mut() {
        settings.remove(NEVER_TOLD);
    }
    put("settings", settings);
    object
}

fn registration_url(family: Family, event: &Meeting) -> Option<String> {
    match family {
        Family::Meeting => render::registration_url(event),
        Family::Webinar => webinars::registration_url(event),
    }
}

impl Account {
    /// Tells the listeners about something that the rep has done.
    fn tell_as_operator(&self, event: &str, extra: Value, object: Map<String, Value>) {
        let mut payload = match extra {
            Value::Object(extra) => extra,
            _ => Map::new(),
        };
        payload.insert("account_id".to_owned(), json!(self.user.account_id));
        payload.insert("operator".to_owned(), json!(self.user.rep.email));
        payload.insert("operator_id".to_owned(), json!(self.user.id));
        payload.insert("object".to_owned(), Value::Object(object));
        self.events.publish_payload(event, &Value::Object(payload), self.now());
    }

    /// Tells the listeners that there is something new.
    pub fn tell_of_creation(&self, family: Family, event: &Meeting) {
        let mut object = described(self, event);
        let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
        let (told, link) = match family {
            Family::Meeting => (&TOLD_OF_MEETINGS[..], render::join_url(event, self.user.pmi())),
            Family::Webinar => (&TOLD_OF_WEBINARS[..], webinars::join_url(event)),
        };
        put("join_url", json!(link));
        if !event.passcode.is_empty() {
            put("password", json!(event.passcode));
        }
        if render::uses_pmi(event) {
            put("pmi", json!(self.user.pmi().to_string()));
        }
        if family == Family::Webinar {
            put("creation_source", json!(event.source));
        }
        if let Some(recurrence) = &event.recurrence {
            put("recurrence", recurrence.shown());
            put("occurrences", render::occurrences(event, &render::Dates::All));
        }
        let mut shown = match settings::shown(&event.settings, None, ("", "")) {
            Value::Object(shown) => shown,
            _ => Map::new(),
        };
        shown.retain(|name, _| told.contains(&name.as_str()));
        if family == Family::Webinar {
            shown.insert("use_pmi".to_owned(), json!(false));
        }
        for invitee in shown.get_mut("meeting_invitees").and_then(Value::as_array_mut).into_iter().flatten() {
            *invitee = json!({ "email": invitee.get("email") });
        }
        put("settings", Value::Object(shown));
        let extra = json!({ "operation": extent(event, None) });
        self.tell_as_operator(&format!("{}.created", family.name()), extra, object);
    }

    /// Tells the listeners what is different now: the fields that have changed, and their former values.
    pub fn tell_of_change(&self, family: Family, before: &Meeting, after: &Meeting, occurrence: Option<&str>) {
        let former = changeable(self, family, before, occurrence);
        let present = changeable(self, family, after, occurrence);
        let (mut object, mut old) = (differing(&former, &present), differing(&present, &former));
        let settings_of = |fields: &Map<String, Value>| match fields.get("settings") {
            Some(Value::Object(settings)) => settings.clone(),
            _ => Map::new(),
        };
        if object.contains_key("settings") {
            let (former, present) = (settings_of(&old), settings_of(&object));
            object.insert("settings".to_owned(), differing(&former, &present).into());
            old.insert("settings".to_owned(), differing(&present, &former).into());
        }
        for fields in [&mut object, &mut old] {
            fields.insert("id".to_owned(), json!(after.id));
        }
        if family == Family::Webinar {
            object.insert("uuid".to_owned(), json!(after.uuid));
            object.insert("host_id".to_owned(), json!(self.user.id));
        }
        let extra = json!({
            "scope": extent(after, occurrence), "time_stamp": self.now().timestamp_millis(), "old_object": old,
        });
        self.tell_as_operator(&format!("{}.updated", family.name()), extra, object);
    }

    /// Tells the listeners that something, or one date of it, was `deleted` or `recovered`.
    pub fn tell_of_removal(&self, what: &str, family: Family, event: &Meeting, occurrence: Option<&str>) {
        let mut object = described(self, event);
        if let Some(dates) = dates(event, occurrence) {
            object.insert("occurrences".to_owned(), dates);
        }
        let extra = json!({ "operation": extent(event, occurrence) });
        self.tell_as_operator(&format!("{}.{what}", family.name()), extra, object);
    }

    /// Tells the listeners what has happened to a registration.
    pub fn tell_of_registrant(&self, what: &str, family: Family, event: &Meeting, registrant: &Registrant) {
        let mut row = registration::registrant(family, event, registrant);
        match what {
            "created" => row.retain(|name, _| !ONLY_IN_LISTS.contains(&name.as_str())),
            "approved" => row.retain(|name, _| {
                ["id", "email", "first_name", "last_name", "join_url", "participant_pin_code"].contains(&name.as_str())
            }),
            _ => row.retain(|name, _| ["id", "email", "first_name", "last_name"].contains(&name.as_str())),
        }
        if family == Family::Webinar
            && let Some(source) = tracking_source(event, registrant)
        {
            row.insert("tracking_source".to_owned(), source);
        }
        let mut object = described(self, event);
        if let Some(dates) = dates(event, None) {
            object.insert("occurrences".to_owned(), dates);
        }
        object.insert("registrant".to_owned(), Value::Object(row));
        let name = format!("{}.registration_{what}", family.name());
        if what == "created" {
            self.events.publish(&name, &self.user.account_id, object.into(), self.now());
        } else {
            self.tell_as_operator(&name, json!({}), object);
        }
    }
}

/// Where a registrant has come from, if from one of the host's sources.
fn tracking_source(event: &Meeting, registrant: &Registrant) -> Option<Value> {
    let (id, name) = webinars::SOURCES.iter().find(|(id, _)| registrant.source.as_deref() == Some(*id))?;
    let page = event.embedded_passcode.trim_end_matches(".1");
    let url = format!("{MEETING_HOST}/webinar/register/{id}/WN_{page}");
    Some(json!({ "id": id, "source_name": name, "tracking_url": url }))
}
