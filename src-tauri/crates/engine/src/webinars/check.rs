//! Whom a registration is about, and how each of them was sorted: from the local copy alone.

mod found;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use liaison_domain::registration::{self, Candidate, Form, Known, Question, Sort};
use liaison_domain::{email, text};
use liaison_store::tables::daily_counts;
use liaison_store::tables::outbox;
use liaison_store::tables::people::PersonRecord;
use liaison_store::tables::webinar_registrants::{self as registrants, RegistrantRecord, RegistrantStatus};
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, StoreResult};

use super::kinds::registrant::{COUNTED, REGISTRANT, identity};
use super::pasted::MAX_TEXT;
use super::stored::{MoreSettings, StoredKind, StoredQuestion};
use super::view::{
    AnswerText, MissingAnswer, RegistrationAsk, RegistrationBlock, RegistrationCheck, RegistrationChoice,
    RegistrationGroup, RegistrationPerson, RegistrationSort, RegistrationWay,
};
use found::{Found, Gathered, found_of};

use super::{Room, gather, rows};
use crate::context::Context;
use crate::directory::list::{Viewer, with_times};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::target::Target;
use crate::people::hit;
use crate::pull::access::{self, RoomAccess};
use crate::terms::{Provider, UtcMs};

const MOST_ROWS: u32 = 200;
/// More people than these are for another tool.
const MOST_PEOPLE: usize = 10_000;
const MAX_NAME: usize = 64;

/// The groups in the order in which they are shown: who is ready, what the user can do something about, the rest.
const IN_ORDER: [RegistrationSort; 17] = [
    RegistrationSort::Ready,
    RegistrationSort::AnswersMissing,
    RegistrationSort::NoFirstName,
    RegistrationSort::SameEmail,
    RegistrationSort::SeveralRecords,
    RegistrationSort::Denied,
    RegistrationSort::Cancelled,
    RegistrationSort::OptedOut,
    RegistrationSort::EmailInvalid,
    RegistrationSort::NoEmail,
    RegistrationSort::AlreadyRegistered,
    RegistrationSort::WaitingForApproval,
    RegistrationSort::OnItsWay,
    RegistrationSort::HostOrPanelist,
    RegistrationSort::QuotaUsed,
    RegistrationSort::NoRoom,
    RegistrationSort::LeftOut,
];

impl Engine {
    /// Sorts everybody who is asked for, and answers a page of one group or of all.
    ///
    /// # Errors
    /// [`Error::Gone`] when the webinar is not there.
    pub async fn check_registration(
        &self,
        ask: RegistrationAsk,
        sort: Option<RegistrationSort>,
        offset: u32,
        limit: u32,
    ) -> Result<RegistrationCheck, Error> {
        let cx = self.profile().await?;
        let asker = Asker::of(&cx, &ask).await?;
        let checked = cx.store.read(move |db| match Sorted::of(db, &ask, &asker)? {
            Some(sorted) => sorted.shown(db, sort, offset, limit, asker.now_ms()).map(Some),
            None => Ok(None),
        });
        checked.await?.ok_or(Error::Gone)
    }
}

/// Who asks, when, and what they may.
#[derive(Clone)]
pub(super) struct Asker {
    access: RoomAccess,
    viewer: Viewer,
    day: String,
}

impl Asker {
    pub async fn of(cx: &Arc<Context>, ask: &RegistrationAsk) -> Result<Self, Error> {
        // A filter may be about the last touch.
        if ask.selection.is_some() {
            with_times(cx).await?;
        }
        let day = cx.now().date_naive().to_string();
        Ok(Self { access: access::with_add_on::<Room>(cx, |has| has.webinar), viewer: Viewer::of(cx), day })
    }

    pub fn now_ms(&self) -> i64 {
        self.viewer.now_ms
    }
}

/// Everybody who is asked for, with a place.
pub(super) struct Sorted {
    pub webinar: WebinarRecord,
    pub block: Option<RegistrationBlock>,
    pub people: Vec<Person>,
    pub way: RegistrationWay,
    beyond: u32,
    doubled: u32,
    questions: Vec<StoredQuestion>,
}

/// One of them.
pub(super) struct Person {
    pub key: String,
    pub sort: RegistrationSort,
    pub candidate: Candidate,
    pub record: Option<PersonRecord>,
    more_emails: Vec<String>,
    records: Vec<PersonRecord>,
    registrant: Option<String>,
    missing: Vec<String>,
}

impl Sorted {
    /// `None` without the webinar.
    pub fn of(db: &Connection, ask: &RegistrationAsk, asker: &Asker) -> StoreResult<Option<Self>> {
        let Some(webinar) = webinars::get(db, &ask.webinar)? else { return Ok(None) };
        let questions = gather::questions(db, &webinar.key)?;
        let choices: HashMap<&str, &RegistrationChoice> =
            ask.choices.iter().map(|choice| (choice.key.as_str(), choice)).collect();
        let Gathered { all, beyond, doubled, .. } = found_of(db, ask, &choices, &asker.viewer)?;
        let mut people: Vec<Person> =
            all.into_iter().map(|found| with_choice(found, &choices, &ask.answers, &questions)).collect();
        let addresses: Vec<String> =
            people.iter().filter_map(|one| one.candidate.email.as_deref()).map(email::folded).collect();
        let known = known(db, &webinar.key, &addresses)?;
        let form = Form {
            questions: questions.iter().map(question).collect(),
            known: known.iter().map(|(address, one)| (address.clone(), stands(one.status))).collect(),
            staff: gather::staff(db, &webinar)?,
            on_their_way: on_their_way(db, &webinar.key, &addresses)?,
            used_today: used_today(db, &webinar.key, &addresses, &asker.day)?,
            room: gather::room(db, &webinar)?,
        };
        let candidates: Vec<Candidate> = people.iter().map(|one| one.candidate.clone()).collect();
        for (person, sorted) in people.iter_mut().zip(registration::sort_all(&candidates, &form)) {
            person.sort = sort_of(sorted.sort);
            person.missing = sorted.missing;
            let address = person.candidate.email.as_deref().map(email::folded).unwrap_or_default();
            person.registrant = known.get(&address).map(|one| one.key.clone());
        }
        let with_answers = ask.source.is_some()
            || people.iter().any(|one| one.sort == RegistrationSort::Ready && !one.candidate.answers.is_empty());
        let block = gather::block(db, &webinar, &asker.access, asker.now_ms())?;
        Ok(Some(Self { way: gather::way(&webinar, with_answers), webinar, block, people, beyond, doubled, questions }))
    }

    pub fn ready(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|one| one.sort == RegistrationSort::Ready)
    }

    /// Zoom e-mails whoever is registered, unless the webinar says otherwise.
    pub fn mails(&self) -> bool {
        MoreSettings::read(self.webinar.settings_json.as_deref()).confirmation_mail.unwrap_or(true)
    }

    /// A field that is the host's own question.
    pub fn is_custom(&self, field: &str) -> bool {
        self.questions.iter().any(|question| question.custom && question.field == field)
    }

    fn shown(
        &self,
        db: &Connection,
        sort: Option<RegistrationSort>,
        offset: u32,
        limit: u32,
        now_ms: i64,
    ) -> StoreResult<RegistrationCheck> {
        let mut counts: HashMap<RegistrationSort, u32> = HashMap::new();
        for person in &self.people {
            *counts.entry(person.sort).or_default() += 1;
        }
        let groups = IN_ORDER
            .iter()
            .filter_map(|sort| counts.get(sort).map(|count| RegistrationGroup { sort: *sort, count: *count }));
        let ready = counts.get(&RegistrationSort::Ready).copied().unwrap_or_default();
        let mut chosen = self.with_twins_together();
        chosen.retain(|one| sort.is_none_or(|sort| one.sort == sort));
        let page = chosen.iter().skip(offset as usize).take(limit.min(MOST_ROWS) as usize);
        Ok(RegistrationCheck {
            webinar: rows::named(db, &self.webinar, now_ms)?,
            block: self.block.clone(),
            groups: groups.collect(),
            ready,
            mails: self.mails(),
            approval: self.webinar.approval_type == Some(1),
            way: self.way,
            requests: if self.way == RegistrationWay::Batches { ready.div_ceil(30) } else { ready },
            missing: self.missing(),
            room: gather::room(db, &self.webinar)?,
            registrants_as_of: webinars::ages(db, &self.webinar.key)?.roster_utc_ms.map(UtcMs),
            beyond: self.beyond,
            doubled: self.doubled,
            people: page.map(|one| one.shown()).collect(),
            total: u32::try_from(chosen.len()).unwrap_or(u32::MAX),
        })
    }

    /// In the order in which they were asked for, but for those with one address, who stand together: the user chooses
    /// among them, so a page has to have them all.
    fn with_twins_together(&self) -> Vec<&Person> {
        let mut first: HashMap<String, usize> = HashMap::new();
        let mut placed: Vec<(usize, &Person)> = Vec::with_capacity(self.people.len());
        for (place, one) in self.people.iter().enumerate() {
            let address = one.candidate.email.as_deref().filter(|_| one.sort == RegistrationSort::SameEmail);
            placed.push((address.map_or(place, |text| *first.entry(email::folded(text)).or_insert(place)), one));
        }
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, one)| one).collect()
    }

    /// Of those who lack nothing else.
    fn missing(&self) -> Vec<MissingAnswer> {
        let lacking = self.people.iter().filter(|one| one.sort == RegistrationSort::AnswersMissing);
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for field in lacking.flat_map(|one| &one.missing) {
            *counts.entry(field).or_default() += 1;
        }
        let questions = self.questions.iter().filter_map(|question| {
            let count = *counts.get(question.field.as_str())?;
            Some(MissingAnswer { question: gather::question(question), count })
        });
        questions.collect()
    }
}

impl Person {
    fn shown(&self) -> RegistrationPerson {
        let (first, last) = (&self.candidate.first_name, &self.candidate.last_name);
        let name = self.record.as_ref().map(|record| record.name.clone());
        RegistrationPerson {
            key: self.key.clone(),
            sort: self.sort,
            name: name.unwrap_or_else(|| format!("{first} {last}").trim().to_owned()),
            first_name: first.clone(),
            last_name: last.clone(),
            email: self.candidate.email.clone(),
            more_emails: self.more_emails.clone(),
            person: self.record.clone().map(hit),
            records: self.records.iter().cloned().map(hit).collect(),
            registrant: self.registrant.clone(),
            opted_out: self.candidate.opted_out,
            missing: self.missing.clone(),
        }
    }
}

/// What the user decided about them, and the answers that all get; of those only what the form asks for.
fn with_choice(
    found: Found,
    choices: &HashMap<&str, &RegistrationChoice>,
    for_all: &[AnswerText],
    questions: &[StoredQuestion],
) -> Person {
    let choice = choices.get(found.key.as_str()).copied().cloned().unwrap_or_default();
    let chosen = |own: String, chosen: &Option<String>| match chosen {
        Some(text) => text::single_line(text, MAX_NAME),
        None => own,
    };
    let mut answers = found.answers;
    for question in questions {
        let given = |all: &[AnswerText]| {
            let answer = all.iter().find(|answer| answer.field == question.field);
            answer.map(|answer| text::single_line(&answer.text, MAX_TEXT)).filter(|text| !text.is_empty())
        };
        if let Some(own) = given(&choice.answers) {
            answers.insert(question.field.clone(), own);
        } else if let Some(common) = given(for_all)
            && !answers.get(&question.field).is_some_and(|answer| self::question(question).takes(answer))
        {
            answers.insert(question.field.clone(), common);
        }
    }
    // What nobody asked for is not told; nor is what Zoom would refuse where nobody has to answer.
    answers.retain(|field, answer| {
        let asked = questions.iter().find(|question| question.field == *field);
        asked.is_some_and(|asked| asked.required || self::question(asked).takes(answer)) && field != gather::LAST_NAME
    });
    let several = found.records.len() > 1;
    let address = choice.email.as_deref().map(|chosen| chosen.trim().to_owned()).or_else(|| found.email.clone());
    // The address that was found stays one to choose from.
    let known = found.email.into_iter().filter(|own| email::parse(own).is_some()).chain(found.more_emails);
    let taken = address.as_deref().map(email::folded);
    let more_emails = known.filter(|other| Some(email::folded(other)) != taken).collect();
    Person {
        sort: RegistrationSort::Ready,
        candidate: Candidate {
            email: address,
            record: found.record.as_ref().map(|record| record.id.clone()),
            several_records: several,
            first_name: chosen(found.first_name, &choice.first_name),
            last_name: chosen(found.last_name, &choice.last_name),
            opted_out: found.record.as_ref().is_some_and(|record| record.email_opt_out)
                || several && found.records.iter().any(|record| record.email_opt_out),
            reason: choice.reason.clone(),
            again: choice.again,
            left_out: choice.leave_out,
            answers,
        },
        key: found.key,
        record: found.record,
        more_emails,
        records: found.records,
        registrant: None,
        missing: Vec::new(),
    }
}

fn question(stored: &StoredQuestion) -> Question {
    Question {
        field: stored.field.clone(),
        required: stored.required,
        kind: match stored.kind {
            StoredKind::Text => registration::QuestionKind::Text,
            StoredKind::One => registration::QuestionKind::One,
            StoredKind::Many => registration::QuestionKind::Many,
        },
        choices: stored.choices.clone(),
    }
}

/// Who of them is registered, by folded address; who was cancelled comes last.
fn known(db: &Connection, webinar: &str, addresses: &[String]) -> StoreResult<HashMap<String, RegistrantRecord>> {
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let mut known = HashMap::new();
    for one in registrants::by_emails(db, webinar, &addresses)? {
        known.entry(email::folded(one.email.as_deref().unwrap_or_default())).or_insert(one);
    }
    Ok(known)
}

fn stands(status: RegistrantStatus) -> Known {
    match status {
        RegistrantStatus::Approved => Known::Approved,
        RegistrantStatus::Pending => Known::Pending,
        RegistrantStatus::Denied => Known::Denied,
        RegistrantStatus::Cancelled => Known::Cancelled,
    }
}

fn on_their_way(db: &Connection, webinar: &str, addresses: &[String]) -> StoreResult<HashSet<String>> {
    let Some(target) = Target::known(db, Provider::Zoom)? else { return Ok(HashSet::new()) };
    let mut waiting = HashSet::new();
    for address in addresses {
        let rows = outbox::by_identity(db, &target.key, REGISTRANT, &identity(webinar, address))?;
        if rows.iter().any(|row| row.state.is_open()) {
            waiting.insert(address.clone());
        }
    }
    Ok(waiting)
}

fn used_today(db: &Connection, webinar: &str, addresses: &[String], day: &str) -> StoreResult<HashMap<String, u32>> {
    let mut used = HashMap::new();
    for address in addresses {
        if let Some(count) = daily_counts::get(db, COUNTED, &identity(webinar, address), day)? {
            used.insert(address.clone(), count);
        }
    }
    Ok(used)
}

fn sort_of(sort: Sort) -> RegistrationSort {
    match sort {
        Sort::Ready => RegistrationSort::Ready,
        Sort::AlreadyRegistered => RegistrationSort::AlreadyRegistered,
        Sort::WaitingForApproval => RegistrationSort::WaitingForApproval,
        Sort::Denied => RegistrationSort::Denied,
        Sort::Cancelled => RegistrationSort::Cancelled,
        Sort::NoEmail => RegistrationSort::NoEmail,
        Sort::EmailInvalid => RegistrationSort::EmailInvalid,
        Sort::OptedOut => RegistrationSort::OptedOut,
        Sort::SameEmail => RegistrationSort::SameEmail,
        Sort::SeveralRecords => RegistrationSort::SeveralRecords,
        Sort::HostOrPanelist => RegistrationSort::HostOrPanelist,
        Sort::NoFirstName => RegistrationSort::NoFirstName,
        Sort::AnswersMissing => RegistrationSort::AnswersMissing,
        Sort::QuotaUsed => RegistrationSort::QuotaUsed,
        Sort::NoRoom => RegistrationSort::NoRoom,
        Sort::OnItsWay => RegistrationSort::OnItsWay,
        Sort::LeftOut => RegistrationSort::LeftOut,
    }
}
