//! Calls: pulled from Zoom, folded to one row each, matched with people, listed, decided about, counted.

mod awaited;
mod charts;
mod decide;
mod dial;
mod export;
pub(crate) mod late;
pub(crate) mod lead;
mod ledger;
mod leg;
mod list;
mod note;
pub(crate) mod opportunities;
pub(crate) mod pull;
pub(crate) mod region;
mod rows;
mod settle;
mod stored;
mod take;
pub(crate) mod task;
pub(crate) mod view;
pub(crate) mod voicemails;
mod whose;

use std::collections::HashMap;

use liaison_store::tables::{calls as table, calls_search};
use liaison_store::{Connection, StoreResult};

use crate::context::Context;
use crate::failure::Error;
use view::CallRow;

/// The room, as what it may read is told by.
pub(crate) struct Room;

/// Calls of other rooms as rows, with where their Tasks stand, by their keys; those that are not there are left out.
pub(crate) fn rows_of(db: &Connection, keys: &[&str], now_ms: i64) -> StoreResult<HashMap<String, CallRow>> {
    let mut stored = Vec::with_capacity(keys.len());
    for key in keys {
        stored.extend(table::get(db, key)?);
    }
    let mut shown = rows::rows(db, &stored, now_ms)?;
    task::state::mark(db, &mut shown)?;
    Ok(shown.into_iter().map(|row| (row.id.clone(), row)).collect())
}

/// The latest calls that match every word of a query.
pub(crate) fn found(db: &Connection, query: &str, limit: u32, now_ms: i64) -> StoreResult<Vec<CallRow>> {
    let ever = table::Between { from_utc_ms: i64::MIN, to_utc_ms: i64::MAX };
    let found = calls_search::search(db, query, table::Chip::All, ever, 0, limit)?;
    rows::rows(db, &found, now_ms)
}

/// Makes the lines of people anew when the rules are others than those they were made by. Before the first people come
/// it costs nothing, and theirs are made once.
pub(crate) async fn follow_rules(cx: &Context) -> Result<(), Error> {
    let computer = (cx.config().region)();
    Ok(cx.store.write(move |tx| settle::follow_rules(tx, computer.as_deref())).await?)
}

/// For whom numbers without a country code are read.
pub(crate) fn regions(db: &Connection) -> StoreResult<liaison_domain::phone::Regions> {
    whose::regions(db)
}
