//! How each service is doing, and the one line at the bottom of the sidebar.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use crate::context::Context;
use crate::error::CommandError;
use crate::failure::utc_ms;
use crate::session::view::Status;
use crate::terms::Provider;

/// What is known about one service since the program started, seeded from the database.
#[derive(Debug, Clone, Default)]
pub(crate) struct Health {
    /// Rows done so far, while a pull runs.
    pub syncing: Option<u32>,
    pub last_success: Option<DateTime<Utc>>,
    /// Set while the last attempt failed.
    pub last_error: Option<CommandError>,
    pub sign_in_needed: bool,
    pub connected: bool,
}

/// The health of both services.
#[derive(Debug, Default)]
pub(crate) struct StatusBoard {
    both: Mutex<[Health; 2]>,
}

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

    pub fn succeeded(&self, provider: Provider, at: DateTime<Utc>) {
        self.update(provider, |health| {
            health.syncing = None;
            health.last_success = Some(at);
            health.last_error = None;
            health.sign_in_needed = false;
        });
    }

    pub fn failed(&self, provider: Provider, error: CommandError) {
        self.update(provider, |health| {
            health.syncing = None;
            health.sign_in_needed |= matches!(error, CommandError::SignInNeeded { .. });
            health.last_error = Some(error);
        });
    }

    pub fn is_offline(&self, provider: Provider) -> bool {
        is_offline(&self.lock()[index(provider)])
    }

    /// The line for the sidebar: what needs the user first, then what is wrong, then what runs.
    pub fn line(&self, unsent: Unsent) -> Status {
        let both = self.lock();
        let with_provider = || {
            [Provider::Zoom, Provider::Salesforce].into_iter().zip(both.iter()).filter(|(_, health)| health.connected)
        };
        // The older of the two: nothing shown is older than this.
        let as_of = with_provider().map(|(_, health)| health.last_success).min().flatten().map(utc_ms);
        if let Some((provider, _)) = with_provider().find(|(_, health)| health.sign_in_needed) {
            return Status::SignInNeeded { provider };
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
        let syncing: Vec<u32> = with_provider().filter_map(|(_, health)| health.syncing).collect();
        if !syncing.is_empty() {
            return Status::Syncing { done: syncing.iter().sum(), total: None };
        }
        if unsent.count > 0 {
            return Status::Waiting { count: unsent.count };
        }
        Status::UpToDate { as_of }
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
    matches!(
        health.last_error,
        Some(
            CommandError::Offline
                | CommandError::TimedOut { .. }
                | CommandError::OutcomeUnknown { .. }
                | CommandError::NetworkSignIn { .. }
        )
    )
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
            board.succeeded(provider, at(100));
        }
        board
    }

    #[test]
    fn all_is_well_as_of_the_older_service() {
        let board = board();
        board.succeeded(Provider::Zoom, at(200));
        assert_eq!(board.line(Unsent::default()), Status::UpToDate { as_of: Some(UtcMs(100_000)) });
        assert_eq!(board.line(Unsent { count: 2, paused: false }), Status::Waiting { count: 2 });
    }

    #[test]
    fn what_needs_the_user_comes_first() {
        let board = board();
        board.failed(Provider::Zoom, CommandError::Offline);
        assert_eq!(
            board.line(Unsent { count: 1, paused: false }),
            Status::Offline { as_of: Some(UtcMs(100_000)), waiting: 1 }
        );
        board.failed(
            Provider::Salesforce,
            CommandError::SignInNeeded { provider: Provider::Salesforce, reason: SignInReason::Expired },
        );
        assert_eq!(board.line(Unsent::default()), Status::SignInNeeded { provider: Provider::Salesforce });
        board.succeeded(Provider::Salesforce, at(300));
        assert_eq!(board.line(Unsent { count: 1, paused: true }), Status::Paused { count: 1 });
    }

    #[test]
    fn a_service_that_is_not_connected_does_not_count() {
        let board = StatusBoard::default();
        board.update(Provider::Zoom, |health| health.connected = true);
        board.succeeded(Provider::Zoom, at(200));
        board.failed(Provider::Salesforce, CommandError::Offline);
        assert_eq!(board.line(Unsent::default()), Status::UpToDate { as_of: Some(UtcMs(200_000)) });
    }

    #[test]
    fn a_failure_keeps_the_last_success() {
        let board = board();
        board.failed(Provider::Zoom, crate::failure::trouble(Provider::Zoom, "ZOOM-500"));
        assert_eq!(
            board.line(Unsent::default()),
            Status::Failing { provider: Provider::Zoom, as_of: Some(UtcMs(100_000)) }
        );
    }
}
