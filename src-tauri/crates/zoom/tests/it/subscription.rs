//! The event stream against the sandbox's subscription, with tokens of the administrator's app.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use futures::{FutureExt, Stream, StreamExt};
use liaison_sandbox::{Sandbox, SandboxConfig};
use liaison_transport::{AccessToken, AuthError, BoxFuture, TokenSource};
use liaison_zoom::{
    EventSource, EventStep, EventsEnded, MeetingChange, MeetingDeletion, NewMeeting, OwnEvents, ZoomEvent, ZoomTime,
    events,
};
use serde_json::{Value, json};

use crate::support::{FixedToken, empty, sandbox, signed_in};

type Steps = Pin<Box<dyn Stream<Item = Result<EventStep, EventsEnded>> + Send>>;

/// Tokens of the app itself; the first one may be another.
struct AppTokens {
    address: String,
    id: String,
    secret: String,
    first: Option<String>,
}

impl AppTokens {
    fn of(sandbox: &Sandbox, first: Option<&str>) -> Self {
        let client = sandbox.zoom().confidential_client();
        Self {
            address: format!("{}/oauth/token", sandbox.urls().zoom),
            id: client.id.clone(),
            secret: client.secret.clone(),
            first: first.map(str::to_owned),
        }
    }

    async fn fetch(&self) -> AccessToken {
        let request = reqwest::Client::new()
            .post(&self.address)
            .basic_auth(&self.id, Some(&self.secret))
            .form(&[("grant_type", "client_credentials")]);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        AccessToken::new(answer["access_token"].as_str().unwrap().to_owned())
    }
}

impl TokenSource for AppTokens {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        async {
            Ok(match &self.first {
                Some(first) => AccessToken::new(first.clone()),
                None => self.fetch().await,
            })
        }
        .boxed()
    }

    fn refreshed(&self, _rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        async { Ok(self.fetch().await) }.boxed()
    }
}

fn source(sandbox: &Sandbox) -> EventSource {
    let address = format!("{}/ws", sandbox.urls().zoom.replacen("http", "ws", 1));
    let mut source = EventSource::new(Some(&address), sandbox.zoom().subscription(), "Liaison-Test", true).unwrap();
    source.timing.first_pause = Duration::from_millis(2);
    source.timing.longest_pause = Duration::from_millis(10);
    source
}

fn listen(sandbox: &Sandbox, source: EventSource, own: &str) -> Steps {
    Box::pin(events(source, Arc::new(AppTokens::of(sandbox, None)), OwnEvents::of([own.to_owned()])))
}

async fn connected(steps: &mut Steps) {
    assert_eq!(steps.next().await.unwrap().unwrap(), EventStep::Connected);
}

async fn lost(steps: &mut Steps) {
    assert!(matches!(steps.next().await, Some(Ok(EventStep::Lost { .. }))));
}

async fn event(steps: &mut Steps) -> Box<ZoomEvent> {
    match steps.next().await {
        Some(Ok(EventStep::Event(event))) => event,
        other => panic!("no event: {other:?}"),
    }
}

fn started(id: &Value, host: &str) -> Value {
    json!({"account_id": "a", "object": {"id": id, "uuid": "", "host_id": host}})
}

#[tokio::test]
async fn what_the_rep_does_arrives_and_what_colleagues_do_does_not() {
    let sandbox = sandbox(empty()).await;
    let zoom = signed_in(&sandbox);
    let user = zoom.users().me().await.unwrap().id;
    let mut steps = listen(&sandbox, source(&sandbox), &user);
    connected(&mut steps).await;

    sandbox.zoom().publish("meeting.started", &started(&json!("98765432101"), "a-colleague"));
    let start = ZoomTime::Utc(Utc::now() + TimeDelta::hours(30));
    let made = zoom.meetings().create(&NewMeeting::scheduled("Offer", start, 45, "Europe/Amsterdam")).await.unwrap();
    let change = MeetingChange { topic: Some("Second offer".to_owned()), ..MeetingChange::default() };
    zoom.meetings().update(made.id, &change, None).await.unwrap();
    sandbox.zoom().publish("meeting.ended", &started(&json!("98765432101"), "a-colleague"));
    zoom.meetings().delete(made.id, None, MeetingDeletion::default()).await.unwrap();
    sandbox.zoom().deauthorize();

    let created = event(&mut steps).await;
    assert_eq!(created.name(), "meeting.created");
    assert_eq!(created.payload()["object"]["id"], json!(made.id.0));
    let updated = event(&mut steps).await;
    assert_eq!((updated.name(), updated.object_id()), ("meeting.updated", Some(made.id.to_string())));
    assert_eq!(event(&mut steps).await.name(), "meeting.deleted");
    assert_eq!(event(&mut steps).await.name(), "app_deauthorized");
}

#[tokio::test]
async fn an_identifier_is_the_same_as_a_number_and_as_a_text() {
    let sandbox = sandbox(empty()).await;
    let mut steps = listen(&sandbox, source(&sandbox), "u1");
    connected(&mut steps).await;
    for id in [json!("98765432101"), json!(98_765_432_101_u64)] {
        sandbox.zoom().publish("meeting.started", &started(&id, "u1"));
        assert_eq!(event(&mut steps).await.object_id().as_deref(), Some("98765432101"));
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_reps_own_never_does() {
    let sandbox = sandbox(empty()).await;
    let tokens = AppTokens::of(&sandbox, Some("worn-out"));
    let mut steps: Steps = Box::pin(events(source(&sandbox), Arc::new(tokens), OwnEvents::default()));
    lost(&mut steps).await;
    connected(&mut steps).await;

    let rep = sandbox.zoom().issue_tokens().access_token;
    let mut steps: Steps = Box::pin(events(source(&sandbox), Arc::new(FixedToken(rep)), OwnEvents::default()));
    lost(&mut steps).await;
    assert!(matches!(steps.next().await, Some(Err(EventsEnded::NoToken(AuthError::SignInExpired)))));
    assert!(steps.next().await.is_none());
}

#[tokio::test]
async fn a_subscription_that_is_not_there_ends_the_stream() {
    let sandbox = sandbox(empty()).await;
    let address = format!("{}/ws", sandbox.urls().zoom.replacen("http", "ws", 1));
    let mut foreign = EventSource::new(Some(&address), "of-another-app", "Liaison-Test", true).unwrap();
    foreign.timing = source(&sandbox).timing;
    let mut steps = listen(&sandbox, foreign, "u1");
    lost(&mut steps).await;
    lost(&mut steps).await;
    assert!(matches!(steps.next().await, Some(Err(EventsEnded::Refused))));
    assert!(steps.next().await.is_none());
}

#[tokio::test]
async fn a_second_connection_takes_the_place_of_the_first_which_comes_back() {
    let sandbox = sandbox(empty()).await;
    let mut first = listen(&sandbox, source(&sandbox), "u1");
    connected(&mut first).await;
    let mut second = listen(&sandbox, source(&sandbox), "u1");
    connected(&mut second).await;
    lost(&mut first).await;
    connected(&mut first).await;
    lost(&mut second).await;
    sandbox.zoom().publish("meeting.started", &started(&json!("98765432101"), "u1"));
    assert_eq!(event(&mut first).await.name(), "meeting.started");
}

/// A sandbox that cuts off whoever is silent for some seconds.
async fn impatient(zoom_heartbeat_seconds: u64) -> Sandbox {
    sandbox(SandboxConfig { zoom_heartbeat_seconds, ..empty() }).await
}

#[tokio::test]
async fn whoever_gives_no_sign_of_life_is_cut_off_and_comes_back() {
    let sandbox = impatient(1).await;
    let mut silent = source(&sandbox);
    silent.timing.heartbeat = Duration::from_hours(1);
    let mut steps = listen(&sandbox, silent, "u1");
    for _ in 0..2 {
        connected(&mut steps).await;
        lost(&mut steps).await;
    }
    connected(&mut steps).await;
    sandbox.zoom().publish("meeting.started", &started(&json!("98765432101"), "u1"));
    assert_eq!(event(&mut steps).await.name(), "meeting.started");
}

#[tokio::test]
async fn signs_of_life_keep_the_connection() {
    let sandbox = impatient(2).await;
    let mut lively = source(&sandbox);
    lively.timing.heartbeat = Duration::from_millis(100);
    let mut steps = listen(&sandbox, lively, "u1");
    connected(&mut steps).await;
    // News come all the time; the sandbox's patience is for signs of life alone.
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(3) {
        sandbox.zoom().publish("meeting.started", &started(&json!("98765432101"), "u1"));
        assert_eq!(event(&mut steps).await.name(), "meeting.started");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_sandbox_that_is_gone_is_asked_again() {
    let sandbox = sandbox(empty()).await;
    let tokens = FixedToken("t0ken".to_owned());
    let from = source(&sandbox);
    sandbox.shutdown().await;
    let mut steps: Steps = Box::pin(events(from, Arc::new(tokens), OwnEvents::default()));
    for _ in 0..3 {
        lost(&mut steps).await;
    }
}
