//! Enums with an arm for values that did not exist when this was written.

/// A text enum: see [`liaison_transport::open_text_enum`].
macro_rules! open_text_enum {
    ($($definition:tt)+) => {
        liaison_transport::open_text_enum! { $crate::lenient::text_or_number; $($definition)+ }
    };
}

/// A numbered enum: known numbers by name, anything else kept in `Other`.
macro_rules! open_number_enum {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $number:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$inner])* $variant,)+
            /// A number unknown to this version, as Zoom wrote it.
            Other(i64),
        }

        impl $name {
            /// The number as Zoom writes it.
            #[must_use]
            pub fn number(self) -> i64 {
                match self {
                    $(Self::$variant => $number,)+
                    Self::Other(number) => number,
                }
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)+
                    _ => Self::Other(number),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::lenient::whole_number(deserializer).map(Self::from)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.number())
            }
        }
    };
}

pub(crate) use {open_number_enum, open_text_enum};
