//! Reads the one line that plans a meeting, and finds in the local copy what it speaks of: people, and free times.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liaison_domain::free_time::{self, Wish};
use liaison_domain::typed::line::{self, DayPart, Line, Meaning, Recurrence, Unit, Writer};
use liaison_domain::wall_time::{self, WallTime};
use liaison_domain::zones::{self, Zone};
use liaison_domain::{PersonRef, email, text};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::people_search;
use liaison_store::{Connection, StoreResult};

use super::line_view::{
    LineMeaning, LinePart, LinePerson, LineRead, LineSeries, LineSlot, LineSpan, LineText, LineUnit,
};
use super::{LEAD, written_date, written_time};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::{Error, utc_ms};
use crate::meetings::plan;
use crate::people::{self as shown, MAX_NAME};
use crate::schedule::view::{ScheduleDraft, WallSpan};

/// Free times that are offered.
const OFFERED: usize = 3;
/// People that are asked about; more are found by typing on.
const ASKED: usize = 6;
/// Longer texts were not typed.
const LONGEST: usize = 2_000;
/// Words between a name and a company.
const OF: [&str; 6] = ["van", "from", "of", "bij", "at", "@"];

impl Engine {
    /// What a line says, as far as it was typed.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn read_schedule_line(&self, asked: LineText) -> Result<LineRead, Error> {
        let cx = self.profile().await?;
        let text: String = asked.text.chars().take(LONGEST).collect();
        let (now, own) = (cx.now(), cx.zone());
        let writer = Writer::new(&asked.region, now.with_timezone(&own).naive_local(), own);
        let mut line = line::read(&text, writer);
        for words in &asked.others {
            line.take_other(words);
        }
        let names: Vec<(usize, String)> = line
            .spans
            .iter()
            .enumerate()
            .filter_map(|(at, span)| match &span.meaning {
                Meaning::Person(name) => Some((at, name.clone())),
                _ => None,
            })
            .collect();
        let chosen = asked.draft.people.clone();
        let people = cx
            .store
            .read(move |db| {
                names
                    .into_iter()
                    .map(|(at, words)| Ok((at, person(db, &words, &chosen)?)))
                    .collect::<StoreResult<Vec<_>>>()
            })
            .await?;
        let unknown: Vec<usize> = people
            .iter()
            .filter(|(_, person)| person.chosen.is_none() && person.email.is_none())
            .map(|(at, _)| *at)
            .collect();
        let zone = line.zone();
        let day = line.first_day(writer);
        let date = day.or_else(|| coming(line.time()?, zone.unwrap_or(own), own, now));
        let slots = if line.time().is_none() && (day.is_some() || line.part.is_some()) {
            slots(&cx, &line, day, &asked.draft, own).await?
        } else {
            Vec::new()
        };
        Ok(LineRead {
            spans: line.spans.iter().map(|span| shown_span(&line, span)).collect(),
            topic: line.topic(|at| !unknown.contains(&at)),
            date: date.map(|date| date.format("%Y-%m-%d").to_string()),
            time: line.time().map(|time| time.format("%H:%M").to_string()),
            minutes: line.minutes(),
            zone: zone.map(|zone| zone.name().to_owned()),
            series: line.recurrence().map(series),
            people: people.into_iter().map(|(_, person)| person).collect(),
            slots,
        })
    }
}

/// The next day on which it is this time there.
fn coming(time: chrono::NaiveTime, zone: Zone, own: Zone, now: DateTime<Utc>) -> Option<NaiveDate> {
    let today = wall_time::local_date(now, own);
    match wall_time::resolve(today.and_time(time), zone) {
        WallTime::At(at) | WallTime::Twice { later: at, .. } if at <= now => today.succ_opt(),
        _ => Some(today),
    }
}

/// Times of the user's own days; where the line or the draft names another zone, its hours of work count too.
async fn slots(
    cx: &std::sync::Arc<Context>,
    line: &Line,
    day: Option<NaiveDate>,
    draft: &ScheduleDraft,
    own: Zone,
) -> Result<Vec<LineSlot>, Error> {
    let length = TimeDelta::minutes(i64::from(line.minutes().unwrap_or(draft.minutes).clamp(1, 1_440)));
    let planned_in = line.zone().or_else(|| zones::parse(&draft.zone)).unwrap_or(own);
    let from = cx.now() + LEAD;
    let begin = day.map_or(from, |day| wall_time::start_of_day(day, own));
    let until = begin + if day.is_some() { TimeDelta::days(2) } else { free_time::HORIZON };
    let busy = plan::between(cx, begin, until).await?.slots();
    let theirs = Some(planned_in).filter(|zone| *zone != own);
    let wish = Wish { from, length, zone: own, day, part: line.part, theirs };
    let span = |start: DateTime<Utc>, zone: Zone| {
        let (start, end) =
            (start.with_timezone(&zone).naive_local(), (start + length).with_timezone(&zone).naive_local());
        WallSpan {
            start_date: written_date(start),
            start_time: written_time(start),
            end_date: written_date(end),
            end_time: written_time(end),
        }
    };
    Ok(free_time::proposals(&busy, wish, OFFERED)
        .into_iter()
        .map(|found| LineSlot {
            start: utc_ms(found.start),
            there: span(found.start, planned_in),
            here: span(found.start, own),
            outside_theirs: found.outside_theirs,
        })
        .collect())
}

/// Who is meant. One of those chosen already goes before others of that name; one clear hit is taken, several are asked
/// about.
fn person(db: &Connection, words: &str, chosen: &[String]) -> StoreResult<LinePerson> {
    let mut hits = found(db, words)?;
    let exact = |hit: &&PersonRecord| hit.name.to_lowercase() == words.to_lowercase();
    let clear = hits
        .iter()
        .find(|hit| chosen.contains(&hit.id))
        .or_else(|| one(hits.iter().filter(|hit| exact(hit))))
        .or_else(|| one(hits.iter()))
        .map(|hit| hit.id.clone());
    let email = (clear.is_none() && hits.is_empty() && email::parse(words).is_some()).then(|| words.to_owned());
    hits.truncate(ASKED);
    Ok(LinePerson {
        words: text::single_line(words, MAX_NAME),
        hits: hits.into_iter().map(shown::hit).collect(),
        chosen: clear,
        email,
    })
}

fn one<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

fn found(db: &Connection, words: &str) -> StoreResult<Vec<PersonRecord>> {
    let usable = |person: &PersonRecord| {
        !person.deleted && person.converted_to.is_none() && person.id.parse::<PersonRef>().is_ok()
    };
    let mut hits = if words.contains('@') {
        people::people_by_email(db, &[words])?
    } else {
        people_search::search_people(db, words, ASKED + 1)?
    };
    if hits.is_empty() {
        let names: Vec<&str> = words.split_whitespace().filter(|word| !OF.contains(word)).collect();
        if names.len() < words.split_whitespace().count() {
            hits = people_search::search_people(db, &names.join(" "), ASKED + 1)?;
        }
    }
    hits.retain(usable);
    Ok(hits)
}

fn shown_span(line: &Line, span: &line::Span) -> LineSpan {
    let unit = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    LineSpan {
        from: unit(span.utf16.start),
        to: unit(span.utf16.end),
        words: line.words(span).to_owned(),
        meaning: shown_meaning(&span.meaning),
        other: span.other.as_ref().map(shown_meaning),
    }
}

fn shown_meaning(meaning: &Meaning) -> LineMeaning {
    match meaning {
        Meaning::Date(date) => LineMeaning::Date { date: date.format("%Y-%m-%d").to_string() },
        Meaning::Time(time) => LineMeaning::Time { time: time.format("%H:%M").to_string() },
        Meaning::Moment(at) => LineMeaning::Moment { date: written_date(*at), time: written_time(*at) },
        Meaning::Length(minutes) => LineMeaning::Length { minutes: *minutes },
        Meaning::Zone { zone, place } => LineMeaning::Zone { zone: zone.name().to_owned(), place: place.clone() },
        Meaning::Person(_) => LineMeaning::Person,
        Meaning::Recurrence(found) => LineMeaning::Series { series: series(found) },
        Meaning::Part(part) => LineMeaning::Part {
            part: match part {
                DayPart::Morning => LinePart::Morning,
                DayPart::Afternoon => LinePart::Afternoon,
                DayPart::Evening => LinePart::Evening,
                DayPart::Night => LinePart::Night,
            },
        },
        Meaning::NoSuchDay { year, month, days } => LineMeaning::NoSuchDay { year: *year, month: *month, days: *days },
        Meaning::NoSuchTime => LineMeaning::NoSuchTime,
        Meaning::Topic => LineMeaning::Topic,
    }
}

fn series(found: &Recurrence) -> LineSeries {
    LineSeries {
        unit: match found.unit {
            Unit::Day => LineUnit::Day,
            Unit::Week => LineUnit::Week,
            Unit::Month => LineUnit::Month,
        },
        every: found.every,
        days: found.days.iter().map(chrono::Weekday::number_from_monday).collect(),
    }
}
