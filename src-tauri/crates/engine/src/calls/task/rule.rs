//! What is written without a click: calls that the user's rule logs, and what Zoom tells late of a call that is logged.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_domain::calls::Outcome;
use liaison_store::tables::call_tasks::{self, Maker};
use liaison_store::tables::calls::{self as table, Between, CallRow, Chip, Standing};
use liaison_store::tables::outbox;
use liaison_store::{Connection, StoreError, StoreResult, Transaction};

use super::compose::Composer;
use super::decide;
use super::fields::TaskFields;
use super::follow::{Bringing, Written};
use super::{TASK, state};
use crate::calls::pull::RHYTHM;
use crate::calls::rows;
use crate::calls::view::AutoLogPreview;
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::{Pull, Pulled, Seen};
use crate::session::settings;
use crate::terms::{Provider, Tag};

/// Shorter calls said nothing.
const LONGER_THAN_S: i64 = 30;
/// Others that log calls get so long to do it first.
const OTHERS_FIRST: TimeDelta = TimeDelta::minutes(2);
/// How far back the rule, and what follows late, looks.
const REACH: TimeDelta = TimeDelta::days(7);
const MOST: u32 = 1_000;
/// Rows of the preview that are shown.
const MOST_SHOWN: usize = 50;

impl Engine {
    /// What the rule would have logged in the last seven days, whether or not it is chosen.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn auto_log_preview(&self) -> Result<AutoLogPreview, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let preview = cx
            .store
            .read(move |db| {
                let since = Between { from_utc_ms: now_ms - REACH.num_milliseconds(), to_utc_ms: i64::MAX };
                let week = table::list(db, Chip::All, since, 0, MOST)?;
                let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
                let of = size(week.len());
                let mut fitting: Vec<CallRow> = week.into_iter().filter(fits).collect();
                let calls = size(fitting.len());
                fitting.truncate(MOST_SHOWN);
                let mut shown = rows::rows(db, &fitting, now_ms)?;
                state::mark(db, &mut shown)?;
                Ok(AutoLogPreview { calls, of, rows: shown })
            })
            .await?;
        Ok(preview)
    }
}

/// Linked, answered, longer than thirty seconds.
fn fits(row: &CallRow) -> bool {
    let call = &row.call;
    row.standing == Standing::Linked
        && call.complete
        && !call.internal
        && Outcome::named(&call.outcome) == Outcome::Answered
        && call.talk_s.saturating_add(call.hold_s) > LONGER_THAN_S
}

/// Writes what is to be written without a click. Nothing is asked of Salesforce.
pub(crate) struct Logging;

impl Pull for Logging {
    fn name(&self) -> &'static str {
        "logging"
    }

    fn service(&self) -> Provider {
        Provider::Salesforce
    }

    fn tag(&self) -> Tag {
        Tag::Calls
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        // It costs the organisation nothing by itself.
        Some(Seen { sparing: None, ..seen.clone() }.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(async move {
            let composer = Composer::of(cx);
            let late = {
                let composer = composer.clone();
                cx.store.read(move |db| late(db, &composer)).await?
            };
            let written = cx
                .store
                .write(move |tx| {
                    let written = by_rule(tx, &composer)?;
                    follow(tx, &composer, late).map(|followed| written || followed)
                })
                .await?;
            if written {
                cx.outbox_changed();
            }
            Ok(Pulled { news: written, ..Pulled::default() })
        })
    }
}

fn by_rule(tx: &Transaction<'_>, composer: &Composer) -> StoreResult<bool> {
    let Some(chosen_ms) = settings::auto_log_since(tx)? else { return Ok(false) };
    let now_ms = composer.now_ms;
    let mut ids = Vec::new();
    for row in table::unlogged_since(tx, chosen_ms.max(now_ms - REACH.num_milliseconds()), MOST)? {
        let over = row.call.end_utc_ms.is_some_and(|end| end + OTHERS_FIRST.num_milliseconds() <= now_ms);
        // What the user has taken back, or given up, is not logged again.
        let untouched =
            || -> StoreResult<bool> { Ok(outbox::by_subject(tx, &row.call.key)?.iter().all(|row| row.kind != TASK)) };
        if over && fits(&row) && untouched()? {
            ids.push(row.call.key);
        }
    }
    if ids.is_empty() {
        return Ok(false);
    }
    Ok(decide::log_many(tx, composer, &ids)?.is_ok_and(|logged| logged.logged > 0))
}

/// A logged call of which Zoom tells something else now.
struct Late {
    call_key: String,
    person_name: Option<String>,
    fields: TaskFields,
}

fn late(db: &Connection, composer: &Composer) -> StoreResult<Vec<Late>> {
    let mut late = Vec::new();
    for row in table::logged_since(db, composer.now_ms - REACH.num_milliseconds(), MOST)? {
        if call_tasks::get(db, &row.call.key)?.is_none_or(|task| task.maker != Maker::Own) {
            continue;
        }
        let Ok(now) = composer.task(db, &row)? else { continue };
        let Some(wanted) = Written::read(db, &row.call.key)?.ok().and_then(|written| written.wanted()) else {
            continue;
        };
        if let Some(fields) = told_late(&wanted, &now) {
            late.push(Late { call_key: row.call.key, person_name: row.record_name, fields });
        }
    }
    Ok(late)
}

/// What Zoom tells, and nothing of the user's: the note and the rest stay as they were written.
fn told_late(wanted: &TaskFields, now: &TaskFields) -> Option<TaskFields> {
    let seconds = |fields: &TaskFields| fields.call.as_ref().map(|call| call.seconds);
    let facts = wanted.facts != now.facts && !wanted.edited;
    if !facts && seconds(wanted) == seconds(now) {
        return None;
    }
    let mut fields = wanted.clone();
    if facts {
        fields.facts.clone_from(&now.facts);
    }
    fields.take("CallDurationInSeconds", now);
    Some(fields)
}

fn follow(tx: &Transaction<'_>, composer: &Composer, late: Vec<Late>) -> StoreResult<bool> {
    let mut followed = false;
    for Late { call_key, person_name, fields } in late {
        let Ok(written) = Written::read(tx, &call_key)? else { continue };
        let bringing =
            Bringing { fields, person_name: person_name.as_deref(), now_ms: composer.now_ms, hold_ms: 0, quiet: true };
        match written.bring(tx, bringing) {
            Ok(row) => followed |= row.is_some(),
            // It is under way; the next round finds it.
            Err(StoreError::WrongState { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(followed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::task::fields::tests::fields;

    #[test]
    fn what_comes_late_changes_only_what_zoom_tells() {
        let wanted = fields();
        let mut now = TaskFields { note: "typed since".to_owned(), subject: "Other".to_owned(), ..fields() };
        assert_eq!(told_late(&wanted, &now), None, "the user's own words wait for the user");
        now.facts = "06 12345678\nZoom recording r1\nZoom 7018".to_owned();
        let late = told_late(&wanted, &now).unwrap();
        assert_eq!(late, TaskFields { facts: now.facts.clone(), ..wanted.clone() });
        let edited = TaskFields { facts: String::new(), edited: true, ..wanted };
        assert_eq!(told_late(&edited, &now), None, "what was edited away stays away");
    }
}
