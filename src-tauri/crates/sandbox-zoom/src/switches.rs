//! What a test or a demo may turn on and off while the sandbox runs.

use std::sync::atomic::{AtomicBool, Ordering};

/// One thing that is on or off.
#[derive(Debug)]
pub(crate) struct Switch(AtomicBool);

impl Switch {
    const fn new(on: bool) -> Self {
        Self(AtomicBool::new(on))
    }

    pub fn is_on(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    pub fn turn(&self, on: bool) {
        self.0.store(on, Ordering::SeqCst);
    }
}

/// The switches of one account.
#[derive(Debug)]
pub(crate) struct Switches {
    /// Limits per second and minute are enforced.
    pub period_limits: Switch,
    /// The limit of meeting and webinar writes per day is enforced.
    pub daily_limit: Switch,
    /// The user has the webinar add-on.
    pub webinar_licence: Switch,
    /// The user has a Zoom Phone licence.
    pub phone_licence: Switch,
    /// Call lists still carry the arrays that Zoom has announced to remove.
    pub old_call_arrays: Switch,
    /// The app may use what others share with the user: "Allow this app to use my shared access permissions".
    pub shared_access: Switch,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            period_limits: Switch::new(false),
            daily_limit: Switch::new(true),
            webinar_licence: Switch::new(true),
            phone_licence: Switch::new(true),
            old_call_arrays: Switch::new(true),
            shared_access: Switch::new(false),
        }
    }
}
