//! What is kept, as the window shows it.

use serde::Serialize;
use specta::Type;

use super::data::Datum;

/// Everything that is kept on this computer.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Privacy {
    pub items: Vec<PrivacyItem>,
    /// After so many days what is over goes; none keeps it until it is erased.
    pub retention_days: Option<u32>,
    /// Where all of it is.
    pub folder: String,
}

/// One kind of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PrivacyItem {
    pub data: PrivateData,
    pub source: DataSource,
    pub place: DataPlace,
    pub kept: DataKept,
}

/// What it is; the window has the words, and says why it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PrivateData {
    Meetings,
    MeetingSecrets,
    Busy,
    People,
    Calls,
    Voicemails,
    CallNotes,
    CallLinks,
    NumberChoices,
    Dialled,
    Webinars,
    WebinarPeople,
    Registrations,
    Outbox,
    Written,
    Links,
    Accounts,
    SignIns,
    Choices,
    Progress,
    Key,
    Logs,
    WindowPlace,
}

/// Where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DataSource {
    Zoom,
    Salesforce,
    You,
    Liaison,
}

/// Where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DataPlace {
    /// In the encrypted file.
    Encrypted,
    /// In the encrypted file, and encrypted once more.
    Sealed,
    /// In the system's keychain.
    Keychain,
    /// In a file that anybody who uses this account of the computer can read.
    Clear,
}

/// How long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DataKept {
    /// As long as was chosen, after it is over.
    Retention,
    /// As long as its account is connected, or its copy is kept.
    Account,
    /// Until everything is erased.
    Erased,
    /// A month.
    Month,
    /// Five days.
    Days,
}

impl From<&Datum> for PrivacyItem {
    fn from(datum: &Datum) -> Self {
        Self { data: datum.data, source: datum.source, place: datum.place, kept: datum.kept }
    }
}
