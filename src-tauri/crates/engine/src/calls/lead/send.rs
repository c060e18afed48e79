//! Making a Lead once: by our key where the org has the field, else looked for by who made it, name and moment.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_salesforce::{
    Beside, Condition, Disposition, Duplicates, ExternalKey, KEY_FIELD, ObjectCapability, ObjectName, Operator, Query,
    Resolution, SalesforceError, SalesforceId,
};
use liaison_store::planted;
use liaison_store::tables::call_links::LinkedRecord;
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord};
use serde::Deserialize;
use serde_json::Value;

use super::link;
use super::stored::NewLeadRow;
use crate::calls::task::compose::Composer;
use crate::context::{Context, SalesforceAccount};
use crate::failure::shown;
use crate::outbox::event::refusal;
use crate::outbox::kind::{Found, Made, Outcome};
use crate::outbox::reason::{Need, Reason, StoredDouble, StoredLeftOut, Wait, Why};
use crate::outbox::settle::{not_seen, pause};

const OBJECT: &str = "Lead";
/// Without our key a request under way must have ended before its Lead counts as not made.
const SETTLING: TimeDelta = TimeDelta::minutes(2);
/// Salesforce's clock and this computer's may differ.
const EARLIER: TimeDelta = TimeDelta::minutes(5);
/// By what two Leads of one name are told apart, where the user may see it.
const COMPARED: [&str; 3] = ["Company", "Phone", "Email"];
/// What others' automation writes right after the making is no sign of a person's work.
const UNTOUCHED: TimeDelta = TimeDelta::minutes(1);

/// A Lead as it is there; what was not asked for is missing.
#[derive(Debug, Deserialize)]
struct Seen {
    #[serde(rename = "Id")]
    id: SalesforceId,
    #[serde(rename = "IsDeleted", default)]
    is_deleted: bool,
    #[serde(flatten)]
    more: std::collections::BTreeMap<String, Value>,
}

impl Seen {
    fn text(&self, name: &str) -> &str {
        self.more.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    fn moment(&self, name: &str) -> Option<DateTime<Utc>> {
        liaison_salesforce::parse_moment(self.text(name))
    }
}

pub(super) async fn send(cx: &Arc<Context>, row: &OutboxRecord) -> Outcome {
    let now = cx.now();
    let Some(account) = cx.salesforce() else { return pause(now, row.attempts, Wait::SignIn) };
    let sent = match row.action {
        OutboxAction::Create => make(cx, &account, row).await,
        OutboxAction::Delete => delete(cx, &account, row).await,
        OutboxAction::Update => Ok(Outcome::Needs(Need::Unreadable)),
    };
    sent.unwrap_or_else(|error| {
        tracing::info!(%error, attempts = row.attempts, "a Lead did not go out");
        match error.disposition() {
            Some(Disposition::Resolve(Resolution::DuplicatesDetected(found))) => Outcome::Needs(doubles(&error, found)),
            // Another request of the same key was faster: the look-up finds what it made.
            Some(Disposition::Resolve(Resolution::DuplicateValue { field, .. }))
                if field.as_deref().is_none_or(|field| field.eq_ignore_ascii_case(KEY_FIELD)) =>
            {
                Outcome::Unknown
            }
            _ => refusal::of_attempt(cx, &error, row, now),
        }
    })
}

fn doubles(error: &SalesforceError, found: Duplicates) -> Need {
    let message = error.refusal().and_then(|refusal| refusal.items.first()).map(|item| shown(item.message.expose()));
    let double = |one: liaison_salesforce::DuplicateMatch| StoredDouble {
        object: one.object,
        id: one.id.to_string(),
        name: one.name.unwrap_or_default(),
        company: one.company,
    };
    Need::Doubles {
        message: message.unwrap_or_default(),
        may_save: found.may_save,
        records: found.matches.into_iter().map(double).collect(),
    }
}

async fn make(cx: &Arc<Context>, account: &SalesforceAccount, row: &OutboxRecord) -> Result<Outcome, SalesforceError> {
    let (Some(lead), Ok(key), Ok(object)) =
        (NewLeadRow::read(&row.payload_json), ExternalKey::new(&row.identity), ObjectName::new(OBJECT))
    else {
        return Ok(Outcome::Needs(Need::Unreadable));
    };
    let described = cx.lead_description(account).await?;
    let rights = ObjectCapability::of(described.as_deref(), None);
    if !rights.createable {
        return Ok(Outcome::Needs(Need::NoPermission { message: String::new() }));
    }
    let (record, left_out) = rights.part_of_new(&lead.record());
    let beside = if lead.beside { Beside::Duplicates } else { Beside::Nobody };
    let key = rights.key.is_usable().then_some(&key).filter(|_| !planted(22));
    let id = account.api.create_beside(&object, key, &record, beside).await?;
    Ok(Outcome::Done(made(cx, row, &lead, &id, left_out)))
}

/// The calls are given to it.
fn made(cx: &Context, row: &OutboxRecord, lead: &NewLeadRow, id: &SalesforceId, left_out: Vec<String>) -> Made {
    let record = LinkedRecord { kind: OBJECT.to_owned(), id: id.to_string(), name: lead.name() };
    let left_out: Vec<StoredLeftOut> =
        left_out.into_iter().map(|name| StoredLeftOut { name, why: Why::NotWritable }).collect();
    let remark = (!left_out.is_empty()).then(|| Reason::Without(left_out).json());
    let (composer, op_id, call) = (Composer::of(cx), row.op_id.clone(), row.subject_key.clone());
    Made {
        record_id: Some(record.id.clone()),
        keep: Some(Arc::new(move |tx| {
            if let Some(remark) = &remark {
                outbox::remark(tx, &op_id, remark)?;
            }
            let taken_back = outbox::get(tx, &op_id)?.is_some_and(|row| row.take_back_utc_ms.is_some());
            if taken_back { Ok(()) } else { link::arrived(tx, &composer, &op_id, &call, &record) }
        })),
    }
}

/// Takes away one that nobody has touched since.
async fn delete(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    row: &OutboxRecord,
) -> Result<Outcome, SalesforceError> {
    let (Some(id), Ok(object)) =
        (row.record_id.as_deref().and_then(|id| id.parse::<SalesforceId>().ok()), ObjectName::new(OBJECT))
    else {
        return Ok(Outcome::Needs(Need::Unreadable));
    };
    let named = Condition::equals("Id", id);
    let query = Query::from(OBJECT).select(["Id", "IsConverted", "CreatedDate", "LastModifiedDate"]).filter(named);
    let seen: Vec<Seen> = account.api.query_rows(&query.limit(1).build()?).await?;
    let Some(seen) = seen.first() else { return Ok(Outcome::Done(Made::default())) };
    let converted = seen.more.get("IsConverted").and_then(Value::as_bool).unwrap_or_default();
    let touched = seen.moment("CreatedDate").zip(seen.moment("LastModifiedDate"));
    if converted || touched.is_none_or(|(made, touched)| touched - made > UNTOUCHED) {
        return Ok(Outcome::Needs(Need::Refused {
            message: String::new(),
            fields: Vec::new(),
            code: "LEAD_IN_USE".to_owned(),
        }));
    }
    account.api.delete(&object, id).await?;
    let (composer, id) = (Composer::of(cx), id.to_string());
    Ok(Outcome::Done(Made { record_id: None, keep: Some(Arc::new(move |tx| link::forget(tx, &composer, &id))) }))
}

pub(super) async fn look_up(cx: &Arc<Context>, row: &OutboxRecord) -> Found {
    let now = cx.now();
    let Some(account) = cx.salesforce() else { return not_seen(now, row.attempts, Wait::SignIn) };
    let Some(lead) = NewLeadRow::read(&row.payload_json) else { return Found::Needs(Need::Unreadable) };
    let found = match row.action {
        OutboxAction::Delete => still_there(&account, row).await,
        OutboxAction::Create | OutboxAction::Update => there(cx, &account, row, &lead).await,
    };
    found.unwrap_or_else(|error| {
        tracing::info!(%error, "a Lead that may have been made could not be looked up");
        refusal::of_look_up(cx, &error, row.attempts, now)
    })
}

async fn still_there(account: &SalesforceAccount, row: &OutboxRecord) -> Result<Found, SalesforceError> {
    let Some(id) = row.record_id.as_deref() else { return Ok(Found::Needs(Need::Unreadable)) };
    let query = Query::from(OBJECT).select(["Id"]).filter(Condition::equals("Id", id)).limit(1);
    let seen: Vec<Seen> = account.api.query_rows(&query.build()?).await?;
    Ok(match seen.as_slice() {
        [] => Found::There(Made::default()),
        _ => Found::Absent { settling: TimeDelta::zero() },
    })
}

async fn there(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    row: &OutboxRecord,
    lead: &NewLeadRow,
) -> Result<Found, SalesforceError> {
    let described = cx.lead_description(account).await?;
    let rights = ObjectCapability::of(described.as_deref(), None);
    let keyed = rights.key.is_usable();
    let compared: Vec<&str> = COMPARED.into_iter().filter(|name| rights.field(name).is_some()).collect();
    let wanted = if keyed {
        Condition::equals(KEY_FIELD, row.identity.as_str())
    } else {
        let since = row.maybe_sent_utc_ms.and_then(DateTime::from_timestamp_millis).unwrap_or_default() - EARLIER;
        Condition::All(vec![
            Condition::equals("CreatedById", account.user_id.as_str()),
            Condition::equals("LastName", lead.text("LastName").unwrap_or_default()),
            Condition::compare("CreatedDate", Operator::AtLeast, since),
        ])
    };
    let mut names = vec!["Id", "IsDeleted"];
    names.extend(&compared);
    let seen: Vec<Seen> =
        account.api.query_all_rows(&Query::from(OBJECT).select(names).filter(wanted).build()?).await?;
    let same =
        |seen: &&Seen| keyed || compared.iter().all(|name| seen.text(name) == lead.text(name).unwrap_or_default());
    let found: Vec<&Seen> = seen.iter().filter(same).collect();
    let live: Vec<&&Seen> = found.iter().filter(|seen| !seen.is_deleted).collect();
    Ok(match live.as_slice() {
        [one] => Found::There(made(cx, row, lead, &one.id, Vec::new())),
        [] if keyed && !found.is_empty() => Found::Needs(Need::DeletedThere),
        [] => Found::Absent { settling: if keyed { TimeDelta::zero() } else { SETTLING } },
        _ if keyed => Found::Needs(Need::SeveralMatches),
        _ => Found::CannotTell,
    })
}
