//! The format of a scenario, and what is told about a file that doesn't follow it. See `docs/scenarios.md`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use liaison_engine::view::{Language, Provider};
use liaison_sandbox::{Profile, Service};
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use crate::duration::Span;
use crate::script::{Scripted, When};
use crate::zone::Zone;
use crate::{commands, compare};

/// A problem, or the proof that there is none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// One sentence that says what is right.
    pub title: String,
    /// Who saw it and where: a report, a support case, a page of the services.
    pub source: String,
    /// Why the expectations are not met yet. A scenario that is pending and has no failure fails.
    #[serde(default)]
    pub pending: Option<String>,
    /// What the clocks of app and services show at the beginning. They stand, and `advance` moves them.
    pub now: DateTime<Utc>,
    /// IANA zone of the user's computer.
    #[serde(default = "amsterdam")]
    pub zone: Zone,
    /// Country of the user's computer as ISO 3166 has it.
    #[serde(default)]
    pub region: Option<String>,
    #[serde(default)]
    pub language: Option<Language>,
    #[serde(default = "one")]
    pub seed: u64,
    /// Which accounts are signed in, and pulled once, before the first step.
    #[serde(default = "both")]
    pub signed_in: Vec<Provider>,
    #[serde(default)]
    pub zoom: ZoomHolds,
    #[serde(default)]
    pub salesforce: SalesforceHolds,
    /// Answers of the services that are others than their own, from the beginning.
    #[serde(default)]
    pub answers: Vec<Scripted>,
    /// What happens before anybody signs in.
    #[serde(default)]
    pub before: Vec<Step>,
    #[serde(default)]
    pub steps: Vec<Step>,
    /// What is there in the end.
    #[serde(default)]
    pub expect: Expected,
}

/// What Zoom holds at the beginning, as rows in the form of Zoom's own answers; the sandbox checks their shape.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ZoomHolds {
    /// Scopes of the app, separated by spaces; those that Liaison asks for when absent.
    pub scopes: Option<String>,
    /// As `GET /users/me`.
    pub user: Option<Map<String, Value>>,
    /// As `GET /meetings/{meetingId}`, with `instances` and `registrants` besides.
    pub meetings: Vec<Map<String, Value>>,
    /// Meetings of other hosts, as `GET /users/me/upcoming_meetings`.
    pub invitations: Vec<Map<String, Value>>,
    /// As `GET /webinars/{webinarId}`, with `instances` and `registrants` besides.
    pub webinars: Vec<Map<String, Value>>,
    /// The `call_elements` of `GET /phone/users/me/call_history`.
    pub calls: Vec<Map<String, Value>>,
    /// The numbers that the next new meetings get.
    pub next_meeting_ids: Vec<u64>,
}

/// What Salesforce holds at the beginning.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SalesforceHolds {
    /// How the org is set up.
    #[serde(default)]
    pub profile: Org,
    /// Records by object, with their ids.
    #[serde(default)]
    pub records: BTreeMap<String, Vec<Map<String, Value>>>,
}

/// A profile of the sandbox's org, by its name.
#[derive(Debug, Clone, Copy)]
pub struct Org(pub Profile);

impl Default for Org {
    fn default() -> Self {
        Self(Profile::Deployed)
    }
}

impl<'de> Deserialize<'de> for Org {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Profile::named(&name).map(Self).ok_or_else(|| {
            let known = Profile::ALL.map(Profile::name).join(", ");
            de::Error::custom(format!("there is no profile `{name}`; there are {known}"))
        })
    }
}

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
    /// The app is quit and started again.
    Restart,
    /// The app's process is killed and started again.
    Kill,
    /// The app's process is killed in the middle of something.
    KillDuring(Box<KillDuring>),
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

/// Partial JSON about what is there; see [`crate::snapshot`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Records by object.
    #[serde(default)]
    pub salesforce: Option<Value>,
    /// Meetings and webinars.
    #[serde(default)]
    pub zoom: Option<Value>,
    /// What was changed in both services since the beginning, oldest first.
    #[serde(default)]
    pub effects: Option<Value>,
    /// The answer of `get_app_state`.
    #[serde(default)]
    pub app: Option<Value>,
    /// The answer of `list_outbox`.
    #[serde(default)]
    pub outbox: Option<Value>,
    /// The answer of `get_day` for today.
    #[serde(default)]
    pub today: Option<Value>,
    /// Links that went to the browser since the app was started last.
    #[serde(default)]
    pub opened: Option<Value>,
    /// Texts that went to the clipboard since the app was started last.
    #[serde(default)]
    pub copied: Option<Value>,
    /// Requests by service, method and route.
    #[serde(default)]
    pub requests: Option<Value>,
}

impl Expected {
    /// Every part that something is expected of, with its name.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let parts = [
            ("salesforce", &self.salesforce),
            ("zoom", &self.zoom),
            ("effects", &self.effects),
            ("app", &self.app),
            ("outbox", &self.outbox),
            ("today", &self.today),
            ("opened", &self.opened),
            ("copied", &self.copied),
            ("requests", &self.requests),
        ];
        parts.into_iter().filter_map(|(name, part)| Some((name, part.as_ref()?)))
    }
}

fn amsterdam() -> Zone {
    Zone(Tz::Europe__Amsterdam)
}

fn one() -> u64 {
    1
}

fn both() -> Vec<Provider> {
    vec![Provider::Zoom, Provider::Salesforce]
}

/// What is wrong with a file, with its place.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{} can't be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{}: the name of a scenario ends in .json or .toml", .0.display())]
    Ending(PathBuf),
    #[error("{}: {reason}", path.display())]
    Unparsed { path: PathBuf, reason: String },
    /// `place` is a path inside the document; the reason names line and column where they are known.
    #[error("{}: at `{place}`: {reason}", path.display())]
    Wrong { path: PathBuf, place: String, reason: String },
}

/// Reads a scenario.
///
/// # Errors
/// The file can't be read, or is not a scenario.
pub fn read(path: &Path) -> Result<Scenario, FileError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| FileError::Unreadable { path: path.to_owned(), source })?;
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned());
    let parsed = match ending.as_deref() {
        Some("json") => parse_json(&text),
        Some("toml") => parse_toml(&text),
        _ => return Err(FileError::Ending(path.to_owned())),
    };
    parsed.map_err(|(place, reason)| match place.as_str() {
        // Before anything was read there is only the line.
        "?" | "." => FileError::Unparsed { path: path.to_owned(), reason },
        _ => FileError::Wrong { path: path.to_owned(), place, reason },
    })
}

/// The scenario, or the place in the document and what is wrong there.
fn parse_json(text: &str) -> Result<Scenario, (String, String)> {
    let mut document = serde_json::Deserializer::from_str(text);
    let scenario: Scenario = serde_path_to_error::deserialize(&mut document)
        .map_err(|error| (error.path().to_string(), error.inner().to_string()))?;
    document.end().map_err(|error| (".".to_owned(), error.to_string()))?;
    checked(scenario)
}

fn parse_toml(text: &str) -> Result<Scenario, (String, String)> {
    let document = toml::Deserializer::parse(text).map_err(|error| (".".to_owned(), error.to_string()))?;
    let scenario = serde_path_to_error::deserialize(document)
        .map_err(|error| (error.path().to_string(), error.inner().to_string()))?;
    checked(scenario)
}

/// What the types can't say.
fn checked(scenario: Scenario) -> Result<Scenario, (String, String)> {
    let wrong = |place: String, reason: &str| Err((place, reason.to_owned()));
    if scenario.title.trim().is_empty() {
        return wrong("title".to_owned(), "a title says what is right");
    }
    let region = scenario.region.as_deref().unwrap_or("NL");
    if region.len() != 2 || !region.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return wrong("region".to_owned(), "a region is two capital letters, such as NL");
    }
    for (list, steps) in [("before", &scenario.before), ("steps", &scenario.steps)] {
        for (index, step) in steps.iter().enumerate() {
            check_step(&format!("{list}[{index}]"), step)?;
        }
    }
    check_expected("expect", &scenario.expect)?;
    check_script("answers", &scenario.answers)?;
    Ok(scenario)
}

fn check_step(place: &str, step: &Step) -> Result<(), (String, String)> {
    let expected = |name: &str, value: &Option<Value>| match value {
        Some(value) => no_flaw(&format!("{place}.{name}"), value),
        None => Ok(()),
    };
    match step {
        Step::Command(call) if call.answers.is_some() && call.refuses.is_some() => {
            Err((place.to_owned(), "a command answers or refuses, not both".to_owned()))
        }
        Step::Command(call) => {
            expected("command.answers", &call.answers)?;
            expected("command.refuses", &call.refuses)
        }
        Step::Zoom(asked) | Step::Salesforce(asked) | Step::Sandbox(asked) => expected("answers", &asked.answers),
        Step::Answers(scripted) => check_script(&format!("{place}.answers"), scripted),
        Step::Expect(expected) => check_expected(&format!("{place}.expect"), expected),
        _ => Ok(()),
    }
}

fn check_expected(place: &str, expected: &Expected) -> Result<(), (String, String)> {
    expected.parts().try_for_each(|(name, part)| no_flaw(&format!("{place}.{name}"), part))
}

fn no_flaw(place: &str, expected: &Value) -> Result<(), (String, String)> {
    compare::flaw(place, expected).map_or(Ok(()), Err)
}

fn check_script(place: &str, script: &[Scripted]) -> Result<(), (String, String)> {
    for (index, scripted) in script.iter().enumerate() {
        scripted.rule().map_err(|reason| (format!("{place}[{index}]"), reason))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#""title": "T", "source": "S", "now": "2026-11-27T08:00:00Z""#;

    fn wrong(rest: &str) -> (String, String) {
        parse_json(&format!("{{{HEAD}, {rest}}}")).unwrap_err()
    }

    #[test]
    fn the_smallest_scenario_has_defaults() {
        let scenario = parse_json(&format!("{{{HEAD}}}")).unwrap();
        assert_eq!((scenario.zone, scenario.seed), (Zone(Tz::Europe__Amsterdam), 1));
        assert_eq!(scenario.signed_in, [Provider::Zoom, Provider::Salesforce]);
    }

    #[test]
    fn json_and_toml_have_the_same_shape() {
        let toml = "title = 'T'\nsource = 'S'\nnow = '2026-11-27T08:00:00Z'\nsteps = ['sync', { advance = '2m' }]\n\
                    [[answers]]\nservice = 'zoom'\nmethod = 'GET'\npath = '/v2/'\nanswer = { with = { status = 503 } }\n";
        let scenario = parse_toml(toml).unwrap();
        assert!(matches!(scenario.steps.as_slice(), [Step::Sync, Step::Advance(_)]));
        assert_eq!(scenario.answers.len(), 1);
    }

    #[test]
    fn what_is_wrong_has_a_place_and_a_line() {
        let (place, reason) = wrong("\"steps\": [\"sync\",\n {\"command\": {\"name\": \"get_days\"}}]");
        assert_eq!(place, "steps[1].command.name");
        assert!(reason.contains("`get_days`") && reason.contains("get_day,") && reason.contains("line 2"), "{reason}");
        assert_eq!(wrong(r#""steps": [{"advance": "2"}]"#).0, "steps[0].advance");
        assert_eq!(wrong(r#""zone": "Europe/Amstredam""#).0, "zone");
        assert_eq!(wrong(r#""salesforce": {"profile": "huge"}"#).0, "salesforce.profile");
        assert_eq!(wrong(r#""expect": {"outbux": {}}"#).0, "expect.outbux");
        assert_eq!(wrong(r#""region": "Netherlands""#).0, "region");
        let (place, reason) =
            parse_toml("title = 'T'\nsource = 'S'\nnow = '2026-11-27T08:00:00Z'\nseed = 'one'\n").unwrap_err();
        assert_eq!(place, "seed");
        assert!(reason.contains("line 4"), "{reason}");
    }

    #[test]
    fn what_the_types_cannot_say_has_a_place_too() {
        let cut = r#""answers": [{"service": "zoom", "path": "/", "answer": {"cut": 3}}]"#;
        assert_eq!(wrong(cut).0, "answers[0]");
        let both = r#""steps": ["sync", {"command": {"name": "sync_now", "answers": null, "refuses": {}}}]"#;
        assert!(parse_json(&format!("{{{HEAD}, {both}}}")).is_ok(), "null is no expectation");
        let both = both.replace("null", "{}");
        assert_eq!(wrong(&both).0, "steps[1]");
        assert_eq!(wrong(r#""expect": {"outbox": {"items": {"$cuont": 1}}}"#).0, "expect.outbox.items");
    }
}
