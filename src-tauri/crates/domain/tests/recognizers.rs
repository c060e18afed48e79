//! The one line against phrases that we did not write: those of Microsoft's Recognizers-Text that name a day or a time
//! (`golden/recognizers.*.tsv`, where licence and source stand, and what is left out).
//!
//! The rule of the score: of a phrase that names a day, a time or both, the line has to say just that. It is **exact**
//! when it does and asks nothing; **asked** when it leaves a question open or says that there is no such day or time;
//! **missed** when it does not read something that is named; **wrong** when what it reads is not what is named, and
//! there was no question. Nothing may be wrong. «Today» beside a time is right: whoever says «tonight» means it.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "helpers of tests may fail; what came out is printed")]

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use liaison_domain::typed::line::{self, Line, Writer};
use liaison_domain::zones;

#[derive(Debug, PartialEq, Eq)]
enum Score {
    Exact,
    Asked,
    Missed,
    Wrong,
}

fn named(value: &str) -> (Option<NaiveDate>, Option<NaiveTime>) {
    if let Ok(both) = NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%M") {
        return (Some(both.date()), Some(both.time()));
    }
    let date = value.parse().ok();
    let time = NaiveTime::parse_from_str(value, "%H:%M").ok();
    assert!(date.is_some() || time.is_some(), "{value} is no value");
    (date, time)
}

fn score(line: &Line, today: NaiveDate, (date, time): (Option<NaiveDate>, Option<NaiveTime>)) -> Score {
    let read_date = line.date().filter(|read| date.is_some() || *read != today);
    if line.has_question() {
        return Score::Asked;
    }
    let wrong = read_date.is_some_and(|read| date != Some(read)) || line.time().is_some_and(|read| time != Some(read));
    if wrong {
        Score::Wrong
    } else if read_date == date && line.time() == time {
        Score::Exact
    } else {
        Score::Missed
    }
}

/// Plays a file; answers how many were exact, asked and missed, and every wrong one.
fn play(file: &str, region: &str, zone: &str) -> (usize, usize, usize, Vec<String>) {
    let zone = zones::parse(zone).expect("a zone");
    let (mut exact, mut asked, mut missed, mut wrong) = (0, 0, 0, Vec::new());
    for row in file.lines().filter(|row| !row.starts_with('#')) {
        let mut columns = row.split('\t');
        let (phrase, value) = (columns.next().expect("a phrase"), columns.next().expect("a value"));
        let said = columns.next().unwrap_or("2016-11-07T00:00");
        let now = NaiveDateTime::parse_from_str(said, "%Y-%m-%dT%H:%M").expect("a moment");
        let line = line::read(phrase, Writer::new(region, now, zone));
        let found = score(&line, now.date(), named(value));
        match found {
            Score::Exact => exact += 1,
            Score::Asked => asked += 1,
            Score::Missed => missed += 1,
            Score::Wrong => wrong.push(format!("{phrase}: {value}, read {:?} {:?}", line.date(), line.time())),
        }
    }
    println!("{region}: {exact} exact, {asked} asked, {missed} missed, {} wrong without a warning", wrong.len());
    (exact, asked, missed, wrong)
}

#[test]
fn nothing_of_theirs_in_english_is_read_wrong_without_a_warning() {
    let (exact, asked, missed, wrong) = play(include_str!("golden/recognizers.en.tsv"), "en-US", "America/New_York");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(exact >= 120 && exact + asked + missed > 200, "{exact} exact, {asked} asked, {missed} missed");
}

#[test]
fn nothing_of_theirs_in_dutch_is_read_wrong_without_a_warning() {
    let (exact, asked, missed, wrong) = play(include_str!("golden/recognizers.nl.tsv"), "nl-NL", "Europe/Amsterdam");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(exact >= 120 && exact + asked + missed > 200, "{exact} exact, {asked} asked, {missed} missed");
}
