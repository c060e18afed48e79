//! The list of calls and one call in full, from the local copy alone.

use std::sync::{Mutex, PoisonError};

use liaison_domain::calls::Outcome;
use liaison_domain::matching::Verdict;
use liaison_domain::text;
use liaison_salesforce::TaskCapability;
use liaison_store::tables::call_links::LinkedRecord;
use liaison_store::tables::calls::{self as table, Between, CallRow as Stored, Chip};
use liaison_store::tables::cursors::{self, CursorRecord};
use liaison_store::tables::{call_links, call_notes, calls_search, people, voicemails};
use liaison_store::{Connection, StoreError, StoreResult};

use super::stored::{Details, Place};
use super::task::compose::Composer;
use super::view::{CallCounts, CallDetail, CallFilter, CallHistory, CallList, CallNote, CallVoicemail};
use super::voicemails::{Messages, followed_since_ms};
use super::whose::{self, Numbers, Order, Whose};
use super::{Room, pull, rows, task};
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::access;
use crate::terms::UtcMs;
use crate::topics::view::{Topic, TopicKind};

const MOST_ROWS: u32 = 200;
const MAX_QUERY: usize = 200;
const MOST_EARLIER: u32 = 20;

/// A filter as the store asks it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub chip: Chip,
    pub between: Between,
    pub query: String,
}

impl From<CallFilter> for Asked {
    fn from(filter: CallFilter) -> Self {
        let between = Between {
            from_utc_ms: filter.from.map_or(i64::MIN, |from| from.0),
            to_utc_ms: filter.to.map_or(i64::MAX, |to| to.0),
        };
        Self { chip: rows::chip(filter.chip), between, query: text::single_line(&filter.query, MAX_QUERY) }
    }
}

impl Asked {
    pub fn page(&self, db: &Connection, offset: u32, limit: u32) -> StoreResult<Vec<Stored>> {
        if self.is_search() {
            return calls_search::search(db, &self.query, self.chip, self.between, offset, limit);
        }
        table::list(db, self.chip, self.between, offset, limit)
    }

    fn is_search(&self) -> bool {
        calls_search::has_words(&self.query)
    }
}

/// What was last counted: whoever scrolls asks for it at each page, and counting reads every call. Each with the
/// revision of the calls, which is asked for before the transaction begins, so that none is older than it says.
#[derive(Default)]
struct Counted {
    chips: Mutex<Option<(u64, Between, CallCounts)>>,
    search: Mutex<Option<(u64, Asked, u32)>>,
}

impl Counted {
    fn chips(&self, db: &Connection, revision: u64, between: Between) -> StoreResult<CallCounts> {
        let mut kept = self.chips.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, counts)) = kept.filter(|(at, within, _)| (*at, *within) == (revision, between)) {
            return Ok(counts);
        }
        let count = |chip| table::count(db, chip, between);
        let counts = CallCounts {
            all: count(Chip::All)?,
            to_link: count(Chip::ToLink)?,
            missed: count(Chip::Missed)?,
            voicemail: count(Chip::Voicemail)?,
            logged: count(Chip::Logged)?,
        };
        *kept = Some((revision, between, counts));
        Ok(counts)
    }

    /// How many a list holds whose chips were counted.
    fn total(&self, db: &Connection, revision: u64, asked: &Asked, chips: &CallCounts) -> StoreResult<u32> {
        if !asked.is_search() {
            return Ok(match asked.chip {
                Chip::All => chips.all,
                Chip::ToLink => chips.to_link,
                Chip::Missed => chips.missed,
                Chip::Voicemail => chips.voicemail,
                Chip::Logged => chips.logged,
            });
        }
        let mut kept = self.search.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, total)) = kept.as_ref().filter(|(at, what, _)| (at, what) == (&revision, asked)) {
            return Ok(*total);
        }
        let total = calls_search::count(db, &asked.query, asked.chip, asked.between)?;
        *kept = Some((revision, asked.clone(), total));
        Ok(total)
    }
}

/// Numbers that were read for pages before: whoever scrolls meets the same ones again. Two pages at once each read
/// their own.
#[derive(Default)]
struct Readings(Mutex<Numbers>);

impl Readings {
    fn take(&self) -> Numbers {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, numbers: Numbers) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = numbers;
    }
}

impl Engine {
    /// A page of the calls that match, latest first, with what stands around the list.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn list_calls(&self, filter: CallFilter, offset: u32, limit: u32) -> Result<CallList, Error> {
        let cx = self.profile().await?;
        let (asked, limit, now_ms) = (Asked::from(filter), limit.min(MOST_ROWS), cx.now_ms());
        let (access, counted) = (access::with_add_on::<Room>(&cx, |has| has.phone), cx.state::<Counted>());
        let voicemail_access = access::now::<Messages>(&cx);
        let readings = cx.state::<Readings>();
        let revision = cx.calls_revision();
        let list = cx
            .store
            .read(move |db| {
                let page = asked.page(db, offset, limit)?;
                let counts = counted.chips(db, revision, asked.between)?;
                let mut numbers = readings.take();
                let mut shown = rows::knowing(db, &page, now_ms, &mut numbers)?;
                readings.keep(numbers);
                task::state::mark(db, &mut shown)?;
                Ok(CallList {
                    rows: shown,
                    total: counted.total(db, revision, &asked, &counts)?,
                    counts,
                    access,
                    voicemail_access,
                    history: history(cursors::get(db, pull::CALLS)?),
                })
            })
            .await?;
        Ok(list)
    }

    /// One call with everything that the inspector shows.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not there.
    pub async fn call(&self, id: String) -> Result<CallDetail, Error> {
        let cx = self.profile().await?;
        let (composer, rights) = (Composer::of(&cx), cx.known_task_capability());
        let readings = cx.state::<Readings>();
        let found = cx
            .store
            .read(move |db| match table::get(db, &id)? {
                Some(stored) => detail(db, &stored, &composer, rights.as_deref(), &readings).map(Some),
                None => Ok(None),
            })
            .await?;
        found.ok_or(Error::Gone)
    }

    /// The voicemails of the last month that belong to no call that is here: no list of calls has them.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn voicemails(&self) -> Result<Vec<CallVoicemail>, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let found = cx
            .store
            .read(move |db| {
                let regions = whose::regions(db)?;
                let alone = voicemails::without_call(db, followed_since_ms(now_ms), MOST_ROWS)?;
                Ok(alone.into_iter().map(|message| rows::voicemail(message, regions, now_ms)).collect())
            })
            .await?;
        Ok(found)
    }
}

fn history(cursor: Option<CursorRecord>) -> CallHistory {
    let Some(cursor) = cursor else {
        return CallHistory { back_to: None, goal: None, filling: false, as_of: None };
    };
    let place = Place::read(&cursor.value);
    // While a stretch is filled, everything from its end on is here, whatever lies beyond it.
    let back_to = place.fill.as_ref().map(|fill| fill.until_ms).or(place.back_to_ms);
    CallHistory {
        back_to: back_to.map(UtcMs),
        goal: place.fill.as_ref().map(|fill| UtcMs(fill.goal_ms)),
        filling: place.fill.is_some(),
        as_of: cursor.complete_utc_ms.map(UtcMs),
    }
}

fn detail(
    db: &Connection,
    stored: &Stored,
    composer: &Composer,
    rights: Option<&TaskCapability>,
    readings: &Readings,
) -> StoreResult<CallDetail> {
    let now_ms = composer.now_ms;
    let call = &stored.call;
    let details = Details::read(&call.details_json);
    let link = call_links::get(db, &call.key)?;
    let earlier = earlier(db, stored)?;
    let mut whose = Whose::new(db, Order::Likelier(composer.zone), now_ms)?.knowing(readings.take());
    whose.ask(std::iter::once(stored).chain(earlier.iter().filter(|row| rows::is_asked_about(row))))?;
    let regions = whose.regions();
    let verdict = whose.proposed(stored)?;
    let reached = whose.reached(stored);
    let remembered = match &reached {
        Ok(number) if !call.internal => whose.remembered(number).cloned(),
        _ => None,
    };
    let candidates = match (&verdict, &reached) {
        // A link that was made, or taken away, leaves the choice of everybody who has the number.
        (Verdict::Linked { .. } | Verdict::Ignored { .. }, Ok(_)) => rows::candidates(db, &whose.everybody(stored)?)?,
        _ => rows::candidates(db, rows::choices(&verdict))?,
    };
    let all: Vec<&Stored> = std::iter::once(stored).chain(&earlier).collect();
    let mut shown = rows::of(db, &mut whose, &all)?.into_iter();
    readings.keep(whose.into_numbers());
    let Some(row) = shown.next() else { return Err(StoreError::NotFound { table: "calls" }) };
    let do_not_call = match &row.person {
        Some(person) => is_not_to_be_called(db, &person.id)?,
        None => false,
    };
    let no_number = match verdict {
        Verdict::NoNumber(reason) => Some(rows::no_number(reason)),
        _ => None,
    };
    let ids: Vec<String> = details.voicemails.clone();
    let messages = voicemails::of_call(db, details.call_id.as_deref(), &ids)?;
    let note = call_notes::get(db, &call.key)?.unwrap_or_default();
    let party = |told| rows::party(told, regions);
    Ok(CallDetail {
        row,
        why: link.as_ref().and_then(rows::why),
        do_not_call,
        candidates,
        no_number,
        remembered: remembered.map(|choice| rows::remembered(&choice, regions.user)),
        call_id: details.call_id.clone(),
        caller: party(&details.caller),
        callee: party(&details.callee),
        through: details.through.as_ref().map(party),
        others: details.others.iter().map(party).collect(),
        ring_start: UtcMs(call.start_utc_ms),
        answer_start: call.answer_utc_ms.map(UtcMs),
        end: call.end_utc_ms.map(UtcMs),
        talk_seconds: rows::seconds(call.talk_s),
        hold_seconds: rows::seconds(call.hold_s),
        wait_seconds: rows::seconds(call.wait_s),
        because: details.because.map(rows::because),
        result: details.result.clone(),
        result_reason: details.reason().cloned(),
        hidden: details.hidden,
        spam: details.spam,
        emergency: details.emergency,
        complete: call.complete && Outcome::named(&call.outcome) != Outcome::Unknown,
        path: details.path.iter().map(|step| rows::step(step, regions)).collect(),
        recordings: u32::try_from(details.recordings.len()).unwrap_or(u32::MAX),
        summary: details.summary.is_some(),
        voicemails: messages.into_iter().map(|message| rows::voicemail(message, regions, now_ms)).collect(),
        topic: note.about.as_ref().map(topic),
        note: CallNote { note: note.note, disposition: note.disposition },
        writing: task::state::writing(db, composer, stored, rights)?,
        earlier: shown.collect(),
    })
}

/// As dialling asks it: of whom the record became.
fn is_not_to_be_called(db: &Connection, person: &str) -> StoreResult<bool> {
    let found = people::person(db, &people::successor(db, person)?)?;
    Ok(found.is_some_and(|person| person.do_not_call))
}

fn topic(about: &LinkedRecord) -> Topic {
    let kind = TopicKind::of_object(&about.kind).unwrap_or(TopicKind::Opportunity);
    Topic { kind, id: about.id.clone(), name: about.name.clone(), state: None }
}

/// The calls before with the same person, or on the same line.
fn earlier(db: &Connection, stored: &Stored) -> StoreResult<Vec<Stored>> {
    let mut found = match (&stored.record_id, stored.call.line) {
        (Some(record), _) => table::of_record(db, record, MOST_EARLIER)?,
        (None, Some(line)) => table::of_line(db, line, MOST_EARLIER)?,
        (None, None) => Vec::new(),
    };
    found.retain(|row| row.call.start_utc_ms < stored.call.start_utc_ms);
    Ok(found)
}
