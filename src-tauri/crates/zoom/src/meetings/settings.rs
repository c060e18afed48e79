//! A meeting's settings, the same shape in requests and answers.

use serde::{Deserialize, Serialize};

use crate::lenient;
use crate::open_enum::{open_number_enum, open_text_enum};

open_number_enum! {
    /// Whether and how guests register.
    ApprovalType {
        /// Registration, approved at once.
        Automatic = 0,
        /// Registration, approved by hand.
        Manual = 1,
        /// No registration.
        None = 2,
    }
}

open_text_enum! {
    /// Recording from the start.
    AutoRecording {
        /// To the host's computer.
        Local = "local",
        /// To Zoom's cloud.
        Cloud = "cloud",
        /// Not at all.
        None = "none",
    }
}

/// Somebody the host invited. Zoom sends no mail to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    /// E-mail address.
    pub email: String,
    /// Whether they belong to the host's account; in answers only.
    #[serde(default, skip_serializing)]
    pub internal_user: Option<bool>,
}

/// A key and value that an app keeps with a meeting; at most ten, of 64 and 256 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomKey {
    /// Name.
    pub key: String,
    /// Value.
    pub value: String,
}

/// Settings; `None` leaves the user's preset (create) or the present value (update).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingSettings {
    /// Host's video on at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_video: Option<bool>,
    /// Guests' video on at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant_video: Option<bool>,
    /// Guests may come in before the host. Off whenever the waiting room is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub join_before_host: Option<bool>,
    /// How many minutes before the host; 0 any time.
    #[serde(
        default,
        rename = "jbh_time",
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional_whole_number"
    )]
    pub join_before_host_minutes: Option<u32>,
    /// Guests muted when they come in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mute_upon_entry: Option<bool>,
    /// Waiting room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_room: Option<bool>,
    /// In the host's personal room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_pmi: Option<bool>,
    /// Registration.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub approval_type: Option<ApprovalType>,
    /// `both`, `telephony`, `voip` or `thirdParty`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub audio: Option<String>,
    /// Recording from the start.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub auto_recording: Option<AutoRecording>,
    /// Alternative hosts: e-mail addresses, separated by `;`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub alternative_hosts: Option<String>,
    /// Only people signed in to Zoom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_authentication: Option<bool>,
    /// Whom the host invited.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub meeting_invitees: Option<Vec<Invitee>>,
    /// What apps keep with the meeting; not shown in Zoom.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub custom_keys: Option<Vec<CustomKey>>,
    /// Hidden from others who see the host's calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_meeting: Option<bool>,
    /// Change the connected calendar too. Not understood by every account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_change_to_calendar: Option<bool>,
}
