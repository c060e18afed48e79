//! Rows of members with what they are about now: whoever was converted or merged since is a member as whom they became,
//! and links are read for as long as a request takes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use liaison_domain::PersonRef;
use liaison_salesforce::{
    CampaignMember, CampaignMembers, Disposition, NewCampaignMember, Record, Resolution, SalesforceError, SalesforceId,
};
use liaison_store::StoreResult;
use liaison_store::tables::outbox::{self, OutboxRecord};
use liaison_store::tables::people;
use liaison_store::tables::webinar_registrants;
use secrecy::SecretString;

use crate::context::Context;
use crate::webinars::member_details::{differing, with_details};
use crate::webinars::stored::NewMember;

/// A row with what it is about now.
pub(super) struct Asked {
    pub place: usize,
    pub new: NewMember,
    pub person: SalesforceId,
    link: Option<SecretString>,
}

impl Asked {
    /// What of it is not there yet; nothing when all of it is.
    pub fn missing(&self, there: &CampaignMember, may: &[&'static str]) -> Option<Record> {
        let names = differing(&self.new.details, Some(there), may);
        let record = Record::new();
        let record = if there.status.as_ref() == Some(&self.new.status) {
            record
        } else {
            record.clone().set("Status", self.new.status.as_str()).unwrap_or(record)
        };
        let record = with_details(record, &self.new.details, &names, self.link.as_ref());
        (!record.is_empty()).then_some(record)
    }

    /// The status that somebody has given them since it was decided; nothing where it is not known how they stood.
    pub fn changed_since<'a>(&self, there: &'a CampaignMember) -> Option<&'a str> {
        let stood = self.new.stood.as_ref()?;
        let ours = there.status == stood.status || there.status.as_ref() == Some(&self.new.status);
        there.status.as_deref().filter(|_| !ours)
    }

    /// The record of a new member.
    pub fn record(&self, campaign: SalesforceId, may: &[&'static str]) -> Result<Record, SalesforceError> {
        let member = NewCampaignMember { campaign, person: self.person, status: Some(self.new.status.clone()) };
        let names = differing(&self.new.details, None, may);
        Ok(with_details(member.to_record()?, &self.new.details, &names, self.link.as_ref()))
    }
}

/// The rows of one request, and the Campaign that they have in common.
pub(super) async fn asked(cx: &Arc<Context>, rows: &[OutboxRecord]) -> (Option<SalesforceId>, Vec<Asked>) {
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
    let wanted: Vec<(String, Option<String>)> = read
        .iter()
        .map(|(_, new, _)| (new.person.clone(), new.details.registrant.clone().filter(|_| new.details.has_link)))
        .collect();
    let sealer = cx.store.sealer();
    let current = cx.store.read(move |db| {
        wanted
            .iter()
            .map(|(person, registrant)| {
                let link = match registrant {
                    Some(key) => webinar_registrants::join_url(db, &sealer, key)?,
                    None => None,
                };
                Ok((people::successor(db, person)?, link))
            })
            .collect::<StoreResult<Vec<_>>>()
    });
    let current = current.await.unwrap_or_default();
    let with_current = read.into_iter().enumerate().filter_map(|(at, (place, new, _))| {
        let (person, link) = current.get(at).cloned().unwrap_or((new.person.clone(), None));
        let person: PersonRef = person.parse().ok()?;
        Some(Asked { place, new, person: person.id.parse().ok()?, link })
    });
    (campaign, with_current.collect())
}

/// Whether a status was written from here after a row was decided: by one that was under way by then.
pub(super) async fn is_own(cx: &Arc<Context>, row: &OutboxRecord, status: &str) -> bool {
    let (row, status) = (row.clone(), status.to_owned());
    let read = cx.store.read(move |db| {
        let others = outbox::by_identity(db, &row.target, &row.kind, &row.identity)?;
        Ok(others.iter().filter(|other| other.op_id != row.op_id).any(|other| {
            other.done_utc_ms.is_some_and(|done| done >= row.created_utc_ms)
                && NewMember::read(&other.payload_json).is_some_and(|new| new.status == status)
        }))
    });
    read.await.unwrap_or_else(|error| {
        tracing::error!(%error, "it could not be read what was written of a member");
        false
    })
}

pub(super) fn by_person(members: Vec<CampaignMember>) -> HashMap<SalesforceId, CampaignMember> {
    members.into_iter().filter_map(|member| Some((member.person()?, member))).collect()
}

/// The statuses that may be written; missing ones are added where that was asked for.
pub(super) async fn statuses(members: &CampaignMembers, asked: &[Asked]) -> Result<HashSet<String>, SalesforceError> {
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
