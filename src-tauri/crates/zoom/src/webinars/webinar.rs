//! One webinar as Zoom answers it.

use serde::{Deserialize, Serialize};

use super::WebinarSettings;
use crate::meetings::{Occurrence, Recurrence};
use crate::open_enum::open_number_enum;
use crate::{JoinUrl, MeetingUuid, Passcode, StartUrl, WebinarId, ZoomTime, lenient};

open_number_enum! {
    /// What kind of webinar it is.
    WebinarType {
        /// At one time.
        Scheduled = 5,
        /// Recurring, without times.
        RecurringNoFixedTime = 6,
        /// Recurring, with times.
        RecurringFixedTime = 9,
    }
}

/// One webinar. `id` is vital, everything else may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Webinar {
    /// Webinar number.
    pub id: WebinarId,
    /// Identifier of the current instance.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub uuid: Option<MeetingUuid>,
    /// Zoom user who hosts.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub host_id: Option<String>,
    /// E-mail address of the host.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub host_email: Option<String>,
    /// Topic.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub topic: Option<String>,
    /// Kind of webinar.
    #[serde(default, rename = "type", deserialize_with = "lenient::blank_is_none")]
    pub webinar_type: Option<WebinarType>,
    /// Start; missing for webinars without a fixed time.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// Planned length in minutes.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_minutes: Option<u32>,
    /// IANA zone the webinar was planned in.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub timezone: Option<String>,
    /// Description.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub agenda: Option<String>,
    /// When it was scheduled.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub created_at: Option<ZoomTime>,
    /// What scheduled it: `open_api`, `web_portal` or `other`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub creation_source: Option<String>,
    /// Link for guests.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub join_url: Option<JoinUrl>,
    /// Link for the host; dies after about two hours.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_url: Option<StartUrl>,
    /// Link to the registration form, when registration is on. Not in Zoom's schema, but in its answers.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub registration_url: Option<JoinUrl>,
    /// Passcode people type.
    #[serde(default, rename = "password", deserialize_with = "lenient::blank_is_none")]
    pub passcode: Option<Passcode>,
    /// Passcode for room systems, encrypted.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub encrypted_passcode: Option<Passcode>,
    /// Passcode for room systems.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub h323_passcode: Option<Passcode>,
    /// Settings.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub settings: Option<WebinarSettings>,
    /// Rule of a recurring webinar.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub recurrence: Option<Recurrence>,
    /// Occurrences of a recurring webinar, deleted ones included for a while.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub occurrences: Option<Vec<Occurrence>>,
    /// Fields the account asks for at scheduling.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub tracking_fields: Option<Vec<TrackingField>>,
    /// Template it was made from.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub template_id: Option<String>,
    /// Whether a recording is shown as if live.
    #[serde(default)]
    pub is_simulive: Option<bool>,
    /// That recording.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub record_file_id: Option<String>,
    /// Whether the host takes over after it.
    #[serde(default)]
    pub transition_to_live: Option<bool>,
    /// How long after the start it begins.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub simulive_delay_start: Option<SimuliveDelay>,
    /// Whether registrants get a confirmation; some answers have it in the settings.
    #[serde(default)]
    pub registrants_confirmation_email: Option<bool>,
    /// How many people fit; newer answers only.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub capacity: Option<u32>,
    /// Plan it runs on; newer answers only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub license_type: Option<String>,
}

/// A field the account asks for at scheduling.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackingField {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub field: Option<String>,
    /// Value.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub value: Option<String>,
}

/// A pause before a recording is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimuliveDelay {
    /// On.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// How many units.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_whole_number")]
    pub time: Option<u32>,
    /// `second` or `minute`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub timeunit: Option<String>,
}
