//! What the lists of a round told of the user's own meetings, and which of these are asked for whole because of it.
//!
//! A list tells topic, time, the beginning of the agenda and the link (which follows the passcode); the list of the
//! coming day tells passcodes. Where one of these is new, the meeting is read at once. Waiting room and invitees are in
//! no list: these are right by the time they are needed, because a meeting is read more often the sooner it begins.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_store::tables::meetings::{FetchedMeeting, KnownDetails};
use liaison_zoom::{JoinUrl, MeetingId, MeetingSummary, MeetingType, Passcode, UpcomingMeeting};
use sha2::{Digest, Sha256};

use crate::pull::is_older;

/// Details of meetings in this stretch around now are read without an occasion.
const BEFORE: TimeDelta = TimeDelta::hours(12);
const AFTER: TimeDelta = TimeDelta::days(7);
/// So long after its end Zoom tells of a meeting.
const TOLD_FOR: TimeDelta = TimeDelta::days(30);
/// Those that begin so soon are read again after the first time (at each round while nobody looks, whatever it took),
/// the others after the second.
const COMING: TimeDelta = TimeDelta::hours(12);
const FRESH_COMING: TimeDelta = TimeDelta::minutes(9);
const FRESH_LATER: TimeDelta = TimeDelta::hours(6);

/// What one round is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    pub now: DateTime<Utc>,
    /// Somebody wants to see what is new.
    pub asked: bool,
}

/// The user's own meetings, by number.
#[derive(Debug, Default)]
pub(super) struct Listed(BTreeMap<MeetingId, Told>);

#[derive(Debug, Default)]
struct Told {
    series: bool,
    spans: Vec<Span>,
    /// Digests of what each row told. Lists may tell the same in another order.
    rows: BTreeSet<[u8; 32]>,
}

/// When it takes place; one without a fixed time may at any.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
}

impl Span {
    fn of(row: &FetchedMeeting) -> Self {
        let start = row.meeting.start_utc_ms.and_then(DateTime::from_timestamp_millis);
        Self { start, end: start.and_then(|start| start.checked_add_signed(TimeDelta::minutes(row.meeting.minutes))) }
    }

    fn is_near(&self, now: DateTime<Utc>) -> bool {
        self.start.is_none_or(|start| start < now + AFTER) && self.end.is_none_or(|end| end > now - BEFORE)
    }

    /// It ended while nobody looked, and Zoom still tells what became of it.
    fn is_still_told(&self, now: DateTime<Utc>) -> bool {
        self.end.is_some_and(|end| end <= now && end > now - TOLD_FOR)
    }

    fn is_past(&self, now: DateTime<Utc>) -> bool {
        self.end.is_some_and(|end| end <= now - BEFORE)
    }

    fn is_soon(&self, now: DateTime<Utc>) -> bool {
        self.start.is_some_and(|start| start - now <= COMING) && self.end.is_some_and(|end| end > now)
    }
}

impl Listed {
    /// The list begins anew.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// A row of the list of what the user hosts, and the same as it is stored.
    pub fn hosted(&mut self, item: &MeetingSummary, row: &FetchedMeeting) {
        let told = self.0.entry(item.id).or_default();
        told.series |= is_series(item);
        told.spans.push(Span::of(row));
        let minutes = item.duration_minutes.map(|minutes| minutes.to_string());
        let start = row.meeting.start_utc_ms.map(|start| start.to_string());
        let room = item.pmi.map(|room| room.0.to_string());
        told.rows.insert(digest(&[
            Some("hosted"),
            item.topic.as_deref(),
            start.as_deref(),
            minutes.as_deref(),
            item.timezone.as_deref(),
            item.agenda.as_deref(),
            item.join_url.as_ref().map(JoinUrl::expose),
            room.as_deref(),
        ]));
    }

    /// A row of the list of the coming day; of meetings that the user does not host, nothing more can be read.
    pub fn upcoming(&mut self, item: &UpcomingMeeting) {
        let Some(told) = self.0.get_mut(&item.id) else { return };
        let passcode = item.passcode.as_ref().map(Passcode::expose);
        let room = item.use_pmi.map(|room| if room { "room" } else { "own" });
        told.rows.insert(digest(&[Some("upcoming"), passcode, room]));
    }

    /// The numbers of all meetings.
    pub fn ids(&self) -> impl Iterator<Item = MeetingId> {
        self.0.keys().copied()
    }

    /// Meetings that the list names once for each date, without telling which occurrence.
    pub fn series(&self) -> BTreeSet<MeetingId> {
        self.0.iter().filter(|(_, told)| told.series).map(|(id, _)| *id).collect()
    }

    /// What all lists told of a meeting, in short.
    pub fn digest(&self, id: MeetingId) -> Option<Vec<u8>> {
        self.0.get(&id).map(Told::digest)
    }

    /// Which meetings are to be read whole, those first of which something new was told, then the next to begin.
    pub fn due(&self, occasion: Occasion, known: impl Fn(MeetingId) -> Option<KnownDetails>) -> Vec<MeetingId> {
        let next = self.next(occasion.now);
        let mut due: Vec<_> = self
            .0
            .iter()
            .filter_map(|(id, told)| {
                let reason = told.reason(known(*id).as_ref(), occasion, next)?;
                let start = told.spans.iter().filter_map(|span| span.start).filter(|start| *start > occasion.now).min();
                Some((reason, start.is_none(), start, *id))
            })
            .collect();
        due.sort_unstable();
        due.into_iter().map(|(.., id)| id).collect()
    }

    /// Whether a meeting is over altogether.
    pub fn is_over(&self, id: MeetingId, now: DateTime<Utc>) -> bool {
        let told = self.0.get(&id);
        told.is_some_and(|told| !told.spans.is_empty() && told.spans.iter().all(|span| span.is_past(now)))
    }

    /// Whether lists tell of a meeting something else than when it was read.
    pub fn has_news(&self, known: impl Fn(MeetingId) -> Option<KnownDetails>) -> bool {
        self.0.iter().any(|(id, told)| told.is_new(known(*id).as_ref()))
    }

    /// When the next meeting begins.
    fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let starts = self.0.values().flat_map(|told| &told.spans).filter_map(|span| span.start);
        starts.filter(|start| *start > now).min()
    }
}

/// Why a meeting is to be read, in the order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// Lists tell something else than when it was read, or it was never read.
    New,
    /// It was read long enough ago.
    Old,
    /// It was over before it was ever read: who was invited is what tells the guests of it apart.
    Over,
}

impl Told {
    fn reason(&self, known: Option<&KnownDetails>, occasion: Occasion, next: Option<DateTime<Utc>>) -> Option<Reason> {
        let now = occasion.now;
        let near = self.spans.iter().any(|span| span.is_near(now));
        let read = known.and_then(|known| known.read_utc_ms);
        if read.is_none() {
            let over = self.spans.iter().any(|span| span.is_still_told(now)).then_some(Reason::Over);
            return (self.series || near).then_some(Reason::New).or(over);
        }
        if self.is_new(known) {
            return Some(Reason::New);
        }
        let soon = self.spans.iter().any(|span| span.is_soon(now));
        let runs = |span: &Span| span.start.is_some_and(|start| start <= now) && span.is_soon(now);
        let is_next = self.spans.iter().any(|span| runs(span) || next.is_some() && span.start == next);
        let fresh = match (near, soon) {
            _ if is_next => TimeDelta::zero(),
            (_, true) if occasion.asked => TimeDelta::zero(),
            (_, true) => FRESH_COMING,
            (true, false) => FRESH_LATER,
            (false, false) => return None,
        };
        is_older(read, fresh, now).then_some(Reason::Old)
    }

    /// Whether it was read, and lists told something else then.
    fn is_new(&self, known: Option<&KnownDetails>) -> bool {
        known.is_some_and(|known| {
            known.read_utc_ms.is_some() && known.listed.as_deref() != Some(self.digest().as_slice())
        })
    }

    fn digest(&self) -> Vec<u8> {
        let mut all = Sha256::new();
        for row in &self.rows {
            all.update(row);
        }
        all.finalize().to_vec()
    }
}

/// Whether the list names it once for each date.
pub(super) fn is_series(item: &MeetingSummary) -> bool {
    item.meeting_type == Some(MeetingType::RecurringFixedTime)
}

/// What parts say, and which of them are missing.
fn digest(parts: &[Option<&str>]) -> [u8; 32] {
    let mut all = Sha256::new();
    for part in parts {
        match part {
            None => all.update([0]),
            Some(text) => {
                all.update([1]);
                all.update((text.len() as u64).to_le_bytes());
                all.update(text);
            }
        }
    }
    all.finalize().into()
}

#[cfg(test)]
mod tests;
