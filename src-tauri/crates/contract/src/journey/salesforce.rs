//! A rep's day with Salesforce.

mod bulk;
mod many;
mod org;
mod queries;
mod records;

use std::fmt::Display;

use liaison_salesforce::{FieldName, ObjectName, Record, Salesforce, api_config};
use liaison_transport::Url;
use serde_json::Value;

use super::{Journey, client};
use crate::failure::Failure;
use crate::relay::Relay;
use crate::violation::Violation;

/// Makes every call of the client through `relay`; what went wrong.
///
/// # Errors
/// The client cannot be set up.
pub async fn travel(relay: &Relay, token: &str) -> Result<Vec<Violation>, Failure> {
    let base = Url::parse(relay.base()).map_err(broken)?;
    let salesforce = Salesforce::new(client(api_config(base, "Liaison-Contract", true), token, relay.seen())?);
    let mut journey = Journey::default();
    org::travel(&mut journey, &salesforce).await?;
    records::travel(&mut journey, &salesforce).await?;
    many::travel(&mut journey, &salesforce).await?;
    queries::travel(&mut journey, &salesforce).await?;
    bulk::travel(&mut journey, &salesforce).await?;
    Ok(journey.violations())
}

fn object(name: &str) -> Result<ObjectName, Failure> {
    ObjectName::new(name).map_err(broken)
}

fn field(name: &str) -> Result<FieldName, Failure> {
    FieldName::new(name).map_err(broken)
}

fn record<const N: usize>(fields: [(&str, Value); N]) -> Result<Record, Failure> {
    fields.into_iter().try_fold(Record::new(), |record, (name, value)| record.set(name, value)).map_err(broken)
}

/// The journey itself is wrong, not what it looks at.
fn broken(error: impl Display) -> Failure {
    Failure::new(format!("the journey cannot be made: {error}"))
}
