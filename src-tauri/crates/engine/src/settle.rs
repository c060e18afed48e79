//! Background work until it rests, for programs that move the clock themselves.

use std::sync::Arc;

use crate::context::Context;
use crate::engine::Engine;
use crate::reminders;
use crate::terms::Provider;

/// More passes than any chain of one loop waking the other needs; a loop that always finds work ends here.
const MOST_PASSES: u32 = 32;

impl Engine {
    /// Does everything that is due by the clock, and returns when background work has nothing to do before the clock
    /// moves on. For programs that move the clock themselves.
    pub async fn settle(&self) {
        let Ok(cx) = self.profile().await else { return };
        let mut stopping = cx.stopping();
        let settled = async {
            remind(&cx).await;
            for _ in 0..MOST_PASSES {
                let planned = self.time_passed().await.is_ok();
                remind(&cx).await;
                let zoom = cx.lane_turns(Provider::Zoom).whole().await;
                let salesforce = cx.lane_turns(Provider::Salesforce).whole().await;
                if !planned || !(zoom || salesforce) {
                    return;
                }
            }
            tracing::warn!("background work finds something to do again and again");
        };
        tokio::select! {
            () = settled => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    }
}

async fn remind(cx: &Arc<Context>) {
    if let Err(error) = reminders::look(cx).await {
        tracing::warn!(error = error.chain(), "reminders could not be planned");
    }
}
