//! A meeting as an iCalendar file to import (RFC 5545; RFC 5546, 3.2.1: `PUBLISH`).
//!
//! Nobody is named in it but the host: guests need not learn of each other, and nobody's program answers to somebody
//! who saved a file.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::lines::{Lines, utc, wall};
use super::repeated::{Occurrence, Repeated, read};
use super::zone_block;
use crate::email;
use crate::series::Series;
use crate::zones::Zone;

/// Counted for [`Calendar::revision`].
const REVISIONS_FROM: i64 = 1_767_225_600; // 2026-01-01

/// What the file says.
#[derive(Debug, Clone)]
pub struct Calendar<'a> {
    /// The same for a meeting whenever and wherever it is written, so that programs replace what they have.
    pub uid: &'a str,
    /// When it is written.
    pub now: DateTime<Utc>,
    /// In which the meeting was planned; without one, its times are in UTC.
    pub zone: Option<Zone>,
    /// The host's address.
    pub organizer: Option<&'a str>,
    pub topic: &'a str,
    /// The link for guests.
    pub location: &'a str,
    pub description: &'a str,
    pub dates: Dates,
}

/// When it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dates {
    Once {
        start: DateTime<Utc>,
        minutes: u32,
    },
    /// The dates of a series that take place, and its rule where it is known. Where they are not those of the rule, each
    /// is an entry of its own.
    Series {
        rule: Option<Series>,
        dates: Vec<Occurrence>,
    },
}

impl Calendar<'_> {
    /// The file; `None` when a series has no dates.
    pub fn file(&self) -> Option<String> {
        let (first, last) = self.span()?;
        let zone = self.zone.filter(|zone| *zone != Zone::UTC);
        let mut lines = Lines::default();
        for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Liaison//Liaison//EN", "CALSCALE:GREGORIAN"] {
            lines.plain(line);
        }
        lines.plain("METHOD:PUBLISH");
        if let Some(zone) = zone {
            zone_block::write(&mut lines, zone, first, last);
        }
        match &self.dates {
            Dates::Once { start, minutes } => self.once(&mut lines, self.uid, *start, *minutes),
            Dates::Series { rule, dates } => {
                let rule = rule.as_ref().zip(self.zone);
                match rule.and_then(|(rule, zone)| Repeated::best(rule, zone, dates)) {
                    Some(repeated) => self.series(&mut lines, &repeated),
                    None => {
                        for date in dates {
                            let uid = format!("{}-{}", date.planned.timestamp(), self.uid);
                            self.once(&mut lines, &uid, date.start, date.minutes);
                        }
                    }
                }
            }
        }
        lines.plain("END:VCALENDAR");
        Some(lines.into_text())
    }

    /// Grows with time and needs no memory: each file replaces those before it, also where another computer wrote them.
    fn revision(&self) -> i64 {
        (self.now.timestamp() - REVISIONS_FROM).max(0) / 60
    }

    fn span(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        match &self.dates {
            Dates::Once { start, minutes } => Some((*start, *start + length(*minutes))),
            Dates::Series { dates, .. } => {
                let first = dates.iter().map(|date| date.planned.min(date.start)).min()?;
                let last = dates.iter().map(|date| date.planned.max(date.start) + length(date.minutes)).max()?;
                Some((first, last))
            }
        }
    }

    fn once(&self, lines: &mut Lines, uid: &str, start: DateTime<Utc>, minutes: u32) {
        self.begin(lines, uid);
        self.times(lines, start, minutes);
        self.end(lines);
    }

    fn series(&self, lines: &mut Lines, repeated: &Repeated) {
        self.begin(lines, self.uid);
        let length = length(repeated.minutes);
        lines.plain(&self.local("DTSTART", repeated.first));
        // A length counts on the clocks of each date, over their changes too.
        lines.plain(&format!("DURATION:PT{}M", length.num_minutes()));
        lines.plain(&format!("RRULE:{}", repeated.rule));
        for date in &repeated.without {
            lines.plain(&self.local("EXDATE", *date));
        }
        self.end(lines);
        for (planned, date) in &repeated.other {
            self.begin(lines, self.uid);
            lines.plain(&self.local("RECURRENCE-ID", *planned));
            self.times(lines, date.start, date.minutes);
            self.end(lines);
        }
    }

    fn begin(&self, lines: &mut Lines, uid: &str) {
        lines.plain("BEGIN:VEVENT");
        lines.text("UID", uid);
        lines.plain(&format!("DTSTAMP:{}", utc(self.now)));
        lines.plain(&format!("SEQUENCE:{}", self.revision()));
    }

    fn times(&self, lines: &mut Lines, start: DateTime<Utc>, minutes: u32) {
        lines.plain(&self.instant("DTSTART", start));
        lines.plain(&self.instant("DTEND", start + length(minutes)));
    }

    fn end(&self, lines: &mut Lines) {
        if let Some(host) = self.organizer.and_then(email::parse) {
            lines.plain(&format!("ORGANIZER:mailto:{}", host.replace('%', "%25")));
        }
        lines.text("SUMMARY", self.topic);
        if !self.location.is_empty() {
            lines.text("LOCATION", self.location);
        }
        lines.text("DESCRIPTION", self.description);
        lines.plain("STATUS:CONFIRMED");
        lines.plain("END:VEVENT");
    }

    /// On the clocks of the zone, or in UTC where they would say another instant: the later of two equal times.
    fn instant(&self, name: &str, at: DateTime<Utc>) -> String {
        match self.zone.filter(|zone| *zone != Zone::UTC) {
            Some(zone) => {
                let local = at.with_timezone(&zone).naive_local();
                if read(local, zone) == at { self.local(name, local) } else { format!("{name}:{}", utc(at)) }
            }
            None => format!("{name}:{}", utc(at)),
        }
    }

    fn local(&self, name: &str, at: NaiveDateTime) -> String {
        match self.zone.filter(|zone| *zone != Zone::UTC) {
            Some(zone) => format!("{name};TZID={}:{}", zone.name(), wall(at)),
            None => format!("{name}:{}Z", wall(at)),
        }
    }
}

/// At least a minute: an end at the start is none.
fn length(minutes: u32) -> TimeDelta {
    TimeDelta::minutes(minutes.max(1).into())
}

#[cfg(test)]
mod tests;
