//! What the event stream told, held against Zoom's documents of webhooks and its example webhooks: an event's body is
//! that of the webhook of its name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::examples::Examples;
use crate::failure::Failure;
use crate::keys::{Kind, kinds, missing};
use crate::openapi::Documents;
use crate::template::{EVENT, Template};
use crate::violation::{Check, Side, Violation};

type Kinds = BTreeMap<String, BTreeSet<Kind>>;

/// The keys of each example webhook, with the kinds of their values.
#[derive(Debug, Default)]
pub struct Webhooks(BTreeMap<String, Kinds>);

impl Webhooks {
    /// Reads `Webhooks/{event}.json` below `folder`.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    pub fn load(folder: &Path) -> Result<Self, Failure> {
        let mut webhooks = BTreeMap::new();
        let folder = folder.join("Webhooks");
        for entry in fs::read_dir(&folder).map_err(|error| Failure::reading(&folder, error))? {
            let path = entry.map_err(|error| Failure::reading(&folder, error))?.path();
            let name = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".json"));
            let Some(name) = name.map(str::to_owned) else { continue };
            let text = fs::read(&path).map_err(|error| Failure::reading(&path, error))?;
            let value: Value = serde_json::from_slice(&text).map_err(|error| Failure::reading(&path, error))?;
            webhooks.insert(name, kinds(&value));
        }
        Ok(Self(webhooks))
    }

    /// Whether the example of an event has a key.
    fn knows(&self, name: &str, key: &str) -> bool {
        self.0.get(name).is_some_and(|keys| keys.contains_key(key))
    }

    /// What the events differ in from the examples of the same names, all events of one name taken together. An event
    /// may have more keys than its example: `answers` has those of what it is about, and a document names its own.
    pub fn check(&self, events: &[Value], answers: &Examples, documents: Option<&Documents>) -> Vec<Violation> {
        let described = |name: &str| documents.is_some_and(|known| known.events().any(|(event, _)| event == name));
        let mut told: BTreeMap<&str, Kinds> = BTreeMap::new();
        for event in events {
            let all = told.entry(name_of(event)).or_default();
            for (key, seen) in kinds(event) {
                all.entry(key).or_default().extend(seen);
            }
        }
        let mut found = Vec::new();
        for (name, given) in told {
            match self.0.get(name) {
                Some(wanted) => {
                    found.extend(lacking(name, wanted, &given));
                    if !described(name) {
                        found.extend(unknown(name, wanted, &given, answers));
                    }
                }
                None => found.push(violation(name, "event", "there is no example of such an event")),
            }
        }
        found
    }
}

/// Keys that the example has and no event ever had, and those with another kind of value.
fn lacking<'a>(name: &'a str, wanted: &'a Kinds, given: &'a Kinds) -> impl Iterator<Item = Violation> + 'a {
    let never = missing(&keys(wanted), &keys(given)).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let never = never.into_iter().map(|key| violation(name, &key, "the example has this key, no event ever had it"));
    let other = given.iter().filter(|(key, seen)| wanted.get(*key).is_some_and(|kinds| kinds.is_disjoint(seen)));
    never.chain(other.map(|(key, _)| violation(name, key, "is of another kind than in the example")))
}

/// Keys that neither the example of the event has nor that of the answer that shows what it is about.
fn unknown(name: &str, wanted: &Kinds, given: &Kinds, answers: &Examples) -> Vec<Violation> {
    let about = answer_about(name);
    let mut known = keys(wanted);
    let objects = ["/payload/object", "/payload/old_object"];
    known.extend(keys(given).into_iter().filter(|key| {
        let inside = objects.iter().find_map(|object| key.strip_prefix(object));
        inside.zip(about.as_ref()).is_some_and(|(key, about)| answers.knows(about, key))
    }));
    let given = keys(given);
    missing(&given, &known).into_iter().map(|key| violation(name, key, "no example has this key")).collect()
}

/// The operation whose answer shows what an event is about.
fn answer_about(name: &str) -> Option<Template> {
    let operation = match name.split_once('.')? {
        ("meeting", what) if what.starts_with("summary_") => "GET /meetings/{meetingId}/meeting_summary",
        ("meeting", _) => "GET /meetings/{meetingId}",
        ("webinar", _) => "GET /webinars/{webinarId}",
        ("recording", _) => "GET /meetings/{meetingId}/recordings",
        _ => return None,
    };
    Template::parse(operation)
}

fn keys(kinds: &Kinds) -> BTreeSet<String> {
    kinds.keys().cloned().collect()
}

/// What the documents say against the events that they describe. A key that an example has is a known one.
pub fn against(documents: &Documents, webhooks: &Webhooks, events: &[Value]) -> Vec<Violation> {
    let mut found = Vec::new();
    for (name, described) in documents.events() {
        let known = |key: &str| described.keys.contains(key) || webhooks.knows(name, key);
        for event in events.iter().filter(|event| name_of(event) == name) {
            let findings = described.schema.findings(event).into_iter();
            let findings = findings.filter(|finding| !(finding.unnamed_key && known(&finding.place)));
            found.extend(findings.map(|finding| Violation {
                check: Check::Openapi,
                ..violation(name, &finding.place, &finding.problem)
            }));
        }
    }
    found
}

/// The operation that stands for an event in the table.
pub fn operation(name: &str) -> Template {
    Template::new(EVENT, &format!("/{name}"))
}

/// The name of an event.
pub fn name_of(event: &Value) -> &str {
    event["event"].as_str().unwrap_or_default()
}

fn violation(name: &str, place: &str, problem: &str) -> Violation {
    Violation {
        check: Check::Examples,
        operation: operation(name),
        side: Side::Answer,
        place: place.to_owned(),
        problem: problem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn events_need_the_keys_and_kinds_of_the_example_and_no_others() {
        let example = json!({"event": "a.b", "payload": {"id": 1, "topic": "x"}});
        let webhooks = Webhooks([("a.b".to_owned(), kinds(&example))].into());
        let none = Examples::default();
        assert!(webhooks.check(&[example], &none, None).is_empty());
        let places = |events: &[Value]| {
            webhooks.check(events, &none, None).into_iter().map(|found| found.place).collect::<Vec<_>>()
        };
        let told = json!({"event": "a.b", "payload": {"id": "1", "subject": "x"}});
        assert_eq!(places(&[told]), ["/payload/topic", "/payload/id", "/payload/subject"]);
        assert_eq!(places(&[json!({"event": "a.c"})]), ["event"]);
        let halves =
            [json!({"event": "a.b", "payload": {"id": 1}}), json!({"event": "a.b", "payload": {"topic": "y"}})];
        assert!(places(&halves).is_empty());
    }

    #[test]
    fn a_change_may_tell_what_the_answer_shows() {
        let wanted = kinds(&json!({"event": "meeting.updated", "payload": {"object": {"id": 1}}}));
        let webhooks = Webhooks([("meeting.updated".to_owned(), wanted)].into());
        let answers = Examples::of("GET /meetings/{meetingId}", &json!({"agenda": "x"}));
        let told = json!({"event": "meeting.updated", "payload": {"object": {"id": 1, "agenda": "x", "agendum": 1}}});
        let found = webhooks.check(&[told], &answers, None);
        assert_eq!(found.iter().map(|found| found.place.as_str()).collect::<Vec<_>>(), ["/payload/object/agendum"]);
    }

    #[test]
    fn a_described_event_is_held_against_its_schema() {
        let documents = Documents::of(&json!({"webhooks": {"a.b": {"post": {"requestBody": {"content": {
            "application/json": {"schema": {"type": "object", "properties": {
                "event": {"type": "string"}, "n": {"type": "integer"},
            }}, "examples": {"one": {"value": "{\"own\": 1}"}}},
        }}}}}}));
        let webhooks = Webhooks::default();
        let events = [json!({"event": "a.b", "n": 1, "own": 1}), json!({"event": "a.c", "n": "x"})];
        assert!(against(&documents, &webhooks, &events).is_empty());
        let found = against(&documents, &webhooks, &[json!({"event": "a.b", "n": "x", "m": 1})]);
        let places: BTreeSet<&str> = found.iter().map(|found| found.place.as_str()).collect();
        assert_eq!(places, ["/m", "/n"].into());
    }
}
