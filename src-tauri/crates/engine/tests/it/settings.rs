//! What the user set, what the frame of the window says, and what quitting would delay.

use liaison_engine::view::{CommandError, Connection, OutboxState, Provider, Settings, Status, WaitReason};
use liaison_sandbox::SandboxConfig;

use crate::schedule::draft;
use crate::stage::Stage;

fn account(state: &liaison_engine::view::AppState, provider: Provider) -> &liaison_engine::view::Account {
    state.accounts.iter().find(|account| account.provider == provider).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_outlive_the_program_and_damage_of_one_takes_no_other_with_it() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    let before = stage.engine.app_state().await.unwrap().settings;
    let chosen = Settings { text_percent: 150, zoom_client_id: "zoomClient".to_owned(), ..before };
    stage.engine.update_settings(chosen.clone()).await.unwrap();
    stage.restart().await;
    assert_eq!(stage.engine.app_state().await.unwrap().settings, chosen);
    stage
        .with_store(|store| {
            store.write_now(|tx| {
                let json = liaison_store::tables::settings::get(tx, "settings")?.unwrap();
                let damaged = json.replace("150", "\"huge\"");
                liaison_store::tables::settings::set(tx, "settings", &damaged)
            })
        })
        .await;
    let kept = stage.engine.app_state().await.unwrap().settings;
    assert_eq!(kept, Settings { text_percent: 100, ..chosen });
}

#[tokio::test(flavor = "multi_thread")]
async fn paused_nothing_promises_to_be_sent() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    stage.engine.pause_outbox(true).await.unwrap();
    assert_eq!(stage.engine.app_state().await.unwrap().status, Status::Paused { count: 0 });
    let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    let item = stage.item(&scheduled.outbox_item.unwrap()).await;
    assert_eq!(item.state, OutboxState::Waiting { reason: WaitReason::Paused, until: None });
    assert!(item.can_undo, "it can still be taken back");
    assert_eq!(stage.engine.app_state().await.unwrap().status, Status::Paused { count: 1 });
    assert_eq!(stage.engine.unsent_at_quit().await, 0, "who paused knows");
    stage.engine.pause_outbox(false).await.unwrap();
    assert_eq!(stage.engine.unsent_at_quit().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn not_connected_is_told_apart_and_a_kept_copy_is_named_until_it_is_erased() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    for provider in [Provider::Zoom, Provider::Salesforce] {
        stage.engine.disconnect(provider, false).await.unwrap();
        let state = stage.engine.app_state().await.unwrap();
        assert_eq!(account(&state, provider).connection, Connection::NotConnected);
        assert!(account(&state, provider).copy_kept);
    }
    assert_eq!(stage.engine.app_state().await.unwrap().status, Status::NotConnected);
    assert!(!stage.engine.day(0).await.unwrap().items.is_empty());
    stage.engine.disconnect(Provider::Zoom, true).await.unwrap();
    let state = stage.engine.app_state().await.unwrap();
    assert!(!account(&state, Provider::Zoom).copy_kept);
    assert!(account(&state, Provider::Salesforce).copy_kept, "it is another one's");
    stage.engine.disconnect(Provider::Salesforce, true).await.unwrap();
    assert!(!account(&stage.engine.app_state().await.unwrap(), Provider::Salesforce).copy_kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_takes_the_drafts_along_and_nothing_else_of_the_window() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let keep = async |key: &str, value: &str| stage.engine.set_ui_state(key.to_owned(), value.to_owned()).await;
    let kept = async |key: &str| stage.engine.ui_state(key.to_owned()).await.unwrap();
    for key in ["draft", "drafts", "draft.1", "window"] {
        keep(key, "{}").await.unwrap();
    }
    stage.engine.disconnect(Provider::Salesforce, false).await.unwrap();
    assert_eq!(kept("draft.1").await.as_deref(), Some("{}"));
    stage.engine.disconnect(Provider::Salesforce, true).await.unwrap();
    for key in ["draft", "drafts", "draft.1"] {
        assert_eq!(kept(key).await, None, "{key}");
    }
    assert_eq!(kept("window").await.as_deref(), Some("{}"));
    // An empty text leaves nothing behind, and what is too large is refused and leaves what was there.
    keep("window", "").await.unwrap();
    assert_eq!(kept("window").await, None);
    keep("draft.2", "{}").await.unwrap();
    let refused = keep("draft.2", &"x".repeat(17 * 1_024)).await.map_err(CommandError::from);
    assert_eq!(refused, Err(CommandError::Internal { code: "E-UI-STATE".to_owned() }));
    assert_eq!(kept("draft.2").await.as_deref(), Some("{}"));
}
