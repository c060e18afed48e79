//! What became of an attempt. Each step is for a row that is `claimed` (a row in `review` may also be found).

use rusqlite::Transaction;

use super::change::drop_with_dependents;
use super::list::get;
use super::record::{OutboxAction, OutboxRecord};
use super::step::Step;
use super::turn::{pass_on, stand_back, take, to};
use crate::error::{StoreError, StoreResult};
use crate::planted::planted;

/// It is there as it was wanted: an answer or a look-up said so. `record_id` is kept when `None` is given.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn finish(tx: &Transaction<'_>, op_id: &str, record_id: Option<&str>, now_utc_ms: i64) -> StoreResult<()> {
    let state = to(tx, op_id, Step::Finish)?;
    tx.prepare_cached(
        "UPDATE outbox SET state = ?4, record_id = coalesce(?2, record_id), done_utc_ms = ?3, reason_json = NULL,
            maybe_sent_utc_ms = NULL, absent_utc_ms = NULL
         WHERE op_id = ?1",
    )?
    .execute((op_id, record_id, now_utc_ms, state))?;
    let row = row(tx, op_id)?;
    if row.action == OutboxAction::Delete {
        retire(tx, &row.target, &row.kind, &row.identity)?;
    }
    pass_on(tx, &row)
}

/// What a row has made is there no longer: the same thing may be made by another one.
///
/// # Errors
/// The database refuses.
pub fn retire(tx: &Transaction<'_>, target: &str, kind: &str, identity: &str) -> StoreResult<()> {
    tx.prepare_cached(
        "UPDATE outbox SET retired = 1
         WHERE target = ?1 AND kind = ?2 AND identity = ?3 AND action = 'create' AND state = 'done'",
    )?
    .execute((target, kind, identity))?;
    Ok(())
}

/// A definite answer: it did not arrive, and is sent no earlier than `ready_utc_ms`. What the user took back
/// meanwhile is discarded.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn put_back(
    tx: &Transaction<'_>,
    op_id: &str,
    ready_utc_ms: i64,
    reason_json: Option<&str>,
    now_utc_ms: i64,
) -> StoreResult<()> {
    if dropped(tx, op_id, now_utc_ms)? {
        return Ok(());
    }
    take(tx, op_id, Step::PutBack)?;
    tx.prepare_cached(
        "UPDATE outbox SET ready_utc_ms = ?2, reason_json = ?3, maybe_sent_utc_ms = NULL, absent_utc_ms = NULL
         WHERE op_id = ?1",
    )?
    .execute((op_id, ready_utc_ms, reason_json))?;
    // Its group may have been paused meanwhile.
    stand_back(tx, op_id)
}

/// It goes in a request of its own from now on: what others of its kind get at once does not fit it.
pub fn go_alone(tx: &Transaction<'_>, op_id: &str) -> StoreResult<()> {
    tx.prepare_cached("UPDATE outbox SET batch_key = NULL WHERE op_id = ?1")?.execute([op_id])?;
    Ok(())
}

/// No definite answer: it may have arrived, and is looked up no earlier than `ready_utc_ms`.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn still_unknown(
    tx: &Transaction<'_>,
    op_id: &str,
    ready_utc_ms: i64,
    reason_json: Option<&str>,
) -> StoreResult<()> {
    take(tx, op_id, Step::PutBack)?;
    tx.prepare_cached("UPDATE outbox SET ready_utc_ms = ?2, reason_json = ?3 WHERE op_id = ?1")?.execute((
        op_id,
        ready_utc_ms,
        reason_json,
    ))?;
    Ok(())
}

/// A complete look-up did not find it. Not enough by itself: it is looked up once more from `ready_utc_ms` on.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn note_absent(
    tx: &Transaction<'_>,
    op_id: &str,
    ready_utc_ms: i64,
    reason_json: Option<&str>,
    now_utc_ms: i64,
) -> StoreResult<()> {
    still_unknown(tx, op_id, ready_utc_ms, reason_json)?;
    tx.prepare_cached("UPDATE outbox SET absent_utc_ms = coalesce(absent_utc_ms, ?2) WHERE op_id = ?1")?
        .execute((op_id, now_utc_ms))?;
    Ok(())
}

/// A settled look-up: it never arrived. With a `reason_json` the user decides what becomes of it, without one it
/// goes back in line. What the user took back meanwhile is discarded.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn settled_absent(
    tx: &Transaction<'_>,
    op_id: &str,
    to_decide_json: Option<&str>,
    now_utc_ms: i64,
) -> StoreResult<()> {
    match to_decide_json {
        Some(reason) => block(tx, op_id, reason, now_utc_ms),
        None if planted(12) => still_unknown(tx, op_id, now_utc_ms, None),
        None => put_back(tx, op_id, now_utc_ms, None, now_utc_ms),
    }
}

/// A definite refusal: the user has something to do. What the user took back meanwhile is discarded.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn block(tx: &Transaction<'_>, op_id: &str, reason_json: &str, now_utc_ms: i64) -> StoreResult<()> {
    stop(tx, op_id, Step::Block, reason_json, now_utc_ms)
}

/// Whether it arrived can't be found out: the user decides. It still may have arrived.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn ask(tx: &Transaction<'_>, op_id: &str, reason_json: &str) -> StoreResult<()> {
    take(tx, op_id, Step::Ask)?;
    tx.prepare_cached("UPDATE outbox SET reason_json = ?2 WHERE op_id = ?1")?.execute((op_id, reason_json))?;
    Ok(())
}

/// Somebody else changed what it changes: the user decides. Nothing of it arrived. What the user took back
/// meanwhile is discarded.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn differ(tx: &Transaction<'_>, op_id: &str, reason_json: &str, now_utc_ms: i64) -> StoreResult<()> {
    stop(tx, op_id, Step::Differ, reason_json, now_utc_ms)
}

/// It did not arrive, and waits for the user. What the user took back meanwhile is discarded.
fn stop(tx: &Transaction<'_>, op_id: &str, step: Step, reason_json: &str, now_utc_ms: i64) -> StoreResult<()> {
    if dropped(tx, op_id, now_utc_ms)? {
        return Ok(());
    }
    take(tx, op_id, step)?;
    tx.prepare_cached(
        "UPDATE outbox SET reason_json = ?2, maybe_sent_utc_ms = NULL, absent_utc_ms = NULL WHERE op_id = ?1",
    )?
    .execute((op_id, reason_json))?;
    Ok(())
}

/// Discards a claimed row that did not arrive and that the user took back while it was under way.
fn dropped(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<bool> {
    if row(tx, op_id)?.take_back_utc_ms.is_none() {
        return Ok(false);
    }
    to(tx, op_id, Step::Drop)?;
    drop_with_dependents(tx, op_id, now_utc_ms)?;
    tx.prepare_cached("UPDATE outbox SET maybe_sent_utc_ms = NULL, absent_utc_ms = NULL WHERE op_id = ?1")?
        .execute([op_id])?;
    Ok(true)
}

fn row(tx: &Transaction<'_>, op_id: &str) -> StoreResult<OutboxRecord> {
    get(tx, op_id)?.ok_or(StoreError::WrongState { state: None })
}
