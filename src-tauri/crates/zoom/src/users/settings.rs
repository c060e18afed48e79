//! The user's settings: presets for scheduling and the add-on services of their plan.

use serde::Deserialize;

use crate::meetings::AutoRecording;
use crate::{Passcode, lenient};

/// Settings of the signed-in user. Zoom answers with much more; this is what Liaison uses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct UserSettings {
    /// Add-on services.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub feature: Option<Features>,
    /// Presets for scheduling.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub schedule_meeting: Option<ScheduleSettings>,
    /// In-meeting settings.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub in_meeting: Option<InMeetingSettings>,
    /// What may be recorded, and what is from the start.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub recording: Option<RecordingSettings>,
}

impl UserSettings {
    /// Whether meetings get a waiting room unless the schedule says otherwise.
    #[must_use]
    pub fn waiting_room_by_default(&self) -> Option<bool> {
        self.in_meeting.as_ref().and_then(|settings| settings.waiting_room)
    }
}

/// The one in-meeting setting that scheduling needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct InMeetingSettings {
    /// Waiting room by default.
    #[serde(default)]
    pub waiting_room: Option<bool>,
}

/// Recording: what the plan and the administrator leave to the user, and the preset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct RecordingSettings {
    /// Meetings may be recorded on the host's computer.
    #[serde(default)]
    pub local_recording: Option<bool>,
    /// Meetings may be recorded in Zoom's cloud.
    #[serde(default)]
    pub cloud_recording: Option<bool>,
    /// Recording from the start, unless the schedule says otherwise.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub auto_recording: Option<AutoRecording>,
}

/// Add-on services of the user's plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Features {
    /// Largest number of people in a meeting.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub meeting_capacity: Option<u32>,
    /// Large-meeting add-on.
    #[serde(default)]
    pub large_meeting: Option<bool>,
    /// People in a large meeting.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub large_meeting_capacity: Option<u32>,
    /// Webinar plan.
    #[serde(default)]
    pub webinar: Option<bool>,
    /// People in a webinar.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub webinar_capacity: Option<u32>,
    /// Zoom Phone.
    #[serde(default)]
    pub zoom_phone: Option<bool>,
    /// Zoom Events.
    #[serde(default)]
    pub zoom_events: Option<bool>,
    /// Revenue Accelerator.
    #[serde(default)]
    pub zoom_revenue_accelerator: Option<bool>,
    /// Revenue Accelerator under its former name, which Zoom still sends.
    #[serde(default)]
    pub zoom_iq_for_sales: Option<bool>,
    /// Further services, by licence.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub license_info_list: Option<Vec<Licence>>,
}

/// A licence the user holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Licence {
    /// The service: `ZOOM_SCHEDULER`, `ZOOM_REVENUE_ACCELERATOR` and others.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub license_type: Option<String>,
    /// Zoom's number of the variant; goes beyond 2^55.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub license_option: Option<u64>,
    /// Subscription it belongs to.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub subscription_id: Option<String>,
}

/// Presets for scheduling.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ScheduleSettings {
    /// Start with the host's video on.
    #[serde(default)]
    pub host_video: Option<bool>,
    /// Start with the participants' video on.
    #[serde(default)]
    pub participants_video: Option<bool>,
    /// People may come in before the host.
    #[serde(default)]
    pub join_before_host: Option<bool>,
    /// `both`, `telephony`, `voip` or `thirdParty`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub audio_type: Option<String>,
    /// Scheduled meetings must have a passcode.
    #[serde(default)]
    pub require_password_for_scheduling_new_meetings: Option<bool>,
    /// Passcode of the personal room.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub pmi_password: Option<Passcode>,
    /// The join link carries the encrypted passcode.
    #[serde(default)]
    pub embed_password_in_join_link: Option<bool>,
    /// Scheduled meetings use the personal room.
    #[serde(default)]
    pub use_pmi_for_scheduled_meetings: Option<bool>,
    /// What a passcode must look like.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub meeting_password_requirement: Option<PasscodeRequirement>,
}

/// The account's rule for passcodes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct PasscodeRequirement {
    /// Least number of characters; 0 means no rule.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub length: Option<u32>,
    /// At least one letter.
    #[serde(default)]
    pub have_letter: Option<bool>,
    /// At least one digit.
    #[serde(default)]
    pub have_number: Option<bool>,
    /// At least one special character.
    #[serde(default)]
    pub have_special_character: Option<bool>,
    /// Upper and lower case.
    #[serde(default)]
    pub have_upper_and_lower_characters: Option<bool>,
    /// Digits only.
    #[serde(default)]
    pub only_allow_numeric: Option<bool>,
    /// Runs such as `12345` shorter than this; 0 means no rule.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub consecutive_characters_length: Option<u32>,
}
