//! The objects Liaison reads and writes, one file each.

mod event;
mod event_write;
mod person;

pub use event::{Event, Events, ShowAs};
pub use event_write::{Change, EventChange, NewEvent};
pub use person::{Contact, Lead, Parent};
