//! Looking through registrants and deciding about them.

use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::roster::{DECISIONS_A_DAY, Registrant, Standing};
use super::{refusals, render, with_registration};
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::meetings::fields::Fields;
use crate::meetings::write::unknown_occurrence;
use crate::meetings::{Family, Meeting};
use crate::rates;

const MOST_AT_ONCE: usize = 30;

/// Checks that an occurrence which is named exists.
fn check_occurrence(call: &Call, event: &Meeting) -> Result<(), Refusal> {
    match call.parameter("occurrence_id") {
        Some(id) if event.occurrence(id).is_none() => Err(unknown_occurrence()),
        _ => Ok(()),
    }
}

/// `GET …/registrants`, by default those who are approved.
pub(super) fn list(account: &Account, call: &Call) -> Outcome {
    let (family, event) = with_registration(account, call)?;
    check_occurrence(call, &event)?;
    let standing = match call.parameter("status") {
        None | Some("approved") => Standing::Approved,
        Some("pending") => Standing::Pending,
        Some("denied") => Standing::Denied,
        Some(_) => return Err(Refusal::invalid_field("status")),
    };
    let source = call.parameter("tracking_source_id").filter(|_| family == Family::Webinar);
    let now = account.now();
    let window = locked(&account.pages).window(call, now)?;
    let mut rosters = locked(&account.rosters);
    let roster = rosters.of(family, &event, account);
    let takes = |one: &&Registrant| {
        one.standing == standing && source.is_none_or(|wanted| one.source.as_deref() == Some(wanted))
    };
    let found: Vec<&Registrant> = roster.registrants().filter(takes).collect();
    let total = found.len();
    let page = found.into_iter().skip(window.offset).take(window.size);
    let shown: Vec<Value> = page.map(|one| Value::Object(render::registrant(family, &event, one))).collect();
    drop(rosters);
    let next_page_token = locked(&account.pages).next_token(call, window, total, now);
    Ok(Answer::ok(json!({
        "next_page_token": next_page_token,
        "page_count": total.div_ceil(window.size),
        "page_number": window.offset / window.size + 1,
        "page_size": window.size,
        "total_records": total,
        "registrants": shown,
    })))
}

/// `GET …/registrants/{registrantId}`.
pub(super) fn get(account: &Account, call: &Call) -> Outcome {
    let (family, event) = with_registration(account, call)?;
    let id = call.segment(1);
    let mut rosters = locked(&account.rosters);
    let roster = rosters.of(family, &event, account);
    let registrant = roster.find(&id).ok_or_else(|| refusals::unknown_registrant(&id))?;
    let mut shown = render::registrant(family, &event, registrant);
    if family == Family::Webinar {
        let language = registrant.answers.get("language").cloned();
        shown.insert("language".to_owned(), language.unwrap_or_else(|| json!("en-US")));
    }
    Ok(Answer::ok(Value::Object(shown)))
}

/// `DELETE …/registrants/{registrantId}`.
pub(super) fn delete(account: &Account, call: &Call) -> Outcome {
    let (family, event) = with_registration(account, call)?;
    check_occurrence(call, &event)?;
    let id = call.segment(1);
    let removed = locked(&account.rosters).of(family, &event, account).remove(&id);
    removed.ok_or_else(|| refusals::nobody_to_delete(family, &id))?;
    let kind = format!("{}.registrant_deleted", family.name());
    account.record(&kind, event.id.to_string(), json!({ "registrant_id": id }));
    Ok(Answer::no_content())
}

/// `PUT …/registrants/status`: approves, denies or cancels up to thirty people, or none of them.
pub(super) fn decide(account: &Account, call: &Call) -> Outcome {
    let (family, event) = with_registration(account, call)?;
    check_occurrence(call, &event)?;
    let body = call.object()?;
    let (standing, past) = match body.get("action").and_then(Value::as_str) {
        Some("approve") => (Standing::Approved, "approved"),
        Some("deny") => (Standing::Denied, "denied"),
        Some("cancel") => (Standing::Cancelled, "cancelled"),
        _ => return Err(Refusal::invalid_field("action")),
    };
    let people = people_of(&body)?;
    let today = account.now().date_naive();
    let mut changed = Vec::new();
    let mut rosters = locked(&account.rosters);
    let roster = rosters.of(family, &event, account);
    for (id, email) in &people {
        let missing = || Refusal::bad_request(3000, format!("Registrant {id}{email} was not found."));
        let id = roster.find_mut(id, email).ok_or_else(missing)?.id.clone();
        if !roster.may_decide(&id, today) {
            let message = format!(
                "You have exceeded the daily rate limit ({DECISIONS_A_DAY}) of Update registrant's status API \
                 requests permitted for the registrant: {id}."
            );
            return Err(rates::too_many_today(DECISIONS_A_DAY.into(), &message, today));
        }
        changed.push(id);
    }
    let mut decided = Vec::new();
    for id in changed {
        if let Some(registrant) = roster.find_mut(&id, "")
            && std::mem::replace(&mut registrant.standing, standing) != standing
        {
            decided.push(registrant.clone());
        }
    }
    drop(rosters);
    for registrant in &decided {
        let kind = format!("{}.registration_{past}", family.name());
        let detail = json!({ "registrant_id": registrant.id, "email": registrant.email });
        account.record(&kind, event.id.to_string(), detail);
        account.tell_of_registrant(past, family, &event, registrant);
    }
    Ok(Answer::no_content())
}

/// Ids and addresses of the people named; one of the two suffices.
fn people_of(body: &Map<String, Value>) -> Result<Vec<(String, String)>, Refusal> {
    let mut fields = Fields::new(body, "");
    let list = fields.objects("registrants").cloned().unwrap_or_default();
    let text = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let people: Vec<(String, String)> = list.iter().map(|entry| (text(entry, "id"), text(entry, "email"))).collect();
    let named = people.iter().all(|(id, email)| !id.is_empty() || !email.is_empty());
    if people.is_empty() || people.len() > MOST_AT_ONCE || !named {
        return Err(Refusal::invalid_field("registrants"));
    }
    Ok(people)
}
