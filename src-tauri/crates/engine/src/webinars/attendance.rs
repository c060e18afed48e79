//! Who came, person by person, from the local copy alone.

use liaison_domain::attendance::{Attendee, Role};
use liaison_domain::{email, text};
use liaison_store::tables::folded;
use liaison_store::tables::people::PersonRecord;
use liaison_store::tables::webinar_sessions::{self as sessions, InstanceRecord};
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, StoreResult};

use super::gather::{self, Came, name_of};
use super::view::{AttendanceFilter, AttendanceList, AttendanceRow, AttendanceSession, AttendanceState, Presence};
use crate::engine::Engine;
use crate::failure::Error;
use crate::people;
use crate::terms::UtcMs;

const MOST_ROWS: u32 = 200;
const MAX_QUERY: usize = 200;

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
        let now_ms = cx.now_ms();
        let list = cx.store.read(move |db| match webinars::get(db, &webinar)? {
            Some(record) => list(db, &record, &filter, offset, limit.min(MOST_ROWS), now_ms).map(Some),
            None => Ok(None),
        });
        list.await?.ok_or(Error::Gone)
    }
}

fn list(
    db: &Connection,
    record: &WebinarRecord,
    filter: &AttendanceFilter,
    offset: u32,
    limit: u32,
    now_ms: i64,
) -> StoreResult<AttendanceList> {
    let instances = sessions::instances(db, &record.key)?;
    let state = state(db, record, &instances, now_ms)?;
    if matches!(state, AttendanceState::NotYet | AttendanceState::Waiting) {
        return Ok(AttendanceList {
            rows: Vec::new(),
            total: 0,
            attended: 0,
            absent: 0,
            unknown: 0,
            staff: 0,
            state,
            as_of: None,
            funnel: None,
        });
    }
    let came = gather::came(db, record)?;
    let count = |role: Role| u32::try_from(came.people.iter().filter(|one| one.role == role).count()).unwrap_or(0);
    let words = folded(&text::single_line(&filter.query, MAX_QUERY));
    let mut chosen: Vec<(String, &Attendee)> = came
        .people
        .iter()
        .filter(|one| filter.presence.is_none_or(|presence| presence == presence_of(one.role)))
        .map(|one| (folded(&format!("{} {}", name(&came, one), address(&came, one).unwrap_or_default())), one))
        .filter(|(named, _)| words.split(' ').all(|word| named.contains(word)))
        .collect();
    chosen.sort_by(|one, other| (place(one.1.role), &one.0).cmp(&(place(other.1.role), &other.0)));
    let page: Vec<&Attendee> = chosen.iter().skip(offset as usize).take(limit as usize).map(|(_, one)| *one).collect();
    let addresses: Vec<String> = page.iter().filter_map(|one| address(&came, one)).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let owners = gather::owners(db, &addresses)?;
    let owner = |address: &str| match owners.get(&email::folded(address)).map(Vec::as_slice) {
        Some([person]) => Some(person.clone()),
        _ => None,
    };
    Ok(AttendanceList {
        rows: page.into_iter().map(|one| row(&came, one, &owner)).collect(),
        total: u32::try_from(chosen.len()).unwrap_or(u32::MAX),
        attended: count(Role::Attended),
        absent: count(Role::Absent),
        unknown: count(Role::Unknown),
        staff: count(Role::Staff),
        state,
        as_of: instances.iter().filter_map(|one| one.read_utc_ms).min().map(UtcMs),
        funnel: Some(came.funnel()),
    })
}

fn state(
    db: &Connection,
    record: &WebinarRecord,
    instances: &[InstanceRecord],
    now_ms: i64,
) -> StoreResult<AttendanceState> {
    let dates = webinars::dates(db, &record.key)?;
    let begun = gather::spans(record, &dates).into_iter().any(|(start, _)| start < now_ms);
    let read = instances.iter().filter(|one| one.digest.is_some()).count();
    Ok(if read == 0 {
        if begun { AttendanceState::Waiting } else { AttendanceState::NotYet }
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

fn presence_of(role: Role) -> Presence {
    match role {
        Role::Attended => Presence::Attended,
        Role::Absent => Presence::Absent,
        Role::Unknown => Presence::Unknown,
        Role::Staff => Presence::Staff,
    }
}

fn name(came: &Came, one: &Attendee) -> String {
    let registered = one.registrant.map(|place| name_of(&came.registrants[place])).filter(|name| !name.is_empty());
    let used = || one.sessions.iter().find_map(|place| came.sessions[*place].name.clone());
    registered.or_else(used).unwrap_or_default()
}

fn address(came: &Came, one: &Attendee) -> Option<String> {
    let registered = one.registrant.and_then(|place| came.registrants[place].email.clone());
    registered.or_else(|| one.sessions.iter().find_map(|place| came.sessions[*place].email.clone()))
}

fn row(came: &Came, one: &Attendee, owner: &impl Fn(&str) -> Option<PersonRecord>) -> AttendanceRow {
    let seconds = |seconds: i64| u32::try_from(seconds).unwrap_or_default();
    let sessions = one.sessions.iter().map(|place| &came.sessions[*place]);
    let email = address(came, one);
    let registrant = one.registrant.map(|place| &came.registrants[place]);
    let first = one.sessions.first().map(|place| format!("session:{place}"));
    AttendanceRow {
        id: registrant.map(|one| one.key.clone()).or(first).unwrap_or_default(),
        presence: presence_of(one.role),
        name: name(came, one),
        person: email.as_deref().and_then(owner).map(people::hit),
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
        namesakes: one.namesakes.iter().map(|place| came.registrants[*place].key.clone()).collect(),
    }
}
