//! What the org has left of its allowances, where this user may ask.
//!
//! Most reps may not; [`Salesforce::usage`] works for everybody. Source: REST guide, "Limits" and
//! "Record Count".

use std::collections::BTreeMap;

use liaison_transport::ApiRequest;
use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::error::{Addressed, Disposition, SalesforceError};
use crate::{ObjectName, Salesforce};

/// One allowance of the org. Up to five minutes old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Limit {
    /// The whole.
    pub max: i64,
    /// What is left; below zero when it was passed.
    pub remaining: i64,
}

/// The org's allowances by Salesforce's names, such as `DailyApiRequests`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrgLimits(BTreeMap<String, Limit>);

impl OrgLimits {
    /// One allowance.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Limit> {
        self.0.get(name).copied()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Limit)> {
        self.0.iter().map(|(name, limit)| (name.as_str(), *limit))
    }
}

/// Roughly how many records an object has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordCount {
    /// The object's API name.
    pub name: String,
    /// Live records, of everybody, by Salesforce's own rough count.
    pub count: u64,
}

impl Salesforce {
    /// The org's allowances; `None` when this user may not see them.
    pub async fn limits(&self) -> Result<Option<OrgLimits>, SalesforceError> {
        let request = ApiRequest::get("GET /limits", self.data_path("/limits"));
        match self.fetch::<BTreeMap<String, Value>>(request, Addressed::Resource).await {
            // New allowances come in forms of their own: what is not understood is left out.
            Ok(all) => Ok(Some(OrgLimits(
                all.into_iter().filter_map(|(name, value)| Some((name, Limit::deserialize(value).ok()?))).collect(),
            ))),
            Err(error) if is_denied(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Rough counts of records; an object without records may be missing.
    pub async fn record_counts(&self, objects: &[ObjectName]) -> Result<Vec<RecordCount>, SalesforceError> {
        #[derive(Deserialize)]
        struct Answer {
            #[serde(rename = "sObjects")]
            objects: Vec<RecordCount>,
        }

        let names: Vec<&str> = objects.iter().map(ObjectName::as_str).collect();
        let request = ApiRequest::get("GET /limits/recordCount", self.data_path("/limits/recordCount"))
            .query("sObjects", names.join(","));
        let answer: Answer = self.fetch(request, Addressed::Resource).await?;
        Ok(answer.objects)
    }
}

/// A lack of rights, in whatever words, and not a limit that was reached.
fn is_denied(error: &SalesforceError) -> bool {
    let Some(refusal) = error.refusal() else { return false };
    refusal.status == StatusCode::FORBIDDEN
        && !refusal.items.is_empty()
        && !refusal.has_code("API_DISABLED_FOR_ORG")
        && matches!(refusal.disposition(), Disposition::Park { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Refusal;
    use crate::test_support::response;

    #[test]
    fn a_lack_of_rights_is_no_error_and_a_limit_is() {
        let denied =
            |status, body: &str| is_denied(&Refusal::read(&response(status, body), Addressed::Resource).into());
        assert!(denied(403, r#"[{"errorCode":"FORBIDDEN","message":"x"}]"#));
        assert!(denied(403, r#"[{"errorCode":"INSUFFICIENT_ACCESS","message":"x"}]"#));
        assert!(!denied(403, r#"[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"TotalRequests Limit exceeded."}]"#));
        assert!(!denied(403, r#"[{"errorCode":"API_DISABLED_FOR_ORG","message":"x"}]"#));
        assert!(!denied(403, "<html>proxy</html>"));
        assert!(!denied(500, r#"[{"errorCode":"FORBIDDEN","message":"x"}]"#));
    }
}
