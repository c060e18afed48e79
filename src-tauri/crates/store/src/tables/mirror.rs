//! The copy of one service: the tables that its pulls refill, and what was worked out of them beside the other's. It
//! goes when the user has it erased, and when somebody else signs in there.
//!
//! What only this computer knows stands in no list here and stays, also where it says what a service said once: links,
//! notes, decisions and the outbox keep the names and ids of the people that they are about, of Salesforce as of Zoom.
//! Without them whoever signs in again would find their own decisions gone, and the same thing would be written twice.

use liaison_domain::Provider;
use rusqlite::Transaction;

use super::folding::fold;
use super::{cursors, event_differences, people_times, search_index};
use crate::error::StoreResult;

const OF_ZOOM: &[&str] = &[
    "meeting_sessions",
    "meeting_recordings",
    "meeting_instances",
    "meeting_pasts",
    "zoom_meetings",
    "meeting_addresses",
    "calls_folded",
    "calls_index_behind",
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
];

const OF_SALESFORCE: &[&str] = &[
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
    "busy_events",
    "open_opportunities",
];

/// The tables of a service, in an order that foreign keys allow. A new mirror table is added to one of them: tests
/// compare them with the schema, and with what the user is told of where each comes from. `cursors` is of both, row by
/// row.
pub fn tables(of: Provider) -> &'static [&'static str] {
    match of {
        Provider::Zoom => OF_ZOOM,
        Provider::Salesforce => OF_SALESFORCE,
    }
}

/// Removes what a service said and how far its pulls have come; the other one's copy stays, and its pulls go on where
/// they were. Call `Store::fold_log` afterwards, so that nothing removed stays in the log.
pub fn erase(tx: &Transaction<'_>, of: Provider) -> StoreResult<()> {
    let emptied = || -> StoreResult<()> {
        for table in tables(of) {
            tx.execute(&format!("DELETE FROM {table}"), [])?;
        }
        Ok(())
    };
    match of {
        Provider::Zoom => {
            search_index::CALLS.made_anew(tx, emptied)?;
            people_times::forget(tx)?;
            event_differences::forget_zooms(tx)?;
        }
        Provider::Salesforce => {
            search_index::PEOPLE.made_anew(tx, emptied)?;
            calls_as_zoom_tells_them(tx)?;
            event_differences::forget_theirs(tx)?;
            // Who made a Task is told again with the Tasks.
            tx.execute("UPDATE call_tasks SET maker_name = NULL", [])?;
        }
    }
    cursors::forget(tx, of)
}

/// Whose calls were stands in their rows too, with name and company. They are matched again when people are back, and
/// until then they are as those that were never matched; what the user decided without a record is true in any case.
fn calls_as_zoom_tells_them(tx: &Transaction<'_>) -> StoreResult<()> {
    let unmatched: Vec<(i64, Option<String>)> = tx
        .prepare(
            "UPDATE calls SET standing = 'new', to_link = 0, record_id = NULL, record_name = NULL, company = NULL
             WHERE standing IN ('linked', 'ask', 'switchboard', 'nobody')
                OR coalesce(record_id, record_name, company) IS NOT NULL
             RETURNING row, other_name",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    search_index::CALLS.following(tx, unmatched.len(), || {
        let mut found_by = tx.prepare("UPDATE calls_folded SET name = ?2, company = '' WHERE row = ?1")?;
        for (row, other_name) in &unmatched {
            found_by.execute((row, fold(other_name.as_deref().unwrap_or_default())))?;
        }
        Ok(())
    })
}
