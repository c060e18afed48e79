//! What rows must meet.

use super::InvalidQuery;
use super::literal::{Literal, quote_pattern};
use crate::FieldName;

/// How a field is compared with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// The same; texts without regard to case.
    Equals,
    /// Not the same.
    Differs,
    /// Smaller.
    Below,
    /// Smaller or the same.
    AtMost,
    /// Larger.
    Above,
    /// Larger or the same.
    AtLeast,
}

impl Operator {
    fn sign(self) -> &'static str {
        match self {
            Self::Equals => "=",
            Self::Differs => "!=",
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// Where in a text a piece is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the start, which an index can serve.
    Start,
    /// At the end.
    End,
    /// Anywhere.
    Anywhere,
}

/// A condition. Field names are checked when the query is built.
#[derive(Clone, PartialEq)]
pub enum Condition {
    /// A field compared with a value.
    Compare {
        /// The field.
        field: String,
        /// How.
        operator: Operator,
        /// The value.
        value: Literal,
    },
    /// A field is one of some values.
    In {
        /// The field.
        field: String,
        /// The values.
        values: Vec<Literal>,
        /// The field is none of them instead.
        negated: bool,
    },
    /// A text field holds a piece of text.
    Like {
        /// The field.
        field: String,
        /// The piece; it holds no wildcards, every character means itself.
        text: String,
        /// Where.
        place: Place,
    },
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

impl Condition {
    /// A field compared with a value.
    pub fn compare(field: impl Into<String>, operator: Operator, value: impl Into<Literal>) -> Self {
        Self::Compare { field: field.into(), operator, value: value.into() }
    }

    /// A field has a value.
    pub fn equals(field: impl Into<String>, value: impl Into<Literal>) -> Self {
        Self::compare(field, Operator::Equals, value)
    }

    /// A field is empty.
    pub fn is_null(field: impl Into<String>) -> Self {
        Self::compare(field, Operator::Equals, Literal::Null)
    }

    /// A field is one of some values.
    pub fn is_in(field: impl Into<String>, values: impl IntoIterator<Item = impl Into<Literal>>) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        Self::In { field: field.into(), values, negated: false }
    }

    /// A text field begins with a piece of text.
    pub fn starts_with(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Like { field: field.into(), text: text.into(), place: Place::Start }
    }

    /// A text field holds a piece of text.
    pub fn contains(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Like { field: field.into(), text: text.into(), place: Place::Anywhere }
    }

    /// The opposite of a condition.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "reads as the SOQL keyword it writes")]
    pub fn not(condition: Self) -> Self {
        Self::Not(Box::new(condition))
    }

    pub(super) fn write(&self, text: &mut String) -> Result<(), InvalidQuery> {
        match self {
            Self::Compare { field, operator, value } => {
                text.push_str(FieldName::new(field)?.as_str());
                text.push(' ');
                text.push_str(operator.sign());
                text.push(' ');
                value.write(text)
            }
            Self::In { field, values, negated } => {
                if values.is_empty() {
                    return Err(InvalidQuery::EmptyCondition);
                }
                text.push_str(FieldName::new(field)?.as_str());
                text.push_str(if *negated { " NOT IN (" } else { " IN (" });
                for (index, value) in values.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { ", " });
                    value.write(text)?;
                }
                text.push(')');
                Ok(())
            }
            Self::Like { field, text: piece, place } => {
                text.push_str(FieldName::new(field)?.as_str());
                text.push_str(" LIKE ");
                let before = if *place == Place::Start { "" } else { "%" };
                let after = if *place == Place::End { "" } else { "%" };
                quote_pattern(piece, before, text, after)
            }
            Self::All(conditions) => write_joined(conditions, " AND ", text),
            Self::Any(conditions) => write_joined(conditions, " OR ", text),
            Self::Not(condition) => {
                text.push_str("NOT (");
                condition.write(text)?;
                text.push(')');
                Ok(())
            }
        }
    }

    /// SOQL refuses AND beside OR without brackets, so everything compound gets them.
    fn write_inside(&self, text: &mut String) -> Result<(), InvalidQuery> {
        if matches!(self, Self::All(_) | Self::Any(_) | Self::Not(_)) {
            text.push('(');
            self.write(text)?;
            text.push(')');
            Ok(())
        } else {
            self.write(text)
        }
    }
}

fn write_joined(conditions: &[Condition], separator: &str, text: &mut String) -> Result<(), InvalidQuery> {
    if conditions.is_empty() {
        return Err(InvalidQuery::EmptyCondition);
    }
    for (index, condition) in conditions.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { separator });
        condition.write_inside(text)?;
    }
    Ok(())
}
