//! A webinar as a Campaign: chosen or made, its people as members, planned before anything is written.

mod facts;
pub(super) mod people;
mod run;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use liaison_domain::text;
use liaison_salesforce::{
    CampaignMember, CampaignMemberStatus, CampaignThere, MEMBER_DETAILS, Record, Salesforce, SalesforceId,
};
use liaison_store::tables::{webinar_campaigns, webinars};

use super::kinds::campaign::facts::missing;
use super::member_details::differing;
use super::stored::CampaignFacts;
use super::view::{
    CampaignChoice, CampaignHit, CampaignPlan, CampaignStart, MemberPlan, MemberPlanRow, MemberState, MemberStatuses,
};
use crate::context::{Context, SalesforceAccount};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::target::Target;
use crate::pull::salesforce_failed;
use crate::session::settings;
use crate::terms::{Language, Provider, UtcMs};
use people::{Person, everybody};

const MAX_QUERY: usize = 80;
const MAX_NAME: usize = 80;
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
        Ok(CampaignPlan {
            available: planned.available.clone(),
            missing: planned.missing.clone(),
            create,
            change,
            leave: count(MemberPlan::Leave),
            unknown: count(MemberPlan::Unknown),
            member_fields: planned.member_fields(),
            campaign_fields: planned.campaign_fields.clone(),
            block: planned.block,
            calls: calls(create, change, choice.campaign.is_none(), planned.facts.is_some()),
            rows: planned.rows.iter().take(SHOWN_ROWS).map(Row::shown).collect(),
        })
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

/// Calls that it takes: for each thousand the statuses, who is there, and one or two that write; a job for new ones by
/// the thousand.
fn calls(create: u32, change: u32, new_campaign: bool, facts: bool) -> u32 {
    const TOGETHER: u32 = 1_000;
    const IN_JOB: u32 = 2_000;
    let requests = |rows: u32| 3 * rows.div_ceil(TOGETHER);
    // Limits, job, data, the word to begin, a look or two, two lists of results.
    let created = if create > IN_JOB { create.div_ceil(TOGETHER) + 8 } else { requests(create) };
    created + requests(change) + if new_campaign { 3 } else { 0 } + if facts { 2 } else { 0 }
}

/// Everybody, with what becomes of them, and what becomes of the Campaign.
struct Planned {
    available: Vec<String>,
    missing: Vec<String>,
    rows: Vec<Row>,
    /// What the Campaign is told of its webinar, where it does not know it yet.
    facts: Option<CampaignFacts>,
    campaign_fields: Vec<String>,
    block: bool,
}

struct Row {
    person: Person,
    does: MemberPlan,
    from: Option<String>,
    to: Option<String>,
    /// Fields of our package that are written.
    fields: Vec<&'static str>,
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
        let (key, name, zone) = (webinar.to_owned(), name_of(choice), cx.zone());
        let copied = Arc::clone(&cx.config().copy_labels);
        let read = cx.store.read(move |db| match webinars::get(db, &key)? {
            Some(record) => {
                let name = if name.is_empty() { text::single_line(&record.topic, MAX_NAME) } else { name };
                let language = settings::read(db)?.language;
                let words = [language, Language::En, Language::Nl].map(|language| copied(language));
                Ok(Some((everybody(db, &record)?, facts::known(db, &record, &name, zone, &words)?)))
            }
            None => Ok(None),
        });
        let (people, facts) = read.await?.ok_or(Error::Gone)?;
        let may = cx.campaign_details(&account).await.map_err(salesforce_failed(cx))?;
        let (available, members) = match &choice.campaign {
            Some(id) => (labels(&statuses(cx, &account, id).await?), members(cx, &account.api, id, &may.member).await?),
            None => (OF_A_NEW_ONE.map(str::to_owned).to_vec(), HashMap::new()),
        };
        let told = match &choice.campaign {
            _ if !may.changes_campaigns => Record::new(),
            Some(id) => {
                let id: SalesforceId = id.parse().map_err(|_| Error::Gone)?;
                let there = account.api.campaigns().there(id, &may.campaign).await.map_err(salesforce_failed(cx))?;
                missing(&facts, &there.ok_or(Error::Gone)?, &may.campaign)
            }
            None => missing(&facts, &CampaignThere::default(), &may.campaign),
        };
        let block = told.value("Description").is_some();
        let campaign_fields = told.fields().filter(|name| *name != "Description").map(str::to_owned).collect();
        let rows: Vec<Row> = people.into_iter().map(|person| planned(person, choice, &members, &may.member)).collect();
        let mut missing: Vec<String> = rows
            .iter()
            .filter(|row| matches!(row.does, MemberPlan::Create | MemberPlan::Change))
            .filter_map(|row| row.to.clone())
            .filter(|status| !available.iter().any(|label| label == status))
            .collect();
        missing.sort();
        missing.dedup();
        let facts = (!told.is_empty()).then_some(facts);
        Ok(Self { available, missing, rows, facts, campaign_fields, block })
    }

    fn member_fields(&self) -> Vec<String> {
        let written = self.rows.iter().filter(|row| matches!(row.does, MemberPlan::Create | MemberPlan::Change));
        let names: BTreeSet<&str> = written.flat_map(|row| &row.fields).copied().collect();
        MEMBER_DETAILS.iter().filter(|name| names.contains(*name)).map(|name| (*name).to_owned()).collect()
    }
}

fn name_of(choice: &CampaignChoice) -> String {
    text::single_line(&choice.name, MAX_NAME)
}

/// Each member, by person.
async fn members(
    cx: &Arc<Context>,
    api: &Salesforce,
    campaign: &str,
    details: &[&'static str],
) -> Result<HashMap<String, CampaignMember>, Error> {
    let id: SalesforceId = campaign.parse().map_err(|_| Error::Gone)?;
    let all: Vec<CampaignMember> = api.campaign_members(id).all(details).await.map_err(salesforce_failed(cx))?;
    Ok(all.into_iter().filter_map(|one| Some((one.person()?.to_string(), one))).collect())
}

fn planned(
    person: Person,
    choice: &CampaignChoice,
    members: &HashMap<String, CampaignMember>,
    may: &[&'static str],
) -> Row {
    let to = status_of(&choice.statuses, person.state);
    let there = person.record.as_ref().and_then(|record| members.get(&record.salesforce_id));
    let from = there.and_then(|member| member.status.clone());
    let fields = differing(&person.details, there, may);
    let does = match (&person.record, &to, there) {
        (None, _, _) => MemberPlan::Unknown,
        (Some(_), None, _) => MemberPlan::Leave,
        (Some(_), Some(to), Some(_)) if from.as_ref() == Some(to) && fields.is_empty() => MemberPlan::Leave,
        (Some(_), Some(_), Some(_)) => MemberPlan::Change,
        (Some(_), Some(_), None) => MemberPlan::Create,
    };
    Row { person, does, from, to, fields }
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
