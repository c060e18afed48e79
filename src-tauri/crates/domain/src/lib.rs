//! Ids, types and pure rules: wall time, typed dates, the plan of a day, what is next, what a draft may be, telephone
//! numbers, who can be registered for a webinar and who came.
//!
//! No I/O, no async, no clock: every rule gets its `now`. The layers above may use everything
//! here; nothing here knows them.

pub mod account;
pub mod attendance;
pub mod block;
pub mod busy;
pub mod calls;
pub mod clocks;
pub mod day;
pub mod draft;
pub mod email;
pub mod free_mail;
pub mod free_time;
pub mod invitation;
pub mod key;
pub mod link;
pub mod matching;
pub mod meeting;
pub mod names;
pub mod next_up;
pub mod palette;
pub mod person;
pub mod phone;
pub mod reconcile;
pub mod registration;
pub mod reminders;
pub mod series;
pub mod series_anew;
pub mod text;
pub mod typed;
pub mod wall_time;
pub mod written;
pub mod zones;

pub use account::{Environment, Provider};
pub use key::RecordKey;
pub use link::LinkBasis;
pub use meeting::MeetingKey;
pub use person::{PersonRef, RecordKind};
