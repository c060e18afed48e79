//! What this user may do with one object, field by field.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::KeyField;
use crate::{FieldDescription, FieldType, ObjectDescription, Record, RecordType};

/// What this user may do with one object.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "Salesforce's rights are independent of each other")]
pub struct ObjectCapability {
    /// The user may query records.
    pub queryable: bool,
    /// The user may make records.
    pub createable: bool,
    /// The user may change records.
    pub updateable: bool,
    /// The user may delete records.
    pub deletable: bool,
    /// Whether our key can be stored.
    pub key: KeyField,
    /// The kinds of records the user may make; one that stands for "no kind" is left out.
    pub record_types: Vec<RecordType>,
    /// To ask with the next time, if Salesforce told.
    pub last_modified_utc: Option<DateTime<Utc>>,
    fields: BTreeMap<String, FieldCapability>,
}

/// What this user may do with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCapability {
    /// API name.
    pub name: String,
    /// Name in the user's language.
    pub label: String,
    /// It may be set when a record is made.
    pub createable: bool,
    /// It may be changed.
    pub updateable: bool,
    /// A record cannot be made without it.
    pub required: bool,
    /// Longest text, in characters; 0 for what is no text.
    pub length: u32,
    /// The values that can be chosen, for lists. Of a list that is not restricted Salesforce takes
    /// any value, and the org's reports suffer from it: such values are not sent either.
    pub values: Option<Vec<String>>,
}

/// Why a record would be refused, or should not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// API name of the field.
    pub field: String,
    /// What is wrong with it.
    pub kind: FieldProblemKind,
}

/// What is wrong with a field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblemKind {
    /// The org has no such field, or this user may not see it.
    Hidden,
    /// This user may not set it.
    ReadOnly,
    /// It has to be given.
    Missing,
    /// Its text is too long.
    TooLong,
    /// It is not one of the values that can be chosen.
    NotInList,
}

impl ObjectCapability {
    /// Reads a description; `None` when this user may not see the object at all.
    #[must_use]
    pub fn of(object: Option<&ObjectDescription>, last_modified_utc: Option<DateTime<Utc>>) -> Self {
        let Some(object) = object else { return Self::invisible() };
        let kind = |kind: &&RecordType| kind.active && kind.available && !kind.master;
        Self {
            queryable: object.queryable,
            createable: object.createable,
            updateable: object.updateable,
            deletable: object.deletable,
            key: KeyField::of(object),
            record_types: object.record_type_infos.iter().filter(kind).cloned().collect(),
            last_modified_utc,
            fields: object.fields.iter().map(|field| (field.name.to_ascii_lowercase(), of_field(field))).collect(),
        }
    }

    fn invisible() -> Self {
        Self {
            queryable: false,
            createable: false,
            updateable: false,
            deletable: false,
            key: KeyField::Absent,
            record_types: Vec::new(),
            last_modified_utc: None,
            fields: BTreeMap::new(),
        }
    }

    /// A field by its API name; Salesforce ignores case here.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&FieldCapability> {
        self.fields.get(&name.to_ascii_lowercase())
    }

    /// The fields that have to be given when a record is made.
    pub fn required(&self) -> impl Iterator<Item = &FieldCapability> {
        self.fields.values().filter(|field| field.required)
    }

    /// The fields that the user may see.
    pub fn fields(&self) -> impl Iterator<Item = &FieldCapability> {
        self.fields.values()
    }

    /// The part of `record` that the user may set on a new one, and the fields that had to be left out.
    #[must_use]
    pub fn part_of_new(&self, record: &Record) -> (Record, Vec<String>) {
        self.part(record, |field| field.createable)
    }

    /// The part of `record` that the user may change, and the fields that had to be left out.
    #[must_use]
    pub fn part_of_change(&self, record: &Record) -> (Record, Vec<String>) {
        self.part(record, |field| field.updateable)
    }

    fn part(&self, record: &Record, writable: impl Fn(&FieldCapability) -> bool) -> (Record, Vec<String>) {
        let (mut part, mut left_out) = (Record::new(), Vec::new());
        for (name, value) in record.entries() {
            if self.field(name).is_some_and(&writable) {
                part = part.with(name, value.clone());
            } else {
                left_out.push(name.to_owned());
            }
        }
        (part, left_out)
    }

    /// What stands in the way of making `record`.
    #[must_use]
    pub fn problems_of_new(&self, record: &Record) -> Vec<FieldProblem> {
        let missing = self.required().filter(|field| record.named(&field.name).is_none_or(is_empty));
        let missing = missing.map(|field| problem(&field.name, FieldProblemKind::Missing));
        self.problems(record, |field| field.createable).chain(missing).collect()
    }

    /// What stands in the way of changing a record by `record`.
    #[must_use]
    pub fn problems_of_change(&self, record: &Record) -> Vec<FieldProblem> {
        let emptied = record.entries().filter(|(_, value)| is_empty(value)).map(|(name, _)| name);
        let emptied = emptied.filter(|name| self.field(name).is_some_and(|field| field.required));
        let emptied = emptied.map(|name| problem(name, FieldProblemKind::Missing));
        self.problems(record, |field| field.updateable).chain(emptied).collect()
    }

    fn problems(
        &self,
        record: &Record,
        writable: impl Fn(&FieldCapability) -> bool,
    ) -> impl Iterator<Item = FieldProblem> {
        record.entries().filter_map(move |(name, value)| {
            let kind = match self.field(name) {
                None => Some(FieldProblemKind::Hidden),
                Some(field) if !writable(field) => Some(FieldProblemKind::ReadOnly),
                Some(field) => field.problem_with(value),
            };
            kind.map(|kind| problem(name, kind))
        })
    }
}

impl FieldCapability {
    fn problem_with(&self, value: &Value) -> Option<FieldProblemKind> {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        let foreign = |values: &Vec<String>| !values.iter().any(|own| own == text);
        if self.values.as_ref().is_some_and(foreign) {
            Some(FieldProblemKind::NotInList)
        } else if self.length > 0 && text.chars().count() > self.length as usize {
            Some(FieldProblemKind::TooLong)
        } else {
            None
        }
    }
}

fn of_field(field: &FieldDescription) -> FieldCapability {
    let values: Vec<String> = field.active_values().map(|value| value.value.clone()).collect();
    // A list without values for this user is one that Salesforce does not describe.
    let is_list = field.field_type == FieldType::Picklist && !values.is_empty();
    FieldCapability {
        name: field.name.clone(),
        label: field.label.clone(),
        createable: field.createable,
        updateable: field.updateable,
        required: field.is_required(),
        length: field.length,
        values: is_list.then_some(values),
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn problem(field: &str, kind: FieldProblemKind) -> FieldProblem {
    FieldProblem { field: field.to_owned(), kind }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lead() -> ObjectCapability {
        let field = |name: &str, more: Value| {
            let mut field = json!({"name": name, "type": "string", "length": 5, "createable": true,
                "updateable": true, "nillable": true});
            field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            field
        };
        let list = json!([{"value": "Open", "active": true}, {"value": "Old", "active": false}]);
        let object = json!({"name": "Lead", "createable": true, "fields": [
            field("LastName", json!({"nillable": false})),
            field("Status", json!({"type": "picklist", "length": 255, "picklistValues": list})),
            field("Rating", json!({"type": "picklist", "length": 255, "picklistValues": []})),
            field("Name", json!({"createable": false, "updateable": false})),
        ], "recordTypeInfos": [
            {"recordTypeId": "012000000000000AAA", "name": "Master", "available": true, "master": true},
            {"recordTypeId": "012000000000001AAA", "name": "Partner", "available": true},
            {"recordTypeId": "012000000000002AAA", "name": "Hidden", "available": false},
        ]});
        ObjectCapability::of(Some(&serde_json::from_value(object).unwrap()), None)
    }

    fn record(fields: &Value) -> Record {
        let set = |record: Record, (name, value): (&String, &Value)| record.set(name, value.clone()).unwrap();
        fields.as_object().unwrap().iter().fold(Record::new(), set)
    }

    #[test]
    fn what_would_be_refused_is_told_before() {
        use FieldProblemKind::{Hidden, Missing, NotInList, ReadOnly, TooLong};
        let problems = |fields: Value| -> Vec<(String, FieldProblemKind)> {
            let problems = lead().problems_of_new(&record(&fields));
            problems.into_iter().map(|problem| (problem.field, problem.kind)).collect()
        };
        let told = |field: &str, kind| vec![(field.to_owned(), kind)];
        assert_eq!(problems(json!({"lastname": "Li", "Status": "Open", "Rating": "Hot"})), []);
        assert_eq!(problems(json!({"LastName": "Li", "Secret__c": 1})), told("Secret__c", Hidden));
        assert_eq!(problems(json!({"LastName": "Li", "Name": "x"})), told("Name", ReadOnly));
        assert_eq!(problems(json!({"LastName": "Ausländer"})), told("LastName", TooLong));
        assert_eq!(problems(json!({"LastName": "Li", "Status": "Old"})), told("Status", NotInList));
        assert_eq!(problems(json!({"LastName": "Li", "Status": null})), []);
        assert_eq!(problems(json!({})), told("LastName", Missing));
        assert_eq!(problems(json!({"LastName": " "})), told("LastName", Missing));
    }

    #[test]
    fn what_may_not_be_written_is_left_out_and_named() {
        let wanted = record(&json!({"LastName": "Li", "Name": "x", "Secret__c": 1, "status": "Open"}));
        let (part, left_out) = lead().part_of_new(&wanted);
        assert_eq!(part.to_json(), json!({"LastName": "Li", "status": "Open"}));
        assert_eq!(left_out, ["Name", "Secret__c"]);
        assert_eq!(lead().part_of_change(&wanted).1, ["Name", "Secret__c"]);
    }

    #[test]
    fn a_change_may_leave_out_what_a_new_record_needs() {
        assert_eq!(lead().problems_of_change(&record(&json!({"Status": "Open"}))), []);
        let emptied = lead().problems_of_change(&record(&json!({"LastName": null})));
        assert_eq!(emptied, [problem("LastName", FieldProblemKind::Missing)]);
    }

    #[test]
    fn only_usable_record_types_are_offered() {
        let names: Vec<String> = lead().record_types.into_iter().map(|kind| kind.name).collect();
        assert_eq!(names, ["Partner"]);
    }

    #[test]
    fn an_invisible_object_allows_nothing() {
        let nothing = ObjectCapability::of(None, None);
        assert!(!nothing.queryable && !nothing.createable && !nothing.key.is_usable());
        let problems = nothing.problems_of_new(&record(&json!({"LastName": "Li"})));
        assert_eq!(problems, [problem("LastName", FieldProblemKind::Hidden)]);
    }
}
