//! What the sandbox answers, one answer for each operation that is read.

mod events;
mod past;
mod phone;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use liaison_sandbox::{Sandbox, SandboxConfig};
use reqwest::Method;
use serde_json::Value;

use super::{Sample, cut, flip, object, response, twist};
use crate::test_support::operations;
use crate::users::ZakAnswer;
use crate::{User, UserSettings};

static RECORDED: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(record())
});

/// Asks the sandbox as the signed-in user and keeps the answers.
struct Recorder {
    http: reqwest::Client,
    api: String,
    token: String,
    samples: Vec<Sample>,
}

impl Recorder {
    fn of(sandbox: &Sandbox) -> Self {
        let info = sandbox.info(true);
        let text = |name: &str| info["zoom"][name].as_str().unwrap().to_owned();
        let (api, token) = (text("api"), text("access_token"));
        Self { http: reqwest::Client::new(), api, token, samples: Vec::new() }
    }

    /// The answer, or why the sandbox refuses.
    async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let request = self.http.request(method, format!("{}{path}", self.api)).bearer_auth(&self.token);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        match text.as_str() {
            text if !status.is_success() => Err(format!("{path}: {text}")),
            "" => Ok(Value::Null),
            text => Ok(serde_json::from_str(text).unwrap()),
        }
    }

    async fn get(&self, path: &str) -> Value {
        self.ask(Method::GET, path, None).await.unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        self.ask(Method::POST, path, Some(body)).await.unwrap()
    }

    /// Keeps a sample under the name of its operation.
    fn keep(&mut self, operation: &'static str, sample: Sample) {
        self.samples.push(Sample { name: operation, ..sample });
    }
}

/// A world with a bit of everything, so that an answer can be cut at every byte.
async fn record() -> Vec<Sample> {
    let small = SandboxConfig { people: Some(40), webinars: Some(4), registrants: Some(4), ..SandboxConfig::default() };
    let sandbox = Sandbox::start(small).await.unwrap();
    let mut recorder = Recorder::of(&sandbox);
    let answer = recorder.get("/users/me").await;
    recorder.keep("GET /users/{userId}", object!(User, answer));
    let answer = recorder.get("/users/me/settings").await;
    recorder.keep("GET /users/{userId}/settings", object!(UserSettings, answer));
    let answer = recorder.get("/users/me/zak").await;
    recorder.keep("GET /users/me/zak", object!(ZakAnswer, answer));
    events::record(&mut recorder).await;
    past::record(&mut recorder).await;
    past::record_viewers(&mut recorder, &sandbox).await;
    phone::record(&mut recorder).await;
    recorder.samples
}

#[test]
fn every_operation_that_is_read_is_recorded_and_read() {
    let recorded: BTreeSet<&str> = RECORDED.iter().map(|sample| sample.name).collect();
    let named = operations();
    let missing: Vec<&String> =
        named.iter().filter(|name| name.starts_with("GET ") && !recorded.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for sample in RECORDED.iter() {
        assert!(named.contains(sample.name), "{}", sample.name);
        let response = response(sample.answer.to_string().as_bytes());
        assert_eq!((sample.read)(&response).unwrap(), Vec::<String>::new(), "{}", sample.name);
        let shown = (sample.shown)(&response);
        assert!(!shown.contains("items: []") && !shown.contains("legs: []"), "{}: {shown}", sample.name);
    }
}

#[test]
fn every_cut_of_a_recorded_answer_is_an_error() {
    RECORDED.iter().for_each(cut);
}

#[test]
fn every_flipped_bit_of_a_recorded_answer_is_read_or_refused() {
    RECORDED.iter().for_each(flip);
}

#[test]
fn every_twisted_recorded_answer_is_read_or_its_field_is_named() {
    RECORDED.iter().for_each(twist);
}
