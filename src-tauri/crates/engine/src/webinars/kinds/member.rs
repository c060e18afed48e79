//! The kind *campaign member*: people become members of a Campaign, a thousand in one call, new ones by the thousand in a
//! job. A person is a member once, so who is there is changed instead of added, and a lost answer is looked up.

mod asked;
mod bulk;

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_salesforce::{
    CampaignMember, CampaignMembers, Collection, Disposition, MOST_COLLECTION_ROWS, MOST_COLLECTIONS, Resolution,
    RowOutcome, SalesforceError, SalesforceId,
};
use liaison_store::planted;
use liaison_store::tables::outbox::{NewOperation, OutboxAction, OutboxRecord};
use liaison_transport::BoxFuture;

use self::asked::{Asked, asked, by_person, is_own, statuses};
use super::salesforce::{found_out, of_row, outcome};
use super::{Place, refusal, shown};
use crate::context::{Context, SalesforceAccount};
use crate::outbox::kind::{Found, InBulk, Kind, Made, Outcome};
use crate::outbox::reason::{Need, StoredContent, StoredDifference, Wait};
use crate::outbox::settle::{not_seen, pause};
use crate::outbox::view::{FieldValue, OutboxWhat};
use crate::webinars::stored::{NewMember, Stood};

/// Its name in the table.
pub(crate) const MEMBER: &str = "campaignMember";
/// The Campaign has no such status, and none is added unasked: Salesforce would write another one without a word.
const NO_STATUS: &str = "CAMPAIGN_STATUS_MISSING";
/// Salesforce's name of the field.
const STATUS: &str = "Status";
/// Rows of one call.
const MOST: u32 = 1_000;
/// Members that are looked for in one question.
const ASKED: usize = 1_000;

pub(crate) struct MemberKind;

/// A member as a row, new or changed; `parent` is the row that makes the Campaign.
pub(crate) fn operation(
    place: &Place<'_>,
    action: OutboxAction,
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
        batch_key: Some(format!("members:{}:{campaign}", action.as_str())),
        depends_on: parent.map(str::to_owned),
        title: campaign_name.to_owned(),
        person_name: Some(person_name.to_owned()),
        payload_json: new.json(),
        ..place.operation(MEMBER, action)
    }
}

impl Kind for MemberKind {
    fn name(&self) -> &'static str {
        MEMBER
    }

    fn most(&self) -> u32 {
        MOST
    }

    fn in_bulk(&self) -> Option<&dyn InBulk> {
        Some(self)
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(async move {
            let now = cx.now();
            let Some(account) = cx.salesforce() else {
                return rows.iter().map(|row| pause(now, row.attempts, Wait::SignIn)).collect();
            };
            match send(cx, &account, rows).await {
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
            match look_up(cx, &account, rows).await {
                Ok(findings) => findings,
                Err(error) => rows.iter().map(|row| found_out(&error, row.attempts, now)).collect(),
            }
        })
    }

    /// Others may have changed them since, and a member tells more than we wrote.
    fn undoing(&self, _row: &OutboxRecord, _now_ms: i64) -> Option<NewOperation> {
        None
    }

    fn webinar(&self, row: &OutboxRecord) -> Option<String> {
        Some(row.subject_key.clone())
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        let Some(new) = NewMember::read(&row.payload_json) else { return Vec::new() };
        let mut fields = vec![shown(STATUS, &new.status)];
        fields.extend(new.details.attendance.iter().map(|text| shown("Liaison_Attendance__c", text)));
        fields.extend(new.details.minutes.map(|minutes| shown("Liaison_Minutes_Attended__c", &minutes.to_string())));
        fields
    }

    fn what(&self, _action: OutboxAction) -> OutboxWhat {
        OutboxWhat::PutCampaignMember
    }

    fn decided(&self, row: &OutboxRecord, mine: bool, fields: &[StoredDifference]) -> Option<String> {
        let mut new = NewMember::read(&row.payload_json)?;
        let theirs = fields.iter().find(|field| field.name == STATUS).map(|field| &field.there);
        let Some(StoredContent::Text { text: theirs }) = theirs else { return Some(new.json()) };
        new.stood = Some(Stood { status: Some(theirs.clone()) });
        if !mine {
            new.status.clone_from(theirs);
        }
        Some(new.json())
    }
}

async fn send(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    rows: &[OutboxRecord],
) -> Result<Vec<Outcome>, SalesforceError> {
    let (campaign, asked) = asked(cx, rows).await;
    let Some(campaign) = campaign else { return Ok(vec![Outcome::Needs(Need::Unreadable); rows.len()]) };
    let may = cx.campaign_details(account).await?;
    let members = account.api.campaign_members(campaign);
    let sending = Sending { cx, members: &members, campaign, rows, asked: &asked, now: cx.now() };
    match sending.all(&may.member).await {
        // A field may have been hidden since: what there is now is asked again.
        Err(error) if !may.member.is_empty() && is_hidden(&error) => {
            cx.forget_capabilities();
            let may = cx.campaign_details(account).await?;
            sending.all(&may.member).await
        }
        sent => sent,
    }
}

fn is_hidden(error: &SalesforceError) -> bool {
    error.refusal().is_some_and(|refusal| refusal.has_code("INVALID_FIELD"))
}

struct Sending<'a> {
    cx: &'a Arc<Context>,
    members: &'a CampaignMembers,
    campaign: SalesforceId,
    rows: &'a [OutboxRecord],
    asked: &'a [Asked],
    now: DateTime<Utc>,
}

/// Rows that go in one collection, and what they are.
struct Part<'a> {
    asked: Vec<&'a Asked>,
    collection: Collection,
}

impl Sending<'_> {
    /// One question about all of them, and all of them in as few calls as they fit into.
    async fn all(&self, may: &[&'static str]) -> Result<Vec<Outcome>, SalesforceError> {
        let mut outcomes = vec![Outcome::Needs(Need::Unreadable); self.rows.len()];
        let usable = statuses(self.members, self.asked).await?;
        let people: Vec<SalesforceId> = self.asked.iter().map(|one| one.person).collect();
        let there = by_person(self.members.of_people(&people, may).await?);
        let (mut create, mut update, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        for one in self.asked {
            if !usable.contains(&one.new.status) {
                outcomes[one.place] = Outcome::Needs(refusal::need(NO_STATUS));
            } else if !seen.insert(one.person) {
                // Two rows became one person: the second one looks again.
                outcomes[one.place] = Outcome::Later { not_before: self.now, reason: Wait::Turn };
            } else if let Some(member) = there.get(&one.person) {
                if let Some(differs) = self.by_others(one, member).await {
                    outcomes[one.place] = differs;
                    continue;
                }
                match one.missing(member, may) {
                    None => outcomes[one.place] = Outcome::Done(made(member.id)),
                    Some(record) => update.push((one, (member.id, record))),
                }
            } else {
                match one.record(self.campaign, may) {
                    Ok(record) => create.push((one, record)),
                    Err(error) => outcomes[one.place] = outcome(&error, self.rows[one.place].attempts, self.now),
                }
            }
        }
        let mut parts = parts(create, Collection::Create);
        parts.extend(self::parts(update, Collection::Update));
        while !parts.is_empty() {
            let together: Vec<Part<'_>> = parts.drain(..parts.len().min(MOST_COLLECTIONS)).collect();
            self.write(together, &mut outcomes).await;
        }
        Ok(outcomes)
    }

    /// Somebody else has given them another status since: theirs stays until the user decides.
    async fn by_others(&self, one: &Asked, member: &CampaignMember) -> Option<Outcome> {
        let theirs = one.changed_since(member).filter(|_| !planted(25))?;
        if is_own(self.cx, &self.rows[one.place], theirs).await {
            return None;
        }
        let text = |text: &str| StoredContent::Text { text: text.to_owned() };
        let (there, ours) = (text(theirs), text(&one.new.status));
        Some(Outcome::Differs(vec![StoredDifference { name: STATUS.to_owned(), there, ours }]))
    }

    /// One call. One bad row does not hold up the others, nor one collection or call the other.
    async fn write(&self, parts: Vec<Part<'_>>, outcomes: &mut [Outcome]) {
        let (asked, collections): (Vec<_>, Vec<_>) =
            parts.into_iter().map(|part| (part.asked, part.collection)).unzip();
        match self.members.write(collections).await {
            Ok(answers) => {
                for (asked, answer) in asked.iter().zip(answers) {
                    match answer {
                        Ok(rows) => {
                            for (one, row) in asked.iter().zip(rows) {
                                outcomes[one.place] = self.of_one(one, row);
                            }
                        }
                        Err(error) => self.failed(asked, &error, outcomes),
                    }
                }
            }
            Err(error) => {
                for asked in asked {
                    self.failed(&asked, &error, outcomes);
                }
            }
        }
    }

    fn of_one(&self, one: &Asked, answer: RowOutcome) -> Outcome {
        match answer {
            Ok(saved) => Outcome::Done(made(saved.id)),
            // Somebody else added them meanwhile: it is looked at.
            Err(refused) if matches!(refused.disposition, Disposition::Resolve(Resolution::DuplicateValue { .. })) => {
                Outcome::Unknown
            }
            Err(refused) => of_row(&refused, &self.rows[one.place], self.now),
        }
    }

    fn failed(&self, asked: &[&Asked], error: &SalesforceError, outcomes: &mut [Outcome]) {
        tracing::info!(%error, rows = asked.len(), "members were not written");
        for one in asked {
            outcomes[one.place] = outcome(error, self.rows[one.place].attempts, self.now);
        }
    }
}

fn parts<T>(rows: Vec<(&Asked, T)>, collection: impl Fn(Vec<T>) -> Collection) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let (asked, records): (Vec<&Asked>, Vec<T>) = rows.by_ref().take(MOST_COLLECTION_ROWS).unzip();
        parts.push(Part { asked, collection: collection(records) });
    }
    parts
}

fn made(id: SalesforceId) -> Made {
    Made { record_id: Some(id.to_string()), keep: None }
}

async fn look_up(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    rows: &[OutboxRecord],
) -> Result<Vec<Found>, SalesforceError> {
    let mut findings = vec![Found::Needs(Need::Unreadable); rows.len()];
    let (campaign, asked) = asked(cx, rows).await;
    let Some(campaign) = campaign else { return Ok(findings) };
    let may = cx.campaign_details(account).await?;
    let people: Vec<SalesforceId> = asked.iter().map(|one| one.person).collect();
    let there = by_person(account.api.campaign_members(campaign).of_people(&people, &may.member).await?);
    for one in &asked {
        let found = there.get(&one.person).filter(|member| one.missing(member, &may.member).is_none());
        findings[one.place] = match found {
            Some(member) => Found::There(made(member.id)),
            // Writing it again changes what is there, and adds nobody twice.
            None => Found::Absent { settling: TimeDelta::zero() },
        };
    }
    Ok(findings)
}
