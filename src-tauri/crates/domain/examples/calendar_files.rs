//! Prints files for calendars as `domain::invitation` writes them, for a library that is not ours to read.
//!
//! Each line is a JSON object: `file`, and `dates`, the instants at which it has to be, each as seconds with its length
//! in minutes. There are meetings around every change of the clocks of some zones, and series over them with dates that
//! are moved, shorter, or off.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use chrono::{DateTime, TimeDelta, Utc, Weekday};
use liaison_domain::invitation::{Calendar, Dates, Occurrence};
use liaison_domain::series::{End, Rhythm, Series};
use liaison_domain::zones::{self, Zone};
use serde_json::json;

const ZONES: [&str; 12] = [
    "Europe/Amsterdam",
    "Europe/Dublin",
    "America/New_York",
    "America/Vancouver",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Europe/Moscow",
    "UTC",
];

fn main() -> ExitCode {
    match print() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "calendar_files: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn print() -> Result<(), Box<dyn std::error::Error>> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    let (from, to): (DateTime<Utc>, DateTime<Utc>) = ("2008-01-01T00:00:00Z".parse()?, "2036-01-01T00:00:00Z".parse()?);
    for name in ZONES {
        let zone = zones::parse(name).ok_or("a zone that is not known")?;
        for shift in zone.shifts(from, to) {
            for minutes in [-1_500, -61, -1, 0, 29, 61, 130_000] {
                let start = shift.from + TimeDelta::minutes(minutes);
                write(&mut output, zone, Dates::Once { start, minutes: 45 }, &[(start, 45)])?;
            }
            for (number, rhythm) in rhythms().into_iter().enumerate() {
                let first = (shift.from - TimeDelta::days(9)).with_timezone(&zone).naive_local();
                series(
                    &mut output,
                    zone,
                    &Series { rhythm, every: 1 + u32::try_from(number % 2)?, end: End::Times(8) },
                    first,
                )?;
            }
        }
    }
    Ok(output.flush()?)
}

fn rhythms() -> Vec<Rhythm> {
    vec![
        Rhythm::Daily,
        Rhythm::Weekly(vec![Weekday::Sun, Weekday::Mon, Weekday::Thu]),
        Rhythm::MonthDay(31),
        Rhythm::MonthWeekday { week: -1, day: Weekday::Sun },
    ]
}

/// The series as it is planned, and with its third date off, its fourth moved, and its fifth longer.
fn series(
    output: &mut impl Write,
    zone: Zone,
    rule: &Series,
    first: chrono::NaiveDateTime,
) -> Result<(), Box<dyn std::error::Error>> {
    let Ok(planned) = rule.dates(first, zone) else { return Ok(()) };
    let as_planned = |at: &DateTime<Utc>| Occurrence { planned: *at, start: *at, minutes: 30 };
    let all: Vec<Occurrence> = planned.starts.iter().map(as_planned).collect();
    let mut changed = all.clone();
    if changed.len() > 4 {
        changed[3].start += TimeDelta::minutes(1_505);
        changed[4].minutes = 75;
        changed.remove(2);
    }
    for dates in [all, changed] {
        let expected: Vec<_> = dates.iter().map(|date| (date.start, date.minutes)).collect();
        for rule in [Some(rule.clone()), None] {
            write(output, zone, Dates::Series { rule, dates: dates.clone() }, &expected)?;
        }
    }
    Ok(())
}

fn write(
    output: &mut impl Write,
    zone: Zone,
    dates: Dates,
    expected: &[(DateTime<Utc>, u32)],
) -> Result<(), Box<dyn std::error::Error>> {
    let calendar = Calendar {
        uid: "zoom-meeting-91234567890@liaison",
        now: "2026-11-28T12:00:00Z".parse()?,
        zone: Some(zone),
        organizer: Some("robin@northwind.example"),
        topic: "Démo; part 2, «prices» \\ and a topic that is long enough to be folded more than once 世界 👩‍💻",
        location: "https://zoom.us/j/91234567890?pwd=abc,def",
        description: "Join Zoom Meeting\nhttps://zoom.us/j/91234567890?pwd=abc,def\n\nPasscode: a;b",
        dates,
    };
    let file = calendar.file().ok_or("a file without dates")?;
    let expected: Vec<_> = expected.iter().map(|(start, minutes)| (start.timestamp(), minutes)).collect();
    Ok(writeln!(output, "{}", json!({ "file": file, "dates": expected }))?)
}
