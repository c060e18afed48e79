//! Rows that belong together: one line for the user, with progress, pause, stop, undo and one retry.
//!
//! What the user decides about a group counts at once; its rows follow a few at a time, so that no transaction reads
//! or writes all of them ([`begin_sweep`], [`sweep_rows`], [`end_sweep`]). A sweep is noted, and goes on after a restart.

use rusqlite::{Connection, OptionalExtension as _, Params, Row, Transaction};

use super::change::{edit, retry, take_back};
use super::list::{counts_within, get, rows};
use super::record::{COLUMNS, OutboxCounts, OutboxRecord};
use super::turn::give;
use crate::error::{StoreError, StoreResult};
use crate::tables::text_column::text_enum;

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub group_id: String,
    /// What it is; the engine knows the kinds.
    pub kind: String,
    /// What it is about, in the user's words; empty where its kind says it all.
    pub title: String,
    /// None of its rows begins.
    pub paused: bool,
    /// What is still being done to its rows.
    pub sweep: Option<Sweep>,
    /// When the user decided it.
    pub created_utc_ms: i64,
}

text_enum! {
    /// What is done to all rows of a group.
    pub enum Sweep {
        /// None begins; what is under way ends.
        Pause = "pause",
        /// They go on.
        Resume = "resume",
        /// What has not been done is taken back.
        Stop = "stop",
        /// The same, and what has been done is undone there.
        Undo = "undo",
        /// What was refused is tried again.
        Retry = "retry",
    }
}

/// Adds a group; its rows name it when they are put in.
pub fn add_group(tx: &Transaction<'_>, group: &Group) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT INTO outbox_groups (group_id, kind, title, paused, sweep, created_utc_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((&group.group_id, &group.kind, &group.title, group.paused, group.sweep, group.created_utc_ms))?;
    Ok(())
}

/// One group with how many of its rows are in each state.
pub fn group(db: &Connection, group_id: &str) -> StoreResult<Option<(Group, OutboxCounts)>> {
    let found = db
        .prepare_cached("SELECT * FROM outbox_groups WHERE group_id = ?1")?
        .query_row([group_id], from_row)
        .optional()?;
    found.map(|group| counted(db, group)).transpose()
}

/// Groups in which something is still to be done, the newest first.
pub fn groups_open(db: &Connection) -> StoreResult<Vec<(Group, OutboxCounts)>> {
    let sql = "SELECT * FROM outbox_groups WHERE group_id IN (
            SELECT group_id FROM outbox_group_counts
            WHERE count > 0 AND state IN ('waiting', 'held', 'pending', 'claimed', 'blocked', 'review', 'conflict'))
         ORDER BY created_utc_ms DESC, group_id";
    groups(db, sql, [])
}

/// Groups decided since a moment, the newest first, at most `limit`.
pub fn groups_since(db: &Connection, since_utc_ms: i64, limit: u32) -> StoreResult<Vec<(Group, OutboxCounts)>> {
    let sql = "SELECT * FROM outbox_groups WHERE created_utc_ms >= ?1 ORDER BY created_utc_ms DESC LIMIT ?2";
    groups(db, sql, (since_utc_ms, limit))
}

/// Groups whose rows are still being gone through, with what is done to them.
pub fn groups_swept(db: &Connection) -> StoreResult<Vec<(String, Sweep)>> {
    let mut statement = db.prepare_cached("SELECT group_id, sweep FROM outbox_groups WHERE sweep IS NOT NULL")?;
    let swept = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(swept.collect::<Result<_, _>>()?)
}

/// The user's decision about a whole group. It counts at once: no row that has not left begins while the group is
/// paused, stopped or undone. Its rows follow with [`sweep_rows`].
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::WrongState`] while it is being stopped or undone, which is not cut short.
pub fn begin_sweep(tx: &Transaction<'_>, group_id: &str, sweep: Sweep) -> StoreResult<()> {
    let (group, _) = group(tx, group_id)?.ok_or(StoreError::NotFound { table: "outbox_groups" })?;
    let ending = matches!(group.sweep, Some(Sweep::Stop | Sweep::Undo));
    if ending && !(group.sweep == Some(Sweep::Stop) && sweep == Sweep::Undo) {
        return Err(StoreError::WrongState { state: None });
    }
    let paused = match sweep {
        Sweep::Pause | Sweep::Stop | Sweep::Undo => true,
        Sweep::Resume => false,
        Sweep::Retry => group.paused,
    };
    tx.prepare_cached("UPDATE outbox_groups SET paused = ?2, sweep = ?3 WHERE group_id = ?1")?
        .execute((group_id, paused, sweep))?;
    Ok(())
}

/// Does it to up to `most` rows beyond the position `after`, and answers where to go on; `None` when all have had it.
/// `tried_again` gives the payload with which a refused row goes, where it goes with another one.
///
/// # Errors
/// [`StoreError::WrongState`] when the user has decided something else meanwhile.
pub fn sweep_rows(
    tx: &Transaction<'_>,
    group_id: &str,
    sweep: Sweep,
    after: i64,
    most: u32,
    tried_again: &dyn Fn(&OutboxRecord) -> Option<String>,
    now_utc_ms: i64,
) -> StoreResult<Option<i64>> {
    still(tx, group_id, sweep)?;
    let next = match sweep {
        Sweep::Pause => pause(tx, group_id, most)?,
        Sweep::Resume => {
            let waiting = op_ids(
                tx,
                "SELECT position, op_id FROM outbox
                 WHERE group_id = ?1 AND state = 'waiting' AND done_utc_ms IS NULL AND position > ?2
                 ORDER BY position LIMIT ?3",
                (group_id, after, most),
            )?;
            give(tx, &waiting.iter().map(|(_, op_id)| op_id.clone()).collect::<Vec<_>>())?;
            waiting.last().map(|(position, _)| *position)
        }
        Sweep::Stop | Sweep::Undo => take_back_some(tx, group_id, most, now_utc_ms)?,
        Sweep::Retry => {
            let refused = op_ids(
                tx,
                "SELECT position, op_id FROM outbox
                 WHERE group_id = ?1 AND state IN ('blocked', 'review') AND position > ?2
                 ORDER BY position LIMIT ?3",
                (group_id, after, most),
            )?;
            for (_, op_id) in &refused {
                retry_one(tx, op_id, tried_again, now_utc_ms)?;
            }
            refused.last().map(|(position, _)| *position)
        }
    };
    Ok(next)
}

fn retry_one(
    tx: &Transaction<'_>,
    op_id: &str,
    tried_again: &dyn Fn(&OutboxRecord) -> Option<String>,
    now_utc_ms: i64,
) -> StoreResult<()> {
    // What may have arrived is looked up as it was sent.
    let row = get(tx, op_id)?.filter(|row| row.maybe_sent_utc_ms.is_none());
    match row.and_then(|row| Some((tried_again(&row)?, row.title))) {
        Some((payload, title)) => edit(tx, op_id, &title, &payload, None, now_utc_ms),
        None => retry(tx, op_id, now_utc_ms),
    }
}

/// What is under way ends; what may have arrived is still looked up.
fn pause(tx: &Transaction<'_>, group_id: &str, most: u32) -> StoreResult<Option<i64>> {
    let moved = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'waiting' WHERE position IN (
                SELECT position FROM outbox
                WHERE group_id = ?1 AND state IN ('held', 'pending') AND maybe_sent_utc_ms IS NULL LIMIT ?2)",
        )?
        .execute((group_id, most))?;
    Ok((moved > 0).then_some(0))
}

/// What has not left is discarded; what may have arrived is looked up first, and undone there.
fn take_back_some(tx: &Transaction<'_>, group_id: &str, most: u32, now_utc_ms: i64) -> StoreResult<Option<i64>> {
    let open = op_ids(
        tx,
        "SELECT position, op_id FROM outbox
         WHERE group_id = ?1 AND state IN ('waiting', 'held', 'pending', 'claimed', 'blocked', 'review', 'conflict')
           AND take_back_utc_ms IS NULL LIMIT ?2",
        (group_id, most),
    )?;
    for (_, op_id) in &open {
        match take_back(tx, op_id, now_utc_ms) {
            // It fell with one that it depended on.
            Ok(_) | Err(StoreError::WrongState { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let more = !open.is_empty() || note_taken_back(tx, group_id, most, now_utc_ms)? > 0;
    Ok(more.then_some(0))
}

/// What is discarded is taken back with its group, also what had given way to something else before: whoever takes that
/// back does not bring it back.
fn note_taken_back(tx: &Transaction<'_>, group_id: &str, most: u32, now_utc_ms: i64) -> StoreResult<usize> {
    let noted = tx
        .prepare_cached(
            "UPDATE outbox SET take_back_utc_ms = ?3 WHERE position IN (
                SELECT position FROM outbox
                WHERE group_id = ?1 AND state = 'discarded' AND take_back_utc_ms IS NULL LIMIT ?2)",
        )?
        .execute((group_id, most, now_utc_ms))?;
    Ok(noted)
}

/// Rows of a group that have not left, and those of which nobody can tell, at most `most`.
pub fn to_take_back(db: &Connection, group_id: &str, most: u32) -> StoreResult<Vec<OutboxRecord>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox AS o
         WHERE o.group_id = ?1 AND o.state IN ('waiting', 'held', 'pending', 'blocked', 'review', 'conflict')
           AND (o.maybe_sent_utc_ms IS NULL OR o.state = 'review') AND o.take_back_utc_ms IS NULL LIMIT ?2"
    );
    rows(db, &sql, (group_id, most))
}

/// Rows of a group that are done and that nobody has taken back, at most `most`.
pub fn to_undo(db: &Connection, group_id: &str, most: u32) -> StoreResult<Vec<OutboxRecord>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox AS o
         WHERE o.group_id = ?1 AND o.state = 'done' AND o.take_back_utc_ms IS NULL LIMIT ?2"
    );
    rows(db, &sql, (group_id, most))
}

/// A done row is undone by another one.
pub fn note_undone(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached("UPDATE outbox SET take_back_utc_ms = ?2 WHERE op_id = ?1 AND state = 'done'")?
        .execute((op_id, now_utc_ms))?;
    Ok(())
}

/// All rows have had it. What was stopped is not paused: a row of it that the user restores goes.
///
/// # Errors
/// [`StoreError::WrongState`] when the user has decided something else meanwhile.
pub fn end_sweep(tx: &Transaction<'_>, group_id: &str, sweep: Sweep) -> StoreResult<()> {
    still(tx, group_id, sweep)?;
    tx.prepare_cached(
        "UPDATE outbox_groups SET sweep = NULL, paused = paused AND sweep NOT IN ('stop', 'undo')
         WHERE group_id = ?1",
    )?
    .execute([group_id])?;
    Ok(())
}

fn still(db: &Connection, group_id: &str, sweep: Sweep) -> StoreResult<()> {
    match group(db, group_id)? {
        Some((group, _)) if group.sweep == Some(sweep) => Ok(()),
        _ => Err(StoreError::WrongState { state: None }),
    }
}

fn op_ids(tx: &Transaction<'_>, sql: &str, params: impl Params) -> StoreResult<Vec<(i64, String)>> {
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn groups(db: &Connection, sql: &str, params: impl Params) -> StoreResult<Vec<(Group, OutboxCounts)>> {
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map(params, from_row)?.collect::<Result<Vec<_>, _>>()?;
    found.into_iter().map(|group| counted(db, group)).collect()
}

fn counted(db: &Connection, group: Group) -> StoreResult<(Group, OutboxCounts)> {
    let counts = counts_within(db, Some(&group.group_id))?;
    Ok((group, counts))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Group> {
    Ok(Group {
        group_id: row.get("group_id")?,
        kind: row.get("kind")?,
        title: row.get("title")?,
        paused: row.get("paused")?,
        sweep: row.get("sweep")?,
        created_utc_ms: row.get("created_utc_ms")?,
    })
}
