//! Waiting for something to become true, with an end.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use xtask::failure::{Failure, Outcome};

/// How long a step of a journey may take before it counts as not happening. Generous: the machine may be busy.
pub const LIMIT: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(40);
/// How often it is asked when the moment of the answer is what is wanted.
const CLOSELY: Duration = Duration::from_millis(1);

/// Asks until there is an answer.
///
/// # Errors
/// After [`LIMIT`], with what was waited for and the last thing that `ask` said instead of an answer.
pub async fn until<T>(what: &str, ask: impl AsyncFnMut() -> Outcome<T>) -> Outcome<T> {
    until_within(LIMIT, what, ask).await
}

/// The same with another limit.
///
/// # Errors
/// After `limit`.
pub async fn until_within<T>(limit: Duration, what: &str, ask: impl AsyncFnMut() -> Outcome<T>) -> Outcome<T> {
    asked_every(PAUSE, limit, what, ask).await
}

/// As [`until`], asked so often that the moment of the answer can be measured.
///
/// # Errors
/// After [`LIMIT`].
pub async fn closely_until<T>(what: &str, ask: impl AsyncFnMut() -> Outcome<T>) -> Outcome<T> {
    asked_every(CLOSELY, LIMIT, what, ask).await
}

async fn asked_every<T>(
    pause: Duration,
    limit: Duration,
    what: &str,
    mut ask: impl AsyncFnMut() -> Outcome<T>,
) -> Outcome<T> {
    let end = Instant::now() + limit;
    loop {
        match ask().await {
            Ok(answer) => return Ok(answer),
            Err(failure) if Instant::now() >= end => {
                return Err(Failure::new(format!("waited {limit:?} for {what}: {failure}")));
            }
            Err(_) => sleep(pause).await,
        }
    }
}
