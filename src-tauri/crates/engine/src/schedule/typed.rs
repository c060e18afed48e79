//! Reads what is typed in the fields for the time.

use chrono::NaiveDate;
use liaison_domain::draft::MAX_MINUTES;
use liaison_domain::typed::Reader;
use liaison_domain::typed::date::{self, DateFault};
use liaison_domain::typed::length::{self, LengthFault};
use liaison_domain::typed::time::{self, TimeFault};
use liaison_domain::wall_time;

use crate::engine::Engine;
use crate::error::Problem;
use crate::schedule::view::{WhenField, WhenRead, WhenText};

impl Engine {
    /// What a typed date, time or length says. «Tomorrow» is the user's own, whichever zone the meeting has.
    pub fn read_when(&self, asked: &WhenText) -> WhenRead {
        let config = self.config();
        read(asked, wall_time::local_date(config.clock.now(), (config.zone)()))
    }
}

fn read(asked: &WhenText, today: NaiveDate) -> WhenRead {
    let reader = Reader::of_region(&asked.region, today);
    let problem = |problem| WhenRead::Problem { problem };
    match asked.field {
        WhenField::Date => match date::read(&asked.text, reader) {
            Ok(date) => WhenRead::Date { date: date.format("%Y-%m-%d").to_string() },
            Err(DateFault::Missing) => problem(Problem::Missing),
            Err(DateFault::Unreadable) => problem(Problem::NotADate),
            Err(DateFault::NoSuchDay { year, month, days }) => problem(Problem::NoSuchDay { year, month, days }),
        },
        WhenField::Time => match time::read(&asked.text, reader) {
            Ok(time) => WhenRead::Time { time: time.format("%H:%M").to_string() },
            Err(TimeFault::Missing) => problem(Problem::Missing),
            Err(TimeFault::Unreadable) => problem(Problem::NotATime),
            Err(TimeFault::NoSuchTime) => problem(Problem::NoSuchTime),
        },
        WhenField::Minutes => match length::read(&asked.text) {
            Ok(minutes) => WhenRead::Minutes { minutes },
            Err(LengthFault::Missing) => problem(Problem::Missing),
            Err(LengthFault::Unreadable) => problem(Problem::NotALength),
            Err(LengthFault::NotWhole) => problem(Problem::NotWholeMinutes),
            Err(LengthFault::OutOfRange) => problem(Problem::OutOfRange { min: 1, max: MAX_MINUTES }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_its_own_answer() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        let answer = |field, text: &str, region: &str| {
            read(&WhenText { field, text: text.to_owned(), region: region.to_owned() }, today)
        };
        let problem = |problem| WhenRead::Problem { problem };
        assert_eq!(answer(WhenField::Date, "5 dec", "nl-NL"), WhenRead::Date { date: "2026-12-05".to_owned() });
        assert_eq!(answer(WhenField::Date, "1/12", "en-US"), WhenRead::Date { date: "2027-01-12".to_owned() });
        assert_eq!(
            answer(WhenField::Date, "31 feb", "en-GB"),
            problem(Problem::NoSuchDay { year: 2027, month: 2, days: 28 })
        );
        assert_eq!(answer(WhenField::Time, "half drie", "en-GB"), WhenRead::Time { time: "14:30".to_owned() });
        assert_eq!(answer(WhenField::Time, "25:00", "nl-NL"), problem(Problem::NoSuchTime));
        assert_eq!(answer(WhenField::Minutes, "1,5 u", "nl-NL"), WhenRead::Minutes { minutes: 90 });
        assert_eq!(answer(WhenField::Minutes, "1.5", "nl-NL"), problem(Problem::NotWholeMinutes));
        assert_eq!(answer(WhenField::Minutes, "0", "nl-NL"), problem(Problem::OutOfRange { min: 1, max: 1_440 }));
        for field in [WhenField::Date, WhenField::Time, WhenField::Minutes] {
            assert_eq!(answer(field, " ", ""), problem(Problem::Missing));
        }
    }
}
