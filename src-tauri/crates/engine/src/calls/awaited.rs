//! The call that follows a click on a number is looked for sooner than by the ordinary round: the rep is about to write
//! down what was said. Nothing tells when it has ended, so there are a few looks right after the click, and then none
//! grow apart until it is here or half an hour is over.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use liaison_domain::matching::INTENT_BEFORE_MS;
use liaison_store::StoreResult;
use liaison_store::tables::{calls as table, dial_intents};

use crate::context::Context;
use crate::failure::Error;

/// So long a dialled call is looked for.
const AWAITED: TimeDelta = TimeDelta::minutes(30);
/// Quick looks after one click: most calls that nobody answers have ended by then.
const QUICK_LOOKS: u32 = 8;

/// When to look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Soon,
    Often,
    AsUsual,
}

/// The click that is waited for, and how often its call was looked for.
#[derive(Default)]
struct Looks(Mutex<(String, u32)>);

/// Notes that a round has looked; answers when the next one should.
pub(super) async fn look(cx: &Arc<Context>) -> Result<Look, Error> {
    let now_ms = cx.now_ms();
    let Some(intent) = cx.store.read(move |db| awaited(db, now_ms)).await? else { return Ok(Look::AsUsual) };
    let looks = cx.state::<Looks>();
    let mut looks = looks.0.lock().unwrap_or_else(PoisonError::into_inner);
    if looks.0 != intent {
        *looks = (intent, 0);
    }
    looks.1 = looks.1.saturating_add(1);
    Ok(if looks.1 <= QUICK_LOOKS { Look::Soon } else { Look::Often })
}

/// The last click whose call is not here yet.
fn awaited(db: &liaison_store::Connection, now_ms: i64) -> StoreResult<Option<String>> {
    let intents = dial_intents::between(db, now_ms.saturating_sub(AWAITED.num_milliseconds()), now_ms)?;
    let Some(last) = intents.into_iter().max_by_key(|intent| intent.dialled_utc_ms) else { return Ok(None) };
    let Some(line) = last.line.trim_start_matches('+').parse::<i64>().ok() else { return Ok(None) };
    let is_after = |row: &table::CallRow| {
        row.call.outbound && row.call.start_utc_ms >= last.dialled_utc_ms.saturating_sub(INTENT_BEFORE_MS)
    };
    let here = table::of_line(db, line, 1)?.first().is_some_and(is_after);
    Ok((!here).then_some(last.id))
}
