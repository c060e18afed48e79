//! The handle to the app's process: orders, an orderly end, and one with SIGKILL.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use crate::app::{Beginning, Order, Told};

/// The word on the command line with which this program is the app's side.
pub const APP: &str = "app";
/// After it: timers jump while nothing happens.
pub const HURRIED: &str = "--hurried";
/// How long an order may take. It bounds a run that hangs, and nothing depends on it otherwise: a computer that is busy
/// with other things may give this process a hundredth of its time.
const PATIENCE: Duration = Duration::from_mins(15);

/// Why the app's process gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    #[error("the app's process could not be started or spoken to: {0}")]
    Io(#[from] std::io::Error),
    #[error("the app's process answers something else: {0}")]
    Answer(#[from] serde_json::Error),
    #[error("the app's process has ended by itself; run it with RUST_LOG=info to see why")]
    Gone,
    #[error("the app did not answer within {PATIENCE:?}")]
    Silent,
}

/// A running app.
pub(crate) struct Instance {
    child: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Instance {
    /// Starts `program` as the app's side.
    pub async fn start(program: &Path, beginning: &Beginning) -> Result<Self, InstanceError> {
        Self::begun(Command::new(program).arg(APP), beginning).await
    }

    /// The same, and its timers jump while nothing happens.
    pub async fn start_hurried(program: &Path, beginning: &Beginning) -> Result<Self, InstanceError> {
        Self::begun(Command::new(program).args([APP, HURRIED]), beginning).await
    }

    async fn begun(command: &mut Command, beginning: &Beginning) -> Result<Self, InstanceError> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let (Some(orders), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(InstanceError::Gone);
        };
        let mut instance = Self { child, orders, answers: BufReader::new(output).lines() };
        instance.write(&serde_json::to_vec(beginning)?).await?;
        Ok(instance)
    }

    /// Gives an order and waits for what became of it.
    pub async fn order(&mut self, order: &Order) -> Result<Told, InstanceError> {
        self.begin(order).await?;
        self.end().await
    }

    /// Gives an order whose answer [`Instance::end`] waits for.
    pub async fn begin(&mut self, order: &Order) -> Result<(), InstanceError> {
        self.write(&serde_json::to_vec(order)?).await
    }

    /// The answer to the order that was begun.
    pub async fn end(&mut self) -> Result<Told, InstanceError> {
        let line = timeout(PATIENCE, self.answers.next_line()).await.map_err(|_| InstanceError::Silent)??;
        Ok(serde_json::from_str(&line.ok_or(InstanceError::Gone)?)?)
    }

    async fn write(&mut self, line: &[u8]) -> Result<(), InstanceError> {
        self.orders.write_all(line).await?;
        self.orders.write_all(b"\n").await?;
        Ok(self.orders.flush().await?)
    }

    /// Ends the app as quitting it does.
    pub async fn quit(mut self) -> Result<(), InstanceError> {
        drop(self.orders);
        timeout(PATIENCE, self.child.wait()).await.map_err(|_| InstanceError::Silent)??;
        Ok(())
    }

    /// SIGKILL: nothing is written, told or closed any more.
    pub async fn kill(mut self) -> Result<(), InstanceError> {
        Ok(self.child.kill().await?)
    }
}
