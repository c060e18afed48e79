//! One webinar in full, from the local copy alone.

use std::collections::BTreeMap;

use chrono::DateTime;
use liaison_domain::wall_time;
use liaison_store::tables::outbox::{self, OutboxAction};
use liaison_store::tables::webinar_sessions as sessions;
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::tables::{webinar_people, webinar_registrants as registrants};
use liaison_store::{Connection, StoreResult};

use super::kinds::panelist::PANELIST;
use super::kinds::webinar::fields::WebinarFields;
use super::rows::{self, Eyes};
use super::view::{
    CurvePoint, PanelistRow, RegistrationCurve, TrackingSourceRow, WebinarDate, WebinarDetail, WebinarInstance,
    WebinarProgress, WebinarSettingsView,
};
use super::{Room, gather, questions, templates};
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::access::{self, RoomAccess};
use crate::terms::UtcMs;
use liaison_domain::email;

const MINUTE_MS: i64 = 60_000;

impl Engine {
    /// Everything about a webinar but its registrants and who came.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not there.
    pub async fn webinar(&self, id: String) -> Result<WebinarDetail, Error> {
        let cx = self.profile().await?;
        let (access, eyes) =
            (access::with_add_on::<Room>(&cx, |has| has.webinar), Eyes { now: cx.now(), zone: cx.zone() });
        let found = cx.store.read(move |db| match webinars::get(db, &id)? {
            Some(record) => detail(db, &record, &access, eyes).map(Some),
            None => Ok(None),
        });
        found.await?.ok_or(Error::Gone)
    }
}

fn detail(db: &Connection, record: &WebinarRecord, access: &RoomAccess, eyes: Eyes) -> StoreResult<WebinarDetail> {
    let now_ms = eyes.now.timestamp_millis();
    let row = rows::row(db, record, eyes)?;
    let (has_join_link, has_passcode) = webinars::has_secrets(db, &record.key)?;
    let asks = gather::questions(db, &record.key)?;
    let asks = asks.iter().any(|question| question.required && question.field != gather::LAST_NAME);
    let (form, questions_pending) = questions::shown(db, &record.key)?;
    let over = row.progress == WebinarProgress::Past;
    Ok(WebinarDetail {
        number: record.key.clone(),
        uuid: record.uuid.clone(),
        agenda: record.agenda.clone().unwrap_or_default(),
        host_email: record.host_email.clone(),
        created: record.created_utc_ms.map(UtcMs),
        registration_url: record.registration_url.clone(),
        has_join_link,
        has_passcode,
        settings_known: record.details_utc_ms.is_some(),
        settings: settings(record),
        dates: webinars::dates(db, &record.key)?
            .into_iter()
            .map(|date| WebinarDate {
                id: date.occurrence_id,
                start: UtcMs(date.start_utc_ms),
                end: UtcMs(date.start_utc_ms + date.minutes * MINUTE_MS),
            })
            .collect(),
        instances: instances(db, record)?,
        panelists: panel(db, record)?,
        questions: form.iter().map(gather::question).collect(),
        questions_pending,
        sources: webinar_people::sources(db, &record.key)?
            .into_iter()
            .map(|source| TrackingSourceRow {
                id: source.source_id,
                name: source.name.unwrap_or_default(),
                url: source.url,
                registrations: source.registrations,
                visitors: source.visitors,
            })
            .collect(),
        way: gather::way(record, asks),
        block: gather::block(db, record, access, now_ms)?,
        registrants_as_of: webinars::ages(db, &record.key)?.roster_utc_ms.map(UtcMs),
        curve: curve(db, record, eyes)?,
        funnel: if over && row.attended.is_some() { Some(gather::came(db, record)?.funnel()) } else { None },
        row,
    })
}

/// The settings as the window shows them and the sheet begins with.
pub(super) fn settings(record: &WebinarRecord) -> WebinarSettingsView {
    templates::settings(&WebinarFields::settings_of_record(record))
}

fn instances(db: &Connection, record: &WebinarRecord) -> StoreResult<Vec<WebinarInstance>> {
    let all = sessions::of_webinar(db, &record.key)?;
    let told = sessions::instances(db, &record.key)?.into_iter().map(|instance| {
        let own: Vec<_> = all.iter().filter(|session| session.uuid == instance.uuid).collect();
        let mut people: Vec<_> = own
            .iter()
            .map(|one| {
                let named = one.registrant_id.clone().or(one.zoom_id.clone());
                named.or(one.email.as_deref().map(email::folded)).unwrap_or_else(|| format!("{:p}", *one))
            })
            .collect();
        people.sort_unstable();
        people.dedup();
        WebinarInstance {
            started: instance.started_utc_ms.map(UtcMs),
            first_join: own.iter().filter_map(|one| one.join_utc_ms).min().map(UtcMs),
            last_leave: own.iter().filter_map(|one| one.leave_utc_ms).max().map(UtcMs),
            people: u32::try_from(people.len()).unwrap_or(u32::MAX),
            settled: instance.settled,
            uuid: instance.uuid,
        }
    });
    Ok(told.collect())
}

fn panel(db: &Connection, record: &WebinarRecord) -> StoreResult<Vec<PanelistRow>> {
    let panel = webinar_people::panel(db, &record.key)?;
    let key = |email: Option<&str>| format!("{}:{}", record.key, email::folded(email.unwrap_or_default()));
    let keys: Vec<String> = panel.iter().map(|one| key(one.email.as_deref())).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let waiting = outbox::last_by_subject(db, PANELIST, &keys)?;
    let removing = |own: &str| {
        waiting.iter().any(|row| row.subject_key == own && row.state.is_open() && row.action == OutboxAction::Delete)
    };
    Ok(panel
        .into_iter()
        .map(|one| PanelistRow {
            removing: removing(&key(one.email.as_deref())),
            id: one.key,
            name: one.name.unwrap_or_default(),
            email: one.email,
            panelist_id: one.panelist_id,
            has_link: one.has_link,
        })
        .collect())
}

/// Registrations against days to go, with the last webinar that is over beside it.
fn curve(db: &Connection, record: &WebinarRecord, eyes: Eyes) -> StoreResult<RegistrationCurve> {
    let now_ms = eyes.now.timestamp_millis();
    let mut ghost: Option<(i64, WebinarRecord)> = None;
    for other in webinars::all(db)?.into_iter().filter(|other| other.key != record.key) {
        let dates = webinars::dates(db, &other.key)?;
        let ended = gather::span(&other, &dates, now_ms).map(|(_, end)| end).filter(|end| *end <= now_ms);
        if let Some(end) = ended.filter(|end| ghost.as_ref().is_none_or(|(latest, _)| end > latest))
            && registrants::totals(db, &other.key)?.approved > 0
        {
            ghost = Some((end, other));
        }
    }
    Ok(RegistrationCurve {
        points: points(db, record, eyes)?,
        ghost: match &ghost {
            Some((_, other)) => points(db, other, eyes)?,
            None => Vec::new(),
        },
        ghost_topic: ghost.map(|(_, other)| other.topic),
        capacity: gather::capacity(record),
    })
}

fn points(db: &Connection, record: &WebinarRecord, eyes: Eyes) -> StoreResult<Vec<CurvePoint>> {
    let dates = webinars::dates(db, &record.key)?;
    let span = gather::span(record, &dates, eyes.now.timestamp_millis());
    let Some(start) = span.and_then(|(start, _)| DateTime::from_timestamp_millis(start)) else {
        return Ok(Vec::new());
    };
    let day = wall_time::local_date(start, eyes.zone);
    let mut days: BTreeMap<i64, u32> = BTreeMap::new();
    for at in registrants::registered_at(db, &record.key)? {
        let Some(at) = DateTime::from_timestamp_millis(at) else { continue };
        *days.entry((wall_time::local_date(at, eyes.zone) - day).num_days()).or_default() += 1;
    }
    let mut registered = 0;
    let points = days.into_iter().map(|(after, count)| {
        registered += count;
        CurvePoint { days_to_go: i32::try_from(-after).unwrap_or_default(), registered }
    });
    Ok(points.collect())
}
