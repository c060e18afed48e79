//! From the sheet to the record in Salesforce.

use liaison_engine::view::{EventState, OutboxState, ScheduleDraft, Settings};
use liaison_sandbox::{Profile, SandboxConfig};

use crate::stage::Stage;

async fn draft(stage: &Stage) -> ScheduleDraft {
    let person = stage.engine.search_people("de".to_owned(), 5).await.unwrap().into_iter().next().unwrap();
    let mut draft = stage.engine.new_draft(Some(person.id)).await.unwrap();
    draft.topic = "Demo of the new release".to_owned();
    draft
}

async fn without_hold(stage: &Stage) {
    let settings = Settings { hold_seconds: 0, ..stage.engine.app_state().await.unwrap().settings };
    stage.engine.update_settings(settings).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_with_a_person_becomes_an_event_once() {
    for profile in [Profile::Deployed, Profile::Bare] {
        let stage = Stage::connected(SandboxConfig { profile, ..SandboxConfig::default() }).await;
        without_hold(&stage).await;
        let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
        let item = scheduled.outbox_item.clone().unwrap();
        stage
            .until("the Event is sent", async || {
                let outbox = stage.engine.outbox().await.unwrap();
                outbox.items.iter().any(|row| row.id == item && matches!(row.state, OutboxState::Sent { .. }))
            })
            .await;
        assert_eq!(stage.effects("Event.created"), 1);
        assert_eq!(stage.effects("meeting.created"), 1);
        let meeting = stage.engine.meeting(scheduled.meeting).await.unwrap();
        assert!(matches!(meeting.row.event, EventState::Synced { .. }));
        assert!(meeting.linked.is_some());
        assert!(!meeting.join_link.contains("pwd"), "{}", meeting.join_link);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_press_of_the_button_makes_nothing_new() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let draft = draft(&stage).await;
    let (first, second) =
        tokio::join!(stage.engine.schedule_meeting(draft.clone()), stage.engine.schedule_meeting(draft.clone()),);
    assert_eq!(first.unwrap(), second.unwrap());
    assert_eq!(stage.effects("meeting.created"), 1);
}
