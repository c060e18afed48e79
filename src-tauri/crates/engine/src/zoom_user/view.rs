//! What Zoom says of the user, as the card in the settings shows it.

use serde::Serialize;
use specta::Type;

use crate::pull::access::RoomAccess;
use crate::terms::UtcMs;

/// The user in Zoom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ZoomUser {
    /// Zoom's id of the user.
    pub user_id: String,
    /// Address they sign in with.
    pub email: Option<String>,
    pub plan: Option<ZoomPlan>,
    /// People in any meeting of theirs.
    pub meeting_capacity: Option<u32>,
    /// Whether the settings could be read; the add-ons are told by them alone.
    pub add_ons_told: RoomAccess,
    pub add_ons: Vec<ZoomAddOn>,
    /// Whether Zoom Phone could be read.
    pub phone_told: RoomAccess,
    pub phone: Option<ZoomPhone>,
    pub room: Option<PersonalRoom>,
    /// When Zoom was asked.
    pub as_of: UtcMs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ZoomPlan {
    /// Free: meetings of limited length.
    Basic,
    Licensed,
    /// In the account, without Zoom Meetings.
    Without,
}

/// A service that a plan may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ZoomAddOn {
    pub service: ZoomService,
    /// None where Zoom did not say.
    pub has: Option<bool>,
    /// How many people.
    pub capacity: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ZoomService {
    Webinar,
    Phone,
    LargeMeeting,
    Events,
}

/// The user in Zoom Phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ZoomPhone {
    /// Their id there, which is another one.
    pub id: Option<String>,
    pub extension: Option<String>,
    /// As they are dialled from abroad.
    pub numbers: Vec<String>,
}

/// The user's own room. Its passcode stays in the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonalRoom {
    /// Grouped for reading: `924 470 1882`.
    pub number: String,
    /// Host and path of its link, without the password.
    pub link: Option<String>,
    pub has_passcode: bool,
    /// Scheduled meetings are held in it unless they say otherwise.
    pub for_scheduled: bool,
}

/// What of the user's own room goes onto the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RoomCopy {
    /// Whole: whoever follows it needs no passcode.
    Link,
    NumberAndPasscode,
    Passcode,
}
