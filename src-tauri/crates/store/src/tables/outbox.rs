//! Table `outbox` (user): every change that waits to be made in Salesforce, and what became of it.
//!
//! ```text
//! held ──┬─(undo)──────────────► discarded
//!        └─(time is up)─► claimed
//! pending ─► claimed ─┬─► done
//!    ▲                ├─► pending   (not now: wait until…)
//!    │                ├─► blocked   (refused: the user has something to do)
//!    │                └─► review    (unknown whether it arrived)
//!    └──(retry)── blocked, review ──(discard)──► discarded
//! ```
//!
//! A row is claimed in a committed transaction before a byte leaves, and only a row that is claimed
//! can be done. Rows are never removed by age or attempts. One record's rows go one after the other,
//! in the order of the user's decisions, and a row waits for the one it depends on.

mod queue;
mod record;
mod steps;

pub use queue::{by_subject, claimed_on_start, counts, due, get, last_by_subject, list_all, next_due_at, open_for_key};
pub use record::OutboxAction;
pub use record::{Enqueued, NewOperation, OutboxCounts, OutboxRecord, OutboxState};
pub use steps::{
    back_to_pending, block, claim, discard, enqueue, mark_done, replace_payload, restore, retry, review, undo,
};
