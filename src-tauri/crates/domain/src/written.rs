//! Days and times as people write them, for what leaves the program: records, mails, notifications.
//!
//! The window has the web view's own forms, by Unicode CLDR; this has the same ones, for the two languages there are.
//! What is compared, stored or read by a program is never written so.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Timelike as _, Utc};

use crate::zones::Zone;

/// Where English writes the day before the month: by CLDR 48; the other regions have the American form.
const DAY_FIRST: &str = "\
    AE AG AI AT AU BB BE BM BS BW BZ CC CH CK CM CX CY CZ DD DE DG DK DM EE ER ES FI FJ FK FM FR FX GB \
    GD GE GG GH GI GM GS GY HK HU ID IE IL IM IN IO IT JE JM KE KI KN KY LC LR LS LT LV MG MO MS MT MU \
    MV MW MY NA NF NG NH NL NO NR NU NZ PG PK PL PN PT PW RH RO RW SB SC SD SE SG SH SI SK SL SS SX SZ \
    TC TK TO TT TV TZ UA UG UK VC VG VU WS ZA ZM ZW";
/// Of those, where no comma follows the day of the week.
const NO_COMMA: &str = "AU IE MV";
/// Where English counts the hours of the day to 24.
const ROUND_THE_CLOCK: &str = "\
    AI AT BE BI BW BZ CC CH CK CM CX CZ DD DE DG DK EE ES FI FK FR FX GB GE GG GI GS HU ID IE IL IM IO \
    IT JE JP KE LT LV MG MS MT MU MV NF NG NL NO NR NU PL PN PT RH RO RW SC SE SH SI SK SX TK TV TZ UA \
    UG UK ZA ZW";
/// Of those, where a dot stands between hour and minute.
const DOT: &str = "DK FI ID";
/// Where the halves of the day are small.
const SMALL_HALVES: &str = "\
    AG AU BB BM BS CY DM ER FJ FM GD GH GM GY HK IN JM KI KN KY LC LR LS MO MW MY NA NH NZ PG PK PW SB \
    SD SG SL SS SZ TC TO TT VC VG VU WS ZM";

const DUTCH_DAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const DUTCH_MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// How somebody writes days and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writing {
    day: DayForm,
    time: TimeForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayForm {
    Dutch,
    /// Thursday, December 3, 2026
    MonthFirst,
    /// Thursday, 3 December 2026
    DayFirst,
    /// Thursday 3 December 2026
    Plain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TimeForm {
    /// 09:30, or with a dot.
    Round(char),
    /// 9:30 and one of these, before and after noon.
    Halves(&'static str, &'static str),
}

impl Default for Writing {
    /// English of no region: as in the United Kingdom.
    fn default() -> Self {
        Self::of("en", None)
    }
}

impl Writing {
    /// `language` is `en` or `nl`; `region` an ISO code of two capital letters, of a system that speaks the language:
    /// without one the language's own form is taken.
    #[must_use]
    pub fn of(language: &str, region: Option<&str>) -> Self {
        if language == "nl" {
            return Self { day: DayForm::Dutch, time: TimeForm::Round(':') };
        }
        let region = region.unwrap_or("GB");
        let day = match region {
            _ if has(NO_COMMA, region) => DayForm::Plain,
            _ if has(DAY_FIRST, region) => DayForm::DayFirst,
            _ => DayForm::MonthFirst,
        };
        let time = match region {
            _ if has(DOT, region) => TimeForm::Round('.'),
            _ if has(ROUND_THE_CLOCK, region) => TimeForm::Round(':'),
            _ if has(SMALL_HALVES, region) => TimeForm::Halves("am", "pm"),
            "CA" => TimeForm::Halves("a.m.", "p.m."),
            _ => TimeForm::Halves("AM", "PM"),
        };
        Self { day, time }
    }

    /// All forms that the regions of the same language have.
    #[must_use]
    pub fn of_its_language(self) -> Vec<Self> {
        if self.day == DayForm::Dutch {
            return vec![self];
        }
        let days = [DayForm::MonthFirst, DayForm::DayFirst, DayForm::Plain];
        let halves =
            [("am", "pm"), ("a.m.", "p.m."), ("AM", "PM")].map(|(before, after)| TimeForm::Halves(before, after));
        let times = [TimeForm::Round(':'), TimeForm::Round('.')].into_iter().chain(halves);
        times.flat_map(|time| days.map(|day| Self { day, time })).collect()
    }

    /// With the day of the week: `Thursday, 3 December 2026`, `donderdag 3 december 2026`.
    #[must_use]
    pub fn day(self, date: NaiveDate) -> String {
        let pattern = match self.day {
            DayForm::Dutch => {
                let weekday = DUTCH_DAYS[date.weekday().num_days_from_monday() as usize];
                let month = DUTCH_MONTHS[date.month0() as usize];
                return format!("{weekday} {} {month} {}", date.day(), date.year());
            }
            DayForm::MonthFirst => "%A, %B %-d, %Y",
            DayForm::DayFirst => "%A, %-d %B %Y",
            DayForm::Plain => "%A %-d %B %Y",
        };
        date.format(pattern).to_string()
    }

    /// To the minute: `14:05`, `2:05 PM`.
    #[must_use]
    pub fn time(self, time: NaiveTime) -> String {
        match self.time {
            TimeForm::Round(between) => format!("{:02}{between}{:02}", time.hour(), time.minute()),
            TimeForm::Halves(before, after) => {
                let (is_after, hour) = time.hour12();
                format!("{hour}:{:02} {}", time.minute(), if is_after { after } else { before })
            }
        }
    }

    /// `Thursday, 3 December 2026, 14:05 (Europe/Amsterdam)`.
    #[must_use]
    pub fn moment(self, at: DateTime<Utc>, zone: Zone) -> String {
        let wall = at.with_timezone(&zone).naive_local();
        format!("{}, {} ({})", self.day(wall.date()), self.time(wall.time()), zone.name())
    }

    /// From one time to another on the clocks of a zone: `14:05–15:00`, `2:05 PM – 3:00 PM`.
    #[must_use]
    pub fn hours(self, start: DateTime<Utc>, end: DateTime<Utc>, zone: Zone) -> String {
        let time = |at: DateTime<Utc>| self.time(at.with_timezone(&zone).time());
        let between = if matches!(self.time, TimeForm::Round(_)) { "–" } else { " – " };
        format!("{}{between}{}", time(start), time(end))
    }

    /// The same with its day, or with both where it ends on another: `Thursday, 3 December 2026, 14:05–15:00`. The zone
    /// is left to who writes it.
    #[must_use]
    pub fn span(self, start: DateTime<Utc>, end: DateTime<Utc>, zone: Zone) -> String {
        let (from, to) = (start.with_timezone(&zone).naive_local(), end.with_timezone(&zone).naive_local());
        if from.date() == to.date() {
            return format!("{}, {}", self.day(from.date()), self.hours(start, end, zone));
        }
        let whole = |wall: chrono::NaiveDateTime| format!("{}, {}", self.day(wall.date()), self.time(wall.time()));
        format!("{} – {}", whole(from), whole(to))
    }
}

fn has(regions: &str, region: &str) -> bool {
    regions.split(' ').any(|one| one == region)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::*;
    use crate::zones;

    /// Written by Node's Intl, and not by us: see the head of the file.
    const GOLDEN: &str = include_str!("../tests/golden/written.tsv");

    #[test]
    fn every_region_has_the_form_that_cldr_gives_it() {
        let mut rows = 0;
        for line in GOLDEN.lines().filter(|line| !line.starts_with('#')) {
            let [locale, moment, day, time] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
            let (language, region) = locale.split_once('-').unwrap();
            let wall = NaiveDateTime::parse_from_str(moment, "%Y-%m-%dT%H:%M").unwrap();
            let writing = Writing::of(language, Some(region));
            assert_eq!(writing.day(wall.date()), day, "{locale}");
            assert_eq!(writing.time(wall.time()), time, "{locale} {moment}");
            rows += 1;
        }
        assert!(rows > 600, "{rows}");
        assert_eq!(Writing::of("en", None), Writing::of("en", Some("GB")));
    }

    #[test]
    fn the_forms_of_a_language_are_those_of_its_regions() {
        let letters = || 'A'..='Z';
        let all = Writing::of("en", None).of_its_language();
        for region in letters().flat_map(|first| letters().map(move |second| format!("{first}{second}"))) {
            assert!(all.contains(&Writing::of("en", Some(&region))), "{region}");
        }
        assert_eq!(Writing::of("nl", Some("BE")).of_its_language(), [Writing::of("nl", None)]);
    }

    #[test]
    fn a_moment_has_its_day_of_the_week_and_its_zone() {
        let zone = zones::parse("Europe/Amsterdam").unwrap();
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (start, end) = (at("2026-12-03T13:05:00Z"), at("2026-12-03T14:00:00Z"));
        let british = Writing::default();
        assert_eq!(british.moment(start, zone), "Thursday, 3 December 2026, 14:05 (Europe/Amsterdam)");
        assert_eq!(british.span(start, end, zone), "Thursday, 3 December 2026, 14:05–15:00");
        let american = Writing::of("en", Some("US"));
        assert_eq!(american.span(start, end, zone), "Thursday, December 3, 2026, 2:05 PM – 3:00 PM");
        let dutch = Writing::of("nl", Some("BE"));
        assert_eq!(dutch.moment(start, zone), "donderdag 3 december 2026, 14:05 (Europe/Amsterdam)");
        // Over midnight, and over the night on which the clocks go back.
        let late = dutch.span(at("2026-12-03T22:30:00Z"), at("2026-12-03T23:15:00Z"), zone);
        assert_eq!(late, "donderdag 3 december 2026, 23:30 – vrijdag 4 december 2026, 00:15");
        let back = british.span(at("2026-10-25T00:50:00Z"), at("2026-10-25T01:10:00Z"), zone);
        assert_eq!(back, "Sunday, 25 October 2026, 02:50–02:10");
    }
}
