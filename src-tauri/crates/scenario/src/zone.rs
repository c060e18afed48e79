//! An IANA zone by its name, as files and orders have it.

use chrono_tz::Tz;
use liaison_domain::zones;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A zone that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(pub Tz);

impl Zone {
    /// As the engine has it.
    pub fn known(self) -> zones::Zone {
        zones::parse(self.0.name()).unwrap_or(zones::Zone::UTC)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let found = name.parse().map(Self);
        found.map_err(|_| de::Error::custom(format!("there is no zone `{name}`; IANA's names are meant")))
    }
}
