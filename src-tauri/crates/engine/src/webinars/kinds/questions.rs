//! The kind *questions*: what the registration form of a webinar asks. What people answered before stays theirs.

mod merge;

use std::sync::Arc;

use liaison_store::tables::outbox::{NewOperation, OutboxAction, OutboxRecord};
use liaison_store::tables::webinars;
use liaison_transport::BoxFuture;
use liaison_zoom::{RegistrationQuestions, WebinarId};

use super::sending::{SETTLING, Sending};
use super::{Place, refusal};
use crate::context::Context;
use crate::outbox::kind::{Found, Kind, Made, Outcome, one_by_one};
use crate::outbox::reason::{Need, StoredDifference, Wait};
use crate::outbox::settle::{not_seen, pause};
use crate::outbox::target::Target;
use crate::outbox::view::{FieldContent, FieldValue, OutboxWhat};
use crate::webinars::pull::roster::Unread;
use crate::webinars::stored::{Questions, QuestionsEdit, StoredQuestion, VERSION};

/// Its name in the table.
pub(crate) const QUESTIONS: &str = "registrationQuestions";

pub(crate) struct QuestionsKind;

/// A change of the form as a row. It goes after what is under way for the webinar itself, such as its registration.
pub(crate) fn operation(place: &Place<'_>, edit: &QuestionsEdit) -> NewOperation {
    NewOperation {
        identity: edit.webinar.clone(),
        order_key: format!("webinar:{}", edit.webinar),
        subject_key: edit.webinar.clone(),
        title: edit.topic.clone(),
        payload_json: edit.json(),
        record_id: Some(edit.webinar.clone()),
        ..place.operation(QUESTIONS, OutboxAction::Update)
    }
}

impl Kind for QuestionsKind {
    fn name(&self) -> &'static str {
        QUESTIONS
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(one_by_one(rows, move |row| send(cx, row)))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(one_by_one(rows, move |row| look_up(cx, row)))
    }

    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
        let edit = QuestionsEdit::read(&row.payload_json)?;
        let target = Target { key: row.target.clone(), name: row.target_name.clone() };
        let place = Place { target: &target, group: None, now_ms, hold_ms: 0 };
        Some(operation(&place, &QuestionsEdit { base: edit.wanted.clone(), wanted: edit.base.clone(), ..edit }))
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        let Some(edit) = QuestionsEdit::read(&row.payload_json) else { return Vec::new() };
        let changed = merge::changed(&edit.base, &edit.wanted).into_iter();
        changed.map(|(name, text)| FieldValue { name, value: FieldContent::Text { text } }).collect()
    }

    fn what(&self, _action: OutboxAction) -> OutboxWhat {
        OutboxWhat::UpdateQuestions
    }

    fn decided(&self, row: &OutboxRecord, mine: bool, differing: &[StoredDifference]) -> Option<String> {
        let mut edit = QuestionsEdit::read(&row.payload_json)?;
        merge::take(&mut edit.base, differing);
        if !mine {
            merge::take(&mut edit.wanted, differing);
        }
        (!merge::changed(&edit.base, &edit.wanted).is_empty()).then(|| edit.json())
    }
}

fn read(row: &OutboxRecord) -> Option<(WebinarId, QuestionsEdit)> {
    let edit = QuestionsEdit::read(&row.payload_json)?;
    Some((WebinarId(edit.webinar.parse().ok()?), edit))
}

async fn send(cx: &Arc<Context>, row: &OutboxRecord) -> Outcome {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else { return pause(now, row.attempts, Wait::SignIn) };
    let Some((number, edit)) = read(row) else { return Outcome::Needs(Need::Unreadable) };
    let form = sending.zoom.api.webinars().registrants(number);
    let there = match form.questions().await {
        Ok(there) => there,
        // Nothing but a question was asked.
        Err(error) => return refusal::unread(&Unread::Zoom(error), row.attempts, now),
    };
    let differing = merge::differences(&edit.base, &Questions::told(&there).questions, &edit.wanted);
    if !differing.is_empty() {
        return Outcome::Differs(differing);
    }
    let request = merge::request(&edit.base, &there, &edit.wanted);
    if request != RegistrationQuestions::default()
        && let Err(error) = form.set_questions(&request).await
    {
        tracing::info!(%error, "a registration form was not changed");
        return refusal::outcome(&error, row.attempts, now);
    }
    let there = RegistrationQuestions {
        questions: request.questions.or(there.questions),
        custom_questions: request.custom_questions.or(there.custom_questions),
    };
    Outcome::Done(kept(cx, row, &there))
}

fn kept(cx: &Arc<Context>, row: &OutboxRecord, there: &RegistrationQuestions) -> Made {
    let (key, json, now_ms) = (row.subject_key.clone(), Questions::told(there).json(), cx.now_ms());
    Made {
        record_id: row.record_id.clone(),
        keep: Some(Arc::new(move |tx| webinars::put_questions(tx, &key, &json, now_ms))),
    }
}

async fn look_up(cx: &Arc<Context>, row: &OutboxRecord) -> Found {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else { return not_seen(now, row.attempts, Wait::SignIn) };
    let Some((number, edit)) = read(row) else { return Found::Needs(Need::Unreadable) };
    match sending.zoom.api.webinars().registrants(number).questions().await {
        Ok(there) if merge::request(&edit.base, &there, &edit.wanted) == RegistrationQuestions::default() => {
            Found::There(kept(cx, row, &there))
        }
        Ok(_) => Found::Absent { settling: SETTLING },
        Err(error) => refusal::not_found_out(&Unread::Zoom(error), row.attempts, now),
    }
}

/// A change of a form, as it is put in line.
pub(crate) fn edit(
    webinar: &str,
    topic: &str,
    base: Vec<StoredQuestion>,
    wanted: Vec<StoredQuestion>,
) -> Option<QuestionsEdit> {
    let edit = QuestionsEdit { version: VERSION, webinar: webinar.to_owned(), topic: topic.to_owned(), base, wanted };
    (!merge::changed(&edit.base, &edit.wanted).is_empty()).then_some(edit)
}
