//! What was there before a decision, kept until the profile is closed, and how the decision is taken back.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use liaison_store::tables::call_links::{self, CallLink, LinkedRecord};
use liaison_store::tables::number_choices::{self, NumberChoice};
use liaison_store::{StoreResult, Transaction};

use super::{about, again, ask_again};
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
    number: Option<ChangedNumber>,
    /// The row of the outbox that makes a Lead for these calls.
    lead: Option<String>,
}

/// What was decided about a call before, and what is now.
#[derive(Clone)]
pub(super) struct Changed {
    pub key: String,
    pub before: Option<CallLink>,
    pub after: Option<CallLink>,
    /// What it was about before; nothing where that stays.
    pub about: Option<LinkedRecord>,
}

/// What was remembered for a number before, and what is now.
#[derive(Clone)]
pub(super) struct ChangedNumber {
    pub before: Option<NumberChoice>,
    pub after: NumberChoice,
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
                if let Some(number) = &undo.number {
                    take_back_number(tx, number, composer.now_ms)?;
                }
                if let Some(op_id) = &undo.lead {
                    lead::take_back(&taking, tx, op_id)?;
                }
                for changed in &undo.calls {
                    take_back(tx, changed, &composer)?;
                }
                Ok(())
            })
            .await?;
        cx.wake_outbox();
        Ok(())
    }
}

fn take_back_number(tx: &Transaction<'_>, number: &ChangedNumber, now_ms: i64) -> StoreResult<()> {
    let ChangedNumber { before, after } = number;
    // Revoked, or decided anew since: that counts.
    if number_choices::get(tx, &after.line, &after.extension)?.as_ref() != Some(after) {
        return Ok(());
    }
    match before {
        Some(choice) => {
            number_choices::put(tx, choice)?;
        }
        None => {
            number_choices::remove(tx, &after.line, &after.extension)?;
        }
    }
    // Calls that came meanwhile were ignored by it.
    ask_again(tx, &after.line, now_ms)
}

fn take_back(tx: &Transaction<'_>, changed: &Changed, composer: &Composer) -> StoreResult<()> {
    let Changed { key, before, after, about } = changed;
    let now = call_links::get(tx, key)?;
    if !is_still(now.as_ref(), after.as_ref()) {
        return Ok(());
    }
    match before {
        Some(link) => {
            call_links::put(tx, link)?;
        }
        None => call_links::remove(tx, key)?,
    }
    about::follow(tx, key, now.as_ref(), before.as_ref(), composer.now_ms)?;
    if let Some(about) = about {
        about::bring_back(tx, key, about, composer.now_ms)?;
    }
    again(tx, key, composer)
}

/// Keeps what was there before, and tells what was decided.
pub(super) fn decided(
    cx: &Context,
    calls: Vec<Changed>,
    number: Option<ChangedNumber>,
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
