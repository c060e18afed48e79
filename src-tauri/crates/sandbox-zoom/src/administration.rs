//! What others do to the account during a run: Zoom with its limits, the administrator with licences and scopes, callers,
//! and the user who removes the app. How another process asks for it is in [`super::control`].

use liaison_sandbox_kernel::locked;
use serde_json::{Value, json};

use super::operations::RateLabel;
use super::phone::{self, PlacedCall};
use super::plan::Plan;
use super::{Zoom, meetings, oauth};

impl Zoom {
    /// Sets the scopes of the app (separated by spaces). Token sets issued before keep theirs.
    pub fn set_app_scopes(&self, scopes: &str) {
        let scopes = scopes.split_whitespace().map(str::to_owned).collect();
        locked(&self.account.oauth).set_app_scopes(scopes);
    }

    /// Switches the limits per second (or minute) on or off; they are off at first.
    pub fn enforce_rate_limits(&self, enforce: bool) {
        self.account.switches.period_limits.turn(enforce);
    }

    /// Switches the limits per day on or off; they are on at first.
    pub fn enforce_daily_limit(&self, enforce: bool) {
        self.account.switches.daily_limit.turn(enforce);
    }

    /// The plan of the account, which its rate limits follow; at first it is Pro.
    pub fn set_plan(&self, plan: Plan) {
        locked(&self.account.rates).plan = plan;
    }

    /// Colleagues of the rep make requests of one label, which the account's day has to bear; false, and none are
    /// counted, where it does not have as many left.
    pub fn spend_quota(&self, label: RateLabel, requests: u64) -> bool {
        locked(&self.account.rates).spend(label, requests, self.account.now()).is_ok()
    }

    /// Gives the user the webinar add-on or takes it away.
    pub fn license_webinars(&self, licensed: bool) {
        self.account.switches.webinar_licence.turn(licensed);
    }

    /// Gives the user a Zoom Phone licence or takes it away.
    pub fn license_phone(&self, licensed: bool) {
        self.account.switches.phone_licence.turn(licensed);
    }

    /// Shows the call arrays that Zoom has announced to remove, or drops them.
    pub fn show_deprecated_calls(&self, shown: bool) {
        self.account.switches.old_call_arrays.turn(shown);
    }

    /// Lets the app use what others share with the user, or not; at first it may not.
    pub fn share_access(&self, shared: bool) {
        self.account.switches.shared_access.turn(shared);
    }

    /// Lets a call happen that ends now; it is in the history after the usual lag. Returns the id of
    /// its leg.
    pub fn place_call(&self, call: &PlacedCall) -> String {
        phone::place(&self.account, call)
    }

    /// Tells the event stream about anything, also of other users of the account.
    pub fn publish(&self, event: &str, payload: &Value) {
        self.account.events.publish_payload(event, payload, self.account.now());
    }

    /// The user removes the app: every token dies, and the event stream says so.
    pub fn deauthorize(&self) {
        oauth::revoke_all(&self.account);
        let now = self.account.now();
        let payload = json!({
            "account_id": self.account.user.account_id, "user_id": self.account.user.id, "signature": "",
            "deauthorization_time": meetings::instant(now), "client_id": self.account.clients.public_id,
        });
        self.account.record("app.deauthorized", self.account.user.id.clone(), json!({}));
        self.account.events.publish_payload("app_deauthorized", &payload, now);
    }
}
