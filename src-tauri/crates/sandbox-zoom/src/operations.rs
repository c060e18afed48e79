//! The table of operations: which method and path means what, and what it asks of the caller.

use axum::http::Method;

use super::account::Account;
use super::answer::Outcome;
use super::call::Call;
use super::{meetings, past, phone, registration, users, webinars};

/// What a token must carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A granular scope that a user can grant.
    User(&'static str),
    /// A scope that only an administrator's app can hold; a rep's token never does.
    Admin(&'static str),
}

/// Zoom's classes of rate limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RateLabel {
    Light,
    Medium,
    Heavy,
    ResourceIntensive,
    /// The telephone has a quota of its own, under the same names.
    PhoneLight,
    PhoneMedium,
    PhoneHeavy,
}

impl RateLabel {
    /// By its name in the control service.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "light" => Some(Self::Light),
            "medium" => Some(Self::Medium),
            "heavy" => Some(Self::Heavy),
            "resource-intensive" => Some(Self::ResourceIntensive),
            "phone-light" => Some(Self::PhoneLight),
            "phone-medium" => Some(Self::PhoneMedium),
            "phone-heavy" => Some(Self::PhoneHeavy),
            _ => None,
        }
    }
}

pub(crate) type Handler = fn(&Account, &Call) -> Outcome;

/// One operation of the API.
pub struct Operation {
    /// Zoom's own name of it.
    pub name: &'static str,
    pub method: Method,
    /// Below `/v2`; a segment in braces captures.
    pub pattern: &'static str,
    pub scope: Scope,
    pub rate: RateLabel,
    /// Whether it counts among the 100 creates and updates of a user and day.
    pub counted_daily: bool,
    pub(crate) handler: Handler,
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {} ({})", self.method, self.pattern, self.name)
    }
}

impl Operation {
    /// An operation that is not counted daily.
    pub(crate) const fn new(
        name: &'static str,
        method: Method,
        pattern: &'static str,
        scope: Scope,
        rate: RateLabel,
        handler: Handler,
    ) -> Self {
        Self { name, method, pattern, scope, rate, counted_daily: false, handler }
    }

    /// The captured segments, raw, if `path` (raw, below `/v2`) is of this pattern.
    fn capture(&self, path: &str) -> Option<Vec<String>> {
        let mut pattern = self.pattern.split('/');
        let mut segments = path.split('/');
        let mut captured = Vec::new();
        loop {
            match (pattern.next(), segments.next()) {
                (None, None) => return Some(captured),
                (Some(wanted), Some(found)) if wanted.starts_with('{') && !found.is_empty() => {
                    captured.push(found.to_owned());
                }
                (Some(wanted), Some(found)) if wanted == found => {}
                _ => return None,
            }
        }
    }
}

/// All operations that the sandbox knows.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    let tables = [
        users::OPERATIONS,
        meetings::OPERATIONS,
        past::OPERATIONS,
        registration::OF_MEETINGS,
        registration::OF_WEBINARS,
        webinars::OPERATIONS,
        phone::OPERATIONS,
    ];
    tables.into_iter().flatten()
}

/// Finds the operation of a raw path below `/v2`. A pattern with fewer captures wins, so that
/// `/users/me/zak` is not taken for a user's something.
pub(crate) fn find(method: &Method, path: &str) -> Option<(&'static Operation, Vec<String>)> {
    all()
        .filter(|operation| operation.method == *method)
        .filter_map(|operation| Some((operation, operation.capture(path)?)))
        .min_by_key(|(_, captured)| captured.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_literal_pattern_wins_over_the_capturing_one() {
        let (operation, captured) = find(&Method::GET, "/users/me/zak").unwrap();
        assert_eq!((operation.name, captured.len()), ("getUserZak", 0));
        let (operation, captured) = find(&Method::GET, "/users/me/settings").unwrap();
        assert_eq!((operation.name, captured[0].as_str()), ("userSettings", "me"));
        assert!(find(&Method::GET, "/users//settings").is_none());
        assert!(find(&Method::PUT, "/users/me/zak").is_none());
    }

    #[test]
    fn names_and_patterns_are_unique() {
        let mut names: Vec<_> = all().map(|operation| operation.name).collect();
        let mut routes: Vec<_> = all().map(|operation| format!("{} {}", operation.method, operation.pattern)).collect();
        for list in [names.len(), routes.len()] {
            assert_eq!(list, all().count());
        }
        names.sort_unstable();
        names.dedup();
        routes.sort_unstable();
        routes.dedup();
        assert_eq!((names.len(), routes.len()), (all().count(), all().count()));
    }
}
