//! Zoom's OAuth facts: addresses, redirect rule, the scopes the app in Zoom's marketplace needs.
//!
//! Zoom knows public clients (PKCE, no secret) with a client id of their own, compares a loopback
//! redirect without its port, and takes the scopes from the marketplace app, so none is sent.
//! Source: Zoom's pages "OAuth" and "PKCE for public clients".

use liaison_transport::{OAuthProvider, RedirectRule, Service};
use url::Url;

/// The granular scopes the marketplace app needs for what this client can ask.
pub const SCOPES: [&str; 59] = [
    "cloud_recording:read:list_recording_files",
    "cloud_recording:read:list_user_recordings",
    "cloud_recording:read:recording_analytics_details",
    "meeting:delete:meeting",
    "meeting:delete:registrant",
    "meeting:read:invitation",
    "meeting:read:list_meetings",
    "meeting:read:list_past_instances",
    "meeting:read:list_past_participants",
    "meeting:read:list_registrants",
    "meeting:read:list_registration_questions",
    "meeting:read:list_templates",
    "meeting:read:list_upcoming_meetings",
    "meeting:read:meeting",
    "meeting:read:past_meeting",
    "meeting:read:registrant",
    "meeting:read:summary",
    "meeting:update:meeting",
    "meeting:update:registrant_status",
    "meeting:update:registration_question",
    "meeting:update:status",
    "meeting:write:batch_registrants",
    "meeting:write:meeting",
    "meeting:write:registrant",
    "phone:read:ai_call_summary",
    "phone:read:call_recording",
    "phone:read:list_call_logs",
    "phone:read:list_recordings",
    "phone:read:list_voicemails",
    "phone:read:user",
    "phone:read:voicemail",
    "phone:update:voicemail",
    "user:read:settings",
    "user:read:user",
    "user:read:zak",
    "webinar:delete:panelist",
    "webinar:delete:registrant",
    "webinar:delete:webinar",
    "webinar:read:list_absentees",
    "webinar:read:list_panelists",
    "webinar:read:list_past_instances",
    "webinar:read:list_past_participants",
    "webinar:read:list_past_polls",
    "webinar:read:list_registrants",
    "webinar:read:list_registration_questions",
    "webinar:read:list_templates",
    "webinar:read:list_tracking_sources",
    "webinar:read:list_webinars",
    "webinar:read:past_qa",
    "webinar:read:registrant",
    "webinar:read:webinar",
    "webinar:update:registrant_status",
    "webinar:update:registration_question",
    "webinar:update:status",
    "webinar:update:webinar",
    "webinar:write:batch_registrants",
    "webinar:write:panelist",
    "webinar:write:registrant",
    "webinar:write:webinar",
];

/// How to sign in to Zoom.
///
/// `base` is `https://zoom.us`, or the sandbox's address where `loopback_allowed`.
pub fn provider(base: &Url, client_id: impl Into<String>, loopback_allowed: bool) -> OAuthProvider {
    let endpoint = |path: &str| {
        let mut url = base.clone();
        url.set_path(path);
        url.set_query(None);
        url.set_fragment(None);
        url
    };
    OAuthProvider {
        service: Service::Zoom,
        client_id: client_id.into(),
        authorize: endpoint("/oauth/authorize"),
        token: endpoint("/oauth/token"),
        revoke: endpoint("/oauth/revoke"),
        redirect: RedirectRule::AnyPort { path: "/callback" },
        scopes: Vec::new(),
        extra: Vec::new(),
        loopback_allowed,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use liaison_sandbox::zoom::operations::{self, Scope};

    use super::*;

    /// `GET /meetings/{meetingId}` with the names in braces left out.
    fn shape(operation: &str) -> String {
        let parts = operation.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    }

    #[test]
    fn the_scopes_are_those_of_the_operations() {
        let mut needed = BTreeSet::new();
        for operation in crate::test_support::operations() {
            let known = operations::all()
                .find(|known| shape(&format!("{} {}", known.method, known.pattern)) == shape(&operation))
                .unwrap_or_else(|| panic!("{operation}"));
            match known.scope {
                Scope::User(scope) => needed.insert(scope),
                Scope::Admin(scope) => panic!("{operation} needs {scope}"),
            };
        }
        assert_eq!(BTreeSet::from(SCOPES), needed);
    }

    #[test]
    fn the_administrators_guide_names_every_scope_once() {
        let guide = include_str!("../../../../docs/zoom-admin.md");
        let cell = |line: &str| line.strip_prefix("| `")?.split_once("` |").map(|(scope, _)| scope.to_owned());
        let mut listed: Vec<String> = guide.lines().filter_map(cell).collect();
        listed.sort();
        assert_eq!(listed, SCOPES);
    }
}
