//! What people type and what is made of it, as tables; [`any`] has what must hold for every text.

mod any;

use chrono::NaiveTime;

use super::date::{self, DateFault};
use super::length::{self, LengthFault};
use super::time::{self, TimeFault};
use super::{Reader, tokens};

/// A Friday.
const TODAY: &str = "2026-11-27";

fn reader(region: &str) -> Reader {
    Reader::of_region(region, TODAY.parse().unwrap())
}

#[test]
fn dates_in_both_languages() {
    let table = [
        ("2026-11-28", "2026-11-28"),
        ("2026/11/28", "2026-11-28"),
        ("20261128", "2026-11-28"),
        ("28/11", "2026-11-28"),
        ("28-11", "2026-11-28"),
        ("28.11.", "2026-11-28"),
        ("28.11.2026", "2026-11-28"),
        ("28-11-26", "2026-11-28"),
        ("28 11", "2026-11-28"),
        ("28 11 2027", "2027-11-28"),
        ("11/28", "2026-11-28"),
        ("3-1", "2027-01-03"),
        ("5 dec", "2026-12-05"),
        ("5 DEC.", "2026-12-05"),
        ("30 nov", "2026-11-30"),
        ("27 nov", "2026-11-27"),
        ("26 nov", "2027-11-26"),
        ("Sat, 5 December 2026", "2026-12-05"),
        ("za 5 dec. 2026", "2026-12-05"),
        ("5 mrt", "2027-03-05"),
        ("5 maart", "2027-03-05"),
        ("5 March", "2027-03-05"),
        ("5e mei", "2027-05-05"),
        ("de 5e", "2026-12-05"),
        ("the 5th of January", "2027-01-05"),
        ("5 van januari", "2027-01-05"),
        ("dec 5", "2026-12-05"),
        ("December 5th, 2026", "2026-12-05"),
        ("5-okt-2027", "2027-10-05"),
        ("5 oct 27", "2027-10-05"),
        ("29 feb 2028", "2028-02-29"),
        ("27", "2026-11-27"),
        ("26", "2026-12-26"),
        ("31", "2026-12-31"),
        ("vandaag", "2026-11-27"),
        ("Today", "2026-11-27"),
        ("morgen", "2026-11-28"),
        ("tomorrow", "2026-11-28"),
        ("overmorgen", "2026-11-29"),
        ("the day after tomorrow", "2026-11-29"),
        ("yesterday", "2026-11-26"),
        ("in 3 days", "2026-11-30"),
        ("over 3 dagen", "2026-11-30"),
        ("over een week", "2026-12-04"),
        ("in two weeks", "2026-12-11"),
        ("over een maand", "2026-12-27"),
        ("vrijdag", "2026-12-04"),
        ("on friday", "2026-12-04"),
        ("zaterdag", "2026-11-28"),
        ("za", "2026-11-28"),
        ("deze dinsdag", "2026-12-01"),
        ("tue", "2026-12-01"),
        ("next tue", "2026-12-01"),
        ("next saturday", "2026-12-05"),
        ("volgende week dinsdag", "2026-12-01"),
        ("volgende week op dinsdag", "2026-12-01"),
        ("dinsdag volgende week", "2026-12-01"),
        ("next week tuesday", "2026-12-01"),
        ("next week", "2026-11-30"),
    ];
    for region in ["nl-NL", "en-GB", "en-US"] {
        for (text, expected) in table {
            let found = date::read(text, reader(region));
            // Where both readings are dates, the order of the region decides; the table holds the day first.
            let expected = match (region, text) {
                ("en-US", "3-1") => "2027-03-01",
                _ => expected,
            };
            assert_eq!(found, Ok(expected.parse().unwrap()), "{text} ({region})");
        }
    }
}

#[test]
fn next_is_the_week_after_this_one() {
    let monday = Reader { today: "2026-11-23".parse().unwrap(), ..reader("en-GB") };
    for (text, expected) in
        [("tue", "2026-11-24"), ("next tue", "2026-12-01"), ("monday", "2026-11-30"), ("volgende zondag", "2026-12-06")]
    {
        assert_eq!(date::read(text, monday), Ok(expected.parse().unwrap()), "{text}");
    }
}

#[test]
fn what_is_no_date_says_why() {
    let no_day = |year, month, days| DateFault::NoSuchDay { year, month, days };
    for (text, fault) in [
        ("", DateFault::Missing),
        ("  ", DateFault::Missing),
        ("31 feb", no_day(2027, 2, 28)),
        ("30/2", no_day(2027, 2, 28)),
        ("2026-02-30", no_day(2026, 2, 28)),
        ("31 nov", no_day(2026, 11, 30)),
        ("soon", DateFault::Unreadable),
        ("32-1", DateFault::Unreadable),
        ("32", DateFault::Unreadable),
        ("0", DateFault::Unreadable),
        ("24 xyz", DateFault::Unreadable),
        ("24 nov 2026 or later", DateFault::Unreadable),
        ("2026-13-01", DateFault::Unreadable),
        ("0027-12-05", DateFault::Unreadable),
        ("in 9999 months", DateFault::Unreadable),
        ("<script>", DateFault::Unreadable),
    ] {
        assert_eq!(date::read(text, reader("nl-NL")), Err(fault), "{text}");
    }
    assert_eq!(date::read(&"9".repeat(10_000), reader("nl-NL")), Err(DateFault::Unreadable));
}

#[test]
fn times_in_both_languages() {
    let table = [
        ("9", "09:00"),
        ("3", "15:00"),
        ("03", "03:00"),
        ("15", "15:00"),
        ("930", "09:30"),
        ("0930", "09:30"),
        ("1530", "15:30"),
        ("9:30", "09:30"),
        ("9.30", "09:30"),
        ("9 30", "09:30"),
        ("9u30", "09:30"),
        ("9h30", "09:30"),
        ("9u", "09:00"),
        ("9 uur 30", "09:30"),
        ("2:30", "14:30"),
        ("02:30", "02:30"),
        ("0:30", "00:30"),
        ("00:00", "00:00"),
        ("23:59", "23:59"),
        ("3pm", "15:00"),
        ("3 p.m.", "15:00"),
        ("3:15 pm", "15:15"),
        ("9:05 am", "09:05"),
        ("9:05 a.m.", "09:05"),
        ("07:30 pm", "19:30"),
        ("12am", "00:00"),
        ("12 p.m.", "12:00"),
        ("12 uur", "12:00"),
        ("drie uur", "15:00"),
        ("three", "15:00"),
        ("three o'clock", "15:00"),
        ("om 10 uur", "10:00"),
        ("at 10", "10:00"),
        ("half drie", "14:30"),
        ("half 8", ""),
        ("half acht", "07:30"),
        ("half acht 's avonds", "19:30"),
        ("half three", "15:30"),
        ("half past two", "14:30"),
        ("kwart over drie", "15:15"),
        ("kwart voor 3", "14:45"),
        ("kwart voor een", "12:45"),
        ("quarter to three", "14:45"),
        ("a quarter past 9", "09:15"),
        ("tien over half drie", "14:40"),
        ("5 voor half 10", "09:25"),
        ("ten to three", "14:50"),
        ("twenty five past ten", "10:25"),
        ("half vier 's nachts", "03:30"),
        ("8 uur 's avonds", "20:00"),
        ("8 ’s ochtends", "08:00"),
        ("vanmiddag 3 uur", "15:00"),
        ("8 in the evening", "20:00"),
        ("kwart over 15", "15:15"),
        ("noon", "12:00"),
        ("12 noon", "12:00"),
        ("midnight", "00:00"),
        ("middernacht", "00:00"),
    ];
    for region in ["nl-NL", "en-GB"] {
        for (text, expected) in table {
            // Before a figure «half» is the window's own.
            let expected = match (expected, region) {
                ("", "nl-NL") => "07:30",
                ("", _) => "08:30",
                _ => expected,
            };
            let expected = NaiveTime::parse_from_str(expected, "%H:%M").unwrap();
            assert_eq!(time::read(text, reader(region)), Ok(expected), "{text} ({region})");
        }
    }
}

#[test]
fn what_is_no_time_says_why() {
    for (text, fault) in [
        ("", TimeFault::Missing),
        ("25:00", TimeFault::NoSuchTime),
        ("24:00", TimeFault::NoSuchTime),
        ("12:60", TimeFault::NoSuchTime),
        ("2575", TimeFault::NoSuchTime),
        ("99", TimeFault::NoSuchTime),
        ("13pm", TimeFault::NoSuchTime),
        ("half 25", TimeFault::NoSuchTime),
        ("9:5", TimeFault::Unreadable),
        ("::", TimeFault::Unreadable),
        ("later", TimeFault::Unreadable),
        ("15:00 of zo", TimeFault::Unreadable),
        ("90 over 3", TimeFault::Unreadable),
        ("\u{202E}9:30", TimeFault::Unreadable),
    ] {
        assert_eq!(time::read(text, reader("nl-NL")), Err(fault), "{text}");
    }
}

#[test]
fn lengths_in_both_languages() {
    for (text, minutes) in [
        ("90", 90),
        ("1", 1),
        ("45m", 45),
        ("45 min.", 45),
        ("45 minuten", 45),
        ("1h", 60),
        ("1 u", 60),
        ("2 uur", 120),
        ("1,5 u", 90),
        ("1.5h", 90),
        ("0,75 uur", 45),
        ("1½ uur", 90),
        ("1h30", 90),
        ("1u30", 90),
        ("1h 30m", 90),
        ("1 h 5", 65),
        ("1 uur en 30 minuten", 90),
        ("1:30", 90),
        ("0:45", 45),
        ("half uur", 30),
        ("een half uur", 30),
        ("halfuur", 30),
        ("half an hour", 30),
        ("a half hour", 30),
        ("kwartier", 15),
        ("drie kwartier", 45),
        ("three quarters of an hour", 45),
        ("a quarter of an hour", 15),
        ("an hour", 60),
        ("een uur", 60),
        ("anderhalf uur", 90),
        ("an hour and a half", 90),
        ("one and a half hours", 90),
        ("twee en een half uur", 150),
        ("tweeënhalf uur", 150),
        ("een uur en een kwartier", 75),
        ("two hours", 120),
        ("1 dag", 1440),
        ("24h", 1440),
    ] {
        assert_eq!(length::read(text), Ok(minutes), "{text}");
    }
}

#[test]
fn what_is_no_length_says_why() {
    for (text, fault) in [
        ("", LengthFault::Missing),
        ("0", LengthFault::OutOfRange),
        ("0 min", LengthFault::OutOfRange),
        ("1441", LengthFault::OutOfRange),
        ("25h", LengthFault::OutOfRange),
        ("99999999999999999999", LengthFault::Unreadable),
        ("1.5", LengthFault::NotWhole),
        ("1,5 min", LengthFault::NotWhole),
        ("1.33 h", LengthFault::NotWhole),
        ("long", LengthFault::Unreadable),
        ("-5", LengthFault::Unreadable),
        ("1:75", LengthFault::Unreadable),
        ("1h30m of zo", LengthFault::Unreadable),
        ("hour", LengthFault::Unreadable),
    ] {
        assert_eq!(length::read(text), Err(fault), "{text}");
    }
}

#[test]
fn a_line_is_read_phrase_by_phrase() {
    let dutch = reader("nl-NL");
    let line = tokens("morgen 15:00 45m demo");
    let (date, used) = date::at(&line, dutch).unwrap();
    assert_eq!((date, used), (Ok("2026-11-28".parse().unwrap()), 1));
    let (time, more) = time::at(&line[used..], dutch).unwrap();
    assert_eq!((time, more), (Ok(NaiveTime::from_hms_opt(15, 0, 0).unwrap()), 3));
    let (length, last) = length::at(&line[used + more..]).unwrap();
    assert_eq!((length, last), (Ok(45), 2));
    assert_eq!(date::at(&line[used + more + last..], dutch), None);

    // «5 dec 15:00» has no year in it, and a number alone is neither date nor time.
    let line = tokens("5 dec 15:00");
    assert_eq!(date::at(&line, dutch), Some((Ok("2026-12-05".parse().unwrap()), 2)));
    let alone = tokens("5 people");
    assert_eq!((date::at(&alone, dutch), time::at(&alone, dutch), length::at(&alone)), (None, None, None));
    assert_eq!(time::at(&tokens("om 5 met Jan"), dutch), Some((Ok(NaiveTime::from_hms_opt(17, 0, 0).unwrap()), 2)));
}
