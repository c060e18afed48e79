//! What is noted of a run for the oracle.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use liaison_sandbox::Effect;
use liaison_store::tables::outbox::OutboxRecord;
use serde_json::Value;

/// A sheet on which Create was pressed.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub id: String,
    pub topic: String,
    pub computer: usize,
    pub draft: Value,
    /// Refused before anything was kept, as far as its answer tells.
    pub kept: bool,
    pub made: bool,
}

/// Something that a service did.
#[derive(Debug, Clone)]
pub(crate) struct Noted {
    /// The account of the service, by its number.
    pub site: usize,
    /// The step in which it came, by its number.
    pub step: usize,
    pub by_app: bool,
    pub effect: Effect,
}

/// A Lead that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct LeadSheet {
    pub id: String,
    /// Its last name, which no other has.
    pub name: String,
    pub computer: usize,
    /// Refused before anything was kept, as far as its answer tells.
    pub kept: bool,
}

/// Everything that the oracle sees.
#[derive(Default)]
pub(crate) struct Seen {
    pub effects: Vec<Noted>,
    /// Steps in which the user asked for a meeting to be made.
    pub asked: BTreeSet<usize>,
    pub sheets: Vec<Sheet>,
    pub leads: Vec<LeadSheet>,
    /// Subjects of follow-ups that were accepted.
    pub follow_ups: Vec<String>,
    /// Calls that there are, by Zoom's id.
    pub calls: Vec<String>,
    /// In which Zoom account the user was when a text was typed.
    pub homes: HashMap<String, usize>,
    /// Meetings, by number, that the user cancelled or took back, or whose Event was to go.
    pub wanted_gone: BTreeSet<String>,
    /// Rows that the user decided about in the outbox.
    pub decided: BTreeSet<String>,
    /// How often the user wanted the Event of a meeting after the first time, in any way.
    pub wanted_again: usize,
    pub rows: Vec<Vec<OutboxRecord>>,
    pub crashes: u64,
    /// Requests that were answered otherwise.
    pub faults: u64,
    /// Requests that made a meeting later than they were sent.
    pub late: usize,
    /// What others wrote between the reading and the writing of a service that knows no condition.
    pub unguarded: Vec<Value>,
    /// Requests with several rows.
    pub several: u64,
    /// When the dates of each series take place in the end, by the account and the number of the series.
    pub series: HashMap<(usize, String), Vec<DateTime<Utc>>>,
    /// Two computers work at the very same moment.
    pub parallel: bool,
    /// What was seen to be wrong on the way.
    pub wrong: Vec<String>,
}
