//! The ledger: of each day, how many calls there were and what became of each. The sum is always the whole.

use chrono::{DateTime, Days, NaiveDate};
use liaison_domain::calls::Outcome;
use liaison_domain::wall_time;
use liaison_domain::zones::{self, Zone};
use liaison_store::tables::call_days::{self, CallDay};
use liaison_store::tables::call_legs;
use liaison_store::tables::calls::{self as table, Between, Standing, Tally};
use liaison_store::{Connection, StoreResult};

use super::view::LedgerDay;
use crate::engine::Engine;
use crate::failure::Error;
use crate::terms::UtcMs;

/// The longest ledger: what Zoom keeps, and a little.
const MOST_DAYS: u32 = 200;

impl Engine {
    /// The last `days` days, the latest first.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn call_ledger(&self, days: u32) -> Result<Vec<LedgerDay>, Error> {
        let cx = self.profile().await?;
        let (zone, today) = (cx.zone(), wall_time::local_date(cx.now(), cx.zone()));
        let first = today - Days::new(u64::from(days.clamp(1, MOST_DAYS) - 1));
        Ok(cx.store.read(move |db| ledger(db, first, today, zone)).await?)
    }
}

fn ledger(db: &Connection, first: NaiveDate, last: NaiveDate, zone: Zone) -> StoreResult<Vec<LedgerDay>> {
    let compared = call_days::between(db, &first.to_string(), &last.to_string())?;
    let mut days = Vec::new();
    let back = std::iter::successors(Some(last), NaiveDate::pred_opt).take_while(|date| *date >= first);
    for date in back {
        let (start, end) = wall_time::day_bounds(date, zone);
        let between = Between { from_utc_ms: start.timestamp_millis(), to_utc_ms: end.timestamp_millis() };
        let date = date.to_string();
        let compared = match compared.iter().find(|day| day.day == date) {
            Some(counted) => legs_here(db, counted)?.map(|here| (counted, here)),
            None => None,
        };
        days.push(day(date, &table::tallies(db, between)?, compared));
    }
    Ok(days)
}

/// How many legs are here of a day that Zoom's were counted of, by the same clocks as those: the user may have others
/// now. `None` when nobody knows which they were, and the two can't be compared.
pub(super) fn legs_here(db: &Connection, counted: &CallDay) -> StoreResult<Option<u32>> {
    let date = counted.day.parse::<NaiveDate>().ok();
    let Some((date, zone)) = date.zip(zones::parse(&counted.zone)) else { return Ok(None) };
    let (start, end) = wall_time::day_bounds(date, zone);
    call_legs::count_between(db, start.timestamp_millis(), end.timestamp_millis()).map(Some)
}

/// Adds a day up: every call is in exactly one of the parts. `zoom` is what Zoom listed, and how much of that is here.
fn day(date: String, tallies: &[Tally], zoom: Option<(&CallDay, u32)>) -> LedgerDay {
    let mut day = LedgerDay {
        day: date,
        calls: u32::try_from(tallies.len()).unwrap_or(u32::MAX),
        linked: 0,
        logged: 0,
        ignored: 0,
        internal: 0,
        no_number: 0,
        not_mine: 0,
        spam: 0,
        waiting: 0,
        missing: zoom.map(|(zoom, here)| zoom.legs.saturating_sub(here).saturating_add(zoom.unreadable)),
        filled: zoom.map_or(0, |(zoom, _)| zoom.filled),
        unreadable: zoom.map_or(0, |(zoom, _)| zoom.unreadable),
        compared: zoom.map(|(zoom, _)| UtcMs(zoom.compared_utc_ms)),
    };
    for call in tallies {
        let part = match call.standing {
            _ if call.logged => &mut day.logged,
            Standing::Linked => &mut day.linked,
            Standing::Ignored => &mut day.ignored,
            Standing::Internal => &mut day.internal,
            Standing::NoNumber => &mut day.no_number,
            _ if !Outcome::named(&call.outcome).is_mine() => &mut day.not_mine,
            Standing::New => &mut day.waiting,
            Standing::Ask | Standing::Switchboard | Standing::Nobody if call.to_link => &mut day.waiting,
            // Of the user's own calls, only what Zoom takes for spam is not asked about.
            Standing::Ask | Standing::Switchboard | Standing::Nobody => &mut day.spam,
        };
        *part += 1;
    }
    day
}

/// The user's date of a call.
pub(super) fn date_of(call: &Tally, zone: Zone) -> NaiveDate {
    wall_time::local_date(DateTime::from_timestamp_millis(call.start_utc_ms).unwrap_or_default(), zone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_is_lost_between_the_parts(
            calls in prop::collection::vec(
                (
                    prop::sample::select(Standing::ALL),
                    prop::sample::select(Outcome::ALL.to_vec()),
                    any::<bool>(),
                    any::<bool>(),
                ),
                0..40,
            ),
        ) {
            let tallies: Vec<Tally> = calls
                .into_iter()
                .map(|(standing, outcome, logged, to_link)| Tally {
                    start_utc_ms: 0,
                    outbound: false,
                    outcome: outcome.name().to_owned(),
                    standing,
                    to_link,
                    logged,
                })
                .collect();
            let day = day("2026-11-27".to_owned(), &tallies, None);
            let aside = day.ignored + day.internal + day.no_number + day.not_mine + day.spam;
            prop_assert_eq!(day.linked + day.logged + day.waiting + aside, day.calls);
        }
    }

    #[test]
    fn what_is_not_asked_about_does_not_wait() {
        let missed = |to_link| Tally {
            start_utc_ms: 0,
            outbound: false,
            outcome: "missed".to_owned(),
            standing: Standing::Nobody,
            to_link,
            logged: false,
        };
        let day = day(String::new(), &[missed(true), missed(false)], None);
        assert_eq!((day.waiting, day.spam), (1, 1));
    }

    #[test]
    fn what_zoom_has_and_we_have_not_is_missing() {
        let zoom = |legs, unreadable| CallDay {
            day: String::new(),
            legs,
            unreadable,
            compared_utc_ms: 7,
            filled: 0,
            zone: String::new(),
        };
        let missing = |zoom: &CallDay, legs| day(String::new(), &[], Some((zoom, legs))).missing;
        assert_eq!(missing(&zoom(5, 0), 5), Some(0));
        assert_eq!(missing(&zoom(5, 1), 3), Some(3));
        assert_eq!(missing(&zoom(2, 0), 3), Some(0), "Zoom lets users delete rows");
        assert_eq!(day(String::new(), &[], None).missing, None);
    }
}
