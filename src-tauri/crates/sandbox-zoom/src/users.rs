//! The user: profile, settings, ZAK.
//!
//! Source: Zoom's Users API reference. A user-level app reaches no user but `me`.

use axum::http::Method;
use chrono::TimeDelta;
use liaison_sandbox_kernel::locked;
use serde_json::{Value, json};

use super::account::Account;
use super::answer::{Answer, Outcome, Refusal};
use super::call::Call;
use super::launch;
use super::meetings::loaded::overlay;
use super::meetings::{instant, lay_over};
use super::operations::{Operation, RateLabel, Scope};
use super::{secrets, settings};

/// The longest life of a ZAK that a request may ask for, in seconds.
const LONGEST_ZAK: i64 = 7_776_000;

/// The table of this module's operations.
pub static OPERATIONS: &[Operation] = &[
    Operation {
        name: "users",
        method: Method::GET,
        pattern: "/users",
        scope: Scope::Admin("user:read:list_users:admin"),
        rate: RateLabel::Medium,
        counted_daily: false,
        // Never reached: no token of a rep carries the scope.
        handler: profile,
    },
    Operation {
        name: "user",
        method: Method::GET,
        pattern: "/users/{userId}",
        scope: Scope::User("user:read:user"),
        rate: RateLabel::Light,
        counted_daily: false,
        handler: profile,
    },
    Operation {
        name: "userSettings",
        method: Method::GET,
        pattern: "/users/{userId}/settings",
        scope: Scope::User("user:read:settings"),
        rate: RateLabel::Medium,
        counted_daily: false,
        handler: user_settings,
    },
    Operation {
        name: "userToken",
        method: Method::GET,
        pattern: "/users/{userId}/token",
        scope: Scope::User("user:read:token"),
        rate: RateLabel::Light,
        counted_daily: false,
        handler: token,
    },
    Operation {
        name: "getUserZak",
        method: Method::GET,
        pattern: "/users/me/zak",
        scope: Scope::User("user:read:zak"),
        rate: RateLabel::Light,
        counted_daily: false,
        handler: zak,
    },
];

/// `GET /users/me`.
fn profile(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    let user = &account.user;
    let rep = &user.rep;
    let name = format!("{} {}", rep.first_name, rep.last_name);
    let mut body = json!({
        "id": user.id,
        "account_id": user.account_id,
        "account_number": 5_301_442_807_u64,
        "email": rep.email,
        "first_name": rep.first_name,
        "last_name": rep.last_name,
        "display_name": name,
        "type": 2,
        "status": "active",
        "verified": 1,
        "timezone": user.zone.name(),
        "language": "en-US",
        "created_at": instant(user.created_at),
        "user_created_at": instant(user.created_at),
        "last_login_time": instant(account.now() - TimeDelta::hours(3)),
        "last_client_version": "6.6.2.7117(linux)",
        "pmi": user.pmi(),
        "use_pmi": false,
        "personal_meeting_url": format!("{}/j/{}", super::account::MEETING_HOST, user.pmi()),
        "vanity_url": format!("{}/my/robin", super::account::MEETING_HOST),
        "login_types": [100],
        "role_id": "2",
        "role_name": "Member",
        "cluster": "us02",
        "jid": format!("{}@xmpp.zoom.us", user.id.to_lowercase()),
        "pic_url": "",
    });
    if let (Some(body), Value::Object(work)) = (body.as_object_mut(), work_details()) {
        body.extend(work);
        overlay(body, &locked(&account.loaded).user);
    }
    Ok(Answer::ok(body))
}

fn work_details() -> Value {
    json!({
        "company": "Northwind",
        "dept": "Sales",
        "job_title": "Account Executive",
        "location": "Amsterdam",
        "manager": "mila.jansen@northwind.example.com",
        "cost_center": "NL-210",
        "employee_unique_id": "nw-0417",
        "cms_user_id": "",
        "phone_country": "NL",
        "phone_number": "+31 205550117",
        "phone_numbers": [{
            "code": "+31", "country": "NL", "label": "Office", "number": "205550117",
            "verified": true,
        }],
        "pronouns": "",
        "pronouns_option": 3,
        "plan_united_type": "",
        "zoom_one_type": 16,
        "group_ids": ["Zt0uYp3cQ8mXr1vKjWdLhA"],
        "im_group_ids": [],
        "division_ids": [],
        "custom_attributes": [{ "key": "cbf_region0000000000000000", "name": "Region", "value": "North" }],
        "license_info_list": [{
            "license_type": "ZOOM_WORKPLACE_BUNDLE", "license_option": 16,
            "subscription_id": "SUBREF-000417-000001",
        }],
        "unlisted_badge": null,
    })
}

/// `GET /users/me/settings`.
fn user_settings(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    let pmi_passcode = {
        let meetings = locked(&account.meetings);
        meetings.open(account.user.pmi(), account.now()).map(|meeting| meeting.passcode.clone())
    };
    let mut whole = settings::of_user(&pmi_passcode.unwrap_or_default(), &account.switches);
    if let Some(whole) = whole.as_object_mut() {
        lay_over(whole, &locked(&account.loaded).settings);
    }
    match call.parameter("option") {
        None => Ok(Answer::ok(whole)),
        Some("meeting_security") => Ok(Answer::ok(json!({
            "meeting_security": whole.get("meeting_security"),
        }))),
        Some("meeting_authentication" | "recording_authentication") => Ok(Answer::ok(json!({
            "authentication_options": whole.get("authentication_options"),
        }))),
        Some(_) => Err(Refusal::invalid_field("option")),
    }
}

/// `GET /users/me/zak`.
#[expect(clippy::unnecessary_wraps, reason = "the signature of every handler")]
fn zak(account: &Account, _call: &Call) -> Outcome {
    Ok(Answer::ok(json!({ "token": account.fresh_zak(launch::start_link_lifetime()) })))
}

/// `GET /users/me/token`.
fn token(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    match call.parameter("type") {
        Some("zak") => {
            let lifetime = match call.parameter("ttl") {
                None => launch::start_link_lifetime(),
                Some(text) => {
                    let seconds = text.parse().ok().filter(|ttl| (0..=LONGEST_ZAK).contains(ttl));
                    TimeDelta::seconds(seconds.ok_or_else(|| Refusal::invalid_field("ttl"))?)
                }
            };
            Ok(Answer::ok(json!({ "token": account.fresh_zak(lifetime) })))
        }
        None | Some("token" | "onbehalf") => Ok(Answer::ok(json!({ "token": secrets::token_like() }))),
        Some(_) => Err(Refusal::invalid_field("type")),
    }
}
