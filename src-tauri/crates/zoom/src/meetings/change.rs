//! What goes to Zoom: a new meeting, a change, a deletion.

use serde::{Serialize, Serializer};

use super::meeting::MeetingType;
use super::recurrence::Recurrence;
use super::settings::MeetingSettings;
use crate::error::InvalidRequest;
use crate::{Passcode, ZoomTime};

/// Zoom's limits, from its reference.
const TOPIC_CHARACTERS: usize = 200;
const AGENDA_CHARACTERS: usize = 2_000;
const PASSCODE_CHARACTERS: usize = 10;
const MOST_MINUTES: u32 = 24 * 60;

/// A meeting to schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewMeeting {
    /// Topic, up to 200 characters.
    pub topic: String,
    /// Kind of meeting.
    #[serde(rename = "type")]
    pub meeting_type: MeetingType,
    /// Start; `Local` is the wall time in `timezone`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<ZoomTime>,
    /// Planned length in minutes.
    #[serde(rename = "duration", skip_serializing_if = "Option::is_none")]
    pub duration_minutes: Option<u32>,
    /// IANA zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// Description, up to 2,000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agenda: Option<String>,
    /// Passcode; without one Zoom makes one where the account asks for it.
    #[serde(rename = "password", skip_serializing_if = "Option::is_none", serialize_with = "exposed")]
    pub passcode: Option<Passcode>,
    /// Whether Zoom may make a passcode when none is given; its default is yes.
    #[serde(rename = "default_password", skip_serializing_if = "Option::is_none")]
    pub generate_passcode: Option<bool>,
    /// Settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<MeetingSettings>,
    /// Rule; with [`MeetingType::RecurringFixedTime`] only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// Template of the account's administrator; settings of the request stand before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template_id: Option<String>,
}

impl NewMeeting {
    /// A meeting at one time. `timezone` is an IANA name.
    pub fn scheduled(
        topic: impl Into<String>,
        start_time: ZoomTime,
        duration_minutes: u32,
        timezone: impl Into<String>,
    ) -> Self {
        Self {
            topic: topic.into(),
            meeting_type: MeetingType::Scheduled,
            start_time: Some(start_time),
            duration_minutes: Some(duration_minutes),
            timezone: Some(timezone.into()),
            agenda: None,
            passcode: None,
            generate_passcode: None,
            settings: None,
            recurrence: None,
            template_id: None,
        }
    }

    /// Checks what Zoom documents, so that nothing is cut or refused later.
    ///
    /// # Errors
    /// Names the first field that breaks a rule.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        if self.topic.trim().is_empty() {
            return invalid("topic", "is missing");
        }
        check_texts(Some(&self.topic), self.agenda.as_deref(), self.passcode.as_ref())?;
        check_duration(self.duration_minutes)?;
        match self.meeting_type {
            MeetingType::Scheduled | MeetingType::RecurringFixedTime if self.start_time.is_none() => {
                return invalid("start_time", "is missing");
            }
            MeetingType::Instant
            | MeetingType::Scheduled
            | MeetingType::RecurringNoFixedTime
            | MeetingType::RecurringFixedTime
            | MeetingType::ScreenShareOnly => {}
            _ => return invalid("type", "cannot be scheduled"),
        }
        if matches!(self.start_time, Some(ZoomTime::Local(_))) && self.timezone.is_none() {
            return invalid("timezone", "must stand beside a local start time");
        }
        Recurrence::check_for(self.recurrence.as_ref(), self.meeting_type == MeetingType::RecurringFixedTime)
    }
}

/// A change of a meeting; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MeetingChange {
    /// Topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Start. Zoom ignores one in the past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<ZoomTime>,
    /// Planned length in minutes.
    #[serde(rename = "duration", skip_serializing_if = "Option::is_none")]
    pub duration_minutes: Option<u32>,
    /// IANA zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agenda: Option<String>,
    /// Passcode.
    #[serde(rename = "password", skip_serializing_if = "Option::is_none", serialize_with = "exposed")]
    pub passcode: Option<Passcode>,
    /// Settings; merged by Zoom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<MeetingSettings>,
    /// Rule, needed when a whole series with times is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
}

impl MeetingChange {
    /// Checks what Zoom documents.
    ///
    /// # Errors
    /// Names the first field that breaks a rule; an empty change is one.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        if *self == Self::default() {
            return invalid("meeting", "has no change");
        }
        if self.topic.as_ref().is_some_and(|topic| topic.trim().is_empty()) {
            return invalid("topic", "is missing");
        }
        check_texts(self.topic.as_deref(), self.agenda.as_deref(), self.passcode.as_ref())?;
        check_duration(self.duration_minutes)?;
        self.recurrence.as_ref().map_or(Ok(()), Recurrence::check)
    }
}

/// Whom Zoom tells about a deletion. Default: nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MeetingDeletion {
    /// Mail to the host and alternative hosts.
    pub notify_host: bool,
    /// Mail to registrants.
    pub notify_registrants: bool,
}

pub(crate) fn check_texts(
    topic: Option<&str>,
    agenda: Option<&str>,
    passcode: Option<&Passcode>,
) -> Result<(), InvalidRequest> {
    let longer = |text: Option<&str>, most| text.is_some_and(|text| text.chars().count() > most);
    if longer(topic, TOPIC_CHARACTERS) {
        return invalid("topic", "is longer than 200 characters");
    }
    if longer(agenda, AGENDA_CHARACTERS) {
        return invalid("agenda", "is longer than 2,000 characters");
    }
    match passcode.map(Passcode::expose) {
        Some("") => invalid("password", "is empty"),
        Some(text) if longer(Some(text), PASSCODE_CHARACTERS) => invalid("password", "is longer than 10 characters"),
        Some(text) if !text.bytes().all(|byte| byte.is_ascii_graphic()) => {
            invalid("password", "has a character that Zoom does not accept")
        }
        _ => Ok(()),
    }
}

pub(crate) fn check_duration(minutes: Option<u32>) -> Result<(), InvalidRequest> {
    match minutes {
        Some(0) => invalid("duration", "is zero"),
        Some(minutes) if minutes > MOST_MINUTES => invalid("duration", "is longer than 24 hours"),
        _ => Ok(()),
    }
}

fn invalid(field: &'static str, reason: &'static str) -> Result<(), InvalidRequest> {
    Err(InvalidRequest { field, reason })
}

#[expect(clippy::ref_option, reason = "the signature that serde calls")]
pub(crate) fn exposed<S: Serializer>(passcode: &Option<Passcode>, serializer: S) -> Result<S::Ok, S::Error> {
    match passcode {
        Some(passcode) => serializer.serialize_some(passcode.expose()),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use serde_json::json;

    use super::*;

    fn meeting() -> NewMeeting {
        let wall = NaiveDate::from_ymd_opt(2027, 3, 9).unwrap().and_hms_opt(14, 30, 0).unwrap();
        NewMeeting::scheduled("Offer", ZoomTime::Local(wall), 45, "Europe/Amsterdam")
    }

    #[test]
    fn is_written_as_zoom_reads_it() {
        let mut meeting = meeting();
        meeting.passcode = Some(Passcode::new("a1b2"));
        meeting.settings =
            Some(MeetingSettings { waiting_room: Some(true), use_pmi: Some(false), ..MeetingSettings::default() });
        assert_eq!(
            serde_json::to_value(&meeting).unwrap(),
            json!({
                "topic": "Offer", "type": 2, "start_time": "2027-03-09T14:30:00", "duration": 45,
                "timezone": "Europe/Amsterdam", "password": "a1b2",
                "settings": {"waiting_room": true, "use_pmi": false},
            })
        );
        assert_eq!(meeting.check(), Ok(()));
        assert!(!format!("{meeting:?}").contains("a1b2"));
    }

    #[test]
    fn rules_of_zoom() {
        let field = |change: fn(&mut NewMeeting)| {
            let mut meeting = meeting();
            change(&mut meeting);
            meeting.check().unwrap_err().field
        };
        assert_eq!(field(|meeting| meeting.topic = " ".to_owned()), "topic");
        assert_eq!(field(|meeting| meeting.topic = "é".repeat(201)), "topic");
        assert_eq!(field(|meeting| meeting.agenda = Some("x".repeat(2001))), "agenda");
        assert_eq!(field(|meeting| meeting.passcode = Some(Passcode::new("12345678901"))), "password");
        assert_eq!(field(|meeting| meeting.passcode = Some(Passcode::new("a b"))), "password");
        assert_eq!(field(|meeting| meeting.duration_minutes = Some(0)), "duration");
        assert_eq!(field(|meeting| meeting.start_time = None), "start_time");
        assert_eq!(field(|meeting| meeting.timezone = None), "timezone");
        assert_eq!(field(|meeting| meeting.meeting_type = MeetingType::PersonalRoom), "type");
        assert_eq!(field(|meeting| meeting.meeting_type = MeetingType::RecurringFixedTime), "recurrence");
        let mut longest = meeting();
        longest.topic = "é".repeat(200);
        assert_eq!(longest.check(), Ok(()));
    }

    #[test]
    fn a_change_sends_only_what_changes() {
        let change = MeetingChange { topic: Some("New".to_owned()), ..MeetingChange::default() };
        assert_eq!(serde_json::to_value(&change).unwrap(), json!({"topic": "New"}));
        assert_eq!(change.check(), Ok(()));
        assert_eq!(MeetingChange::default().check().unwrap_err().field, "meeting");
    }
}
