//! What an administrator has to know of our app: for a request that a rep sends them. The words are the window's.

use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::session::view::AppFacts;
use crate::terms::Provider;

/// Longer than any text that the window has to copy.
const MAX_TEXT: u32 = 20_000;
/// As it is registered: Zoom leaves the port out of the comparison.
const ZOOM_REDIRECT: &str = "http://127.0.0.1/callback";

/// The granular scopes that this version makes use of; the client could ask for more.
pub const ZOOM_SCOPES: [&str; 41] = [
    "cloud_recording:read:list_recording_files",
    "cloud_recording:read:recording_analytics_details",
    "meeting:delete:meeting",
    "meeting:read:invitation",
    "meeting:read:list_meetings",
    "meeting:read:list_past_instances",
    "meeting:read:list_past_participants",
    "meeting:read:list_templates",
    "meeting:read:list_upcoming_meetings",
    "meeting:read:meeting",
    "meeting:read:past_meeting",
    "meeting:read:summary",
    "meeting:update:meeting",
    "meeting:write:meeting",
    "phone:read:list_call_logs",
    "phone:read:list_voicemails",
    "phone:read:user",
    "phone:read:voicemail",
    "user:read:settings",
    "user:read:user",
    "webinar:delete:panelist",
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
    "webinar:read:webinar",
    "webinar:update:registrant_status",
    "webinar:update:registration_question",
    "webinar:update:webinar",
    "webinar:write:batch_registrants",
    "webinar:write:panelist",
    "webinar:write:registrant",
    "webinar:write:webinar",
];

impl Engine {
    /// Where a service's app leads back to, and which scopes it needs.
    pub fn app_facts(&self, provider: Provider) -> AppFacts {
        facts(provider)
    }

    /// Puts a text of the window's own on the clipboard.
    ///
    /// # Errors
    /// [`Error::Invalid`] with one that is too long; the clipboard refuses.
    pub fn copy_text(&self, text: &str) -> Result<(), Error> {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        if length > MAX_TEXT {
            let problem = Problem::TooLong { max: MAX_TEXT, length };
            return Err(Error::Invalid { issues: vec![FieldIssue { field: Field::Note, problem }] });
        }
        self.copy(text, false)
    }
}

fn facts(provider: Provider) -> AppFacts {
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match provider {
        Provider::Zoom => AppFacts { redirects: own(&[ZOOM_REDIRECT]), scopes: own(&ZOOM_SCOPES) },
        Provider::Salesforce => {
            AppFacts { redirects: liaison_salesforce::redirect_uris(), scopes: own(&liaison_salesforce::SCOPES) }
        }
    }
}

#[cfg(test)]
mod tests {
    use liaison_transport::RedirectRule;
    use url::Url;

    use super::*;

    #[test]
    fn the_redirect_is_the_one_that_signs_in() {
        let provider = liaison_zoom::provider(&Url::parse("https://zoom.us").unwrap(), "id", false);
        let RedirectRule::AnyPort { path } = provider.redirect else { panic!("any port") };
        assert_eq!(facts(Provider::Zoom).redirects, [format!("http://127.0.0.1{path}")]);
    }
}
