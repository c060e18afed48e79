//! Background work that can be waited for: a program that moves the clock (a scenario, a simulation) asks each loop
//! for one whole turn. Knows nothing of what a loop does; the window never asks.

use tokio::sync::watch;

/// The turns of one loop: how many were asked for, and which one has ended last.
#[derive(Debug)]
pub(crate) struct Turns {
    asked: watch::Sender<u64>,
    ended: watch::Sender<Ended>,
}

/// The last turn that has ended.
#[derive(Debug, Clone, Copy, Default)]
struct Ended {
    turn: u64,
    worked: bool,
}

impl Default for Turns {
    fn default() -> Self {
        Self { asked: watch::Sender::new(0), ended: watch::Sender::new(Ended::default()) }
    }
}

impl Turns {
    /// Asks for a turn that begins after this call, waits for its end, and answers whether there was work in it.
    pub async fn whole(&self) -> bool {
        let mut mine = 0;
        self.asked.send_modify(|asked| {
            *asked += 1;
            mine = *asked;
        });
        let mut ended = self.ended.subscribe();
        // The sender lives as long as this handle, so waiting can't fail.
        ended.wait_for(|ended| ended.turn >= mine).await.is_ok_and(|ended| ended.worked)
    }

    /// The loop begins a turn; the number goes to [`Turns::end`] and [`Turns::another`].
    pub fn begin(&self) -> u64 {
        *self.asked.borrow()
    }

    /// The loop has nothing more to do for now.
    pub fn end(&self, turn: u64, worked: bool) {
        self.ended.send_replace(Ended { turn, worked });
    }

    /// Waits until a turn after this one is asked for.
    pub async fn another(&self, turn: u64) {
        let _ = self.asked.subscribe().wait_for(|asked| *asked > turn).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_turn_that_began_before_the_question_does_not_count() {
        let (turns, seen) = (Arc::new(Turns::default()), Arc::new(AtomicU32::new(0)));
        let early = turns.begin();
        let asking = tokio::spawn({
            let (turns, seen) = (Arc::clone(&turns), Arc::clone(&seen));
            async move { (turns.whole().await, seen.load(Ordering::SeqCst)) }
        });
        turns.another(early).await;
        turns.end(early, true);
        let turn = turns.begin();
        seen.store(1, Ordering::SeqCst);
        turns.end(turn, false);
        assert_eq!(asking.await.unwrap(), (false, 1));
    }
}
