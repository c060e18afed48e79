//! How one run of the sandbox is set up.

use chrono::{DateTime, Utc};

/// Which data the sandbox starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorldKind {
    /// A full day of meetings, 300 people in 80 companies, ties and duplicates among them.
    Demo,
    /// One user in each service and nothing else.
    Empty,
}

/// What the Salesforce administrator has set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// An org without our fields.
    Bare,
    /// An org with every field of our metadata package on Activity, Campaign and CampaignMember, readable and writable
    /// for the rep.
    Deployed,
    /// The fields are there, but nobody gave the rep access to them.
    DeployedWithoutFls,
    /// Deployed; the rep is no marketing user and may not make campaigns.
    NoMarketing,
    /// Deployed; Task has no call fields.
    NoCallCenter,
    /// Deployed; an activity belongs to several people.
    SharedActivities,
    /// Deployed; accounts may be persons.
    PersonAccounts,
    /// Deployed; every record has a currency.
    MultiCurrency,
    /// Deployed; the org was set up in German, picklist values included.
    NonEnglish,
}

impl Profile {
    pub const ALL: [Self; 9] = [
        Self::Bare,
        Self::Deployed,
        Self::DeployedWithoutFls,
        Self::NoMarketing,
        Self::NoCallCenter,
        Self::SharedActivities,
        Self::PersonAccounts,
        Self::MultiCurrency,
        Self::NonEnglish,
    ];

    /// The name on the command line and in the control service.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Deployed => "deployed",
            Self::DeployedWithoutFls => "deployed-without-fls",
            Self::NoMarketing => "no-marketing",
            Self::NoCallCenter => "no-callcenter",
            Self::SharedActivities => "shared-activities",
            Self::MultiCurrency => "multi-currency",
            Self::PersonAccounts => "person-accounts",
            Self::NonEnglish => "non-english",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

/// Settings of one run. Ports of 0 pick a free one.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    pub zoom_port: u16,
    pub salesforce_port: u16,
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
            zone: None,
            now: None,
        }
    }
}
