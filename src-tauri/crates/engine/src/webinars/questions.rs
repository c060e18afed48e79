//! The form is changed: what is wrong is said question by question; a change is held and leaves by itself.

use std::collections::BTreeMap;

use liaison_domain::text;
use liaison_store::tables::outbox::{self, OutboxRecord, OutboxState};
use liaison_store::tables::webinars;
use liaison_store::{Connection, StoreResult, Transaction};

use super::gather;
use super::kinds::Place;
use super::kinds::questions::{self, QUESTIONS};
use super::stored::{QuestionsEdit, StoredKind, StoredQuestion, choices_of};
use super::view::{QuestionIssue, QuestionKind, QuestionPart, QuestionsDecided, RegistrationQuestion, WebinarPending};
use crate::engine::Engine;
use crate::error::Problem;
use crate::failure::Error;
use crate::outbox::target::Target;
use crate::session::settings;
use crate::terms::Provider;

/// Fields that a host can put on Zoom's form.
const FIELDS: [&str; 14] = [
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
const MAX_TITLE: usize = 200;
const MAX_CHOICE: usize = 200;
const MOST_CHOICES: usize = 100;
const MOST_QUESTIONS: usize = 50;

impl Engine {
    /// Puts the form as it is to be into the outbox; it is held. Registrations that are there keep their answers.
    ///
    /// # Errors
    /// [`Error::Gone`]; [`Error::TooLate`] where nobody registers.
    pub async fn set_registration_questions(
        &self,
        webinar: String,
        questions: Vec<RegistrationQuestion>,
    ) -> Result<QuestionsDecided, Error> {
        let cx = self.profile().await?;
        let wanted = cleaned(questions);
        let issues = issues(&wanted);
        if !issues.is_empty() {
            return Ok(QuestionsDecided { items: Vec::new(), issues });
        }
        let now_ms = cx.now_ms();
        let items = cx.store.write(move |tx| set(tx, &webinar, &wanted, now_ms)).await??;
        cx.outbox_changed();
        Ok(QuestionsDecided { items, issues: Vec::new() })
    }
}

/// Blanks around texts say nothing, and no more do empty choices.
fn cleaned(questions: Vec<RegistrationQuestion>) -> Vec<StoredQuestion> {
    let clean = |question: RegistrationQuestion| {
        let kind = match question.kind {
            QuestionKind::Text => StoredKind::Text,
            QuestionKind::One => StoredKind::One,
            QuestionKind::Many => StoredKind::Many,
        };
        let choices = question.choices.iter().map(|choice| text::single_line(choice, MAX_CHOICE + 1));
        StoredQuestion {
            field: text::single_line(&question.field, MAX_TITLE + 1),
            custom: question.custom,
            required: question.required,
            kind,
            dropdown: question.dropdown && kind == StoredKind::One,
            choices: if kind == StoredKind::Text {
                Vec::new()
            } else {
                choices.filter(|choice| !choice.is_empty()).collect()
            },
        }
    };
    questions.into_iter().map(clean).collect()
}

/// What is wrong: with which question, with which part of it.
fn issues(questions: &[StoredQuestion]) -> Vec<QuestionIssue> {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut issues = Vec::new();
    let mut seen: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for (place, question) in questions.iter().enumerate() {
        let mut wrong = |part, problem| issues.push(QuestionIssue { question: number(place), part, problem });
        let length = question.field.chars().count();
        if question.field.is_empty() {
            wrong(QuestionPart::Title, Problem::Missing);
        } else if length > MAX_TITLE {
            wrong(QuestionPart::Title, Problem::TooLong { max: number(MAX_TITLE), length: number(length) });
        } else if seen.insert((question.custom, question.field.to_lowercase()), place).is_some() {
            wrong(QuestionPart::Title, Problem::Duplicate { value: question.field.clone() });
        } else if !question.custom && !FIELDS.contains(&question.field.as_str()) {
            wrong(QuestionPart::Title, Problem::NotAllowed);
        } else if place >= MOST_QUESTIONS {
            wrong(QuestionPart::Title, Problem::TooMany { max: number(MOST_QUESTIONS) });
        }
        if !question.custom || question.kind == StoredKind::Text {
            continue;
        }
        let mut sorted: Vec<String> = question.choices.iter().map(|choice| choice.to_lowercase()).collect();
        sorted.sort_unstable();
        let longest = question.choices.iter().map(|choice| choice.chars().count()).max().unwrap_or_default();
        if question.choices.is_empty() {
            wrong(QuestionPart::Choices, Problem::Missing);
        } else if question.choices.len() > MOST_CHOICES {
            wrong(QuestionPart::Choices, Problem::TooMany { max: number(MOST_CHOICES) });
        } else if longest > MAX_CHOICE {
            wrong(QuestionPart::Choices, Problem::TooLong { max: number(MAX_CHOICE), length: number(longest) });
        } else if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            wrong(QuestionPart::Choices, Problem::Duplicate { value: pair[0].clone() });
        } else if question.kind == StoredKind::Many
            && let Some(choice) = question.choices.iter().find(|choice| choice.contains(','))
        {
            // An answer has its choices separated by commas: nobody could tell them apart.
            wrong(QuestionPart::Choices, Problem::NotSeparable { value: choice.clone() });
        }
    }
    issues
}

fn set(
    tx: &Transaction<'_>,
    webinar: &str,
    wanted: &[StoredQuestion],
    now_ms: i64,
) -> StoreResult<Result<Vec<String>, Error>> {
    let Some(target) = Target::known(tx, Provider::Zoom)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
    };
    let Some(record) = webinars::get(tx, webinar)?.filter(|record| record.gone_utc_ms.is_none()) else {
        return Ok(Err(Error::Gone));
    };
    if gather::closed(&record, &webinars::dates(tx, webinar)?, now_ms).is_some() {
        return Ok(Err(Error::TooLate));
    }
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let known = gather::questions(tx, webinar)?;
    // The choices of Zoom's own fields are Zoom's.
    let wanted: Vec<StoredQuestion> = wanted.iter().cloned().map(with_own_choices).collect();
    if let Some(row) = open(tx, webinar)?.filter(unsent) {
        // A change that has not left takes the new one in, on the base it had.
        let base = QuestionsEdit::read(&row.payload_json).map_or(known, |edit| edit.base);
        let Some(edit) = questions::edit(webinar, &record.topic, base, wanted) else {
            outbox::take_back(tx, &row.op_id, now_ms)?;
            return Ok(Ok(Vec::new()));
        };
        outbox::edit(tx, &row.op_id, &edit.topic, &edit.json(), Some(now_ms + hold_ms), now_ms)?;
        return Ok(Ok(vec![row.op_id]));
    }
    let Some(edit) = questions::edit(webinar, &record.topic, known, wanted) else { return Ok(Ok(Vec::new())) };
    let row = questions::operation(&Place { target: &target, group: None, now_ms, hold_ms }, &edit);
    outbox::enqueue(tx, &row)?;
    Ok(Ok(vec![row.op_id]))
}

fn with_own_choices(mut question: StoredQuestion) -> StoredQuestion {
    if !question.custom {
        question.choices = choices_of(&question.field).iter().map(|choice| (*choice).to_owned()).collect();
        question.kind = if question.choices.is_empty() { StoredKind::Text } else { StoredKind::One };
        question.dropdown = !question.choices.is_empty();
    }
    question
}

fn open(db: &Connection, webinar: &str) -> StoreResult<Option<OutboxRecord>> {
    let rows = outbox::last_by_subject(db, QUESTIONS, &[webinar])?;
    Ok(rows.into_iter().find(|row| row.state.is_open() && row.take_back_utc_ms.is_none()))
}

fn unsent(row: &OutboxRecord) -> bool {
    row.maybe_sent_utc_ms.is_none() && row.state != OutboxState::Claimed
}

/// The form as it is, or as it is to be while a change is under way.
pub(super) fn shown(db: &Connection, webinar: &str) -> StoreResult<(Vec<StoredQuestion>, Option<WebinarPending>)> {
    let row = open(db, webinar)?;
    let wanted = row.as_ref().and_then(|row| QuestionsEdit::read(&row.payload_json)).map(|edit| edit.wanted);
    let pending = row.map(|row| WebinarPending { can_undo: unsent(&row), deletes: false, item: row.op_id });
    Ok((wanted.map_or_else(|| gather::questions(db, webinar), Ok)?, pending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(title: &str, kind: QuestionKind, choices: &[&str]) -> RegistrationQuestion {
        RegistrationQuestion {
            field: title.to_owned(),
            custom: true,
            required: false,
            kind,
            dropdown: false,
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        }
    }

    fn wrong(questions: Vec<RegistrationQuestion>) -> Vec<(u32, QuestionPart, Problem)> {
        issues(&cleaned(questions)).into_iter().map(|issue| (issue.question, issue.part, issue.problem)).collect()
    }

    #[test]
    fn each_fault_is_said_at_its_question() {
        let long = "x".repeat(300);
        let found = wrong(vec![
            asked("  ", QuestionKind::Text, &[]),
            asked("Which?", QuestionKind::One, &[" ", ""]),
            asked("which?", QuestionKind::Text, &["is dropped"]),
            asked(&long, QuestionKind::Text, &[]),
            asked("Both", QuestionKind::Many, &["A, B", "C"]),
            asked("Twice", QuestionKind::One, &["A", "a"]),
            RegistrationQuestion { custom: false, ..asked("shoe_size", QuestionKind::Text, &[]) },
        ]);
        assert_eq!(
            found,
            [
                (0, QuestionPart::Title, Problem::Missing),
                (1, QuestionPart::Choices, Problem::Missing),
                (2, QuestionPart::Title, Problem::Duplicate { value: "which?".to_owned() }),
                (3, QuestionPart::Title, Problem::TooLong { max: 200, length: 201 }),
                (4, QuestionPart::Choices, Problem::NotSeparable { value: "A, B".to_owned() }),
                (5, QuestionPart::Choices, Problem::Duplicate { value: "a".to_owned() }),
                (6, QuestionPart::Title, Problem::NotAllowed),
            ]
        );
    }

    #[test]
    fn zooms_own_fields_and_sound_questions_pass() {
        let field = |name: &str| RegistrationQuestion { custom: false, ..asked(name, QuestionKind::Text, &[]) };
        let all = FIELDS.into_iter().map(field).chain([asked("Which?", QuestionKind::Many, &["A"])]).collect();
        assert_eq!(wrong(all), []);
    }
}
