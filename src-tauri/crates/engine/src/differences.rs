//! Where Zoom and Salesforce say different things of a meeting: they are compared, what only Zoom changed is written,
//! and what the user has to decide is listed. The rule is the domain's (`reconcile`); writes go through the outbox.
//!
//! Not the conflicts of a row on its way: those are the outbox's.

mod look;
pub(crate) mod pull;
mod settle;
pub(crate) mod view;

use liaison_domain::{reconcile, text};
use liaison_store::tables::event_differences;
use liaison_store::tables::meetings;
use liaison_store::tables::outbox::{self, OutboxState};
use liaison_store::{Connection, StoreResult, Transaction};

use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::event::agreed::{Agreed, Open, Part, Says, put_part};
use crate::outbox::event::rows::event_rows;
use crate::outbox::event::{Change, Place};
use crate::outbox::target::Target;
use crate::outbox::view::Changed;
use crate::session::settings;
use crate::terms::{Provider, UtcMs};
use view::{DifferencePart, DifferenceSays, MeetingDifference, MeetingDifferences};

const MAX_TOPIC: usize = 300;
const MAX_TEXT: usize = 4_000;

impl Engine {
    /// What Zoom and Salesforce say differently of meetings, those that ask the user first, then by their start.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn differences(&self) -> Result<MeetingDifferences, Error> {
        let cx = self.profile().await?;
        Ok(cx.store.read(listed).await?)
    }

    /// The Event gets what Zoom says: held, then written. A description keeps all notes that stand in it.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such difference any more, [`Error::TooLate`] while a change of the Event is
    /// on its way.
    pub async fn take_from_zoom(&self, meeting: String, part: DifferencePart) -> Result<Changed, Error> {
        let cx = self.profile().await?;
        let (part, now_ms) = (Part::from(part), cx.now_ms());
        let key = meeting.clone();
        let open = cx.store.read(move |db| open_of(db, &key, part)).await?.ok_or(Error::Gone)?;
        if open.there == (Says::Gone {}) {
            return self.log_event(meeting).await;
        }
        let taken = cx.store.write(move |tx| take(tx, &meeting, part, now_ms)).await??;
        cx.outbox_changed();
        Ok(Changed { outbox_item: Some(taken), group: None })
    }

    /// Salesforce's stays as it is, until Zoom says something else; `keep` is false to be asked again.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such difference any more.
    pub async fn keep_in_salesforce(&self, meeting: String, part: DifferencePart, keep: bool) -> Result<(), Error> {
        let cx = self.profile().await?;
        let part = Part::from(part);
        let kept = cx
            .store
            .write(move |tx| {
                let Some(target) = Target::known(tx, Provider::Salesforce)? else { return Ok(false) };
                let mut agreed = Agreed::get(tx, &target.key, &meeting)?;
                if keep {
                    let Some(open) = agreed.open.iter().find(|open| open.part == part) else { return Ok(false) };
                    agreed.kept.insert(part, open.zoom.clone());
                } else {
                    agreed.kept.remove(&part);
                }
                agreed.put(tx, &target.key, &meeting).map(|()| true)
            })
            .await?;
        if kept { Ok(()) } else { Err(Error::Gone) }
    }
}

fn open_of(db: &Connection, meeting: &str, part: Part) -> StoreResult<Option<Open>> {
    let Some(target) = Target::known(db, Provider::Salesforce)? else { return Ok(None) };
    Ok(Agreed::get(db, &target.key, meeting)?.open.into_iter().find(|open| open.part == part))
}

fn take(tx: &Transaction<'_>, meeting: &str, part: Part, now_ms: i64) -> StoreResult<Result<String, Error>> {
    let Some(event) = event_rows(tx, meeting)? else { return Ok(Err(Error::Gone)) };
    let target = event.place.target.key.clone();
    let mut agreed = Agreed::get(tx, &target, meeting)?;
    let base = agreed.base.get(&part).cloned();
    let Some(at) = agreed.open.iter().position(|open| open.part == part) else { return Ok(Err(Error::Gone)) };
    let open = agreed.open[at].clone();
    let Some(written) = event.written.filter(|_| !event.busy && event.unsent.is_none() && event.change.is_none())
    else {
        return Ok(Err(Error::TooLate));
    };
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let (mut fields, mut seen) = (written.clone(), written);
    let change = if part == Part::Event {
        // Notes and all: the user has been told that somebody wrote into it, and asks for it.
        for (part, says) in &agreed.there {
            put_part(&mut seen, *part, says);
        }
        Change::Delete { fields: seen, formerly: None }
    } else {
        put_part(&mut seen, part, &open.there);
        put_part(&mut fields, part, &taken(base.as_ref(), &open));
        Change::Update { fields, base: Some(seen) }
    };
    let place = Place { depends_on: None, ..event.place };
    let row = change.operation(&place, now_ms, hold_ms);
    outbox::enqueue(tx, &row)?;
    agreed.open[at].row = Some(row.op_id.clone());
    agreed.put(tx, &target, meeting)?;
    Ok(Ok(row.op_id))
}

/// What is written when the user takes Zoom's.
fn taken(base: Option<&Says>, open: &Open) -> Says {
    match (open.part, &open.zoom, &open.there) {
        (Part::Notes, Says::Text { text: zoom }, Says::Text { text: there }) => {
            Says::Text { text: reconcile::with_notes(base.and_then(Says::words), zoom, there) }
        }
        (_, zoom, _) => zoom.clone(),
    }
}

fn listed(db: &Connection) -> StoreResult<MeetingDifferences> {
    let Some(target) = Target::known(db, Provider::Salesforce)? else { return Ok(MeetingDifferences::default()) };
    let mut all = Vec::new();
    for (key, json) in event_differences::listed(db, &target.key)? {
        let Some(record) = meetings::meeting(db, &key)? else { continue };
        let agreed = Agreed::read(&json);
        for open in &agreed.open {
            if agreed.kept.get(&open.part).is_some_and(|kept| kept.is_alike(&open.zoom)) {
                continue;
            }
            let row = match &open.row {
                Some(row) => outbox::get(db, row)?,
                None => None,
            };
            // What was taken is Zoom's by now; the next look at Salesforce says so.
            if row.as_ref().is_some_and(|row| row.state == OutboxState::Done) {
                continue;
            }
            all.push(MeetingDifference {
                meeting: key.clone(),
                topic: text::single_line(&record.topic, MAX_TOPIC),
                start: record.start_utc_ms.map(UtcMs),
                part: open.part.into(),
                zoom: shown(&open.zoom),
                salesforce: shown(&open.there),
                since: UtcMs(open.since_utc_ms),
                asks: open.asks,
                outbox_item: row.filter(|row| row.state.is_open()).map(|row| row.op_id),
            });
        }
    }
    all.sort_by(|one, other| {
        let rank = |one: &MeetingDifference| (!one.asks, one.start, one.meeting.clone());
        rank(one).cmp(&rank(other))
    });
    let asks = all.iter().filter(|one| one.asks && one.outbox_item.is_none()).count();
    Ok(MeetingDifferences { asks: u32::try_from(asks).unwrap_or(u32::MAX), rows: all })
}

fn shown(says: &Says) -> DifferenceSays {
    match says {
        Says::Text { text } => DifferenceSays::Text { text: text::multi_line(text, MAX_TEXT) },
        Says::Span { start_utc_ms, end_utc_ms } => {
            DifferenceSays::Span { start: UtcMs(*start_utc_ms), end: UtcMs(*end_utc_ms) }
        }
        Says::There {} => DifferenceSays::There {},
        Says::Gone {} => DifferenceSays::Gone {},
        Says::Elsewhere { host } => {
            DifferenceSays::Elsewhere { host: host.as_deref().map(|host| text::single_line(host, MAX_TOPIC)) }
        }
    }
}
