//! The sandbox with what a scenario puts into it, and the app in front of it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use liaison_sandbox::{
    AfterEffect, BeforeEffect, FaultRule, RowError, SalesforceRows, Sandbox, SandboxConfig, WorldKind, ZoomRows,
};
use reqwest::Method;
use serde_json::Value;

use crate::app::{Beginning, Order, Told};
use crate::file::{Asked, Doing, KillDuring, Scenario};
use crate::instance::{Instance, InstanceError};
use crate::script::{Scripted, When};

/// A request that is held: longer than anything waits for it.
const HELD_MS: u64 = 600_000;
/// The computer on which a scenario begins.
const FIRST_COMPUTER: &str = "first";
/// How often it is looked whether a held request has come.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Why a run could not go on. What is not as expected is no such thing.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    #[error(transparent)]
    Instance(#[from] InstanceError),
    #[error("the sandbox can't be started: {0}")]
    Sandbox(#[from] liaison_sandbox::SandboxError),
    #[error("the app's folder can't be made: {0}")]
    Folder(#[from] std::io::Error),
    #[error("the sandbox does not answer: {0}")]
    Http(#[from] reqwest::Error),
    #[error("the sandbox does not tell where it is: {0}")]
    Info(String),
    /// The scenario asks for something that can't be.
    #[error("{0}")]
    Scenario(String),
}

/// Sandbox and app of one run.
pub struct Stage {
    pub(crate) sandbox: Sandbox,
    app: Option<Instance>,
    beginning: Beginning,
    program: PathBuf,
    http: reqwest::Client,
    /// What was in the journal before the scenario began.
    pub(crate) begun: u64,
    folder: tempfile::TempDir,
}

impl Stage {
    /// Starts the sandbox and fills it; the app is started by [`Stage::start`].
    ///
    /// # Errors
    /// The sandbox can't be started, or refuses what the scenario puts into it.
    pub async fn set(scenario: &Scenario, program: &Path, seed: u64) -> Result<Self, StageError> {
        let config = SandboxConfig {
            world: WorldKind::Empty,
            profile: scenario.salesforce.profile.0,
            seed,
            auto_consent: true,
            zone: Some(scenario.zone.0.name().to_owned()),
            now: Some(scenario.now),
            ..SandboxConfig::default()
        };
        let sandbox = Sandbox::start(config).await?;
        let info = sandbox.info(false);
        let folder = tempfile::tempdir()?;
        let beginning = Beginning {
            data_dir: folder.path().join(FIRST_COMPUTER),
            now_ms: scenario.now.timestamp_millis(),
            zone: scenario.zone,
            region: scenario.region.clone(),
            zoom_oauth: place(&info, "/zoom/oauth")?,
            zoom_api: place(&info, "/zoom/api")?,
            zoom_client_id: place(&info, "/zoom/client_id")?,
            salesforce_login: place(&info, "/salesforce/login")?,
            salesforce_client_id: place(&info, "/salesforce/client_id")?,
        };
        std::fs::create_dir_all(&beginning.data_dir)?;
        let stage = Self {
            sandbox,
            app: None,
            beginning,
            program: program.to_owned(),
            http: reqwest::Client::new(),
            begun: 0,
            folder,
        };
        stage.fill(scenario)?;
        Ok(stage)
    }

    fn fill(&self, scenario: &Scenario) -> Result<(), StageError> {
        if let Some(scopes) = &scenario.zoom.scopes {
            self.sandbox.zoom().set_app_scopes(scopes);
        }
        let holds = scenario.zoom.clone();
        let rows = ZoomRows {
            user: holds.user,
            settings: holds.settings,
            meetings: holds.meetings,
            invitations: holds.invitations,
            webinars: holds.webinars,
            calls: holds.calls,
            next_meeting_ids: holds.next_meeting_ids,
        };
        let wrong = |service, error: RowError| StageError::Scenario(format!("{service}.{error}"));
        self.sandbox.load_zoom(&rows).map_err(|error| wrong("zoom", error))?;
        let records = SalesforceRows(scenario.salesforce.records.clone());
        self.sandbox.load_salesforce(&records).map_err(|error| wrong("salesforce.records", error))?;
        self.script(&scenario.answers)
    }

    /// Starts the app, on the folder of the run before if there was one.
    ///
    /// # Errors
    /// The process can't be started.
    pub async fn start(&mut self) -> Result<(), StageError> {
        self.beginning.now_ms = self.sandbox.shared().clock.now().timestamp_millis();
        self.app = Some(Instance::start(&self.program, &self.beginning).await?);
        Ok(())
    }

    /// Gives the app an order.
    ///
    /// # Errors
    /// The process is gone.
    pub async fn order(&mut self, order: &Order) -> Result<Told, StageError> {
        Ok(self.app()?.order(order).await?)
    }

    /// Waits until the app has nothing left to do before the clock moves on.
    ///
    /// # Errors
    /// The process is gone.
    pub async fn settle(&mut self) -> Result<(), StageError> {
        self.order(&Order::Settle).await.map(drop)
    }

    /// Moves both clocks.
    ///
    /// # Errors
    /// The process is gone.
    pub async fn advance(&mut self, by: Duration) -> Result<(), StageError> {
        let order = self.moved(by);
        self.order(&order).await.map(drop)
    }

    /// Moves the services' clock, and tells the order that moves the app's.
    fn moved(&self, by: Duration) -> Order {
        let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.sandbox.shared().clock.advance_ms(i64::try_from(ms).unwrap_or(i64::MAX));
        Order::Advance { ms }
    }

    /// Quits the app and starts it again.
    ///
    /// # Errors
    /// The process can't be ended or started.
    pub async fn restart(&mut self) -> Result<(), StageError> {
        if let Some(app) = self.app.take() {
            app.quit().await?;
        }
        self.start().await
    }

    /// Quits the app and starts it on another computer.
    ///
    /// # Errors
    /// The process can't be ended or started.
    pub async fn move_to(&mut self, computer: &str) -> Result<(), StageError> {
        if computer.is_empty() || !computer.chars().all(|letter| letter.is_ascii_alphanumeric()) {
            return Err(StageError::Scenario(format!("`{computer}` is no name of a computer: letters and digits")));
        }
        self.beginning.data_dir = self.folder.path().join(computer);
        std::fs::create_dir_all(&self.beginning.data_dir)?;
        self.restart().await
    }

    /// Quits the app, removes everything that it has kept on this computer, and starts it again.
    ///
    /// # Errors
    /// The process can't be ended or started, or its folder not removed.
    pub async fn wipe(&mut self) -> Result<(), StageError> {
        if let Some(app) = self.app.take() {
            app.quit().await?;
        }
        std::fs::remove_dir_all(&self.beginning.data_dir)?;
        std::fs::create_dir_all(&self.beginning.data_dir)?;
        self.start().await
    }

    /// Kills the app's process and starts it again.
    ///
    /// # Errors
    /// The process can't be started.
    pub async fn kill(&mut self) -> Result<(), StageError> {
        if let Some(app) = self.app.take() {
            app.kill().await?;
        }
        self.start().await
    }

    /// Kills the app's process while a request of it is held.
    ///
    /// # Errors
    /// The request never comes.
    pub async fn kill_during(&mut self, at: &KillDuring, order: &Order) -> Result<(), StageError> {
        let hold = BeforeEffect::Delay { ms: HELD_MS };
        let rule = FaultRule::on(at.service, &at.method, &at.path).times(1);
        let rule = match at.when {
            When::Before => rule.before(hold),
            When::After => rule.after(AfterEffect::Delay { ms: HELD_MS }),
        };
        let before = self.sandbox.faults().applied();
        self.sandbox.faults().add(rule).map_err(|error| StageError::Scenario(error.to_string()))?;
        let order = match (&at.doing, order) {
            (Doing::Advance(by), _) => self.moved(by.0),
            (_, order) => order.clone(),
        };
        self.app()?.begin(&order).await?;
        if !matches!(order, Order::Settle) {
            self.app()?.begin(&Order::Settle).await?;
        }
        // A request that has arrived is done to its end, whoever waits for the answer.
        let came = async {
            while self.sandbox.faults().applied() == before {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        if tokio::time::timeout(Duration::from_mins(1), came).await.is_err() {
            return Err(StageError::Scenario(format!(
                "the app never sent {} {} while it was to be killed",
                at.method, at.path
            )));
        }
        self.kill().await
    }

    /// Quits the app.
    ///
    /// # Errors
    /// It does not end.
    pub async fn end(mut self) -> Result<(), StageError> {
        if let Some(app) = self.app.take() {
            app.quit().await?;
        }
        Ok(())
    }

    /// The services can be reached, or not.
    ///
    /// # Errors
    /// A service does not come back to its port.
    pub async fn set_online(&self, online: bool) -> Result<(), StageError> {
        self.sandbox.set_reachable(online);
        if !online {
            return Ok(());
        }
        // Each listens again in a task of its own, and as soon as nobody else is at its port.
        for service in [&self.beginning.zoom_api, &self.beginning.salesforce_login] {
            let at = service.socket_addrs(|| None)?;
            let listens = async {
                while tokio::net::TcpStream::connect(&at[..]).await.is_err() {
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
            };
            if tokio::time::timeout(Duration::from_mins(1), listens).await.is_err() {
                return Err(StageError::Scenario(format!("{service} did not come back")));
            }
        }
        Ok(())
    }

    /// Adds scripted answers behind those there are.
    ///
    /// # Errors
    /// One of them is wrong; none is added then.
    pub fn script(&self, script: &[Scripted]) -> Result<(), StageError> {
        let rules: Result<Vec<_>, _> = script.iter().map(Scripted::rule).collect();
        let rules = rules.map_err(StageError::Scenario)?;
        self.sandbox.faults().add_all(rules).map_err(|error| StageError::Scenario(error.to_string()))
    }

    /// The services answer by themselves again.
    pub fn own_answers(&self) {
        self.sandbox.faults().clear();
    }

    /// Does something in Zoom's own pages.
    ///
    /// # Errors
    /// Zoom refuses.
    pub async fn ask_zoom(&self, asked: &Asked, body: Option<&Value>) -> Result<Value, StageError> {
        let answer = self.sandbox.zoom().in_person(&asked.method, &asked.path, body).await;
        answer.map_err(|(status, answer)| refused(&asked.method, &asked.path, status, &answer))
    }

    /// Does something in Salesforce's own pages; `path` begins behind the version.
    ///
    /// # Errors
    /// Salesforce refuses.
    pub fn ask_salesforce(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, StageError> {
        let answer = self.sandbox.salesforce().in_person(method, path, body);
        answer.map_err(|(status, answer)| refused(method, path, status, &answer))
    }

    /// Turns one of the sandbox's switches.
    ///
    /// # Errors
    /// There is no such switch.
    pub async fn ask_sandbox(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, StageError> {
        let verb: Method =
            method.parse().map_err(|_| StageError::Scenario(format!("`{method}` is no method of HTTP")))?;
        let mut request = self.http.request(verb, format!("{}{path}", self.sandbox.urls().control));
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let status = response.status();
        let text = response.text().await?;
        let answer = serde_json::from_str(&text).unwrap_or(Value::Null);
        if status.is_success() { Ok(answer) } else { Err(refused(method, path, status.as_u16(), &answer)) }
    }

    /// From here on what is changed counts as an effect of the scenario.
    pub fn begin(&mut self) {
        self.begun = self.sandbox.shared().journal.since(0).len() as u64;
    }

    fn app(&mut self) -> Result<&mut Instance, StageError> {
        self.app.as_mut().ok_or(StageError::Instance(InstanceError::Gone))
    }
}

fn refused(method: &str, path: &str, status: u16, answer: &Value) -> StageError {
    StageError::Scenario(format!("{method} {path} is refused with {status}: {answer}"))
}

fn place<T: std::str::FromStr>(info: &Value, pointer: &str) -> Result<T, StageError> {
    let text = info.pointer(pointer).and_then(Value::as_str);
    text.and_then(|text| text.parse().ok()).ok_or_else(|| StageError::Info(pointer.to_owned()))
}
