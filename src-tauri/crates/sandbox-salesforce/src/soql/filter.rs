//! Conditions: checked against the type of the field when they are bound, then asked row by row.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashSet;

use chrono::{DateTime, Utc};
use liaison_sandbox_kernel::world::zone::Zone;

use super::super::cell::Cell;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::FieldType;
use super::lexer::refuse_at;
use super::literals;
use super::path::Bound;
use super::syntax::{Condition, Literal, Operator, Subject, Wildcard};

/// A condition that can be asked.
#[derive(Debug, Clone)]
pub enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Not(Box<Filter>),
    Null {
        bound: Bound,
        negated: bool,
    },
    Compare {
        bound: Bound,
        operator: Operator,
        cell: Cell,
    },
    /// A span of days: start inclusive, end exclusive.
    Span {
        bound: Bound,
        operator: Operator,
        start: Cell,
        end: Cell,
    },
    Members {
        bound: Bound,
        negated: bool,
        members: Members,
    },
    Like {
        bound: Bound,
        pattern: Vec<Wildcard>,
    },
    /// Every one of a set's values is among the row's, for at least one set.
    Includes {
        bound: Bound,
        negated: bool,
        sets: Vec<Vec<String>>,
    },
}

/// What an IN list holds.
#[derive(Debug, Clone, Default)]
pub struct Members {
    ids: HashSet<RecordId>,
    texts: HashSet<String>,
    others: Vec<Cell>,
    null: bool,
}

/// What binding a condition needs to know.
pub struct Binder<'a> {
    pub source: &'a str,
    pub now: DateTime<Utc>,
    pub zone: Zone,
    /// Finds the value that a name or aggregate stands for.
    pub subject: &'a mut dyn FnMut(&Subject) -> Result<Bound, Refusal>,
    /// Runs the inner query of a semi-join.
    pub join: &'a mut dyn FnMut(&super::syntax::Query) -> Result<Members, Refusal>,
}

impl Binder<'_> {
    pub fn bind(&mut self, condition: &Condition) -> Result<Filter, Refusal> {
        Ok(match condition {
            Condition::All(parts) => Filter::All(self.bind_all(parts)?),
            Condition::Any(parts) => Filter::Any(self.bind_all(parts)?),
            Condition::Not(inner) => Filter::Not(Box::new(self.bind(inner)?)),
            Condition::Compare { subject, operator, value } => self.compare(subject, *operator, value)?,
            Condition::In { subject, negated, values } => self.members(subject, *negated, values)?,
            Condition::Includes { subject, negated, values } => self.includes(subject, *negated, values)?,
            Condition::Join { subject, negated, query } => {
                let bound = self.filterable(subject)?;
                if !matches!(bound.kind, FieldType::Id | FieldType::Reference) {
                    let text = format!("The left side of a semi-join must be an id or reference field: {}", bound.name);
                    return Err(refuse_at(self.source, subject.at(), "MALFORMED_QUERY", &text));
                }
                let members = (self.join)(query)?;
                Filter::Members { bound, negated: *negated, members }
            }
        })
    }

    fn bind_all(&mut self, parts: &[Condition]) -> Result<Vec<Filter>, Refusal> {
        parts.iter().map(|part| self.bind(part)).collect()
    }

    fn filterable(&mut self, subject: &Subject) -> Result<Bound, Refusal> {
        let bound = (self.subject)(subject)?;
        if bound.filterable && bound.kind != FieldType::Address {
            return Ok(bound);
        }
        let text = format!("field '{}' can not be filtered in a query call", bound.name);
        Err(refuse_at(self.source, subject.at(), "INVALID_FIELD", &text))
    }

    fn compare(&mut self, subject: &Subject, operator: Operator, value: &Literal) -> Result<Filter, Refusal> {
        let bound = self.filterable(subject)?;
        let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        if let Literal::Null = value {
            if !equality {
                return Err(self.wrong_operator(subject, &bound));
            }
            return Ok(Filter::Null { bound, negated: operator == Operator::NotEqual });
        }
        let ordered = !matches!(bound.kind, FieldType::Boolean);
        if operator == Operator::Like {
            return match value {
                Literal::Text(text) if is_text(bound.kind) && bound.kind != FieldType::MultiPicklist => {
                    Ok(Filter::Like { bound, pattern: text.pattern.clone() })
                }
                _ => Err(self.wrong_operator(subject, &bound)),
            };
        }
        if !equality && !ordered {
            return Err(self.wrong_operator(subject, &bound));
        }
        if let Literal::Span { name, count } = value {
            return self.span(subject, bound, operator, name, *count);
        }
        match self.cell(subject, &bound, value)? {
            Cell::Empty if equality => Ok(Filter::Null { bound, negated: operator == Operator::NotEqual }),
            cell => Ok(Filter::Compare { bound, operator, cell }),
        }
    }

    fn span(
        &self,
        subject: &Subject,
        bound: Bound,
        operator: Operator,
        name: &str,
        count: Option<i64>,
    ) -> Result<Filter, Refusal> {
        let days = literals::span(name, count, self.now, self.zone)
            .ok_or_else(|| refuse_at(self.source, subject.at(), "MALFORMED_QUERY", "invalid date literal"))?;
        let (start, end) = match bound.kind {
            FieldType::Date => (Cell::Day(days.start), Cell::Day(days.end)),
            FieldType::DateTime => (
                Cell::Moment(literals::first_instant(days.start, self.zone)),
                Cell::Moment(literals::first_instant(days.end, self.zone)),
            ),
            _ => return Err(self.wrong_value(subject, &bound)),
        };
        Ok(Filter::Span { bound, operator, start, end })
    }

    fn members(&mut self, subject: &Subject, negated: bool, values: &[Literal]) -> Result<Filter, Refusal> {
        let bound = self.filterable(subject)?;
        let mut members = Members::default();
        for value in values {
            match self.cell(subject, &bound, value)? {
                Cell::Empty => members.null = true,
                Cell::Id(id) => {
                    members.ids.insert(id);
                }
                Cell::Text(text) => {
                    members.texts.insert(fold(&text, bound.case_sensitive));
                }
                other => members.others.push(other),
            }
        }
        Ok(Filter::Members { bound, negated, members })
    }

    fn includes(&mut self, subject: &Subject, negated: bool, values: &[Literal]) -> Result<Filter, Refusal> {
        let bound = self.filterable(subject)?;
        if bound.kind != FieldType::MultiPicklist {
            return Err(self.wrong_operator(subject, &bound));
        }
        let set = |value: &Literal| match value {
            Literal::Text(text) => Ok(text.value.split(';').map(|own| own.trim().to_lowercase()).collect()),
            _ => Err(self.wrong_value(subject, &bound)),
        };
        let sets = values.iter().map(set).collect::<Result<_, _>>()?;
        Ok(Filter::Includes { bound, negated, sets })
    }

    /// A literal as a value of the field's type.
    fn cell(&self, subject: &Subject, bound: &Bound, value: &Literal) -> Result<Cell, Refusal> {
        let cell = match (bound.kind, value) {
            (_, Literal::Null) => Cell::Empty,
            (FieldType::Id | FieldType::Reference, Literal::Text(text)) if text.value.is_empty() => Cell::Empty,
            (FieldType::Id | FieldType::Reference, Literal::Text(text)) => {
                let invalid = || {
                    let text = format!("invalid ID field: {}", text.value);
                    refuse_at(self.source, subject.at(), "INVALID_QUERY_FILTER_OPERATOR", &text)
                };
                Cell::Id(RecordId::parse(&text.value).ok_or_else(invalid)?)
            }
            (FieldType::Boolean, Literal::Flag(flag)) => Cell::Flag(*flag),
            (FieldType::Date, Literal::Day(day)) => Cell::Day(*day),
            (FieldType::DateTime, Literal::Moment(at)) => Cell::Moment(*at),
            (
                FieldType::Int | FieldType::Double | FieldType::Currency | FieldType::Percent,
                Literal::Number(number),
            ) => Cell::Real(*number),
            (kind, Literal::Text(text)) if is_text(kind) => Cell::text(text.value.clone()),
            _ => return Err(self.wrong_value(subject, bound)),
        };
        Ok(cell)
    }

    fn wrong_operator(&self, subject: &Subject, bound: &Bound) -> Refusal {
        let text = format!("invalid operator on {} field", super::super::schema::type_name(bound.kind));
        refuse_at(self.source, subject.at(), "INVALID_QUERY_FILTER_OPERATOR", &text)
    }

    fn wrong_value(&self, subject: &Subject, bound: &Bound) -> Refusal {
        let (kind, quotes) = match bound.kind {
            FieldType::Boolean => ("boolean", "should not"),
            FieldType::Int => ("int", "should not"),
            FieldType::Double | FieldType::Currency | FieldType::Percent => ("double", "should not"),
            FieldType::Date => ("date", "should not"),
            FieldType::DateTime => ("dateTime", "should not"),
            _ => ("string", "should"),
        };
        let name = &bound.name;
        let text = format!(
            "value of filter criterion for field '{name}' must be of type {kind} and {quotes} be enclosed in quotes"
        );
        refuse_at(self.source, subject.at(), "INVALID_FIELD", &text)
    }
}

fn is_text(kind: FieldType) -> bool {
    matches!(
        kind,
        FieldType::Text
            | FieldType::TextArea
            | FieldType::Combobox
            | FieldType::Picklist
            | FieldType::MultiPicklist
            | FieldType::Phone
            | FieldType::Email
            | FieldType::Url
    )
}

fn fold(text: &str, case_sensitive: bool) -> String {
    if case_sensitive { text.to_owned() } else { text.to_lowercase() }
}

impl Filter {
    /// Whether the condition holds for the row that `value` reads from.
    pub fn holds<'a>(&self, value: &impl Fn(&Bound) -> Cow<'a, Cell>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(value)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(value)),
            Self::Not(inner) => !inner.holds(value),
            Self::Null { bound, negated } => value(bound).is_empty() != *negated,
            Self::Compare { bound, operator, cell } => compare(&value(bound), *operator, cell, bound.case_sensitive),
            Self::Span { bound, operator, start, end } => in_span(&value(bound), *operator, start, end),
            Self::Members { bound, negated, members } => members.hold(&value(bound), bound.case_sensitive) != *negated,
            Self::Like { bound, pattern } => value(bound).as_str().is_some_and(|text| like(text, pattern)),
            Self::Includes { bound, negated, sets } => includes(&value(bound), sets) != *negated,
        }
    }
}

fn compare(own: &Cell, operator: Operator, wanted: &Cell, case_sensitive: bool) -> bool {
    let order = match (own, wanted) {
        (Cell::Text(own), Cell::Text(wanted)) if case_sensitive => Some(own.cmp(wanted)),
        _ => own.compare(wanted),
    };
    match operator {
        Operator::Equal => order == Some(Ordering::Equal),
        Operator::NotEqual => order != Some(Ordering::Equal),
        Operator::Less => order == Some(Ordering::Less),
        Operator::Greater => order == Some(Ordering::Greater),
        Operator::LessOrEqual => order.is_some_and(Ordering::is_le),
        Operator::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        Operator::Like => false,
    }
}

fn includes(own: &Cell, sets: &[Vec<String>]) -> bool {
    let text = own.as_str().unwrap_or_default().to_lowercase();
    let values: HashSet<&str> = text.split(';').collect();
    sets.iter().any(|set| set.iter().all(|wanted| values.contains(wanted.as_str())))
}

fn in_span(own: &Cell, operator: Operator, start: &Cell, end: &Cell) -> bool {
    let (Some(from), Some(to)) = (own.compare(start), own.compare(end)) else {
        return operator == Operator::NotEqual;
    };
    match operator {
        Operator::Equal => from.is_ge() && to.is_lt(),
        Operator::NotEqual => !(from.is_ge() && to.is_lt()),
        Operator::Less => from.is_lt(),
        Operator::LessOrEqual => to.is_lt(),
        Operator::Greater => to.is_ge(),
        Operator::GreaterOrEqual => from.is_ge(),
        Operator::Like => false,
    }
}

impl Members {
    /// The ids that a sub-query found.
    pub fn of_ids(ids: HashSet<RecordId>) -> Self {
        Self { ids, ..Self::default() }
    }

    fn hold(&self, own: &Cell, case_sensitive: bool) -> bool {
        match own {
            Cell::Empty => self.null,
            Cell::Id(id) => self.ids.contains(id),
            Cell::Text(text) => self.texts.contains(&fold(text, case_sensitive)),
            other => self.others.iter().any(|member| other.compare(member) == Some(Ordering::Equal)),
        }
    }
}

/// LIKE: letters without regard to case, `_` one letter, `%` any number. One pass, with a return to
/// the last `%` when a letter does not fit.
fn like(text: &str, pattern: &[Wildcard]) -> bool {
    let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let (mut at, mut part) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while at < letters.len() {
        let fits = match pattern.get(part) {
            Some(Wildcard::Many) => {
                retry = Some((part, at));
                part += 1;
                continue;
            }
            Some(Wildcard::One) => true,
            Some(Wildcard::Letter(letter)) => letter.to_lowercase().eq([letters[at]]),
            None => false,
        };
        if fits {
            at += 1;
            part += 1;
        } else if let Some((many, from)) = retry {
            at = from + 1;
            part = many + 1;
            retry = Some((many, at));
        } else {
            return false;
        }
    }
    pattern[part..].iter().all(|rest| *rest == Wildcard::Many)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Vec<Wildcard> {
        text.chars()
            .map(|letter| match letter {
                '%' => Wildcard::Many,
                '_' => Wildcard::One,
                other => Wildcard::Letter(other),
            })
            .collect()
    }

    #[test]
    fn like_knows_its_wildcards() {
        for (text, like_this, expected) in [
            ("Müller", "m%", true),
            ("Müller", "%LER", true),
            ("Müller", "M_ller", true),
            ("Müller", "M__ller", false),
            ("Müller", "%x%", false),
            ("aXbXc", "a%b%c", true),
            ("aXbXd", "a%b%c", false),
            ("aab", "%ab", true),
            ("", "%", true),
            ("", "_", false),
            ("abc", "abc", true),
            ("abc", "ab", false),
        ] {
            assert_eq!(like(text, &pattern(like_this)), expected, "{text} LIKE {like_this}");
        }
    }
}
