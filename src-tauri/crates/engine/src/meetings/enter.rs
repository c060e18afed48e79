//! The way in, to meetings and webinars alike: in Zoom's app or the browser, as the user chose, and never twice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_zoom::{JoinUrl, StartUrl, ZoomLink, ZoomLinks};

use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::session::settings;
use crate::session::view::OpenIn;

/// A second press within this time does nothing: it would open the meeting twice, or another one that runs beside it.
const DOUBLE: TimeDelta = TimeDelta::seconds(2);
/// What is entered by a press that names no meeting.
const WHATEVER_IS_DUE: &str = "";

/// What was pressed lately, by meeting or webinar.
#[derive(Default)]
struct Presses(Mutex<HashMap<String, Press>>);

#[derive(Clone, Copy)]
enum Press {
    /// Its link is on the way.
    UnderWay,
    Opened(DateTime<Utc>),
}

impl Press {
    /// A clock that was set in between ends it, too.
    fn holds(self, now: DateTime<Utc>) -> bool {
        match self {
            Self::UnderWay => true,
            Self::Opened(at) => (now - at).abs() < DOUBLE,
        }
    }
}

impl Presses {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Press>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` where this one is being opened or was a moment ago; for [`WHATEVER_IS_DUE`], where any was.
    fn begin(self: &Arc<Self>, key: &str, now: DateTime<Utc>) -> Option<Turn> {
        let mut all = self.all();
        all.retain(|_, press| press.holds(now));
        if all.contains_key(key) || (key == WHATEVER_IS_DUE && !all.is_empty()) {
            return None;
        }
        all.insert(key.to_owned(), Press::UnderWay);
        Some(Turn { presses: Arc::clone(self), key: key.to_owned() })
    }
}

/// The turn of one press. Dropped before anything was opened, it lets the next press try at once.
pub(crate) struct Turn {
    presses: Arc<Presses>,
    key: String,
}

impl Turn {
    pub fn opened(self, now: DateTime<Utc>) {
        self.presses.all().insert(self.key.clone(), Press::Opened(now));
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut all = self.presses.all();
        if matches!(all.get(&self.key), Some(Press::UnderWay)) {
            all.remove(&self.key);
        }
    }
}

impl Context {
    /// The turn to enter one meeting or webinar; none for a second press.
    pub(crate) fn turn(&self, key: &str) -> Option<Turn> {
        self.state::<Presses>().begin(key, self.now())
    }

    /// The turn to enter whatever is due; none for a second press: after the first one it would mean the next meeting.
    pub(crate) fn turn_of_due(&self) -> Option<Turn> {
        self.turn(WHATEVER_IS_DUE)
    }
}

impl Engine {
    /// Opens a link to join.
    ///
    /// # Errors
    /// [`Error::Gone`] for a link that does not lead to Zoom; nothing takes it.
    pub(crate) async fn enter_as_guest(&self, cx: &Context, url: &JoinUrl) -> Result<(), Error> {
        let links = ZoomLinks::new(cx.on_loopback());
        let page = links.join(url).map_err(|error| {
            tracing::warn!(%error, "a join link was refused");
            Error::Gone
        })?;
        let app = if in_app(cx).await? { links.join_in_app(url) } else { None };
        self.hand_over(app.as_ref(), &page)
    }

    /// Opens a host's fresh link; false for one that does not lead to Zoom.
    ///
    /// # Errors
    /// Nothing takes it.
    pub(crate) async fn enter_as_host(&self, cx: &Context, url: &StartUrl) -> Result<bool, Error> {
        let links = ZoomLinks::new(cx.on_loopback());
        let Ok(page) = links.start(url) else { return Ok(false) };
        let app = if in_app(cx).await? { links.start_in_app(url) } else { None };
        self.hand_over(app.as_ref(), &page).map(|()| true)
    }

    fn hand_over(&self, app: Option<&ZoomLink>, page: &ZoomLink) -> Result<(), Error> {
        let desktop = &self.config().desktop;
        if let Some(app) = app {
            match desktop.open(app.expose()) {
                Ok(()) => return Ok(()),
                Err(error) => tracing::warn!(%error, "no app took a link into a meeting; the browser gets it"),
            }
        }
        desktop.open(page.expose()).map_err(Error::Desktop)
    }
}

async fn in_app(cx: &Context) -> Result<bool, Error> {
    Ok(settings::load(&cx.store).await?.open_in == OpenIn::ZoomApp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(ms).unwrap()
    }

    #[test]
    fn a_second_press_within_two_seconds_does_nothing() {
        let presses = Arc::new(Presses::default());
        presses.begin("a", at(0)).unwrap().opened(at(500));
        assert!(presses.begin("a", at(2_499)).is_none());
        assert!(presses.begin("b", at(2_499)).is_some(), "another one that was pointed at");
        assert!(presses.begin("a", at(2_500)).is_some());
    }

    #[test]
    fn whatever_is_due_waits_for_all_that_was_pressed() {
        let presses = Arc::new(Presses::default());
        let due = presses.begin(WHATEVER_IS_DUE, at(0)).unwrap();
        presses.begin("a", at(0)).unwrap().opened(at(0));
        due.opened(at(0));
        assert!(presses.begin(WHATEVER_IS_DUE, at(1_999)).is_none());
        presses.begin("b", at(1_999)).unwrap().opened(at(1_999));
        assert!(presses.begin(WHATEVER_IS_DUE, at(3_000)).is_none());
        assert!(presses.begin(WHATEVER_IS_DUE, at(4_000)).is_some());
    }

    #[test]
    fn what_is_on_its_way_holds_and_what_failed_or_a_clock_that_was_set_does_not() {
        let presses = Arc::new(Presses::default());
        let turn = presses.begin("a", at(10_000)).unwrap();
        assert!(presses.begin("a", at(14_000)).is_none(), "its link may take longer than that");
        drop(turn);
        presses.begin("a", at(14_000)).unwrap().opened(at(14_000));
        assert!(presses.begin("a", at(1_000)).is_some(), "the clock was set back");
    }
}
