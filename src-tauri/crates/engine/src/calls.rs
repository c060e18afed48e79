//! Calls: pulled from Zoom, folded to one row each, matched with people, listed, decided about, counted.

mod awaited;
mod charts;
mod decide;
mod dial;
mod export;
pub(crate) mod late;
mod ledger;
mod leg;
mod list;
mod note;
pub(crate) mod pull;
mod region;
mod rows;
mod settle;
mod stored;
mod take;
pub(crate) mod task;
pub(crate) mod view;
pub(crate) mod voicemails;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_store::tables::calls as table;
use liaison_store::{Connection, StoreResult};

use crate::context::Context;
use crate::failure::Error;
pub(crate) use export::harmless;
use view::{CallAccess, CallRow};

/// Whether the user's calls can be read, as far as it was found out since the program started.
#[derive(Default)]
pub(crate) struct Access(Mutex<Option<(CallAccess, DateTime<Utc>)>>);

impl Access {
    fn get(&self) -> CallAccess {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.as_ref().map(|(access, _)| access.clone()).unwrap_or_default()
    }

    fn set(&self, access: CallAccess, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((access, now));
    }

    /// It was found out a moment ago that there is nothing to read. A clock that was set back asks again.
    fn is_refused_within(&self, time: TimeDelta, now: DateTime<Utc>) -> bool {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = |access: &CallAccess| !matches!(access, CallAccess::Ready | CallAccess::Unknown);
        found.as_ref().is_some_and(|(access, at)| refused(access) && *at <= now && now - *at < time)
    }
}

/// Calls of other rooms as rows, with where their Tasks stand, by their keys; those that are not there are left out.
pub(crate) fn rows_of(db: &Connection, keys: &[&str], now_ms: i64) -> StoreResult<HashMap<String, CallRow>> {
    let regions = settle::regions(db)?;
    let mut shown = Vec::with_capacity(keys.len());
    for key in keys {
        if let Some(stored) = table::get(db, key)? {
            shown.push(rows::row(db, &stored, regions, now_ms)?);
        }
    }
    task::state::mark(db, &mut shown)?;
    Ok(shown.into_iter().map(|row| (row.id.clone(), row)).collect())
}

/// Makes the lines of people anew when the rules are others than those they were made by. Before the first people come
/// it costs nothing, and theirs are made once.
pub(crate) async fn follow_rules(cx: &Context) -> Result<(), Error> {
    let computer = (cx.config().region)();
    Ok(cx.store.write(move |tx| settle::follow_rules(tx, computer.as_deref())).await?)
}

/// For whom numbers without a country code are read.
pub(crate) fn regions(db: &Connection) -> StoreResult<liaison_domain::phone::Regions> {
    settle::regions(db)
}
