//! The kind *campaign*: a webinar becomes a Campaign, found by our key where the org has it, else by name and day; one
//! that is there is told what is known of its webinar.

pub(crate) mod facts;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liaison_domain::RecordKey;
use liaison_domain::key::KeyKind;
use liaison_salesforce::{Campaign, ExternalKey, NewCampaign, Salesforce, SalesforceError};
use liaison_store::tables::outbox::{NewOperation, OutboxAction, OutboxRecord};
use liaison_store::tables::webinar_campaigns;
use liaison_transport::BoxFuture;

use super::salesforce::{found_out, outcome};
use super::{Place, shown};
use crate::context::Context;
use crate::outbox::kind::{Found, Kind, Made, Outcome, one_by_one};
use crate::outbox::reason::{Need, Wait};
use crate::outbox::settle::{not_seen, pause};
use crate::outbox::view::{FieldValue, OutboxWhat};
use crate::webinars::stored::{CampaignFacts, NewCampaignRow};

/// Its name in the table.
pub(crate) const CAMPAIGN: &str = "campaign";
/// Without our key a request under way must have ended before its Campaign counts as not made.
const SETTLING: TimeDelta = TimeDelta::minutes(2);

pub(crate) struct CampaignKind;

/// The making of a Campaign as a row.
pub(crate) fn operation(place: &Place<'_>, new: &NewCampaignRow, zoom_account: &str) -> NewOperation {
    NewOperation {
        identity: identity(zoom_account, &new.webinar),
        order_key: format!("campaign:{}", new.webinar),
        subject_key: new.webinar.clone(),
        title: new.name.clone(),
        payload_json: new.json(),
        ..place.operation(CAMPAIGN, OutboxAction::Create)
    }
}

/// Our key of a webinar's Campaign.
pub(crate) fn identity(zoom_account: &str, webinar: &str) -> String {
    RecordKey::derive(KeyKind::WebinarCampaign, zoom_account, webinar, "").as_str().to_owned()
}

impl Kind for CampaignKind {
    fn name(&self) -> &'static str {
        CAMPAIGN
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(one_by_one(rows, move |row| send(cx, row)))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(one_by_one(rows, move |row| look_up(cx, row)))
    }

    /// Others may have put people into it: it is not deleted from here.
    fn undoing(&self, _row: &OutboxRecord, _now_ms: i64) -> Option<NewOperation> {
        None
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        if row.action == OutboxAction::Update {
            let facts = CampaignFacts::read(&row.payload_json).unwrap_or_default();
            return vec![shown("Description", &[facts.lines, facts.counts].concat().join("\n"))];
        }
        let Some(new) = NewCampaignRow::read(&row.payload_json) else { return Vec::new() };
        let mut fields = vec![shown("Name", &new.name)];
        fields.extend(new.start.iter().map(|day| shown("StartDate", day)));
        fields.extend(new.end.iter().map(|day| shown("EndDate", day)));
        fields.extend((!new.description.is_empty()).then(|| shown("Description", &new.description)));
        fields
    }

    fn what(&self, action: OutboxAction) -> OutboxWhat {
        match action {
            OutboxAction::Update => OutboxWhat::UpdateCampaign,
            _ => OutboxWhat::CreateCampaign,
        }
    }
}

async fn send(cx: &Arc<Context>, row: &OutboxRecord) -> Outcome {
    if row.action == OutboxAction::Update {
        return facts::send(cx, row).await;
    }
    let now = cx.now();
    let Some(account) = cx.salesforce() else { return pause(now, row.attempts, Wait::SignIn) };
    let Some((new, key)) = read(row) else { return Outcome::Needs(Need::Unreadable) };
    match make(&account.api, row, &new, &key).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::info!(%error, attempts = row.attempts, "a campaign was not made");
            outcome(&error, row.attempts, now)
        }
    }
}

fn read(row: &OutboxRecord) -> Option<(NewCampaignRow, ExternalKey)> {
    Some((NewCampaignRow::read(&row.payload_json)?, ExternalKey::new(&row.identity).ok()?))
}

async fn make(
    api: &Salesforce,
    row: &OutboxRecord,
    new: &NewCampaignRow,
    key: &ExternalKey,
) -> Result<Outcome, SalesforceError> {
    let (createable, key_field) = api.campaigns().capability().await?;
    if !createable {
        return Ok(Outcome::Needs(Need::NoPermission { message: String::new() }));
    }
    let keyed = key_field.is_usable();
    if let Some(outcome) = there(api, row, new, keyed.then_some(key)).await? {
        return Ok(outcome);
    }
    let campaign = request(new);
    let id = if keyed {
        api.campaigns().upsert(key, &campaign).await?.id
    } else {
        api.campaigns().create(&campaign).await?
    };
    Ok(Outcome::Done(made(row, new, id.to_string())))
}

/// The Campaign that is there already.
async fn there(
    api: &Salesforce,
    row: &OutboxRecord,
    new: &NewCampaignRow,
    key: Option<&ExternalKey>,
) -> Result<Option<Outcome>, SalesforceError> {
    let found = found(api, new, key).await?;
    if found.iter().any(|one| one.is_deleted == Some(true)) {
        return Ok(Some(Outcome::Needs(Need::DeletedThere)));
    }
    Ok(match found.as_slice() {
        [] => None,
        [one] => Some(Outcome::Done(made(row, new, one.id.to_string()))),
        _ => Some(Outcome::Needs(Need::SeveralMatches)),
    })
}

/// Those that may be the webinar's: by our key, deleted ones too, or else by name and first day.
async fn found(
    api: &Salesforce,
    new: &NewCampaignRow,
    key: Option<&ExternalKey>,
) -> Result<Vec<Campaign>, SalesforceError> {
    match key {
        Some(key) => api.campaigns().find_by_key(key).await,
        None => api.campaigns().find_by_name(&new.name, day(new.start.as_deref())).await,
    }
}

/// The one that a row for this new Campaign would take instead of making it.
pub(crate) async fn taken_instead(
    api: &Salesforce,
    new: &NewCampaignRow,
    key: Option<&ExternalKey>,
) -> Result<Option<Campaign>, SalesforceError> {
    let mut found = found(api, new, key).await?;
    Ok(found.pop().filter(|one| found.is_empty() && one.is_deleted != Some(true)))
}

fn request(new: &NewCampaignRow) -> NewCampaign {
    NewCampaign {
        start: day(new.start.as_deref()),
        end: day(new.end.as_deref()),
        description: Some(new.description.clone()).filter(|text| !text.is_empty()),
        ..NewCampaign::new(&new.name)
    }
}

fn day(text: Option<&str>) -> Option<NaiveDate> {
    text.and_then(|text| text.parse().ok())
}

/// The webinar's Campaign is known from now on.
fn made(row: &OutboxRecord, new: &NewCampaignRow, id: String) -> Made {
    let (webinar, target, own) = (new.webinar.clone(), row.target.clone(), id.clone());
    Made { record_id: Some(id), keep: Some(Arc::new(move |tx| webinar_campaigns::made(tx, &webinar, &target, &own))) }
}

async fn look_up(cx: &Arc<Context>, row: &OutboxRecord) -> Found {
    if row.action == OutboxAction::Update {
        return facts::look_up(cx, row).await;
    }
    let now: DateTime<Utc> = cx.now();
    let Some(account) = cx.salesforce() else { return not_seen(now, row.attempts, Wait::SignIn) };
    let Some((new, key)) = read(row) else { return Found::Needs(Need::Unreadable) };
    let by_key = there(&account.api, row, &new, Some(&key)).await;
    let looked = match by_key {
        // The org has no such field.
        Err(error) if error.refusal().is_some_and(|refusal| refusal.has_code("INVALID_FIELD")) => {
            there(&account.api, row, &new, None).await
        }
        looked => looked,
    };
    match looked {
        Ok(Some(Outcome::Done(made))) => Found::There(made),
        Ok(Some(Outcome::Needs(need))) => Found::Needs(need),
        Ok(_) => Found::Absent { settling: SETTLING },
        Err(error) => found_out(&error, row.attempts, now),
    }
}
