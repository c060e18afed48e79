//! Duplicate rules: what an administrator set up against the same Lead, Contact or Account twice.
//!
//! Without a word from the user a rule is obeyed: the request is refused with
//! [`Resolution::DuplicatesDetected`](crate::Resolution) and the records that match. Source: REST
//! guide, "Duplicate Rule Header".

use reqwest::header::{HeaderName, HeaderValue};

use crate::capabilities::KEY_FIELD;
use crate::error::SalesforceError;
use crate::{ExternalKey, FieldName, ObjectName, Record, Salesforce, SalesforceId};

const DUPLICATE_RULE: HeaderName = HeaderName::from_static("sforce-duplicate-rule-header");

/// Whether a record may be saved beside others that a duplicate rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// It is refused, and the refusal names them.
    Nobody,
    /// It is saved where the rule allows it: only after the user saw them and said so.
    Duplicates,
}

impl Beside {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Nobody => "allowSave=false; includeRecordDetails=true; runAsCurrentUser=true",
            Self::Duplicates => "allowSave=true; includeRecordDetails=true; runAsCurrentUser=true",
        })
    }
}

impl Salesforce {
    /// Makes a record under the org's duplicate rules; a refusal names those that it would double. With our key once,
    /// however often it is asked for (see [`Self::upsert`]); without one as [`Self::create`].
    pub async fn create_beside(
        &self,
        object: &ObjectName,
        key: Option<&ExternalKey>,
        record: &Record,
        beside: Beside,
    ) -> Result<SalesforceId, SalesforceError> {
        let header = beside.header();
        match key {
            Some(key) => {
                let request = self.by_key(object, &FieldName::known(KEY_FIELD), key, record);
                Ok(self.save_by_key(request.header(DUPLICATE_RULE, header)).await?.id)
            }
            None => self.save_new(self.creation(object, record).header(DUPLICATE_RULE, header)).await,
        }
    }
}
