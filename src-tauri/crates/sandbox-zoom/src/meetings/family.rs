//! Where meetings and webinars, otherwise kept alike, differ.

use axum::http::StatusCode;

use super::kind;
use super::settings::{self, Field};
use crate::answer::Refusal;
use crate::webinars;

/// Meetings or webinars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    Meeting,
    Webinar,
}

impl Family {
    /// What events and the journal put in front of what has happened.
    pub fn name(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Webinar => "webinar",
        }
    }

    /// The types that a request may name.
    pub fn kinds(self) -> &'static [i64] {
        match self {
            Self::Meeting => {
                &[kind::INSTANT, kind::SCHEDULED, kind::RECURRING_NO_TIME, kind::RECURRING, kind::SCREEN_SHARE]
            }
            Self::Webinar => &[kind::WEBINAR, kind::WEBINAR_NO_TIME, kind::WEBINAR_SERIES],
        }
    }

    /// The type of something that happens once.
    pub fn once(self) -> i64 {
        match self {
            Self::Meeting => kind::SCHEDULED,
            Self::Webinar => kind::WEBINAR,
        }
    }

    /// The largest intervals of daily, weekly and monthly series.
    pub fn longest_intervals(self) -> [i64; 3] {
        match self {
            Self::Meeting => [99, 50, 10],
            Self::Webinar => [90, 12, 3],
        }
    }

    /// The flag with which a request asks for a generated passcode.
    pub fn default_passcode(self) -> &'static str {
        match self {
            Self::Meeting => "default_password",
            Self::Webinar => "default_passcode",
        }
    }

    /// Settings that a request may set.
    pub fn settings(self) -> &'static [Field] {
        match self {
            Self::Meeting => settings::FIELDS,
            Self::Webinar => webinars::SETTINGS,
        }
    }

    /// Settings that a single occurrence may have of its own.
    pub fn settings_of_occurrences(self) -> &'static [&'static str] {
        match self {
            Self::Meeting => settings::OF_OCCURRENCES,
            Self::Webinar => webinars::OF_OCCURRENCES,
        }
    }

    /// 404/3001.
    pub fn missing(self, what: &str) -> Refusal {
        match self {
            Self::Meeting => Refusal::meeting_does_not_exist(what),
            Self::Webinar => Refusal::new(StatusCode::NOT_FOUND, 3001, format!("Webinar does not exist: {what}.")),
        }
    }

    /// The refusal of something that is not a number where one has to be.
    pub fn invalid_id(self) -> Refusal {
        Refusal::bad_request(300, format!("Invalid {} ID.", self.name()))
    }
}
