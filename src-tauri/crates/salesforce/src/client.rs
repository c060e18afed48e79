//! The client: one request out, one typed answer or one typed error back.

use std::sync::{Arc, Mutex, PoisonError};

use liaison_transport::{ApiClient, ApiConfig, ApiRequest, ApiResponse, RateClass, Service};
use reqwest::StatusCode;
use reqwest::header::{HeaderName, HeaderValue};
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{Addressed, Refusal, SalesforceError, is_barred};
use crate::usage::CallCount;
use crate::{ApiUsage, ApiVersion, CampaignMembers, Campaigns, Events, SalesforceId, Tasks};

const CALL_OPTIONS: HeaderName = HeaderName::from_static("sforce-call-options");
const CALLER: HeaderValue = HeaderValue::from_static("client=Liaison");

/// Salesforce's REST API for the signed-in user. Cheap to clone; clones share the usage counter.
#[derive(Clone)]
pub struct Salesforce {
    client: ApiClient,
    version: ApiVersion,
    usage: Arc<Mutex<Told>>,
    calls: CallCount,
}

/// What the last answers told about limits.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    org: Option<ApiUsage>,
    app: Option<ApiUsage>,
}

impl Salesforce {
    /// Uses `client`, whose base is the org's `instance_url`: see [`api_config`]. Starts with
    /// [`ApiVersion::DEFAULT`]; see [`Self::versions`] and [`Self::with_version`].
    pub fn new(client: ApiClient) -> Self {
        let calls = CallCount::of(&client);
        Self { client, version: ApiVersion::DEFAULT, usage: Arc::default(), calls }
    }

    /// The same client with another API version.
    #[must_use]
    pub fn with_version(mut self, version: ApiVersion) -> Self {
        self.version = version;
        self
    }

    /// The API version in use.
    #[must_use]
    pub fn version(&self) -> ApiVersion {
        self.version
    }

    /// The org's address.
    #[must_use]
    pub fn instance_url(&self) -> &Url {
        self.client.base()
    }

    /// The org's API usage as the last answer told, if one did.
    #[must_use]
    pub fn usage(&self) -> Option<ApiUsage> {
        self.told().org
    }

    /// This app's usage of a limit of its own, where an administrator has set one.
    #[must_use]
    pub fn app_usage(&self) -> Option<ApiUsage> {
        self.told().app
    }

    /// Calls of this client and its clones that count against the org's limit, since it was made.
    /// With [`Self::usage`]: "this app used n of your org's m today".
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.calls.get()
    }

    /// Adds calls that went out inside one request and are counted one by one.
    pub(crate) fn count_more(&self, calls: u64) {
        self.calls.add(calls);
    }

    fn told(&self) -> Told {
        *self.usage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calendar entries.
    #[must_use]
    pub fn events(&self) -> Events {
        Events::new(self.clone())
    }

    /// Tasks: calls that were made.
    #[must_use]
    pub fn tasks(&self) -> Tasks {
        Tasks::new(self.clone())
    }

    /// Campaigns: webinars.
    #[must_use]
    pub fn campaigns(&self) -> Campaigns {
        Campaigns::new(self.clone())
    }

    /// The members of a Campaign.
    #[must_use]
    pub fn campaign_members(&self, campaign: SalesforceId) -> CampaignMembers {
        CampaignMembers::new(self.clone(), campaign)
    }

    /// A path below the version: `/services/data/v62.0` + `path`.
    pub(crate) fn data_path(&self, path: &str) -> String {
        format!("{}{path}", self.version.data_path())
    }

    /// Sends and reads a JSON answer.
    pub(crate) async fn fetch<T: DeserializeOwned>(
        &self,
        request: ApiRequest,
        addressed: Addressed,
    ) -> Result<T, SalesforceError> {
        Ok(self.send(request, addressed).await?.json()?)
    }

    /// Sends and returns the answer if it is a success; 304 counts as one.
    pub(crate) async fn send(&self, request: ApiRequest, addressed: Addressed) -> Result<ApiResponse, SalesforceError> {
        let request = request.header(CALL_OPTIONS, CALLER).rate(RateClass::Salesforce);
        let response = self.client.send(request).await?;
        self.remember_usage(&response);
        if response.status.is_success() || response.status == StatusCode::NOT_MODIFIED {
            Ok(response)
        } else {
            Err(Refusal::read(&response, addressed).into())
        }
    }

    /// Sends what Salesforce answers with a status and no content. Any other success is not its word:
    /// a portal in between says 200 to everything.
    pub(crate) async fn settle(
        &self,
        request: ApiRequest,
        addressed: Addressed,
        expected: StatusCode,
    ) -> Result<(), SalesforceError> {
        let operation = request.operation;
        let status = self.send(request, addressed).await?.status;
        if status == expected {
            Ok(())
        } else {
            Err(SalesforceError::Mismatch { operation, reason: "its status is another success" })
        }
    }

    fn remember_usage(&self, response: &ApiResponse) {
        let Some(org) = ApiUsage::read(&response.headers) else { return };
        let told = Told { org: Some(org), app: ApiUsage::read_of_app(&response.headers) };
        *self.usage.lock().unwrap_or_else(PoisonError::into_inner) = told;
    }
}

/// The settings of a client for [`Salesforce::new`]: Salesforce's own reasons to renew a token
/// included. `instance_url` is the checked one of the sign-in.
pub fn api_config(instance_url: Url, user_agent: impl Into<String>, loopback_allowed: bool) -> ApiConfig {
    let mut config = ApiConfig::new(Service::Salesforce, instance_url, user_agent);
    config.loopback_allowed = loopback_allowed;
    config.refresh_on = refresh_on;
    config
}

/// Whether this answer means "refresh the access token and try again".
///
/// `INVALID_SESSION_ID` does, and userinfo's plain-text `Bad_OAuth_Token`. Some sessions are valid
/// but barred from the REST API; a new token would be barred too, and asking for one each time
/// makes an endless loop. A malformed header is a fault of ours and no reason either.
#[must_use]
pub fn refresh_on(response: &ApiResponse) -> bool {
    let text = String::from_utf8_lossy(&response.body);
    match response.status {
        StatusCode::UNAUTHORIZED => text.contains("INVALID_SESSION_ID") && !is_barred(&text),
        StatusCode::FORBIDDEN => text.trim() == "Bad_OAuth_Token",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::response;

    #[test]
    fn only_an_expired_session_is_refreshed() {
        let invalid =
            |message: &str| serde_json::json!([{"errorCode": "INVALID_SESSION_ID", "message": message}]).to_string();
        for (status, body, expected) in [
            (401, invalid("Session expired or invalid"), true),
            (401, invalid("This session is not valid for use with the REST API"), false),
            (401, invalid("Connected app is not attached to Agent"), false),
            (401, r#"[{"errorCode":"INVALID_AUTH_HEADER","message":"x"}]"#.to_owned(), false),
            (401, "<html>proxy</html>".to_owned(), false),
            (403, "Bad_OAuth_Token".to_owned(), true),
            (403, r#"[{"errorCode":"API_DISABLED_FOR_ORG","message":"x"}]"#.to_owned(), false),
            (400, invalid("Session expired or invalid"), false),
        ] {
            assert_eq!(refresh_on(&response(status, &body)), expected, "{status} {body}");
        }
    }
}
