//! Checks of the clients and the sandbox against documents, examples and records that are not ours.
//!
//! [`check`] starts the sandbox, drives every operation of the typed clients against it over HTTP through a relay that
//! keeps what went over the wire, and holds requests and answers against Zoom's OpenAPI documents, Zoom's official
//! examples and exchanges recorded with real Salesforce orgs. None of those files is part of this project; where they
//! are not found, their check is skipped and it says so. What may differ stands in `exceptions.toml`, with its reason.
//!
//! This crate is a tool: nothing of the product depends on it.

mod client_operations;
mod events_check;
mod examples;
mod exceptions;
mod exchange;
mod failure;
mod journey;
mod keys;
mod openapi;
mod places;
mod recorded;
mod relay;
mod report;
mod salesforce_check;
mod tally;
mod template;
mod violation;
mod zoom_check;

pub use exceptions::{Exceptions, ExceptionsError, LISTED};
pub use failure::Failure;
pub use places::{Asked, Places, USAGE, beside_the_checkout};
pub use report::Table;
pub use violation::{Check, Side, Violation};

/// What the checks found.
#[derive(Debug)]
pub struct Outcome {
    pub tables: Vec<Table>,
    /// What was skipped, and why.
    pub notes: Vec<String>,
    /// Exceptions that nothing needs any more. They count as violations: one that stays would hide what comes later.
    pub idle: Vec<String>,
}

impl Outcome {
    /// All violations that no exception allows, and exceptions that allow nothing.
    pub fn violations(&self) -> usize {
        self.tables.iter().map(Table::violations).sum::<usize>() + self.idle.len()
    }
}

/// Makes every check whose files are there.
///
/// # Errors
/// The sandbox cannot start, or a contract file cannot be read.
pub async fn check(places: &Places) -> Result<Outcome, Failure> {
    let mut exceptions = Exceptions::parse(LISTED).map_err(|error| Failure::new(error.to_string()))?;
    let mut notes = Vec::new();
    let mut tables = vec![
        zoom_check::check(places, &mut exceptions, &mut notes).await?,
        salesforce_check::travelled(&mut exceptions).await?,
    ];
    tables.extend(salesforce_check::replayed(places, &mut exceptions, &mut notes).await?);
    let mut idle = Vec::new();
    for (checked, made) in [
        (Check::Journey, true),
        (Check::Coverage, true),
        (Check::Openapi, places.zoom_openapi.is_some()),
        (Check::Examples, places.zoom_examples.is_some()),
        (Check::Recorded, places.salesforce_recorded.is_some()),
    ] {
        if made {
            idle.extend(exceptions.idle(checked).map(ToString::to_string));
        }
    }
    Ok(Outcome { tables, notes, idle })
}
