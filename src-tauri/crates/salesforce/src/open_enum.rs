//! Enums with an arm for values that did not exist when this was written.

/// A text enum: see [`liaison_transport::open_text_enum`].
macro_rules! open_text_enum {
    ($($definition:tt)+) => {
        liaison_transport::open_text_enum! { <String as serde::Deserialize>::deserialize; $($definition)+ }
    };
}

pub(crate) use open_text_enum;
