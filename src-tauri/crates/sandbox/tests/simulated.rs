//! The troubles that a demo can show, by what the released program has: without the feature `control`.

#![expect(clippy::unwrap_used, reason = "what cannot go on in a test ends it")]

use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{AfterEffect, BeforeEffect, FaultRule, Sandbox, SandboxConfig, Service, Trouble, WorldKind};
use serde_json::json;

const CREATE: &str = "/v2/users/me/meetings";

struct Demo {
    sandbox: Sandbox,
    http: reqwest::Client,
    token: String,
}

impl Demo {
    async fn start() -> Self {
        let config = SandboxConfig { world: WorldKind::Empty, auto_consent: true, ..SandboxConfig::default() };
        let sandbox = Sandbox::start(config).await.unwrap();
        let token = sandbox.zoom().issue_tokens().access_token;
        Self { sandbox, http: reqwest::Client::builder().no_proxy().build().unwrap(), token }
    }

    /// The status of an attempt to make a meeting; nothing where there was no answer.
    async fn create(&self) -> Option<u16> {
        let request = self.http.post(format!("{}{CREATE}", self.sandbox.urls().zoom)).bearer_auth(&self.token);
        request.json(&json!({ "topic": "Once" })).send().await.ok().map(|answer| answer.status().as_u16())
    }

    /// The next attempt meets the trouble of `rule`.
    async fn create_under(&self, rule: FaultRule) -> Option<u16> {
        self.sandbox.faults().add(rule.times(1)).unwrap();
        self.create().await
    }

    fn created(&self) -> usize {
        let effects = self.sandbox.shared().journal.since(0);
        effects.iter().filter(|effect| effect.kind == "meeting.created").count()
    }
}

fn on_create() -> FaultRule {
    FaultRule::on(Service::Zoom, "POST", CREATE)
}

#[tokio::test]
async fn answers_are_slow_wrong_or_lost() {
    let demo = Demo::start().await;
    let answer = |status| BeforeEffect::Answer(CannedAnswer::json(status, "{}"));
    assert_eq!(demo.create_under(on_create().before(BeforeEffect::Delay { ms: 1 })).await, Some(201));
    assert_eq!(demo.create_under(on_create().before(answer(429))).await, Some(429));
    assert_eq!(demo.create_under(on_create().before(answer(503))).await, Some(503));
    assert_eq!(demo.created(), 1);
    assert_eq!(demo.create_under(on_create().after(AfterEffect::Reset)).await, None);
    assert_eq!((demo.created(), demo.sandbox.faults().applied()), (2, 4));
}

#[tokio::test]
async fn the_network_goes_and_comes_back() {
    let demo = Demo::start().await;
    demo.sandbox.set_reachable(false);
    // The port is closed in a task of its own; until then an attempt may still get through.
    while demo.create().await.is_some() {}
    demo.sandbox.set_reachable(true);
    while demo.create().await != Some(201) {}
}

#[tokio::test]
async fn the_sign_in_is_lost_and_time_jumps() {
    let demo = Demo::start().await;
    demo.sandbox.shared().clock.advance_ms(2 * 60 * 60 * 1_000);
    assert_eq!(demo.create().await, Some(401));
    let demo = Demo { token: demo.sandbox.zoom().issue_tokens().access_token, ..demo };
    assert_eq!(demo.create().await, Some(201));
    demo.sandbox.zoom().revoke_all();
    demo.sandbox.salesforce().revoke_all();
    assert_eq!(demo.create().await, Some(401));
}

#[tokio::test]
async fn a_trouble_takes_the_place_of_the_one_before_and_normal_is_normal() {
    let demo = Demo::start().await;
    let clock = || demo.sandbox.shared().clock.now();
    for (trouble, answered, made) in
        [(Trouble::RateLimit, Some(429), 0), (Trouble::ServerError, Some(503), 0), (Trouble::LostAnswer, None, 1)]
    {
        let before = demo.created();
        demo.sandbox.simulate(Some(trouble)).unwrap();
        assert_eq!((demo.create().await, demo.created() - before), (answered, made), "{trouble:?}");
    }
    demo.sandbox.simulate(Some(Trouble::Offline)).unwrap();
    while demo.create().await.is_some() {}
    demo.sandbox.simulate(None).unwrap();
    while demo.create().await != Some(201) {}

    let before = clock();
    demo.sandbox.simulate(Some(Trouble::ClockJump)).unwrap();
    assert!(clock() - before >= chrono::TimeDelta::hours(3));
    assert_eq!(demo.create().await, Some(401));
    demo.sandbox.simulate(Some(Trouble::ClockJump)).unwrap();
    demo.sandbox.simulate(None).unwrap();
    assert!(clock() - before < chrono::TimeDelta::hours(1));
    assert_eq!(demo.create().await, Some(201));

    demo.sandbox.simulate(Some(Trouble::SignInLost)).unwrap();
    assert_eq!(demo.create().await, Some(401));
    demo.sandbox.simulate(None).unwrap();
    let demo = Demo { token: demo.sandbox.zoom().issue_tokens().access_token, ..demo };
    assert_eq!(demo.create().await, Some(201));
}
