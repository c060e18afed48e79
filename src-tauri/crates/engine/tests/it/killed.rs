//! `kill -9` in the worst moments, with a real process.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use liaison_engine::view::{OutboxQuery, Provider};
use liaison_engine::{Endpoints, Engine};
use liaison_sandbox::{AfterEffect, FaultRule, SandboxConfig, Service};

use crate::schedule::{draft_on, without_hold_on};
use crate::stage::{Notes, Stage, engine, sign_in};

const FOLDER: &str = "LIAISON_KILL_FOLDER";
const ENDPOINTS: &str = "LIAISON_KILL_ENDPOINTS";
/// Longer than any test lives: the answer never comes.
const NEVER_MS: u64 = 600_000;

/// Runs only as the other process of the tests below.
#[tokio::test(flavor = "multi_thread")]
async fn the_other_process() {
    let (Ok(folder), Ok(endpoints)) = (std::env::var(FOLDER), std::env::var(ENDPOINTS)) else { return };
    let urls: Vec<&str> = endpoints.split('|').collect();
    let endpoints = Endpoints {
        demo: false,
        zoom_oauth: urls[0].parse().unwrap(),
        zoom_api: urls[1].parse().unwrap(),
        zoom_client_id: urls[2].to_owned(),
        salesforce_login: urls[3].parse().unwrap(),
        salesforce_client_id: urls[4].to_owned(),
    };
    let notes = Arc::new(Notes::following());
    let engine = engine(&PathBuf::from(folder), &notes, &endpoints, &Arc::default());
    engine.open().await;
    for provider in [Provider::Zoom, Provider::Salesforce] {
        sign_in(&engine, provider).await;
    }
    until_people_are_there(&engine).await;
    without_hold_on(&engine).await;
    engine.schedule_meeting(draft_on(&engine).await).await.unwrap();
    std::future::pending::<()>().await;
}

async fn until_people_are_there(engine: &Engine) {
    while engine.search_people("de".to_owned(), 1).await.unwrap().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

fn other_process(stage: &Stage) -> Child {
    let endpoints = &stage.endpoints;
    let joined = [
        endpoints.zoom_oauth.as_str(),
        endpoints.zoom_api.as_str(),
        &endpoints.zoom_client_id,
        endpoints.salesforce_login.as_str(),
        &endpoints.salesforce_client_id,
    ]
    .join("|");
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::the_other_process", "--nocapture"])
        .env(FOLDER, stage.folder.path())
        .env(ENDPOINTS, joined)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

async fn killed_when(effect: &str, fault: FaultRule) {
    let mut stage = Stage::new(SandboxConfig::default()).await;
    stage.engine.shutdown().await;
    stage.sandbox.faults().add(fault).unwrap();
    let mut child = other_process(&stage);
    stage.until(effect, async || stage.effects(effect) == 1).await;
    child.kill().unwrap();
    child.wait().unwrap();
    stage.sandbox.faults().clear();

    stage.restart().await;
    stage.until("the Event is in Salesforce", async || stage.effects("Event.created") == 1).await;
    stage
        .until("the outbox knows", async || {
            stage.engine.app_state().await.unwrap().unsent == 0
                && stage.engine.outbox(OutboxQuery::default()).await.unwrap().sent_today == 2
        })
        .await;
    assert_eq!(stage.effects("meeting.created"), 1);
    assert_eq!(stage.effects("Event.created"), 1);
    let outbox = stage.engine.outbox(OutboxQuery::default()).await.unwrap();
    assert_eq!(outbox.needs_you, 0);
}

/// Zoom has made the meeting; the program dies before it hears of it.
#[tokio::test(flavor = "multi_thread")]
async fn between_the_meeting_and_its_event() {
    let never = AfterEffect::Delay { ms: NEVER_MS };
    killed_when("meeting.created", FaultRule::on(Service::Zoom, "POST", "/v2/users/me/meetings").after(never)).await;
}

/// Salesforce has made the Event; the program dies before it hears of it.
#[tokio::test(flavor = "multi_thread")]
async fn between_the_event_and_its_answer() {
    let never = AfterEffect::Delay { ms: NEVER_MS };
    killed_when(
        "Event.created",
        FaultRule::on(Service::Salesforce, "PATCH", "/services/data/*/sobjects/Event*").after(never),
    )
    .await;
}
