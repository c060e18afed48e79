//! Who came to a webinar: sessions of all its instances, merged into people.
//!
//! Pure: what Zoom told of sessions and registrants is handed in.

pub mod merge;

pub use merge::{Attendee, Registrant, Role, Session, Staff, held_ms, merge};
