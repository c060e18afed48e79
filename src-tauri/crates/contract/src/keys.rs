//! The keys of a JSON value, as paths: `/meetings/[]/id`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Every key, each after the keys above it. The elements of a list are taken together.
#[must_use]
pub fn keys(value: &Value) -> BTreeSet<String> {
    kinds(value).into_keys().collect()
}

/// Every key with the kinds of value seen there.
#[must_use]
pub fn kinds(value: &Value) -> BTreeMap<String, BTreeSet<Kind>> {
    let mut found = BTreeMap::new();
    collect(value, "", &mut found);
    found
}

/// The kind of a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
}

impl Kind {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }
}

fn collect(value: &Value, place: &str, found: &mut BTreeMap<String, BTreeSet<Kind>>) {
    match value {
        Value::Array(elements) => {
            for element in elements {
                collect(element, &format!("{place}/[]"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let place = format!("{place}/{name}");
                found.entry(place.clone()).or_default().insert(Kind::of(field));
                collect(field, &place, found);
            }
        }
        _ => {}
    }
}

/// The keys of `wanted` that `given` lacks; below a key that is missing nothing more is named.
pub fn missing<'a>(wanted: &'a BTreeSet<String>, given: &BTreeSet<String>) -> Vec<&'a str> {
    let mut missing: Vec<&str> = Vec::new();
    for key in wanted.iter().filter(|key| !given.contains(*key)) {
        if !missing.iter().any(|above| key.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))) {
            missing.push(key);
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_taken_together() {
        let value = json!({"rows": [{"a": 1}, {"b": {"c": null}}], "n": 2});
        let found: Vec<String> = keys(&value).into_iter().collect();
        assert_eq!(found, ["/n", "/rows", "/rows/[]/a", "/rows/[]/b", "/rows/[]/b/c"]);
        assert_eq!(kinds(&json!([{"a": 1}, {"a": null}]))["/[]/a"], [Kind::Null, Kind::Number].into());
    }

    #[test]
    fn only_the_topmost_missing_key_is_named() {
        let wanted = keys(&json!({"a": {"b": {"c": 1}}, "ab": 1, "d": 1}));
        let given = keys(&json!({"d": 1}));
        assert_eq!(missing(&wanted, &given), ["/a", "/ab"]);
        assert!(missing(&given, &wanted).is_empty());
    }
}
