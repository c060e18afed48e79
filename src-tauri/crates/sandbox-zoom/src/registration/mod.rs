//! Registration for meetings and webinars: who has registered, with which answers, and how they stand.
//!
//! Zoom has the same operations twice, with other scopes and other words in the refusals. Source:
//! the registrant parts of the Meetings and Webinars API references.

mod add;
mod form;
pub(crate) mod loaded;
mod questions;
mod refusals;
mod render;
mod review;
mod roster;
mod seed;

use axum::http::Method;
use liaison_sandbox_kernel::locked;

use super::account::Account;
use super::answer::Refusal;
use super::call::Call;
use super::meetings::{Family, Meeting};
use super::operations::{Handler, Operation, RateLabel, Scope};
use super::webinars;
pub(crate) use render::registrant;
pub(crate) use roster::{Registrant, Rosters, Standing};

const fn operation(
    name: &'static str,
    method: Method,
    pattern: &'static str,
    scope: &'static str,
    rate: RateLabel,
    handler: Handler,
) -> Operation {
    Operation::new(name, method, pattern, Scope::User(scope), rate, handler)
}

/// The operations on registrants of meetings.
pub static OF_MEETINGS: &[Operation] = &[
    operation(
        "meetingRegistrants",
        Method::GET,
        "/meetings/{meetingId}/registrants",
        "meeting:read:list_registrants",
        RateLabel::Medium,
        review::list,
    ),
    operation(
        "meetingRegistrantCreate",
        Method::POST,
        "/meetings/{meetingId}/registrants",
        "meeting:write:registrant",
        RateLabel::Light,
        add::one,
    ),
    operation(
        "meetingRegistrantGet",
        Method::GET,
        "/meetings/{meetingId}/registrants/{registrantId}",
        "meeting:read:registrant",
        RateLabel::Light,
        review::get,
    ),
    operation(
        "meetingregistrantdelete",
        Method::DELETE,
        "/meetings/{meetingId}/registrants/{registrantId}",
        "meeting:delete:registrant",
        RateLabel::Light,
        review::delete,
    ),
    operation(
        "meetingRegistrantStatus",
        Method::PUT,
        "/meetings/{meetingId}/registrants/status",
        "meeting:update:registrant_status",
        RateLabel::Medium,
        review::decide,
    ),
    operation(
        "addBatchRegistrants",
        Method::POST,
        "/meetings/{meetingId}/batch_registrants",
        "meeting:write:batch_registrants",
        RateLabel::Heavy,
        add::batch,
    ),
    operation(
        "meetingRegistrantsQuestionsGet",
        Method::GET,
        "/meetings/{meetingId}/registrants/questions",
        "meeting:read:list_registration_questions",
        RateLabel::Light,
        questions::get,
    ),
    operation(
        "meetingRegistrantQuestionUpdate",
        Method::PATCH,
        "/meetings/{meetingId}/registrants/questions",
        "meeting:update:registration_question",
        RateLabel::Light,
        questions::replace,
    ),
];

/// The operations on registrants of webinars.
pub static OF_WEBINARS: &[Operation] = &[
    operation(
        "webinarRegistrants",
        Method::GET,
        "/webinars/{webinarId}/registrants",
        "webinar:read:list_registrants",
        RateLabel::Medium,
        review::list,
    ),
    operation(
        "webinarRegistrantCreate",
        Method::POST,
        "/webinars/{webinarId}/registrants",
        "webinar:write:registrant",
        RateLabel::Light,
        add::one,
    ),
    operation(
        "webinarRegistrantGet",
        Method::GET,
        "/webinars/{webinarId}/registrants/{registrantId}",
        "webinar:read:registrant",
        RateLabel::Light,
        review::get,
    ),
    operation(
        "deleteWebinarRegistrant",
        Method::DELETE,
        "/webinars/{webinarId}/registrants/{registrantId}",
        "webinar:delete:registrant",
        RateLabel::Light,
        review::delete,
    ),
    operation(
        "webinarRegistrantStatus",
        Method::PUT,
        "/webinars/{webinarId}/registrants/status",
        "webinar:update:registrant_status",
        RateLabel::Medium,
        review::decide,
    ),
    operation(
        "addBatchWebinarRegistrants",
        Method::POST,
        "/webinars/{webinarId}/batch_registrants",
        "webinar:write:batch_registrants",
        RateLabel::Heavy,
        add::batch,
    ),
    operation(
        "webinarRegistrantsQuestionsGet",
        Method::GET,
        "/webinars/{webinarId}/registrants/questions",
        "webinar:read:list_registration_questions",
        RateLabel::Light,
        questions::get,
    ),
    operation(
        "webinarRegistrantQuestionUpdate",
        Method::PATCH,
        "/webinars/{webinarId}/registrants/questions",
        "webinar:update:registration_question",
        RateLabel::Light,
        questions::replace,
    ),
];

/// The meeting or webinar that a request is about, of a user who may have it.
fn named(account: &Account, call: &Call) -> Result<(Family, Meeting), Refusal> {
    let family = call.family();
    if family == Family::Webinar {
        webinars::licensed(account)?;
    }
    let id = call.meeting_id()?;
    let event = locked(account.book(family)).existing(id, account.now())?.clone();
    Ok((family, event))
}

/// As [`named`], but only where people have to register.
fn with_registration(account: &Account, call: &Call) -> Result<(Family, Meeting), Refusal> {
    let (family, event) = named(account, call)?;
    if event.wants_registration() { Ok((family, event)) } else { Err(refusals::not_enabled(family, event.id)) }
}
