//! A meeting's life in the sandbox, and the refusals on the way.

use chrono::{TimeDelta, Utc};
use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{AfterEffect, BeforeEffect, FaultRule, SandboxConfig, Service};
use liaison_zoom::{
    ErrorKind, Meeting, MeetingChange, MeetingDeletion, MeetingId, MeetingSettings, MeetingStatus, MeetingType,
    NewMeeting, Passcode, Recurrence, RecurrenceType, ZoomError, ZoomLinks, ZoomTime,
};

use crate::support::{effects, empty, sandbox, signed_in};

/// Tomorrow at this hour, as wall time.
fn tomorrow_at(hour: u32) -> ZoomTime {
    let day = (Utc::now() + TimeDelta::days(1)).date_naive();
    ZoomTime::Local(day.and_hms_opt(hour, 0, 0).unwrap())
}

fn offer() -> NewMeeting {
    NewMeeting::scheduled("Offer", tomorrow_at(10), 45, "Asia/Tokyo")
}

#[tokio::test]
async fn a_meeting_is_made_read_changed_and_deleted() {
    let sandbox = sandbox(empty()).await;
    let meetings = signed_in(&sandbox).meetings();
    let mut new = offer();
    new.passcode = Some(Passcode::new("a1b2c3"));
    new.settings = Some(MeetingSettings { waiting_room: Some(true), use_pmi: Some(false), ..Default::default() });

    let made = meetings.create(&new).await.unwrap();
    let read = meetings.get(made.id).await.unwrap();
    assert_eq!(read.topic.as_deref(), Some("Offer"));
    assert_eq!(read.passcode, Some(Passcode::new("a1b2c3")));
    assert_eq!(read.settings.as_ref().unwrap().waiting_room, Some(true));
    // Ten in Tokyo is one in the morning, UTC, all year.
    let ZoomTime::Local(wall) = tomorrow_at(1) else { unreachable!() };
    assert_eq!(read.start_time, Some(ZoomTime::Utc(wall.and_utc())));
    assert_eq!(read.duration_minutes, Some(45));
    assert!(read.uuid.is_some() && read.host_id.is_some());

    let change =
        MeetingChange { topic: Some("Second offer".to_owned()), duration_minutes: Some(30), ..Default::default() };
    meetings.update(made.id, &change, None).await.unwrap();
    let changed = meetings.get(made.id).await.unwrap();
    assert_eq!((changed.topic.as_deref(), changed.duration_minutes), (Some("Second offer"), Some(30)));
    assert_eq!(changed.start_time, read.start_time);

    meetings.delete(made.id, None, MeetingDeletion::default()).await.unwrap();
    assert!(meetings.get(made.id).await.unwrap_err().is_not_found());
    assert!(meetings.delete(made.id, None, MeetingDeletion::default()).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn links_are_fresh_and_lead_to_zoom() {
    let sandbox = sandbox(empty()).await;
    let zoom = signed_in(&sandbox);
    let made = zoom.meetings().create(&offer()).await.unwrap();
    let (first, second) = (zoom.meetings().get(made.id).await.unwrap(), zoom.meetings().get(made.id).await.unwrap());
    assert!(first.start_url != second.start_url, "a start link is made for each reading");
    assert_eq!(first.join_url, second.join_url);
    let links = ZoomLinks::new(true);
    let join = first.join_url.unwrap();
    assert!(links.join(&join).is_ok() && links.start(&second.start_url.unwrap()).is_ok());
    let in_app = links.join_in_app(&join).unwrap();
    assert!(in_app.expose().as_str().contains(&format!("confno={}", made.id)));

    let invitation = zoom.meetings().invitation(made.id).await.unwrap();
    assert!(invitation.text.contains(&made.id.spaced()), "{}", invitation.text);
    assert!(!zoom.users().zak().await.unwrap().expose().is_empty());
}

#[tokio::test]
async fn a_series_loses_one_occurrence() {
    let sandbox = sandbox(empty()).await;
    let meetings = signed_in(&sandbox).meetings();
    let mut new = offer();
    new.meeting_type = MeetingType::RecurringFixedTime;
    new.recurrence = Some(Recurrence {
        recurrence_type: RecurrenceType::Daily,
        repeat_interval: Some(2),
        weekly_days: None,
        monthly_day: None,
        monthly_week: None,
        monthly_week_day: None,
        end_times: Some(3),
        end_date_time: None,
    });
    let made = meetings.create(&new).await.unwrap();
    let available = |meeting: &Meeting| {
        let occurrences = meeting.occurrences.clone().unwrap();
        let kept = |status: &str| status == "available";
        occurrences.into_iter().filter(|one| kept(one.status.as_ref().unwrap().as_str())).collect::<Vec<_>>()
    };
    let series = available(&made);
    assert_eq!(series.len(), 3);

    let second = &series[1].id;
    let one = meetings.get_occurrence(made.id, second).await.unwrap();
    assert_eq!(one.start_time, series[1].start_time);
    meetings.delete(made.id, Some(second), MeetingDeletion::default()).await.unwrap();
    let left = available(&meetings.get(made.id).await.unwrap());
    assert_eq!(left.iter().map(|one| &one.id).collect::<Vec<_>>(), [&series[0].id, &series[2].id]);
}

#[tokio::test]
async fn the_demo_day_is_readable_to_the_last_row() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let zoom = signed_in(&sandbox);
    let upcoming = zoom.meetings().upcoming().await.unwrap();
    assert!(!upcoming.items.is_empty());
    assert_eq!(upcoming.skipped, []);
    for row in &upcoming.items {
        match zoom.meetings().get(row.id).await {
            Ok(meeting) => assert!(meeting.start_time.is_some() || meeting.occurrences.is_some()),
            // A meeting of somebody else, to which the user is invited.
            Err(error) => assert!(error.is_not_found() && row.is_host == Some(false), "{error}"),
        }
    }
    let settings = zoom.users().settings().await.unwrap();
    assert!(settings.feature.is_some() && settings.schedule_meeting.is_some());
    assert!(zoom.users().me().await.unwrap().timezone.is_some());
}

#[tokio::test]
async fn ending_what_does_not_run_is_refused_with_zooms_own_reason() {
    let sandbox = sandbox(empty()).await;
    let meetings = signed_in(&sandbox).meetings();
    let made = meetings.create(&offer()).await.unwrap();
    assert!(matches!(made.status, None | Some(MeetingStatus::Waiting)));
    let error = meetings.end(made.id).await.unwrap_err();
    let refusal = error.refusal().unwrap();
    assert!(refusal.status.is_client_error() && !refusal.message.is_empty(), "{error}");
    assert!(meetings.end(MeetingId(10_000_000_001)).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn what_the_client_cannot_know_zoom_refuses_by_field() {
    let sandbox = sandbox(empty()).await;
    let meetings = signed_in(&sandbox).meetings();
    let mut nowhere = offer();
    nowhere.timezone = Some("Mars/Olympus_Mons".to_owned());
    let error = meetings.create(&nowhere).await.unwrap_err();
    assert_eq!(error.kind(), Some(&ErrorKind::Validation), "{error}");
    assert_eq!(effects(&sandbox, "meeting.created"), 0);

    let mut nameless = offer();
    nameless.topic = String::new();
    assert!(matches!(meetings.create(&nameless).await, Err(ZoomError::Invalid(_))));
    assert_eq!(sandbox.requests().count(Service::Zoom, "POST", "/v2/users/me/meetings"), 1);
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let sandbox = sandbox(empty()).await;
    sandbox.zoom().set_app_scopes("user:read:user");
    let zoom = signed_in(&sandbox);
    assert!(zoom.users().me().await.is_ok());
    let error = zoom.users().zak().await.unwrap_err();
    let Some(ErrorKind::ScopeMissing { scopes }) = error.kind() else { panic!("{error}") };
    assert!(scopes.iter().any(|scope| scope == "user:read:zak"), "{scopes:?}");
}

#[tokio::test]
async fn a_creation_is_never_repeated_when_its_answer_is_lost() {
    let sandbox = sandbox(empty()).await;
    let lost = FaultRule::on(Service::Zoom, "POST", "/v2/users/me/meetings").after(AfterEffect::Reset).times(1);
    sandbox.faults().add_all(vec![lost]).unwrap();
    let error = signed_in(&sandbox).meetings().create(&offer()).await.unwrap_err();
    assert!(error.outcome_unknown(), "{error}");
    assert_eq!(effects(&sandbox, "meeting.created"), 1);
    assert_eq!(sandbox.requests().count(Service::Zoom, "POST", "/v2/users/me/meetings"), 1);
}

#[tokio::test]
async fn half_an_answer_is_no_success() {
    let sandbox = sandbox(empty()).await;
    let cut = FaultRule::on(Service::Zoom, "POST", "/v2/users/me/meetings")
        .after(AfterEffect::Truncate { bytes: 40 })
        .times(1);
    sandbox.faults().add_all(vec![cut]).unwrap();
    let error = signed_in(&sandbox).meetings().create(&offer()).await.unwrap_err();
    assert!(error.outcome_unknown(), "{error}");
}

#[tokio::test]
async fn a_reading_survives_a_passing_fault() {
    let sandbox = sandbox(empty()).await;
    let maintenance = CannedAnswer {
        status: 503,
        body: "<html>Back soon</html>".to_owned(),
        content_type: Some("text/html".to_owned()),
        headers: std::collections::BTreeMap::default(),
    };
    let rule = FaultRule::on(Service::Zoom, "GET", "/v2/users/me").before(BeforeEffect::Answer(maintenance)).times(1);
    sandbox.faults().add_all(vec![rule]).unwrap();
    assert!(signed_in(&sandbox).users().me().await.is_ok());
}

#[tokio::test]
async fn when_the_days_changes_are_used_up_reading_goes_on() {
    let sandbox = sandbox(empty()).await;
    let zoom = signed_in(&sandbox);
    let made = zoom.meetings().create(&offer()).await.unwrap();
    let shorter = MeetingChange { duration_minutes: Some(30), ..MeetingChange::default() };
    let mut refused = None;
    // Twice a day's number: a day may end meanwhile.
    for _ in 0..200 {
        if let Err(error) = zoom.meetings().update(made.id, &shorter, None).await {
            refused = Some(error);
            break;
        }
    }
    assert_eq!(refused.unwrap().kind(), Some(&ErrorKind::DailyEditLimit));
    assert_eq!(zoom.edits_today().left(), 0);
    assert_eq!(zoom.meetings().get(made.id).await.unwrap().duration_minutes, Some(30));
    assert!(zoom.meetings().upcoming().await.is_ok());
}
