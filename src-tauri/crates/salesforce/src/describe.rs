//! What an object looks like to this user.
//!
//! A describe leaves out what the user may not see, so it doubles as a probe of rights. Source:
//! REST guide, "sObject Describe"; SOAP guide, "DescribeSObjectResult".

use chrono::{DateTime, Utc};
use liaison_transport::ApiRequest;
use reqwest::StatusCode;
use reqwest::header::{IF_MODIFIED_SINCE, LAST_MODIFIED};
use serde::{Deserialize, Deserializer};

use crate::error::{Addressed, SalesforceError};
use crate::open_enum::open_text_enum;
use crate::{FieldName, ObjectName, Salesforce, SalesforceId, moment};

/// An answer to [`Salesforce::describe`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Described<T> {
    /// Nothing changed since the moment that was asked with.
    NotModified,
    /// The description.
    Changed {
        /// What it says.
        description: T,
        /// To ask with the next time, if Salesforce told.
        last_modified_utc: Option<DateTime<Utc>>,
    },
}

impl<T> Described<T> {
    /// The description, if there is one.
    #[must_use]
    pub fn changed(self) -> Option<T> {
        match self {
            Self::NotModified => None,
            Self::Changed { description, .. } => Some(description),
        }
    }
}

/// One object as the user sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "Salesforce's flags are independent of each other")]
pub struct ObjectDescription {
    /// API name.
    pub name: String,
    /// Name in the user's language.
    #[serde(default)]
    pub label: String,
    /// First three characters of its records' ids.
    #[serde(default)]
    pub key_prefix: Option<String>,
    /// The user may create records.
    #[serde(default)]
    pub createable: bool,
    /// The user may change records.
    #[serde(default)]
    pub updateable: bool,
    /// The user may delete records.
    #[serde(default)]
    pub deletable: bool,
    /// The user may query records.
    #[serde(default)]
    pub queryable: bool,
    /// Ids are listed by [`Salesforce::updated_ids`] and [`Salesforce::deleted_ids`].
    #[serde(default)]
    pub replicateable: bool,
    /// The fields the user may see.
    pub fields: Vec<FieldDescription>,
    /// The kinds of records an administrator made, with their own layouts and lists.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub record_type_infos: Vec<RecordType>,
}

/// One kind of records of an object.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "Salesforce's flags are independent of each other")]
pub struct RecordType {
    /// Id, for `RecordTypeId`.
    pub record_type_id: SalesforceId,
    /// Name in the user's language.
    #[serde(default)]
    pub name: String,
    /// API name, where told.
    #[serde(default)]
    pub developer_name: Option<String>,
    /// It is in use.
    #[serde(default = "yes")]
    pub active: bool,
    /// The user may make records of it.
    #[serde(default)]
    pub available: bool,
    /// New records get it when none is given.
    #[serde(default)]
    pub default_record_type_mapping: bool,
    /// It stands for "no record type".
    #[serde(default)]
    pub master: bool,
}

impl ObjectDescription {
    /// A field by its API name; Salesforce ignores case here.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&FieldDescription> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// Whether a query may select `path`. Of a parent's field the look-up to the parent is what
    /// this description can tell.
    #[must_use]
    pub fn selects(&self, path: &FieldName) -> bool {
        match path.as_str().split_once('.') {
            None => self.field(path.as_str()).is_some(),
            Some((relationship, _)) => self.fields.iter().any(|field| {
                let name = field.relationship_name.as_deref();
                name.is_some_and(|name| name.eq_ignore_ascii_case(relationship))
            }),
        }
    }

    /// The fields that must be given when a record is made.
    pub fn required(&self) -> impl Iterator<Item = &FieldDescription> {
        self.fields.iter().filter(|field| field.is_required())
    }
}

open_text_enum! {
    /// What a field holds.
    FieldType {
        /// A record's own id.
        Id = "id",
        /// The id of another record.
        Reference = "reference",
        /// One line of text.
        Text = "string",
        /// Several lines of text.
        TextArea = "textarea",
        /// Text with suggestions.
        Combobox = "combobox",
        /// One of a list.
        Picklist = "picklist",
        /// Several of a list.
        MultiPicklist = "multipicklist",
        /// A telephone number, as typed.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
        /// A web address.
        Url = "url",
        /// Yes or no.
        Boolean = "boolean",
        /// Whole number.
        Integer = "int",
        /// Number.
        Double = "double",
        /// An amount of money.
        Currency = "currency",
        /// A share of a hundred.
        Percent = "percent",
        /// Day.
        Date = "date",
        /// Moment.
        DateTime = "datetime",
    }
}

/// One field as the user sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "Salesforce's flags are independent of each other")]
pub struct FieldDescription {
    /// API name.
    pub name: String,
    /// Name in the user's language.
    #[serde(default)]
    pub label: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// Longest text, in characters; 0 for what is no text.
    #[serde(default)]
    pub length: u32,
    /// The user may set it when a record is made.
    #[serde(default)]
    pub createable: bool,
    /// The user may change it.
    #[serde(default)]
    pub updateable: bool,
    /// A query may filter by it.
    #[serde(default)]
    pub filterable: bool,
    /// It may be empty.
    #[serde(default)]
    pub nillable: bool,
    /// Salesforce fills it in when it is not given.
    #[serde(default)]
    pub defaulted_on_create: bool,
    /// Records can be addressed by it.
    #[serde(default)]
    pub external_id: bool,
    /// No two records share a value.
    #[serde(default)]
    pub unique: bool,
    /// `unique` and look-ups heed upper and lower case.
    #[serde(default)]
    pub case_sensitive: bool,
    /// Made in this org or by a package.
    #[serde(default)]
    pub custom: bool,
    /// Only listed values are accepted.
    #[serde(default)]
    pub restricted_picklist: bool,
    /// The values of a list.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub picklist_values: Vec<PicklistValue>,
    /// The objects a reference may point to.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub reference_to: Vec<String>,
    /// The name to reach the other object by in a query: `Owner` for `OwnerId`.
    #[serde(default)]
    pub relationship_name: Option<String>,
}

impl FieldDescription {
    /// Whether a record cannot be made without it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.createable && !self.nillable && !self.defaulted_on_create && self.field_type != FieldType::Boolean
    }

    /// The values of a list that can be chosen today.
    pub fn active_values(&self) -> impl Iterator<Item = &PicklistValue> {
        self.picklist_values.iter().filter(|value| value.active)
    }
}

/// One value of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PicklistValue {
    /// What is stored.
    pub value: String,
    /// What people see; `null` for some standard values.
    #[serde(default)]
    pub label: Option<String>,
    /// It can be chosen.
    #[serde(default)]
    pub active: bool,
    /// It is chosen when nothing is given.
    #[serde(default)]
    pub default_value: bool,
}

/// All objects the user may see.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GlobalDescription {
    /// The objects.
    #[serde(rename = "sobjects")]
    pub objects: Vec<ObjectSummary>,
}

impl GlobalDescription {
    /// An object by its API name.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&ObjectSummary> {
        self.objects.iter().find(|object| object.name.eq_ignore_ascii_case(name))
    }
}

/// One object in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "Salesforce's flags are independent of each other")]
pub struct ObjectSummary {
    /// API name.
    pub name: String,
    /// Name in the user's language.
    #[serde(default)]
    pub label: String,
    /// First three characters of its records' ids.
    #[serde(default)]
    pub key_prefix: Option<String>,
    /// The user may create records.
    #[serde(default)]
    pub createable: bool,
    /// The user may change records.
    #[serde(default)]
    pub updateable: bool,
    /// The user may query records.
    #[serde(default)]
    pub queryable: bool,
    /// Made in this org or by a package.
    #[serde(default)]
    pub custom: bool,
}

impl Salesforce {
    /// One object as this user sees it; some 100 to 400 kB. With `unless_modified_since` an
    /// unchanged description is not sent again.
    pub async fn describe(
        &self,
        object: &ObjectName,
        unless_modified_since: Option<DateTime<Utc>>,
    ) -> Result<Described<ObjectDescription>, SalesforceError> {
        let path = self.data_path(&format!("/sobjects/{object}/describe"));
        let request = ApiRequest::get("GET /sobjects/{object}/describe", path);
        self.described(request, unless_modified_since).await
    }

    /// All objects this user may see.
    pub async fn describe_global(
        &self,
        unless_modified_since: Option<DateTime<Utc>>,
    ) -> Result<Described<GlobalDescription>, SalesforceError> {
        let request = ApiRequest::get("GET /sobjects", self.data_path("/sobjects"));
        self.described(request, unless_modified_since).await
    }

    async fn described<T: serde::de::DeserializeOwned>(
        &self,
        mut request: ApiRequest,
        since: Option<DateTime<Utc>>,
    ) -> Result<Described<T>, SalesforceError> {
        if let Some(since) = since.and_then(moment::http_date) {
            request = request.header(IF_MODIFIED_SINCE, since);
        }
        let response = self.send(request, Addressed::Resource).await?;
        if response.status == StatusCode::NOT_MODIFIED {
            return Ok(Described::NotModified);
        }
        let last_modified_utc = response
            .headers
            .get(LAST_MODIFIED)
            .and_then(moment::parse_http_date)
            // The server's clock, never this computer's.
            .or_else(|| response.server_date());
        Ok(Described::Changed { description: response.json()?, last_modified_utc })
    }
}

fn yes() -> bool {
    true
}

fn null_is_empty<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
