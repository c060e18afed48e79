//! What a run would do: to the Campaign, and to each of its people. It is made anew for the run, which writes only what
//! it was handed the digest of.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::DateTime;
use liaison_domain::zones::Zone;
use liaison_domain::{text, wall_time};
use liaison_salesforce::{
    CampaignMember, CampaignThere, ExternalKey, MEMBER_DETAILS, Record, Salesforce, SalesforceError, SalesforceId,
};
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, Sealer, StoreResult};
use sha2::{Digest, Sha256};

use super::destination::{Begun, Destination};
use super::people::{Person, everybody};
use super::{MAX_NAME, OF_A_NEW_ONE, facts, labels, signed_in, status_of, statuses};
use crate::config::CopyLabels;
use crate::context::Context;
use crate::failure::Error;
use crate::outbox::target::Target;
use crate::pull::salesforce_failed;
use crate::session::settings;
use crate::terms::{Language, Provider};
use crate::webinars::gather;
use crate::webinars::kinds::campaign::facts::missing;
use crate::webinars::kinds::campaign::identity;
use crate::webinars::member_details::differing;
use crate::webinars::stored::{CampaignFacts, NewCampaignRow, VERSION};
use crate::webinars::view::{CampaignChoice, CampaignPlan, MemberPlan, MemberPlanRow};

const SHOWN_ROWS: usize = 200;
const MAX_DESCRIPTION: usize = 8_000;
const DESCRIPTION: &str = "Description";

/// Everybody, with what becomes of them, and what becomes of the Campaign.
pub(super) struct Planned {
    pub destination: Destination,
    /// The Campaign as it is made, where there is none.
    pub new: NewCampaignRow,
    /// The name of the Campaign that they go into.
    pub name: String,
    pub rows: Vec<Row>,
    /// What the Campaign is told of its webinar, where it does not know it yet.
    pub facts: Option<CampaignFacts>,
    available: Vec<String>,
    missing: Vec<String>,
    add_statuses: bool,
    told: Record,
}

pub(super) struct Row {
    pub person: Person,
    pub does: MemberPlan,
    pub from: Option<String>,
    pub to: Option<String>,
    /// Fields of our package that are written.
    fields: Vec<&'static str>,
}

impl Row {
    pub fn is_written(&self) -> bool {
        matches!(self.does, MemberPlan::Create | MemberPlan::Change)
    }

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

/// What the local copy tells.
struct Local {
    people: Vec<Person>,
    facts: CampaignFacts,
    new: NewCampaignRow,
    identity: String,
    begun: Option<Begun>,
}

/// What a local reading needs beside the database.
struct Reading {
    webinar: String,
    /// Empty for the webinar's own topic.
    name: String,
    zone: Zone,
    sealer: Sealer,
    words: Arc<dyn Fn(Language) -> CopyLabels + Send + Sync>,
}

impl Reading {
    fn local(&self, db: &Connection) -> StoreResult<Result<Local, Error>> {
        let Some(record) = webinars::get(db, &self.webinar)? else { return Ok(Err(Error::Gone)) };
        let Some(target) = Target::known(db, Provider::Salesforce)? else {
            return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
        };
        let Some(zoom) = Target::known(db, Provider::Zoom)? else {
            return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
        };
        let language = settings::read(db)?.language;
        let words = [language, Language::En, Language::Nl].map(|language| (self.words)(language));
        let identity = identity(Target::organisation(&zoom.key), &record.key);
        Ok(Ok(Local {
            people: everybody(db, &record)?,
            facts: facts::known(db, &self.sealer, &record, self.zone, &words)?,
            new: self.campaign(db, &record)?,
            begun: Begun::of(db, &target.key, &identity)?,
            identity,
        }))
    }

    fn campaign(&self, db: &Connection, record: &WebinarRecord) -> StoreResult<NewCampaignRow> {
        let spans = gather::spans(record, &webinars::dates(db, &record.key)?);
        let day = |ms: i64| Some(wall_time::local_date(DateTime::from_timestamp_millis(ms)?, self.zone).to_string());
        let topic = || text::single_line(&record.topic, MAX_NAME);
        Ok(NewCampaignRow {
            version: VERSION,
            webinar: record.key.clone(),
            name: if self.name.is_empty() { topic() } else { self.name.clone() },
            start: spans.first().and_then(|(start, _)| day(*start)),
            end: spans.last().and_then(|(_, end)| day(*end)),
            description: description(record),
        })
    }
}

/// What stands in the Campaign for whoever reads it there. The link for joining is not in it: it may let anybody in.
fn description(record: &WebinarRecord) -> String {
    let lines: Vec<String> = [Some(record.topic.clone()), facts::agenda(record)].into_iter().flatten().collect();
    text::multi_line(&lines.join("\n"), MAX_DESCRIPTION)
}

impl Planned {
    pub async fn of(cx: &Arc<Context>, webinar: &str, choice: &CampaignChoice) -> Result<Self, Error> {
        let account = signed_in(cx)?;
        let failed = salesforce_failed(cx);
        let reading = Reading {
            webinar: webinar.to_owned(),
            name: text::single_line(&choice.name, MAX_NAME),
            zone: cx.zone(),
            sealer: cx.store.sealer(),
            words: Arc::clone(&cx.config().copy_labels),
        };
        let local = cx.store.read(move |db| reading.local(db)).await??;
        let Local { people, mut facts, mut new, identity, begun } = local;
        let may = cx.campaign_details(&account).await.map_err(&failed)?;
        if may.changes_campaigns {
            // Our part of the description tells it, and is kept up to date.
            new.description.clear();
        }
        let key = ExternalKey::new(&identity).ok().filter(|_| may.campaign_key);
        let chosen = choice.campaign.as_deref();
        let destination = Destination::of(cx, &account, chosen, begun, &new, key.as_ref()).await?;
        let (mut available, mut members, mut there) =
            (OF_A_NEW_ONE.map(str::to_owned).to_vec(), HashMap::new(), CampaignThere::default());
        if let Some(id) = destination.id() {
            let known: SalesforceId = id.parse().map_err(|_| Error::Gone)?;
            available = labels(&statuses(cx, &account, id).await?);
            members = members_of(&account.api, known, &may.member).await.map_err(&failed)?;
            if may.changes_campaigns {
                let told = account.api.campaigns().there(known, &may.campaign).await.map_err(&failed)?;
                there = told.ok_or(Error::Gone)?;
            }
        }
        let told = if may.changes_campaigns { missing(&facts, &there, &may.campaign) } else { Record::new() };
        let rows: Vec<Row> = people.into_iter().map(|person| planned(person, choice, &members, &may.member)).collect();
        let lacking: BTreeSet<String> = rows
            .iter()
            .filter(|row| row.is_written())
            .filter_map(|row| row.to.clone())
            .filter(|status| !available.contains(status))
            .collect();
        let name = destination.instead().unwrap_or(&new.name).to_owned();
        facts.name.clone_from(&name);
        Ok(Self {
            facts: (!told.is_empty()).then_some(facts),
            missing: lacking.into_iter().collect(),
            add_statuses: choice.add_statuses,
            destination,
            new,
            name,
            rows,
            available,
            told,
        })
    }

    pub fn shown(&self) -> CampaignPlan {
        let count = |does: MemberPlan| {
            u32::try_from(self.rows.iter().filter(|row| row.does == does).count()).unwrap_or(u32::MAX)
        };
        let (create, change) = (count(MemberPlan::Create), count(MemberPlan::Change));
        CampaignPlan {
            digest: self.digest(),
            existing: self.destination.instead().map(str::to_owned),
            by_name: self.destination.is_by_name(),
            available: self.available.clone(),
            missing: self.missing.clone(),
            create,
            change,
            leave: count(MemberPlan::Leave),
            unknown: count(MemberPlan::Unknown),
            member_fields: self.member_fields(),
            campaign_fields: self.told.fields().filter(|name| *name != DESCRIPTION).map(str::to_owned).collect(),
            block: self.told.value(DESCRIPTION).is_some(),
            calls: calls(create, change, matches!(self.destination, Destination::New), self.facts.is_some()),
            rows: self.rows.iter().take(SHOWN_ROWS).map(Row::shown).collect(),
        }
    }

    fn member_fields(&self) -> Vec<String> {
        let written = self.rows.iter().filter(|row| row.is_written());
        let names: BTreeSet<&str> = written.flat_map(|row| &row.fields).copied().collect();
        MEMBER_DETAILS.iter().filter(|name| names.contains(*name)).map(|name| (*name).to_owned()).collect()
    }

    /// Names what would be written: the same for the same, and another one for anything else. What others have written
    /// beside our part of the description is not ours, and stays.
    pub fn digest(&self) -> String {
        let new = matches!(self.destination, Destination::New).then_some(&self.new);
        let added = self.add_statuses.then_some(&self.missing);
        let fields: Vec<_> =
            self.told.fields().filter(|name| *name != DESCRIPTION).map(|name| (name, self.told.value(name))).collect();
        let part = self.facts.as_ref().filter(|_| self.told.value(DESCRIPTION).is_some());
        let part = part.map(|facts| (&facts.lines, &facts.counts, &facts.recorded));
        let written = self.rows.iter().filter(|row| row.is_written());
        let people: Vec<_> = written
            .map(|row| {
                let whose = row.person.record.as_ref().map(|record| &record.id);
                let details = (!row.fields.is_empty()).then_some(&row.person.details);
                (whose, row.does, &row.from, &row.to, row.person.state, &row.fields, details)
            })
            .collect();
        let all = serde_json::to_vec(&(self.destination.named(), new, added, fields, part, people));
        let hash = Sha256::digest(all.unwrap_or_default());
        text::hex(&hash[..16])
    }
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

/// Each member, by person.
async fn members_of(
    api: &Salesforce,
    campaign: SalesforceId,
    details: &[&'static str],
) -> Result<HashMap<String, CampaignMember>, SalesforceError> {
    let all: Vec<CampaignMember> = api.campaign_members(campaign).all(details).await?;
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
    use crate::webinars::stored::MemberDetails;
    use crate::webinars::view::MemberState;

    fn plan() -> Planned {
        Planned {
            destination: Destination::New,
            new: NewCampaignRow { name: "Launch".to_owned(), ..NewCampaignRow::default() },
            name: "Launch".to_owned(),
            rows: vec![row(MemberPlan::Create), row(MemberPlan::Leave)],
            facts: Some(CampaignFacts { lines: vec!["Topic: Launch".to_owned()], ..CampaignFacts::default() }),
            available: Vec::new(),
            missing: vec!["Attended".to_owned()],
            add_statuses: false,
            told: described("Ours."),
        }
    }

    fn row(does: MemberPlan) -> Row {
        let person = Person {
            name: String::new(),
            email: String::new(),
            record: None,
            state: MemberState::Attended,
            details: MemberDetails { minutes: Some(5), ..MemberDetails::default() },
        };
        Row { person, does, from: None, to: Some("Responded".to_owned()), fields: Vec::new() }
    }

    fn described(text: &str) -> Record {
        Record::new().set(DESCRIPTION, text).unwrap()
    }

    #[test]
    fn another_thing_that_would_be_written_has_another_digest_and_nothing_else_has() {
        let before = plan().digest();
        let same: [fn(&mut Planned); 4] = [
            |plan| plan.rows[1].to = None,
            |plan| plan.missing.clear(),
            |plan| plan.rows[0].person.details.minutes = Some(6),
            |plan| plan.told = described("Ours, and a colleague's."),
        ];
        for (place, change) in same.into_iter().enumerate() {
            let mut plan = plan();
            change(&mut plan);
            assert_eq!(plan.digest(), before, "{place}");
        }
        let others: [fn(&mut Planned); 7] = [
            |plan| plan.destination = Destination::Own { id: "701".to_owned(), name: "Launch".to_owned() },
            |plan| plan.new.name.push('!'),
            |plan| plan.add_statuses = true,
            |plan| plan.rows[0].to = Some("Sent".to_owned()),
            |plan| plan.rows[0].fields.push("Liaison_Minutes_Attended__c"),
            |plan| plan.rows[1].does = MemberPlan::Change,
            |plan| plan.facts.as_mut().unwrap().lines.clear(),
        ];
        for (place, change) in others.into_iter().enumerate() {
            let mut plan = plan();
            change(&mut plan);
            assert_ne!(plan.digest(), before, "{place}");
        }
    }
}
