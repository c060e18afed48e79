//! The tree of a parsed query, before it is compared with the schema.

use super::functions::FieldFunction;

/// A name with dots, where it starts in the text, and the function around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub parts: Vec<String>,
    pub at: usize,
    pub function: Option<FieldFunction>,
}

impl Name {
    pub fn text(&self) -> String {
        self.parts.join(".")
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub select: Vec<Item>,
    pub from: Name,
    pub alias: Option<String>,
    pub mine: bool,
    pub filter: Option<Condition>,
    pub group_by: Vec<Name>,
    pub having: Option<Condition>,
    pub order_by: Vec<Order>,
    pub limit: Option<usize>,
    pub offset: Option<(usize, usize)>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// `COUNT()`, alone.
    Count,
    Field {
        name: Name,
        alias: Option<(String, usize)>,
    },
    Aggregate {
        call: AggregateCall,
        alias: Option<String>,
    },
    Children(Box<Query>),
    TypeOf {
        lookup: Name,
        branches: Vec<(Name, Vec<Name>)>,
        otherwise: Vec<Name>,
    },
    Fields {
        which: FieldSet,
        at: usize,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldSet {
    All,
    Standard,
    Custom,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregateCall {
    pub function: Function,
    pub field: Name,
    pub at: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Count,
    CountDistinct,
    Sum,
    Average,
    Least,
    Greatest,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub by: Subject,
    pub descending: bool,
    pub nulls_last: bool,
}

/// The left side of a comparison, or what to sort by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Field(Name),
    Aggregate(AggregateCall),
}

impl Subject {
    pub fn at(&self) -> usize {
        match self {
            Self::Field(name) => name.at,
            Self::Aggregate(call) => call.at,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare {
        subject: Subject,
        operator: Operator,
        value: Literal,
    },
    In {
        subject: Subject,
        negated: bool,
        values: Vec<Literal>,
    },
    /// `INCLUDES` and `EXCLUDES` of a multi-select picklist.
    Includes {
        subject: Subject,
        negated: bool,
        values: Vec<Literal>,
    },
    Join {
        subject: Subject,
        negated: bool,
        query: Box<Query>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    Null,
    Flag(bool),
    Number(f64),
    Text(Text),
    Day(chrono::NaiveDate),
    Moment(chrono::DateTime<chrono::Utc>),
    /// `TODAY`, or `LAST_N_DAYS` with its number.
    Span {
        name: String,
        count: Option<i64>,
    },
}

/// A string: what it says, and what it means after LIKE.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    pub value: String,
    pub pattern: Vec<Wildcard>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wildcard {
    Letter(char),
    One,
    Many,
}
