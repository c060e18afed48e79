//! The signed-in users, as everybody uses them; how they sign in is the session's.

use std::sync::{PoisonError, RwLock};

use liaison_salesforce::Salesforce;
use liaison_transport::OAuthSession;
use liaison_zoom::Zoom;
use url::Url;

use crate::terms::Provider;

/// A signed-in Zoom user.
#[derive(Clone)]
pub(crate) struct ZoomAccount {
    pub api: Zoom,
    pub session: OAuthSession,
    pub user_id: String,
    /// Part of every record key.
    pub account_id: String,
}

/// A signed-in Salesforce user.
#[derive(Clone)]
pub(crate) struct SalesforceAccount {
    pub api: Salesforce,
    pub session: OAuthSession,
    pub user_id: String,
    pub org_id: String,
    pub instance: Url,
}

/// Whose copy it is that a pull writes.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    pub(super) provider: Provider,
    pub(super) user_id: String,
    pub(super) org_id: String,
    /// How often a copy had been erased when the pull began.
    pub(super) clearings: u64,
}

/// Who is signed in now.
#[derive(Default)]
pub(super) struct Accounts {
    zoom: RwLock<Option<ZoomAccount>>,
    salesforce: RwLock<Option<SalesforceAccount>>,
}

impl Accounts {
    pub fn zoom(&self) -> Option<ZoomAccount> {
        self.zoom.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn salesforce(&self) -> Option<SalesforceAccount> {
        self.salesforce.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_zoom(&self, account: Option<ZoomAccount>) {
        *self.zoom.write().unwrap_or_else(PoisonError::into_inner) = account;
    }

    pub fn set_salesforce(&self, account: Option<SalesforceAccount>) {
        *self.salesforce.write().unwrap_or_else(PoisonError::into_inner) = account;
    }
}
