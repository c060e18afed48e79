//! What became of a meeting: when it was held, who came, what was recorded and summed up. Read from Zoom until it no
//! longer changes, and before Zoom forgets it.

mod due;
pub(crate) mod event;
mod gather;
mod list;
mod listed;
mod open;
pub(crate) mod pull;
mod read;
pub(crate) mod show;
pub(crate) mod view;

/// Whether past meetings and who was in them may be read.
pub(crate) struct Held;

/// Whether recordings may be read.
pub(crate) struct Recorded;

/// Whether the summaries that Zoom writes may be read.
pub(crate) struct SummedUp;
