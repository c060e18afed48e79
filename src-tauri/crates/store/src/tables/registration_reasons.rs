//! Table `registration_reasons` (user): why somebody who opted out of e-mail was registered all the same.

use rusqlite::{Connection, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// One decision.
    pub struct RegistrationReason {
        /// Our own id.
        id: String,
        /// The webinar.
        webinar_key: String,
        /// The address that was registered.
        email: String,
        /// The Lead or Contact.
        record_id: Option<String>,
        /// Their name then.
        person_name: String,
        /// The user's words.
        reason: String,
        /// When.
        decided_utc_ms: i64,
    }
}

/// Keeps a decision.
pub fn add(tx: &Transaction<'_>, reason: &RegistrationReason) -> StoreResult<()> {
    let sql = columns::insert("registration_reasons", RegistrationReason::COLUMNS);
    tx.prepare_cached(&sql)?.execute(params_from_iter(reason.values()?))?;
    Ok(())
}

/// The decisions about a webinar, the first one first.
pub fn of_webinar(db: &Connection, webinar: &str) -> StoreResult<Vec<RegistrationReason>> {
    let mut statement =
        db.prepare_cached("SELECT * FROM registration_reasons WHERE webinar_key = ?1 ORDER BY decided_utc_ms, id")?;
    let rows = statement.query_map([webinar], RegistrationReason::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
