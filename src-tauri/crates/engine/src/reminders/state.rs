//! What is known of reminders while the profile is open, and kept nowhere.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use liaison_domain::reminders::GRACE;

use crate::reminders::view::NoticeFate;
use crate::terms::UtcMs;

/// So many unanswered notices are kept; nobody answers older ones.
const MOST: usize = 12;

/// What was said and not answered, and the last trial.
#[derive(Debug, Default)]
pub(super) struct Notices {
    open: Vec<Open>,
    trial: Option<(String, NoticeFate)>,
}

/// A notice by which the desktop can be answered.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub id: String,
    pub missed: bool,
    pub fate: NoticeFate,
    /// Meetings with their starts.
    pub of: Vec<(String, UtcMs)>,
}

impl Notices {
    pub fn open(&self) -> &[Open] {
        &self.open
    }

    pub fn get(&self, id: &str) -> Option<Open> {
        self.open.iter().find(|open| open.id == id).cloned()
    }

    pub fn trial(&self) -> Option<&(String, NoticeFate)> {
        self.trial.as_ref()
    }

    pub fn try_one(&mut self, id: String) {
        self.trial = Some((id, NoticeFate::Waiting));
    }

    /// What the desktop tells of a notice; `false` where it is not known any more.
    pub fn became(&mut self, id: &str, fate: NoticeFate) -> bool {
        let trial = self.trial.as_mut().filter(|(trial, _)| trial == id).map(|(_, fate)| fate);
        let open = self.open.iter_mut().find(|open| open.id == id).map(|open| &mut open.fate);
        let Some(known) = trial.or(open) else { return false };
        *known = fate;
        true
    }

    pub fn close(&mut self, id: &str) {
        self.open.retain(|open| open.id != id);
    }

    /// Forgets what nobody needs to hear of any more; answers whether that changed anything. What was missed stays
    /// until it is answered.
    pub fn forget_others(&mut self, live: &BTreeSet<(String, UtcMs)>) -> bool {
        let before = self.open.len();
        self.open.retain(|open| open.missed || open.of.iter().any(|one| live.contains(one)));
        self.open.len() != before
    }

    /// A newer word on a meeting stands for the older one.
    pub fn say(&mut self, notice: Open) {
        self.open.retain(|open| open.missed || !open.of.iter().all(|one| notice.of.contains(one)));
        self.open.push(notice);
        let surplus = self.open.len().saturating_sub(MOST);
        self.open.drain(..surplus);
    }
}

/// What is known while the profile is open.
#[derive(Default)]
pub(super) struct State {
    /// One look at a time.
    pub turn: tokio::sync::Mutex<()>,
    /// Since when somebody looks, without a break.
    since: Mutex<Option<DateTime<Utc>>>,
    notices: Mutex<Notices>,
}

impl State {
    pub fn notices(&self) -> MutexGuard<'_, Notices> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was due a moment ago is still said: the program may have been restarted.
    pub fn since(&self, now: DateTime<Utc>, on: bool) -> DateTime<Utc> {
        let mut since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        if !on {
            *since = Some(now);
        }
        *since.get_or_insert(now - GRACE)
    }
}
