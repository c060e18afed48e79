//! What both kinds of job have in common: who made it when, its CSV dialect, its state.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::super::call::Version;
use super::super::dates;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::table::Dialect;

/// `Open → UploadComplete → InProgress → JobComplete | Failed | Aborted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    UploadComplete,
    InProgress,
    JobComplete,
    Failed,
    Aborted,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::UploadComplete => "UploadComplete",
            Self::InProgress => "InProgress",
            Self::JobComplete => "JobComplete",
            Self::Failed => "Failed",
            Self::Aborted => "Aborted",
        }
    }

    pub fn is_over(self) -> bool {
        matches!(self, Self::JobComplete | Self::Failed | Self::Aborted)
    }

    pub fn is_waiting(self) -> bool {
        matches!(self, Self::UploadComplete | Self::InProgress)
    }
}

#[derive(Debug)]
pub struct Job {
    pub id: RecordId,
    pub object: &'static str,
    pub operation: &'static str,
    pub state: State,
    pub dialect: Dialect,
    pub created: DateTime<Utc>,
    /// When the platform took it over.
    pub closed: DateTime<Utc>,
    pub changed: DateTime<Utc>,
    pub created_by: RecordId,
    pub version: Version,
    pub processed: usize,
    pub error: Option<String>,
}

impl Job {
    pub fn fail(&mut self, reason: String, now: DateTime<Utc>) {
        self.state = State::Failed;
        self.error = Some(reason);
        self.changed = now;
    }

    /// What every answer about a job shows.
    pub fn info(&self) -> Map<String, Value> {
        let info = json!({
            "id": self.id.as_str(),
            "operation": self.operation,
            "object": self.object,
            "createdById": self.created_by.as_str(),
            "createdDate": dates::date_time_text(self.created),
            "systemModstamp": dates::date_time_text(self.changed),
            "state": self.state.name(),
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": f64::from(self.version.0),
            "lineEnding": self.dialect.ending_name(),
            "columnDelimiter": self.dialect.delimiter_name(),
        });
        match info {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }

    /// What an answer about one job shows on top.
    pub fn figures(&self) -> Map<String, Value> {
        let spent = if self.state.is_over() { (self.changed - self.closed).num_milliseconds().max(0) } else { 0 };
        let figures = json!({
            "numberRecordsProcessed": self.processed,
            "retries": 0,
            "totalProcessingTime": spent,
        });
        let mut map = match figures {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        if let Some(error) = &self.error {
            map.insert("errorMessage".to_owned(), json!(error));
        }
        map
    }
}

/// A text of a job request that must be one of a few.
pub fn one_of(
    body: &Map<String, Value>,
    name: &str,
    possible: &[&'static str],
    default: Option<&'static str>,
) -> Result<&'static str, Refusal> {
    let given = match body.get(name) {
        None | Some(Value::Null) => {
            return default.ok_or_else(|| Refusal::new("INVALIDJOB", format!("The field {name} is required")));
        }
        Some(value) => value.as_str().unwrap_or_default(),
    };
    possible
        .iter()
        .find(|own| **own == given)
        .copied()
        .ok_or_else(|| Refusal::new("INVALIDJOB", format!("{name}: `{given}` is none of {}", possible.join(", "))))
}

/// Refuses a field that job requests do not have.
pub fn only_known(body: &Map<String, Value>, known: &[&str]) -> Result<(), Refusal> {
    match body.keys().find(|name| !known.contains(&name.as_str())) {
        Some(other) => Err(Refusal::parser(format!("Unrecognized field \"{other}\" at [line:1, column:1]"))),
        None => Ok(()),
    }
}
