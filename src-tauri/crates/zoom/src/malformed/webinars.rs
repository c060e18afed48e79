//! Samples of webinars.

use serde_json::{Value, json};

use super::people::participants;
use super::{Sample, list, object};
use crate::past::Instance;
use crate::webinars::{InstancesAnswer, PanelistsAnswer, ParticipantsAnswer, TrackingAnswer, WebinarsAnswer};
use crate::{Panelist, Participant, TrackingSource, Webinar, WebinarPolls, WebinarQuestions, WebinarSummary};

fn settings() -> Value {
    let mail = json!({"enable": true, "type": 3});
    let mut settings = json!({"host_video": true, "panelists_video": true, "hd_video": false, "hd_video_for_attendees": false,
        "send_1080p_video_to_attendees": false, "practice_session": true, "on_demand": true, "approval_type": 1,
        "registration_type": 2, "registrants_restrict_number": 500, "registrants_email_notification": true,
        "registrants_confirmation_email": true, "notify_registrants": false, "close_registration": true,
        "allow_multiple_devices": true, "show_share_button": true, "show_join_info": true,
        "email_language": "nl-NL", "contact_name": "Robin", "contact_email": "robin@example.com"});
    let more = json!({"audio": "both",
        "audio_conference_info": "Dial 1", "auto_recording": "none", "alternative_hosts": "noa@example.com",
        "alternative_host_update_polls": true, "meeting_authentication": true, "authentication_option": "o1",
        "authentication_name": "Staff", "authentication_domains": "example.com", "panelist_authentication": false,
        "enforce_login": false, "enforce_login_domains": "example.com",
        "panelists_invitation_email_notification": true,
        "attendees_and_panelists_reminder_email_notification": mail,
        "follow_up_attendees_email_notification": mail, "follow_up_absentees_email_notification": mail,
        "question_and_answer": {"enable": true, "allow_submit_questions": true, "allow_anonymous_questions": false,
            "answer_questions": "all", "attendees_can_comment": true, "attendees_can_upvote": true,
            "allow_auto_reply": false, "auto_reply_text": "Thanks"},
        "post_webinar_survey": true, "survey_url": "https://example.com/survey", "email_in_attendee_report": true,
        "global_dial_in_countries": ["NL"],
        "language_interpretation": {"enable": true, "interpreters": [
            {"email": "ines@example.com", "languages": "NL,FR", "interpreter_languages": "Dutch,French"}]},
        "sign_language_interpretation": {"enable": true, "interpreters": [
            {"email": "ines@example.com", "sign_language": "Dutch"}]},
        "add_watermark": false, "add_audio_watermark": false, "enable_session_branding": true,
        "allow_host_control_participant_mute_state": false, "request_permission_to_unmute_participants": true});
    for (name, value) in more.as_object().unwrap() {
        settings[name] = value.clone();
    }
    settings
}

fn webinar() -> Value {
    json!({"id": 95_204_914_252_u64, "uuid": "/Web+8z==", "host_id": "u1", "host_email": "robin@example.com",
        "topic": "Launch", "type": 9, "start_time": "2027-03-09T14:00:00Z", "duration": 60,
        "timezone": "Europe/Amsterdam", "agenda": "News", "created_at": "2027-02-01T10:00:00Z",
        "creation_source": "open_api", "join_url": "https://example.zoom.us/j/95204914252?pwd=c4n4ry",
        "start_url": "https://example.zoom.us/s/95204914252?zak=c4n4ry",
        "registration_url": "https://example.zoom.us/webinar/register/x?c4n4ry", "password": "c4n4ry",
        "encrypted_passcode": "c4n4ry", "h323_passcode": "c4n4ry", "settings": settings(),
        "recurrence": {"type": 3, "repeat_interval": 2, "weekly_days": "2,4", "monthly_day": 15, "monthly_week": -1,
            "monthly_week_day": 6, "end_times": 3, "end_date_time": "2027-06-01T10:00:00Z"},
        "occurrences": [{"occurrence_id": "1804687200000", "start_time": "2027-03-09T14:00:00Z", "duration": 60,
            "status": "deleted"}],
        "tracking_fields": [{"field": "Campaign", "value": "Spring"}], "template_id": "Tw1", "is_simulive": false,
        "record_file_id": "f1", "transition_to_live": false,
        "simulive_delay_start": {"enable": true, "time": 10, "timeunit": "second"},
        "registrants_confirmation_email": true, "capacity": 500, "license_type": "webinar"})
}

fn page(rows: &str, row: &Value) -> Value {
    json!({"page_size": 300, "next_page_token": "t", "total_records": 1, rows: [row]})
}

pub(super) fn samples() -> Vec<Sample> {
    let summary = json!({"id": 95_204_914_252_u64, "uuid": "Web==", "host_id": "u1", "topic": "Launch", "type": 5,
        "start_time": "2027-03-09T14:00:00Z", "duration": 60, "timezone": "Europe/Amsterdam", "agenda": "News",
        "created_at": "2027-02-01T10:00:00Z", "join_url": "https://example.zoom.us/j/95204914252?pwd=c4n4ry",
        "is_simulive": false});
    let panelist = json!({"id": "p1", "name": "Eva", "email": "eva@example.org",
        "join_url": "https://example.zoom.us/w/95204914252?tk=c4n4ry", "name_tag_id": "n1", "name_tag_name": "Eva",
        "name_tag_pronouns": "she", "name_tag_description": "Chair", "virtual_background_id": "b1"});
    let source = json!({"id": "5516482804110", "source_name": "Letter", "registration_count": 1, "visitor_count": 4,
        "tracking_url": "https://example.zoom.us/webinar/register/5516482804110?c4n4ry"});
    let instance = json!({"uuid": "Web==", "start_time": "2027-03-09T14:00:00Z", "occurrence_id": "1"});
    vec![
        list!(WebinarsAnswer, WebinarSummary, page("webinars", &summary)),
        object!(Webinar, webinar()),
        list!(PanelistsAnswer, Panelist, page("panelists", &panelist)),
        list!(TrackingAnswer, TrackingSource, page("tracking_sources", &source)),
        list!(InstancesAnswer, Instance, page("webinars", &instance)),
        list!(ParticipantsAnswer, Participant, participants()),
        object!(
            WebinarQuestions,
            json!({"id": 95_204_914_252_u64, "uuid": "Web==", "start_time": "2027-03-09T14:00:00Z", "questions": [
                {"name": "Anna", "email": "guest@example.org",
                 "question_details": [{"question": "When?", "answer": "Soon"}]}]})
        ),
        object!(
            WebinarPolls,
            json!({"id": "95204914252", "uuid": "Web==", "start_time": "2027-03-09T14:00:00Z", "questions": [
                {"name": "Anna", "email": "guest@example.org", "question_details": [
                    {"polling_id": "q1", "question": "Useful?", "answer": "Yes",
                     "date_time": "2027-03-09T14:40:00Z"}]}]})
        ),
    ]
}
