//! Bulk API 2.0, both ways.

use std::time::Duration;

use liaison_salesforce::{BulkOperation, Polling, Query, Salesforce, Sheet};
use serde_json::json;

use super::{broken, field, object, record};
use crate::failure::Failure;
use crate::journey::Journey;

const CREATE_INGEST: &str = "POST /jobs/ingest";
const SET_INGEST: &str = "PATCH /jobs/ingest/{id}";
const LOOK_INGEST: &str = "GET /jobs/ingest/{id}";
const CREATE_QUERY: &str = "POST /jobs/query";

/// The sandbox's jobs take moments.
const POLLING: Polling =
    Polling { first: Duration::from_millis(50), longest: Duration::from_millis(500), total: Duration::from_mins(1) };

pub async fn travel(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    ingest(journey, salesforce).await?;
    query(journey, salesforce).await
}

async fn ingest(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    let lead = object("Lead")?;
    let mut sheet = Sheet::new(vec![field("LastName")?, field("Company")?]).map_err(broken)?;
    for name in ["Good", "Better"] {
        sheet
            .push(&record([("LastName", json!(name)), ("Company", json!("Bulk, \"quoted\"\nand more"))])?)
            .map_err(broken)?;
    }
    // A row without a required field comes back among those that failed.
    sheet.push(&record([("Company", json!("Bulk"))])?).map_err(broken)?;
    let sent = sheet.len();
    let started = salesforce.start_ingest(&lead, &BulkOperation::Insert, sheet);
    let Some(job) = journey.step(CREATE_INGEST, started).await else { return Ok(()) };
    let Some(done) = journey.step(LOOK_INGEST, salesforce.await_ingest_job(job.id, &POLLING)).await else {
        return Ok(());
    };
    journey.step("GET /jobs/ingest/{id}/successfulResults", salesforce.ingest_results(&done, sent)).await;

    let given_up = salesforce.create_ingest_job(&lead, &BulkOperation::Insert);
    let Some(given_up) = journey.step(CREATE_INGEST, given_up).await else { return Ok(()) };
    let mut sheet = Sheet::new(vec![field("LastName")?]).map_err(broken)?;
    sheet.push(&record([("LastName", json!("Never"))])?).map_err(broken)?;
    journey.step("PUT /jobs/ingest/{id}/batches", salesforce.upload_ingest_data(given_up.id, sheet)).await;
    if let Some(aborted) = journey.step(SET_INGEST, salesforce.abort_ingest_job(given_up.id)).await {
        journey.step("GET /jobs/ingest/{id}/unprocessedrecords", salesforce.ingest_results(&aborted, 1)).await;
    }
    Ok(())
}

async fn query(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    let soql = Query::from("Lead").select(["Id", "LastName"]).build().map_err(broken)?;
    let started = salesforce.start_bulk_query(&soql, false);
    let Some(job) = journey.step(CREATE_QUERY, started).await else { return Ok(()) };
    journey.step("GET /jobs/query/{id}", salesforce.await_bulk_query(job.id, &POLLING)).await;
    let results = "GET /jobs/query/{id}/results";
    if let Some(page) = journey.step(results, salesforce.bulk_query_page(job.id, None, 100)).await
        && let Some(next) = &page.next
    {
        journey.step(results, salesforce.bulk_query_page(job.id, Some(next), 100)).await;
    }
    journey.step("DELETE /jobs/query/{id}", salesforce.delete_bulk_query(job.id)).await;
    Ok(())
}
