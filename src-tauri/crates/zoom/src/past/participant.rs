//! Somebody who was in a past meeting or webinar.

use serde::Deserialize;

use crate::open_enum::open_text_enum;
use crate::{ZoomTime, lenient};

open_text_enum! {
    /// How far somebody came.
    ParticipantStatus {
        /// Inside.
        InMeeting = "in_meeting",
        /// No further than the waiting room.
        InWaitingRoom = "in_waiting_room",
    }
}

/// One entry of somebody. Who left and came back has two rows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Participant {
    /// Zoom user, when they were signed in.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub id: Option<String>,
    /// Number of this entry, valid within the instance only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub user_id: Option<String>,
    /// Name they used.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// E-mail address. Zoom leaves it out for most people outside the account.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub user_email: Option<String>,
    /// Registration they came with.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub registrant_id: Option<String>,
    /// When they came.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub join_time: Option<ZoomTime>,
    /// When they left.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub leave_time: Option<ZoomTime>,
    /// How long they stayed, in seconds.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_seconds: Option<u64>,
    /// How far they came.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub status: Option<ParticipantStatus>,
    /// Whether they belong to the account.
    #[serde(default)]
    pub internal_user: Option<bool>,
    /// Whether the connection broke and was taken over.
    #[serde(default)]
    pub failover: Option<bool>,
}
