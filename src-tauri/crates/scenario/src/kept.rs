//! Answers that a step keeps under a name, and the places that take something out of them:
//! `{"$from": "draft", "at": "/id", "with": {"topic": "…"}}`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What was kept so far.
#[derive(Debug, Default)]
pub(crate) struct Kept(BTreeMap<String, Value>);

impl Kept {
    pub fn keep(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// The value with every reference replaced.
    ///
    /// # Errors
    /// Says which name or place there is not.
    pub fn filled(&self, value: &Value) -> Result<Value, String> {
        match value {
            Value::Object(fields) => match fields.get("$from") {
                Some(name) => self.referred(name, fields),
                None => fields
                    .iter()
                    .map(|(name, value)| Ok((name.clone(), self.filled(value)?)))
                    .collect::<Result<Map<_, _>, String>>()
                    .map(Value::Object),
            },
            Value::Array(values) => values.iter().map(|value| self.filled(value)).collect(),
            other => Ok(other.clone()),
        }
    }

    /// A text in which every `{name/pointer}` is replaced by what was kept.
    ///
    /// # Errors
    /// Says which name or place there is not.
    pub fn written(&self, text: &str) -> Result<String, String> {
        let mut written = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (reference, after) =
                after.split_once('}').ok_or_else(|| format!("`{text}` has a brace without an end"))?;
            let mut wanted = Map::new();
            let (name, place) = reference.split_once('/').unwrap_or((reference, ""));
            wanted.insert("$from".to_owned(), name.into());
            if !place.is_empty() {
                wanted.insert("at".to_owned(), format!("/{place}").into());
            }
            let value = self.filled(&Value::Object(wanted))?;
            written.push_str(before);
            written.push_str(&value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            rest = after;
        }
        written.push_str(rest);
        Ok(written)
    }

    fn referred(&self, name: &Value, fields: &Map<String, Value>) -> Result<Value, String> {
        let name = name.as_str().ok_or("`$from` needs the name of a kept answer")?;
        if let Some(other) = fields.keys().find(|key| !["$from", "at", "with"].contains(&key.as_str())) {
            return Err(format!("`{other}` is nothing that goes with `$from`; `at` and `with` do"));
        }
        let whole = self.0.get(name).ok_or_else(|| format!("nothing is kept under the name `{name}`"))?;
        let mut value = match fields.get("at") {
            None => whole.clone(),
            Some(place) => {
                let place = place.as_str().ok_or("`at` is a JSON pointer, such as `/items/0/id`")?;
                whole.pointer(place).cloned().ok_or_else(|| format!("`{name}` has nothing at `{place}`: {whole}"))?
            }
        };
        if let Some(changes) = fields.get("with") {
            let Value::Object(changes) = self.filled(changes)? else {
                return Err("`with` is an object of changed fields".to_owned());
            };
            let into = value.as_object_mut().ok_or_else(|| format!("`{name}` is no object that could be changed"))?;
            into.extend(changes);
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_takes_a_part_and_changes_fields() {
        let mut kept = Kept::default();
        kept.keep("draft", json!({ "id": "7", "people": ["a"] }));
        let filled = kept.filled(&json!({ "draft": { "$from": "draft", "with": { "topic": "T" } } }));
        assert_eq!(filled, Ok(json!({ "draft": { "id": "7", "people": ["a"], "topic": "T" } })));
        assert_eq!(kept.filled(&json!([{ "$from": "draft", "at": "/people/0" }])), Ok(json!(["a"])));
    }

    #[test]
    fn a_path_has_kept_ids_in_it() {
        let mut kept = Kept::default();
        kept.keep("meeting", json!({ "id": 85_123_456_789_u64 }));
        assert_eq!(kept.written("/meetings/{meeting/id}/status"), Ok("/meetings/85123456789/status".to_owned()));
        assert!(kept.written("/meetings/{meeting/id").is_err());
        assert!(kept.written("/meetings/{other}").is_err_and(|told| told.contains("`other`")));
    }

    #[test]
    fn what_is_not_there_is_named() {
        let kept = Kept::default();
        assert!(kept.filled(&json!({ "$from": "draft" })).is_err_and(|told| told.contains("`draft`")));
        let mut kept = Kept::default();
        kept.keep("draft", json!({}));
        assert!(kept.filled(&json!({ "$from": "draft", "at": "/id" })).is_err_and(|told| told.contains("`/id`")));
        assert!(kept.filled(&json!({ "$from": "draft", "wit": {} })).is_err_and(|told| told.contains("`wit`")));
    }
}
