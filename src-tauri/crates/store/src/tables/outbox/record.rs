//! The row of the outbox and the words in it.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Params, Row, Statement};

use crate::error::StoreResult;
use crate::tables::text_column::{UnknownText, text_enum};

text_enum! {
    /// Where a row is on its way.
    pub enum OutboxState {
        /// Waits for an earlier row with its order key, for the row it depends on, or for its group.
        Waiting = "waiting",
        /// Waits for its hold to end; the user can still undo it.
        Held = "held",
        /// Waits for its time.
        Pending = "pending",
        /// Is being sent or looked up. Found at a start: unknown whether it arrived.
        Claimed = "claimed",
        /// Made, and the answer was complete.
        Done = "done",
        /// Refused; the user has something to do first.
        Blocked = "blocked",
        /// Unknown whether it arrived, and looking it up did not tell; the user decides.
        Review = "review",
        /// Somebody else changed what it changes; the user decides.
        Conflict = "conflict",
        /// Taken back by the user.
        Discarded = "discarded",
    }
}

impl OutboxState {
    /// Whether something is still to be done with it.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Discarded)
    }

    /// Whether it goes on only when the user has decided something.
    pub const fn needs_the_user(self) -> bool {
        matches!(self, Self::Blocked | Self::Review | Self::Conflict)
    }
}

text_enum! {
    /// What is done to the record.
    pub enum OutboxAction {
        /// Make it.
        Create = "create",
        /// Change it.
        Update = "update",
        /// Delete it.
        Delete = "delete",
    }
}

/// Which rows of a target go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Urgency {
    /// The user's own click.
    Click,
    /// One of many.
    Bulk,
}

impl ToSql for Urgency {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::from(*self == Self::Bulk).into())
    }
}

impl FromSql for Urgency {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            0 => Ok(Self::Click),
            1 => Ok(Self::Bulk),
            _ => Err(FromSqlError::Other(Box::new(UnknownText("urgency")))),
        }
    }
}

/// Defines the row and how it is read, so that a column is told once.
macro_rules! outbox_record {
    ($($(#[$doc:meta])* $name:ident: $kind:ty = $column:literal,)+) => {
        /// One row.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct OutboxRecord { $($(#[$doc])* pub $name: $kind,)+ }

        /// The columns of a row that is named `o`, for a query that [`from_row`] reads.
        pub(super) const COLUMNS: &str = concat!("o.position" $(, ", ", $column)+);

        pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<OutboxRecord> {
            Ok(OutboxRecord { $($name: row.get(stringify!($name))?,)+ })
        }
    };
}

outbox_record! {
    /// The operation's own id.
    op_id: String = "o.op_id",
    /// The account that it is meant for; it is sent to no other.
    target: String = "o.target",
    /// Whose account that is, as it was called when the user decided.
    target_name: String = "o.target_name",
    /// What it is; the engine knows the kinds.
    kind: String = "o.kind",
    /// What is done.
    action: OutboxAction = "o.action",
    /// Our key of the record it is about, unique within target and kind.
    identity: String = "o.identity",
    /// Rows with the same one go in order.
    order_key: String = "o.order_key",
    /// The key of the Zoom thing it is about.
    subject_key: String = "o.subject_key",
    /// Rows with the same one may go in one request.
    batch_key: Option<String> = "o.batch_key",
    /// The group it belongs to.
    group_id: Option<String> = "o.group_id",
    /// Whether it goes before others.
    urgency: Urgency = "o.lane AS urgency",
    /// The Bulk job that has taken it.
    job_id: Option<String> = "o.job_id",
    /// The operation that has to be done first.
    depends_on: Option<String> = "o.depends_on",
    /// The record that that one made.
    parent_record_id: Option<String> =
        "(SELECT p.record_id FROM outbox AS p WHERE p.op_id = o.depends_on) AS parent_record_id",
    /// What the user sees in the list.
    title: String = "o.title",
    /// Whom it is about.
    person_name: Option<String> = "o.person_name",
    /// What is sent, in the engine's own versioned form.
    payload_json: String = "o.payload_json",
    /// Where it is.
    state: OutboxState = "o.state",
    /// Why it is there, in the engine's own form.
    reason_json: Option<String> = "o.reason_json",
    /// How often it was claimed.
    attempts: i64 = "o.attempts",
    /// Not to be sent before.
    ready_utc_ms: i64 = "o.ready_utc_ms",
    /// When its hold ends.
    held_until_utc_ms: Option<i64> = "o.held_until_utc_ms",
    /// Since when it may have arrived.
    maybe_sent_utc_ms: Option<i64> = "o.maybe_sent_utc_ms",
    /// When a complete look-up first did not find it.
    absent_utc_ms: Option<i64> = "o.absent_utc_ms",
    /// When the user took it back although it may have arrived.
    take_back_utc_ms: Option<i64> = "o.take_back_utc_ms",
    /// The record, once it is known.
    record_id: Option<String> = "o.record_id",
    /// When the user decided it.
    created_utc_ms: i64 = "o.created_utc_ms",
    /// When it was last claimed.
    claimed_utc_ms: Option<i64> = "o.claimed_utc_ms",
    /// When it was done or discarded.
    done_utc_ms: Option<i64> = "o.done_utc_ms",
}

/// What is needed to put an operation into the outbox. See [`OutboxRecord`] for the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of `OutboxRecord`")]
pub struct NewOperation {
    pub op_id: String,
    pub target: String,
    pub target_name: String,
    pub kind: String,
    pub action: OutboxAction,
    pub identity: String,
    pub order_key: String,
    pub subject_key: String,
    pub batch_key: Option<String>,
    pub group_id: Option<String>,
    pub urgency: Urgency,
    pub depends_on: Option<String>,
    pub title: String,
    pub person_name: Option<String>,
    pub payload_json: String,
    pub record_id: Option<String>,
    pub held_until_utc_ms: Option<i64>,
    pub created_utc_ms: i64,
}

/// What became of an attempt to put an operation into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enqueued {
    /// It is in.
    Added,
    /// The same thing is made by another operation, which is not discarded; nothing was added.
    AlreadyThere {
        /// The operation that makes it.
        op_id: String,
        /// Where that one is.
        state: OutboxState,
    },
}

/// How many rows are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "one field for each variant of `OutboxState`")]
pub struct OutboxCounts {
    pub waiting: u32,
    pub held: u32,
    pub pending: u32,
    pub claimed: u32,
    pub done: u32,
    pub blocked: u32,
    pub review: u32,
    pub conflict: u32,
    pub discarded: u32,
}

impl OutboxCounts {
    /// Reads rows of a state and a count.
    pub(super) fn read(statement: &mut Statement<'_>, params: impl Params) -> StoreResult<Self> {
        let mut counts = Self::default();
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            let count = row.get(1)?;
            *counts.place(row.get(0)?) = count;
        }
        Ok(counts)
    }

    fn place(&mut self, state: OutboxState) -> &mut u32 {
        match state {
            OutboxState::Waiting => &mut self.waiting,
            OutboxState::Held => &mut self.held,
            OutboxState::Pending => &mut self.pending,
            OutboxState::Claimed => &mut self.claimed,
            OutboxState::Done => &mut self.done,
            OutboxState::Blocked => &mut self.blocked,
            OutboxState::Review => &mut self.review,
            OutboxState::Conflict => &mut self.conflict,
            OutboxState::Discarded => &mut self.discarded,
        }
    }

    /// Rows in one state.
    pub fn of(mut self, state: OutboxState) -> u32 {
        *self.place(state)
    }

    /// Rows in all states.
    pub fn total(&self) -> u32 {
        self.unsent() + self.need_you() + self.done + self.discarded
    }

    /// Rows that wait for the user.
    pub fn need_you(&self) -> u32 {
        self.blocked + self.review + self.conflict
    }

    /// Rows that go out by themselves, sooner or later.
    pub fn unsent(&self) -> u32 {
        self.waiting + self.held + self.pending + self.claimed
    }
}
