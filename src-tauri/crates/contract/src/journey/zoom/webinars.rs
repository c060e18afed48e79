//! Webinars: scheduled with every setting, registered for, changed, with panelists, ended, deleted; and past ones.

use chrono::{TimeDelta, Utc};
use liaison_zoom::{
    ApprovalType, AutoRecording, MailPlan, NewPanelist, NewWebinar, Passcode, PastInstance, QuestionSettings,
    Recurrence, RecurrenceType, RegistrationType, WebinarChange, WebinarDeletion, WebinarId, WebinarListType,
    WebinarSettings, WebinarType, Zoom, ZoomTime,
};

use super::meetings::monthly_rules;
use super::registration;
use crate::journey::Journey;

const LIST: &str = "GET /users/{userId}/webinars";
const CREATE: &str = "POST /users/{userId}/webinars";
const GET: &str = "GET /webinars/{webinarId}";
const UPDATE: &str = "PATCH /webinars/{webinarId}";
const DELETE: &str = "DELETE /webinars/{webinarId}";

pub async fn travel(journey: &mut Journey, zoom: &Zoom) {
    scheduled(journey, zoom).await;
    series(journey, zoom).await;
    past(journey, zoom).await;
}

async fn scheduled(journey: &mut Journey, zoom: &Zoom) {
    let webinars = zoom.webinars();
    let Some(made) = journey.step(CREATE, webinars.create(&launch())).await else { return };
    journey.step(GET, webinars.get(made.id)).await;
    for list_type in [WebinarListType::Scheduled, WebinarListType::Upcoming] {
        journey.step(LIST, webinars.list(&list_type, None)).await;
    }
    registration::travel(journey, &webinars.registrants(made.id), "webinars/{webinarId}").await;
    panelists(journey, zoom, made.id).await;
    journey.step("GET /webinars/{webinarId}/tracking_sources", webinars.tracking_sources(made.id)).await;
    journey.step(UPDATE, webinars.update(made.id, &change(), None)).await;
    // It never began, so it cannot end.
    journey.refused("PUT /webinars/{webinarId}/status", webinars.end(made.id)).await;
    let mut at_once = launch();
    at_once.start_time = Some(ZoomTime::Utc(Utc::now() - TimeDelta::minutes(1)));
    if let Some(running) = journey.step(CREATE, webinars.create(&at_once)).await {
        journey.step("PUT /webinars/{webinarId}/status", webinars.end(running.id)).await;
    }
    journey.step(DELETE, webinars.delete(made.id, None, WebinarDeletion { notify_people: true })).await;
    journey.refused(GET, webinars.get(made.id)).await;
}

async fn panelists(journey: &mut Journey, zoom: &Zoom, id: WebinarId) {
    let webinars = zoom.webinars();
    let add = "POST /webinars/{webinarId}/panelists";
    let person = |name: &str| NewPanelist { name: name.to_owned(), email: format!("{name}@example.com") };
    journey.step(add, webinars.add_panelists(id, &[person("Panel"), person("Host")])).await;
    let list = "GET /webinars/{webinarId}/panelists";
    let Some(page) = journey.step(list, webinars.panelists(id)).await else { return };
    match page.items.iter().find_map(|panelist| panelist.id.as_deref()) {
        Some(first) => {
            let remove = "DELETE /webinars/{webinarId}/panelists/{panelistId}";
            journey.step(remove, webinars.remove_panelist(id, first)).await;
        }
        None => journey.lacks(list, "the panelists that were just added"),
    }
    journey.step("DELETE /webinars/{webinarId}/panelists", webinars.remove_all_panelists(id)).await;
}

async fn series(journey: &mut Journey, zoom: &Zoom) {
    let webinars = zoom.webinars();
    let mut weekly = launch();
    weekly.webinar_type = WebinarType::RecurringFixedTime;
    weekly.recurrence = Some(Recurrence {
        recurrence_type: RecurrenceType::Weekly,
        repeat_interval: Some(1),
        weekly_days: Some("3".to_owned()),
        monthly_day: None,
        monthly_week: None,
        monthly_week_day: None,
        end_times: Some(3),
        end_date_time: None,
    });
    let Some(made) = journey.step(CREATE, webinars.create(&weekly)).await else { return };
    let Some(read) = journey.step(GET, webinars.get(made.id)).await else { return };
    match read.occurrences.iter().flatten().next() {
        Some(first) => {
            journey.step(GET, webinars.get_occurrence(made.id, &first.id)).await;
            let shorter = WebinarChange { duration_minutes: Some(20), ..WebinarChange::default() };
            journey.step(UPDATE, webinars.update(made.id, &shorter, Some(&first.id))).await;
            journey.step(DELETE, webinars.delete(made.id, Some(&first.id), WebinarDeletion::default())).await;
        }
        None => journey.lacks(GET, "an occurrence of a weekly series"),
    }
    journey.step(DELETE, webinars.delete(made.id, None, WebinarDeletion::default())).await;
    for monthly in monthly_rules() {
        let series = NewWebinar { recurrence: Some(monthly), ..weekly.clone() };
        let Some(made) = journey.step(CREATE, webinars.create(&series)).await else { continue };
        journey.step(GET, webinars.get(made.id)).await;
        registration::of_series(journey, &webinars.registrants(made.id), "webinars/{webinarId}").await;
        journey.step(DELETE, webinars.delete(made.id, None, WebinarDeletion::default())).await;
    }
}

async fn past(journey: &mut Journey, zoom: &Zoom) {
    let past = zoom.webinars().past();
    let list = WebinarListType::Scheduled;
    let Some(page) = journey.step(LIST, zoom.webinars().list(&list, None)).await else { return };
    let mut over = false;
    for webinar in page.items {
        let instances = past.instances(webinar.id);
        let Some(instances) = journey.step("GET /past_webinars/{webinarId}/instances", instances).await else {
            continue;
        };
        let Some(first) = instances.items.into_iter().next() else { continue };
        let instance = PastInstance::from(first.uuid);
        let participants = past.participants(&instance, None);
        journey.step("GET /past_webinars/{webinarId}/participants", participants).await;
        let absentees = past.absentees(&instance, None, None);
        journey.step("GET /past_webinars/{webinarId}/absentees", absentees).await;
        journey.step("GET /past_webinars/{webinarId}/qa", past.questions(&instance)).await;
        journey.step("GET /past_webinars/{webinarId}/polls", past.polls(&instance)).await;
        over = true;
        break;
    }
    if !over {
        journey.lacks("GET /past_webinars/{webinarId}/participants", "a webinar with a past instance");
    }
}

/// In a week at three, in Amsterdam.
fn launch() -> NewWebinar {
    let day = (Utc::now() + TimeDelta::days(7)).date_naive();
    let start = ZoomTime::Local(day.and_hms_opt(15, 0, 0).unwrap_or_default());
    let mut webinar = NewWebinar::scheduled("What is new in spring", start, 60, "Europe/Amsterdam");
    webinar.agenda = Some("News, then questions".to_owned());
    webinar.passcode = Some(Passcode::new("a1b2c3"));
    webinar.settings = Some(settings());
    webinar
}

fn change() -> WebinarChange {
    WebinarChange {
        topic: Some("What is new in summer".to_owned()),
        duration_minutes: Some(45),
        agenda: Some("News".to_owned()),
        settings: Some(WebinarSettings {
            registrants_confirmation_email: Some(true),
            notify_registrants: Some(false),
            ..settings()
        }),
        ..WebinarChange::default()
    }
}

/// The settings that a rep can choose.
fn settings() -> WebinarSettings {
    let reminder = || Some(MailPlan { enable: Some(true), plan: Some(1) });
    WebinarSettings {
        host_video: Some(true),
        panelists_video: Some(true),
        hd_video: Some(false),
        hd_video_for_attendees: Some(false),
        send_1080p_video_to_attendees: Some(false),
        practice_session: Some(true),
        on_demand: Some(false),
        approval_type: Some(ApprovalType::Automatic),
        registration_type: Some(RegistrationType::Once),
        registrants_restrict_number: Some(100),
        registrants_email_notification: Some(true),
        close_registration: Some(false),
        allow_multiple_devices: Some(true),
        show_share_button: Some(true),
        email_language: Some("en-US".to_owned()),
        contact_name: Some("Rep".to_owned()),
        contact_email: Some("rep@example.com".to_owned()),
        audio: Some("both".to_owned()),
        auto_recording: Some(AutoRecording::Cloud),
        meeting_authentication: Some(false),
        panelist_authentication: Some(false),
        panelists_invitation_email_notification: Some(true),
        attendees_and_panelists_reminder_email_notification: reminder(),
        follow_up_attendees_email_notification: reminder(),
        follow_up_absentees_email_notification: reminder(),
        question_and_answer: Some(QuestionSettings {
            enable: Some(true),
            allow_anonymous_questions: Some(true),
            attendees_can_comment: Some(true),
            attendees_can_upvote: Some(true),
            ..QuestionSettings::default()
        }),
        post_webinar_survey: Some(false),
        email_in_attendee_report: Some(true),
        add_watermark: Some(false),
        ..WebinarSettings::default()
    }
}
