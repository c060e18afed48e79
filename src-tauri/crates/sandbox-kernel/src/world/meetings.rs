//! The rep's calendar, relative to now: a full day today, days before and after, a series, an
//! overlapping pair, and a meeting that starts in six minutes.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, DurationRound, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::people::{People, Person, PersonKind};
use super::topics::{AGENDAS, HOSTILE, INTERNAL, WITH_COMPANY};
use super::webinars::Registration;
use super::zone::in_utc;
use crate::world::zone::Zone;
use crate::{SandboxConfig, WorldKind};

/// How a planned meeting repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    Once,
    /// Recurring without a fixed time.
    OnDemand,
    /// Every week on these days (1 is Sunday), so many times; the `cancelled`th date was cancelled.
    Weekly {
        days: Vec<u32>,
        times: usize,
        cancelled: usize,
    },
}

/// One meeting of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub topic: String,
    pub agenda: String,
    pub start: DateTime<Utc>,
    pub minutes: i64,
    pub repeat: Repeat,
    pub created_at: DateTime<Utc>,
    /// E-mail addresses of the guests.
    pub invitees: Vec<String>,
    /// Name of the host where it is not the rep.
    pub invited_by: Option<String>,
    /// It has been started and goes on until its planned end.
    pub is_running: bool,
    /// Whether people have to register, and how many have.
    pub registration: Registration,
    pub registrants: usize,
    /// Its UUID begins with a slash, so that it has to be encoded twice in a path.
    pub awkward_uuid: bool,
}

/// Wall times and minutes of an ordinary working day.
const WORKING_DAY: [(u32, u32, i64); 8] =
    [(8, 30, 30), (9, 15, 45), (10, 30, 45), (11, 30, 30), (13, 15, 45), (14, 30, 30), (15, 30, 60), (16, 45, 30)];
/// People meet on the quarter of an hour, in every zone of the world.
const QUARTER: TimeDelta = TimeDelta::minutes(15);
const DAYS_BACK: i64 = 20;
const DAYS_AHEAD: i64 = 21;
/// Within these days the additional meetings of a large world lie; older numbers would be dead.
const BULK_DAYS: std::ops::Range<i64> = -28..150;

/// Plans the meetings of `config`. The same seed, people, zone and present give the same plan.
pub fn plan(config: &SandboxConfig, people: &People, zone: Zone, now: DateTime<Utc>) -> Vec<Planned> {
    if config.world == WorldKind::Empty {
        return Vec::new();
    }
    let mut rng = ChaCha8Rng::seed_from_u64(config.seed);
    rng.set_stream(3);
    let mut planner = Planner { rng, zone, now, guests: Guests::of(people) };
    let mut plan = planner.around_now();
    let taken: Vec<(DateTime<Utc>, DateTime<Utc>)> =
        plan.iter().map(|planned| (planned.start, end_of(planned))).collect();
    plan.extend(planner.rest_of_today(&taken));
    plan.extend(planner.series());
    plan.extend(planner.other_days());
    plan.extend(planner.hostile());
    plan.extend(planner.with_registration());
    if let Some(count) = config.meetings {
        plan.truncate(count);
        while plan.len() < count {
            plan.push(planner.somewhen());
        }
    }
    plan
}

impl Planned {
    /// The same slot without guests.
    fn among_colleagues(mut self, topic: &str) -> Self {
        topic.clone_into(&mut self.topic);
        self.invitees.clear();
        self
    }
}

fn end_of(planned: &Planned) -> DateTime<Utc> {
    planned.start + TimeDelta::minutes(planned.minutes)
}

/// A person outside who can be met.
struct Guest {
    email: String,
    company: String,
}

/// Contacts with an e-mail address, and names that are fit for the first screen.
struct Guests(Vec<Guest>);

impl Guests {
    fn of(people: &People) -> Self {
        let guest = |person: &Person| {
            let company = people.companies.get(person.company)?;
            let email = person.email.clone()?;
            let plain = [&person.first_name, &person.last_name, &company.name]
                .iter()
                .all(|name| name.chars().count() <= 40 && is_plain(name));
            let met = person.kind == PersonKind::Contact && plain;
            met.then(|| Guest { email, company: company.name.clone() })
        };
        Self(people.people.iter().filter_map(guest).collect())
    }
}

fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || " .,'’-&()".contains(c))
}

struct Planner {
    rng: ChaCha8Rng,
    zone: Zone,
    now: DateTime<Utc>,
    guests: Guests,
}

impl Planner {
    /// An ordinary meeting with a guest, or among colleagues where there are no guests.
    fn meeting(&mut self, start: DateTime<Utc>, minutes: i64) -> Planned {
        let agenda = AGENDAS.choose(&mut self.rng).copied().unwrap_or_default().to_owned();
        let outside = !self.guests.0.is_empty() && self.rng.random_range(0..5) != 0;
        let guest = if outside { self.guests.0.choose(&mut self.rng) } else { None };
        let topic = match guest {
            Some(guest) => with_company(&mut self.rng, &guest.company),
            None => INTERNAL.choose(&mut self.rng).copied().unwrap_or("Meeting").to_owned(),
        };
        let invitees = guest.map(|guest| guest.email.clone()).into_iter().collect();
        let days = self.rng.random_range(2..20);
        let created_at = start.min(self.now) - TimeDelta::days(days) - TimeDelta::minutes(37);
        Planned {
            topic,
            agenda,
            start,
            minutes,
            repeat: Repeat::Once,
            created_at,
            invitees,
            invited_by: None,
            is_running: false,
            registration: Registration::None,
            registrants: 0,
            awkward_uuid: self.rng.random_range(0..6) == 0,
        }
    }

    /// As [`Self::meeting`], but surely with a guest if there is any.
    fn with_guest(&mut self, start: DateTime<Utc>, minutes: i64, topic: &str) -> Planned {
        let mut planned = self.meeting(start, minutes);
        if let Some(guest) = self.guests.0.choose(&mut self.rng) {
            planned.topic = topic.replace("{}", &guest.company);
            planned.invitees = vec![guest.email.clone()];
        }
        planned
    }

    /// What is tied to this minute: the next meeting, one that overlaps it, one that is over, one
    /// that the rep only attends, one that runs. People meet at round times; only the next meeting,
    /// whose wait the demo shows, starts at a minute of its own.
    fn around_now(&mut self) -> Vec<Planned> {
        let minute = self.now.duration_round(TimeDelta::minutes(1)).unwrap_or(self.now);
        let at = |minutes: i64| minute + TimeDelta::minutes(minutes);
        let quarter = |minutes: i64| at(minutes).duration_trunc(QUARTER).unwrap_or_else(|_| at(minutes));
        let mut next = self.with_guest(at(6), 45, "Proposal walkthrough with {}");
        AGENDAS[1].clone_into(&mut next.agenda);
        // Begins between 21 and 36 minutes from now, and the next one ends after 51.
        let overlapping = self.meeting(quarter(36), 30).among_colleagues("Deal desk");
        let over = self.with_guest(quarter(-75), 30, "Discovery call with {}");
        // Began between 14 and 29 minutes ago.
        let mut running = self.meeting(quarter(-14), 30).among_colleagues("Forecast check");
        running.is_running = true;
        let attended = self.meeting(quarter(180), 60);
        let mut attended = attended.among_colleagues("Quarterly forecast with sales leadership");
        attended.invited_by = Some("Mila Jansen".to_owned());
        vec![next, overlapping, over, running, attended]
    }

    /// The slots of an ordinary working day that are still free.
    fn rest_of_today(&mut self, taken: &[(DateTime<Utc>, DateTime<Utc>)]) -> Vec<Planned> {
        let today = self.now.with_timezone(&self.zone).date_naive();
        let mut plan = Vec::new();
        for (hour, minute, minutes) in WORKING_DAY {
            let start = self.at(today, hour, minute);
            let end = start + TimeDelta::minutes(minutes);
            if !taken.iter().any(|(from, until)| start < *until && *from < end) {
                plan.push(self.meeting(start, minutes));
            }
        }
        plan
    }

    /// A weekly series with a past, a future and a cancelled date, and a room without a fixed time.
    fn series(&mut self) -> Vec<Planned> {
        let today = self.now.with_timezone(&self.zone).date_naive();
        let monday = today.checked_sub_days(Days::new(14)).unwrap_or(today).week(Weekday::Mon);
        let start = self.at(monday.first_day(), 9, 0);
        let mut stand_up = self.meeting(start, 15).among_colleagues("Sales stand-up");
        stand_up.agenda.clear();
        stand_up.created_at = start - TimeDelta::days(9);
        stand_up.repeat = Repeat::Weekly { days: vec![2, 4], times: 24, cancelled: 7 };
        let office_hours = self.meeting(self.now, 60);
        let mut office_hours = office_hours.among_colleagues("Open office hours");
        office_hours.repeat = Repeat::OnDemand;
        vec![stand_up, office_hours]
    }

    /// Working days around today, less full the further they are.
    fn other_days(&mut self) -> Vec<Planned> {
        let today = self.now.with_timezone(&self.zone).date_naive();
        let mut plan = Vec::new();
        for day in (-DAYS_BACK..=DAYS_AHEAD).filter(|day| *day != 0) {
            let date = today + TimeDelta::days(day);
            if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
                continue;
            }
            let wanted = if day.abs() <= 5 { self.rng.random_range(4..=6) } else { 3 };
            let mut slots = BTreeSet::new();
            while slots.len() < wanted {
                slots.insert(self.rng.random_range(0..WORKING_DAY.len()));
            }
            for slot in slots {
                let (hour, minute, minutes) = WORKING_DAY[slot];
                let start = self.at(date, hour, minute);
                plan.push(self.meeting(start, minutes));
            }
        }
        plan
    }

    /// Names and texts that must do no harm; on later days, so that today looks ordinary.
    fn hostile(&mut self) -> Vec<Planned> {
        let today = self.now.with_timezone(&self.zone).date_naive();
        let mut plan = Vec::new();
        for (index, (day, topic)) in (0_u32..).zip(HOSTILE) {
            let start = self.at(today + TimeDelta::days(day), 12, 15 + 15 * (index % 2));
            let mut planned = self.meeting(start, 15);
            topic.clone_into(&mut planned.topic);
            plan.push(planned);
        }
        let mut long = self.meeting(self.at(today + TimeDelta::days(5), 12, 0), 25);
        long.topic = "W".repeat(200);
        long.agenda = "A very long agenda, word after word. ".repeat(54);
        plan.push(long);
        plan
    }

    /// Meetings that people register for: one where the host decides, one that was open to all and is over.
    fn with_registration(&mut self) -> Vec<Planned> {
        let today = self.now.with_timezone(&self.zone).date_naive();
        let plan = [
            (8, "Workshop: from offer to order", Registration::Manual, 14),
            (-9, "Meet the makers", Registration::Automatic, 9),
        ];
        let planned = plan.map(|(day, topic, registration, registrants)| {
            let meeting = self.meeting(self.at(today + TimeDelta::days(day), 17, 30), 45);
            Planned { registration, registrants, ..meeting.among_colleagues(topic) }
        });
        planned.into()
    }

    /// Any working time within the reach of a large world.
    fn somewhen(&mut self) -> Planned {
        let today = self.now.with_timezone(&self.zone).date_naive();
        let date = today + TimeDelta::days(self.rng.random_range(BULK_DAYS));
        let quarter = self.rng.random_range(0..40);
        let start = self.at(date, 8 + quarter / 4, 15 * (quarter % 4));
        let minutes = [15, 30, 45, 60].choose(&mut self.rng).copied().unwrap_or(30);
        self.meeting(start, minutes)
    }

    fn at(&self, date: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        in_utc(self.zone, date.and_time(time))
    }
}

fn with_company(rng: &mut ChaCha8Rng, company: &str) -> String {
    WITH_COMPANY.choose(rng).copied().unwrap_or("Meeting with {}").replace("{}", company)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::parse_from_rfc3339("2026-11-25T09:41:20Z").unwrap().to_utc()
    }

    fn planned(config: &SandboxConfig) -> Vec<Planned> {
        plan(config, &People::generate(config), Zone::AMSTERDAM, now())
    }

    #[test]
    fn the_same_seed_plans_the_same_and_another_seed_does_not() {
        let config = SandboxConfig::default();
        assert_eq!(planned(&config), planned(&config));
        let other = SandboxConfig { seed: 2, ..SandboxConfig::default() };
        assert_ne!(planned(&config), planned(&other));
    }

    #[test]
    fn the_next_meeting_starts_in_six_minutes_with_a_contact_and_another_overlaps_it() {
        let config = SandboxConfig::default();
        let people = People::generate(&config);
        let plan = planned(&config);
        let next = plan.iter().filter(|one| one.start > now()).min_by_key(|one| one.start).unwrap();
        let wait = next.start - now();
        assert!((TimeDelta::seconds(330)..=TimeDelta::seconds(390)).contains(&wait), "{wait}");
        let guest = people.people.iter().find(|person| person.email.as_ref() == next.invitees.first());
        assert_eq!(guest.map(|person| person.kind), Some(PersonKind::Contact));
        let overlaps = |one: &&Planned| one.start < end_of(next) && next.start < one.start;
        assert!(plan.iter().any(|one| overlaps(&one)));
    }

    #[test]
    fn meetings_start_at_round_times_the_next_one_aside_whatever_the_minute() {
        let config = SandboxConfig::default();
        let people = People::generate(&config);
        for minute in 0..60 {
            let now = now() + TimeDelta::minutes(minute);
            for zone in [Zone::AMSTERDAM, "Asia/Kathmandu".parse().unwrap()] {
                let plan = plan(&config, &people, zone, now);
                let odd = |one: &&Planned| one.start.timestamp() % QUARTER.num_seconds() != 0;
                // The room without a fixed time has none.
                let odd: Vec<_> = plan.iter().filter(odd).filter(|one| one.repeat != Repeat::OnDemand).collect();
                assert!(odd.len() <= 1 && odd.iter().all(|one| one.start > now), "{odd:?}");
                let running = plan.iter().find(|one| one.is_running).unwrap();
                assert!(running.start < now && now < end_of(running));
                let next = plan.iter().find(|one| one.topic.starts_with("Proposal walkthrough")).unwrap();
                let overlaps = |one: &&Planned| one.topic == "Deal desk" && one.start < end_of(next);
                assert!(plan.iter().any(|one| overlaps(&one) && next.start < one.start));
            }
        }
    }

    #[test]
    fn today_is_a_full_day_with_past_and_future() {
        let plan = planned(&SandboxConfig::default());
        let zone = Zone::AMSTERDAM;
        let date = |time: DateTime<Utc>| time.with_timezone(&zone).date_naive();
        let today: Vec<_> = plan.iter().filter(|one| date(one.start) == date(now())).collect();
        assert!(today.len() >= 9, "{}", today.len());
        assert!(today.iter().any(|one| end_of(one) < now()));
        assert!(today.iter().all(|one| one.topic.chars().all(|c| !c.is_control())));
    }

    #[test]
    fn a_large_world_has_exactly_the_meetings_asked_for() {
        for count in [0, 3, 5_000] {
            let config = SandboxConfig { meetings: Some(count), ..SandboxConfig::default() };
            assert_eq!(planned(&config).len(), count);
        }
        let empty = SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() };
        assert!(planned(&empty).is_empty());
    }

    #[test]
    fn a_world_without_people_still_has_meetings() {
        let config = SandboxConfig { people: Some(0), ..SandboxConfig::default() };
        assert!(planned(&config).iter().all(|one| one.invitees.is_empty()));
    }
}
