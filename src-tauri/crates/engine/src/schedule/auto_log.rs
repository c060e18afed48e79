//! What is logged without a click: meetings that were made elsewhere and are with somebody who is known by their exact
//! address, once the user's rule is chosen.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_domain::{LinkBasis, email};
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::{accounts, links, records_pushed};
use liaison_store::{Connection, StoreResult};

use super::attendees::{has_address, link_where_free};
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
                    let meant = meant(tx, now_ms)?;
                    for one in &meant {
                        link_where_free(tx, &one.key, &one.people, now_ms)?;
                    }
                    let keys: Vec<String> = meant.into_iter().map(|one| one.key).collect();
                    match keys.as_slice() {
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

/// A meeting that the rule logs, and with whom: a colleague who is invited as well, and stands in Salesforce, has no part
/// in it.
struct Meant {
    key: String,
    people: Vec<PersonRecord>,
}

/// The meetings that the rule logs now; none while it is off.
fn meant(db: &Connection, now_ms: i64) -> StoreResult<Vec<Meant>> {
    let Some(chosen_ms) = settings::auto_log_meetings_since(db)? else { return Ok(Vec::new()) };
    let Some((target, zoom)) = accounts_of(db)? else { return Ok(Vec::new()) };
    if !are_read(db)? {
        return Ok(Vec::new());
    }
    let own = accounts::get(db, Provider::Zoom)?.and_then(|account| account.email);
    let from = chosen_ms.max(now_ms - JUST_OVER.num_milliseconds());
    let mut all = Vec::new();
    for record in meetings::meetings_between(db, from, now_ms + AHEAD.num_milliseconds())? {
        let people = known_guests(db, &record, own.as_deref())?;
        if !people.is_empty() && is_undecided(db, &record, &target, &zoom)? {
            all.push(Meant { key: record.key, people });
        }
    }
    Ok(all)
}

/// Who is invited from outside and is a Lead or Contact. With an address that several have the whole meeting is left to
/// the user.
fn known_guests(db: &Connection, record: &MeetingRecord, own: Option<&str>) -> StoreResult<Vec<PersonRecord>> {
    let invited = record.invitees.iter().flatten().map(|invitee| invitee.email.as_str());
    let outside: Vec<&str> =
        invited.filter(|address| own.is_none_or(|own| !email::are_colleagues(own, address))).collect();
    if outside.is_empty() {
        return Ok(Vec::new());
    }
    let mut known = people::people_by_email(db, &outside)?;
    known.retain(|person| person.converted_to.is_none());
    let mut guests: Vec<PersonRecord> = Vec::new();
    for address in outside {
        let mut having = known.iter().filter(|person| has_address(person, address));
        let Some(one) = having.next() else { continue };
        if having.next().is_some() {
            return Ok(Vec::new());
        }
        if guests.iter().all(|guest| guest.id != one.id) {
            guests.push(one.clone());
        }
    }
    Ok(guests)
}

/// Nobody has said anything of it here: what was planned here was logged or not as its sheet said, and what was taken
/// back, given up or is to be cancelled is not logged again.
fn is_undecided(db: &Connection, record: &MeetingRecord, target: &Target, zoom: &Target) -> StoreResult<bool> {
    for key in keys_of(db, record)? {
        let place = Place::new(target.clone(), Target::organisation(&zoom.key), &key, "");
        let chosen = links::links_for(db, "meeting", &key)?.iter().any(|link| link.basis != LinkBasis::Email);
        if chosen || is_in_outbox(db, &key)? || records_pushed::get(db, &place.target.key, &place.identity)?.is_some() {
            return Ok(false);
        }
    }
    if let Some(series) = record.series_key()
        && is_in_outbox(db, &series)?
    {
        return Ok(false);
    }
    Ok(!is_planned_here(db, record, zoom)?)
}

/// Its key, and those that the same date of its series had before somebody gave the series another rule in Zoom: what is
/// known of it hangs on these until the second look at them.
fn keys_of(db: &Connection, record: &MeetingRecord) -> StoreResult<Vec<String>> {
    let mut keys = vec![record.key.clone()];
    if record.occurrence_id.is_some() {
        let is_same = |date: &MeetingRecord| {
            date.occurrence_id.is_some() && date.key != record.key && date.start_utc_ms == record.start_utc_ms
        };
        let dates = meetings::by_meeting_id(db, record.meeting_id)?;
        keys.extend(dates.into_iter().filter(is_same).map(|date| date.key));
    }
    Ok(keys)
}

fn is_in_outbox(db: &Connection, subject: &str) -> StoreResult<bool> {
    let rows = outbox::by_subject(db, subject)?;
    Ok(rows.iter().any(|row| row.kind == EVENT || row.kind == MEETING && row.action == OutboxAction::Delete))
}

/// A meeting carries it in Zoom when it was planned on another computer, or its row has not heard from Zoom yet; the row
/// tells it where Zoom keeps nothing of the kind.
fn is_planned_here(db: &Connection, record: &MeetingRecord, zoom: &Target) -> StoreResult<bool> {
    Ok(record.linked_ids.is_some() || outbox::has_made(db, &zoom.key, MEETING, &record.meeting_id.to_string())?)
}
