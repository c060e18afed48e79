//! What the user may do with rows.

use std::sync::Arc;

use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::tables::records_pushed;
use liaison_store::{Connection, StoreError, StoreResult, Transaction};

use super::event::EVENT;
use super::kind::{Kind, Kinds, MEETING, undone_by};
use super::reason::{Need, Reason};
use super::target::Target;
use super::view::{FieldText, TakenBack};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::session::settings;

/// How long a discarded row can be brought back.
pub(super) const RESTORABLE_MS: i64 = 30 * 24 * 3_600_000;

/// What undoes a row that is done; nothing where it found what it wanted there already, where the user has decided anew
/// since, which it would write over, or where another record is meant by now.
pub(crate) fn undoing(
    db: &Connection,
    kind: &dyn Kind,
    row: &OutboxRecord,
    now_ms: i64,
) -> StoreResult<Option<NewOperation>> {
    let Some(undoing) = undone_by(kind, row, now_ms) else { return Ok(None) };
    let overtaken = outbox::overtaken(db, &row.op_id, &undoing)? || !kind.is_still_about_it(db, row)?;
    Ok((!overtaken).then_some(undoing))
}

/// Whether what a row belongs to was given up or taken back, so that bringing the row back would make it for nothing.
pub(super) fn parent_gone(db: &Connection, row: &OutboxRecord) -> StoreResult<bool> {
    if let Some(parent) = row.depends_on.as_deref().map(|id| outbox::get(db, id)).transpose()?.flatten()
        && parent.state == OutboxState::Discarded
    {
        return Ok(true);
    }
    // An Event that is to go, because its meeting goes, is another matter.
    let makes = row.kind == EVENT && row.action != OutboxAction::Delete;
    let meeting = if makes { outbox::last_by_subject(db, MEETING, &[&row.subject_key])? } else { Vec::new() };
    Ok(meeting.iter().any(|last| last.action == OutboxAction::Delete))
}

impl Engine {
    /// Takes back a row. What has not left is discarded; what may have arrived is looked up and undone there; what
    /// is done gets a row that undoes it.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it can't be undone any more.
    pub async fn undo_outbox_item(&self, id: String) -> Result<TakenBack, Error> {
        let cx = self.profile().await?;
        let (kinds, now_ms) = (cx.state::<Kinds>(), cx.now_ms());
        let taking = Arc::clone(&cx);
        let undone = cx
            .store
            .write(move |tx| {
                let row = outbox::get(tx, &id)?.ok_or(StoreError::NotFound { table: "outbox" })?;
                if is_past_undoing(&kinds, &row, now_ms) {
                    return Ok(None);
                }
                if row.state != OutboxState::Done {
                    return take_back(&taking, tx, &kinds, &row).map(Some);
                }
                let Some(kind) = kinds.named(&row.kind) else { return Ok(None) };
                let Some(undoing) = undoing(tx, kind, &row, now_ms)? else { return Ok(None) };
                outbox::enqueue(tx, &undoing)?;
                kind.taken_back(&taking, tx, &row, Some(&undoing.op_id))?;
                Ok(Some(TakenBack::Undoing))
            })
            .await?;
        cx.outbox_changed();
        undone.ok_or(Error::TooLate)
    }

    /// Gives a row up.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it is done.
    pub async fn discard_outbox_item(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (taking, kinds) = (Arc::clone(&cx), cx.state::<Kinds>());
        cx.store
            .write(move |tx| {
                let row = outbox::get(tx, &id)?.ok_or(StoreError::NotFound { table: "outbox" })?;
                take_back(&taking, tx, &kinds, &row).map(drop)
            })
            .await?;
        cx.outbox_changed();
        Ok(())
    }

    /// Brings back a row that was discarded in the last 30 days: held again, or, for what is never sent unattended,
    /// to be decided about.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it is older, not discarded, made by another row by now, or what it belongs to is gone.
    pub async fn restore_outbox_item(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (kinds, now_ms) = (cx.state::<Kinds>(), cx.now_ms());
        let restored = cx
            .store
            .write(move |tx| {
                let row = outbox::get(tx, &id)?.ok_or(StoreError::NotFound { table: "outbox" })?;
                let young = row.done_utc_ms.is_some_and(|at| now_ms - at <= RESTORABLE_MS);
                if row.state != OutboxState::Discarded || !young || parent_gone(tx, &row)? {
                    return Err(StoreError::WrongState { state: Some(row.state) });
                }
                let asks = asks(&kinds, &row);
                let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
                outbox::restore(tx, &id, asks, (hold_ms > 0 && !asks).then_some(now_ms + hold_ms), now_ms)
            })
            .await;
        match restored {
            Err(StoreError::Constraint(_)) => Err(Error::TooLate),
            outcome => {
                cx.outbox_changed();
                Ok(outcome?)
            }
        }
    }

    /// Sends a row now. What may have arrived is looked up now.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it is under way or done, or waits for something else.
    pub async fn retry_outbox_item(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (kinds, now_ms) = (cx.state::<Kinds>(), cx.now_ms());
        let claim = cx
            .store
            .write(move |tx| {
                let row = outbox::get(tx, &id)?.ok_or(StoreError::NotFound { table: "outbox" })?;
                match kinds.named(&row.kind).and_then(|kind| kind.tried_again(&row)) {
                    Some(payload) => outbox::edit(tx, &id, &row.title, &payload, None, now_ms)?,
                    None => outbox::retry(tx, &id, now_ms)?,
                }
                // The user is here, so what is never sent unattended may go, with the account it is for.
                let signed_in = Target::signed_in(tx, Target::provider(&row.target))?;
                let theirs = signed_in.is_some_and(|target| target.key == row.target);
                match asks(&kinds, &row) && row.maybe_sent_utc_ms.is_none() {
                    true if theirs => outbox::claim_row(tx, &id, now_ms).map(Some),
                    true => Err(StoreError::WrongState { state: Some(row.state) }),
                    false => Ok(None),
                }
            })
            .await?;
        match claim {
            Some(claim) => super::send_now(&cx, claim).await,
            None => cx.outbox_changed(),
        }
        Ok(())
    }

    /// Other texts for a row that was refused, or that has not left. It goes back in line.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it may have arrived, or has nothing that can be edited.
    pub async fn edit_outbox_item(&self, id: String, texts: Vec<FieldText>) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (kinds, now_ms) = (cx.state::<Kinds>(), cx.now_ms());
        let texts: Vec<(String, String)> = texts.into_iter().map(|text| (text.name, text.text)).collect();
        let edited = cx
            .store
            .write(move |tx| {
                let row = outbox::get(tx, &id)?.ok_or(StoreError::NotFound { table: "outbox" })?;
                let Some(payload) = kinds.named(&row.kind).and_then(|kind| kind.edited(&row, &texts)) else {
                    return Ok(false);
                };
                outbox::edit(tx, &id, &row.title, &payload, None, now_ms).map(|()| true)
            })
            .await?;
        cx.outbox_changed();
        if edited { Ok(()) } else { Err(Error::TooLate) }
    }

    /// What becomes of fields that somebody else changed since: ours are written, or theirs stay.
    ///
    /// # Errors
    /// [`Error::TooLate`] when there is nothing to decide.
    pub async fn decide_outbox_item(&self, id: String, mine: bool) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (kinds, now_ms) = (cx.state::<Kinds>(), cx.now_ms());
        cx.store
            .write(move |tx| {
                let row = outbox::get(tx, &id)?.ok_or(StoreError::NotFound { table: "outbox" })?;
                let Some(Reason::Needs(Need::Differs { fields })) = Reason::read(row.reason_json.as_deref()) else {
                    return Err(StoreError::WrongState { state: Some(row.state) });
                };
                match kinds.named(&row.kind).and_then(|kind| kind.decided(&row, mine, &fields)) {
                    Some(payload) => outbox::edit(tx, &id, &row.title, &payload, None, now_ms),
                    // Nothing of ours is left to be written.
                    None => outbox::take_back(tx, &id, now_ms).map(drop),
                }
            })
            .await?;
        cx.outbox_changed();
        Ok(())
    }

    /// Opens the record that a row made, in the browser.
    ///
    /// # Errors
    /// [`Error::Gone`] when it made none.
    pub async fn open_event(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let record = cx.store.read(move |db| record_of(db, &id)).await?;
        self.open_record(&cx, &record.ok_or(Error::Gone)?)
    }
}

fn record_of(db: &liaison_store::Connection, id: &str) -> liaison_store::StoreResult<Option<String>> {
    let Some(row) = outbox::get(db, id)? else { return Ok(None) };
    let pushed = records_pushed::get(db, &row.target, &row.identity)?.map(|pushed| pushed.record_id);
    Ok(row.record_id.or(pushed))
}

fn take_back(cx: &Context, tx: &Transaction<'_>, kinds: &Kinds, row: &OutboxRecord) -> StoreResult<TakenBack> {
    let taken = match outbox::take_back(tx, &row.op_id, cx.now_ms())? {
        outbox::TakenBack::Discarded(_) => TakenBack::NotSent,
        outbox::TakenBack::Wished => TakenBack::Undoing,
    };
    if let Some(kind) = kinds.named(&row.kind) {
        kind.taken_back(cx, tx, row, None)?;
    }
    Ok(taken)
}

/// Whether it may have arrived and nothing could undo it there, so that taking it back would only seem to do something.
/// What undoes a new record is known when that is.
fn is_past_undoing(kinds: &Kinds, row: &OutboxRecord, now_ms: i64) -> bool {
    row.maybe_sent_utc_ms.is_some()
        && row.state.is_open()
        && row.state != OutboxState::Review
        && row.action != OutboxAction::Create
        && kinds.named(&row.kind).is_some_and(|kind| kind.undoing(row, now_ms).is_none())
}

/// Whether the row waits for the user to send it.
fn asks(kinds: &Kinds, row: &OutboxRecord) -> bool {
    row.action == OutboxAction::Create && kinds.named(&row.kind).is_some_and(|kind| !kind.unattended())
}
