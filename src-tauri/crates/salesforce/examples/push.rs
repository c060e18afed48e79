//! How fast, and with how many calls, records go to Salesforce: by collections of 200, and by a Bulk
//! job. A sandbox takes `--records N` Tasks with keys.

use std::io::Write as _;
use std::time::{Duration, Instant};

use liaison_salesforce::{
    BulkOperation, Collection, ExternalKey, FieldName, KEY_FIELD, MOST_COLLECTION_ROWS, ObjectName, Polling, Record,
    Salesforce, Sheet,
};
use liaison_sandbox::{Sandbox, SandboxConfig, WorldKind};

#[path = "support/mod.rs"]
mod support;

use support::{Failure, client, number, per_second};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let records = number("--records", 10_000)?;
    let sandbox = Sandbox::start(SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() }).await?;
    let salesforce = client(&sandbox)?;
    let (start, before) = (Instant::now(), salesforce.calls());
    by_collections(&salesforce, records).await?;
    report("collections", records, start.elapsed(), salesforce.calls() - before)?;
    let (start, before) = (Instant::now(), salesforce.calls());
    by_bulk(&salesforce, records).await?;
    report("Bulk", records, start.elapsed(), salesforce.calls() - before)
}

fn task(number: usize) -> Result<Record, Failure> {
    Ok(Record::new().set("Subject", format!("Call {number}"))?.set("Status", "Completed")?.set("Priority", "Normal")?)
}

fn key(way: &str, number: usize) -> Result<ExternalKey, Failure> {
    Ok(ExternalKey::new(format!("lk1_{way}_{number}"))?)
}

async fn by_collections(salesforce: &Salesforce, records: usize) -> Result<(), Failure> {
    let (object, key_field) = (ObjectName::new("Task")?, FieldName::new(KEY_FIELD)?);
    let numbers: Vec<usize> = (0..records).collect();
    for part in numbers.chunks(MOST_COLLECTION_ROWS) {
        let rows =
            part.iter().map(|number| Ok((key("c", *number)?, task(*number)?))).collect::<Result<_, Failure>>()?;
        let collection = Collection::Upsert { key_field: key_field.clone(), rows };
        let outcomes = salesforce.write_collection(&object, &collection).await?;
        if !outcomes.iter().all(|row| row.as_ref().is_ok_and(|saved| saved.created)) {
            return Err("a row was not made".into());
        }
    }
    Ok(())
}

async fn by_bulk(salesforce: &Salesforce, records: usize) -> Result<(), Failure> {
    let (object, key_field) = (ObjectName::new("Task")?, FieldName::new(KEY_FIELD)?);
    let columns = [KEY_FIELD, "Subject", "Status", "Priority"];
    let columns: Vec<FieldName> = columns.into_iter().map(FieldName::new).collect::<Result<_, _>>()?;
    let operation = BulkOperation::Upsert { key_field: key_field.clone() };
    let mut number = 0;
    while number < records {
        let mut sheet = Sheet::new(columns.clone())?;
        while number < records && sheet.push(&task(number)?.with_key(&key_field, &key("b", number)?))? {
            number += 1;
        }
        let sent = sheet.len();
        let job = salesforce.start_ingest(&object, &operation, sheet).await?;
        let polling = Polling { first: Duration::from_millis(500), ..Polling::default() };
        let job = salesforce.await_ingest_job(job.id, &polling).await?;
        let rows = salesforce.ingest_results(&job, sent).await?;
        if !rows.iter().all(|row| matches!(&row.outcome, Some(Ok(saved)) if saved.created)) {
            return Err("a row was not made".into());
        }
    }
    Ok(())
}

fn report(way: &str, records: usize, took: Duration, calls: u64) -> Result<(), Failure> {
    let thousands = (records as u64).div_ceil(1_000).max(1);
    writeln!(
        std::io::stdout().lock(),
        "{way}: {records} records in {} ms, {} records/s, {calls} calls, {:.1} calls per 1,000 records",
        took.as_millis(),
        per_second(records, took),
        f64::from(u32::try_from(calls)?) / f64::from(u32::try_from(thousands)?),
    )?;
    Ok(())
}
