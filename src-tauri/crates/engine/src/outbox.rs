//! Every write that goes to Zoom or Salesforce: rows of kinds, in one lane a service. See docs/adr/0002 and 0012.
//!
//! This area knows no kind but *event*; the others are handed in (see `profile.rs`). The rows themselves and the
//! order in which they may go are the store's.

pub(crate) mod action;
pub(crate) mod at_once;
mod bulk;
pub(crate) mod event;
pub(crate) mod groups;
pub(crate) mod kind;
mod lane;
pub(crate) mod listing;
pub(crate) mod reason;
pub(crate) mod settle;
pub(crate) mod target;
pub(crate) mod view;

use std::sync::Arc;

use liaison_store::planted;
use liaison_store::tables::outbox::{self, Claim};

use crate::context::Context;
use crate::terms::{Provider, Tag};
use kind::{Kind, Kinds};

/// Takes up what was under way at the last end, and starts the lanes.
pub(crate) async fn begin(cx: &Arc<Context>, kinds: Vec<Box<dyn Kind>>) {
    cx.state::<Kinds>().set(kinds);
    let now = cx.now();
    let taken = cx
        .store
        .write(move |tx| {
            for provider in [Provider::Zoom, Provider::Salesforce].into_iter().filter(|_| planted(18)) {
                if let Some(target) = target::Target::known(tx, provider)? {
                    outbox::resume_lane(tx, &target.key)?;
                }
            }
            for row in outbox::claimed_on_start(tx)?.into_iter().filter(|_| !planted(16)) {
                outbox::still_unknown(
                    tx,
                    &row.op_id,
                    now.timestamp_millis(),
                    Some(&reason::Reason::Unknown {}.json()),
                )?;
            }
            outbox::look_at_all(tx, now.timestamp_millis())
        })
        .await;
    if let Err(error) = taken {
        tracing::error!(%error, "rows under way at the last end could not be read");
    }
    groups::resume(cx).await;
    cx.spawn(|cx| lane::run(cx, Provider::Zoom));
    cx.spawn(|cx| lane::run(cx, Provider::Salesforce));
}

/// Sends a row that the user waits for, here and now; it was claimed in the transaction of the decision. A task of
/// its own: closing the window does not cut the request in the middle.
pub(crate) async fn send_now(cx: &Arc<Context>, claim: Claim) {
    let sending = tokio::spawn(lane::attempt(Arc::clone(cx), claim));
    if sending.await.is_err() {
        tracing::error!("sending ended badly; it is looked up at the next start");
    }
    cx.outbox_changed();
}

impl Context {
    /// Rows were put in or decided about.
    pub(crate) fn outbox_changed(&self) {
        self.acted();
        self.wake_outbox();
        self.changed(&[Tag::Outbox, Tag::Meetings, Tag::Session]);
    }
}
