//! What the user decides about rows: put in, change, take back, restore, send now.

use rusqlite::{Connection, OptionalExtension as _, Transaction, named_params};

use super::list::get;
use super::record::{Enqueued, NewOperation, OutboxAction, OutboxState};
use super::step::Step;
use super::turn::{give_one, pass_on, stand_back, take, to};
use crate::error::{StoreError, StoreResult};
use crate::planted::planted;

/// Puts an operation into the outbox, in the same transaction as the user's decision. An operation that makes a
/// thing which another one makes already is not added.
///
/// # Errors
/// [`StoreError::Constraint`] when the id is in use or the dependency does not exist.
pub fn enqueue(tx: &Transaction<'_>, operation: &NewOperation) -> StoreResult<Enqueued> {
    if operation.action == OutboxAction::Create
        && let Some((op_id, state)) = maker(tx, &operation.target, &operation.kind, &operation.identity)?
    {
        // Where what it made is being deleted, the new one goes after that.
        if state != OutboxState::Done || !is_being_deleted(tx, operation)? {
            return Ok(Enqueued::AlreadyThere { op_id, state });
        }
        retire_row(tx, &op_id)?;
    }
    tx.prepare_cached(INSERT)?.execute(named_params! {
        ":op_id": operation.op_id,
        ":target": operation.target,
        ":target_name": operation.target_name,
        ":kind": operation.kind,
        ":action": operation.action,
        ":identity": operation.identity,
        ":order_key": operation.order_key,
        ":subject_key": operation.subject_key,
        ":batch_key": operation.batch_key,
        ":group_id": operation.group_id,
        ":lane": operation.urgency,
        ":depends_on": operation.depends_on,
        ":title": operation.title,
        ":person_name": operation.person_name,
        ":payload_json": operation.payload_json,
        ":record_id": operation.record_id,
        ":ready": operation.held_until_utc_ms.unwrap_or(operation.created_utc_ms),
        ":held_until": operation.held_until_utc_ms,
        ":created": operation.created_utc_ms,
    })?;
    give_one(tx, &operation.op_id)?;
    Ok(Enqueued::Added)
}

const INSERT: &str = "
    INSERT INTO outbox (
        op_id, target, target_name, kind, action, identity, order_key, subject_key, batch_key, group_id, lane,
        depends_on, title, person_name, payload_json, record_id, state, ready_utc_ms, held_until_utc_ms,
        created_utc_ms
    ) VALUES (
        :op_id, :target, :target_name, :kind, :action, :identity, :order_key, :subject_key, :batch_key, :group_id,
        :lane, :depends_on, :title, :person_name, :payload_json, :record_id, 'waiting', :ready, :held_until, :created
    )";

/// The row that makes a record, and how it stands: none that was taken back, or of which it is known that what it made is
/// gone.
///
/// # Errors
/// The database refuses.
pub fn maker(db: &Connection, target: &str, kind: &str, identity: &str) -> StoreResult<Option<(String, OutboxState)>> {
    let found = db
        .prepare_cached(
            "SELECT op_id, state FROM outbox
             WHERE target = ?1 AND kind = ?2 AND identity = ?3
               AND action = 'create' AND state <> 'discarded' AND retired = 0",
        )?
        .query_row((target, kind, identity), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found)
}

fn is_being_deleted(db: &Connection, operation: &NewOperation) -> StoreResult<bool> {
    let found = db
        .prepare_cached(
            "SELECT EXISTS (
                SELECT 1 FROM outbox
                WHERE target = ?1 AND kind = ?2 AND identity = ?3 AND action = 'delete'
                  AND state NOT IN ('done', 'discarded') AND take_back_utc_ms IS NULL)",
        )?
        .query_row((&operation.target, &operation.kind, &operation.identity), |row| row.get(0))?;
    Ok(found)
}

/// What a done row made is gone by another way than a row of its kind: the same may be made again.
///
/// # Errors
/// The database refuses.
pub fn retire_row(tx: &Transaction<'_>, op_id: &str) -> StoreResult<()> {
    tx.prepare_cached("UPDATE outbox SET retired = 1 WHERE op_id = ?1 AND state = 'done'")?.execute([op_id])?;
    Ok(())
}

/// Replaces what is to be sent, while nothing of it can have left. A row that was refused goes back in line.
///
/// # Errors
/// [`StoreError::WrongState`], also when it may have arrived.
pub fn edit(
    tx: &Transaction<'_>,
    op_id: &str,
    title: &str,
    payload_json: &str,
    held_until_utc_ms: Option<i64>,
    now_utc_ms: i64,
) -> StoreResult<()> {
    refuse_maybe_sent(tx, op_id)?;
    let state = to(tx, op_id, Step::Edit)?;
    tx.prepare_cached(
        "UPDATE outbox SET state = ?6, title = ?2, payload_json = ?3, reason_json = NULL,
            held_until_utc_ms = CASE ?6 WHEN 'held' THEN coalesce(?4, held_until_utc_ms) ELSE held_until_utc_ms END,
            ready_utc_ms = CASE ?6 WHEN 'held' THEN coalesce(?4, ready_utc_ms) ELSE ?5 END
         WHERE op_id = ?1",
    )?
    .execute((op_id, title, payload_json, held_until_utc_ms, now_utc_ms, state))?;
    if state == OutboxState::Pending { stand_back(tx, op_id) } else { Ok(()) }
}

fn refuse_maybe_sent(db: &Connection, op_id: &str) -> StoreResult<()> {
    match get(db, op_id)? {
        Some(row) if row.maybe_sent_utc_ms.is_some() => Err(StoreError::WrongState { state: Some(row.state) }),
        _ => Ok(()),
    }
}

/// A row that has not left waits for this one from now on, and for none that it waited for before.
///
/// # Errors
/// [`StoreError::WrongState`] when it may have arrived.
pub fn wait_for(tx: &Transaction<'_>, op_id: &str, parent: &str) -> StoreResult<()> {
    refuse_maybe_sent(tx, op_id)?;
    tx.prepare_cached("UPDATE outbox SET depends_on = ?2 WHERE op_id = ?1")?.execute((op_id, parent))?;
    match get(tx, op_id)?.map(|row| row.state) {
        Some(OutboxState::Held | OutboxState::Pending) => stand_back(tx, op_id),
        _ => Ok(()),
    }
}

/// What taking a row back came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenBack {
    /// It and every row that depended on it, by id. Nothing of them left.
    Discarded(Vec<String>),
    /// It may have arrived. The wish is noted: what is found is to be undone there.
    Wished,
}

/// Takes back a row, and every open row that depends on it. A row that may have arrived is not dropped: the wish is
/// noted, except in `review`, where looking it up did not tell and the user gives it up knowingly.
///
/// # Errors
/// [`StoreError::WrongState`] when it is done or discarded.
pub fn take_back(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<TakenBack> {
    let row = get(tx, op_id)?.ok_or(StoreError::WrongState { state: None })?;
    let undecided = row.maybe_sent_utc_ms.is_some() && row.state != OutboxState::Review && !planted(9);
    if row.state == OutboxState::Claimed || (undecided && row.state.is_open()) {
        tx.prepare_cached(
            "UPDATE outbox SET take_back_utc_ms = coalesce(take_back_utc_ms, ?2), ready_utc_ms = min(ready_utc_ms, ?2)
             WHERE op_id = ?1",
        )?
        .execute((op_id, now_utc_ms))?;
        return Ok(TakenBack::Wished);
    }
    to(tx, op_id, Step::TakeBack)?;
    Ok(TakenBack::Discarded(drop_with_dependents(tx, op_id, now_utc_ms)?))
}

/// Discards a row, which may be, and what depended on it. A dependent is never claimed
/// before its parent is done, so none of them is being sent.
pub(super) fn drop_with_dependents(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<Vec<String>> {
    // `CROSS` keeps the order of the two: the other way round reads the whole table.
    let fallen: Vec<String> = {
        let mut statement = tx.prepare_cached(
            "WITH RECURSIVE fallen (op_id) AS (
                SELECT ?1
                UNION
                SELECT o.op_id FROM fallen CROSS JOIN outbox AS o ON o.depends_on = fallen.op_id
             )
             SELECT o.op_id FROM fallen CROSS JOIN outbox AS o ON o.op_id = fallen.op_id
             WHERE o.op_id = ?1 OR o.state NOT IN ('done', 'discarded')
             ORDER BY o.position",
        )?;
        let ids = statement.query_map([op_id], |row| row.get(0))?;
        ids.collect::<Result<_, _>>()?
    };
    for id in &fallen {
        tx.prepare_cached("UPDATE outbox SET state = 'discarded', done_utc_ms = ?2 WHERE op_id = ?1")?
            .execute((id, now_utc_ms))?;
    }
    for id in &fallen {
        if let Some(row) = get(tx, id)? {
            pass_on(tx, &row)?;
        }
    }
    Ok(fallen)
}

/// Brings a discarded row back, at the end of the line and held anew; `to_decide` puts it before the user instead.
/// One that may have arrived is looked up first, as before.
///
/// # Errors
/// [`StoreError::WrongState`] when it is not discarded, or what it depends on is; [`StoreError::Constraint`] when another row makes the same
/// thing by now.
pub fn restore(
    tx: &Transaction<'_>,
    op_id: &str,
    to_decide: bool,
    held_until_utc_ms: Option<i64>,
    now_utc_ms: i64,
) -> StoreResult<()> {
    let state = to(tx, op_id, if to_decide { Step::RestoreToDecide } else { Step::Restore })?;
    // It would wait for a row that never comes.
    let parent = get(tx, op_id)?.and_then(|row| row.depends_on);
    if let Some(parent) = parent.map(|parent| get(tx, &parent)).transpose()?.flatten()
        && parent.state == OutboxState::Discarded
    {
        return Err(StoreError::WrongState { state: Some(parent.state) });
    }
    tx.prepare_cached(
        "UPDATE outbox SET state = ?5, position = (SELECT max(position) + 1 FROM outbox), done_utc_ms = NULL,
            take_back_utc_ms = NULL, held_until_utc_ms = ?2, ready_utc_ms = coalesce(?2, ?3),
            attempts = CASE WHEN maybe_sent_utc_ms IS NULL THEN 0 ELSE attempts END,
            reason_json = CASE ?4 WHEN 1 THEN reason_json END
         WHERE op_id = ?1",
    )?
    .execute((op_id, held_until_utc_ms, now_utc_ms, to_decide, state))?;
    give_one(tx, op_id)
}

/// The user wants it sent now. One that may have arrived stays so, and is looked up now.
///
/// # Errors
/// [`StoreError::WrongState`].
pub fn retry(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<()> {
    take(tx, op_id, Step::Retry)?;
    tx.prepare_cached("UPDATE outbox SET ready_utc_ms = ?2, reason_json = NULL WHERE op_id = ?1")?
        .execute((op_id, now_utc_ms))?;
    if planted(2) {
        tx.execute("UPDATE outbox SET maybe_sent_utc_ms = NULL WHERE op_id = ?1", [op_id])?;
    }
    stand_back(tx, op_id)
}

/// A service answers again: up to `most` rows of a target that wait in `pending` with this reason need not wait
/// longer. Answers how many rows that were.
pub fn retry_all(
    tx: &Transaction<'_>,
    target: &str,
    reason_json: &str,
    most: u32,
    now_utc_ms: i64,
) -> StoreResult<usize> {
    let woken = tx
        .prepare_cached(
            "UPDATE outbox SET ready_utc_ms = ?4 WHERE position IN (
                SELECT position FROM outbox
                WHERE target = ?1 AND reason_json = ?2 AND ready_utc_ms > ?4
                  AND state = 'pending' AND reason_json IS NOT NULL LIMIT ?3)",
        )?
        .execute((target, reason_json, most, now_utc_ms))?;
    Ok(woken)
}
