//! The border to whoever calls commands: the window, or a scenario.

use tracing::Instrument;

use crate::error::CommandError;
use crate::failure::Error;
use crate::terms::request_id;

/// Does a command's work in a span of its own, with one id that also stands on the lines of its requests. An error
/// goes to the log with all its causes, and to the caller in the window's terms.
///
/// # Errors
/// What the work was refused.
pub async fn answer<T>(command: &str, work: impl Future<Output = Result<T, Error>>) -> Result<T, CommandError> {
    let span = tracing::info_span!("command", name = command, request = request_id());
    let work = async {
        work.await.map_err(|error| {
            error.log();
            CommandError::from(error)
        })
    };
    work.instrument(span).await
}
