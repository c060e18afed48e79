//! What the signed-in rep may do in Salesforce, once it was asked; asked again after a refusal.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use liaison_salesforce::{ActivityCapability, SalesforceError};

use crate::context::{Context, SalesforceAccount};

/// The answers, and how often they were thrown away.
#[derive(Default)]
struct Rights {
    event: Mutex<Option<ActivityCapability>>,
    forgotten: AtomicU64,
}

impl Context {
    /// What the rep may do with Events.
    pub(crate) async fn event_capability(
        &self,
        account: &SalesforceAccount,
    ) -> Result<ActivityCapability, SalesforceError> {
        if let Some(known) = self.known_event_capability() {
            return Ok(known);
        }
        let rights = self.state::<Rights>();
        let asked_at = rights.forgotten.load(Ordering::SeqCst);
        let asked = account.api.capabilities().await?.event;
        let mut kept = rights.event.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have signed in meanwhile, or a refusal has shown that the answer is old.
        if rights.forgotten.load(Ordering::SeqCst) == asked_at {
            *kept = Some(asked.clone());
        }
        Ok(asked)
    }

    pub(crate) fn known_event_capability(&self) -> Option<ActivityCapability> {
        self.state::<Rights>().event.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// To be asked again: another user signed in, or a refusal shows that something changed.
    pub(crate) fn forget_capabilities(&self) {
        let rights = self.state::<Rights>();
        let mut event = rights.event.lock().unwrap_or_else(PoisonError::into_inner);
        rights.forgotten.fetch_add(1, Ordering::SeqCst);
        *event = None;
    }

    /// Changes whenever what was asked before may no longer hold.
    pub(crate) fn rights_asked_since(&self) -> u64 {
        self.state::<Rights>().forgotten.load(Ordering::SeqCst)
    }
}
