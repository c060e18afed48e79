//! What the user wants of reminders, as it is stored and as the rule takes it.

use chrono::{DateTime, Utc};
use liaison_domain::reminders::Preferences;
use liaison_store::tables::settings;
use liaison_store::{Connection, StoreResult, Transaction};
use serde::{Deserialize, Serialize};

use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::reminders::view::{NoticeClick, ReminderSettings};
use crate::session::stored::lenient;

pub(crate) const KEY: &str = "reminder_settings";
const VERSION: u32 = 1;
/// Minutes before the start that can be chosen, and how many reminders there may be before it.
pub(super) const LEADS: std::ops::RangeInclusive<u32> = 0..=120;
const MOST_LEADS: usize = 3;
const AFTER: std::ops::RangeInclusive<u32> = 1..=15;
pub(super) const SNOOZES: std::ops::RangeInclusive<u32> = 1..=60;

impl Default for ReminderSettings {
    fn default() -> Self {
        Self {
            on: true,
            before: vec![1],
            at_start: true,
            not_joined: None,
            snooze_minutes: 1,
            click: NoticeClick::Join,
            hide_titles: false,
        }
    }
}

impl ReminderSettings {
    /// As the rule takes it.
    pub(super) fn preferences(&self, paused_until: Option<DateTime<Utc>>) -> Preferences {
        Preferences {
            on: self.on,
            before: self.before.iter().copied().collect(),
            at_start: self.at_start,
            not_joined: self.not_joined,
            paused_until,
        }
    }

    /// In order and without repetitions.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields at fault.
    pub(super) fn checked(mut self) -> Result<Self, Error> {
        self.before.sort_unstable();
        self.before.dedup();
        let mut issues = Vec::new();
        let mut within = |field, range: std::ops::RangeInclusive<u32>, value: u32| {
            if !range.contains(&value) {
                let (min, max) = range.into_inner();
                issues.push(FieldIssue { field, problem: Problem::OutOfRange { min, max } });
            }
        };
        for minutes in self.before.iter().chain(self.before.get(MOST_LEADS).map(|_| &u32::MAX)) {
            within(Field::Minutes, LEADS, *minutes);
        }
        if let Some(minutes) = self.not_joined {
            within(Field::Minutes, AFTER, minutes);
        }
        within(Field::Minutes, SNOOZES, self.snooze_minutes);
        if issues.is_empty() { Ok(self) } else { Err(Error::Invalid { issues }) }
    }
}

/// The settings in the form in which they are stored: each field may be missing or odd, and then has its default.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Stored {
    #[serde(deserialize_with = "lenient")]
    version: Option<u32>,
    #[serde(deserialize_with = "lenient")]
    on: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    before: Option<Vec<u32>>,
    #[serde(deserialize_with = "lenient")]
    at_start: Option<bool>,
    /// 0 is never.
    #[serde(deserialize_with = "lenient")]
    not_joined: Option<u32>,
    #[serde(deserialize_with = "lenient")]
    snooze_minutes: Option<u32>,
    #[serde(deserialize_with = "lenient")]
    click: Option<StoredClick>,
    #[serde(deserialize_with = "lenient")]
    hide_titles: Option<bool>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum StoredClick {
    Join,
    Show,
}

impl From<&ReminderSettings> for Stored {
    fn from(settings: &ReminderSettings) -> Self {
        Self {
            version: Some(VERSION),
            on: Some(settings.on),
            before: Some(settings.before.clone()),
            at_start: Some(settings.at_start),
            not_joined: Some(settings.not_joined.unwrap_or_default()),
            snooze_minutes: Some(settings.snooze_minutes),
            click: Some(match settings.click {
                NoticeClick::Join => StoredClick::Join,
                NoticeClick::Show => StoredClick::Show,
            }),
            hide_titles: Some(settings.hide_titles),
        }
    }
}

impl From<Stored> for ReminderSettings {
    fn from(stored: Stored) -> Self {
        let usual = Self::default();
        let read = Self {
            on: stored.on.unwrap_or(usual.on),
            before: stored.before.unwrap_or(usual.before),
            at_start: stored.at_start.unwrap_or(usual.at_start),
            not_joined: stored.not_joined.map_or(usual.not_joined, |minutes| (minutes > 0).then_some(minutes)),
            snooze_minutes: stored.snooze_minutes.unwrap_or(usual.snooze_minutes),
            click: match stored.click {
                Some(StoredClick::Show) => NoticeClick::Show,
                Some(StoredClick::Join) | None => usual.click,
            },
            hide_titles: stored.hide_titles.unwrap_or(usual.hide_titles),
        };
        read.checked().unwrap_or_default()
    }
}

/// The stored settings, or the defaults.
pub(super) fn read(db: &Connection) -> StoreResult<ReminderSettings> {
    let stored: Option<Stored> = settings::get(db, KEY)?.and_then(|json| {
        serde_json::from_str(&json).map_err(|error| tracing::error!(%error, "settings of reminders can't be read")).ok()
    });
    Ok(stored.map(Into::into).unwrap_or_default())
}

pub(super) fn write(tx: &Transaction<'_>, settings: &ReminderSettings) -> StoreResult<()> {
    // Plain fields: they can always be written.
    let json = serde_json::to_string(&Stored::from(settings)).unwrap_or_default();
    settings::set(tx, KEY, &json)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// As this version writes it; a change here is a change of what is stored.
    const THIS_FORM: &str = include_str!("../../testdata/reminder-settings-v1.json");

    fn chosen() -> ReminderSettings {
        ReminderSettings {
            on: false,
            before: vec![1, 10],
            at_start: false,
            not_joined: Some(2),
            snooze_minutes: 5,
            click: NoticeClick::Show,
            hide_titles: true,
        }
    }

    fn read(json: &str) -> ReminderSettings {
        serde_json::from_str::<Stored>(json).unwrap().into()
    }

    #[test]
    fn this_form_is_written_and_read() {
        assert_eq!(read(THIS_FORM), chosen());
        let written = serde_json::to_value(Stored::from(&chosen())).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(THIS_FORM).unwrap());
        let never = ReminderSettings { not_joined: None, ..chosen() };
        assert_eq!(ReminderSettings::from(Stored::from(&never)), never);
    }

    #[test]
    fn what_is_missing_or_odd_has_its_default() {
        assert_eq!(read("{}"), ReminderSettings::default());
        let odd = read(r#"{"on":"yes","before":7,"click":"sing","hideTitles":true,"snoozeMinutes":5}"#);
        let expected = ReminderSettings { hide_titles: true, snooze_minutes: 5, ..ReminderSettings::default() };
        assert_eq!(odd, expected);
    }

    #[test]
    fn nonsense_is_named() {
        let refused = |settings: ReminderSettings| {
            let Err(Error::Invalid { issues }) = settings.checked() else { panic!("taken") };
            issues.len()
        };
        assert_eq!(refused(ReminderSettings { before: vec![121], ..chosen() }), 1);
        assert_eq!(refused(ReminderSettings { before: vec![1, 2, 3, 4], ..chosen() }), 1);
        assert_eq!(refused(ReminderSettings { not_joined: Some(0), snooze_minutes: 61, ..chosen() }), 2);
        assert_eq!(ReminderSettings { before: vec![5, 1, 5], ..chosen() }.checked().unwrap().before, [1, 5]);
    }
}
