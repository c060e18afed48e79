//! One line of text that plans a meeting: «demo with anna tomorrow 3pm 45m», «volgende week dinsdag half drie met acme».
//!
//! [`read`] finds the phrases in it and says what each means; what is no phrase is the topic. Phrases may stand in any
//! order and in either language. It builds on the rules of [`super`] for a field; what differs, because a line holds
//! more than one thing and nobody looks at each field, is:
//!
//! - **What could mean two things is asked**: a [`Span`] has then a second reading, `5/12` where neither region nor
//!   zone decides, `3` without a half of the day before 8 o'clock, «next tuesday» while this week's is still to come,
//!   `3 uur` (a time or a length), a weekday that is not the date's, two dates in one line.
//! - **Nothing is invented.** Without a time there is none; a number alone is no time unless it follows «at» or a date.
//! - **A word is only a phrase where it stands like one**: not inside another word, a version or an amount.
//!
//! Nothing here writes a date, and nothing here knows people: who is meant with the words after «with» is for those
//! who know them.

mod choice;
mod dates;
mod moments;
mod numbers;
mod people;
mod recurrence;
mod relative;
mod scan;
mod topic;
mod zone;

use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

pub use recurrence::{Recurrence, Unit};

use super::{Order, Reader};
use crate::wall_time::{self, WallTime};
use crate::zones::Zone;

/// What is behind it is topic.
const LONGEST_LINE: usize = 600;

/// Who types the line, and when.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    reader: Reader,
    now: NaiveDateTime,
    zone: Zone,
    /// Region and zone leave no doubt which figure of a date is the month.
    order_decided: bool,
}

impl Writer {
    /// `region` is a BCP 47 tag; `now` is what the writer's own clocks show.
    pub fn new(region: &str, now: NaiveDateTime, zone: Zone) -> Self {
        let reader = Reader::of_region(region, now.date());
        let has_country = region.split(['-', '_']).skip(1).any(|part| part.len() == 2);
        // American English is also what a computer says that nobody has set up.
        let order_decided = match reader.order {
            Order::DayFirst => true,
            Order::MonthFirst => has_country && writes_month_first(zone),
        };
        Self { reader, now, zone, order_decided }
    }
}

/// Where the month is written first, by the beginning of the zone's id.
fn writes_month_first(zone: Zone) -> bool {
    ["America/", "Pacific/", "Asia/Manila"].iter().any(|place| zone.name().starts_with(place))
}

/// A part of the line that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// The same counted in UTF-16 units, as a web view does.
    pub utf16: Range<usize>,
    pub meaning: Meaning,
    /// What else it could mean.
    pub other: Option<Meaning>,
    /// With the small words that belong to it: «on», «at», «with».
    whole: Range<usize>,
}

/// What a span says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    Date(NaiveDate),
    Time(NaiveTime),
    /// Both, from now on: «in 2 hours».
    Moment(NaiveDateTime),
    /// In minutes.
    Length(u32),
    /// The time is meant on the clocks there.
    Zone {
        zone: Zone,
        place: String,
    },
    /// Somebody or a company, as it was typed; or an address.
    Person(String),
    Recurrence(Recurrence),
    /// A half of the day without a time.
    Part(DayPart),
    /// A day that its month does not have.
    NoSuchDay {
        year: i32,
        month: u32,
        days: u32,
    },
    /// `25:00`.
    NoSuchTime,
    Topic,
}

/// When in a day somebody wants to meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// A line that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// In their order; they do not overlap.
    pub spans: Vec<Span>,
    /// When in the day, where the line says it.
    pub part: Option<DayPart>,
}

/// Reads a line.
pub fn read(text: &str, writer: Writer) -> Line {
    let end = text.char_indices().nth(LONGEST_LINE).map_or(text.len(), |(at, _)| at);
    let (mut spans, part) = scan::spans(&text[..end], writer);
    choice::settle(&mut spans, writer);
    topic::fill(text, &mut spans);
    Line { text: text.to_owned(), spans, part }
}

impl Line {
    /// The other reading of the question about these words was chosen.
    pub fn take_other(&mut self, words: &str) {
        for span in &mut self.spans {
            if self.text.get(span.bytes.clone()) == Some(words)
                && let Some(other) = span.other.take()
            {
                span.other = Some(std::mem::replace(&mut span.meaning, other));
            }
        }
    }

    /// The words of a span.
    pub fn words(&self, span: &Span) -> &str {
        self.text.get(span.bytes.clone()).unwrap_or_default()
    }

    pub fn date(&self) -> Option<NaiveDate> {
        self.first(|meaning| match meaning {
            Meaning::Date(date) => Some(*date),
            Meaning::Moment(at) => Some(at.date()),
            _ => None,
        })
    }

    pub fn time(&self) -> Option<NaiveTime> {
        self.first(|meaning| match meaning {
            Meaning::Time(time) => Some(*time),
            Meaning::Moment(at) => Some(at.time()),
            _ => None,
        })
    }

    pub fn minutes(&self) -> Option<u32> {
        self.first(|meaning| if let Meaning::Length(minutes) = meaning { Some(*minutes) } else { None })
    }

    pub fn zone(&self) -> Option<Zone> {
        self.first(|meaning| if let Meaning::Zone { zone, .. } = meaning { Some(*zone) } else { None })
    }

    /// A series without a day begins with the first of its weekdays.
    pub fn first_day(&self, writer: Writer) -> Option<NaiveDate> {
        self.date().or_else(|| self.recurrence()?.first_after(writer.now.date()))
    }

    pub fn recurrence(&self) -> Option<&Recurrence> {
        self.spans.iter().find_map(|span| match &span.meaning {
            Meaning::Recurrence(recurrence) => Some(recurrence),
            _ => None,
        })
    }

    /// Something is asked, or the line says a day or a time that does not exist.
    pub fn has_question(&self) -> bool {
        self.spans
            .iter()
            .any(|span| span.other.is_some() || matches!(span.meaning, Meaning::NoSuchDay { .. } | Meaning::NoSuchTime))
    }

    /// What is left for the topic when the spans at these places are understood; the words of the others stay in it.
    pub fn topic(&self, understood: impl Fn(usize) -> bool) -> String {
        topic::of(&self.text, &self.spans, understood)
    }

    /// What date and time mean in this zone, or the one that the line names: one moment, two, or none at all.
    pub fn moment(&self, zone: Zone) -> Option<WallTime> {
        Some(wall_time::resolve(self.date()?.and_time(self.time()?), self.zone().unwrap_or(zone)))
    }

    fn first<T>(&self, value: impl Fn(&Meaning) -> Option<T>) -> Option<T> {
        self.spans.iter().find_map(|span| value(&span.meaning))
    }
}
