//! Who takes part in a meeting that is there: the people it is linked to, and further addresses.

use liaison_domain::{LinkBasis, RecordKind, email};
use liaison_store::tables::links;
use liaison_store::tables::meetings::MeetingRecord;
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::{Connection, StoreResult, Transaction};

use crate::meetings::kept_links;

/// The people of a meeting as its sheet shows them.
pub(super) struct Attendees {
    pub people: Vec<PersonRecord>,
    /// Invited addresses that belong to none of them.
    pub emails: Vec<String>,
}

impl Attendees {
    pub fn of(people: Vec<PersonRecord>, invited: &[String]) -> Self {
        let of_them = |address: &&String| people.iter().any(|person| has_address(person, address));
        let emails = invited.iter().filter(|address| !of_them(address)).cloned().collect();
        Self { people, emails }
    }

    pub fn ids(&self) -> Vec<String> {
        self.people.iter().map(|person| person.id.clone()).collect()
    }
}

/// The people a meeting is linked to, as they are now.
pub(super) fn linked(db: &Connection, meeting_key: &str) -> StoreResult<Vec<PersonRecord>> {
    let mut all: Vec<PersonRecord> = Vec::new();
    for link in links::links_for(db, "meeting", meeting_key)? {
        for person in records(db, &[link.person_id()])? {
            if !all.iter().any(|known| known.id == person.id) {
                all.push(person);
            }
        }
    }
    Ok(all)
}

/// The people a meeting is linked to, as they are now; else those with an invited address, who are linked now.
pub(super) fn linked_or_invited(
    tx: &Transaction<'_>,
    record: &MeetingRecord,
    now_ms: i64,
) -> StoreResult<Vec<PersonRecord>> {
    let linked = linked(tx, &record.key)?;
    if !linked.is_empty() {
        return Ok(linked);
    }
    let invited = invited(tx, record)?;
    link_by_address(tx, &record.key, &invited, now_ms)?;
    Ok(invited)
}

/// Links a meeting to people with an invited address, if it is linked to nobody.
pub(super) fn link_where_free(
    tx: &Transaction<'_>,
    meeting_key: &str,
    people: &[PersonRecord],
    now_ms: i64,
) -> StoreResult<()> {
    if linked(tx, meeting_key)?.is_empty() { link_by_address(tx, meeting_key, people, now_ms) } else { Ok(()) }
}

fn link_by_address(tx: &Transaction<'_>, meeting_key: &str, people: &[PersonRecord], now_ms: i64) -> StoreResult<()> {
    for person in people {
        links::insert_link(tx, &kept_links::link(meeting_key, person, now_ms, LinkBasis::Email))?;
    }
    Ok(())
}

/// The people a meeting is linked to, as they are now; else those with an invited address.
pub(super) fn linked_or_known(db: &Connection, record: &MeetingRecord) -> StoreResult<Vec<PersonRecord>> {
    let linked = linked(db, &record.key)?;
    if linked.is_empty() { invited(db, record) } else { Ok(linked) }
}

/// Who has an invited address.
fn invited(db: &Connection, record: &MeetingRecord) -> StoreResult<Vec<PersonRecord>> {
    let addresses: Vec<&str> = record.invitees.iter().flatten().map(|invitee| invitee.email.as_str()).collect();
    let mut matching = people::people_by_email(db, &addresses)?;
    matching.retain(|person| !person.deleted && person.converted_to.is_none());
    let mut invited: Vec<PersonRecord> = Vec::new();
    for address in addresses {
        if invited.iter().any(|person| has_address(person, address)) {
            continue;
        }
        // Whose own address it is goes before who has it in a further field, and a Contact before a Lead.
        let rank = |person: &&PersonRecord| (!is_own(person, address), person.record == RecordKind::Lead);
        let found = matching.iter().filter(|person| has_address(person, address)).min_by_key(rank);
        invited.extend(found.cloned());
    }
    Ok(invited)
}

/// Links a meeting to exactly these people, of those whom its sheet has shown.
pub(super) fn link_to(
    tx: &Transaction<'_>,
    meeting_key: &str,
    before: &[String],
    after: &[String],
    now_ms: i64,
) -> StoreResult<()> {
    for link in links::links_for(tx, "meeting", meeting_key)? {
        let current = people::successor(tx, &link.person_id())?;
        if before.contains(&current) && !after.contains(&current) {
            links::remove(tx, &link.id)?;
        }
    }
    for person in records(tx, after)? {
        links::insert_link(tx, &kept_links::link(meeting_key, &person, now_ms, LinkBasis::Intent))?;
    }
    Ok(())
}

/// People by their ids, as they are now.
pub(super) fn records(db: &Connection, ids: &[String]) -> StoreResult<Vec<PersonRecord>> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(people::person(db, &people::successor(db, id)?)?.filter(|person| !person.deleted));
    }
    Ok(found)
}

fn is_own(person: &PersonRecord, address: &str) -> bool {
    person.email.as_deref().is_some_and(|own| email::folded(own) == email::folded(address))
}

pub(super) fn has_address(person: &PersonRecord, address: &str) -> bool {
    is_own(person, address) || person.more_emails.iter().any(|own| email::folded(own) == email::folded(address))
}
