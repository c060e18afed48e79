//! When a target asked to wait. Kept, so that neither a restart nor another row learns it anew.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::StoreResult;

/// A pause of everything that goes to one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanePause {
    /// When it ends.
    pub until_utc_ms: i64,
    /// Why, in the engine's own form.
    pub reason_json: String,
}

/// Pauses a target; a pause that is there already is only made longer.
pub fn pause_lane(tx: &Transaction<'_>, target: &str, pause: &LanePause) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT INTO outbox_lanes (target, paused_until_utc_ms, reason_json) VALUES (?1, ?2, ?3)
         ON CONFLICT (target) DO UPDATE SET paused_until_utc_ms = excluded.paused_until_utc_ms,
            reason_json = excluded.reason_json
         WHERE excluded.paused_until_utc_ms > paused_until_utc_ms",
    )?
    .execute((target, pause.until_utc_ms, &pause.reason_json))?;
    Ok(())
}

/// Ends the pause of a target.
pub fn resume_lane(tx: &Transaction<'_>, target: &str) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM outbox_lanes WHERE target = ?1")?.execute([target])?;
    Ok(())
}

/// The pause of a target that has not ended.
pub fn lane_pause(db: &Connection, target: &str, now_utc_ms: i64) -> StoreResult<Option<LanePause>> {
    let found = db
        .prepare_cached(
            "SELECT paused_until_utc_ms, reason_json FROM outbox_lanes WHERE target = ?1 AND paused_until_utc_ms > ?2",
        )?
        .query_row((target, now_utc_ms), |row| Ok(LanePause { until_utc_ms: row.get(0)?, reason_json: row.get(1)? }))
        .optional()?;
    Ok(found)
}

/// Makes no hold and no wait of a target longer than these ends: a clock that was set back must not hold anything
/// for hours. Costs one look into an index while nothing is that far away.
pub fn clamp_waits(tx: &Transaction<'_>, target: &str, hold_end_utc_ms: i64, wait_end_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached(
        "UPDATE outbox SET ready_utc_ms = ?2, held_until_utc_ms = ?2
         WHERE target = ?1 AND lane IN (0, 1) AND state IN ('held', 'pending') AND ready_utc_ms > ?2
           AND state = 'held'",
    )?
    .execute((target, hold_end_utc_ms))?;
    tx.prepare_cached(
        "UPDATE outbox SET ready_utc_ms = ?2
         WHERE target = ?1 AND lane IN (0, 1) AND state IN ('held', 'pending') AND ready_utc_ms > ?2",
    )?
    .execute((target, wait_end_utc_ms))?;
    tx.prepare_cached("UPDATE outbox_jobs SET look_utc_ms = ?2 WHERE target = ?1 AND look_utc_ms > ?2")?
        .execute((target, wait_end_utc_ms))?;
    tx.prepare_cached(
        "UPDATE outbox_lanes SET paused_until_utc_ms = ?2 WHERE target = ?1 AND paused_until_utc_ms > ?2",
    )?
    .execute((target, wait_end_utc_ms))?;
    Ok(())
}
