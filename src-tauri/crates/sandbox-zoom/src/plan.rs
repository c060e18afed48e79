//! What an account's plan allows: requests per second or minute, and per day.
//!
//! Source: Zoom's page on rate limits. The telephone has quotas of its own; for a free account none are published, so
//! it gets those of the smallest plan that has a telephone.

use super::operations::RateLabel;

/// The plan that the account pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Plan {
    Free,
    #[default]
    Pro,
    Business,
}

/// What is counted per day, for the whole account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Quota {
    /// One label by itself.
    Of(RateLabel),
    /// Heavy and resource-intensive requests together.
    Expensive,
}

impl Plan {
    /// By its name in the control service.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "free" => Some(Self::Free),
            "pro" => Some(Self::Pro),
            "business" => Some(Self::Business),
            _ => None,
        }
    }

    /// Requests, and the seconds that they are counted over.
    pub(crate) fn limit(self, label: RateLabel) -> (u64, i64) {
        let [light, medium, heavy, intensive, phone_light, phone_medium, phone_heavy] = match self {
            Self::Free => [4, 2, 1, 10, 20, 10, 5],
            Self::Pro => [30, 20, 10, 10, 20, 10, 5],
            Self::Business => [80, 60, 40, 20, 40, 20, 10],
        };
        match label {
            RateLabel::Light => (light, 1),
            RateLabel::Medium => (medium, 1),
            RateLabel::Heavy => (heavy, 1),
            RateLabel::ResourceIntensive => (intensive, 60),
            RateLabel::PhoneLight => (phone_light, 1),
            RateLabel::PhoneMedium => (phone_medium, 1),
            RateLabel::PhoneHeavy => (phone_heavy, 1),
        }
    }

    /// What a request counts against for the day, and how many there may be; `None` where the plan has no such limit.
    pub(crate) fn quota(self, label: RateLabel) -> Option<(Quota, u64)> {
        use RateLabel::{Heavy, Light, Medium, PhoneHeavy, ResourceIntensive};
        let quota = match (self, label) {
            (Self::Pro | Self::Business, Heavy | ResourceIntensive) => Quota::Expensive,
            _ => Quota::Of(label),
        };
        let limit = match (self, label) {
            (Self::Free, Light) => 6_000,
            (Self::Free, Medium) => 2_000,
            (Self::Free, Heavy) => 1_000,
            (Self::Free, ResourceIntensive) | (Self::Pro, Heavy | ResourceIntensive) | (Self::Business, PhoneHeavy) => {
                30_000
            }
            (Self::Business, Heavy | ResourceIntensive) => 60_000,
            (Self::Free | Self::Pro, PhoneHeavy) => 15_000,
            _ => return None,
        };
        Some((quota, limit))
    }
}
