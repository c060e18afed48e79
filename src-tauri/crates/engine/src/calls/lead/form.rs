//! Which fields the sheet of a new Lead has, and what was filled in as Salesforce takes it.
//!
//! Everything here is pure: the description of the object is asked for elsewhere. Salesforce does not say in it which
//! values a record type narrows a list to, so a value that it does not take is refused by it, in its words.

use chrono::NaiveDate;
use liaison_domain::names::first_and_last;
use liaison_salesforce::{FieldDescription, FieldType, ObjectDescription, SalesforceId};
use serde_json::Value;

use super::stored::NewLeadRow;
use crate::calls::view::{LeadChoice, LeadDraft, LeadField, LeadFieldKind, LeadIssue, LeadRecordType};
use crate::error::Problem;

/// What a rep knows after a call; shown whether or not the org requires it.
const USUAL: [&str; 7] = ["FirstName", "LastName", "Company", "Title", "Phone", "Email", "LeadSource"];
/// What every Lead of every org has (Object Reference, "Lead"), while the org can't be asked: required, and how long.
const STANDARD: [(&str, bool, u32); 6] = [
    ("FirstName", false, 40),
    ("LastName", true, 80),
    ("Company", true, 255),
    ("Title", false, 128),
    ("Phone", false, 40),
    ("Email", false, 80),
];
/// Salesforce's limit for a text that has none of its own.
const MAX_TEXT: usize = 32_000;

/// What the call, or the webinar, knows of who it was.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub number: Option<String>,
    /// As Zoom has it.
    pub name: Option<String>,
    /// First and last name, where they were told apart.
    pub names: Option<(String, String)>,
    pub email: Option<String>,
    pub company: Option<String>,
}

impl Known {
    fn value(&self, field: &str) -> String {
        let told = self.names.clone().filter(|(_, last)| !last.is_empty());
        let (first, last) = told.unwrap_or_else(|| first_and_last(self.name.as_deref().unwrap_or_default()));
        let value = match field {
            "FirstName" => Some(first),
            "LastName" => Some(last),
            "Company" => self.company.clone(),
            "Phone" => self.number.clone(),
            "Email" => self.email.clone(),
            _ => None,
        };
        value.unwrap_or_default()
    }
}

/// What the sheet asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    pub fields: Vec<LeadField>,
    pub record_types: Vec<LeadRecordType>,
    /// Labels of required fields that can't be filled in here.
    pub beyond: Vec<String>,
}

impl Form {
    /// Of an org; without its description of what every org has.
    pub fn of(object: Option<&ObjectDescription>, known: &Known) -> Self {
        let Some(object) = object else { return Self::standard(known) };
        let usual = USUAL.into_iter().filter_map(|name| object.field(name)).filter(|field| field.createable);
        let required = object.required().filter(|field| !USUAL.contains(&field.name.as_str()));
        let mut form = Self { record_types: record_types(object), ..Self::default() };
        for field in usual.chain(required) {
            match kind(field) {
                Some(kind) => form.fields.push(shown(field, kind, known)),
                None if field.is_required() => form.beyond.push(field.label.clone()),
                None => {}
            }
        }
        form
    }

    fn standard(known: &Known) -> Self {
        let field = |(name, required, most): (&str, bool, u32)| LeadField {
            name: name.to_owned(),
            label: String::new(),
            kind: LeadFieldKind::Text,
            required,
            most,
            choices: Vec::new(),
            value: known.value(name),
        };
        Self { fields: STANDARD.map(field).into(), ..Self::default() }
    }

    /// What was filled in as it is sent, or what is wrong with it.
    pub fn read(&self, draft: &LeadDraft) -> Result<NewLeadRow, Vec<LeadIssue>> {
        let (mut values, mut issues) = (Vec::new(), Vec::new());
        for field in &self.fields {
            let typed = draft.values.iter().find(|value| value.name == field.name);
            match value(field, typed.map_or("", |value| value.text.as_str())) {
                Ok(Some(value)) => values.push((field.name.clone(), value)),
                Ok(None) => {}
                Err(problem) => issues.push(LeadIssue { name: field.name.clone(), problem }),
            }
        }
        let record_type = draft.record_type.clone().filter(|id| id.parse::<SalesforceId>().is_ok());
        if issues.is_empty() { Ok(NewLeadRow { values, record_type, beside: draft.beside }) } else { Err(issues) }
    }
}

fn record_types(object: &ObjectDescription) -> Vec<LeadRecordType> {
    let mine: Vec<LeadRecordType> = object
        .record_type_infos
        .iter()
        .filter(|kind| kind.active && kind.available && !kind.master)
        .map(|kind| LeadRecordType {
            id: kind.record_type_id.to_string(),
            name: kind.name.clone(),
            usual: kind.default_record_type_mapping,
        })
        .collect();
    // One is no choice.
    if mine.len() > 1 { mine } else { Vec::new() }
}

/// How a field is filled in; `None` where only Salesforce's own form can.
fn kind(field: &FieldDescription) -> Option<LeadFieldKind> {
    match &field.field_type {
        FieldType::Text | FieldType::Combobox | FieldType::Phone | FieldType::Email | FieldType::Url => {
            Some(LeadFieldKind::Text)
        }
        FieldType::TextArea => Some(LeadFieldKind::Lines),
        // A list that Salesforce does not describe is filled in as text.
        FieldType::Picklist if field.active_values().next().is_none() => Some(LeadFieldKind::Text),
        FieldType::Picklist => Some(LeadFieldKind::Choice),
        FieldType::MultiPicklist => Some(LeadFieldKind::Choices),
        FieldType::Boolean => Some(LeadFieldKind::Check),
        FieldType::Integer | FieldType::Double | FieldType::Currency | FieldType::Percent => {
            Some(LeadFieldKind::Number)
        }
        FieldType::Date => Some(LeadFieldKind::Day),
        _ => None,
    }
}

fn shown(field: &FieldDescription, kind: LeadFieldKind, known: &Known) -> LeadField {
    let choice = |value: &liaison_salesforce::PicklistValue| LeadChoice {
        value: value.value.clone(),
        label: value.label.clone().unwrap_or_else(|| value.value.clone()),
    };
    let usual = field.active_values().find(|value| value.default_value).map(|value| value.value.clone());
    LeadField {
        name: field.name.clone(),
        label: field.label.clone(),
        kind,
        required: field.is_required(),
        most: if matches!(kind, LeadFieldKind::Text | LeadFieldKind::Lines) { field.length } else { 0 },
        choices: field.active_values().map(choice).collect(),
        value: usual.unwrap_or_else(|| known.value(&field.name)),
    }
}

/// One field as it is sent; `None` for one that is left empty.
fn value(field: &LeadField, typed: &str) -> Result<Option<Value>, Problem> {
    let most = if field.most == 0 { MAX_TEXT } else { field.most as usize };
    let text = typed.trim();
    if text.is_empty() {
        return if field.required { Err(Problem::Missing) } else { Ok(None) };
    }
    let value = match field.kind {
        LeadFieldKind::Text | LeadFieldKind::Lines => {
            let length = text.chars().count();
            if length > most {
                let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
                return Err(Problem::TooLong { max: size(most), length: size(length) });
            }
            Value::from(text)
        }
        LeadFieldKind::Choice => listed(field, text)?,
        LeadFieldKind::Choices => {
            let chosen: Vec<&str> = text.split(';').map(str::trim).filter(|one| !one.is_empty()).collect();
            chosen.iter().try_for_each(|one| listed(field, one).map(drop))?;
            Value::from(chosen.join(";"))
        }
        LeadFieldKind::Check => Value::from(text == "true"),
        LeadFieldKind::Number => number(text).ok_or(Problem::NotAllowed)?,
        LeadFieldKind::Day => {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| Problem::NotADate)?;
            Value::from(day.format("%Y-%m-%d").to_string())
        }
    };
    Ok(Some(value))
}

fn listed(field: &LeadField, text: &str) -> Result<Value, Problem> {
    let known = field.choices.iter().any(|choice| choice.value == text);
    if known { Ok(Value::from(text)) } else { Err(Problem::NotAllowed) }
}

/// A number with a point or a comma before its decimals.
fn number(text: &str) -> Option<Value> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    let plain = text.replace(',', ".");
    let digits = plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let number = plain.parse::<f64>().ok().filter(|number| digits && number.is_finite())?;
    serde_json::Number::from_f64(number).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::outbox::view::FieldText;

    fn lead() -> ObjectDescription {
        let field = |name: &str, kind: &str, nillable: bool, more: Value| {
            let mut field = json!({"name": name, "label": format!("{name} label"), "type": kind, "length": 10,
                "createable": true, "nillable": nillable});
            field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            field
        };
        let none = || json!({});
        let list = json!({"picklistValues": [
            {"value": "Web", "label": "Website", "active": true, "defaultValue": true}, {"value": "Old", "active": false}
        ]});
        serde_json::from_value(json!({"name": "Lead", "createable": true, "fields": [
            field("Segment__c", "multipicklist", false, json!({"picklistValues": [
                {"value": "A", "active": true}, {"value": "B", "active": true}]})),
            field("Owner__c", "reference", false, none()),
            field("Seats__c", "double", false, none()),
            field("Since__c", "date", false, none()),
            field("Fax", "phone", true, none()),
            field("Status", "picklist", false, json!({"defaultedOnCreate": true})),
            field("LeadSource", "picklist", true, list),
            field("Company", "string", false, none()),
            field("LastName", "string", false, none()),
            field("Title", "string", true, json!({"createable": false})),
            field("Phone", "phone", true, none()),
        ], "recordTypeInfos": [
            {"recordTypeId": "012000000000001", "name": "Shop", "active": true, "available": true,
             "defaultRecordTypeMapping": true},
            {"recordTypeId": "012000000000002", "name": "Web", "active": true, "available": true},
            {"recordTypeId": "012000000000003", "name": "Old", "active": false, "available": true},
        ]}))
        .unwrap()
    }

    fn known() -> Known {
        let text = |text: &str| Some(text.to_owned());
        Known { number: text("+31612345678"), name: text("Anna de Vries"), company: text("Acme"), ..Known::default() }
    }

    #[test]
    fn the_sheet_has_what_is_usual_and_what_the_org_requires() {
        let form = Form::of(Some(&lead()), &known());
        let fields: Vec<(&str, &str)> =
            form.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
        assert_eq!(
            fields,
            [
                ("LastName", "de Vries"),
                ("Company", "Acme"),
                ("Phone", "+31612345678"),
                ("LeadSource", "Web"),
                ("Segment__c", ""),
                ("Seats__c", ""),
                ("Since__c", ""),
            ]
        );
        assert_eq!(form.beyond, ["Owner__c label"]);
        let kinds: Vec<&str> = form.record_types.iter().map(|kind| kind.name.as_str()).collect();
        assert_eq!(kinds, ["Shop", "Web"]);
        assert_eq!(form.fields[3].choices, [LeadChoice { value: "Web".to_owned(), label: "Website".to_owned() }]);
    }

    #[test]
    fn without_the_orgs_description_every_lead_has_its_standard_fields() {
        let form = Form::of(None, &known());
        assert!(form.fields.iter().any(|field| field.name == "FirstName" && field.value == "Anna"));
        let required: Vec<&str> =
            form.fields.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
        assert_eq!(required, ["LastName", "Company"]);
    }

    #[test]
    fn somebody_of_a_webinar_has_the_names_and_the_address_that_they_gave() {
        let known = Known {
            name: Some("iPhone".to_owned()),
            names: Some(("Anna Maria".to_owned(), "Visser".to_owned())),
            email: Some("anna@globex.example".to_owned()),
            ..Known::default()
        };
        let form = Form::of(None, &known);
        let value = |name: &str| form.fields.iter().find(|field| field.name == name).unwrap().value.clone();
        assert_eq!((value("FirstName"), value("LastName")), ("Anna Maria".to_owned(), "Visser".to_owned()));
        assert_eq!(value("Email"), "anna@globex.example");
        let nameless = Known { names: Some((String::new(), String::new())), ..known };
        assert_eq!(Form::of(None, &nameless).fields[1].value, "iPhone");
        let doctor = Known { name: Some("Visser, PhD".to_owned()), ..nameless };
        assert_eq!(Form::of(None, &doctor).fields[0].value, "");
        assert_eq!(Form::of(None, &doctor).fields[1].value, "Visser, PhD");
    }

    #[test]
    fn what_is_filled_in_is_read_field_by_field() {
        let form = Form::of(Some(&lead()), &Known::default());
        let draft = |values: &[(&str, &str)]| LeadDraft {
            id: "d".to_owned(),
            call: Some("c".to_owned()),
            record_type: Some("012000000000002".to_owned()),
            values: values
                .iter()
                .map(|(name, text)| FieldText { name: (*name).to_owned(), text: (*text).to_owned() })
                .collect(),
            beside: false,
        };
        let issues = form.read(&draft(&[
            ("LastName", " "),
            ("Company", "12345678901"),
            ("LeadSource", "Old"),
            ("Segment__c", "A;C"),
            ("Seats__c", "many"),
            ("Since__c", "31-12-2026"),
        ]));
        let problems: Vec<(String, Problem)> =
            issues.unwrap_err().into_iter().map(|issue| (issue.name, issue.problem)).collect();
        let named = |name: &str, problem| (name.to_owned(), problem);
        assert_eq!(
            problems,
            [
                named("LastName", Problem::Missing),
                named("Company", Problem::TooLong { max: 10, length: 11 }),
                named("LeadSource", Problem::NotAllowed),
                named("Segment__c", Problem::NotAllowed),
                named("Seats__c", Problem::NotAllowed),
                named("Since__c", Problem::NotADate),
            ]
        );
        let row = form.read(&draft(&[
            ("LastName", " Visser "),
            ("Company", "Acme"),
            ("Segment__c", "A; B"),
            ("Seats__c", "1,5"),
            ("Since__c", "2026-12-31"),
            ("Fax", "is no field of the sheet"),
        ]));
        let row = row.unwrap();
        let expected = [
            ("LastName", json!("Visser")),
            ("Company", json!("Acme")),
            ("Segment__c", json!("A;B")),
            ("Seats__c", json!(1.5)),
            ("Since__c", json!("2026-12-31")),
        ];
        assert_eq!(row.values, expected.map(|(name, value)| (name.to_owned(), value)));
        assert_eq!(row.record().value("RecordTypeId"), Some(&json!("012000000000002")));
    }
}
