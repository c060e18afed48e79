//! Creating, changing, deleting and ending webinars.

use axum::http::StatusCode;
use liaison_sandbox_kernel::locked;
use serde_json::{Value, json};

use super::{licensed, named, render, settings};
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::meetings::fields::Fields;
use crate::meetings::render::Dates;
use crate::meetings::request::Draft;
use crate::meetings::templates;
use crate::meetings::write::{change, change_occurrence, changed_fields, compose};
use crate::meetings::{Family, instant, kind};

/// `POST /users/me/webinars`.
pub(super) fn create(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    licensed(account)?;
    let body = call.object()?;
    if body.get("is_simulive") == Some(&Value::Bool(true)) {
        return Err(Refusal::bad_request(300, "Account hasn't enabled simulive webinar."));
    }
    let mut draft = Draft::read(&body, &account.user, Family::Webinar, kind::WEBINAR)?;
    for ignored in settings::ONLY_IN_CHANGES {
        draft.settings.remove(ignored);
    }
    if let Some(id) = &draft.template_id {
        // What the request says itself stands before what the template says.
        let template = templates::settings_of_webinar(id);
        let mut settings = template.ok_or_else(|| Refusal::bad_request(300, "Webinar template does not exist."))?;
        settings.append(&mut draft.settings);
        draft.settings = settings;
    }
    let mut webinars = locked(&account.webinars);
    let webinar = compose(&mut webinars, draft, &account.user, account.now())?;
    webinars.put(webinar.clone());
    drop(webinars);
    let detail = json!({
        "topic": webinar.topic,
        "type": webinar.kind,
        "start_time": webinar.start.map(instant),
        "duration": webinar.minutes,
        "approval_type": webinar.approval_type(),
    });
    account.record("webinar.created", webinar.id.to_string(), detail);
    account.tell_of_creation(Family::Webinar, &webinar);
    Ok(Answer::created(render::whole(account, &webinar, &Dates::All)))
}

/// `PATCH /webinars/{webinarId}`, of the whole webinar or of one occurrence.
pub(super) fn update(account: &Account, call: &Call) -> Outcome {
    let before = named(account, call)?;
    let now = account.now();
    let body = call.object()?;
    let draft = Draft::read(&body, &account.user, Family::Webinar, before.kind)?;
    let mut after = before.clone();
    after.loaded.forget(&body);
    let occurrence = call.parameter("occurrence_id");
    match occurrence {
        Some(occurrence) => change_occurrence(&mut after, occurrence, draft, Family::Webinar, now)?,
        None => change(&mut after, draft, now)?,
    }
    locked(&account.webinars).embed_anew(&before, &mut after);
    let changed = changed_fields(&before, &after);
    locked(&account.webinars).put(after.clone());
    if !changed.is_empty() {
        let detail = json!({ "fields": changed, "occurrence_id": occurrence });
        account.record("webinar.updated", before.id.to_string(), detail);
        account.tell_of_change(Family::Webinar, &before, &after, occurrence);
    }
    Ok(Answer::no_content())
}

/// `DELETE /webinars/{webinarId}`, of the whole webinar or of one occurrence.
pub(super) fn delete(account: &Account, call: &Call) -> Outcome {
    call.flag("cancel_webinar_reminder")?;
    let mut webinar = named(account, call)?;
    let effect = if let Some(wanted) = call.parameter("occurrence_id") {
        let found = webinar.occurrences.iter_mut().find(|one| one.id == wanted && !one.deleted);
        let missing = || Refusal::bad_request(3000, "Webinar occurrence does not exist.");
        found.ok_or_else(missing)?.deleted = true;
        // A series whose last date is gone is gone as a whole.
        webinar.deleted = webinar.occurrences.iter().all(|one| one.deleted);
        ("webinar.occurrence_deleted", json!({ "occurrence_id": wanted }))
    } else {
        webinar.deleted = true;
        ("webinar.deleted", json!({}))
    };
    locked(&account.webinars).put(webinar.clone());
    account.record(effect.0, webinar.id.to_string(), effect.1);
    account.tell_of_removal("deleted", Family::Webinar, &webinar, call.parameter("occurrence_id"));
    Ok(Answer::no_content())
}

/// `PUT /webinars/{webinarId}/status`: ends a webinar, which is the only thing it can do.
pub(super) fn end(account: &Account, call: &Call) -> Outcome {
    let mut webinar = named(account, call)?;
    let body = call.object()?;
    if Fields::new(&body, "").text("action", 20).as_deref() != Some("end") {
        return Err(Refusal::invalid_field("action"));
    }
    let now = account.now();
    let runs = webinar.is_live(now)
        || webinar.start.is_some_and(|start| start <= now && now < webinar.last_end()) && webinar.ended_at.is_none();
    if !runs {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, 3062, "Cannot end an ended webinar."));
    }
    webinar.live_until = None;
    webinar.ended_at = Some(now);
    locked(&account.webinars).put(webinar.clone());
    account.record("webinar.ended", webinar.id.to_string(), json!({}));
    Ok(Answer::no_content())
}
