//! What download links lead to.

use liaison_sandbox_kernel::SandboxConfig;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use url::Url;

use super::rep::{Rep, answered};

/// A link of an answer, at the sandbox.
fn here(rep: &Rep, link: &Value) -> String {
    let link = Url::parse(link.as_str().unwrap()).unwrap();
    rep.url(link.path())
}

async fn fetch(rep: &Rep, link: &str, token: &str) -> (StatusCode, String, Vec<u8>) {
    let answer = rep.http.get(link).bearer_auth(token).send().await.unwrap();
    let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
    (answer.status(), kind.unwrap_or_default(), answer.bytes().await.unwrap().to_vec())
}

async fn recorded(rep: &Rep) -> Value {
    let day = |days: i64| (chrono::Utc::now() - chrono::Duration::days(days)).format("%Y-%m-%d").to_string();
    let (_, list) = rep.get(&format!("/users/me/recordings?from={}&to={}", day(20), day(0))).await;
    let path = format!("/meetings/{}/recordings?include_fields=download_access_token", list["meetings"][0]["id"]);
    let (status, recording) = rep.get(&path).await;
    assert_eq!(status, 200);
    recording
}

#[tokio::test]
async fn the_files_of_a_recording_are_what_they_say() {
    let rep = Rep::signed_in_to(SandboxConfig::default()).await;
    let recording = recorded(&rep).await;
    let expected = [("MP4", "video/mp4"), ("M4A", "audio/mp4"), ("TRANSCRIPT", "text/vtt"), ("CHAT", "text/plain")];
    for (file, (kind, media_type)) in recording["recording_files"].as_array().unwrap().iter().zip(expected) {
        assert_eq!(file["file_type"], kind);
        let (status, found, bytes) = fetch(&rep, &here(&rep, &file["download_url"]), &rep.access_token).await;
        assert_eq!((status, found.as_str()), (StatusCode::OK, media_type));
        match kind {
            "MP4" | "M4A" => assert_eq!(bytes.get(4..8), Some(&b"ftyp"[..])),
            "TRANSCRIPT" => assert!(bytes.starts_with(b"WEBVTT\n")),
            _ => assert!(!bytes.is_empty()),
        }
    }
    let voice = here(&rep, &recording["participant_audio_files"][0]["download_url"]);
    assert_eq!(fetch(&rep, &voice, &rep.access_token).await.0, StatusCode::OK);
    let (_, transcript) = rep.get(&format!("/meetings/{}/transcript", recording["id"])).await;
    let (status, _, bytes) = fetch(&rep, &here(&rep, &transcript["download_url"]), &rep.access_token).await;
    assert!(status == StatusCode::OK && bytes.starts_with(b"WEBVTT\n"));
}

#[tokio::test]
async fn a_recording_is_for_those_with_a_token_in_the_header() {
    let mut rep = Rep::signed_in_to(SandboxConfig::default()).await;
    let recording = recorded(&rep).await;
    let link = here(&rep, &recording["recording_files"][0]["download_url"]);
    let passed = recording["download_access_token"].as_str().unwrap();
    assert_eq!(fetch(&rep, &link, passed).await.0, StatusCode::OK);
    for token in ["made-up", ""] {
        assert_eq!(fetch(&rep, &link, token).await.0, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(rep.http.get(&link).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let in_query = rep.http.get(format!("{link}?access_token={}", rep.access_token));
    assert_eq!(in_query.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    rep.stage.zoom().set_app_scopes("user:read:user");
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    let narrow = rep.http.get(&link).bearer_auth(&rep.access_token).send().await.unwrap();
    assert_eq!(answered(narrow).await.1["code"], 4711);
    assert_eq!(fetch(&rep, &rep.url("/rec/download/nothing"), passed).await.0, StatusCode::NOT_FOUND);
    rep.advance(25 * 60 * 60);
    assert_eq!(fetch(&rep, &link, passed).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn calls_and_messages_can_be_listened_to() {
    let rep = Rep::signed_in_to(SandboxConfig::default()).await;
    for (list, rows) in [("recordings", "recordings"), ("voice_mails", "voice_mails")] {
        let (_, page) = rep.get(&format!("/phone/users/me/{list}")).await;
        let link = here(&rep, &page[rows][0]["download_url"]);
        let (status, kind, bytes) = fetch(&rep, &link, &rep.access_token).await;
        assert_eq!((status, kind.as_str(), bytes.get(..2)), (StatusCode::OK, "audio/mpeg", Some(&[0xff, 0xfb][..])));
        let (status, refused) = rep.get(&format!("/phone/{}/download/nothing", list.trim_end_matches('s'))).await;
        if list == "recordings" {
            assert_eq!((status, &refused["code"]), (400, &json!(404)));
        }
        let without = rep.http.get(link).send().await.unwrap();
        assert_eq!(without.status(), StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn the_transcript_of_a_call_lies_elsewhere() {
    let mut rep = Rep::signed_in_to(SandboxConfig::default()).await;
    let (_, page) = rep.get("/phone/users/me/recordings").await;
    let id = page["recordings"][0]["id"].as_str().unwrap();
    let path = format!("/phone/recording_transcript/download/{id}");
    assert_eq!(here(&rep, &page["recordings"][0]["transcript_download_url"]), rep.url(&format!("/v2{path}")));
    // The app has not asked for this scope.
    assert_eq!(rep.get(&path).await.1["code"], 4711);
    rep.stage.zoom().set_app_scopes("phone:read:recording_transcript");
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    let sent_on = rep.send(Method::GET, &path, None).await;
    assert_eq!(sent_on.status(), StatusCode::FOUND);
    let elsewhere = sent_on.headers()["location"].to_str().unwrap().to_owned();
    let (status, transcript) = answered(rep.http.get(&elsewhere).send().await.unwrap()).await;
    assert_eq!((status, &transcript["recording_id"]), (200, &json!(id)));
    let (guessed, _) = elsewhere.split_once('?').unwrap();
    assert_eq!(rep.http.get(guessed).send().await.unwrap().status(), StatusCode::FORBIDDEN);
}
