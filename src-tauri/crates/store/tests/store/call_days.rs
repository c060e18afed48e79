//! Days as Zoom's own list counted them.

use liaison_store::tables::call_days::{self, CallDay};
use liaison_store::tables::retention;

use crate::fixture::Profile;

fn day(day: &str, legs: u32, zone: &str) -> CallDay {
    CallDay { day: day.to_owned(), legs, unreadable: 0, compared_utc_ms: 7, filled: 1, zone: zone.to_owned() }
}

/// 29 November 2026, 08:00 UTC.
const BEFORE: i64 = 1_795_939_200_000;

#[test]
fn a_count_is_kept_with_its_clocks_and_goes_with_what_was_counted() {
    let profile = Profile::new();
    let store = profile.open();
    let kept = store
        .write_now(|tx| {
            for counted in ["2026-11-28", "2026-11-29", "2026-11-30"] {
                call_days::put(tx, &day(counted, 3, "Europe/Amsterdam"))?;
            }
            call_days::put(tx, &day("2026-11-30", 4, "America/New_York"))?;
            // By anybody's clocks the 29th has hours before this.
            retention::sweep(tx, BEFORE)?;
            call_days::between(tx, "2026-11-01", "2026-11-30")
        })
        .unwrap();
    assert_eq!(kept, [CallDay { filled: 2, ..day("2026-11-30", 4, "America/New_York") }]);
}
