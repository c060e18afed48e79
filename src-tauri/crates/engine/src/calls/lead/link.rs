//! The calls of a Lead that is not there yet: linked with what stands for it, and given to it when it is made.

use liaison_domain::matching::Object;
use liaison_store::tables::call_links::{self, CallLink, Decision, LinkedRecord};
use liaison_store::tables::calls as table;
use liaison_store::{Connection, StoreResult, Transaction};

use crate::calls::settle;
use crate::calls::stored::{REASON, Reason};
use crate::calls::task::compose::Composer;
use crate::calls::task::follow;

/// No id of Salesforce begins like this: it has no colon.
const NEW: &str = "new:";

/// What stands for the Lead that a row makes.
pub(in crate::calls) fn stand_in(op_id: &str) -> String {
    format!("{NEW}{op_id}")
}

/// The row that makes the Lead for which this stands.
pub(in crate::calls) fn maker(record_id: &str) -> Option<&str> {
    record_id.strip_prefix(NEW)
}

pub(super) fn stands_for(op_id: &str, name: &str) -> LinkedRecord {
    LinkedRecord { kind: Object::Lead.name().to_owned(), id: stand_in(op_id), name: name.to_owned() }
}

/// The Lead is there, or the user takes another record in its place: its calls are linked with that. `call` is the one
/// it was made for, which is linked even where the stand-in was taken away, unless somebody has decided about it since.
pub(super) fn arrived(
    tx: &Transaction<'_>,
    composer: &Composer,
    op_id: &str,
    call: &str,
    record: &LinkedRecord,
) -> StoreResult<()> {
    let mut keys = call_links::give_record(tx, &stand_in(op_id), record)?;
    if keys.is_empty() && table::get(tx, call)?.is_some() && call_links::get(tx, call)?.is_none() {
        let link = CallLink {
            call_key: call.to_owned(),
            decision: Decision::Chosen,
            record: Some(record.clone()),
            version: REASON,
            reason_json: serde_json::to_string(&Reason::default()).unwrap_or_default(),
            run_id: None,
            decided_utc_ms: composer.now_ms,
        };
        call_links::put(tx, &link)?;
        keys.push(call.to_owned());
    }
    again(tx, composer, &keys)
}

/// Nothing is linked with it any more: rules and the user decide anew.
pub(super) fn forget(tx: &Transaction<'_>, composer: &Composer, record_id: &str) -> StoreResult<()> {
    let keys = calls_of(tx, record_id)?;
    for key in &keys {
        call_links::remove(tx, key)?;
    }
    again(tx, composer, &keys)
}

pub(super) fn calls_of(db: &Connection, record_id: &str) -> StoreResult<Vec<String>> {
    Ok(call_links::of_record(db, record_id)?.into_iter().map(|link| link.call_key).collect())
}

fn again(tx: &Transaction<'_>, composer: &Composer, keys: &[String]) -> StoreResult<()> {
    for key in keys {
        if let Some(row) = table::get(tx, key)? {
            settle::settle(tx, &row, composer.now_ms)?;
            follow::link(tx, composer, key)?;
        }
    }
    Ok(())
}
