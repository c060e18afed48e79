//! Meetings: listed, scheduled with every setting, changed, ended, deleted; a series and one occurrence of it.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_zoom::{
    ApprovalType, AutoRecording, CustomKey, Invitee, ListType, MeetingChange, MeetingDeletion, MeetingId, MeetingList,
    MeetingSettings, MeetingType, NewMeeting, Passcode, Recurrence, RecurrenceType, Zoom, ZoomTime,
};

use super::registration;
use crate::journey::Journey;

const LIST: &str = "GET /users/{userId}/meetings";
const CREATE: &str = "POST /users/{userId}/meetings";
const GET: &str = "GET /meetings/{meetingId}";
const UPDATE: &str = "PATCH /meetings/{meetingId}";
const DELETE: &str = "DELETE /meetings/{meetingId}";

pub async fn travel(journey: &mut Journey, zoom: &Zoom) {
    listed(journey, zoom).await;
    scheduled(journey, zoom).await;
    series(journey, zoom).await;
    registered(journey, zoom).await;
    refused(journey, zoom).await;
}

async fn listed(journey: &mut Journey, zoom: &Zoom) {
    let meetings = zoom.meetings();
    for list_type in [
        ListType::Scheduled,
        ListType::Live,
        ListType::Upcoming,
        ListType::UpcomingMeetings,
        ListType::PreviousMeetings,
    ] {
        journey.step(LIST, meetings.list(&MeetingList::of(list_type), None)).await;
    }
    let today = Utc::now().date_naive();
    let paged = MeetingList {
        from: Some(today - TimeDelta::days(7)),
        to: Some(today + TimeDelta::days(30)),
        timezone: Some("Europe/Amsterdam".to_owned()),
        page_size: 2,
        ..MeetingList::of(ListType::Scheduled)
    };
    if let Some(first) = journey.step(LIST, meetings.list(&paged, None)).await {
        match first.next_page_token.as_deref() {
            Some(token) => drop(journey.step(LIST, meetings.list(&paged, Some(token))).await),
            None => journey.lacks(LIST, "a second page of two meetings"),
        }
    }
    journey.step("GET /users/{userId}/upcoming_meetings", meetings.upcoming()).await;
    let live = journey.step(LIST, meetings.list(&MeetingList::of(ListType::Live), None)).await;
    match live.and_then(|page| page.items.into_iter().next()) {
        Some(running) => drop(journey.step("PUT /meetings/{meetingId}/status", meetings.end(running.id)).await),
        None => journey.lacks(LIST, "a meeting that runs"),
    }
}

async fn scheduled(journey: &mut Journey, zoom: &Zoom) {
    let meetings = zoom.meetings();
    let Some(made) = journey.step(CREATE, meetings.create(&offer())).await else { return };
    journey.step(GET, meetings.get(made.id)).await;
    journey.step("GET /meetings/{meetingId}/invitation", meetings.invitation(made.id)).await;
    journey.step(UPDATE, meetings.update(made.id, &change(), None)).await;
    // It never began, so it cannot end.
    journey.refused("PUT /meetings/{meetingId}/status", meetings.end(made.id)).await;
    let told = MeetingDeletion { notify_host: true, notify_registrants: true };
    journey.step(DELETE, meetings.delete(made.id, None, told)).await;
}

async fn series(journey: &mut Journey, zoom: &Zoom) {
    let meetings = zoom.meetings();
    let mut weekly = offer();
    weekly.meeting_type = MeetingType::RecurringFixedTime;
    weekly.recurrence = Some(weekly_rule());
    let Some(made) = journey.step(CREATE, meetings.create(&weekly)).await else { return };
    let Some(read) = journey.step(GET, meetings.get(made.id)).await else { return };
    match read.occurrences.iter().flatten().next() {
        Some(first) => {
            journey.step(GET, meetings.get_occurrence(made.id, &first.id)).await;
            let shorter = MeetingChange { duration_minutes: Some(20), ..MeetingChange::default() };
            journey.step(UPDATE, meetings.update(made.id, &shorter, Some(&first.id))).await;
            journey.step(DELETE, meetings.delete(made.id, Some(&first.id), MeetingDeletion::default())).await;
        }
        None => journey.lacks(GET, "an occurrence of a weekly series"),
    }
    for monthly in monthly_rules() {
        let change = MeetingChange { recurrence: Some(monthly.clone()), ..MeetingChange::default() };
        journey.step(UPDATE, meetings.update(made.id, &change, None)).await;
        journey.step(GET, meetings.get(made.id)).await;
        let open = MeetingSettings { approval_type: Some(ApprovalType::Automatic), ..settings() };
        let series = NewMeeting { recurrence: Some(monthly), settings: Some(open), ..weekly.clone() };
        if let Some(made) = journey.step(CREATE, meetings.create(&series)).await {
            registration::of_series(journey, &meetings.registrants(made.id), "meetings/{meetingId}").await;
            journey.step(DELETE, meetings.delete(made.id, None, MeetingDeletion::default())).await;
        }
    }
    journey.step(DELETE, meetings.delete(made.id, None, MeetingDeletion::default())).await;
}

async fn registered(journey: &mut Journey, zoom: &Zoom) {
    let meetings = zoom.meetings();
    let mut open = offer();
    open.settings = Some(MeetingSettings { approval_type: Some(ApprovalType::Automatic), ..settings() });
    let Some(made) = journey.step(CREATE, meetings.create(&open)).await else { return };
    journey.step(GET, meetings.get(made.id)).await;
    registration::travel(journey, &meetings.registrants(made.id), "meetings/{meetingId}").await;
    journey.step(DELETE, meetings.delete(made.id, None, MeetingDeletion::default())).await;
}

async fn refused(journey: &mut Journey, zoom: &Zoom) {
    let Ok(nobody) = "81111111111".parse::<MeetingId>() else { return };
    journey.refused(GET, zoom.meetings().get(nobody)).await;
    journey.refused(UPDATE, zoom.meetings().update(nobody, &change(), None)).await;
    journey.refused(DELETE, zoom.meetings().delete(nobody, None, MeetingDeletion::default())).await;
}

/// Tomorrow at ten, in Amsterdam.
fn tomorrow() -> ZoomTime {
    let day = (Utc::now() + TimeDelta::days(1)).date_naive();
    ZoomTime::Local(day.and_hms_opt(10, 0, 0).unwrap_or_default())
}

fn offer() -> NewMeeting {
    let mut meeting = NewMeeting::scheduled("Offer for spring", tomorrow(), 45, "Europe/Amsterdam");
    meeting.agenda = Some("Prices and dates".to_owned());
    meeting.passcode = Some(Passcode::new("a1b2c3"));
    meeting.generate_passcode = Some(false);
    meeting.settings = Some(settings());
    meeting
}

fn change() -> MeetingChange {
    MeetingChange {
        topic: Some("Offer for summer".to_owned()),
        start_time: Some(ZoomTime::Utc(whole_second(Utc::now() + TimeDelta::days(2)))),
        duration_minutes: Some(30),
        timezone: Some("Europe/Lisbon".to_owned()),
        agenda: Some("Prices alone".to_owned()),
        passcode: Some(Passcode::new("c3b2a1")),
        settings: Some(settings()),
        recurrence: None,
    }
}

fn whole_second(moment: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(moment.timestamp(), 0).unwrap_or(moment)
}

/// Every setting that the client knows.
fn settings() -> MeetingSettings {
    MeetingSettings {
        host_video: Some(true),
        participant_video: Some(false),
        join_before_host: Some(false),
        join_before_host_minutes: Some(5),
        mute_upon_entry: Some(true),
        waiting_room: Some(true),
        use_pmi: Some(false),
        approval_type: Some(ApprovalType::None),
        audio: Some("both".to_owned()),
        auto_recording: Some(AutoRecording::None),
        meeting_authentication: Some(false),
        meeting_invitees: Some(vec![Invitee { email: "guest@example.com".to_owned(), internal_user: None }]),
        custom_keys: Some(vec![CustomKey { key: "source".to_owned(), value: "sheet".to_owned() }]),
        private_meeting: Some(false),
        ..MeetingSettings::default()
    }
}

fn weekly_rule() -> Recurrence {
    Recurrence {
        recurrence_type: RecurrenceType::Weekly,
        repeat_interval: Some(1),
        weekly_days: Some("2,4".to_owned()),
        monthly_day: None,
        monthly_week: None,
        monthly_week_day: None,
        end_times: Some(4),
        end_date_time: None,
    }
}

/// On a day of the month for some times, and on a day of a week of it until some day.
pub(super) fn monthly_rules() -> [Recurrence; 2] {
    let monthly = Recurrence { recurrence_type: RecurrenceType::Monthly, weekly_days: None, ..weekly_rule() };
    let of_week = Recurrence {
        monthly_week: Some(2),
        monthly_week_day: Some(3),
        end_times: None,
        end_date_time: Some(ZoomTime::Utc(whole_second(Utc::now() + TimeDelta::days(150)))),
        ..monthly.clone()
    };
    [Recurrence { monthly_day: Some(15), ..monthly }, of_week]
}
