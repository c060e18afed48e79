//! Synchronising the call history: all of it, what has come since, what lies before.
//!
//! A token marks the newest and the oldest leg that its owner has. `FSync` starts at the newest
//! leg, `ISync` goes on from the token's newest, `BSync` from its oldest.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::admitted;
use super::history::arrays;
use super::render;
use super::window::invalid;
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;

const DEFAULT_COUNT: usize = 30;
const LARGEST_COUNT: usize = 300;

/// Places in the account's list of legs: everything from `oldest` up to before `next` is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    oldest: usize,
    next: usize,
}

impl Mark {
    fn text(self, user: &str) -> String {
        STANDARD.encode(format!("{user}_{}_{}", self.oldest, self.next))
    }

    fn parse(text: &str, user: &str) -> Option<Self> {
        let decoded = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
        let places = decoded.strip_prefix(user)?.strip_prefix('_')?;
        let (oldest, next) = places.split_once('_')?;
        let mark = Self { oldest: oldest.parse().ok()?, next: next.parse().ok()? };
        (mark.oldest <= mark.next).then_some(mark)
    }
}

/// `GET /phone/users/me/call_history/sync`.
pub(super) fn sync(account: &Account, call: &Call) -> Outcome {
    admitted(account, call)?;
    let count = match call.parameter("count") {
        None => DEFAULT_COUNT,
        Some(text) => {
            let count = text.parse().ok().filter(|count| (1..=LARGEST_COUNT).contains(count));
            count.ok_or_else(|| invalid("count"))?
        }
    };
    let mark = || -> Result<Mark, Refusal> {
        let text = call.parameter("sync_token").ok_or_else(|| invalid("sync_token"))?;
        Mark::parse(text, &account.user.id).ok_or_else(|| invalid("sync_token"))
    };
    let now = account.now();
    let calls = locked(&account.calls);
    // A call that is not listed yet holds back those after it, so that no token skips it.
    let ready = calls.legs.iter().take_while(|leg| leg.deleted || leg.is_listed(now)).count();
    let (places, mark) = match call.parameter("sync_type") {
        None | Some("FSync") => {
            let oldest = ready.saturating_sub(count);
            (oldest..ready, Mark { oldest, next: ready })
        }
        Some("ISync") => {
            let known = mark()?;
            let next = ready.min(known.next.saturating_add(count)).max(known.next);
            (known.next.min(next)..next, Mark { next, ..known })
        }
        Some("BSync") => {
            let known = mark()?;
            let oldest = known.oldest.saturating_sub(count);
            (oldest..known.oldest, Mark { oldest, ..known })
        }
        Some(_) => return Err(invalid("sync_type")),
    };
    let legs = calls.legs.get(places).unwrap_or_default();
    let mut answer = Map::new();
    for (name, generation) in arrays(account) {
        let shown = legs.iter().rev().filter(|leg| !leg.deleted).map(|leg| {
            let mut shown = render::leg(leg, &account.user, generation);
            if let Some(summary) = &leg.summary {
                shown.insert("ai_call_summary_id".to_owned(), json!(summary));
            }
            Value::Object(shown)
        });
        answer.insert(name.to_owned(), shown.collect());
    }
    answer.insert("sync_token".to_owned(), json!(mark.text(&account.user.id)));
    Ok(Answer::ok(Value::Object(answer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_for_its_own_user_only() {
        let mark = Mark { oldest: 3, next: 40 };
        assert_eq!(Mark::parse(&mark.text("robin_1"), "robin_1"), Some(mark));
        assert_eq!(Mark::parse(&mark.text("robin_1"), "robin_2"), None);
        assert_eq!(Mark::parse("made up", "robin_1"), None);
        let backwards = STANDARD.encode("robin_1_40_3");
        assert_eq!(Mark::parse(&backwards, "robin_1"), None);
    }
}
