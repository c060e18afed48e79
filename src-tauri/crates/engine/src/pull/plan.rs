//! When a pull is due. Pure: it gets its `now`, so a day can be played in a moment.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;

use super::{Ending, Pulled};
use crate::failure::Error;

/// First pause after a failure; it doubles with each one.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(15);
/// Longest pause after a failure.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(15);
/// A service that asks for a pause names an hour of this or the next day; a pause beyond that is left over from a
/// clock that went wrong.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(25);
/// There is more to ask.
const SOON: TimeDelta = TimeDelta::seconds(15);
/// The service works on an answer.
const WORKING: TimeDelta = TimeDelta::minutes(2);

/// How often a pull asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rhythm {
    /// After a round that brought something. Doubles with each one that brought nothing.
    pub every: TimeDelta,
    /// At the longest while somebody looks at the window.
    pub watched: TimeDelta,
    /// At the longest while nobody does.
    pub unwatched: TimeDelta,
}

/// What is known of a pull when it is asked whether it is due.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub now: DateTime<Utc>,
    /// When the last attempt began; `None` before the first one since the program started.
    pub began: Option<DateTime<Utc>>,
    /// How it ended, when it ended well.
    pub ending: Option<Ending>,
    /// Rounds in a row that brought nothing new.
    pub quiet: u32,
    /// Attempts in a row that failed.
    pub failures: u32,
    /// Not before this, after a failure.
    pub retry_at: Option<DateTime<Utc>>,
    /// Whether somebody looks at the window.
    pub watched: bool,
    /// The organisation has used most of its calls: not more often than this.
    pub sparing: Option<TimeDelta>,
}

impl Seen {
    /// When the next attempt is due by a rhythm.
    pub fn due(&self, rhythm: Rhythm) -> DateTime<Utc> {
        let Some(began) = self.began else { return self.now };
        if let Some(retry_at) = self.retry_at {
            return if retry_at - self.now > LONGEST_WAIT { self.now } else { retry_at };
        }
        let mut wait = match self.ending {
            Some(Ending::InPart) => SOON,
            Some(Ending::Waiting) => WORKING,
            _ => {
                let longest = if self.watched { rhythm.watched } else { rhythm.unwatched };
                (rhythm.every * (1 << self.quiet.min(10))).min(longest.max(rhythm.every))
            }
        };
        if let Some(sparing) = self.sparing {
            wait = wait.max(sparing);
        }
        // The clock was set back: what seems to lie ahead was long ago.
        if began > self.now { self.now } else { began + wait }
    }

    /// Notes that an attempt begins.
    pub fn begins(&mut self, now: DateTime<Utc>) {
        self.began = Some(now);
        self.retry_at = None;
    }

    /// Notes how it ended.
    pub fn ended(&mut self, now: DateTime<Utc>, outcome: &Result<Pulled, Error>) {
        match outcome {
            Ok(pulled) => {
                self.ending = Some(pulled.ending);
                self.failures = 0;
                self.quiet =
                    if pulled.news || pulled.ending == Ending::InPart { 0 } else { self.quiet.saturating_add(1) };
            }
            Err(error) => {
                self.failures = self.failures.saturating_add(1);
                let until = error.limited_until().unwrap_or(now);
                self.retry_at = Some(until.max(now + pause(self.failures)));
            }
        }
    }

    /// Somebody wants to see what is new.
    pub fn asked(&mut self) {
        (self.quiet, self.failures) = (0, 0);
    }

    /// The user did something that the service answers with a change.
    pub fn acted(&mut self) {
        self.quiet = 0;
    }

    /// What it compares with is new: it is due, unless the service was in trouble or is to be spared.
    pub fn told(&mut self) {
        if self.retry_at.is_none() && self.sparing.is_none() {
            self.began = None;
        }
    }

    /// Somebody has turned to the window after a long time: what is shown should not be old.
    pub fn looked_at(&mut self) {
        self.quiet = 0;
    }
}

/// Jitter under a limit that doubles with each failure.
fn pause(failures: u32) -> TimeDelta {
    let doublings = failures.saturating_sub(1).min(10);
    let limit = (FIRST_PAUSE * (1 << doublings)).min(LONGEST_PAUSE);
    let limit_ms = limit.num_milliseconds();
    TimeDelta::milliseconds(rand::rng().random_range(limit_ms / 2..=limit_ms))
}

/// How long it is until a moment; without one, for ever. Whoever waits so long looks at the clock now and then.
pub(super) fn left(now: DateTime<Utc>, until: Option<DateTime<Utc>>) -> Duration {
    until.map_or(Duration::MAX, |until| (until - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::terms::{Provider, UtcMs};

    const RHYTHM: Rhythm =
        Rhythm { every: TimeDelta::minutes(5), watched: TimeDelta::minutes(30), unwatched: TimeDelta::minutes(40) };

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_804_680_000, 0).unwrap()
    }

    fn quiet() -> Pulled {
        Pulled { ending: Ending::Whole, ..Pulled::default() }
    }

    /// Rounds of a day in which each ends as told.
    fn day(watched: bool, outcome: &Result<Pulled, Error>) -> usize {
        let mut seen = Seen { now: noon(), watched, ..Seen::default() };
        let mut rounds = 0;
        let midnight = noon() + TimeDelta::days(1);
        loop {
            let due = seen.due(RHYTHM).max(seen.now);
            if due >= midnight {
                return rounds;
            }
            seen.now = due;
            seen.begins(due);
            seen.ended(due, outcome);
            rounds += 1;
        }
    }

    #[test]
    fn a_quiet_day_is_asked_for_seldom() {
        assert!((35..=45).contains(&day(false, &Ok(quiet()))), "{}", day(false, &Ok(quiet())));
        assert!((45..=55).contains(&day(true, &Ok(quiet()))), "{}", day(true, &Ok(quiet())));
        let busy = Pulled { news: true, ..quiet() };
        assert_eq!(day(false, &Ok(busy)), 288);
    }

    #[test]
    fn a_service_in_trouble_is_not_hammered() {
        let trouble = Err(Error::Answer { provider: Provider::Zoom, code: "E-ZOOM-LIST" });
        // 15 s, 30 s and so on to 15 minutes, each at least half of it.
        assert!((96..=210).contains(&day(true, &trouble)), "{}", day(true, &trouble));
    }

    #[test]
    fn a_pause_that_was_asked_for_is_kept() {
        let mut seen = Seen { now: noon(), ..Seen::default() };
        seen.begins(noon());
        let until = noon() + TimeDelta::hours(3);
        let limited = Error::RateLimited { provider: Provider::Zoom, until: UtcMs(until.timestamp_millis()) };
        seen.ended(noon(), &Err(limited));
        assert_eq!(seen.due(RHYTHM), until);
    }

    #[test]
    fn a_clock_that_was_set_back_stops_nothing() {
        let mut seen = Seen { now: noon(), ..Seen::default() };
        seen.begins(noon());
        seen.ended(noon(), &Ok(quiet()));
        seen.now = noon() - TimeDelta::days(900);
        assert_eq!(seen.due(RHYTHM), seen.now);
        seen.ended(noon(), &Err(Error::Offline));
        assert_eq!(seen.due(RHYTHM), seen.now);
    }

    #[test]
    fn whoever_turns_to_the_window_waits_less() {
        let mut seen = Seen { now: noon(), quiet: 9, ..Seen::default() };
        seen.begins(noon());
        seen.ending = Some(Ending::Whole);
        assert_eq!(seen.due(RHYTHM), noon() + RHYTHM.unwatched);
        seen.watched = true;
        assert_eq!(seen.due(RHYTHM), noon() + RHYTHM.watched);
        seen.looked_at();
        assert_eq!(seen.due(RHYTHM), noon() + RHYTHM.every);
    }

    #[test]
    fn what_is_told_anew_is_compared_at_once_but_for_trouble() {
        let mut seen = Seen { now: noon(), ..Seen::default() };
        seen.begins(noon());
        seen.ended(noon(), &Ok(quiet()));
        seen.told();
        assert_eq!(seen.due(RHYTHM), noon());
        seen.begins(noon());
        seen.ended(noon(), &Err(Error::Offline));
        seen.told();
        assert!(seen.due(RHYTHM) > noon(), "after its pause");
    }

    #[test]
    fn a_quiet_time_is_asked_for_after_5_10_20_and_30_minutes() {
        let mut seen = Seen { now: noon(), watched: true, ..Seen::default() };
        let mut waits = Vec::new();
        for _ in 0..5 {
            let began = seen.now;
            seen.begins(began);
            seen.ended(began, &Ok(Pulled { news: waits.is_empty(), ..quiet() }));
            seen.now = seen.due(RHYTHM);
            waits.push((seen.now - began).num_minutes());
        }
        assert_eq!(waits, [5, 10, 20, 30, 30]);
        // What the user does comes back as a change.
        seen.acted();
        seen.begins(seen.now);
        assert_eq!(seen.due(RHYTHM), seen.now + RHYTHM.every);
    }

    proptest! {
        #[test]
        fn pauses_grow_and_stay_bounded(failures in 1_u32..10_000) {
            let pause = pause(failures);
            prop_assert!(pause >= FIRST_PAUSE / 2 && pause <= LONGEST_PAUSE, "{pause}");
        }

        #[test]
        fn what_is_due_is_not_waited_for(now in -5_000_000_000_i64..5_000_000_000, ahead in -5_000_000_000_i64..5_000_000_000) {
            let now = DateTime::from_timestamp(now, 0).unwrap();
            let until = now + TimeDelta::seconds(ahead);
            prop_assert_eq!(left(now, Some(until)).is_zero(), ahead <= 0);
            prop_assert_eq!(left(now, None), Duration::MAX);
        }
    }
}
