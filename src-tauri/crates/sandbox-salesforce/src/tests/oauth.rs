//! The sign-in: every refusal, rotation, the reuse alarm, five approvals.

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use liaison_sandbox_kernel::SandboxConfig;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Answer, Bench, encoded};

pub(super) const VERIFIER: &str = "correct-horse-battery-staple-correct-horse-battery";
const REDIRECT: &str = "http://localhost:17171/salesforce/callback";

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

pub(super) fn authorize_url(bench: &Bench, changes: &[(&str, Option<&str>)]) -> String {
    let challenge = challenge();
    let mut parameters = vec![
        ("response_type", "code"),
        ("client_id", bench.salesforce.client_id()),
        ("redirect_uri", REDIRECT),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("scope", "api refresh_token"),
        ("state", "s t/ate"),
    ];
    for (name, value) in changes {
        parameters.retain(|(own, _)| own != name);
        parameters.extend(value.map(|value| (*name, value)));
    }
    let query: Vec<String> = parameters.iter().map(|(name, value)| encoded(name, value)).collect();
    format!("/services/oauth2/authorize?{}", query.join("&"))
}

pub(super) async fn visit(bench: &Bench, url: &str) -> Answer {
    bench.send(Request::get(url).body(Body::empty()).unwrap()).await
}

pub(super) async fn form(bench: &Bench, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body: Vec<String> = fields.iter().map(|(name, value)| encoded(name, value)).collect();
    let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    bench.send(request.body(Body::from(body.join("&"))).unwrap()).await
}

/// A parameter of the address that an answer redirects to.
pub(super) fn redirected(answer: &Answer, name: &str) -> Option<String> {
    assert_eq!(answer.status, 302, "{}", answer.text);
    let location = answer.header("location");
    let (_, query) = location.split_once('?')?;
    url::form_urlencoded::parse(query.as_bytes()).find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
}

pub(super) fn consenting() -> Bench {
    Bench::with(SandboxConfig { auto_consent: true, ..SandboxConfig::default() })
}

pub(super) async fn code(bench: &Bench) -> String {
    redirected(&visit(bench, &authorize_url(bench, &[])).await, "code").unwrap()
}

pub(super) async fn redeem(bench: &Bench, code: &str) -> Answer {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("client_id", bench.salesforce.client_id()),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    form(bench, "/services/oauth2/token", &fields).await
}

pub(super) async fn refresh(bench: &Bench, token: &str) -> Answer {
    let fields =
        [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", bench.salesforce.client_id())];
    form(bench, "/services/oauth2/token", &fields).await
}

pub(super) async fn works(bench: &Bench, token: &str) -> bool {
    let request = Request::get(format!("{}/limits", super::BASE)).header("authorization", format!("Bearer {token}"));
    bench.send(request.body(Body::empty()).unwrap()).await.status == 200
}

pub(super) fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_person_allows_and_the_app_gets_tokens() {
    let bench = Bench::new();
    let page = visit(&bench, &authorize_url(&bench, &[])).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("id=\"allow\"") && page.text.contains("id=\"deny\""));
    let request = page.text.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let action = page.text.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
    let allowed = form(&bench, action, &[("request", request), ("decision", "allow")]).await;
    assert!(allowed.header("location").starts_with(&format!("{REDIRECT}?code=aPrx")));
    assert!(allowed.header("location").contains("%3D%3D&state=s%20t%2Fate"));
    let code = redirected(&allowed, "code").unwrap();
    assert!(code.ends_with("=="));

    let answer = redeem(&bench, &code).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let tokens = answer.json();
    assert!(tokens.get("expires_in").is_none());
    assert!(tokens["issued_at"].as_str().unwrap().parse::<i64>().unwrap() > 1_600_000_000_000);
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["instance_url"], "http://127.0.0.1:2");
    let access = text(&tokens, "access_token");
    let (org, rest) = access.split_once('!').unwrap();
    assert!(org.starts_with("00D") && org.len() == 15);
    assert!(rest.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '.' || letter == '_'));
    assert!(works(&bench, &access).await);
    // The decision was taken; the form is worth nothing any more.
    let again = form(&bench, action, &[("request", request), ("decision", "allow")]).await;
    assert_eq!(redirected(&again, "error").as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn a_person_denies() {
    let bench = Bench::new();
    let page = visit(&bench, &authorize_url(&bench, &[])).await;
    let request = page.text.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let denied = form(&bench, super::super::oauth::APPROVAL_PATH, &[("request", request), ("decision", "deny")]).await;
    assert!(denied.header("location").starts_with(REDIRECT));
    assert_eq!(redirected(&denied, "error").as_deref(), Some("access_denied"));
    assert_eq!(redirected(&denied, "state").as_deref(), Some("s t/ate"));
}

#[tokio::test]
async fn an_unknown_app_or_address_is_never_redirected_to() {
    let bench = consenting();
    for (changes, error) in [
        (("client_id", Some("someone-else")), "invalid_client_id"),
        (("redirect_uri", Some("http://localhost:17174/salesforce/callback")), "redirect_uri_mismatch"),
        (("redirect_uri", Some("http://127.0.0.1:17171/salesforce/callback")), "redirect_uri_mismatch"),
        (("redirect_uri", Some("http://localhost:17171/salesforce/callback/")), "redirect_uri_mismatch"),
        (("redirect_uri", None), "invalid_request"),
    ] {
        let answer = visit(&bench, &authorize_url(&bench, &[changes])).await;
        assert!(answer.header("location").starts_with("/setup/"), "{}", answer.header("location"));
        assert_eq!(redirected(&answer, "error").as_deref(), Some(error));
        let page = visit(&bench, answer.header("location")).await;
        assert_eq!(page.status, 400);
        assert!(page.text.contains(error));
    }
}

#[tokio::test]
async fn a_flow_without_proof_is_refused_at_the_app() {
    let bench = consenting();
    for (changes, error) in [
        (("code_challenge", None), "invalid_request"),
        (("code_challenge_method", Some("plain")), "invalid_request"),
        (("code_challenge", Some("short")), "invalid_request"),
        (("response_type", Some("token")), "unsupported_response_type"),
        (("scope", Some("api full_of_wonders")), "OAUTH_APPROVAL_ERROR_GENERIC"),
    ] {
        let answer = visit(&bench, &authorize_url(&bench, &[changes])).await;
        assert!(answer.header("location").starts_with(REDIRECT));
        assert_eq!(redirected(&answer, "error").as_deref(), Some(error), "{changes:?}");
        assert_eq!(redirected(&answer, "code"), None);
    }
    // The method may be left out.
    let answer = visit(&bench, &authorize_url(&bench, &[("code_challenge_method", None)])).await;
    assert!(redirected(&answer, "code").is_some());
}

#[tokio::test]
async fn a_code_is_good_once_and_for_a_minute() {
    let bench = consenting();
    let first = code(&bench).await;
    assert_eq!(redeem(&bench, &first).await.status, 200);
    let again = redeem(&bench, &first).await;
    assert_eq!((again.status, text(&again.json(), "error").as_str()), (400, "invalid_grant"));
    let late = code(&bench).await;
    bench.shared.clock.advance_ms(61_000);
    let expired = redeem(&bench, &late).await;
    assert_eq!(text(&expired.json(), "error_description"), "expired authorization code");
}

#[tokio::test]
async fn the_token_endpoint_refuses_what_does_not_fit() {
    let bench = consenting();
    let client = bench.salesforce.client_id();
    for (verifier, redirect, client, error) in [
        ("wrong-horse-battery-staple-wrong-horse-battery-x", REDIRECT, client, "invalid_grant"),
        (VERIFIER, "http://localhost:17172/salesforce/callback", client, "redirect_uri_mismatch"),
        (VERIFIER, REDIRECT, "someone", "invalid_client_id"),
    ] {
        let code = code(&bench).await;
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("client_id", client),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        let answer = form(&bench, "/services/oauth2/token", &fields).await;
        assert_eq!((answer.status, text(&answer.json(), "error").as_str()), (400, error));
    }
    let secret = [("grant_type", "refresh_token"), ("client_id", client), ("client_secret", "")];
    let answer = form(&bench, "/services/oauth2/token", &secret).await;
    assert_eq!(text(&answer.json(), "error"), "invalid_client");
    let answer = form(&bench, "/services/oauth2/token", &[("grant_type", "password")]).await;
    assert_eq!(text(&answer.json(), "error"), "unsupported_grant_type");
}

#[tokio::test]
async fn a_refresh_rotates_and_a_reuse_ends_the_family() {
    let bench = consenting();
    let first = redeem(&bench, &code(&bench).await).await.json();
    let second = refresh(&bench, &text(&first, "refresh_token")).await.json();
    assert_ne!(text(&second, "refresh_token"), text(&first, "refresh_token"));
    assert!(works(&bench, &text(&first, "access_token")).await);
    assert!(works(&bench, &text(&second, "access_token")).await);
    let third = refresh(&bench, &text(&second, "refresh_token")).await.json();

    let reuse = refresh(&bench, &text(&first, "refresh_token")).await;
    assert_eq!((reuse.status, text(&reuse.json(), "error").as_str()), (400, "invalid_grant"));
    for tokens in [&first, &second, &third] {
        assert!(!works(&bench, &text(tokens, "access_token")).await);
    }
    assert_eq!(refresh(&bench, &text(&third, "refresh_token")).await.status, 400);
    assert_eq!(bench.effects("token.family_revoked").len(), 1);
    // The session that was issued otherwise is another approval and lives on.
    assert!(works(&bench, &bench.token).await);
}

#[tokio::test]
async fn a_sixth_approval_ends_the_oldest() {
    let bench = consenting();
    let mut sets = Vec::new();
    for _ in 0..5 {
        sets.push(redeem(&bench, &code(&bench).await).await.json());
    }
    // The bench's own session was the first of six.
    assert!(!works(&bench, &bench.token).await);
    assert!(works(&bench, &text(&sets[0], "access_token")).await);
    redeem(&bench, &code(&bench).await).await;
    assert!(!works(&bench, &text(&sets[0], "access_token")).await);
    assert_eq!(refresh(&bench, &text(&sets[0], "refresh_token")).await.status, 400);
    assert!(works(&bench, &text(&sets[1], "access_token")).await);
}

#[tokio::test]
async fn sessions_end_by_idleness_by_expiry_and_by_revocation() {
    let bench = consenting();
    let tokens = redeem(&bench, &code(&bench).await).await.json();
    let access = text(&tokens, "access_token");
    bench.shared.clock.advance_ms(90 * 60 * 1_000);
    assert!(works(&bench, &access).await);
    bench.shared.clock.advance_ms(90 * 60 * 1_000);
    assert!(works(&bench, &access).await, "a call keeps a session alive");
    bench.salesforce.expire_access_tokens();
    let answer = bench.get("limits").await;
    assert_eq!((answer.status, answer.code().as_str()), (401, "INVALID_SESSION_ID"));
    assert_eq!(answer.message(), "Session expired or invalid");

    let fresh = refresh(&bench, &text(&tokens, "refresh_token")).await.json();
    let revoked = form(&bench, "/services/oauth2/revoke", &[("token", &text(&fresh, "refresh_token"))]).await;
    assert_eq!((revoked.status, revoked.text.as_str()), (200, ""));
    assert!(!works(&bench, &text(&fresh, "access_token")).await);
    let again = form(&bench, "/services/oauth2/revoke", &[("token", &text(&fresh, "refresh_token"))]).await;
    assert_eq!((again.status, text(&again.json(), "error").as_str()), (400, "invalid_token"));
}

#[tokio::test]
async fn revoking_an_access_token_leaves_the_refresh_token() {
    let bench = consenting();
    let tokens = redeem(&bench, &code(&bench).await).await.json();
    form(&bench, "/services/oauth2/revoke", &[("token", &text(&tokens, "access_token"))]).await;
    assert!(!works(&bench, &text(&tokens, "access_token")).await);
    assert_eq!(refresh(&bench, &text(&tokens, "refresh_token")).await.status, 200);
    bench.salesforce.revoke_all();
    assert_eq!(refresh(&bench, &text(&tokens, "refresh_token")).await.status, 400);
}

#[tokio::test]
async fn identity_and_userinfo_name_the_same_person() {
    let bench = Bench::new();
    let info = bench.get("/services/oauth2/userinfo").await.json();
    let path = text(&info, "sub").replace("http://127.0.0.1:2", "");
    let identity = bench.get(&path).await.json();
    assert_eq!(info["user_id"], identity["user_id"]);
    assert_eq!(info["organization_id"], identity["organization_id"]);
    assert_eq!(info["email"], identity["email"]);
    let user = bench.read("User", &text(&info, "user_id")).await;
    assert_eq!(user["Email"], info["email"]);
    let stranger = bench
        .send(
            Request::get("/services/oauth2/userinfo").header("authorization", "Bearer x").body(Body::empty()).unwrap(),
        )
        .await;
    assert_eq!((stranger.status, stranger.text.as_str()), (403, "Bad_OAuth_Token"));
}

#[tokio::test]
async fn a_header_that_is_none_and_a_missing_one_are_told_apart() {
    let bench = Bench::new();
    let url = format!("{}/limits", super::BASE);
    let missing = bench.send(Request::get(&url).body(Body::empty()).unwrap()).await;
    assert_eq!((missing.status, missing.code().as_str()), (401, "INVALID_SESSION_ID"));
    for header in ["Bearer", "Bearer ", "Basic abc", "Bearer a b"] {
        let answer = bench.send(Request::get(&url).header("authorization", header).body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status, answer.code().as_str()), (401, "INVALID_AUTH_HEADER"), "{header}");
    }
}

#[tokio::test]
async fn without_the_lasting_scope_there_is_no_refresh_token() {
    let bench = consenting();
    let answer = visit(&bench, &authorize_url(&bench, &[("scope", Some("api"))])).await;
    let tokens = redeem(&bench, &redirected(&answer, "code").unwrap()).await.json();
    assert!(tokens.get("refresh_token").is_none());
    let answer = visit(&bench, &authorize_url(&bench, &[("scope", Some("id refresh_token"))])).await;
    let tokens = redeem(&bench, &redirected(&answer, "code").unwrap()).await.json();
    assert!(!works(&bench, &text(&tokens, "access_token")).await, "the data API needs the scope api");
}
