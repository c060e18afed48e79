//! Who is signed in, and which API versions the org offers.

use liaison_transport::ApiRequest;
use serde::Deserialize;

use crate::error::{Addressed, SalesforceError};
use crate::{ApiVersion, Salesforce, SalesforceId};

/// The signed-in user. Source: Salesforce Help, "UserInfo endpoint".
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct UserInfo {
    /// Id of the user.
    pub user_id: SalesforceId,
    /// Id of the org. With `user_id` it tells the account.
    pub organization_id: SalesforceId,
    /// Name as others see it.
    #[serde(default)]
    pub name: Option<String>,
    /// E-mail address; not unique in an org.
    #[serde(default)]
    pub email: Option<String>,
    /// The user name the user signs in with.
    #[serde(default)]
    pub preferred_username: Option<String>,
    /// IANA zone of the user.
    #[serde(default)]
    pub zoneinfo: Option<String>,
    /// Language, for example `nl_NL`.
    #[serde(default)]
    pub language: Option<String>,
    /// Locale, for example `nl_NL`.
    #[serde(default)]
    pub locale: Option<String>,
    /// `STANDARD` for people with a full licence.
    #[serde(default)]
    pub user_type: Option<String>,
    /// Whether the user is active.
    #[serde(default)]
    pub active: Option<bool>,
}

/// The signed-in user as the identity address tells. Source: Salesforce Help, "Identity URLs".
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Identity {
    /// Id of the user.
    pub user_id: SalesforceId,
    /// Id of the org.
    pub organization_id: SalesforceId,
    /// The user name the user signs in with.
    #[serde(default)]
    pub username: Option<String>,
    /// Name as others see it.
    #[serde(default)]
    pub display_name: Option<String>,
    /// E-mail address; not unique in an org.
    #[serde(default)]
    pub email: Option<String>,
    /// IANA zone of the user.
    #[serde(default)]
    pub timezone: Option<String>,
    /// Whether the user is active.
    #[serde(default)]
    pub active: Option<bool>,
}

impl Salesforce {
    /// Who is signed in, by the identity address of a user on the org's own host.
    pub async fn identity(&self, organization: SalesforceId, user: SalesforceId) -> Result<Identity, SalesforceError> {
        let request = ApiRequest::get("GET /id/{organization}/{user}", format!("/id/{organization}/{user}"));
        self.fetch(request, Addressed::Resource).await
    }

    /// Who is signed in.
    pub async fn user_info(&self) -> Result<UserInfo, SalesforceError> {
        let request = ApiRequest::get("GET /services/oauth2/userinfo", "/services/oauth2/userinfo");
        self.fetch(request, Addressed::Resource).await
    }

    /// The API versions of the org, oldest first; versions that cannot be read are left out. Not
    /// counted against the org's limit. See [`ApiVersion::choose`].
    pub async fn versions(&self) -> Result<Vec<ApiVersion>, SalesforceError> {
        #[derive(Deserialize)]
        struct Row {
            version: String,
        }

        let request = ApiRequest::get("GET /services/data", "/services/data");
        let rows: Vec<Row> = self.fetch(request, Addressed::Resource).await?;
        let mut versions: Vec<ApiVersion> = rows.iter().filter_map(|row| row.version.parse().ok()).collect();
        versions.sort_unstable();
        Ok(versions)
    }
}
