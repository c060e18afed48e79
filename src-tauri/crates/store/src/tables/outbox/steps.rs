//! The steps of an outbox row. Each says from which states it is possible; from any other it answers
//! [`StoreError::WrongState`] and changes nothing, so two parties can never move a row twice.

use rusqlite::{Connection, OptionalExtension as _, Transaction, named_params};

use super::queue::{get, is_due};
use super::record::{Enqueued, NewOperation, OutboxAction, OutboxRecord, OutboxState};
use crate::error::{StoreError, StoreResult};

use OutboxState::{Blocked, Claimed, Discarded, Held, Pending, Review};

/// Puts an operation into the outbox, in the same transaction as the user's decision. An operation
/// that makes a record which another one makes already is not added.
///
/// # Errors
/// [`StoreError::Constraint`] when the id is in use or the dependency does not exist.
pub fn enqueue(tx: &Transaction<'_>, operation: &NewOperation) -> StoreResult<Enqueued> {
    if operation.action == OutboxAction::Create
        && let Some((op_id, state)) = maker(tx, &operation.object, &operation.ext_key)?
    {
        return Ok(Enqueued::AlreadyThere { op_id, state });
    }
    let state = match operation.held_until_utc_ms {
        Some(_) => Held,
        None => Pending,
    };
    tx.prepare_cached(INSERT)?.execute(named_params! {
        ":op_id": operation.op_id,
        ":ext_key": operation.ext_key,
        ":org_id": operation.org_id,
        ":user_id": operation.user_id,
        ":environment": operation.environment,
        ":object": operation.object,
        ":action": operation.action,
        ":subject_key": operation.subject_key,
        ":title": operation.title,
        ":person_name": operation.person_name,
        ":payload_json": operation.payload_json,
        ":payload_hash": operation.payload_hash,
        ":record_id": operation.record_id,
        ":base_version": operation.base_version,
        ":depends_on": operation.depends_on,
        ":state": state,
        ":held_until_utc_ms": operation.held_until_utc_ms,
        ":created_utc_ms": operation.created_utc_ms,
    })?;
    Ok(Enqueued::Added)
}

const INSERT: &str = "
    INSERT INTO outbox (
        op_id, ext_key, org_id, user_id, environment, object, action, subject_key, title,
        person_name, payload_json, payload_hash, record_id, base_version, depends_on, state,
        not_before_utc_ms, held_until_utc_ms, created_utc_ms
    ) VALUES (
        :op_id, :ext_key, :org_id, :user_id, :environment, :object, :action, :subject_key, :title,
        :person_name, :payload_json, :payload_hash, :record_id, :base_version, :depends_on, :state,
        :created_utc_ms, :held_until_utc_ms, :created_utc_ms
    )";

fn maker(db: &Connection, object: &str, ext_key: &str) -> StoreResult<Option<(String, OutboxState)>> {
    let found = db
        .prepare_cached(
            "SELECT op_id, state FROM outbox
             WHERE object = ?1 AND ext_key = ?2 AND action = 'create' AND state <> 'discarded'",
        )?
        .query_row((object, ext_key), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found)
}

/// Replaces what is to be sent, while nothing of it has left (`held` and `pending`).
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn replace_payload(
    tx: &Transaction<'_>,
    op_id: &str,
    title: &str,
    payload_json: &str,
    payload_hash: &str,
) -> StoreResult<()> {
    require(tx, op_id, &[Held, Pending])?;
    tx.execute(
        "UPDATE outbox SET title = ?2, payload_json = ?3, payload_hash = ?4 WHERE op_id = ?1",
        (op_id, title, payload_json, payload_hash),
    )?;
    Ok(())
}

/// Takes a row for sending: counts the attempt and returns the row as it now is. `None` when it may
/// not be claimed now (another took it, it was undone, it waits for its time or for another row).
/// Commit before a byte leaves.
pub fn claim(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<Option<OutboxRecord>> {
    if !is_due(tx, op_id, now_utc_ms)? {
        return Ok(None);
    }
    tx.prepare_cached(
        "UPDATE outbox SET state = 'claimed', attempts = attempts + 1, claimed_utc_ms = ?2
         WHERE op_id = ?1",
    )?
    .execute((op_id, now_utc_ms))?;
    get(tx, op_id)
}

/// The record is as it was wanted, and the answer (or a look-up) said so. From `claimed`, or from
/// `review` when the user or a later look-up found it. `record_id` is kept when `None` is given.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn mark_done(tx: &Transaction<'_>, op_id: &str, record_id: Option<&str>, now_utc_ms: i64) -> StoreResult<()> {
    require(tx, op_id, &[Claimed, Review])?;
    tx.execute(
        "UPDATE outbox SET state = 'done', record_id = coalesce(?2, record_id), done_utc_ms = ?3,
            reason_json = NULL
         WHERE op_id = ?1",
        (op_id, record_id, now_utc_ms),
    )?;
    Ok(())
}

/// Not now: back in line, to be sent no earlier than `not_before_utc_ms`. From `claimed`.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn back_to_pending(
    tx: &Transaction<'_>,
    op_id: &str,
    not_before_utc_ms: i64,
    reason_json: Option<&str>,
) -> StoreResult<()> {
    require(tx, op_id, &[Claimed])?;
    tx.execute(
        "UPDATE outbox SET state = 'pending', not_before_utc_ms = ?2, reason_json = ?3
         WHERE op_id = ?1",
        (op_id, not_before_utc_ms, reason_json),
    )?;
    Ok(())
}

/// Refused: the user has something to do. From `claimed`, or from `pending` when it is clear before
/// sending (the account is another one now).
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn block(tx: &Transaction<'_>, op_id: &str, reason_json: &str) -> StoreResult<()> {
    require(tx, op_id, &[Claimed, Pending])?;
    set_state(tx, op_id, Blocked, Some(reason_json))
}

/// Unknown whether it arrived, and looking it up did not tell: the user decides. From `claimed`.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn review(tx: &Transaction<'_>, op_id: &str, reason_json: &str) -> StoreResult<()> {
    require(tx, op_id, &[Claimed])?;
    set_state(tx, op_id, Review, Some(reason_json))
}

/// The user wants it sent (again) now. From `blocked`, `review` and `pending`, where it skips the
/// rest of a wait.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn retry(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<()> {
    require(tx, op_id, &[Blocked, Review, Pending])?;
    tx.execute(
        "UPDATE outbox SET state = 'pending', not_before_utc_ms = ?2, reason_json = NULL
         WHERE op_id = ?1",
        (op_id, now_utc_ms),
    )?;
    Ok(())
}

/// Takes back a row that is still held, and every open row that depends on it. Returns the ids of
/// all rows taken back.
///
/// # Errors
/// [`StoreError::WrongState`] when it is no longer held: it may have been sent.
pub fn undo(tx: &Transaction<'_>, op_id: &str) -> StoreResult<Vec<String>> {
    require(tx, op_id, &[Held])?;
    discard_with_dependents(tx, op_id)
}

/// Gives up a row that is not being sent, and every open row that depends on it. Returns the ids of
/// all rows given up. From `held`, `pending`, `blocked` and `review`.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn discard(tx: &Transaction<'_>, op_id: &str) -> StoreResult<Vec<String>> {
    require(tx, op_id, &[Held, Pending, Blocked, Review])?;
    discard_with_dependents(tx, op_id)
}

/// Takes a row that was given up back into line, held again when a time is given. The reason says what
/// must not be forgotten of it: whether an earlier attempt may have arrived. What it depends on is not
/// taken back with it; it waits for that.
///
/// # Errors
/// [`StoreError::WrongState`] when it was not given up, or another row makes the same record by now.
pub fn restore(
    tx: &Transaction<'_>,
    op_id: &str,
    held_until_utc_ms: Option<i64>,
    reason_json: Option<&str>,
    now_utc_ms: i64,
) -> StoreResult<()> {
    require(tx, op_id, &[Discarded])?;
    if let Some(row) = get(tx, op_id)?.filter(|row| row.action == OutboxAction::Create)
        && let Some((_, state)) = maker(tx, &row.object, &row.ext_key)?
    {
        return Err(StoreError::WrongState { state: Some(state) });
    }
    let state = if held_until_utc_ms.is_some() { Held } else { Pending };
    tx.execute(
        "UPDATE outbox SET state = ?2, held_until_utc_ms = ?3, reason_json = ?4, not_before_utc_ms = ?5
         WHERE op_id = ?1",
        (op_id, state, held_until_utc_ms, reason_json, now_utc_ms),
    )?;
    Ok(())
}

/// A dependent row is never claimed before its dependency is done, so none of them is being sent.
fn discard_with_dependents(tx: &Transaction<'_>, op_id: &str) -> StoreResult<Vec<String>> {
    let mut statement = tx.prepare_cached(
        "WITH RECURSIVE fallen (op_id) AS (
            SELECT ?1
            UNION
            SELECT o.op_id FROM outbox AS o JOIN fallen ON o.depends_on = fallen.op_id
         )
         UPDATE outbox SET state = 'discarded'
         WHERE op_id IN (SELECT op_id FROM fallen)
           AND state IN ('held', 'pending', 'blocked', 'review')
         RETURNING op_id",
    )?;
    let ids = statement.query_map([op_id], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn set_state(tx: &Transaction<'_>, op_id: &str, state: OutboxState, reason_json: Option<&str>) -> StoreResult<()> {
    tx.execute("UPDATE outbox SET state = ?2, reason_json = ?3 WHERE op_id = ?1", (op_id, state, reason_json))?;
    Ok(())
}

fn require(db: &Connection, op_id: &str, wanted: &[OutboxState]) -> StoreResult<()> {
    let state: Option<OutboxState> = db
        .prepare_cached("SELECT state FROM outbox WHERE op_id = ?1")?
        .query_row([op_id], |row| row.get(0))
        .optional()?;
    match state {
        Some(state) if wanted.contains(&state) => Ok(()),
        state => Err(StoreError::WrongState { state }),
    }
}
