//! The kind *meeting*: Zoom meetings and dates of series, made, changed and cancelled. Making one has no key against doing it
//! twice, so it never leaves unless the user waits for it, and one that may have been made is looked up.

use std::sync::Arc;

use liaison_domain::{MeetingKey, text};
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxRecord, OutboxState, Urgency};
use liaison_store::{Connection, StoreResult, Transaction, planted};
use liaison_transport::BoxFuture;
use uuid::Uuid;

use super::attempt::{about, look_up, send};
use super::change::Deciding;
use super::stored::{Creation, MeetingEdit, MeetingFields};
use super::{rule_alone, rule_dates};
use crate::context::Context;
use crate::outbox::kind::{Found, Kind, MEETING, Outcome, one_by_one};
use crate::outbox::reason::{StoredContent, StoredDifference};
use crate::outbox::target::Target;
use crate::outbox::view::{FieldContent, FieldValue, OutboxWhat, PendingChange};
use crate::terms::UtcMs;

pub(crate) struct MeetingKind;

impl Kind for MeetingKind {
    fn name(&self) -> &'static str {
        MEETING
    }

    fn pending(&self, row: &OutboxRecord) -> Option<PendingChange> {
        super::pending::pending(row)
    }

    fn makes_with(&self, row: &OutboxRecord) -> Vec<String> {
        if row.action != OutboxAction::Create {
            return Vec::new();
        }
        Creation::read(&row.payload_json).map(|creation| creation.draft.people).unwrap_or_default()
    }

    fn unattended(&self) -> bool {
        planted(11)
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(one_by_one(rows, move |row| send(cx, row)))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(one_by_one(rows, move |row| look_up(cx, row)))
    }

    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
        let key = about(row)?;
        let target = Target { key: row.target.clone(), name: row.target_name.clone() };
        match row.action {
            OutboxAction::Create => {
                let creation = Creation::read(&row.payload_json)?;
                let fields = MeetingFields {
                    topic: creation.draft.topic,
                    start_utc_ms: creation.start_utc_ms,
                    minutes: creation.draft.minutes,
                    zone: creation.draft.zone,
                    agenda: creation.draft.agenda,
                    people: None,
                    invitees: None,
                    options: None,
                };
                let edit = MeetingEdit::of(fields.clone(), fields);
                Some(operation(OutboxAction::Delete, &target, &key, &edit, now_ms, 0))
            }
            OutboxAction::Update => {
                // The dates that a series had are gone with their ids: they can't be made again as they were.
                let edit = MeetingEdit::read(&row.payload_json).filter(|edit| edit.rule.is_none())?;
                let back = MeetingEdit::of(edit.base, edit.fields);
                Some(operation(OutboxAction::Update, &target, &key, &back, now_ms, 0))
            }
            OutboxAction::Delete => None,
        }
    }

    /// After another rule a date is another one, whatever its id.
    fn is_still_about_it(&self, db: &Connection, row: &OutboxRecord) -> StoreResult<bool> {
        let Some(key) = about(row).filter(|key| key.occurrence.is_some()) else { return Ok(true) };
        let rows = outbox::by_identity(db, &row.target, MEETING, &key.number.to_string())?;
        let another_rule = |later: &OutboxRecord| {
            later.created_utc_ms >= row.created_utc_ms
                && later.state != OutboxState::Discarded
                && MeetingEdit::read(&later.payload_json).is_some_and(|edit| edit.rule.is_some())
        };
        Ok(!rows.iter().filter(|later| later.action == OutboxAction::Update).any(another_rule))
    }

    /// What was decided of single dates goes before another rule for their series.
    fn lets_go_first(&self, db: &Connection, row: &OutboxRecord) -> StoreResult<Option<OutboxRecord>> {
        let rule = MeetingEdit::read(&row.payload_json).and_then(|edit| edit.rule);
        let (Some(key), Some(rule)) = (about(row), rule) else { return Ok(None) };
        rule_alone::on_its_way(db, &row.target, key.number, &rule)
    }

    fn taken_back(
        &self,
        cx: &Context,
        tx: &Transaction<'_>,
        row: &OutboxRecord,
        undoing: Option<&str>,
    ) -> StoreResult<()> {
        Deciding::of(cx).taken_back(tx, row, undoing)
    }

    fn never_arrived(&self, cx: &Context, tx: &Transaction<'_>, row: &OutboxRecord) -> StoreResult<()> {
        Deciding::of(cx).never_arrived(tx, row)
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        let time =
            |name: &str, ms: i64| FieldValue { name: name.to_owned(), value: FieldContent::Time { at: UtcMs(ms) } };
        let text = |name: &str, text: &str| FieldValue {
            name: name.to_owned(),
            value: FieldContent::Text { text: text::multi_line(text, 2_000) },
        };
        if row.action == OutboxAction::Create {
            let Some(creation) = Creation::read(&row.payload_json) else { return Vec::new() };
            let end = creation.start_utc_ms + i64::from(creation.draft.minutes) * 60_000;
            return [
                text("Topic", &creation.draft.topic),
                time("StartDateTime", creation.start_utc_ms),
                time("EndDateTime", end),
            ]
            .into_iter()
            .chain(creation.template_name().map(|name| text("Template", name)))
            .chain(creation.options().contents().into_iter().filter_map(|(name, value)| chosen(name, value)))
            .chain(creation.about_name().map(|name| text("WhatId", name)))
            .collect();
        }
        let Some(edit) = MeetingEdit::read(&row.payload_json) else { return Vec::new() };
        let mut fields = vec![
            text("Topic", &edit.fields.topic),
            time("StartDateTime", edit.fields.start_utc_ms),
            time("EndDateTime", edit.fields.end_utc_ms()),
        ];
        fields.extend(edit.rule.as_ref().and_then(|rule| rule_dates::shown(&edit.fields, rule)));
        if edit.fields.invitees != edit.base.invitees {
            fields.push(text("Invitees", &edit.fields.listed_invitees()));
        }
        let options = |fields: &MeetingFields| fields.options.clone().unwrap_or_default().contents();
        for ((name, before), (_, after)) in options(&edit.base).into_iter().zip(options(&edit.fields)) {
            if before != after {
                fields.push(FieldValue { name: name.to_owned(), value: after.into() });
            }
        }
        fields
    }

    fn what(&self, action: OutboxAction) -> OutboxWhat {
        match action {
            OutboxAction::Create => OutboxWhat::CreateMeeting,
            OutboxAction::Update => OutboxWhat::UpdateMeeting,
            OutboxAction::Delete => OutboxWhat::DeleteMeeting,
        }
    }

    fn decided(&self, row: &OutboxRecord, mine: bool, fields: &[StoredDifference]) -> Option<String> {
        let mut edit = MeetingEdit::read(&row.payload_json)?;
        let there = edit.fields.with_theirs(fields);
        for field in fields {
            edit.base.take(&field.name, &there);
            if !mine {
                edit.fields.take(&field.name, &there);
            }
        }
        (edit.base != edit.fields || edit.rule.is_some()).then(|| edit.json())
    }
}

/// An option that was chosen; the others are as the user's settings in Zoom have them.
fn chosen(name: &str, value: StoredContent) -> Option<FieldValue> {
    let said = !matches!(&value, StoredContent::Text { text } if text.is_empty());
    said.then(|| FieldValue { name: name.to_owned(), value: value.into() })
}

/// A change or the cancelling of a meeting, or of a date, as a row.
pub(super) fn operation(
    action: OutboxAction,
    target: &Target,
    key: &MeetingKey,
    edit: &MeetingEdit,
    now_ms: i64,
    hold_ms: i64,
) -> NewOperation {
    let (subject, number) = (key.to_string(), key.number.to_string());
    NewOperation {
        op_id: Uuid::now_v7().to_string(),
        target: target.key.clone(),
        target_name: target.name.clone(),
        kind: MEETING.to_owned(),
        action,
        identity: subject.clone(),
        // Dates of a series don't wait for each other: one that asks the user stops none of them.
        order_key: format!("meeting:{subject}"),
        subject_key: subject,
        batch_key: None,
        group_id: None,
        urgency: Urgency::Click,
        depends_on: None,
        title: edit.fields.topic.clone(),
        person_name: None,
        payload_json: edit.json(),
        record_id: Some(number),
        held_until_utc_ms: (hold_ms > 0).then_some(now_ms + hold_ms),
        created_utc_ms: now_ms,
    }
}
