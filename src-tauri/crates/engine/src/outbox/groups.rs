//! Groups of rows: what the user decides about all of them at once.
//!
//! The decision counts at once; the rows follow a few at a time, also after a restart.

use std::sync::Arc;

use liaison_store::tables::outbox::{
    self, Group, NewOperation, OutboxCounts, OutboxRecord, OutboxState as RowState, Sweep, Urgency,
};
use liaison_store::{StoreError, StoreResult, Transaction};

use super::action;
use super::kind::Kinds;
use super::view::{GroupWhat, OutboxGroup};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::terms::{Tag, UtcMs};

/// Rows that are gone through in one transaction.
const AT_ONCE: u32 = 200;

/// The kinds of groups, as they are stored.
pub(crate) const LOG_MEETINGS: &str = "log_meetings";
pub(crate) const LOG_CALLS: &str = "log_calls";
pub(crate) const REGISTER_PEOPLE: &str = "register_people";
pub(crate) const DECIDE_REGISTRANTS: &str = "decide_registrants";
pub(crate) const FILL_CAMPAIGN: &str = "fill_campaign";
pub(crate) const FOLLOW_UP: &str = "follow_up";
pub(crate) const CHANGE_DATES: &str = "change_dates";
pub(crate) const CANCEL_DATES: &str = "cancel_dates";
const UNDO: &str = "undo";

/// A new group.
pub(crate) fn begun(group_id: &str, kind: &str, title: &str, now_ms: i64) -> Group {
    Group {
        group_id: group_id.to_owned(),
        kind: kind.to_owned(),
        title: title.to_owned(),
        paused: false,
        sweep: None,
        created_utc_ms: now_ms,
    }
}

/// What the user sees of it.
pub(super) fn shown(group: &Group, counts: &OutboxCounts) -> OutboxGroup {
    let ending = matches!(group.sweep, Some(Sweep::Stop | Sweep::Undo));
    let left = counts.unsent();
    OutboxGroup {
        id: group.group_id.clone(),
        what: match group.kind.as_str() {
            LOG_MEETINGS => GroupWhat::LogMeetings,
            LOG_CALLS => GroupWhat::LogCalls,
            REGISTER_PEOPLE => GroupWhat::RegisterPeople,
            DECIDE_REGISTRANTS => GroupWhat::DecideRegistrants,
            FILL_CAMPAIGN => GroupWhat::FillCampaign,
            FOLLOW_UP => GroupWhat::FollowUp,
            CHANGE_DATES => GroupWhat::ChangeDates,
            CANCEL_DATES => GroupWhat::CancelDates,
            UNDO => GroupWhat::Undo,
            _ => GroupWhat::Unknown,
        },
        title: liaison_domain::text::single_line(&group.title, 200),
        webinar: None,
        created: UtcMs(group.created_utc_ms),
        paused: group.paused && !ending,
        stopping: ending,
        total: counts.total(),
        done: counts.done,
        needs_you: counts.need_you(),
        left,
        discarded: counts.discarded,
        can_pause: left > 0 && !group.paused,
        can_resume: group.paused && !ending,
        can_stop: left + counts.need_you() > 0 && !ending,
        can_undo: counts.done > 0 && group.kind != UNDO && group.sweep != Some(Sweep::Undo),
        can_retry: counts.blocked + counts.review > 0 && !ending,
    }
}

impl Engine {
    /// Pauses a group, or lets it go on. What is under way ends.
    ///
    /// # Errors
    /// [`Error::Gone`]; [`Error::TooLate`] while it is being stopped.
    pub async fn pause_outbox_group(&self, id: String, paused: bool) -> Result<(), Error> {
        self.sweep(id, if paused { Sweep::Pause } else { Sweep::Resume }).await
    }

    /// Takes back what has not left; what is under way ends.
    ///
    /// # Errors
    /// As for [`Self::pause_outbox_group`].
    pub async fn stop_outbox_group(&self, id: String) -> Result<(), Error> {
        self.sweep(id, Sweep::Stop).await
    }

    /// Takes back what has not left, and undoes there what has, as a group of its own.
    ///
    /// # Errors
    /// As for [`Self::pause_outbox_group`].
    pub async fn undo_outbox_group(&self, id: String) -> Result<(), Error> {
        self.sweep(id, Sweep::Undo).await
    }

    /// Tries again what was refused.
    ///
    /// # Errors
    /// As for [`Self::pause_outbox_group`].
    pub async fn retry_outbox_group(&self, id: String) -> Result<(), Error> {
        self.sweep(id, Sweep::Retry).await
    }

    async fn sweep(&self, id: String, sweep: Sweep) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (group_id, now_ms) = (id.clone(), cx.now_ms());
        cx.store
            .write(move |tx| {
                outbox::begin_sweep(tx, &group_id, sweep)?;
                if sweep == Sweep::Undo {
                    begin_undo(tx, &group_id, now_ms)?;
                }
                Ok(())
            })
            .await?;
        cx.outbox_changed();
        cx.spawn(move |cx| go_through(cx, id, sweep));
        Ok(())
    }
}

/// Goes on with what was being done at the last end.
pub(super) async fn resume(cx: &Arc<Context>) {
    match cx.store.read(outbox::groups_swept).await {
        Ok(swept) => swept.into_iter().for_each(|(id, sweep)| cx.spawn(move |cx| go_through(cx, id, sweep))),
        Err(error) => tracing::error!(%error, "groups could not be gone on with"),
    }
}

async fn go_through(cx: Arc<Context>, id: String, sweep: Sweep) {
    let stopping = cx.stopping();
    let mut after = 0;
    let ended = loop {
        // The next start goes on.
        if *stopping.borrow() {
            return;
        }
        let (group_id, kinds, now_ms) = (id.clone(), cx.state::<Kinds>(), cx.now_ms());
        let sweeping = Arc::clone(&cx);
        let next = cx
            .store
            .write(move |tx| {
                let unsent = match sweep {
                    Sweep::Stop | Sweep::Undo => outbox::to_take_back(tx, &group_id, AT_ONCE)?,
                    Sweep::Pause | Sweep::Resume | Sweep::Retry => Vec::new(),
                };
                let again = |row: &OutboxRecord| kinds.named(&row.kind)?.tried_again(row);
                if let Some(next) = outbox::sweep_rows(tx, &group_id, sweep, after, AT_ONCE, &again, now_ms)? {
                    go_along(&sweeping, tx, &kinds, &unsent)?;
                    return Ok(Some(next));
                }
                if sweep == Sweep::Undo && undo_some(&sweeping, tx, &kinds, &group_id, now_ms)? {
                    return Ok(Some(0));
                }
                outbox::end_sweep(tx, &group_id, sweep).map(|()| None)
            })
            .await;
        cx.changed(&[Tag::Outbox]);
        match next {
            Ok(Some(next)) => after = next,
            // The end, or the user has decided something else meanwhile.
            Ok(None) | Err(StoreError::WrongState { .. }) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    if let Err(error) = ended {
        tracing::error!(%error, "a group could not be gone through; the next start goes on");
    }
    cx.outbox_changed();
}

fn undo_id(group_id: &str) -> String {
    format!("undo:{group_id}")
}

fn begin_undo(tx: &Transaction<'_>, group_id: &str, now_ms: i64) -> StoreResult<()> {
    let id = undo_id(group_id);
    if outbox::group(tx, &id)?.is_some() {
        return Ok(());
    }
    let title = outbox::group(tx, group_id)?.map(|(group, _)| group.title).unwrap_or_default();
    outbox::add_group(tx, &begun(&id, UNDO, &title, now_ms))
}

/// Whatever else the rows had brought about that were taken back goes with them.
fn go_along(cx: &Context, tx: &Transaction<'_>, kinds: &Kinds, rows: &[OutboxRecord]) -> StoreResult<()> {
    for row in rows {
        let gone = outbox::get(tx, &row.op_id)?.is_some_and(|row| row.state == RowState::Discarded);
        if let Some(kind) = kinds.named(&row.kind).filter(|_| gone) {
            kind.taken_back(cx, tx, row, None)?;
        }
    }
    Ok(())
}

/// Puts in the rows that undo some of what was done; answers whether there were any.
fn undo_some(cx: &Context, tx: &Transaction<'_>, kinds: &Kinds, group_id: &str, now_ms: i64) -> StoreResult<bool> {
    let done = outbox::to_undo(tx, group_id, AT_ONCE)?;
    for row in &done {
        if let Some(kind) = kinds.named(&row.kind)
            && let Some(undoing) = action::undoing(tx, kind, row, now_ms)?
        {
            let undoing = within_undo(tx, row, undoing)?;
            outbox::enqueue(tx, &undoing)?;
            kind.taken_back(cx, tx, row, Some(&undoing.op_id))?;
        }
        outbox::note_undone(tx, &row.op_id, now_ms)?;
    }
    Ok(!done.is_empty())
}

/// A row that undoes one of a group that is undone belongs to the group that undoes it.
pub(super) fn within_undo(
    tx: &Transaction<'_>,
    row: &OutboxRecord,
    undoing: NewOperation,
) -> StoreResult<NewOperation> {
    let Some(id) = row.group_id.as_deref().map(undo_id) else { return Ok(undoing) };
    if outbox::group(tx, &id)?.is_none() {
        return Ok(undoing);
    }
    Ok(NewOperation { group_id: Some(id), urgency: Urgency::Bulk, held_until_utc_ms: None, ..undoing })
}

/// In which order the states stand in a list: what asks for the user first, what is over last.
pub(crate) const IN_ORDER: [RowState; 9] = [
    RowState::Conflict,
    RowState::Review,
    RowState::Blocked,
    RowState::Held,
    RowState::Claimed,
    RowState::Pending,
    RowState::Waiting,
    RowState::Done,
    RowState::Discarded,
];
