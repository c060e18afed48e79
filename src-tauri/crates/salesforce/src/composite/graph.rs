//! Graphs: groups of linked records, each of which takes effect as a whole or not at all,
//! independently of the others.

use std::collections::HashSet;

use liaison_transport::ApiRequest;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{CompositeAnswer, StepOutcome, check_steps, outcomes, steps_json};
use crate::error::{InvalidRequest, SalesforceError};
use crate::records::COLLECTION_TIMEOUT;
use crate::{Addressed, ReferenceName, Salesforce, Step};

/// The most graphs in one call.
pub const MOST_GRAPHS: usize = 75;
/// The most steps in all graphs of one call.
pub const MOST_GRAPH_STEPS: usize = 500;

const OPERATION: &str = "POST /composite/graph";

/// Steps that take effect together; each is about one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    name: ReferenceName,
    steps: Vec<(ReferenceName, Step)>,
}

impl Graph {
    /// A graph without steps; `name` is unique in the call.
    #[must_use]
    pub fn new(name: ReferenceName) -> Self {
        Self { name, steps: Vec::new() }
    }

    /// Adds a step under a name that later steps of this graph may refer to.
    #[must_use]
    pub fn step(mut self, name: ReferenceName, step: Step) -> Self {
        self.steps.push((name, step));
        self
    }
}

/// What became of a graph.
#[derive(Debug, Clone)]
pub struct GraphOutcome {
    /// All steps took effect; otherwise none did.
    pub successful: bool,
    /// The outcomes in the order of the steps.
    pub steps: Vec<StepOutcome>,
}

#[derive(Deserialize)]
struct Answer {
    graphs: Vec<GraphAnswer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GraphAnswer {
    graph_id: String,
    is_successful: bool,
    graph_response: CompositeAnswer,
}

impl Salesforce {
    /// Sends graphs; the outcomes come in their order. Salesforce gives up after 14 graphs that
    /// failed.
    ///
    /// # Errors
    /// The call as a whole failed, or its answer does not fit.
    pub async fn graphs(&self, graphs: &[Graph]) -> Result<Vec<GraphOutcome>, SalesforceError> {
        check(graphs)?;
        let list: Vec<Value> = graphs
            .iter()
            .map(|graph| json!({ "graphId": graph.name.as_str(), "compositeRequest": steps_json(&graph.steps, self) }))
            .collect();
        let idempotent = graphs.iter().flat_map(|graph| &graph.steps).all(|(_, step)| step.is_idempotent());
        let request = ApiRequest::post(OPERATION, self.data_path("/composite/graph"))
            .json(json!({ "graphs": list }))
            .idempotent(idempotent)
            .total_timeout(COLLECTION_TIMEOUT);
        let answer: Answer = self.fetch(request, Addressed::Resource).await?;
        let unfit = |reason| SalesforceError::Mismatch { operation: OPERATION, reason };
        if answer.graphs.len() != graphs.len() {
            return Err(unfit("it has another number of graphs"));
        }
        let mut found = Vec::with_capacity(graphs.len());
        for (graph, answer) in graphs.iter().zip(answer.graphs) {
            if answer.graph_id != graph.name.as_str() {
                return Err(unfit("its graphs are not those of the request"));
            }
            let steps = outcomes(OPERATION, &graph.steps, answer.graph_response)?;
            if answer.is_successful && steps.iter().any(Result::is_err) {
                return Err(unfit("a graph that failed says it did not"));
            }
            found.push(GraphOutcome { successful: answer.is_successful, steps });
        }
        Ok(found)
    }
}

fn check(graphs: &[Graph]) -> Result<(), InvalidRequest> {
    let invalid = |reason| Err(InvalidRequest { field: "graphs", reason });
    if !(1..=MOST_GRAPHS).contains(&graphs.len()) {
        return invalid("are none or more than 75");
    }
    if graphs.iter().map(|graph| graph.steps.len()).sum::<usize>() > MOST_GRAPH_STEPS {
        return invalid("hold more than 500 steps");
    }
    let names: HashSet<&str> = graphs.iter().map(|graph| graph.name.as_str()).collect();
    if names.len() < graphs.len() {
        return invalid("have the same name twice");
    }
    if graphs.iter().flat_map(|graph| &graph.steps).any(|(_, step)| !step.is_single()) {
        return invalid("hold a query or a collection");
    }
    graphs.iter().try_for_each(|graph| check_steps(&graph.steps, MOST_GRAPH_STEPS))
}
