//! The audience of a webinar: who had registered and stayed away, what people asked and answered.

use std::collections::BTreeSet;

use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::attendance::{self, Visit};
use super::instances::{self, Instance};
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::meetings::loaded::Held;
use crate::meetings::{Meeting, instant};
use crate::registration::{self, Registrant, Standing};

/// `GET /past_webinars/{webinarId}/absentees`.
pub(super) fn absentees(account: &Account, call: &Call) -> Outcome {
    let (family, webinar, mut instance) = instances::named(account, call)?;
    if let Some(wanted) = call.parameter("occurrence_id") {
        let known = instances::of(&webinar, account.now()).into_iter();
        let found = known.into_iter().find(|one| one.occurrence.as_deref() == Some(wanted));
        let invalid = || {
            let message = format!(
                "The request could not be completed because you have provided an invalid occurrence ID: {wanted}"
            );
            Refusal::bad_request(300, message)
        };
        instance = found.ok_or_else(invalid)?;
    }
    if !webinar.wants_registration() {
        let message = format!("This Webinar has not registration required: {}", instance.uuid);
        return Err(Refusal::bad_request(3000, message));
    }
    let visits = attendance::of(account, family, &webinar, &instance);
    let present: BTreeSet<&str> = visits.iter().filter_map(|visit| visit.registrant.as_deref()).collect();
    let now = account.now();
    let window = locked(&account.pages).window(call, now)?;
    let mut rosters = locked(&account.rosters);
    let roster = rosters.of(family, &webinar, account);
    let takes = |one: &&Registrant| one.standing == Standing::Approved && !present.contains(one.id.as_str());
    let absent: Vec<&Registrant> = roster.registrants().filter(takes).collect();
    let total = absent.len();
    let page = absent.into_iter().skip(window.offset).take(window.size);
    let shown: Vec<Value> = page.map(|one| Value::Object(registration::registrant(family, &webinar, one))).collect();
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

/// What stands around the answers to both kinds of questions.
fn around(webinar: &Meeting, instance: &Instance, questions: &[Value]) -> Answer {
    Answer::ok(json!({
        "id": webinar.id,
        "uuid": instance.uuid,
        "start_time": instant(instance.start),
        "questions": questions,
    }))
}

/// What raw rows said, where there are some.
fn raw(
    webinar: &Meeting,
    instance: &Instance,
    part: impl Fn(&Held) -> Option<&Vec<Map<String, Value>>>,
) -> Option<Vec<Value>> {
    let held = webinar.loaded.held.iter().find(|held| held.uuid == instance.uuid)?;
    Some(part(held)?.iter().cloned().map(Value::Object).collect())
}

/// People of the audience who said something.
fn speakers(account: &Account, call: &Call) -> Result<(Meeting, Instance, Vec<Visit>), Refusal> {
    let (family, webinar, instance) = instances::named(account, call)?;
    let mut visits = attendance::of(account, family, &webinar, &instance);
    visits.retain(|visit| visit.registrant.is_some());
    visits.dedup_by_key(|visit| visit.person);
    Ok((webinar, instance, visits))
}

/// `GET /past_webinars/{webinarId}/qa`.
pub(super) fn questions(account: &Account, call: &Call) -> Outcome {
    const ASKED: [(&str, &str); 3] = [
        ("Does it work without a connection?", "Yes, changes are kept until there is one."),
        ("What does the smallest plan cost?", "live answered"),
        ("Can we import our old planning?", ""),
    ];
    let (webinar, instance, visits) = speakers(account, call)?;
    if let Some(rows) = raw(&webinar, &instance, |held| held.questions.as_ref()) {
        return Ok(around(&webinar, &instance, &rows));
    }
    let asked = visits.iter().step_by(5).zip(ASKED).enumerate();
    let questions = asked.map(|(number, (visit, (question, answer)))| {
        let anonymous = number == 1;
        json!({
            "name": if anonymous { "Anonymous Attendee" } else { &visit.name },
            "email": if anonymous { "" } else { &visit.email },
            "question_details": [{ "question": question, "answer": answer }],
        })
    });
    Ok(around(&webinar, &instance, &questions.collect::<Vec<_>>()))
}

/// `GET /past_webinars/{webinarId}/polls`.
pub(super) fn polls(account: &Account, call: &Call) -> Outcome {
    const CHOICES: [&str; 3] = ["Fewer kilometres", "Fewer calls", "Happier customers"];
    let (webinar, instance, visits) = speakers(account, call)?;
    if let Some(rows) = raw(&webinar, &instance, |held| held.polls.as_ref()) {
        return Ok(around(&webinar, &instance, &rows));
    }
    let answered = visits.iter().step_by(2).take(20).enumerate();
    let questions = answered.map(|(number, visit)| {
        let details = json!([{
            "question": "What matters most to you?", "answer": CHOICES[number % CHOICES.len()],
            "polling_id": "QmZ4xR1tS7uVwY0aBcDeFg", "date_time": instant(visit.join),
        }]);
        json!({ "name": visit.name, "email": visit.email, "question_details": details })
    });
    Ok(around(&webinar, &instance, &questions.collect::<Vec<_>>()))
}
