//! Steps that know nothing of each other, in one request. Each counts as a call of its own; what
//! it saves is round trips.

use liaison_transport::ApiRequest;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{StepAnswer, StepOutcome, SubAnswer, nothing};
use crate::error::{InvalidRequest, SalesforceError};
use crate::records::{AUTO_ASSIGN, COLLECTION_TIMEOUT, OFF};
use crate::{Addressed, Salesforce, Step};

/// The most steps in one batch.
pub const MOST_BATCH_STEPS: usize = 25;

const OPERATION: &str = "POST /composite/batch";

#[derive(Deserialize)]
struct Answer {
    results: Vec<ResultAnswer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResultAnswer {
    status_code: u16,
    #[serde(default = "nothing")]
    result: Box<RawValue>,
}

impl Salesforce {
    /// Sends up to 25 steps; the outcomes come in their order. With `halt_on_error` the steps after
    /// the first failure are not carried out (`BATCH_PROCESSING_HALTED`).
    ///
    /// # Errors
    /// The call as a whole failed, or its answer does not fit.
    pub async fn batch(&self, steps: &[Step], halt_on_error: bool) -> Result<Vec<StepOutcome>, SalesforceError> {
        check(steps)?;
        let request = ApiRequest::post(OPERATION, self.data_path("/composite/batch"))
            .json(self.batch_body(steps, halt_on_error))
            // The steps of a batch have no headers of their own.
            .header(AUTO_ASSIGN, OFF)
            .idempotent(steps.iter().all(Step::is_idempotent))
            .total_timeout(COLLECTION_TIMEOUT);
        let answer: Answer = self.fetch(request, Addressed::Resource).await?;
        // The request itself was counted once.
        self.count_more(steps.len() as u64 - 1);
        if answer.results.len() != steps.len() {
            return Err(SalesforceError::Mismatch { operation: OPERATION, reason: "it has another number of steps" });
        }
        let outcome = |(step, result): (&Step, ResultAnswer)| {
            let answer =
                SubAnswer { body: result.result, http_status_code: result.status_code, reference_id: String::new() };
            StepAnswer::read(OPERATION, answer, step.addressed())
        };
        steps.iter().zip(answer.results).map(outcome).collect()
    }

    fn batch_body(&self, steps: &[Step], halt_on_error: bool) -> Value {
        let requests: Vec<Value> = steps
            .iter()
            .map(|step| {
                // Unlike in a composite request the address begins with the version.
                let mut json = json!({ "method": step.method(), "url": format!("v{}{}", self.version(), step.path()) });
                if let Some(body) = step.body() {
                    json["richInput"] = body;
                }
                json
            })
            .collect();
        json!({ "batchRequests": requests, "haltOnError": halt_on_error })
    }
}

fn check(steps: &[Step]) -> Result<(), InvalidRequest> {
    let invalid = |reason| Err(InvalidRequest { field: "steps", reason });
    if !(1..=MOST_BATCH_STEPS).contains(&steps.len()) {
        return invalid("are none or more than 25");
    }
    if steps.iter().any(|step| step.references().next().is_some()) {
        return invalid("of a batch cannot refer to each other");
    }
    if steps.iter().any(|step| !step.is_single() && !matches!(step, Step::Query(_))) {
        return invalid("of a batch cannot be collections");
    }
    steps.iter().try_for_each(Step::check)
}
