//! The user's clock and that of the meeting's zone above each other. Whose zone that is nobody guesses: it is the one that
//! was chosen in the sheet.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::clocks::{self, Change, Clocks, Side};
use liaison_domain::draft::{self, Draft, When};
use liaison_domain::phone::{self, PhoneNumber, Regions};
use liaison_domain::text;
use liaison_domain::wall_time::{self, WallTime};
use liaison_domain::zones::{self, Zone};
use liaison_store::tables::people::PersonRecord;

use super::{written_date, written_time};
use crate::engine::Engine;
use crate::failure::{Error, utc_ms};
use crate::meetings::plan;
use crate::people::MAX_NAME;
use crate::schedule::clocks_view::{ClockChange, ClockHour, ClockSpan, ClockStep, ClocksAsked, OneClock, TwoClocks};
use crate::schedule::view::{Fold, TheirClock};

impl Engine {
    /// The strip of two clocks; `None` where both show the same, or the time is none.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn two_clocks(&self, asked: ClocksAsked) -> Result<Option<TwoClocks>, Error> {
        let cx = self.profile().await?;
        let (here, now) = (cx.zone(), cx.now());
        let (when, _) = draft::check(
            &Draft {
                topic: "-",
                date: &asked.date,
                time: &asked.time,
                zone: &asked.zone,
                minutes: asked.minutes,
                fold: asked.fold.map(|fold| match fold {
                    Fold::Earlier => draft::Fold::Earlier,
                    Fold::Later => draft::Fold::Later,
                }),
                emails: &[],
                agenda: "",
                people: 0,
            },
            now,
        );
        let Some(when) = when else { return Ok(None) };
        let length = when.end - when.start;
        let Some(clocks) = clocks::around(when.start, length, here, when.zone) else { return Ok(None) };
        let mut plan = plan::between(&cx, clocks.from, clocks.to).await?;
        plan.meetings.retain(|row| Some(&row.id) != asked.meeting.as_ref());
        // Whole days would fill the strip and say nothing.
        plan.busy.retain(|row| !row.all_day);
        let busy: Vec<(DateTime<Utc>, DateTime<Utc>)> =
            plan.slots().into_iter().filter(|slot| !slot.cancelled).map(|slot| (slot.start, slot.end)).collect();
        Ok(Some(shown(&clocks, (when.start, length), (here, when.zone), &busy, now)))
    }
}

/// The clock of the first of them whose numbers tell one that shows another time than the draft's.
pub(super) fn of_people(people: &[PersonRecord], when: When) -> Option<TheirClock> {
    people.iter().find_map(|person| {
        let zone = zone_of(person, when.start)?;
        let differs = zone.seconds(when.start) != when.zone.seconds(when.start);
        let there = when.start.with_timezone(&zone).naive_local();
        differs.then(|| TheirClock {
            name: text::single_line(&person.name, MAX_NAME),
            zone: zone.name().to_owned(),
            date: written_date(there),
            time: written_time(there),
        })
    })
}

/// The one clock of the country that all their numbers tell; in a wide country that of the area codes, where all that
/// tell one show the same then. A toll-free number, and in many countries a mobile one, tells none.
///
/// Only numbers that say their country count: one without a code may be from anywhere.
fn zone_of(person: &PersonRecord, at: DateTime<Utc>) -> Option<Zone> {
    let numbers = person.phones.iter().flat_map(|phone| phone::numbers(&phone.number, Regions::default()));
    let (countries, numbers): (Vec<_>, Vec<_>) = numbers.filter_map(|number| Some((number.country()?, number))).unzip();
    let (country, others) = countries.split_first()?;
    if others.iter().any(|other| other != country) {
        return None;
    }
    if let Some(hit) = zones::of_country(country, at) {
        return Some(hit.zone);
    }
    let mut told = numbers.iter().filter_map(PhoneNumber::zone);
    let first = told.next()?;
    told.all(|other| other.seconds(at) == first.seconds(at)).then_some(first)
}

fn shown(
    clocks: &Clocks,
    (start, length): (DateTime<Utc>, TimeDelta),
    (here, there): (Zone, Zone),
    busy: &[(DateTime<Utc>, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> TwoClocks {
    let span =
        |(from, to): (DateTime<Utc>, DateTime<Utc>)| ClockSpan { from: clocks.place(from), to: clocks.place(to) };
    let one = |side: Side, zone: Zone| OneClock {
        zone: zone.name().to_owned(),
        hours: clocks.hours(side).into_iter().map(|(at, hour)| ClockHour { hour, at: clocks.place(at) }).collect(),
        work: clocks.work(side).into_iter().map(span).collect(),
        changes: clocks
            .changes
            .iter()
            .filter(|change| change.side == side)
            .map(|change| told(clocks, change))
            .collect(),
    };
    let steps = clocks.steps.iter().map(|step| {
        let end = step.start + length;
        let fold = match wall_time::resolve(step.there, there) {
            WallTime::Twice { earlier, .. } if step.start == earlier => Some(Fold::Earlier),
            WallTime::Twice { .. } => Some(Fold::Later),
            WallTime::At(_) | WallTime::Missing { .. } => None,
        };
        ClockStep {
            start: utc_ms(step.start),
            from: clocks.place(step.start),
            to: clocks.place(end),
            date: written_date(step.there),
            time: written_time(step.there),
            fold,
            here: written_time(step.here),
            at_work_here: step.at_work_here,
            at_work_there: step.at_work_there,
            is_free: !busy.iter().any(|(from, to)| *from < end && step.start < *to),
            past: step.start <= now,
        }
    });
    TwoClocks {
        here: one(Side::Here, here),
        there: one(Side::There, there),
        busy: busy.iter().copied().map(span).filter(|span| span.from < span.to).collect(),
        chosen: span((start, start + length)),
        steps: steps.collect(),
    }
}

fn told(clocks: &Clocks, change: &Change) -> ClockChange {
    ClockChange { at: clocks.place(change.at), forward: change.by > TimeDelta::zero() }
}
