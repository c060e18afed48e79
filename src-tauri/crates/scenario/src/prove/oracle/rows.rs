//! Rows by themselves: at rest, and in order.

use std::collections::HashMap;

use liaison_store::tables::outbox::{OutboxAction, OutboxRecord, OutboxState};

use super::{Oracle, told};

/// What these have made says more than they wrote, and is not taken away again.
const NEVER_UNDONE: [&str; 2] = ["campaign", "campaignMember"];

fn undoes(row: &OutboxRecord, other: &OutboxRecord) -> bool {
    let kind = if row.kind == "registrant" { "registrantStatus" } else { row.kind.as_str() };
    let same = if row.record_id.is_some() { other.record_id == row.record_id } else { other.identity == row.identity };
    other.kind == kind && other.action == OutboxAction::Delete && same
}

/// What it wanted was there before it left, so that there is nothing of its own to undo.
fn was_there(row: &OutboxRecord) -> bool {
    row.reason_json.as_deref() == Some(r#"{"there":{}}"#)
}

impl Oracle<'_> {
    /// Drained, and no doubt is left but the one that the user is asked about.
    pub(super) fn at_rest(&mut self, rows: &[OutboxRecord]) {
        let by_id: HashMap<&str, &OutboxRecord> = rows.iter().map(|row| (row.op_id.as_str(), row)).collect();
        for row in rows {
            let told = told(row);
            match row.state {
                OutboxState::Held | OutboxState::Pending | OutboxState::Claimed => {
                    self.fail(format!("stalled: {told}"));
                }
                OutboxState::Waiting => {
                    let asks = |row: &OutboxRecord| {
                        matches!(row.state, OutboxState::Blocked | OutboxState::Review | OutboxState::Conflict)
                    };
                    let before = rows.iter().any(|other| {
                        other.op_id != row.op_id
                            && (row.depends_on.as_ref() == Some(&other.op_id)
                                || (other.target == row.target && other.order_key == row.order_key))
                            && (asks(other) || other.state == OutboxState::Waiting)
                    });
                    if !before {
                        self.fail(format!("waits for nothing: {told}"));
                    }
                }
                _ => {}
            }
            let doubtful = matches!(row.state, OutboxState::Review | OutboxState::Discarded);
            if row.maybe_sent_utc_ms.is_some() && !doubtful {
                self.fail(format!("still may have arrived: {told}"));
            }
            let unsure = row.reason_json.as_deref().is_some_and(|reason| reason.contains("unsure"));
            if row.maybe_sent_utc_ms.is_some() && row.state == OutboxState::Discarded && !unsure {
                self.fail(format!("given up while it may have arrived: {told}"));
            }
            if row.state == OutboxState::Done
                && row.action == OutboxAction::Create
                && row.take_back_utc_ms.is_some()
                && !was_there(row)
                && !NEVER_UNDONE.contains(&row.kind.as_str())
                && !rows.iter().any(|other| undoes(row, other))
            {
                self.fail(format!("taken back, and nothing undoes it: {told}"));
            }
            if row.state == OutboxState::Blocked && row.reason_json.is_none() {
                self.fail(format!("no reason is told: {told}"));
            }
            if let Some(parent) = &row.depends_on
                && row.state == OutboxState::Done
                && by_id
                    .get(parent.as_str())
                    .is_none_or(|parent| parent.state != OutboxState::Done || parent.done_utc_ms > row.done_utc_ms)
            {
                self.fail(format!("went before what it waits for: {told}"));
            }
        }
    }

    /// Rows of one record go in the order of the user's decisions.
    pub(super) fn in_order(&mut self, rows: &[OutboxRecord]) {
        let mut last: HashMap<(&str, &str), (i64, String)> = HashMap::new();
        for row in rows.iter().filter(|row| row.state == OutboxState::Done) {
            let done = row.done_utc_ms.unwrap_or_default();
            let key = (row.target.as_str(), row.order_key.as_str());
            if let Some((before, other)) = last.get(&key)
                && done < *before
            {
                self.found.push(format!("went before an earlier one ({other}): {}", told(row)));
            }
            last.insert(key, (done, row.op_id.clone()));
        }
    }
}
