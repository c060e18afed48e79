//! "Clear cache": empties the tables that a pull refills, and only those.

use rusqlite::Transaction;

use super::search_index;
use crate::error::StoreResult;

/// Every mirror table, in an order that foreign keys allow. A new mirror table is added here; a test
/// compares the list with the schema.
pub(crate) const TABLES: &[&str] = &[
    "people_list_members",
    "people_lists",
    "people_listed",
    "people_owners",
    "people_times",
    "people_emails",
    "people_folded",
    "people_phones",
    "people_phones_new",
    "people",
    "companies_phones",
    "companies",
    "meeting_sessions",
    "meeting_recordings",
    "meeting_instances",
    "meeting_pasts",
    "zoom_meetings",
    "busy_events",
    "meeting_addresses",
    "calls_folded",
    "calls",
    "call_legs",
    "call_days",
    "voicemails",
    "webinar_viewers",
    "webinar_absentees",
    "webinar_recordings",
    "webinar_said",
    "webinar_parts",
    "webinar_sessions",
    "webinar_instances",
    "webinar_sources",
    "webinar_panelists",
    "webinar_registrants",
    "webinar_dates",
    "webinars",
    "zoom_user",
    "cursors",
];

/// Removes all mirrored rows and their cursors. Links, the outbox, tokens and settings stay. Call
/// `Store::fold_log` afterwards, so that nothing removed stays in the log.
pub fn clear(tx: &Transaction<'_>) -> StoreResult<()> {
    let emptied = || {
        for table in TABLES {
            tx.execute(&format!("DELETE FROM {table}"), [])?;
        }
        Ok(())
    };
    search_index::PEOPLE.made_anew(tx, || search_index::CALLS.made_anew(tx, emptied))
}
