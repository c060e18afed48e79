//! Troubles of the demo, on its user's request. A profile with real accounts has none of this.

use std::sync::{Arc, Mutex, PoisonError};

use crate::config::Trouble;
use crate::context::{Context, ProfileKind};
use crate::engine::Engine;
use crate::failure::Error;
use crate::terms::{Provider, Tag};

/// What is shown now.
#[derive(Default)]
struct Shown(Mutex<Option<Trouble>>);

impl Engine {
    /// The trouble that the demo shows now.
    ///
    /// # Errors
    /// No profile is open.
    pub async fn simulation(&self) -> Result<Option<Trouble>, Error> {
        let shown = self.profile().await?.state::<Shown>();
        let now = *shown.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(now)
    }

    /// Shows a trouble in place of the one there is, or goes back to normal; what can be seen of it is asked for at
    /// once.
    ///
    /// # Errors
    /// [`Error::TooLate`] outside the demo.
    pub async fn simulate(&self, trouble: Option<Trouble>) -> Result<(), Error> {
        let cx = self.profile().await?;
        let Some(services) = cx.demo().filter(|_| cx.kind() == ProfileKind::Demo) else { return Err(Error::TooLate) };
        services.simulate(trouble).map_err(|error| {
            tracing::error!(%error, "a trouble could not be shown");
            Error::Internal { code: "E-SIMULATE" }
        })?;
        let before = {
            let shown = cx.state::<Shown>();
            let mut now = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *now, trouble)
        };
        if before == Some(Trouble::SignInLost) {
            sign_in_again(&cx).await?;
        }
        cx.pull_now();
        cx.wake_outbox();
        cx.changed(&[Tag::Session, Tag::Outbox]);
        Ok(())
    }
}

/// What was lost does not come back by itself.
async fn sign_in_again(cx: &Arc<Context>) -> Result<(), Error> {
    for provider in [Provider::Zoom, Provider::Salesforce] {
        cx.connect(provider).await?;
    }
    Ok(())
}
