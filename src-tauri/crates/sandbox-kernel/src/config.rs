//! How one run of the sandbox is set up.

use chrono::{DateTime, Utc};

pub use crate::profile::Profile;

/// Which data the sandbox starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorldKind {
    /// A full day of meetings, 300 people in 80 companies, ties and duplicates among them.
    Demo,
    /// One user in each service and nothing else.
    Empty,
}

/// Settings of one run. Ports of 0 pick a free one.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    pub zoom_port: u16,
    pub salesforce_port: u16,
    #[cfg(feature = "control")]
    pub control_port: u16,
    pub world: WorldKind,
    pub profile: Profile,
    /// Everything random in the world comes from this.
    pub seed: u64,
    pub people: Option<usize>,
    pub meetings: Option<usize>,
    pub calls: Option<usize>,
    pub webinars: Option<usize>,
    /// People who have registered for each webinar that wants it; made up when first asked for.
    pub registrants: Option<usize>,
    /// The consent pages approve by themselves (demo mode); otherwise a person clicks Allow or Deny.
    pub auto_consent: bool,
    /// Redirect URIs registered for the sandbox's Salesforce app; matched byte for byte.
    pub salesforce_redirect_uris: Vec<String>,
    /// Lifetime of a Zoom access token.
    pub zoom_token_seconds: u64,
    /// How long the event stream bears a client without a heartbeat.
    pub zoom_heartbeat_seconds: u64,
    /// Two letters or digits inside every record id, also the org's own: another org has others.
    pub org: [u8; 2],
    /// IANA zone of the rep; `None` takes `Europe/Amsterdam`.
    pub zone: Option<String>,
    /// The clock stands at this time until it is moved; `None` takes real time.
    pub now: Option<DateTime<Utc>>,
}

impl Default for SandboxConfig {
    fn default() -> Self {
        Self {
            zoom_port: 0,
            salesforce_port: 0,
            #[cfg(feature = "control")]
            control_port: 0,
            world: WorldKind::Demo,
            profile: Profile::Deployed,
            seed: 1,
            people: None,
            meetings: None,
            calls: None,
            webinars: None,
            registrants: None,
            auto_consent: false,
            salesforce_redirect_uris: [17_171, 17_172, 17_173]
                .map(|port| format!("http://localhost:{port}/salesforce/callback"))
                .to_vec(),
            zoom_token_seconds: 3_599,
            zoom_heartbeat_seconds: 60,
            org: *b"Lz",
            zone: None,
            now: None,
        }
    }
}
