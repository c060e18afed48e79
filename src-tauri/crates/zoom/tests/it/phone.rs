//! The sandbox's telephone.

use std::collections::HashSet;

use chrono::{TimeDelta, Utc};
use futures::StreamExt;
use liaison_sandbox::SandboxConfig;
use liaison_sandbox::zoom::PlacedCall;
use liaison_zoom::{
    CallDirection, CallHistoryFilter, CallLeg, CallLogKind, CallSync, CallWindow, ListStep, Phone, VoicemailFilter,
    VoicemailStatus, Zoom,
};

use crate::support::{sandbox, signed_in};

fn month() -> CallWindow {
    let now = Utc::now();
    CallWindow::new(now - TimeDelta::days(30), now).unwrap()
}

async fn walked(phone: &Phone, filter: CallHistoryFilter) -> Vec<CallLeg> {
    let steps: Vec<_> = phone.walk_history(filter).collect().await;
    assert!(matches!(steps.last(), Some(Ok(ListStep::Complete { skipped: 0 }))), "{steps:?}");
    let pages = steps.into_iter().filter_map(|step| match step {
        Ok(ListStep::Page(page)) => Some(page.items),
        _ => None,
    });
    pages.flatten().collect()
}

fn ids(legs: &[CallLeg]) -> HashSet<String> {
    legs.iter().filter_map(|leg| leg.id().map(str::to_owned)).collect()
}

/// All that a sync gives, the newest first and then what is older.
async fn synced(phone: &Phone) -> Vec<CallLeg> {
    let mut page = phone.sync(&CallSync::Full).await.unwrap();
    let mut legs = Vec::new();
    while !page.legs.is_empty() {
        assert_eq!(page.skipped, []);
        legs.append(&mut page.legs);
        page = phone.sync(&CallSync::Older(page.token.unwrap())).await.unwrap();
    }
    legs
}

#[tokio::test]
async fn the_history_is_the_same_in_both_generations() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let phone = signed_in(&sandbox).phone();
    let both = walked(&phone, CallHistoryFilter { page_size: 20, ..CallHistoryFilter::within(month()) }).await;
    assert_eq!(ids(&both).len(), both.len(), "no leg twice");
    assert!(both.len() >= 40);
    assert!(both.iter().all(|leg| leg.call_uuid().is_some() && leg.result().is_some() && leg.start_time.is_some()));
    sandbox.zoom().show_deprecated_calls(false);
    assert_eq!(ids(&walked(&phone, CallHistoryFilter::within(month())).await), ids(&both));
    let outbound = CallHistoryFilter { direction: Some(CallDirection::Outbound), ..CallHistoryFilter::within(month()) };
    let outbound = walked(&phone, outbound).await;
    assert!(!outbound.is_empty() && outbound.len() < both.len());
    assert!(outbound.iter().all(|leg| leg.direction == Some(CallDirection::Outbound)));
}

#[tokio::test]
async fn a_sync_gives_everything_once_and_then_what_is_new() {
    let sandbox = sandbox(SandboxConfig { calls: Some(700), ..SandboxConfig::default() }).await;
    let phone = signed_in(&sandbox).phone();
    let first = phone.sync(&CallSync::Full).await.unwrap();
    let all = synced(&phone).await;
    assert!(all.len() >= 700 && ids(&all).len() == all.len(), "{} of {}", ids(&all).len(), all.len());
    let token = first.token.unwrap();
    assert_eq!(phone.sync(&CallSync::Newer(token.clone())).await.unwrap().legs, []);

    let call = PlacedCall {
        inbound: false,
        number: "+12125550142".to_owned(),
        name: None,
        talk_seconds: 60,
        voicemail: false,
        recorded: true,
    };
    let id = sandbox.zoom().place_call(&call);
    sandbox.shared().clock.advance_ms(10 * 60 * 1_000);
    let newer = phone.sync(&CallSync::Newer(token)).await.unwrap();
    assert_eq!(newer.legs.iter().filter_map(CallLeg::id).collect::<Vec<_>>(), [id]);
    let recording = phone.recording_of(newer.legs[0].id().unwrap()).await;
    assert!(recording.is_ok_and(|recording| recording.download_url.is_some()));
}

#[tokio::test]
async fn voicemails_are_listed_read_and_marked() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let phone = signed_in(&sandbox).phone();
    let unread = VoicemailFilter { window: Some(month()), status: Some(VoicemailStatus::Unread) };
    let before = phone.voicemails(&unread, None).await.unwrap();
    assert_eq!(before.skipped, []);
    let first = before.items.first().unwrap();
    let one = phone.voicemail(&first.id).await.unwrap();
    assert!(one.transcription.is_some());
    if let Some(leg) = &one.call_element_id {
        assert_eq!(phone.voicemail_of(leg).await.unwrap().id, one.id);
    }
    phone.mark_voicemail(&first.id, true).await.unwrap();
    assert_eq!(phone.voicemail(&first.id).await.unwrap().status, Some(VoicemailStatus::Read));
    assert_eq!(phone.voicemails(&unread, None).await.unwrap().items.len(), before.items.len() - 1);
    let steps: Vec<_> = phone.walk_voicemails(VoicemailFilter { window: Some(month()), status: None }).collect().await;
    assert!(matches!(steps.last(), Some(Ok(ListStep::Complete { skipped: 0 }))));
}

#[tokio::test]
async fn recordings_logs_and_summaries_are_readable() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let phone = signed_in(&sandbox).phone();
    let recordings = phone.recordings(Some(month()), None).await.unwrap();
    assert!(!recordings.items.is_empty() && recordings.skipped.is_empty());
    let steps: Vec<_> = phone.walk_recordings(Some(month())).collect().await;
    assert!(matches!(steps.last(), Some(Ok(ListStep::Complete { skipped: 0 }))));
    let logs: Vec<_> = phone.walk_call_logs(Some(month()), CallLogKind::All).collect().await;
    assert!(matches!(logs.last(), Some(Ok(ListStep::Complete { skipped: 0 }))), "{logs:?}");
    let legs = synced(&phone).await;
    let summary = legs.iter().find_map(|leg| leg.ai_call_summary_id.as_deref()).unwrap();
    assert!(phone.ai_summary(summary).await.unwrap().call_summary.is_some());
}

#[tokio::test]
async fn the_user_of_the_telephone_and_nobody_without_a_licence() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let zoom: Zoom = signed_in(&sandbox);
    let user = zoom.phone().user().await.unwrap().unwrap();
    assert_eq!(user.id, Some(zoom.users().me().await.unwrap().id));
    assert!(user.extension_number.is_some() && user.phone_user_id.is_some());
    assert!(!user.phone_numbers.unwrap_or_default().is_empty());
    sandbox.zoom().license_phone(false);
    assert_eq!(zoom.phone().user().await.unwrap(), None);
}
