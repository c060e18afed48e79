//! Why a row is where it is, as it is stored with the row. A form of its own: what the window gets may change, what
//! is stored is read by every later version (`tests/golden`).

use serde::{Deserialize, Serialize};

use super::view::{Difference, Double, FieldContent, LeftOut, LeftOutWhy, NeedsYou, WaitReason};
use crate::terms::UtcMs;

/// Why a row waits, or what the user has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Reason {
    Waiting(Wait),
    Needs(Need),
    /// An attempt may have arrived. Since when, the row itself says.
    Unknown {},
    /// It is done, without these people or fields.
    Without(Vec<StoredLeftOut>),
    /// It is done, and was there before it left.
    There {},
}

/// Somebody who is not in an Event, though they should be; or a field that was not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredLeftOut {
    pub name: String,
    pub why: Why,
}

/// Why somebody is not in an Event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Why {
    /// The org's Events are about one person each.
    NotShared,
    /// An Event is about one Lead, or about Contacts.
    LeadAlone,
    TooMany,
    /// Deleted, merged or converted.
    Gone,
    Refused {
        message: String,
        code: String,
    },
    /// A field that the user may not write.
    NotWritable,
    /// A field into whose part of ours somebody has written: it is theirs from then on.
    Edited,
    #[serde(other)]
    Unreadable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Wait {
    Network,
    RateLimit,
    SignIn,
    Trouble,
    #[serde(other)]
    Turn,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Need {
    Interrupted,
    Limited {
        until_utc_ms: i64,
    },
    Offline,
    Refused {
        message: String,
        fields: Vec<String>,
        code: String,
    },
    RecordGone {
        name: String,
    },
    NoPermission {
        message: String,
    },
    Unsure,
    SeveralMatches,
    DeletedThere,
    LoggedByOthers {
        by: String,
    },
    Differs {
        fields: Vec<StoredDifference>,
    },
    Doubles {
        message: String,
        may_save: bool,
        records: Vec<StoredDouble>,
    },
    #[serde(other)]
    Unreadable,
}

/// A record that a new one would double.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredDouble {
    pub object: String,
    pub id: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub company: Option<String>,
}

/// A field that somebody else changed: what it is there, and what was to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredDifference {
    pub name: String,
    pub there: StoredContent,
    pub ours: StoredContent,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum StoredContent {
    Text { text: String },
    Time { utc_ms: i64 },
}

/// The fields of something by name, as they are compared.
pub(crate) type Contents<const FIELDS: usize> = [(&'static str, StoredContent); FIELDS];

/// The fields that both sides changed, differently, since `base`.
pub(crate) fn differences<const FIELDS: usize>(
    base: Contents<FIELDS>,
    there: Contents<FIELDS>,
    ours: Contents<FIELDS>,
) -> Vec<StoredDifference> {
    base.into_iter()
        .zip(there)
        .zip(ours)
        .filter(|((base, there), ours)| base.1 != ours.1 && there.1 != base.1 && there.1 != ours.1)
        .map(|((_, there), ours)| StoredDifference { name: ours.0.to_owned(), there: there.1, ours: ours.1 })
        .collect()
}

/// The fields that we changed since `base` and that are not so there yet.
pub(crate) fn to_write<const FIELDS: usize>(
    base: Contents<FIELDS>,
    there: Contents<FIELDS>,
    ours: Contents<FIELDS>,
) -> Vec<&'static str> {
    let sides = base.into_iter().zip(there).zip(ours);
    sides.filter(|((base, there), ours)| ours.1 != base.1 && ours.1 != there.1).map(|(_, ours)| ours.0).collect()
}

impl Reason {
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// `None` without a reason, and for one that a newer version wrote.
    pub fn read(json: Option<&str>) -> Option<Self> {
        json.and_then(|json| serde_json::from_str(json).ok())
    }

    /// Whether a row that is done found what it wanted there before it left.
    pub fn was_there(json: Option<&str>) -> bool {
        matches!(Self::read(json), Some(Self::There {}))
    }

    /// Whom a row that is done was done without.
    pub fn without(json: Option<&str>) -> Vec<StoredLeftOut> {
        match Self::read(json) {
            Some(Self::Without(people)) => people,
            _ => Vec::new(),
        }
    }
}

impl From<Wait> for WaitReason {
    fn from(wait: Wait) -> Self {
        match wait {
            Wait::Network => Self::Network,
            Wait::RateLimit => Self::RateLimit,
            Wait::SignIn => Self::SignIn,
            Wait::Trouble => Self::Trouble,
            Wait::Turn => Self::Turn,
        }
    }
}

impl From<Need> for NeedsYou {
    fn from(need: Need) -> Self {
        match need {
            Need::Interrupted => Self::Interrupted,
            Need::Limited { until_utc_ms } => Self::Limited { until: UtcMs(until_utc_ms) },
            Need::Offline => Self::Offline,
            Need::Refused { message, fields, code } => Self::Refused { message, fields, code },
            Need::RecordGone { name } => Self::RecordGone { name },
            Need::NoPermission { message } => Self::NoPermission { message },
            Need::Unsure => Self::Unsure,
            Need::SeveralMatches => Self::SeveralMatches,
            Need::DeletedThere => Self::DeletedThere,
            Need::LoggedByOthers { by } => Self::LoggedByOthers { by },
            Need::Differs { fields } => Self::Differs { fields: fields.into_iter().map(Difference::from).collect() },
            Need::Doubles { message, may_save, records } => {
                Self::Doubles { message, may_save, records: records.into_iter().map(Double::from).collect() }
            }
            Need::Unreadable => Self::Unreadable,
        }
    }
}

impl From<StoredLeftOut> for LeftOut {
    fn from(stored: StoredLeftOut) -> Self {
        let why = match stored.why {
            Why::NotShared => LeftOutWhy::NotShared,
            Why::LeadAlone => LeftOutWhy::LeadAlone,
            Why::TooMany => LeftOutWhy::TooMany,
            Why::Gone => LeftOutWhy::Gone,
            Why::Refused { message, code } => LeftOutWhy::Refused { message, code },
            Why::NotWritable => LeftOutWhy::NotWritable,
            Why::Edited => LeftOutWhy::Edited,
            Why::Unreadable => LeftOutWhy::Refused { message: String::new(), code: "UNREADABLE".to_owned() },
        };
        Self { name: stored.name, why }
    }
}

impl From<StoredDouble> for Double {
    fn from(stored: StoredDouble) -> Self {
        Self { object: stored.object, id: stored.id, name: stored.name, company: stored.company }
    }
}

impl From<StoredDifference> for Difference {
    fn from(stored: StoredDifference) -> Self {
        Self { name: stored.name, there: stored.there.into(), ours: stored.ours.into() }
    }
}

impl From<StoredContent> for FieldContent {
    fn from(stored: StoredContent) -> Self {
        match stored {
            StoredContent::Text { text } => Self::Text { text },
            StoredContent::Time { utc_ms } => Self::Time { at: UtcMs(utc_ms) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by released versions; every later one must read them.
    #[test]
    fn reasons_of_earlier_versions_are_read() {
        let golden: Vec<(serde_json::Value, Reason)> = vec![
            (serde_json::json!({"waiting": "network"}), Reason::Waiting(Wait::Network)),
            (serde_json::json!({"waiting": "checking"}), Reason::Waiting(Wait::Turn)),
            (serde_json::json!({"unknown": {"since_utc_ms": 7}}), Reason::Unknown {}),
            (serde_json::json!({"needs": {"kind": "interrupted"}}), Reason::Needs(Need::Interrupted)),
            (serde_json::json!({"needs": {"kind": "unsure"}}), Reason::Needs(Need::Unsure)),
            (
                serde_json::json!({"needs": {"kind": "loggedByOthers", "by": "Dialer"}}),
                Reason::Needs(Need::LoggedByOthers { by: "Dialer".to_owned() }),
            ),
            (
                serde_json::json!({"without": [{"name": "CallType", "why": {"kind": "notWritable"}}]}),
                Reason::Without(vec![StoredLeftOut { name: "CallType".to_owned(), why: Why::NotWritable }]),
            ),
            (serde_json::json!({"needs": {"kind": "ofTheFuture"}}), Reason::Needs(Need::Unreadable)),
            (
                serde_json::json!({"needs": {"kind": "refused", "message": "No.", "fields": ["Subject"], "code": "X"}}),
                Reason::Needs(Need::Refused {
                    message: "No.".to_owned(),
                    fields: vec!["Subject".to_owned()],
                    code: "X".to_owned(),
                }),
            ),
            (
                serde_json::json!({"without": [
                    {"name": "A", "why": {"kind": "leadAlone"}}, {"name": "B", "why": {"kind": "ofTheFuture"}}
                ]}),
                Reason::Without(vec![
                    StoredLeftOut { name: "A".to_owned(), why: Why::LeadAlone },
                    StoredLeftOut { name: "B".to_owned(), why: Why::Unreadable },
                ]),
            ),
            (
                serde_json::json!({"needs": {"kind": "doubles", "message": "Use these?", "maySave": true, "records": [
                    {"object": "Lead", "id": "00Q000000000001AAA"}
                ]}}),
                Reason::Needs(Need::Doubles {
                    message: "Use these?".to_owned(),
                    may_save: true,
                    records: vec![StoredDouble {
                        object: "Lead".to_owned(),
                        id: "00Q000000000001AAA".to_owned(),
                        name: String::new(),
                        company: None,
                    }],
                }),
            ),
            (serde_json::json!({"there": {}}), Reason::There {}),
            (
                serde_json::json!({"needs": {"kind": "differs", "fields": [{
                    "name": "Subject", "there": {"kind": "text", "text": "A"}, "ours": {"kind": "time", "utcMs": 5}
                }]}}),
                Reason::Needs(Need::Differs {
                    fields: vec![StoredDifference {
                        name: "Subject".to_owned(),
                        there: StoredContent::Text { text: "A".to_owned() },
                        ours: StoredContent::Time { utc_ms: 5 },
                    }],
                }),
            ),
        ];
        for (json, reason) in golden {
            assert_eq!(Reason::read(Some(&json.to_string())), Some(reason), "{json}");
        }
        assert_eq!(Reason::read(Some("{\"later\":1}")), None);
    }
}
