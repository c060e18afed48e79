//! The last days compared with Zoom's own list: what the sync has not told is taken, and what Zoom has of each day is
//! counted.
//!
//! Days that are too many for one round are compared in several, from the latest backwards, and how far that has come
//! is kept with each page. A day that is too long even alone stays uncompared, and days that Zoom refuses to list stay
//! so as well: it always ends, and is tried again later.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use liaison_domain::wall_time;
use liaison_domain::zones::Zone;
use liaison_store::StoreResult;
use liaison_store::tables::call_days::{self, CallDay};
use liaison_store::tables::{call_legs, cursors};
use liaison_zoom::{CallLeg, ErrorKind, Page, ZoomError, ZoomTime};

use super::{CALLS, MOST_PAGES, PAST, Round, filter, is_refused_page, legs};
use crate::calls::stored::{Comparing, Which};
use crate::calls::{ledger, leg};
use crate::failure::Error;
use crate::pull::access::{Failed, failed};

/// The last days are compared again after this time: legs come late, and some never come by the sync.
const AGAIN: TimeDelta = TimeDelta::hours(6);
/// How many days are compared, today included.
const LAST_DAYS: u32 = 3;
/// Further days are compared again after this time, and how many: as many as the ledger shows at first.
const FURTHER_AGAIN: TimeDelta = TimeDelta::hours(24);
const FURTHER_DAYS: u32 = 14;
/// What is missing is asked for in the next round. What then is missing still, no haste brings.
const GAPS_AGAIN: TimeDelta = TimeDelta::minutes(10);
/// Pages of a single day: 30,000 legs.
const MOST_PAGES_OF_A_DAY: u32 = 100;

/// What Zoom lists of a day.
#[derive(Default)]
struct Listed {
    /// Their ids: a row that comes twice is one leg.
    legs: BTreeSet<String>,
    unreadable: u32,
}

/// What came of asking for some days.
enum Counted {
    Whole(Vec<CallDay>),
    /// They are too many for a round.
    TooMuch,
    /// Zoom lists nothing of them, whenever it is asked.
    Refused,
}

impl Round<'_> {
    /// Compares what is due, as far as it fits into a round; answers whether nothing is left of it.
    pub(super) async fn compare(&mut self, filled: bool) -> Result<bool, Failed> {
        // What was begun long ago may reach back further than Zoom does by now.
        let earliest = wall_time::local_date(self.cx.now(), self.cx.zone()) - PAST;
        self.place.comparing = self.place.comparing.take().and_then(|begun| begun.not_before(earliest));
        if self.place.comparing.is_none() {
            self.place.comparing = self.to_compare(filled).await?;
        }
        let Some(comparing) = self.place.comparing.clone() else { return Ok(true) };
        let days = comparing.days();
        let which = comparing.which;
        let (compared, left, left_out) = match self.counted(&days).await? {
            Counted::Whole(compared) => (compared, comparing.after(&days), false),
            Counted::TooMuch => (Vec::new(), comparing.smaller(&days), days.len() == 1),
            Counted::Refused => {
                tracing::warn!(days = days.len(), "Zoom refuses to list days that are to be compared");
                (Vec::new(), None, true)
            }
        };
        self.place.comparing = left;
        let now_ms = self.cx.now_ms();
        if left_out && which == Which::Gaps {
            self.place.gaps_left_ms = Some(now_ms);
        }
        let done = self.place.comparing.is_none();
        if done && which != Which::Gaps {
            self.place.compared_ms = Some(now_ms);
        }
        if done && which == Which::Further {
            self.place.compared_further_ms = Some(now_ms);
        }
        let value = self.place.text();
        self.cx
            .write_for(self.owner, move |tx| {
                for day in &compared {
                    call_days::put(tx, day)?;
                }
                cursors::set(tx, CALLS, &value, now_ms)
            })
            .await?;
        Ok(done)
    }

    /// The days whose turn it is.
    async fn to_compare(&self, filled: bool) -> Result<Option<Comparing>, Failed> {
        let now_ms = self.cx.now_ms();
        let today = wall_time::local_date(self.cx.now(), self.cx.zone());
        let last = |which, days: u32| {
            let first = today - Days::new(u64::from(days - 1));
            Some(Comparing { first, last: today, at_once: days, which })
        };
        if filled && self.place.compared_further_ms.is_none_or(|at| is_past(at, FURTHER_AGAIN, now_ms)) {
            return Ok(last(Which::Further, FURTHER_DAYS));
        }
        if self.place.compared_ms.is_none_or(|at| is_past(at, AGAIN, now_ms)) {
            return Ok(last(Which::Last, LAST_DAYS));
        }
        if !filled || self.place.gaps_left_ms.is_some_and(|at| !is_past(at, FURTHER_AGAIN, now_ms)) {
            return Ok(None);
        }
        let gaps = self.cx.store.read(move |db| {
            let mut gaps = Vec::new();
            for day in call_days::between(db, &(today - PAST).to_string(), &today.to_string())? {
                let missing = ledger::legs_here(db, &day)?.is_none_or(|here| here < day.legs);
                if missing && is_past(day.compared_utc_ms, GAPS_AGAIN, now_ms) {
                    gaps.extend(day.day.parse::<NaiveDate>());
                }
            }
            Ok(gaps)
        });
        let gaps = gaps.await.map_err(Error::from)?;
        let ends = gaps.first().copied().zip(gaps.last().copied());
        Ok(ends.map(|(first, last)| Comparing { first, last, at_once: FURTHER_DAYS, which: Which::Gaps }))
    }

    /// Takes what Zoom lists of these days, and counts it.
    async fn counted(&mut self, days: &[NaiveDate]) -> Result<Counted, Failed> {
        let (now, zone) = (self.cx.now(), self.cx.zone());
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(Counted::Whole(Vec::new())) };
        let from = wall_time::start_of_day(*first, zone);
        let until = wall_time::day_bounds(*last, zone).1.min(now);
        // A day that has not begun by the clocks of today has nothing to compare.
        let Some(filter) = filter(from.timestamp_millis(), until.timestamp_millis()) else {
            return Ok(Counted::Whole(Vec::new()));
        };
        let before = self.legs_here(days, zone).await?;
        let mut listed: BTreeMap<NaiveDate, Listed> = days.iter().map(|day| (*day, Listed::default())).collect();
        let most = if days.len() == 1 { MOST_PAGES_OF_A_DAY } else { MOST_PAGES };
        let (mut token, mut pages) = (None::<String>, 0);
        loop {
            let page = match self.zoom.api.phone().history(&filter, token.as_deref()).await {
                Ok(page) => page,
                // It lives for a quarter of an hour: fewer days are read sooner.
                Err(error) if is_refused_page(&error) => return Ok(Counted::TooMuch),
                Err(error) if is_refused(&error) => return Ok(Counted::Refused),
                Err(error) => return Err(failed(self.cx)(error)),
            };
            for leg in page.items.iter().filter_map(leg::leg) {
                let day = leg.start_ms.and_then(DateTime::from_timestamp_millis);
                if let Some(day) = day.and_then(|start| listed.get_mut(&wall_time::local_date(start, zone))) {
                    day.legs.insert(leg.id);
                }
            }
            for day in days_of_unreadable(&page, zone) {
                // Of a row that nothing is known of, the latest is as good as any.
                let day = day.filter(|day| listed.contains_key(day)).unwrap_or(*last);
                if let Some(listed) = listed.get_mut(&day) {
                    listed.unreadable = listed.unreadable.saturating_add(1);
                }
            }
            self.keep(legs(&page.items), false).await?;
            token = page.next_page_token.filter(|token| !token.is_empty());
            pages += 1;
            if token.is_none() {
                break;
            }
            if pages == most {
                return Ok(Counted::TooMuch);
            }
        }
        let after = self.legs_here(days, zone).await?;
        let compared_utc_ms = now.timestamp_millis();
        let filled = before.into_iter().zip(after).map(|(before, after)| after.saturating_sub(before));
        let compared = listed.into_iter().zip(filled).map(|((day, listed), filled)| CallDay {
            day: day.to_string(),
            legs: u32::try_from(listed.legs.len()).unwrap_or(u32::MAX),
            unreadable: listed.unreadable,
            compared_utc_ms,
            filled,
            zone: zone.name().to_owned(),
        });
        Ok(Counted::Whole(compared.collect()))
    }

    /// How many legs of each of these days are here.
    async fn legs_here(&self, days: &[NaiveDate], zone: Zone) -> Result<Vec<u32>, Failed> {
        let bounds: Vec<_> = days.iter().map(|day| wall_time::day_bounds(*day, zone)).collect();
        let counts = self.cx.store.read(move |db| {
            bounds
                .iter()
                .map(|(start, end)| call_legs::count_between(db, start.timestamp_millis(), end.timestamp_millis()))
                .collect::<StoreResult<Vec<u32>>>()
        });
        Ok(counts.await.map_err(Error::from)?)
    }
}

impl Comparing {
    /// The days of the next round, in order.
    fn days(&self) -> Vec<NaiveDate> {
        let before = Days::new(u64::from(self.at_once.saturating_sub(1)));
        let first = self.last.checked_sub_days(before).map_or(self.first, |day| day.max(self.first));
        first.iter_days().take_while(|day| *day <= self.last).collect()
    }

    /// The same without what lies before a day.
    fn not_before(self, earliest: NaiveDate) -> Option<Self> {
        (self.last >= earliest).then(|| Self { first: self.first.max(earliest), ..self })
    }

    /// What is left after these days.
    fn after(self, days: &[NaiveDate]) -> Option<Self> {
        let last = days.first()?.pred_opt()?;
        (last >= self.first).then_some(Self { last, ..self })
    }

    /// The same with fewer days at once; a single one that was too long is left out.
    fn smaller(self, days: &[NaiveDate]) -> Option<Self> {
        if days.len() > 1 {
            return Some(Self { at_once: u32::try_from(days.len() / 2).unwrap_or(1), ..self });
        }
        tracing::warn!("a day has more legs than can be compared");
        self.after(days)
    }
}

/// Whether Zoom takes the question for a wrong one: asked again, it is no better.
fn is_refused(error: &ZoomError) -> bool {
    matches!(error.kind(), Some(ErrorKind::Validation))
}

/// Whether so much time has passed since. A clock that was set back asks again.
fn is_past(at_ms: i64, time: TimeDelta, now_ms: i64) -> bool {
    (now_ms - at_ms).abs() >= time.num_milliseconds()
}

/// The days of a page's rows that can't be read: as they say themselves, else that of the row beside them, for a list
/// is in order.
fn days_of_unreadable(page: &Page<CallLeg>, zone: Zone) -> Vec<Option<NaiveDate>> {
    let rows = page.skipped.iter().enumerate().map(|(skipped, row)| {
        let beside = || -> Option<DateTime<Utc>> {
            let before = row.index.checked_sub(skipped + 1).and_then(|place| page.items.get(place));
            before.or(page.items.first())?.start_time.and_then(ZoomTime::utc)
        };
        Some(wall_time::local_date(row.start_time.or_else(beside)?, zone))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use liaison_domain::zones;
    use liaison_zoom::SkippedRow;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn further() -> Comparing {
        Comparing { first: day("2026-11-18"), last: day("2026-12-01"), at_once: FURTHER_DAYS, which: Which::Further }
    }

    #[test]
    fn what_fits_is_compared_at_once() {
        let days = further().days();
        assert_eq!((days.len(), days[0], days[13]), (14, day("2026-11-18"), day("2026-12-01")));
        assert_eq!(further().after(&days), None);
    }

    #[test]
    fn what_never_fits_ends_all_the_same() {
        let (mut left, mut rounds, mut seen) = (Some(further()), 0, BTreeSet::new());
        while let Some(comparing) = left {
            let days = comparing.days();
            if let [only] = days.as_slice() {
                seen.insert(*only);
            }
            left = comparing.smaller(&days);
            rounds += 1;
            assert!(rounds < 40, "endless");
        }
        assert_eq!(seen.len(), 14, "each day was tried alone");
    }

    #[test]
    fn fewer_days_at_once_reach_the_first() {
        let (mut left, mut seen) = (further().smaller(&further().days()), Vec::new());
        while let Some(comparing) = left {
            let days = comparing.days();
            seen.extend(days.iter().rev().copied());
            left = comparing.after(&days);
        }
        assert_eq!(seen, further().days().into_iter().rev().collect::<Vec<_>>());
    }

    #[test]
    fn what_was_begun_long_ago_reaches_no_further_back_than_zoom() {
        assert_eq!(further().not_before(day("2026-11-01")), Some(further()));
        let later = further().not_before(day("2026-11-20"));
        assert_eq!(later, Some(Comparing { first: day("2026-11-20"), ..further() }));
        assert_eq!(further().not_before(day("2026-12-01")).map(|left| left.days()), Some(vec![day("2026-12-01")]));
        assert_eq!(further().not_before(day("2026-12-02")), None);
    }

    #[test]
    fn a_row_that_cannot_be_read_is_of_the_day_that_it_says_or_stands_in() {
        let leg = |time: &str| -> CallLeg {
            serde_json::from_value(serde_json::json!({"call_element_id": time, "start_time": time})).unwrap()
        };
        let row = |index, start_time: Option<&str>| SkippedRow {
            index,
            field: ".".to_owned(),
            start_time: start_time.map(|time| time.parse().unwrap()),
        };
        let page = Page {
            items: vec![leg("2026-12-01T08:00:00Z"), leg("2026-11-29T08:00:00Z")],
            skipped: vec![row(0, None), row(2, None), row(4, None), row(5, Some("2026-11-27T23:30:00Z"))],
            next_page_token: None,
            total_records: None,
        };
        let days = days_of_unreadable(&page, zones::parse("Europe/Amsterdam").unwrap());
        let told = ["2026-12-01", "2026-12-01", "2026-11-29", "2026-11-28"].map(|text| Some(day(text)));
        assert_eq!(days, told);
        let none = Page { items: Vec::new(), ..page };
        assert_eq!(days_of_unreadable(&none, zones::Zone::UTC)[0], None);
    }
}
