//! OpenAPI 3.0's dialect of JSON Schema in the words of draft 2020-12.
//!
//! Two things are read more strictly than they are written: a key that no schema names is refused, because a
//! misspelt field would otherwise pass everywhere; and more leniently: `oneOf` counts as `anyOf`, because its arms
//! overlap in the documents.

use serde_json::{Map, Value, json};

/// Keywords that mean the same in both.
const KEPT: [&str; 15] = [
    "type",
    "format",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "enum",
    "required",
];

/// A whole schema that knows the shared ones.
pub fn closed(schema: &Value, components: &Value) -> Value {
    let shared: Map<String, Value> = components["schemas"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name.clone(), translated(schema, Position::Arm, components)))
        .collect();
    let mut whole = translated(schema, Position::Value, components);
    if let Value::Object(whole) = &mut whole {
        whole.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        whole.insert("components".to_owned(), json!({ "schemas": shared }));
    }
    whole
}

/// Whether a schema describes a value by itself, or together with others (then it must not refuse their keys).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Value,
    Arm,
}

fn translated(schema: &Value, position: Position, components: &Value) -> Value {
    let Value::Object(given) = schema else { return json!({}) };
    let mut made = Map::new();
    if let Some(reference) = given.get("$ref") {
        made.insert("$ref".to_owned(), reference.clone());
    } else {
        copy(given, &mut made);
        nest(given, &mut made, components);
        if given.get("nullable") == Some(&Value::Bool(true)) {
            admit_null(&mut made);
        }
    }
    if position == Position::Value && !made.contains_key("additionalProperties") && names_keys(schema, components) {
        made.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
    }
    Value::Object(made)
}

fn copy(given: &Map<String, Value>, made: &mut Map<String, Value>) {
    for name in KEPT {
        let Some(value) = given.get(name) else { continue };
        let sound = match name {
            "type" | "format" | "pattern" => value.is_string(),
            "required" | "enum" => value.as_array().is_some_and(|values| !values.is_empty()),
            "uniqueItems" => value.is_boolean(),
            _ => value.is_number(),
        };
        if sound {
            made.insert(name.to_owned(), value.clone());
        }
    }
    for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if given.get(flag) == Some(&Value::Bool(true))
            && let Some(value) = made.remove(limit)
        {
            made.insert(flag.to_owned(), value);
        }
    }
}

fn nest(given: &Map<String, Value>, made: &mut Map<String, Value>, components: &Value) {
    if let Some(properties) = given.get("properties").and_then(Value::as_object) {
        let properties = properties
            .iter()
            .map(|(name, schema)| (name.clone(), translated(schema, Position::Value, components)))
            .collect();
        made.insert("properties".to_owned(), Value::Object(properties));
    }
    if let Some(items) = given.get("items") {
        made.insert("items".to_owned(), translated(items, Position::Value, components));
    }
    match given.get("additionalProperties") {
        Some(Value::Bool(open)) => drop(made.insert("additionalProperties".to_owned(), Value::Bool(*open))),
        Some(schema) => {
            made.insert("additionalProperties".to_owned(), translated(schema, Position::Value, components));
        }
        None => {}
    }
    for (name, as_name) in [("allOf", "allOf"), ("anyOf", "anyOf"), ("oneOf", "anyOf")] {
        if let Some(arms) = given.get(name).and_then(Value::as_array) {
            let arms = arms.iter().map(|arm| translated(arm, Position::Arm, components)).collect();
            made.insert(as_name.to_owned(), Value::Array(arms));
        }
    }
}

fn admit_null(made: &mut Map<String, Value>) {
    if let Some(kind) = made.get("type").filter(|kind| kind.is_string()).cloned() {
        made.insert("type".to_owned(), json!([kind, "null"]));
    }
    if let Some(Value::Array(values)) = made.get_mut("enum") {
        values.push(Value::Null);
    }
}

/// Whether the schema names the keys of an object, itself or through others.
fn names_keys(schema: &Value, components: &Value) -> bool {
    names_keys_within(schema, components, 8)
}

/// Schemas may refer to each other in a circle, so the way is limited.
fn names_keys_within(schema: &Value, components: &Value, depth: u8) -> bool {
    if depth == 0 {
        return false;
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|text| text.rsplit('/').next()) {
        return names_keys_within(&components["schemas"][name], components, depth - 1);
    }
    let names_some = schema["properties"].as_object().is_some_and(|properties| !properties.is_empty());
    names_some
        || ["allOf", "anyOf", "oneOf"].iter().any(|name| {
            schema[*name]
                .as_array()
                .is_some_and(|arms| arms.iter().any(|arm| names_keys_within(arm, components, depth - 1)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(schema: &Value, components: &Value, value: &Value) -> bool {
        jsonschema::draft202012::new(&closed(schema, components)).unwrap().is_valid(value)
    }

    #[test]
    fn a_key_that_no_schema_names_is_refused_at_every_depth() {
        let components = json!({"schemas": {"Row": {"type": "object", "properties": {"id": {"type": "integer"}}}}});
        let schema = json!({"type": "object", "properties": {
            "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
            "free": {"type": "object"},
        }});
        assert!(accepts(&schema, &components, &json!({"rows": [{"id": 1}], "free": {"a": 1}})));
        assert!(!accepts(&schema, &components, &json!({"rows": [{"id": 1, "name": "x"}]})));
        assert!(!accepts(&schema, &components, &json!({"row": []})));
        assert!(!accepts(&schema, &components, &json!({"rows": [{"id": "1"}]})));
    }

    #[test]
    fn arms_share_their_keys_and_may_overlap() {
        let schema = json!({
            "properties": {"a": {"type": "integer"}},
            "allOf": [{"properties": {"b": {"type": "integer"}}, "required": ["b"]}],
            "oneOf": [{"properties": {"c": {"type": "integer"}}}, {"properties": {"d": {"type": "integer"}}}],
        });
        assert!(accepts(&schema, &json!({}), &json!({"a": 1, "b": 2, "c": 3})));
        assert!(!accepts(&schema, &json!({}), &json!({"a": 1})));
        assert!(!accepts(&schema, &json!({}), &json!({"b": 1, "e": 1})));
    }

    #[test]
    fn the_dialect_is_translated() {
        let nullable = json!({"type": "string", "enum": ["x"], "nullable": true});
        assert!(accepts(&nullable, &json!({}), &Value::Null) && accepts(&nullable, &json!({}), &json!("x")));
        let above = json!({"type": "number", "minimum": 1, "exclusiveMinimum": true});
        assert!(!accepts(&above, &json!({}), &json!(1)) && accepts(&above, &json!({}), &json!(2)));
        let unsound = json!({"type": "object", "required": true, "properties": {"a": {"required": true}}});
        assert!(accepts(&unsound, &json!({}), &json!({})));
    }

    #[test]
    fn schemas_in_a_circle_end() {
        let components = json!({"schemas": {
            "A": {"allOf": [{"$ref": "#/components/schemas/B"}]},
            "B": {"allOf": [{"$ref": "#/components/schemas/A"}]},
        }});
        assert!(!names_keys(&json!({"$ref": "#/components/schemas/A"}), &components));
    }
}
