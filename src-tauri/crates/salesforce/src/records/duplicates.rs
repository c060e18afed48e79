//! Duplicate rules: what an administrator set up against the same Lead, Contact or Account twice.
//!
//! Without a word from the user a rule is obeyed: [`Salesforce::create`] is refused with
//! [`Resolution::DuplicatesDetected`](crate::Resolution) and the records that match. Source: REST
//! guide, "Duplicate Rule Header".

use reqwest::header::{HeaderName, HeaderValue};

use crate::error::SalesforceError;
use crate::{ObjectName, Record, Salesforce, SalesforceId};

const DUPLICATE_RULE: HeaderName = HeaderName::from_static("sforce-duplicate-rule-header");
const ALLOW: HeaderValue = HeaderValue::from_static("allowSave=true; includeRecordDetails=true; runAsCurrentUser=true");

impl Salesforce {
    /// Makes a record although a duplicate rule found others, where that rule allows it: only after
    /// the user saw them and said so. Otherwise as [`Self::create`].
    pub async fn create_beside_duplicates(
        &self,
        object: &ObjectName,
        record: &Record,
    ) -> Result<SalesforceId, SalesforceError> {
        self.save_new(self.creation(object, record).header(DUPLICATE_RULE, ALLOW)).await
    }
}
