//! Bulk API 2.0: jobs that load CSV into an object and jobs that query into CSV
//! (public "Bulk API 2.0 and Bulk API Developer Guide"). Not the older Bulk API with its batches.
//!
//! A job does nothing while it is asked about: it moves on with the clock, in [`Jobs::advance`],
//! before every call of the org.

mod ingest;
mod job;
mod query;
mod table;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::call::{Call, Reply};
use super::data::Work;
use super::ids::RecordId;
use super::org::Org;
use super::records::Database;
use super::refusal::Refusal;
use ingest::Ingest;
use job::Job;
use query::Query;

/// How long jobs take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// From the end of the upload until work begins.
    pub queued_ms: i64,
    /// For every 200 rows that are loaded and every 2,000 that are read.
    pub chunk_ms: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { queued_ms: 100, chunk_ms: 2 }
    }
}

impl Pace {
    /// When work on a job begins that was handed over at `closed`.
    fn begin(self, closed: DateTime<Utc>) -> DateTime<Utc> {
        closed + TimeDelta::milliseconds(self.queued_ms.max(0))
    }

    /// When so many chunks are done.
    fn end(self, closed: DateTime<Utc>, chunks: usize) -> DateTime<Utc> {
        let chunks = i64::try_from(chunks).unwrap_or(i64::MAX);
        self.begin(closed) + TimeDelta::milliseconds(self.chunk_ms.max(0).saturating_mul(chunks).min(86_400_000))
    }

    /// How many chunks are done at `now`.
    fn chunks(self, closed: DateTime<Utc>, now: DateTime<Utc>) -> usize {
        let worked = (now - self.begin(closed)).num_milliseconds();
        match self.chunk_ms {
            pace if pace > 0 => usize::try_from(worked / pace).unwrap_or(0),
            _ => usize::MAX,
        }
    }
}

/// All jobs of the org.
#[derive(Debug, Default)]
pub struct Jobs {
    ingests: BTreeMap<RecordId, Ingest>,
    queries: BTreeMap<RecordId, Query>,
    given: u64,
    pub pace: Pace,
}

impl Jobs {
    fn fresh_id(&mut self, marker: [u8; 2]) -> RecordId {
        self.given += 1;
        RecordId::numbered("750", marker, self.given)
    }

    /// Does what is due.
    pub fn advance(&mut self, database: &mut Database, org: &Org, now: DateTime<Utc>) {
        for ingest in self.ingests.values_mut() {
            ingest.advance(database, org.user_id, self.pace, now);
        }
        for query in self.queries.values_mut() {
            query.advance(database, org, self.pace, now);
        }
    }
}

/// Everything below `/jobs`.
pub fn answer(call: &Call, work: &mut Work<'_>, segments: &[&str]) -> Result<Reply, Refusal> {
    match segments {
        ["ingest"] => ingest::collection(call, work),
        ["ingest", id] => ingest::one(call, work, id),
        ["ingest", id, "batches"] => ingest::upload(call, work, id),
        ["ingest", id, part] => ingest::results(call, work, id, part),
        ["query"] => query::collection(call, work),
        ["query", id] => query::one(call, work, id),
        ["query", id, "results"] => query::results(call, work, id),
        _ => Err(Refusal::not_found()),
    }
}

fn listing(call: &Call, jobs: impl Iterator<Item = serde_json::Value>) -> Result<Reply, Refusal> {
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD,POST"));
    }
    let records: Vec<serde_json::Value> = jobs.collect();
    Ok(Reply::ok(json!({ "done": true, "records": records, "nextRecordsUrl": null })))
}

fn wrong_state(job: &Job, wanted: &str) -> Refusal {
    let text = format!("The job {} is in the state {} and cannot {wanted}", job.id, job.state.name());
    Refusal::new("INVALIDJOBSTATE", text)
}
