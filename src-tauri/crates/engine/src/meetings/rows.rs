//! From stored records to what a row and the inspector show.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use liaison_domain::zones::Zone;
use liaison_domain::{MeetingKey, day, email, text, wall_time, zones};
use liaison_store::tables::accounts;
use liaison_store::tables::links::{self, LinkRecord};
use liaison_store::tables::meetings::{MeetingRecord, MeetingSecrets};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState as RowState};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::records_pushed;
use liaison_store::{Connection, StoreResult};
use secrecy::ExposeSecret;

use crate::failure::utc_ms;
use crate::meetings::view::{
    EventState, EventView, LinkState, LinkView, MeetingDetail, MeetingRow, PersonChip, Progress, TheirTime,
};
use crate::outbox::event::fields::without_password;
use crate::outbox::event::rows::accounts as accounts_of;
use crate::outbox::event::{EVENT, Place};
use crate::outbox::kind::{Kinds, MEETING};
use crate::outbox::listing::state_of_row;
use crate::outbox::target::Target;
use crate::outbox::view::{OutboxState, PendingChange};
use crate::people::view::RecordKind;
use crate::terms::{Provider, UtcMs};

/// People named in a row; the rest is a number.
const NAMED: usize = 2;
const MAX_NAME: usize = 200;
/// Working hours at the other side.
const FIRST_HOUR: u32 = 8;
const LAST_HOUR: u32 = 18;

/// What the records of a stretch refer to, read at once.
pub(super) struct References {
    links: HashMap<String, Vec<LinkRecord>>,
    people_by_email: HashMap<String, PersonRecord>,
    people_by_id: HashMap<String, PersonRecord>,
    outbox: HashMap<String, OutboxRecord>,
    /// Meetings whose Event another computer has made, or this one before it began anew, and when it was found.
    adopted: HashMap<String, i64>,
    /// What is on its way to Zoom.
    pending: HashMap<String, PendingChange>,
    own_address: Option<String>,
    /// The Leads and Contacts were read at least once.
    knows_people: bool,
}

impl References {
    pub fn of(db: &Connection, records: &[MeetingRecord], knows_people: bool, kinds: &Kinds) -> StoreResult<Self> {
        let keys: Vec<&str> = records.iter().map(|record| record.key.as_str()).collect();
        let emails: Vec<&str> = records
            .iter()
            .flat_map(|record| record.invitees.iter().flatten())
            .map(|invitee| invitee.email.as_str())
            .collect();
        let linked = links::links_for_many(db, "meeting", &keys)?;
        let ids: Vec<&str> = linked.iter().map(|link| link.record_id.as_str()).collect();
        let people_by_id = people::people_by_salesforce_id(db, &ids)?
            .into_iter()
            .map(|person| (person.salesforce_id.clone(), person))
            .collect();
        let mut people_by_email: HashMap<String, PersonRecord> = HashMap::new();
        for person in people::people_by_email(db, &emails)? {
            for address in person.email.iter().chain(&person.more_emails).map(|address| email::folded(address)) {
                // Somebody's own address goes before one in a further field, and then a Contact before a Lead: a
                // converted Lead is the Contact.
                let rank = |person: &PersonRecord| {
                    (
                        person.email.as_deref().map(email::folded).as_ref() != Some(&address),
                        person.record == RecordKind::Lead,
                    )
                };
                if people_by_email.get(&address).is_none_or(|known| rank(&person) < rank(known)) {
                    people_by_email.insert(address, person.clone());
                }
            }
        }
        let outbox: HashMap<String, OutboxRecord> = outbox::last_by_subject(db, EVENT, &keys)?
            .into_iter()
            // What was deleted is not there any more, and can be logged anew.
            .filter(|row| row.action != OutboxAction::Delete || row.state != RowState::Done)
            .map(|row| (row.subject_key.clone(), row))
            .collect();
        let without: Vec<&str> = keys.iter().copied().filter(|key| !outbox.contains_key(*key)).collect();
        let adopted = adopted(db, &without)?;
        // What is decided about a whole series is decided about each of its dates.
        let series: Vec<String> = records.iter().filter_map(MeetingRecord::series_key).collect();
        let keys: Vec<&str> = keys.iter().copied().chain(series.iter().map(String::as_str)).collect();
        let pending = outbox::last_by_subject(db, MEETING, &keys)?
            .into_iter()
            .filter_map(|row| Some((row.subject_key.clone(), kinds.named(&row.kind)?.pending(&row)?)))
            .collect();
        let mut by_meeting: HashMap<String, Vec<LinkRecord>> = HashMap::new();
        for link in linked {
            by_meeting.entry(link.zoom_key.clone()).or_default().push(link);
        }
        let own_address = accounts::get(db, Provider::Zoom)?.and_then(|account| account.email);
        Ok(Self {
            links: by_meeting,
            people_by_email,
            people_by_id,
            outbox,
            adopted,
            pending,
            own_address,
            knows_people,
        })
    }

    fn event_of(&self, key: &str) -> EventState {
        let adopted = || self.adopted.get(key).map_or(EventState::None, |at| EventState::Synced { at: UtcMs(*at) });
        self.outbox.get(key).map_or_else(adopted, event_state)
    }

    fn pending_of(&self, record: &MeetingRecord) -> Option<&PendingChange> {
        self.pending.get(&record.key).or_else(|| self.pending.get(&record.series_key()?))
    }

    fn is_colleague(&self, address: &str) -> bool {
        self.own_address.as_deref().is_some_and(|own| email::are_colleagues(own, address))
    }
}

pub(super) fn row(record: &MeetingRecord, references: &References, zone: Zone, now: DateTime<Utc>) -> MeetingRow {
    let start = DateTime::from_timestamp_millis(record.start_utc_ms.unwrap_or_default()).unwrap_or_default();
    let minutes = u32::try_from(record.minutes.max(1)).unwrap_or(1);
    let end = start + TimeDelta::minutes(i64::from(minutes));
    let everybody = people_of(record, references);
    let others = everybody.len().saturating_sub(NAMED);
    MeetingRow {
        id: record.key.clone(),
        topic: record.topic.clone(),
        start: utc_ms(start),
        end: utc_ms(end),
        minutes,
        spans_days: day::spans_days(start, end, zone),
        progress: progress(record, start, end, now),
        host: record.is_host,
        recurring: record.occurrence_id.is_some(),
        waiting_room: record.waiting_room,
        link: link_state(record, &everybody, references),
        event: references.event_of(&record.key),
        overlaps: false,
        their_time: their_time(record.timezone.as_deref(), start, end, zone),
        joinable: record.gone_utc_ms.is_none(),
        pending: references.pending_of(record).cloned(),
        people: everybody.into_iter().take(NAMED).collect(),
        others: u32::try_from(others).unwrap_or(u32::MAX),
    }
}

pub(super) fn detail(
    record: &MeetingRecord,
    secrets: Option<&MeetingSecrets>,
    references: &References,
    zone: Zone,
    now: DateTime<Utc>,
) -> MeetingDetail {
    let join_url = secrets.and_then(|secrets| secrets.join_url.as_ref()).map(ExposeSecret::expose_secret);
    let linked = references.links.get(&record.key).and_then(|links| links.first());
    let people = people_of(record, references);
    let unknown =
        people.iter().filter_map(|chip| unknown_address(chip, references)).filter(|_| references.knows_people);
    MeetingDetail {
        row: MeetingRow {
            joinable: record.gone_utc_ms.is_none() && join_url.is_some(),
            ..row(record, references, zone, now)
        },
        agenda: record.agenda.clone().unwrap_or_default(),
        number: MeetingKey::new(record.typed_number(), None).grouped_number(),
        join_link: join_url.and_then(without_password).map(|url| shown_link(&url)).unwrap_or_default(),
        has_passcode: has_passcode(record, secrets),
        unknown_people: unknown.map(|address| text::single_line(address, MAX_NAME)).collect(),
        people,
        linked: linked.map(|link| link_view(link, references)),
        event: references.outbox.get(&record.key).map(event_view),
        about: None,
        after: None,
    }
}

/// Only an answer that told everything also told that there is none.
fn has_passcode(record: &MeetingRecord, secrets: Option<&MeetingSecrets>) -> Option<bool> {
    let known = secrets.is_some_and(|secrets| secrets.passcode.is_some());
    (known || record.details_utc_ms.is_some()).then_some(known)
}

/// Without the scheme, as people write addresses.
fn shown_link(url: &str) -> String {
    url.split_once("://").map_or(url, |(_, rest)| rest).to_owned()
}

fn progress(record: &MeetingRecord, start: DateTime<Utc>, end: DateTime<Utc>, now: DateTime<Utc>) -> Progress {
    if record.gone_utc_ms.is_some() {
        Progress::Cancelled
    } else if end <= now {
        Progress::Past
    } else if start <= now {
        Progress::Running
    } else {
        Progress::Upcoming
    }
}

/// Events that are there without a row of the outbox that has made them.
fn adopted(db: &Connection, keys: &[&str]) -> StoreResult<HashMap<String, i64>> {
    let Some((target, zoom)) = accounts_of(db)? else { return Ok(HashMap::new()) };
    let place = |key: &str| Place::new(target.clone(), Target::organisation(&zoom.key), key, "").identity;
    let by_identity: HashMap<String, &str> = keys.iter().map(|key| (place(key), *key)).collect();
    let identities: Vec<&str> = by_identity.keys().map(String::as_str).collect();
    let there = records_pushed::get_many(db, &target.key, &identities)?.into_iter();
    Ok(there
        .filter(|pushed| pushed.kind == EVENT && pushed.deleted_there_utc_ms.is_none())
        .filter_map(|pushed| Some(((*by_identity.get(&pushed.ext_key)?).to_owned(), pushed.pushed_utc_ms)))
        .collect())
}

/// Linked people first, then invited ones, each address once.
fn people_of(record: &MeetingRecord, references: &References) -> Vec<PersonChip> {
    let mut chips: Vec<PersonChip> = references
        .links
        .get(&record.key)
        .into_iter()
        .flatten()
        .map(|link| match references.people_by_id.get(&link.record_id) {
            Some(person) => chip(person),
            None => PersonChip {
                person: Some(link.person_id()),
                name: text::single_line(&link.record_name, MAX_NAME),
                company: None,
                record: Some(link.record_kind),
                email: None,
            },
        })
        .collect();
    for invitee in record.invitees.iter().flatten() {
        let address = email::folded(&invitee.email);
        if chips.iter().any(|chip| chip.email.as_deref().map(email::folded).as_deref() == Some(address.as_str())) {
            continue;
        }
        chips.push(references.people_by_email.get(&address).map_or_else(
            || PersonChip {
                person: None,
                name: text::single_line(invitee.name.as_deref().unwrap_or(&invitee.email), MAX_NAME),
                company: None,
                record: None,
                email: Some(invitee.email.clone()),
            },
            chip,
        ));
    }
    chips
}

fn chip(person: &PersonRecord) -> PersonChip {
    PersonChip {
        person: Some(person.id.clone()),
        name: person.name.clone(),
        company: person.company.clone(),
        record: Some(person.record),
        email: person.email.clone(),
    }
}

/// The address of somebody outside who is in no Lead or Contact.
fn unknown_address<'a>(chip: &'a PersonChip, references: &References) -> Option<&'a str> {
    let address = chip.email.as_deref().filter(|_| chip.record.is_none())?;
    (!references.is_colleague(address)).then_some(address)
}

fn link_state(record: &MeetingRecord, everybody: &[PersonChip], references: &References) -> LinkState {
    if references.links.contains_key(&record.key) {
        LinkState::Linked
    } else if everybody.iter().any(|chip| unknown_address(chip, references).is_some()) {
        if references.knows_people { LinkState::NotLinked } else { LinkState::Unknown }
    } else if everybody.iter().any(|chip| chip.record.is_some()) {
        LinkState::Matched
    } else {
        LinkState::Internal
    }
}

fn their_time(planned_in: Option<&str>, start: DateTime<Utc>, end: DateTime<Utc>, zone: Zone) -> Option<TheirTime> {
    let theirs = zones::parse(planned_in?)?;
    let (here, there) = (start.with_timezone(&zone), start.with_timezone(&theirs));
    (here.naive_local() != there.naive_local()).then(|| TheirTime {
        zone: theirs.name().to_owned(),
        start: wall_time::written(start, theirs),
        end: wall_time::written(end, theirs),
        outside_hours: !(FIRST_HOUR..LAST_HOUR).contains(&there.hour()),
    })
}

fn link_view(link: &LinkRecord, references: &References) -> LinkView {
    let person = references.people_by_id.get(&link.record_id);
    LinkView {
        name: text::single_line(person.map_or(&link.record_name, |person| &person.name), MAX_NAME),
        company: person.and_then(|person| person.company.clone()),
        record: link.record_kind,
        basis: link.basis,
        at: UtcMs(link.created_utc_ms),
    }
}

fn event_state(row: &OutboxRecord) -> EventState {
    match state_of_row(row) {
        OutboxState::Held { until } => EventState::Held { until },
        OutboxState::Waiting { .. } | OutboxState::Behind { .. } => EventState::Waiting,
        OutboxState::Sending => EventState::Sending,
        OutboxState::Sent { at } => EventState::Synced { at },
        OutboxState::NeedsYou { .. } => EventState::NeedsYou,
        OutboxState::Discarded { .. } => EventState::Discarded,
    }
}

fn event_view(row: &OutboxRecord) -> EventView {
    EventView {
        item: row.op_id.clone(),
        subject: text::single_line(&row.title, MAX_NAME),
        state: event_state(row),
        can_open: row.record_id.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use liaison_zoom::MeetingId;
    use secrecy::SecretString;

    use super::*;
    use crate::meetings::pull::blank;

    #[test]
    fn what_no_answer_told_is_not_shown_as_off() {
        let amsterdam = zones::parse("Europe/Amsterdam").unwrap();
        let now: DateTime<Utc> = "2026-12-01T09:00:00Z".parse().unwrap();
        let references = References {
            links: HashMap::new(),
            people_by_email: HashMap::new(),
            people_by_id: HashMap::new(),
            outbox: HashMap::new(),
            adopted: HashMap::new(),
            pending: HashMap::new(),
            own_address: None,
            knows_people: false,
        };
        let shown = |details_utc_ms, waiting_room, passcode: Option<&str>| {
            let listed = blank(MeetingId(82_440_633_900), Some("Demo"), None, 0);
            let record = MeetingRecord { waiting_room, details_utc_ms, ..listed };
            let secrets = MeetingSecrets { passcode: passcode.map(SecretString::from), ..MeetingSecrets::default() };
            let detail = detail(&record, Some(&secrets), &references, amsterdam, now);
            (detail.row.waiting_room, detail.has_passcode)
        };
        assert_eq!(shown(None, None, None), (None, None), "a list alone told it");
        assert_eq!(shown(None, None, Some("471108")), (None, Some(true)), "the list of the coming day tells passcodes");
        assert_eq!(shown(Some(0), Some(false), None), (Some(false), Some(false)));
        assert_eq!(shown(Some(0), Some(true), Some("471108")), (Some(true), Some(true)));
        assert_eq!(shown(Some(0), None, None), (None, Some(false)), "the answer left the waiting room out");
    }

    #[test]
    fn a_meeting_planned_elsewhere_says_its_own_wall_times() {
        let amsterdam = zones::parse("Europe/Amsterdam").unwrap();
        let start: DateTime<Utc> = "2026-12-01T02:30:00Z".parse().unwrap();
        let theirs = |planned_in| their_time(planned_in, start, start + TimeDelta::minutes(45), amsterdam);
        assert_eq!(
            theirs(Some("America/Vancouver")),
            Some(TheirTime {
                zone: "America/Vancouver".to_owned(),
                start: "2026-11-30T19:30".to_owned(),
                end: "2026-11-30T20:15".to_owned(),
                outside_hours: true,
            })
        );
        // The same clocks, no zone, or one that nobody knows: nothing to say.
        for same in [Some("Europe/Amsterdam"), Some("Europe/Paris"), None, Some("Mars/Olympus")] {
            assert_eq!(theirs(same), None, "{same:?}");
        }
    }
}
