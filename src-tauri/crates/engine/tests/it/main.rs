//! The engine as a whole. One binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

mod arrows;
