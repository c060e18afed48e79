//! Values in a query.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};

use super::InvalidQuery;
use crate::SalesforceId;
use crate::moment::format_moment;

/// Longest text in a condition, in characters.
const MOST_CHARACTERS: usize = 4_000;

/// A value to compare with.
#[derive(Clone, PartialEq)]
pub enum Literal {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Boolean(bool),
    /// A moment.
    Moment(DateTime<Utc>),
    /// A day.
    Day(NaiveDate),
    /// Nothing.
    Null,
}

impl Literal {
    pub(super) fn write(&self, text: &mut String) -> Result<(), InvalidQuery> {
        match self {
            Self::Text(value) => return quote(value, "", text, ""),
            Self::Number(value) => text.push_str(&value.to_string()),
            Self::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Moment(value) => text.push_str(&format_moment(*value)),
            Self::Day(value) => text.push_str(&value.format("%Y-%m-%d").to_string()),
            Self::Null => text.push_str("null"),
        }
        Ok(())
    }
}

/// Writes `value` in quotes, escaped, between two parts of a pattern.
pub(super) fn quote(value: &str, before: &str, text: &mut String, after: &str) -> Result<(), InvalidQuery> {
    if value.chars().count() > MOST_CHARACTERS {
        return Err(InvalidQuery::ValueTooLong);
    }
    text.push('\'');
    text.push_str(before);
    for character in value.chars() {
        push_escaped(character, text);
    }
    text.push_str(after);
    text.push('\'');
    Ok(())
}

fn push_escaped(character: char, text: &mut String) {
    match character {
        '\'' => text.push_str("\\'"),
        '"' => text.push_str("\\\""),
        '\\' => text.push_str("\\\\"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        '\u{8}' => text.push_str("\\b"),
        '\u{c}' => text.push_str("\\f"),
        // The last two end a line for many readers of the query.
        other if other.is_control() || matches!(other, '\u{2028}' | '\u{2029}') => {
            // Writing to a String cannot fail.
            let _ = write!(text, "\\u{:04X}", u32::from(other));
        }
        other => text.push(other),
    }
}

/// Escapes what a `LIKE` pattern would take for a wildcard, before it is quoted.
pub(super) fn quote_pattern(value: &str, before: &str, text: &mut String, after: &str) -> Result<(), InvalidQuery> {
    let start = text.len();
    quote(value, before, text, after)?;
    // The quotes and the wildcards around the value stay; those inside are spelt as text.
    let inside = text[start + 1 + before.len()..text.len() - 1 - after.len()].replace('%', "\\%").replace('_', "\\_");
    text.truncate(start);
    text.push('\'');
    text.push_str(before);
    text.push_str(&inside);
    text.push_str(after);
    text.push('\'');
    Ok(())
}

macro_rules! literal_from {
    ($($type:ty => $variant:ident,)+) => {
        $(impl From<$type> for Literal {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        })+
    };
}

literal_from! {
    &str => Text,
    String => Text,
    &String => Text,
    i64 => Number,
    u32 => Number,
    bool => Boolean,
    DateTime<Utc> => Moment,
    NaiveDate => Day,
}

impl From<SalesforceId> for Literal {
    fn from(id: SalesforceId) -> Self {
        Self::Text(id.to_string())
    }
}
