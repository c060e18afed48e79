//! The shape that all objects of a pull share, so that the list of fields that is asked for and the
//! fields that are read cannot differ.

/// Declares an object as a pull reads it. `field: Type = "ApiName"`; for what is read through a
/// look-up, `field: Option<Parent> = "Owner", "Owner.Name"`.
macro_rules! pulled_record {
    (
        $(#[$outer:meta])* $name:ident = $object:literal {
            $($(#[$inner:meta])* $field:ident : $type:ty = $json:literal $(, $path:literal)? ;)+
        }
    ) => {
        $(#[$outer])*
        #[derive(Clone, PartialEq, serde::Deserialize)]
        pub struct $name {
            /// Id.
            #[serde(rename = "Id")]
            pub id: $crate::SalesforceId,
            /// When it was last touched, by whatever.
            #[serde(rename = "SystemModstamp", deserialize_with = "crate::moment::deserialize")]
            pub system_modstamp: chrono::DateTime<chrono::Utc>,
            $($(#[$inner])* #[serde(default, rename = $json)] pub $field: $type,)+
        }

        impl $crate::PulledRecord for $name {
            const OBJECT: &'static str = $object;
            const FIELDS: &'static [&'static str] =
                &["Id", "SystemModstamp", $($crate::objects::record_macro::selected!($json $(, $path)?),)+];

            fn id(&self) -> $crate::SalesforceId {
                self.id
            }

            fn system_modstamp(&self) -> Option<chrono::DateTime<chrono::Utc>> {
                Some(self.system_modstamp)
            }
        }

        /// Content is other people's data: `Debug` shows which record it is.
        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter
                    .debug_struct(stringify!($name))
                    .field("id", &self.id)
                    .field("system_modstamp", &self.system_modstamp)
                    .finish_non_exhaustive()
            }
        }
    };
}

/// What a query selects for a field.
macro_rules! selected {
    ($json:literal) => {
        $json
    };
    ($json:literal, $path:literal) => {
        $path
    };
}

pub(crate) use {pulled_record, selected};
