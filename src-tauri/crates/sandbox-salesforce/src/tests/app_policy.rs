//! The app as an administrator may have set it up, and an org that moves.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::oauth::{authorize_url, code, consenting, form, redeem, redirected, refresh, text, visit, works};
use super::{Answer, Bench};
use crate::AppPolicy;

fn with(policy: AppPolicy) -> Bench {
    let bench = consenting();
    bench.salesforce.set_app_policy(policy);
    bench
}

/// Error and description of a refusal.
fn refused(answer: &Answer) -> (u16, String, String) {
    let body = answer.json();
    (answer.status, text(&body, "error"), text(&body, "error_description"))
}

/// Header and claims of a token that the org's published key has signed.
async fn verified(bench: &Bench, token: &str) -> (Value, Value) {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else { panic!("no JWT: {token}") };
    let keys = visit(bench, "/id/keys").await.json();
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let read = |part: &str| serde_json::from_slice::<Value>(&decoded(part)).unwrap();
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == read(header)["kid"]).unwrap();
    let key = RsaPublicKeyComponents { n: decoded(&text(key, "n")), e: decoded(&text(key, "e")) };
    let signed = format!("{header}.{claims}");
    key.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &decoded(signature)).unwrap();
    (read(header), read(claims))
}

#[tokio::test]
async fn an_app_that_requires_its_secret_refuses_a_public_client() {
    let bench = with(AppPolicy { secret_required: true, ..AppPolicy::default() });
    let granted = code(&bench).await;
    let expected = (400, "invalid_client".to_owned(), "invalid client credentials".to_owned());
    assert_eq!(refused(&redeem(&bench, &granted).await), expected);
    // The code is still good: who asked was not the app.
    let (id, secret) = (bench.salesforce.client_id(), bench.salesforce.client_secret());
    let fields = |secret| {
        let own = [
            ("grant_type", "authorization_code"),
            ("client_id", id),
            ("client_secret", secret),
            ("code", granted.as_str()),
            ("redirect_uri", "http://localhost:17171/salesforce/callback"),
            ("code_verifier", super::oauth::VERIFIER),
        ];
        own.to_vec()
    };
    assert_eq!(refused(&form(&bench, "/services/oauth2/token", &fields("wrong")).await), expected);
    let tokens = form(&bench, "/services/oauth2/token", &fields(secret)).await.json();
    let basic = STANDARD.encode(format!("{id}:{secret}"));
    let body = format!("grant_type=refresh_token&refresh_token={}", text(&tokens, "refresh_token"));
    let request = Request::post("/services/oauth2/token").header("authorization", format!("Basic {basic}"));
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(Body::from(body)).unwrap();
    assert_eq!(bench.send(request).await.status, 200);
}

#[tokio::test]
async fn tokens_may_be_signed_by_the_org() {
    let bench = with(AppPolicy { jwt_tokens: true, ..AppPolicy::default() });
    let tokens = redeem(&bench, &code(&bench).await).await.json();
    assert_eq!(tokens["token_format"], "jwt");
    let access = text(&tokens, "access_token");
    let (header, claims) = verified(&bench, &access).await;
    assert_eq!((&header["alg"], &claims["scp"]), (&json!("RS256"), &json!("api refresh_token")));
    assert!(works(&bench, &access).await);
    let second = refresh(&bench, &text(&tokens, "refresh_token")).await.json();
    assert_ne!(text(&second, "access_token"), access);
    bench.salesforce.expire_access_tokens();
    assert!(!works(&bench, &access).await);
}

#[tokio::test]
async fn who_asks_for_openid_learns_who_it_is() {
    let bench = consenting();
    let changes = [("scope", Some("api openid")), ("nonce", Some("n-1"))];
    let answer = visit(&bench, &authorize_url(&bench, &changes)).await;
    let tokens = redeem(&bench, &redirected(&answer, "code").unwrap()).await.json();
    let (_, claims) = verified(&bench, &text(&tokens, "id_token")).await;
    assert_eq!((&claims["nonce"], &claims["sub"]), (&json!("n-1"), &tokens["id"]));
    assert_eq!(claims["aud"], bench.salesforce.client_id());
    let plain = redeem(&bench, &code(&bench).await).await.json();
    assert!(plain.get("id_token").is_none() && plain.get("token_format").is_none());
}

#[tokio::test]
async fn an_old_app_keeps_its_refresh_token() {
    let bench = with(AppPolicy { lasting_refresh_tokens: true, ..AppPolicy::default() });
    let tokens = redeem(&bench, &code(&bench).await).await.json();
    let lasting = text(&tokens, "refresh_token");
    for _ in 0..2 {
        let again = refresh(&bench, &lasting).await.json();
        assert!(again.get("refresh_token").is_none());
        assert!(works(&bench, &text(&again, "access_token")).await);
    }
}

#[tokio::test]
async fn proof_and_sessions_are_as_the_app_says() {
    let bench = with(AppPolicy { pkce_optional: true, session_minutes: Some(15), ..AppPolicy::default() });
    let answer = visit(&bench, &authorize_url(&bench, &[("code_challenge", None)])).await;
    let tokens = redeem(&bench, &redirected(&answer, "code").unwrap()).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    let access = text(&tokens.json(), "access_token");
    assert!(works(&bench, &access).await);
    bench.shared.clock.advance_ms(16 * 60 * 1_000);
    assert!(!works(&bench, &access).await);
}

#[tokio::test]
async fn an_app_or_user_that_may_not_sign_in_is_told_why() {
    let bench = consenting();
    let tokens = redeem(&bench, &code(&bench).await).await.json();
    let lasting = text(&tokens, "refresh_token");
    for (policy, error) in [
        (AppPolicy { not_installed: true, ..AppPolicy::default() }, "app_not_found"),
        (AppPolicy { user_inactive: true, ..AppPolicy::default() }, "inactive_user"),
    ] {
        bench.salesforce.set_app_policy(policy);
        let (status, own, _) = refused(&refresh(&bench, &lasting).await);
        assert_eq!((status, own.as_str()), (400, error));
    }
    bench.salesforce.set_app_policy(AppPolicy { not_installed: true, ..AppPolicy::default() });
    let answer = visit(&bench, &authorize_url(&bench, &[])).await;
    assert_eq!(redirected(&answer, "error").as_deref(), Some("OAUTH_EC_APP_NOT_FOUND"));
    bench.salesforce.set_app_policy(AppPolicy { blocked: true, ..AppPolicy::default() });
    let answer = visit(&bench, &authorize_url(&bench, &[])).await;
    assert_eq!(redirected(&answer, "error").as_deref(), Some("OAUTH_APPROVAL_ERROR_GENERIC"));
    // None of it has cost the refresh token.
    bench.salesforce.set_app_policy(AppPolicy::default());
    assert_eq!(refresh(&bench, &lasting).await.status, 200);
}

#[tokio::test]
async fn an_org_that_moves_says_so_with_the_next_token() {
    let bench = consenting();
    let tokens = redeem(&bench, &code(&bench).await).await.json();
    bench.salesforce.move_instance(Some("http://localhost:9/".to_owned())).unwrap();
    let moved = refresh(&bench, &text(&tokens, "refresh_token")).await.json();
    assert_eq!(moved["instance_url"], "http://localhost:9");
    assert_eq!(moved["id"], tokens["id"], "the identity stays where the sign-in is");
    let info = bench.get("/services/oauth2/userinfo").await.json();
    assert_eq!(info["urls"]["custom_domain"], "http://localhost:9");
    bench.salesforce.move_instance(None).unwrap();
    let back = refresh(&bench, &text(&moved, "refresh_token")).await.json();
    assert_eq!(back["instance_url"], tokens["instance_url"]);
    assert!(bench.salesforce.move_instance(Some("ftp://example.com".to_owned())).is_err());
}
