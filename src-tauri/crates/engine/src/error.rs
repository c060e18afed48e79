//! The one error that crosses into the window.

use serde::{Deserialize, Serialize};
use specta::Type;
use thiserror::Error;

use crate::terms::{Provider, UtcMs};

/// What a command answers when it can't do its work. A variant exists only where the window does something different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type, Error)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CommandError {
    #[error("no network")]
    Offline,
    #[error("the service did not answer in time")]
    TimedOut { provider: Provider },
    #[error("sign in again")]
    SignInNeeded { provider: Provider, reason: SignInReason },
    #[error("not connected")]
    NotConnected { provider: Provider },
    #[error("asked to slow down")]
    RateLimited { provider: Provider, until: UtcMs },
    /// Zoom's 100 meeting edits a day are used up.
    #[error("no meeting edits left today")]
    EditLimit { until: UtcMs },
    /// The input is wrong; each issue names its field.
    #[error("the input is wrong")]
    Invalid { issues: Vec<FieldIssue> },
    /// The service refused; `message` is its own text, meant for the user.
    #[error("the service refused")]
    Refused { provider: Provider, message: String, code: String },
    #[error("a permission is missing")]
    PermissionMissing { provider: Provider, permission: String },
    /// The answer was no Zoom or Salesforce answer: a hotel's sign-in page, for instance.
    #[error("the network asks for a sign-in")]
    NetworkSignIn { provider: Provider },
    /// The organisation lets in known networks only, and this is none of them.
    #[error("the organisation does not accept this network")]
    NetworkRefused { provider: Provider },
    /// 5xx, or an answer that can't be read.
    #[error("the service is in trouble")]
    ServiceTrouble { provider: Provider, code: String },
    /// We don't know whether it arrived; it will be looked up before anything is sent again.
    #[error("the outcome is not known")]
    OutcomeUnknown {
        provider: Provider,
        /// When it is looked up next.
        until: Option<UtcMs>,
    },
    #[error("it is gone")]
    Gone,
    #[error("the local data is locked")]
    Locked { reason: LockReason },
    #[error("the browser could not be opened")]
    BrowserFailed,
    #[error("the sign-in did not succeed")]
    SignInFailed {
        provider: Provider,
        reason: SignInFailure,
        /// The service's own code, where it gave one.
        code: Option<String>,
    },
    #[error("the state no longer allows this")]
    TooLate,
    /// The disk or the database refused.
    #[error("the local data could not be written")]
    Storage { code: String },
    /// A file of another computer.
    #[error("the file can't be taken in")]
    Transfer { problem: TransferProblem },
    #[error("unexpected")]
    Internal { code: String },
}

impl CommandError {
    /// The variant's name, for the log: nothing of what it holds.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::TimedOut { .. } => "timedOut",
            Self::SignInNeeded { .. } => "signInNeeded",
            Self::NotConnected { .. } => "notConnected",
            Self::RateLimited { .. } => "rateLimited",
            Self::EditLimit { .. } => "editLimit",
            Self::Invalid { .. } => "invalid",
            Self::Refused { .. } => "refused",
            Self::PermissionMissing { .. } => "permissionMissing",
            Self::NetworkSignIn { .. } => "networkSignIn",
            Self::NetworkRefused { .. } => "networkRefused",
            Self::ServiceTrouble { .. } => "serviceTrouble",
            Self::OutcomeUnknown { .. } => "outcomeUnknown",
            Self::Gone => "gone",
            Self::Locked { .. } => "locked",
            Self::BrowserFailed => "browserFailed",
            Self::SignInFailed { .. } => "signInFailed",
            Self::TooLate => "tooLate",
            Self::Storage { .. } => "storage",
            Self::Transfer { .. } => "transfer",
            Self::Internal { .. } => "internal",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SignInFailure {
    Declined,
    Cancelled,
    TimedOut,
    /// All redirect ports are taken.
    PortsBusy,
    /// No client id is set in Settings.
    ClientIdMissing,
    /// The service does not know the client id.
    ClientUnknown,
    /// The service knows the client id, but not the address that it should answer to.
    RedirectMismatch,
    /// The app is not set up for a sign-in of this kind: it asks for a secret, or lacks the flow, PKCE or a scope.
    AppMisconfigured,
    /// An administrator blocks the app.
    AppBlocked,
    /// The app is not installed in this organisation, or not yet.
    AppNotInstalled,
    /// The app is there, but an administrator has to approve this user for it.
    ApprovalNeeded,
    /// The user is not active, or is locked out.
    UserInactive,
    /// What the page gave has run out or was used already.
    PageExpired,
    /// The service has a passing trouble.
    Busy,
    /// The service refused with a code that we have no advice for.
    Refused,
    /// The login host is not a Salesforce host.
    HostRefused,
    Failed,
}

/// One thing that is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldIssue {
    pub field: Field,
    pub problem: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    Topic,
    Date,
    Time,
    Zone,
    Minutes,
    People,
    Email,
    Agenda,
    Note,
    Phone,
    HoldSeconds,
    TextPercent,
    ClientId,
    LoginHost,
    /// How a meeting repeats.
    Repeats,
    /// Of a file for another computer.
    Passphrase,
    /// The page of a survey.
    Survey,
    /// What a meeting is set to in Zoom.
    Options,
    /// Who may host a meeting in the host's place.
    AlternativeHosts,
    /// What a template is called.
    Template,
    /// Of a profile.
    Name,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Problem {
    Missing,
    /// Longer than `max` characters.
    TooLong {
        max: u32,
        length: u32,
    },
    /// Shorter than `min` characters.
    TooShort {
        min: u32,
    },
    NotADate,
    /// The month has only so many `days`.
    NoSuchDay {
        year: i32,
        month: u32,
        days: u32,
    },
    NotATime,
    /// No clock shows it: 25:00.
    NoSuchTime,
    /// Neither minutes nor hours can be read.
    NotALength,
    NotWholeMinutes,
    NotAZone,
    InThePast,
    /// Clocks go forward over it; `before` and `after` are the nearest wall times (`HH:MM`).
    DoesNotExist {
        before: String,
        after: String,
    },
    /// Clocks go back over it: earlier and later each with its offset, `UTC+02:00`.
    HappensTwice {
        earlier: String,
        later: String,
    },
    OutOfRange {
        min: u32,
        max: u32,
    },
    NotAnEmail {
        value: String,
    },
    /// No address of the web.
    NotAPage,
    /// The person is no longer in the local copy.
    UnknownPerson {
        name: String,
    },
    /// Another one with the same address is chosen already.
    Duplicate {
        value: String,
    },
    TooMany {
        max: u32,
    },
    /// A choice with a comma, where answers have commas between their choices.
    NotSeparable {
        value: String,
    },
    NotAllowed,
    /// No date falls into it.
    NoDates,
    /// It is the same for all dates of a series.
    SameForAll,
    /// The dates of a series are in its zone, which goes with how it repeats.
    ZoneOfSeries,
    /// So many other dates of the series would begin before now.
    DatesInThePast {
        count: u32,
    },
    /// The service did not take it; in its words.
    Refused {
        message: String,
    },
}

/// Why the local data can't be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LockReason {
    /// The system keychain is locked or was refused.
    KeychainLocked,
    /// No keychain service answers.
    KeychainMissing,
    /// The keychain has no key for data that exists.
    KeyMissing,
    /// The keychain has another key than the one the data was made with.
    KeyDiffers,
    /// The database file is damaged although the key is right.
    Damaged,
    /// The database was written by a newer version.
    NewerVersion,
    /// The disk refused.
    Disk,
}

/// Why a service ended the sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SignInReason {
    Expired,
    /// Revoked, or another computer signed in.
    Revoked,
    UserInactive,
    AppBlocked,
}

/// Why a file can't be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TransferProblem {
    /// It is no file of ours.
    NotOurs,
    /// Too large to be one.
    TooLarge,
    WrongPassphrase,
    /// It was cut short or changed.
    Damaged,
    /// A later version wrote it.
    Later,
    /// It is of somebody else's Zoom or Salesforce account.
    OtherAccount,
}
