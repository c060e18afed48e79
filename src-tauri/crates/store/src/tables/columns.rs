//! A table's columns, each told once: the row's type, how it is read, what is written, and what becomes of a stored
//! value when a newer row comes. What a statement looks for stays in the table's own module.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Row, Statement};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::text_column::UnknownText;

/// What becomes of a stored value when a newer row comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The newer one takes its place.
    Replaced,
    /// As `Replaced`. When the person is gone, so is this.
    Personal,
    /// As `Personal`, for a list.
    PersonalList,
    /// An answer that does not tell it leaves it as it is.
    Kept,
    /// As `Kept`, but an answer with all details (`details_utc_ms`) also tells that there is none.
    Told,
    /// The higher one stays.
    Highest,
    /// It is never written with the row, and a newer row takes it away.
    Apart,
}

/// A column as a statement needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub name: &'static str,
    pub rule: Rule,
}

/// Defines the row of a table.
///
/// A line is `name: type,`. `as json "column"` keeps the value as JSON in a column of that name, nothing as `NULL`;
/// `as word` keeps an enumeration of the domain as its word; a [`Rule`] in brackets says what a newer row does to it.
macro_rules! columns {
    ($(#[$about:meta])* pub struct $record:ident {
        $($(#[$doc:meta])* $name:ident: $type:ty $(as $how:ident $($column:literal)?)? $([$rule:ident])?,)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $record { $($(#[$doc])* pub $name: $type,)+ }

        impl $record {
            /// The columns, in the order of [`Self::values`].
            const COLUMNS: &'static [$crate::tables::columns::Column] = &[$($crate::tables::columns::Column {
                name: $crate::tables::columns::named!($name $($how $($column)?)?),
                rule: $crate::tables::columns::rule!($($rule)?),
            },)+];

            pub(super) fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                let mut places = $crate::tables::columns::Places::of(row);
                Ok(Self { $($name: $crate::tables::columns::read!(places, $name $($how $($column)?)?),)+ })
            }

            /// What is written, in the order of [`Self::COLUMNS`], without what is kept apart.
            fn values(&self) -> rusqlite::Result<Vec<rusqlite::types::ToSqlOutput<'_>>> {
                let all = [$($crate::tables::columns::written!(self.$name $(, $how $($column)?)?),)+];
                let written = all.into_iter().zip(Self::COLUMNS);
                Ok(written
                    .filter(|(_, column)| column.rule != $crate::tables::columns::Rule::Apart)
                    .map(|(value, _)| value)
                    .collect())
            }
        }
    };
}

macro_rules! named {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident word) => {
        stringify!($name)
    };
    ($name:ident json $column:literal) => {
        $column
    };
}

macro_rules! rule {
    () => {
        $crate::tables::columns::Rule::Replaced
    };
    ($rule:ident) => {
        $crate::tables::columns::Rule::$rule
    };
}

macro_rules! read {
    ($places:ident, $name:ident) => {
        $places.get(stringify!($name))?
    };
    ($places:ident, $name:ident word) => {
        $places.get::<$crate::tables::words::Kept<_>>(stringify!($name))?.0
    };
    ($places:ident, $name:ident json $column:literal) => {
        $places.get::<$crate::tables::columns::Json<_>>($column)?.0
    };
}

macro_rules! written {
    ($value:expr) => {
        rusqlite::types::ToSql::to_sql(&$value)?
    };
    ($value:expr, word) => {
        rusqlite::types::ToSqlOutput::from($crate::tables::words::Word::word($value))
    };
    ($value:expr, json $column:literal) => {
        $crate::tables::columns::json(&$value)?
    };
}

pub(crate) use {columns, named, read, rule, written};

/// `INSERT INTO table (…) VALUES (?, …)`, for the values of all these columns in their order.
pub(crate) fn insert(table: &str, columns: &[Column]) -> String {
    let names: Vec<&str> =
        columns.iter().filter(|column| column.rule != Rule::Apart).map(|column| column.name).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), vec!["?"; names.len()].join(", "))
}

/// What a newer row does to the stored one: the part after `DO UPDATE SET`.
pub(crate) fn newer(columns: &[Column]) -> String {
    let newer = |Column { name, rule }: &Column| match rule {
        Rule::Replaced | Rule::Personal | Rule::PersonalList => format!("{name} = excluded.{name}"),
        Rule::Kept => format!("{name} = coalesce(excluded.{name}, {name})"),
        Rule::Told => format!(
            "{name} = CASE WHEN excluded.details_utc_ms IS NULL
                THEN coalesce(excluded.{name}, {name}) ELSE excluded.{name} END"
        ),
        Rule::Highest => format!("{name} = max({name}, excluded.{name})"),
        Rule::Apart => format!("{name} = NULL"),
    };
    columns.iter().map(newer).collect::<Vec<_>>().join(", ")
}

/// What is taken away when a person is gone: a part of an `UPDATE`.
pub(crate) fn emptied(columns: &[Column]) -> String {
    let emptied = columns.iter().filter_map(|Column { name, rule }| match rule {
        Rule::Personal => Some(format!("{name} = NULL")),
        Rule::PersonalList => Some(format!("{name} = '[]'")),
        _ => None,
    });
    emptied.collect::<Vec<_>>().join(", ")
}

/// The columns of a row by name, quickest in the order in which they stand: to look each up among all takes longer than to
/// read it.
pub(crate) struct Places<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> Places<'r> {
    pub(crate) fn of(row: &'r Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    pub(crate) fn get<T: FromSql>(&mut self, name: &str) -> rusqlite::Result<T> {
        let statement: &Statement<'_> = self.row.as_ref();
        let here = statement.column_name(self.next).is_ok_and(|next| next == name);
        let place = if here { self.next } else { statement.column_index(name)? };
        self.next = place + 1;
        self.row.get(place)
    }
}

/// The rows that can be read. One with a word that this program does not know stays where it is and is left out.
pub(crate) fn readable<T>(
    table: &'static str,
    rows: impl Iterator<Item = rusqlite::Result<T>>,
) -> rusqlite::Result<Vec<T>> {
    let mut readable = Vec::new();
    for row in rows {
        readable.extend(if_readable(table, row)?);
    }
    Ok(readable)
}

/// A row, unless it has a word that this program does not know.
pub(crate) fn if_readable<T>(table: &'static str, row: rusqlite::Result<T>) -> rusqlite::Result<Option<T>> {
    match row {
        Ok(row) => Ok(Some(row)),
        Err(rusqlite::Error::FromSqlConversionFailure(_, _, error)) if error.is::<UnknownText>() => {
            tracing::warn!(table, %error, "a row can't be read and is left out");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// A value kept as a JSON text.
pub(crate) struct Json<T>(pub T);

/// The text of such a value, `NULL` for nothing.
pub(crate) fn json<T: Serialize>(value: &T) -> rusqlite::Result<ToSqlOutput<'static>> {
    let text = serde_json::to_string(value)
        .map_err(|_| rusqlite::Error::ToSqlConversionFailure(Box::new(UnknownText("value"))))?;
    Ok(if text == "null" { rusqlite::types::Null.into() } else { text.into() })
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = if value == ValueRef::Null { "null" } else { value.as_str()? };
        // The parser's own message quotes what it read, so it is not passed on.
        serde_json::from_str(text).map(Json).map_err(|_| FromSqlError::Other(Box::new(UnknownText("value"))))
    }
}
