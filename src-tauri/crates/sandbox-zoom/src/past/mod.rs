//! What is known about meetings and webinars that are over: dates, people, recordings, summaries.
//!
//! Nothing of it is there the moment the last person leaves: the lists of people come after some
//! minutes, first with durations of 0; recordings and summaries take longer. Source: Zoom's API
//! references of past meetings, past webinars and cloud recordings.

mod attendance;
mod audience;
mod details;
mod happenings;
mod instances;
mod recordings;
mod reference;
mod summary;

use axum::http::Method;

use super::operations::{Handler, Operation, RateLabel, Scope};
pub(crate) use happenings::frames;
pub(crate) use recordings::{file as recorded_file, transcript_file};

const fn read(name: &'static str, pattern: &'static str, scope: Scope, rate: RateLabel, handler: Handler) -> Operation {
    Operation::new(name, Method::GET, pattern, scope, rate, handler)
}

/// The table of this module's operations. Those with an administrator's scope are never reached.
pub static OPERATIONS: &[Operation] = &[
    read(
        "pastMeetingDetails",
        "/past_meetings/{meetingId}",
        Scope::User("meeting:read:past_meeting"),
        RateLabel::Light,
        details::get,
    ),
    read(
        "pastMeetings",
        "/past_meetings/{meetingId}/instances",
        Scope::User("meeting:read:list_past_instances"),
        RateLabel::Medium,
        details::instances,
    ),
    read(
        "pastMeetingParticipants",
        "/past_meetings/{meetingId}/participants",
        Scope::User("meeting:read:list_past_participants"),
        RateLabel::Medium,
        details::participants,
    ),
    read(
        "recordingGet",
        "/meetings/{meetingId}/recordings",
        Scope::User("cloud_recording:read:list_recording_files"),
        RateLabel::Light,
        recordings::of_meeting,
    ),
    read(
        "recordingsList",
        "/users/{userId}/recordings",
        Scope::User("cloud_recording:read:list_user_recordings"),
        RateLabel::Medium,
        recordings::of_user,
    ),
    read(
        "analytics_details",
        "/meetings/{meetingId}/recordings/analytics_details",
        Scope::User("cloud_recording:read:recording_analytics_details"),
        RateLabel::Medium,
        recordings::views,
    ),
    read(
        "GetMeetingTranscript",
        "/meetings/{meetingId}/transcript",
        Scope::User("cloud_recording:read:meeting_transcript"),
        RateLabel::Medium,
        recordings::transcript,
    ),
    read(
        "Getameetingsummary",
        "/meetings/{meetingId}/meeting_summary",
        Scope::User("meeting:read:summary"),
        RateLabel::Light,
        summary::get,
    ),
    read(
        "Listmeetingsummaries",
        "/meetings/meeting_summaries",
        Scope::Admin("meeting:read:list_summaries:admin"),
        RateLabel::Medium,
        summary::get,
    ),
    read(
        "pastWebinars",
        "/past_webinars/{webinarId}/instances",
        Scope::User("webinar:read:list_past_instances"),
        RateLabel::Light,
        details::instances,
    ),
    read(
        "listWebinarParticipants",
        "/past_webinars/{webinarId}/participants",
        Scope::User("webinar:read:list_past_participants"),
        RateLabel::Medium,
        details::participants,
    ),
    read(
        "webinarAbsentees",
        "/past_webinars/{webinarId}/absentees",
        Scope::User("webinar:read:list_absentees"),
        RateLabel::Heavy,
        audience::absentees,
    ),
    read(
        "listPastWebinarQA",
        "/past_webinars/{webinarId}/qa",
        Scope::User("webinar:read:past_qa"),
        RateLabel::Medium,
        audience::questions,
    ),
    read(
        "listPastWebinarPollResults",
        "/past_webinars/{webinarId}/polls",
        Scope::User("webinar:read:list_past_polls"),
        RateLabel::Medium,
        audience::polls,
    ),
    read(
        "reportMeetings",
        "/report/users/{userId}/meetings",
        Scope::Admin("report:read:user:admin"),
        RateLabel::Heavy,
        details::get,
    ),
    read(
        "reportMeetingDetails",
        "/report/meetings/{meetingId}",
        Scope::Admin("report:read:meeting:admin"),
        RateLabel::Heavy,
        details::get,
    ),
    read(
        "reportMeetingParticipants",
        "/report/meetings/{meetingId}/participants",
        Scope::Admin("report:read:list_meeting_participants:admin"),
        RateLabel::Heavy,
        details::get,
    ),
    read(
        "reportWebinarDetails",
        "/report/webinars/{webinarId}",
        Scope::Admin("report:read:webinar:admin"),
        RateLabel::Heavy,
        details::get,
    ),
    read(
        "reportWebinarParticipants",
        "/report/webinars/{webinarId}/participants",
        Scope::Admin("report:read:list_webinar_participants:admin"),
        RateLabel::Heavy,
        details::get,
    ),
];
