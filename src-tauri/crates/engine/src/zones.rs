//! Zones for the window: the rules of the user's own, and those that a search finds.

pub(crate) mod view;

use chrono::{DateTime, Offset, TimeZone, Utc};
use liaison_domain::zones::{self, Zone};

use crate::engine::Engine;
use crate::failure::utc_ms;
use view::{ZoneHit, ZoneRules};

/// Zones offered while the user types a city.
const MOST_ZONES: usize = 12;
/// 2000-01-01 and 2045-01-01, UTC: what can be looked at and planned lies between.
const RULES_FROM: i64 = 946_684_800;
const RULES_UNTIL: i64 = 2_366_841_600;

impl Engine {
    /// Zones by city, country or id.
    pub fn search_zones(&self, query: &str) -> Vec<ZoneHit> {
        let now = self.config().clock.now().naive_utc();
        zones::search(query, MOST_ZONES)
            .into_iter()
            .map(|hit| ZoneHit {
                zone: hit.zone.name().to_owned(),
                place: hit.place.to_owned(),
                ahead: hit.zone.offset_from_utc_datetime(&now).fix().local_minus_utc(),
            })
            .collect()
    }
}

pub(crate) fn rules(zone: Zone) -> ZoneRules {
    let at = |seconds| DateTime::<Utc>::from_timestamp(seconds, 0).unwrap_or_default();
    ZoneRules {
        zone: zone.name().to_owned(),
        shifts: zone
            .shifts(at(RULES_FROM), at(RULES_UNTIL))
            .into_iter()
            .map(|shift| (utc_ms(shift.from), shift.seconds))
            .collect(),
        release: zones::database().version().map(ToString::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_reach_from_2000_to_the_last_change_of_2044() {
        let rules = rules(zones::parse("Europe/Amsterdam").unwrap());
        assert_eq!(rules.shifts.first().map(|(from, ahead)| (from.0, *ahead)), Some((946_684_800_000, 3600)));
        let last: DateTime<Utc> = "2044-10-30T01:00:00Z".parse().unwrap();
        assert_eq!(rules.shifts.last().map(|(from, ahead)| (from.0, *ahead)), Some((last.timestamp_millis(), 3600)));
        assert!(rules.release.is_some_and(|release| release.as_str() >= "2026f"));
    }
}
