//! Salesforce's error answer in its forms: an array for single requests, the same with other names
//! inside collections, OAuth's object, and the HTML of a gateway.

use std::collections::HashSet;

use liaison_transport::ApiResponse;
use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::ServerText;
use super::disposition::{self, Addressed, Disposition};
use crate::SalesforceId;

/// Longest part of a server's text that is kept: validation rules may hold 255 characters, Apex
/// traces much more.
const MESSAGE_CHARACTERS: usize = 4_000;

/// Longest name of a record that is kept.
const NAME_CHARACTERS: usize = 255;

/// How many errors of one answer are kept.
const MOST_ITEMS: usize = 50;

/// What userinfo says, as bare text, to a token it does not accept.
pub(super) const BAD_TOKEN: &str = "Bad_OAuth_Token";

/// One error of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorItem {
    /// Salesforce's code, for example `FIELD_CUSTOM_VALIDATION_EXCEPTION`. Codes unknown to this
    /// version occur.
    pub code: String,
    /// Salesforce's or the administrator's text, to be shown as it is.
    pub message: ServerText,
    /// The fields it is about; may be empty.
    pub fields: Vec<String>,
    /// What a duplicate rule found.
    pub duplicates: Duplicates,
}

/// What a duplicate rule found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duplicates {
    /// The rule lets the user save all the same.
    pub may_save: bool,
    /// The records, as far as the user may see them.
    pub matches: Vec<DuplicateMatch>,
}

/// A record that a duplicate rule found.
///
/// `Debug` leaves names out: they are other people's data.
#[derive(Clone, PartialEq, Eq)]
pub struct DuplicateMatch {
    /// Its id.
    pub id: SalesforceId,
    /// Its object: `Lead`, `Contact` and others; empty where the answer does not tell.
    pub object: String,
    /// Its name, where the request asked for it.
    pub name: Option<String>,
    /// A Lead's company, where the request asked for it.
    pub company: Option<String>,
}

impl std::fmt::Debug for DuplicateMatch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("DuplicateMatch").field("id", &self.id).finish_non_exhaustive()
    }
}

impl ErrorItem {
    /// A code and nothing else.
    pub(crate) fn bare(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            message: ServerText::default(),
            fields: Vec::new(),
            duplicates: Duplicates::default(),
        }
    }
}

/// Salesforce's error answer.
///
/// `Display` leaves the texts out: they quote values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Salesforce refused {operation}: {} (HTTP {})", self.code(), .status.as_u16())]
pub struct Refusal {
    /// The operation, as in Salesforce's reference: never a real path.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The errors; empty when the answer was not Salesforce's (HTML of a gateway).
    pub items: Vec<ErrorItem>,
    /// The records that share an external id (HTTP 300).
    pub several: Vec<SalesforceId>,
    pub(crate) addressed: Addressed,
}

impl Refusal {
    /// Reads an error answer.
    pub(crate) fn read(response: &ApiResponse, addressed: Addressed) -> Self {
        Self::of(response.operation, response.status, &response.body, addressed)
    }

    /// The same from the parts of an answer, which may lie inside another one.
    pub(crate) fn of(operation: &'static str, status: StatusCode, bytes: &[u8], addressed: Addressed) -> Self {
        let body: Option<Value> = serde_json::from_slice(bytes).ok();
        let several = if status == StatusCode::MULTIPLE_CHOICES {
            body.as_ref().map(several_matches).unwrap_or_default()
        } else {
            Vec::new()
        };
        let items = match &body {
            Some(body) if several.is_empty() => error_items(body),
            None if bytes.trim_ascii() == BAD_TOKEN.as_bytes() => vec![ErrorItem::bare(BAD_TOKEN)],
            _ => Vec::new(),
        };
        Self { operation, status, items, several, addressed }
    }

    /// What a step met that was carried out and taken back because another one failed.
    pub(crate) fn undone(operation: &'static str) -> Self {
        Self {
            operation,
            status: StatusCode::BAD_REQUEST,
            items: vec![ErrorItem::bare("PROCESSING_HALTED")],
            several: Vec::new(),
            addressed: Addressed::Resource,
        }
    }

    /// What the caller does next.
    #[must_use]
    pub fn disposition(&self) -> Disposition {
        disposition::of_refusal(self)
    }

    /// The code of the first error; empty when there is none.
    #[must_use]
    pub fn code(&self) -> &str {
        self.items.first().map_or("", |item| item.code.as_str())
    }

    /// Whether one of the errors has this code.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.items.iter().any(|item| item.code == code)
    }
}

/// The errors in a body of any form; nothing that is not understood is an error by itself.
pub(crate) fn error_items(body: &Value) -> Vec<ErrorItem> {
    match body {
        Value::Array(elements) => elements.iter().take(MOST_ITEMS).filter_map(error_item).collect(),
        Value::Object(_) => error_item(body).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn error_item(element: &Value) -> Option<ErrorItem> {
    let text = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| element.get(name).and_then(Value::as_str))
            .map(|text| text.chars().take(MESSAGE_CHARACTERS).collect::<String>())
    };
    // Single requests say `errorCode`, rows of a collection `statusCode`, OAuth `error`.
    let code = text(&["errorCode", "statusCode", "error"])?;
    let fields = element.get("fields").and_then(Value::as_array);
    Some(ErrorItem {
        code,
        message: ServerText::new(text(&["message", "error_description"]).unwrap_or_default()),
        fields: fields.into_iter().flatten().filter_map(Value::as_str).take(MOST_ITEMS).map(str::to_owned).collect(),
        duplicates: duplicates(element),
    })
}

/// What a duplicate rule found. Salesforce spells the key `duplicateResut` in some versions.
fn duplicates(element: &Value) -> Duplicates {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Results {
        #[serde(default)]
        allow_save: bool,
        #[serde(default)]
        match_results: Vec<Matches>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Matches {
        #[serde(default)]
        match_records: Vec<Match>,
    }
    #[derive(Deserialize)]
    struct Match {
        record: Option<Record>,
    }
    #[derive(Deserialize)]
    struct Record {
        #[serde(rename = "Id")]
        id: Option<SalesforceId>,
        attributes: Option<Attributes>,
        #[serde(rename = "Name")]
        name: Option<String>,
        #[serde(rename = "Company")]
        company: Option<String>,
    }
    #[derive(Deserialize)]
    struct Attributes {
        #[serde(rename = "type")]
        object: Option<String>,
    }

    let results = element
        .get("duplicateResult")
        .or_else(|| element.get("duplicateResut"))
        .and_then(|results| Results::deserialize(results).ok());
    let Some(results) = results else { return Duplicates::default() };
    let short = |text: Option<String>| text.map(|text| text.chars().take(NAME_CHARACTERS).collect());
    // Several rules may find the same record.
    let mut seen = HashSet::new();
    let matches = results
        .match_results
        .into_iter()
        .flat_map(|matches| matches.match_records)
        .filter_map(|found| found.record)
        .filter_map(|record| {
            Some(DuplicateMatch {
                id: record.id?,
                object: record.attributes.and_then(|own| own.object).unwrap_or_default(),
                name: short(record.name),
                company: short(record.company),
            })
        })
        .filter(|found| seen.insert(found.id))
        .take(MOST_ITEMS)
        .collect();
    Duplicates { may_save: results.allow_save, matches }
}

/// The ids at the end of the record addresses in a 300 answer.
fn several_matches(body: &Value) -> Vec<SalesforceId> {
    let addresses = body.as_array().into_iter().flatten().filter_map(Value::as_str);
    addresses.filter_map(|address| address.rsplit('/').next().and_then(|id| id.parse().ok())).take(MOST_ITEMS).collect()
}
