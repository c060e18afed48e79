//! What a call is about goes with whose it is: a topic of one account says nothing of a call with another.

use liaison_domain::matching::Object;
use liaison_store::tables::call_links::{CallLink, LinkedRecord};
use liaison_store::tables::call_notes::{self, CallNote};
use liaison_store::tables::people;
use liaison_store::{Connection, StoreResult, Transaction};

/// The call belongs to another record now. Answers the topic that goes with the one before; it stays where both are of
/// one account.
pub(super) fn follow(
    tx: &Transaction<'_>,
    key: &str,
    before: Option<&CallLink>,
    after: Option<&CallLink>,
    now_ms: i64,
) -> StoreResult<Option<LinkedRecord>> {
    let Some(note) = call_notes::get(tx, key)? else { return Ok(None) };
    if note.about.is_none() || is_one_account(tx, record(before), record(after))? {
        return Ok(None);
    }
    let gone = note.about.clone();
    call_notes::put(tx, key, &CallNote { about: None, updated_utc_ms: now_ms, ..note })?;
    Ok(gone)
}

/// The decision that took the topic away is taken back; what the user has chosen since stays.
pub(super) fn bring_back(tx: &Transaction<'_>, key: &str, about: &LinkedRecord, now_ms: i64) -> StoreResult<()> {
    let note = call_notes::get(tx, key)?.unwrap_or_default();
    if note.about.is_some() {
        return Ok(());
    }
    call_notes::put(tx, key, &CallNote { about: Some(about.clone()), updated_utc_ms: now_ms, ..note })
}

fn record(link: Option<&CallLink>) -> Option<&LinkedRecord> {
    link?.record.as_ref()
}

fn is_one_account(db: &Connection, before: Option<&LinkedRecord>, after: Option<&LinkedRecord>) -> StoreResult<bool> {
    let (Some(before), Some(after)) = (before, after) else { return Ok(false) };
    if before.id == after.id {
        return Ok(true);
    }
    let account = account_of(db, before)?;
    Ok(account.is_some() && account == account_of(db, after)?)
}

fn account_of(db: &Connection, record: &LinkedRecord) -> StoreResult<Option<String>> {
    if record.kind == Object::Account.name() {
        return Ok(Some(record.id.clone()));
    }
    let person = people::people_by_salesforce_id(db, &[record.id.as_str()])?.into_iter().next();
    Ok(person.and_then(|person| person.account_id))
}
