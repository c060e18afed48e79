//! What several parts of the room read of one webinar.

use std::collections::{HashMap, HashSet};

use liaison_domain::attendance::{self, Attendee, Registrant, Role, Session, Staff};
use liaison_domain::{email, text};
use liaison_store::tables::links::{self, LinkRecord};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::webinar_left::{self, LeftPart};
use liaison_store::tables::webinar_people;
use liaison_store::tables::webinar_registrants::{self as registrants, RegistrantRecord, RegistrantStatus};
use liaison_store::tables::webinar_sessions::{self as sessions, SessionRecord};
use liaison_store::tables::webinars::{self, WebinarDate, WebinarRecord};
use liaison_store::{Connection, StoreResult};
use sha2::{Digest, Sha256};

use super::stored::{Questions, SEEN, StoredKind, StoredQuestion};
use super::view::{Presence, QuestionKind, RegistrationBlock, RegistrationQuestion, RegistrationWay, WebinarFunnel};
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
        dropdown: stored.dropdown,
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
    /// What the user has said of sessions, by their places.
    pub linked: HashMap<usize, LinkRecord>,
    /// How long it was held.
    pub held_ms: i64,
    /// The folded addresses of those who watched the recording.
    watched: HashSet<String>,
    /// Whom Zoom calls absent, by id and by folded address; none before it has said so of every time it was held.
    absent: Option<HashSet<String>>,
}

pub(super) fn came(db: &Connection, record: &WebinarRecord) -> StoreResult<Came> {
    let found = sessions::of_webinar(db, &record.key)?;
    let registrants = registrants::everybody(db, &record.key)?;
    let mut told: Vec<Session> = found.iter().map(Session::from).collect();
    let registered: Vec<Registrant> = registrants.iter().map(registrant).collect();
    let linked = linked(db, &record.key, &found)?;
    for (place, link) in &linked {
        let person = people::successor(db, &link.person_id())?;
        told[*place].registrant = registration_of(db, &person, &registrants)?;
        told[*place].known = Some(person);
    }
    let staff = Staff { emails: staff(db, record)?, zoom_ids: record.host_id.clone().into_iter().collect() };
    let people = attendance::merge(&told, &registered, &staff);
    let watched = webinar_left::viewers(db, &record.key)?.into_iter().filter_map(|one| one.email);
    let watched = watched.map(|address| email::folded(&address)).collect();
    let absent = absent(db, &record.key)?;
    Ok(Came { watched, absent, held_ms: attendance::held_ms(&told), sessions: found, registrants, people, linked })
}

/// Who stayed away from at least one of the times that it was held, as Zoom says, once it has of all of them.
fn absent(db: &Connection, webinar: &str) -> StoreResult<Option<HashSet<String>>> {
    let read: HashSet<String> = webinar_left::parts(db, webinar)?
        .into_iter()
        .filter(|part| part.part == LeftPart::Absentees && part.digest.is_some())
        .map(|part| part.uuid)
        .collect();
    let mut held = sessions::instances(db, webinar)?.into_iter().filter(|instance| instance.digest.is_some());
    if read.is_empty() || held.any(|instance| !read.contains(&instance.uuid)) {
        return Ok(None);
    }
    let told = webinar_left::absentees(db, webinar)?.into_iter();
    Ok(Some(
        told.flat_map(|one| [one.registrant_id, one.email.map(|address| email::folded(&address))]).flatten().collect(),
    ))
}

fn is_among(absent: &HashSet<String>, registrant: &RegistrantRecord) -> bool {
    let address = registrant.email.as_deref().map(email::folded);
    absent.contains(&registrant.registrant_id) || address.is_some_and(|address| absent.contains(&address))
}

/// Whether Zoom calls a registrant whom nobody saw come something else than absent: see [`Came::is_doubtful`].
pub(crate) fn is_in_doubt(db: &Connection, registrant: &RegistrantRecord) -> StoreResult<bool> {
    Ok(absent(db, &registrant.webinar_key)?.is_some_and(|absent| !is_among(&absent, registrant)))
}

/// Names somebody who came, the same after the next reading of Zoom's list: by their registration, else by Zoom's id of
/// them, their address, or the very time they came in. Nothing of theirs can be read from it.
pub(super) fn seen_key(webinar: &str, session: &SessionRecord) -> String {
    let named = session.registrant_id.clone().map(|id| ("registrant", id));
    let named = named.or(session.zoom_id.clone().map(|id| ("user", id)));
    let named = named.or(session.email.as_deref().map(|address| ("mail", email::folded(address))));
    let (kind, name) = named.unwrap_or_else(|| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let parts = [session.uuid.clone(), text(&session.user_id), text(&session.name)];
        ("seat", format!("{}\n{:?}", parts.join("\n"), session.join_utc_ms))
    });
    let hash = Sha256::digest(format!("{webinar}\n{kind}\n{name}"));
    let hash = text::hex(&hash[..16]);
    format!("{webinar}:{hash}")
}

/// What the user has said of who came, by the places of the sessions.
fn linked(db: &Connection, webinar: &str, sessions: &[SessionRecord]) -> StoreResult<HashMap<usize, LinkRecord>> {
    let links = links::links_of_kind(db, SEEN)?.into_iter();
    let links: HashMap<String, LinkRecord> = links.map(|link| (link.zoom_key.clone(), link)).collect();
    if links.is_empty() {
        return Ok(HashMap::new());
    }
    let all = sessions.iter().enumerate();
    Ok(all.filter_map(|(place, one)| Some((place, links.get(&seen_key(webinar, one))?.clone()))).collect())
}

/// The registration of a person, where exactly one is under an address of theirs.
fn registration_of(db: &Connection, person: &str, registrants: &[RegistrantRecord]) -> StoreResult<Option<String>> {
    let Some(person) = people::person(db, person)? else { return Ok(None) };
    let own: HashSet<String> =
        person.email.iter().chain(&person.more_emails).map(|address| email::folded(address)).collect();
    let is_own =
        |one: &&RegistrantRecord| one.email.as_deref().is_some_and(|address| own.contains(&email::folded(address)));
    let mut found = registrants.iter().filter(is_own);
    Ok(match (found.next(), found.next()) {
        (Some(one), None) => Some(one.registrant_id.clone()),
        _ => None,
    })
}

impl Came {
    pub fn presence(&self, one: &Attendee) -> Presence {
        match one.role {
            Role::Attended => Presence::Attended,
            Role::Absent => {
                let address = one.registrant.and_then(|place| self.registrants[place].email.as_deref());
                let watched = address.is_some_and(|address| self.watched.contains(&email::folded(address)));
                if watched { Presence::OnDemand } else { Presence::Absent }
            }
            Role::Unknown => Presence::Unknown,
            Role::Staff => Presence::Staff,
        }
    }

    /// Nobody saw this registrant come, and yet Zoom does not call them absent: they came as somebody whom nobody
    /// knows, or registered when it was over. Nothing is claimed of them.
    pub fn is_doubtful(&self, one: &Attendee) -> bool {
        let (Role::Absent, Some(absent)) = (one.role, &self.absent) else { return false };
        let Some(registrant) = one.registrant.map(|place| &self.registrants[place]) else { return false };
        !is_among(absent, registrant)
    }

    pub fn funnel(&self) -> WebinarFunnel {
        let of = |role: Role| self.people.iter().filter(move |one| one.role == role);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let came = || of(Role::Attended).filter(|one| one.registrant.is_some());
        let stayed = came().filter(|one| one.inside_ms * 2 > self.held_ms).count();
        let (attended, absent) = (came().count(), of(Role::Absent).count());
        let others = of(Role::Attended).count() - attended + of(Role::Unknown).count();
        WebinarFunnel {
            registered: count(attended + absent),
            attended: count(attended),
            stayed: count(stayed),
            unregistered: count(others),
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
pub(crate) fn owners(db: &Connection, emails: &[&str]) -> StoreResult<HashMap<String, Vec<PersonRecord>>> {
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
