//! Settings in the file. They have no moment of their own: what was chosen here stays, and what was never chosen here is
//! taken.

use std::collections::BTreeMap;

use liaison_store::tables::settings as table;
use liaison_store::{Connection, StoreResult, Transaction};
use serde_json::{Map, Value};

use super::view::{TransferKind, TransferPart};
use crate::session::settings::{self, SETTINGS};
use crate::session::stored::StoredSettings;
use crate::session::view::Settings;
use crate::{calls, chosen, directory, privacy, reminders};

/// Values that go along as they are. What waits, what was said and what the services told is not among them.
const WHOLE: [&str; 5] =
    [reminders::preferences::KEY, calls::region::CHOSEN, privacy::KEY, directory::PEOPLE_LIMIT, chosen::KEY];
/// Whoever reads one that is odd has its default; a longer one is none.
const MAX_VALUE: usize = 100_000;

/// Everything that was chosen.
pub(super) fn gather(db: &Connection) -> StoreResult<BTreeMap<String, Value>> {
    let mut all = BTreeMap::new();
    if let Some(json) = table::get(db, SETTINGS)? {
        all.insert(SETTINGS.to_owned(), serde_json::from_str(&json).unwrap_or_default());
    }
    for key in WHOLE {
        if let Some(value) = table::get(db, key)? {
            all.insert(key.to_owned(), value.into());
        }
    }
    Ok(all)
}

pub(super) fn compared(db: &Connection, settings: &BTreeMap<String, Value>) -> StoreResult<TransferPart> {
    let (_, told) = merged(&settings::read(db)?, settings.get(SETTINGS));
    whole(settings, told, |key, _| Ok(table::get(db, key)?.is_none()))
}

pub(super) fn take(tx: &Transaction<'_>, settings: &BTreeMap<String, Value>, now_ms: i64) -> StoreResult<TransferPart> {
    let (merged, told) = merged(&settings::read(tx)?, settings.get(SETTINGS));
    if let Some(merged) = merged {
        settings::change(tx, &merged, now_ms)?;
    }
    whole(settings, told, |key, value| {
        let fresh = table::get(tx, key)?.is_none();
        if fresh {
            table::set(tx, key, value)?;
        }
        Ok(fresh)
    })
}

/// The number of people that is kept here, when it was chosen.
pub(super) fn people_limit(db: &Connection) -> StoreResult<Option<u32>> {
    Ok(table::get(db, directory::PEOPLE_LIMIT)?.and_then(|limit| limit.parse().ok()))
}

fn whole(
    settings: &BTreeMap<String, Value>,
    mut told: TransferPart,
    mut is_fresh: impl FnMut(&str, &str) -> StoreResult<bool>,
) -> StoreResult<TransferPart> {
    for key in WHOLE {
        match settings.get(key) {
            None => {}
            Some(Value::String(value)) if value.len() <= MAX_VALUE => {
                let count = if is_fresh(key, value)? { &mut told.fresh } else { &mut told.stays };
                *count += 1;
            }
            Some(_) => told.unreadable += 1,
        }
    }
    Ok(told)
}

/// The settings of here with what was never chosen here from the file, field by field; none when nothing changes.
fn merged(here: &Settings, file: Option<&Value>) -> (Option<Settings>, TransferPart) {
    let mut told = super::nothing(TransferKind::Settings);
    let Some(file) = file else { return (None, told) };
    if !file.is_object() {
        told.unreadable = 1;
        return (None, told);
    }
    // Read and written again, so that only what can be read is compared.
    let theirs = fields(&StoredSettings::from_json(&file.to_string()).into());
    let (usual, mut ours) = (fields(&Settings::default()), fields(here));
    for (name, value) in theirs {
        if ours.get(&name) == Some(&value) || usual.get(&name) == Some(&value) {
            continue;
        }
        if ours.get(&name) == usual.get(&name) {
            ours.insert(name, value);
            told.fresh += 1;
        } else {
            told.stays += 1;
        }
    }
    if told.fresh == 0 {
        return (None, told);
    }
    let merged: Settings = StoredSettings::from_json(&Value::Object(ours).to_string()).into();
    if let Ok(merged) = settings::checked(merged) {
        return (Some(merged), told);
    }
    let unreadable = told.fresh;
    (None, TransferPart { fresh: 0, unreadable, ..told })
}

fn fields(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(StoredSettings::from(settings)) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::view::{Accent, Theme};

    #[test]
    fn what_was_chosen_here_stays_and_the_rest_comes_from_the_file() {
        let file = Settings {
            theme: Theme::Dark,
            accent: Accent::Green,
            hold_seconds: 20,
            meeting_minutes: 45,
            ..Settings::default()
        };
        let here = Settings { theme: Theme::Contrast, hold_seconds: 20, ..Settings::default() };
        let stored = Value::Object(fields(&file));
        let (taken, told) = merged(&here, Some(&stored));
        assert_eq!(taken.unwrap(), Settings { accent: Accent::Green, meeting_minutes: 45, ..here.clone() });
        assert_eq!((told.fresh, told.stays, told.unreadable), (2, 1, 0));
        assert_eq!(merged(&file, Some(&stored)).0, None);
        assert_eq!(merged(&here, None).1, super::super::nothing(TransferKind::Settings));
        assert_eq!(merged(&here, Some(&Value::from(7))).1.unreadable, 1);
    }

    #[test]
    fn what_can_not_be_chosen_is_not_taken() {
        let mut stored = fields(&Settings::default());
        stored.insert("holdSeconds".to_owned(), 7.into());
        stored.insert("salesforceLoginHost".to_owned(), "evil.example.com".into());
        let (taken, told) = merged(&Settings::default(), Some(&Value::Object(stored)));
        assert_eq!((taken, told.unreadable), (None, 2));
    }
}
