//! What the typed client has no fields for, asked with a plain one: an answer shows its every key only to those who
//! have set everything that can be set.

use axum::http::Method;
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};

use crate::journey::Journey;
use crate::relay::Relay;

/// Settings that are lists, each with something in it.
fn settings() -> Value {
    let interpreter = json!({
        "email": "interpreter@example.com", "interpreter_languages": "English,French", "languages": "US,FR",
    });
    json!({
        "authentication_exception": [{ "email": "guest@example.com", "name": "Guest" }],
        "auto_add_recording_to_video_management": {
            "enable": true, "channels": [{ "channel_id": "Uyh5qeykTDiA66YQEYmFPg", "name": "Offers" }],
        },
        "breakout_room": { "enable": true, "rooms": [{ "name": "One", "participants": ["guest@example.com"] }] },
        "language_interpretation": { "enable": true, "interpreters": [interpreter] },
        "sign_language_interpretation": {
            "enable": true, "interpreters": [{ "email": "interpreter@example.com", "sign_language": "American" }],
        },
        "resources": [{
            "resource_type": "whiteboard", "resource_id": "X4Hy02w3QUOdskKofgb9Jg", "permission_level": "editor",
        }],
        "use_pmi": true,
    })
}

/// Makes the calls through `relay`.
pub async fn travel(journey: &mut Journey, relay: &Relay, token: &str) {
    let Ok(http) = reqwest::Client::builder().no_proxy().build() else { return };
    let rep = Rep { http, relay, token };
    let start = (Utc::now() + TimeDelta::days(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let tracked = json!([{ "field": "Region", "value": "North" }]);
    let meeting = json!({
        "topic": "With everything", "type": 2, "start_time": start, "duration": 30, "settings": settings(),
        "tracking_fields": tracked, "template_id": "dsU27bG0Qd2nO1x4v9kTgA",
    });
    let made = rep.send(journey, Method::POST, "POST /users/{userId}/meetings", "/users/me/meetings", &meeting).await;
    let path = format!("/meetings/{}", made["id"]);
    rep.send(journey, Method::GET, "GET /meetings/{meetingId}", &path, &Value::Null).await;
    rep.send(journey, Method::GET, "GET /users/{userId}/meetings", "/users/me/meetings?page_size=300", &Value::Null)
        .await;
    rep.send(journey, Method::DELETE, "DELETE /meetings/{meetingId}", &path, &Value::Null).await;
    let mut settings = settings();
    if let Some(settings) = settings.as_object_mut() {
        settings.retain(|name, _| name.ends_with("language_interpretation"));
    }
    let webinar = json!({
        "topic": "With everything", "type": 5, "start_time": start, "duration": 30, "settings": settings,
        "tracking_fields": tracked, "template_id": "Kx2vN6hJS8qUe4rPw0bZdg",
    });
    let made = rep.send(journey, Method::POST, "POST /users/{userId}/webinars", "/users/me/webinars", &webinar).await;
    let path = format!("/webinars/{}", made["id"]);
    rep.send(journey, Method::GET, "GET /webinars/{webinarId}", &path, &Value::Null).await;
    rep.send(journey, Method::DELETE, "DELETE /webinars/{webinarId}", &path, &Value::Null).await;
    rep.recorded(journey).await;
}

/// A rep with a plain client.
struct Rep<'a> {
    http: reqwest::Client,
    relay: &'a Relay,
    token: &'a str,
}

impl Rep<'_> {
    async fn send(
        &self,
        journey: &mut Journey,
        method: Method,
        operation: &'static str,
        path: &str,
        body: &Value,
    ) -> Value {
        let request = self.http.request(method, format!("{}/v2{path}", self.relay.base())).bearer_auth(self.token);
        let request = if body.is_null() { request } else { request.json(body) };
        let sent = async { request.send().await?.error_for_status()?.text().await };
        let answer = journey.step(operation, sent).await.unwrap_or_default();
        self.relay.seen().name_last(operation);
        serde_json::from_str(&answer).unwrap_or_default()
    }

    /// The token for the files of a recording, which is shown to those who ask for it.
    async fn recorded(&self, journey: &mut Journey) {
        let list = "GET /users/{userId}/recordings";
        let (from, to) = (Utc::now() - TimeDelta::days(28), Utc::now());
        let path = format!("/users/me/recordings?from={}&to={}", from.format("%Y-%m-%d"), to.format("%Y-%m-%d"));
        let found = self.send(journey, Method::GET, list, &path, &Value::Null).await;
        let recording = "GET /meetings/{meetingId}/recordings";
        match found.pointer("/meetings/0/id") {
            Some(id) => {
                let path = format!("/meetings/{id}/recordings?include_fields=download_access_token&ttl=60");
                self.send(journey, Method::GET, recording, &path, &Value::Null).await;
            }
            None => journey.lacks(recording, "a recorded meeting"),
        }
    }
}
