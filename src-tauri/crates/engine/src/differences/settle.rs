//! One meeting and its Event compared, in one transaction: what follows is put in line, what is open is noted.

mod successor;

use std::collections::HashMap;

use liaison_domain::reconcile::{self, Existence, InSalesforce, InZoom, Verdict};
use liaison_store::tables::meetings::{self, FetchedMeeting, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState, Urgency};
use liaison_store::tables::records_pushed;
use liaison_store::{Sealer, StoreResult, Transaction, planted};

use super::look::Look;
use crate::outbox::event::agreed::{Agreed, Open, Part, Says, parts, put_part};
use crate::outbox::event::fields::{EventFields, Payload};
use crate::outbox::event::rows::{EventRows, event_rows};
use crate::outbox::event::{self, Change, EVENT};
use crate::outbox::kind::MEETING;
use crate::session::settings;

/// A meeting of somebody else that is not listed for so long is told to be gone.
const THEIRS_AFTER_MS: i64 = 4 * 60_000;

/// What one round has seen.
pub(super) struct Seen {
    /// When Salesforce was asked; what was written later is not compared.
    pub began_ms: i64,
    pub now_ms: i64,
    /// Events that are there, by id.
    pub there: HashMap<String, EventFields>,
    /// What a second look at Zoom told of meetings that its lists lack, by key. Of what it did not tell, there is none.
    pub looks: HashMap<String, Look>,
}

/// What a meeting came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// Nothing is new.
    Nothing,
    /// Something is to be sent.
    Queued,
}

pub(super) fn settle(tx: &Transaction<'_>, sealer: &Sealer, seen: &Seen, key: &str) -> StoreResult<Came> {
    let Some(record) = meetings::meeting(tx, key)? else { return Ok(Came::Nothing) };
    let secrets = meetings::secrets(tx, sealer, key)?.unwrap_or_default();
    let fetched = FetchedMeeting { meeting: record, secrets };
    let Some(zoom) = event::fields_of(&fetched, &[]) else { return Ok(Came::Nothing) };
    let record = fetched.meeting;
    let Some(rows) = event_rows(tx, key)? else { return deleted_there(tx, seen, &record) };
    let target = rows.place.target.key.clone();
    let before = Agreed::get(tx, &target, key)?;
    let mut round = Round { tx, seen, record: &record, zoom: &zoom, rows: &rows, agreed: before.clone() };
    let came = round.run()?;
    if round.agreed != before {
        round.agreed.put(tx, &target, key)?;
    }
    Ok(came)
}

/// An Event that was deleted in Salesforce: it stays so, unless somebody takes it out of the bin again.
fn deleted_there(tx: &Transaction<'_>, seen: &Seen, record: &MeetingRecord) -> StoreResult<Came> {
    let Some((place, pushed)) = event::rows::deleted_there(tx, &record.key)? else { return Ok(Came::Nothing) };
    let mut agreed = Agreed::get(tx, &place.target.key, &record.key)?;
    let before = agreed.clone();
    if seen.there.contains_key(&pushed.record_id) {
        records_pushed::put(tx, &records_pushed::PushedRecord { deleted_there_utc_ms: None, ..pushed })?;
        agreed.open.clear();
    } else if record.gone_utc_ms.is_some() || is_over(record, seen.now_ms) {
        agreed.open.clear();
    } else {
        note(&mut agreed, vec![(Part::Event, Says::There {}, Says::Gone {}, true)], seen.now_ms);
    }
    if agreed != before {
        agreed.put(tx, &place.target.key, &record.key)?;
    }
    Ok(Came::Nothing)
}

fn is_over(record: &MeetingRecord, now_ms: i64) -> bool {
    record.start_utc_ms.unwrap_or_default() + record.minutes.max(1) * 60_000 <= now_ms
}

/// Notes what is open; what was open already is so since then.
fn note(agreed: &mut Agreed, found: Vec<(Part, Says, Says, bool)>, now_ms: i64) {
    let old = std::mem::take(&mut agreed.open);
    agreed.open = found
        .into_iter()
        .map(|(part, zoom, there, asks)| {
            let same = old.iter().find(|open| open.part == part && open.zoom == zoom && open.there == there);
            same.map_or_else(
                || Open { part, zoom: zoom.clone(), there: there.clone(), since_utc_ms: now_ms, asks, row: None },
                |open| Open { asks, ..open.clone() },
            )
        })
        .collect();
}

struct Round<'a> {
    tx: &'a Transaction<'a>,
    seen: &'a Seen,
    record: &'a MeetingRecord,
    /// The Event as Zoom would have it.
    zoom: &'a EventFields,
    rows: &'a EventRows,
    agreed: Agreed,
}

impl Round<'_> {
    fn run(&mut self) -> StoreResult<Came> {
        let open: Vec<OutboxRecord> =
            outbox::by_identity(self.tx, &self.rows.place.target.key, EVENT, &self.rows.place.identity)?
                .into_iter()
                .filter(|row| row.state.is_open())
                .collect();
        if self.record.gone_utc_ms.is_none() && self.came_back(&open)? {
            return Ok(Came::Queued);
        }
        if let Some(unsent) = self.rows.unsent.as_ref().filter(|_| open.len() == 1) {
            return self.follow_unsent(unsent);
        }
        // What is on its way is compared when it has arrived; what the user decided of the meeting, too.
        let series = self.record.whole().to_string();
        let deciding = outbox::last_by_subject(self.tx, MEETING, &[&self.record.key, &series])?;
        if !open.is_empty() || self.rows.busy || deciding.iter().any(|row| row.state.is_open()) {
            return Ok(Came::Nothing);
        }
        let Some(id) = self.rows.place.record_id.clone().filter(|id| !id.is_empty()) else {
            return Ok(Came::Nothing);
        };
        let pushed = records_pushed::get(self.tx, &self.rows.place.target.key, &self.rows.place.identity)?;
        if pushed.is_none_or(|pushed| pushed.pushed_utc_ms >= self.seen.began_ms) {
            return Ok(Came::Nothing);
        }
        match self.seen.there.get(&id).cloned() {
            Some(there) => self.both(&there),
            None => self.gone_there(),
        }
    }

    /// A meeting that was thought to be gone is back: the Event that was about to go stays.
    fn came_back(&mut self, open: &[OutboxRecord]) -> StoreResult<bool> {
        let mut back = false;
        if self.agreed.tried.remove(&Part::Event).is_some() {
            let untouched = |row: &&OutboxRecord| {
                row.action == OutboxAction::Delete
                    && row.state != OutboxState::Claimed
                    && row.maybe_sent_utc_ms.is_none()
            };
            for row in open.iter().filter(untouched) {
                outbox::take_back(self.tx, &row.op_id, self.seen.now_ms)?;
                back = true;
            }
        }
        if matches!(self.agreed.kept.get(&Part::Event), Some(Says::Gone {} | Says::Elsewhere { .. })) {
            self.agreed.kept.remove(&Part::Event);
        }
        Ok(back)
    }

    /// An Event that was not made yet is made of what Zoom says by then, but for what the user has written into it.
    fn follow_unsent(&mut self, row: &OutboxRecord) -> StoreResult<Came> {
        if self.is_gone() {
            outbox::take_back(self.tx, &row.op_id, self.seen.now_ms)?;
            if let Some(next) = self.successor()? {
                self.make_for(&next, row)?;
            }
            return Ok(Came::Queued);
        }
        let Some(payload) = Payload::read(&row.payload_json).filter(|_| self.record.gone_utc_ms.is_none()) else {
            return Ok(Came::Nothing);
        };
        let mut fields = payload.fields.clone();
        for ((part, zoom), (_, ours)) in parts(self.zoom).into_iter().zip(parts(&payload.fields)) {
            if !self.is_told(part) || zoom == ours || self.agreed.base.get(&part) != Some(&ours) {
                continue;
            }
            put_part(&mut fields, part, &zoom);
            self.agreed.base.insert(part, zoom);
        }
        if fields == payload.fields {
            return Ok(Came::Nothing);
        }
        let payload = Payload { fields, ..payload };
        outbox::edit(self.tx, &row.op_id, &self.record.topic, &payload.json(), None, self.seen.now_ms)?;
        Ok(Came::Queued)
    }

    /// Whether Zoom has told it: the list does not tell the agenda.
    fn is_told(&self, part: Part) -> bool {
        part != Part::Notes || self.record.details_utc_ms.is_some()
    }

    fn is_gone(&self) -> bool {
        self.record.gone_utc_ms.is_some() && self.seen.looks.get(&self.record.key) == Some(&Look::Gone)
    }

    fn both(&mut self, there: &EventFields) -> StoreResult<Came> {
        self.agreed.there = parts(there).into();
        if self.record.gone_utc_ms.is_some() {
            return self.gone_in_zoom(there);
        }
        if is_over(self.record, self.seen.now_ms) {
            // What happens now is what became of it.
            self.agreed.open.clear();
            return Ok(Came::Nothing);
        }
        let Some(written) = self.rows.written.clone() else { return Ok(Came::Nothing) };
        let (mut fields, mut base) = (written.clone(), written);
        let (mut found, mut queued) = (Vec::new(), false);
        for ((part, zoom), (_, salesforce)) in parts(self.zoom).into_iter().zip(parts(there)) {
            if !self.is_told(part) {
                continue;
            }
            let (verdict, text) = self.verdict(part, &zoom, &salesforce);
            // Once unasked; if it is not so afterwards, somebody wants it otherwise.
            let again = self.agreed.tried.get(&part) == Some(&zoom);
            match verdict {
                Verdict::Same => {
                    self.agreed.base.insert(part, zoom);
                    self.agreed.kept.remove(&part);
                    self.agreed.tried.remove(&part);
                }
                Verdict::Write if !again => {
                    put_part(&mut base, part, &salesforce);
                    put_part(&mut fields, part, &text.unwrap_or_else(|| zoom.clone()));
                    self.agreed.tried.insert(part, zoom);
                    queued = true;
                }
                Verdict::Write | Verdict::Ask => found.push((part, zoom, salesforce, true)),
                // A meeting and its Event at different times are a matter for the user, whoever moved it.
                Verdict::Theirs => found.push((part, zoom, salesforce, part == Part::Time)),
                Verdict::Kept => {}
            }
        }
        note(&mut self.agreed, found, self.seen.now_ms);
        if !queued {
            return Ok(Came::Nothing);
        }
        let mut row = Change::Update { fields, base: Some(base) }.operation(&self.rows.place, self.seen.now_ms, 0);
        row.title.clone_from(&self.record.topic);
        row.urgency = Urgency::Bulk;
        outbox::enqueue(self.tx, &row)?;
        Ok(Came::Queued)
    }

    fn verdict(&self, part: Part, zoom: &Says, salesforce: &Says) -> (Verdict, Option<Says>) {
        let (base, kept) = (self.agreed.base.get(&part), self.agreed.kept.get(&part));
        match (part, zoom, salesforce) {
            (Part::Notes, Says::Text { text: zoom }, Says::Text { text: salesforce }) => {
                let (verdict, text) =
                    reconcile::notes(base.and_then(Says::words), kept.and_then(Says::words), zoom, salesforce);
                (verdict, text.map(|text| Says::Text { text }))
            }
            _ => (reconcile::field(base, kept, zoom, salesforce), None),
        }
    }

    /// What was written, with what Salesforce says now.
    fn as_there(&self, there: &EventFields) -> EventFields {
        let mut seen = self.rows.written.clone().unwrap_or_else(|| there.clone());
        for (part, says) in parts(there) {
            put_part(&mut seen, part, &says);
        }
        seen
    }

    fn gone_in_zoom(&mut self, there: &EventFields) -> StoreResult<Came> {
        if self.is_gone()
            && let Some(next) = self.successor()?
            && let Some(came) = self.goes_on(&next, there)?
        {
            return Ok(came);
        }
        let touched = parts(there).iter().any(|(part, says)| self.agreed.base.get(part) != Some(says)) && !planted(28);
        let look = self.seen.looks.get(&self.record.key).cloned();
        let is_told = look.is_some();
        // Whoever hosts it again may see it deleted again.
        if look == Some(Look::There) && matches!(self.agreed.tried.get(&Part::Event), Some(Says::Elsewhere { .. })) {
            self.agreed.tried.remove(&Part::Event);
        }
        let (zoom, says) = match look {
            Some(Look::Gone) => (InZoom::Gone, Says::Gone {}),
            Some(Look::Elsewhere { host }) => (InZoom::Elsewhere, Says::Elsewhere { host }),
            Some(Look::There) | None => (InZoom::Missing, Says::Gone {}),
        };
        let salesforce = if touched { InSalesforce::Edited } else { InSalesforce::Untouched };
        let tried = self.agreed.tried.contains_key(&Part::Event);
        match reconcile::existence(zoom, salesforce) {
            Existence::Settled => {
                // Nobody but its host can ask Zoom for it: that it is gone is told, and nothing is done.
                let theirs = !self.record.is_host
                    && self.record.gone_utc_ms.is_some_and(|gone| gone + THEIRS_AFTER_MS <= self.seen.now_ms)
                    && self.agreed.kept.get(&Part::Event) != Some(&Says::Gone {});
                if is_told || !self.record.is_host {
                    let told = (Part::Event, says, Says::There {}, true);
                    note(&mut self.agreed, theirs.then_some(told).into_iter().collect(), self.seen.now_ms);
                } else {
                    // Zoom was not asked, or gave no answer: what is asked of the user stays asked.
                    self.agreed.open.retain(|open| open.part == Part::Event);
                }
                Ok(Came::Nothing)
            }
            Existence::Delete if !tried => {
                note(&mut self.agreed, Vec::new(), self.seen.now_ms);
                self.agreed.tried.insert(Part::Event, Says::Gone {});
                let hold_ms = i64::from(settings::read(self.tx)?.hold_seconds) * 1_000;
                let row = Change::Delete { fields: self.as_there(there), formerly: None }.operation(
                    &self.rows.place,
                    self.seen.now_ms,
                    hold_ms,
                );
                outbox::enqueue(self.tx, &row)?;
                Ok(Came::Queued)
            }
            Existence::Delete | Existence::Ask => {
                if zoom == InZoom::Elsewhere {
                    // Should Zoom find it no more later on, it may only be hidden from this user: nothing goes unasked.
                    self.agreed.tried.insert(Part::Event, Says::Elsewhere { host: None });
                }
                let kept = self.agreed.kept.get(&Part::Event).is_some_and(|kept| kept.is_alike(&says));
                let found = if kept { Vec::new() } else { vec![(Part::Event, says, Says::There {}, true)] };
                note(&mut self.agreed, found, self.seen.now_ms);
                Ok(Came::Nothing)
            }
        }
    }

    /// Somebody has deleted the Event: it is not made anew unasked.
    fn gone_there(&mut self) -> StoreResult<Came> {
        // Of a meeting that is over, whoever still has something to write finds it out.
        if is_over(self.record, self.seen.now_ms) {
            return Ok(Came::Nothing);
        }
        let place = &self.rows.place;
        outbox::retire(self.tx, &place.target.key, EVENT, &place.identity)?;
        records_pushed::mark_deleted_there(self.tx, &place.target.key, &place.identity, self.seen.now_ms)?;
        let found = if self.record.gone_utc_ms.is_some() {
            Vec::new()
        } else {
            vec![(Part::Event, Says::There {}, Says::Gone {}, true)]
        };
        note(&mut self.agreed, found, self.seen.now_ms);
        Ok(Came::Nothing)
    }
}
