//! The sheet: a webinar is made while it waits; changes and deletions are held and leave by themselves.

use std::sync::Arc;

use chrono::{Datelike, NaiveDateTime, TimeDelta};
use liaison_domain::draft::{self, When};
use liaison_domain::zones;
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::tables::webinars;
use liaison_store::{StoreResult, Transaction};
use liaison_zoom::EDITS_PER_DAY;
use tokio::sync::Mutex;
use url::Url;
use uuid::Uuid;

use super::kinds::Place;
use super::kinds::webinar::fields::{WebinarCreation, WebinarEdit, WebinarFields};
use super::kinds::webinar::{self, WEBINAR};
use super::rows::approval;
use super::stored::{MoreSettings, VERSION};
use super::view::{WebinarApproval, WebinarDecided, WebinarDraft, WebinarMade, WebinarSettingsView, WebinarSheetCheck};
use super::{detail, gather};
use crate::context::Context;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::outbox::at_once;
use crate::outbox::target::Target;
use crate::schedule::field_issue;
use crate::session::{settings, usage};
use crate::terms::{Provider, UtcMs};

const MINUTES: u32 = 60;
/// Zoom's limits of a series and of registrants.
const MOST_WEEKS: u32 = 50;
const MOST_REGISTRANTS: u32 = 20_000;
/// A webinar is announced; the first proposal is a week ahead.
const AHEAD: TimeDelta = TimeDelta::days(7);

/// One at a time: a second press of the button finds the first one's row.
#[derive(Default)]
struct Making(Mutex<()>);

impl Engine {
    /// A sheet for a new webinar.
    ///
    /// # Errors
    /// No profile is open.
    pub async fn new_webinar(&self) -> Result<WebinarDraft, Error> {
        let cx = self.profile().await?;
        let zone = cx.zone();
        let start = (cx.now() + AHEAD).with_timezone(&zone).naive_local();
        let (date, time) = written(start.date().and_hms_opt(15, 0, 0).unwrap_or(start));
        Ok(WebinarDraft {
            id: Uuid::now_v7().to_string(),
            topic: String::new(),
            agenda: String::new(),
            date,
            time,
            zone: zone.name().to_owned(),
            minutes: MINUTES,
            approval: WebinarApproval::Automatic,
            passcode: true,
            weeks: None,
            template: None,
            settings: WebinarSettingsView {
                host_video: true,
                practice_session: true,
                notify_registrants: true,
                confirmation_mail: true,
                invite_panelists: true,
                question_and_answer: true,
                ..WebinarSettingsView::default()
            },
        })
    }

    /// The sheet of a webinar that is there.
    ///
    /// # Errors
    /// [`Error::Gone`]; [`Error::TooLate`] when it is over or its settings were not read yet.
    pub async fn edit_webinar(&self, id: String) -> Result<WebinarDraft, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let found = cx.store.read(move |db| {
            let Some(record) = webinars::get(db, &id)?.filter(|record| record.gone_utc_ms.is_none()) else {
                return Ok(Err(Error::Gone));
            };
            let dates = webinars::dates(db, &record.key)?;
            let over = gather::span(&record, &dates, now_ms).is_some_and(|(_, end)| end <= now_ms);
            let Some(fields) = WebinarFields::of_record(&record).filter(|_| !over) else {
                return Ok(Err(Error::TooLate));
            };
            let has_passcode = webinars::has_secrets(db, &record.key)?.1;
            let zone = zones::parse(&fields.zone).unwrap_or(zones::Zone::UTC);
            let (date, time) = written(fields.start().with_timezone(&zone).naive_local());
            Ok(Ok(WebinarDraft {
                id: record.key.clone(),
                topic: fields.topic,
                agenda: fields.agenda,
                date,
                time,
                zone: zone.name().to_owned(),
                minutes: fields.minutes,
                approval: approval(record.approval_type),
                passcode: has_passcode,
                weeks: None,
                template: None,
                settings: detail::settings(&record),
            }))
        });
        found.await?
    }

    /// What is wrong with a draft.
    ///
    /// # Errors
    /// No profile is open.
    pub async fn check_webinar(&self, draft: WebinarDraft) -> Result<WebinarSheetCheck, Error> {
        let cx = self.profile().await?;
        let (when, issues) = checked(&cx, &draft);
        Ok(WebinarSheetCheck {
            start: when.map(|when| UtcMs(when.start.timestamp_millis())),
            end: when.map(|when| UtcMs(when.end.timestamp_millis())),
            issues,
            online: cx.zoom().is_some() && !cx.status().is_offline(Provider::Zoom),
            edits_left: EDITS_PER_DAY.saturating_sub(cx.zoom().map_or(0, |zoom| zoom.api.edits_today().used)),
        })
    }

    /// Makes the webinar while the sheet waits.
    ///
    /// # Errors
    /// [`Error::Invalid`] before anything is sent; what Zoom or the network said after.
    pub async fn create_webinar(&self, draft: WebinarDraft) -> Result<WebinarMade, Error> {
        let cx = self.profile().await?;
        let making = cx.state::<Making>();
        let _one = making.0.lock().await;
        let made = make(&cx, draft).await;
        usage::keep(&cx, Provider::Zoom).await;
        made
    }

    /// Puts a change into the outbox; it is held.
    ///
    /// # Errors
    /// [`Error::Invalid`]; [`Error::Gone`]; [`Error::TooLate`] when it is being deleted.
    pub async fn change_webinar(&self, id: String, draft: WebinarDraft) -> Result<WebinarDecided, Error> {
        let cx = self.profile().await?;
        let (when, issues) = checked(&cx, &draft);
        let Some(when) = when.filter(|_| issues.is_empty()) else { return Err(Error::Invalid { issues }) };
        let now_ms = cx.now_ms();
        let decided = cx.store.write(move |tx| change(tx, &id, &draft, when, now_ms)).await??;
        cx.outbox_changed();
        Ok(decided)
    }

    /// Puts the deletion into the outbox; it is held.
    ///
    /// # Errors
    /// [`Error::Gone`].
    pub async fn delete_webinar(&self, id: String) -> Result<WebinarDecided, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let decided = cx.store.write(move |tx| delete(tx, &id, now_ms)).await??;
        cx.outbox_changed();
        Ok(decided)
    }
}

fn written(wall: NaiveDateTime) -> (String, String) {
    (wall.format("%Y-%m-%d").to_string(), wall.format("%H:%M").to_string())
}

/// A draft with its time; what is wrong names its field.
fn checked(cx: &Context, draft: &WebinarDraft) -> (Option<When>, Vec<FieldIssue>) {
    let (when, found) = draft::check(
        &draft::Draft {
            topic: &draft.topic,
            date: &draft.date,
            time: &draft.time,
            zone: &draft.zone,
            minutes: draft.minutes,
            fold: Some(draft::Fold::Earlier),
            emails: &[],
            agenda: &draft.agenda,
            people: 0,
        },
        cx.now(),
    );
    let mut issues: Vec<FieldIssue> = found.into_iter().map(field_issue).collect();
    if draft.weeks.is_some_and(|weeks| !(1..=MOST_WEEKS).contains(&weeks)) {
        issues.push(FieldIssue { field: Field::Date, problem: Problem::OutOfRange { min: 1, max: MOST_WEEKS } });
    }
    if draft.settings.registrants_limit > MOST_REGISTRANTS {
        issues
            .push(FieldIssue { field: Field::People, problem: Problem::OutOfRange { min: 0, max: MOST_REGISTRANTS } });
    }
    let survey = draft.settings.survey_url.trim();
    if !survey.is_empty() && !is_page(survey) {
        issues.push(FieldIssue { field: Field::Survey, problem: Problem::NotAPage });
    }
    (when, issues)
}

/// An address of the web that people can be sent to.
fn is_page(written: &str) -> bool {
    Url::parse(written).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn fields(draft: &WebinarDraft, when: When) -> WebinarFields {
    WebinarFields { start_utc_ms: when.start.timestamp_millis(), ..without_time(draft) }
}

/// Everything that a draft sets but when it begins.
pub(super) fn without_time(draft: &WebinarDraft) -> WebinarFields {
    let set = &draft.settings;
    let words = |words: &str| Some(words.trim().to_owned());
    WebinarFields {
        topic: draft.topic.trim().to_owned(),
        agenda: draft.agenda.trim_end().to_owned(),
        start_utc_ms: 0,
        minutes: draft.minutes,
        zone: draft.zone.clone(),
        approval: match draft.approval {
            WebinarApproval::Automatic => 0,
            WebinarApproval::Manual => 1,
            WebinarApproval::None | WebinarApproval::Unknown => 2,
        },
        multiple_devices: set.multiple_devices,
        close_registration: set.close_registration,
        host_video: set.host_video,
        panelists_video: set.panelists_video,
        practice_session: set.practice_session,
        registrants_limit: set.registrants_limit,
        more: MoreSettings {
            version: VERSION,
            on_demand: Some(set.on_demand),
            notify_registrants: Some(set.notify_registrants),
            confirmation_mail: Some(set.confirmation_mail),
            invite_panelists: Some(set.invite_panelists),
            question_and_answer: Some(set.question_and_answer),
            share_buttons: Some(set.share_buttons),
            survey: Some(set.survey),
            sign_in_required: Some(set.sign_in_required),
            recording: words(&set.recording),
            audio: words(&set.audio),
            alternative_hosts: words(&set.alternative_hosts),
            contact_name: words(&set.contact_name),
            contact_email: words(&set.contact_email),
            mail_language: words(&set.mail_language),
            reminder: Some(set.reminder),
            thanks: Some(set.thanks),
            missed: Some(set.missed),
            survey_url: words(&set.survey_url),
        },
    }
}

type Decided<T> = StoreResult<Result<T, Error>>;

fn place(tx: &Transaction<'_>) -> Decided<(Target, i64)> {
    let Some(target) = Target::known(tx, Provider::Zoom)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
    };
    Ok(Ok((target, i64::from(settings::read(tx)?.hold_seconds) * 1_000)))
}

fn change(tx: &Transaction<'_>, id: &str, draft: &WebinarDraft, when: When, now_ms: i64) -> Decided<WebinarDecided> {
    let (target, hold_ms) = match place(tx)? {
        Ok(place) => place,
        Err(error) => return Ok(Err(error)),
    };
    let Some(record) = webinars::get(tx, id)?.filter(|record| record.gone_utc_ms.is_none()) else {
        return Ok(Err(Error::Gone));
    };
    let Some(base) = WebinarFields::of_record(&record) else { return Ok(Err(Error::TooLate)) };
    let mut wanted = fields(draft, when);
    if draft.approval == WebinarApproval::Unknown {
        wanted.approval = base.approval;
    }
    let open = open_rows(tx, &target.key, id)?;
    if open.iter().any(|row| row.action == OutboxAction::Delete) {
        return Ok(Err(Error::TooLate));
    }
    let unsent = open.into_iter().find(|row| {
        row.action == OutboxAction::Update
            && row.state != OutboxState::Claimed
            && row.maybe_sent_utc_ms.is_none()
            && row.take_back_utc_ms.is_none()
    });
    // A change that has not left takes the new one in, on the base it had.
    if let Some(row) = unsent {
        let base = WebinarEdit::read(&row.payload_json).map_or(base, |edit| edit.base);
        let edit = WebinarEdit::of(base, wanted);
        outbox::edit(tx, &row.op_id, &edit.fields.topic, &edit.json(), Some(now_ms + hold_ms), now_ms)?;
        return Ok(Ok(WebinarDecided { items: vec![row.op_id] }));
    }
    if wanted.contents() == base.contents() {
        return Ok(Ok(WebinarDecided { items: Vec::new() }));
    }
    let place = Place { target: &target, group: None, now_ms, hold_ms };
    let row = webinar::operation(&place, id, &WebinarEdit::of(base, wanted), OutboxAction::Update);
    outbox::enqueue(tx, &row)?;
    Ok(Ok(WebinarDecided { items: vec![row.op_id] }))
}

fn delete(tx: &Transaction<'_>, id: &str, now_ms: i64) -> Decided<WebinarDecided> {
    let (target, hold_ms) = match place(tx)? {
        Ok(place) => place,
        Err(error) => return Ok(Err(error)),
    };
    let Some(record) = webinars::get(tx, id)?.filter(|record| record.gone_utc_ms.is_none()) else {
        return Ok(Err(Error::Gone));
    };
    for row in open_rows(tx, &target.key, id)? {
        if row.action == OutboxAction::Delete {
            return Ok(Ok(WebinarDecided { items: vec![row.op_id] }));
        }
        if row.maybe_sent_utc_ms.is_none() {
            outbox::take_back(tx, &row.op_id, now_ms)?;
        }
    }
    let topic = record.topic.clone();
    let base = WebinarFields::of_record(&record).unwrap_or(WebinarFields { topic, ..WebinarFields::default() });
    let place = Place { target: &target, group: None, now_ms, hold_ms };
    let row = webinar::operation(&place, id, &WebinarEdit::of(base.clone(), base), OutboxAction::Delete);
    outbox::enqueue(tx, &row)?;
    Ok(Ok(WebinarDecided { items: vec![row.op_id] }))
}

fn open_rows(tx: &Transaction<'_>, target: &str, id: &str) -> StoreResult<Vec<OutboxRecord>> {
    let rows = outbox::by_identity(tx, target, WEBINAR, id)?;
    Ok(rows.into_iter().filter(|row| row.state.is_open()).collect())
}

fn op_id(draft: &str) -> String {
    format!("webinar:{draft}")
}

async fn make(cx: &Arc<Context>, draft: WebinarDraft) -> Result<WebinarMade, Error> {
    let (when, issues) = checked(cx, &draft);
    let id = op_id(&draft.id);
    let known = at_once::read(cx, &id).await?;
    if let Some(made) = known.as_ref().and_then(made) {
        return Ok(made);
    }
    // It may have been made: looked for whatever the sheet says now.
    let settling = known.as_ref().is_some_and(|row| row.maybe_sent_utc_ms.is_some());
    let Some(when) = when.filter(|_| settling || issues.is_empty()) else { return Err(Error::Invalid { issues }) };
    if cx.zoom().is_none() {
        return Err(Error::NotConnected { provider: Provider::Zoom });
    }
    let weekday = when.start.with_timezone(&when.zone).weekday().number_from_sunday();
    let mut fields = fields(&draft, when);
    if draft.template.is_some() {
        // The template says whether registrations are confirmed.
        fields.more.confirmation_mail = None;
    }
    let creation = WebinarCreation {
        version: VERSION,
        fields,
        template: draft.template.as_ref().map(|template| template.id.clone()),
        passcode: draft.passcode,
        weeks: draft.weeks,
        weekday,
    };
    let (op_id, now_ms) = (id.clone(), cx.now_ms());
    let wanted = move |tx: &Transaction<'_>| {
        let target = Target::signed_in(tx, Provider::Zoom)?;
        let operation = |target: Target| {
            let place = Place { target: &target, group: None, now_ms, hold_ms: 0 };
            webinar::creation(&place, &op_id, &creation)
        };
        Ok(target.map(operation).ok_or(Error::NotConnected { provider: Provider::Zoom }))
    };
    made(&at_once::make(cx, &id, wanted).await?).ok_or(Error::Gone)
}

fn made(row: &OutboxRecord) -> Option<WebinarMade> {
    let id = row.record_id.clone().filter(|_| row.state == OutboxState::Done)?;
    Some(WebinarMade { id })
}
