//! A typed client of Zoom's REST API.
//!
//! What it is: paths, bodies, answers and errors of the endpoints Liaison uses, as Rust types,
//! on top of `liaison-transport`. What it is not: it holds no state, stores nothing, knows no
//! Salesforce, and never sleeps, retries or signs in by itself (transport does).
//!
//! Areas: [`users`](Users), [`meetings`](Meetings) with [registrants](Registrants),
//! [`past meetings`](PastMeetings), [`recordings`](Recordings), [`templates`](Templates),
//! [`webinars`](Webinars) and [`phone`](Phone), each reached from [`Zoom`] by a handle of its own.
//! The optional event stream stands apart: [`events`]. Across all areas:
//!
//! * Every response field is optional unless the row is useless without it; unknown fields are
//!   ignored; enums have an arm for values nobody knew when this was written.
//! * A row of a list that cannot be read is reported in [`Page::skipped`], its page is kept.
//! * Credentials ([`StartUrl`], [`Passcode`], [`Zak`]) and join links show nothing in `Debug`.
//!
//! Source of the facts: Zoom's public API reference (developers.zoom.us/docs/api).

mod client;
mod edits;
mod error;
mod events;
mod identifier;
mod lenient;
mod links;
#[cfg(test)]
mod malformed;
mod meetings;
mod oauth;
mod open_enum;
mod pages;
mod past;
mod phone;
mod recordings;
mod registration;
mod secret;
mod templates;
#[cfg(test)]
mod test_support;
mod time;
mod users;
mod webinars;

pub use client::{Zoom, ZoomApiError, api_config, refresh_on, validated_api_base};
pub use edits::{EDITS_PER_DAY, EditsToday};
pub use error::{ErrorKind, FieldError, InvalidRequest, Refusal, ServerText, ZoomError};
pub use events::{EventSource, EventSourceError, EventStep, EventTiming, EventsEnded, OwnEvents, ZoomEvent, events};
pub use identifier::{MeetingId, MeetingUuid, OccurrenceId, ParseMeetingIdError, PastInstance, WebinarId};
pub use links::{DialLink, DialNumber, DialScheme, LinkRefused, NotDialable, ZoomLink, ZoomLinks};
pub use meetings::{
    ApprovalType, AutoRecording, CustomKey, Invitation, Invitee, ListType, Meeting, MeetingChange, MeetingDeletion,
    MeetingList, MeetingPage, MeetingSettings, MeetingStatus, MeetingSummary, MeetingType, Meetings, NewMeeting,
    Occurrence, OccurrenceStatus, Recurrence, RecurrenceType, UpcomingMeeting,
};
pub use oauth::{SCOPES, provider};
pub use pages::{ListStep, Page, SkippedRow};
pub use past::{
    EditedSummary, Instance, InstanceSummary, Participant, ParticipantStatus, PastMeeting, PastMeetings, SummarySection,
};
pub use phone::{
    AiCallSummary, CallDirection, CallHistoryFilter, CallLeg, CallLog, CallLogKind, CallParty, CallResult, CallSync,
    CallSyncPage, CallWindow, CallingPlan, ConnectType, ExtensionType, Phone, PhoneNumber, PhoneRecording, PhoneUser,
    PhoneUserStatus, RecordingParty, SyncToken, Transcription, Voicemail, VoicemailFilter, VoicemailStatus,
    VoicemailTask,
};
pub use recordings::{
    InstanceRecordings, ParticipantAudio, RecordingDays, RecordingFile, RecordingStatus, RecordingView, Recordings,
};
pub use registration::{
    BatchRegistrant, BatchRegistration, CustomQuestion, MOST_REGISTRANTS_AT_ONCE, NewRegistrant, QuestionField,
    QuestionType, RegisteredInBatch, Registrant, RegistrantAction, RegistrantKey, RegistrantList, RegistrantStatus,
    Registrants, Registration, RegistrationAnswer, RegistrationQuestions,
};
pub use secret::{DownloadToken, FileUrl, JoinUrl, Passcode, StartUrl, Zak};
pub use templates::{Template, TemplateType, Templates};
pub use time::ZoomTime;
pub use users::{
    Features, InMeetingSettings, Licence, PasscodeRequirement, RecordingSettings, ScheduleSettings, User, UserSettings,
    UserType, Users,
};
pub use webinars::{
    AnsweredQuestions, Interpretation, Interpreter, MailPlan, NewPanelist, NewWebinar, Panelist, PastWebinars,
    PollAnswer, PollAnswers, QuestionAndAnswer, QuestionSettings, QuestionsOfOne, RegistrationType, SignInterpretation,
    SignInterpreter, SimuliveDelay, TrackingField, TrackingSource, Webinar, WebinarChange, WebinarDeletion,
    WebinarListType, WebinarPolls, WebinarQuestions, WebinarSettings, WebinarSummary, WebinarType, Webinars,
};
