//! Registering people, one or up to thirty at a time.

use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::form::Form;
use super::roster::{ADDITIONS_A_DAY, Registrant, Roster, Standing};
use super::{named, refusals, render};
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::meetings::fields::Fields;
use crate::meetings::{Family, Meeting, instant, kind};
use crate::rates;

const MOST_AT_ONCE: usize = 30;
/// Places of a meeting.
const MEETING_PLACES: usize = 4_999;
/// Places of a webinar that restricts nothing.
const WEBINAR_PLACES: usize = 20_000;

/// Until when people may register, and whether that is over.
fn is_over(account: &Account, event: &Meeting) -> bool {
    if kind::has_no_time(event.kind) {
        return false;
    }
    let last = event.occurrences.iter().map(|one| one.start).max().or(event.start).unwrap_or(event.created_at);
    let closes = if event.is_set("close_registration") { last } else { event.last_end() };
    let closes = event.ended_at.map_or(closes, |ended| ended.min(closes));
    closes <= account.now()
}

fn places(family: Family, event: &Meeting) -> usize {
    let restricted = event.settings.get("registrants_restrict_number").and_then(Value::as_u64).unwrap_or_default();
    match (family, usize::try_from(restricted).unwrap_or_default()) {
        (Family::Meeting, _) => MEETING_PLACES,
        (Family::Webinar, 0) => WEBINAR_PLACES,
        (Family::Webinar, restricted) => restricted,
    }
}

/// How somebody stands who registers now.
fn first_standing(event: &Meeting, auto_approve: bool) -> Standing {
    if event.approval_type() == 0 || auto_approve { Standing::Approved } else { Standing::Pending }
}

/// What is checked for every address.
fn admit(account: &Account, family: Family, event: &Meeting, roster: &mut Roster, email: &str) -> Result<(), Refusal> {
    if email.eq_ignore_ascii_case(&account.user.rep.email) {
        return Err(refusals::host());
    }
    if family == Family::Webinar && locked(&account.panels).has(event.id, email) {
        return Err(refusals::panelist());
    }
    if roster.with_email(email).is_none() && roster.taken() >= places(family, event) {
        return Err(refusals::full(family));
    }
    let today = account.now().date_naive();
    if !roster.may_add(email, today) {
        let message = format!(
            "You have exceeded the daily rate limit ({ADDITIONS_A_DAY}) of Add {} registrant API requests \
             permitted for the registrant: {email}.",
            family.name()
        );
        return Err(rates::too_many_today(ADDITIONS_A_DAY.into(), &message, today));
    }
    Ok(())
}

/// `POST …/registrants`.
pub(super) fn one(account: &Account, call: &Call) -> Outcome {
    let (family, event) = named(account, call).map_err(|refusal| {
        // Here, and only here, Zoom says 1001 about a meeting that does not exist.
        if call.family() == Family::Meeting && refusal.code() == 3001 { refusal.with_code(1001) } else { refusal }
    })?;
    if !event.wants_registration() {
        return Err(refusals::not_required(family, event.id));
    }
    if is_over(account, &event) {
        return Err(refusals::over(family));
    }
    let body = call.object()?;
    let occurrences = chosen_occurrences(call, &event)?;
    let mut rosters = locked(&account.rosters);
    let roster = rosters.of(family, &event, account);
    let form = Form::read(&body, &roster.questions)?;
    admit(account, family, &event, roster, &form.email)?;
    let known = roster.with_email(&form.email).is_some();
    let standing = first_standing(&event, form.auto_approve && family == Family::Meeting);
    let registrant = roster.put(form.into_registrant(standing, account.now())).clone();
    drop(rosters);
    if !known {
        tell(account, family, &event, &registrant);
    }
    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    put("id", json!(event.id));
    put("registrant_id", json!(registrant.id));
    put("topic", json!(event.topic));
    if let Some(start) = event.start {
        put("start_time", json!(instant(start)));
    }
    if let Some(url) = render::join_url(&event, &registrant) {
        put("join_url", json!(url));
    }
    put("occurrences", occurrences);
    match family {
        Family::Meeting => put("participant_pin_code", json!(registrant.pin)),
        Family::Webinar => put("status", json!(registrant.standing.name())),
    };
    Ok(Answer::created(Value::Object(answer)))
}

/// The dates that somebody registers for: those named, or all.
fn chosen_occurrences(call: &Call, event: &Meeting) -> Result<Value, Refusal> {
    let wanted: Option<Vec<&str>> = call.parameter("occurrence_ids").map(|ids| ids.split(',').collect());
    if let Some(wanted) = &wanted
        && !wanted.iter().all(|id| event.occurrence(id).is_some_and(|one| !one.deleted))
    {
        return Err(Refusal::bad_request(300, "Invalid parameter: `occurrence_ids`."));
    }
    let dates = event
        .occurrences
        .iter()
        .filter(|one| !one.deleted && wanted.as_ref().is_none_or(|wanted| wanted.contains(&one.id.as_str())));
    let shown = dates.map(|one| {
        json!({
            "occurrence_id": one.id, "start_time": instant(one.start), "duration": one.minutes, "status": "available",
        })
    });
    Ok(shown.collect())
}

/// `POST …/batch_registrants`: all of them or none.
pub(super) fn batch(account: &Account, call: &Call) -> Outcome {
    let (family, event) = named(account, call)?;
    if event.kind != family.once() {
        return Err(refusals::not_for_batch(family));
    }
    if !event.wants_registration() {
        return Err(refusals::not_enabled_for_batch(family, event.id));
    }
    if is_over(account, &event) {
        return Err(refusals::over(family));
    }
    let (forms, auto_approve) = batch_of(&call.object()?)?;
    let mut rosters = locked(&account.rosters);
    let roster = rosters.of(family, &event, account);
    let new = forms.iter().filter(|form| roster.with_email(&form.email).is_none()).count();
    if roster.taken() + new > places(family, &event) {
        return Err(refusals::full(family));
    }
    for form in &forms {
        admit(account, family, &event, roster, &form.email)?;
    }
    let standing = first_standing(&event, auto_approve);
    let mut rows = Vec::new();
    let mut added = Vec::new();
    for form in forms {
        let known = roster.with_email(&form.email).is_some();
        let registrant = roster.put(form.into_registrant(standing, account.now())).clone();
        rows.push(batch_row(family, &event, &registrant));
        if !known {
            added.push(registrant);
        }
    }
    drop(rosters);
    for registrant in &added {
        tell(account, family, &event, registrant);
    }
    Ok(Answer::created(json!({ "registrants": rows })))
}

fn batch_of(body: &Map<String, Value>) -> Result<(Vec<Form>, bool), Refusal> {
    let mut fields = Fields::new(body, "");
    let auto_approve = fields.flag("auto_approve").unwrap_or_default();
    fields.flag("registrants_confirmation_email");
    let list = fields.objects("registrants").cloned().unwrap_or_default();
    if list.is_empty() || list.len() > MOST_AT_ONCE {
        fields.wrong("registrants");
    }
    let mut forms = Vec::new();
    for row in list.iter().filter_map(Value::as_object) {
        match Form::read_row(row) {
            Ok(form) => forms.push(form),
            Err(errors) => errors.iter().for_each(|error| fields.wrong_because(&error.field, &error.message)),
        }
    }
    let errors = fields.into_errors();
    if errors.is_empty() { Ok((forms, auto_approve)) } else { Err(Refusal::validation(errors)) }
}

fn batch_row(family: Family, event: &Meeting, registrant: &Registrant) -> Value {
    let mut row = json!({ "email": registrant.email, "registrant_id": registrant.id });
    if let Some(row) = row.as_object_mut() {
        if let Some(url) = render::join_url(event, registrant) {
            row.insert("join_url".to_owned(), json!(url));
        }
        if family == Family::Meeting {
            row.insert("participant_pin_code".to_owned(), json!(registrant.pin));
        }
    }
    row
}

fn tell(account: &Account, family: Family, event: &Meeting, registrant: &Registrant) {
    let detail = json!({
        "registrant_id": registrant.id, "email": registrant.email, "status": registrant.standing.name(),
    });
    account.record(&format!("{}.registration_created", family.name()), event.id.to_string(), detail);
    account.tell_of_registrant("created", family, event, registrant);
}
