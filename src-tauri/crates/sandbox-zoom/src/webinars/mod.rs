//! Webinars: created, read, changed, ended; their panelists and the sources of their registrants.
//!
//! A webinar is kept as a meeting is, with types 5, 6 and 9. Source: Zoom's Webinars API reference.
//! Everything here needs the webinar add-on.

mod panelists;
mod render;
mod seed;
mod settings;
mod tracking;
mod write;

use axum::http::Method;
use liaison_sandbox_kernel::locked;

use super::account::Account;
use super::answer::{Outcome, Refusal};
use super::call::Call;
use super::meetings::{Family, Meeting, list};
use super::operations::{Operation, RateLabel, Scope};
pub(crate) use panelists::Panels;
pub(crate) use render::{join_url, registration_url};
pub(crate) use seed::seeded;
pub(crate) use settings::{FIELDS as SETTINGS, OF_OCCURRENCES, shown as settings_of};
pub(crate) use tracking::SOURCES;

/// The table of this module's operations.
pub static OPERATIONS: &[Operation] = &[
    Operation::new(
        "webinars",
        Method::GET,
        "/users/{userId}/webinars",
        Scope::User("webinar:read:list_webinars"),
        RateLabel::Medium,
        of_user,
    ),
    Operation {
        name: "webinarCreate",
        method: Method::POST,
        pattern: "/users/{userId}/webinars",
        scope: Scope::User("webinar:write:webinar"),
        rate: RateLabel::Light,
        counted_daily: true,
        handler: write::create,
    },
    Operation::new(
        "webinar",
        Method::GET,
        "/webinars/{webinarId}",
        Scope::User("webinar:read:webinar"),
        RateLabel::Light,
        render::get,
    ),
    Operation {
        name: "webinarUpdate",
        method: Method::PATCH,
        pattern: "/webinars/{webinarId}",
        scope: Scope::User("webinar:update:webinar"),
        rate: RateLabel::Light,
        counted_daily: true,
        handler: write::update,
    },
    Operation::new(
        "webinarDelete",
        Method::DELETE,
        "/webinars/{webinarId}",
        Scope::User("webinar:delete:webinar"),
        RateLabel::Light,
        write::delete,
    ),
    Operation::new(
        "webinarStatus",
        Method::PUT,
        "/webinars/{webinarId}/status",
        Scope::User("webinar:update:status"),
        RateLabel::Light,
        write::end,
    ),
    Operation::new(
        "webinarPanelists",
        Method::GET,
        "/webinars/{webinarId}/panelists",
        Scope::User("webinar:read:list_panelists"),
        RateLabel::Medium,
        panelists::list,
    ),
    Operation::new(
        "webinarPanelistCreate",
        Method::POST,
        "/webinars/{webinarId}/panelists",
        Scope::User("webinar:write:panelist"),
        RateLabel::Medium,
        panelists::add,
    ),
    Operation::new(
        "webinarPanelistsDelete",
        Method::DELETE,
        "/webinars/{webinarId}/panelists",
        Scope::User("webinar:delete:panelist"),
        RateLabel::Light,
        panelists::remove_all,
    ),
    Operation::new(
        "webinarPanelistDelete",
        Method::DELETE,
        "/webinars/{webinarId}/panelists/{panelistId}",
        Scope::User("webinar:delete:panelist"),
        RateLabel::Light,
        panelists::remove,
    ),
    Operation::new(
        "getTrackingSources",
        Method::GET,
        "/webinars/{webinarId}/tracking_sources",
        Scope::User("webinar:read:list_tracking_sources"),
        RateLabel::Medium,
        tracking::list,
    ),
];

/// 400/200 where the user has no webinar add-on.
pub(crate) fn licensed(account: &Account) -> Result<(), Refusal> {
    if account.switches.webinar_licence.is_on() {
        return Ok(());
    }
    let message = "Webinar plan is missing. You must subscribe to the webinar plan and enable webinars for this \
                   user in order to perform this action.";
    Err(Refusal::bad_request(200, message))
}

/// The webinar that a request is about, of a licensed user.
fn named(account: &Account, call: &Call) -> Result<Meeting, Refusal> {
    licensed(account)?;
    let id = call.meeting_id()?;
    Ok(locked(&account.webinars).existing(id, account.now())?.clone())
}

/// `GET /users/me/webinars`.
fn of_user(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    licensed(account)?;
    list::page(account, call, Family::Webinar)
}
