//! The list of calls and one call in full, from the local copy alone.

use liaison_domain::calls::Outcome;
use liaison_domain::matching::Verdict;
use liaison_domain::phone::Regions;
use liaison_domain::text;
use liaison_salesforce::TaskCapability;
use liaison_store::tables::call_links::LinkedRecord;
use liaison_store::tables::calls::{self as table, Between, CallRow as Stored, Chip};
use liaison_store::tables::cursors::{self, CursorRecord};
use liaison_store::tables::{call_links, call_notes, calls_search, voicemails};
use liaison_store::{Connection, StoreResult};

use super::stored::{Details, Place};
use super::task::compose::Composer;
use super::view::{
    CallCounts, CallDetail, CallFilter, CallHistory, CallList, CallNote, CallTopic, CallTopicKind, CallVoicemail,
};
use super::{Room, pull, rows, settle, task};
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::access;
use crate::terms::UtcMs;

const MOST_ROWS: u32 = 200;
const MAX_QUERY: usize = 200;
const MOST_EARLIER: u32 = 20;

/// A filter as the store asks it.
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
        if calls_search::has_words(&self.query) {
            return calls_search::search(db, &self.query, self.chip, self.between, offset, limit);
        }
        table::list(db, self.chip, self.between, offset, limit)
    }

    fn total(&self, db: &Connection) -> StoreResult<u32> {
        if calls_search::has_words(&self.query) {
            return calls_search::count(db, &self.query, self.chip, self.between);
        }
        table::count(db, self.chip, self.between)
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
        let access = access::now::<Room>(&cx);
        let list = cx
            .store
            .read(move |db| {
                let regions = settle::regions(db)?;
                let page = asked.page(db, offset, limit)?;
                let count = |chip| table::count(db, chip, asked.between);
                let mut shown =
                    page.iter().map(|row| rows::row(db, row, regions, now_ms)).collect::<StoreResult<Vec<_>>>()?;
                task::state::mark(db, &mut shown)?;
                Ok(CallList {
                    rows: shown,
                    total: asked.total(db)?,
                    counts: CallCounts {
                        all: count(Chip::All)?,
                        to_link: count(Chip::ToLink)?,
                        missed: count(Chip::Missed)?,
                        voicemail: count(Chip::Voicemail)?,
                        logged: count(Chip::Logged)?,
                    },
                    access,
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
        let found = cx
            .store
            .read(move |db| match table::get(db, &id)? {
                Some(stored) => detail(db, &stored, &composer, rights.as_deref()).map(Some),
                None => Ok(None),
            })
            .await?;
        found.ok_or(Error::Gone)
    }

    /// The latest voicemails, those without a call of their own included.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn voicemails(&self, offset: u32, limit: u32) -> Result<Vec<CallVoicemail>, Error> {
        let cx = self.profile().await?;
        let limit = limit.min(MOST_ROWS);
        let found = cx
            .store
            .read(move |db| {
                let regions = settle::regions(db)?;
                let page = voicemails::latest(db, offset, limit)?;
                Ok(page.into_iter().map(|message| rows::voicemail(message, regions)).collect())
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
) -> StoreResult<CallDetail> {
    let now_ms = composer.now_ms;
    let regions = settle::regions(db)?;
    let call = &stored.call;
    let details = Details::read(&call.details_json);
    let link = call_links::get(db, &call.key)?;
    let verdict = settle::verdict(db, stored, now_ms)?;
    let reached = settle::reached(stored, regions);
    let remembered = match &reached {
        Ok(number) if !call.internal => settle::remembered(db, number)?,
        _ => None,
    };
    let candidates = match (&verdict, &reached) {
        // A link that was made, or taken away, leaves the choice of everybody who has the number.
        (Verdict::Linked { .. } | Verdict::Ignored { .. }, Ok(_)) => {
            let undecided = settle::everybody(db, stored, now_ms)?;
            rows::candidates(db, &undecided)?
        }
        _ => rows::candidates(db, rows::choices(&verdict))?,
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
        row: rows::row(db, stored, regions, now_ms)?,
        why: link.as_ref().and_then(rows::why),
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
        hidden: details.hidden,
        spam: details.spam,
        emergency: details.emergency,
        complete: call.complete && Outcome::named(&call.outcome) != Outcome::Unknown,
        path: details.path.iter().map(|step| rows::step(step, regions)).collect(),
        recordings: u32::try_from(details.recordings.len()).unwrap_or(u32::MAX),
        summary: details.summary.is_some(),
        voicemails: messages.into_iter().map(|message| rows::voicemail(message, regions)).collect(),
        topic: note.about.as_ref().map(topic),
        note: CallNote { note: note.note, disposition: note.disposition },
        writing: task::state::writing(db, composer, stored, rights)?,
        earlier: earlier(db, stored, regions, now_ms)?,
    })
}

fn topic(about: &LinkedRecord) -> CallTopic {
    let kind = if about.kind == "Case" { CallTopicKind::Case } else { CallTopicKind::Opportunity };
    CallTopic { kind, id: about.id.clone(), name: about.name.clone(), state: None }
}

fn earlier(db: &Connection, stored: &Stored, regions: Regions, now_ms: i64) -> StoreResult<Vec<super::view::CallRow>> {
    let found = match (&stored.record_id, stored.call.line) {
        (Some(record), _) => table::of_record(db, record, MOST_EARLIER)?,
        (None, Some(line)) => table::of_line(db, line, MOST_EARLIER)?,
        (None, None) => Vec::new(),
    };
    let before = found.iter().filter(|row| row.call.start_utc_ms < stored.call.start_utc_ms);
    before.map(|row| rows::row(db, row, regions, now_ms)).collect()
}
