//! The outbox's rules, one by one; `outbox_model` tries them in random order.

mod settling;
mod turn;

use liaison_store::tables::outbox::OutboxAction::Create;
use liaison_store::tables::outbox::{NewOperation, OutboxRecord, OutboxState, Together, Urgency, claim_next, get};
use liaison_store::{StoreResult, Transaction};

use crate::fixture::{Profile, TARGET, operation};

fn in_transaction(work: impl FnOnce(&Transaction<'_>) -> StoreResult<()>) {
    let profile = Profile::new();
    profile.open().write_now(work).unwrap();
}

fn state(tx: &Transaction<'_>, op_id: &str) -> OutboxState {
    row(tx, op_id).state
}

fn row(tx: &Transaction<'_>, op_id: &str) -> OutboxRecord {
    get(tx, op_id).unwrap().unwrap()
}

/// Claims one batch of at most one row, and answers its id and whether it is a look-up.
fn claim_one(tx: &Transaction<'_>, now: i64) -> Option<(String, bool)> {
    let claim = claim_next(tx, TARGET, now, Urgency::Bulk, |_| Together::of(1)).unwrap()?;
    Some((claim.rows[0].op_id.clone(), claim.look_up))
}

fn sent(id: &str) -> (String, bool) {
    (id.to_owned(), false)
}

fn looked_up(id: &str) -> (String, bool) {
    (id.to_owned(), true)
}

fn held(op_id: &str, key: &str, until: i64) -> NewOperation {
    NewOperation { held_until_utc_ms: Some(until), ..operation(op_id, key, Create) }
}

fn depending(op_id: &str, on: &str) -> NewOperation {
    NewOperation { depends_on: Some(on.to_owned()), ..operation(op_id, op_id, Create) }
}
