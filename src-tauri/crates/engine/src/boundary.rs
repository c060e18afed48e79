//! The border to whoever calls commands: the window, or a scenario.

use futures::future::BoxFuture;
use tracing::Instrument;

use crate::error::CommandError;
use crate::failure::Error;
use crate::terms::request_id;

/// Does a command's work in a span of its own, with one id that also stands on the lines of its requests. An error
/// goes to the log with all its causes, and to the caller in the window's terms.
///
/// The work is in a box: what waits for it is compiled for each command, more than once, and would have the whole of the
/// work in it each time.
///
/// # Errors
/// What the work was refused.
pub fn answer<'a, T: Send + 'a>(
    command: &'a str,
    work: impl Future<Output = Result<T, Error>> + Send + 'a,
) -> BoxFuture<'a, Result<T, CommandError>> {
    Box::pin(answered(command, Box::pin(work)))
}

async fn answered<T>(command: &str, work: BoxFuture<'_, Result<T, Error>>) -> Result<T, CommandError> {
    let span = tracing::info_span!("command", name = command, request = request_id());
    let work = async {
        work.await.map_err(|error| {
            error.log();
            CommandError::from(error)
        })
    };
    work.instrument(span).await
}
