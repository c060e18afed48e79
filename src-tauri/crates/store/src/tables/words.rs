//! The domain's words as they are kept: each enumeration of the domain that has a column, in one place.

use liaison_domain::{Environment, LinkBasis, Provider, RecordKind};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use super::text_column::UnknownText;

/// An enumeration of the domain that is kept as a word.
pub(crate) trait Word: Copy {
    /// What kind of value it is.
    const WHAT: &'static str;

    fn word(self) -> &'static str;

    /// `None` for a word that this program does not know.
    fn of_word(word: &str) -> Option<Self>;
}

macro_rules! words {
    ($($name:ident: $word:ident, $of:ident;)+) => {
        $(impl Word for $name {
            const WHAT: &'static str = stringify!($name);

            fn word(self) -> &'static str {
                self.$word()
            }

            fn of_word(word: &str) -> Option<Self> {
                Self::$of(word)
            }
        })+
    };
}

words! {
    Environment: name, named;
    LinkBasis: name, named;
    Provider: key, of_key;
    RecordKind: object, of_object;
}

/// The value of such a column.
pub(crate) struct Kept<W>(pub W);

impl<W: Word> FromSql for Kept<W> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        W::of_word(value.as_str()?).map(Self).ok_or_else(|| FromSqlError::Other(Box::new(UnknownText(W::WHAT))))
    }
}

impl<W: Word> ToSql for Kept<W> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.word().into())
    }
}
