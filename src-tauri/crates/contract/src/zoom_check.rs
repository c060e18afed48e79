//! Zoom: the journey, then everything that went over the wire against documents and examples.

use liaison_sandbox::zoom::operations::Scope;
use liaison_sandbox::{Sandbox, SandboxConfig};
use serde_json::Value;

use crate::client_operations::operations;
use crate::events_check::{self, Webhooks, name_of};
use crate::examples::Examples;
use crate::exceptions::Exceptions;
use crate::exchange::Exchange;
use crate::failure::Failure;
use crate::journey;
use crate::journey::events::Ear;
use crate::openapi::{Conformance, Documents};
use crate::places::{Places, sources_of};
use crate::relay::Relay;
use crate::report::Table;
use crate::tally::{Tally, named, uncovered};
use crate::template::Template;
use crate::violation::{Check, Side, Violation};

/// Runs the journey and gives the table. Says in `notes` what was skipped.
///
/// # Errors
/// The sandbox cannot start, or a contract file cannot be read.
pub async fn check(places: &Places, exceptions: &mut Exceptions, notes: &mut Vec<String>) -> Result<Table, Failure> {
    let documents = places.zoom_openapi.as_deref().map(Documents::load).transpose()?;
    if documents.is_none() {
        notes.push("skipped: Zoom's OpenAPI documents (no --zoom-openapi and none beside the checkout)".to_owned());
    }
    let examples = places.zoom_examples.as_deref().map(Examples::load).transpose()?;
    if examples.is_none() {
        notes.push("skipped: Zoom's official examples (no --zoom-examples and none beside the checkout)".to_owned());
    }
    let examples = examples.unwrap_or_default();

    let webhooks = places.zoom_examples.as_deref().map(Webhooks::load).transpose()?.unwrap_or_default();

    let (exchanges, events, mut violations) = travelled().await?;
    let mut tally = Tally::new("Zoom: what went over the wire, against OpenAPI documents and official examples");
    violations.extend(uncovered(&operations(&sources_of("zoom"))?, &exchanges));
    for exchange in &exchanges {
        let (operation, mislabelled) = named(exchange, below_base(exchange));
        violations.extend(mislabelled);
        tally.count(&operation, exchange.status);
    }
    if let Some(documents) = &documents {
        violations.extend(against(documents, &examples, &exchanges, &mut tally));
    }
    let of_operations: Vec<(Template, &Exchange)> =
        exchanges.iter().map(|exchange| (named(exchange, below_base(exchange)).0, exchange)).collect();
    violations.extend(examples.check(of_operations.iter().map(|(operation, exchange)| (operation, *exchange))));
    for event in &events {
        tally.tell(&events_check::operation(name_of(event)));
    }
    if places.zoom_examples.is_some() {
        violations.extend(webhooks.check(&events, &examples, documents.as_ref()));
    }
    if let Some(documents) = &documents {
        violations.extend(events_check::against(documents, &webhooks, &events));
        violations.extend(declared(documents));
    }
    Ok(tally.table(violations, exceptions))
}

/// Operations of the sandbox that ask for another scope than the documents name.
fn declared(documents: &Documents) -> Vec<Violation> {
    let mut found = Vec::new();
    for operation in liaison_sandbox::zoom::operations::all() {
        let template = Template::new(operation.method.as_str(), operation.pattern);
        let Some(described) = documents.described(&template) else { continue };
        let (Scope::User(scope) | Scope::Admin(scope)) = operation.scope;
        if !described.scopes.is_empty() && !described.scopes.iter().any(|known| known == scope) {
            found.push(Violation {
                check: Check::Openapi,
                operation: template,
                side: Side::Answer,
                place: "scope".to_owned(),
                problem: format!("the sandbox asks for {scope}, which is none of the documented scopes"),
            });
        }
    }
    found
}

async fn travelled() -> Result<(Vec<Exchange>, Vec<Value>, Vec<Violation>), Failure> {
    let sandbox = Sandbox::start(SandboxConfig::default())
        .await
        .map_err(|error| Failure::new(format!("the sandbox cannot start: {error}")))?;
    let relay = Relay::start(&sandbox.urls().zoom)
        .await
        .map_err(|error| Failure::new(format!("the relay cannot start: {error}")))?;
    let token = sandbox.zoom().issue_tokens().access_token;
    let ear = Ear::open(&sandbox).await?;
    let violations = journey::zoom::travel(&relay, &token).await?;
    let exchanges = relay.seen().exchanges();
    let events = journey::events::travel(&sandbox, ear, &token).await?;
    Ok((exchanges, events, violations))
}

fn against(documents: &Documents, examples: &Examples, exchanges: &[Exchange], tally: &mut Tally) -> Vec<Violation> {
    let mut conformance = Conformance::new(documents, examples);
    let mut violations = Vec::new();
    for exchange in exchanges {
        let path = below_base(exchange);
        if let Some(found) = conformance.check(path, exchange) {
            tally.describe(&named(exchange, path).0);
            violations.extend(found);
        }
    }
    violations
}

/// The raw path below the API's base.
fn below_base(exchange: &Exchange) -> &str {
    exchange.path.strip_prefix("/v2").unwrap_or(&exchange.path)
}
