//! One webinar as a row of a list, from the local copy alone.

use chrono::{DateTime, Utc};
use liaison_domain::wall_time;
use liaison_domain::zones::Zone;
use liaison_store::tables::outbox::{self, OutboxAction, OutboxState};
use liaison_store::tables::pinned_webinar::{self, Pin};
use liaison_store::tables::webinar_registrants::{self as registrants, RegistrantTotals};
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, StoreResult};

use super::gather::{self, capacity, span, spans};
use super::kinds::webinar::WEBINAR;
use super::view::{
    PinnedWebinar, RegistrantCounts, WebinarApproval, WebinarKind, WebinarPending, WebinarProgress, WebinarRow,
};
use crate::terms::UtcMs;

/// With whose eyes a row is seen.
#[derive(Clone, Copy)]
pub(super) struct Eyes {
    pub now: DateTime<Utc>,
    pub zone: Zone,
}

pub(super) fn progress(record: &WebinarRecord, span: Option<(i64, i64)>, now_ms: i64) -> WebinarProgress {
    match span {
        _ if record.gone_utc_ms.is_some() => WebinarProgress::Deleted,
        Some((_, end)) if end <= now_ms => WebinarProgress::Past,
        Some((start, _)) if start <= now_ms => WebinarProgress::Running,
        _ => WebinarProgress::Upcoming,
    }
}

pub(super) fn row(db: &Connection, record: &WebinarRecord, eyes: Eyes) -> StoreResult<WebinarRow> {
    let now_ms = eyes.now.timestamp_millis();
    let dates = webinars::dates(db, &record.key)?;
    let span = span(record, &dates, now_ms);
    let progress = progress(record, span, now_ms);
    let ages = webinars::ages(db, &record.key)?;
    let pinned = pinned_webinar::get(db)?.is_some_and(|pin| pin.webinar_key == record.key);
    let left = spans(record, &dates).into_iter().filter(|(_, end)| *end > now_ms).count();
    Ok(WebinarRow {
        id: record.key.clone(),
        topic: record.topic.clone(),
        start: span.map(|(start, _)| UtcMs(start)),
        end: span.map(|(_, end)| UtcMs(end)),
        minutes: minutes(record.minutes),
        timezone: record.timezone.clone(),
        kind: kind(record.kind),
        dates_left: if record.kind == 9 { u32::try_from(left).unwrap_or(u32::MAX) } else { 0 },
        progress,
        approval: approval(record.approval_type),
        counts: counts(registrants::totals(db, &record.key)?),
        counted: ages.roster_utc_ms.is_some(),
        capacity: capacity(record),
        days_to_go: match progress {
            WebinarProgress::Upcoming | WebinarProgress::Running => span.and_then(|(start, _)| days_to_go(start, eyes)),
            WebinarProgress::Past | WebinarProgress::Deleted => None,
        },
        attended: gather::people_count(db, record)?,
        pinned,
        pending: pending(db, &record.key)?,
    })
}

fn days_to_go(start_ms: i64, eyes: Eyes) -> Option<u32> {
    let start = wall_time::local_date(DateTime::from_timestamp_millis(start_ms)?, eyes.zone);
    let days = (start - wall_time::local_date(eyes.now, eyes.zone)).num_days();
    Some(u32::try_from(days).unwrap_or(0))
}

fn pending(db: &Connection, key: &str) -> StoreResult<Option<WebinarPending>> {
    let rows = outbox::last_by_subject(db, WEBINAR, &[key])?;
    let open = rows.into_iter().find(|row| row.state.is_open() && row.take_back_utc_ms.is_none());
    Ok(open.filter(|row| row.action != OutboxAction::Create).map(|row| WebinarPending {
        can_undo: row.maybe_sent_utc_ms.is_none() && row.state != OutboxState::Claimed,
        deletes: row.action == OutboxAction::Delete,
        item: row.op_id,
    }))
}

pub(super) fn counts(totals: RegistrantTotals) -> RegistrantCounts {
    RegistrantCounts {
        approved: totals.approved,
        pending: totals.pending,
        denied: totals.denied,
        cancelled: totals.cancelled,
    }
}

pub(super) fn minutes(minutes: i64) -> u32 {
    u32::try_from(minutes).unwrap_or_default()
}

fn kind(number: i64) -> WebinarKind {
    match number {
        6 => WebinarKind::RecurringNoTime,
        9 => WebinarKind::Recurring,
        _ => WebinarKind::Single,
    }
}

pub(super) fn approval(number: Option<i64>) -> WebinarApproval {
    match number {
        Some(0) => WebinarApproval::Automatic,
        Some(1) => WebinarApproval::Manual,
        Some(2) => WebinarApproval::None,
        _ => WebinarApproval::Unknown,
    }
}

/// The pinned webinar as it is now; it may have been forgotten since.
pub(super) fn pinned(db: &Connection, now_ms: i64) -> StoreResult<Option<PinnedWebinar>> {
    let Some(Pin { webinar_key, topic }) = pinned_webinar::get(db)? else { return Ok(None) };
    Ok(Some(match webinars::get(db, &webinar_key)? {
        Some(record) => named(db, &record, now_ms)?,
        None => PinnedWebinar { id: webinar_key, topic, start: None, closed: true },
    }))
}

pub(super) fn named(db: &Connection, record: &WebinarRecord, now_ms: i64) -> StoreResult<PinnedWebinar> {
    let dates = webinars::dates(db, &record.key)?;
    let span = span(record, &dates, now_ms);
    Ok(PinnedWebinar {
        id: record.key.clone(),
        topic: record.topic.clone(),
        start: span.map(|(start, _)| UtcMs(start)),
        closed: gather::closed(record, &dates, now_ms).is_some(),
    })
}
