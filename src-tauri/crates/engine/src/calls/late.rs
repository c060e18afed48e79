//! Late knowledge: whoever becomes known after a call is matched with it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use super::pull::RHYTHM;
use super::settle;
use crate::context::Context;
use crate::failure::Error;
use crate::pull::{Pull, Pulled, Seen};
use crate::terms::{Provider, Tag};

/// People who became known later: calls that nobody had are matched again. Nothing is asked of Salesforce.
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

    fn cursors(&self) -> &'static [&'static str] {
        &[]
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        // It costs the organisation nothing.
        Some(Seen { sparing: None, ..seen.clone() }.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(async move {
            cx.store.write(|tx| settle::follow_rules(tx, None)).await?;
            let news = settle::run(cx).await?;
            Ok(Pulled { news, ..Pulled::default() })
        })
    }
}
