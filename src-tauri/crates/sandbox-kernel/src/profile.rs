//! How orgs differ.

/// What the Salesforce administrator has set up. The demo knows one; the others are for tests and rigs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// An org with every field of our metadata package on Activity, Campaign and CampaignMember, readable and writable
    /// for the rep.
    Deployed,
    /// An org without our fields.
    #[cfg(feature = "control")]
    Bare,
    /// The fields are there, but nobody gave the rep access to them.
    #[cfg(feature = "control")]
    DeployedWithoutFls,
    /// Deployed; the rep is no marketing user and may not make campaigns.
    #[cfg(feature = "control")]
    NoMarketing,
    /// Deployed; Task has no call fields.
    #[cfg(feature = "control")]
    NoCallCenter,
    /// Deployed; an activity belongs to several people.
    #[cfg(feature = "control")]
    SharedActivities,
    /// Deployed; accounts may be persons.
    #[cfg(feature = "control")]
    PersonAccounts,
    /// Deployed; every record has a currency.
    #[cfg(feature = "control")]
    MultiCurrency,
    /// Deployed; the org was set up in German, picklist values included.
    #[cfg(feature = "control")]
    NonEnglish,
    /// Deployed; packages that log calls are installed besides: Zoom's of today and of before, RingCentral's.
    #[cfg(feature = "control")]
    CallPackages,
}

#[cfg(feature = "control")]
impl Profile {
    pub const ALL: [Self; 10] = [
        Self::Bare,
        Self::Deployed,
        Self::DeployedWithoutFls,
        Self::NoMarketing,
        Self::NoCallCenter,
        Self::SharedActivities,
        Self::PersonAccounts,
        Self::MultiCurrency,
        Self::NonEnglish,
        Self::CallPackages,
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
            Self::CallPackages => "call-packages",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }
}
