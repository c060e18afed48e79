//! Whose calls are, of many at once: what the ladder is asked with is read in sets, and of each line once.
//!
//! Nothing is decided here; [`matching`] does, and [`settle`](super::settle) notes what it came to.

mod proposed;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use liaison_domain::PersonRef;
use liaison_domain::matching::{
    self, Candidate, Choice, Context as Known, Dialled, Evidence, Followed, INTENT_AFTER_MS, INTENT_BEFORE_MS, Object,
    Question, Reach, Record, Remembered, Verdict,
};
use liaison_domain::phone::{LineKey, NoNumber, PhoneNumber, Region, Regions};
use liaison_domain::wall_time;
use liaison_domain::zones::Zone;
use liaison_store::tables::calls::{self as table, CallRow};
use liaison_store::tables::holders::{self, Company, Holders, Person};
use liaison_store::tables::number_choices::{self, NumberChoice};
use liaison_store::tables::people::Phone;
use liaison_store::tables::{dial_intents, links, open_opportunities, people, people_phones};
use liaison_store::{Connection, StoreResult};

use super::stored::Marks;
use super::take;

/// For whom numbers without a country code are read.
pub(super) fn regions(db: &Connection) -> StoreResult<Regions> {
    Ok(Regions::of_user(Region::from_iso(&people_phones::rules(db)?.region)))
}

/// The number at the other end of a call, or why there is none.
pub(super) fn reached(row: &CallRow, regions: Regions) -> Result<PhoneNumber, NoNumber> {
    take::number(row.call.number.as_deref(), is_hidden(row), regions)
}

/// Only where there is no number does it say anything.
fn is_hidden(row: &CallRow) -> bool {
    row.call.number.is_none() && Marks::read(&row.call.details_json).hidden
}

/// Numbers that were read: the same few thousand stand in all calls, and in the fields of whoever has them.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    regions: Regions,
    read: HashMap<String, Result<PhoneNumber, NoNumber>>,
    fields: HashMap<String, Arc<[PhoneNumber]>>,
    shown: HashMap<String, String>,
}

impl Numbers {
    /// More are forgotten and read again.
    const MOST: usize = 50_000;

    /// What was read for others is forgotten.
    pub fn of(mut self, regions: Regions) -> Self {
        if self.regions != regions || self.read.len() + self.fields.len() > Self::MOST {
            self.read.clear();
            self.fields.clear();
            self.shown.clear();
            self.regions = regions;
        }
        self
    }

    fn reached(&mut self, row: &CallRow) -> Result<PhoneNumber, NoNumber> {
        let Some(text) = &row.call.number else { return reached(row, self.regions) };
        if let Some(read) = self.read.get(text) {
            return read.clone();
        }
        let read = reached(row, self.regions);
        self.read.insert(text.clone(), read.clone());
        read
    }

    /// As people in the user's country write the number of a call; what is none stays as it is.
    fn shown(&mut self, row: &CallRow) -> Option<String> {
        let text = row.call.number.as_ref()?;
        if let Some(shown) = self.shown.get(text) {
            return Some(shown.clone());
        }
        let user = self.regions.user;
        let shown = self.reached(row).map_or_else(|_| text.clone(), |number| number.format(user));
        self.shown.insert(text.clone(), shown.clone());
        Some(shown)
    }

    fn in_field(&mut self, written: &str) -> Arc<[PhoneNumber]> {
        if let Some(numbers) = self.fields.get(written) {
            return Arc::clone(numbers);
        }
        let numbers: Arc<[PhoneNumber]> = matching::numbers_in(written, self.regions).into();
        self.fields.insert(written.to_owned(), Arc::clone(&numbers));
        numbers
    }

    fn evidence(&mut self, number: &PhoneNumber, phones: &[Phone]) -> Vec<Evidence> {
        let fields = phones.iter().map(|phone| (phone.field.as_str(), phone.number.as_str()));
        matching::evidence(number, fields, |written| self.in_field(written))
    }
}

/// Whether what is known of candidates is read too. It only orders those who are asked about, so a verdict that nobody
/// looks at does without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Any,
    /// With the zone in which a day begins: of the last activity Salesforce tells no hour.
    Likelier(Zone),
}

/// Everything that the ladder asks of some calls, of one state of the database.
pub(super) struct Whose<'a> {
    db: &'a Connection,
    numbers: Numbers,
    order: Order,
    now_ms: i64,
    /// Oldest first.
    clicks: Vec<Dialled>,
    choices: HashMap<(String, String), NumberChoice>,
    people: Holders<Person>,
    companies: Holders<Company>,
    candidates: HashMap<PhoneNumber, Vec<Candidate>>,
    known: HashMap<String, Known>,
}

impl<'a> Whose<'a> {
    /// The moment as of which it answers.
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// Nothing of anybody yet; numbers only.
    pub fn new(db: &'a Connection, order: Order, now_ms: i64) -> StoreResult<Self> {
        let numbers = Numbers::default().of(regions(db)?);
        Ok(Self {
            db,
            numbers,
            order,
            now_ms,
            clicks: Vec::new(),
            choices: HashMap::new(),
            people: Holders::default(),
            companies: Holders::default(),
            candidates: HashMap::new(),
            known: HashMap::new(),
        })
    }

    /// What was read before for these regions is used again.
    pub fn knowing(self, numbers: Numbers) -> Self {
        Self { numbers: numbers.of(self.numbers.regions), ..self }
    }

    pub fn into_numbers(self) -> Numbers {
        self.numbers
    }

    pub fn regions(&self) -> Regions {
        self.numbers.regions
    }

    /// Reads in sets what is asked of these calls. Only of them may be asked then.
    pub fn ask<'r>(&mut self, rows: impl IntoIterator<Item = &'r CallRow>) -> StoreResult<()> {
        self.candidates.clear();
        let (mut lines, mut endings, mut spelled) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut dialled: Option<(i64, i64)> = None;
        for row in rows.into_iter().filter(|row| !row.call.internal) {
            let Ok(number) = self.numbers.reached(row) else { continue };
            let start = row.call.start_utc_ms;
            if row.call.outbound {
                dialled = Some(dialled.map_or((start, start), |(first, last)| (first.min(start), last.max(start))));
            }
            spelled.extend(keys(&number).map(|line| line.to_string()));
            lines.extend(stored(&number));
            endings.insert(ending(&number));
        }
        let (lines, endings): (Vec<i64>, Vec<i64>) = (lines.into_iter().collect(), endings.into_iter().collect());
        if !lines.is_empty() {
            let spelled: Vec<String> = spelled.into_iter().collect();
            let choices = number_choices::of_lines(self.db, &spelled)?;
            self.choices =
                choices.into_iter().map(|choice| ((choice.line.clone(), choice.extension.clone()), choice)).collect();
            self.people = holders::people(self.db, &lines, &endings)?;
            self.companies = holders::companies(self.db, &lines, &endings)?;
        }
        if let Some((first, last)) = dialled {
            self.clicks = clicks(self.db, first, last)?;
        }
        Ok(())
    }

    /// The number at the other end of a call, or why there is none.
    pub fn reached(&mut self, row: &CallRow) -> Result<PhoneNumber, NoNumber> {
        self.numbers.reached(row)
    }

    /// As people in the user's country write it; what is no number stays as it is.
    pub fn shown(&mut self, row: &CallRow) -> Option<String> {
        self.numbers.shown(row)
    }

    /// Asks the ladder.
    pub fn verdict(&mut self, row: &CallRow) -> StoreResult<Verdict> {
        let number = self.numbers.reached(row);
        let reach = match &number {
            _ if row.call.internal => Reach::Internal,
            Ok(number) => Reach::Number(number),
            Err(reason) => Reach::None(*reason),
        };
        let (now_ms, mut candidates) = (self.now_ms, Vec::new());
        let Reach::Number(number) = reach else {
            return Ok(matching::whose(Question { reach, dialled: None, remembered: None, candidates, now_ms }));
        };
        let dialled = matching::dialled_for(number, row.call.start_utc_ms, self.clicks_around(row)).cloned();
        let remembered = self.remembered(number).map(meaning);
        if dialled.is_none() && remembered.is_none() {
            candidates = self.candidates(number)?.to_vec();
        }
        let (dialled, remembered) = (dialled.as_ref(), remembered.as_ref());
        Ok(matching::whose(Question { reach, dialled, remembered, candidates, now_ms }))
    }

    /// Everybody who has the number, as if nothing were decided yet.
    pub fn everybody(&mut self, row: &CallRow) -> StoreResult<Vec<Choice>> {
        let Ok(number) = self.numbers.reached(row) else { return Ok(Vec::new()) };
        let now_ms = self.now_ms;
        Ok(matching::ranked(self.candidates(&number)?.to_vec(), now_ms))
    }

    /// What the user decided for a line, however it is spelled; for the extension before the whole line.
    pub fn remembered(&self, number: &PhoneNumber) -> Option<&NumberChoice> {
        if self.choices.is_empty() {
            return None;
        }
        let lines: Vec<String> = keys(number).map(|line| line.to_string()).collect();
        let of_extension =
            |extension: &str| lines.iter().find_map(|line| self.choices.get(&(line.clone(), extension.to_owned())));
        number.extension().and_then(of_extension).or_else(|| of_extension(""))
    }

    /// What was dialled around the beginning of an outgoing call.
    fn clicks_around(&self, row: &CallRow) -> &[Dialled] {
        if !row.call.outbound {
            return &[];
        }
        let start = row.call.start_utc_ms;
        let from = self.clicks.partition_point(|click| click.at_ms < start.saturating_sub(INTENT_AFTER_MS));
        let to = self.clicks.partition_point(|click| click.at_ms <= start.saturating_add(INTENT_BEFORE_MS));
        self.clicks.get(from..to).unwrap_or_default()
    }

    /// Everybody whose number it may be.
    fn candidates(&mut self, number: &PhoneNumber) -> StoreResult<&[Candidate]> {
        if !self.candidates.contains_key(number) {
            let mut found = self.holding(number)?;
            if let Order::Likelier(zone) = self.order {
                for candidate in &mut found {
                    candidate.context = self.known(&candidate.record.id, candidate.account_id.as_deref(), zone)?;
                }
            }
            self.candidates.insert(number.clone(), found);
        }
        Ok(self.candidates.get(number).map(Vec::as_slice).unwrap_or_default())
    }

    fn holding(&mut self, number: &PhoneNumber) -> StoreResult<Vec<Candidate>> {
        let (lines, ending) = (stored(number), ending(number));
        let mut found = Vec::new();
        for person in self.people.of(&lines, ending) {
            let evidence = self.numbers.evidence(number, &person.phones);
            if evidence.is_empty() {
                continue;
            }
            let (person, followed) = today(self.db, person)?;
            let Ok(record) = person.id.parse::<PersonRef>() else { continue };
            found.push(Candidate {
                record: Record { object: object(record.kind), id: record.id },
                name: person.name,
                account_id: person.account_id,
                company: person.company,
                do_not_call: person.do_not_call,
                followed,
                evidence,
                context: Known::default(),
            });
        }
        for company in self.companies.of(&lines, ending) {
            let evidence = self.numbers.evidence(number, &company.phones);
            if evidence.is_empty() {
                continue;
            }
            found.push(Candidate {
                record: Record { object: Object::Account, id: company.id.clone() },
                name: company.name.clone(),
                account_id: Some(company.id.clone()),
                company: None,
                do_not_call: false,
                followed: None,
                evidence,
                context: Known::default(),
            });
        }
        Ok(found)
    }

    fn known(&mut self, salesforce_id: &str, account_id: Option<&str>, zone: Zone) -> StoreResult<Known> {
        if let Some(known) = self.known.get(salesforce_id) {
            return Ok(*known);
        }
        let met_ms = links::last_meeting(self.db, salesforce_id)?;
        let active_ms = last_activity(self.db, salesforce_id, zone)?.filter(|at| *at <= self.now_ms);
        let touched_ms = met_ms.max(table::last_of_record(self.db, salesforce_id)?).max(active_ms);
        let mut open_opportunity = false;
        for id in std::iter::once(salesforce_id).chain(account_id) {
            open_opportunity = open_opportunity || open_opportunities::has_part(self.db, id)?;
        }
        let known = Known { open_opportunity, met_ms, touched_ms };
        self.known.insert(salesforce_id.to_owned(), known);
        Ok(known)
    }
}

/// When the day of the last activity began that Salesforce knows of; what is only planned may be a day to come.
fn last_activity(db: &Connection, salesforce_id: &str, zone: Zone) -> StoreResult<Option<i64>> {
    let person = people::people_by_salesforce_id(db, &[salesforce_id])?.into_iter().next();
    let day = person.and_then(|person| NaiveDate::parse_from_str(person.activity_day.as_deref()?, "%Y-%m-%d").ok());
    Ok(day.map(|day| wall_time::start_of_day(day, zone).timestamp_millis()))
}

/// The line and the other ways in which it may be stored.
fn keys(number: &PhoneNumber) -> impl Iterator<Item = LineKey> {
    std::iter::once(number.key()).chain(number.alias_keys().map(|(line, _)| line))
}

pub(super) fn stored(number: &PhoneNumber) -> Vec<i64> {
    keys(number).filter_map(|line| i64::try_from(line.digits()).ok()).collect()
}

pub(super) fn ending(number: &PhoneNumber) -> i64 {
    i64::try_from(number.ending()).unwrap_or_default()
}

/// What was dialled around these moments.
fn clicks(db: &Connection, first_ms: i64, last_ms: i64) -> StoreResult<Vec<Dialled>> {
    let intents =
        dial_intents::between(db, first_ms.saturating_sub(INTENT_AFTER_MS), last_ms.saturating_add(INTENT_BEFORE_MS))?;
    let dialled = intents.into_iter().filter_map(|intent| {
        Some(Dialled {
            record: Record { object: Object::named(&intent.record.kind)?, id: intent.record.id },
            name: intent.record.name,
            number: take::number(Some(&intent.line), false, Regions::default()).ok()?,
            at_ms: intent.dialled_utc_ms,
        })
    });
    Ok(dialled.collect())
}

fn meaning(choice: &NumberChoice) -> Remembered {
    let since_ms = choice.decided_utc_ms;
    let record = choice.record.as_ref().and_then(|record| {
        Some((Record { object: Object::named(&record.kind)?, id: record.id.clone() }, record.name.clone()))
    });
    match record {
        Some((record, name)) => Remembered::Always { record, name, since_ms },
        None => Remembered::Ignore { since_ms },
    }
}

/// Who stands for somebody today, and how.
pub(super) fn today(db: &Connection, person: &Person) -> StoreResult<(Person, Option<Followed>)> {
    if person.converted_to.is_none() && person.merged_into.is_none() {
        return Ok((person.clone(), None));
    }
    let id = people::successor(db, &person.id)?;
    let followed = if person.converted_to.is_some() { Followed::Converted } else { Followed::Merged };
    Ok(match holders::of_id(db, &id)?.filter(|successor| !successor.deleted) {
        Some(successor) => (successor, Some(followed)),
        // The Contact may be one that the user does not see; the Lead is all there is.
        None => (person.clone(), None),
    })
}

pub(super) fn object(kind: liaison_domain::RecordKind) -> Object {
    match kind {
        liaison_domain::RecordKind::Lead => Object::Lead,
        liaison_domain::RecordKind::Contact => Object::Contact,
    }
}
