//! `GET /limits` and `GET /limits/recordCount`.

use serde_json::{Map, Value, json};

use super::call::{Call, Reply};
use super::data::Work;
use super::records::Database;
use super::refusal::Refusal;

/// The limits that a client may want to show; what is left of the calls is real.
pub fn limits(work: &Work<'_>) -> Result<Reply, Refusal> {
    if work.limits_hidden {
        let text = "The right to view the setup and configuration of the org is required";
        return Err(Refusal::new("INSUFFICIENT_ACCESS", text).with_status(403));
    }
    let left = work.daily_calls.saturating_sub(work.calls_today);
    let full = |max: u64| json!({ "Max": max, "Remaining": max });
    Ok(Reply::ok(json!({
        "DailyApiRequests": { "Max": work.daily_calls, "Remaining": left },
        "DailyBulkApiBatches": full(15_000),
        "DailyBulkV2QueryJobs": full(10_000),
        "DailyBulkV2QueryFileStorageMB": full(976_562),
        "DataStorageMB": { "Max": 1_024, "Remaining": 1_000 },
        "FileStorageMB": { "Max": 1_024, "Remaining": 1_020 },
        "DailyAsyncApexExecutions": full(250_000),
        "DailyStreamingApiEvents": full(10_000),
    })))
}

/// Approximate counts of the objects that were asked for.
pub fn record_count(call: &Call, database: &Database) -> Reply {
    let names = call.parameter("sObjects").unwrap_or_default();
    let mut counts = Vec::new();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if let Some(object) = database.object(name) {
            let count = database.rows(object.name()).filter(|row| !row.deleted).count();
            let mut entry = Map::new();
            entry.insert("count".to_owned(), Value::from(count));
            entry.insert("name".to_owned(), Value::from(object.name()));
            counts.push(Value::Object(entry));
        }
    }
    Reply::ok(json!({ "sObjects": counts }))
}
