//! The event stream: it is listened to while a rep works, time passes and people telephone.

use std::time::Duration;

use axum::http::Method;
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt;
use liaison_sandbox::Sandbox;
use liaison_sandbox::zoom::PlacedCall;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use crate::events_check::name_of;
use crate::failure::Failure;

/// So long the last event may take before something is wrong.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection to the stream; what it hears is kept.
#[derive(Debug)]
pub struct Ear {
    frames: mpsc::UnboundedReceiver<Value>,
    events: Vec<Value>,
    _listening: JoinSet<()>,
}

impl Ear {
    /// Connects with a token of the app.
    ///
    /// # Errors
    /// The sandbox refuses it.
    pub async fn open(sandbox: &Sandbox) -> Result<Self, Failure> {
        let failed = |error: String| Failure::new(format!("the event stream cannot be opened: {error}"));
        let token = app_token(sandbox).await.map_err(|error| failed(error.to_string()))?;
        let address = sandbox.urls().zoom.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&address).await.map_err(|error| failed(error.to_string()))?;
        let subscription = sandbox.zoom().subscription();
        let url = format!("ws://{address}/ws?subscriptionId={subscription}&access_token={token}");
        let opened = tokio_tungstenite::client_async(url, stream).await;
        let (mut socket, _) = opened.map_err(|error| failed(error.to_string()))?;
        let (heard, mut frames) = mpsc::unbounded_channel();
        let mut listening = JoinSet::new();
        listening.spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                if let Message::Text(text) = message
                    && heard.send(serde_json::from_str(text.as_str()).unwrap_or_default()).is_err()
                {
                    return;
                }
            }
        });
        let greeting: Value = frames.recv().await.unwrap_or_default();
        if greeting["success"] != true {
            return Err(failed(greeting.to_string()));
        }
        Ok(Self { frames, events: Vec::new(), _listening: listening })
    }

    /// All that is heard up to the first event that `last` takes.
    ///
    /// # Errors
    /// It does not come, or a frame is none of Zoom's.
    pub async fn until(mut self, last: impl Fn(&Value) -> bool) -> Result<Vec<Value>, Failure> {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.frames.recv()).await.ok().flatten();
            let frame = frame.ok_or_else(|| Failure::new("the event stream ended before its last event".to_owned()))?;
            let event = inside(&frame).ok_or_else(|| Failure::new(format!("no frame of an event: {frame}")))?;
            let ended = last(&event);
            self.events.push(event);
            if ended {
                return Ok(self.events);
            }
        }
    }
}

/// The event inside a frame, which is JSON inside JSON.
fn inside(frame: &Value) -> Option<Value> {
    let content = frame["content"].as_str().filter(|_| frame["module"] == "message")?;
    serde_json::from_str(content).ok()
}

async fn app_token(sandbox: &Sandbox) -> Result<String, reqwest::Error> {
    let client = sandbox.zoom().confidential_client();
    let request = http()?.post(format!("{}/oauth/token", sandbox.urls().zoom));
    let request = request.basic_auth(&client.id, Some(&client.secret)).form(&[("grant_type", "client_credentials")]);
    let tokens: Value = request.send().await?.json().await?;
    Ok(tokens["access_token"].as_str().unwrap_or_default().to_owned())
}

fn http() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder().no_proxy().build()
}

/// What the typed client's journey does not bring about: telephone calls, settings that the client does not have, a
/// deleted meeting that comes back, a registration with every answer, ten days that pass, an app that is removed.
///
/// # Errors
/// The sandbox refuses something, or the events do not come.
pub async fn travel(sandbox: &Sandbox, ear: Ear, token: &str) -> Result<Vec<Value>, Failure> {
    let rep = Rep { http: http().map_err(|error| Failure::new(error.to_string()))?, sandbox, token };
    for (inbound, talk_seconds) in [(true, 31), (false, 31), (true, 0)] {
        sandbox.zoom().place_call(&PlacedCall {
            inbound,
            number: "+12125550142".to_owned(),
            name: Some("Robin Vale".to_owned()),
            talk_seconds,
            voicemail: talk_seconds == 0,
            recorded: talk_seconds > 0,
        });
    }
    let begins = Utc::now() + TimeDelta::days(10);
    for family in ["meetings", "webinars"] {
        rep.series(family, begins).await?;
    }
    let recorded = rep.recorded(begins).await?;
    sandbox.shared().clock.advance_ms((TimeDelta::days(10) + TimeDelta::minutes(40)).num_milliseconds());
    let is_last = |event: &Value| {
        name_of(event) == "recording.transcript_completed" && event.pointer("/payload/object/id") == Some(&recorded)
    };
    ear.until(is_last).await
}

/// A rep with a plain client.
struct Rep<'a> {
    http: reqwest::Client,
    sandbox: &'a Sandbox,
    token: &'a str,
}

impl Rep<'_> {
    async fn send(&self, method: Method, path: &str, body: &Value) -> Result<Value, Failure> {
        let failed = |reason: String| Failure::new(format!("{method} {path}: {reason}"));
        let request = self.http.request(method.clone(), format!("{}/v2{path}", self.sandbox.urls().zoom));
        let answer = request.bearer_auth(self.token).json(body).send().await;
        let answer = answer.map_err(|error| failed(error.to_string()))?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| failed(error.to_string()))?;
        if !status.is_success() {
            return Err(failed(text));
        }
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// A series that is changed, somebody registers for with every answer, and that is deleted; a meeting comes back.
    async fn series(&self, family: &str, begins: DateTime<Utc>) -> Result<(), Failure> {
        let first = begins + TimeDelta::days(20);
        let body = json!({
            "topic": "Series", "type": if family == "meetings" { 8 } else { 9 }, "start_time": instant(first),
            "duration": 30, "password": "s3ries", "timezone": "UTC",
            "recurrence": { "type": 1, "repeat_interval": 2, "end_times": 5 },
            "settings": { "approval_type": 2 },
        });
        let made = self.send(Method::POST, &format!("/users/me/{family}"), &body).await?;
        let path = format!("/{family}/{}", made["id"]);
        for interpreter in ["first@vale.example.net", "second@vale.example.net"] {
            let settings = json!({
                "approval_type": 1, "audio": "voip",
                "email_in_attendee_report": interpreter.starts_with("second"),
                "allow_host_control_participant_mute_state": true,
                "language_interpretation": {
                    "enable": true,
                    "interpreters": [{ "email": interpreter, "interpreter_languages": "English,French" }],
                },
                "sign_language_interpretation": {
                    "enable": true, "interpreters": [{ "email": interpreter, "sign_language": "American" }],
                },
            });
            self.send(Method::PATCH, &path, &json!({ "settings": settings })).await?;
        }
        let changed = json!({
            "topic": "A series", "agenda": "All of it", "start_time": instant(first + TimeDelta::hours(1)),
            "duration": 45, "timezone": "Europe/Lisbon", "password": "seri3s", "settings": { "host_video": family == "meetings" },
        });
        self.send(Method::PATCH, &path, &changed).await?;
        let question = "What do you hope for?";
        let questions = json!({
            "custom_questions": [{ "title": question, "type": "short", "required": false }],
        });
        self.send(Method::PATCH, &format!("{path}/registrants/questions"), &questions).await?;
        let mut form = json!({
            "first_name": "Robin", "last_name": "Vale", "email": "robin@vale.example.net",
            "custom_questions": [{ "title": question, "value": "An answer" }],
        });
        if family == "webinars" {
            form["source_id"] = json!("5516482804110");
        }
        let registered = self.send(Method::POST, &format!("{path}/registrants"), &form).await?;
        for action in ["approve", "deny", "approve", "cancel"] {
            let decision = json!({ "action": action, "registrants": [{ "id": registered["registrant_id"] }] });
            self.send(Method::PUT, &format!("{path}/registrants/status"), &decision).await?;
        }
        let form = json!({ "first_name": "Kim", "last_name": "Vale", "email": "kim@vale.example.net",
            "auto_approve": true });
        self.send(Method::PATCH, &path, &json!({ "settings": { "approval_type": 0 } })).await?;
        self.send(Method::POST, &format!("{path}/registrants"), &form).await?;
        if family == "webinars" {
            self.send(Method::PATCH, &path, &json!({ "type": 5 })).await?;
        }
        self.send(Method::DELETE, &path, &Value::Null).await?;
        if family == "meetings" {
            self.send(Method::PUT, &format!("{path}/status"), &json!({ "action": "recover" })).await?;
        }
        Ok(())
    }

    /// A meeting of ten minutes that is recorded and summarized; its number.
    async fn recorded(&self, begins: DateTime<Utc>) -> Result<Value, Failure> {
        let settings = json!({
            "auto_recording": "cloud", "auto_start_meeting_summary": true, "use_pmi": false, "approval_type": 0,
            "meeting_invitees": [{ "email": "robin@vale.example.net" }],
        });
        let body = json!({ "start_time": instant(begins), "duration": 10, "settings": settings });
        let made = self.send(Method::POST, "/users/me/meetings", &body).await?;
        let form = json!({ "first_name": "Robin", "last_name": "Vale", "email": "robin@vale.example.net" });
        for number in 0..6 {
            let mut one = form.clone();
            one["email"] = json!(format!("robin{number}@vale.example.net"));
            self.send(Method::POST, &format!("/meetings/{}/registrants", made["id"]), &one).await?;
        }
        Ok(made["id"].clone())
    }
}

fn instant(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
