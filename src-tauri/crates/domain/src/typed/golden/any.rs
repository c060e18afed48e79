//! What must hold for every date, time and length however it is written, and for any text.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike};
use proptest::prelude::*;

use super::super::{date, length, time, tokens};
use super::reader;

const MONTHS: [[&str; 4]; 12] = [
    ["Jan", "January", "jan.", "januari"],
    ["Feb", "February", "feb.", "februari"],
    ["Mar", "March", "mrt.", "maart"],
    ["Apr", "April", "apr.", "april"],
    ["May", "May", "mei", "mei"],
    ["Jun", "June", "jun.", "juni"],
    ["Jul", "July", "jul.", "juli"],
    ["Aug", "August", "aug.", "augustus"],
    ["Sept", "September", "sep.", "september"],
    ["Oct", "October", "okt.", "oktober"],
    ["Nov", "November", "nov.", "november"],
    ["Dec", "December", "dec.", "december"],
];
const DAYS: [[&str; 2]; 7] =
    [["Mon", "ma"], ["Tue", "di"], ["Wed", "wo"], ["Thu", "do"], ["Fri", "vr"], ["Sat", "za"], ["Sun", "zo"]];

/// The date in every way in which it is written with its year.
fn written(date: NaiveDate, month_first: bool) -> Vec<String> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let mut all = vec![date.to_string(), date.format("%Y%m%d").to_string(), format!("{year}/{month}/{day}")];
    let (one, two) = if month_first { (month, day) } else { (day, month) };
    for mark in ['/', '-', '.'] {
        all.push(format!("{one}{mark}{two}{mark}{year}"));
        all.push(format!("{one:02}{mark}{two:02}{mark}{:02}", year % 100));
    }
    for name in MONTHS[date.month0() as usize] {
        all.push(format!("{day} {name} {year}"));
        all.push(format!("{name} {day}, {year}"));
        for weekday in DAYS[date.weekday().num_days_from_monday() as usize] {
            all.push(format!("{weekday} {day} {name} {year}"));
            all.push(format!("{weekday}, {name} {day}, {year}"));
        }
    }
    all
}

proptest! {
    #[test]
    fn a_date_is_read_back_however_it_is_written(day in 0_u64..25_000, american in any::<bool>()) {
        let date = NaiveDate::from_ymd_opt(2001, 1, 1).unwrap() + Days::new(day);
        let reader = reader(if american { "en-US" } else { "nl-NL" });
        for text in written(date, american) {
            prop_assert_eq!(date::read(&text, reader), Ok(date), "{}", text);
        }
    }

    #[test]
    fn a_date_of_the_coming_year_needs_no_year(ahead in 0_u64..365, american in any::<bool>()) {
        let reader = reader(if american { "en-US" } else { "en-GB" });
        let date = reader.today + Days::new(ahead);
        let figures = if american { date.format("%-m/%-d") } else { date.format("%-d/%-m") };
        prop_assert_eq!(date::read(&figures.to_string(), reader), Ok(date));
        for name in MONTHS[date.month0() as usize] {
            prop_assert_eq!(date::read(&format!("{} {name}", date.day()), reader), Ok(date));
        }
    }

    #[test]
    fn a_time_is_read_back_however_it_is_written(minutes in 0_u32..1_440) {
        let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap();
        let mut all = vec![time.format("%H:%M").to_string(), time.format("%H%M").to_string()];
        all.extend(["%H.%M", "%Hu%M", "%I:%M %p", "%-I:%M %P", "%-I.%M%P"].map(|style| time.format(style).to_string()));
        for text in all {
            prop_assert_eq!(time::read(&text, reader("en-GB")), Ok(time), "{}", text);
        }
    }

    #[test]
    fn a_clock_of_twelve_hours_is_read_within_working_hours(hour in 1_u32..=12, minute in 0_u32..60) {
        let found = time::read(&format!("{hour}:{minute:02}"), reader("nl-NL")).unwrap();
        prop_assert!((7..19).contains(&found.hour()));
        prop_assert_eq!((found.hour() % 12, found.minute()), (hour % 12, minute));
    }

    #[test]
    fn a_length_is_read_back_however_it_is_written(minutes in 1_u32..=1_440) {
        let (hours, rest) = (minutes / 60, minutes % 60);
        for text in [
            minutes.to_string(),
            format!("{minutes} min"),
            format!("{hours}:{rest:02}"),
            format!("{hours}h{rest:02}"),
            format!("{hours} u {rest} min"),
        ] {
            prop_assert_eq!(length::read(&text), Ok(minutes), "{}", text);
        }
    }

    #[test]
    fn any_text_has_an_answer(text in "\\PC{0,150}") {
        let reader = reader("nl-NL");
        let _ = (date::read(&text, reader), time::read(&text, reader), length::read(&text));
    }

    /// Texts made of the vocabulary reach further into the rules than random letters.
    #[test]
    fn any_words_have_an_answer_within_the_text(words in proptest::collection::vec(
        prop_oneof!["[0-9]{1,10}", "[.:/,½@-]", proptest::sample::select(vec![
            "next", "week", "over", "in", "the", "de", "half", "kwart", "voor", "past", "a", "een", "and", "en",
            "may", "mrt", "di", "friday", "uur", "h", "m", "days", "months", "am", "s", "avonds", "of", "anderhalf",
        ]).prop_map(str::to_owned)],
        0..12,
    )) {
        let reader = reader("en-US");
        for joint in ["", " "] {
            let text = words.join(joint);
            let _ = (date::read(&text, reader), time::read(&text, reader));
            if let Ok(minutes) = length::read(&text) {
                prop_assert!((1..=crate::draft::MAX_MINUTES).contains(&minutes));
            }
            let all = tokens(&text);
            for start in 0..all.len() {
                let used = [
                    date::at(&all[start..], reader).map(|(_, used)| used),
                    time::at(&all[start..], reader).map(|(_, used)| used),
                    length::at(&all[start..]).map(|(_, used)| used),
                ];
                for used in used.into_iter().flatten() {
                    prop_assert!((1..=all.len() - start).contains(&used));
                }
            }
        }
    }
}
