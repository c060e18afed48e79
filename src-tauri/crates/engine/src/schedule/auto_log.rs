//! What is logged without a click: meetings that were made elsewhere and are with somebody who is known by their exact
//! address, once the user's rule is chosen.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_domain::{LinkBasis, email};
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction};
use liaison_store::tables::{accounts, links, people, records_pushed};
use liaison_store::{Connection, StoreResult};

use super::attendees::has_address;
use super::change::Deciding;
use crate::context::Context;
use crate::failure::Error;
use crate::outbox::event::rows::accounts as accounts_of;
use crate::outbox::event::{EVENT, Place};
use crate::outbox::kind::MEETING;
use crate::outbox::target::Target;
use crate::people::are_read;
use crate::pull::{Pull, Pulled, Rhythm, Seen};
use crate::session::settings;
use crate::terms::{Provider, Tag};

const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::minutes(4), watched: TimeDelta::minutes(4), unwatched: TimeDelta::minutes(20) };
/// What is farther ahead waits: a series would fill the calendar for a year.
const AHEAD: TimeDelta = TimeDelta::days(7);
/// What ended longer ago is past.
const JUST_OVER: TimeDelta = TimeDelta::days(1);

/// Logs what the rule means. Nothing is asked of Salesforce.
pub(crate) struct Logging;

impl Pull for Logging {
    fn name(&self) -> &'static str {
        "meeting-logging"
    }

    fn service(&self) -> Provider {
        Provider::Salesforce
    }

    fn tag(&self) -> Tag {
        Tag::Meetings
    }

    fn compares(&self) -> bool {
        true
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        // It costs the organisation nothing by itself.
        Some(Seen { sparing: None, ..seen.clone() }.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(async move {
            let deciding = Deciding::of(cx);
            let now_ms = deciding.now_ms;
            if cx.store.read(move |db| meant(db, now_ms)).await?.is_empty() {
                return Ok(Pulled::default());
            }
            let logged = cx
                .store
                .write(move |tx| {
                    // Read anew: the user may have logged one meanwhile, or given the rule up.
                    match meant(tx, now_ms)?.as_slice() {
                        [] => Ok(false),
                        [one] => Ok(deciding.log(tx, one, None)?.is_ok()),
                        several => Ok(deciding.log_many(tx, several)?.is_ok_and(|logged| logged.logged > 0)),
                    }
                })
                .await?;
            if logged {
                cx.outbox_changed();
            }
            Ok(Pulled { news: logged, ..Pulled::default() })
        })
    }
}

/// The meetings that the rule logs now; none while it is off.
fn meant(db: &Connection, now_ms: i64) -> StoreResult<Vec<String>> {
    let Some(chosen_ms) = settings::auto_log_meetings_since(db)? else { return Ok(Vec::new()) };
    let Some((target, zoom)) = accounts_of(db)? else { return Ok(Vec::new()) };
    if !are_read(db)? {
        return Ok(Vec::new());
    }
    let own = accounts::get(db, Provider::Zoom)?.and_then(|account| account.email);
    let from = chosen_ms.max(now_ms - JUST_OVER.num_milliseconds());
    let mut ids = Vec::new();
    for record in meetings::meetings_between(db, from, now_ms + AHEAD.num_milliseconds())? {
        let place = Place::new(target.clone(), Target::organisation(&zoom.key), &record.key, "");
        if is_with_somebody_known(db, &record, own.as_deref())?
            && is_undecided(db, &record)?
            && records_pushed::get(db, &place.target.key, &place.identity)?.is_none()
        {
            ids.push(record.key);
        }
    }
    Ok(ids)
}

/// Somebody from outside is invited who is a Lead or Contact. An address that several have is left to the user.
fn is_with_somebody_known(db: &Connection, record: &MeetingRecord, own: Option<&str>) -> StoreResult<bool> {
    let invited = record.invitees.iter().flatten().map(|invitee| invitee.email.as_str());
    let outside: Vec<&str> =
        invited.filter(|address| own.is_none_or(|own| !email::are_colleagues(own, address))).collect();
    if outside.is_empty() {
        return Ok(false);
    }
    let mut known = people::people_by_email(db, &outside)?;
    known.retain(|person| person.converted_to.is_none());
    let of = |address: &&str| known.iter().filter(|person| has_address(person, address)).count();
    Ok(outside.iter().all(|address| of(address) <= 1) && outside.iter().any(|address| of(address) == 1))
}

/// Nobody has said anything of it here: what was planned here was logged or not as its sheet said, and what was taken
/// back, given up or is to be cancelled is not logged again.
fn is_undecided(db: &Connection, record: &MeetingRecord) -> StoreResult<bool> {
    if links::links_for(db, "meeting", &record.key)?.iter().any(|link| link.basis != LinkBasis::Email) {
        return Ok(false);
    }
    for subject in std::iter::once(record.key.clone()).chain(record.series_key()) {
        let rows = outbox::by_subject(db, &subject)?;
        if rows.iter().any(|row| row.kind == EVENT || row.kind == MEETING && row.action == OutboxAction::Delete) {
            return Ok(false);
        }
    }
    Ok(true)
}
