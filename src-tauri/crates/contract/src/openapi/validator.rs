//! One schema, ready to be held against values, and what it says about one.

use std::borrow::Cow;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::schema::closed;

/// Longest text of a problem in a report.
const LONGEST_PROBLEM: usize = 200;

/// A finding: where, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `/meetings/[]/id`; empty for the whole.
    pub place: String,
    pub problem: String,
    /// Whether the only fault is that the schema does not name this key.
    pub unnamed_key: bool,
}

/// A schema of a document, compiled.
#[derive(Debug)]
pub struct Schema(Validator);

impl Schema {
    /// `None` when the document's schema is none.
    pub fn new(schema: &Value, components: &Value) -> Option<Self> {
        jsonschema::draft202012::options()
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true)
            .build(&closed(schema, components))
            .ok()
            .map(Self)
    }

    /// Everything about `value` that the schema does not allow.
    pub fn findings(&self, value: &Value) -> Vec<Finding> {
        self.0.iter_errors(value).flat_map(|error| described(&error)).collect()
    }
}

fn described(error: &ValidationError<'_>) -> Vec<Finding> {
    let place = merged(&error.instance_path().to_string());
    match error.kind() {
        ValidationErrorKind::UnevaluatedProperties { unexpected }
        | ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|key| Finding {
                place: format!("{place}/{key}"),
                problem: "the document does not name this key".to_owned(),
                unnamed_key: true,
            })
            .collect(),
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().map_or_else(|| Cow::Owned(property.to_string()), Cow::Borrowed);
            vec![Finding {
                place: format!("{place}/{key}"),
                problem: "is required and missing".to_owned(),
                unnamed_key: false,
            }]
        }
        _ => vec![Finding { place, problem: cut(&error.to_string()), unnamed_key: false }],
    }
}

/// A JSON pointer with `[]` for every position in a list.
fn merged(pointer: &str) -> String {
    let segments = pointer.split('/').map(|segment| {
        let position = !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
        if position { "[]" } else { segment }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_PROBLEM) {
        // The end of a message says what was expected, its beginning shows the value.
        Some(_) => {
            let tail: Vec<char> = text.chars().rev().take(LONGEST_PROBLEM).collect();
            format!("…{}", tail.into_iter().rev().collect::<String>())
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn findings_name_the_place() {
        let schema = json!({"type": "object", "required": ["rows"], "properties": {
            "rows": {"type": "array", "items": {"type": "object", "properties": {"day": {"type": "string", "format": "date"}}}}
        }});
        let schema = Schema::new(&schema, &json!({})).unwrap();
        let places = |value: &Value| schema.findings(value).into_iter().map(|found| found.place).collect::<Vec<_>>();
        assert_eq!(places(&json!({})), ["/rows"]);
        assert_eq!(places(&json!({"rows": [{"day": "2026-01-01"}, {"day": "soon"}]})), ["/rows/[]/day"]);
        let unnamed = schema.findings(&json!({"rows": [{"date": 1}]}));
        assert_eq!((unnamed[0].place.as_str(), unnamed[0].unnamed_key), ("/rows/[]/date", true));
        assert!(places(&json!({"rows": []})).is_empty());
    }
}
