//! The embedded sandbox behind "Explore with demo data".

use std::ffi::OsString;

use liaison_engine::{BoxFuture, DemoError, DemoServices, Endpoints, RunningDemo, RunningServices, Trouble};
use liaison_sandbox::{Sandbox, SandboxConfig};

/// Starts Zoom and Salesforce on loopback, inside this process.
pub struct EmbeddedSandbox {
    /// Where to write the address of the sandbox's controls, for tests that drive the program. A program that was
    /// built for release has no controls.
    control_file: Option<OsString>,
}

impl EmbeddedSandbox {
    pub fn new(control_file: Option<OsString>) -> Self {
        Self { control_file }
    }
}

impl DemoServices for EmbeddedSandbox {
    fn start(&self, zone: String) -> BoxFuture<'_, Result<RunningDemo, DemoError>> {
        Box::pin(async move {
            let config = SandboxConfig { auto_consent: true, zone: Some(zone), ..SandboxConfig::default() };
            let sandbox = Sandbox::start(config).await.map_err(|error| DemoError(error.to_string()))?;
            let info = sandbox.info(false);
            let endpoints = crate::sandbox_info::endpoints(&info).map_err(DemoError)?;
            if let (Some(path), Some(address)) = (&self.control_file, info["control"].as_str())
                && let Err(error) = std::fs::write(path, address)
            {
                tracing::warn!(%error, "the address of the sandbox's controls could not be written");
            }
            Ok(RunningDemo { endpoints: Endpoints { demo: true, ..endpoints }, services: Box::new(Running(sandbox)) })
        })
    }
}

/// The narrow door from the demo's own menu to the sandbox: one trouble at a time, or none.
struct Running(Sandbox);

impl RunningServices for Running {
    fn simulate(&self, trouble: Option<Trouble>) -> Result<(), DemoError> {
        self.0.simulate(trouble.map(shown)).map_err(|error| DemoError(error.to_string()))
    }
}

fn shown(trouble: Trouble) -> liaison_sandbox::Trouble {
    match trouble {
        Trouble::Offline => liaison_sandbox::Trouble::Offline,
        Trouble::Slow => liaison_sandbox::Trouble::Slow,
        Trouble::RateLimit => liaison_sandbox::Trouble::RateLimit,
        Trouble::SignInLost => liaison_sandbox::Trouble::SignInLost,
        Trouble::ServerError => liaison_sandbox::Trouble::ServerError,
        Trouble::LostAnswer => liaison_sandbox::Trouble::LostAnswer,
        Trouble::ClockJump => liaison_sandbox::Trouble::ClockJump,
    }
}
