//! Samples of users, meetings, templates and recordings.

use serde_json::json;

use super::{Sample, list, object};
use crate::recordings::{InstanceRecordings, RecordingView, RecordingsAnswer, ViewsAnswer};
use crate::templates::{Template, TemplatesAnswer};
use crate::{Invitation, Meeting, MeetingSummary, UpcomingMeeting, User, UserSettings};

pub(super) fn samples() -> Vec<Sample> {
    let mut samples = users();
    samples.extend(meetings());
    samples.extend(recordings());
    samples.push(list!(
        TemplatesAnswer,
        Template,
        json!({"total_records": 1, "next_page_token": "t", "templates": [{"id": "Tm1", "name": "First talk", "type": 1}]})
    ));
    samples
}

fn users() -> Vec<Sample> {
    vec![
        object!(
            User,
            json!({"id": "u1", "account_id": "a1", "email": "robin@example.com", "first_name": "Robin",
                   "last_name": "Bakker", "display_name": "Robin B.", "type": 2, "timezone": "Europe/Amsterdam",
                   "language": "nl-NL", "pmi": 1_234_567_890_u64, "use_pmi": false, "company": "Northwind",
                   "personal_meeting_url": "https://example.zoom.us/j/1234567890?pwd=c4n4ry", "job_title": "Sales",
                   "role_name": "Member", "status": "active", "brand_new": {"a": [1]}})
        ),
        object!(
            UserSettings,
            json!({"feature": {"meeting_capacity": 300, "large_meeting": false, "large_meeting_capacity": 500,
                               "webinar": true, "webinar_capacity": 1000, "zoom_phone": true, "zoom_events": false,
                               "zoom_revenue_accelerator": false, "zoom_iq_for_sales": false,
                               "license_info_list": [{"license_type": "ZOOM_SCHEDULER",
                                                      "license_option": 72_057_594_037_927_940_u64,
                                                      "subscription_id": "S1"}]},
                   "in_meeting": {"waiting_room": true},
                   "recording": {"local_recording": true, "cloud_recording": true, "auto_recording": "cloud"},
                   "schedule_meeting": {
                       "host_video": true, "participants_video": false, "join_before_host": false,
                       "audio_type": "both", "require_password_for_scheduling_new_meetings": true,
                       "pmi_password": "c4n4ry", "embed_password_in_join_link": true,
                       "use_pmi_for_scheduled_meetings": false,
                       "meeting_password_requirement": {
                           "length": 6, "have_letter": true, "have_number": true, "have_special_character": false,
                           "have_upper_and_lower_characters": false, "only_allow_numeric": false,
                           "consecutive_characters_length": 4}}})
        ),
    ]
}

fn meetings() -> Vec<Sample> {
    let recurrence = json!({"type": 3, "repeat_interval": 2, "weekly_days": "2,4", "monthly_day": 15,
        "monthly_week": -1, "monthly_week_day": 6, "end_times": 3, "end_date_time": "2027-06-01T10:00:00Z"});
    let settings = json!({"host_video": true, "participant_video": false, "join_before_host": true, "jbh_time": 5,
        "mute_upon_entry": true, "waiting_room": false, "use_pmi": false, "approval_type": 0, "audio": "both",
        "auto_recording": "cloud", "alternative_hosts": "noa@example.com", "meeting_authentication": false,
        "meeting_invitees": [{"email": "guest@example.org", "internal_user": false}],
        "custom_keys": [{"key": "origin", "value": "record"}], "private_meeting": false,
        "push_change_to_calendar": false});
    vec![
        object!(
            Meeting,
            json!({"id": 98_765_432_101_u64, "uuid": "Qw+r/8z==", "host_id": "u1", "host_email": "robin@example.com",
                   "topic": "Offer", "type": 8, "status": "waiting", "start_time": "2027-03-09T14:30:00Z",
                   "duration": 45, "timezone": "Europe/Amsterdam", "agenda": "Terms",
                   "created_at": "2027-03-01T10:00:00Z", "join_url": "https://example.zoom.us/j/98765432101?pwd=c4n4ry",
                   "start_url": "https://example.zoom.us/s/98765432101?zak=c4n4ry", "password": "c4n4ry",
                   "registration_url": "https://example.zoom.us/meeting/register/x?c4n4ry", "pmi": "1234567890",
                   "settings": settings, "recurrence": recurrence,
                   "occurrences": [{"occurrence_id": "1804689000000", "start_time": "2027-03-09T14:30:00Z",
                                    "duration": 45, "status": "available"}]})
        ),
        object!(
            MeetingSummary,
            json!({"id": 98_765_432_101_u64, "uuid": "/Qw+r8z==", "host_id": "u1", "topic": "Offer", "type": 2,
                   "start_time": "2027-03-09T14:30:00Z", "duration": 45, "timezone": "Europe/Amsterdam",
                   "agenda": "Terms", "created_at": "2027-03-01T10:00:00Z", "pmi": 1_234_567_890_u64,
                   "join_url": "https://example.zoom.us/j/98765432101?pwd=c4n4ry"})
        ),
        object!(
            UpcomingMeeting,
            json!({"id": 98_765_432_101_u64, "topic": "Offer", "type": 2, "start_time": "2027-03-09T14:30:00Z",
                   "duration": 45, "timezone": "Europe/Amsterdam", "created_at": "2027-03-01T10:00:00Z",
                   "join_url": "https://example.zoom.us/j/98765432101?pwd=c4n4ry", "passcode": "c4n4ry",
                   "use_pmi": false, "is_host": true})
        ),
        object!(Invitation, json!({"invitation": "Robin invites you.\r\n", "sip_links": ["98765432101@zoomcrc.com"]})),
    ]
}

fn recordings() -> Vec<Sample> {
    let of_instance = json!({"uuid": "Qw//8z==", "id": "98765432101", "account_id": "a1", "host_id": "u1",
        "topic": "Offer", "type": "8", "start_time": "2027-03-09T14:30:00Z", "timezone": "Europe/Amsterdam",
        "duration": 44, "total_size": 7_340_032, "recording_count": 2,
        "share_url": "https://example.zoom.us/rec/share/c4n4ry", "password": "c4n4ry",
        "recording_play_passcode": "c4n4ry", "download_access_token": "c4n4ry", "auto_delete": true,
        "auto_delete_date": "2027-09-09",
        "recording_files": [{"id": "f1", "meeting_id": "Qw//8z==", "recording_start": "2027-03-09T14:30:10Z",
            "recording_end": "2027-03-09T15:14:00Z", "file_type": "MP4", "file_extension": "MP4",
            "file_size": 7_000_000, "recording_type": "active_speaker", "status": "completed",
            "play_url": "https://example.zoom.us/rec/play/c4n4ry",
            "download_url": "https://example.zoom.us/rec/download/c4n4ry", "deleted_time": "2027-04-01T00:00:00Z"}],
        "participant_audio_files": [{"id": "f2", "file_name": "Robin", "file_type": "M4A", "file_size": 340_032,
            "recording_start": "2027-03-09T14:30:10Z", "recording_end": "2027-03-09T15:14:00Z",
            "status": "completed", "play_url": "https://example.zoom.us/rec/play/c4n4ry",
            "download_url": "https://example.zoom.us/rec/download/c4n4ry"}]});
    let page = json!({"from": "2027-03-01", "to": "2027-03-31", "page_size": 300, "next_page_token": "t",
        "total_records": 1, "meetings": [of_instance.clone()]});
    let views = json!({"total_records": 1, "next_page_token": "t", "page_size": 30, "from": "2026-11-01",
                       "to": "2026-11-27", "analytics_details": [{"date_time": "2026-11-20T09:00:00Z", "name": "Anna",
                       "email": "anna@example.org", "duration": 60}]});
    vec![
        object!(InstanceRecordings, of_instance),
        list!(RecordingsAnswer, InstanceRecordings, page),
        list!(ViewsAnswer, RecordingView, views),
    ]
}
