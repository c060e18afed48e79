//! Something that is not as the contract says.

use std::fmt;

use serde::Deserialize;

use crate::template::Template;

/// Which check found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// A call that the journey expected to go another way.
    Journey,
    /// An operation of a client that no journey makes.
    Coverage,
    /// Zoom's OpenAPI documents.
    Openapi,
    /// Zoom's official example answers.
    Examples,
    /// Exchanges recorded with real Salesforce orgs.
    Recorded,
}

/// Whose part of the exchange it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// What the client sent.
    Request,
    /// What the sandbox answered.
    Answer,
}

impl Side {
    /// As the list of exceptions names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Answer => "answer",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Violation {
    pub check: Check,
    pub operation: Template,
    pub side: Side,
    /// Where: `/settings/audio`, `/meetings/[]/id`, `query page_size`, `status 201`.
    pub place: String,
    pub problem: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} · {} · {}: {}", self.operation, self.side.name(), self.place, self.problem)
    }
}
