//! A rep's day with Zoom.

mod meetings;
mod past;
mod phone;
mod rare;
mod registration;
mod users;
mod webinars;

use liaison_transport::Url;
use liaison_zoom::{Zoom, api_config};

use super::{Journey, client};
use crate::failure::Failure;
use crate::relay::Relay;
use crate::violation::Violation;

/// Makes every call of the client through `relay`; what went wrong.
///
/// # Errors
/// The client cannot be set up.
pub async fn travel(relay: &Relay, token: &str) -> Result<Vec<Violation>, Failure> {
    let base = Url::parse(&format!("{}/v2", relay.base())).map_err(|error| Failure::new(error.to_string()))?;
    let zoom = Zoom::new(client(api_config(base, "Liaison-Contract", true), token, relay.seen())?);
    let mut journey = Journey::default();
    users::travel(&mut journey, &zoom).await;
    meetings::travel(&mut journey, &zoom).await;
    past::travel(&mut journey, &zoom).await;
    webinars::travel(&mut journey, &zoom).await;
    phone::travel(&mut journey, &zoom).await;
    rare::travel(&mut journey, relay, token).await;
    Ok(journey.violations())
}
