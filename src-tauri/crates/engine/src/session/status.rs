//! How each service is doing, and the one line at the bottom of the sidebar.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::context::Context;
use crate::failure::{Error, utc_ms};
use crate::session::view::Status;
use crate::terms::Provider;

/// What is known about one service since the program started, seeded from the database.
#[derive(Debug, Clone, Default)]
pub(crate) struct Health {
    /// Rows done so far, while a pull runs.
    pub syncing: Option<u32>,
    /// When the oldest part of the copy was complete.
    pub last_success: Option<DateTime<Utc>>,
    /// Set while the last attempt of some pull failed.
    pub last_error: Option<Error>,
    pub sign_in_needed: bool,
    pub connected: bool,
    /// Records that could not be read.
    pub skipped: u32,
    /// A part could not be looked at.
    pub unseen: bool,
    parts: BTreeMap<&'static str, Part>,
}

/// What is known of one pull.
#[derive(Debug, Clone, Default)]
struct Part {
    whole: Option<DateTime<Utc>>,
    /// Whether its age is part of the copy's.
    ages: bool,
    error: Option<Error>,
    skipped: u32,
    unseen: bool,
}

impl Health {
    fn part(&mut self, name: &'static str, change: impl FnOnce(&mut Part)) {
        change(self.parts.entry(name).or_default());
        let parts = || self.parts.values();
        self.last_error = parts().find_map(|part| part.error.clone());
        self.last_success = parts().filter(|part| part.ages).map(|part| part.whole).min().flatten();
        self.skipped = parts().map(|part| part.skipped).sum();
        self.unseen = parts().any(|part| part.unseen);
    }
}

/// The health of both services.
#[derive(Debug, Default)]
pub(crate) struct StatusBoard {
    both: Mutex<[Health; 2]>,
}

/// Longer than any two rounds are apart: a copy of this age says that no round ran, whatever the last one said.
/// So it is after the computer slept, and after its clock was set.
const BEHIND: TimeDelta = TimeDelta::minutes(90);

/// What the outbox contributes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Unsent {
    pub count: u32,
    pub paused: bool,
}

impl Context {
    /// How the services are doing.
    pub(crate) fn status(&self) -> Arc<StatusBoard> {
        self.state()
    }
}

impl StatusBoard {
    pub fn health(&self, provider: Provider) -> Health {
        self.lock()[index(provider)].clone()
    }

    /// Changes one service's health; answers whether anything visible changed.
    pub fn update(&self, provider: Provider, change: impl FnOnce(&mut Health)) {
        change(&mut self.lock()[index(provider)]);
    }

    pub fn started(&self, provider: Provider) {
        self.update(provider, |health| health.syncing = Some(0));
    }

    pub fn progress(&self, provider: Provider, done: u32) {
        self.update(provider, |health| health.syncing = Some(done));
    }

    /// The copy was whole then, in an earlier run of the program.
    pub fn restored(&self, provider: Provider, pull: &'static str, whole: Option<DateTime<Utc>>) {
        self.update(provider, |health| health.part(pull, |part| (part.whole, part.ages) = (whole, true)));
    }

    /// A pull ended well; `whole` when it was complete and tells the age of the copy.
    pub fn ended(
        &self,
        provider: Provider,
        pull: &'static str,
        whole: Option<DateTime<Utc>>,
        (skipped, unseen): (u32, bool),
    ) {
        self.update(provider, |health| {
            health.syncing = None;
            health.part(pull, |part| {
                if whole.is_some() {
                    (part.whole, part.ages) = (whole, true);
                }
                (part.error, part.skipped, part.unseen) = (None, skipped, unseen);
            });
            health.sign_in_needed &= whole.is_none();
        });
    }

    /// A pull failed.
    pub fn failed_in(&self, provider: Provider, pull: &'static str, error: Error) {
        self.update(provider, |health| {
            health.syncing = None;
            health.sign_in_needed |= error.needs_sign_in();
            health.part(pull, |part| part.error = Some(error));
        });
    }

    /// The user signed in: what went wrong before is over.
    pub fn signed_in(&self, provider: Provider) {
        self.update(provider, |health| {
            (health.connected, health.sign_in_needed, health.last_error) = (true, false, None);
            health.parts.values_mut().for_each(|part| part.error = None);
        });
    }

    /// The service ended the sign-in.
    pub fn failed(&self, provider: Provider, error: Error) {
        self.update(provider, |health| {
            health.syncing = None;
            health.sign_in_needed |= error.needs_sign_in();
            health.last_error = Some(error);
        });
    }

    pub fn is_offline(&self, provider: Provider) -> bool {
        is_offline(&self.lock()[index(provider)])
    }

    /// The line for the sidebar: what needs the user first, then what is wrong, then what runs.
    pub fn line(&self, unsent: Unsent, now: DateTime<Utc>) -> Status {
        let both = self.lock();
        let with_provider = || {
            [Provider::Zoom, Provider::Salesforce].into_iter().zip(both.iter()).filter(|(_, health)| health.connected)
        };
        // The older of the two: nothing shown is older than this.
        let oldest = with_provider().map(|(_, health)| health.last_success).min().flatten();
        let as_of = oldest.map(utc_ms);
        if let Some((provider, _)) = with_provider().find(|(_, health)| health.sign_in_needed) {
            return Status::SignInNeeded { provider };
        }
        if with_provider().next().is_none() {
            return if unsent.paused { Status::Paused { count: unsent.count } } else { Status::NotConnected };
        }
        if unsent.paused && unsent.count > 0 {
            return Status::Paused { count: unsent.count };
        }
        if with_provider().any(|(_, health)| is_offline(health)) {
            return Status::Offline { as_of, waiting: unsent.count };
        }
        if let Some((provider, _)) = with_provider().find(|(_, health)| health.last_error.is_some()) {
            return Status::Failing { provider, as_of };
        }
        // Nothing waits yet, but what comes next will.
        if unsent.paused {
            return Status::Paused { count: 0 };
        }
        let syncing: Vec<u32> = with_provider().filter_map(|(_, health)| health.syncing).collect();
        if !syncing.is_empty() {
            return Status::Syncing { done: syncing.iter().sum(), total: None };
        }
        if unsent.count > 0 {
            return Status::Waiting { count: unsent.count };
        }
        match oldest {
            // The first round is about to begin.
            None => Status::Syncing { done: 0, total: None },
            Some(at) if (now - at).abs() > BEHIND => Status::Behind { as_of: utc_ms(at) },
            Some(_) => Status::UpToDate { as_of },
        }
    }

    fn lock(&self) -> MutexGuard<'_, [Health; 2]> {
        self.both.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn index(provider: Provider) -> usize {
    match provider {
        Provider::Zoom => 0,
        Provider::Salesforce => 1,
    }
}

fn is_offline(health: &Health) -> bool {
    health.last_error.as_ref().is_some_and(Error::is_offline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::SignInReason;
    use crate::terms::UtcMs;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn board() -> StatusBoard {
        let board = StatusBoard::default();
        for provider in [Provider::Zoom, Provider::Salesforce] {
            board.update(provider, |health| health.connected = true);
            board.ended(provider, "pull", Some(at(100)), (0, false));
        }
        board
    }

    #[test]
    fn all_is_well_as_of_the_older_service() {
        let board = board();
        board.ended(Provider::Zoom, "pull", Some(at(200)), (0, false));
        assert_eq!(board.line(Unsent::default(), at(200)), Status::UpToDate { as_of: Some(UtcMs(100_000)) });
        assert_eq!(board.line(Unsent { count: 2, paused: false }, at(200)), Status::Waiting { count: 2 });
    }

    #[test]
    fn what_needs_the_user_comes_first() {
        let board = board();
        board.failed_in(Provider::Zoom, "pull", Error::Offline);
        assert_eq!(
            board.line(Unsent { count: 1, paused: false }, at(200)),
            Status::Offline { as_of: Some(UtcMs(100_000)), waiting: 1 }
        );
        board.failed_in(
            Provider::Salesforce,
            "pull",
            Error::SignInNeeded { provider: Provider::Salesforce, reason: SignInReason::Expired },
        );
        assert_eq!(board.line(Unsent::default(), at(200)), Status::SignInNeeded { provider: Provider::Salesforce });
        board.ended(Provider::Salesforce, "pull", Some(at(300)), (0, false));
        assert_eq!(board.line(Unsent { count: 1, paused: true }, at(200)), Status::Paused { count: 1 });
    }

    #[test]
    fn a_copy_of_ten_hours_is_not_up_to_date_and_one_from_the_future_neither() {
        let board = board();
        let line = |now| board.line(Unsent::default(), now);
        assert_eq!(line(at(100 + 90 * 60)), Status::UpToDate { as_of: Some(UtcMs(100_000)) });
        for hours in [10, -10] {
            assert_eq!(line(at(100 + hours * 3_600)), Status::Behind { as_of: UtcMs(100_000) });
        }
        board.started(Provider::Zoom);
        assert!(matches!(line(at(36_100)), Status::Syncing { .. }));
    }

    #[test]
    fn what_was_never_fetched_is_not_up_to_date() {
        let board = StatusBoard::default();
        board.update(Provider::Zoom, |health| health.connected = true);
        assert_eq!(board.line(Unsent::default(), at(0)), Status::Syncing { done: 0, total: None });
    }

    #[test]
    fn sending_that_is_paused_is_said_also_when_nothing_waits() {
        let board = board();
        assert_eq!(board.line(Unsent { count: 0, paused: true }, at(200)), Status::Paused { count: 0 });
        board.failed_in(Provider::Zoom, "pull", Error::Offline);
        assert!(matches!(board.line(Unsent { count: 0, paused: true }, at(200)), Status::Offline { .. }));
        assert_eq!(board.line(Unsent { count: 2, paused: true }, at(200)), Status::Paused { count: 2 });
    }

    #[test]
    fn without_any_account_nothing_is_up_to_date() {
        let board = StatusBoard::default();
        assert_eq!(board.line(Unsent::default(), at(200)), Status::NotConnected);
        board.failed_in(Provider::Zoom, "pull", Error::Offline);
        assert_eq!(board.line(Unsent { count: 1, paused: false }, at(200)), Status::NotConnected);
    }

    #[test]
    fn a_service_that_is_not_connected_does_not_count() {
        let board = StatusBoard::default();
        board.update(Provider::Zoom, |health| health.connected = true);
        board.ended(Provider::Zoom, "pull", Some(at(200)), (0, false));
        board.failed_in(Provider::Salesforce, "pull", Error::Offline);
        assert_eq!(board.line(Unsent::default(), at(200)), Status::UpToDate { as_of: Some(UtcMs(200_000)) });
    }

    #[test]
    fn a_failure_keeps_the_last_success() {
        let board = board();
        board.failed_in(Provider::Zoom, "pull", Error::Answer { provider: Provider::Zoom, code: "E-ZOOM-LIST" });
        assert_eq!(
            board.line(Unsent::default(), at(200)),
            Status::Failing { provider: Provider::Zoom, as_of: Some(UtcMs(100_000)) }
        );
    }
}
