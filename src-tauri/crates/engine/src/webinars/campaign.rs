//! A webinar as a Campaign: chosen or made, its people as members, planned before anything is written.

mod people;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use liaison_domain::{text, wall_time};
use liaison_salesforce::{CampaignMember, CampaignMemberStatus, Salesforce, SalesforceId};
use liaison_store::tables::outbox::{self, NewOperation, OutboxState};
use liaison_store::tables::webinar_campaigns::{self, WebinarCampaign};
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{StoreResult, Transaction};
use uuid::Uuid;

use super::gather;
use super::kinds::{Place, campaign, member};
use super::stored::{NewCampaignRow, NewMember, VERSION};
use super::view::{
    CampaignChoice, CampaignHit, CampaignPlan, CampaignRun, CampaignStart, MemberPlan, MemberPlanRow, MemberState,
    MemberStatuses,
};
use crate::context::{Context, SalesforceAccount};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::groups;
use crate::outbox::target::Target;
use crate::pull::salesforce_failed;
use crate::session::settings;
use crate::terms::{Provider, UtcMs};
use people::{Person, everybody};

const MAX_QUERY: usize = 80;
const MAX_NAME: usize = 80;
const MAX_DESCRIPTION: usize = 8_000;
const MOST_HITS: u32 = 50;
const SHOWN_ROWS: usize = 200;
/// What a new Campaign has before anybody changes it.
const OF_A_NEW_ONE: [&str; 2] = ["Sent", "Responded"];

impl Engine {
    /// Campaigns of the org with these words in their name, the latest first.
    ///
    /// # Errors
    /// [`Error::NotConnected`]; what Salesforce or the network says.
    pub async fn search_campaigns(&self, query: String, limit: u32) -> Result<Vec<CampaignHit>, Error> {
        let cx = self.profile().await?;
        let account = signed_in(&cx)?;
        let query = text::single_line(&query, MAX_QUERY);
        let found = account.api.campaigns().search(&query, limit.min(MOST_HITS)).await;
        let found = found.map_err(salesforce_failed(&cx))?;
        Ok(found
            .into_iter()
            .map(|one| CampaignHit {
                id: one.id.to_string(),
                name: text::single_line(one.name.as_deref().unwrap_or_default(), 200),
                status: one.status.unwrap_or_default(),
                start: one
                    .start_date
                    .and_then(|day| day.and_hms_opt(12, 0, 0))
                    .map(|noon| UtcMs(noon.and_utc().timestamp_millis())),
            })
            .collect())
    }

    /// What the sheet of a webinar's Campaign begins with, and what this user may do.
    ///
    /// # Errors
    /// [`Error::Gone`] without the webinar; [`Error::NotConnected`]; what Salesforce or the network says.
    pub async fn start_campaign(&self, webinar: String) -> Result<CampaignStart, Error> {
        let cx = self.profile().await?;
        let account = signed_in(&cx)?;
        let read = move |db: &liaison_store::Connection| {
            let target = Target::known(db, Provider::Salesforce)?.map(|target| target.key).unwrap_or_default();
            Ok(webinars::get(db, &webinar)?.zip(Some(webinar_campaigns::get(db, &webinar, &target)?)))
        };
        let (record, kept) = cx.store.read(read).await?.ok_or(Error::Gone)?;
        let user: SalesforceId = account.user_id.parse().map_err(|_| Error::Gone)?;
        let may = account.api.org_capabilities(user, None).await.map_err(salesforce_failed(&cx))?;
        let chosen = kept.as_ref().and_then(|kept| kept.campaign_id.clone());
        let available = match &chosen {
            Some(id) => labels(&statuses(&cx, &account, id).await?),
            None => OF_A_NEW_ONE.map(str::to_owned).to_vec(),
        };
        let kept_choice = kept.as_ref().and_then(|kept| serde_json::from_str(&kept.statuses_json).ok());
        Ok(CampaignStart {
            choice: CampaignChoice {
                campaign: chosen,
                name: kept.map_or_else(|| text::single_line(&record.topic, MAX_NAME), |kept| kept.campaign_name),
                statuses: kept_choice.unwrap_or_else(|| guessed(&available)),
                add_statuses: false,
            },
            marketing: may.can_make_campaigns(),
            may_add_statuses: may.campaign_member_status.createable,
            may_add_members: may.campaign_member.createable,
        })
    }

    /// What a run would do.
    ///
    /// # Errors
    /// As for [`Self::start_campaign`].
    pub async fn plan_campaign(&self, webinar: String, choice: CampaignChoice) -> Result<CampaignPlan, Error> {
        let cx = self.profile().await?;
        let planned = Planned::of(&cx, &webinar, &choice).await?;
        let count = |does: MemberPlan| {
            u32::try_from(planned.rows.iter().filter(|row| row.does == does).count()).unwrap_or(u32::MAX)
        };
        let (create, change) = (count(MemberPlan::Create), count(MemberPlan::Change));
        // Of each two hundred: the statuses, who is there, those who are made, those who are changed.
        let requests = create.div_ceil(200) + change.div_ceil(200) + 2 * (create + change).div_ceil(200);
        Ok(CampaignPlan {
            available: planned.available.clone(),
            missing: planned.missing.clone(),
            create,
            change,
            leave: count(MemberPlan::Leave),
            unknown: count(MemberPlan::Unknown),
            calls: requests + if choice.campaign.is_none() { 3 } else { 0 },
            rows: planned.rows.iter().take(SHOWN_ROWS).map(Row::shown).collect(),
        })
    }

    /// Does what the plan says: the Campaign where it is to be made, then its members, as a group.
    ///
    /// # Errors
    /// As for [`Self::start_campaign`].
    pub async fn run_campaign(&self, webinar: String, choice: CampaignChoice) -> Result<CampaignRun, Error> {
        let cx = self.profile().await?;
        let planned = Planned::of(&cx, &webinar, &choice).await?;
        let (now_ms, zone) = (cx.now_ms(), cx.zone());
        let day = move |ms: i64| DateTime::from_timestamp_millis(ms).map(|at| wall_time::local_date(at, zone));
        let run = cx
            .store
            .write(move |tx| {
                let Some(record) = webinars::get(tx, &webinar)? else { return Ok(Err(Error::Gone)) };
                let dates = webinars::dates(tx, &record.key)?;
                let spans = gather::spans(&record, &dates);
                let first = spans.first().and_then(|(start, _)| day(*start));
                let last = spans.last().and_then(|(_, end)| day(*end));
                begin(tx, &record, &choice, &planned, (first, last), now_ms)
            })
            .await??;
        cx.outbox_changed();
        Ok(run)
    }
}

fn signed_in(cx: &Arc<Context>) -> Result<SalesforceAccount, Error> {
    cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })
}

async fn statuses(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    campaign: &str,
) -> Result<Vec<CampaignMemberStatus>, Error> {
    let id: SalesforceId = campaign.parse().map_err(|_| Error::Gone)?;
    account.api.campaign_members(id).statuses().await.map_err(salesforce_failed(cx))
}

fn labels(statuses: &[CampaignMemberStatus]) -> Vec<String> {
    statuses.iter().filter_map(|status| status.label.clone()).collect()
}

/// Which of its statuses means what, by their names; what a Campaign of the standard has serves for the rest.
fn guessed(available: &[String]) -> MemberStatuses {
    let named = |names: &[&str]| {
        let same = |label: &&String| {
            let plain: String = label.to_lowercase().chars().filter(|one| one.is_alphanumeric()).collect();
            names.contains(&plain.as_str())
        };
        available.iter().find(same).cloned()
    };
    let registered = named(&["registered", "geregistreerd", "ingeschreven"]).or(named(&["sent", "verzonden"]));
    MemberStatuses {
        approved: named(&["approved", "goedgekeurd"]).or(registered.clone()),
        denied: named(&["denied", "declined", "geweigerd"]),
        attended: named(&["attended", "aanwezig", "bijgewoond"]).or(named(&["responded", "beantwoord"])),
        no_show: named(&["noshow", "absent", "afwezig", "nietverschenen"]),
        registered,
    }
}

fn status_of(statuses: &MemberStatuses, state: MemberState) -> Option<String> {
    let chosen = match state {
        MemberState::Registered => &statuses.registered,
        MemberState::Approved => &statuses.approved,
        MemberState::Denied => &statuses.denied,
        MemberState::Attended => &statuses.attended,
        MemberState::NoShow => &statuses.no_show,
    };
    chosen.clone().filter(|status| !status.trim().is_empty())
}

/// Everybody, with what becomes of them.
struct Planned {
    available: Vec<String>,
    missing: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    person: Person,
    does: MemberPlan,
    from: Option<String>,
    to: Option<String>,
}

impl Row {
    fn shown(&self) -> MemberPlanRow {
        MemberPlanRow {
            name: self.person.name.clone(),
            email: self.person.email.clone(),
            does: self.does,
            from: self.from.clone(),
            to: self.to.clone(),
        }
    }
}

impl Planned {
    async fn of(cx: &Arc<Context>, webinar: &str, choice: &CampaignChoice) -> Result<Self, Error> {
        let account = signed_in(cx)?;
        let key = webinar.to_owned();
        let people = cx.store.read(move |db| match webinars::get(db, &key)? {
            Some(record) => everybody(db, &record).map(Some),
            None => Ok(None),
        });
        let people = people.await?.ok_or(Error::Gone)?;
        let (available, members) = match &choice.campaign {
            Some(id) => (labels(&statuses(cx, &account, id).await?), members(cx, &account.api, id).await?),
            None => (OF_A_NEW_ONE.map(str::to_owned).to_vec(), HashMap::new()),
        };
        let rows: Vec<Row> = people.into_iter().map(|person| planned(person, choice, &members)).collect();
        let mut missing: Vec<String> = rows
            .iter()
            .filter(|row| matches!(row.does, MemberPlan::Create | MemberPlan::Change))
            .filter_map(|row| row.to.clone())
            .filter(|status| !available.iter().any(|label| label == status))
            .collect();
        missing.sort();
        missing.dedup();
        Ok(Self { available, missing, rows })
    }
}

/// The status of each member, by person.
async fn members(
    cx: &Arc<Context>,
    api: &Salesforce,
    campaign: &str,
) -> Result<HashMap<String, Option<String>>, Error> {
    let id: SalesforceId = campaign.parse().map_err(|_| Error::Gone)?;
    let all: Vec<CampaignMember> = api.campaign_members(id).all().await.map_err(salesforce_failed(cx))?;
    let named = all.into_iter().filter_map(|one| Some((one.person()?.to_string(), one.status)));
    Ok(named.collect())
}

fn planned(person: Person, choice: &CampaignChoice, members: &HashMap<String, Option<String>>) -> Row {
    let to = status_of(&choice.statuses, person.state);
    let there = person.record.as_ref().and_then(|record| members.get(&record.salesforce_id));
    let from = there.cloned().flatten();
    let does = match (&person.record, &to, there) {
        (None, _, _) => MemberPlan::Unknown,
        (Some(_), None, _) => MemberPlan::Leave,
        (Some(_), Some(to), Some(from)) if from.as_ref() == Some(to) => MemberPlan::Leave,
        (Some(_), Some(_), Some(_)) => MemberPlan::Change,
        (Some(_), Some(_), None) => MemberPlan::Create,
    };
    Row { person, does, from, to }
}

fn begin(
    tx: &Transaction<'_>,
    record: &WebinarRecord,
    choice: &CampaignChoice,
    planned: &Planned,
    (first, last): (Option<NaiveDate>, Option<NaiveDate>),
    now_ms: i64,
) -> StoreResult<Result<CampaignRun, Error>> {
    let Some(target) = Target::known(tx, Provider::Salesforce)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
    };
    let Some(zoom) = Target::known(tx, Provider::Zoom)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
    };
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let group = Uuid::now_v7().to_string();
    let place = Place { target: &target, group: Some(&group), now_ms, hold_ms };
    let name = text::single_line(&choice.name, MAX_NAME);
    let name = if name.is_empty() { text::single_line(&record.topic, MAX_NAME) } else { name };
    outbox::add_group(tx, &groups::begun(&group, groups::FILL_CAMPAIGN, &name, now_ms))?;
    webinar_campaigns::put(
        tx,
        &WebinarCampaign {
            webinar_key: record.key.clone(),
            target: target.key.clone(),
            campaign_id: choice.campaign.clone(),
            campaign_name: name.clone(),
            version: VERSION,
            statuses_json: serde_json::to_string(&choice.statuses).unwrap_or_else(|_| "{}".to_owned()),
            decided_utc_ms: now_ms,
        },
    )?;
    let mut parent = None;
    if choice.campaign.is_none() {
        let new = NewCampaignRow {
            version: VERSION,
            webinar: record.key.clone(),
            name: name.clone(),
            start: first.map(|day| day.to_string()),
            end: last.map(|day| day.to_string()),
            description: description(record),
        };
        let operation = campaign::operation(&place, &new, Target::organisation(&zoom.key));
        parent = Some(match outbox::enqueue(tx, &operation)? {
            outbox::Enqueued::Added => operation.op_id,
            // It was made before: its members go into it.
            outbox::Enqueued::AlreadyThere { op_id, .. } => op_id,
        });
    }
    let mut people = 0;
    for row in planned.rows.iter().filter(|row| matches!(row.does, MemberPlan::Create | MemberPlan::Change)) {
        let (Some(person), Some(status)) = (&row.person.record, &row.to) else { continue };
        let new = NewMember {
            version: VERSION,
            webinar: record.key.clone(),
            campaign: choice.campaign.clone(),
            person: person.id.clone(),
            status: status.clone(),
            responded: row.person.state == MemberState::Attended,
            add_status: choice.add_statuses,
        };
        let operation = member::operation(&place, &new, &name, &person.name, parent.as_deref());
        give_way(tx, &operation, now_ms)?;
        outbox::enqueue(tx, &operation)?;
        people += 1;
    }
    Ok(Ok(CampaignRun { group: (people > 0 || parent.is_some()).then_some(group), people }))
}

/// What was to be written of the same member and has not left would hold the new row up.
fn give_way(tx: &Transaction<'_>, operation: &NewOperation, now_ms: i64) -> StoreResult<()> {
    for row in outbox::by_identity(tx, &operation.target, &operation.kind, &operation.identity)? {
        if row.state.is_open() && row.state != OutboxState::Claimed && row.maybe_sent_utc_ms.is_none() {
            outbox::take_back(tx, &row.op_id, now_ms)?;
        }
    }
    Ok(())
}

/// What stands in the Campaign for whoever reads it there. The link for joining is not in it: it may let anybody in.
fn description(record: &WebinarRecord) -> String {
    let lines = [
        Some(record.topic.clone()),
        record.agenda.clone().filter(|agenda| !agenda.trim().is_empty()),
        record.registration_url.clone(),
        Some(format!("Zoom webinar {}", record.key)),
    ];
    text::multi_line(&lines.into_iter().flatten().collect::<Vec<_>>().join("\n"), MAX_DESCRIPTION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_known_by_their_names_and_the_standard_ones_serve() {
        let all = |labels: &[&str]| guessed(&labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>());
        let standard = all(&["Sent", "Responded"]);
        assert_eq!(standard.registered.as_deref(), Some("Sent"));
        assert_eq!(standard.attended.as_deref(), Some("Responded"));
        assert_eq!((standard.no_show, standard.denied), (None, None));
        let own = all(&["Registered", "Approved", "Attended", "No-Show", "Declined"]);
        assert_eq!(own.approved.as_deref(), Some("Approved"));
        assert_eq!(own.no_show.as_deref(), Some("No-Show"));
        assert_eq!(own.denied.as_deref(), Some("Declined"));
    }
}
