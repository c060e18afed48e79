//! Table `meeting_guests` (user): who a guest without an address was, says the user.

use rusqlite::{Connection, Transaction};

use crate::error::StoreResult;

/// One answer of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestAnswer {
    /// What the guest is known by.
    pub guest: String,
    /// Whom the question was about: an invited address, folded.
    pub email: String,
    /// They are the same.
    pub is_them: bool,
}

/// Keeps an answer; a new one about the same two takes its place, and a guest is one person at most.
pub fn put(tx: &Transaction<'_>, meeting_key: &str, answer: &GuestAnswer, now_utc_ms: i64) -> StoreResult<()> {
    if answer.is_them {
        tx.prepare_cached("DELETE FROM meeting_guests WHERE meeting_key = ?1 AND guest = ?2 AND is_them = 1")?
            .execute((meeting_key, &answer.guest))?;
    }
    tx.prepare_cached(
        "INSERT INTO meeting_guests (meeting_key, guest, email, is_them, decided_utc_ms) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (meeting_key, guest, email)
         DO UPDATE SET is_them = excluded.is_them, decided_utc_ms = excluded.decided_utc_ms",
    )?
    .execute((meeting_key, &answer.guest, &answer.email, answer.is_them, now_utc_ms))?;
    Ok(())
}

/// Takes back what was said of a guest.
pub fn forget(tx: &Transaction<'_>, meeting_key: &str, guest: &str) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM meeting_guests WHERE meeting_key = ?1 AND guest = ?2")?
        .execute((meeting_key, guest))?;
    Ok(())
}

/// What the user said of the guests of a meeting.
pub fn of_meeting(db: &Connection, meeting_key: &str) -> StoreResult<Vec<GuestAnswer>> {
    let mut statement = db.prepare_cached(
        "SELECT guest, email, is_them FROM meeting_guests WHERE meeting_key = ?1 ORDER BY decided_utc_ms, guest, email",
    )?;
    let rows = statement.query_map([meeting_key], |row| {
        Ok(GuestAnswer { guest: row.get(0)?, email: row.get(1)?, is_them: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
