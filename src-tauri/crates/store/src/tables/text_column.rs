//! Enumerations that are kept as words.

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
