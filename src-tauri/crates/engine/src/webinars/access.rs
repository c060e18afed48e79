//! Whether the user's webinars can be read, as far as it was found out since the program started.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_zoom::{ErrorKind, ZoomError};

use super::view::WebinarAccess;
use crate::context::Context;
use crate::failure::Error;
use crate::pull::zoom_failed;

#[derive(Default)]
pub(super) struct Access(Mutex<Option<(WebinarAccess, DateTime<Utc>)>>);

impl Access {
    pub fn set(&self, access: WebinarAccess, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((access, now));
    }

    /// It was found out a moment ago that there is nothing to read. A clock that was set back asks again.
    pub fn is_refused_within(&self, time: TimeDelta, now: DateTime<Utc>) -> bool {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = |access: &WebinarAccess| !matches!(access, WebinarAccess::Ready | WebinarAccess::Unknown);
        found.as_ref().is_some_and(|(access, at)| refused(access) && *at <= now && now - *at < time)
    }

    fn get(&self) -> WebinarAccess {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.as_ref().map(|(access, _)| access.clone()).unwrap_or_default()
    }
}

/// What is known now.
pub(super) fn now(cx: &Context) -> WebinarAccess {
    if cx.zoom().is_none() { WebinarAccess::NotConnected } else { cx.state::<Access>().get() }
}

/// Why a round ended early.
#[derive(Debug)]
pub(super) enum Failed {
    /// There is nothing for this user to see, and the user is told why.
    Access(WebinarAccess),
    Command(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Command(error)
    }
}

/// A refusal that says what the user may see is a state and no failure: everything else of Zoom works.
pub(super) fn failed(cx: &Context) -> impl Fn(ZoomError) -> Failed + use<> {
    let told = zoom_failed(cx);
    move |error| match error.kind() {
        Some(ErrorKind::ScopeMissing { scopes }) => {
            Failed::Access(WebinarAccess::MissingScope { scope: scopes.first().cloned().unwrap_or_default() })
        }
        Some(ErrorKind::NotLicensed) => Failed::Access(WebinarAccess::NoLicence),
        Some(ErrorKind::Forbidden) => Failed::Access(WebinarAccess::Forbidden),
        _ => Failed::Command(told(error)),
    }
}
