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
        Provider::Zoom => AppFacts { redirects: own(&[ZOOM_REDIRECT]), scopes: own(&liaison_zoom::SCOPES) },
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
