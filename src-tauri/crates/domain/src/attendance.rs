//! Who came to a webinar or a meeting: sessions of all its instances, merged into people.
//!
//! Pure: what Zoom told of sessions, registrants and invitees is handed in.

pub mod meeting;
pub mod merge;

pub use merge::{Attendee, Registrant, Role, Session, Staff, held_ms, merge};
