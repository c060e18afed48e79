//! Why a task ended early, in words for the person at the terminal.

use std::fmt;

/// What every step of a task returns.
pub type Outcome<T = ()> = Result<T, Failure>;

/// One sentence that says what failed and, where it is known, what to do.
#[derive(Clone, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

// A test that returns a failure prints it this way, and its lines shall stay lines.
impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Failure {}

/// Puts what was tried in front of why it failed.
pub trait Tried<T> {
    fn tried(self, what: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T, E: fmt::Display> Tried<T> for Result<T, E> {
    fn tried(self, what: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("{}: {error}", what())))
    }
}
