//! A webinar as a Campaign: chosen or made, its people as members, planned before anything is written.

mod destination;
mod facts;
pub(super) mod people;
mod plan;
mod run;

use std::sync::Arc;

use liaison_domain::text;
use liaison_salesforce::{CampaignMemberStatus, SalesforceId};
use liaison_store::tables::{webinar_campaigns, webinars};

use super::view::{CampaignChoice, CampaignHit, CampaignPlan, CampaignStart, MemberState, MemberStatuses};
use crate::context::{Context, SalesforceAccount};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::target::Target;
use crate::pull::salesforce_failed;
use crate::terms::{Provider, UtcMs};
use plan::Planned;

const MAX_QUERY: usize = 80;
const MAX_NAME: usize = 80;
const MOST_HITS: u32 = 50;
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
            Some(id) if may.campaign.queryable => labels(&statuses(&cx, &account, id).await?),
            _ => OF_A_NEW_ONE.map(str::to_owned).to_vec(),
        };
        let kept_choice = kept.as_ref().and_then(|kept| serde_json::from_str(&kept.statuses_json).ok());
        Ok(CampaignStart {
            choice: CampaignChoice {
                campaign: chosen,
                name: kept.map_or_else(|| text::single_line(&record.topic, MAX_NAME), |kept| kept.campaign_name),
                statuses: kept_choice.unwrap_or_else(|| guessed(&available)),
                add_statuses: false,
            },
            may_read: may.campaign.queryable,
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
        Ok(Planned::of(&cx, &webinar, &choice).await?.shown())
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
