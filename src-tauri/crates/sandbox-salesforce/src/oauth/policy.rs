//! How the administrator has set the app up, where that differs from what a desktop app asks for
//! (public help: "Configure the External Client App OAuth Settings" and "… OAuth Policies").

/// Settings of the app and of its user; the default is what the admin guide asks for.
#[expect(clippy::struct_excessive_bools, reason = "each is a box of its own in Setup")]
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppPolicy {
    /// "Require Secret" for both flows: a client without the secret is refused.
    pub secret_required: bool,
    /// A code may be asked for without a challenge.
    pub pkce_optional: bool,
    /// Access tokens are signed JWTs instead of opaque texts.
    pub jwt_tokens: bool,
    /// Refresh tokens last: no rotation, and no new one in the answer to a refresh.
    pub lasting_refresh_tokens: bool,
    /// Minutes without a call after which a session ends; 120 when absent.
    pub session_minutes: Option<i64>,
    /// The app belongs to another org and was not installed in this one.
    pub not_installed: bool,
    /// An administrator has blocked the app.
    pub blocked: bool,
    /// The user may not sign in any more.
    pub user_inactive: bool,
}

impl AppPolicy {
    /// A session ends after so long without a call.
    pub fn idle(&self) -> chrono::TimeDelta {
        chrono::TimeDelta::minutes(self.session_minutes.unwrap_or(120).clamp(1, 1_440))
    }
}
