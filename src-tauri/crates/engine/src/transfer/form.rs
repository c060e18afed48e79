//! The file inside its seal: JSON in a form of its own.
//!
//! A part or an entry that can't be read takes no other with it. A later form is not read at all: it may mean
//! something else by the same words.

use std::collections::BTreeMap;

use liaison_store::tables::accounts::AccountRecord;
use liaison_store::tables::only_here::OnlyHere;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::TransferProblem;
use crate::terms::Provider;

/// The form that this program writes.
const FORM: u32 = 1;
const NAME: &str = "liaison-transfer";

/// Everything that only one computer knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Known {
    name: String,
    form: u32,
    /// The program that wrote it, for people who look into it.
    #[serde(default)]
    program: String,
    #[serde(default)]
    pub made_utc_ms: i64,
    /// Whose calls, meetings and records the rest is about.
    #[serde(default, deserialize_with = "crate::lenient::readable")]
    pub accounts: Vec<Whose>,
    /// Rows by the part that they are of.
    #[serde(default)]
    parts: BTreeMap<String, Value>,
    /// Values of the settings by their keys.
    #[serde(default)]
    pub settings: BTreeMap<String, Value>,
}

/// A user of a service, by what the service knows them by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Whose {
    service: String,
    user: String,
    organisation: Option<String>,
}

impl Whose {
    /// Of the same service, and not the same.
    pub fn differs_from(&self, other: &Self) -> bool {
        self.service == other.service && self != other
    }
}

impl From<&AccountRecord> for Whose {
    fn from(account: &AccountRecord) -> Self {
        let service = match account.provider {
            Provider::Zoom => "zoom",
            Provider::Salesforce => "salesforce",
        };
        Self { service: service.to_owned(), user: account.user_id.clone(), organisation: account.org_id.clone() }
    }
}

impl Known {
    pub fn new(made_utc_ms: i64, program: &str) -> Self {
        Self {
            name: NAME.to_owned(),
            form: FORM,
            program: program.to_owned(),
            made_utc_ms,
            accounts: Vec::new(),
            parts: BTreeMap::new(),
            settings: BTreeMap::new(),
        }
    }

    pub fn put(&mut self, kind: OnlyHere, rows: Vec<Map<String, Value>>) {
        self.parts.insert(part(kind).to_owned(), rows.into_iter().map(Value::Object).collect());
    }

    /// The rows of a kind that are rows.
    pub fn rows(&self, kind: OnlyHere) -> impl Iterator<Item = &Map<String, Value>> {
        let listed = self.parts.get(part(kind)).and_then(Value::as_array);
        listed.into_iter().flatten().filter_map(Value::as_object)
    }

    pub fn entries(&self) -> u32 {
        let rows: usize = OnlyHere::ALL.iter().map(|kind| self.rows(*kind).count()).sum();
        u32::try_from(rows + self.settings.len()).unwrap_or(u32::MAX)
    }

    pub fn to_json(&self) -> String {
        // Maps of texts and plain values: they can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn from_json(clear: &[u8]) -> Result<Self, TransferProblem> {
        /// What every form begins with.
        #[derive(Deserialize)]
        struct Head {
            name: String,
            form: u32,
        }
        let head: Head = serde_json::from_slice(clear).map_err(|_| TransferProblem::NotOurs)?;
        if head.name != NAME {
            return Err(TransferProblem::NotOurs);
        }
        if head.form > FORM {
            return Err(TransferProblem::Later);
        }
        // The parser's own message quotes what it read, so it is not passed on.
        serde_json::from_slice(clear).map_err(|_| TransferProblem::Damaged)
    }
}

fn part(kind: OnlyHere) -> &'static str {
    match kind {
        OnlyHere::CallNotes => "callNotes",
        OnlyHere::CallLinks => "callLinks",
        OnlyHere::NumberChoices => "numberChoices",
        OnlyHere::MeetingLinks => "meetingLinks",
        OnlyHere::GuestAnswers => "guestAnswers",
        OnlyHere::MeetingTopics => "meetingTopics",
        OnlyHere::MeetingTemplates => "meetingTemplates",
        OnlyHere::WebinarTemplates => "webinarTemplates",
        OnlyHere::PinnedWebinar => "pinnedWebinar",
        OnlyHere::RegistrationReasons => "registrationReasons",
    }
}

#[cfg(test)]
mod tests {
    use liaison_store::tables::only_here;
    use liaison_store::{MemoryVault, OpenOptions, ProfilePaths};

    use super::*;

    /// As this version writes it: a row of each part, by the columns of today. A change here is a change of what is
    /// stored, and old files are still to be read.
    const THIS_FORM: &str = include_str!("../../testdata/transfer-v1.json");

    #[test]
    fn this_form_is_read_and_written_as_it_was() {
        let known = Known::from_json(THIS_FORM.as_bytes()).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&known.to_json()).unwrap(),
            serde_json::from_str::<Value>(THIS_FORM).unwrap()
        );
        assert!(OnlyHere::ALL.iter().all(|kind| known.rows(*kind).count() == 1));
    }

    #[tokio::test]
    async fn every_row_of_this_form_comes_in_and_goes_out_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ProfilePaths::new(folder.path().join("profile"));
        let store = liaison_store::open(&paths, &MemoryVault::new(), &OpenOptions { now_utc_ms: 0 }).unwrap();
        let known = Known::from_json(THIS_FORM.as_bytes()).unwrap();
        let again = store
            .write(move |tx| {
                let mut again = Known { parts: BTreeMap::new(), ..known.clone() };
                for kind in OnlyHere::ALL {
                    for row in known.rows(kind) {
                        assert_eq!(only_here::take(tx, kind, row)?, only_here::Standing::Fresh, "{kind:?}");
                    }
                    again.put(kind, only_here::rows(tx, kind)?);
                }
                Ok((known, again))
            })
            .await
            .unwrap();
        assert_eq!(again.0, again.1);
    }

    #[test]
    fn what_is_later_odd_or_no_file_of_ours_is_told_apart() {
        let with = |name: &str, value: Value| {
            let mut all: Value = serde_json::from_str(THIS_FORM).unwrap();
            all[name] = value;
            Known::from_json(all.to_string().as_bytes())
        };
        assert_eq!(with("form", 2.into()).unwrap_err(), TransferProblem::Later);
        assert_eq!(with("name", "other".into()).unwrap_err(), TransferProblem::NotOurs);
        assert_eq!(with("parts", "none".into()).unwrap_err(), TransferProblem::Damaged);
        assert_eq!(Known::from_json(b"hello").unwrap_err(), TransferProblem::NotOurs);
        let odd = with("parts", serde_json::json!({ "callNotes": 7, "callLinks": [1, {}], "songs": [] })).unwrap();
        assert_eq!((odd.rows(OnlyHere::CallNotes).count(), odd.rows(OnlyHere::CallLinks).count()), (0, 1));
    }

    #[test]
    fn accounts_of_the_same_service_are_compared() {
        let whose = |service: &str, user: &str| Whose {
            service: service.to_owned(),
            user: user.to_owned(),
            organisation: Some("org".to_owned()),
        };
        assert!(!whose("zoom", "a").differs_from(&whose("zoom", "a")));
        assert!(whose("zoom", "a").differs_from(&whose("zoom", "b")));
        assert!(!whose("zoom", "a").differs_from(&whose("salesforce", "b")));
    }
}
