//! Who signs in where: the one org and the one user of the sandbox, and the app that is registered
//! in it. Facts only, no state.

use std::fmt;

use liaison_sandbox_kernel::config::SandboxConfig;
use liaison_sandbox_kernel::world::people::Rep;
use liaison_sandbox_kernel::world::zone::Zone;

use super::ids::RecordId;

/// The consumer key of the registered app. Made up; it opens nothing but this sandbox.
pub const CLIENT_ID: &str = "3MVG9.LiaisonSandbox.Desktop.7dQpYxW2rT0aVb4sKe6";

/// Its secret, for the case that the app requires one. Made up like the key.
pub const CLIENT_SECRET: &str = "liaison-sandbox-secret-that-opens-nothing-else";

/// Scopes that the registered app has.
pub const APP_SCOPES: [&str; 7] = ["api", "refresh_token", "offline_access", "openid", "id", "profile", "email"];

/// The org and its user.
#[derive(Clone)]
pub struct Org {
    pub id: RecordId,
    pub user_id: RecordId,
    pub name: &'static str,
    pub rep: Rep,
    /// IANA name; date literals are evaluated in it.
    pub zone: Zone,
    /// Two characters inside every record id.
    pub marker: [u8; 2],
    /// Scheme, host and port of the instance, which is the login host as well.
    pub instance: String,
}

impl Org {
    pub fn new(config: &SandboxConfig, rep: Rep, instance: String) -> Self {
        let marker = config.org;
        let zone = config.zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(Zone::AMSTERDAM);
        Self {
            id: RecordId::numbered("00D", marker, 1),
            user_id: RecordId::numbered("005", marker, 1),
            name: "Northwind Sales",
            rep,
            zone,
            marker,
            instance,
        }
    }

    /// The identity URL, also the `id` of a token answer.
    pub fn identity_url(&self) -> String {
        format!("{}/id/{}/{}", self.instance, self.id, self.user_id)
    }

    pub fn username(&self) -> String {
        self.rep.email.clone()
    }
}

impl fmt::Debug for Org {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Org").field("id", &self.id).field("user_id", &self.user_id).finish_non_exhaustive()
    }
}
