//! The sign-in and everything that Zoom refuses on the way.

use liaison_sandbox_kernel::SandboxConfig;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::rep::{Rep, answered, carried, hidden_request};

async fn signed_out() -> Rep {
    Rep::start(SandboxConfig::default()).await
}

fn text(body: &Value, field: &str) -> String {
    body[field].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn consent_gives_a_code_and_the_code_gives_tokens() {
    let rep = signed_out().await;
    let redirect = rep.decide("allow").await;
    assert_eq!(redirect["state"], "s t&te");
    let (status, tokens) = rep.token(&rep.code_form(&redirect["code"])).await;
    assert_eq!(status, 200);
    assert_eq!(tokens["token_type"], "bearer");
    assert_eq!(tokens["expires_in"], 3_599);
    assert_eq!(tokens["api_url"], rep.stage.urls().zoom.as_str());
    assert!(text(&tokens, "scope").split(' ').any(|scope| scope == "meeting:write:meeting"));
    let token = text(&tokens, "access_token");
    assert!(token.len() > 600 && token.split('.').count() == 3);
    assert_eq!(rep.me_with(&token).await.0, 200);
    assert_eq!(rep.effects("token.issued").len(), 1);
}

#[tokio::test]
async fn a_person_who_denies_sends_the_app_back_without_a_code() {
    let rep = signed_out().await;
    let redirect = rep.decide("deny").await;
    assert_eq!(redirect["error"], "access_denied");
    assert_eq!(redirect["state"], "s t&te");
    assert!(!redirect.contains_key("code"));
    assert_eq!(rep.effects("authorization.declined").len(), 1);
}

#[tokio::test]
async fn a_consent_page_works_once() {
    let rep = signed_out().await;
    let page = rep.open_consent(&rep.authorize_parameters()).await;
    let request = hidden_request(&page.text().await.unwrap());
    assert_eq!(rep.press(&request, "allow").await.status(), StatusCode::FOUND);
    assert_eq!(rep.press(&request, "allow").await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(rep.press("made-up", "allow").await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn automatic_consent_redirects_at_once() {
    let rep = Rep::start(SandboxConfig { auto_consent: true, ..SandboxConfig::default() }).await;
    let answer = rep.open_consent(&rep.authorize_parameters()).await;
    assert_eq!(answer.status(), StatusCode::FOUND);
    let (status, _) = rep.token(&rep.code_form(&carried(&answer)["code"])).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn a_wrong_authorize_request_ends_on_a_page_and_never_redirects() {
    let rep = signed_out().await;
    let cases = [
        ("client_id", "unknown", "4700"),
        ("client_id", rep.stage.urls().zoom.as_str(), "4700"),
        ("redirect_uri", "http://localhost:49152/callback", "4709"),
        ("redirect_uri", "http://127.0.0.1:49152/elsewhere", "4709"),
        ("redirect_uri", "https://evil.example/callback", "4709"),
        ("response_type", "token", "4700"),
        ("code_challenge", "", "4700"),
        ("code_challenge", "too-short", "4700"),
        ("code_challenge_method", "S512", "4700"),
        ("scope", "meeting:write:meeting user:read:list_users:admin", "4700"),
    ];
    for (name, value, code) in cases {
        let mut parameters = rep.authorize_parameters();
        parameters.insert(name, value.to_owned());
        let answer = rep.open_consent(&parameters).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{name}={value}");
        assert!(answer.headers().get("location").is_none());
        let page = answer.text().await.unwrap();
        assert!(page.contains("<!doctype html>") && page.contains(code), "{name}={value}: {page}");
    }
    assert!(rep.effects("authorization.granted").is_empty());
}

#[tokio::test]
async fn a_code_works_once_and_for_five_minutes() {
    let rep = signed_out().await;
    let code = rep.decide("allow").await.remove("code").unwrap();
    assert_eq!(rep.token(&rep.code_form(&code)).await.0, 200);
    let used = rep.token(&rep.code_form(&code)).await;
    let reason = format!("Invalid authorization code {code}");
    assert_eq!(used, (400, json!({ "reason": reason, "error": "invalid_request" })));

    let code = rep.decide("allow").await.remove("code").unwrap();
    rep.advance(5 * 60);
    let late = rep.token(&rep.code_form(&code)).await;
    assert_eq!((late.0, &late.1["error"]), (400, &json!("invalid_request")));
    assert_eq!(rep.effects("token.issued").len(), 1);
}

#[tokio::test]
async fn the_token_endpoint_refuses_what_a_public_client_must_not_send() {
    let rep = signed_out().await;
    let zoom = rep.stage.zoom().clone();
    let cases = [
        ("code_verifier", Some("A".repeat(43)), "invalid_grant"),
        ("code_verifier", None, "invalid_grant"),
        ("redirect_uri", Some("http://127.0.0.1:1/callback".to_owned()), "invalid_request"),
        ("redirect_uri", None, "invalid_request"),
        ("client_id", Some("unknown".to_owned()), "invalid_client"),
        ("client_id", None, "invalid_client"),
        ("client_id", Some(zoom.confidential_client().id.clone()), "invalid_client"),
        ("client_secret", Some("secret".to_owned()), "invalid_client"),
        ("grant_type", Some("password".to_owned()), "unsupported_grant_type"),
    ];
    for (name, value, error) in cases {
        let code = rep.decide("allow").await.remove("code").unwrap();
        let mut form = rep.code_form(&code);
        form.remove(name);
        form.extend(value.map(|value| (name, value)));
        let (status, body) = rep.token(&form).await;
        assert_eq!((status, body["error"].as_str()), (400, Some(error)), "{name}");
        assert!(body["reason"].is_string());
    }
    assert!(rep.effects("token.issued").is_empty());
}

#[tokio::test]
async fn a_public_client_with_an_authorization_header_is_refused() {
    let rep = signed_out().await;
    let code = rep.decide("allow").await.remove("code").unwrap();
    let client_id = rep.stage.zoom().client_id().to_owned();
    let request = rep.http.post(rep.url("/oauth/token")).basic_auth(client_id, Some(""));
    let answer = request.form(&rep.code_form(&code)).send().await.unwrap();
    let (status, body) = answered(answer).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_client")));
}

#[tokio::test]
async fn the_ordinary_client_needs_its_secret_in_a_basic_header() {
    let rep = signed_out().await;
    let client = rep.stage.zoom().confidential_client().clone();
    let mut parameters = rep.authorize_parameters();
    parameters.insert("client_id", client.id.clone());
    let page = rep.open_consent(&parameters).await.text().await.unwrap();
    let code = carried(&rep.press(&hidden_request(&page), "allow").await)["code"].clone();
    let mut form = rep.code_form(&code);
    form.remove("client_id");
    let wrong = rep.http.post(rep.url("/oauth/token")).basic_auth(&client.id, Some("guess"));
    assert_eq!(wrong.form(&form).send().await.unwrap().status(), StatusCode::BAD_REQUEST);
    let right = rep.http.post(rep.url("/oauth/token")).basic_auth(&client.id, Some(&client.secret));
    assert_eq!(right.form(&form).send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_refresh_kills_the_old_refresh_token_at_once_and_leaves_the_access_token() {
    let rep = signed_out().await;
    let first = rep.stage.zoom().issue_tokens();
    let (status, second) = rep.token(&rep.refresh_form(&first.refresh_token)).await;
    assert_eq!(status, 200);
    let again = rep.token(&rep.refresh_form(&first.refresh_token)).await;
    assert_eq!(again, (400, json!({ "reason": "Invalid Token!", "error": "invalid_grant" })));
    assert_eq!(rep.me_with(&first.access_token).await.0, 200);
    assert_eq!(rep.me_with(&text(&second, "access_token")).await.0, 200);
    assert_eq!(rep.effects("token.refreshed").len(), 1);
    let (status, _) = rep.token(&rep.refresh_form(&text(&second, "refresh_token"))).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn a_second_sign_in_kills_the_tokens_of_the_first() {
    let rep = signed_out().await;
    let first = rep.stage.zoom().issue_tokens();
    let code = rep.decide("allow").await.remove("code").unwrap();
    assert_eq!(rep.me_with(&first.access_token).await.0, 200);
    let (_, second) = rep.token(&rep.code_form(&code)).await;
    assert_eq!(rep.me_with(&first.access_token).await, (401, json!(4741)));
    let (status, body) = rep.token(&rep.refresh_form(&first.refresh_token)).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_grant")));
    assert_eq!(rep.me_with(&text(&second, "access_token")).await.0, 200);
    assert_eq!(rep.effects("token.set_revoked").len(), 1);
}

#[tokio::test]
async fn access_tokens_end_with_their_lifetime_which_can_be_set() {
    let config = SandboxConfig { zoom_token_seconds: 20, ..SandboxConfig::default() };
    let rep = Rep::start(config).await;
    let tokens = rep.stage.zoom().issue_tokens();
    assert_eq!(rep.me_with(&tokens.access_token).await.0, 200);
    rep.advance(20);
    assert_eq!(rep.me_with(&tokens.access_token).await, (401, json!(124)));
    let (status, body) = rep.token(&rep.refresh_form(&tokens.refresh_token)).await;
    assert_eq!((status, &body["expires_in"]), (200, &json!(20)));
}

#[tokio::test]
async fn revoking_ends_the_whole_set_and_an_unknown_token_is_no_error() {
    let rep = signed_out().await;
    let tokens = rep.stage.zoom().issue_tokens();
    let client_id = rep.stage.zoom().client_id().to_owned();
    let revoke = async |token: &str| {
        let form = [("token", token), ("client_id", client_id.as_str())];
        let request = rep.http.post(rep.url("/oauth/revoke")).form(&form);
        answered(request.send().await.unwrap()).await
    };
    assert_eq!(revoke("unknown").await, (200, json!({ "status": "success" })));
    assert!(rep.effects("token.set_revoked").is_empty());
    assert_eq!(revoke(&tokens.access_token).await.0, 200);
    assert_eq!(rep.me_with(&tokens.access_token).await, (401, json!(4741)));
    assert_eq!(rep.token(&rep.refresh_form(&tokens.refresh_token)).await.0, 400);
    let anonymous = rep.http.post(rep.url("/oauth/revoke")).form(&[("token", "x")]);
    assert_eq!(anonymous.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_token_belongs_into_the_bearer_header_only() {
    let rep = Rep::signed_in().await;
    let ask = async |request: reqwest::RequestBuilder| answered(request.send().await.unwrap()).await;
    let url = rep.url("/v2/users/me");
    let in_query = ask(rep.http.get(&url).query(&[("access_token", &rep.access_token)])).await;
    assert_eq!((in_query.0, &in_query.1["code"]), (401, &json!(124)));
    assert!(in_query.1["message"].as_str().unwrap().contains("query parameter"));
    let none = ask(rep.http.get(&url)).await;
    assert_eq!(none, (401, json!({ "code": 124, "message": "Requires an access token." })));
    let basic = ask(rep.http.get(&url).basic_auth("user", Some(&rep.access_token))).await;
    assert_eq!((basic.0, &basic.1["code"]), (401, &json!(124)));
    assert_eq!(rep.me_with("made.up.token").await, (401, json!(124)));
}

#[tokio::test]
async fn a_narrow_consent_leads_to_4711_with_the_missing_scope() {
    let rep = signed_out().await;
    let mut parameters = rep.authorize_parameters();
    parameters.insert("scope", "user:read:user".to_owned());
    let page = rep.open_consent(&parameters).await.text().await.unwrap();
    let code = carried(&rep.press(&hidden_request(&page), "allow").await)["code"].clone();
    let (_, tokens) = rep.token(&rep.code_form(&code)).await;
    assert_eq!(tokens["scope"], "user:read:user");
    let token = text(&tokens, "access_token");
    assert_eq!(rep.me_with(&token).await.0, 200);
    let request = rep.http.get(rep.url("/v2/users/me/settings")).bearer_auth(&token);
    let refused = answered(request.send().await.unwrap()).await;
    let message = "Invalid access token, does not contain scopes:[user:read:settings].";
    assert_eq!(refused, (400, json!({ "code": 4711, "message": message })));
}
