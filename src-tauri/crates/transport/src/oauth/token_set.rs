//! The tokens of one signed-in account.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use crate::secret::{AccessToken, RefreshToken};

/// What a token endpoint gave. `Debug` shows no token.
#[derive(Clone)]
pub struct TokenSet {
    pub access: AccessToken,
    pub refresh: Option<RefreshToken>,
    /// When the answer arrived, by this computer's clock.
    pub obtained_at: DateTime<Utc>,
    /// `None` when the service does not say (Salesforce never does); a 401 then
    /// tells that the token has run out.
    pub expires_at: Option<DateTime<Utc>>,
    /// In the service's order; compare as a set.
    pub scopes: Vec<String>,
    /// Salesforce: the origin of the organisation's data, already validated.
    pub instance_url: Option<String>,
    /// Zoom: the regional API host. Only a hint; it is not validated here.
    pub api_url: Option<String>,
    /// Salesforce: the identity URL, which ends in organisation id and user id.
    pub identity_url: Option<String>,
}

impl TokenSet {
    /// When four fifths of the lifetime are over and a successor is due.
    pub fn refresh_due_at(&self) -> Option<DateTime<Utc>> {
        let lifetime = self.expires_at?.signed_duration_since(self.obtained_at);
        Some(self.obtained_at + TimeDelta::milliseconds(lifetime.num_milliseconds() / 5 * 4))
    }
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenSet")
            .field("obtained_at", &self.obtained_at)
            .field("expires_at", &self.expires_at)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
