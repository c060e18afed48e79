//! A query that has been compared with the schema and can be run.

use super::filter::Filter;
use super::functions::Applied;
use super::path::Bound;
use super::syntax::Function;

/// A bound query.
#[derive(Debug, Clone)]
pub struct Plan {
    pub object: &'static str,
    pub output: Output,
    pub filter: Option<Filter>,
    /// Only rows that the user owns.
    pub mine: bool,
    pub order: Vec<Sort>,
    pub limit: Option<usize>,
    pub offset: usize,
}

/// What comes out.
#[derive(Debug, Clone)]
pub enum Output {
    /// `COUNT()`: a number and no records.
    Count,
    Records(Vec<Shown>),
    Groups(Box<Grouping>),
}

/// One entry of a record in the answer.
#[derive(Debug, Clone)]
pub enum Shown {
    Field {
        place: usize,
        /// Name in the answer, where it is not that of the field.
        alias: Option<String>,
        applied: Option<Applied>,
    },
    Parent {
        relationship: &'static str,
        lookup: usize,
        target: &'static str,
        shown: Vec<Shown>,
    },
    /// The parent of a polymorphic lookup.
    Pseudo {
        relationship: &'static str,
        lookup: usize,
        fields: Vec<&'static str>,
    },
    TypeOf {
        relationship: &'static str,
        lookup: usize,
        branches: Vec<(&'static str, Vec<Shown>)>,
        otherwise: Vec<&'static str>,
    },
    Children {
        relationship: &'static str,
        lookup: usize,
        plan: Box<Plan>,
    },
}

#[derive(Debug, Clone)]
pub struct Sort {
    pub bound: Bound,
    pub descending: bool,
    pub nulls_last: bool,
}

/// Groups and their aggregates. A group's values are its keys, then its columns.
#[derive(Debug, Clone)]
pub struct Grouping {
    pub keys: Vec<Bound>,
    pub columns: Vec<Column>,
    /// Name in the answer, and which value.
    pub shown: Vec<(String, usize)>,
    pub having: Option<Filter>,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub function: Function,
    pub bound: Bound,
}

/// Columns of long text in the answer; more than one makes pages small.
pub fn long_texts(shown: &[Shown], is_long: &impl Fn(usize) -> bool) -> usize {
    shown.iter().filter(|entry| matches!(entry, Shown::Field { place, .. } if is_long(*place))).count()
}
