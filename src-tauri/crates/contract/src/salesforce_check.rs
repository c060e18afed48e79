//! Salesforce: the journey, and the sandbox's answers against recorded ones.

use liaison_sandbox::{Profile, Sandbox, SandboxConfig};

use crate::client_operations::operations;
use crate::exceptions::Exceptions;
use crate::exchange::Exchange;
use crate::failure::Failure;
use crate::journey;
use crate::places::{Places, sources_of};
use crate::recorded::{self, Replay};
use crate::relay::Relay;
use crate::report::Table;
use crate::tally::{Tally, named, uncovered};
use crate::violation::Violation;

/// The table of what the client does: Salesforce publishes no OpenAPI document, so nothing but coverage and the
/// journey itself is held against it.
///
/// # Errors
/// The sandbox cannot start.
pub async fn travelled(exceptions: &mut Exceptions) -> Result<Table, Failure> {
    // Enough Leads for a second page.
    let sandbox = started(Some(6_000)).await?;
    let relay = Relay::start(&sandbox.urls().salesforce)
        .await
        .map_err(|error| Failure::new(format!("the relay cannot start: {error}")))?;
    let token = sandbox.salesforce().issue_tokens().access_token;
    let mut violations = journey::salesforce::travel(&relay, &token).await?;
    let exchanges = relay.seen().exchanges();
    violations.extend(uncovered(&operations(&sources_of("salesforce"))?, &exchanges));
    Ok(counted(&exchanges, violations, exceptions))
}

fn counted(exchanges: &[Exchange], mut violations: Vec<Violation>, exceptions: &mut Exceptions) -> Table {
    let mut tally = Tally::new("Salesforce: every operation of the client over the wire");
    for exchange in exchanges {
        let (operation, mislabelled) = named(exchange, below_version(&exchange.path));
        violations.extend(mislabelled);
        tally.count(&operation, exchange.status);
        tally.describe(&operation);
    }
    tally.table(violations, exceptions)
}

/// The table of recorded exchanges, sent to the sandbox again.
///
/// # Errors
/// The sandbox cannot start or does not answer, or a record cannot be read.
pub async fn replayed(
    places: &Places,
    exceptions: &mut Exceptions,
    notes: &mut Vec<String>,
) -> Result<Option<Table>, Failure> {
    let Some(folder) = &places.salesforce_recorded else {
        let reason = "no --salesforce-recorded and none beside the checkout";
        notes.push(format!("skipped: exchanges recorded with Salesforce ({reason})"));
        return Ok(None);
    };
    let sandbox = started(None).await?;
    let token = sandbox.salesforce().issue_tokens().access_token;
    let mut replay = Replay::new(&sandbox.urls().salesforce, &token).await?;
    let found = recorded::check(folder, &mut replay).await?;
    let mut tally = Tally::new("Salesforce: recorded exchanges, sent to the sandbox again");
    for (operation, status) in &found.sent {
        tally.count(operation, *status);
        tally.describe(operation);
    }
    Ok(Some(tally.table(found.violations, exceptions)))
}

async fn started(people: Option<usize>) -> Result<Sandbox, Failure> {
    Sandbox::start(SandboxConfig { profile: Profile::Deployed, people, ..SandboxConfig::default() })
        .await
        .map_err(|error| Failure::new(format!("the sandbox cannot start: {error}")))
}

/// The raw path below `/services/data/vNN.0`; what is not below it stays whole.
fn below_version(path: &str) -> &str {
    path.strip_prefix("/services/data/v").and_then(|rest| rest.find('/').map(|at| &rest[at..])).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_no_part_of_an_operation() {
        assert_eq!(below_version("/services/data/v62.0/query/01g"), "/query/01g");
        assert_eq!(below_version("/services/data"), "/services/data");
        assert_eq!(below_version("/services/oauth2/userinfo"), "/services/oauth2/userinfo");
    }
}
