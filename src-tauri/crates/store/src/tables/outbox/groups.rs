//! Rows that belong together: one line for the user, with progress, pause and stop.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use super::change::{TakenBack, take_back};
use super::turn::resume_group;
use crate::error::{StoreError, StoreResult};

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub group_id: String,
    /// What the user sees.
    pub title: String,
    /// None of its rows begins.
    pub paused: bool,
    /// When the user decided it.
    pub created_utc_ms: i64,
}

/// How far a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GroupProgress {
    /// All its rows but those taken back before they left.
    pub total: u32,
    /// Done.
    pub done: u32,
    /// They wait for the user.
    pub need_you: u32,
    /// Taken back.
    pub discarded: u32,
}

/// Adds a group; its rows name it when they are put in.
pub fn add_group(tx: &Transaction<'_>, group: &Group) -> StoreResult<()> {
    tx.prepare_cached("INSERT INTO outbox_groups (group_id, title, paused, created_utc_ms) VALUES (?1, ?2, ?3, ?4)")?
        .execute((&group.group_id, &group.title, group.paused, group.created_utc_ms))?;
    Ok(())
}

/// One group with its progress.
pub fn group(db: &Connection, group_id: &str) -> StoreResult<Option<(Group, GroupProgress)>> {
    let found = db
        .prepare_cached("SELECT * FROM outbox_groups WHERE group_id = ?1")?
        .query_row([group_id], from_row)
        .optional()?;
    found.map(|group| Ok((progress(db, &group.group_id)?, group))).transpose().map(|both| both.map(|(p, g)| (g, p)))
}

/// Groups in which something is still to be done, the newest first.
pub fn groups_open(db: &Connection) -> StoreResult<Vec<(Group, GroupProgress)>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM outbox_groups AS g
         WHERE EXISTS (SELECT 1 FROM outbox AS o WHERE o.group_id = g.group_id AND o.state NOT IN ('done', 'discarded'))
         ORDER BY created_utc_ms DESC, group_id",
    )?;
    let groups = statement.query_map([], from_row)?.collect::<Result<Vec<_>, _>>()?;
    groups
        .into_iter()
        .map(|group| Ok((progress(db, &group.group_id)?, group)))
        .map(|both: StoreResult<_>| both.map(|(progress, group)| (group, progress)))
        .collect()
}

fn progress(db: &Connection, group_id: &str) -> StoreResult<GroupProgress> {
    let mut progress = GroupProgress::default();
    let mut statement = db.prepare_cached("SELECT state, count(*) FROM outbox WHERE group_id = ?1 GROUP BY state")?;
    let mut rows = statement.query([group_id])?;
    while let Some(row) = rows.next()? {
        let count: u32 = row.get(1)?;
        match row.get_ref(0)?.as_str().unwrap_or_default() {
            "discarded" => progress.discarded = count,
            "done" => (progress.done, progress.total) = (count, progress.total + count),
            "blocked" | "review" | "conflict" => {
                (progress.need_you, progress.total) = (progress.need_you + count, progress.total + count);
            }
            _ => progress.total += count,
        }
    }
    Ok(progress)
}

/// Pauses a group, or lets it go on. Rows under way end; none begins while it is paused.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn pause_group(tx: &Transaction<'_>, group_id: &str, paused: bool) -> StoreResult<()> {
    let changed =
        tx.prepare_cached("UPDATE outbox_groups SET paused = ?2 WHERE group_id = ?1")?.execute((group_id, paused))?;
    if changed == 0 {
        return Err(StoreError::NotFound { table: "outbox_groups" });
    }
    if !paused {
        return resume_group(tx, group_id);
    }
    // What may have arrived is still looked up.
    tx.prepare_cached(
        "UPDATE outbox SET state = 'waiting'
         WHERE group_id = ?1 AND state IN ('held', 'pending') AND maybe_sent_utc_ms IS NULL",
    )?
    .execute([group_id])?;
    Ok(())
}

/// Takes back whatever of a group has not been done; answers how many rows were discarded, and how many may have
/// arrived and are looked up first.
pub fn stop_group(tx: &Transaction<'_>, group_id: &str, now_utc_ms: i64) -> StoreResult<(u32, u32)> {
    let open: Vec<String> = {
        let mut statement = tx.prepare_cached(
            "SELECT op_id FROM outbox WHERE group_id = ?1 AND state NOT IN ('done', 'discarded') ORDER BY position",
        )?;
        statement.query_map([group_id], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    let (mut discarded, mut wished) = (0, 0);
    for op_id in open {
        match take_back(tx, &op_id, now_utc_ms) {
            Ok(TakenBack::Discarded(rows)) => discarded += u32::try_from(rows.len()).unwrap_or(u32::MAX),
            Ok(TakenBack::Wished) => wished += 1,
            // It fell with one that it depended on.
            Err(StoreError::WrongState { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok((discarded, wished))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Group> {
    Ok(Group {
        group_id: row.get("group_id")?,
        title: row.get("title")?,
        paused: row.get("paused")?,
        created_utc_ms: row.get("created_utc_ms")?,
    })
}
