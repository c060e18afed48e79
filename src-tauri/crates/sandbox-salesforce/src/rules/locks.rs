//! Rows that another transaction holds while ours wants to write them.

use super::super::ids::RecordId;
use super::super::records::{Database, Row};
use super::super::refusal::Refusal;
use super::super::schema::Object;

/// Refuses some writes with `UNABLE_TO_LOCK_ROW`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowLock {
    /// Writes of this object only.
    #[serde(default)]
    pub object: Option<String>,
    /// Writes of this record, and of records that point to it, only.
    #[serde(default)]
    pub id: Option<String>,
    /// Lets so many writes through first.
    #[serde(default)]
    pub skip: u64,
    /// Refuses so many, then is over.
    pub count: u64,
}

impl RowLock {
    /// The record that is held, if this lock is about the write.
    fn held(&self, object: &Object, row: &Row) -> Option<RecordId> {
        if self.object.as_deref().is_some_and(|own| !own.eq_ignore_ascii_case(object.name())) {
            return None;
        }
        let parents = ["WhoId", "WhatId", "AccountId", "CampaignId", "LeadId", "ContactId"];
        let mut parents = parents.iter().filter_map(|field| row.named(object, field).as_id());
        match self.id.as_deref() {
            None => Some(parents.next().unwrap_or(row.id)),
            Some(id) => {
                let id = RecordId::parse(id)?;
                std::iter::once(row.id).chain(parents).find(|own| *own == id)
            }
        }
    }
}

/// Asks the locks about one write; the first that has something to say counts it.
pub fn take(database: &mut Database, object: &Object, row: &Row) -> Result<(), Refusal> {
    let found = database.rules.locks.iter_mut().find_map(|lock| {
        let held = lock.held(object, row).filter(|_| lock.count > 0)?;
        Some((lock, held))
    });
    let Some((lock, held)) = found else { return Ok(()) };
    if lock.skip > 0 {
        lock.skip -= 1;
        return Ok(());
    }
    lock.count -= 1;
    let text = format!("unable to obtain exclusive access to this record or 1 records: {held}");
    Err(Refusal::new("UNABLE_TO_LOCK_ROW", text))
}
