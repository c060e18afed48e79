//! Late knowledge: whoever becomes known after a call is matched with it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use super::pull::RHYTHM;
use super::{region, settle};
use crate::context::Context;
use crate::failure::Error;
use crate::pull::{Pull, Pulled, Seen};
use crate::terms::{Provider, Tag};

/// People who became known later: calls that nobody had are matched again. Nothing is asked of Salesforce,
/// but once a day for the org's country where nobody tells a better one.
pub(crate) struct LateKnowledge;

impl Pull for LateKnowledge {
    fn name(&self) -> &'static str {
        "matching"
    }

    fn service(&self) -> Provider {
        Provider::Salesforce
    }

    fn tag(&self) -> Tag {
        Tag::Calls
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        // It costs the organisation nothing.
        Some(Seen { sparing: None, ..seen.clone() }.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(async move {
            if let Some(account) = cx.salesforce() {
                region::ask_org(cx, &account).await?;
            }
            let computer = (cx.config().region)();
            cx.store.write(move |tx| settle::follow_rules(tx, computer.as_deref())).await?;
            let news = settle::run(cx).await?;
            Ok(Pulled { news, ..Pulled::default() })
        })
    }
}
