//! Tables `outbox`, `outbox_groups`, `outbox_jobs`, `outbox_lanes`, `outbox_counts` (user): every write that goes to Zoom or
//! Salesforce, and what became of it. The way of a row stands in [`step`](Step), one table for code and tests.
//!
//! A row is of a *kind* (the engine knows which), for one *target*, and goes nowhere else. It is claimed in a
//! committed transaction before a byte leaves. From then on it *may have arrived* (`maybe_sent_utc_ms`) until a
//! definite answer or a settled look-up says otherwise; no retry, no wait, no restart forgets that. Rows of a
//! target with the same order key go one after the other, in the order of the user's decisions, and a row waits for the one it
//! depends on. Rows are never removed by age or attempts.

mod change;
mod claim;
mod groups;
mod jobs;
mod lanes;
mod list;
mod record;
mod remark;
mod settle;
mod step;
mod turn;

pub use change::{TakenBack, edit, enqueue, maker, restore, retire_row, retry, retry_all, take_back, wait_for};
pub use claim::{Claim, InJob, Together, claim_next, claim_row, claimed_on_start, next_ready_at};
pub use groups::{
    Group, Sweep, add_group, begin_sweep, end_sweep, group, groups_open, groups_since, groups_swept, note_undone,
    sweep_rows, to_take_back, to_undo,
};
pub use jobs::{Job, begin_job, end_job, given_anew, job_rows, look_at, look_at_all, next_look, take_job};
pub use lanes::{LanePause, clamp_waits, lane_pause, pause_lane, resume_lane};
pub use list::{
    by_identity, by_subject, counts, counts_within, done_since, finished_page, get, has_made, last_by_subject,
    open_in_order, open_page, overtaken, page,
};
pub use record::{Enqueued, NewOperation, OutboxAction, OutboxCounts, OutboxRecord, OutboxState, Urgency};
pub use remark::{about, remark};
pub use settle::{ask, block, differ, finish, go_alone, note_absent, put_back, retire, settled_absent, still_unknown};
pub use step::Step;
