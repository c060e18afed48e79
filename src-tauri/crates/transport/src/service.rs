//! The two services Liaison talks to.

use std::fmt;

/// Which service a client, a provider or a limit belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    Zoom,
    Salesforce,
}

impl Service {
    /// The name in lower case, for logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zoom => "zoom",
            Self::Salesforce => "salesforce",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
