//! What becomes of the dates of a series that gets another rule, and of everything that hangs on them: told before
//! anything is sent, and done when Zoom has made the new dates.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::draft::When;
use liaison_domain::zones::{self, Zone};
use liaison_domain::{LinkBasis, series, series_anew};
use liaison_store::tables::links::{self, LinkRecord};
use liaison_store::tables::meeting_topics::{self, MeetingTopic};
use liaison_store::tables::meetings::{self, FetchedMeeting, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxRecord, Urgency};
use liaison_store::tables::people::PersonRecord;
use liaison_store::tables::{event_differences, records_pushed};
use liaison_store::{Connection, StoreResult, Transaction};
use uuid::Uuid;

use super::change::Deciding;
use super::dates::is_date_to_come;
use super::repeats::Repeating;
use super::stored::{MeetingEdit, MeetingFields};
use super::stored_rule::{KnownDate, RuleChange};
use super::{attendees, rule_alone, topic, written_date, written_time};
use crate::meetings::kept_links;
use crate::meetings::series::planned;
use crate::outbox::event::rows::{event_rows, note_under, place_of};
use crate::outbox::event::{self, Change, EVENT, Place, agreed};
use crate::outbox::view::{FieldContent, FieldValue};
use crate::schedule::rule_view::{AloneDate, RuleCheck, WallMoment};
use crate::terms::UtcMs;
use crate::topics::stored::StoredTopic;

/// The value that is there most often; of several the first.
pub(super) fn most<T: Ord>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counted: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (place, one) in all.enumerate() {
        counted.entry(one).or_insert((0, place)).0 += 1;
    }
    counted.into_iter().max_by_key(|(_, (count, place))| (*count, usize::MAX - place)).map(|(one, _)| one)
}

/// By how much the dates were moved together since the rule had planned them, on the clocks of `zone`: most of them.
fn together(dates: &[KnownDate], zone: Zone) -> TimeDelta {
    let wall = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
    let by = |date: &KnownDate| {
        let start = DateTime::from_timestamp_millis(date.start_utc_ms).unwrap_or_default();
        wall(start) - wall(date.planned())
    };
    most(dates.iter().map(by)).unwrap_or_default()
}

/// When each date would be if it had not been moved by itself.
pub(super) fn usual(dates: &[KnownDate], zone: Zone) -> Vec<DateTime<Utc>> {
    let by = together(dates, zone);
    dates.iter().map(|date| series::moved(date.planned(), zone, by)).collect()
}

/// By how many days the dates were moved together.
pub(super) fn days_between(dates: &[KnownDate], usual: &[DateTime<Utc>], zone: Zone) -> i64 {
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let first = dates.first().zip(usual.first());
    first.map_or(0, |(date, usual)| (day(*usual) - day(date.planned())).num_days())
}

/// Which new date takes the place of each old one.
fn successors(dates: &[KnownDate], zones: (Zone, Zone), new: &[(String, DateTime<Utc>)]) -> Vec<Option<usize>> {
    let (old_zone, new_zone) = zones;
    let ids: BTreeSet<&str> = new.iter().map(|(id, _)| id.as_str()).collect();
    // A date with the same id is the same one for whatever knows it by that, also where all had been moved since.
    let old = if dates.iter().any(|date| ids.contains(date.occurrence.as_str())) {
        dates.iter().map(KnownDate::planned).collect()
    } else {
        usual(dates, old_zone)
    };
    let starts: Vec<DateTime<Utc>> = new.iter().map(|(_, start)| *start).collect();
    series_anew::successors(&old, &starts, new_zone)
}

/// What another rule makes of the dates that are known.
pub(super) struct Future<'a> {
    dates: Vec<KnownDate>,
    usual: Vec<DateTime<Utc>>,
    starts: &'a [DateTime<Utc>],
    successors: Vec<Option<usize>>,
    zone: Zone,
}

impl<'a> Future<'a> {
    /// `dates` are those that take place.
    pub fn of(dates: Vec<KnownDate>, old_zone: Zone, repeating: &'a Repeating) -> Self {
        let starts = &repeating.dates.starts;
        let new: Vec<_> = starts.iter().map(|start| (start.timestamp_millis().to_string(), *start)).collect();
        Self {
            usual: usual(&dates, old_zone),
            successors: successors(&dates, (old_zone, repeating.zone), &new),
            dates,
            starts,
            zone: repeating.zone,
        }
    }

    /// Says so in words for the sheet; `cancelled` are dates that were cancelled by themselves.
    pub fn tell(&self, cancelled: &[DateTime<Utc>], now: DateTime<Utc>, minutes: u32, check: &mut RuleCheck) {
        let mut alone = Vec::new();
        for ((date, usual), successor) in self.dates.iter().zip(&self.usual).zip(&self.successors) {
            let becomes = successor.and_then(|place| self.starts.get(place)).copied();
            let start = DateTime::from_timestamp_millis(date.start_utc_ms).unwrap_or_default();
            match becomes {
                Some(at) if at == start && i64::from(minutes) == date.minutes => check.same += 1,
                Some(_) => check.moved += 1,
                None => check.gone += 1,
            }
            if start != *usual {
                alone.push((*usual, Some(start), becomes));
            }
        }
        let taken = self.successors.iter().flatten().count();
        check.added = u32::try_from(self.starts.len().saturating_sub(taken)).unwrap_or(u32::MAX);
        let day = |at: &DateTime<Utc>| at.with_timezone(&self.zone).date_naive();
        for at in cancelled.iter().filter(|at| **at > now) {
            let again = self.starts.iter().find(|start| day(start) == day(at)).copied();
            alone.push((*at, None, again));
        }
        alone.sort_unstable();
        let said = |at: DateTime<Utc>| {
            let wall = at.with_timezone(&self.zone).naive_local();
            WallMoment { date: written_date(wall), time: written_time(wall) }
        };
        check.alone = alone
            .into_iter()
            .map(|(planned, moved_to, becomes)| AloneDate {
                planned: said(planned),
                moved_to: moved_to.map(said),
                becomes: becomes.map(said),
            })
            .collect();
    }
}

/// Dates that were cancelled since Zoom was last read; of those that were before, it tells itself, and what another rule
/// has dropped is none of them.
pub(super) fn cancelled_since(db: &Connection, meeting_id: i64, read_utc_ms: i64) -> StoreResult<Vec<DateTime<Utc>>> {
    let dates = meetings::by_meeting_id(db, meeting_id)?;
    let gone = dates.iter().filter(|date| date.gone_utc_ms.is_some_and(|gone| gone > read_utc_ms));
    Ok(gone.filter_map(|date| planned(date.occurrence_id.as_deref()?, date.start_utc_ms)).collect())
}

/// How many of the dates have an Event, or one on its way.
pub(super) fn with_event(db: &Connection, dates: &[MeetingRecord]) -> StoreResult<u32> {
    let mut count = 0;
    for date in dates {
        let Some(place) = place_of(db, &date.key)? else { return Ok(0) };
        let written = records_pushed::get(db, &place.target.key, &place.identity)?
            .is_some_and(|pushed| pushed.deleted_there_utc_ms.is_none());
        let making = || {
            let rows = outbox::by_identity(db, &place.target.key, EVENT, &place.identity)?;
            StoreResult::Ok(rows.iter().any(|row| row.state.is_open()))
        };
        count += u32::from(written || making()?);
    }
    Ok(count)
}

/// The last date of a rule, for the list of what leaves.
pub(super) fn shown(fields: &MeetingFields, rule: &RuleChange) -> Option<FieldValue> {
    let zone = zones::parse(&fields.zone)?;
    let end = fields.start() + TimeDelta::minutes(i64::from(fields.minutes));
    let repeating = Repeating::of(&rule.repeats(), When { start: fields.start(), end, zone }).ok()?;
    let at = UtcMs(repeating.dates.starts.last()?.timestamp_millis());
    Some(FieldValue { name: "LastDate".to_owned(), value: FieldContent::Time { at } })
}

impl Deciding {
    /// Zoom has made the dates of a series anew: what hung on the old ones hangs on those that take their places, what
    /// is gone is gone with its Event, and what is new gets one where the others have one.
    pub fn dates_anew(
        &self,
        tx: &Transaction<'_>,
        row: &OutboxRecord,
        edit: &MeetingEdit,
        rule: &RuleChange,
        there: &[FetchedMeeting],
    ) -> StoreResult<()> {
        meetings::upsert_page(tx, &self.sealer, there, meetings::last_generation(tx)?)?;
        let number = row.record_id.as_deref().and_then(|id| id.parse::<u64>().ok()).unwrap_or_default();
        let mut new: Vec<&FetchedMeeting> =
            there.iter().filter(|date| is_date_to_come(&date.meeting, self.now_ms)).collect();
        new.sort_by_key(|date| date.meeting.start_utc_ms);
        let (keys, starts): (BTreeSet<&str>, Vec<_>) = (
            new.iter().map(|date| date.meeting.key.as_str()).collect(),
            new.iter().filter_map(|date| id_and_start(&date.meeting)).collect(),
        );
        self.moot(tx, &row.target, number, rule)?;
        let mut old = rule_alone::settled(tx, &row.target, number, rule)?;
        old.retain(|date| date.start_utc_ms > self.now_ms);
        let zone = |name: &str| zones::parse(name).unwrap_or(zones::Zone::UTC);
        let successors = successors(&old, (zone(&edit.base.zone), zone(&edit.fields.zone)), &starts);
        let topic = usual_topic(tx, &old, number)?;
        let mut logged = false;
        for (date, successor) in old.iter().zip(&successors) {
            let key = date.key(number);
            let Some(record) = meetings::meeting(tx, &key)? else { continue };
            let Some(before) = as_known(&record, date) else { continue };
            if let Some(next) = successor.and_then(|place| new.get(place)) {
                logged |= self.goes_on(tx, &record, &before, &next.meeting)?;
            } else {
                logged |= event_rows(tx, &key)?.is_some_and(|event| event.written.is_some());
                self.cancel_event(tx, &key, &row.op_id, 0)?;
            }
            if !keys.contains(key.as_str()) {
                meetings::mark_gone(tx, &key, self.now_ms)?;
            }
        }
        let taken: BTreeSet<usize> = successors.into_iter().flatten().collect();
        let people = attendees::records(tx, edit.fields.people.as_deref().unwrap_or_default())?;
        for (_, date) in new.iter().enumerate().filter(|(place, _)| !taken.contains(place)) {
            for person in &people {
                let link = kept_links::link(&date.meeting.key, person, self.now_ms, LinkBasis::Intent);
                links::insert_link(tx, &link)?;
            }
            // A date that was cancelled before may have one of its own.
            if event::about(tx, &date.meeting.key)?.is_none() {
                topic::keep(tx, &date.meeting.key, topic.as_ref(), self.now_ms)?;
            }
            if logged {
                self.log_added(tx, date, &people)?;
            }
        }
        Ok(())
    }

    fn log_added(&self, tx: &Transaction<'_>, date: &FetchedMeeting, people: &[PersonRecord]) -> StoreResult<()> {
        let Some(mut fields) = event::fields_of(date, people) else { return Ok(()) };
        fields.what = event::about(tx, &date.meeting.key)?;
        let Some(place) = place_of(tx, &date.meeting.key)? else { return Ok(()) };
        let title = date.meeting.topic.clone();
        let place = Place { title, person_name: people.first().map(|person| person.name.clone()), ..place };
        agreed::begins(tx, &place.target.key, &place.subject_key, &fields)?;
        // A date that was cancelled before may have had one.
        let mut row = Change::Create { fields, again: true }.operation(&place, self.now_ms, 0);
        row.urgency = Urgency::Bulk;
        outbox::enqueue(tx, &row).map(drop)
    }

    /// What hangs on a date hangs on the one that takes its place. Answers whether it has an Event.
    fn goes_on(
        &self,
        tx: &Transaction<'_>,
        record: &MeetingRecord,
        before: &MeetingFields,
        next: &MeetingRecord,
    ) -> StoreResult<bool> {
        carry_over(tx, record, next)?;
        let Some(after) = MeetingFields::of_record(next) else { return Ok(false) };
        let Some(event) = event_rows(tx, &record.key)? else { return Ok(false) };
        // Whoever cancels meanwhile, or wants it out of Salesforce, does not get it back by that.
        let Some(written) = event.written.clone().filter(|_| !event.going) else { return Ok(false) };
        if record.key == next.key {
            self.follow(tx, next, before, &after, None, 0)?;
            return Ok(true);
        }
        let fields = self.followed(tx, &written, (record, before), (next, &after))?.unwrap_or_else(|| written.clone());
        let Some(mut place) = place_of(tx, &next.key)? else { return Ok(true) };
        place.title.clone_from(&next.topic);
        place.person_name.clone_from(&event.place.person_name);
        place.record_id.clone_from(&event.place.record_id);
        let target = place.target.key.clone();
        event_differences::carry_over(tx, &target, &record.key, &next.key)?;
        if let Some(making) = &event.unsent {
            outbox::take_back(tx, &making.op_id, self.now_ms)?;
            let mut row = Change::Create { fields, again: false }.operation(&place, self.now_ms, 0);
            row.urgency = Urgency::Bulk;
            return outbox::enqueue(tx, &row).map(|_| true);
        }
        let (there, key_there) = event.before_the_change();
        let base = there.unwrap_or(written);
        if let Some(change) = &event.change {
            outbox::take_back(tx, &change.op_id, self.now_ms)?;
        }
        let own = event.place.identity.clone();
        // A row that is under way notes what it wrote under the key that it knows; ours goes after it.
        let before_it = outbox::by_identity(tx, &target, EVENT, &own)?.into_iter().rfind(|row| row.state.is_open());
        place.depends_on = before_it.map(|row| row.op_id);
        note_under(tx, &target, &own, &place.identity)?;
        let formerly = key_there.unwrap_or(own);
        let mut row = Change::TakeOver { fields, base, formerly }.operation(&place, self.now_ms, 0);
        row.urgency = Urgency::Bulk;
        outbox::enqueue(tx, &row).map(|_| true)
    }
}

/// A date with the time at which it was known: what is stored of it may be the new one already.
fn as_known(record: &MeetingRecord, date: &KnownDate) -> Option<MeetingFields> {
    let fields = MeetingFields::of_record(record)?;
    let minutes = u32::try_from(date.minutes).unwrap_or(fields.minutes);
    Some(MeetingFields { start_utc_ms: date.start_utc_ms, minutes, ..fields })
}

fn id_and_start(date: &MeetingRecord) -> Option<(String, DateTime<Utc>)> {
    Some((date.occurrence_id.clone()?, DateTime::from_timestamp_millis(date.start_utc_ms?)?))
}

/// With whom a date is, and what about, goes on to the one that takes its place.
fn carry_over(tx: &Transaction<'_>, from: &MeetingRecord, to: &MeetingRecord) -> StoreResult<()> {
    carry_links(tx, from, to)?;
    carry_topic(tx, from, to)
}

/// The same, but for what was chosen for the other date itself.
pub(crate) fn carry_where_free(tx: &Transaction<'_>, from: &MeetingRecord, to: &MeetingRecord) -> StoreResult<()> {
    if links::links_for(tx, "meeting", &to.key)?.is_empty() {
        carry_links(tx, from, to)?;
    }
    if meeting_topics::get(tx, &to.key)?.is_none() {
        carry_topic(tx, from, to)?;
    }
    Ok(())
}

fn carry_links(tx: &Transaction<'_>, from: &MeetingRecord, to: &MeetingRecord) -> StoreResult<()> {
    let theirs = links::links_for(tx, "meeting", &from.key)?;
    if from.key == to.key || theirs.is_empty() {
        return Ok(());
    }
    for link in links::links_for(tx, "meeting", &to.key)? {
        links::remove(tx, &link.id)?;
    }
    for link in theirs {
        links::remove(tx, &link.id)?;
        let id = Uuid::now_v7().to_string();
        links::insert_link(tx, &LinkRecord { id, zoom_key: to.key.clone(), ..link })?;
    }
    Ok(())
}

fn carry_topic(tx: &Transaction<'_>, from: &MeetingRecord, to: &MeetingRecord) -> StoreResult<()> {
    if from.key == to.key {
        return Ok(());
    }
    let topic = meeting_topics::get(tx, &from.key)?;
    meeting_topics::remove(tx, &from.key)?;
    meeting_topics::remove(tx, &to.key)?;
    topic.map_or(Ok(()), |topic| meeting_topics::put(tx, &MeetingTopic { meeting_key: to.key.clone(), ..topic }))
}

/// What most of the dates are about: that is what a new one is about.
fn usual_topic(tx: &Transaction<'_>, dates: &[KnownDate], series: u64) -> StoreResult<Option<StoredTopic>> {
    let mut topics = Vec::with_capacity(dates.len());
    for date in dates {
        topics.push(event::about(tx, &date.key(series))?.map(|topic| (topic.object, topic.id, topic.name)));
    }
    Ok(most(topics.into_iter()).flatten().map(|(object, id, name)| StoredTopic { object, id, name }))
}
