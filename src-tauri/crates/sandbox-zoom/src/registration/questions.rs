//! What people are asked when they register.

use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::with_registration;
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::meetings::Family;
use crate::meetings::fields::Fields;

/// The fields that a host can put on the form.
const FIELD_NAMES: [&str; 14] = [
    "last_name",
    "address",
    "city",
    "country",
    "zip",
    "state",
    "phone",
    "industry",
    "org",
    "job_title",
    "purchasing_time_frame",
    "role_in_purchase_process",
    "no_of_employees",
    "comments",
];

/// A question of the host's own.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Custom {
    title: String,
    kind: String,
    required: bool,
    answers: Vec<String>,
}

/// The form of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Questions {
    /// Fields on the form, and whether they have to be filled in.
    fields: Vec<(String, bool)>,
    custom: Vec<Custom>,
}

impl Default for Questions {
    fn default() -> Self {
        Self { fields: vec![("last_name".to_owned(), false)], custom: Vec::new() }
    }
}

impl Questions {
    /// Puts a question on the form that nobody has to answer.
    pub fn ask(&mut self, title: &str) {
        let kind = "short".to_owned();
        self.custom.push(Custom { title: title.to_owned(), kind, required: false, answers: Vec::new() });
    }

    /// Notes what is required and missing, and answers that are no choice.
    pub fn check(&self, last_name: &str, answers: &Map<String, Value>, custom: &[Value], fields: &mut Fields) {
        let filled = |name: &str| match name {
            "last_name" => !last_name.is_empty(),
            _ => answers.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty()),
        };
        for (name, _) in self.fields.iter().filter(|(name, required)| *required && !filled(name)) {
            fields.wrong_because(name, "This field is required.");
        }
        for question in &self.custom {
            let given =
                custom.iter().find(|answer| answer.get("title").and_then(Value::as_str) == Some(&question.title));
            let value = given.and_then(|answer| answer.get("value")).and_then(Value::as_str).unwrap_or_default();
            if question.required && value.is_empty() {
                fields.wrong_because("custom_questions", "A required question has no answer.");
            }
            let is_choice = match question.kind.as_str() {
                "short" => true,
                "multiple" => value.split(',').all(|one| question.answers.iter().any(|answer| answer == one.trim())),
                _ => question.answers.iter().any(|answer| answer == value),
            };
            if !value.is_empty() && !is_choice {
                fields.wrong("custom_questions.value");
            }
        }
    }

    fn shown(&self) -> Value {
        let fields: Vec<Value> =
            self.fields.iter().map(|(name, required)| json!({ "field_name": name, "required": required })).collect();
        let custom = self.custom.iter().map(
            |one| json!({ "title": one.title, "type": one.kind, "required": one.required, "answers": one.answers }),
        );
        json!({ "questions": fields, "custom_questions": custom.collect::<Vec<_>>() })
    }
}

/// `GET …/registrants/questions`.
pub(super) fn get(account: &Account, call: &Call) -> Outcome {
    let (family, event) = with_registration(account, call)?;
    let mut rosters = locked(&account.rosters);
    Ok(Answer::ok(rosters.of(family, &event, account).questions.shown()))
}

/// `PATCH …/registrants/questions`: a list that is sent replaces the old one.
pub(super) fn replace(account: &Account, call: &Call) -> Outcome {
    let (family, event) = with_registration(account, call)?;
    let body = call.object()?;
    let mut fields = Fields::new(&body, "");
    let standard = fields.objects("questions").map(|list| standard_of(list, &mut fields));
    let custom = fields.objects("custom_questions").map(|list| custom_of(list, family, &mut fields));
    let errors = fields.into_errors();
    if !errors.is_empty() {
        return Err(Refusal::validation(errors));
    }
    let mut rosters = locked(&account.rosters);
    let questions = &mut rosters.of(family, &event, account).questions;
    let before = questions.clone();
    if let Some(standard) = standard {
        questions.fields = standard;
    }
    if let Some(custom) = custom {
        questions.custom = custom;
    }
    let changed = *questions != before;
    drop(rosters);
    if changed {
        account.record(&format!("{}.questions_updated", family.name()), event.id.to_string(), json!({}));
    }
    Ok(Answer::no_content())
}

fn standard_of(list: &[Value], fields: &mut Fields) -> Vec<(String, bool)> {
    let mut standard = Vec::new();
    for entry in list.iter().filter_map(Value::as_object) {
        let mut one = Fields::new(entry, "questions.");
        let name = one.text("field_name", 64).unwrap_or_default();
        let required = one.flag("required").unwrap_or_default();
        if !FIELD_NAMES.contains(&name.as_str()) {
            fields.wrong("questions.field_name");
        }
        for error in one.into_errors() {
            fields.wrong_because(&error.field, &error.message);
        }
        standard.push((name, required));
    }
    standard
}

fn custom_of(list: &[Value], family: Family, fields: &mut Fields) -> Vec<Custom> {
    let kinds: &[&str] = match family {
        Family::Meeting => &["short", "single"],
        Family::Webinar => &["short", "single_radio", "single_dropdown", "multiple"],
    };
    let mut custom = Vec::new();
    for entry in list.iter().filter_map(Value::as_object) {
        let mut one = Fields::new(entry, "custom_questions.");
        let title = one.text("title", 200).unwrap_or_default();
        let kind = one.text("type", 32).unwrap_or_default();
        let required = one.flag("required").unwrap_or_default();
        let answers: Vec<String> = one
            .value("answers")
            .and_then(Value::as_array)
            .map(|answers| answers.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            .unwrap_or_default();
        if title.is_empty() {
            one.wrong("title");
        }
        if !kinds.contains(&kind.as_str()) {
            one.wrong("type");
        }
        if kind != "short" && answers.is_empty() {
            one.wrong("answers");
        }
        for error in one.into_errors() {
            fields.wrong_because(&error.field, &error.message);
        }
        custom.push(Custom { title, kind, required, answers });
    }
    custom
}
