//! The telephone: history in all its generations, synchronising, recordings, voicemails.

use std::collections::HashSet;

use chrono::{Duration, Utc};
use liaison_sandbox_kernel::SandboxConfig;
use liaison_sandbox_zoom::PlacedCall;
use serde_json::{Value, json};

use super::rep::Rep;

async fn demo() -> Rep {
    Rep::signed_in_to(SandboxConfig::default()).await
}

/// The last thirty days, as a query.
fn month() -> String {
    let day = |days: i64| (Utc::now() - Duration::days(days)).format("%Y-%m-%d").to_string();
    format!("from={}&to={}", day(30), day(0))
}

async fn legs(rep: &Rep, more: &str) -> Vec<Value> {
    let (status, page) = rep.get(&format!("/phone/users/me/call_history?{}&page_size=300{more}", month())).await;
    assert_eq!(status, 200, "{page}");
    page["call_elements"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_profile_has_an_id_of_its_own_and_an_extension() {
    let rep = demo().await;
    let (status, profile) = rep.get("/phone/users/me").await;
    assert_eq!(status, 200);
    let (_, me) = rep.get("/users/me").await;
    assert_eq!(profile["id"], me["id"]);
    assert_ne!(profile["phone_user_id"], me["id"]);
    assert_eq!(profile["extension_number"], 806);
    assert_eq!(rep.get("/phone/users/me/settings").await.0, 200);
    let (status, body) = rep.get(&format!("/phone/users/{}", me["id"].as_str().unwrap())).await;
    assert_eq!((status, &body["code"]), (404, &json!(1001)));
}

#[tokio::test]
async fn both_arrays_say_the_same_until_the_old_one_goes() {
    let rep = demo().await;
    let path = format!("/phone/users/me/call_history?{}&page_size=300", month());
    let (_, page) = rep.get(&path).await;
    let ids = |page: &Value, array: &str, id: &str| -> Vec<String> {
        page[array].as_array().unwrap().iter().map(|leg| leg[id].as_str().unwrap().to_owned()).collect()
    };
    let elements = ids(&page, "call_elements", "call_element_id");
    assert!(elements.len() >= 40);
    assert_eq!(elements, ids(&page, "call_logs", "id"));
    assert_eq!(page["call_elements"][0]["call_history_uuid"], page["call_logs"][0]["call_path_id"]);
    assert!(page["call_elements"][0].get("duration").is_none());
    rep.stage.zoom().show_deprecated_calls(false);
    let (_, page) = rep.get(&path).await;
    assert_eq!(ids(&page, "call_elements", "call_element_id"), elements);
    assert!(page.get("call_logs").is_none());
}

#[tokio::test]
async fn pages_are_whole_and_filters_narrow_them() {
    let rep = demo().await;
    let whole = legs(&rep, "").await;
    let mut paged = Vec::new();
    let mut token = String::new();
    loop {
        let path = format!("/phone/users/me/call_history?{}&page_size=7&next_page_token={token}", month());
        let (_, page) = rep.get(&path).await;
        paged.extend(page["call_elements"].as_array().unwrap().iter().cloned());
        page["next_page_token"].as_str().unwrap().clone_into(&mut token);
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(paged, whole);
    let inbound = legs(&rep, "&directions=inbound").await;
    let outbound = legs(&rep, "&directions=outbound").await;
    assert_eq!(inbound.len() + outbound.len(), whole.len());
    assert!(inbound.iter().all(|leg| leg["direction"] == "inbound"));
    let internal = legs(&rep, "&connect_types=internal").await;
    assert!(!internal.is_empty() && internal.iter().all(|leg| leg["connect_type"] == "internal"));
    let messages = legs(&rep, "&with_voicemail=true").await;
    assert!(!messages.is_empty() && messages.iter().all(|leg| leg["voicemail_id"].is_string()));
    let (status, body) = rep.get(&format!("/phone/users/me/call_history?{}&next_page_token=made-up", month())).await;
    assert_eq!((status, &body["code"]), (400, &json!(400)));
}

#[tokio::test]
async fn a_period_is_a_month_of_the_last_six() {
    let rep = demo().await;
    let day = |days: i64| (Utc::now() - Duration::days(days)).format("%Y-%m-%d").to_string();
    for (query, parameter) in [
        (format!("from={}&to={}", day(40), day(0)), "from"),
        (format!("from={}&to={}", day(220), day(200)), "from"),
        (format!("from={}", day(3)), "to"),
        (format!("from={}&to={}", day(3), day(9)), "to"),
        ("from=yesterday&to=today".to_owned(), "from"),
        ("directions=sideways".to_owned(), "directions"),
    ] {
        let (status, body) = rep.get(&format!("/phone/users/me/call_history?{query}")).await;
        let message = format!("Invalid request param: {parameter}.");
        assert_eq!((status, body), (400, json!({ "code": 301, "message": message })), "{query}");
    }
}

#[tokio::test]
async fn synchronising_finds_every_leg_once_and_new_ones_afterwards() {
    let rep = demo().await;
    let sync = async |query: &str| {
        let (status, page) = rep.get(&format!("/phone/users/me/call_history/sync?{query}")).await;
        assert_eq!(status, 200, "{page}");
        let ids: Vec<String> = page["call_elements"]
            .as_array()
            .unwrap()
            .iter()
            .map(|leg| leg["call_element_id"].as_str().unwrap().to_owned())
            .collect();
        (ids, page["sync_token"].as_str().unwrap().to_owned())
    };
    let (mut seen, newest) = sync("sync_type=FSync&count=20").await;
    assert_eq!(seen.len(), 20);
    let mut token = newest.clone();
    loop {
        let (older, next) = sync(&format!("sync_type=BSync&count=20&sync_token={token}")).await;
        if older.is_empty() {
            break;
        }
        seen.extend(older);
        token = next;
    }
    let whole: HashSet<String> =
        legs(&rep, "").await.iter().map(|leg| leg["call_element_id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(seen.iter().cloned().collect::<HashSet<_>>(), whole);
    assert_eq!(seen.len(), whole.len());

    let call = PlacedCall {
        inbound: false,
        number: "+31205550111".to_owned(),
        name: None,
        talk_seconds: 40,
        voicemail: false,
        recorded: false,
    };
    let id = rep.stage.zoom().place_call(&call);
    let ask = format!("sync_type=ISync&sync_token={newest}");
    assert!(sync(&ask).await.0.is_empty());
    rep.advance(25);
    let (new, after) = sync(&ask).await;
    assert_eq!(new, [id]);
    assert!(sync(&format!("sync_type=ISync&sync_token={after}")).await.0.is_empty());
    for wrong in ["sync_type=ISync", "sync_type=ISync&sync_token=made-up", "sync_type=Sync", "count=0"] {
        let (status, body) = rep.get(&format!("/phone/users/me/call_history/sync?{wrong}")).await;
        assert_eq!((status, &body["code"]), (400, &json!(301)), "{wrong}");
    }
}

#[tokio::test]
async fn a_deleted_leg_is_gone_from_every_list() {
    let rep = demo().await;
    let before = legs(&rep, "").await;
    let id = before[3]["call_element_id"].as_str().unwrap();
    let path = format!("/phone/users/me/call_history/{id}");
    assert_eq!(rep.delete(&path).await.0, 204);
    assert_eq!(legs(&rep, "").await.len(), before.len() - 1);
    let (status, body) = rep.delete(&path).await;
    assert_eq!((status, &body["code"]), (404, &json!(301)));
    assert_eq!(rep.effects("phone.call_deleted").len(), 1);
}

#[tokio::test]
async fn the_old_list_speaks_in_words_and_has_durations() {
    let rep = demo().await;
    let (status, page) = rep.get(&format!("/phone/users/me/call_logs?{}&page_size=300", month())).await;
    assert_eq!(status, 200);
    let rows = page["call_logs"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["result"] == "Call connected" && row["duration"].as_i64().unwrap() > 30));
    let (_, missed) = rep.get(&format!("/phone/users/me/call_logs?{}&page_size=300&type=missed", month())).await;
    let missed = missed["call_logs"].as_array().unwrap();
    assert!(!missed.is_empty() && missed.len() < rows.len());
    assert!(missed.iter().all(|row| row["direction"] == "inbound" && row["duration"] == 0));
}

#[tokio::test]
async fn voicemails_are_read_once_marked_and_found_by_leg() {
    let rep = demo().await;
    let list = async |status: &str| {
        let (_, page) = rep.get(&format!("/phone/users/me/voice_mails?status={status}")).await;
        page["voice_mails"].as_array().unwrap().clone()
    };
    let all = list("all").await;
    let unread = list("unread").await;
    assert!(!unread.is_empty() && unread.len() < all.len());
    let id = unread[0]["id"].as_str().unwrap();
    let path = format!("/phone/voice_mails/{id}");
    assert_eq!(rep.patch(&format!("{path}?read_status=Maybe"), &json!({})).await.0, 400);
    assert_eq!(rep.patch(&format!("{path}?read_status=Read"), &json!({})).await.0, 204);
    let (_, voicemail) = rep.get(&path).await;
    assert_eq!(voicemail["status"], "read");
    assert_eq!(voicemail["transcription"]["status"], 2);
    assert_eq!(list("unread").await.len(), unread.len() - 1);
    let leg = voicemail["call_element_id"].as_str().unwrap();
    let (_, same) = rep.get(&format!("/phone/call_element/{leg}/voice_mail")).await;
    assert_eq!(same["id"], id);
    assert_eq!(rep.get("/phone/voice_mails/nothing").await.1["code"], 300);
    assert_eq!(rep.get("/phone/call_element/nothing/voice_mail").await.0, 404);
}

#[tokio::test]
async fn recordings_and_summaries_belong_to_legs() {
    let rep = demo().await;
    let (_, page) = rep.get("/phone/users/me/recordings").await;
    let recordings = page["recordings"].as_array().unwrap();
    assert!(!recordings.is_empty());
    let leg = recordings[0]["call_element_id"].as_str().unwrap();
    let (status, recording) = rep.get(&format!("/phone/call_element/{leg}/recording")).await;
    assert_eq!((status, &recording["id"]), (200, &recordings[0]["id"]));
    let (_, sync) = rep.get("/phone/users/me/call_history/sync?count=300").await;
    let summarized = sync["call_elements"].as_array().unwrap().iter().find(|leg| leg["ai_call_summary_id"].is_string());
    let id = summarized.unwrap()["ai_call_summary_id"].as_str().unwrap();
    let (status, summary) = rep.get(&format!("/phone/user/me/ai_call_summary/{id}")).await;
    assert_eq!((status, &summary["call_id"]), (200, &summarized.unwrap()["call_id"]));
    assert_eq!(rep.get("/phone/user/me/ai_call_summary/nothing").await.0, 404);
}

#[tokio::test]
async fn without_a_licence_there_is_no_telephone_and_the_account_is_for_administrators() {
    let rep = demo().await;
    for path in ["/phone/call_history", "/phone/call_history/x", "/phone/call_element/x", "/phone/call_logs"] {
        assert_eq!(rep.get(path).await.1["code"], 4711, "{path}");
    }
    rep.stage.zoom().license_phone(false);
    for path in ["", "/call_history", "/call_history/sync", "/voice_mails", "/recordings", "/call_logs"] {
        let (status, body) = rep.get(&format!("/phone/users/me{path}")).await;
        assert_eq!((status, &body["code"]), (400, &json!(2031)), "{path}");
    }
    assert_eq!(rep.get("/users/me/settings").await.1["feature"]["zoom_phone"], false);
}
