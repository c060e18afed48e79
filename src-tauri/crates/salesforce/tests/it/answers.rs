//! The answer of every operation, cut, changed and enlarged: what is not whole is no success, and what
//! is new is no failure.

mod calls;

use std::sync::{Arc, Mutex};

use liaison_salesforce::{Salesforce, SalesforceError};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::support::client;
use calls::{Body, Call, calls};

/// Cuts of one answer that are tried.
const CUTS: usize = 60;

/// An org that says to everything what it was told to say.
struct Org {
    salesforce: Salesforce,
    says: Says,
    _server: MockServer,
}

#[derive(Clone, Default)]
struct Says(Arc<Mutex<Option<ResponseTemplate>>>);

impl Respond for Says {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        self.0.lock().unwrap().clone().unwrap()
    }
}

impl Org {
    async fn new() -> Self {
        let server = MockServer::builder().disable_request_recording().start().await;
        let says = Says::default();
        Mock::given(any()).respond_with(says.clone()).mount(&server).await;
        Self { salesforce: client(&server.uri(), "t"), says, _server: server }
    }

    async fn ask(&self, call: &Call, body: &str) -> Result<(), SalesforceError> {
        let answer = ResponseTemplate::new(call.status).set_body_raw(body.to_owned(), call.body.media_type());
        self.answer(call, answer).await
    }

    async fn answer(&self, call: &Call, answer: ResponseTemplate) -> Result<(), SalesforceError> {
        let add = |answer: ResponseTemplate, (name, value): &(&str, &str)| answer.insert_header(*name, *value);
        *self.says.0.lock().unwrap() = Some(call.headers.iter().fold(answer, add));
        (call.make)(self.salesforce.clone()).await
    }
}

/// Neither a success nor a refusal: whether the call took effect is not known.
fn assert_open(answer: Result<(), SalesforceError>, told: &str) {
    let Err(error) = answer else { panic!("{told}: taken for a success") };
    assert!(error.refusal().is_none() && error.outcome_unknown(), "{told}: {error:?}");
}

/// The addresses of all parts of `value` but itself.
fn parts(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(values) => values.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in inner {
        let place = format!("{at}/{name}");
        parts(value, &place, found);
        found.push(place);
    }
}

fn without(whole: &Value, place: &str) -> Value {
    let mut changed = whole.clone();
    let (above, name) = place.rsplit_once('/').unwrap();
    match changed.pointer_mut(above).unwrap() {
        Value::Array(values) => drop(values.remove(name.parse().unwrap())),
        Value::Object(fields) => drop(fields.remove(name)),
        other => panic!("{other} holds nothing"),
    }
    changed
}

fn with(whole: &Value, place: &str, value: Value) -> Value {
    let mut changed = whole.clone();
    *changed.pointer_mut(place).unwrap() = value;
    changed
}

/// The same answer from a later version of Salesforce.
fn enlarged(value: &Value) -> Value {
    match value {
        Value::Array(values) => values.iter().map(enlarged).collect(),
        Value::Object(fields) => {
            let mut fields: serde_json::Map<String, Value> =
                fields.iter().map(|(name, value)| (name.clone(), enlarged(value))).collect();
            fields.insert("brandNew".to_owned(), json!({"of": ["any", 1.5, null]}));
            Value::Object(fields)
        }
        other => other.clone(),
    }
}

#[tokio::test]
async fn a_whole_answer_is_a_success_and_so_is_a_larger_one() {
    let org = Org::new().await;
    for call in calls() {
        assert!(org.ask(&call, &call.body.text()).await.is_ok(), "{}", call.name);
        if let Body::Json(body) = &call.body {
            let answer = org.ask(&call, &enlarged(body).to_string()).await;
            assert!(answer.is_ok(), "{}: {answer:?}", call.name);
        }
    }
}

#[tokio::test]
async fn an_answer_that_was_cut_is_no_success() {
    let org = Org::new().await;
    for call in calls() {
        let text = call.body.text();
        // Without the line end at its end CSV is whole.
        let end = if matches!(call.body, Body::Csv(_)) { text.len() - 1 } else { text.len() };
        for length in (0..end).step_by((end / CUTS).max(1)).chain([end - 1]) {
            let told = format!("{} cut to {:?}", call.name, &text[..length]);
            assert_open(org.ask(&call, &text[..length]).await, &told);
        }
    }
}

#[tokio::test]
async fn an_answer_in_other_words_is_no_success() {
    let org = Org::new().await;
    for call in calls() {
        let page = ResponseTemplate::new(200).set_body_raw("<html>Sign in to the hotel</html>", "text/html");
        assert_open(org.answer(&call, page).await, call.name);
        for body in ["", " ", "null", "0", "\"\"", "[0]", "{\"a\":1}"] {
            assert_open(org.ask(&call, body).await, &format!("{} answered with {body}", call.name));
        }
        if let Body::Json(whole) = &call.body {
            assert_open(org.ask(&call, &format!("{whole} {whole}")).await, call.name);
        }
    }
}

#[tokio::test]
async fn a_part_that_is_needed_is_missed() {
    let org = Org::new().await;
    for call in calls() {
        let Body::Json(whole) = &call.body else { continue };
        for place in call.needs {
            for changed in [without(whole, place), with(whole, place, Value::Null)] {
                let told = format!("{} without {place}: {changed}", call.name);
                assert_open(org.ask(&call, &changed.to_string()).await, &told);
            }
        }
    }
}

/// A part of another kind is either not needed or makes the answer unreadable; it is never taken for
/// Salesforce's refusal, and never a reason to panic.
#[tokio::test]
async fn a_part_of_another_kind_is_no_refusal() {
    let odd = [json!(true), json!(-1), json!(1.5), json!("x"), json!([]), json!([[{}]]), json!({"a": {}})];
    let org = Org::new().await;
    for call in calls() {
        let Body::Json(whole) = &call.body else { continue };
        let mut places = Vec::new();
        parts(whole, "", &mut places);
        for place in &places {
            let changed = odd.iter().map(|value| with(whole, place, value.clone()));
            for changed in changed.chain([without(whole, place)]) {
                if let Err(error) = org.ask(&call, &changed.to_string()).await {
                    let told = format!("{} changed at {place}: {changed}", call.name);
                    assert_open(Err(error), &told);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_is_one_whatever_was_asked() {
    let org = Org::new().await;
    let refusal = json!([{"errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "No.", "fields": []}]);
    for call in calls() {
        let answer = ResponseTemplate::new(400).set_body_json(refusal.clone());
        let error = org.answer(&call, answer).await.unwrap_err();
        let code = error.refusal().map(liaison_salesforce::Refusal::code);
        assert_eq!(code, Some("FIELD_CUSTOM_VALIDATION_EXCEPTION"), "{}", call.name);
        assert!(!error.outcome_unknown(), "{}", call.name);
    }
}
