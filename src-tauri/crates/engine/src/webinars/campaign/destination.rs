//! Where a webinar's people go: into the Campaign that was chosen, the one that the webinar has already, or a new one. Who
//! asks for a new one gets no second one of ours, and is told before anything is written.

use std::sync::Arc;

use liaison_domain::text;
use liaison_salesforce::{ExternalKey, SalesforceId};
use liaison_store::tables::outbox::{self, OutboxState};
use liaison_store::{Connection, StoreResult};

use super::MAX_NAME;
use crate::context::{Context, SalesforceAccount};
use crate::failure::Error;
use crate::pull::salesforce_failed;
use crate::webinars::kinds::campaign::{CAMPAIGN, taken_instead};
use crate::webinars::stored::NewCampaignRow;

pub(super) enum Destination {
    Chosen {
        id: String,
    },
    /// The webinar's own, which is there.
    Own {
        id: String,
        name: String,
    },
    /// One with the name and the first day of a new one, where no key tells whose it is.
    Named {
        id: String,
        name: String,
    },
    /// The webinar's own, which a row is about to make.
    Coming {
        op_id: String,
        name: String,
    },
    New,
}

/// What this computer has done about the webinar's own Campaign.
pub(super) enum Begun {
    Coming { op_id: String, name: String },
    Made { id: String },
}

impl Begun {
    pub fn of(db: &Connection, target: &str, identity: &str) -> StoreResult<Option<Self>> {
        let Some((op_id, state)) = outbox::maker(db, target, CAMPAIGN, identity)? else { return Ok(None) };
        let Some(row) = outbox::get(db, &op_id)? else { return Ok(None) };
        Ok(match state {
            OutboxState::Done => row.record_id.map(|id| Self::Made { id }),
            _ => Some(Self::Coming { op_id, name: row.title }),
        })
    }
}

impl Destination {
    /// `key` is our key of the webinar's Campaign, where the org can store it.
    pub async fn of(
        cx: &Arc<Context>,
        account: &SalesforceAccount,
        chosen: Option<&str>,
        begun: Option<Begun>,
        new: &NewCampaignRow,
        key: Option<&ExternalKey>,
    ) -> Result<Self, Error> {
        if let Some(id) = chosen {
            return Ok(Self::Chosen { id: id.to_owned() });
        }
        match begun {
            Some(Begun::Coming { op_id, name }) => return Ok(Self::Coming { op_id, name }),
            Some(Begun::Made { id }) => {
                let known: SalesforceId = id.parse().map_err(|_| Error::Gone)?;
                let there = account.api.campaigns().there(known, &[]).await.map_err(salesforce_failed(cx))?;
                if let Some(there) = there {
                    return Ok(Self::Own { id, name: shown(there.name) });
                }
            }
            None => {}
        }
        // A colleague may have made it, or this person on another computer.
        let found = taken_instead(&account.api, new, key).await.map_err(salesforce_failed(cx))?;
        Ok(found.map_or(Self::New, |one| {
            let (id, name) = (one.id.to_string(), shown(one.name));
            if key.is_some() { Self::Own { id, name } } else { Self::Named { id, name } }
        }))
    }

    /// Its id, where it is there.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Chosen { id } | Self::Own { id, .. } | Self::Named { id, .. } => Some(id),
            Self::Coming { .. } | Self::New => None,
        }
    }

    /// The name of the one that takes the place of a new one.
    pub fn instead(&self) -> Option<&str> {
        match self {
            Self::Own { name, .. } | Self::Named { name, .. } | Self::Coming { name, .. } => Some(name),
            Self::Chosen { .. } | Self::New => None,
        }
    }

    /// Whether the one that takes the place of a new one may be somebody else's.
    pub fn is_by_name(&self) -> bool {
        matches!(self, Self::Named { .. })
    }

    /// The same text for the same Campaign.
    pub fn named(&self) -> (&'static str, &str) {
        match self {
            Self::Chosen { id } | Self::Own { id, .. } | Self::Named { id, .. } => ("there", id),
            Self::Coming { op_id, .. } => ("coming", op_id),
            Self::New => ("new", ""),
        }
    }
}

fn shown(name: Option<String>) -> String {
    text::single_line(&name.unwrap_or_default(), MAX_NAME)
}
