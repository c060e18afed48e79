//! Cursors of answers that did not fit on one page.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::call::Version;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::plan::Plan;

/// A locator dies when nobody used it for this long.
const IDLE_MINUTES: i64 = 15;

/// Answers that are still being read.
#[derive(Debug, Default)]
pub struct Cursors {
    open: HashMap<RecordId, Cursor>,
    given: u64,
}

/// The rest of an answer: which rows, and how to show them.
#[derive(Debug, Clone)]
pub struct Cursor {
    pub plan: Plan,
    pub rows: Vec<RecordId>,
    pub page: usize,
    pub all: bool,
    pub version: Version,
    used: DateTime<Utc>,
}

impl Cursor {
    pub fn new(plan: Plan, rows: Vec<RecordId>, page: usize, all: bool, version: Version, now: DateTime<Utc>) -> Self {
        Self { plan, rows, page, all, version, used: now }
    }
}

impl Cursors {
    /// Keeps an answer and names it.
    pub fn keep(&mut self, cursor: Cursor, marker: [u8; 2]) -> RecordId {
        self.given += 1;
        let id = RecordId::numbered("01g", marker, self.given);
        self.open.insert(id, cursor);
        id
    }

    /// The answer of a locator such as `01g…-2000`, and the row it goes on with.
    pub fn find(&mut self, locator: &str, version: Version, now: DateTime<Utc>) -> Result<(RecordId, usize), Refusal> {
        let gone = || Refusal::new("INVALID_QUERY_LOCATOR", "invalid query locator");
        let oldest = now - TimeDelta::minutes(IDLE_MINUTES);
        self.open.retain(|_, cursor| cursor.used >= oldest);
        let (id, offset) = locator.rsplit_once('-').ok_or_else(gone)?;
        let id = RecordId::parse(id).ok_or_else(gone)?;
        let offset: usize = offset.parse().map_err(|_| gone())?;
        let cursor = self.open.get_mut(&id).filter(|cursor| cursor.version == version).ok_or_else(gone)?;
        if offset == 0 || offset >= cursor.rows.len() {
            return Err(gone());
        }
        cursor.used = now;
        Ok((id, offset))
    }

    pub fn get(&self, id: RecordId) -> Option<&Cursor> {
        self.open.get(&id)
    }
}
