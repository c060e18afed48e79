//! Whose turn it is. A row stands in `waiting` while an earlier row with its order key is open, while the row it
//! depends on is not done, or while its group is paused; it leaves when the last of these ends. Kept as a state, and
//! not asked of all rows each time, so that claiming costs the same with fifty rows and with fifty thousand.

use rusqlite::{Connection, Params, Transaction};

use super::record::{OutboxRecord, OutboxState};
use super::step::Step;
use crate::error::{StoreError, StoreResult};
use crate::planted::planted;

/// The row is `o`. Nothing stands before it.
const FREE: &str = "
    (o.depends_on IS NULL OR EXISTS (
        SELECT 1 FROM outbox AS d WHERE d.op_id = o.depends_on AND d.state = 'done'))
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS e
        WHERE e.target = o.target AND e.order_key = o.order_key AND e.state NOT IN ('done', 'discarded') AND e.position < o.position)
    AND NOT EXISTS (SELECT 1 FROM outbox_groups AS g WHERE g.group_id = o.group_id AND g.paused = 1)";

/// Whether nothing stands before a row.
pub(super) fn is_free(db: &Connection, op_id: &str) -> StoreResult<bool> {
    let free = match FREE {
        free if planted(8) => &free.replace("d.state = 'done'", "TRUE"),
        free if planted(15) => &free.replace("e.position < o.position", "FALSE"),
        free => free,
    };
    let sql = format!("SELECT 1 FROM outbox AS o WHERE o.op_id = ?1 AND {free}");
    Ok(db.prepare_cached(&sql)?.exists([op_id])?)
}

/// Gives the turn to those that waited for this row: the next with its order key, and its dependents.
pub(super) fn pass_on(tx: &Transaction<'_>, row: &OutboxRecord) -> StoreResult<()> {
    let next = "SELECT op_id FROM outbox WHERE target = ?1 AND order_key = ?2 AND state NOT IN ('done', 'discarded')
        ORDER BY position LIMIT 1";
    let dependents = "SELECT op_id FROM outbox WHERE depends_on = ?1 AND state = 'waiting' ORDER BY position";
    let mut waiting = ids(tx, next, (&row.target, &row.order_key))?;
    waiting.extend(ids(tx, dependents, [&row.op_id])?);
    give(tx, &waiting)
}

/// Gives the turn to a row, if it waits and nothing stands before it.
pub(super) fn give_one(tx: &Transaction<'_>, op_id: &str) -> StoreResult<()> {
    give(tx, &[op_id.to_owned()])
}

/// Gives the turn to those of these rows that can have it.
pub(super) fn give(tx: &Transaction<'_>, op_ids: &[String]) -> StoreResult<()> {
    for op_id in op_ids {
        let held: Option<(OutboxState, bool)> = tx
            .prepare_cached(
                "SELECT state, held_until_utc_ms IS NOT NULL AND attempts = 0 FROM outbox WHERE op_id = ?1",
            )?
            .query_map([op_id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .next()
            .transpose()?;
        let Some((OutboxState::Waiting, held)) = held else { continue };
        if is_free(tx, op_id)? {
            take(tx, op_id, if held { Step::TurnHeld } else { Step::Turn })?;
        }
    }
    Ok(())
}

fn ids(tx: &Transaction<'_>, sql: &str, params: impl Params) -> StoreResult<Vec<String>> {
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A row that goes back in line has no turn while another with its order key is before it or under way: it may have
/// been brought back behind that one.
pub(super) fn stand_back(tx: &Transaction<'_>, op_id: &str) -> StoreResult<()> {
    if is_free(tx, op_id)? { Ok(()) } else { take(tx, op_id, Step::LoseTurn) }
}

/// Takes a step that changes nothing else.
///
/// # Errors
/// See [`to`].
pub(super) fn take(tx: &Transaction<'_>, op_id: &str, step: Step) -> StoreResult<()> {
    let to = to(tx, op_id, step)?;
    tx.prepare_cached("UPDATE outbox SET state = ?2 WHERE op_id = ?1")?.execute((op_id, to))?;
    Ok(())
}

/// Where a step leads a row; changes nothing.
///
/// # Errors
/// [`StoreError::WrongState`] when the table does not have it.
pub(super) fn to(tx: &Connection, op_id: &str, step: Step) -> StoreResult<OutboxState> {
    let state: Option<OutboxState> = tx
        .prepare_cached("SELECT state FROM outbox WHERE op_id = ?1")?
        .query_map([op_id], |row| row.get(0))?
        .next()
        .transpose()?;
    state.and_then(|state| step.from(state)).ok_or(StoreError::WrongState { state })
}
