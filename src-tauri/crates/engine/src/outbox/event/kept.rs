//! What is kept here of an Event that was written.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord};
use liaison_store::tables::records_pushed::{self, PushedRecord};

use super::EVENT;
use super::fields::Payload;
use crate::outbox::kind::Made;
use crate::outbox::reason::{Reason, StoredLeftOut};

/// What is noted of an Event that is there now (or, without an id, no longer).
pub(super) fn kept(row: &OutboxRecord, record_id: Option<String>, now: DateTime<Utc>) -> Made {
    kept_without(row, record_id, now, Vec::new())
}

/// The same, with whom it could not be made to be about.
pub(super) fn kept_without(
    row: &OutboxRecord,
    record_id: Option<String>,
    now: DateTime<Utc>,
    left_out: Vec<StoredLeftOut>,
) -> Made {
    let remark = (!left_out.is_empty()).then(|| (row.op_id.clone(), Reason::Without(left_out).json()));
    let note = PushedRecord {
        target: row.target.clone(),
        ext_key: row.identity.clone(),
        kind: EVENT.to_owned(),
        record_id: record_id.clone().unwrap_or_default(),
        pushed_utc_ms: now.timestamp_millis(),
        fields_json: row.payload_json.clone(),
        deleted_there_utc_ms: None,
    };
    let own = record_id.clone().or_else(|| row.record_id.clone());
    let deleted = row.action == OutboxAction::Delete;
    let formerly = Payload::read(&row.payload_json).and_then(|payload| payload.formerly);
    Made {
        record_id,
        keep: Some(Arc::new(move |tx| {
            if let Some((op_id, reason)) = &remark {
                outbox::remark(tx, op_id, reason)?;
            }
            if deleted {
                return records_pushed::remove(tx, &note.target, &note.ext_key);
            }
            // It may have been noted under its former key once more by a row that was under way; another Event may be
            // noted under that by now.
            if let Some(formerly) = &formerly
                && let Some(known) = records_pushed::get(tx, &note.target, formerly)?
                && own.as_ref().is_none_or(|own| *own == known.record_id)
            {
                records_pushed::remove(tx, &note.target, formerly)?;
            }
            let mut note = note.clone();
            if note.record_id.is_empty()
                && let Some(known) = records_pushed::get(tx, &note.target, &note.ext_key)?
            {
                note.record_id = known.record_id;
            }
            records_pushed::put(tx, &note)
        })),
    }
}
