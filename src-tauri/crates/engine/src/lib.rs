//! The use-cases of Liaison: accounts, pulling, meetings, scheduling, the outbox.
//!
//! Knows the store and the two services, but no window: what only a desktop has comes in through
//! [`Config`]. Everything it answers is a type of [`view`], free of secrets.

mod beat;
mod boundary;
mod busy;
mod calls;
mod chosen;
mod config;
mod context;
mod differences;
mod directory;
mod engine;
mod error;
mod failure;
mod first_steps;
mod folders;
mod lenient;
mod meetings;
mod outbox;
mod palette;
mod people;
mod person;
mod privacy;
mod profile;
mod pull;
mod reminders;
mod schedule;
mod session;
mod settle;
mod tables;
mod terms;
mod topics;
mod transfer;
pub mod view;
mod webinars;
mod zones;
mod zoom_user;

pub use beat::beat;
pub use boundary::answer;
pub use config::{
    AfterwardsLabels, CampaignWords, Config, CopyLabels, DemoError, DemoServices, Desktop, DesktopError, Endpoints,
    Events, InvitationWords, MailWords, Notice, NoticeAnswer, Place, RunningDemo, RunningServices, Said, Trouble,
};
pub use engine::Engine;
pub use failure::Error;
pub use liaison_transport::BoxFuture;
pub use reminders::tray::{Tray, TrayFault, TrayJob, TrayMeeting};
pub use session::{ZOOM_SCOPES, appearance};
