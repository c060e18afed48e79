//! What was there before a decision, kept until the profile is closed, and how the decision is taken back.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use liaison_store::tables::call_links::{self, CallLink};
use liaison_store::tables::number_choices::{self, NumberChoice};

use super::again;
use crate::calls::lead;
use crate::calls::task::compose::Composer;
use crate::calls::view::CallDecision;
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;

/// Decisions that can be taken back.
const MOST_UNDOS: usize = 100;

/// The last decisions.
#[derive(Default)]
struct Undos(Mutex<VecDeque<Undo>>);

/// What was there before a decision.
#[derive(Clone)]
struct Undo {
    id: String,
    calls: Vec<Changed>,
    /// Line, extension, and what was remembered for it.
    number: Option<(String, String, Option<NumberChoice>)>,
    /// The row of the outbox that makes a Lead for these calls.
    lead: Option<String>,
}

/// What was decided about a call before, and what is now.
#[derive(Clone)]
pub(super) struct Changed {
    pub key: String,
    pub before: Option<CallLink>,
    pub after: Option<CallLink>,
}

impl Undos {
    fn keep(&self, undo: Undo) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() == MOST_UNDOS {
            all.pop_front();
        }
        all.push_back(undo);
    }

    fn take(&self, id: &str) -> Option<Undo> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = all.iter().position(|undo| undo.id == id)?;
        all.remove(place)
    }
}

impl Engine {
    /// Takes a decision back, for each call that nobody has decided about since.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it is not known any more.
    pub async fn undo_call_decision(&self, undo: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let undo = cx.state::<Undos>().take(&undo).ok_or(Error::TooLate)?;
        let composer = Composer::of(&cx);
        let taking = Arc::clone(&cx);
        cx.store
            .write(move |tx| {
                if let Some((line, extension, before)) = &undo.number {
                    match before {
                        Some(choice) => {
                            number_choices::put(tx, choice)?;
                        }
                        None => {
                            number_choices::remove(tx, line, extension)?;
                        }
                    }
                }
                if let Some(op_id) = &undo.lead {
                    lead::take_back(&taking, tx, op_id)?;
                }
                for Changed { key, before, after } in &undo.calls {
                    if !is_still(call_links::get(tx, key)?.as_ref(), after.as_ref()) {
                        continue;
                    }
                    match before {
                        Some(link) => {
                            call_links::put(tx, link)?;
                        }
                        None => call_links::remove(tx, key)?,
                    }
                    again(tx, key, &composer)?;
                }
                Ok(())
            })
            .await?;
        cx.wake_outbox();
        Ok(())
    }
}

/// Keeps what was there before, and tells what was decided.
pub(super) fn decided(
    cx: &Context,
    calls: Vec<Changed>,
    number: Option<(String, String, Option<NumberChoice>)>,
    lead: Option<String>,
) -> CallDecision {
    let id = uuid::Uuid::new_v4().to_string();
    let count = u32::try_from(calls.len()).unwrap_or(u32::MAX);
    cx.state::<Undos>().keep(Undo { id: id.clone(), calls, number, lead });
    CallDecision { undo: id, calls: count }
}

/// Nobody has decided since; what stood for a Lead may have become one.
fn is_still(now: Option<&CallLink>, after: Option<&CallLink>) -> bool {
    let stand_in = |link: &CallLink| link.record.as_ref().is_some_and(|record| lead::link::maker(&record.id).is_some());
    match (now, after) {
        (Some(now), Some(after)) if stand_in(after) => {
            (now.decision, now.decided_utc_ms) == (after.decision, after.decided_utc_ms)
        }
        (now, after) => now == after,
    }
}
