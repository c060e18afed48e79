//! The copy of one service is erased: what the other one said stays, and its pulls go on where they were.

use std::collections::BTreeSet;

use liaison_engine::view::{CallFilter, CallRow, DayItem, Provider, WebinarFilter};
use liaison_sandbox::SandboxConfig;
use liaison_store::tables::cursors;

use crate::calls::filled;
use crate::stage::Stage;

/// The meetings of some days.
async fn meetings(stage: &Stage) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for offset in 0..4 {
        let items = stage.engine.day(offset).await.unwrap().items;
        ids.extend(items.into_iter().filter_map(|item| match item {
            DayItem::Meeting { row } => Some(row.id),
            DayItem::Gap { .. } | DayItem::Busy { .. } => None,
        }));
    }
    ids
}

async fn calls(stage: &Stage) -> Vec<CallRow> {
    stage.engine.list_calls(CallFilter::default(), 0, 200).await.unwrap().rows
}

async fn people(stage: &Stage) -> BTreeSet<String> {
    let hits = stage.engine.search_people("an".to_owned(), 50).await.unwrap();
    hits.into_iter().map(|hit| hit.id).collect()
}

async fn webinars(stage: &Stage) -> usize {
    stage.engine.list_webinars(WebinarFilter::default(), 0, 50).await.unwrap().rows.len()
}

/// How far each pull has come.
async fn places(stage: &mut Stage) -> Vec<cursors::CursorRecord> {
    stage.with_store(|store| store.read_now(cursors::all)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_salesforces_copy_meetings_and_calls_are_still_listed() {
    let mut stage = filled(SandboxConfig { calls: Some(120), ..SandboxConfig::default() }).await;
    let (met, called, hosted) = (meetings(&stage).await, calls(&stage).await, webinars(&stage).await);
    assert!(!met.is_empty() && hosted > 0 && called.iter().any(|row| row.person.is_some()));
    assert!(!people(&stage).await.is_empty());

    stage.engine.disconnect(Provider::Salesforce, true).await.unwrap();
    assert_eq!((meetings(&stage).await, webinars(&stage).await), (met, hosted));
    let left = calls(&stage).await;
    let listed: BTreeSet<&str> = left.iter().map(|row| row.id.as_str()).collect();
    assert!(called.iter().all(|row| listed.contains(row.id.as_str())));
    assert!(left.iter().all(|row| row.person.is_none() && row.company.is_none()), "whose they are is not known");
    assert!(people(&stage).await.is_empty());
    let left = places(&mut stage).await;
    assert!(left.iter().any(|place| place.name == "zoom.meetings" && place.complete_utc_ms.is_some()));
    assert!(left.iter().all(|place| place.name.starts_with("zoom.")), "{left:?}");

    stage.sign_in(Provider::Salesforce).await;
    stage.pulled().await;
    assert!(!people(&stage).await.is_empty());
    stage
        .until("calls are matched again", async || {
            stage.engine.settle().await;
            calls(&stage).await.iter().any(|row| row.person.is_some())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_zooms_copy_people_are_still_found_and_not_read_anew() {
    let mut stage = filled(SandboxConfig { calls: Some(120), ..SandboxConfig::default() }).await;
    let known = people(&stage).await;
    assert!(!known.is_empty() && !meetings(&stage).await.is_empty() && !calls(&stage).await.is_empty());

    stage.engine.disconnect(Provider::Zoom, true).await.unwrap();
    assert_eq!(people(&stage).await, known);
    assert!(meetings(&stage).await.is_empty() && calls(&stage).await.is_empty());
    assert_eq!(webinars(&stage).await, 0);
    let left = places(&mut stage).await;
    let people_read = left.iter().find(|place| place.name == "salesforce.contacts").unwrap();
    assert!(people_read.complete_utc_ms.is_some() && !people_read.value.is_empty(), "{people_read:?}");
    assert!(left.iter().all(|place| !place.name.starts_with("zoom.")), "{left:?}");

    stage.sign_in(Provider::Zoom).await;
    stage.pulled().await;
    assert!(!meetings(&stage).await.is_empty());
    assert_eq!(people(&stage).await, known);
}
