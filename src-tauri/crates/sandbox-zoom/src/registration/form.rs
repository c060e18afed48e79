//! A registration form: what somebody sends, checked against what the host asks for.

use chrono::{DateTime, Utc};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value};

use super::questions::Questions;
use super::roster::{Registrant, Standing};
use crate::answer::{FieldError, Refusal};
use crate::meetings::fields::{Fields, is_email};
use crate::secrets;

const LONGEST_EMAIL: usize = 128;
const LONGEST_NAME: usize = 64;
const LONGEST_ANSWER: usize = 128;
const LANGUAGES: [&str; 14] = [
    "en-US", "de-DE", "es-ES", "fr-FR", "jp-JP", "pt-PT", "ru-RU", "zh-CN", "zh-TW", "ko-KO", "it-IT", "vi-VN",
    "pl-PL", "Tr-TR",
];
const EMPLOYEES: [&str; 9] =
    ["", "1-20", "21-50", "51-100", "101-500", "500-1,000", "1,001-5,000", "5,001-10,000", "More than 10,000"];
const TIME_FRAMES: [&str; 6] = ["", "Within a month", "1-3 months", "4-6 months", "More than 6 months", "No timeframe"];
const ROLES: [&str; 5] = ["", "Decision Maker", "Evaluator/Recommender", "Influencer", "Not involved"];
/// Fields of free text.
const TEXTS: [&str; 10] =
    ["address", "city", "comments", "country", "industry", "job_title", "org", "phone", "state", "zip"];

/// What a form said.
#[derive(Debug)]
pub(super) struct Form {
    pub email: String,
    first_name: String,
    last_name: String,
    answers: Map<String, Value>,
    pub auto_approve: bool,
    source: Option<String>,
}

impl Form {
    /// Reads a form and names every field that is wrong or missing.
    pub fn read(body: &Map<String, Value>, questions: &Questions) -> Result<Self, Refusal> {
        let mut fields = Fields::new(body, "");
        let mut form = Self::people_part(&mut fields);
        form.auto_approve = fields.flag("auto_approve").unwrap_or_default();
        form.source = fields.text("source_id", 64).filter(|id| !id.is_empty());
        for name in TEXTS {
            if let Some(text) = fields.text(name, 1_000) {
                form.answers.insert(name.to_owned(), text.into());
            }
        }
        let choices: [(&str, &[&str]); 4] = [
            ("language", &LANGUAGES),
            ("no_of_employees", &EMPLOYEES),
            ("purchasing_time_frame", &TIME_FRAMES),
            ("role_in_purchase_process", &ROLES),
        ];
        for (name, allowed) in choices {
            if let Some(text) = fields.text(name, 64) {
                if allowed.contains(&text.as_str()) {
                    form.answers.insert(name.to_owned(), text.into());
                } else {
                    fields.wrong(name);
                }
            }
        }
        let custom = custom_answers(&mut fields);
        questions.check(&form.last_name, &form.answers, &custom, &mut fields);
        if !custom.is_empty() {
            form.answers.insert("custom_questions".to_owned(), custom.into());
        }
        let errors = fields.into_errors();
        if errors.is_empty() { Ok(form) } else { Err(Refusal::validation(errors)) }
    }

    /// Reads one row of a batch, which has an address and a name and nothing else.
    pub fn read_row(row: &Map<String, Value>) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::new(row, "registrants.");
        let form = Self::people_part(&mut fields);
        let errors = fields.into_errors();
        if errors.is_empty() { Ok(form) } else { Err(errors) }
    }

    fn people_part(fields: &mut Fields) -> Self {
        let email = fields.text("email", LONGEST_EMAIL).unwrap_or_default();
        if !is_email(&email) {
            fields.wrong("email");
        }
        let first_name = fields.text("first_name", LONGEST_NAME).unwrap_or_default();
        if first_name.trim().is_empty() {
            fields.wrong("first_name");
        }
        let last_name = fields.text("last_name", LONGEST_NAME).unwrap_or_default();
        Self { email, first_name, last_name, answers: Map::new(), auto_approve: false, source: None }
    }

    pub fn into_registrant(self, standing: Standing, now: DateTime<Utc>) -> Registrant {
        let mut rng = ChaCha8Rng::from_os_rng();
        Registrant {
            id: secrets::short_id(&mut rng),
            email: self.email,
            first_name: self.first_name,
            last_name: self.last_name,
            answers: self.answers,
            standing,
            created_at: now,
            source: self.source,
            pin: rng.random_range(100_000..1_000_000),
            raw: Map::new(),
        }
    }
}

/// The answers to the host's own questions, each a title and a value.
fn custom_answers(fields: &mut Fields) -> Vec<Value> {
    let list = fields.objects("custom_questions").cloned().unwrap_or_default();
    let fits = |entry: &Value| {
        let text = |name: &str| entry.get(name).and_then(Value::as_str);
        text("title").is_some() && text("value").is_some_and(|value| value.chars().count() <= LONGEST_ANSWER)
    };
    if !list.iter().all(fits) {
        fields.wrong("custom_questions");
    }
    list
}
