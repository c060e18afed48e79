//! The rep's webinars, relative to now: one in nine days, others before and after.

use chrono::{DateTime, Days, NaiveTime, Utc};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::meetings::Repeat;
use super::zone::in_utc;
use crate::world::zone::Zone;
use crate::{SandboxConfig, WorldKind};

/// Whether people have to register, for a webinar or a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    None,
    /// Everybody is let in.
    Automatic,
    /// The host decides.
    Manual,
}

impl Registration {
    /// The `approval_type` of Zoom's settings.
    pub fn approval_type(self) -> i64 {
        match self {
            Self::Automatic => 0,
            Self::Manual => 1,
            Self::None => 2,
        }
    }
}

/// One webinar of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub topic: String,
    pub agenda: String,
    pub start: DateTime<Utc>,
    pub minutes: i64,
    pub repeat: Repeat,
    pub created_at: DateTime<Utc>,
    pub registration: Registration,
    /// How many people have registered.
    pub registrants: usize,
    /// Names and addresses.
    pub panelists: Vec<(&'static str, &'static str)>,
}

/// How far a large world reaches, in days; older numbers would be dead.
const BULK_DAYS: std::ops::Range<i64> = -28..150;
const PANELISTS: [(&str, &str); 2] =
    [("Noa van Leeuwen", "noa.van.leeuwen@northwind.example.com"), ("Tim Okafor", "tim@okafor.example.net")];

/// Plans the webinars of `config`. The same seed, zone and present give the same.
pub fn plan(config: &SandboxConfig, zone: Zone, now: DateTime<Utc>) -> Vec<Planned> {
    if config.world == WorldKind::Empty {
        return Vec::new();
    }
    let mut plan = demo(zone, now);
    if let Some(count) = config.webinars {
        let mut rng = ChaCha8Rng::seed_from_u64(config.seed);
        rng.set_stream(6);
        plan.truncate(count);
        while plan.len() < count {
            let topic = format!("Product hour {}", plan.len());
            let day = rng.random_range(BULK_DAYS);
            let registration = Registration::Automatic;
            plan.push(webinar(&topic, at(zone, now, day, 9 + rng.random_range(0..8)), registration, 80, now));
        }
    }
    if let Some(registrants) = config.registrants {
        for planned in plan.iter_mut().filter(|planned| planned.registration != Registration::None) {
            planned.registrants = registrants;
        }
    }
    plan
}

fn demo(zone: Zone, now: DateTime<Utc>) -> Vec<Planned> {
    let mut launch = webinar(
        "Northwind spring release: what is new for service teams",
        at(zone, now, 9, 14),
        Registration::Automatic,
        124,
        now,
    );
    "A tour of the new planning board, the mobile app and the reporting, with time for questions."
        .clone_into(&mut launch.agenda);
    launch.panelists = PANELISTS.to_vec();
    let round_table =
        webinar("Round table: planning in the field", at(zone, now, 20, 16), Registration::Manual, 36, now);
    let mut past =
        webinar("How Veldkamp cut its travel time by a third", at(zone, now, -6, 15), Registration::Automatic, 88, now);
    past.panelists = PANELISTS[..1].to_vec();
    let mut series =
        webinar("Getting started with Northwind", at(zone, now, -12, 11), Registration::Automatic, 41, now);
    let weekday = chrono::Datelike::weekday(&series.start.with_timezone(&zone)).number_from_sunday();
    series.repeat = Repeat::Weekly { days: vec![weekday], times: 8, cancelled: 3 };
    let open = webinar("Open demo, no registration", at(zone, now, 3, 10), Registration::None, 0, now);
    vec![launch, round_table, past, series, open]
}

fn at(zone: Zone, now: DateTime<Utc>, days: i64, hour: u32) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let distance = Days::new(days.unsigned_abs());
    let date = if days < 0 { today.checked_sub_days(distance) } else { today.checked_add_days(distance) };
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    in_utc(zone, date.unwrap_or(today).and_time(time))
}

fn webinar(
    topic: &str,
    start: DateTime<Utc>,
    registration: Registration,
    registrants: usize,
    now: DateTime<Utc>,
) -> Planned {
    Planned {
        topic: topic.to_owned(),
        agenda: String::new(),
        start,
        minutes: 60,
        repeat: Repeat::Once,
        created_at: start.min(now) - chrono::TimeDelta::days(24),
        registration,
        registrants,
        panelists: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::parse_from_rfc3339("2026-11-25T09:41:20Z").unwrap().to_utc()
    }

    #[test]
    fn one_is_in_nine_days_and_one_is_over() {
        let plan = plan(&SandboxConfig::default(), Zone::AMSTERDAM, now());
        let days = |planned: &Planned| (planned.start.date_naive() - now().date_naive()).num_days();
        assert!(plan.iter().any(|planned| days(planned) == 9 && planned.registrants > 100));
        assert!(plan.iter().any(|planned| planned.start < now() && planned.registrants > 0));
        assert!(plan.iter().any(|planned| planned.registration == Registration::Manual));
    }

    #[test]
    fn counts_are_met() {
        let config = SandboxConfig { webinars: Some(500), registrants: Some(10_000), ..SandboxConfig::default() };
        let plan = plan(&config, Zone::AMSTERDAM, now());
        assert_eq!(plan.len(), 500);
        assert!(plan.iter().all(|one| (one.registration == Registration::None) != (one.registrants == 10_000)));
    }
}
