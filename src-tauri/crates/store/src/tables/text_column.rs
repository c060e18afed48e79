//! Columns that are richer than SQLite's types: enumerations kept as words, lists kept as JSON.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Says what kind of value was not understood; the value itself stays out of errors.
#[derive(Debug, thiserror::Error)]
#[error("not a known {0}")]
pub(crate) struct UnknownText(pub &'static str);

/// An enumeration that is kept as a word, and nothing but its words.
macro_rules! text_enum {
    ($(#[$about:meta])* pub enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $text:literal,)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// All of them, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(
                value: rusqlite::types::ValueRef<'_>,
            ) -> rusqlite::types::FromSqlResult<Self> {
                match value.as_str()? {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(rusqlite::types::FromSqlError::Other(Box::new(
                        $crate::tables::text_column::UnknownText(stringify!($name)),
                    ))),
                }
            }
        }
    };
}
pub(crate) use text_enum;

/// A list kept as a JSON text.
pub(crate) struct JsonList<T>(pub Vec<T>);

impl<T: Serialize> ToSql for JsonList<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0)
            .map_err(|_| rusqlite::Error::ToSqlConversionFailure(Box::new(UnknownText("list"))))?;
        Ok(text.into())
    }
}

impl<T: DeserializeOwned> FromSql for JsonList<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        // The parser's own message quotes what it read, so it is not passed on.
        serde_json::from_str(value.as_str()?)
            .map(JsonList)
            .map_err(|_| FromSqlError::Other(Box::new(UnknownText("list"))))
    }
}
