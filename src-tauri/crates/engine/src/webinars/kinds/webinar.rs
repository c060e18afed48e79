//! The kind *webinar*: made, changed, deleted. Making one has no key against doing it twice, so it never leaves unless
//! the user waits for it, and one that may have been made is looked up.

pub(crate) mod fields;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::TryStreamExt;
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxRecord};
use liaison_store::tables::webinars;
use liaison_transport::BoxFuture;
use liaison_zoom::{ListStep, Webinar, WebinarDeletion, WebinarId, WebinarListType, ZoomError, ZoomTime};

use super::sending::{SETTLING, Sending};
use super::{Place, refusal, shown};
use crate::context::Context;
use crate::failure::Error;
use crate::outbox::at_once::LastErrors;
use crate::outbox::kind::{Found, Kind, Made, Outcome, one_by_one};
use crate::outbox::reason::{Need, StoredDifference, Wait, differences};
use crate::outbox::settle::{not_seen, pause};
use crate::outbox::target::Target;
use crate::outbox::view::{FieldContent, FieldValue, OutboxWhat};
use crate::terms::UtcMs;
use crate::webinars::pull::fetched;
use crate::webinars::pull::roster::Unread;
use fields::{WebinarCreation, WebinarEdit, WebinarFields, change};

/// Its name in the table.
pub(crate) const WEBINAR: &str = "webinar";

pub(crate) struct WebinarKind;

/// A change or the deletion of a webinar as a row.
pub(crate) fn operation(place: &Place<'_>, key: &str, edit: &WebinarEdit, action: OutboxAction) -> NewOperation {
    NewOperation {
        identity: key.to_owned(),
        order_key: format!("webinar:{key}"),
        subject_key: key.to_owned(),
        title: edit.fields.topic.clone(),
        payload_json: edit.json(),
        record_id: Some(key.to_owned()),
        ..place.operation(WEBINAR, action)
    }
}

/// The making of a webinar as a row; `op_id` is the draft's.
pub(crate) fn creation(place: &Place<'_>, op_id: &str, creation: &WebinarCreation) -> NewOperation {
    NewOperation {
        op_id: op_id.to_owned(),
        identity: op_id.to_owned(),
        order_key: op_id.to_owned(),
        subject_key: op_id.to_owned(),
        title: creation.fields.topic.clone(),
        payload_json: creation.json(),
        ..place.operation(WEBINAR, OutboxAction::Create)
    }
}

impl Kind for WebinarKind {
    fn name(&self) -> &'static str {
        WEBINAR
    }

    fn unattended(&self) -> bool {
        false
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(one_by_one(rows, move |row| send(cx, row)))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(one_by_one(rows, move |row| look_up(cx, row)))
    }

    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
        let key = row.record_id.clone()?;
        let target = Target { key: row.target.clone(), name: row.target_name.clone() };
        let place = Place { target: &target, group: None, now_ms, hold_ms: 0 };
        match row.action {
            OutboxAction::Create => {
                let fields = WebinarCreation::read(&row.payload_json)?.fields;
                let edit = WebinarEdit::of(fields.clone(), fields);
                Some(operation(&place, &key, &edit, OutboxAction::Delete))
            }
            OutboxAction::Update => {
                let edit = WebinarEdit::read(&row.payload_json)?;
                Some(operation(&place, &key, &WebinarEdit::of(edit.fields, edit.base), OutboxAction::Update))
            }
            OutboxAction::Delete => None,
        }
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        let read = match row.action {
            OutboxAction::Create => WebinarCreation::read(&row.payload_json).map(|creation| creation.fields),
            _ => WebinarEdit::read(&row.payload_json).map(|edit| edit.fields),
        };
        let Some(fields) = read else { return Vec::new() };
        let time =
            |name: &str, ms: i64| FieldValue { name: name.to_owned(), value: FieldContent::Time { at: UtcMs(ms) } };
        vec![
            shown("Topic", &fields.topic),
            time("StartDateTime", fields.start_utc_ms),
            time("EndDateTime", fields.end_utc_ms()),
        ]
    }

    fn what(&self, action: OutboxAction) -> OutboxWhat {
        match action {
            OutboxAction::Create => OutboxWhat::CreateWebinar,
            OutboxAction::Update => OutboxWhat::UpdateWebinar,
            OutboxAction::Delete => OutboxWhat::DeleteWebinar,
        }
    }

    fn decided(&self, row: &OutboxRecord, mine: bool, differing: &[StoredDifference]) -> Option<String> {
        let mut edit = WebinarEdit::read(&row.payload_json)?;
        let there = edit.fields.with_theirs(differing);
        for field in differing {
            edit.base.take(&field.name, &there);
            if !mine {
                edit.fields.take(&field.name, &there);
            }
        }
        (edit.base != edit.fields).then(|| edit.json())
    }
}

fn number(row: &OutboxRecord) -> Option<WebinarId> {
    row.record_id.as_deref()?.parse().ok().map(WebinarId)
}

async fn send(cx: &Arc<Context>, row: &OutboxRecord) -> Outcome {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else { return pause(now, row.attempts, Wait::SignIn) };
    let outcome = match row.action {
        OutboxAction::Create => create(&sending, row).await,
        OutboxAction::Update => update(&sending, row).await,
        OutboxAction::Delete => delete(&sending, row).await,
    };
    outcome.unwrap_or_else(|error| {
        let outcome = refusal::outcome(&error, row.attempts, now);
        let error = Error::zoom(error, now);
        error.log();
        cx.state::<LastErrors>().note(&row.op_id, error);
        outcome
    })
}

async fn create(sending: &Sending<'_>, row: &OutboxRecord) -> Result<Outcome, ZoomError> {
    let Some(creation) = WebinarCreation::read(&row.payload_json) else {
        return Ok(Outcome::Needs(Need::Unreadable));
    };
    if creation.fields.start_utc_ms <= sending.now.timestamp_millis() {
        return Ok(Outcome::Needs(in_the_past()));
    }
    let webinar = sending.zoom.api.webinars().create(&creation.request()).await?;
    Ok(Outcome::Done(made(sending.cx, row, &creation, &webinar)))
}

fn in_the_past() -> Need {
    Need::Refused {
        message: String::new(),
        fields: vec!["StartDateTime".to_owned()],
        code: "START_IN_THE_PAST".to_owned(),
    }
}

/// The webinar is kept as Zoom has it; what Zoom takes in a change only follows as one.
fn made(cx: &Arc<Context>, row: &OutboxRecord, creation: &WebinarCreation, webinar: &Webinar) -> Made {
    let now_ms = cx.now_ms();
    let (row_there, sealer) = (fetched(webinar, now_ms), cx.store.sealer());
    let key = row_there.webinar.key.clone();
    let there = WebinarFields::of_webinar(webinar);
    let rest = there.and_then(|there| {
        let wanted = creation.fields.more.confirmation_mail?;
        let mut fields = there.clone();
        fields.more.confirmation_mail = Some(wanted);
        (there.more.confirmation_mail != Some(wanted)).then(|| WebinarEdit::of(there, fields))
    });
    let (target, record_id) = (Target { key: row.target.clone(), name: row.target_name.clone() }, key.clone());
    let op_id = row.op_id.clone();
    Made {
        record_id: Some(record_id),
        keep: Some(Arc::new(move |tx| {
            let generation = webinars::last_generation(tx)?;
            webinars::upsert(tx, &sealer, std::slice::from_ref(&row_there), generation)?;
            let taken_back = outbox::get(tx, &op_id)?.is_some_and(|row| row.take_back_utc_ms.is_some());
            if let Some(edit) = rest.as_ref().filter(|_| !taken_back) {
                let place = Place { target: &target, group: None, now_ms, hold_ms: 0 };
                outbox::enqueue(tx, &operation(&place, &key, edit, OutboxAction::Update))?;
            }
            Ok(())
        })),
    }
}

async fn update(sending: &Sending<'_>, row: &OutboxRecord) -> Result<Outcome, ZoomError> {
    let (Some(number), Some(edit)) = (number(row), WebinarEdit::read(&row.payload_json)) else {
        return Ok(Outcome::Needs(Need::Unreadable));
    };
    let Some(there) = current(sending, number).await?.as_ref().and_then(WebinarFields::of_webinar) else {
        return Ok(Outcome::Needs(Need::DeletedThere));
    };
    let differing = differences(edit.base.contents(), there.contents(), edit.fields.contents());
    if !differing.is_empty() {
        return Ok(Outcome::Differs(differing));
    }
    if let Some(change) = change(&edit.base, &there, &edit.fields) {
        if change.start_time.is_some() && edit.fields.start_utc_ms <= sending.now.timestamp_millis() {
            return Ok(Outcome::Needs(in_the_past()));
        }
        sending.zoom.api.webinars().update(number, &change, None).await?;
    }
    // What Zoom made of it; when that can't be read now, the next pull tells.
    let changed = current(sending, number).await.ok().flatten();
    Ok(Outcome::Done(kept(sending.cx, row, changed.as_ref())))
}

fn kept(cx: &Arc<Context>, row: &OutboxRecord, webinar: Option<&Webinar>) -> Made {
    let (sealer, there) = (cx.store.sealer(), webinar.map(|webinar| fetched(webinar, cx.now_ms())));
    Made {
        record_id: row.record_id.clone(),
        keep: Some(Arc::new(move |tx| match &there {
            Some(there) => {
                let generation = webinars::last_generation(tx)?;
                webinars::upsert(tx, &sealer, std::slice::from_ref(there), generation)
            }
            None => Ok(()),
        })),
    }
}

async fn delete(sending: &Sending<'_>, row: &OutboxRecord) -> Result<Outcome, ZoomError> {
    let Some(number) = number(row) else { return Ok(Outcome::Needs(Need::Unreadable)) };
    // Whoever registered is told, as by Zoom's own page.
    let deletion = WebinarDeletion { notify_people: true };
    match sending.zoom.api.webinars().delete(number, None, deletion).await {
        Ok(()) => Ok(Outcome::Done(gone(sending.cx, row))),
        Err(error) if error.is_not_found() => Ok(Outcome::Done(gone(sending.cx, row))),
        Err(error) => Err(error),
    }
}

fn gone(cx: &Arc<Context>, row: &OutboxRecord) -> Made {
    let (key, now_ms) = (row.subject_key.clone(), cx.now_ms());
    Made {
        record_id: row.record_id.clone(),
        keep: Some(Arc::new(move |tx| webinars::mark_gone(tx, &key, now_ms).map(drop))),
    }
}

async fn current(sending: &Sending<'_>, number: WebinarId) -> Result<Option<Webinar>, ZoomError> {
    match sending.zoom.api.webinars().get(number).await {
        Ok(webinar) => Ok(Some(webinar)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

async fn look_up(cx: &Arc<Context>, row: &OutboxRecord) -> Found {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else { return not_seen(now, row.attempts, Wait::SignIn) };
    let found = match row.action {
        OutboxAction::Create => look_up_creation(&sending, row).await,
        OutboxAction::Update | OutboxAction::Delete => look_up_change(&sending, row).await,
    };
    found.unwrap_or_else(|error| {
        tracing::info!(%error, "a webinar that may have been written could not be looked up");
        refusal::not_found_out(&Unread::Zoom(error), row.attempts, now)
    })
}

async fn look_up_creation(sending: &Sending<'_>, row: &OutboxRecord) -> Result<Found, ZoomError> {
    let Some(creation) = WebinarCreation::read(&row.payload_json) else {
        return Ok(Found::Needs(Need::Unreadable));
    };
    let since = row.maybe_sent_utc_ms.and_then(DateTime::from_timestamp_millis).unwrap_or_default();
    let Candidates { same, alike, unread } = candidates(sending, &creation.fields, since).await?;
    Ok(match same.as_slice() {
        [one] => match current(sending, *one).await? {
            Some(webinar) => Found::There(made(sending.cx, row, &creation, &webinar)),
            None => Found::Absent { settling: SETTLING },
        },
        [] if !alike && unread == 0 => Found::Absent { settling: SETTLING },
        _ => Found::CannotTell,
    })
}

/// Webinars that were made since.
#[derive(Default)]
struct Candidates {
    /// Of this topic and start.
    same: Vec<WebinarId>,
    /// One has only one of the two: somebody may have changed the other already.
    alike: bool,
    /// Rows of the list that could not be read.
    unread: usize,
}

async fn candidates(
    sending: &Sending<'_>,
    fields: &WebinarFields,
    since: DateTime<Utc>,
) -> Result<Candidates, ZoomError> {
    let mut steps = std::pin::pin!(sending.zoom.api.webinars().walk(WebinarListType::Scheduled));
    let mut found = Candidates::default();
    while let Some(step) = steps.try_next().await? {
        match step {
            ListStep::Page(page) => {
                let made = |at: Option<ZoomTime>| {
                    at.and_then(ZoomTime::utc).is_none_or(|at| at >= since - TimeDelta::minutes(1))
                };
                for item in page.items.into_iter().filter(|item| made(item.created_at)) {
                    let topic = item.topic.as_deref() == Some(fields.topic.as_str());
                    let start = item.start_time.and_then(ZoomTime::utc).is_none_or(|at| at == fields.start());
                    match (topic, start) {
                        (true, true) => found.same.push(item.id),
                        (false, false) => {}
                        _ => found.alike = true,
                    }
                }
            }
            ListStep::Restarted => found = Candidates::default(),
            ListStep::Complete { skipped } => found.unread += skipped,
        }
    }
    found.same.sort_unstable();
    found.same.dedup();
    Ok(found)
}

async fn look_up_change(sending: &Sending<'_>, row: &OutboxRecord) -> Result<Found, ZoomError> {
    let (Some(number), Some(edit)) = (number(row), WebinarEdit::read(&row.payload_json)) else {
        return Ok(Found::Needs(Need::Unreadable));
    };
    let there = current(sending, number).await?;
    Ok(match (row.action, there) {
        (OutboxAction::Delete, None) => Found::There(gone(sending.cx, row)),
        (OutboxAction::Update, None) => Found::Needs(Need::DeletedThere),
        (OutboxAction::Update, Some(webinar))
            if WebinarFields::of_webinar(&webinar)
                .is_some_and(|there| change(&edit.base, &there, &edit.fields).is_none()) =>
        {
            Found::There(kept(sending.cx, row, Some(&webinar)))
        }
        _ => Found::Absent { settling: SETTLING },
    })
}
