//! The rep's time zone, and what a wall time in a zone is in UTC.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::{SandboxConfig, SandboxError};

/// The zone of the settings, `Europe/Amsterdam` when they name none.
pub fn zone_of(config: &SandboxConfig) -> Result<Tz, SandboxError> {
    match &config.zone {
        None => Ok(Tz::Europe__Amsterdam),
        Some(name) => name.parse().map_err(|_| SandboxError::Zone(name.clone())),
    }
}

/// A wall time in UTC. A time that occurs twice is the earlier one; a time that is skipped is moved
/// forwards by the gap.
pub fn in_utc(zone: Tz, wall: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.to_utc(),
        LocalResult::None => {
            let before = zone.from_local_datetime(&(wall - TimeDelta::hours(3))).earliest();
            before.map_or_else(|| wall.and_utc(), |time| time.to_utc() + TimeDelta::hours(3))
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn a_skipped_wall_time_moves_forwards_and_a_double_one_is_the_earlier() {
        let zone = Tz::Europe__Amsterdam;
        let spring = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap().and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(in_utc(zone, spring).to_rfc3339(), "2026-03-29T01:30:00+00:00");
        let autumn = NaiveDate::from_ymd_opt(2026, 10, 25).unwrap().and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(in_utc(zone, autumn).to_rfc3339(), "2026-10-25T00:30:00+00:00");
    }
}
