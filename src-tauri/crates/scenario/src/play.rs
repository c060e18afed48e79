//! Plays a scenario from beginning to end and collects what was not as expected.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use liaison_engine::view::Provider;
use serde_json::{Value, json};

use crate::app::{Order, Told};
use crate::compare::differences;
use crate::file::{Asked, Call, Doing, Expected, Scenario, Step};
use crate::kept::Kept;
use crate::script::Scripted;
use crate::stage::{Stage, StageError};

/// Another program on this computer may be signing in at this moment; it needs the ports for less than this.
const PORT_PATIENCE: Duration = Duration::from_millis(200);
const PORT_TRIES: u32 = 100;

/// One thing that was not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Such as `steps[3] (get_day)`.
    pub place: String,
    /// The path inside what was looked at, what was expected, what was found.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.what)
    }
}

/// A scenario that was played to its end.
#[derive(Debug)]
pub struct Played {
    pub failures: Vec<Failure>,
    /// What is there in the end; see [`crate::snapshot`].
    pub snapshot: Value,
    pub seed: u64,
}

/// What a run means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    AsExpected,
    Failed,
    /// Fails, and is known to.
    Pending,
    /// Was known to fail and does not any more: the reason has to go.
    NoLongerPending,
}

impl Verdict {
    pub fn is_well(self) -> bool {
        matches!(self, Self::AsExpected | Self::Pending)
    }

    /// The verdict in words, with every failure in a line of its own.
    pub fn sentence(self, scenario: &Scenario, failures: &[Failure]) -> String {
        let pending = scenario.pending.as_deref().unwrap_or_default();
        let mut text = match self {
            Self::AsExpected => format!("as expected: {}", scenario.title),
            Self::Failed => format!("FAILED: {}", scenario.title),
            Self::Pending => format!("PENDING ({pending}): {}", scenario.title),
            Self::NoLongerPending => {
                format!(
                    "FAILED: {}\n  it is as expected now: take `pending` out of the file ({pending})",
                    scenario.title
                )
            }
        };
        for failure in failures {
            text.push_str("\n  ");
            text.push_str(&failure.to_string());
        }
        text
    }
}

impl Played {
    pub fn verdict(&self, scenario: &Scenario) -> Verdict {
        match (self.failures.is_empty(), scenario.pending.is_some()) {
            (true, false) => Verdict::AsExpected,
            (false, false) => Verdict::Failed,
            (false, true) => Verdict::Pending,
            (true, true) => Verdict::NoLongerPending,
        }
    }
}

/// Plays a scenario. `program` is this crate's binary, which is the app's side too; `seed` stands before the file's.
///
/// # Errors
/// The run could not go on: the file asks for something impossible, or the app's process ended by itself.
pub async fn play(scenario: &Scenario, program: &Path, seed: Option<u64>) -> Result<Played, StageError> {
    let seed = seed.unwrap_or(scenario.seed);
    let mut player = Player {
        stage: Stage::set(scenario, program, seed).await?,
        signed_in: scenario.signed_in.clone(),
        kept: Kept::default(),
        failures: Vec::new(),
    };
    player.stage.start().await?;
    player.perform("before", &scenario.before).await?;
    player.stage.begin();
    player.sign_in(scenario).await?;
    player.perform("steps", &scenario.steps).await?;
    let snapshot = player.stage.snapshot().await?;
    player.compare("expect", &scenario.expect, &snapshot)?;
    player.stage.end().await?;
    Ok(Played { failures: player.failures, snapshot, seed })
}

struct Player {
    stage: Stage,
    /// The accounts that a scenario begins with.
    signed_in: Vec<Provider>,
    kept: Kept,
    failures: Vec<Failure>,
}

impl Player {
    async fn sign_in(&mut self, scenario: &Scenario) -> Result<(), StageError> {
        self.connect_all().await?;
        if let Some(language) = &scenario.language {
            let state = self.done("get_app_state", json!({})).await?;
            let mut settings = state.get("settings").cloned().unwrap_or_default();
            settings["language"] = serde_json::to_value(language).unwrap_or_default();
            self.done("update_settings", json!({ "settings": settings })).await?;
        }
        self.stage.settle().await
    }

    async fn connect_all(&mut self) -> Result<(), StageError> {
        for provider in self.signed_in.clone() {
            let told = self.connect(json!({ "provider": provider_name(provider) })).await?;
            if told != Told::Done(Value::Null) {
                self.fail("signed_in", format!("{provider:?} could not be signed in: {}", words(&told)));
            }
        }
        Ok(())
    }

    /// On another computer, or one that was emptied. Zoom has one sign-in for a user and an app: the one elsewhere ends.
    async fn sign_in_again(&mut self) -> Result<(), StageError> {
        self.connect_all().await?;
        self.stage.settle().await
    }

    async fn perform(&mut self, list: &str, steps: &[Step]) -> Result<(), StageError> {
        for (index, step) in steps.iter().enumerate() {
            let place = format!("{list}[{index}]");
            let located = |error| match error {
                StageError::Scenario(reason) => StageError::Scenario(format!("{place}: {reason}")),
                other => other,
            };
            self.step(&place, step).await.map_err(located)?;
        }
        Ok(())
    }

    async fn step(&mut self, place: &str, step: &Step) -> Result<(), StageError> {
        match step {
            Step::Command(call) => return self.command(place, call).await,
            Step::Sync => {
                self.done("sync_now", json!({})).await?;
            }
            Step::Advance(by) => self.stage.advance(by.0).await?,
            Step::Pass(pass) => {
                let mut left = pass.time.0;
                while !left.is_zero() {
                    let by = pass.every.0.min(left);
                    self.stage.advance(by).await?;
                    self.stage.settle().await?;
                    left -= by;
                }
                return Ok(());
            }
            Step::Restart => self.stage.restart().await?,
            Step::Kill => self.stage.kill().await?,
            Step::KillDuring(at) => {
                let order = match &at.doing {
                    Doing::Command(call) => self.order_of(call)?,
                    Doing::Sync => Order::Command { name: "sync_now".to_owned(), arguments: json!({}) },
                    Doing::Advance(_) => Order::Settle,
                };
                self.stage.kill_during(at, &order).await?;
            }
            Step::Computer(name) => {
                self.stage.move_to(name).await?;
                self.sign_in_again().await?;
            }
            Step::Wipe => {
                self.stage.wipe().await?;
                self.sign_in_again().await?;
            }
            Step::Offline => self.stage.set_online(false).await?,
            Step::Online => self.stage.set_online(true).await?,
            Step::Zone(zone) => {
                self.stage.order(&Order::Zone(*zone)).await?;
            }
            Step::Answers(script) => self.stage.script(&self.script_of(script)?)?,
            Step::OwnAnswers => self.stage.own_answers(),
            Step::Zoom(asked) => {
                let body = self.body_of(asked)?;
                let answer = self.stage.ask_zoom(&self.asked(asked)?, body.as_ref()).await?;
                self.answered(place, asked, answer)?;
            }
            Step::Salesforce(asked) => {
                let body = self.body_of(asked)?;
                let path = self.path_of(asked)?;
                let answer = self.stage.ask_salesforce(&asked.method, &path, body.as_ref())?;
                self.answered(place, asked, answer)?;
            }
            Step::Sandbox(asked) => {
                let body = self.body_of(asked)?;
                let path = self.path_of(asked)?;
                let answer = self.stage.ask_sandbox(&asked.method, &path, body.as_ref()).await?;
                self.answered(place, asked, answer)?;
            }
            Step::Expect(expected) => {
                let snapshot = self.stage.snapshot().await?;
                return self.compare(place, expected, &snapshot);
            }
        }
        self.stage.settle().await
    }

    /// What the app does by itself because of a command is done when the next step begins.
    async fn command(&mut self, place: &str, call: &Call) -> Result<(), StageError> {
        let place = format!("{place} ({})", call.name.0);
        let Order::Command { name, arguments } = self.order_of(call)? else { return Ok(()) };
        let told = match name.as_str() {
            "connect_account" => self.connect(arguments).await?,
            _ => self.stage.order(&Order::Command { name, arguments }).await?,
        };
        match (told, &call.refuses) {
            (Told::Wrong(reason), _) => return Err(StageError::Scenario(reason)),
            (Told::Refused(found), Some(expected)) => self.check(&place, "refusal", expected, &found)?,
            (Told::Done(answer), Some(expected)) => {
                self.fail(&place, format!("expected to be refused with {expected}, answered {answer}"));
            }
            (Told::Refused(found), None) => self.fail(&place, format!("refused with {found}")),
            (Told::Done(answer), None) => {
                if let Some(expected) = &call.answers {
                    self.check(&place, "answer", expected, &answer)?;
                }
                if let Some(name) = &call.keep {
                    self.kept.keep(name, answer);
                }
            }
        }
        self.stage.settle().await
    }

    fn order_of(&self, call: &Call) -> Result<Order, StageError> {
        let arguments = self.kept.filled(&call.arguments).map_err(StageError::Scenario)?;
        Ok(Order::Command { name: call.name.0.clone(), arguments })
    }

    /// Signs in; the ports for the way back from the browser may be taken by another run for a moment.
    async fn connect(&mut self, arguments: Value) -> Result<Told, StageError> {
        let order = Order::Command { name: "connect_account".to_owned(), arguments };
        for _ in 0..PORT_TRIES {
            match self.stage.order(&order).await? {
                Told::Refused(refusal) if refusal.get("reason") == Some(&json!("portsBusy")) => {
                    tokio::time::sleep(PORT_PATIENCE).await;
                }
                told => return Ok(told),
            }
        }
        self.stage.order(&order).await
    }

    /// A command that this crate needs and that has to be done.
    async fn done(&mut self, name: &str, arguments: Value) -> Result<Value, StageError> {
        let order = Order::Command { name: name.to_owned(), arguments };
        match self.stage.order(&order).await? {
            Told::Done(answer) => Ok(answer),
            told => Err(StageError::Scenario(format!("`{name}`: {}", words(&told)))),
        }
    }

    fn asked(&self, asked: &Asked) -> Result<Asked, StageError> {
        Ok(Asked { path: self.path_of(asked)?, ..asked.clone() })
    }

    fn path_of(&self, asked: &Asked) -> Result<String, StageError> {
        self.kept.written(&asked.path).map_err(StageError::Scenario)
    }

    fn script_of(&self, script: &[Scripted]) -> Result<Vec<Scripted>, StageError> {
        let written = |scripted: &Scripted| {
            let path = self.kept.written(&scripted.path).map_err(StageError::Scenario)?;
            Ok(Scripted { path, ..scripted.clone() })
        };
        script.iter().map(written).collect()
    }

    fn body_of(&self, asked: &Asked) -> Result<Option<Value>, StageError> {
        asked.body.as_ref().map(|body| self.kept.filled(body).map_err(StageError::Scenario)).transpose()
    }

    fn answered(&mut self, place: &str, asked: &Asked, answer: Value) -> Result<(), StageError> {
        if let Some(expected) = &asked.answers {
            self.check(place, "answer", expected, &answer)?;
        }
        if let Some(name) = &asked.keep {
            self.kept.keep(name, answer);
        }
        Ok(())
    }

    fn compare(&mut self, place: &str, expected: &Expected, snapshot: &Value) -> Result<(), StageError> {
        for (name, part) in expected.parts() {
            let found = snapshot.get(name).cloned().unwrap_or_default();
            self.check(place, name, part, &found)?;
        }
        Ok(())
    }

    fn check(&mut self, place: &str, name: &str, expected: &Value, found: &Value) -> Result<(), StageError> {
        let expected = self.kept.filled(expected).map_err(StageError::Scenario)?;
        for difference in differences(name, &expected, Some(found)) {
            self.fail(place, difference.to_string());
        }
        Ok(())
    }

    fn fail(&mut self, place: &str, what: String) {
        self.failures.push(Failure { place: place.to_owned(), what });
    }
}

fn words(told: &Told) -> String {
    match told {
        Told::Done(answer) => format!("answered {answer}"),
        Told::Refused(refusal) => format!("refused with {refusal}"),
        Told::Wrong(reason) => reason.clone(),
    }
}

fn provider_name(provider: Provider) -> Value {
    serde_json::to_value(provider).unwrap_or_default()
}
