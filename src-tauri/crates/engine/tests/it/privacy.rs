//! What is too old goes, what is not sent never does, and everything can be erased.

use std::time::Duration;

use liaison_engine::view::{OutboxQuery, Phase};
use liaison_sandbox::SandboxConfig;

use crate::schedule::{draft, sent, without_hold};
use crate::stage::Stage;

const DAY: Duration = Duration::from_hours(24);

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_old_goes_and_what_is_not_sent_stays() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    without_hold(&stage).await;
    let first = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    sent(&stage, &first.outbox_item.unwrap()).await;
    stage.engine.pause_outbox(true).await.unwrap();
    let second = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    let item = second.outbox_item.unwrap();
    assert!(stage.engine.keep_for(Some(31)).await.is_err());
    stage.engine.keep_for(Some(30)).await.unwrap();
    // On which day the first free times are depends on the calendar.
    let is_there = async |id: &String| stage.engine.meeting(id.clone()).await.is_ok();
    assert!(is_there(&first.meeting).await, "nothing of today is too old");

    // Nothing is pulled any more: what a service still lists would come back, and so does what was on its way.
    stage.cut_network();
    stage.skip(DAY * 40);
    stage
        .until("what is too old to be gone", async || {
            stage.engine.keep_for(Some(30)).await.unwrap();
            !is_there(&first.meeting).await
        })
        .await;
    assert!(is_there(&second.meeting).await, "what is not sent stays");
    let rows = stage.engine.outbox(OutboxQuery::default()).await.unwrap().items;
    assert!(rows.iter().any(|row| row.id == item));
    assert_eq!(stage.engine.privacy().await.unwrap().retention_days, Some(30));
    stage.engine.keep_for(None).await.unwrap();
    assert_eq!(stage.engine.privacy().await.unwrap().retention_days, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_can_be_erased_and_one_can_begin_again() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let database = stage.folder.path().join("profiles").join("sandbox");
    assert!(std::fs::read_dir(&database).unwrap().count() > 0);
    assert_eq!(stage.engine.erase_everything().await.unwrap().failed, None);
    assert!(matches!(stage.engine.app_state().await.unwrap().phase, Phase::Welcome));
    // What says that a profile is in use holds nothing.
    let left = std::fs::read_dir(&database).into_iter().flatten().map(|file| file.unwrap().metadata().unwrap().len());
    assert_eq!(left.sum::<u64>(), 0, "something is left");
    stage.sign_in(liaison_engine::view::Provider::Zoom).await;
    assert!(matches!(stage.engine.app_state().await.unwrap().phase, Phase::Ready { demo: false }));
}
