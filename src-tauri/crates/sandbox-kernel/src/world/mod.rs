//! The deterministic world: people and companies first, then what Zoom knows about them.
//!
//! Nothing here knows a wire format; the services turn these plain facts into their own records.

pub mod calls;
pub mod meetings;
mod numbers;
pub mod people;
mod topics;
pub mod webinars;
pub mod zone;
