//! What the network and the services do to a rep on hotel Wi-Fi.

use std::time::Duration;

use liaison_engine::Error;
use liaison_engine::view::{CommandError, Connection, NeedsYou, OutboxState, Provider, Status, WaitReason};
use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{AfterEffect, BeforeEffect, FaultRule, Profile, SandboxConfig, Service};

use crate::schedule::{draft, sent, without_hold};
use crate::stage::Stage;

const EVENTS: &str = "/services/data/*/sobjects/Event*";

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_expires_in_the_middle_of_a_pull_is_renewed_once() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let refreshed = |stage: &Stage| stage.effects("token.refreshed");
    let before = refreshed(&stage);
    stage.sandbox.zoom().expire_access_tokens();
    stage.sandbox.salesforce().expire_access_tokens();
    stage.pull_again().await;
    assert_eq!(refreshed(&stage), before + 2, "one renewal for each service");
    let state = stage.engine.app_state().await.unwrap();
    assert!(state.accounts.iter().all(|account| account.connection == Connection::Connected));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_sign_in_keeps_what_is_cached_and_asks_once() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    stage.sandbox.zoom().revoke_all();
    stage.engine.sync_now().await.unwrap();
    stage
        .until("the sign-in is asked for", async || {
            stage.engine.app_state().await.unwrap().status == Status::SignInNeeded { provider: Provider::Zoom }
        })
        .await;
    assert!(!stage.engine.day(0).await.unwrap().items.is_empty());
    stage.sign_in(Provider::Zoom).await;
    stage.pull_again().await;
}

/// A name, what goes wrong, and whether this is what the user is told.
type Case = (&'static str, FaultRule, fn(&CommandError) -> bool);

/// Each answer, what the user is told, and whether the cached day stays.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_answers_are_told_apart_and_lose_nothing() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let meetings = stage.engine.day(0).await.unwrap().items.len();
    let html =
        || CannedAnswer { content_type: Some("text/html".to_owned()), ..answer(200, "<html>Hotel Wi-Fi</html>") };
    let cases: Vec<Case> = vec![
        (
            "403",
            zoom().before(BeforeEffect::Answer(answer(403, r#"{"code":200,"message":"No permission"}"#))),
            |error| matches!(error, CommandError::Refused { provider: Provider::Zoom, .. }),
        ),
        ("500", zoom().before(BeforeEffect::Answer(answer(500, "<html>oops</html>"))), |error| {
            matches!(error, CommandError::ServiceTrouble { provider: Provider::Zoom, .. })
        }),
        ("portal", zoom().before(BeforeEffect::Answer(html())), |error| {
            matches!(error, CommandError::NetworkSignIn { provider: Provider::Zoom, .. })
        }),
        ("reset", zoom().before(BeforeEffect::Reset), |error| {
            matches!(error, CommandError::OutcomeUnknown { .. } | CommandError::Offline)
        }),
        ("cut", zoom().after(AfterEffect::Truncate { bytes: 40 }), |error| {
            matches!(error, CommandError::OutcomeUnknown { provider: Provider::Zoom, .. })
        }),
        ("429", zoom().before(BeforeEffect::Answer(too_many())), |error| {
            matches!(error, CommandError::RateLimited { provider: Provider::Zoom, .. })
        }),
    ];
    for (name, rule, expected) in cases {
        stage.sandbox.faults().clear();
        stage.sandbox.faults().add(rule).unwrap();
        stage.engine.sync_now().await.unwrap();
        stage
            .until(name, async || {
                let state = stage.engine.app_state().await.unwrap();
                state.accounts[0].last_error.as_ref().is_some_and(expected)
            })
            .await;
        assert_eq!(stage.engine.day(0).await.unwrap().items.len(), meetings, "{name}");
        assert!(stage.engine.day(0).await.unwrap().stale, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_whose_answer_was_lost_is_looked_up_and_not_made_again() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    without_hold(&stage).await;
    for after in [AfterEffect::Reset, AfterEffect::Truncate { bytes: 10 }] {
        stage.sandbox.faults().add(FaultRule::on(Service::Salesforce, "PATCH", EVENTS).after(after).times(1)).unwrap();
        let made = stage.effects("Event.created");
        let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
        sent(&stage, &scheduled.outbox_item.unwrap()).await;
        assert_eq!(stage.effects("Event.created"), made + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_our_field_a_lost_answer_waits_before_it_is_looked_into() {
    let stage = Stage::connected(SandboxConfig { profile: Profile::Bare, ..SandboxConfig::default() }).await;
    without_hold(&stage).await;
    stage
        .sandbox
        .faults()
        .add(FaultRule::on(Service::Salesforce, "POST", EVENTS).after(AfterEffect::Reset).times(1))
        .unwrap();
    let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    sent(&stage, &scheduled.outbox_item.unwrap()).await;
    assert_eq!(stage.effects("Event.created"), 1);

    // Lost before it arrived: believed after two looks, the second when a request under way must have ended.
    stage
        .sandbox
        .faults()
        .add(FaultRule::on(Service::Salesforce, "POST", EVENTS).before(BeforeEffect::Reset).times(1))
        .unwrap();
    let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    let item = scheduled.outbox_item.unwrap();
    stage
        .until("it is being looked into", async || {
            matches!(stage.item(&item).await.state, OutboxState::Waiting { reason: WaitReason::Checking, .. })
        })
        .await;
    assert!(stage.item(&item).await.may_have_arrived);
    assert_eq!(stage.effects("Event.created"), 1);
    stage.advance(Duration::from_mins(3)).await;
    sent(&stage, &item).await;
    assert_eq!(stage.effects("Event.created"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_whose_answer_was_lost_is_adopted() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    stage
        .sandbox
        .faults()
        .add(FaultRule::on(Service::Zoom, "POST", "/v2/users/me/meetings").after(AfterEffect::Reset).times(1))
        .unwrap();
    let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    assert_eq!(stage.effects("meeting.created"), 1);
    assert!(stage.engine.meeting(scheduled.meeting).await.unwrap().linked.is_some());

    // Not made at all: pressing the button again looks for it, and makes it when it is sure that it is not there.
    stage
        .sandbox
        .faults()
        .add(FaultRule::on(Service::Zoom, "POST", "/v2/users/me/meetings").before(BeforeEffect::Reset).times(1))
        .unwrap();
    let draft = draft(&stage).await;
    for _ in 0..2 {
        let lost = stage.engine.schedule_meeting(draft.clone()).await;
        assert!(matches!(lost, Err(Error::OutcomeUnknown { until: Some(_), .. })), "{lost:?}");
    }
    assert_eq!(stage.effects("meeting.created"), 1);
    stage.advance(Duration::from_mins(3)).await;
    let item = format!("draft:{}", draft.id);
    stage
        .until("the user is asked", async || {
            matches!(stage.item(&item).await.state, OutboxState::NeedsYou { cause: NeedsYou::Interrupted })
        })
        .await;
    assert_eq!(stage.effects("meeting.created"), 1, "never made unattended");
    stage.engine.schedule_meeting(draft).await.unwrap();
    assert_eq!(stage.effects("meeting.created"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_waits_for_the_network_and_goes_once() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    let item = scheduled.outbox_item.unwrap();
    stage.cut_network();
    stage.advance(Duration::from_secs(20)).await;
    stage
        .until("it waits for the network", async || {
            matches!(
                stage.item(&item).await.state,
                OutboxState::Waiting { reason: WaitReason::Network | WaitReason::Checking, .. }
            )
        })
        .await;
    stage.restart().await;
    let day = stage.engine.day(0).await.unwrap();
    assert!(!day.items.is_empty() && day.as_of.is_some(), "everything is still there, with its age");
    assert_eq!(stage.effects("Event.created"), 0);

    stage.sandbox.faults().clear();
    stage.advance(Duration::from_mins(1)).await;
    sent(&stage, &item).await;
    assert_eq!(stage.effects("Event.created"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_shown_in_the_administrators_words() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    without_hold(&stage).await;
    let body = r#"[{"message":"Events need a budget code.","errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","fields":["Subject"]}]"#;
    stage
        .sandbox
        .faults()
        .add(
            FaultRule::on(Service::Salesforce, "PATCH", EVENTS)
                .before(BeforeEffect::Answer(answer(400, body)))
                .times(1),
        )
        .unwrap();
    let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    let item = scheduled.outbox_item.unwrap();
    stage
        .until("the user is asked", async || matches!(stage.item(&item).await.state, OutboxState::NeedsYou { .. }))
        .await;
    let shown = format!("{:?}", stage.item(&item).await.state);
    assert!(shown.contains("Events need a budget code."), "{shown}");
    stage.engine.retry_outbox_item(item.clone()).await.unwrap();
    sent(&stage, &item).await;
}

fn zoom() -> FaultRule {
    FaultRule::on(Service::Zoom, "GET", "/v2/users/me/meetings")
}

fn answer(status: u16, body: &str) -> CannedAnswer {
    CannedAnswer::json(status, body)
}

fn too_many() -> CannedAnswer {
    let until = (chrono::Utc::now() + chrono::TimeDelta::hours(2)).format("%Y-%m-%dT%H:%M:%SZ");
    CannedAnswer {
        headers: [("Retry-After", until.to_string()), ("X-RateLimit-Type", "Daily-limit".to_owned())]
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
        ..answer(429, r#"{"code":429,"message":"You have reached the maximum daily rate limit for this API."}"#)
    }
}
