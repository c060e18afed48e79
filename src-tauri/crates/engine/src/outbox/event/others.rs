//! The people of an Event beside the one in its `WhoId`: whom Salesforce takes, and the relations that say so.
//!
//! They belong to the write of the Event. Where its answer is known and theirs is not, the row may have arrived: it
//! is looked up, and whoever is still missing is added then.

use liaison_domain::{PersonRef, RecordKind};
use liaison_salesforce::{Disposition, Resolution, SalesforceError, SalesforceId, SharedRelation};

use super::fields::{EventFields, Other, short_id};
use crate::context::SalesforceAccount;
use crate::failure::shown;
use crate::outbox::reason::{StoredLeftOut, Why};

/// With Shared Activities an Event is about so many Contacts, or about one Lead (Object Reference, "Event").
const MOST_CONTACTS: usize = 50;

/// Whom Salesforce takes beside `who`, and whom it does not.
pub(crate) fn split(who: Option<&PersonRef>, others: &[Other], shared: bool) -> (Vec<Other>, Vec<StoredLeftOut>) {
    let mut seen: Vec<&str> = who.map(|who| short_id(&who.id)).into_iter().collect();
    let (mut taken, mut out) = (Vec::new(), Vec::new());
    for other in others {
        if seen.contains(&short_id(&other.who.id)) {
            continue;
        }
        seen.push(short_id(&other.who.id));
        let lead = |person: &PersonRef| person.kind == RecordKind::Lead;
        let why = if !shared {
            Some(Why::NotShared)
        } else if lead(&other.who) || who.is_some_and(lead) {
            Some(Why::LeadAlone)
        } else if taken.len() + usize::from(who.is_some()) >= MOST_CONTACTS {
            Some(Why::TooMany)
        } else {
            None
        };
        match why {
            None => taken.push(other.clone()),
            Some(why) => out.push(left_out(other, why)),
        }
    }
    (taken, out)
}

fn left_out(other: &Other, why: Why) -> StoredLeftOut {
    StoredLeftOut { name: other.name.clone(), why }
}

/// It is not known whether everybody was added.
pub(super) struct Interrupted(pub Option<SalesforceError>);

/// An Event that is there, and whom it is to be about.
pub(super) struct Relating<'a> {
    pub account: &'a SalesforceAccount,
    pub event: SalesforceId,
    pub shared: bool,
    pub fields: &'a EventFields,
    /// Whom it was about before.
    pub base: Option<&'a EventFields>,
    /// It was made by this attempt, so nobody else is related to it yet.
    pub fresh: bool,
}

impl Relating<'_> {
    /// Adds who is missing and takes off who went; answers who could not be added. No refusal of somebody stops the
    /// others.
    pub async fn bring_in_line(&self) -> Result<Vec<StoredLeftOut>, Interrupted> {
        let gone = self.base.map(|base| base.others.as_slice()).unwrap_or_default();
        if self.fields.others.is_empty() && gone.is_empty() {
            return Ok(Vec::new());
        }
        if !self.shared {
            return Ok(split(self.fields.who.as_ref(), &self.fields.others, false).1);
        }
        let there = match self.there().await {
            Ok(there) => there,
            Err(error) => match error.disposition().and_then(refused) {
                Some(why) => return Ok(self.fields.others.iter().map(|other| left_out(other, why.clone())).collect()),
                None => return Err(Interrupted(Some(error))),
            },
        };
        let is_there = |person: &PersonRef| there.iter().any(|relation| is(relation, person));
        // Who was to be the first may have been refused before; then the others do not stand beside them.
        let who = self.fields.who.as_ref().filter(|who| self.fresh || is_there(who));
        let (wanted, mut out) = split(who, &self.fields.others, true);
        let missing: Vec<&Other> = wanted.iter().filter(|other| !is_there(&other.who)).collect();
        self.remove(gone, &wanted, &there).await?;
        out.extend(self.add(&missing).await?);
        Ok(out)
    }

    async fn there(&self) -> Result<Vec<SharedRelation>, SalesforceError> {
        if self.fresh { Ok(Vec::new()) } else { self.account.api.shared_relations(self.event).await }
    }

    async fn add(&self, missing: &[&Other]) -> Result<Vec<StoredLeftOut>, Interrupted> {
        let (missing, ids): (Vec<&Other>, Vec<SalesforceId>) =
            missing.iter().filter_map(|other| Some((*other, other.who.id.parse::<SalesforceId>().ok()?))).unzip();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let answers = match self.account.api.share_event(self.event, &ids).await {
            Ok(answers) => answers,
            Err(error) => {
                let Some(why) = error.disposition().and_then(refused) else { return Err(Interrupted(Some(error))) };
                return Ok(missing.iter().map(|other| left_out(other, why.clone())).collect());
            }
        };
        let mut refusals = Vec::new();
        for (other, answer) in missing.iter().zip(answers) {
            let Err(refusal) = answer else { continue };
            // Somebody else was quicker.
            if matches!(refusal.disposition, Disposition::Resolve(Resolution::DuplicateValue { .. })) {
                continue;
            }
            refusals.push(left_out(other, refused(refusal.disposition).ok_or(Interrupted(None))?));
        }
        Ok(refusals)
    }

    /// Takes off who was in the Event because of us and is not wanted any more; not who is invited besides.
    async fn remove(&self, gone: &[Other], wanted: &[Other], there: &[SharedRelation]) -> Result<(), Interrupted> {
        let stays = |person: &PersonRef| {
            let same = |other: &PersonRef| short_id(&other.id) == short_id(&person.id);
            self.fields.who.as_ref().is_some_and(same) || wanted.iter().any(|other| same(&other.who))
        };
        let relations: Vec<SalesforceId> = gone
            .iter()
            .filter(|other| !stays(&other.who))
            .filter_map(|other| there.iter().find(|relation| is(relation, &other.who)))
            .filter(|relation| relation.is_parent && !relation.is_invitee)
            .map(|relation| relation.id)
            .collect();
        if relations.is_empty() {
            return Ok(());
        }
        match self.account.api.unshare_event(&relations).await {
            Ok(_) => Ok(()),
            Err(error) if error.disposition().and_then(refused).is_some() => {
                tracing::warn!(%error, "people could not be taken off an Event");
                Ok(())
            }
            Err(error) => Err(Interrupted(Some(error))),
        }
    }
}

fn is(relation: &SharedRelation, person: &PersonRef) -> bool {
    short_id(relation.relation_id.as_str()) == short_id(&person.id)
}

/// Why somebody can't be added; `None` for what says nothing about them.
fn refused(disposition: Disposition) -> Option<Why> {
    match disposition {
        Disposition::RefreshAndReplay | Disposition::BackOff | Disposition::PauseUntilWindow => None,
        Disposition::Resolve(_) => Some(Why::Gone),
        Disposition::Park { code, .. } if code == "INVALID_CROSS_REFERENCE_KEY" => Some(Why::Gone),
        Disposition::Park { code, message, .. } => Some(Why::Refused { message: shown(message.expose()), code }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(kind: &str, number: usize) -> Other {
        let prefix = if kind == "Lead" { "00Q" } else { "003" };
        Other { who: format!("{kind}:{prefix}{number:012}").parse().unwrap(), name: format!("{kind} {number}") }
    }

    fn whys(left_out: Vec<StoredLeftOut>) -> Vec<(String, Why)> {
        left_out.into_iter().map(|person| (person.name, person.why)).collect()
    }

    #[test]
    fn an_event_is_about_contacts_or_about_one_lead() {
        let (contact, lead) = (other("Contact", 1).who, other("Lead", 1).who);
        let others = [other("Contact", 2), other("Lead", 2), other("Contact", 1), other("Contact", 2)];

        let (taken, left_out) = split(Some(&contact), &others, true);
        assert_eq!(taken, [other("Contact", 2)], "each person once");
        assert_eq!(whys(left_out), [("Lead 2".to_owned(), Why::LeadAlone)]);

        let (taken, left_out) = split(Some(&lead), &others, true);
        assert_eq!((taken, left_out.len()), (Vec::new(), 3), "beside a Lead nobody");

        let (taken, left_out) = split(Some(&contact), &others[..1], false);
        assert_eq!((taken, whys(left_out)), (Vec::new(), vec![("Contact 2".to_owned(), Why::NotShared)]));
    }

    #[test]
    fn fifty_contacts_fit() {
        let many: Vec<Other> = (2..=52).map(|number| other("Contact", number)).collect();
        let (taken, left_out) = split(Some(&other("Contact", 1).who), &many, true);
        assert_eq!(taken.len(), 49);
        let names = [("Contact 51".to_owned(), Why::TooMany), ("Contact 52".to_owned(), Why::TooMany)];
        assert_eq!(whys(left_out), names);
    }
}
