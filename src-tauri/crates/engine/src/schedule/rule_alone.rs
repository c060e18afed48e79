//! Single dates of a series that the user has moved or cancelled while another rule is decided, as far as Zoom does not
//! have that yet. It goes before the rule: whatever of it Zoom forgets then, the sheet has said.

use std::sync::Arc;

use liaison_store::tables::meetings::MeetingRecord;
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::{Connection, StoreResult, Transaction};

use super::change::Deciding;
use super::stored::MeetingEdit;
use super::stored_rule::{Alone, KnownDate, RuleChange};
use crate::context::Context;
use crate::outbox::kind::MEETING;

/// Dates as they are known, with what is decided of each, in the order in which they were planned.
pub(super) fn known(db: &Connection, dates: &[MeetingRecord]) -> StoreResult<Vec<KnownDate>> {
    let mut all = Vec::with_capacity(dates.len());
    for date in dates {
        let (Some(occurrence), Some(start_utc_ms)) = (date.occurrence_id.clone(), date.start_utc_ms) else { continue };
        let decided = decided(db, date)?;
        all.push(KnownDate { occurrence, start_utc_ms, minutes: date.minutes, decided });
    }
    all.sort_by_key(KnownDate::planned);
    Ok(all)
}

fn decided(db: &Connection, date: &MeetingRecord) -> StoreResult<Option<Alone>> {
    let rows = outbox::by_subject(db, &date.key)?;
    let last = rows.iter().rfind(|row| row.kind == MEETING && row.state.is_open() && row.take_back_utc_ms.is_none());
    let Some((row, edit)) = last.and_then(|row| Some((row, MeetingEdit::read(&row.payload_json)?))) else {
        return Ok(None);
    };
    Ok(match row.action {
        OutboxAction::Delete => Some(Alone::Cancelled {}),
        OutboxAction::Update => {
            let (start_utc_ms, minutes) = (edit.fields.start_utc_ms, i64::from(edit.fields.minutes));
            let moved = Some(start_utc_ms) != date.start_utc_ms || minutes != date.minutes;
            moved.then_some(Alone::Moved { start_utc_ms, minutes })
        }
        OutboxAction::Create => None,
    })
}

/// What was decided of a single date and is still on its way. What needs the user first holds up nothing.
pub(super) fn on_its_way(
    db: &Connection,
    target: &str,
    series: u64,
    rule: &RuleChange,
) -> StoreResult<Option<OutboxRecord>> {
    for key in keys(series, rule) {
        let mut rows = outbox::by_identity(db, target, MEETING, &key)?.into_iter();
        if let Some(row) = rows.find(|row| row.state.is_open() && !row.state.needs_the_user()) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

pub(super) async fn is_on_its_way(cx: &Arc<Context>, row: &OutboxRecord, series: u64, rule: &RuleChange) -> bool {
    let (target, rule) = (row.target.clone(), rule.clone());
    let read = move |db: &Connection| Ok(on_its_way(db, &target, series, &rule)?.is_some());
    cx.store.read(read).await.unwrap_or_else(|error| {
        tracing::error!(%error, "what was decided of dates could not be read");
        true
    })
}

fn keys(series: u64, rule: &RuleChange) -> Vec<String> {
    rule.dates.iter().map(|date| date.key(series)).collect()
}

/// The dates as they were when Zoom made them anew: what was decided of one counts where it was carried out, and one
/// that was cancelled is none of them.
pub(super) fn settled(
    tx: &Transaction<'_>,
    target: &str,
    series: u64,
    rule: &RuleChange,
) -> StoreResult<Vec<KnownDate>> {
    let mut dates = Vec::with_capacity(rule.dates.len());
    for date in &rule.dates {
        let done = match &date.decided {
            Some(alone) => is_done(tx, target, &date.key(series), alone)?,
            None => false,
        };
        dates.extend(if done { date.as_decided() } else { Some(date.as_zoom_had_it()) });
    }
    Ok(dates)
}

fn is_done(tx: &Transaction<'_>, target: &str, key: &str, alone: &Alone) -> StoreResult<bool> {
    let rows = outbox::by_identity(tx, target, MEETING, key)?;
    let last = rows.iter().rfind(|row| row.state == OutboxState::Done && row.action != OutboxAction::Create);
    Ok(last.is_some_and(|row| match alone {
        Alone::Cancelled {} => row.action == OutboxAction::Delete,
        Alone::Moved { start_utc_ms, .. } => {
            let edit = MeetingEdit::read(&row.payload_json).filter(|_| row.action == OutboxAction::Update);
            edit.is_some_and(|edit| edit.fields.start_utc_ms == *start_utc_ms)
        }
    }))
}

impl Deciding {
    /// What still asked the user about a date that is no more is asked no longer.
    pub(super) fn moot(&self, tx: &Transaction<'_>, target: &str, series: u64, rule: &RuleChange) -> StoreResult<()> {
        for key in keys(series, rule) {
            for row in outbox::by_identity(tx, target, MEETING, &key)?.iter().filter(|row| row.state.needs_the_user()) {
                self.give_way(tx, row)?;
            }
        }
        Ok(())
    }
}
