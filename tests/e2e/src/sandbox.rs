//! The stand-alone sandbox as a process of its own, and the controls of any sandbox.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStdin, Stdio};

use serde_json::{Value, json};
use xtask::failure::{Failure, Outcome, Tried};
use xtask::process::{Process, tethered};

use crate::patience::until;
use crate::stage::program_from;

/// Runs until it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    description: String,
    ports: [u16; 2],
    // The sandbox serves for as long as its standard input is open.
    _input: Option<ChildStdin>,
    _process: Process,
}

impl Sandbox {
    /// Starts it on free ports, with consent pages that wait for a click.
    ///
    /// # Errors
    /// In words.
    pub fn start(folder: &Path) -> Outcome<Self> {
        Self::start_on([0, 0], folder)
    }

    /// The same, with an org that is set up as the sandbox's `--profile` says.
    ///
    /// # Errors
    /// In words.
    pub fn start_as(profile: &str, folder: &Path) -> Outcome<Self> {
        Self::run([0, 0], &["--profile", profile], folder)
    }

    /// The same, with options of its own command line, such as those of a smaller world.
    ///
    /// # Errors
    /// In words.
    pub fn start_with(options: &[&str], folder: &Path) -> Outcome<Self> {
        Self::run([0, 0], options, folder)
    }

    /// Starts it on the ports that another one had, with the same world.
    ///
    /// # Errors
    /// In words.
    pub fn start_on(ports: [u16; 2], folder: &Path) -> Outcome<Self> {
        Self::run(ports, &[], folder)
    }

    fn run(ports: [u16; 2], more: &[&str], folder: &Path) -> Outcome<Self> {
        let program = program_from("LIAISON_E2E_SANDBOX")?;
        let log = File::options().create(true).append(true).open(folder.join("sandbox.log"));
        let mut command = tethered(program);
        command.args(["--zoom-port", &ports[0].to_string(), "--salesforce-port", &ports[1].to_string()]);
        command.args(more);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log.tried(|| "no log file".to_owned())?);
        let mut process = Process::start("the sandbox", &mut command)?;
        let input = process.child().stdin.take();
        let mut description = String::new();
        if let Some(output) = process.child().stdout.take() {
            BufReader::new(output).read_line(&mut description).tried(|| "the sandbox says nothing".to_owned())?;
        }
        let parsed: Value = serde_json::from_str(&description)
            .tried(|| format!("the sandbox's first line is not JSON: {description:?}"))?;
        let ports = [port(&parsed, "/zoom/oauth")?, port(&parsed, "/salesforce/login")?];
        Ok(Self { description, ports, _input: input, _process: process })
    }

    /// The line of JSON that it printed.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The id of the app at `zoom` or `salesforce`.
    ///
    /// # Errors
    /// When its line does not name it.
    pub fn client_id(&self, provider: &str) -> Outcome<String> {
        let parsed: Value = serde_json::from_str(&self.description).tried(|| "not JSON".to_owned())?;
        let id = parsed.pointer(&format!("/{provider}/client_id")).and_then(Value::as_str).map(str::to_owned);
        id.ok_or_else(|| Failure::new(format!("the sandbox names no client id of {provider}")))
    }

    /// Where Zoom and Salesforce listen.
    pub fn ports(&self) -> [u16; 2] {
        self.ports
    }

    /// Its controls.
    ///
    /// # Errors
    /// When its line does not name them.
    pub fn control(&self) -> Outcome<Control> {
        let parsed: Value = serde_json::from_str(&self.description).tried(|| "not JSON".to_owned())?;
        let address = parsed.get("control").and_then(Value::as_str);
        address.map(Control::at).ok_or_else(|| Failure::new("the sandbox has no controls"))
    }
}

fn port(description: &Value, pointer: &str) -> Outcome<u16> {
    description
        .pointer(pointer)
        .and_then(Value::as_str)
        .and_then(|address| address.rsplit(':').next()?.trim_end_matches('/').parse().ok())
        .ok_or_else(|| Failure::new(format!("the sandbox names no port at {pointer}")))
}

/// The controls of a sandbox: its journal of effects, its faults, its tokens.
#[derive(Debug, Clone)]
pub struct Control {
    address: String,
    client: reqwest::Client,
}

/// One change of what a service holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    pub service: String,
    /// For example `meeting.created` or `Event.created`.
    pub kind: String,
    pub id: String,
    pub detail: Value,
}

impl Control {
    pub(crate) fn at(address: &str) -> Self {
        Self { address: address.trim_end_matches('/').to_owned(), client: reqwest::Client::new() }
    }

    /// The effects of one kind, oldest first.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub async fn effects(&self, kind: &str) -> Outcome<Vec<Effect>> {
        let text = self.send(reqwest::Method::GET, "/journal", None).await?;
        let journal: Value = serde_json::from_str(&text).tried(|| "the journal is not JSON".to_owned())?;
        let effects = journal.get("effects").and_then(Value::as_array).cloned().unwrap_or_default();
        let word = |effect: &Value, name: &str| effect.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(effects
            .iter()
            .map(|effect| Effect {
                service: word(effect, "service"),
                kind: word(effect, "kind"),
                id: word(effect, "id"),
                detail: effect.get("detail").cloned().unwrap_or_default(),
            })
            .filter(|effect| effect.kind == kind)
            .collect())
    }

    /// Waits for an effect of one kind that was not there when `known` of them were.
    ///
    /// # Errors
    /// When none comes.
    pub async fn effect_after(&self, kind: &str, known: usize) -> Outcome<Effect> {
        until(&format!("the sandbox to have {kind}"), async || {
            let effects = self.effects(kind).await?;
            effects.get(known).cloned().ok_or_else(|| Failure::new(format!("there are {}", effects.len())))
        })
        .await
    }

    /// Adds fault rules.
    ///
    /// # Errors
    /// When the sandbox refuses them.
    pub async fn add_faults(&self, rules: &Value) -> Outcome {
        self.send(reqwest::Method::POST, "/faults", Some(rules)).await.map(drop)
    }

    /// How many requests the fault rules were applied to, all of them together.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub async fn faults_applied(&self) -> Outcome<u64> {
        let text = self.send(reqwest::Method::GET, "/faults", None).await?;
        let listed: Value = serde_json::from_str(&text).tried(|| "the faults are not JSON".to_owned())?;
        let rules = listed.get("faults").and_then(Value::as_array).cloned().unwrap_or_default();
        Ok(rules.iter().filter_map(|rule| rule.get("applied")?.as_u64()).sum())
    }

    /// Takes all fault rules back.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub async fn clear_faults(&self) -> Outcome {
        self.send(reqwest::Method::DELETE, "/faults", None).await.map(drop)
    }

    /// Somebody changes a meeting in Zoom's own pages.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub async fn edit_meeting(&self, id: &str, change: &Value) -> Outcome {
        self.send(reqwest::Method::PATCH, &format!("/zoom/meetings/{id}"), Some(change)).await.map(drop)
    }

    /// Somebody changes a record in Salesforce's own pages.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub async fn edit_record(&self, id: &str, fields: &Value) -> Outcome {
        let change = json!({ "id": id, "fields": fields });
        self.send(reqwest::Method::PATCH, "/salesforce/records", Some(&change)).await.map(drop)
    }

    /// Works one of the sandbox's switches.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub async fn switch(&self, path: &str, body: &Value) -> Outcome {
        self.send(reqwest::Method::POST, path, Some(body)).await.map(drop)
    }

    /// Makes both services reset every connection, as if the network were gone.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub async fn cut_network(&self) -> Outcome {
        self.add_faults(&json!([{ "before": { "kind": "reset" } }])).await
    }

    async fn send(&self, method: reqwest::Method, path: &str, body: Option<&Value>) -> Outcome<String> {
        let what = || format!("the sandbox's {path}");
        let mut request = self.client.request(method, format!("{}{path}", self.address));
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.tried(what)?;
        let status = response.status();
        let text = response.text().await.tried(what)?;
        if status.is_success() { Ok(text) } else { Err(Failure::new(format!("{} answered {status}: {text}", what()))) }
    }
}
