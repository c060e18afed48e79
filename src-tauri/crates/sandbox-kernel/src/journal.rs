//! The journal of effects: what changed on the server, not which requests came in.
//!
//! Tests read it to count effects: a request that was replayed and changed nothing leaves no entry.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

/// One change of server state.
#[derive(Debug, Clone, Serialize)]
pub struct Effect {
    pub seq: u64,
    pub at: DateTime<Utc>,
    /// `zoom` or `salesforce`.
    pub service: &'static str,
    /// For example `meeting.created`, `Event.created`, `token.refreshed`, `token.family_revoked`.
    pub kind: String,
    /// Id of the thing that changed.
    pub id: String,
    /// What a test may want to look at; never a token or passcode.
    pub detail: Value,
}

/// Append-only list of effects.
#[derive(Debug, Default)]
pub struct Journal {
    effects: Mutex<Vec<Effect>>,
}

impl Journal {
    pub fn record(
        &self,
        at: DateTime<Utc>,
        service: &'static str,
        kind: impl Into<String>,
        id: impl Into<String>,
        detail: Value,
    ) {
        let mut effects = self.effects.lock().unwrap_or_else(PoisonError::into_inner);
        let seq = effects.len() as u64 + 1;
        effects.push(Effect { seq, at, service, kind: kind.into(), id: id.into(), detail });
    }

    /// All effects after `seq`, oldest first.
    pub fn since(&self, seq: u64) -> Vec<Effect> {
        let effects = self.effects.lock().unwrap_or_else(PoisonError::into_inner);
        effects.iter().filter(|effect| effect.seq > seq).cloned().collect()
    }
}
