//! What is said of a row beside what is sent.

use rusqlite::Transaction;

use super::list::get;
use super::record::OutboxState;
use crate::error::{StoreError, StoreResult};

/// Notes what the user should know of a row that is done, in the engine's own form.
///
/// # Errors
/// [`StoreError::WrongState`] when it is not done.
pub fn remark(tx: &Transaction<'_>, op_id: &str, reason_json: &str) -> StoreResult<()> {
    let changed = tx
        .prepare_cached("UPDATE outbox SET reason_json = ?2 WHERE op_id = ?1 AND state = ?3")?
        .execute((op_id, reason_json, OutboxState::Done))?;
    if changed == 0 {
        return Err(StoreError::WrongState { state: get(tx, op_id)?.map(|row| row.state) });
    }
    Ok(())
}

/// Whom a row is about now.
///
/// # Errors
/// The database refuses.
pub fn about(tx: &Transaction<'_>, op_id: &str, person_name: Option<&str>) -> StoreResult<()> {
    tx.prepare_cached("UPDATE outbox SET person_name = ?2 WHERE op_id = ?1")?.execute((op_id, person_name))?;
    Ok(())
}
