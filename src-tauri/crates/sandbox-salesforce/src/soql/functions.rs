//! Functions of one field: `toLabel`, `FORMAT`, `convertCurrency` and the parts of a date.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use liaison_sandbox_kernel::world::zone::Zone;

use super::super::cell::Cell;
use super::super::schema::{Choice, FieldType};

/// A function of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldFunction {
    /// The label of a picklist value in the user's language.
    Label,
    /// Numbers and dates as a person writes them.
    Format,
    /// Currency in the user's own; there is one currency in this org.
    Currency,
    /// A part of a date; `local` when the field was given through `convertTimezone`.
    Part { part: DatePart, local: bool },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePart {
    Year,
    Quarter,
    Month,
    DayInMonth,
    DayInWeek,
    DayInYear,
    DayOnly,
    HourInDay,
    WeekInMonth,
    WeekInYear,
}

/// Names in a query; the fiscal year of this org is the calendar year.
const PARTS: [(&str, DatePart); 13] = [
    ("CALENDAR_YEAR", DatePart::Year),
    ("CALENDAR_QUARTER", DatePart::Quarter),
    ("CALENDAR_MONTH", DatePart::Month),
    ("FISCAL_YEAR", DatePart::Year),
    ("FISCAL_QUARTER", DatePart::Quarter),
    ("FISCAL_MONTH", DatePart::Month),
    ("DAY_IN_MONTH", DatePart::DayInMonth),
    ("DAY_IN_WEEK", DatePart::DayInWeek),
    ("DAY_IN_YEAR", DatePart::DayInYear),
    ("DAY_ONLY", DatePart::DayOnly),
    ("HOUR_IN_DAY", DatePart::HourInDay),
    ("WEEK_IN_MONTH", DatePart::WeekInMonth),
    ("WEEK_IN_YEAR", DatePart::WeekInYear),
];

impl FieldFunction {
    /// By its name in a query.
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("toLabel") {
            return Some(Self::Label);
        }
        if name.eq_ignore_ascii_case("FORMAT") {
            return Some(Self::Format);
        }
        if name.eq_ignore_ascii_case("convertCurrency") {
            return Some(Self::Currency);
        }
        let part = PARTS.iter().find(|(own, _)| own.eq_ignore_ascii_case(name))?.1;
        Some(Self::Part { part, local: false })
    }

    /// The type of its result for a field of some type; `None` when it does not go with the field.
    pub fn result(self, kind: FieldType) -> Option<FieldType> {
        let dated = matches!(kind, FieldType::Date | FieldType::DateTime);
        match self {
            Self::Label => matches!(kind, FieldType::Picklist | FieldType::Combobox | FieldType::MultiPicklist)
                .then_some(FieldType::Text),
            Self::Format => {
                let number =
                    matches!(kind, FieldType::Int | FieldType::Double | FieldType::Currency | FieldType::Percent);
                (dated || number).then_some(FieldType::Text)
            }
            Self::Currency => (kind == FieldType::Currency).then_some(kind),
            Self::Part { part: DatePart::HourInDay | DatePart::DayOnly, .. } if kind != FieldType::DateTime => None,
            Self::Part { part: DatePart::DayOnly, .. } => Some(FieldType::Date),
            Self::Part { .. } => dated.then_some(FieldType::Int),
        }
    }
}

/// A function together with what it needs to know about its field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Applied {
    pub function: FieldFunction,
    pub zone: Zone,
    pub choices: &'static [Choice],
}

impl Applied {
    pub fn to(&self, cell: &Cell) -> Cell {
        match self.function {
            FieldFunction::Label => cell.as_str().map_or(Cell::Empty, |value| self.label(value)),
            FieldFunction::Currency => cell.clone(),
            FieldFunction::Format => self.formatted(cell),
            FieldFunction::Part { part, local } => match cell {
                Cell::Day(day) => of_day(part, *day, 0),
                Cell::Moment(at) if local => {
                    let at = at.with_timezone(&self.zone);
                    of_day(part, at.date_naive(), at.hour())
                }
                Cell::Moment(at) => of_day(part, at.date_naive(), at.hour()),
                _ => Cell::Empty,
            },
        }
    }

    fn label(&self, value: &str) -> Cell {
        let label = |value: &str| {
            let found = self.choices.iter().find(|choice| choice.value == value);
            found.map_or(value.to_owned(), |choice| choice.label.to_owned())
        };
        Cell::text(value.split(';').map(label).collect::<Vec<_>>().join(";"))
    }

    fn formatted(&self, cell: &Cell) -> Cell {
        let date = |day: NaiveDate| format!("{}/{}/{}", day.month(), day.day(), day.year());
        match cell {
            Cell::Day(day) => Cell::text(date(*day)),
            Cell::Moment(at) => Cell::text(self.moment(*at, date)),
            Cell::Whole(number) => Cell::text(grouped(&number.to_string())),
            Cell::Real(number) => Cell::text(grouped(&number.to_string())),
            _ => Cell::Empty,
        }
    }

    fn moment(&self, at: DateTime<Utc>, date: impl Fn(NaiveDate) -> String) -> String {
        let at = at.with_timezone(&self.zone);
        format!("{}, {}", date(at.date_naive()), at.format("%-I:%M %p"))
    }
}

fn of_day(part: DatePart, day: NaiveDate, hour: u32) -> Cell {
    let number = match part {
        DatePart::DayOnly => return Cell::Day(day),
        DatePart::Year => return Cell::Whole(day.year().into()),
        DatePart::Quarter => day.month0() / 3 + 1,
        DatePart::Month => day.month(),
        DatePart::DayInMonth => day.day(),
        DatePart::DayInWeek => day.weekday().number_from_sunday(),
        DatePart::DayInYear => day.ordinal(),
        DatePart::HourInDay => hour,
        DatePart::WeekInMonth => day.day0() / 7 + 1,
        DatePart::WeekInYear => day.ordinal0() / 7 + 1,
    };
    Cell::Whole(number.into())
}

/// A number with commas between the thousands.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut text = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        for (number, text) in [("0", "0"), ("999", "999"), ("1000", "1,000"), ("-1234567.5", "-1,234,567.5")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn parts_of_a_day() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        for (part, expected) in [
            (DatePart::Year, 2026),
            (DatePart::Quarter, 4),
            (DatePart::DayInWeek, 5),
            (DatePart::DayInYear, 365),
            (DatePart::WeekInMonth, 5),
            (DatePart::WeekInYear, 53),
            (DatePart::HourInDay, 13),
        ] {
            assert_eq!(of_day(part, day, 13), Cell::Whole(expected), "{part:?}");
        }
    }
}
