//! Table `schedule_intents` (user): a meeting that is being made, step by step, so that a program
//! killed in the middle knows at its next start what it had asked Zoom for.
//!
//! The draft holds no passcode and no token: Zoom chooses the passcode.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, named_params};

use super::text_column::text_enum;
use crate::error::{StoreError, StoreResult};

text_enum! {
    /// How far the making is.
    pub enum IntentState {
        /// The user asked for it, nothing has left yet.
        Planned = "planned",
        /// The request may have left. Found at a start: look the meeting up before asking again.
        Creating = "creating",
        /// Zoom made it.
        Created = "created",
        /// Zoom refused, or the user gave up.
        Failed = "failed",
    }
}

/// One meeting being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleIntentRecord {
    /// Our own id of the draft; also the guard against a second click.
    pub draft_id: String,
    /// How far it is.
    pub state: IntentState,
    /// What the user asked for, in the engine's own versioned form.
    pub draft_json: String,
    /// A hash over what is sent, to find the meeting again.
    pub payload_hash: String,
    /// The Zoom meeting number, once it is made.
    pub meeting_id: Option<i64>,
    /// When the user asked.
    pub created_utc_ms: i64,
    /// When the state last changed.
    pub updated_utc_ms: i64,
}

/// Stores a new intent as `planned`. `false` when the draft was stored before: it is left as it is.
pub fn plan(
    tx: &Transaction<'_>,
    draft_id: &str,
    draft_json: &str,
    payload_hash: &str,
    now_utc_ms: i64,
) -> StoreResult<bool> {
    let added = tx.execute(
        "INSERT INTO schedule_intents (
            draft_id, state, draft_json, payload_hash, created_utc_ms, updated_utc_ms
         ) VALUES (:draft_id, :state, :draft_json, :payload_hash, :now, :now)
         ON CONFLICT (draft_id) DO NOTHING",
        named_params! {
            ":draft_id": draft_id,
            ":state": IntentState::Planned,
            ":draft_json": draft_json,
            ":payload_hash": payload_hash,
            ":now": now_utc_ms,
        },
    )?;
    Ok(added == 1)
}

/// Changes the state; `meeting_id` is kept when `None` is given.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such draft.
pub fn set_state(
    tx: &Transaction<'_>,
    draft_id: &str,
    state: IntentState,
    meeting_id: Option<i64>,
    now_utc_ms: i64,
) -> StoreResult<()> {
    let changed = tx.execute(
        "UPDATE schedule_intents
         SET state = ?2, meeting_id = coalesce(?3, meeting_id), updated_utc_ms = ?4
         WHERE draft_id = ?1",
        (draft_id, state, meeting_id, now_utc_ms),
    )?;
    if changed == 0 {
        return Err(StoreError::NotFound { table: "schedule_intents" });
    }
    Ok(())
}

/// One intent.
pub fn get(db: &Connection, draft_id: &str) -> StoreResult<Option<ScheduleIntentRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM schedule_intents WHERE draft_id = ?1")?
        .query_row([draft_id], from_row)
        .optional()?;
    Ok(found)
}

/// Intents that were begun and not finished, oldest first.
pub fn unfinished(db: &Connection) -> StoreResult<Vec<ScheduleIntentRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM schedule_intents WHERE state IN ('planned', 'creating')
         ORDER BY created_utc_ms, draft_id",
    )?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many meetings were made from here since a moment.
pub fn created_since(db: &Connection, since_utc_ms: i64) -> StoreResult<u32> {
    let count = db
        .prepare_cached("SELECT count(*) FROM schedule_intents WHERE state = 'created' AND updated_utc_ms >= ?1")?
        .query_row([since_utc_ms], |row| row.get(0))?;
    Ok(count)
}

/// Removes finished intents last changed before `before_utc_ms`; returns how many.
pub fn remove_finished(tx: &Transaction<'_>, before_utc_ms: i64) -> StoreResult<usize> {
    let removed = tx.execute(
        "DELETE FROM schedule_intents
         WHERE state IN ('created', 'failed') AND updated_utc_ms < ?1",
        [before_utc_ms],
    )?;
    Ok(removed)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<ScheduleIntentRecord> {
    Ok(ScheduleIntentRecord {
        draft_id: row.get("draft_id")?,
        state: row.get("state")?,
        draft_json: row.get("draft_json")?,
        payload_hash: row.get("payload_hash")?,
        meeting_id: row.get("meeting_id")?,
        created_utc_ms: row.get("created_utc_ms")?,
        updated_utc_ms: row.get("updated_utc_ms")?,
    })
}
