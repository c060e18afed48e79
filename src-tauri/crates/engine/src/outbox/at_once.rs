//! What is made while its sheet waits: the row of a draft is put in before a byte leaves, sent here and now, looked up
//! at once when the answer was lost, and never made again unasked. Pressing the button again finds the same row.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use liaison_store::tables::outbox::{self, Claim, NewOperation, OutboxRecord, OutboxState};
use liaison_store::{StoreError, StoreResult, Transaction};

use super::reason::{Need, Reason};
use super::send_now;
use crate::context::Context;
use crate::failure::Error;
use crate::terms::{Provider, UtcMs};

/// The last errors in the sheet's own words, by row: what is stored says less.
#[derive(Default)]
pub(crate) struct LastErrors(Mutex<HashMap<String, Error>>);

impl LastErrors {
    pub fn note(&self, op_id: &str, error: Error) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(op_id.to_owned(), error);
    }

    fn take(&self, op_id: &str) -> Option<Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(op_id)
    }
}

/// What pressing the button means for the draft's row.
enum Press {
    /// It is sent, or looked up, now.
    Send(Claim),
    Made(Box<OutboxRecord>),
    /// Somebody sends or looks it up right now.
    Busy,
}

/// The draft's row, done. `wanted` is how it is to be now; it is asked for in the transaction that claims the row. Only
/// one press at a time may be under way: the caller sees to that.
///
/// # Errors
/// Why it is not done, as the sheet says it; what `wanted` refuses.
pub(crate) async fn make(
    cx: &Arc<Context>,
    op_id: &str,
    wanted: impl FnOnce(&Transaction<'_>) -> StoreResult<Result<NewOperation, Error>> + Send + 'static,
) -> Result<OutboxRecord, Error> {
    match press(cx, op_id, wanted).await? {
        Press::Made(row) => return Ok(*row),
        Press::Busy => return Err(Error::OutcomeUnknown { provider: Provider::Zoom, until: None }),
        Press::Send(claim) => send_now(cx, claim).await,
    }
    let mut row = read(cx, op_id).await?.ok_or(Error::Gone)?;
    if row.state == OutboxState::Pending && row.maybe_sent_utc_ms.is_some() && row.attempts == 1 {
        // The answer was lost: looked up at once, while the sheet waits.
        let (again, now_ms) = (op_id.to_owned(), cx.now_ms());
        if let Ok(claim) = cx.store.write(move |tx| outbox::claim_row(tx, &again, now_ms)).await {
            send_now(cx, claim).await;
            row = read(cx, op_id).await?.ok_or(Error::Gone)?;
        }
    }
    if row.state == OutboxState::Done { Ok(row) } else { Err(why_not(cx, &row)) }
}

/// The draft's row, where Create was pressed before.
pub(crate) async fn read(cx: &Context, op_id: &str) -> Result<Option<OutboxRecord>, Error> {
    let id = op_id.to_owned();
    Ok(cx.store.read(move |db| outbox::get(db, &id)).await?)
}

/// Puts the draft's row in, or takes the one that is there, and claims it: before a byte leaves.
async fn press(
    cx: &Context,
    op_id: &str,
    wanted: impl FnOnce(&Transaction<'_>) -> StoreResult<Result<NewOperation, Error>> + Send + 'static,
) -> Result<Press, Error> {
    let (id, now_ms) = (op_id.to_owned(), cx.now_ms());
    let pressed = cx
        .store
        .write(move |tx| {
            let wanted = match wanted(tx)? {
                Ok(wanted) => wanted,
                Err(refusal) => return Ok(Err(refusal)),
            };
            match outbox::get(tx, &id)? {
                None => {
                    outbox::enqueue(tx, &wanted).map(drop)?;
                }
                Some(row) if row.state == OutboxState::Done => return Ok(Ok(Press::Made(Box::new(row)))),
                Some(row) if row.state == OutboxState::Claimed => return Ok(Ok(Press::Busy)),
                Some(row) => {
                    if row.state == OutboxState::Discarded {
                        outbox::restore(tx, &id, true, None, now_ms)?;
                    }
                    if row.maybe_sent_utc_ms.is_none() {
                        outbox::edit(tx, &id, &wanted.title, &wanted.payload_json, None, now_ms)?;
                    } else if row.state != OutboxState::Pending {
                        outbox::retry(tx, &id, now_ms)?;
                    }
                }
            }
            outbox::claim_row(tx, &id, now_ms).map(|claim| Ok(Press::Send(claim)))
        })
        .await;
    match pressed {
        Ok(pressed) => pressed,
        Err(StoreError::WrongState { .. }) => Ok(Press::Busy),
        Err(error) => Err(error.into()),
    }
}

/// Why a draft's row is not done, as the sheet says it.
fn why_not(cx: &Context, row: &OutboxRecord) -> Error {
    let provider = Provider::Zoom;
    let told = cx.state::<LastErrors>().take(&row.op_id);
    if row.maybe_sent_utc_ms.is_some() {
        return Error::OutcomeUnknown { provider, until: Some(UtcMs(row.ready_utc_ms)) };
    }
    match (Reason::read(row.reason_json.as_deref()), told) {
        (_, Some(told)) => told,
        (Some(Reason::Needs(Need::Limited { until_utc_ms })), None) => {
            Error::RateLimited { provider, until: UtcMs(until_utc_ms) }
        }
        (Some(Reason::Needs(Need::Refused { message, code, .. })), None) => Error::Refused { provider, message, code },
        (Some(Reason::Needs(Need::Offline)), None) => Error::Offline,
        _ => Error::TimedOut { provider },
    }
}
