//! What Zoom and Salesforce had agreed on of a meeting and its Event, what the user decided where they don't, and what
//! is open, in a stored form of its own.

use std::collections::BTreeMap;

use liaison_store::tables::event_differences;
use liaison_store::{Connection, StoreResult, Transaction};
use serde::{Deserialize, Serialize};

use super::fields::{EventFields, unified};

/// What of an Event is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Part {
    /// Whether it is there.
    Event,
    Subject,
    Time,
    Place,
    Notes,
}

/// What one side says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Says {
    Text {
        text: String,
    },
    Span {
        start_utc_ms: i64,
        end_utc_ms: i64,
    },
    There {},
    Gone {},
    /// Somebody else hosts the meeting, with the address where Zoom tells it.
    Elsewhere {
        host: Option<String>,
    },
}

impl Says {
    /// Its words, where it says some.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text { text } => Some(text),
            _ => None,
        }
    }

    /// Whether a decision about the one holds for the other: that it is somebody else's, whoever that is.
    pub fn is_alike(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Elsewhere { .. }, Self::Elsewhere { .. })) || self == other
    }
}

/// A difference that is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Open {
    pub part: Part,
    pub zoom: Says,
    pub there: Says,
    pub since_utc_ms: i64,
    /// Whether the user is asked, or only told that Salesforce's stays.
    pub asks: bool,
    /// The row of the outbox that takes Zoom's, once the user wants that.
    #[serde(default)]
    pub row: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Stored {
    #[serde(rename = "1")]
    V1(Agreed),
}

/// What is kept of one meeting's Event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Agreed {
    /// What Zoom said when both last agreed.
    pub base: BTreeMap<Part, Says>,
    /// What Zoom said when the user decided to keep Salesforce's.
    pub kept: BTreeMap<Part, Says>,
    /// What Salesforce said last.
    pub there: BTreeMap<Part, Says>,
    /// What was put in line unasked; it is not put in line again.
    pub tried: BTreeMap<Part, Says>,
    pub open: Vec<Open>,
}

impl Agreed {
    /// Nothing for a meeting without any, and for what a newer version wrote: then the user is asked.
    pub fn get(db: &Connection, target: &str, meeting_key: &str) -> StoreResult<Self> {
        let json = event_differences::get(db, target, meeting_key)?;
        Ok(json.as_deref().map(Self::read).unwrap_or_default())
    }

    pub fn read(json: &str) -> Self {
        match serde_json::from_str(json) {
            Ok(Stored::V1(agreed)) => agreed,
            Err(error) => {
                tracing::error!(%error, "what was agreed of an Event can't be read");
                Self::default()
            }
        }
    }

    pub fn put(&self, tx: &Transaction<'_>, target: &str, meeting_key: &str) -> StoreResult<()> {
        let json = serde_json::to_string(&Stored::V1(self.clone())).unwrap_or_default();
        event_differences::put(tx, target, meeting_key, &json, u32::try_from(self.open.len()).unwrap_or(u32::MAX))
    }
}

/// An Event is made of what Zoom says now: that is what both sides agree on.
pub(crate) fn begins(tx: &Transaction<'_>, target: &str, meeting_key: &str, fields: &EventFields) -> StoreResult<()> {
    Agreed { base: parts(fields).into(), ..Agreed::default() }.put(tx, target, meeting_key)
}

/// What is compared of an Event that is there.
pub(crate) fn parts(fields: &EventFields) -> [(Part, Says); 4] {
    let text = |text: &str| Says::Text { text: unified(text) };
    [
        (Part::Subject, text(&fields.subject)),
        (Part::Time, Says::Span { start_utc_ms: fields.start_utc_ms, end_utc_ms: fields.end_utc_ms }),
        (Part::Place, text(&fields.location)),
        (Part::Notes, text(&fields.description)),
    ]
}

/// Puts what one side says into an Event.
pub(crate) fn put_part(fields: &mut EventFields, part: Part, says: &Says) {
    match (part, says) {
        (Part::Subject, Says::Text { text }) => fields.subject.clone_from(text),
        (Part::Place, Says::Text { text }) => fields.location.clone_from(text),
        (Part::Notes, Says::Text { text }) => fields.description.clone_from(text),
        (Part::Time, Says::Span { start_utc_ms, end_utc_ms }) => {
            (fields.start_utc_ms, fields.end_utc_ms) = (*start_utc_ms, *end_utc_ms);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use liaison_store::tables::mirror;
    use liaison_store::{MemoryVault, OpenOptions, ProfilePaths};

    use super::*;
    use crate::terms::Provider;

    /// As released versions wrote it.
    #[test]
    fn what_earlier_versions_kept_is_read() {
        let one = r#"{"version":"1","base":{"subject":{"kind":"text","text":"Demo"},
            "time":{"kind":"span","startUtcMs":1,"endUtcMs":2}},"kept":{"event":{"kind":"there"}},
            "tried":{"event":{"kind":"gone"}},
            "open":[{"part":"notes","zoom":{"kind":"text","text":"a"},"there":{"kind":"text","text":"b"},
            "sinceUtcMs":3,"asks":true}]}"#;
        let agreed = Agreed::read(one);
        assert_eq!(agreed.base[&Part::Time], Says::Span { start_utc_ms: 1, end_utc_ms: 2 });
        assert_eq!((agreed.kept.len(), agreed.tried[&Part::Event].clone()), (1, Says::Gone {}));
        assert_eq!((agreed.open[0].part, &agreed.open[0].row), (Part::Notes, &None));
        let again = serde_json::to_string(&Stored::V1(agreed.clone())).unwrap();
        assert_eq!(Agreed::read(&again), agreed);
        assert_eq!(Agreed::read(r#"{"version":"9"}"#), Agreed::default());
    }

    #[test]
    fn whose_meeting_it_is_may_be_known_or_not() {
        let one = r#"{"version":"1","kept":{"event":{"kind":"elsewhere","host":"mila@northwind.example"}},
            "tried":{"event":{"kind":"elsewhere"}}}"#;
        let agreed = Agreed::read(one);
        let (kept, tried) = (&agreed.kept[&Part::Event], &agreed.tried[&Part::Event]);
        assert_eq!(tried, &Says::Elsewhere { host: None });
        assert!(kept != tried && kept.is_alike(tried) && !kept.is_alike(&Says::Gone {}));
        let again = serde_json::to_string(&Stored::V1(agreed.clone())).unwrap();
        assert_eq!(Agreed::read(&again), agreed);
    }

    /// The store takes it out by the names that it has here.
    #[test]
    fn what_salesforce_said_goes_with_its_copy_and_what_was_decided_stays() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ProfilePaths::new(folder.path().join("profile"));
        let store = liaison_store::open(&paths, &MemoryVault::new(), &OpenOptions { now_utc_ms: 0 }).unwrap();
        let says = |text: &str| Says::Text { text: text.to_owned() };
        let decided = Agreed {
            base: [(Part::Subject, says("Demo"))].into(),
            kept: [(Part::Place, says("Room 1"))].into(),
            tried: [(Part::Event, Says::Gone {})].into(),
            ..Agreed::default()
        };
        let (zoom, there) = (says("Demo"), says("Theirs"));
        let open = Open { part: Part::Subject, zoom, there: there.clone(), since_utc_ms: 3, asks: true, row: None };
        let whole = Agreed { there: [(Part::Subject, there)].into(), open: vec![open], ..decided.clone() };
        let left = store
            .write_now(|tx| {
                whole.put(tx, "target", "meeting")?;
                mirror::erase(tx, Provider::Salesforce)?;
                assert!(event_differences::listed(tx, "target")?.is_empty());
                Agreed::get(tx, "target", "meeting")
            })
            .unwrap();
        assert_eq!(left, decided);
    }
}
