//! What a service says in its own words.

use std::fmt;

/// Text from a server, in part written by an organisation's administrators. May hold personal data:
/// `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ServerText(String);

impl ServerText {
    /// Wraps a text of the server.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the user's eyes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether the server sent no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for ServerText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ServerText({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_word() {
        assert_eq!(format!("{:?}", ServerText::new("c4n4ry")), "ServerText(6 characters)");
    }
}
