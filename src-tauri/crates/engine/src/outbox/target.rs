//! For which account a row is: `service:environment:organisation:user`. Kept with each row; it goes nowhere else.

use liaison_store::tables::accounts::{self, AccountRecord, AccountState};
use liaison_store::{Connection, StoreResult};

use crate::terms::Provider;

/// An account as rows name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub key: String,
    /// What the user knows it by.
    pub name: String,
}

impl Target {
    pub fn of(account: &AccountRecord) -> Self {
        let org = account.org_id.as_deref().unwrap_or_default();
        let key = format!("{}:{}:{org}:{}", account.provider.key(), account.environment.name(), account.user_id);
        let name = match &account.organisation {
            Some(organisation) => format!("{}, {organisation}", account.name),
            None => account.name.clone(),
        };
        Self { key, name }
    }

    /// The service that a key belongs to.
    pub fn provider(key: &str) -> Provider {
        let service = key.split(':').next().and_then(Provider::of_key);
        service.unwrap_or(Provider::Salesforce)
    }

    /// The organisation (Zoom's account, Salesforce's org) that a key names.
    pub fn organisation(key: &str) -> &str {
        key.split(':').nth(2).unwrap_or_default()
    }

    /// The account of a service that this profile knows, signed in or not.
    pub fn known(db: &Connection, provider: Provider) -> StoreResult<Option<Self>> {
        Ok(accounts::get(db, provider)?.map(|account| Self::of(&account)))
    }

    /// The account of a service that calls can be made for.
    pub fn signed_in(db: &Connection, provider: Provider) -> StoreResult<Option<Self>> {
        let account = accounts::get(db, provider)?;
        Ok(account.filter(|account| account.state == AccountState::Connected).map(|account| Self::of(&account)))
    }
}
