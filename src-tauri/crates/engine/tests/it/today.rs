//! The day as the engine tells it: who is known, what Join means, what a search finds, what comes back.

use std::time::Duration;

use liaison_engine::view::{DayItem, Join, LinkState, MeetingRow, OutboxState, Provider};
use liaison_sandbox::SandboxConfig;

use crate::schedule::{draft, sent, without_hold};
use crate::stage::Stage;

async fn rows(stage: &Stage, offset: i32) -> Vec<MeetingRow> {
    let items = stage.engine.day(offset).await.unwrap().items;
    items
        .into_iter()
        .filter_map(|item| match item {
            DayItem::Meeting { row } => Some(*row),
            DayItem::Gap { .. } | DayItem::Busy { .. } => None,
        })
        .collect()
}

async fn connected(stage: &Stage, provider: Provider) {
    stage.sign_in(provider).await;
    stage
        .until("the service is pulled", async || {
            let accounts = stage.engine.app_state().await.unwrap().accounts;
            accounts.iter().any(|account| account.provider == provider && account.last_sync.is_some())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_unknown_before_the_people_were_read_and_a_known_address_shows_at_once() {
    let stage = Stage::new(SandboxConfig::default()).await;
    connected(&stage, Provider::Zoom).await;
    let before = rows(&stage, 0).await;
    assert!(before.iter().any(|row| row.link == LinkState::Unknown), "{before:?}");
    assert!(before.iter().all(|row| row.link != LinkState::NotLinked), "{before:?}");
    assert!(!stage.engine.day(0).await.unwrap().fetching);

    connected(&stage, Provider::Salesforce).await;
    let after = rows(&stage, 0).await;
    assert!(after.iter().all(|row| row.link != LinkState::Unknown), "{after:?}");
    let known = |row: &&MeetingRow| row.link == LinkState::Matched && row.people.iter().all(|one| one.record.is_some());
    assert!(after.iter().any(|row| known(&row)), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn join_offers_what_was_not_opened_yet_first() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    // One meeting of the world runs, and one begins within a quarter of an hour.
    let first = stage.engine.next_up().await.unwrap().unwrap().choices;
    assert!(first.len() > 1, "{first:?}");
    stage.engine.join_meeting(first[0].id.clone()).await.unwrap();
    let then = stage.engine.next_up().await.unwrap().unwrap().choices;
    assert_eq!(then.len(), first.len());
    assert_eq!(then.last().map(|row| &row.id), Some(&first[0].id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_of_join_opens_nothing() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let choices = stage.engine.next_up().await.unwrap().unwrap().choices;
    let coming = choices.iter().max_by_key(|row| row.start).unwrap();
    stage.set_clock(coming.start.0);
    assert!(matches!(stage.engine.next_up().await.unwrap().unwrap().join, Join::One));
    let opened = || stage.notes.opened.lock().unwrap().len();
    let before = opened();
    for _ in 0..2 {
        stage.engine.smart_join().await.unwrap();
    }
    assert_eq!(opened(), before + 1);
    stage.skip(Duration::from_secs(3));
    stage.engine.smart_join().await.unwrap();
    assert_eq!(opened(), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn meetings_are_found_by_who_takes_part_with_the_day_on_which_they_are_listed() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let coming = rows(&stage, 0).await.into_iter().chain(rows(&stage, 1).await).chain(rows(&stage, 3).await);
    let with_company = |row: &MeetingRow| row.people.first().is_some_and(|person| person.company.is_some());
    let wanted = coming.into_iter().find(with_company).unwrap();
    let person = wanted.people[0].clone();
    for query in [person.name.clone(), person.company.clone().unwrap(), person.email.clone().unwrap()] {
        let hits = stage.engine.search_meetings(query.clone(), 50).await.unwrap();
        let hit = hits.iter().find(|hit| hit.row.id == wanted.id);
        let listed = rows(&stage, hit.unwrap_or_else(|| panic!("{query} finds {hits:?}")).offset).await;
        assert!(listed.iter().any(|row| row.id == wanted.id));
    }
    assert!(stage.engine.search_meetings("nobody of this name".to_owned(), 50).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_can_be_put_back_and_is_sent_once() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let item = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap().outbox_item.unwrap();
    stage.engine.undo_outbox_item(item.clone()).await.unwrap();
    let discarded = stage.item(&item).await;
    assert!(discarded.can_restore && !discarded.may_have_arrived);
    stage.engine.restore_outbox_item(item.clone()).await.unwrap();
    assert!(matches!(stage.item(&item).await.state, OutboxState::Held { .. }));
    assert!(stage.engine.restore_outbox_item(item.clone()).await.is_err());

    stage.engine.undo_outbox_item(item.clone()).await.unwrap();
    without_hold(&stage).await;
    stage.engine.restore_outbox_item(item.clone()).await.unwrap();
    sent(&stage, &item).await;
    assert_eq!(stage.effects("Event.created"), 1);
    assert!(stage.engine.restore_outbox_item(item).await.is_err());
}
