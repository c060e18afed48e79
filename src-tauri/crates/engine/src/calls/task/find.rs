//! Looking for Tasks: by our key where the org has the field, else by it in `CallObject`, else among the user's own of
//! the day by the line of the description that names the call. The same question brings what others have logged of the day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liaison_domain::{PersonRef, RecordKind};
use liaison_salesforce::{
    Condition, FieldName, KEY_FIELD, ObjectName, Query, SalesforceError, SalesforceId, Soql, TaskCapability,
};
use liaison_store::tables::call_tasks;
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord};
use liaison_store::tables::records_pushed;
use serde::Deserialize;
use serde_json::Value;

use super::call_logs;
use super::fields::{Payload, TaskFields};
use super::send::{gone, kept};
use crate::context::{Context, SalesforceAccount};
use crate::outbox::event::refusal;
use crate::outbox::kind::Found;
use crate::outbox::reason::{Need, StoredContent, StoredDifference, Wait};
use crate::outbox::settle::not_seen;

/// Without our field in the org a request under way must have ended before its record counts as not there.
const SETTLING: TimeDelta = TimeDelta::minutes(2);
/// What is read of a Task where the user may see it. The description can be read, and not asked for.
const READ: [&str; 11] = [
    KEY_FIELD,
    "Subject",
    "ActivityDate",
    "WhoId",
    "WhatId",
    "Description",
    "CallType",
    "CallDurationInSeconds",
    "CallDisposition",
    "CallObject",
    "TaskSubtype",
];

/// A Task as it is there; what the user may not see is missing.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Seen {
    #[serde(rename = "Id")]
    pub id: SalesforceId,
    #[serde(rename = "IsDeleted", default)]
    pub is_deleted: bool,
    #[serde(rename = "SystemModstamp", default)]
    pub touched: Option<Moment>,
    #[serde(rename = "CreatedDate", default)]
    pub made: Option<Moment>,
    #[serde(rename = "CreatedBy", default)]
    pub by: Option<Named>,
    #[serde(rename = "ActivityDate", default)]
    pub day: Option<NaiveDate>,
    #[serde(rename = "WhoId", default)]
    pub who: Option<SalesforceId>,
    #[serde(rename = "CallDurationInSeconds", default)]
    pub seconds: Option<u32>,
    /// Everything else that was asked for.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

/// Somebody's name.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    #[serde(rename = "Name")]
    pub name: Option<String>,
}

/// A moment as Salesforce writes it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Moment(pub DateTime<Utc>);

impl TryFrom<String> for Moment {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        liaison_salesforce::parse_moment(&text).map(Self).ok_or("no moment")
    }
}

impl Seen {
    pub fn text(&self, field: &str) -> Option<&str> {
        self.more.get(field).and_then(Value::as_str)
    }

    /// The fields as they are there; the rest from `like`.
    pub fn fields(&self, like: &TaskFields) -> TaskFields {
        let mut there = like.clone();
        self.text("Subject").unwrap_or_default().clone_into(&mut there.subject);
        there.who = self.who.as_ref().map(person);
        there.what = self.text("WhatId").map(|id| (id.to_owned(), id.to_owned()));
        self.text("Description").unwrap_or_default().clone_into(&mut there.note);
        (there.facts, there.edited) = (String::new(), true);
        if let Some(call) = &mut there.call {
            call.seconds = self.seconds.unwrap_or(call.seconds);
            call.disposition = self.text("CallDisposition").map(ToOwned::to_owned);
        }
        there
    }
}

pub(super) fn person(id: &SalesforceId) -> PersonRef {
    let kind = if id.is_lead() { RecordKind::Lead } else { RecordKind::Contact };
    PersonRef { kind, id: id.to_string() }
}

/// The fields as they are there, as far as differences tell; the rest from `like`.
pub(super) fn from_differences(like: &TaskFields, differences: &[StoredDifference]) -> TaskFields {
    let mut there = like.clone();
    for field in differences {
        let StoredContent::Text { text } = &field.there else { continue };
        match (field.name.as_str(), &mut there.call) {
            ("Subject", _) => there.subject.clone_from(text),
            ("WhoId", _) => there.who = text.parse::<SalesforceId>().ok().as_ref().map(person),
            ("WhatId", _) => there.what = Some((text.clone(), text.clone())).filter(|_| !text.is_empty()),
            ("CallDurationInSeconds", Some(call)) => call.seconds = text.parse().unwrap_or(call.seconds),
            ("CallDisposition", Some(call)) => call.disposition = Some(text.clone()).filter(|text| !text.is_empty()),
            ("Description", _) => {
                there.note.clone_from(text);
                (there.facts, there.edited) = (String::new(), true);
            }
            _ => {}
        }
    }
    there
}

/// How Tasks of ours are known in this org.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Our field.
    Key,
    /// Our key in `CallObject`, which only a call's Task has: a follow-up is known by its description.
    Object,
    /// Day and description, among the user's own.
    Description,
}

impl Known {
    pub fn of(rights: &TaskCapability) -> Self {
        if rights.object.key.is_usable() {
            Self::Key
        } else if rights.may_set("CallObject") {
            Self::Object
        } else {
            Self::Description
        }
    }

    pub fn is(self, seen: &Seen, identity: &str, fields: &TaskFields) -> bool {
        let says = |field: &str| seen.text(field).is_some_and(|text| text.eq_ignore_ascii_case(identity));
        match self {
            Self::Key => says(KEY_FIELD),
            Self::Object if fields.call.is_some() => says("CallObject"),
            Self::Object | Self::Description => {
                // The person is not asked: converting or merging them moves the Task along.
                let line = |text: &str| text.lines().any(|line| line.trim_end() == fields.mark);
                seen.day == Some(fields.day) && seen.text("Description").is_some_and(line)
            }
        }
    }
}

/// The fields of a question for Tasks: those that the user may see.
pub(super) fn selected(rights: &TaskCapability) -> Vec<String> {
    let mut names: Vec<String> =
        ["Id", "IsDeleted", "CreatedDate", "SystemModstamp", "CreatedBy.Name"].map(ToOwned::to_owned).to_vec();
    names.extend(READ.into_iter().filter(|name| rights.sees(name)).map(ToOwned::to_owned));
    names.extend(super::alike::foreign_fields(rights).map(ToOwned::to_owned));
    names
}

/// The Tasks that rows may have made, and those of the user on their days.
pub(super) async fn around(
    account: &SalesforceAccount,
    rights: &TaskCapability,
    rows: &[(&OutboxRecord, TaskFields)],
) -> Result<Vec<Seen>, SalesforceError> {
    let Some(soql) = question(account, rights, rows)? else { return Ok(Vec::new()) };
    call_logs::read_along(account, account.api.query_all_rows(&soql).await?).await
}

fn question(
    account: &SalesforceAccount,
    rights: &TaskCapability,
    rows: &[(&OutboxRecord, TaskFields)],
) -> Result<Option<Soql>, SalesforceError> {
    if rows.is_empty() {
        return Ok(None);
    }
    let keys = rows.iter().map(|(row, _)| row.identity.as_str());
    let days: BTreeSet<NaiveDate> = rows.iter().map(|(_, fields)| fields.day).collect();
    let mut any = Vec::new();
    match Known::of(rights) {
        Known::Key => any.push(Condition::is_in(KEY_FIELD, keys)),
        Known::Object => any.push(Condition::is_in("CallObject", keys)),
        Known::Description => {}
    }
    if let Ok(owner) = account.user_id.parse::<SalesforceId>() {
        let mine = Condition::equals("OwnerId", owner);
        any.push(Condition::All(vec![mine, Condition::is_in("ActivityDate", days)]));
    }
    let query = Query::from("Task").select(selected(rights)).filter(Condition::Any(any));
    Ok(Some(query.build()?))
}

/// What the Tasks that were found mean for a row that makes one: the record, what the user has to do, or nothing.
pub(super) fn of_creation(
    known: Known,
    row: &OutboxRecord,
    fields: &TaskFields,
    again: bool,
    around: &[Seen],
) -> Option<Result<SalesforceId, Need>> {
    let ours = || around.iter().filter(|seen| known.is(seen, &row.identity, fields));
    let live: Vec<&Seen> = ours().filter(|seen| !seen.is_deleted).collect();
    match live.as_slice() {
        [seen] => Some(Ok(seen.id)),
        [] if again || ours().next().is_none() => None,
        [] => Some(Err(Need::DeletedThere)),
        _ => Some(Err(Need::SeveralMatches)),
    }
}

/// What is there for rows that may have arrived.
pub(super) async fn look_up(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Vec<Found> {
    let now = cx.now();
    let attempts = rows.first().map_or(1, |row| row.attempts);
    let Some(account) = cx.salesforce() else {
        return vec![not_seen(now, attempts, Wait::SignIn); rows.len()];
    };
    let found = match rows.first().map(|row| row.action) {
        Some(OutboxAction::Create) => creations(cx, &account, rows).await,
        _ => changes(cx, &account, rows).await,
    };
    found.unwrap_or_else(|error| {
        tracing::info!(%error, "Tasks that may have arrived could not be looked up");
        vec![refusal::of_look_up(cx, &error, attempts, now); rows.len()]
    })
}

async fn creations(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    rows: &[OutboxRecord],
) -> Result<Vec<Found>, SalesforceError> {
    let rights = cx.task_capability(account).await?;
    let known = Known::of(&rights);
    let payloads: Vec<Option<Payload>> = rows.iter().map(|row| Payload::read(&row.payload_json)).collect();
    let readable: Vec<(&OutboxRecord, TaskFields)> =
        rows.iter().zip(&payloads).filter_map(|(row, payload)| Some((row, payload.as_ref()?.fields.clone()))).collect();
    let around = around(account, &rights, &readable).await?;
    let now = cx.now();
    Ok(rows
        .iter()
        .zip(payloads)
        .map(|(row, payload)| {
            let Some(payload) = payload else { return Found::Needs(Need::Unreadable) };
            match of_creation(known, row, &payload.fields, payload.again, &around) {
                Some(Ok(id)) => Found::There(kept(row, id, &payload.fields, now, Vec::new())),
                Some(Err(need)) => Found::Needs(need),
                None => Found::Absent { settling: if known == Known::Key { TimeDelta::zero() } else { SETTLING } },
            }
        })
        .collect())
}

async fn changes(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    rows: &[OutboxRecord],
) -> Result<Vec<Found>, SalesforceError> {
    let rights = cx.task_capability(account).await?;
    let now = cx.now();
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let current = match record_id(cx, row).await {
            Some(id) => current(account, &rights, id).await?,
            None => None,
        };
        let wanted = Payload::read(&row.payload_json);
        found.push(match (row.action, current, wanted) {
            (OutboxAction::Delete, None, _) => Found::There(gone(row)),
            (OutboxAction::Update, Some(seen), Some(wanted))
                if seen.fields(&wanted.fields).contents() == wanted.fields.contents() =>
            {
                Found::There(kept(row, seen.id, &wanted.fields, now, Vec::new()))
            }
            (OutboxAction::Update, None, _) => Found::Needs(Need::DeletedThere),
            (_, _, None) => Found::Needs(Need::Unreadable),
            // A change that is not there did not arrive: the record itself was read.
            _ => Found::Absent { settling: TimeDelta::zero() },
        });
    }
    Ok(found)
}

/// The record that a change is for: named by the row, or noted when it was made or found.
pub(super) async fn record_id(cx: &Arc<Context>, row: &OutboxRecord) -> Option<SalesforceId> {
    if let Some(id) = row.record_id.as_ref().and_then(|id| id.parse().ok()) {
        return Some(id);
    }
    let (target, key, call) = (row.target.clone(), row.identity.clone(), row.subject_key.clone());
    let read = move |db: &liaison_store::Connection| -> liaison_store::StoreResult<Option<String>> {
        let pushed = records_pushed::get(db, &target, &key)?.map(|pushed| pushed.record_id);
        Ok(match pushed.filter(|id| !id.is_empty()) {
            Some(id) => Some(id),
            None => call_tasks::get(db, &call)?.map(|task| task.record_id),
        })
    };
    match cx.store.read(read).await {
        Ok(id) => id.and_then(|id| id.parse().ok()),
        Err(error) => {
            tracing::error!(%error, "the record of a row could not be read");
            None
        }
    }
}

/// The Task as it is there; `None` when it is deleted.
pub(super) async fn current(
    account: &SalesforceAccount,
    rights: &TaskCapability,
    id: SalesforceId,
) -> Result<Option<Seen>, SalesforceError> {
    let names: Vec<FieldName> = selected(rights)
        .into_iter()
        .filter(|name| !name.contains('.'))
        .filter_map(|name| FieldName::new(name).ok())
        .collect();
    let Ok(object) = ObjectName::new("Task") else { return Ok(None) };
    match account.api.get::<Seen>(&object, id, &names).await {
        Ok(seen) => Ok(Some(seen).filter(|seen| !seen.is_deleted)),
        Err(error) if error.is_gone() => Ok(None),
        Err(error) => Err(error),
    }
}
