//! The `settings` object of a webinar: which fields there are, their types and their defaults.

use serde_json::{Map, Value, json};

use crate::account::User;
use crate::meetings::Meeting;
use crate::meetings::settings::{Field, Kind, lay_over};

const LANGUAGES: &[&str] = &[
    "en-US", "de-DE", "es-ES", "fr-FR", "id-ID", "jp-JP", "nl-NL", "pl-PL", "pt-PT", "ru-RU", "tr-TR", "zh-CN",
    "zh-TW", "ko-KO", "it-IT", "vi-VN",
];

/// Fields that a request may set; others are ignored, as Zoom does.
pub(crate) const FIELDS: &[Field] = &[
    ("add_audio_watermark", Kind::Flag),
    ("add_watermark", Kind::Flag),
    ("additional_data_center_regions", Kind::Texts),
    ("allow_host_control_participant_mute_state", Kind::Flag),
    ("allow_multiple_devices", Kind::Flag),
    ("alternative_host_update_polls", Kind::Flag),
    ("alternative_hosts", Kind::Text(2_000)),
    ("approval_type", Kind::Number(&[0, 1, 2])),
    ("attendees_and_panelists_reminder_email_notification", Kind::Mail),
    ("audio", Kind::Choice(&["both", "telephony", "voip", "thirdParty"])),
    ("audio_conference_info", Kind::Text(2_048)),
    ("authentication_domains", Kind::Text(2_000)),
    ("authentication_name", Kind::Text(200)),
    ("authentication_option", Kind::Text(200)),
    ("auto_recording", Kind::Choice(&["local", "cloud", "none"])),
    ("close_registration", Kind::Flag),
    ("contact_email", Kind::Text(128)),
    ("contact_name", Kind::Text(128)),
    ("email_in_attendee_report", Kind::Flag),
    ("email_language", Kind::Choice(LANGUAGES)),
    ("enable_session_branding", Kind::Flag),
    ("enforce_login", Kind::Flag),
    ("enforce_login_domains", Kind::Text(2_000)),
    ("follow_up_absentees_email_notification", Kind::Mail),
    ("follow_up_attendees_email_notification", Kind::Mail),
    ("global_dial_in_countries", Kind::Texts),
    ("hd_video", Kind::Flag),
    ("hd_video_for_attendees", Kind::Flag),
    ("host_video", Kind::Flag),
    ("language_interpretation", Kind::Object),
    ("meeting_authentication", Kind::Flag),
    ("notify_registrants", Kind::Flag),
    ("on_demand", Kind::Flag),
    ("panelist_authentication", Kind::Flag),
    ("panelists_invitation_email_notification", Kind::Flag),
    ("panelists_video", Kind::Flag),
    ("post_webinar_survey", Kind::Flag),
    ("practice_session", Kind::Flag),
    ("question_and_answer", Kind::Object),
    ("registrants_confirmation_email", Kind::Flag),
    ("registrants_email_notification", Kind::Flag),
    ("registrants_restrict_number", Kind::UpTo(20_000)),
    ("registration_type", Kind::Number(&[1, 2, 3])),
    ("request_permission_to_unmute_participants", Kind::Flag),
    ("send_1080p_video_to_attendees", Kind::Flag),
    ("show_join_info", Kind::Flag),
    ("show_share_button", Kind::Flag),
    ("sign_language_interpretation", Kind::Object),
    ("survey_url", Kind::Text(2_000)),
];

/// Fields that Zoom takes in a change and not in a new webinar.
pub(super) const ONLY_IN_CHANGES: [&str; 3] =
    ["authentication_name", "notify_registrants", "registrants_confirmation_email"];

/// What may be changed in a single occurrence.
pub(crate) const OF_OCCURRENCES: &[&str] =
    &["host_video", "panelists_video", "hd_video", "add_watermark", "auto_recording"];

/// The settings as an answer shows them.
pub(crate) fn shown(webinar: &Meeting, of_occurrence: Option<&Map<String, Value>>, user: &User) -> Value {
    let parts = [joining(), hosting(), mailing(user)];
    let mut settings: Map<String, Value> =
        parts.into_iter().filter_map(|part| part.as_object().cloned()).flatten().collect();
    lay_over(&mut settings, &webinar.settings);
    lay_over(&mut settings, of_occurrence.unwrap_or(&Map::new()));
    Value::Object(settings)
}

fn joining() -> Value {
    json!({
        "host_video": true, "panelists_video": true, "practice_session": false, "hd_video": false,
        "hd_video_for_attendees": false, "send_1080p_video_to_attendees": false, "on_demand": false,
        "approval_type": 2, "registration_type": 1, "registrants_restrict_number": 0, "close_registration": false,
        "allow_multiple_devices": false, "show_share_button": true, "show_join_info": true,
        "audio": "both", "audio_conference_info": "", "auto_recording": "none",
        "meeting_authentication": false, "panelist_authentication": false, "authentication_domains": "",
        "authentication_name": "", "authentication_option": "", "enforce_login": false, "enforce_login_domains": "",
        "additional_data_center_regions": [], "global_dial_in_countries": ["NL", "BE"],
        "global_dial_in_numbers": [{
            "country": "NL", "country_name": "Netherlands", "city": "", "number": "+31 20 555 0142", "type": "toll",
        }],
    })
}

fn hosting() -> Value {
    json!({
        "alternative_hosts": "", "alternative_host_update_polls": false,
        "question_and_answer": {
            "enable": true, "allow_submit_questions": true, "allow_anonymous_questions": true,
            "answer_questions": "all", "attendees_can_comment": false, "attendees_can_upvote": true,
            "allow_auto_reply": false, "auto_reply_text": "",
        },
        "language_interpretation": { "enable": false, "interpreters": [] },
        "sign_language_interpretation": { "enable": false, "interpreters": [] },
        "add_watermark": false, "add_audio_watermark": false, "enable_session_branding": false,
        "request_permission_to_unmute_participants": false, "allow_host_control_participant_mute_state": false,
        "post_webinar_survey": false, "survey_url": "", "email_in_attendee_report": true,
    })
}

fn mailing(user: &User) -> Value {
    json!({
        "contact_name": format!("{} {}", user.rep.first_name, user.rep.last_name), "contact_email": user.rep.email,
        "email_language": "en-US", "panelists_invitation_email_notification": true,
        "registrants_confirmation_email": true, "registrants_email_notification": true, "notify_registrants": true,
        "attendees_and_panelists_reminder_email_notification": { "enable": false, "type": 0 },
        "follow_up_attendees_email_notification": { "enable": false, "type": 0 },
        "follow_up_absentees_email_notification": { "enable": false, "type": 0 },
    })
}
