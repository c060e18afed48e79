//! Whose data it is: the two services, and the kinds of organisation.

use serde::{Deserialize, Serialize};
use specta::Type;

/// One of the two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Provider {
    Zoom,
    Salesforce,
}

impl Provider {
    /// The name under which an account is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Zoom => "zoom",
            Self::Salesforce => "salesforce",
        }
    }

    /// The service of that name.
    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Zoom, Self::Salesforce].into_iter().find(|provider| provider.key() == key)
    }
}

/// Which kind of organisation an account belongs to; whatever must never be mixed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Environment {
    Production,
    Sandbox,
    Demo,
}

impl Environment {
    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::Demo => "demo",
        }
    }

    /// From what is stored; `None` for what a later version wrote.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Production, Self::Sandbox, Self::Demo].into_iter().find(|environment| environment.name() == name)
    }
}
