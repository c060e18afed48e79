//! Whether a Task is a call's, and whose software made it. Pure: it looks at what was read, and asks nobody.

use chrono::{DateTime, TimeDelta};
use liaison_salesforce::{KEY_FIELD, SalesforceId, TaskCapability};
use liaison_store::tables::call_tasks::Maker;

use super::fields::{CallPart, TaskFields, Way};
use super::find::Seen;
use crate::outbox::event::fields::short_id;

/// Other software counts ringing, or rounds.
const LENGTH_APART_S: u32 = 5;
/// A logger writes when the call ends, or a while after it; no sooner than it begins.
const WRITTEN_WITHIN: TimeDelta = TimeDelta::hours(24);
/// The digits of a number that have to stand in a Task's texts.
const DIGITS: usize = 7;

/// The namespaces of packages that log calls, as they stand before their fields' names.
const PACKAGES: [(&str, Maker); 4] = [
    ("zvc__", Maker::Zoom),
    ("zoom_app__", Maker::Zoom),
    ("rcsfl__", Maker::RingCentral),
    ("ringcentral", Maker::RingCentral),
];

/// The fields of other packages on Tasks that this user may see.
pub(super) fn foreign_fields(rights: &TaskCapability) -> impl Iterator<Item = &str> {
    rights.object.fields().map(|field| field.name.as_str()).filter(|name| package(name).is_some())
}

fn package(field: &str) -> Option<Maker> {
    let name = field.to_ascii_lowercase();
    PACKAGES.iter().find(|(prefix, _)| name.starts_with(prefix)).map(|(_, maker)| *maker)
}

/// Whose software made a Task.
pub(super) fn maker(seen: &Seen) -> Maker {
    let filled = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => !text.trim().is_empty(),
        serde_json::Value::Null | serde_json::Value::Bool(false) => false,
        _ => true,
    };
    let by_field = seen.more.iter().filter(|(_, value)| filled(value)).find_map(|(name, _)| package(name));
    let by_name = || {
        let name = seen.by.as_ref().and_then(|by| by.name.as_deref()).unwrap_or_default().to_lowercase();
        [("ringcentral", Maker::RingCentral), ("einstein", Maker::Einstein), ("zoom", Maker::Zoom)]
            .into_iter()
            .find(|(word, _)| name.contains(word))
            .map(|(_, maker)| maker)
    };
    by_field.or_else(by_name).unwrap_or(Maker::Somebody)
}

/// How surely a Task is a call's; the larger the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Line or person, day, start and length; the nearer in length the better.
    Alike(u32),
    /// It names Zoom's id.
    Named,
}

/// The Task of others that logs a call, if there is one.
pub(super) fn logged<'a>(call: &CallPart, fields: &TaskFields, tasks: &'a [Seen]) -> Option<&'a Seen> {
    let fitting = tasks.iter().filter_map(|seen| Some((likeness(call, fields, seen)?, seen)));
    fitting.max_by_key(|(likeness, _)| *likeness).map(|(_, seen)| seen)
}

/// How surely a Task is a call's; `None` when it is none of it.
pub(super) fn likeness(call: &CallPart, fields: &TaskFields, seen: &Seen) -> Option<Likeness> {
    if seen.is_deleted || is_own(seen) {
        return None;
    }
    if names(seen, call) {
        return Some(Likeness::Named);
    }
    let is_call = seen.text("TaskSubtype") == Some("Call") || seen.text("CallType").is_some();
    let apart = seen.seconds?.abs_diff(call.seconds);
    let near = apart <= LENGTH_APART_S && seen.day == Some(fields.day);
    let start = DateTime::from_timestamp_millis(call.start_utc_ms)?;
    let in_time = seen.made.is_none_or(|made| made.0 >= start && made.0 <= start + WRITTEN_WITHIN);
    // What others make of a call inside the company is theirs.
    let same_way = call.way == Way::Internal || seen.text("CallType").is_none_or(|way| way == call.way.as_str());
    let whose = same_person(seen, fields) || call.line.is_some_and(|line| has_line(seen, line));
    (is_call && near && in_time && same_way && whose).then(|| Likeness::Alike(LENGTH_APART_S - apart))
}

/// One of ours, of whichever call.
fn is_own(seen: &Seen) -> bool {
    let key = |field: &str| {
        seen.text(field).is_some_and(|text| {
            let (prefix, rest) = text.split_once('_').unwrap_or_default();
            ["c", "f"].contains(&prefix) && rest.len() == 40 && rest.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    };
    key(KEY_FIELD) || key("CallObject")
}

/// Any field that is made for an id holds Zoom's.
pub(super) fn names(seen: &Seen, call: &CallPart) -> bool {
    let Some(id) = call.call_id.as_deref().filter(|id| id.len() >= 6) else { return false };
    seen.more.iter().any(|(name, value)| {
        (name == "CallObject" || package(name).is_some()) && value.as_str().is_some_and(|text| text.trim() == id)
    })
}

fn same_person(seen: &Seen, fields: &TaskFields) -> bool {
    let short = |id: SalesforceId| short_id(id.as_str()).to_owned();
    seen.who.map(short).is_some_and(|who| Some(who) == fields.who_id().map(short))
}

/// The number stands somewhere in the Task's texts, however it is spelled.
fn has_line(seen: &Seen, line: i64) -> bool {
    let line = line.to_string();
    let Some(ending) = line.len().checked_sub(DIGITS).and_then(|from| line.get(from..)) else { return false };
    seen.more.values().filter_map(serde_json::Value::as_str).any(|text| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.contains(ending)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::calls::task::call_logs::CALL_ID_OF_TASK;
    use crate::calls::task::fields::tests::fields;

    /// 1 December 2026, 10:00 in Amsterdam, to +31 6 12345678, for 95 seconds.
    fn call() -> CallPart {
        fields().call.unwrap()
    }

    #[expect(clippy::needless_pass_by_value, reason = "a test spells its task out where it asks")]
    fn seen(more: serde_json::Value) -> Seen {
        let mut task = json!({
            "Id": "00T000000000001EAA", "IsDeleted": false, "ActivityDate": "2026-12-01", "TaskSubtype": "Call",
            "CreatedDate": "2026-12-01T09:22:00.000+0000", "CreatedBy": {"Name": "Robin Jansen"},
        });
        task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(task).unwrap()
    }

    fn is_it(more: serde_json::Value) -> bool {
        logged(&call(), &fields(), &[seen(more)]).is_some()
    }

    #[test]
    fn whoever_names_zooms_id_has_logged_the_call() {
        let call = CallPart { call_id: Some("7018317023722949162".to_owned()), ..call() };
        let of = |more| {
            let task = seen(more);
            logged(&call, &fields(), std::slice::from_ref(&task)).map(maker)
        };
        let id = "7018317023722949162";
        assert_eq!(of(json!({CALL_ID_OF_TASK: id})), Some(Maker::Zoom), "the call log of the package of today");
        assert_eq!(of(json!({"zoom_app__Call_Id__c": id})), Some(Maker::Zoom), "the package of before");
        assert_eq!(of(json!({"CallObject": id})), Some(Maker::Somebody));
        assert_eq!(of(json!({CALL_ID_OF_TASK: "7018317023722949163"})), None, "another call");
        assert_eq!(of(json!({"Subject": id})), None, "a text is no key");
        assert_eq!(of(json!({"CallObject": id, "IsDeleted": true})), None);
    }

    #[test]
    fn a_key_of_ours_is_never_somebody_elses() {
        let key = "c_b190b87374879be86c75ec048432aedcdcd1d7c3";
        let alike = json!({"CallDurationInSeconds": 95, "WhoId": "00Q5500001QdQWfEAN"});
        assert!(is_it(alike.clone()));
        for field in [KEY_FIELD, "CallObject"] {
            let mut ours = alike.clone();
            ours[field] = key.into();
            assert!(!is_it(ours), "{field}");
        }
    }

    #[test]
    fn line_or_person_with_day_length_and_start_are_a_call() {
        assert!(is_it(json!({"CallDurationInSeconds": 98, "Description": "to +31 6 1234-5678"})));
        assert!(is_it(json!({"CallDurationInSeconds": 90, "WhoId": "00Q5500001QdQWf"})));
        let not = |more: serde_json::Value, why: &str| {
            let mut task = json!({"CallDurationInSeconds": 95, "WhoId": "00Q5500001QdQWfEAN"});
            task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            assert!(!is_it(task), "{why}");
        };
        not(json!({"CallDurationInSeconds": 20}), "shorter by far");
        not(json!({"CallDurationInSeconds": 600}), "longer by far");
        not(json!({"CallDurationInSeconds": null}), "without a length");
        not(json!({"WhoId": "0035500001QdQWfAAN"}), "somebody else");
        not(json!({"ActivityDate": "2026-12-02"}), "another day");
        not(json!({"CreatedDate": "2026-12-01T08:00:00.000+0000"}), "written before it rang");
        not(json!({"TaskSubtype": "Task"}), "no call");
        not(json!({"CallType": "Inbound"}), "the other way");
    }

    #[test]
    fn others_call_a_call_inside_the_company_what_they_like() {
        let call = CallPart { way: Way::Internal, ..call() };
        for way in ["Internal", "Inbound"] {
            let task = seen(json!({"CallDurationInSeconds": 95, "WhoId": "00Q5500001QdQWfEAN", "CallType": way}));
            assert!(logged(&call, &fields(), std::slice::from_ref(&task)).is_some(), "{way}");
        }
    }

    #[test]
    fn software_is_known_by_its_fields_and_then_by_its_name() {
        let by = |more| maker(&seen(more));
        assert_eq!(by(json!({"rcsfl__Session__c": "s"})), Maker::RingCentral);
        assert_eq!(by(json!({"ZVC__Is_Zoom__c": false, "ZVC__Id__c": " "})), Maker::Somebody, "empty says nothing");
        assert_eq!(by(json!({"CreatedBy": {"Name": "Einstein Activity"}})), Maker::Einstein);
        assert_eq!(by(json!({"CreatedBy": null})), Maker::Somebody);
    }

    proptest! {
        /// Whatever stands there, it is only looked at.
        #[test]
        fn no_task_is_too_odd(seconds in proptest::option::of(any::<u32>()), text in ".*", object in ".*", year in 1..9999_i32) {
            let task = json!({
                "CallDurationInSeconds": seconds, "Subject": text, "CallObject": object, "ZVC__Id__c": text,
                "ActivityDate": format!("{year:04}-12-01"), "CreatedDate": format!("{year:04}-12-01T09:22:00.000+0000"),
            });
            let odd = [seen(task)];
            if let Some(found) = logged(&call(), &fields(), &odd) {
                prop_assert!(found.text("CallObject") == Some("7018") || seconds.is_some_and(|seconds| seconds.abs_diff(95) <= 5));
            }
        }
    }
}
