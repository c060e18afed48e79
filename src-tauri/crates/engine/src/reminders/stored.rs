//! What is kept of reminders: what was said, what was chosen for single meetings, until when they pause.
//!
//! One value of the table `settings`, in a form of its own. An entry that can't be read is left out and takes no other
//! with it; a newer version's words are none of ours.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use liaison_domain::reminders::{Bell, Identity, Kind};
use liaison_store::tables::settings;
use liaison_store::{Connection, StoreResult, Transaction};
use serde::{Deserialize, Serialize};

use crate::session::stored::lenient;

const KEY: &str = "reminders";
const VERSION: u32 = 1;
/// So many are remembered as said, and so many meetings have choices: months of them. The oldest go, by the order in
/// which they came and not by their dates, for clocks jump.
const MOST: usize = 500;

/// What is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Kept {
    version: u32,
    #[serde(deserialize_with = "crate::lenient::readable")]
    said: Vec<Said>,
    #[serde(deserialize_with = "crate::lenient::readable")]
    choices: Vec<Choice>,
    #[serde(deserialize_with = "crate::lenient::readable")]
    bells: Vec<MeetingBell>,
    #[serde(deserialize_with = "lenient")]
    paused_until_ms: Option<i64>,
    #[serde(deserialize_with = "crate::lenient::readable", skip_serializing_if = "Vec::is_empty")]
    recordings: Vec<WarnedRecordings>,
}

/// It was said that the recordings of a meeting are deleted on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WarnedRecordings {
    meeting: String,
    /// ISO.
    deleted_on: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    meeting: String,
    start_ms: i64,
    #[serde(flatten)]
    kind: StoredKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum StoredKind {
    Before { minutes: u32 },
    Start,
    NotJoined { minutes: u32 },
    Snoozed { until_ms: i64 },
}

/// What was chosen for one occurrence at one start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Choice {
    meeting: String,
    start_ms: i64,
    pub dismissed: bool,
    pub joined: bool,
    pub snoozed_until_ms: Option<i64>,
}

impl Choice {
    pub fn snoozed_until(&self) -> Option<DateTime<Utc>> {
        self.snoozed_until_ms.and_then(DateTime::from_timestamp_millis)
    }
}

/// The bell of one occurrence, wherever it is moved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MeetingBell {
    meeting: String,
    #[serde(flatten)]
    bell: StoredBell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "bell", rename_all = "camelCase")]
pub(crate) enum StoredBell {
    Silent,
    Before { minutes: u32 },
}

impl Kept {
    /// What was said, for the plan.
    pub fn said(&self) -> BTreeSet<Identity> {
        let identity = |said: &Said| {
            let start = DateTime::from_timestamp_millis(said.start_ms)?;
            let kind = match said.kind {
                StoredKind::Before { minutes } => Kind::Before(minutes),
                StoredKind::Start => Kind::Start,
                StoredKind::NotJoined { minutes } => Kind::NotJoined(minutes),
                StoredKind::Snoozed { until_ms } => Kind::Snoozed(DateTime::from_timestamp_millis(until_ms)?),
            };
            Some(Identity { meeting: said.meeting.clone(), start, kind })
        };
        self.said.iter().filter_map(identity).collect()
    }

    pub fn settle(&mut self, identities: &[Identity]) {
        for identity in identities {
            let kind = match identity.kind {
                Kind::Before(minutes) => StoredKind::Before { minutes },
                Kind::Start => StoredKind::Start,
                Kind::NotJoined(minutes) => StoredKind::NotJoined { minutes },
                Kind::Snoozed(until) => StoredKind::Snoozed { until_ms: until.timestamp_millis() },
            };
            let start_ms = identity.start.timestamp_millis();
            self.said.push(Said { meeting: identity.meeting.clone(), start_ms, kind });
        }
        keep_newest(&mut self.said);
    }

    pub fn choice(&self, meeting: &str, start_ms: i64) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.meeting == meeting && choice.start_ms == start_ms)
    }

    pub fn choose(&mut self, meeting: &str, start_ms: i64, change: impl FnOnce(&mut Choice)) {
        let place = self.choices.iter().position(|one| one.meeting == meeting && one.start_ms == start_ms);
        let mut choice = match place {
            Some(place) => self.choices.remove(place),
            None => Choice { meeting: meeting.to_owned(), start_ms, ..Choice::default() },
        };
        change(&mut choice);
        self.choices.push(choice);
        keep_newest(&mut self.choices);
    }

    pub fn bell(&self, meeting: &str) -> Option<StoredBell> {
        self.bells.iter().find(|one| one.meeting == meeting).map(|one| one.bell)
    }

    pub fn ring(&mut self, meeting: &str, bell: Option<StoredBell>) {
        self.bells.retain(|one| one.meeting != meeting);
        self.bells.extend(bell.map(|bell| MeetingBell { meeting: meeting.to_owned(), bell }));
        keep_newest(&mut self.bells);
    }

    pub fn is_warned(&self, meeting: &str, deleted_on: &str) -> bool {
        self.recordings.iter().any(|one| one.meeting == meeting && one.deleted_on == deleted_on)
    }

    pub fn warn(&mut self, meeting: &str, deleted_on: &str) {
        self.recordings.push(WarnedRecordings { meeting: meeting.to_owned(), deleted_on: deleted_on.to_owned() });
        keep_newest(&mut self.recordings);
    }

    pub fn paused_until(&self) -> Option<DateTime<Utc>> {
        self.paused_until_ms.and_then(DateTime::from_timestamp_millis)
    }

    pub fn pause(&mut self, until: Option<DateTime<Utc>>) {
        self.paused_until_ms = until.map(|until| until.timestamp_millis());
    }

    fn from_json(json: &str) -> Self {
        serde_json::from_str(json)
            .map_err(|error| tracing::error!(%error, "what was said of meetings can't be read"))
            .unwrap_or_default()
    }

    fn to_json(&self) -> String {
        // Plain fields: they can always be written.
        serde_json::to_string(&Self { version: VERSION, ..self.clone() }).unwrap_or_default()
    }
}

fn keep_newest<T>(all: &mut Vec<T>) {
    let surplus = all.len().saturating_sub(MOST);
    all.drain(..surplus);
}

impl From<StoredBell> for Bell {
    fn from(bell: StoredBell) -> Self {
        match bell {
            StoredBell::Silent => Self::Silent,
            StoredBell::Before { minutes } => Self::Before(minutes),
        }
    }
}

/// What is kept, or nothing yet.
pub(crate) fn read(db: &Connection) -> StoreResult<Kept> {
    Ok(settings::get(db, KEY)?.map(|json| Kept::from_json(&json)).unwrap_or_default())
}

/// Changes what is kept.
pub(crate) fn change(tx: &Transaction<'_>, change: impl FnOnce(&mut Kept)) -> StoreResult<()> {
    let mut kept = read(tx)?;
    change(&mut kept);
    settings::set(tx, KEY, &kept.to_json())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_was_said_of_recordings_is_kept_and_without_any_nothing_is_added() {
        let mut one = kept();
        assert!(!one.to_json().contains("recordings"));
        one.warn("91", "2026-12-05");
        let read = Kept::from_json(&one.to_json());
        assert!(read.is_warned("91", "2026-12-05") && !read.is_warned("91", "2026-12-06"));
    }

    /// As this version writes it; a change here is a change of what is stored.
    const THIS_FORM: &str = include_str!("../../testdata/reminders-v1.json");

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-23T{time}Z").parse().unwrap()
    }

    fn kept() -> Kept {
        let mut kept = Kept { version: VERSION, ..Kept::default() };
        let kinds = [Kind::Before(1), Kind::Start, Kind::NotJoined(2), Kind::Snoozed(at("10:05:00"))];
        let said = kinds.map(|kind| Identity { meeting: "85746065:1764".to_owned(), start: at("10:00:00"), kind });
        kept.settle(&said);
        kept.choose("85746065:1764", at("10:00:00").timestamp_millis(), |choice| {
            choice.snoozed_until_ms = Some(at("10:05:00").timestamp_millis());
        });
        kept.choose("91", at("11:00:00").timestamp_millis(), |choice| (choice.dismissed, choice.joined) = (true, true));
        kept.ring("91", Some(StoredBell::Before { minutes: 15 }));
        kept.ring("92", Some(StoredBell::Silent));
        kept.pause(Some(at("12:00:00")));
        kept
    }

    #[test]
    fn this_form_is_written_and_read() {
        let written: Value = serde_json::from_str(&kept().to_json()).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(THIS_FORM).unwrap());
        assert_eq!(Kept::from_json(THIS_FORM), kept());
        assert_eq!(kept().said().len(), 4);
    }

    #[test]
    fn odd_and_newer_entries_take_no_other_with_them() {
        let mut newer: Value = serde_json::from_str(THIS_FORM).unwrap();
        newer["said"][1]["kind"] = Value::from("sung");
        newer["bells"] = Value::from("gone");
        newer["fromTheFuture"] = Value::from(1);
        let read = Kept::from_json(&newer.to_string());
        assert_eq!(read.said.len(), 3);
        assert_eq!(read.choices, kept().choices);
        assert_eq!((read.bells.len(), read.paused_until()), (0, kept().paused_until()));
        assert_eq!(Kept::from_json("no JSON"), Kept::default());
    }

    #[test]
    fn the_oldest_go_and_the_newest_stay() {
        let mut kept = Kept::default();
        for number in 0..MOST + 10 {
            let start = at("10:00:00");
            kept.settle(&[Identity { meeting: number.to_string(), start, kind: Kind::Start }]);
        }
        assert_eq!(kept.said.len(), MOST);
        assert_eq!(kept.said.first().map(|said| said.meeting.as_str()), Some("10"));
    }
}
