//! A typed client of Zoom's REST API.
//!
//! What it is: paths, bodies, answers and errors of the endpoints Liaison uses, as Rust types,
//! on top of `liaison-transport`. What it is not: it holds no state, stores nothing, knows no
//! Salesforce, and never sleeps, retries or signs in by itself (transport does).
//!
//! Areas: [`users`](Users) and [`meetings`](Meetings). A further area is a further file with a
//! handle of its own, reached from [`Zoom`]. Across all areas:
//!
//! * Every response field is optional unless the row is useless without it; unknown fields are
//!   ignored; enums have an arm for values nobody knew when this was written.
//! * A row of a list that cannot be read is reported in [`Page::skipped`], its page is kept.
//! * Credentials ([`StartUrl`], [`Passcode`], [`Zak`]) and join links show nothing in `Debug`.
//!
//! Source of the facts: Zoom's public API reference (developers.zoom.us/docs/api).

mod client;
mod error;
mod identifier;
mod lenient;
mod links;
mod meetings;
mod oauth;
mod open_enum;
mod pages;
mod secret;
#[cfg(test)]
mod test_support;
mod time;
mod users;

pub use client::{Zoom, ZoomApiError, api_config, refresh_on, validated_api_base};
pub use error::{ErrorKind, FieldError, InvalidRequest, Refusal, ServerText, ZoomError};
pub use identifier::{MeetingId, MeetingUuid, OccurrenceId, ParseMeetingIdError};
pub use links::{LinkRefused, ZoomLink, ZoomLinks, is_zoom_link};
pub use meetings::{
    ApprovalType, AutoRecording, CustomKey, Invitation, Invitee, ListType, Meeting, MeetingChange, MeetingDeletion,
    MeetingList, MeetingPage, MeetingSettings, MeetingStatus, MeetingSummary, MeetingType, Meetings, NewMeeting,
    Occurrence, OccurrenceStatus, Recurrence, RecurrenceType, UpcomingMeeting,
};
pub use oauth::{SCOPES, provider};
pub use pages::{ListStep, Page, SkippedRow};
pub use secret::{JoinUrl, Passcode, StartUrl, Zak};
pub use time::ZoomTime;
pub use users::{
    Features, InMeetingSettings, PasscodeRequirement, ScheduleSettings, User, UserSettings, UserType, Users,
};
