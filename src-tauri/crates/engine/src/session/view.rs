//! The frame of the window: accounts, settings, the line of the status.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::{CommandError, LockReason, SignInReason};
use crate::terms::{Environment, Language, Provider, UtcMs};
use crate::zones::view::ZoneRules;

/// Everything the frame of the window needs.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    pub phase: Phase,
    pub accounts: Vec<Account>,
    pub settings: Settings,
    pub status: Status,
    /// Rows of the outbox that wait for the user.
    pub needs_you: u32,
    /// Rows of the outbox that are not sent yet.
    pub unsent: u32,
    /// The clocks by which times are shown.
    pub clocks: ZoneRules,
    pub version: String,
    /// Shortcuts show ⌘ on macOS and Ctrl elsewhere.
    pub mac: bool,
}

/// What an administrator sets up in a service for our app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AppFacts {
    /// Addresses on this computer that the sign-in leads back to.
    pub redirects: Vec<String>,
    pub scopes: Vec<String>,
}

/// Keys of the system that bring the user here from any program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Hotkeys {
    /// The system lets programs have keys.
    pub possible: bool,
    /// What a key of the system's own settings can call: it enters the meeting that is due.
    pub command: String,
    pub rows: Vec<HotkeyRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HotkeyRow {
    pub hotkey: Hotkey,
    /// As in `Ctrl+Alt+KeyJ`, by what the key is on a keyboard of the United States; none while it is off.
    pub keys: Option<String>,
    /// The system has given it.
    pub works: bool,
    pub suggested: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Hotkey {
    /// Enters the meeting that is due.
    Join,
    /// Opens the window with the palette.
    Open,
}

/// What became of the wish for a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum HotkeySet {
    On,
    Off,
    /// Nothing has changed.
    Refused {
        problem: HotkeyProblem,
    },
}

impl HotkeySet {
    /// A key is there now.
    #[must_use]
    pub fn works(&self) -> bool {
        matches!(self, Self::On)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HotkeyProblem {
    NoKey,
    /// Other programs would lose it.
    TooPlain,
    /// Our other one has it.
    OtherOfOurs,
    /// The system or another program has it.
    Taken,
    /// The system gives keys to no program.
    NotPossible,
}

/// Which first screen is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Phase {
    /// No profile yet: demo or connect.
    Welcome,
    /// The local data can't be opened now; nothing is sent and nothing was changed.
    Locked { reason: LockReason },
    /// A profile is open.
    Ready { demo: bool },
}

/// A profile: one set of accounts with a database and a key of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProfileRow {
    pub id: String,
    /// None for the first one, until the user gives it one.
    pub name: Option<String>,
    /// It is the one that is open.
    pub open: bool,
}

/// What became of a removal. Whoever was signed out is so whether or not all of it could be removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Removal {
    /// Services that could not be told of the sign-out, which still stands there.
    pub untold: Vec<Provider>,
    /// Why not all of it is removed.
    pub failed: Option<CommandError>,
}

/// One service's account.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    pub provider: Provider,
    pub connection: Connection,
    /// Display name of the signed-in user.
    pub name: Option<String>,
    pub email: Option<String>,
    /// Organisation, for Salesforce.
    pub organisation: Option<String>,
    pub environment: Option<Environment>,
    /// Where records are, for Salesforce: the org's own domain.
    pub host: Option<String>,
    /// What the user allowed Liaison at the sign-in.
    pub granted: Vec<Granted>,
    /// The Salesforce org has no field for our key: writing is checked by searching, and sometimes
    /// the user is asked.
    pub guarded: bool,
    pub last_sync: Option<UtcMs>,
    /// Records that could not be read at the last pull and were left out.
    pub skipped: u32,
    /// A part could not be looked at, for a permission is missing.
    pub unseen: bool,
    /// Not connected any more, but what was fetched is still on this computer.
    pub copy_kept: bool,
    /// What went wrong at the last attempt, when it went wrong.
    pub last_error: Option<CommandError>,
    /// What is used of the service's limit, while signed in.
    pub usage: Option<Usage>,
}

/// A part of what the user allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Granted {
    pub what: GrantedWhat,
    pub reads: bool,
    pub writes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum GrantedWhat {
    Meetings,
    Webinars,
    Recordings,
    Calls,
    /// Everything of the org that the user may see themselves.
    Records,
    Profile,
    StaySignedIn,
    /// Something that Liaison makes no use of.
    Other,
}

/// What is used of a service's limit, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Usage {
    /// Zoom: meetings and webinars made or changed from here in this UTC day. Other apps count too, so
    /// it is a lower bound.
    Edits { used: u32, limit: u32 },
    /// Salesforce: calls of its API.
    ApiCalls {
        /// From here, in this UTC day.
        own: u32,
        /// For the last update of the people.
        last_pull: Option<u32>,
        /// The whole organisation, in the last 24 hours.
        org: Option<Quota>,
        /// This app, where an administrator gave it a limit of its own.
        app: Option<Quota>,
        /// Most are used: people are updated seldom, unless somebody asks.
        sparing: bool,
    },
}

/// A part of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Quota {
    pub used: u32,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Connection {
    NotConnected,
    /// Waiting for the browser.
    Connecting,
    Connected,
    /// Signed out by the service; what is cached stays.
    SignInNeeded {
        reason: SignInReason,
    },
}

/// The pill at the bottom of the sidebar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Status {
    UpToDate {
        as_of: Option<UtcMs>,
    },
    /// No round ran for a long time: the computer slept, or its clock was set.
    Behind {
        as_of: UtcMs,
    },
    Syncing {
        done: u32,
        total: Option<u32>,
    },
    Waiting {
        count: u32,
    },
    Offline {
        as_of: Option<UtcMs>,
        waiting: u32,
    },
    SignInNeeded {
        provider: Provider,
    },
    /// Neither service is connected: nothing is fetched and nothing sent.
    NotConnected,
    /// Sending is paused; `count` rows wait for that.
    Paused {
        count: u32,
    },
    /// A service answers with errors; data may be old.
    Failing {
        provider: Provider,
        as_of: Option<UtcMs>,
    },
}

/// Stored in a form of its own, see `stored`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a choice of its own in the window")]
pub struct Settings {
    pub theme: Theme,
    pub language: Language,
    /// Size of everything in the window, in percent: 80 to 200.
    pub text_percent: u32,
    /// Hold before anything leaves: 0, 8, 20 or 60 seconds.
    pub hold_seconds: u32,
    pub letter_shortcuts: bool,
    /// Minutes of a new meeting.
    pub meeting_minutes: u32,
    /// Client ids of the organisation's own apps; empty takes none.
    pub zoom_client_id: String,
    pub salesforce_client_id: String,
    /// `login.salesforce.com`, `test.salesforce.com` or a My Domain host.
    pub salesforce_login_host: String,
    /// Calls that are linked, answered and longer than 30 seconds are logged by themselves, from when this was chosen.
    pub auto_log_calls: bool,
    /// Meetings that were made elsewhere, with somebody who is known by their exact address, are logged by themselves:
    /// those of the next seven days, and none that had ended when this was chosen.
    pub auto_log_meetings: bool,
    /// The subject of a call's Task; `{name}`, `{company}`, `{number}` and `{result}` stand for those of the call. Empty
    /// takes the usual one.
    pub call_subject: String,
    /// The passcode of recordings is written into Events, beside the link.
    pub recording_passcodes: bool,
    /// What meetings and webinars are opened in; links without a number always open in the browser.
    pub open_in: OpenIn,
    pub density: Density,
    /// The hue of what is chosen and of what is to be pressed; high contrast has its own.
    pub accent: Accent,
}

/// What takes the links into meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OpenIn {
    Browser,
    ZoomApp,
}

/// How tall rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Density {
    Comfortable,
    Compact,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Accent {
    /// What the desktop has; blue where it has none.
    System,
    Blue,
    Violet,
    Magenta,
    Rust,
    Green,
    Teal,
}

/// A colour as screens have it: sRGB, each part from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    System,
    Light,
    Dark,
    Contrast,
}
