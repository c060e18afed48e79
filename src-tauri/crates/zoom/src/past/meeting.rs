//! One past instance of a meeting.

use serde::Deserialize;

use crate::meetings::MeetingType;
use crate::{MeetingId, MeetingUuid, ZoomTime, lenient};

/// An instance that has ended. `uuid` is vital, everything else may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PastMeeting {
    /// Identifier of the instance.
    pub uuid: MeetingUuid,
    /// Meeting number.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub id: Option<MeetingId>,
    /// Topic.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub topic: Option<String>,
    /// Kind of meeting.
    #[serde(default, rename = "type", deserialize_with = "lenient::blank_is_none")]
    pub meeting_type: Option<MeetingType>,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// When it ended.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub end_time: Option<ZoomTime>,
    /// How long it took, in minutes.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_minutes: Option<u32>,
    /// Minutes of all people together.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub total_minutes: Option<u64>,
    /// How many people were there, each entry counted.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub participants_count: Option<u32>,
    /// Zoom user who hosted.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub host_id: Option<String>,
    /// Name of the host.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub user_name: Option<String>,
    /// E-mail address of the host.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub user_email: Option<String>,
    /// Department of the host.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub dept: Option<String>,
    /// What scheduled it: Zoom, or the name of an app.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub source: Option<String>,
    /// Whether Zoom wrote a summary; newer answers only.
    #[serde(default)]
    pub has_meeting_summary: Option<bool>,
}

/// A row of the list of instances, of meetings and webinars alike.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Instance {
    /// Identifier of the instance.
    pub uuid: MeetingUuid,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// The date of a series that it was; newer answers only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub occurrence_id: Option<String>,
}
