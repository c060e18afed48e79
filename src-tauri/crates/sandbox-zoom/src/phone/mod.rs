//! Zoom Phone: the rep's profile, call history in all its generations, recordings, voicemails.
//!
//! No call can be placed through the API; calls are those of the world, and those that a test lets
//! happen through the control service. Source: Zoom's Phone API reference. A user-level app sees
//! the legs of its own calls; everything about the whole account is for administrators.

mod history;
pub(crate) mod loaded;
mod logs;
mod place;
mod profile;
mod recordings;
mod render;
mod seed;
mod summary;
mod sync;
mod voicemails;
mod window;

use axum::http::{Method, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;
use liaison_sandbox_kernel::world::calls::Party;
use serde_json::{Map, Value};

use super::account::Account;
use super::answer::Refusal;
use super::call::Call;
use super::files::{self, File};
use super::meetings::instant;
use super::operations::{Operation, RateLabel, Scope};
pub use place::PlacedCall;
#[cfg(feature = "control")]
pub(crate) use place::place;

const LIST: Scope = Scope::User("phone:read:list_call_logs");
const VOICEMAIL: Scope = Scope::User("phone:read:voicemail");
const RECORDING: Scope = Scope::User("phone:read:call_recording");
const ADMIN_LIST: Scope = Scope::Admin("phone:read:list_call_logs:admin");
const ADMIN_CALL: Scope = Scope::Admin("phone:read:call_log:admin");

/// The table of this module's operations. Those with an administrator's scope are never reached.
pub static OPERATIONS: &[Operation] = &[
    Operation::new(
        "phoneUser",
        Method::GET,
        "/phone/users/{userId}",
        Scope::User("phone:read:user"),
        RateLabel::PhoneLight,
        profile::get,
    ),
    Operation::new(
        "phoneUserSettings",
        Method::GET,
        "/phone/users/{userId}/settings",
        Scope::User("phone:read:user_setting"),
        RateLabel::PhoneLight,
        profile::settings,
    ),
    Operation::new(
        "phoneUserCallHistory",
        Method::GET,
        "/phone/users/{userId}/call_history",
        LIST,
        RateLabel::PhoneMedium,
        history::list,
    ),
    Operation::new(
        "syncUserCallHistory",
        Method::GET,
        "/phone/users/{userId}/call_history/sync",
        LIST,
        RateLabel::PhoneMedium,
        sync::sync,
    ),
    Operation::new(
        "deleteUserCallHistory",
        Method::DELETE,
        "/phone/users/{userId}/call_history/{callLogId}",
        Scope::User("phone:delete:call_log"),
        RateLabel::PhoneLight,
        history::delete,
    ),
    Operation::new(
        "phoneUserCallLogs",
        Method::GET,
        "/phone/users/{userId}/call_logs",
        LIST,
        RateLabel::PhoneMedium,
        logs::list,
    ),
    Operation::new(
        "phoneUserRecordings",
        Method::GET,
        "/phone/users/{userId}/recordings",
        Scope::User("phone:read:list_recordings"),
        RateLabel::PhoneMedium,
        recordings::list,
    ),
    Operation::new(
        "getPhoneRecordingByCallElementId",
        Method::GET,
        "/phone/call_element/{callElementId}/recording",
        RECORDING,
        RateLabel::PhoneLight,
        recordings::of_leg,
    ),
    Operation::new(
        "phoneDownloadRecordingFile",
        Method::GET,
        "/phone/recording/download/{fileId}",
        RECORDING,
        RateLabel::PhoneMedium,
        files::call_recording,
    ),
    Operation::new(
        "phoneDownloadRecordingTranscript",
        Method::GET,
        "/phone/recording_transcript/download/{recordingId}",
        Scope::User("phone:read:recording_transcript"),
        RateLabel::PhoneLight,
        files::call_transcript,
    ),
    Operation::new(
        "phoneUserVoiceMails",
        Method::GET,
        "/phone/users/{userId}/voice_mails",
        Scope::User("phone:read:list_voicemails"),
        RateLabel::PhoneMedium,
        voicemails::list,
    ),
    Operation::new(
        "getVoicemailDetails",
        Method::GET,
        "/phone/voice_mails/{voicemailId}",
        VOICEMAIL,
        RateLabel::PhoneLight,
        voicemails::get,
    ),
    Operation::new(
        "updateVoicemailReadStatus",
        Method::PATCH,
        "/phone/voice_mails/{voicemailId}",
        Scope::User("phone:update:voicemail"),
        RateLabel::PhoneLight,
        voicemails::mark,
    ),
    Operation::new(
        "phoneDownloadVoicemailFile",
        Method::GET,
        "/phone/voice_mails/download/{fileId}",
        VOICEMAIL,
        RateLabel::PhoneMedium,
        files::voicemail,
    ),
    Operation::new(
        "getVoicemailDetailsByCallElementId",
        Method::GET,
        "/phone/call_element/{callElementId}/voice_mail",
        VOICEMAIL,
        RateLabel::PhoneLight,
        voicemails::of_leg,
    ),
    Operation::new(
        "getUserAICallSummary",
        Method::GET,
        "/phone/user/{userId}/ai_call_summary/{aiCallSummaryId}",
        Scope::User("phone:read:ai_call_summary"),
        RateLabel::PhoneMedium,
        summary::get,
    ),
    Operation::new(
        "accountCallHistory",
        Method::GET,
        "/phone/call_history",
        ADMIN_LIST,
        RateLabel::PhoneHeavy,
        history::list,
    ),
    Operation::new(
        "getCallPath",
        Method::GET,
        "/phone/call_history/{callHistoryUuid}",
        ADMIN_CALL,
        RateLabel::PhoneLight,
        history::list,
    ),
    Operation::new(
        "getCallElement",
        Method::GET,
        "/phone/call_element/{callElementId}",
        ADMIN_CALL,
        RateLabel::PhoneLight,
        history::list,
    ),
    Operation::new("accountCallLogs", Method::GET, "/phone/call_logs", ADMIN_LIST, RateLabel::PhoneHeavy, logs::list),
    Operation::new(
        "getCallLogDetails",
        Method::GET,
        "/phone/call_logs/{callLogId}",
        ADMIN_CALL,
        RateLabel::PhoneLight,
        logs::list,
    ),
];

/// So long after its end a call shows up in the lists.
pub(crate) const LIST_LAG_SECONDS: i64 = 20;
/// The rep's extension and direct number.
pub(crate) const EXTENSION: i64 = 806;
/// The extension of the queue that calls come through.
const QUEUE: i64 = 880;
pub(crate) const DIRECT_NUMBER: &str = "+31205550806";

/// A message at the answering machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Voicemail {
    /// 32 hexadecimal digits.
    pub id: String,
    pub seconds: i64,
    pub read: bool,
}

/// One leg of a call: what the lists show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leg {
    /// A date and a UUID.
    pub id: String,
    /// The history that the leg belongs to, in the same form.
    pub history: String,
    /// 19 digits; all legs of one call share it.
    pub call: String,
    pub inbound: bool,
    pub party: Party,
    /// The leg of the queue that handed the call on.
    pub in_queue: bool,
    pub started: DateTime<Utc>,
    pub answered: Option<DateTime<Utc>>,
    pub ended: DateTime<Utc>,
    pub hold_seconds: i64,
    pub result: &'static str,
    /// Of the recording, 32 hexadecimal digits.
    pub recording: Option<String>,
    pub voicemail: Option<Voicemail>,
    pub summary: Option<String>,
    pub deleted: bool,
    /// What a raw row said of it.
    pub raw: Map<String, Value>,
}

impl Leg {
    pub fn talk_seconds(&self) -> i64 {
        self.answered.map_or(0, |answered| (self.ended - answered).num_seconds() - self.hold_seconds)
    }

    /// Whether the lists have it by now.
    pub fn is_listed(&self, now: DateTime<Utc>) -> bool {
        !self.deleted && self.ended + TimeDelta::seconds(LIST_LAG_SECONDS) <= now
    }
}

/// The rep's calls, in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    pub legs: Vec<Leg>,
}

impl Calls {
    fn leg(&self, id: &str, now: DateTime<Utc>) -> Option<&Leg> {
        self.legs.iter().find(|leg| leg.id == id && leg.is_listed(now))
    }

    fn voicemail(&self, id: &str) -> Option<&Leg> {
        self.legs.iter().find(|leg| !leg.deleted && leg.voicemail.as_ref().is_some_and(|voicemail| voicemail.id == id))
    }
}

/// What every operation of the telephone asks first.
fn licensed(account: &Account) -> Result<(), Refusal> {
    if account.switches.phone_licence.is_on() {
        return Ok(());
    }
    Err(Refusal::bad_request(2031, "The user has not been assigned a Zoom Phone license."))
}

/// A licensed user who calls itself `me`.
fn admitted(account: &Account, call: &Call) -> Result<(), Refusal> {
    call.require_me()?;
    licensed(account)
}

/// Refuses what is no recording of the user.
pub(crate) fn has_recording(account: &Account, id: &str) -> Result<(), Refusal> {
    licensed(account)?;
    recorded(account, id).map(drop).ok_or_else(files::missing)
}

/// Refuses what is no voicemail of the user.
pub(crate) fn has_voicemail(account: &Account, id: &str) -> Result<(), Refusal> {
    licensed(account)?;
    locked(&account.calls).voicemail(id).map(drop).ok_or_else(files::missing)
}

/// The transcript of a recording.
pub(crate) fn transcript(account: &Account, recording: &str) -> Option<File> {
    let leg = recorded(account, recording)?;
    let (start, end) = (instant(leg.answered.unwrap_or(leg.started)), instant(leg.ended));
    Some(files::transcript_of_call(account, recording, &start, &end))
}

fn recorded(account: &Account, id: &str) -> Option<Leg> {
    let now = account.now();
    let calls = locked(&account.calls);
    calls.legs.iter().find(|leg| leg.is_listed(now) && leg.recording.as_deref() == Some(id)).cloned()
}

fn not_found(message: String) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, 404, message)
}
