//! Lets go of what is older than its user wants to keep it. Never what is not sent yet, nor what keeps the same thing
//! from being written twice: the outbox, `records_pushed` and `call_tasks` stay.

use rusqlite::Transaction;

use super::search_index;
use crate::error::StoreResult;

/// How much went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Meetings that are over.
    pub meetings: usize,
    /// Calls, with their legs, notes and links.
    pub calls: usize,
    /// Messages on the telephone's answering machine.
    pub voicemails: usize,
    /// Registrants, panelists and attendance of webinars that are over.
    pub webinar_people: usize,
}

impl Swept {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> usize {
        self.meetings + self.calls + self.voicemails + self.webinar_people
    }
}

/// Rows of the outbox that are about `$subject` and may still leave.
macro_rules! unsent {
    ($subject:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM outbox AS o WHERE o.subject_key IN (",
            $subject,
            ", 'next:' || ",
            $subject,
            ") AND o.state NOT IN ('done', 'discarded'))"
        )
    };
}

/// Removes what ended before a moment. Call `Store::fold_log` afterwards, so that nothing removed stays in the log.
pub fn sweep(tx: &Transaction<'_>, before_utc_ms: i64) -> StoreResult<Swept> {
    Ok(Swept {
        meetings: meetings(tx, before_utc_ms)?,
        calls: calls(tx, before_utc_ms)?,
        voicemails: tx.execute("DELETE FROM voicemails WHERE spoken_utc_ms < ?1", [before_utc_ms])?,
        webinar_people: webinar_people(tx, before_utc_ms)?,
    })
}

fn meetings(tx: &Transaction<'_>, before: i64) -> StoreResult<usize> {
    let gone = tx.execute(
        concat!(
            "DELETE FROM zoom_meetings WHERE start_utc_ms + minutes * 60000 < ?1 AND NOT ",
            unsent!("zoom_meetings.key")
        ),
        [before],
    )?;
    // What became of it goes too; that it was read stays, or it would be read again.
    for table in ["meeting_sessions", "meeting_recordings"] {
        tx.execute(
            &format!(
                "DELETE FROM {table} WHERE uuid IN (
                    SELECT uuid FROM meeting_instances WHERE coalesce(ended_utc_ms, started_utc_ms) < ?1)"
            ),
            [before],
        )?;
    }
    tx.execute(
        "UPDATE meeting_instances SET topic = NULL, summary = NULL, share_url_sealed = NULL, passcode_sealed = NULL
         WHERE coalesce(ended_utc_ms, started_utc_ms) < ?1",
        [before],
    )?;
    tx.execute(
        concat!(
            "DELETE FROM meeting_guests WHERE decided_utc_ms < ?1
             AND NOT EXISTS (SELECT 1 FROM zoom_meetings AS m WHERE m.key = meeting_guests.meeting_key) AND NOT ",
            unsent!("meeting_guests.meeting_key")
        ),
        [before],
    )?;
    // What was linked by somebody says something about somebody.
    tx.execute(
        concat!(
            "DELETE FROM links WHERE zoom_kind = 'meeting' AND created_utc_ms < ?1
             AND NOT EXISTS (SELECT 1 FROM zoom_meetings AS m WHERE m.key = links.zoom_key) AND NOT ",
            unsent!("links.zoom_key")
        ),
        [before],
    )?;
    tx.execute(
        concat!(
            "DELETE FROM meeting_topics WHERE chosen_utc_ms < ?1
             AND NOT EXISTS (SELECT 1 FROM zoom_meetings AS m WHERE m.key = meeting_topics.meeting_key) AND NOT ",
            unsent!("meeting_topics.meeting_key")
        ),
        [before],
    )?;
    Ok(gone)
}

fn calls(tx: &Transaction<'_>, before: i64) -> StoreResult<usize> {
    tx.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS old_calls (key TEXT NOT NULL PRIMARY KEY) STRICT; DELETE FROM old_calls;",
    )?;
    let old = tx.execute(
        concat!(
            "INSERT INTO old_calls (key) SELECT key FROM calls WHERE start_utc_ms < ?1 AND NOT ",
            unsent!("calls.key")
        ),
        [before],
    )?;
    search_index::CALLS.following(tx, old, || {
        let of_old = "row IN (SELECT row FROM calls WHERE key IN (SELECT key FROM old_calls))";
        Ok(tx.execute(&format!("DELETE FROM calls_folded WHERE {of_old}"), [])?)
    })?;
    for statement in [
        "DELETE FROM call_legs WHERE call_key IN (SELECT key FROM old_calls)",
        "DELETE FROM call_notes WHERE call_key IN (SELECT key FROM old_calls)",
        "DELETE FROM call_links WHERE call_key IN (SELECT key FROM old_calls)",
    ] {
        tx.execute(statement, [])?;
    }
    // A day whose legs have gone, whatever the clocks it was counted by, would say that they are missing.
    tx.execute("DELETE FROM call_days WHERE day <= date(?1 / 1000 + 14 * 3600, 'unixepoch')", [before])?;
    Ok(tx.execute("DELETE FROM calls WHERE key IN (SELECT key FROM old_calls)", [])?)
}

fn webinar_people(tx: &Transaction<'_>, before: i64) -> StoreResult<usize> {
    const OVER: &str = "webinar_key IN (
        SELECT w.key FROM webinars AS w
        WHERE max(
            coalesce(w.start_utc_ms + w.minutes * 60000, 0),
            coalesce((SELECT max(d.start_utc_ms + d.minutes * 60000) FROM webinar_dates AS d WHERE d.webinar_key = w.key), 0)
        ) BETWEEN 1 AND ?1 - 1
        AND NOT EXISTS (
            SELECT 1 FROM outbox AS o
            WHERE substr(o.subject_key, 1, length(w.key)) = w.key AND o.state NOT IN ('done', 'discarded')))";
    let mut gone = 0;
    for table in [
        "webinar_registrants",
        "webinar_panelists",
        "webinar_sessions",
        "webinar_said",
        "webinar_viewers",
        "webinar_absentees",
        "registration_reasons",
    ] {
        gone += tx.execute(&format!("DELETE FROM {table} WHERE {OVER}"), [before])?;
    }
    Ok(gone)
}
