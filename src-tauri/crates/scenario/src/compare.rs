//! Partial JSON: what is expected names what it cares about; the rest may be anything.
//!
//! An object has at least the expected fields. An array has exactly as many elements, in the same order. An object
//! whose one key begins with `$` is a condition instead; [`condition`] lists them.

use std::cmp::Ordering;
use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// One place where something else was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Such as `outbox.items[0].state`.
    pub path: String,
    pub expected: String,
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: expected {}, found {}", self.path, self.expected, self.found)
    }
}

/// Longest value that is shown whole.
const SHOWN: usize = 600;

/// Where `found` is not as expected; `path` is the name of the whole.
pub fn differences(path: &str, expected: &Value, found: Option<&Value>) -> Vec<Difference> {
    let mut differences = Vec::new();
    compare(path, expected, found, &mut differences);
    differences
}

fn compare(path: &str, expected: &Value, found: Option<&Value>, differences: &mut Vec<Difference>) {
    if let Some((name, operand)) = as_condition(expected) {
        return condition(path, name, operand, found, differences);
    }
    match (expected, found) {
        (Value::Object(wanted), Some(Value::Object(there))) => {
            for (name, value) in wanted {
                compare(&format!("{path}.{name}"), value, there.get(name), differences);
            }
        }
        (Value::Array(wanted), Some(Value::Array(there))) => {
            if wanted.len() != there.len() {
                let all = Value::Array(there.clone());
                differences.push(differ(path, &format!("{} elements", wanted.len()), Some(&all)));
                return;
            }
            for (index, (value, other)) in wanted.iter().zip(there).enumerate() {
                compare(&format!("{path}[{index}]"), value, Some(other), differences);
            }
        }
        (wanted, Some(there)) if same(wanted, there) => {}
        (wanted, there) => differences.push(differ(path, &shown(wanted), there)),
    }
}

/// `1` and `1.0` are the same number.
fn same(wanted: &Value, there: &Value) -> bool {
    let compared = wanted.as_f64().zip(there.as_f64()).and_then(|(one, other)| one.partial_cmp(&other));
    let whole = wanted.is_i64() && there.is_i64();
    wanted == there || (!whole && compared == Some(Ordering::Equal))
}

fn as_condition(expected: &Value) -> Option<(&str, &Value)> {
    let fields: &Map<String, Value> = expected.as_object().filter(|fields| fields.len() == 1)?;
    fields.iter().next().filter(|(name, _)| name.starts_with('$')).map(|(name, operand)| (name.as_str(), operand))
}

/// `$has`: the array has an element like each of these, in any order. `$none`: no element is like this. `$count`: so
/// many elements. `$at_most`, `$at_least`: the number is not greater, or not smaller. `$contains`: the text has this in it. `$absent`: there is nothing of that name, or `null`.
/// `$present`: there is something. `$not`: anything but this. `$at`: this instant, as milliseconds or as ISO text.
fn condition(path: &str, name: &str, operand: &Value, found: Option<&Value>, differences: &mut Vec<Difference>) {
    let elements = found.and_then(Value::as_array);
    let present = found.is_some_and(|found| !found.is_null());
    if let ("$has", Value::Array(wanted)) = (name, operand) {
        for value in wanted {
            match closest(path, value, elements.map(Vec::as_slice).unwrap_or_default()) {
                Some(all) => differences.extend(all),
                None => differences.push(differ(path, &format!("an element like {}", shown(value)), found)),
            }
        }
        return;
    }
    let mut check = |holds: bool, expected: String| {
        if !holds {
            differences.push(differ(path, &expected, found));
        }
    };
    match (name, operand) {
        ("$none", value) => {
            let free = elements.is_some_and(|all| !all.iter().any(|one| is_like(value, one)));
            check(free, format!("no element like {}", shown(value)));
        }
        ("$count", Value::Number(wanted)) => {
            let count = elements.map(|all| all.len() as u64);
            check(count.is_some() && count == wanted.as_u64(), format!("{wanted} elements"));
        }
        ("$at_most" | "$at_least", Value::Number(bound)) => {
            let order =
                found.and_then(Value::as_f64).zip(bound.as_f64()).and_then(|(one, bound)| one.partial_cmp(&bound));
            let outside = if name == "$at_most" { Ordering::Greater } else { Ordering::Less };
            check(order.is_some_and(|order| order != outside), format!("{} {bound}", name.trim_start_matches('$')));
        }
        ("$contains", Value::String(part)) => {
            let there = found.and_then(Value::as_str).is_some_and(|text| text.contains(part.as_str()));
            check(there, format!("a text with {} in it", shown(operand)));
        }
        ("$absent", Value::Bool(true)) => check(!present, "nothing".to_owned()),
        ("$present", Value::Bool(true)) => check(present, "something".to_owned()),
        ("$not", value) => {
            check(found.is_none_or(|one| !is_like(value, one)), format!("anything but {}", shown(value)));
        }
        ("$at", Value::String(text)) => {
            let wanted = instant(text);
            check(wanted.is_some() && found.and_then(moment) == wanted, format!("the instant {text}"));
        }
        _ => check(false, format!("`{name}` with {} is no condition", shown(operand))),
    }
}

/// Where an expectation has a condition that there is not, and why it is none; a misspelt one inside `$not` would hold
/// for ever.
pub fn flaw(path: &str, expected: &Value) -> Option<(String, String)> {
    match expected {
        Value::Array(values) => {
            values.iter().enumerate().find_map(|(index, value)| flaw(&format!("{path}[{index}]"), value))
        }
        Value::Object(fields) => {
            let inner = || fields.iter().find_map(|(name, value)| flaw(&format!("{path}.{name}"), value));
            match fields.keys().find(|name| name.starts_with('$')).map(String::as_str) {
                None | Some("$from") => inner(),
                Some(name) if fields.len() > 1 => {
                    Some((path.to_owned(), format!("`{name}` stands alone in its object")))
                }
                Some(name) if !is_condition(name, &fields[name]) => {
                    Some((path.to_owned(), format!("`{name}` with {} is no condition", shown(&fields[name]))))
                }
                Some("$at") => None,
                Some(_) => inner(),
            }
        }
        _ => None,
    }
}

fn is_condition(name: &str, operand: &Value) -> bool {
    match (name, operand) {
        ("$has", Value::Array(_))
        | ("$contains", Value::String(_))
        | ("$absent" | "$present", Value::Bool(true))
        | ("$at_most" | "$at_least", Value::Number(_))
        | ("$none" | "$not", _) => true,
        ("$count", Value::Number(number)) => number.is_u64(),
        ("$at", Value::String(text)) => instant(text).is_some(),
        _ => false,
    }
}

/// What keeps the element that is most like it from being so; nothing where one is. `None` without any element.
fn closest(path: &str, expected: &Value, elements: &[Value]) -> Option<Vec<Difference>> {
    let each = elements.iter().enumerate();
    each.map(|(index, one)| differences(&format!("{path}[{index}]"), expected, Some(one))).min_by_key(Vec::len)
}

fn is_like(expected: &Value, found: &Value) -> bool {
    differences("", expected, Some(found)).is_empty()
}

/// Milliseconds since 1970, or ISO text with an offset.
fn moment(value: &Value) -> Option<DateTime<Utc>> {
    match value {
        Value::Number(ms) => DateTime::from_timestamp_millis(ms.as_i64()?),
        Value::String(text) => instant(text),
        _ => None,
    }
}

/// RFC 3339, or Salesforce's form of it, whose offset has no colon.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let parsed =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    parsed.ok().map(|at| at.to_utc())
}

fn differ(path: &str, expected: &str, found: Option<&Value>) -> Difference {
    let found = found.map_or_else(|| "nothing".to_owned(), shown);
    Difference { path: path.to_owned(), expected: expected.to_owned(), found }
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(expected: &Value, found: &Value) -> Vec<String> {
        differences("it", expected, Some(found)).into_iter().map(|difference| difference.path).collect()
    }

    #[test]
    fn an_object_is_partial_and_an_array_is_not() {
        assert!(paths(&json!({ "a": { "b": 1 } }), &json!({ "a": { "b": 1.0, "c": 2 } })).is_empty());
        assert_eq!(paths(&json!({ "a": [{ "b": 1 }] }), &json!({ "a": [{ "b": 2 }] })), ["it.a[0].b"]);
        assert_eq!(paths(&json!([1]), &json!([1, 2])), ["it"]);
        assert_eq!(paths(&json!({ "a": null }), &json!({})), ["it.a"]);
        assert_eq!(paths(&json!(9_007_199_254_740_993_i64), &json!(9_007_199_254_740_992_i64)), ["it"]);
    }

    #[test]
    fn each_condition_holds_and_fails() {
        let people = json!([{ "name": "Ann" }, { "name": "Bob" }]);
        let cases = [
            (json!({ "$none": { "name": "Eve" } }), json!({ "$none": { "name": "Ann" } })),
            (json!({ "$count": 2 }), json!({ "$count": 1 })),
            (json!({ "$present": true }), json!({ "$absent": true })),
            (json!({ "$not": 1 }), json!({ "$not": { "$count": 2 } })),
        ];
        for (holds, fails) in cases {
            assert!(paths(&holds, &people).is_empty(), "{holds}");
            assert_eq!(paths(&fails, &people), ["it"], "{fails}");
        }
        for (bound, held) in [("$at_most", [1, 2]), ("$at_least", [2, 3])] {
            for number in 1..=3 {
                assert_eq!(paths(&json!({ bound: 2 }), &json!(number)).is_empty(), held.contains(&number), "{number}");
            }
        }
        assert_eq!(paths(&json!({ "$at_most": 2 }), &json!("two")), ["it"]);
        assert!(paths(&json!({ "$contains": "nn" }), &json!("Ann")).is_empty());
        assert_eq!(paths(&json!({ "$contains": "x" }), &json!("Ann")), ["it"]);
    }

    #[test]
    fn an_instant_is_the_same_in_every_form() {
        let noon = json!({ "$at": "2026-12-01T13:00:00+01:00" });
        assert!(paths(&noon, &json!(1_796_126_400_000_i64)).is_empty());
        assert!(paths(&noon, &json!("2026-12-01T12:00:00.000+0000")).is_empty());
        assert_eq!(paths(&noon, &json!("2026-12-01T12:00:01Z")), ["it"]);
        assert_eq!(paths(&json!({ "$at": "noon" }), &json!("noon")), ["it"]);
    }

    #[test]
    fn the_element_that_is_most_like_it_is_told_about() {
        let found = json!([{ "name": "Ann", "age": 1, "in": "Delft" }, { "name": "Bob", "age": 2, "in": "Gouda" }]);
        assert_eq!(paths(&json!({ "$has": [{ "name": "Bob", "age": 3, "in": "Gouda" }] }), &found), ["it[1].age"]);
        assert_eq!(paths(&json!({ "$has": [{ "name": "Bob" }] }), &json!([])), ["it"]);
        assert_eq!(paths(&json!({ "$has": [{ "name": "Bob" }] }), &json!(null)), ["it"]);
    }

    #[test]
    fn a_condition_that_does_not_exist_fails_and_is_named() {
        let told = differences("it", &json!({ "$like": 1 }), Some(&json!(1)));
        assert!(told[0].to_string().contains("`$like`"), "{}", told[0]);
    }

    #[test]
    fn a_condition_that_does_not_exist_is_found_wherever_it_is() {
        let place = |expected: Value| flaw("it", &expected).map(|(place, _)| place);
        assert_eq!(place(json!({ "a": [{ "$not": { "$cuont": 2 } }] })).as_deref(), Some("it.a[0].$not"));
        assert_eq!(place(json!({ "$has": {} })).as_deref(), Some("it"));
        assert_eq!(place(json!({ "$at": "noon" })).as_deref(), Some("it"));
        assert_eq!(place(json!({ "$absent": true, "b": 1 })).as_deref(), Some("it"));
        assert_eq!(place(json!({ "a": { "$has": [{ "b": { "$from": "c", "at": "/d" } }] } })), None);
    }

    #[test]
    fn the_sentence_names_place_wish_and_finding() {
        let told = differences("outbox", &json!({ "items": [{ "state": "done" }] }), Some(&json!({ "items": [{}] })));
        assert_eq!(told[0].to_string(), r#"outbox.items[0].state: expected "done", found nothing"#);
    }
}
