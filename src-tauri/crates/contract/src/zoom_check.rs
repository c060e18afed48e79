//! Zoom: the journey, then everything that went over the wire against documents and examples.

use liaison_sandbox::{Sandbox, SandboxConfig};

use crate::client_operations::operations;
use crate::examples::Examples;
use crate::exceptions::Exceptions;
use crate::exchange::Exchange;
use crate::failure::Failure;
use crate::journey;
use crate::openapi::{Conformance, Documents};
use crate::places::{Places, sources_of};
use crate::relay::Relay;
use crate::report::Table;
use crate::tally::{Tally, named, uncovered};
use crate::template::Template;
use crate::violation::Violation;

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

    let (exchanges, mut violations) = travelled().await?;
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
    Ok(tally.table(violations, exceptions))
}

async fn travelled() -> Result<(Vec<Exchange>, Vec<Violation>), Failure> {
    let sandbox = Sandbox::start(SandboxConfig::default())
        .await
        .map_err(|error| Failure::new(format!("the sandbox cannot start: {error}")))?;
    let relay = Relay::start(&sandbox.urls().zoom)
        .await
        .map_err(|error| Failure::new(format!("the relay cannot start: {error}")))?;
    let token = sandbox.zoom().issue_tokens().access_token;
    let violations = journey::zoom::travel(&relay, &token).await?;
    Ok((relay.seen().exchanges(), violations))
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
