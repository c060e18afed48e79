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

    /// From what is stored; what is not known counts as the real thing, which is the one to be careful with.
    pub fn named(name: &str) -> Self {
        match name {
            "sandbox" => Self::Sandbox,
            "demo" => Self::Demo,
            _ => Self::Production,
        }
    }
}
