//! What one step of a composite request brought.

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::SubAnswer;
use crate::error::{Addressed, Refusal, SalesforceError};
use crate::query;
use crate::records::{RowAnswer, SaveAnswer};
use crate::{QueryPage, RowOutcome, RowRefusal, Upsertion};

/// The outcome of one step.
pub type StepOutcome = Result<StepAnswer, Refusal>;

/// A step that Salesforce carried out. Its content is read by the method that fits the step.
#[derive(Clone)]
pub struct StepAnswer {
    operation: &'static str,
    status: StatusCode,
    body: Box<RawValue>,
    addressed: Addressed,
    /// Everything was taken back: rows that say they were saved were not.
    undone: bool,
}

impl StepAnswer {
    /// Tells success and refusal apart.
    pub(crate) fn read(
        operation: &'static str,
        answer: SubAnswer,
        addressed: Addressed,
    ) -> Result<StepOutcome, SalesforceError> {
        let status = StatusCode::from_u16(answer.http_status_code)
            .map_err(|_| SalesforceError::Mismatch { operation, reason: "a step has a status that is none" })?;
        if status.is_success() {
            Ok(Ok(Self { operation, status, body: answer.body, addressed, undone: false }))
        } else {
            Ok(Err(Refusal::of(operation, status, answer.body.get().as_bytes(), addressed)))
        }
    }

    /// The HTTP status of the step.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What a create or an upsert made.
    ///
    /// # Errors
    /// The answer is no such answer: whether the step took effect is not known.
    pub fn saved(&self) -> Result<Upsertion, SalesforceError> {
        let answer: SaveAnswer = self.part()?;
        if !answer.success {
            return Err(self.unfit("a success that says it is none"));
        }
        let created = answer.created.unwrap_or(self.status == StatusCode::CREATED);
        Ok(Upsertion { id: answer.id, created })
    }

    /// The record that a step read.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn record<T: DeserializeOwned>(&self) -> Result<T, SalesforceError> {
        self.part()
    }

    /// The first page of the query of a step.
    ///
    /// # Errors
    /// It cannot be read. Single rows that cannot are in [`QueryPage::skipped`].
    pub fn page<T: DeserializeOwned>(&self) -> Result<QueryPage<T>, SalesforceError> {
        query::page(self.operation, self.part()?)
    }

    /// The outcomes of a collection of `rows` rows.
    ///
    /// # Errors
    /// The answer is no such answer.
    pub fn rows(&self, rows: usize) -> Result<Vec<RowOutcome>, SalesforceError> {
        let answers: Vec<RowAnswer> = self.part()?;
        if answers.len() != rows {
            return Err(self.unfit("it has another number of rows"));
        }
        let outcome = |answer: &RowAnswer| match answer.outcome(self.operation, self.created(), self.addressed)? {
            Ok(_) if self.undone => Ok(Err(RowRefusal::undone())),
            outcome => Ok(outcome),
        };
        answers.iter().map(outcome).collect()
    }

    /// Whether a row of a collection failed.
    pub(super) fn has_failed_row(&self) -> Result<bool, SalesforceError> {
        let answers: Vec<RowAnswer> = self.part()?;
        Ok(answers.iter().any(RowAnswer::is_failure))
    }

    pub(super) fn undone(self) -> Self {
        Self { undone: true, ..self }
    }

    fn created(&self) -> bool {
        self.status == StatusCode::CREATED
    }

    pub(crate) fn part<'a, T: Deserialize<'a>>(&'a self) -> Result<T, SalesforceError> {
        serde_json::from_str(self.body.get()).map_err(|_| self.unfit("the answer of a step cannot be read"))
    }

    fn unfit(&self, reason: &'static str) -> SalesforceError {
        SalesforceError::Mismatch { operation: self.operation, reason }
    }
}

/// Bodies hold other people's data.
impl std::fmt::Debug for StepAnswer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "StepAnswer({})", self.status.as_u16())
    }
}

/// The step that made the others stop, with its place: not one that was merely undone with it. When it
/// was a row of a collection, the rows of that step tell.
pub fn cause(outcomes: &[StepOutcome]) -> Option<(usize, &Refusal)> {
    let failed = || outcomes.iter().enumerate().filter_map(|(index, outcome)| Some((index, outcome.as_ref().err()?)));
    failed().find(|(_, refusal)| !refusal.has_code("PROCESSING_HALTED")).or_else(|| failed().next())
}
