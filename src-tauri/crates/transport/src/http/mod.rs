//! API calls: what is sent, what came back, and the client between the two.

mod address_of;
mod client;
mod config;
mod exchange;
mod limits;
mod request;
mod response;
mod retry;
mod retry_after;
mod wire;

pub use client::{ApiClient, TokenSource};
pub use config::{ApiConfig, RetryPolicy, Timeouts};
pub use exchange::{Exchange, Observer};
pub use request::{ApiRequest, RateClass, RequestBody};
pub use response::ApiResponse;
pub(crate) use response::media_type;
pub use retry_after::{LONGEST_WAIT, next_utc_midnight, retry_after};
pub(crate) use wire::{Answer, Wire, WireConfig};
