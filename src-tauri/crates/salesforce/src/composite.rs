//! Several steps in one call, which counts once. A later step may use the id that an earlier one
//! made; with [`Composite::all_or_none`] either every step takes effect or none does.
//!
//! Source: REST guide, "Composite", "Composite Batch", "Composite Graph".

mod answer;
mod batch;
mod graph;
mod step;

use std::collections::HashSet;

use liaison_transport::ApiRequest;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

pub use answer::{StepAnswer, StepOutcome, cause};
pub use batch::MOST_BATCH_STEPS;
pub use graph::{Graph, GraphOutcome, MOST_GRAPH_STEPS, MOST_GRAPHS};
pub use step::{LinkedRecord, Step, Target};

use crate::error::{InvalidRequest, Refusal, SalesforceError};
use crate::records::{AUTO_ASSIGN_NAME, COLLECTION_TIMEOUT, OFF_TEXT};
use crate::{Addressed, ReferenceName, Salesforce};

/// Salesforce's limits.
pub const MOST_COMPOSITE_STEPS: usize = 25;
const MOST_WIDE_STEPS: usize = 5;

const OPERATION: &str = "POST /composite";

/// Steps that go out together, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Composite {
    steps: Vec<(ReferenceName, Step)>,
    all_or_none: bool,
}

impl Composite {
    /// No steps.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Undoes everything when one step fails, or one row of a collection: then no step and no row
    /// counts as done, whatever its own answer says.
    #[must_use]
    pub fn all_or_none(mut self) -> Self {
        self.all_or_none = true;
        self
    }

    /// Adds a step under a name that later steps may refer to.
    #[must_use]
    pub fn step(mut self, name: ReferenceName, step: Step) -> Self {
        self.steps.push((name, step));
        self
    }

    fn check(&self) -> Result<(), InvalidRequest> {
        check_steps(&self.steps, MOST_COMPOSITE_STEPS)?;
        if self.steps.iter().filter(|(_, step)| step.is_wide()).count() > MOST_WIDE_STEPS {
            return Err(InvalidRequest { field: "steps", reason: "hold more than 5 queries and collections" });
        }
        Ok(())
    }

    fn body(&self, salesforce: &Salesforce) -> Value {
        // Steps that Salesforce takes together may change their order.
        json!({
            "allOrNone": self.all_or_none, "collateSubrequests": false,
            "compositeRequest": steps_json(&self.steps, salesforce),
        })
    }
}

impl Composite {
    fn outcomes(&self, answer: CompositeAnswer) -> Result<Vec<StepOutcome>, SalesforceError> {
        let outcomes = outcomes(OPERATION, &self.steps, answer)?;
        if !self.all_or_none {
            return Ok(outcomes);
        }
        let makes_many =
            |step: &Step| matches!(step, Step::CreateAll { .. } | Step::UpdateAll { .. } | Step::UpsertAll { .. });
        let mut failed = false;
        for ((_, step), outcome) in self.steps.iter().zip(&outcomes) {
            failed |= match outcome {
                Ok(answer) => makes_many(step) && answer.has_failed_row()?,
                Err(_) => true,
            };
        }
        let undo = |((_, step), outcome): (&(ReferenceName, Step), StepOutcome)| match outcome {
            Ok(answer) if failed && makes_many(step) => Ok(answer.undone()),
            Ok(_) if failed && step.writes() => Err(Refusal::undone(OPERATION)),
            other => other,
        };
        Ok(self.steps.iter().zip(outcomes).map(undo).collect())
    }
}

#[derive(Deserialize)]
pub(crate) struct CompositeAnswer {
    #[serde(rename = "compositeResponse")]
    pub responses: Vec<SubAnswer>,
}

/// The answer of one step.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SubAnswer {
    // Not an `Option`: `null` must stay readable as a body without content.
    #[serde(default = "nothing")]
    pub body: Box<RawValue>,
    pub http_status_code: u16,
    #[serde(default)]
    pub reference_id: String,
}

fn nothing() -> Box<RawValue> {
    RawValue::NULL.to_owned()
}

impl Salesforce {
    /// Sends the steps of `composite`; the outcomes come in the order of the steps.
    ///
    /// # Errors
    /// The call as a whole failed, or its answer does not fit. A step that failed is an outcome:
    /// see [`cause`] for the one that stopped the others.
    pub async fn composite(&self, composite: &Composite) -> Result<Vec<StepOutcome>, SalesforceError> {
        composite.check()?;
        let idempotent = composite.steps.iter().all(|(_, step)| step.is_idempotent());
        let request = ApiRequest::post(OPERATION, self.data_path("/composite"))
            .json(composite.body(self))
            .idempotent(idempotent)
            .total_timeout(COLLECTION_TIMEOUT);
        let answer: CompositeAnswer = self.fetch(request, Addressed::Resource).await?;
        composite.outcomes(answer)
    }

    /// One reading request that is too long for an address: its path and query travel in a body.
    pub(crate) async fn fetch_in_body(
        &self,
        operation: &'static str,
        path_and_query: &str,
        headers: Value,
    ) -> Result<StepAnswer, SalesforceError> {
        let body = json!({ "compositeRequest": [{
            "method": "GET", "url": path_and_query, "referenceId": "page", "httpHeaders": headers,
        }]});
        let request = ApiRequest::post(OPERATION, self.data_path("/composite")).json(body).idempotent(true);
        let mut answer: CompositeAnswer = self.fetch(request, Addressed::Resource).await?;
        match (answer.responses.pop(), answer.responses.is_empty()) {
            (Some(only), true) => Ok(StepAnswer::read(operation, only, Addressed::Resource)??),
            _ => Err(SalesforceError::Mismatch { operation, reason: "it has another number of steps" }),
        }
    }
}

/// What holds for the steps of a composite request and of a graph.
fn check_steps(steps: &[(ReferenceName, Step)], most: usize) -> Result<(), InvalidRequest> {
    let invalid = |reason| Err(InvalidRequest { field: "steps", reason });
    if steps.is_empty() {
        return invalid("are none");
    }
    if steps.len() > most {
        return invalid("are more than Salesforce accepts");
    }
    let mut known: HashSet<&str> = HashSet::new();
    for (name, step) in steps {
        step.check()?;
        if !step.references().all(|reference| known.contains(reference.as_str())) {
            return invalid("refer to a step that does not stand before them");
        }
        if !known.insert(name.as_str()) {
            return invalid("have the same name twice");
        }
    }
    Ok(())
}

fn steps_json(steps: &[(ReferenceName, Step)], salesforce: &Salesforce) -> Vec<Value> {
    steps
        .iter()
        .map(|(name, step)| {
            let mut json = json!({
                "method": step.method(),
                "url": salesforce.data_path(&step.path()),
                "referenceId": name.as_str(),
            });
            if let Some(body) = step.body() {
                json["body"] = body;
            }
            if step.makes_records() {
                json["httpHeaders"] = json!({ AUTO_ASSIGN_NAME: OFF_TEXT });
            }
            json
        })
        .collect()
}

fn outcomes(
    operation: &'static str,
    steps: &[(ReferenceName, Step)],
    answer: CompositeAnswer,
) -> Result<Vec<StepOutcome>, SalesforceError> {
    let fits = answer.responses.len() == steps.len()
        && steps.iter().zip(&answer.responses).all(|((name, _), response)| response.reference_id == name.as_str());
    if !fits {
        return Err(SalesforceError::Mismatch { operation, reason: "its steps are not those of the request" });
    }
    let pairs = steps.iter().zip(answer.responses);
    pairs.map(|((_, step), response)| StepAnswer::read(operation, response, step.addressed())).collect()
}

#[cfg(test)]
mod tests;
