//! How many people are kept here: of a larger org, those who were touched last. The others are found by asking
//! Salesforce.
//!
//! Salesforce does not tell when the hundred-thousandth was touched, but how many were touched since a moment, in one
//! call: the moment is searched for by halves.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::RecordKind;
use liaison_store::tables::cursors::{self, CursorRecord};
use liaison_store::tables::settings;
use liaison_store::{Connection, StoreResult};

use super::{CONTACTS, KINDS, KindPull, LEADS, cursor_name, object};
use crate::context::{Context, SalesforceAccount};
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::salesforce_failed;

/// Of the setting, which the room has by itself.
pub(crate) const SETTING: &str = "people_limit";
/// Fewer make no address book, more no laptop's.
const FEWEST: u32 = 1_000;
const MOST: u32 = 1_000_000;
const AS_USUAL: u32 = 100_000;
/// Salesforce began; nobody was touched before.
const BEGINNING_MS: i64 = 915_148_800_000;
/// Halves of thirty years come down to minutes.
const MOST_STEPS: u32 = 24;

impl Engine {
    /// How many people are kept on this computer at most.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn people_limit(&self) -> Result<u32, Error> {
        let cx = self.profile().await?;
        Ok(cx.store.read(limit).await?)
    }

    /// Keeps at most so many people here from now on; they are read anew.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn set_people_limit(&self, limit: u32) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (limit, now_ms) = (limit.clamp(FEWEST, MOST), cx.now_ms());
        cx.store
            .write(move |tx| {
                settings::set(tx, SETTING, &limit.to_string())?;
                for name in [LEADS, CONTACTS] {
                    // Before the first pull there is nothing to read anew.
                    if cursors::get(tx, name)?.is_some() {
                        cursors::set(tx, name, "", now_ms)?;
                    }
                }
                Ok(())
            })
            .await?;
        Ok(())
    }
}

fn limit(db: &Connection) -> StoreResult<u32> {
    let stored = settings::get(db, SETTING)?.and_then(|text| text.parse().ok());
    Ok(stored.unwrap_or(AS_USUAL).clamp(FEWEST, MOST))
}

/// How many people Salesforce has, where that is more than are kept here.
pub(in crate::directory) fn there(db: &Connection) -> StoreResult<Option<u32>> {
    let mut there: Option<u32> = None;
    for kind in KINDS {
        if let Some(bound) = cursors::get(db, &cursor(kind))?.and_then(|stored| Bound::read(&stored.value)) {
            there = Some(there.unwrap_or_default().saturating_add(bound.there));
        }
    }
    Ok(there)
}

/// The cursor that holds what part of a kind is kept.
pub(super) fn cursor(kind: RecordKind) -> String {
    format!("{}.floor", cursor_name(kind))
}

pub(super) fn stored_floor(stored: Option<CursorRecord>) -> Option<DateTime<Utc>> {
    Some(Bound::read(&stored?.value)?.floor)
}

/// What part of a kind is kept, as `1770000000000 48210`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bound {
    floor: DateTime<Utc>,
    /// How many there are in all.
    there: u32,
}

impl Bound {
    fn text(self) -> String {
        format!("{} {}", self.floor.timestamp_millis(), self.there)
    }

    fn read(text: &str) -> Option<Self> {
        let (floor, there) = text.split_once(' ')?;
        Some(Self { floor: DateTime::from_timestamp_millis(floor.parse().ok()?)?, there: there.parse().ok()? })
    }
}

impl KindPull<'_> {
    /// Finds out, before everybody is read, whether they are too many, and since when those were touched who are kept.
    pub(super) async fn settle_limit(&mut self) -> Result<(), Error> {
        let bound = bound(self.cx, self.account, self.kind).await?;
        self.floor = bound.map(|bound| bound.floor);
        let (name, now_ms) = (cursor(self.kind), self.cx.now_ms());
        self.write(move |tx| match bound {
            Some(bound) => cursors::set(tx, &name, &bound.text(), now_ms),
            None => cursors::remove(tx, &name),
        })
        .await
    }
}

async fn bound(cx: &Arc<Context>, account: &SalesforceAccount, kind: RecordKind) -> Result<Option<Bound>, Error> {
    let limit = u64::from(cx.store.read(limit).await?);
    let failed = salesforce_failed(cx);
    let (mut all, mut there) = (0, 0);
    for each in KINDS {
        if super::queries(cx, account, each).await?.is_none() {
            continue;
        }
        let count = account.api.count(&object(each)?).await.map_err(&failed)?;
        all += count;
        if each == kind {
            there = count;
        }
    }
    if all <= limit {
        return Ok(None);
    }
    // Both kinds are cut alike.
    let share = (limit * there / all).max(1);
    let name = object(kind)?;
    let mut halves = Halves::new(cx.now(), share);
    for _ in 0..MOST_STEPS {
        let Some(middle) = halves.middle() else { break };
        let count = account.api.count_since(&name, middle).await.map_err(&failed)?;
        halves.counted(middle, count);
    }
    let floor = halves.floor();
    tracing::info!(object = kind.object(), there, share, %floor, "more people than are kept");
    Ok(Some(Bound { floor, there: u32::try_from(there).unwrap_or(u32::MAX) }))
}

/// The search for the moment since which about so many were touched.
struct Halves {
    /// Since then too many were touched.
    too_early: DateTime<Utc>,
    /// Since then few enough were.
    late_enough: DateTime<Utc>,
    /// How many that are.
    kept: u64,
    share: u64,
}

impl Halves {
    fn new(now: DateTime<Utc>, share: u64) -> Self {
        let beginning = DateTime::from_timestamp_millis(BEGINNING_MS).unwrap_or_default();
        // Clocks differ: nobody was touched after tomorrow.
        Self { too_early: beginning, late_enough: now + TimeDelta::days(1), kept: 0, share }
    }

    /// The moment to count from next; `None` when it is close enough.
    fn middle(&self) -> Option<DateTime<Utc>> {
        let apart = self.late_enough - self.too_early;
        let close = self.kept >= self.share - self.share / 20 || apart <= TimeDelta::seconds(1);
        (!close).then(|| self.too_early + apart / 2)
    }

    fn counted(&mut self, middle: DateTime<Utc>, count: u64) {
        if count > self.share {
            self.too_early = middle;
        } else {
            (self.late_enough, self.kept) = (middle, count);
        }
    }

    /// All of one moment, as after an import, are kept rather than none.
    fn floor(&self) -> DateTime<Utc> {
        if self.kept == 0 { self.too_early } else { self.late_enough }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(stamps: &[i64], share: u64) -> (DateTime<Utc>, usize) {
        let now = DateTime::from_timestamp_millis(1_800_000_000_000).unwrap();
        let since = |at: DateTime<Utc>| stamps.iter().filter(|stamp| **stamp >= at.timestamp_millis()).count();
        let mut halves = Halves::new(now, share);
        for _ in 0..200 {
            let Some(middle) = halves.middle() else { break };
            halves.counted(middle, since(middle) as u64);
        }
        (halves.floor(), since(halves.floor()))
    }

    #[test]
    fn people_of_one_moment_are_all_kept() {
        let (_, kept) = found(&[1_700_000_000_000; 500], 100);
        assert_eq!(kept, 500);
    }

    proptest! {
        #[test]
        fn no_more_than_the_share_and_nearly_all_of_it(
            stamps in prop::collection::hash_set(0..800_000_000_i64, 50..400), part in 1..50_u64,
        ) {
            // A second apart at least, which is as near as the search looks.
            let stamps: Vec<i64> = stamps.into_iter().map(|stamp| 1_000_000_000_000 + stamp * 1_000).collect();
            let (_, kept) = found(&stamps, part);
            let part = usize::try_from(part).unwrap();
            prop_assert!(kept <= part && kept >= part - part / 20 - 1, "{kept} of {part}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let bound = Bound { floor: DateTime::from_timestamp_millis(1_770_000_000_123).unwrap(), there: 48_210 };
        assert_eq!(Bound::read(&bound.text()), Some(bound));
        for text in ["", "1", "x 1", "1 x"] {
            assert_eq!(Bound::read(text), None, "{text}");
        }
    }
}
