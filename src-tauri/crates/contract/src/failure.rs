//! Why a check could not be made at all.

use std::fmt;
use std::path::Path;

/// A sentence that says what went wrong and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// A file or folder that cannot be read, or not as what it should be.
    pub fn reading(path: &Path, error: impl fmt::Display) -> Self {
        Self(format!("cannot read {}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
