//! What happens in a scenario.

use liaison_sandbox::Service;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use super::Expected;
use crate::commands;
use crate::duration::Span;
use crate::script::{Scripted, When};
use crate::zone::Zone;

/// One thing that happens.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A command of the window.
    Command(Box<Call>),
    /// The user asks for what is new, and it has come.
    Sync,
    /// Time passes: the clocks jump, and what is due then is done.
    Advance(Span),
    /// Time passes as on a computer that is on: the clocks jump again and again.
    Pass(Pass),
    /// The app is quit and started again.
    Restart,
    /// The app's process is killed and started again.
    Kill,
    /// The app's process is killed in the middle of something.
    KillDuring(Box<KillDuring>),
    /// The user works on the computer with this name from now on; the scenario begins on `first`. On one that was never
    /// used the app begins from nothing. Whoever was signed in is so there, too.
    Computer(String),
    /// Everything that the app has kept on this computer is gone. Whoever was signed in signs in again.
    Wipe,
    Offline,
    Online,
    /// The computer is in another zone.
    Zone(Zone),
    /// From now on services answer this; what is given later comes after what was given before.
    Answers(Vec<Scripted>),
    /// Services answer by themselves again.
    OwnAnswers,
    /// The user, or a colleague, does something in Zoom's own pages.
    Zoom(Asked),
    /// The user does something in Salesforce's own pages.
    Salesforce(Asked),
    /// A switch of the sandbox.
    Sandbox(Asked),
    /// What is there at this moment.
    Expect(Box<Expected>),
}

/// Time that passes with the app at work.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// How much in all.
    pub time: Span,
    /// How much at once.
    pub every: Span,
}

/// A command, and what it should answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub name: CommandName,
    #[serde(default)]
    pub arguments: Value,
    /// What is expected of the answer. A command without `refuses` has to be done.
    #[serde(default)]
    pub answers: Option<Value>,
    /// What is expected of the refusal.
    #[serde(default)]
    pub refuses: Option<Value>,
    /// The name under which the answer is kept for later steps.
    #[serde(default)]
    pub keep: Option<String>,
}

/// The name of a command that there is.
#[derive(Debug, Clone)]
pub struct CommandName(pub String);

impl<'de> Deserialize<'de> for CommandName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if commands::NAMES.contains(&name.as_str()) {
            return Ok(Self(name));
        }
        let all = commands::NAMES.join(", ");
        Err(de::Error::custom(format!("there is no command `{name}`; there are {all}")))
    }
}

/// A request to a service, or to the sandbox's controls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub method: String,
    /// Behind `/v2` of Zoom, behind `/services/data/vNN.0` of Salesforce, the whole path of the sandbox's controls.
    pub path: String,
    #[serde(default)]
    pub body: Option<Value>,
    #[serde(default)]
    pub answers: Option<Value>,
    #[serde(default)]
    pub keep: Option<String>,
}

/// Where the process is killed: the request of the app that meets it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KillDuring {
    pub service: Service,
    pub method: String,
    pub path: String,
    /// Before or after the service has done what it was asked for.
    #[serde(default)]
    pub when: When,
    /// What is under way.
    pub doing: Doing,
}

/// What the app may be killed in the middle of.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    Command(Box<Call>),
    Sync,
    Advance(Span),
}
