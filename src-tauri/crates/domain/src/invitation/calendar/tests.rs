//! The files, and their zone blocks read back by the words of RFC 5545. Other people's parser reads them in
//! `cargo xtask others`.

use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::*;

use super::*;
use crate::series::{End, Rhythm};
use crate::zones;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn calendar(zone: &str, dates: Dates) -> Calendar<'static> {
    Calendar {
        uid: "zoom-91234567890@liaison",
        now: at("2026-11-28T12:00:00Z"),
        zone: zones::parse(zone),
        organizer: Some("robin@northwind.example"),
        topic: "Demo, part 2",
        location: "https://zoom.us/j/91234567890?pwd=abc",
        description: "Join Zoom Meeting\nhttps://zoom.us/j/91234567890?pwd=abc",
        dates,
    }
}

fn once(zone: &str, start: DateTime<Utc>) -> String {
    calendar(zone, Dates::Once { start, minutes: 45 }).file().unwrap()
}

#[test]
fn a_meeting_is_one_entry_with_the_rules_of_its_zone() {
    let file = once("Europe/Amsterdam", at("2026-12-01T09:00:00Z"));
    let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Liaison//Liaison//EN\r\nCALSCALE:GREGORIAN\r\n\
        METHOD:PUBLISH\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Amsterdam\r\n\
        BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
        BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
        BEGIN:VEVENT\r\nUID:zoom-91234567890@liaison\r\nDTSTAMP:20261128T120000Z\r\nSEQUENCE:477360\r\n\
        DTSTART;TZID=Europe/Amsterdam:20261201T100000\r\nDTEND;TZID=Europe/Amsterdam:20261201T104500\r\n\
        ORGANIZER:mailto:robin@northwind.example\r\nSUMMARY:Demo\\, part 2\r\n\
        LOCATION:https://zoom.us/j/91234567890?pwd=abc\r\n\
        DESCRIPTION:Join Zoom Meeting\\nhttps://zoom.us/j/91234567890?pwd=abc\r\n\
        STATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    assert_eq!(file, expected);
}

#[test]
fn the_rules_are_those_of_today() {
    let vancouver = once("America/Vancouver", at("2027-12-01T17:00:00Z"));
    assert!(vancouver.contains("DTSTART;TZID=America/Vancouver:20271201T100000"), "−7 all year: {vancouver}");
    assert!(!vancouver.contains("TZOFFSETTO:-0800"), "{vancouver}");
    let utc = once("UTC", at("2027-12-01T17:00:00Z"));
    assert!(utc.contains("DTSTART:20271201T170000Z") && !utc.contains("VTIMEZONE"), "{utc}");
    let unknown = once("Mars/Olympus", at("2027-12-01T17:00:00Z"));
    assert!(unknown.contains("DTSTART:20271201T170000Z"), "{unknown}");
}

#[test]
fn of_two_equal_times_the_later_is_said_in_utc() {
    let earlier = once("Europe/Amsterdam", at("2026-10-25T00:30:00Z"));
    assert!(earlier.contains("DTSTART;TZID=Europe/Amsterdam:20261025T023000"), "{earlier}");
    let later = once("Europe/Amsterdam", at("2026-10-25T01:30:00Z"));
    assert!(later.contains("DTSTART:20261025T013000Z"), "{later}");
}

#[test]
fn a_series_is_a_rule_with_what_differs() {
    let date = |start: &str| Occurrence { planned: at(start), start: at(start), minutes: 30 };
    let moved = Occurrence { start: at("2026-12-16T13:00:00Z"), ..date("2026-12-15T09:00:00Z") };
    let dates = vec![date("2026-12-01T09:00:00Z"), moved, date("2026-12-22T09:00:00Z")];
    let rule = Series { rhythm: Rhythm::Weekly(vec![Weekday::Tue]), every: 1, end: End::Times(4) };
    let file = calendar("Europe/Amsterdam", Dates::Series { rule: Some(rule), dates: dates.clone() }).file().unwrap();
    for line in [
        "DTSTART;TZID=Europe/Amsterdam:20261201T100000\r\nDURATION:PT30M\r\n",
        "RRULE:FREQ=WEEKLY;BYDAY=TU;WKST=SU;UNTIL=20261222T090000Z\r\n",
        "EXDATE;TZID=Europe/Amsterdam:20261208T100000\r\n",
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261215T100000\r\nDTSTART;TZID=Europe/Amsterdam:20261216T140000\r\n",
    ] {
        assert!(file.contains(line), "{line} in {file}");
    }
    assert_eq!(file.matches("UID:zoom-91234567890@liaison\r\n").count(), 2);
    let apart = calendar("Europe/Amsterdam", Dates::Series { rule: None, dates }).file().unwrap();
    assert_eq!((apart.matches("BEGIN:VEVENT").count(), apart.matches("RRULE:FREQ=W").count()), (3, 0), "{apart}");
    assert!(calendar("Europe/Amsterdam", Dates::Series { rule: None, dates: Vec::new() }).file().is_none());
}

/// A part of a zone block, as RFC 5545 says it is read.
#[derive(Default)]
struct Observance {
    begin: NaiveDateTime,
    offset: i64,
    /// Month, week and weekday, and until when.
    yearly: Option<(u32, i8, Weekday, Option<DateTime<Utc>>)>,
    from: i64,
}

fn seconds(offset: &str) -> i64 {
    let (sign, digits) = offset.split_at(1);
    let part = |range: std::ops::Range<usize>| digits.get(range).map_or(0, |text| text.parse::<i64>().unwrap());
    let all = part(0..2) * 3_600 + part(2..4) * 60 + part(4..6);
    if sign == "-" { -all } else { all }
}

fn block(file: &str) -> Vec<Observance> {
    let mut found = Vec::new();
    let lines: Vec<&str> = file.split("\r\n").take_while(|line| *line != "END:VTIMEZONE").collect();
    for line in &lines[lines.iter().position(|line| *line == "BEGIN:VTIMEZONE").unwrap()..] {
        let (name, value) = line.split_once(':').unwrap();
        match name {
            "BEGIN" if value != "VTIMEZONE" => found.push(Observance::default()),
            "DTSTART" => found.last_mut().unwrap().begin = local(value),
            "TZOFFSETFROM" => found.last_mut().unwrap().from = seconds(value),
            "TZOFFSETTO" => found.last_mut().unwrap().offset = seconds(value),
            "RRULE" => {
                let part = |name: &str| value.split(';').find_map(|part| part.strip_prefix(name));
                let day = part("BYDAY=").unwrap();
                let (week, day) = day.split_at(day.len() - 2);
                let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat];
                let day = days.into_iter().find(|one| zone_block::day_name(*one) == day).unwrap_or(Weekday::Sun);
                let until = part("UNTIL=").map(|until| local(until.trim_end_matches('Z')).and_utc());
                let month = part("BYMONTH=").unwrap().parse().unwrap();
                found.last_mut().unwrap().yearly = Some((month, week.parse().unwrap(), day, until));
            }
            _ => {}
        }
    }
    found
}

fn local(value: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").unwrap()
}

/// The offset in force at a wall time: that of the part that began last.
fn offset_at(block: &[Observance], wall: NaiveDateTime) -> i64 {
    let last_onset = |one: &Observance| {
        let first = Some(one.begin);
        let Some((month, week, day, until)) = one.yearly else { return first.filter(|onset| *onset <= wall) };
        let onset = |year: i32| {
            let nth = |n: u8| NaiveDate::from_weekday_of_month_opt(year, month, day, n);
            let date = if week < 0 { nth(5).or_else(|| nth(4)) } else { nth(week.unsigned_abs()) };
            let onset = date.unwrap().and_time(one.begin.time());
            let instant = (onset - TimeDelta::seconds(one.from)).and_utc();
            (onset >= one.begin && until.is_none_or(|until| instant <= until)).then_some(onset)
        };
        (one.begin.year()..=wall.year()).rev().filter_map(onset).find(|onset| *onset <= wall)
    };
    let ruling = block.iter().filter_map(|one| Some((last_onset(one)?, one.offset))).max_by_key(|(onset, _)| *onset);
    ruling.expect("some part covers it").1
}

fn start_of(file: &str) -> DateTime<Utc> {
    let event = file.split("BEGIN:VEVENT").nth(1).unwrap();
    let line = event.split("\r\n").find(|line| line.starts_with("DTSTART")).unwrap();
    let value = line.rsplit_once(':').unwrap().1;
    if let Some(value) = value.strip_suffix('Z') {
        return local(value).and_utc();
    }
    let wall = local(value);
    (wall - TimeDelta::seconds(offset_at(&block(file), wall))).and_utc()
}

/// Around every change of the clocks there is, of zones with rules of all sorts.
#[test]
fn a_meeting_beside_any_change_of_clocks_is_where_it_is() {
    let mut seen = 0;
    for zone in [
        "Europe/Amsterdam",
        "Europe/Dublin",
        "America/New_York",
        "America/Vancouver",
        "America/Sao_Paulo",
        "Africa/Casablanca",
        "Africa/Cairo",
        "Asia/Gaza",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Europe/Moscow",
        "Asia/Tehran",
    ] {
        let rules = zones::parse(zone).unwrap();
        for shift in rules.shifts(at("2005-01-01T00:00:00Z"), at("2040-01-01T00:00:00Z")) {
            for minutes in [-1_500, -61, -1, 0, 1, 29, 61, 1_500, 130_000] {
                let start = shift.from + TimeDelta::minutes(minutes);
                let file = once(zone, start);
                assert_eq!(start_of(&file), start, "{zone} {start}\n{file}");
                seen += 1;
            }
        }
    }
    assert!(seen > 3_000, "{seen}");
}

proptest! {
    #[test]
    fn any_meeting_of_any_zone_is_where_it_is(place in 0_usize..10_000, minutes in 15_000_000_i64..37_000_000) {
        let all: Vec<_> = zones::all().collect();
        let zone = all[place % all.len()];
        let start = DateTime::from_timestamp(minutes * 60, 0).unwrap();
        let file = once(zone.name(), start);
        prop_assert_eq!(start_of(&file), start, "{} {}\n{}", zone, start, file);
    }

    /// Topics and texts come from outside: they add no line, and every line is short.
    #[test]
    fn nothing_from_outside_adds_a_line(topic in "\\PC{0,90}", text in "(?s).{0,90}", host in "\\PC{0,30}") {
        let meeting = Calendar {
            topic: &topic,
            location: &text,
            description: &text,
            organizer: Some(&host),
            ..calendar("Europe/Amsterdam", Dates::Once { start: at("2026-12-01T09:00:00Z"), minutes: 0 })
        };
        let file = meeting.file().unwrap();
        prop_assert!(file.ends_with("END:VCALENDAR\r\n"));
        prop_assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
        for line in file.trim_end().split("\r\n") {
            prop_assert!(line.len() <= 75);
        }
        let names = ["BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "TZID", "DTSTART", "DTEND", "TZOFFSETFROM",
            "TZOFFSETTO", "RRULE", "END", "UID", "DTSTAMP", "SEQUENCE", "ORGANIZER", "SUMMARY", "LOCATION",
            "DESCRIPTION", "STATUS"];
        for line in file.replace("\r\n ", "").trim_end().split("\r\n") {
            let name = line.split([':', ';']).next().unwrap();
            prop_assert!(names.contains(&name), "{}", line);
        }
    }
}
