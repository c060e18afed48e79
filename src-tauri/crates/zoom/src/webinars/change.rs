//! What goes to Zoom: a new webinar, a change, a deletion.

use serde::Serialize;

use super::{RegistrationType, TrackingField, WebinarSettings, WebinarType};
use crate::error::InvalidRequest;
use crate::meetings::{ApprovalType, Recurrence, check_duration, check_texts, exposed};
use crate::{Passcode, ZoomTime};

/// Zoom's limits, from its reference.
const MOST_REGISTRANTS: u32 = 20_000;
const AUDIO_INFO_CHARACTERS: usize = 2_048;
const MOST_SIGN_INTERPRETERS: usize = 20;

/// A webinar to schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewWebinar {
    /// Topic, up to 200 characters.
    pub topic: String,
    /// Kind of webinar.
    #[serde(rename = "type")]
    pub webinar_type: WebinarType,
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
    #[serde(rename = "default_passcode", skip_serializing_if = "Option::is_none")]
    pub generate_passcode: Option<bool>,
    /// Template to start from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template_id: Option<String>,
    /// Fields the account asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_fields: Option<Vec<TrackingField>>,
    /// Settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<WebinarSettings>,
    /// Rule; with [`WebinarType::RecurringFixedTime`] only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
}

impl NewWebinar {
    /// A webinar at one time. `timezone` is an IANA name.
    pub fn scheduled(
        topic: impl Into<String>,
        start_time: ZoomTime,
        duration_minutes: u32,
        timezone: impl Into<String>,
    ) -> Self {
        Self {
            topic: topic.into(),
            webinar_type: WebinarType::Scheduled,
            start_time: Some(start_time),
            duration_minutes: Some(duration_minutes),
            timezone: Some(timezone.into()),
            agenda: None,
            passcode: None,
            generate_passcode: None,
            template_id: None,
            tracking_fields: None,
            settings: None,
            recurrence: None,
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
        if self.start_time.is_none() && self.webinar_type != WebinarType::RecurringNoFixedTime {
            return invalid("start_time", "is missing");
        }
        if matches!(self.webinar_type, WebinarType::Other(_)) {
            return invalid("type", "cannot be scheduled");
        }
        if matches!(self.start_time, Some(ZoomTime::Local(_))) && self.timezone.is_none() {
            return invalid("timezone", "must stand beside a local start time");
        }
        if let Some(settings) = &self.settings {
            if settings.registrants_confirmation_email.is_some() {
                return invalid("settings.registrants_confirmation_email", "can be set by a change only");
            }
            if settings.notify_registrants.is_some() {
                return invalid("settings.notify_registrants", "can be set by a change only");
            }
            check_settings(settings)?;
        }
        Recurrence::check_for(self.recurrence.as_ref(), self.webinar_type == WebinarType::RecurringFixedTime)
    }
}

/// A change of a webinar; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WebinarChange {
    /// Topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Start.
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
    /// Fields the account asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_fields: Option<Vec<TrackingField>>,
    /// Settings; merged by Zoom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<WebinarSettings>,
    /// Rule, needed when a whole series with times is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
}

impl WebinarChange {
    /// Checks what Zoom documents.
    ///
    /// # Errors
    /// Names the first field that breaks a rule; an empty change is one.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        if *self == Self::default() {
            return invalid("webinar", "has no change");
        }
        if self.topic.as_ref().is_some_and(|topic| topic.trim().is_empty()) {
            return invalid("topic", "is missing");
        }
        check_texts(self.topic.as_deref(), self.agenda.as_deref(), self.passcode.as_ref())?;
        check_duration(self.duration_minutes)?;
        self.settings.as_ref().map_or(Ok(()), check_settings)?;
        self.recurrence.as_ref().map_or(Ok(()), Recurrence::check)
    }
}

/// Whom Zoom tells about a deletion. Default: nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WebinarDeletion {
    /// Mail to panelists and registrants.
    pub notify_people: bool,
}

fn check_settings(settings: &WebinarSettings) -> Result<(), InvalidRequest> {
    if settings.registrants_restrict_number.is_some_and(|most| most > MOST_REGISTRANTS) {
        return invalid("settings.registrants_restrict_number", "is larger than 20,000");
    }
    if matches!(settings.approval_type, Some(ApprovalType::Other(_))) {
        return invalid("settings.approval_type", "is not known");
    }
    if matches!(settings.registration_type, Some(RegistrationType::Other(_))) {
        return invalid("settings.registration_type", "is not known");
    }
    if settings.audio_conference_info.as_ref().is_some_and(|text| text.chars().count() > AUDIO_INFO_CHARACTERS) {
        return invalid("settings.audio_conference_info", "is longer than 2,048 characters");
    }
    let plans = [
        &settings.attendees_and_panelists_reminder_email_notification,
        &settings.follow_up_attendees_email_notification,
        &settings.follow_up_absentees_email_notification,
    ];
    if plans.into_iter().flatten().any(|mail| mail.plan.is_some_and(|plan| plan > 7)) {
        return invalid("settings.email_notification.type", "is not a plan from 0 to 7");
    }
    let signs = settings.sign_language_interpretation.as_ref().and_then(|signs| signs.interpreters.as_ref());
    if signs.is_some_and(|people| people.len() > MOST_SIGN_INTERPRETERS) {
        return invalid("settings.sign_language_interpretation.interpreters", "are more than 20");
    }
    Ok(())
}

fn invalid(field: &'static str, reason: &'static str) -> Result<(), InvalidRequest> {
    Err(InvalidRequest { field, reason })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::webinars::MailPlan;

    fn launch() -> NewWebinar {
        let start = ZoomTime::Utc(DateTime::from_timestamp(1_804_689_000, 0).unwrap());
        NewWebinar::scheduled("Launch", start, 60, "Europe/Amsterdam")
    }

    fn with(settings: WebinarSettings) -> NewWebinar {
        NewWebinar { settings: Some(settings), ..launch() }
    }

    #[test]
    fn rules_of_zoom() {
        assert_eq!(launch().check(), Ok(()));
        let settings = WebinarSettings::default;
        let odd_plan = MailPlan { enable: Some(true), plan: Some(8) };
        for (webinar, field) in [
            (NewWebinar { topic: " ".to_owned(), ..launch() }, "topic"),
            (NewWebinar { start_time: None, ..launch() }, "start_time"),
            (NewWebinar { webinar_type: WebinarType::Other(2), ..launch() }, "type"),
            (NewWebinar { webinar_type: WebinarType::RecurringFixedTime, ..launch() }, "recurrence"),
            (NewWebinar { duration_minutes: Some(0), ..launch() }, "duration"),
            (
                with(WebinarSettings { registrants_restrict_number: Some(20_001), ..settings() }),
                "settings.registrants_restrict_number",
            ),
            (
                with(WebinarSettings { registrants_confirmation_email: Some(true), ..settings() }),
                "settings.registrants_confirmation_email",
            ),
            (with(WebinarSettings { notify_registrants: Some(true), ..settings() }), "settings.notify_registrants"),
            (
                with(WebinarSettings { follow_up_attendees_email_notification: Some(odd_plan), ..settings() }),
                "settings.email_notification.type",
            ),
        ] {
            assert_eq!(webinar.check().unwrap_err().field, field, "{webinar:?}");
        }
    }

    #[test]
    fn a_change_says_something() {
        assert_eq!(WebinarChange::default().check().unwrap_err().field, "webinar");
        let confirm = WebinarSettings { registrants_confirmation_email: Some(true), ..Default::default() };
        let change = WebinarChange { settings: Some(confirm), ..Default::default() };
        assert_eq!(change.check(), Ok(()));
        let written = serde_json::to_value(&change).unwrap();
        assert_eq!(written, serde_json::json!({"settings": {"registrants_confirmation_email": true}}));
    }
}
