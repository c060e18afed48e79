//! One meeting as Zoom answers it.

use serde::Deserialize;

use super::recurrence::Recurrence;
use super::settings::MeetingSettings;
use crate::open_enum::{open_number_enum, open_text_enum};
use crate::{JoinUrl, MeetingId, MeetingUuid, OccurrenceId, Passcode, StartUrl, ZoomTime, lenient};

open_number_enum! {
    /// What kind of meeting it is.
    MeetingType {
        /// Started at once.
        Instant = 1,
        /// At one time.
        Scheduled = 2,
        /// Recurring, without times.
        RecurringNoFixedTime = 3,
        /// In the personal room; in answers only.
        PersonalRoom = 4,
        /// Personal audio conference; in events only.
        PersonalAudioConference = 7,
        /// Recurring, with times.
        RecurringFixedTime = 8,
        /// Screen sharing only.
        ScreenShareOnly = 10,
    }
}

open_text_enum! {
    /// Whether the meeting runs.
    MeetingStatus {
        /// Not running.
        Waiting = "waiting",
        /// Running.
        Started = "started",
    }
}

open_text_enum! {
    /// Whether an occurrence takes place.
    OccurrenceStatus {
        /// It does.
        Available = "available",
        /// It was deleted; Zoom lists it for a while longer.
        Deleted = "deleted",
    }
}

/// One meeting. `id` is vital, everything else may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Meeting {
    /// Meeting number.
    pub id: MeetingId,
    /// Identifier of the current instance.
    #[serde(default)]
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
    /// Kind of meeting.
    #[serde(default, rename = "type", deserialize_with = "lenient::blank_is_none")]
    pub meeting_type: Option<MeetingType>,
    /// Whether it runs.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub status: Option<MeetingStatus>,
    /// Start; missing for meetings without a fixed time.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// Planned length in minutes.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_minutes: Option<u32>,
    /// IANA zone the meeting was planned in.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub timezone: Option<String>,
    /// Description.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub agenda: Option<String>,
    /// When it was scheduled.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub created_at: Option<ZoomTime>,
    /// Link for guests.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub join_url: Option<JoinUrl>,
    /// Link for the host; dies after about two hours.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_url: Option<StartUrl>,
    /// Link to the registration form, when registration is on.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub registration_url: Option<JoinUrl>,
    /// Passcode people type.
    #[serde(default, rename = "password", deserialize_with = "lenient::blank_is_none")]
    pub passcode: Option<Passcode>,
    /// Number of the personal room, when the meeting uses it.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub pmi: Option<MeetingId>,
    /// Settings.
    #[serde(default)]
    pub settings: Option<MeetingSettings>,
    /// Rule of a recurring meeting.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub recurrence: Option<Recurrence>,
    /// Occurrences of a recurring meeting, deleted ones included for a while.
    #[serde(default)]
    pub occurrences: Option<Vec<Occurrence>>,
}

/// One occurrence of a recurring meeting.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Occurrence {
    /// Identifier.
    #[serde(rename = "occurrence_id")]
    pub id: OccurrenceId,
    /// Start.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// Planned length in minutes.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_minutes: Option<u32>,
    /// Whether it takes place.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub status: Option<OccurrenceStatus>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn complete() -> Value {
        json!({
            "id": 98_765_432_101_u64, "uuid": "Qw+r/8z==", "host_id": "h1", "host_email": "robin@example.com",
            "topic": "Offer", "type": 8, "status": "waiting", "start_time": "2027-03-09T14:30:00Z",
            "duration": 45, "timezone": "Europe/Amsterdam", "agenda": "", "created_at": "2027-03-01T10:00:00Z",
            "join_url": "https://us02web.zoom.us/j/98765432101?pwd=x.1", "password": "p4ss",
            "start_url": "https://us02web.zoom.us/s/98765432101?zak=z", "pmi": "1234567890",
            "settings": {"host_video": true, "approval_type": 2, "audio": "both", "jbh_time": 0,
                         "meeting_invitees": [{"email": "a@example.org", "internal_user": false}], "brand_new": {}},
            "recurrence": {"type": 2, "weekly_days": "2,4", "end_times": 3},
            "occurrences": [{"occurrence_id": "1804689000000", "start_time": "2027-03-09T14:30:00Z",
                             "duration": 45, "status": "available"},
                            {"occurrence_id": 1_804_689_000_001_u64, "status": "moved"}],
            "brand_new": [1, 2, 3],
        })
    }

    #[test]
    fn a_complete_answer_is_read() {
        let meeting: Meeting = serde_json::from_value(complete()).unwrap();
        assert_eq!(meeting.id, MeetingId(98_765_432_101));
        assert_eq!(meeting.meeting_type, Some(MeetingType::RecurringFixedTime));
        assert_eq!(meeting.agenda, None);
        assert_eq!(meeting.pmi, Some(MeetingId(1_234_567_890)));
        let occurrences = meeting.occurrences.unwrap();
        assert_eq!(occurrences[1].id, OccurrenceId::new("1804689000001"));
        assert_eq!(occurrences[1].status, Some(OccurrenceStatus::Other("moved".to_owned())));
        let settings = meeting.settings.unwrap();
        assert_eq!(settings.meeting_invitees.unwrap()[0].email, "a@example.org");
    }

    #[test]
    fn only_the_number_is_vital() {
        let meeting: Meeting = serde_json::from_str(r#"{"id":"98765432101","type":99}"#).unwrap();
        assert_eq!(meeting.meeting_type, Some(MeetingType::Other(99)));
        assert!(serde_json::from_str::<Meeting>(r#"{"topic":"Offer"}"#).is_err());
    }

    #[test]
    fn every_cut_of_an_answer_is_an_error() {
        let json = complete().to_string();
        let cut = |length| crate::test_support::response(200, &json[..length]).json::<Meeting>();
        assert!(cut(json.len()).is_ok());
        for length in 0..json.len() {
            assert!(cut(length).is_err(), "{length}");
        }
    }

    /// Whatever stands in a field, the answer is read or the error names that field.
    #[test]
    fn an_odd_value_is_read_or_named() {
        let odd =
            [json!(null), json!(""), json!("x"), json!(-1), json!(1.5), json!(true), json!([[]]), json!({"a": {}})];
        let fields = complete();
        for name in fields.as_object().unwrap().keys() {
            for value in &odd {
                let mut answer = complete();
                answer[name] = value.clone();
                let response = crate::test_support::response(200, &answer.to_string());
                if let Err(error) = response.json::<Meeting>() {
                    assert!(error.to_string().contains(name.as_str()), "{name} = {value}: {error}");
                }
            }
        }
    }

    #[test]
    fn debug_of_a_meeting_opens_no_door() {
        let shown = format!("{:?}", serde_json::from_value::<Meeting>(complete()).unwrap());
        for secret in ["p4ss", "zak=", "pwd="] {
            assert!(!shown.contains(secret), "{secret}");
        }
    }
}
