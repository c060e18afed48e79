//! Terms that all areas share with each other and with the window.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Milliseconds since the Unix epoch, UTC. Fits a JavaScript number; `specta` is told of a smaller
/// type because it would make a float nullable and forbid 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct UtcMs(#[specta(type = i32)] pub i64);

/// One of the two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Provider {
    Zoom,
    Salesforce,
}

/// Names the data that a command reads or a change made stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Tag {
    Session,
    Meetings,
    People,
    Outbox,
    Settings,
    /// How far a pull under way has come.
    Progress,
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
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::Demo => "demo",
        }
    }

    /// From what is stored.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "sandbox" => Self::Sandbox,
            "demo" => Self::Demo,
            _ => Self::Production,
        }
    }
}

/// In which language the window speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    System,
    En,
    Nl,
}
