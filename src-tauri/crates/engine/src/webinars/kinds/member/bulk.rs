//! New members by the thousand. A person is a member once, which is the key: a job adds them, and whom somebody else has
//! added meanwhile is looked up.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_salesforce::{BulkOperation, BulkRow, RowRefusal, SalesforceError};
use liaison_store::tables::outbox::OutboxRecord;
use liaison_transport::{AuthError, BoxFuture, TransportError};

use super::asked::{asked, by_person, statuses};
use super::{ASKED, MemberKind, NO_STATUS, made};
use crate::context::Context;
use crate::outbox::kind::{InBulk, Made, NotInBulk, Outcome, Prepared};
use crate::outbox::reason::Need;
use crate::webinars::kinds::refusal::need;
use crate::webinars::kinds::salesforce::{of_row, outcome};
use crate::webinars::stored::NewMember;

impl InBulk for MemberKind {
    fn object(&self) -> &'static str {
        "CampaignMember"
    }

    fn operation(&self) -> Option<BulkOperation> {
        Some(BulkOperation::Insert)
    }

    fn columns(&self) -> &'static [&'static str] {
        &[
            "CampaignId",
            "LeadId",
            "ContactId",
            "Status",
            "Liaison_Registrant_Id__c",
            "Liaison_Registration_Status__c",
            "Liaison_Join_Link__c",
            "Liaison_Attendance__c",
            "Liaison_Joined__c",
            "Liaison_Left__c",
            "Liaison_Minutes_Attended__c",
        ]
    }

    /// Whoever was converted since stands there as somebody else, and is looked up.
    fn known_by(&self, row: &OutboxRecord) -> Option<String> {
        let person = NewMember::read(&row.payload_json)?.person;
        person.split_once(':').map(|(_, id)| id.to_ascii_lowercase())
    }

    fn told_of(&self, result: &BulkRow) -> Option<String> {
        let cell = |name: &str| result.cell(name).filter(|id| !id.is_empty()).map(str::to_ascii_lowercase);
        cell("ContactId").or_else(|| cell("LeadId"))
    }

    fn prepare<'a>(
        &'a self,
        cx: &'a Arc<Context>,
        rows: &'a [OutboxRecord],
    ) -> BoxFuture<'a, Result<Vec<Prepared>, NotInBulk>> {
        Box::pin(prepare(cx, rows))
    }

    fn made(&self, _row: &OutboxRecord, record_id: String, _now: DateTime<Utc>) -> Made {
        Made { record_id: Some(record_id), keep: None }
    }

    fn refused(&self, _cx: &Context, refused: &RowRefusal, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome {
        of_row(refused, row, now)
    }

    fn failed(&self, _cx: &Context, error: &SalesforceError, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome {
        outcome(error, row.attempts, now)
    }
}

/// Who is there is changed, which no job of this kind does.
async fn prepare(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Result<Vec<Prepared>, NotInBulk> {
    let Some(account) = cx.salesforce() else {
        return Err(NotInBulk::Failed(TransportError::SignInNeeded(AuthError::NotSignedIn).into()));
    };
    let mut prepared = vec![Prepared::Settled(Outcome::Needs(Need::Unreadable)); rows.len()];
    let (campaign, asked) = asked(cx, rows).await;
    let Some(campaign) = campaign else { return Ok(prepared) };
    let may = cx.campaign_details(&account).await.map_err(NotInBulk::Failed)?;
    let members = account.api.campaign_members(campaign);
    let usable = statuses(&members, &asked).await.map_err(NotInBulk::Failed)?;
    let mut seen = HashSet::new();
    for some in asked.chunks(ASKED) {
        let people: Vec<_> = some.iter().map(|one| one.person).collect();
        let there = by_person(members.of_people(&people, &may.member).await.map_err(NotInBulk::Failed)?);
        for one in some {
            prepared[one.place] = if !usable.contains(&one.new.status) {
                Prepared::Settled(Outcome::Needs(need(NO_STATUS)))
            } else if let Some(member) = there.get(&one.person) {
                match one.missing(member, &may.member) {
                    None => Prepared::Settled(Outcome::Done(made(member.id))),
                    Some(_) => Prepared::Settled(Outcome::Alone),
                }
            } else if !seen.insert(one.person) {
                Prepared::Settled(Outcome::Alone)
            } else {
                match one.record(campaign, &may.member) {
                    Ok(record) => Prepared::Goes(record),
                    Err(error) => Prepared::Settled(outcome(&error, rows[one.place].attempts, cx.now())),
                }
            };
        }
    }
    Ok(prepared)
}
