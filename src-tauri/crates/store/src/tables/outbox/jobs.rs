//! Table `outbox_jobs`: Bulk jobs that have taken rows. The id of a job is here, and with its rows, before its data
//! leaves; the rows stay `claimed` until the job's results are read, also over a restart.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use super::list::rows;
use super::record::{COLUMNS, OutboxRecord};
use crate::error::{StoreError, StoreResult};

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The service's id of it.
    pub job_id: String,
    /// The account it writes with.
    pub target: String,
    /// The kind of all its rows.
    pub kind: String,
    /// How many rows it was given.
    pub given: u32,
    /// How often it was looked at.
    pub looks: u32,
    /// When it is to be looked at next.
    pub look_utc_ms: i64,
    /// When it was made.
    pub created_utc_ms: i64,
}

/// Gives rows to a job. From now on they are settled by its results only.
///
/// # Errors
/// [`StoreError::WrongState`] when one of them is not claimed, or has a job already.
pub fn begin_job(tx: &Transaction<'_>, job: &Job, op_ids: &[&str]) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT INTO outbox_jobs (job_id, target, kind, given, looks, look_utc_ms, created_utc_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((&job.job_id, &job.target, &job.kind, job.given, job.looks, job.look_utc_ms, job.created_utc_ms))?;
    let mut give = tx.prepare_cached(
        "UPDATE outbox SET job_id = ?2 WHERE op_id = ?1 AND target = ?3 AND state = 'claimed' AND job_id IS NULL",
    )?;
    for op_id in op_ids {
        if give.execute((op_id, &job.job_id, &job.target))? == 0 {
            return Err(StoreError::WrongState { state: None });
        }
    }
    Ok(())
}

/// When the next job of a target is to be looked at; `None` when it has none.
pub fn next_look(db: &Connection, target: &str) -> StoreResult<Option<i64>> {
    let next = db
        .prepare_cached("SELECT look_utc_ms FROM outbox_jobs WHERE target = ?1 ORDER BY look_utc_ms LIMIT 1")?
        .query_row([target], |row| row.get(0))
        .optional()?;
    Ok(next)
}

/// Takes the job of a target that is due; nobody else gets it before `again_utc_ms`.
pub fn take_job(tx: &Transaction<'_>, target: &str, now_utc_ms: i64, again_utc_ms: i64) -> StoreResult<Option<Job>> {
    let due = tx
        .prepare_cached(
            "SELECT * FROM outbox_jobs WHERE target = ?1 AND look_utc_ms <= ?2 ORDER BY look_utc_ms LIMIT 1",
        )?
        .query_row((target, now_utc_ms), from_row)
        .optional()?;
    let Some(job) = due else { return Ok(None) };
    tx.prepare_cached("UPDATE outbox_jobs SET look_utc_ms = ?2, looks = looks + 1 WHERE job_id = ?1")?
        .execute((&job.job_id, again_utc_ms))?;
    Ok(Some(Job { looks: job.looks + 1, look_utc_ms: again_utc_ms, ..job }))
}

/// Sets when a job is looked at next.
pub fn look_at(tx: &Transaction<'_>, job_id: &str, look_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached("UPDATE outbox_jobs SET look_utc_ms = ?2 WHERE job_id = ?1")?.execute((job_id, look_utc_ms))?;
    Ok(())
}

/// A job got its data anew, of so many rows.
pub fn given_anew(tx: &Transaction<'_>, job_id: &str, given: u32) -> StoreResult<()> {
    tx.prepare_cached("UPDATE outbox_jobs SET given = ?2 WHERE job_id = ?1")?.execute((job_id, given))?;
    Ok(())
}

/// All jobs are due: nobody looks at them after a start.
pub fn look_at_all(tx: &Transaction<'_>, now_utc_ms: i64) -> StoreResult<()> {
    // There is one job for each target at most.
    tx.prepare_cached("UPDATE outbox_jobs SET look_utc_ms = ?1")?.execute([now_utc_ms])?;
    Ok(())
}

/// The rows of a job that are not settled, in the order of the user's decisions.
pub fn job_rows(db: &Connection, job_id: &str) -> StoreResult<Vec<OutboxRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox AS o WHERE o.job_id = ?1 ORDER BY o.position");
    rows(db, &sql, [job_id])
}

/// Forgets a job. All its rows are settled.
///
/// # Errors
/// [`StoreError::Constraint`] while one is not.
pub fn end_job(tx: &Transaction<'_>, job_id: &str) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM outbox_jobs WHERE job_id = ?1")?.execute([job_id])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Job> {
    Ok(Job {
        job_id: row.get("job_id")?,
        target: row.get("target")?,
        kind: row.get("kind")?,
        given: row.get("given")?,
        looks: row.get("looks")?,
        look_utc_ms: row.get("look_utc_ms")?,
        created_utc_ms: row.get("created_utc_ms")?,
    })
}
