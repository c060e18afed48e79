//! Dialling: the number that will be dialled is shown, whose it is is kept, and the telephone on this computer dials.
//!
//! Nothing comes back from a link, so the call is found in the history by the line and the time.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use liaison_domain::matching::{self, Evidence};
use liaison_domain::phone::{self, PhoneNumber, Regions};
use liaison_store::tables::call_links::LinkedRecord;
use liaison_store::tables::dial_intents::{self, DialIntent};
use liaison_store::tables::holders;
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::{Connection, StoreResult};
use liaison_zoom::{DialLink, DialNumber, DialScheme};

use super::view::{DialChoice, DialWith};
use super::whose;
use crate::context::Context;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;

/// A click is of use until its call is in the history, which may be a while when the computer is shut.
const KEPT: TimeDelta = TimeDelta::days(30);
/// More people who are not to be called are not named: the question is the same.
const MOST_NAMED: usize = 5;

impl Engine {
    /// What would be dialled for a field as people write it; with more than one the user chooses. `person` is whose it
    /// is, as in the search for people; without it, whoever has the number is asked about.
    ///
    /// # Errors
    /// [`Error::Invalid`] when nothing in it can be dialled.
    pub async fn dial_choices(&self, text: String, person: Option<String>) -> Result<Vec<DialChoice>, Error> {
        let cx = self.profile().await?;
        let regions = cx.store.read(whose::regions).await?;
        let numbers = DialNumber::choices(&text, regions).map_err(|_| not_dialable())?;
        let not_to_call = if person.is_some() {
            vec![Vec::new(); numbers.len()]
        } else {
            let lines: Vec<Option<PhoneNumber>> = numbers.iter().map(line).collect();
            cx.store
                .read(move |db| {
                    let of_line = |line: &PhoneNumber| not_to_call(db, line, regions);
                    let named = lines.iter().map(|line| line.as_ref().map_or_else(|| Ok(Vec::new()), of_line));
                    named.collect::<StoreResult<Vec<Vec<String>>>>()
                })
                .await?
        };
        let do_not_call = whose(&cx, person).await?.is_some_and(|person| person.do_not_call);
        let shown = |number: &DialNumber| {
            let read = phone::numbers(number.as_str(), Regions::default()).into_iter().next();
            read.map_or_else(|| number.as_str().to_owned(), |read| read.format(regions.user))
        };
        let choice = |(number, not_to_call): (&DialNumber, Vec<String>)| DialChoice {
            number: number.as_str().to_owned(),
            shown: shown(number),
            extension: number.extension().map(ToOwned::to_owned),
            do_not_call: do_not_call || !not_to_call.is_empty(),
            not_to_call,
        };
        Ok(numbers.iter().zip(not_to_call).map(choice).collect())
    }

    /// Dials one of [`Engine::dial_choices`], and keeps from whose record.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no number, [`Error::Desktop`] when nothing here dials.
    pub async fn dial(
        &self,
        number: String,
        extension: Option<String>,
        person: Option<String>,
        with: DialWith,
    ) -> Result<(), Error> {
        let cx = self.profile().await?;
        let digits = |text: &String| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let written = match extension.filter(digits) {
            Some(extension) => format!("{number} x{extension}"),
            None => number.clone(),
        };
        let dialled = DialNumber::choices(&written, Regions::default()).map_err(|_| not_dialable())?;
        let dialled = dialled.into_iter().next().ok_or_else(not_dialable)?;
        let scheme = match with {
            DialWith::Zoom => DialScheme::ZoomPhone,
            DialWith::System => DialScheme::Tel,
        };
        let link = DialLink::new(scheme, &dialled, None).map_err(|_| not_dialable())?;
        if let Some(person) = whose(&cx, person).await? {
            keep(&cx, &dialled, person).await?;
        }
        self.config().desktop.open(link.expose()).map_err(Error::Desktop)?;
        // Its call is looked for sooner than usual.
        cx.acted();
        Ok(())
    }
}

/// The line that is dialled, with its extension; `None` for a code, which is nobody's.
fn line(number: &DialNumber) -> Option<PhoneNumber> {
    let written = match number.extension() {
        Some(extension) => format!("{} x{extension}", number.as_str()),
        None => number.as_str().to_owned(),
    };
    phone::numbers(&written, Regions::default()).into_iter().next()
}

/// Who of those that have a line is not to be called, by name.
fn not_to_call(db: &Connection, line: &PhoneNumber, regions: Regions) -> StoreResult<Vec<String>> {
    let lines = whose::stored(line);
    let holders = holders::people(db, &lines, &[])?;
    let mut found = BTreeSet::new();
    for person in holders.of(&lines, whose::ending(line)) {
        let fields = person.phones.iter().map(|phone| (phone.field.as_str(), phone.number.as_str()));
        let evidence = matching::evidence(line, fields, |written| matching::numbers_in(written, regions));
        if evidence.iter().any(Evidence::is_of_line) {
            let (person, _) = whose::today(db, person)?;
            if person.do_not_call {
                found.insert(person.name);
            }
        }
    }
    Ok(found.into_iter().take(MOST_NAMED).collect())
}

async fn whose(cx: &Arc<Context>, person: Option<String>) -> Result<Option<PersonRecord>, Error> {
    let Some(id) = person else { return Ok(None) };
    Ok(cx.store.read(move |db| people::person(db, &people::successor(db, &id)?)).await?)
}

async fn keep(cx: &Arc<Context>, dialled: &DialNumber, person: PersonRecord) -> Result<(), Error> {
    // A code or an extension is nobody's line.
    let Some(number) = phone::numbers(dialled.as_str(), Regions::default()).into_iter().next() else { return Ok(()) };
    let now = cx.now();
    let intent = DialIntent {
        id: uuid::Uuid::new_v4().to_string(),
        line: number.key().to_string(),
        record: LinkedRecord { kind: person.record.object().to_owned(), id: person.salesforce_id, name: person.name },
        dialled_utc_ms: now.timestamp_millis(),
    };
    let keep_from_ms = (now - KEPT).timestamp_millis();
    cx.store.write(move |tx| dial_intents::add(tx, &intent, keep_from_ms)).await?;
    Ok(())
}

fn not_dialable() -> Error {
    Error::Invalid { issues: vec![FieldIssue { field: Field::Phone, problem: Problem::NotAllowed }] }
}
