//! What a meeting can be set to, and how far.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Options of a meeting under «More options»; what is `None` stays as the user's settings in Zoom, or the meeting
/// itself, have it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingOptions {
    pub join_before_host: Option<JoinBeforeHost>,
    pub host_video: Option<bool>,
    pub participant_video: Option<bool>,
    pub mute_on_entry: Option<bool>,
    pub recording: Option<MeetingRecording>,
    /// Addresses as they are typed, with a comma, a semicolon or a space between them.
    pub alternative_hosts: Option<String>,
    pub registration: Option<MeetingRegistration>,
}

/// How long before the host guests may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum JoinBeforeHost {
    Never,
    AnyTime,
    FiveMinutes,
    TenMinutes,
    FifteenMinutes,
}

/// What is recorded from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MeetingRecording {
    None,
    Local,
    Cloud,
}

/// Whether guests register, and who lets them in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MeetingRegistration {
    None,
    Automatic,
    Manual,
}

/// What the user's settings in Zoom say of new meetings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SchedulingPresets {
    /// They were read, now or earlier; else nothing here says anything.
    pub known: bool,
    pub options: MeetingOptions,
    pub waiting_room: Option<bool>,
    /// What can't be chosen, and why.
    pub locked: Vec<LockedOption>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LockedOption {
    pub option: MeetingOption,
    pub why: WhyLocked,
}

/// An option, or a choice of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MeetingOption {
    Passcode,
    LocalRecording,
    CloudRecording,
    AlternativeHosts,
    Registration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WhyLocked {
    /// The organisation wants it so.
    Required,
    /// It is off for this user: by the administrator, or by the plan.
    Off,
    /// Only users with a licence have it.
    NoLicence,
}
