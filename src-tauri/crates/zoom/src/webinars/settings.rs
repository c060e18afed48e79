//! A webinar's settings, the same shape in requests and answers.

use serde::{Deserialize, Serialize};

use crate::lenient;
use crate::meetings::{ApprovalType, AutoRecording};
use crate::open_enum::{open_number_enum, open_text_enum};

open_number_enum! {
    /// What a registration for a series counts for.
    RegistrationType {
        /// Register once, attend any occurrence.
        Once = 1,
        /// Register for each occurrence.
        EachOccurrence = 2,
        /// Register once, choose occurrences.
        ChosenOccurrences = 3,
    }
}

open_text_enum! {
    /// Which questions attendees see.
    AnsweredQuestions {
        /// Answered ones.
        Only = "only",
        /// All.
        All = "all",
    }
}

/// Settings; `None` leaves the user's preset (create) or the present value (update).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebinarSettings {
    /// Host's video on at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_video: Option<bool>,
    /// Panelists' video on at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panelists_video: Option<bool>,
    /// High definition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hd_video: Option<bool>,
    /// High definition for attendees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hd_video_for_attendees: Option<bool>,
    /// Full high definition for attendees, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_1080p_video_to_attendees: Option<bool>,
    /// A practice session before the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice_session: Option<bool>,
    /// The recording can be watched afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_demand: Option<bool>,
    /// Registration.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub approval_type: Option<ApprovalType>,
    /// What a registration for a series counts for.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub registration_type: Option<RegistrationType>,
    /// At most so many registrants, up to 20,000; 0 means no limit.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_whole_number")]
    pub registrants_restrict_number: Option<u32>,
    /// Zoom tells registrants about approval, denial and cancellation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registrants_email_notification: Option<bool>,
    /// Zoom sends registrants a confirmation. Taken in a change, not at scheduling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registrants_confirmation_email: Option<bool>,
    /// Zoom tells registrants about a change. Taken in a change, not at scheduling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notify_registrants: Option<bool>,
    /// Registration closes after the date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close_registration: Option<bool>,
    /// One registration may join from several devices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_multiple_devices: Option<bool>,
    /// Buttons for social media on the registration page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_share_button: Option<bool>,
    /// How to join stands on the confirmation page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_join_info: Option<bool>,
    /// Language of Zoom's mail, for example `nl-NL`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub email_language: Option<String>,
    /// Whom to ask, for registrants.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub contact_name: Option<String>,
    /// Where to ask, for registrants.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub contact_email: Option<String>,
    /// `both`, `telephony`, `voip` or `thirdParty`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub audio: Option<String>,
    /// How to dial in with a third party's audio, up to 2,048 characters.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub audio_conference_info: Option<String>,
    /// Recording from the start.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub auto_recording: Option<AutoRecording>,
    /// Alternative hosts: e-mail addresses, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub alternative_hosts: Option<String>,
    /// Alternative hosts may edit polls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative_host_update_polls: Option<bool>,
    /// Only people signed in to Zoom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_authentication: Option<bool>,
    /// Which sign-in counts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub authentication_option: Option<String>,
    /// Name of that sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub authentication_name: Option<String>,
    /// Domains that may come, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub authentication_domains: Option<String>,
    /// Panelists must be signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panelist_authentication: Option<bool>,
    /// Only people signed in; Zoom's former name of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enforce_login: Option<bool>,
    /// Domains that may come; Zoom's former name of it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub enforce_login_domains: Option<String>,
    /// Zoom invites panelists by mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panelists_invitation_email_notification: Option<bool>,
    /// Reminder to everybody.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub attendees_and_panelists_reminder_email_notification: Option<MailPlan>,
    /// Mail to attendees afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub follow_up_attendees_email_notification: Option<MailPlan>,
    /// Mail to those who stayed away.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub follow_up_absentees_email_notification: Option<MailPlan>,
    /// Questions and answers.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub question_and_answer: Option<QuestionSettings>,
    /// A survey opens at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_webinar_survey: Option<bool>,
    /// Address of that survey.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub survey_url: Option<String>,
    /// Guests' e-mail addresses stand in reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_in_attendee_report: Option<bool>,
    /// Countries with numbers to dial in.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub global_dial_in_countries: Option<Vec<String>>,
    /// Interpreters.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub language_interpretation: Option<Interpretation>,
    /// Interpreters of sign languages.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub sign_language_interpretation: Option<SignInterpretation>,
    /// A watermark in the picture names the viewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_watermark: Option<bool>,
    /// A watermark in the sound names the listener.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_audio_watermark: Option<bool>,
    /// A background made for the webinar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_session_branding: Option<bool>,
    /// Hosts may mute and unmute people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_host_control_participant_mute_state: Option<bool>,
    /// People are asked before they are unmuted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_permission_to_unmute_participants: Option<bool>,
}

/// When Zoom sends a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailPlan {
    /// On.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// Zoom's number of the plan, 0 to 7; each kind of mail has its own meanings.
    #[serde(
        default,
        rename = "type",
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional_whole_number"
    )]
    pub plan: Option<u32>,
}

/// Questions and answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSettings {
    /// On.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// Attendees may ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_submit_questions: Option<bool>,
    /// Attendees may ask without their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_anonymous_questions: Option<bool>,
    /// Which questions attendees see.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub answer_questions: Option<AnsweredQuestions>,
    /// Attendees may comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendees_can_comment: Option<bool>,
    /// Attendees may vote questions up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendees_can_upvote: Option<bool>,
    /// A reply at once; only where a recording is shown as if live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_auto_reply: Option<bool>,
    /// That reply.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub auto_reply_text: Option<String>,
}

/// Interpreters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpretation {
    /// On.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub interpreters: Option<Vec<Interpreter>>,
}

/// An interpreter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpreter {
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// Two country codes, separated by a comma; Zoom's former form.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub languages: Option<String>,
    /// Two languages, separated by a comma.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub interpreter_languages: Option<String>,
}

/// Interpreters of sign languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInterpretation {
    /// On.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// Who, at most 20.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub interpreters: Option<Vec<SignInterpreter>>,
}

/// An interpreter of a sign language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInterpreter {
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// The language.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub sign_language: Option<String>,
}
