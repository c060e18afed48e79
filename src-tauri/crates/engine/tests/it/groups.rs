//! Rows that belong together are one line: paused, stopped, tried again and undone as one.

use liaison_engine::view::{DayItem, EventState, LinkState, Outbox, OutboxFilter, OutboxGroup, OutboxQuery};
use liaison_sandbox::SandboxConfig;
use liaison_store::tables::outbox::{self, Group, Urgency};
use serde_json::json;

use crate::many_rows;
use crate::stage::Stage;

const ROWS: u32 = 30;

async fn list(stage: &Stage, query: OutboxQuery) -> Outbox {
    stage.engine.outbox(query).await.unwrap()
}

async fn group(stage: &Stage, id: &str) -> OutboxGroup {
    let groups = list(stage, OutboxQuery::default()).await.groups;
    groups.into_iter().find(|group| group.id == id).unwrap()
}

/// A paused group of which one row can't go.
async fn staged() -> Stage {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    stage
        .with_store(|store| {
            store.write_now(|tx| {
                let group = Group {
                    group_id: "g".to_owned(),
                    kind: "log_meetings".to_owned(),
                    title: String::new(),
                    paused: true,
                    sweep: None,
                    created_utc_ms: chrono::Utc::now().timestamp_millis(),
                };
                outbox::add_group(tx, &group)?;
                many_rows::put(tx, 0..ROWS as usize, Urgency::Bulk, Some("g"), |place, fields| {
                    if place == 3 {
                        fields["subject"] = json!("");
                    }
                })
            })
        })
        .await;
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_one_line_and_is_undone_as_one() {
    let stage = staged().await;
    let paused = group(&stage, "g").await;
    assert!(paused.paused && paused.can_resume && !paused.can_pause && !paused.can_undo);
    assert_eq!((paused.total, paused.left), (ROWS, ROWS));
    assert!(list(&stage, OutboxQuery::default()).await.items.is_empty(), "its rows are no lines of their own");
    assert_eq!(stage.effects("Event.created"), 0);

    stage.engine.pause_outbox_group("g".to_owned(), false).await.unwrap();
    stage.until("it is through", async || group(&stage, "g").await.left == 0).await;
    let through = group(&stage, "g").await;
    assert_eq!((through.done, through.needs_you, through.can_retry), (ROWS - 1, 1, true));
    let rows = |filter, offset| OutboxQuery { filter, offset, limit: Some(10), group: Some("g".to_owned()) };
    let page = list(&stage, rows(OutboxFilter::Sent, 25)).await;
    assert_eq!((page.items.len(), page.total, page.counts.needs_you), (4, ROWS - 1, 1));
    assert_eq!(list(&stage, rows(OutboxFilter::All, 0)).await.items[0].title, "Event 3", "what needs the user first");

    stage.engine.retry_outbox_group("g".to_owned()).await.unwrap();
    stage
        .until("it was tried again", async || {
            list(&stage, rows(OutboxFilter::NeedsYou, 0)).await.items.first().is_some_and(|item| item.attempts == 2)
        })
        .await;

    stage.engine.undo_outbox_group("g".to_owned()).await.unwrap();
    let undo = async || group(&stage, "undo:g").await;
    stage
        .until("all of it is undone", async || {
            let groups = list(&stage, OutboxQuery::default()).await.groups;
            groups.iter().any(|group| group.id == "undo:g" && group.done == ROWS - 1)
        })
        .await;
    assert_eq!((undo().await.total, stage.effects("Event.deleted")), (ROWS - 1, (ROWS - 1) as usize));
    let undone = group(&stage, "g").await;
    assert_eq!((undone.needs_you, undone.discarded, undone.left), (0, 1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_is_stopped_sends_nothing_more_even_after_a_restart() {
    let mut stage = staged().await;
    stage.with_store(|store| store.write_now(|tx| outbox::begin_sweep(tx, "g", outbox::Sweep::Stop))).await;
    stage.until("it has stopped", async || group(&stage, "g").await.discarded == ROWS).await;
    assert_eq!(stage.effects("Event.created"), 0);
    stage.until("no longer under way", async || !group(&stage, "g").await.stopping).await;
    assert!(stage.engine.pause_outbox_group("none".to_owned(), true).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_meetings_are_logged_as_one_group() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let day = stage.engine.day(0).await.unwrap();
    let mut ids: Vec<String> = day
        .items
        .into_iter()
        .filter_map(|item| match item {
            DayItem::Meeting { row } => Some(*row),
            DayItem::Gap { .. } | DayItem::Busy { .. } => None,
        })
        .filter(|row| row.link == LinkState::Matched && row.event == EventState::None)
        .map(|row| row.id)
        .collect();
    assert!(!ids.is_empty(), "the world has meetings to log");
    let known = u32::try_from(ids.len()).unwrap();
    ids.push("not a meeting".to_owned());
    let logged = stage.engine.log_meetings(ids.clone()).await.unwrap();
    assert_eq!((logged.logged, logged.left_out), (known, 1));
    let id = logged.group.unwrap();
    stage.advance(std::time::Duration::from_secs(20)).await;
    stage.until("they are there", async || group(&stage, &id).await.done == known).await;
    assert_eq!(stage.effects("Event.created"), known as usize);
    let again = stage.engine.log_meetings(ids).await.unwrap();
    assert_eq!((again.group, again.logged, again.left_out), (None, 0, known + 1));
}
