//! Samples of registrants and of what became of meetings.

use serde_json::{Value, json};

use super::{Sample, list, object};
use crate::past::{InstancesAnswer, ParticipantsAnswer};
use crate::registration::{BatchAnswer, RegistrantsAnswer};
use crate::{Instance, InstanceSummary, Participant, PastMeeting, Registrant, Registration, RegistrationQuestions};

/// A registrant with every field.
pub(super) fn registrant() -> Value {
    json!({"id": "r1", "email": "guest@example.org", "first_name": "Anna", "last_name": "de Vries",
           "status": "approved", "create_time": "2027-03-02T08:00:00Z",
           "join_url": "https://example.zoom.us/w/98765432101?tk=c4n4ry",
           "share_url": "https://example.zoom.us/webinar/register/x?c4n4ry", "org": "Adatum", "job_title": "Buyer",
           "phone": "020 555 01 47", "industry": "Retail", "no_of_employees": "51-100",
           "purchasing_time_frame": "1-3 months", "role_in_purchase_process": "Influencer",
           "address": "Quay 1", "city": "Utrecht", "zip": "3511", "state": "UT", "country": "NL",
           "comments": "Looking forward", "custom_questions": [{"title": "How did you find us?", "value": "Fair"}],
           "source_id": "s1", "participant_pin_code": 380_303})
}

pub(super) fn samples() -> Vec<Sample> {
    let mut samples = registration();
    samples.extend(past());
    samples
}

fn registration() -> Vec<Sample> {
    let page = json!({"page_size": 300, "next_page_token": "t", "total_records": 2,
        "registrants": [registrant(), registrant()]});
    vec![
        list!(RegistrantsAnswer, Registrant, page),
        object!(Registrant, registrant()),
        object!(
            Registration,
            json!({"registrant_id": "r1", "id": 98_765_432_101_u64, "topic": "Launch",
                   "start_time": "2027-03-09T14:30:00Z", "status": "approved", "participant_pin_code": 380_303,
                   "join_url": "https://example.zoom.us/w/98765432101?tk=c4n4ry",
                   "share_url": "https://example.zoom.us/webinar/register/x?c4n4ry",
                   "occurrences": [{"occurrence_id": 1_804_689_000_000_u64, "start_time": "2027-03-09T14:30:00Z",
                                    "duration": 45, "status": "available"}]})
        ),
        object!(
            BatchAnswer,
            json!({"registrants": [{"registrant_id": "r1", "email": "guest@example.org",
                   "join_url": "https://example.zoom.us/w/98765432101?tk=c4n4ry", "participant_pin_code": 380_303}]})
        ),
        object!(
            RegistrationQuestions,
            json!({"questions": [{"field_name": "org", "required": true}],
                   "custom_questions": [{"title": "Which?", "type": "single_radio", "required": false,
                                         "answers": ["A", "B"]}]})
        ),
    ]
}

/// Somebody who was there, with every field.
pub(super) fn participants() -> Value {
    json!({"page_size": 300, "next_page_token": "t", "total_records": 1, "participants": [
        {"id": "u9", "user_id": "16778240", "name": "Anna", "user_email": "guest@example.org", "registrant_id": "r1",
         "join_time": "2027-03-09T14:31:00Z", "leave_time": "2027-03-09T15:00:00Z", "duration": 1_740,
         "status": "in_meeting", "internal_user": false, "failover": false}]})
}

fn past() -> Vec<Sample> {
    vec![
        object!(
            PastMeeting,
            json!({"uuid": "Qw==", "id": 98_765_432_101_u64, "topic": "Offer", "type": 2,
                   "start_time": "2027-03-09T14:30:00Z", "end_time": "2027-03-09T15:14:00Z", "duration": 44,
                   "total_minutes": 88, "participants_count": 2, "host_id": "u1", "user_name": "Robin",
                   "user_email": "robin@example.com", "dept": "Sales", "source": "Zoom", "has_meeting_summary": true})
        ),
        list!(
            InstancesAnswer,
            Instance,
            json!({"meetings": [{"uuid": "/Qw==", "start_time": "2027-03-09T14:30:00Z", "occurrence_id": "1799850600000"}], "next_page_token": "t",
                   "total_records": 1})
        ),
        list!(ParticipantsAnswer, Participant, participants()),
        object!(
            InstanceSummary,
            json!({"meeting_uuid": "Qw==", "meeting_id": 98_765_432_101_u64, "meeting_topic": "Offer",
                   "meeting_host_id": "u1", "meeting_host_email": "robin@example.com",
                   "meeting_start_time": "2027-03-09T14:30:00Z", "meeting_end_time": "2027-03-09T15:14:00Z",
                   "summary_title": "Offer", "summary_content": "# Offer", "summary_overview": "Agreed",
                   "summary_details": [{"label": "Price", "summary": "Agreed"}], "next_steps": ["Send it"],
                   "edited_summary": {"summary_overview": "Agreed", "summary_details": "All", "next_steps": ["Send"]},
                   "summary_doc_url": "https://docs.zoom.us/doc/x", "summary_start_time": "2027-03-09T14:30:00Z",
                   "summary_end_time": "2027-03-09T15:14:00Z", "summary_created_time": "2027-03-09T15:20:00Z",
                   "summary_last_modified_time": "2027-03-09T15:25:00Z", "summary_last_modified_user_id": "u1",
                   "summary_last_modified_user_email": "robin@example.com"})
        ),
    ]
}
