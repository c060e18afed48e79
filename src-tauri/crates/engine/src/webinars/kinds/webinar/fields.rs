//! What of a webinar is written: one form for making it and for what becomes of a change.

use chrono::{DateTime, Utc};
use liaison_store::tables::webinars::WebinarRecord;
use liaison_zoom::{
    ApprovalType, MailPlan, NewWebinar, QuestionSettings, Recurrence, RecurrenceType, Webinar, WebinarChange,
    WebinarSettings, WebinarType, ZoomTime,
};
use serde::{Deserialize, Serialize};

use crate::outbox::reason::{Contents, StoredContent, StoredDifference, to_write};
use crate::webinars::pull::fetched;
use crate::webinars::stored::{MoreSettings, VERSION};

/// How many fields are compared.
const FIELDS: usize = 30;

/// What of a webinar is written. As stored: versioned with the payload, each field with a default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a setting of its own in Zoom")]
pub(crate) struct WebinarFields {
    pub topic: String,
    pub agenda: String,
    pub start_utc_ms: i64,
    pub minutes: u32,
    pub zone: String,
    /// Zoom's number.
    pub approval: i64,
    pub multiple_devices: bool,
    pub close_registration: bool,
    pub host_video: bool,
    pub panelists_video: bool,
    pub practice_session: bool,
    pub registrants_limit: u32,
    pub more: MoreSettings,
}

/// A webinar to make: the payload of a row that creates.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct WebinarCreation {
    pub version: i64,
    pub fields: WebinarFields,
    pub passcode: bool,
    /// Zoom's template; it sets what is not said here.
    pub template: Option<String>,
    /// Every week, so often.
    pub weeks: Option<u32>,
    /// The day of the week in its zone, 1 for Sunday.
    pub weekday: u32,
}

/// A change, or what is deleted: the payload of the other rows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct WebinarEdit {
    pub version: i64,
    pub base: WebinarFields,
    pub fields: WebinarFields,
}

impl WebinarCreation {
    pub fn read(json: &str) -> Option<Self> {
        serde_json::from_str::<Self>(json).ok().filter(|payload| payload.version <= VERSION)
    }

    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Zoom's request.
    pub fn request(&self) -> NewWebinar {
        let fields = &self.fields;
        let mut request =
            NewWebinar::scheduled(&fields.topic, ZoomTime::Utc(fields.start()), fields.minutes, &fields.zone);
        request.agenda = Some(fields.agenda.clone()).filter(|agenda| !agenda.is_empty());
        if let Some(template) = &self.template {
            request.template_id = Some(template.clone());
        } else {
            request.generate_passcode = Some(self.passcode);
            let mut settings = fields.settings(&|_| true);
            // Zoom takes these in a change only.
            settings.registrants_confirmation_email = None;
            settings.notify_registrants = None;
            settings.survey_url = settings.survey_url.filter(|page| !page.is_empty());
            request.settings = Some(settings);
        }
        if let Some(weeks) = self.weeks.filter(|weeks| *weeks > 1) {
            request.webinar_type = WebinarType::RecurringFixedTime;
            request.recurrence = Some(Recurrence {
                recurrence_type: RecurrenceType::Weekly,
                repeat_interval: Some(1),
                weekly_days: Some(self.weekday.to_string()),
                monthly_day: None,
                monthly_week: None,
                monthly_week_day: None,
                end_times: Some(weeks),
                end_date_time: None,
            });
        }
        request
    }
}

impl WebinarEdit {
    pub fn of(base: WebinarFields, fields: WebinarFields) -> Self {
        Self { version: VERSION, base, fields }
    }

    pub fn read(json: &str) -> Option<Self> {
        serde_json::from_str::<Self>(json).ok().filter(|payload| payload.version <= VERSION)
    }

    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl WebinarFields {
    /// As the local copy has it; `None` before its settings were read, and for a webinar without a time.
    pub fn of_record(record: &WebinarRecord) -> Option<Self> {
        record.details_utc_ms?;
        Some(Self {
            start_utc_ms: record.start_utc_ms?,
            minutes: u32::try_from(record.minutes).ok()?,
            ..Self::settings_of_record(record)
        })
    }

    /// All but when, as far as it was read.
    pub fn settings_of_record(record: &WebinarRecord) -> Self {
        Self {
            topic: record.topic.clone(),
            agenda: record.agenda.clone().unwrap_or_default(),
            start_utc_ms: 0,
            minutes: 0,
            zone: record.timezone.clone().unwrap_or_else(|| "UTC".to_owned()),
            approval: record.approval_type.unwrap_or(2),
            multiple_devices: record.multiple_devices.unwrap_or_default(),
            close_registration: record.close_registration.unwrap_or_default(),
            host_video: record.host_video.unwrap_or_default(),
            panelists_video: record.panelists_video.unwrap_or_default(),
            practice_session: record.practice_session.unwrap_or_default(),
            registrants_limit: record.registrants_limit.and_then(|limit| limit.try_into().ok()).unwrap_or_default(),
            more: MoreSettings::read(record.settings_json.as_deref()),
        }
    }

    /// As Zoom has it now.
    pub fn of_webinar(webinar: &Webinar) -> Option<Self> {
        Self::of_record(&fetched(webinar, 0).webinar)
    }

    pub fn start(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.start_utc_ms).unwrap_or_default()
    }

    pub fn end_utc_ms(&self) -> i64 {
        self.start_utc_ms + i64::from(self.minutes) * 60_000
    }

    /// The fields by name, as they are compared.
    pub fn contents(&self) -> Contents<FIELDS> {
        let text = |text: &str| StoredContent::Text { text: text.to_owned() };
        let flag = |flag: bool| StoredContent::Text { text: flag.to_string() };
        let maybe = |flag: Option<bool>| StoredContent::Text { text: flag.unwrap_or_default().to_string() };
        let words = |words: &Option<String>| StoredContent::Text { text: words.clone().unwrap_or_default() };
        let plan = |plan: Option<u32>| StoredContent::Text { text: plan.unwrap_or_default().to_string() };
        let more = &self.more;
        [
            ("Topic", text(&self.topic)),
            ("StartDateTime", StoredContent::Time { utc_ms: self.start_utc_ms }),
            ("Duration", text(&self.minutes.to_string())),
            ("TimeZone", text(&self.zone)),
            ("Agenda", text(&self.agenda)),
            ("ApprovalType", text(&self.approval.to_string())),
            ("MultipleDevices", flag(self.multiple_devices)),
            ("CloseRegistration", flag(self.close_registration)),
            ("HostVideo", flag(self.host_video)),
            ("PanelistsVideo", flag(self.panelists_video)),
            ("PracticeSession", flag(self.practice_session)),
            ("RegistrantsLimit", text(&self.registrants_limit.to_string())),
            ("OnDemand", maybe(more.on_demand)),
            ("NotifyRegistrants", maybe(more.notify_registrants)),
            ("ConfirmationMail", maybe(more.confirmation_mail)),
            ("InvitePanelists", maybe(more.invite_panelists)),
            ("QuestionAndAnswer", maybe(more.question_and_answer)),
            ("ShareButtons", maybe(more.share_buttons)),
            ("Survey", maybe(more.survey)),
            ("SignInRequired", maybe(more.sign_in_required)),
            ("Recording", words(&more.recording)),
            ("Audio", words(&more.audio)),
            ("AlternativeHosts", words(&more.alternative_hosts)),
            ("ContactName", words(&more.contact_name)),
            ("ContactEmail", words(&more.contact_email)),
            ("MailLanguage", words(&more.mail_language)),
            ("ReminderMail", plan(more.reminder)),
            ("FollowUpAttendees", plan(more.thanks)),
            ("FollowUpAbsentees", plan(more.missed)),
            ("SurveyUrl", words(&more.survey_url)),
        ]
    }

    /// With what somebody else has written into these fields.
    pub fn with_theirs(&self, differences: &[StoredDifference]) -> Self {
        let mut theirs = self.clone();
        for difference in differences {
            theirs.put(&difference.name, &difference.there);
        }
        theirs
    }

    /// Takes one field of another one over.
    pub fn take(&mut self, name: &str, other: &Self) {
        if let Some((_, content)) = other.contents().into_iter().find(|(own, _)| *own == name) {
            self.put(name, &content);
        }
    }

    fn put(&mut self, name: &str, content: &StoredContent) {
        let text = match content {
            StoredContent::Time { utc_ms } => {
                self.start_utc_ms = *utc_ms;
                return;
            }
            StoredContent::Text { text } => text.clone(),
        };
        let flag = text == "true";
        let more = &mut self.more;
        match name {
            "Topic" => self.topic = text,
            "Duration" => self.minutes = text.parse().unwrap_or(self.minutes),
            "TimeZone" => self.zone = text,
            "Agenda" => self.agenda = text,
            "ApprovalType" => self.approval = text.parse().unwrap_or(self.approval),
            "MultipleDevices" => self.multiple_devices = flag,
            "CloseRegistration" => self.close_registration = flag,
            "HostVideo" => self.host_video = flag,
            "PanelistsVideo" => self.panelists_video = flag,
            "PracticeSession" => self.practice_session = flag,
            "RegistrantsLimit" => self.registrants_limit = text.parse().unwrap_or(self.registrants_limit),
            "OnDemand" => more.on_demand = Some(flag),
            "NotifyRegistrants" => more.notify_registrants = Some(flag),
            "ConfirmationMail" => more.confirmation_mail = Some(flag),
            "InvitePanelists" => more.invite_panelists = Some(flag),
            "QuestionAndAnswer" => more.question_and_answer = Some(flag),
            "ShareButtons" => more.share_buttons = Some(flag),
            "Survey" => more.survey = Some(flag),
            "SignInRequired" => more.sign_in_required = Some(flag),
            "Recording" => more.recording = Some(text),
            "Audio" => more.audio = Some(text),
            "AlternativeHosts" => more.alternative_hosts = Some(text),
            "ContactName" => more.contact_name = Some(text),
            "ContactEmail" => more.contact_email = Some(text),
            "MailLanguage" => more.mail_language = Some(text),
            "ReminderMail" => more.reminder = text.parse().ok(),
            "FollowUpAttendees" => more.thanks = text.parse().ok(),
            "FollowUpAbsentees" => more.missed = text.parse().ok(),
            "SurveyUrl" => more.survey_url = Some(text),
            _ => {}
        }
    }

    /// What of it Zoom is told: the named settings.
    fn settings(&self, has: &dyn Fn(&str) -> bool) -> WebinarSettings {
        let more = &self.more;
        let flag = |name: &str, value: bool| has(name).then_some(value);
        let maybe = |name: &str, value: Option<bool>| value.filter(|_| has(name));
        let words = |name: &str, value: &Option<String>| value.clone().filter(|_| has(name));
        let plan = |name: &str, value: Option<u32>| {
            value.filter(|_| has(name)).map(|plan| MailPlan { enable: Some(plan > 0), plan: Some(plan) })
        };
        WebinarSettings {
            approval_type: has("ApprovalType").then(|| ApprovalType::from(self.approval)),
            allow_multiple_devices: flag("MultipleDevices", self.multiple_devices),
            close_registration: flag("CloseRegistration", self.close_registration),
            host_video: flag("HostVideo", self.host_video),
            panelists_video: flag("PanelistsVideo", self.panelists_video),
            practice_session: flag("PracticeSession", self.practice_session),
            registrants_restrict_number: has("RegistrantsLimit").then_some(self.registrants_limit),
            on_demand: maybe("OnDemand", more.on_demand),
            registrants_email_notification: maybe("NotifyRegistrants", more.notify_registrants),
            registrants_confirmation_email: maybe("ConfirmationMail", more.confirmation_mail),
            panelists_invitation_email_notification: maybe("InvitePanelists", more.invite_panelists),
            question_and_answer: maybe("QuestionAndAnswer", more.question_and_answer)
                .map(|enable| QuestionSettings { enable: Some(enable), ..QuestionSettings::default() }),
            show_share_button: maybe("ShareButtons", more.share_buttons),
            post_webinar_survey: maybe("Survey", more.survey),
            meeting_authentication: maybe("SignInRequired", more.sign_in_required),
            auto_recording: words("Recording", &more.recording)
                .filter(|recording| !recording.is_empty())
                .and_then(|recording| serde_json::from_value(recording.into()).ok()),
            audio: words("Audio", &more.audio).filter(|audio| !audio.is_empty()),
            alternative_hosts: words("AlternativeHosts", &more.alternative_hosts),
            contact_name: words("ContactName", &more.contact_name).filter(|name| !name.is_empty()),
            contact_email: words("ContactEmail", &more.contact_email).filter(|email| !email.is_empty()),
            email_language: words("MailLanguage", &more.mail_language).filter(|language| !language.is_empty()),
            attendees_and_panelists_reminder_email_notification: plan("ReminderMail", more.reminder),
            follow_up_attendees_email_notification: plan("FollowUpAttendees", more.thanks),
            follow_up_absentees_email_notification: plan("FollowUpAbsentees", more.missed),
            survey_url: words("SurveyUrl", &more.survey_url),
            ..WebinarSettings::default()
        }
    }
}

/// What a change writes; `None` when nothing is left to write.
pub(super) fn change(base: &WebinarFields, there: &WebinarFields, ours: &WebinarFields) -> Option<WebinarChange> {
    let wanted = to_write(base.contents(), there.contents(), ours.contents());
    if wanted.is_empty() {
        return None;
    }
    let has = |name: &str| wanted.contains(&name);
    let settings = ours.settings(&has);
    let change = WebinarChange {
        topic: has("Topic").then(|| ours.topic.clone()),
        start_time: (has("StartDateTime") || has("TimeZone")).then(|| ZoomTime::Utc(ours.start())),
        duration_minutes: has("Duration").then_some(ours.minutes),
        timezone: has("TimeZone").then(|| ours.zone.clone()),
        agenda: has("Agenda").then(|| ours.agenda.clone()),
        settings: (settings != WebinarSettings::default()).then_some(settings),
        ..WebinarChange::default()
    };
    (change != WebinarChange::default()).then_some(change)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn launch() -> WebinarFields {
        WebinarFields {
            topic: "Launch".to_owned(),
            start_utc_ms: 1_804_689_000_000,
            minutes: 60,
            zone: "Europe/Amsterdam".to_owned(),
            ..WebinarFields::default()
        }
    }

    #[test]
    fn every_field_that_is_compared_can_be_taken_over() {
        let other = WebinarFields {
            topic: "Other".to_owned(),
            agenda: "A".to_owned(),
            start_utc_ms: 1,
            minutes: 30,
            zone: "UTC".to_owned(),
            approval: 1,
            multiple_devices: true,
            close_registration: true,
            host_video: true,
            panelists_video: true,
            practice_session: true,
            registrants_limit: 5,
            more: MoreSettings {
                version: 0,
                on_demand: Some(true),
                notify_registrants: Some(true),
                confirmation_mail: Some(true),
                invite_panelists: Some(true),
                question_and_answer: Some(true),
                share_buttons: Some(true),
                survey: Some(true),
                sign_in_required: Some(true),
                recording: Some("cloud".to_owned()),
                audio: Some("voip".to_owned()),
                alternative_hosts: Some("a@b.nl".to_owned()),
                contact_name: Some("C".to_owned()),
                contact_email: Some("c@b.nl".to_owned()),
                mail_language: Some("nl-NL".to_owned()),
                reminder: Some(3),
                thanks: Some(1),
                missed: Some(7),
                survey_url: Some("https://survey.example/1".to_owned()),
            },
        };
        let mut taken = launch();
        for ((name, ours), (_, theirs)) in launch().contents().into_iter().zip(other.contents()) {
            assert_ne!(ours, theirs, "{name}");
            taken.take(name, &other);
        }
        assert_eq!(taken, other);
    }

    #[test]
    fn only_what_was_changed_is_written() {
        let ours = WebinarFields { topic: "New".to_owned(), host_video: true, ..launch() };
        let change = change(&launch(), &launch(), &ours).unwrap();
        let json = serde_json::to_value(&change).unwrap();
        assert_eq!(json, serde_json::json!({"topic": "New", "settings": {"host_video": true}}));
        assert_eq!(super::change(&launch(), &ours, &ours), None);
    }

    #[test]
    fn payloads_of_earlier_versions_are_read() {
        let edit = WebinarEdit::read(r#"{"version":1,"base":{"topic":"A"},"fields":{"topic":"B","later":1}}"#).unwrap();
        assert_eq!((edit.base.topic.as_str(), edit.fields.topic.as_str()), ("A", "B"));
        let creation =
            WebinarCreation::read(r#"{"version":1,"fields":{"topic":"A"},"passcode":true,"weeks":3,"weekday":2}"#);
        assert_eq!(creation.unwrap().weeks, Some(3));
        assert_eq!(WebinarEdit::read(r#"{"version":9}"#), None);
    }
}
