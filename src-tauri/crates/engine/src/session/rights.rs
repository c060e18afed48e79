//! What the signed-in rep may do in Salesforce, once it was asked; asked again after a refusal.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_salesforce::{
    ActivityCapability, CAMPAIGN_DETAILS, MEMBER_DETAILS, ObjectCapability, ObjectDescription, SalesforceError,
    TaskCapability,
};

use crate::context::{Context, SalesforceAccount};
use crate::terms::Tag;

/// What a rep may do is asked again after this time.
const ASK_AGAIN: TimeDelta = TimeDelta::hours(24);

/// The answers, and how often they were thrown away.
#[derive(Default)]
struct Rights {
    event: Mutex<Option<(DateTime<Utc>, ActivityCapability)>>,
    task: Mutex<Option<(DateTime<Utc>, Arc<TaskCapability>)>>,
    details: Mutex<Option<(DateTime<Utc>, Arc<CampaignRights>)>>,
    lead: Mutex<Option<(DateTime<Utc>, Arc<ObjectDescription>)>>,
    forgotten: AtomicU64,
}

/// Which fields of our package the rep may write in a webinar's Campaign and its members; none without the package.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CampaignRights {
    /// The rep may change Campaigns at all.
    pub changes_campaigns: bool,
    /// Our key of a Campaign can be stored with it, and it be found by that.
    pub campaign_key: bool,
    pub campaign: Vec<&'static str>,
    pub member: Vec<&'static str>,
}

impl Rights {
    /// What was answered within the last day.
    fn kept(&self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, ActivityCapability)> {
        let event = self.event.lock().unwrap_or_else(PoisonError::into_inner);
        event.clone().filter(|(asked, _)| is_fresh(*asked, now))
    }
}

fn is_fresh(asked: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    asked <= now && now - asked < ASK_AGAIN
}

fn writable(object: &ObjectCapability, names: &[&'static str]) -> Vec<&'static str> {
    let may = |name: &&&str| object.field(name).is_some_and(|field| field.createable && field.updateable);
    names.iter().filter(may).copied().collect()
}

impl Context {
    /// What the rep may do with Tasks.
    pub(crate) async fn task_capability(
        &self,
        account: &SalesforceAccount,
    ) -> Result<Arc<TaskCapability>, SalesforceError> {
        let rights = self.state::<Rights>();
        let known = rights.task.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // As with Events: a no is never taken from memory.
        if let Some((_, known)) = known.filter(|(asked, known)| is_fresh(*asked, self.now()) && known.object.createable)
        {
            return Ok(known);
        }
        let asked_at = rights.forgotten.load(Ordering::SeqCst);
        let asked = Arc::new(account.api.task_capability().await?);
        let mut kept = rights.task.lock().unwrap_or_else(PoisonError::into_inner);
        if rights.forgotten.load(Ordering::SeqCst) == asked_at {
            *kept = Some((self.now(), Arc::clone(&asked)));
        }
        Ok(asked)
    }

    /// Which fields of our package the rep may write in Campaigns and their members.
    pub(crate) async fn campaign_details(
        &self,
        account: &SalesforceAccount,
    ) -> Result<Arc<CampaignRights>, SalesforceError> {
        let rights = self.state::<Rights>();
        let known = rights.details.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, known)) = known.filter(|(asked, _)| is_fresh(*asked, self.now())) {
            return Ok(known);
        }
        let asked_at = rights.forgotten.load(Ordering::SeqCst);
        let campaign = account.api.object_capability("Campaign", None).await?;
        let member = account.api.object_capability("CampaignMember", None).await?;
        let asked = Arc::new(CampaignRights {
            changes_campaigns: campaign.updateable,
            campaign_key: campaign.key.is_usable(),
            campaign: writable(&campaign, &CAMPAIGN_DETAILS),
            member: writable(&member, &MEMBER_DETAILS),
        });
        let mut kept = rights.details.lock().unwrap_or_else(PoisonError::into_inner);
        if rights.forgotten.load(Ordering::SeqCst) == asked_at {
            *kept = Some((self.now(), Arc::clone(&asked)));
        }
        Ok(asked)
    }

    /// What is known of it, for showing.
    pub(crate) fn known_task_capability(&self) -> Option<Arc<TaskCapability>> {
        let rights = self.state::<Rights>();
        rights.task.lock().unwrap_or_else(PoisonError::into_inner).clone().map(|(_, known)| known)
    }

    /// Leads as the rep sees them; `None` where they may not see them at all.
    pub(crate) async fn lead_description(
        &self,
        account: &SalesforceAccount,
    ) -> Result<Option<Arc<ObjectDescription>>, SalesforceError> {
        let rights = self.state::<Rights>();
        let known = rights.lead.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // As with Events: a no is never taken from memory.
        if let Some((_, known)) = known.filter(|(asked, known)| is_fresh(*asked, self.now()) && known.createable) {
            return Ok(Some(known));
        }
        let asked_at = rights.forgotten.load(Ordering::SeqCst);
        let asked = account.api.lead_description().await?.map(Arc::new);
        let mut kept = rights.lead.lock().unwrap_or_else(PoisonError::into_inner);
        if rights.forgotten.load(Ordering::SeqCst) == asked_at {
            *kept = asked.as_ref().map(|asked| (self.now(), Arc::clone(asked)));
        }
        Ok(asked)
    }

    /// What is known of them, while Salesforce can't be asked.
    pub(crate) fn known_lead_description(&self) -> Option<Arc<ObjectDescription>> {
        let rights = self.state::<Rights>();
        rights.lead.lock().unwrap_or_else(PoisonError::into_inner).clone().map(|(_, known)| known)
    }

    /// What the rep may do with Events.
    pub(crate) async fn event_capability(
        &self,
        account: &SalesforceAccount,
    ) -> Result<ActivityCapability, SalesforceError> {
        let rights = self.state::<Rights>();
        // A right that was missing may have been granted since, so a no is never taken from memory.
        if let Some((_, known)) = rights.kept(self.now()).filter(|(_, known)| known.createable) {
            return Ok(known);
        }
        let asked_at = rights.forgotten.load(Ordering::SeqCst);
        let asked = account.api.capabilities().await?.event;
        {
            let mut kept = rights.event.lock().unwrap_or_else(PoisonError::into_inner);
            // Somebody else may have signed in meanwhile, or a refusal has shown that the answer is old.
            if rights.forgotten.load(Ordering::SeqCst) == asked_at {
                *kept = Some((self.now(), asked.clone()));
            }
        }
        // An open sheet says at once whom the Event can't be about, and not only when the people have come.
        self.changed(&[Tag::Session]);
        Ok(asked)
    }

    /// What is known of it, for showing.
    pub(crate) fn known_event_capability(&self) -> Option<ActivityCapability> {
        let rights = self.state::<Rights>();
        rights.event.lock().unwrap_or_else(PoisonError::into_inner).clone().map(|(_, known)| known)
    }

    /// Whether it is time to ask again what the rep may do with Events.
    pub(crate) fn is_event_capability_old(&self) -> bool {
        self.state::<Rights>().kept(self.now()).is_none()
    }

    /// To be asked again: another user signed in, or a refusal shows that something changed.
    pub(crate) fn forget_capabilities(&self) {
        let rights = self.state::<Rights>();
        let mut event = rights.event.lock().unwrap_or_else(PoisonError::into_inner);
        rights.forgotten.fetch_add(1, Ordering::SeqCst);
        *event = None;
        *rights.task.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *rights.details.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *rights.lead.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Changes whenever what was asked before may no longer hold.
    pub(crate) fn rights_asked_since(&self) -> u64 {
        self.state::<Rights>().forgotten.load(Ordering::SeqCst)
    }
}
