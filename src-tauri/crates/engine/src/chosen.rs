//! What was chosen in the palette, how often and when last.
//!
//! One value of the table `settings`, in a form of its own. An entry that can't be read, or is of a kind that only a
//! newer version knows, is left out and takes no other with it.

use chrono::{DateTime, Utc};
use liaison_domain::palette::Use;
use liaison_store::tables::settings;
use liaison_store::{Connection, StoreResult, Transaction};
use serde::{Deserialize, Serialize};

use crate::terms::Provider;

pub(crate) const KEY: &str = "palette";
const VERSION: u32 = 1;
/// Months of choices. Those that count least go.
const MOST: usize = 200;

/// What something that was chosen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum What {
    Command,
    Setting,
    Meeting,
    Person,
    Call,
    Webinar,
}

impl What {
    /// The service that it comes from; commands and settings are nobody's.
    fn of(self) -> Option<Provider> {
        match self {
            Self::Command | Self::Setting => None,
            Self::Meeting | Self::Call | Self::Webinar => Some(Provider::Zoom),
            Self::Person => Some(Provider::Salesforce),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Chosen {
    pub what: What,
    pub id: String,
    weight: f64,
    last_ms: i64,
}

impl Chosen {
    pub fn used(&self) -> Option<Use> {
        Some(Use { weight: self.weight, last: DateTime::from_timestamp_millis(self.last_ms)? })
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Kept {
    version: u32,
    #[serde(deserialize_with = "crate::lenient::readable")]
    chosen: Vec<Chosen>,
}

impl Kept {
    pub fn used(&self, what: What, id: &str) -> Option<Use> {
        self.chosen.iter().find(|one| one.what == what && one.id == id).and_then(Chosen::used)
    }

    /// Everything of one kind, what counts most first.
    pub fn of(&self, what: What, now: DateTime<Utc>) -> Vec<(String, Use)> {
        let mut all: Vec<(String, Use)> = self
            .chosen
            .iter()
            .filter(|one| one.what == what)
            .filter_map(|one| Some((one.id.clone(), one.used()?)))
            .collect();
        all.sort_by(|one, other| other.1.now(now).total_cmp(&one.1.now(now)));
        all
    }

    fn choose(&mut self, what: What, id: String, now: DateTime<Utc>) {
        let used = self.used(what, &id).map_or_else(|| Use::first(now), |used| used.again(now));
        self.chosen.retain(|one| one.what != what || one.id != id);
        let worth = |one: &Chosen| one.used().map_or(0.0, |used| used.now(now));
        self.chosen.sort_by(|one, other| worth(other).total_cmp(&worth(one)));
        self.chosen.truncate(MOST - 1);
        self.chosen.push(Chosen { what, id, weight: used.weight, last_ms: used.last.timestamp_millis() });
    }

    fn forget(&mut self, of: Provider) {
        self.chosen.retain(|one| one.what.of() != Some(of));
    }

    fn from_json(json: &str) -> Self {
        serde_json::from_str(json)
            .map_err(|error| tracing::error!(%error, "what was chosen in the palette can't be read"))
            .unwrap_or_default()
    }

    fn to_json(&self) -> String {
        // Plain fields: they can always be written.
        serde_json::to_string(&Self { version: VERSION, ..self.clone() }).unwrap_or_default()
    }
}

pub(crate) fn read(db: &Connection) -> StoreResult<Kept> {
    Ok(settings::get(db, KEY)?.map(|json| Kept::from_json(&json)).unwrap_or_default())
}

pub(crate) fn choose(tx: &Transaction<'_>, what: What, id: String, now: DateTime<Utc>) -> StoreResult<()> {
    let mut kept = read(tx)?;
    kept.choose(what, id, now);
    settings::set(tx, KEY, &kept.to_json())
}

/// Forgets what was chosen of a service: people of Salesforce, meetings, calls and webinars of Zoom.
pub(crate) fn forget_records(tx: &Transaction<'_>, of: Provider) -> StoreResult<()> {
    let mut kept = read(tx)?;
    kept.forget(of);
    settings::set(tx, KEY, &kept.to_json())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// As this version writes it; a change here is a change of what is stored.
    const THIS_FORM: &str = include_str!("../testdata/palette-v1.json");

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-23T{time}Z").parse().unwrap()
    }

    fn kept() -> Kept {
        let mut kept = Kept { version: VERSION, ..Kept::default() };
        let id = |id: &str| id.to_owned();
        kept.choose(What::Command, id("sync"), at("10:00:00"));
        kept.choose(What::Setting, id("theme"), at("10:00:00"));
        kept.choose(What::Meeting, id("85746065:1764"), at("10:00:00"));
        kept.choose(What::Call, id("c1"), at("10:00:00"));
        kept.choose(What::Webinar, id("91"), at("10:00:00"));
        kept.choose(What::Person, id("Lead:00Q"), at("10:00:00"));
        kept.choose(What::Person, id("Lead:00Q"), at("10:00:00"));
        kept
    }

    #[test]
    fn this_form_is_written_and_read() {
        let written: Value = serde_json::from_str(&kept().to_json()).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(THIS_FORM).unwrap());
        assert_eq!(Kept::from_json(THIS_FORM), kept());
        let twice = kept().used(What::Person, "Lead:00Q").map(|used| used.weight.to_bits());
        assert_eq!(twice, Some(2.0_f64.to_bits()));
    }

    #[test]
    fn odd_and_newer_entries_take_no_other_with_them() {
        let mut newer: Value = serde_json::from_str(THIS_FORM).unwrap();
        newer["chosen"][0]["what"] = Value::from("song");
        newer["chosen"][1]["weight"] = Value::from("heavy");
        newer["fromTheFuture"] = Value::from(1);
        assert_eq!(Kept::from_json(&newer.to_string()).chosen, kept().chosen.split_off(2));
        newer["chosen"] = Value::from("gone");
        assert_eq!(Kept::from_json(&newer.to_string()).chosen, []);
        assert_eq!(Kept::from_json("no JSON"), Kept::default());
    }

    #[test]
    fn what_was_chosen_of_one_service_goes_alone() {
        let left = |of| {
            let mut kept = kept();
            kept.forget(of);
            kept.chosen.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(left(Provider::Zoom), ["sync", "theme", "Lead:00Q"]);
        assert_eq!(left(Provider::Salesforce), ["sync", "theme", "85746065:1764", "c1", "91"]);
    }

    #[test]
    fn what_counts_least_goes_and_the_newest_stays() {
        let mut kept = Kept::default();
        for _ in 0..3 {
            kept.choose(What::Command, "often".to_owned(), at("09:00:00"));
        }
        for number in 0..MOST + 10 {
            kept.choose(What::Call, number.to_string(), at("10:00:00"));
        }
        assert_eq!(kept.chosen.len(), MOST);
        assert!(kept.used(What::Command, "often").is_some());
        assert!(kept.used(What::Call, &(MOST + 9).to_string()).is_some());
    }
}
