//! What several parts of the room read of one webinar.

use std::collections::{HashMap, HashSet};

use liaison_domain::attendance::{self, Attendee, Registrant, Role, Session, Staff};
use liaison_domain::email;
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::webinar_people;
use liaison_store::tables::webinar_registrants::{self as registrants, RegistrantRecord, RegistrantStatus};
use liaison_store::tables::webinar_sessions::{self as sessions, SessionRecord};
use liaison_store::tables::webinars::{self, WebinarDate, WebinarRecord};
use liaison_store::{Connection, StoreResult};

use super::stored::{Questions, StoredKind, StoredQuestion};
use super::view::{QuestionKind, RegistrationBlock, RegistrationQuestion, RegistrationWay, WebinarFunnel};
use crate::pull::access::RoomAccess;

const MINUTE_MS: i64 = 60_000;

/// The field that every form asks for and that has a place of its own.
pub(super) const LAST_NAME: &str = "last_name";

/// When a webinar begins and ends, date by date in their order; nothing without a fixed time.
pub(super) fn spans(record: &WebinarRecord, dates: &[WebinarDate]) -> Vec<(i64, i64)> {
    if dates.is_empty() {
        let start = record.start_utc_ms;
        return start.map(|start| (start, start + record.minutes * MINUTE_MS)).into_iter().collect();
    }
    dates.iter().map(|date| (date.start_utc_ms, date.start_utc_ms + date.minutes * MINUTE_MS)).collect()
}

/// The date that counts: the one that runs or comes next, or the last one.
pub(super) fn span(record: &WebinarRecord, dates: &[WebinarDate], now_ms: i64) -> Option<(i64, i64)> {
    let all = spans(record, dates);
    all.iter().find(|(_, end)| *end > now_ms).or(all.last()).copied()
}

/// How many may register; none where nobody limits it.
pub(super) fn capacity(record: &WebinarRecord) -> Option<u32> {
    let positive = |number: Option<i64>| number.filter(|number| *number > 0).and_then(|number| number.try_into().ok());
    let (limit, places) = (positive(record.registrants_limit), positive(record.capacity));
    limit.into_iter().chain(places).min()
}

/// Why Zoom would take nobody for it, as far as the webinar itself tells.
pub(super) fn closed(record: &WebinarRecord, dates: &[WebinarDate], now_ms: i64) -> Option<RegistrationBlock> {
    if record.gone_utc_ms.is_some() {
        return Some(RegistrationBlock::Deleted);
    }
    if record.approval_type == Some(2) {
        return Some(RegistrationBlock::NoRegistration);
    }
    let spans = spans(record, dates);
    let closes = spans.iter().map(|(start, end)| if record.close_registration == Some(true) { *start } else { *end });
    closes.max().is_some_and(|closes| closes <= now_ms).then_some(RegistrationBlock::Closed)
}

/// Why nobody can be registered now.
pub(super) fn block(
    db: &Connection,
    record: &WebinarRecord,
    access: &RoomAccess,
    now_ms: i64,
) -> StoreResult<Option<RegistrationBlock>> {
    let dates = webinars::dates(db, &record.key)?;
    if let Some(closed) = closed(record, &dates, now_ms) {
        return Ok(Some(closed));
    }
    Ok(match access {
        RoomAccess::NotConnected => Some(RegistrationBlock::NotConnected),
        RoomAccess::NoLicence => Some(RegistrationBlock::NoLicence),
        RoomAccess::MissingScope { scope } => Some(RegistrationBlock::MissingScope { scope: scope.clone() }),
        RoomAccess::Forbidden => Some(RegistrationBlock::Forbidden),
        RoomAccess::Unknown | RoomAccess::Ready => (room(db, record)? == Some(0)).then_some(RegistrationBlock::Full),
    })
}

/// Places that are left; none where nobody limits them.
pub(super) fn room(db: &Connection, record: &WebinarRecord) -> StoreResult<Option<u32>> {
    let Some(capacity) = capacity(record) else { return Ok(None) };
    let totals = registrants::totals(db, &record.key)?;
    Ok(Some(capacity.saturating_sub(totals.approved + totals.pending)))
}

/// The questions of the form.
pub(super) fn questions(db: &Connection, key: &str) -> StoreResult<Vec<StoredQuestion>> {
    Ok(Questions::read(webinars::questions(db, key)?.as_deref()).questions)
}

pub(super) fn question(stored: &StoredQuestion) -> RegistrationQuestion {
    RegistrationQuestion {
        field: stored.field.clone(),
        custom: stored.custom,
        required: stored.required,
        kind: match stored.kind {
            StoredKind::Text => QuestionKind::Text,
            StoredKind::One => QuestionKind::One,
            StoredKind::Many => QuestionKind::Many,
        },
        choices: stored.choices.clone(),
    }
}

/// Zoom takes thirty at once for a single webinar, and of each no more than address and name.
pub(super) fn way(record: &WebinarRecord, with_answers: bool) -> RegistrationWay {
    if record.kind != 5 {
        RegistrationWay::OneByOneSeries
    } else if with_answers {
        RegistrationWay::OneByOneQuestions
    } else {
        RegistrationWay::Batches
    }
}

/// Folded addresses of those who can't register: the host and the panel.
pub(super) fn staff(db: &Connection, record: &WebinarRecord) -> StoreResult<HashSet<String>> {
    let panel = webinar_people::panel(db, &record.key)?.into_iter().filter_map(|one| one.email);
    Ok(panel.chain(record.host_email.clone()).map(|address| email::folded(&address)).collect())
}

/// Everything that tells who came.
pub(super) struct Came {
    pub sessions: Vec<SessionRecord>,
    pub registrants: Vec<RegistrantRecord>,
    pub people: Vec<Attendee>,
    /// How long it was held.
    pub held_ms: i64,
}

pub(super) fn came(db: &Connection, record: &WebinarRecord) -> StoreResult<Came> {
    let found = sessions::of_webinar(db, &record.key)?;
    let registrants = registrants::everybody(db, &record.key)?;
    let told: Vec<Session> = found.iter().map(session).collect();
    let registered: Vec<Registrant> = registrants.iter().map(registrant).collect();
    let staff = Staff { emails: staff(db, record)?, zoom_ids: record.host_id.clone().into_iter().collect() };
    let people = attendance::merge(&told, &registered, &staff);
    Ok(Came { held_ms: attendance::held_ms(&told), sessions: found, registrants, people })
}

impl Came {
    pub fn funnel(&self) -> WebinarFunnel {
        let of = |role: Role| self.people.iter().filter(move |one| one.role == role);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let stayed = of(Role::Attended).filter(|one| one.inside_ms * 2 > self.held_ms).count();
        let (attended, absent) = (of(Role::Attended).count(), of(Role::Absent).count());
        WebinarFunnel {
            registered: count(attended + absent),
            attended: count(attended),
            stayed: count(stayed),
            unregistered: count(of(Role::Unknown).count()),
        }
    }
}

/// People who came, once a list is here: who runs it does not count.
pub(super) fn people_count(db: &Connection, record: &WebinarRecord) -> StoreResult<Option<u32>> {
    if sessions::instances(db, &record.key)?.iter().all(|one| one.digest.is_none()) {
        return Ok(None);
    }
    let funnel = came(db, record)?.funnel();
    Ok(Some(funnel.attended + funnel.unregistered))
}

fn session(stored: &SessionRecord) -> Session {
    Session {
        instance: stored.uuid.clone(),
        registrant: stored.registrant_id.clone(),
        zoom_id: stored.zoom_id.clone(),
        email: stored.email.clone(),
        name: stored.name.clone().unwrap_or_default(),
        join_ms: stored.join_utc_ms,
        leave_ms: stored.leave_utc_ms,
        seconds: stored.seconds,
        internal: stored.internal,
    }
}

fn registrant(stored: &RegistrantRecord) -> Registrant {
    Registrant {
        id: stored.registrant_id.clone(),
        email: stored.email.clone().unwrap_or_default(),
        name: name_of(stored),
        approved: stored.status == RegistrantStatus::Approved,
    }
}

pub(super) fn name_of(stored: &RegistrantRecord) -> String {
    let parts = [stored.first_name.as_deref(), stored.last_name.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Who has these addresses, by the folded address; converted and merged people as whom they became.
pub(super) fn owners(db: &Connection, emails: &[&str]) -> StoreResult<HashMap<String, Vec<PersonRecord>>> {
    let mut owners: HashMap<String, Vec<PersonRecord>> = HashMap::new();
    for found in people::people_by_email(db, emails)? {
        let current = people::successor(db, &found.id)?;
        let person = if current == found.id { Some(found.clone()) } else { people::person(db, &current)? };
        let Some(person) = person.filter(|person| !person.deleted) else { continue };
        for address in found.email.iter().chain(&found.more_emails).map(|address| email::folded(address)) {
            let all = owners.entry(address).or_default();
            if !all.iter().any(|one| one.id == person.id) {
                all.push(person.clone());
            }
        }
    }
    Ok(owners)
}
