//! The kind *campaign member*: people become members of a Campaign, two hundred at once. A person is a member once, so
//! who is there is changed instead of added, and a lost answer is looked up.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::PersonRef;
use liaison_salesforce::{
    CampaignMember, CampaignMembers, Disposition, Resolution, RowOutcome, Salesforce, SalesforceError, SalesforceId,
};
use liaison_store::tables::outbox::{NewOperation, OutboxAction, OutboxRecord};
use liaison_store::tables::people;
use liaison_transport::BoxFuture;

use super::salesforce::{found_out, of_row, outcome};
use super::{Place, refusal, shown};
use crate::context::Context;
use crate::outbox::kind::{Found, Kind, Made, Outcome};
use crate::outbox::reason::{Need, Wait};
use crate::outbox::settle::{not_seen, pause};
use crate::outbox::view::{FieldValue, OutboxWhat};
use crate::webinars::stored::NewMember;

/// Its name in the table.
pub(crate) const MEMBER: &str = "campaignMember";
/// The Campaign has no such status, and none is added unasked: Salesforce would write another one without a word.
const NO_STATUS: &str = "CAMPAIGN_STATUS_MISSING";

pub(crate) struct MemberKind;

/// A member as a row; `parent` is the row that makes the Campaign.
pub(crate) fn operation(
    place: &Place<'_>,
    new: &NewMember,
    campaign_name: &str,
    person_name: &str,
    parent: Option<&str>,
) -> NewOperation {
    let campaign = new.campaign.as_deref().or(parent).unwrap_or_default();
    let key = format!("{campaign}:{}", new.person);
    NewOperation {
        identity: key.clone(),
        order_key: format!("member:{key}"),
        subject_key: new.webinar.clone(),
        batch_key: Some(format!("members:{campaign}")),
        depends_on: parent.map(str::to_owned),
        title: campaign_name.to_owned(),
        person_name: Some(person_name.to_owned()),
        payload_json: new.json(),
        // What is there is changed, so that the same may be asked for again.
        ..place.operation(MEMBER, OutboxAction::Update)
    }
}

impl Kind for MemberKind {
    fn name(&self) -> &'static str {
        MEMBER
    }

    fn most(&self) -> u32 {
        200
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(async move {
            let now = cx.now();
            let Some(account) = cx.salesforce() else {
                return rows.iter().map(|row| pause(now, row.attempts, Wait::SignIn)).collect();
            };
            match send(cx, &account.api, rows).await {
                Ok(outcomes) => outcomes,
                Err(error) => {
                    tracing::info!(%error, rows = rows.len(), "members were not written");
                    rows.iter().map(|row| outcome(&error, row.attempts, now)).collect()
                }
            }
        })
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(async move {
            let now = cx.now();
            let Some(account) = cx.salesforce() else {
                return rows.iter().map(|row| not_seen(now, row.attempts, Wait::SignIn)).collect();
            };
            match look_up(cx, &account.api, rows).await {
                Ok(findings) => findings,
                Err(error) => rows.iter().map(|row| found_out(&error, row.attempts, now)).collect(),
            }
        })
    }

    /// Others may have changed them since, and a member tells more than we wrote.
    fn undoing(&self, _row: &OutboxRecord, _now_ms: i64) -> Option<NewOperation> {
        None
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        let Some(new) = NewMember::read(&row.payload_json) else { return Vec::new() };
        vec![shown("Status", &new.status)]
    }

    fn what(&self, _action: OutboxAction) -> OutboxWhat {
        OutboxWhat::PutCampaignMember
    }
}

/// A row with what it is about now.
struct Asked {
    place: usize,
    new: NewMember,
    person: SalesforceId,
}

/// The rows of one request, and the Campaign that they have in common.
async fn asked(cx: &Arc<Context>, rows: &[OutboxRecord]) -> (Option<SalesforceId>, Vec<Asked>) {
    let read: Vec<(usize, NewMember, Option<String>)> = rows
        .iter()
        .enumerate()
        .filter_map(|(place, row)| {
            let new = NewMember::read(&row.payload_json)?;
            let campaign = new.campaign.clone().or(row.parent_record_id.clone());
            Some((place, new, campaign))
        })
        .collect();
    let campaign = read.first().and_then(|(_, _, campaign)| campaign.as_deref()?.parse().ok());
    let people: Vec<String> = read.iter().map(|(_, new, _)| new.person.clone()).collect();
    // Whoever was converted or merged since is a member as whom they became.
    let current = cx.store.read(move |db| {
        people.iter().map(|id| people::successor(db, id)).collect::<liaison_store::StoreResult<Vec<_>>>()
    });
    let current = current.await.unwrap_or_default();
    let asked = read.into_iter().enumerate().filter_map(|(at, (place, new, _))| {
        let person: PersonRef = current.get(at).unwrap_or(&new.person).parse().ok()?;
        Some(Asked { place, new, person: person.id.parse().ok()? })
    });
    (campaign, asked.collect())
}

async fn send(cx: &Arc<Context>, api: &Salesforce, rows: &[OutboxRecord]) -> Result<Vec<Outcome>, SalesforceError> {
    let now = cx.now();
    let mut outcomes = vec![Outcome::Needs(Need::Unreadable); rows.len()];
    let (campaign, asked) = asked(cx, rows).await;
    let Some(campaign) = campaign else { return Ok(outcomes) };
    let members = api.campaign_members(campaign);
    let usable = statuses(&members, &asked).await?;
    let there = by_person(members.of_people(&asked.iter().map(|one| one.person).collect::<Vec<_>>()).await?);
    let (mut create, mut update, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for one in &asked {
        if !usable.contains(&one.new.status) {
            outcomes[one.place] = Outcome::Needs(refusal::need(NO_STATUS));
        } else if !seen.insert(one.person) {
            // Two rows became one person: the second one looks again.
            outcomes[one.place] = Outcome::Later { not_before: now, reason: Wait::Turn };
        } else if let Some(member) = there.get(&one.person) {
            if member.status.as_ref() == Some(&one.new.status) {
                outcomes[one.place] = Outcome::Done(made(member.id));
            } else {
                update.push((one, member.id));
            }
        } else {
            create.push(one);
        }
    }
    if !create.is_empty() {
        let people: Vec<(SalesforceId, &str)> =
            create.iter().map(|one| (one.person, one.new.status.as_str())).collect();
        settle(rows, &create, members.add_many(&people).await, now, &mut outcomes);
    }
    if !update.is_empty() {
        let changes: Vec<(SalesforceId, &str)> =
            update.iter().map(|(one, member)| (*member, one.new.status.as_str())).collect();
        let those: Vec<&Asked> = update.iter().map(|(one, _)| *one).collect();
        settle(rows, &those, members.set_many(&changes).await, now, &mut outcomes);
    }
    Ok(outcomes)
}

/// What became of one collection; one bad row does not hold up the others, nor one collection the other.
fn settle(
    rows: &[OutboxRecord],
    asked: &[&Asked],
    answers: Result<Vec<RowOutcome>, SalesforceError>,
    now: DateTime<Utc>,
    outcomes: &mut [Outcome],
) {
    match answers {
        Ok(answers) => {
            for (one, answer) in asked.iter().zip(answers) {
                outcomes[one.place] = match answer {
                    Ok(saved) => Outcome::Done(made(saved.id)),
                    // Somebody else added them meanwhile: it is looked at.
                    Err(refused)
                        if matches!(refused.disposition, Disposition::Resolve(Resolution::DuplicateValue { .. })) =>
                    {
                        Outcome::Unknown
                    }
                    Err(refused) => of_row(&refused, &rows[one.place], now),
                };
            }
        }
        Err(error) => {
            tracing::info!(%error, rows = asked.len(), "members were not written");
            for one in asked {
                outcomes[one.place] = outcome(&error, rows[one.place].attempts, now);
            }
        }
    }
}

/// The statuses that may be written; missing ones are added where that was asked for.
async fn statuses(members: &CampaignMembers, asked: &[Asked]) -> Result<HashSet<String>, SalesforceError> {
    let all = members.statuses().await?;
    let mut place = all.iter().filter_map(|status| status.sort_order).max().unwrap_or_default();
    let mut usable: HashSet<String> = all.into_iter().filter_map(|status| status.label).collect();
    for one in asked.iter().filter(|one| one.new.add_status) {
        if usable.contains(&one.new.status) {
            continue;
        }
        place += 1;
        let order = u32::try_from(place).unwrap_or(u32::MAX);
        match members.add_status(&one.new.status, one.new.responded, order).await {
            Ok(_) => {}
            // Somebody else added it meanwhile.
            Err(error)
                if matches!(error.disposition(), Some(Disposition::Resolve(Resolution::DuplicateValue { .. }))) => {}
            Err(error) => return Err(error),
        }
        usable.insert(one.new.status.clone());
    }
    Ok(usable)
}

fn by_person(members: Vec<CampaignMember>) -> HashMap<SalesforceId, CampaignMember> {
    members.into_iter().filter_map(|member| Some((member.person()?, member))).collect()
}

fn made(id: SalesforceId) -> Made {
    Made { record_id: Some(id.to_string()), keep: None }
}

async fn look_up(cx: &Arc<Context>, api: &Salesforce, rows: &[OutboxRecord]) -> Result<Vec<Found>, SalesforceError> {
    let mut findings = vec![Found::Needs(Need::Unreadable); rows.len()];
    let (campaign, asked) = asked(cx, rows).await;
    let Some(campaign) = campaign else { return Ok(findings) };
    let people: Vec<SalesforceId> = asked.iter().map(|one| one.person).collect();
    let there = by_person(api.campaign_members(campaign).of_people(&people).await?);
    for one in &asked {
        let found = there.get(&one.person).filter(|member| member.status.as_ref() == Some(&one.new.status));
        findings[one.place] = match found {
            Some(member) => Found::There(made(member.id)),
            // Writing it again changes what is there, and adds nobody twice.
            None => Found::Absent { settling: TimeDelta::zero() },
        };
    }
    Ok(findings)
}
