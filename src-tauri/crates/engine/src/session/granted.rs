//! What a user allowed, told by the scopes that came with the tokens, as parts that have a word.

use std::collections::BTreeMap;

use crate::session::view::{Granted, GrantedWhat};
use crate::terms::Provider;

/// The parts, each once. `scopes` are separated by spaces.
pub(super) fn of(provider: Provider, scopes: &str) -> Vec<Granted> {
    let mut parts: BTreeMap<GrantedWhat, (bool, bool)> = BTreeMap::new();
    for scope in scopes.split_whitespace() {
        let (what, reads, writes) = match provider {
            Provider::Zoom => zoom(scope),
            Provider::Salesforce => salesforce(scope),
        };
        let part = parts.entry(what).or_default();
        *part = (part.0 || reads, part.1 || writes);
    }
    parts.into_iter().map(|(what, (reads, writes))| Granted { what, reads, writes }).collect()
}

/// `meeting:read:list_meetings`, and `meeting:read` of older apps.
fn zoom(scope: &str) -> (GrantedWhat, bool, bool) {
    let mut parts = scope.split(':');
    let what = match parts.next().unwrap_or_default() {
        "meeting" => GrantedWhat::Meetings,
        "webinar" => GrantedWhat::Webinars,
        "cloud_recording" | "recording" => GrantedWhat::Recordings,
        "phone" => GrantedWhat::Calls,
        "user" => GrantedWhat::Profile,
        _ => GrantedWhat::Other,
    };
    let verb = parts.next().unwrap_or_default();
    (what, verb == "read", matches!(verb, "write" | "update" | "delete"))
}

/// Source: Salesforce Help, "OAuth tokens and scopes".
fn salesforce(scope: &str) -> (GrantedWhat, bool, bool) {
    match scope {
        "api" | "full" => (GrantedWhat::Records, true, true),
        "refresh_token" | "offline_access" => (GrantedWhat::StaySignedIn, false, false),
        "id" | "openid" | "profile" | "email" | "address" | "phone" => (GrantedWhat::Profile, true, false),
        _ => (GrantedWhat::Other, false, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_become_parts_with_what_may_be_done() {
        let told = of(
            Provider::Zoom,
            "meeting:read:list_meetings meeting:update:meeting phone:read:user user:read:user team_chat:read:x",
        );
        let part = |what, reads, writes| Granted { what, reads, writes };
        assert_eq!(
            told,
            [
                part(GrantedWhat::Meetings, true, true),
                part(GrantedWhat::Calls, true, false),
                part(GrantedWhat::Profile, true, false),
                part(GrantedWhat::Other, true, false),
            ]
        );
        assert_eq!(
            of(Provider::Salesforce, "refresh_token api id"),
            [
                part(GrantedWhat::Records, true, true),
                part(GrantedWhat::Profile, true, false),
                part(GrantedWhat::StaySignedIn, false, false),
            ]
        );
        assert_eq!(of(Provider::Zoom, ""), []);
    }
}
