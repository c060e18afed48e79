//! The `settings` object of a meeting: which fields there are, their types and their defaults.

use serde_json::{Map, Value, json};

use super::Family;
use super::fields::{Fields, is_email};
use crate::account::MEETING_HOST;

/// One setting: its name and its type.
pub(crate) type Field = (&'static str, Kind);

/// The type of one field.
pub(crate) enum Kind {
    Flag,
    Number(&'static [i64]),
    /// A whole number from 0 up to this one.
    UpTo(i64),
    Choice(&'static [&'static str]),
    Text(usize),
    Texts,
    /// A list of objects; an `email` in one must be an address.
    Objects,
    Object,
    /// Whether a mail is sent, and by which of Zoom's plans.
    Mail,
}

/// Fields that a request may set; others are ignored, as Zoom does.
pub(crate) const FIELDS: &[Field] = &[
    ("additional_data_center_regions", Kind::Texts),
    ("allow_host_control_participant_mute_state", Kind::Flag),
    ("allow_multiple_devices", Kind::Flag),
    ("alternative_host_manage_cloud_recording", Kind::Flag),
    ("alternative_host_manage_meeting_summary", Kind::Flag),
    ("alternative_host_update_polls", Kind::Flag),
    ("alternative_hosts", Kind::Text(2_000)),
    ("alternative_hosts_email_notification", Kind::Flag),
    ("approval_type", Kind::Number(&[0, 1, 2])),
    ("approved_or_denied_countries_or_regions", Kind::Object),
    ("audio", Kind::Choice(&["both", "telephony", "voip", "thirdParty"])),
    ("audio_conference_info", Kind::Text(2_048)),
    ("authentication_domains", Kind::Text(2_000)),
    ("authentication_exception", Kind::Objects),
    ("authentication_option", Kind::Text(200)),
    ("auto_add_recording_to_video_management", Kind::Object),
    ("auto_recording", Kind::Choice(&["local", "cloud", "none"])),
    ("auto_start_ai_companion_questions", Kind::Flag),
    ("auto_start_meeting_summary", Kind::Flag),
    ("breakout_room", Kind::Object),
    ("calendar_type", Kind::Number(&[1, 2])),
    ("close_registration", Kind::Flag),
    ("cn_meeting", Kind::Flag),
    ("contact_email", Kind::Text(128)),
    ("contact_name", Kind::Text(128)),
    ("continuous_meeting_chat", Kind::Object),
    ("custom_keys", Kind::Objects),
    ("device_testing", Kind::Flag),
    ("disable_participant_video", Kind::Flag),
    ("email_in_attendee_report", Kind::Flag),
    ("email_notification", Kind::Flag),
    ("encryption_type", Kind::Choice(&["enhanced_encryption", "e2ee"])),
    ("enforce_login", Kind::Flag),
    ("enforce_login_domains", Kind::Text(2_000)),
    ("focus_mode", Kind::Flag),
    ("global_dial_in_countries", Kind::Texts),
    ("host_save_video_order", Kind::Flag),
    ("host_video", Kind::Flag),
    ("in_meeting", Kind::Flag),
    ("internal_meeting", Kind::Flag),
    ("jbh_time", Kind::Number(&[0, 5, 10, 15])),
    ("join_before_host", Kind::Flag),
    ("language_interpretation", Kind::Object),
    ("meeting_authentication", Kind::Flag),
    ("meeting_invitees", Kind::Objects),
    ("mute_upon_entry", Kind::Flag),
    ("participant_focused_meeting", Kind::Flag),
    ("participant_video", Kind::Flag),
    ("private_meeting", Kind::Flag),
    ("push_change_to_calendar", Kind::Flag),
    ("question_and_answer", Kind::Object),
    ("registrants_confirmation_email", Kind::Flag),
    ("registrants_email_notification", Kind::Flag),
    ("registration_type", Kind::Number(&[1, 2, 3])),
    ("request_permission_to_unmute_participants", Kind::Flag),
    ("resources", Kind::Objects),
    ("show_join_info", Kind::Flag),
    ("show_share_button", Kind::Flag),
    ("sign_language_interpretation", Kind::Object),
    ("summary_template_id", Kind::Text(200)),
    ("use_pmi", Kind::Flag),
    ("waiting_room", Kind::Flag),
    ("waiting_room_options", Kind::Object),
    ("watermark", Kind::Flag),
    ("who_can_ask_questions", Kind::Number(&[1, 2, 3, 4, 5])),
    ("who_will_receive_summary", Kind::Number(&[1, 2, 3, 4])),
];

/// What may be changed in a single occurrence.
pub(crate) const OF_OCCURRENCES: &[&str] = &[
    "host_video",
    "participant_video",
    "join_before_host",
    "mute_upon_entry",
    "waiting_room",
    "watermark",
    "auto_recording",
];

/// The known fields of a request's settings; what is wrong goes into `fields`.
pub(crate) fn read(fields: &mut Fields, family: Family) -> Map<String, Value> {
    let mut settings = Map::new();
    for (name, kind) in family.settings() {
        let Some(value) = fields.value(name) else {
            continue;
        };
        if fits(kind, value) {
            settings.insert((*name).to_owned(), value.clone());
        } else {
            fields.wrong(name);
        }
    }
    settings
}

/// The part of settings that a single occurrence may have of its own.
pub(crate) fn of_occurrence(settings: Map<String, Value>, family: Family) -> Map<String, Value> {
    let own = family.settings_of_occurrences();
    settings.into_iter().filter(|(name, _)| own.contains(&name.as_str())).collect()
}

fn fits(kind: &Kind, value: &Value) -> bool {
    match kind {
        Kind::Flag => value.is_boolean(),
        Kind::Number(allowed) => value.as_i64().is_some_and(|number| allowed.contains(&number)),
        Kind::UpTo(most) => value.as_i64().is_some_and(|number| (0..=*most).contains(&number)),
        Kind::Choice(allowed) => value.as_str().is_some_and(|text| allowed.contains(&text)),
        Kind::Text(longest) => value.as_str().is_some_and(|text| text.chars().count() <= *longest),
        Kind::Texts => value.as_array().is_some_and(|list| list.iter().all(Value::is_string)),
        Kind::Objects => value.as_array().is_some_and(|list| list.iter().all(is_entry)),
        Kind::Object => value.is_object(),
        Kind::Mail => value.as_object().is_some_and(|mail| {
            mail.get("enable").is_none_or(Value::is_boolean)
                && mail.get("type").is_none_or(|plan| plan.as_i64().is_some_and(|plan| (0..=7).contains(&plan)))
        }),
    }
}

fn is_entry(value: &Value) -> bool {
    value.is_object() && value.get("email").is_none_or(|email| email.as_str().is_some_and(is_email))
}

/// The settings as an answer shows them: defaults, then those of the meeting, then those of the
/// occurrence.
pub(crate) fn shown(
    own: &Map<String, Value>,
    of_occurrence: Option<&Map<String, Value>>,
    contact: (&str, &str),
) -> Value {
    let mut settings = defaults(contact);
    lay_over(&mut settings, own);
    lay_over(&mut settings, of_occurrence.unwrap_or(&Map::new()));
    // A waiting room leaves nobody in before the host.
    if settings.get("waiting_room") == Some(&Value::Bool(true)) {
        settings.insert("join_before_host".to_owned(), Value::Bool(false));
    }
    if let Some(Value::Array(invitees)) = settings.get_mut("meeting_invitees") {
        for invitee in invitees.iter_mut().filter_map(Value::as_object_mut) {
            invitee.entry("internal_user").or_insert(Value::Bool(false));
        }
    }
    for exempt in settings.get_mut("authentication_exception").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = exempt.get("email").and_then(Value::as_str).unwrap_or_default().replace('@', "-");
        if let Some(exempt) = exempt.as_object_mut() {
            exempt.insert("join_url".to_owned(), Value::from(format!("{MEETING_HOST}/w/exempt/{name}")));
        }
    }
    Value::Object(settings)
}

/// Puts settings over others; of objects only the fields that are there.
pub(crate) fn lay_over(settings: &mut Map<String, Value>, own: &Map<String, Value>) {
    for (name, value) in own {
        match (settings.get_mut(name), value) {
            (Some(Value::Object(shown)), Value::Object(own)) => shown.extend(own.clone()),
            _ => {
                settings.insert(name.clone(), value.clone());
            }
        }
    }
}

fn defaults((contact_name, contact_email): (&str, &str)) -> Map<String, Value> {
    let joining = json!({
        "host_video": false, "participant_video": false, "cn_meeting": false, "in_meeting": false,
        "join_before_host": false, "jbh_time": 0, "mute_upon_entry": false, "watermark": false,
        "use_pmi": false, "waiting_room": true,
        "waiting_room_options": {
            "mode": "follow_setting", "who_goes_to_waiting_room": "everyone",
        },
        "audio": "both", "audio_conference_info": "",
        "global_dial_in_countries": ["NL", "BE"],
        "global_dial_in_numbers": [{
            "country": "NL", "country_name": "Netherlands", "city": "",
            "number": "+31 20 555 0142", "type": "toll",
        }],
        "additional_data_center_regions": [],
        "breakout_room": { "enable": false, "rooms": [] },
        "language_interpretation": { "enable": false, "interpreters": [] },
        "sign_language_interpretation": { "enable": false, "interpreters": [] },
        "continuous_meeting_chat": {
            "enable": false, "auto_add_invited_external_users": false,
            "auto_add_meeting_participants": false, "channel_id": "",
        },
        "question_and_answer": {
            "enable": false, "allow_submit_questions": false, "allow_anonymous_questions": false,
            "question_visibility": "answered", "attendees_can_comment": false,
            "attendees_can_upvote": false,
        },
        "resources": [], "custom_keys": [], "meeting_invitees": [],
        "push_change_to_calendar": false, "calendar_type": 1,
    });
    let access = json!({
        "meeting_authentication": false,
        "authentication_domains": "", "authentication_exception": [], "authentication_name": "",
        "authentication_option": "", "enforce_login": false, "enforce_login_domains": "",
        "encryption_type": "enhanced_encryption", "private_meeting": false,
        "internal_meeting": false, "participant_focused_meeting": false, "device_testing": false,
        "disable_participant_video": false, "focus_mode": false, "show_join_info": false,
        "allow_host_control_participant_mute_state": false,
        "request_permission_to_unmute_participants": false, "host_save_video_order": false,
        "approved_or_denied_countries_or_regions": {
            "enable": false, "method": "approve", "approved_list": [], "denied_list": [],
        },
    });
    let hosting = json!({
        "alternative_hosts": "", "alternative_hosts_email_notification": true,
        "alternative_host_update_polls": false, "alternative_host_manage_meeting_summary": false,
        "alternative_host_manage_cloud_recording": false,
        "auto_recording": "none",
        "auto_add_recording_to_video_management": { "enable": false, "channels": [] },
        "auto_start_meeting_summary": false, "who_will_receive_summary": 1,
        "auto_start_ai_companion_questions": false, "who_can_ask_questions": 1,
        "summary_template_id": "", "email_in_attendee_report": false,
        "approval_type": 2, "registration_type": 1, "close_registration": false,
        "registrants_confirmation_email": true, "registrants_email_notification": true,
        "allow_multiple_devices": false, "show_share_button": false, "email_notification": true,
        "contact_name": contact_name, "contact_email": contact_email,
    });
    [joining, access, hosting].into_iter().filter_map(into_object).flatten().collect()
}

fn into_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}
