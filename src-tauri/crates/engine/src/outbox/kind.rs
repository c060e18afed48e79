//! What the outbox knows of a kind of row. A new kind is a file that implements [`Kind`], and a line in the list of
//! kinds of `profile.rs`.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_salesforce::{BulkOperation, BulkRow, Record, RowRefusal, SalesforceError};
use liaison_store::tables::outbox::{NewOperation, OutboxAction, OutboxRecord};
use liaison_store::{Connection, StoreResult, Transaction};
use liaison_transport::BoxFuture;

use super::reason::{Need, Reason, StoredDifference, Wait};
use super::view::{FieldValue, OutboxWhat, PendingChange};
use crate::context::Context;

/// What is kept locally when a row is done, in the transaction that says so. It may run more than once before it
/// takes effect.
pub(crate) type Keep = Arc<dyn Fn(&Transaction<'_>) -> StoreResult<()> + Send + Sync>;

/// What a done row came to.
#[derive(Clone, Default)]
pub(crate) struct Made {
    pub record_id: Option<String>,
    pub keep: Option<Keep>,
}

/// What became of an attempt to send a row.
#[derive(Clone)]
pub(crate) enum Outcome {
    Done(Made),
    /// A definite answer: it did not arrive.
    Later {
        not_before: DateTime<Utc>,
        reason: Wait,
    },
    /// A definite answer: it did not arrive, and nothing else for this account will before then.
    Pause {
        until: DateTime<Utc>,
        reason: Wait,
    },
    /// It may have arrived.
    Unknown,
    /// A definite answer: it did not arrive, and goes at once, in a request of its own.
    Alone,
    /// A definite answer: it did not arrive, and can't without the user.
    Needs(Need),
    /// Somebody else changed these fields; nothing was sent.
    Differs(Vec<StoredDifference>),
}

/// What a look-up found of a row that may have arrived.
#[derive(Clone)]
pub(crate) enum Found {
    /// It is there, as it was wanted.
    There(Made),
    /// The answer was complete, and it is not in it. Believed when two answers say so, the second no earlier than
    /// this time after the attempt.
    Absent { settling: TimeDelta },
    /// It could not be looked at.
    NotSeen { not_before: DateTime<Utc>, reason: Wait },
    /// It arrived, and something is wrong with it.
    Needs(Need),
    /// The service does not let us look: the user decides.
    CannotTell,
}

/// A meeting's name in the table.
pub(crate) const MEETING: &str = "meeting";

/// For kinds whose rows go one after the other.
pub(crate) async fn one_by_one<'a, T, W: Future<Output = T>>(
    rows: &'a [OutboxRecord],
    work: impl Fn(&'a OutboxRecord) -> W,
) -> Vec<T> {
    let mut done = Vec::with_capacity(rows.len());
    for row in rows {
        done.push(work(row).await);
    }
    done
}

/// One kind of row.
pub(crate) trait Kind: Send + Sync {
    /// The name in the table.
    fn name(&self) -> &'static str;

    /// Whether rows that make something may leave while nobody waits for them.
    fn unattended(&self) -> bool {
        true
    }

    /// How many rows go in one request.
    fn most(&self) -> u32 {
        1
    }

    /// How new records of this kind go by the thousand, where they can.
    fn in_bulk(&self) -> Option<&dyn InBulk> {
        None
    }

    /// Sends rows that can't have arrived; one outcome a row, in their order.
    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>>;

    /// Looks up rows that may have arrived; one finding a row, in their order.
    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>>;

    /// The row that undoes a done one there, when that is possible.
    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation>;

    /// Whether the record that a done row was about is still the one that the row's identity names, so that undoing the
    /// row is about nothing else.
    ///
    /// # Errors
    /// The database refuses.
    fn is_still_about_it(&self, _db: &Connection, _row: &OutboxRecord) -> StoreResult<bool> {
        Ok(true)
    }

    /// The user has taken back a row, or it is undone by another one: whatever else it had brought about goes with it.
    ///
    /// # Errors
    /// The database refuses.
    fn taken_back(
        &self,
        _cx: &Context,
        _tx: &Transaction<'_>,
        _row: &OutboxRecord,
        _undoing: Option<&str>,
    ) -> StoreResult<()> {
        Ok(())
    }

    /// A row that the user had taken back while it was under way did not arrive, and is discarded: what was left to its
    /// end follows.
    ///
    /// # Errors
    /// The database refuses.
    fn never_arrived(&self, _cx: &Context, _tx: &Transaction<'_>, _row: &OutboxRecord) -> StoreResult<()> {
        Ok(())
    }

    /// An open row of another record that this one lets go first.
    ///
    /// # Errors
    /// The database refuses.
    fn lets_go_first(&self, _db: &Connection, _row: &OutboxRecord) -> StoreResult<Option<OutboxRecord>> {
        Ok(None)
    }

    /// What an open row will make of the record it is about, where a room shows that beside the record.
    fn pending(&self, _row: &OutboxRecord) -> Option<PendingChange> {
        None
    }

    /// The webinar that a row is about.
    fn webinar(&self, _row: &OutboxRecord) -> Option<String> {
        None
    }

    /// With whom an open row will make something that no room shows yet: ids as `Lead:00Q…` or `Contact:003…`.
    fn makes_with(&self, _row: &OutboxRecord) -> Vec<String> {
        Vec::new()
    }

    /// What the user reads: the fields as they are written.
    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue>;

    fn what(&self, action: OutboxAction) -> OutboxWhat;

    /// The same where only the row tells.
    fn what_of(&self, row: &OutboxRecord) -> OutboxWhat {
        self.what(row.action)
    }

    /// The payload with other texts in the fields that the user may edit after a refusal; `None` where none may be.
    fn edited(&self, _row: &OutboxRecord, _texts: &[(String, String)]) -> Option<String> {
        None
    }

    /// The payload with which a refused row goes when the user tries it again; `None` where it stays as it is.
    fn tried_again(&self, _row: &OutboxRecord) -> Option<String> {
        None
    }

    /// The payload after the user has decided about fields that somebody else changed; `None` when nothing is left
    /// to send.
    fn decided(&self, _row: &OutboxRecord, _mine: bool, _fields: &[StoredDifference]) -> Option<String> {
        None
    }
}

/// The row that undoes a done one there, when that is possible. What was there before it left is not ours to take away.
pub(crate) fn undone_by(kind: &dyn Kind, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
    if Reason::was_there(row.reason_json.as_deref()) { None } else { kind.undoing(row, now_ms) }
}

/// A kind whose rows may go in a job of Salesforce's Bulk API: those that make records which nobody can make twice, by
/// our key or by one of Salesforce's own, and are done when the record is there. A job has no order, so nothing may
/// follow within the row.
pub(crate) trait InBulk: Send + Sync {
    /// What the job makes.
    fn object(&self) -> &'static str;

    /// How it makes them; `None` for what can't be said.
    fn operation(&self) -> Option<BulkOperation>;

    /// The fields that its records may have; of those that none has the job has no column.
    fn columns(&self) -> &'static [&'static str];

    /// What a row's result is known by, in lower case: the same for the row and for the result that tells of it.
    fn known_by(&self, row: &OutboxRecord) -> Option<String>;

    /// The same of a result.
    fn told_of(&self, result: &BulkRow) -> Option<String>;

    /// What is to be written for each row, in their order, after looking for what is there already.
    ///
    /// # Errors
    /// Why none of them goes in a job now.
    fn prepare<'a>(
        &'a self,
        cx: &'a Arc<Context>,
        rows: &'a [OutboxRecord],
    ) -> BoxFuture<'a, Result<Vec<Prepared>, NotInBulk>>;

    /// What a row came to whose record was saved.
    fn made(&self, row: &OutboxRecord, record_id: String, now: DateTime<Utc>) -> Made;

    /// What the refusal of one row means.
    fn refused(&self, cx: &Context, refusal: &RowRefusal, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome;

    /// What the refusal of the whole job means for a row, of which nothing has left.
    fn failed(&self, cx: &Context, error: &SalesforceError, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome;
}

/// A row before a job.
#[derive(Clone)]
pub(crate) enum Prepared {
    /// It goes, as this record.
    Goes(Record),
    /// It is settled without the job.
    Settled(Outcome),
}

/// Why rows go in no job.
pub(crate) enum NotInBulk {
    /// The org has no field for our key, or does not take jobs from this user: they go in requests.
    Requests,
    /// It could not be found out.
    Failed(SalesforceError),
}

/// The kinds of a profile.
#[derive(Default)]
pub(crate) struct Kinds(OnceLock<Vec<Box<dyn Kind>>>);

impl Kinds {
    pub fn set(&self, kinds: Vec<Box<dyn Kind>>) {
        let _ = self.0.set(kinds);
    }

    /// `None` for a kind that a newer version wrote.
    pub fn named(&self, name: &str) -> Option<&dyn Kind> {
        self.0.get()?.iter().find(|kind| kind.name() == name).map(AsRef::as_ref)
    }
}
