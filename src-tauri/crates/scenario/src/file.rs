//! The format of a scenario. See `docs/scenarios.md`.

mod expected;
mod read;
mod step;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use liaison_engine::view::{Language, Provider};
use liaison_sandbox::Profile;
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

pub use expected::Expected;
pub use read::{FileError, read};
pub use step::{Asked, Call, CommandName, Doing, KillDuring, Pass, Step};

use crate::script::Scripted;
use crate::zone::Zone;

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
    /// Parts of `GET /users/me/settings`, with the fields that are said otherwise.
    pub settings: Option<Map<String, Value>>,
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

fn amsterdam() -> Zone {
    Zone(Tz::Europe__Amsterdam)
}

fn one() -> u64 {
    1
}

fn both() -> Vec<Provider> {
    vec![Provider::Zoom, Provider::Salesforce]
}
