//! The row of the outbox and the words in it.

use rusqlite::Row;

use crate::tables::text_column::text_enum;

text_enum! {
    /// Where a row is on its way.
    pub enum OutboxState {
        /// Waits for its hold to end; the user can still undo it.
        Held = "held",
        /// Waits for its turn.
        Pending = "pending",
        /// Is being sent. Found at a start: unknown whether it arrived.
        Claimed = "claimed",
        /// Made, and the answer was complete.
        Done = "done",
        /// Refused; the user has something to do first.
        Blocked = "blocked",
        /// Unknown whether it arrived, and looking it up did not tell; the user decides.
        Review = "review",
        /// Taken back by the user.
        Discarded = "discarded",
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

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRecord {
    /// The operation's own id, a UUIDv7.
    pub op_id: String,
    /// Our key of the record it is about.
    pub ext_key: String,
    /// The organization it is meant for; it is sent to no other.
    pub org_id: String,
    /// The Salesforce user it is meant for.
    pub user_id: String,
    /// The environment it is meant for.
    pub environment: String,
    /// The Salesforce object.
    pub object: String,
    /// What is done to it.
    pub action: OutboxAction,
    /// The key of the Zoom thing it is about.
    pub subject_key: String,
    /// What the user sees in the list.
    pub title: String,
    /// Whom it is about.
    pub person_name: Option<String>,
    /// The fields, in the engine's own versioned form.
    pub payload_json: String,
    /// A hash over the fields as they are sent.
    pub payload_hash: String,
    /// The Salesforce record, once it is known.
    pub record_id: Option<String>,
    /// The record's version that a change is based on.
    pub base_version: Option<String>,
    /// The operation that has to be done first.
    pub depends_on: Option<String>,
    /// Where it is.
    pub state: OutboxState,
    /// Why it is there, in the engine's own form.
    pub reason_json: Option<String>,
    /// How often it was claimed.
    pub attempts: i64,
    /// Not to be sent before.
    pub not_before_utc_ms: i64,
    /// When its hold ends.
    pub held_until_utc_ms: Option<i64>,
    /// When it was last claimed.
    pub claimed_utc_ms: Option<i64>,
    /// When the user decided it.
    pub created_utc_ms: i64,
    /// When it was done.
    pub done_utc_ms: Option<i64>,
}

/// What is needed to put an operation into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOperation {
    /// See [`OutboxRecord::op_id`].
    pub op_id: String,
    /// See [`OutboxRecord::ext_key`].
    pub ext_key: String,
    /// See [`OutboxRecord::org_id`].
    pub org_id: String,
    /// See [`OutboxRecord::user_id`].
    pub user_id: String,
    /// See [`OutboxRecord::environment`].
    pub environment: String,
    /// See [`OutboxRecord::object`].
    pub object: String,
    /// See [`OutboxRecord::action`].
    pub action: OutboxAction,
    /// See [`OutboxRecord::subject_key`].
    pub subject_key: String,
    /// See [`OutboxRecord::title`].
    pub title: String,
    /// See [`OutboxRecord::person_name`].
    pub person_name: Option<String>,
    /// See [`OutboxRecord::payload_json`].
    pub payload_json: String,
    /// See [`OutboxRecord::payload_hash`].
    pub payload_hash: String,
    /// See [`OutboxRecord::record_id`].
    pub record_id: Option<String>,
    /// See [`OutboxRecord::base_version`].
    pub base_version: Option<String>,
    /// See [`OutboxRecord::depends_on`].
    pub depends_on: Option<String>,
    /// The end of its hold; `None` puts it in line at once.
    pub held_until_utc_ms: Option<i64>,
    /// When the user decided it.
    pub created_utc_ms: i64,
}

/// What became of an attempt to put an operation into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enqueued {
    /// It is in.
    Added,
    /// This record is made by another operation, which is not discarded; nothing was added.
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
    pub held: u32,
    pub pending: u32,
    pub claimed: u32,
    pub done: u32,
    pub blocked: u32,
    pub review: u32,
    pub discarded: u32,
}

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<OutboxRecord> {
    Ok(OutboxRecord {
        op_id: row.get("op_id")?,
        ext_key: row.get("ext_key")?,
        org_id: row.get("org_id")?,
        user_id: row.get("user_id")?,
        environment: row.get("environment")?,
        object: row.get("object")?,
        action: row.get("action")?,
        subject_key: row.get("subject_key")?,
        title: row.get("title")?,
        person_name: row.get("person_name")?,
        payload_json: row.get("payload_json")?,
        payload_hash: row.get("payload_hash")?,
        record_id: row.get("record_id")?,
        base_version: row.get("base_version")?,
        depends_on: row.get("depends_on")?,
        state: row.get("state")?,
        reason_json: row.get("reason_json")?,
        attempts: row.get("attempts")?,
        not_before_utc_ms: row.get("not_before_utc_ms")?,
        held_until_utc_ms: row.get("held_until_utc_ms")?,
        claimed_utc_ms: row.get("claimed_utc_ms")?,
        created_utc_ms: row.get("created_utc_ms")?,
        done_utc_ms: row.get("done_utc_ms")?,
    })
}
