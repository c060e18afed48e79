//! One value of one field, and how it looks in JSON.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Number, Value};

use super::dates;
use super::ids::RecordId;

/// A stored value. `Empty` is Salesforce's null; it is not stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Flag(bool),
    Whole(i64),
    Real(f64),
    Text(Box<str>),
    Moment(DateTime<Utc>),
    Day(NaiveDate),
    Id(RecordId),
}

impl Cell {
    pub fn text(value: impl Into<Box<str>>) -> Self {
        let value: Box<str> = value.into();
        if value.is_empty() { Self::Empty } else { Self::Text(value) }
    }

    pub fn optional_text(value: Option<&str>) -> Self {
        value.map_or(Self::Empty, Self::text)
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub fn is_true(&self) -> bool {
        matches!(self, Self::Flag(true))
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_id(&self) -> Option<RecordId> {
        match self {
            Self::Id(id) => Some(*id),
            _ => None,
        }
    }

    pub fn as_moment(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Moment(at) => Some(*at),
            _ => None,
        }
    }

    pub fn as_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(*day),
            _ => None,
        }
    }

    pub fn as_whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            _ => None,
        }
    }

    /// The number in it, whichever kind it is.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "int fields have at most nine digits")]
            Self::Whole(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            _ => None,
        }
    }

    pub fn to_json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Flag(flag) => Value::Bool(*flag),
            Self::Whole(number) => Value::from(*number),
            Self::Real(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
            Self::Text(text) => Value::from(&**text),
            Self::Moment(at) => Value::from(dates::date_time_text(*at)),
            Self::Day(day) => Value::from(dates::date_text(*day)),
            Self::Id(id) => Value::from(id.as_str()),
        }
    }

    /// The order of ORDER BY and of `<` and `>`: text without regard to case, as Salesforce sorts.
    /// `None` when one of them is empty or they are of different kinds.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Flag(a), Self::Flag(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(compare_folded(a, b)),
            (Self::Moment(a), Self::Moment(b)) => Some(a.cmp(b)),
            (Self::Day(a), Self::Day(b)) => Some(a.cmp(b)),
            (Self::Id(a), Self::Id(b)) => Some(a.cmp(b)),
            (Self::Whole(a), Self::Whole(b)) => Some(a.cmp(b)),
            _ => Some(self.as_number()?.total_cmp(&other.as_number()?)),
        }
    }
}

/// Compares two texts as Salesforce does: letters without regard to case.
pub fn compare_folded(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        return a.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()));
    }
    a.chars().flat_map(char::to_lowercase).cmp(b.chars().flat_map(char::to_lowercase))
}
