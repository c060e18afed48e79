//! Thousands of rows at once: one job takes them, and each has a result of its own.

use liaison_engine::view::{NeedsYou, OutboxFilter, OutboxQuery, OutboxState};
use liaison_salesforce::KEY_FIELD;
use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{AfterEffect, BeforeEffect, FaultRule, SandboxConfig, Service};
use liaison_store::tables::outbox::Urgency;
use serde_json::{Value, json};

use crate::many_rows::{self, key, row_id};
use crate::schedule::sent;
use crate::stage::Stage;

/// More than go in requests.
const ROWS: usize = 2_050;
const JOBS: &str = "/services/data/*/jobs/ingest";

async fn with_rows(stage: &mut Stage, change: impl Fn(usize, &mut Value)) {
    stage.with_store(|store| store.write_now(|tx| many_rows::put(tx, 0..ROWS, Urgency::Bulk, None, change))).await;
}

async fn nothing_waits(stage: &Stage) {
    stage.until("nothing waits", async || stage.engine.app_state().await.unwrap().unsent == 0).await;
}

fn requests(stage: &Stage, method: &str, ending: &str) -> u64 {
    let counts = stage.sandbox.requests().counts();
    counts.iter().filter(|one| one.method == method && one.route.ends_with(ending)).map(|one| one.count).sum()
}

async fn page(stage: &Stage, filter: OutboxFilter, offset: u32) -> liaison_engine::view::Outbox {
    stage.engine.outbox(OutboxQuery { filter, offset, limit: Some(20), group: None }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_go_in_one_job_and_a_bad_one_stops_none_of_them() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    // Another computer of the rep has made one of them.
    let path = format!("/services/data/v62.0/sobjects/Event/{KEY_FIELD}/{}", key(7));
    let body = json!({"Subject": "Event 7", "StartDateTime": "2027-01-15T08:07:00Z", "DurationInMinutes": 30});
    stage.ask_salesforce(reqwest::Method::PATCH, &path, Some(body)).await;
    with_rows(&mut stage, |place, fields| match place {
        3 => fields["subject"] = json!(""),
        5 => fields["who"] = json!("Contact:003000000000999AAA"),
        _ => {}
    })
    .await;
    nothing_waits(&stage).await;

    assert_eq!(stage.effects("Event.created"), ROWS - 2);
    assert_eq!((requests(&stage, "POST", "/jobs/ingest"), requests(&stage, "PUT", "/batches")), (1, 1));
    let refused = page(&stage, OutboxFilter::NeedsYou, 0).await;
    assert_eq!((refused.total, refused.counts.needs_you, refused.needs_you), (2, 2, 2));
    let cause = |id: &str| match &refused.items.iter().find(|item| item.id == id).unwrap().state {
        OutboxState::NeedsYou { cause } => cause.clone(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(cause(&row_id(3)), NeedsYou::Refused { fields, .. } if fields == ["Subject"]));
    assert!(matches!(cause(&row_id(5)), NeedsYou::RecordGone { .. }), "{:?}", cause(&row_id(5)));
    // The list comes in pages, and each page tells how many there are.
    let all = u32::try_from(ROWS - 2).unwrap();
    let last = page(&stage, OutboxFilter::Sent, all - 5).await;
    assert_eq!((last.items.len(), last.total, last.offset), (5, all, all - 5));
    assert!(last.items.iter().all(|item| item.can_open), "each has its record");
    assert_eq!(
        page(&stage, OutboxFilter::All, 2).await.items[0].id,
        page(&stage, OutboxFilter::Sent, 0).await.items[0].id
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_goes_on_with_the_job_and_makes_no_second_one() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    // The data has arrived, and nobody heard of it.
    let lost = FaultRule::on(Service::Salesforce, "PUT", &format!("{JOBS}/*/batches")).after(AfterEffect::Reset);
    stage.sandbox.faults().add(lost.times(1)).unwrap();
    with_rows(&mut stage, |_, _| {}).await;
    stage.until("the data has left", async || requests(&stage, "PUT", "/batches") >= 1).await;
    stage.restart().await;
    stage.until("it is being worked off", async || requests(&stage, "PATCH", "/jobs/ingest/{id}") >= 1).await;
    // What is taken back meanwhile is undone there.
    stage.engine.undo_outbox_item(row_id(9)).await.unwrap();
    stage.restart().await;
    nothing_waits(&stage).await;
    assert_eq!(requests(&stage, "POST", "/jobs/ingest"), 1);
    assert_eq!((stage.effects("Event.created"), stage.effects("Event.deleted")), (ROWS, 1));
    assert_eq!(page(&stage, OutboxFilter::NeedsYou, 0).await.total, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_job_does_not_tell_is_looked_up_and_not_made_again() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    let silent = BeforeEffect::Answer(CannedAnswer::json(200, "[]"));
    let results = FaultRule::on(Service::Salesforce, "GET", &format!("{JOBS}/*/successfulResults"));
    stage.sandbox.faults().add(results.before(silent)).unwrap();
    with_rows(&mut stage, |_, _| {}).await;
    nothing_waits(&stage).await;
    sent_all(&stage).await;
    assert_eq!((stage.effects("Event.created"), requests(&stage, "POST", "/jobs/ingest")), (ROWS, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_jobs_are_refused_rows_go_in_collections() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    let body = r#"[{"errorCode":"FEATURENOTENABLED","message":"Bulk API is not enabled for this organization"}]"#;
    let refusal = BeforeEffect::Answer(CannedAnswer::json(400, body));
    stage.sandbox.faults().add(FaultRule::on(Service::Salesforce, "POST", JOBS).before(refusal)).unwrap();
    with_rows(&mut stage, |_, _| {}).await;
    nothing_waits(&stage).await;
    sent_all(&stage).await;
    assert_eq!(stage.effects("Event.created"), ROWS);
    let collections = requests(&stage, "PATCH", &format!("/composite/sobjects/Event/{KEY_FIELD}"));
    assert_eq!(collections, (ROWS as u64).div_ceil(200), "200 in each");
    assert_eq!(requests(&stage, "POST", "/jobs/ingest"), 1, "asked once");
}

async fn sent_all(stage: &Stage) {
    sent(stage, &row_id_shown(stage).await).await;
    assert_eq!(page(stage, OutboxFilter::Sent, 0).await.total, u32::try_from(ROWS).unwrap());
}

async fn row_id_shown(stage: &Stage) -> String {
    page(stage, OutboxFilter::Sent, 0).await.items[0].id.clone()
}
