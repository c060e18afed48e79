//! Who came, person by person, from the local copy alone.

use std::collections::BTreeSet;

use liaison_domain::attendance::{Attendee, Role};
use liaison_domain::{LinkBasis, email, text};
use liaison_store::tables::folded;
use liaison_store::tables::links::{self, LinkRecord};
use liaison_store::tables::people::{self as store_people, PersonRecord};
use liaison_store::tables::webinar_registrants::RegistrantRecord;
use liaison_store::tables::webinar_sessions as sessions;
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, StoreResult, Transaction};
use uuid::Uuid;

use super::gather::{self, Came, name_of};
use super::pull::attendance::Withheld;
use super::stored::SEEN;
use super::view::{AttendanceFilter, AttendanceList, AttendanceRow, AttendanceSession, AttendanceState, Presence};
use crate::engine::Engine;
use crate::failure::Error;
use crate::people;
use crate::terms::{Tag, UtcMs};

const MOST_ROWS: u32 = 200;
const MAX_QUERY: usize = 200;
const MINUTE_MS: i64 = 60_000;

impl Engine {
    /// A page of who came and who did not: unknown people first, for they ask for a look.
    ///
    /// # Errors
    /// [`Error::Gone`] without the webinar.
    pub async fn list_attendance(
        &self,
        webinar: String,
        filter: AttendanceFilter,
        offset: u32,
        limit: u32,
    ) -> Result<AttendanceList, Error> {
        let cx = self.profile().await?;
        let (now_ms, missing) = (cx.now_ms(), cx.state::<Withheld>().of(&webinar));
        let list = cx.store.read(move |db| match webinars::get(db, &webinar)? {
            Some(record) => {
                let state = state(db, &record, missing.is_some(), now_ms)?;
                let list = list(db, &record, &filter, offset, limit.min(MOST_ROWS), state)?;
                let scope = missing.filter(|scope| state == AttendanceState::NoRight && !scope.is_empty());
                Ok(Some(AttendanceList { scope, ..list }))
            }
            None => Ok(None),
        });
        list.await?.ok_or(Error::Gone)
    }

    /// The user says who somebody was that nobody knew, or takes it back. It is remembered: no later reading of Zoom's
    /// list undoes it.
    ///
    /// # Errors
    /// [`Error::Gone`] without the person; [`Error::TooLate`] where Zoom has told who it was.
    pub async fn link_attendee(&self, webinar: String, attendee: String, person: Option<String>) -> Result<(), Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        cx.store.write(move |tx| link(tx, &webinar, &attendee, person.as_deref(), now_ms)).await??;
        cx.changed(&[Tag::Webinars]);
        Ok(())
    }
}

fn list(
    db: &Connection,
    record: &WebinarRecord,
    filter: &AttendanceFilter,
    offset: u32,
    limit: u32,
    state: AttendanceState,
) -> StoreResult<AttendanceList> {
    if matches!(state, AttendanceState::NotYet | AttendanceState::Waiting | AttendanceState::NoRight) {
        return Ok(AttendanceList {
            rows: Vec::new(),
            total: 0,
            attended: 0,
            on_demand: 0,
            absent: 0,
            unknown: 0,
            staff: 0,
            state,
            scope: None,
            as_of: None,
            funnel: None,
        });
    }
    let came = gather::came(db, record)?;
    let count = |presence: Presence| {
        u32::try_from(came.people.iter().filter(|one| came.presence(one) == presence).count()).unwrap_or(0)
    };
    let words = folded(&text::single_line(&filter.query, MAX_QUERY));
    let mut chosen: Vec<(String, &Attendee)> = came
        .people
        .iter()
        .filter(|one| filter.presence.is_none_or(|presence| presence == came.presence(one)))
        .map(|one| (folded(&format!("{} {}", name(&came, one), address(&came, one).unwrap_or_default())), one))
        .filter(|(named, _)| words.split(' ').all(|word| named.contains(word)))
        .collect();
    chosen.sort_by(|one, other| (place(one.1.role), &one.0).cmp(&(place(other.1.role), &other.0)));
    let page: Vec<&Attendee> = chosen.iter().skip(offset as usize).take(limit as usize).map(|(_, one)| *one).collect();
    let addresses: Vec<String> = page.iter().filter_map(|one| address(&came, one)).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let owners = gather::owners(db, &addresses)?;
    let owned = |address: &str| owners.get(&email::folded(address)).map(Vec::as_slice).unwrap_or_default();
    let mut rows = Vec::with_capacity(page.len());
    for one in page {
        let mut row = row(record, &came, one, owned);
        if let Some(link) = one.sessions.iter().find_map(|place| came.linked.get(place)) {
            let person = store_people::person(db, &store_people::successor(db, &link.person_id())?)?;
            row.person = person.filter(|person| !person.deleted).map(people::hit);
            row.linked = true;
            if row.registrant.is_none() {
                row.name = text::single_line(&link.record_name, people::MAX_NAME);
            }
        }
        rows.push(row);
    }
    Ok(AttendanceList {
        rows,
        total: u32::try_from(chosen.len()).unwrap_or(u32::MAX),
        attended: count(Presence::Attended),
        on_demand: count(Presence::OnDemand),
        absent: count(Presence::Absent),
        unknown: count(Presence::Unknown),
        staff: count(Presence::Staff),
        state,
        scope: None,
        as_of: sessions::instances(db, &record.key)?.iter().filter_map(|one| one.read_utc_ms).min().map(UtcMs),
        funnel: Some(came.funnel()),
    })
}

fn state(db: &Connection, record: &WebinarRecord, withheld: bool, now_ms: i64) -> StoreResult<AttendanceState> {
    let instances = sessions::instances(db, &record.key)?;
    let dates = webinars::dates(db, &record.key)?;
    let begun = gather::spans(record, &dates).into_iter().any(|(start, _)| start < now_ms);
    let read = instances.iter().filter(|one| one.digest.is_some()).count();
    Ok(if read == 0 {
        match (begun, withheld) {
            (false, _) => AttendanceState::NotYet,
            (true, true) => AttendanceState::NoRight,
            (true, false) => AttendanceState::Waiting,
        }
    } else if instances.iter().all(|one| one.settled) {
        AttendanceState::Settled
    } else {
        AttendanceState::Provisional
    })
}

fn place(role: Role) -> u8 {
    match role {
        Role::Unknown => 0,
        Role::Attended => 1,
        Role::Absent => 2,
        Role::Staff => 3,
    }
}

pub(super) fn name(came: &Came, one: &Attendee) -> String {
    let registered = one.registrant.map(|place| name_of(&came.registrants[place])).filter(|name| !name.is_empty());
    let used = || one.sessions.iter().find_map(|place| came.sessions[*place].name.clone());
    registered.or_else(used).unwrap_or_default()
}

pub(super) fn address(came: &Came, one: &Attendee) -> Option<String> {
    let registered = one.registrant.and_then(|place| came.registrants[place].email.clone());
    registered.or_else(|| one.sessions.iter().find_map(|place| came.sessions[*place].email.clone()))
}

/// The one that a row of the list names.
pub(super) fn named<'a>(came: &'a Came, webinar: &str, id: &str) -> Option<&'a Attendee> {
    came.people.iter().find(|one| row_id(webinar, came, one) == id)
}

fn row_id(webinar: &str, came: &Came, one: &Attendee) -> String {
    let seen = || one.sessions.first().map(|place| gather::seen_key(webinar, &came.sessions[*place]));
    one.registrant.map(|place| came.registrants[place].key.clone()).or_else(seen).unwrap_or_default()
}

/// Somebody who came, and whom the user has told who they were: a link for each way in which Zoom may name them.
fn link(
    tx: &Transaction<'_>,
    webinar: &str,
    attendee: &str,
    person: Option<&str>,
    now_ms: i64,
) -> StoreResult<Result<(), Error>> {
    let Some(record) = webinars::get(tx, webinar)? else { return Ok(Err(Error::Gone)) };
    let came = gather::came(tx, &record)?;
    let Some(one) = named(&came, webinar, attendee) else { return Ok(Err(Error::Gone)) };
    let linked = one.sessions.iter().any(|place| came.linked.contains_key(place));
    if one.role != Role::Unknown && !linked {
        // Zoom has told who it was.
        return Ok(Err(Error::TooLate));
    }
    let person = match person {
        None => None,
        Some(id) => {
            let found = store_people::person(tx, &store_people::successor(tx, id)?)?;
            let Some(found) = found.filter(|person| !person.deleted) else { return Ok(Err(Error::Gone)) };
            Some(found)
        }
    };
    let keys: BTreeSet<String> =
        one.sessions.iter().map(|place| gather::seen_key(webinar, &came.sessions[*place])).collect();
    for zoom_key in keys {
        for link in links::links_for(tx, SEEN, &zoom_key)? {
            links::remove(tx, &link.id)?;
        }
        if let Some(person) = &person {
            let link = LinkRecord {
                id: Uuid::now_v7().to_string(),
                zoom_kind: SEEN.to_owned(),
                zoom_key,
                record_kind: person.record,
                record_id: person.salesforce_id.clone(),
                record_name: person.name.clone(),
                basis: LinkBasis::Manual,
                reason: String::new(),
                created_utc_ms: now_ms,
            };
            links::insert_link(tx, &link)?;
        }
    }
    Ok(Ok(()))
}

/// For how long somebody was there whom the user has said to have come; nothing of anybody else.
pub(crate) fn seen_minutes(db: &Connection, record: &WebinarRecord, person: &str) -> StoreResult<Option<u32>> {
    let own = format!("{}:", record.key);
    let of_webinar = |link: &LinkRecord| link.zoom_kind == SEEN && link.zoom_key.starts_with(&own);
    let Some((_, salesforce)) = person.split_once(':') else { return Ok(None) };
    // Seldom: to merge everybody who came is only worth it then.
    if !links::links_of_record(db, salesforce)?.iter().any(of_webinar) {
        return Ok(None);
    }
    let came = gather::came(db, record)?;
    let is_theirs = |one: &&Attendee| {
        one.sessions.iter().any(|place| came.linked.get(place).is_some_and(|link| link.person_id() == person))
    };
    let minutes = |one: &Attendee| u32::try_from(one.inside_ms / MINUTE_MS).unwrap_or(u32::MAX).max(1);
    Ok(came.people.iter().find(is_theirs).map(minutes))
}

fn row<'a>(
    record: &WebinarRecord,
    came: &Came,
    one: &Attendee,
    owned: impl Fn(&str) -> &'a [PersonRecord],
) -> AttendanceRow {
    let seconds = |seconds: i64| u32::try_from(seconds).unwrap_or_default();
    let sessions = one.sessions.iter().map(|place| &came.sessions[*place]);
    let email = address(came, one);
    let owned = email.as_deref().map(owned).unwrap_or_default();
    let registrant = one.registrant.map(|place| &came.registrants[place]);
    AttendanceRow {
        id: row_id(&record.key, came, one),
        linked: false,
        presence: came.presence(one),
        doubtful: came.is_doubtful(one),
        name: name(came, one),
        person: owned.first().filter(|_| owned.len() == 1).cloned().map(people::hit),
        several: owned.len() > 1,
        email,
        registrant: registrant.map(|one| one.registrant_id.clone()),
        seconds: seconds(one.inside_ms / 1_000),
        first_join: sessions.clone().filter_map(|one| one.join_utc_ms).min().map(UtcMs),
        last_leave: sessions.clone().filter_map(|one| one.leave_utc_ms).max().map(UtcMs),
        sessions: sessions
            .map(|one| AttendanceSession {
                name: one.name.clone().unwrap_or_default(),
                user_id: one.user_id.clone(),
                join: one.join_utc_ms.map(UtcMs),
                leave: one.leave_utc_ms.map(UtcMs),
                seconds: seconds(one.seconds),
            })
            .collect(),
        namesakes: one.namesakes.iter().map(|place| namesake(&came.registrants[*place])).collect(),
    }
}

/// A registrant as people would say whom they mean.
fn namesake(one: &RegistrantRecord) -> String {
    let address = one.email.as_deref().filter(|address| !address.is_empty());
    address.map_or_else(|| name_of(one), |address| format!("{} <{address}>", name_of(one)))
}
