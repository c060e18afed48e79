//! The one line that plans a meeting, against phrases whose meaning somebody worked out: 200 of our own in each
//! language, and what must hold for any text.
//!
//! A file of phrases has a phrase a line, and behind it, parted by tabs, what it says: `d` the day, `t` the time, `l`
//! the length in minutes, `z` the zone, `p` a person, `r` the series, `h` a half of the day, `topic` what is left.
//! `d:tomorrow=2026-11-28` says which words are underlined; `t:3=15:00?03:00` is a question with its second answer.
//! `now`, `region` and `zone` at the end change who writes; else it is 27 November 2026, a Friday, 09:18 in Amsterdam.

#![expect(clippy::expect_used, reason = "helpers of tests may fail")]

use chrono::{NaiveDateTime, Weekday};
use liaison_domain::typed::line::{self, DayPart, Line, Meaning, Recurrence, Unit, Writer};
use liaison_domain::zones;
use proptest::prelude::*;

const ENGLISH: &str = include_str!("golden/schedule_line.en.tsv");
const DUTCH: &str = include_str!("golden/schedule_line.nl.tsv");

fn writer(region: &str, now: &str, zone: &str) -> Writer {
    let now = NaiveDateTime::parse_from_str(now, "%Y-%m-%dT%H:%M").expect("a date and time");
    Writer::new(region, now, zones::parse(zone).expect("a zone"))
}

/// The golden file's own words for a meaning.
fn told(meaning: &Meaning) -> (&'static str, String) {
    match meaning {
        Meaning::Date(date) => ("d", date.to_string()),
        Meaning::Time(time) => ("t", time.format("%H:%M").to_string()),
        Meaning::Moment(at) => ("m", at.format("%Y-%m-%dT%H:%M").to_string()),
        Meaning::Length(minutes) => ("l", minutes.to_string()),
        Meaning::Zone { zone, .. } => ("z", zone.name().to_owned()),
        Meaning::Person(name) => ("p", name.clone()),
        Meaning::Recurrence(series) => ("r", series_told(series)),
        Meaning::Part(part) => ("h", half_told(*part).to_owned()),
        Meaning::NoSuchDay { year, month, days } => ("no-day", format!("{year}-{month}/{days}")),
        Meaning::NoSuchTime => ("no-time", String::new()),
        Meaning::Topic => ("topic", String::new()),
    }
}

fn half_told(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "morning",
        DayPart::Afternoon => "afternoon",
        DayPart::Evening => "evening",
        DayPart::Night => "night",
    }
}

fn series_told(series: &Recurrence) -> String {
    let unit = match series.unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
    };
    let days: Vec<String> = series.days.iter().map(Weekday::to_string).collect();
    format!("{} {unit} {}", series.every, days.join("+")).trim_end().to_owned()
}

/// What a line says, in the words of the golden file.
fn all_told(line: &Line) -> Vec<String> {
    let mut told_all: Vec<String> = line
        .spans
        .iter()
        .filter(|span| span.meaning != Meaning::Topic)
        .map(|span| {
            let (kind, value) = told(&span.meaning);
            let other = span.other.as_ref().map_or_else(String::new, |other| {
                let (other_kind, value) = told(other);
                if other_kind == kind { format!("?{value}") } else { format!("?{other_kind}={value}") }
            });
            format!("{kind}:{}={value}{other}", line.words(span))
        })
        .collect();
    told_all.push(format!("topic={}", line.topic(|_| true)));
    told_all
}

fn play(file: &str, region: &str) {
    let mut wrong = Vec::new();
    let mut phrases = 0;
    for row in file.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
        phrases += 1;
        let mut columns = row.split('\t');
        let phrase = columns.next().expect("a phrase");
        let (mut region, mut now, mut zone) = (region, "2026-11-27T09:18", "Europe/Amsterdam");
        let mut expected = Vec::new();
        for column in columns {
            if let Some(other) = column.strip_prefix("region=") {
                region = other;
            } else if let Some(other) = column.strip_prefix("now=") {
                now = other;
            } else if let Some(other) = column.strip_prefix("zone=") {
                zone = other;
            } else {
                expected.push(column.to_owned());
            }
        }
        let found = all_told(&line::read(phrase, writer(region, now, zone)));
        if found != expected {
            wrong.push(format!("{phrase}\n    expected {expected:?}\n       found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {phrases} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english_phrases_mean_what_they_say() {
    play(ENGLISH, "en-GB");
}

#[test]
fn dutch_phrases_mean_what_they_say() {
    play(DUTCH, "nl-NL");
}

#[test]
fn each_language_has_its_two_hundred_phrases() {
    for file in [ENGLISH, DUTCH] {
        let phrases: Vec<&str> = file.lines().filter(|row| !row.is_empty() && !row.starts_with('#')).collect();
        let different: std::collections::HashSet<&&str> = phrases.iter().collect();
        assert!(different.len() >= 200 && different.len() == phrases.len(), "{} phrases", phrases.len());
    }
}

/// Texts made of what lines are made of, and of anything else.
fn any_line() -> impl Strategy<Value = String> {
    let words: Vec<&str> = ENGLISH
        .lines()
        .chain(DUTCH.lines())
        .filter_map(|row| row.split('\t').next())
        .flat_map(str::split_whitespace)
        .collect();
    let word = prop_oneof![
        6 => proptest::sample::select(words).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => "[0-9]{1,9}",
        1 => Just("🎉é’ß".to_owned()),
    ];
    proptest::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_has_spans_that_stand_where_they_say(text in any_line(), dutch in any::<bool>()) {
        let writer = writer(if dutch { "nl-NL" } else { "en-US" }, "2026-11-27T09:18", "Europe/Amsterdam");
        let line = line::read(&text, writer);
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut before = 0;
        for span in &line.spans {
            prop_assert!(span.bytes.start >= before && span.bytes.start < span.bytes.end, "{:?}", line.spans);
            let words = text.get(span.bytes.clone());
            prop_assert!(words.is_some(), "{:?} in {text}", span.bytes);
            let same = String::from_utf16(&units[span.utf16.clone()]).ok();
            prop_assert_eq!(same.as_deref(), words);
            before = span.bytes.end;
        }
        prop_assert!(line.spans.iter().all(|span| span.other.as_ref() != Some(&span.meaning)));
        let _ = line.moment(zones::parse("Europe/Amsterdam").expect("a zone"));
    }

    #[test]
    fn a_topic_loses_no_word_that_was_not_understood(text in any_line()) {
        let line = line::read(&text, writer("en-GB", "2026-11-27T09:18", "Europe/Amsterdam"));
        let kept = line.topic(|_| false);
        let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).count();
        // With nothing understood only the joints at the end may go.
        prop_assert!(letters(&kept) + 12 >= letters(&text), "{kept} of {text}");
    }
}
