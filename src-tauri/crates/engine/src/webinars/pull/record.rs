//! Zoom's answers as the rows of the local copy.

use liaison_domain::text;
use liaison_store::tables::webinar_people::{FetchedPanelist, PanelistRecord, SourceRecord};
use liaison_store::tables::webinar_registrants::{FetchedRegistrant, RegistrantRecord, RegistrantStatus as Status};
use liaison_store::tables::webinars::{FetchedWebinar, WebinarDate, WebinarRecord, WebinarSecrets};
use liaison_zoom::{
    ApprovalType, MailPlan, OccurrenceStatus, Panelist, Registrant, RegistrantStatus, RegistrationType, TrackingSource,
    Webinar, WebinarSummary, WebinarType, ZoomTime,
};
use secrecy::SecretString;

use crate::webinars::stored::{MoreSettings, StoredAnswer, VERSION};

const MAX_TOPIC: usize = 300;
const MAX_AGENDA: usize = 4_000;
const MAX_TEXT: usize = 255;
const MAX_ANSWER: usize = 2_000;
/// A registration page is a web address.
const MAX_URL: usize = 2_000;

/// A row of the list: it tells of a date, not of the settings.
pub(super) fn summary(item: &WebinarSummary, now_ms: i64) -> FetchedWebinar {
    FetchedWebinar {
        webinar: WebinarRecord {
            uuid: item.uuid.as_ref().map(|uuid| uuid.as_str().to_owned()),
            start_utc_ms: moment(item.start_time, item.timezone.as_deref()),
            minutes: i64::from(item.duration_minutes.unwrap_or(0)),
            timezone: item.timezone.clone(),
            host_id: item.host_id.clone(),
            created_utc_ms: item.created_at.and_then(ZoomTime::utc).map(|at| at.timestamp_millis()),
            ..blank(item.id.0, item.topic.as_deref(), item.webinar_type, now_ms)
        },
        secrets: WebinarSecrets {
            join_url: item.join_url.as_ref().map(|url| SecretString::from(url.expose())),
            passcode: None,
        },
        dates: None,
    }
}

/// A whole webinar.
pub(crate) fn fetched(webinar: &Webinar, now_ms: i64) -> FetchedWebinar {
    let settings = webinar.settings.clone().unwrap_or_default();
    let more = MoreSettings {
        version: VERSION,
        on_demand: settings.on_demand,
        notify_registrants: settings.registrants_email_notification,
        confirmation_mail: settings.registrants_confirmation_email.or(webinar.registrants_confirmation_email),
        invite_panelists: settings.panelists_invitation_email_notification,
        question_and_answer: settings.question_and_answer.as_ref().and_then(|questions| questions.enable),
        share_buttons: settings.show_share_button,
        survey: settings.post_webinar_survey,
        sign_in_required: settings.meeting_authentication,
        recording: settings.auto_recording.as_ref().map(|recording| line(recording.as_str())),
        audio: settings.audio.as_deref().map(line),
        alternative_hosts: settings.alternative_hosts.as_deref().map(|hosts| text::single_line(hosts, MAX_ANSWER)),
        contact_name: settings.contact_name.as_deref().map(line),
        contact_email: settings.contact_email.as_deref().map(line),
        mail_language: settings.email_language.as_deref().map(line),
        reminder: settings.attendees_and_panelists_reminder_email_notification.as_ref().and_then(planned),
        thanks: settings.follow_up_attendees_email_notification.as_ref().and_then(planned),
        missed: settings.follow_up_absentees_email_notification.as_ref().and_then(planned),
        survey_url: settings.survey_url.as_deref().map(|url| text::single_line(url, MAX_ANSWER)),
    };
    let zone = webinar.timezone.as_deref();
    FetchedWebinar {
        webinar: WebinarRecord {
            uuid: webinar.uuid.as_ref().map(|uuid| uuid.as_str().to_owned()),
            agenda: Some(text::multi_line(webinar.agenda.as_deref().unwrap_or_default(), MAX_AGENDA)),
            start_utc_ms: moment(webinar.start_time, zone),
            minutes: i64::from(webinar.duration_minutes.unwrap_or(0)),
            timezone: webinar.timezone.clone(),
            host_id: webinar.host_id.clone(),
            host_email: webinar.host_email.as_deref().map(line),
            created_utc_ms: webinar.created_at.and_then(ZoomTime::utc).map(|at| at.timestamp_millis()),
            registration_url: webinar.registration_url.as_ref().and_then(|url| public(url.expose())),
            approval_type: settings.approval_type.map(ApprovalType::number),
            registration_type: settings.registration_type.map(RegistrationType::number),
            registrants_limit: settings.registrants_restrict_number.map(i64::from),
            capacity: webinar.capacity.map(i64::from),
            multiple_devices: settings.allow_multiple_devices,
            close_registration: settings.close_registration,
            host_video: settings.host_video,
            panelists_video: settings.panelists_video,
            practice_session: settings.practice_session,
            settings_json: Some(more.json()),
            details_utc_ms: Some(now_ms),
            ..blank(webinar.id.0, webinar.topic.as_deref(), webinar.webinar_type, now_ms)
        },
        secrets: WebinarSecrets {
            join_url: webinar.join_url.as_ref().map(|url| SecretString::from(url.expose())),
            passcode: webinar.passcode.as_ref().map(|passcode| SecretString::from(passcode.expose())),
        },
        dates: Some(dates(webinar)),
    }
}

/// When a mail leaves; a plan that is off is none.
fn planned(mail: &MailPlan) -> Option<u32> {
    match mail.enable {
        Some(true) => mail.plan,
        Some(false) => Some(0),
        None => None,
    }
}

/// The dates that still take place or took place, as far as Zoom tells them.
fn dates(webinar: &Webinar) -> Vec<WebinarDate> {
    let zone = webinar.timezone.as_deref();
    let planned = i64::from(webinar.duration_minutes.unwrap_or(0));
    let taking_place = webinar.occurrences.iter().flatten();
    let taking_place = taking_place.filter(|date| date.status != Some(OccurrenceStatus::Deleted));
    taking_place
        .filter_map(|date| {
            Some(WebinarDate {
                occurrence_id: date.id.as_str().to_owned(),
                start_utc_ms: moment(date.start_time, zone)?,
                minutes: date.duration_minutes.map_or(planned, i64::from),
            })
        })
        .collect()
}

/// One registrant; `None` without what names them.
pub(crate) fn registrant(webinar: &str, told: &Registrant, status: Status, now_ms: i64) -> Option<FetchedRegistrant> {
    let id = told.id.clone().filter(|id| !id.is_empty())?;
    let status = match told.status {
        Some(RegistrantStatus::Approved) => Status::Approved,
        Some(RegistrantStatus::Pending) => Status::Pending,
        Some(RegistrantStatus::Denied) => Status::Denied,
        Some(RegistrantStatus::Cancelled) => Status::Cancelled,
        _ => status,
    };
    let join_url = told.join_url.as_ref().filter(|_| status == Status::Approved);
    Some(FetchedRegistrant {
        registrant: RegistrantRecord {
            key: format!("{webinar}:{id}"),
            webinar_key: webinar.to_owned(),
            registrant_id: id,
            email: Some(line(&told.email)),
            first_name: told.first_name.as_deref().map(line),
            last_name: told.last_name.as_deref().map(line),
            status,
            registered_utc_ms: told.create_time.and_then(ZoomTime::utc).map(|at| at.timestamp_millis()),
            source_id: told.source_id.clone().filter(|id| !id.is_empty()),
            has_link: join_url.is_some(),
            fetched_utc_ms: now_ms,
            version: VERSION,
            answers_json: serde_json::to_string(&answers(told)).unwrap_or_else(|_| "[]".to_owned()),
        },
        join_url: join_url.map(|url| SecretString::from(url.expose())),
    })
}

/// What they filled in, in the order of Zoom's form.
fn answers(told: &Registrant) -> Vec<StoredAnswer> {
    let own = [
        ("org", &told.org),
        ("job_title", &told.job_title),
        ("phone", &told.phone),
        ("industry", &told.industry),
        ("no_of_employees", &told.no_of_employees),
        ("purchasing_time_frame", &told.purchasing_time_frame),
        ("role_in_purchase_process", &told.role_in_purchase_process),
        ("address", &told.address),
        ("city", &told.city),
        ("zip", &told.zip),
        ("state", &told.state),
        ("country", &told.country),
        ("comments", &told.comments),
    ];
    let own = own.into_iter().filter_map(|(field, text)| Some((field.to_owned(), false, text.clone()?)));
    let hosts = told.custom_questions.iter().flatten();
    let hosts = hosts.filter_map(|answer| Some((answer.title.clone(), true, answer.value.clone()?)));
    own.chain(hosts)
        .map(|(field, custom, answer)| StoredAnswer {
            field: text::single_line(&field, MAX_ANSWER),
            custom,
            text: text::multi_line(&answer, MAX_ANSWER),
        })
        .filter(|answer| !answer.text.is_empty())
        .collect()
}

/// Somebody who speaks.
pub(super) fn panelist(webinar: &str, told: &Panelist) -> Option<FetchedPanelist> {
    let named = told.id.clone().or_else(|| told.email.clone()).filter(|named| !named.is_empty())?;
    Some(FetchedPanelist {
        panelist: PanelistRecord {
            key: format!("{webinar}:{named}"),
            panelist_id: told.id.clone().filter(|id| !id.is_empty()),
            name: told.name.as_deref().map(line),
            email: told.email.as_deref().map(line),
            has_link: told.join_url.is_some(),
        },
        join_url: told.join_url.as_ref().map(|url| SecretString::from(url.expose())),
    })
}

/// A link to the form.
pub(super) fn source(told: &TrackingSource) -> SourceRecord {
    SourceRecord {
        source_id: told.id.clone(),
        name: told.source_name.as_deref().map(line),
        url: told.tracking_url.as_ref().and_then(|url| public(url.expose())),
        registrations: told.registration_count.unwrap_or(0),
        visitors: told.visitor_count.unwrap_or(0),
    }
}

fn blank(id: u64, topic: Option<&str>, kind: Option<WebinarType>, now_ms: i64) -> WebinarRecord {
    WebinarRecord {
        key: id.to_string(),
        webinar_id: i64::try_from(id).unwrap_or(i64::MAX),
        uuid: None,
        topic: text::single_line(topic.unwrap_or_default(), MAX_TOPIC),
        agenda: None,
        kind: kind.unwrap_or(WebinarType::Scheduled).number(),
        start_utc_ms: None,
        minutes: 0,
        timezone: None,
        host_id: None,
        host_email: None,
        created_utc_ms: None,
        registration_url: None,
        approval_type: None,
        registration_type: None,
        registrants_limit: None,
        capacity: None,
        multiple_devices: None,
        close_registration: None,
        host_video: None,
        panelists_video: None,
        practice_session: None,
        settings_json: None,
        fetched_utc_ms: now_ms,
        details_utc_ms: None,
        gone_utc_ms: None,
    }
}

fn line(told: &str) -> String {
    text::single_line(told, MAX_TEXT)
}

/// An address that is shown and copied, and nothing else than one.
fn public(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
    parsed.map(|url| url.to_string()).filter(|url| url.len() <= MAX_URL)
}

fn moment(time: Option<ZoomTime>, zone: Option<&str>) -> Option<i64> {
    crate::meetings::pull::moment(time, zone)
}
