//! Tables `people_lists` and `people_list_members` (mirror): campaigns of Salesforce whose members the user asked for, as
//! they were then.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// A list whose members are here.
    pub struct PeopleListRecord {
        /// `Campaign:{id}`.
        id: String,
        /// What it is called there.
        name: String,
        /// When its members were asked for.
        fetched_utc_ms: i64,
        /// Salesforce gave only the first ones.
        cut: bool,
    }
}

/// Keeps the members of a list, by their Salesforce ids, in place of those of before.
pub fn put(tx: &Transaction<'_>, list: &PeopleListRecord, members: &[String]) -> StoreResult<()> {
    let (insert, newer) =
        (columns::insert("people_lists", PeopleListRecord::COLUMNS), columns::newer(PeopleListRecord::COLUMNS));
    tx.execute(&format!("{insert} ON CONFLICT (id) DO UPDATE SET {newer}"), params_from_iter(list.values()?))?;
    tx.execute("DELETE FROM people_list_members WHERE list_id = ?1", [&list.id])?;
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO people_list_members (list_id, salesforce_id) VALUES (?1, ?2)")?;
    for member in members {
        insert.execute((&list.id, member))?;
    }
    Ok(())
}

/// A list whose members are here.
pub fn get(db: &Connection, id: &str) -> StoreResult<Option<PeopleListRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM people_lists WHERE id = ?1")?
        .query_row([id], PeopleListRecord::from_row)
        .optional()?;
    Ok(found)
}

/// How many members it has there, whether they are here or not.
pub fn members(db: &Connection, id: &str) -> StoreResult<u32> {
    let count = db
        .prepare_cached("SELECT count(*) FROM people_list_members WHERE list_id = ?1")?
        .query_row([id], |row| row.get(0))?;
    Ok(count)
}
