//! The user and what stands around every answer.

use liaison_sandbox_kernel::SandboxConfig;
use reqwest::Method;
use serde_json::json;

use super::rep::Rep;

#[tokio::test]
async fn the_user_is_me_and_nobody_else() {
    let rep = Rep::signed_in().await;
    let (status, me) = rep.get("/users/me").await;
    assert_eq!(status, 200);
    assert_eq!(me["timezone"], "Europe/Amsterdam");
    assert!(me["pmi"].as_u64().unwrap() > u64::from(u32::MAX));
    let id = me["id"].as_str().unwrap();
    for other in [id, me["email"].as_str().unwrap(), "somebody"] {
        for path in ["", "/settings", "/meetings", "/upcoming_meetings"] {
            let (status, body) = rep.get(&format!("/users/{other}{path}")).await;
            assert_eq!((status, &body["code"]), (404, &json!(1001)));
            assert_eq!(body["message"], format!("User does not exist: {other}."));
        }
    }
}

#[tokio::test]
async fn the_zone_of_the_settings_is_the_users() {
    let config = SandboxConfig { zone: Some("Asia/Kathmandu".to_owned()), ..SandboxConfig::default() };
    let rep = Rep::signed_in_to(config).await;
    assert_eq!(rep.get("/users/me").await.1["timezone"], "Asia/Kathmandu");
}

#[tokio::test]
async fn settings_carry_the_licences_and_the_passcode_of_the_personal_meeting() {
    let rep = Rep::signed_in().await;
    let (status, settings) = rep.get("/users/me/settings").await;
    assert_eq!(status, 200);
    assert_eq!(settings["feature"]["webinar"], true);
    assert_eq!(settings["feature"]["zoom_phone"], true);
    let (_, me) = rep.get("/users/me").await;
    let (_, personal) = rep.get(&format!("/meetings/{}", me["pmi"])).await;
    assert_eq!(personal["type"], 4);
    assert_eq!(settings["schedule_meeting"]["pmi_password"], personal["password"]);
    let (_, security) = rep.get("/users/me/settings?option=meeting_security").await;
    assert_eq!(security.as_object().unwrap().keys().collect::<Vec<_>>(), ["meeting_security"]);
    assert_eq!(rep.get("/users/me/settings?option=nonsense").await.0, 400);
}

#[tokio::test]
async fn admin_routes_are_out_of_reach_and_unknown_ones_are_unknown() {
    let rep = Rep::signed_in().await;
    let (status, body) = rep.get("/users").await;
    assert_eq!((status, &body["code"]), (400, &json!(4711)));
    assert!(body["message"].as_str().unwrap().contains("[user:read:list_users:admin]"));
    for (method, path) in [(Method::GET, "/nonsense"), (Method::PUT, "/users/me/meetings"), (Method::GET, "/users/me/")]
    {
        let response = rep.send(method, path, None).await;
        assert_eq!(response.status(), 404, "{path}");
        let body: serde_json::Value = response.json().await.unwrap();
        assert_eq!(body["code"], 2300);
    }
}

#[tokio::test]
async fn every_answer_has_a_tracking_id_and_the_rate_headers() {
    let rep = Rep::signed_in().await;
    let first = rep.send(Method::GET, "/users/me", None).await;
    let second = rep.send(Method::GET, "/users/me/settings", None).await;
    let header = |response: &reqwest::Response, name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header(&first, "x-ratelimit-category"), "Light");
    assert_eq!(header(&second, "x-ratelimit-category"), "Medium");
    assert_eq!(header(&first, "x-ratelimit-type"), "QPS");
    assert_eq!(header(&first, "content-type"), "application/json;charset=UTF-8");
    assert_ne!(header(&first, "x-zm-trackingid"), header(&second, "x-zm-trackingid"));
    let page = rep.http.get(rep.url("/oauth/authorize")).send().await.unwrap();
    assert!(header(&page, "x-zm-trackingid").starts_with("v=2.0;clid=us02;rid=WEB_"));
}

#[tokio::test]
async fn a_zak_is_new_each_time_and_starts_a_meeting_for_two_hours() {
    let rep = Rep::signed_in().await;
    let (_, me) = rep.get("/users/me").await;
    let (_, first) = rep.get("/users/me/zak").await;
    let (_, second) = rep.get("/users/me/token?type=zak").await;
    assert_ne!(first["token"], second["token"]);
    assert_eq!(rep.get("/users/me/token?type=zak&ttl=99999999").await.0, 400);
    let start = async |zak: &str| {
        let url = rep.url(&format!("/s/{}?zak={zak}", me["pmi"]));
        rep.http.get(url).send().await.unwrap().status().as_u16()
    };
    let zak = first["token"].as_str().unwrap();
    assert_eq!(start(zak).await, 200);
    assert_eq!(start("guess").await, 403);
    rep.advance(2 * 60 * 60);
    assert_eq!(start(zak).await, 403);
}
