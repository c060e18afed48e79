//! Whether answers have the same keys and kinds of value as recorded ones.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::keys::{Kind, kinds, missing};

/// A key that is missing or has another kind of value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub place: String,
    pub problem: String,
}

/// What the sandbox's answers lack or have otherwise, all answers of one kind taken together.
pub fn differences(recorded: &[Value], answered: &[Value]) -> Vec<Difference> {
    let (recorded_kinds, answered_kinds) = (together(recorded), together(answered));
    let keys = |kinds: &BTreeMap<String, BTreeSet<Kind>>| kinds.keys().cloned().collect::<BTreeSet<String>>();
    let (wanted, given) = (keys(&recorded_kinds), keys(&answered_kinds));
    let lacking = missing(&wanted, &given)
        .into_iter()
        .map(|place| Difference { place: place.to_owned(), problem: "recorded answers have this key".to_owned() });
    let others = recorded_kinds.iter().filter_map(|(place, wanted)| {
        let given = answered_kinds.get(place)?;
        differs(wanted, given)
            .then(|| Difference { place: place.clone(), problem: format!("is {given:?}, recorded {wanted:?}") })
    });
    let fields = fields_of(recorded).difference(&fields_of(answered)).cloned().collect::<Vec<_>>();
    let fields = fields.into_iter().map(|name| Difference {
        place: format!("field {name}"),
        problem: "the recorded describe has this field".to_owned(),
    });
    lacking.chain(others).chain(fields).chain(flags(recorded, answered)).collect()
}

/// What describes say about a field and may say otherwise in another org: its label, its choices, which of the objects
/// that it could point to are there.
const OF_THE_ORG: [&str; 4] = ["label", "inlineHelpText", "picklistValues", "referenceTo"];

/// Fields that both describe, and describe differently.
fn flags(recorded: &[Value], answered: &[Value]) -> Vec<Difference> {
    let answered: BTreeMap<&str, &Value> = described(answered).collect();
    described(recorded)
        .filter_map(|(name, recorded)| Some((name, recorded.as_object()?, answered.get(name)?)))
        .flat_map(|(name, recorded, answered)| {
            let told = recorded.iter().filter(|(flag, value)| {
                let given = answered.get(*flag).filter(|given| given != value);
                !OF_THE_ORG.contains(&flag.as_str()) && given.is_some()
            });
            told.map(move |(flag, value)| Difference {
                place: format!("field {name} {flag}"),
                problem: format!("is {}, recorded {value}", answered[flag.as_str()]),
            })
        })
        .collect()
}

/// Names and descriptions of standard fields; an org's own end in `__c`.
fn described(values: &[Value]) -> impl Iterator<Item = (&str, &Value)> {
    let fields = values.iter().filter_map(|value| value["fields"].as_array()).flatten();
    fields.filter_map(|field| Some((field["name"].as_str()?, field))).filter(|(name, _)| !name.ends_with("__c"))
}

/// Null says nothing about the kind: only kinds that never meet are a difference.
fn differs(wanted: &BTreeSet<Kind>, given: &BTreeSet<Kind>) -> bool {
    let known =
        |kinds: &BTreeSet<Kind>| kinds.iter().filter(|kind| **kind != Kind::Null).copied().collect::<BTreeSet<_>>();
    let (wanted, given) = (known(wanted), known(given));
    !wanted.is_empty() && !given.is_subset(&wanted)
}

fn together(values: &[Value]) -> BTreeMap<String, BTreeSet<Kind>> {
    let mut all: BTreeMap<String, BTreeSet<Kind>> = BTreeMap::new();
    for value in values {
        for (place, kinds) in kinds(value) {
            all.entry(place).or_default().extend(kinds);
        }
    }
    all
}

fn fields_of(values: &[Value]) -> BTreeSet<String> {
    described(values).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_kinds_and_fields_are_compared() {
        let recorded =
            [json!({"done": true, "rows": [{"a": 1}], "n": null, "fields": [{"name": "Id"}, {"name": "X__c"}]})];
        let same = [json!({"done": false, "rows": [{"a": 2, "more": 1}], "n": 3, "fields": [{"name": "Id"}]})];
        assert!(differences(&recorded, &same).is_empty());
        let other = [json!({"done": "yes", "rows": [], "n": null, "fields": [{"name": "Name"}]})];
        let places: Vec<String> = differences(&recorded, &other).into_iter().map(|found| found.place).collect();
        assert_eq!(places, ["/rows/[]/a", "/done", "field Id"]);
    }

    #[test]
    fn a_field_that_is_described_otherwise_is_named_with_the_flag() {
        let field = |length: u32, label: &str| json!({"fields": [{"name": "Id", "length": length, "label": label}]});
        assert!(differences(&[field(18, "Record ID")], &[field(18, "ID")]).is_empty());
        let found = differences(&[field(18, "ID")], &[field(15, "ID")]);
        assert_eq!((found.len(), found[0].place.as_str()), (1, "field Id length"));
    }
}
