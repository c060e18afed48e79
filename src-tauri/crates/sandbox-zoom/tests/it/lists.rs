//! Lists of meetings, their pages, and the world that they show.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use liaison_sandbox_kernel::SandboxConfig;
use serde_json::{Value, json};

use super::rep::Rep;

fn starts(list: &Value) -> Vec<DateTime<Utc>> {
    let meetings = list["meetings"].as_array().unwrap().iter();
    let starts = meetings.filter_map(|meeting| meeting["start_time"].as_str());
    starts.map(|start| DateTime::parse_from_rfc3339(start).unwrap().to_utc()).collect()
}

/// All lines of a list, page after page.
async fn everything(rep: &Rep, query: &str) -> Vec<Value> {
    let mut lines = Vec::new();
    let mut token = String::new();
    loop {
        let (status, page) = rep.get(&format!("/users/me/meetings?{query}&next_page_token={token}")).await;
        assert_eq!(status, 200, "{page}");
        lines.extend(page["meetings"].as_array().unwrap().iter().cloned());
        assert!(page["total_records"].as_u64().unwrap() >= lines.len() as u64);
        page["next_page_token"].as_str().unwrap().clone_into(&mut token);
        if token.is_empty() {
            return lines;
        }
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let config = SandboxConfig { meetings: Some(200), ..SandboxConfig::default() };
    let rep = Rep::signed_in_to(config).await;
    let whole = everything(&rep, "page_size=300").await;
    let pages = everything(&rep, "page_size=7").await;
    assert!(whole.len() >= 150);
    assert_eq!(whole, pages);
    let distinct: HashSet<String> = whole.iter().map(|line| format!("{} {}", line["id"], line["start_time"])).collect();
    assert_eq!(distinct.len(), whole.len());
}

#[tokio::test]
async fn a_page_token_belongs_to_its_query_and_ends_after_fifteen_minutes() {
    let rep = Rep::signed_in_to(SandboxConfig::default()).await;
    let (_, page) = rep.get("/users/me/meetings?page_size=5&type=upcoming").await;
    let token = page["next_page_token"].as_str().unwrap();
    let refused = json!({
        "code": 300, "message": "The next page token is invalid or expired.",
    });
    let ask = async |query: &str| rep.get(&format!("/users/me/meetings?{query}")).await;
    for query in ["page_size=6&type=upcoming", "page_size=5", "page_size=5&type=upcoming&from=2026-01-01"] {
        assert_eq!(ask(&format!("{query}&next_page_token={token}")).await, (400, refused.clone()));
    }
    let same = format!("type=upcoming&page_size=5&next_page_token={token}");
    assert_eq!(ask(&same).await.0, 200);
    rep.advance(15 * 60);
    assert_eq!(ask(&same).await, (400, refused.clone()));
    assert_eq!(ask("next_page_token=made-up").await, (400, refused));
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let rep = Rep::signed_in().await;
    for (query, field) in [
        ("page_size=301", "page_size"),
        ("page_size=0", "page_size"),
        ("page_size=many", "page_size"),
        ("type=past", "type"),
        ("from=25-11-2026", "from"),
        ("from=2026-11-25&to=2026-11-24", "to"),
        ("timezone=Nowhere", "timezone"),
    ] {
        let (status, body) = rep.get(&format!("/users/me/meetings?{query}")).await;
        assert_eq!((status, &body["code"]), (400, &json!(300)), "{query}");
        assert_eq!(body["errors"][0]["field"], field);
    }
}

#[tokio::test]
async fn types_divide_the_calendar_at_now() {
    let rep = Rep::signed_in_to(SandboxConfig::default()).await;
    let now = Utc::now();
    let (_, upcoming) = rep.get("/users/me/meetings?type=upcoming&page_size=300").await;
    let (_, previous) = rep.get("/users/me/meetings?type=previous_meetings&page_size=300").await;
    let (_, live) = rep.get("/users/me/meetings?type=live").await;
    assert!(starts(&upcoming).iter().all(|start| *start > now - Duration::hours(2)));
    assert!(starts(&previous).iter().all(|start| *start < now));
    assert!(!starts(&previous).is_empty());
    assert_eq!(live["total_records"], 1);
    let running = live["meetings"][0]["id"].clone();
    let (_, meeting) = rep.get(&format!("/meetings/{running}")).await;
    assert_eq!(meeting["status"], "started");
    let end = json!({ "action": "end" });
    assert_eq!(rep.put(&format!("/meetings/{running}/status"), &end).await.0, 204);
    assert_eq!(rep.get("/users/me/meetings?type=live").await.1["total_records"], 0);
    assert_eq!(rep.put(&format!("/meetings/{running}/status"), &end).await.0, 400);
}

#[tokio::test]
async fn a_range_of_dates_is_meant_in_its_zone() {
    let rep = Rep::signed_in().await;
    let day = (Utc::now() + Duration::days(5)).format("%Y-%m-%d").to_string();
    let body = json!({ "start_time": format!("{day}T23:30:00Z"), "timezone": "UTC" });
    rep.post("/users/me/meetings", &body).await;
    let count = async |zone: &str| {
        let query = format!("from={day}&to={day}&timezone={zone}");
        rep.get(&format!("/users/me/meetings?{query}")).await.1["total_records"].clone()
    };
    assert_eq!(count("UTC").await, 1);
    assert_eq!(count("Asia/Tokyo").await, 0);
}

#[tokio::test]
async fn agendas_are_cut_in_lists_and_credentials_are_not_in_them() {
    let rep = Rep::signed_in().await;
    let start = (Utc::now() + Duration::hours(3)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let body = json!({ "agenda": "é".repeat(300), "start_time": start });
    let (_, meeting) = rep.post("/users/me/meetings", &body).await;
    let (_, list) = rep.get("/users/me/meetings").await;
    let line = &list["meetings"][0];
    assert_eq!(line["id"], meeting["id"]);
    assert_eq!(line["agenda"].as_str().unwrap().chars().count(), 250);
    for hidden in ["password", "start_url", "settings"] {
        assert!(line.get(hidden).is_none(), "{hidden}");
    }
}

#[tokio::test]
async fn the_next_day_shows_invitations_too_and_they_are_not_the_reps_to_read() {
    let rep = Rep::signed_in_to(SandboxConfig::default()).await;
    let (status, day) = rep.get("/users/me/upcoming_meetings").await;
    assert_eq!(status, 200);
    let meetings = day["meetings"].as_array().unwrap();
    assert_eq!(day["total_records"].as_u64().unwrap(), meetings.len() as u64);
    let invited: Vec<_> = meetings.iter().filter(|one| one["is_host"] == false).collect();
    assert_eq!(invited.len(), 1);
    assert_eq!(rep.get(&format!("/meetings/{}", invited[0]["id"])).await.1["code"], 3001);
    let horizon = Utc::now() + Duration::hours(24);
    assert!(starts(&day).iter().all(|start| *start < horizon));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_meetings() {
    let lines = async |seed: u64| {
        let rep = Rep::signed_in_to(SandboxConfig { seed, ..SandboxConfig::default() }).await;
        let mut ids: Vec<_> = everything(&rep, "page_size=300")
            .await
            .iter()
            .map(|line| format!("{} {} {}", line["id"], line["uuid"], line["topic"]))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let first = lines(7).await;
    assert!(first.len() > 50);
    assert_eq!(first, lines(7).await);
    assert_ne!(first, lines(8).await);
}

#[tokio::test]
async fn a_slash_at_the_end_changes_nothing_in_zoom() {
    let rep = Rep::signed_in().await;
    for number in 0..3 {
        let topic = json!({ "topic": format!("Slash {number}"), "start_time": "2030-01-01T10:00:00Z", "type": 2 });
        assert_eq!(rep.post("/users/me/meetings/", &topic).await.0, 201);
    }
    let (status, first) = rep.get("/users/me/meetings/?page_size=2").await;
    assert_eq!((status, first["total_records"].as_u64()), (200, Some(3)));
    // A page token belongs to the list, however its path was written.
    let token = first["next_page_token"].as_str().unwrap();
    let (status, second) = rep.get(&format!("/users/me/meetings?page_size=2&next_page_token={token}")).await;
    assert_eq!((status, second["meetings"].as_array().unwrap().len()), (200, 1));
    let id = &second["meetings"][0]["id"];
    assert_eq!(rep.get(&format!("/meetings/{id}/")).await.1["code"], 2300);
    assert_eq!(rep.get("/users/me/upcoming_meetings/").await.0, 200);
    for path in ["/users/me/webinars/", "/phone/users/me/recordings/"] {
        let plain = rep.get(path.trim_end_matches('/')).await;
        assert_eq!(rep.get(path).await, plain, "{path}");
    }
    // A number that is left out is no operation, not another one.
    assert_eq!(rep.delete("/meetings/").await.1["code"], 2300);
    assert_eq!(rep.get("/users/me/meetings//").await.1["code"], 2300);
}
