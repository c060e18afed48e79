//! API versions: every release of Salesforce adds one, old ones stay for years.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

/// An API version, `62.0` and so on. Salesforce has whole numbers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ApiVersion(u16);

/// No version of the org is one that Liaison was built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the org offers no API version from {} to {}", ApiVersion::OLDEST, ApiVersion::NEWEST)]
pub struct VersionUnsupported;

impl ApiVersion {
    /// The oldest that Liaison was built for (Winter '25), offered by every org.
    pub const OLDEST: Self = Self(62);
    /// The newest that Liaison was built for (Winter '27).
    pub const NEWEST: Self = Self(68);
    /// Used until the org was asked.
    pub const DEFAULT: Self = Self::OLDEST;

    /// The newest of `offered` that Liaison was built for.
    ///
    /// # Errors
    /// None of them is.
    pub fn choose(offered: &[Self]) -> Result<Self, VersionUnsupported> {
        offered
            .iter()
            .copied()
            .filter(|version| (Self::OLDEST..=Self::NEWEST).contains(version))
            .max()
            .ok_or(VersionUnsupported)
    }

    /// The path in front of all data resources: `/services/data/v62.0`.
    pub(crate) fn data_path(self) -> String {
        format!("/services/data/v{self}")
    }
}

impl Default for ApiVersion {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.0", self.0)
    }
}

impl FromStr for ApiVersion {
    type Err = VersionUnsupported;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_suffix(".0").ok_or(VersionUnsupported)?;
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok().map(Self)).flatten().ok_or(VersionUnsupported)
    }
}

impl<'de> Deserialize<'de> for ApiVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| de::Error::custom("not an API version"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(texts: &[&str]) -> Vec<ApiVersion> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn the_newest_known_version_is_chosen() {
        let chosen = |texts| ApiVersion::choose(&versions(texts)).map(|version| version.to_string());
        assert_eq!(chosen(&["61.0", "62.0", "66.0", "71.0"]).as_deref(), Ok("66.0"));
        assert_eq!(chosen(&["62.0"]).as_deref(), Ok("62.0"));
        assert_eq!(chosen(&["61.0", "70.0"]), Err(VersionUnsupported));
        assert_eq!(chosen(&[]), Err(VersionUnsupported));
    }

    #[test]
    fn only_whole_versions_are_versions() {
        for text in ["", "62", "62.1", "v62.0", "+62.0", ".0", "99999.0"] {
            assert!(text.parse::<ApiVersion>().is_err(), "{text}");
        }
    }
}
