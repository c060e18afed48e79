//! Refreshing over HTTP: what the token endpoint's answers mean for the session.

use std::sync::{Arc, Mutex};

use chrono::Utc;
use futures::future::join_all;
use liaison_transport::{
    AccessToken, ApiClient, ApiRequest, AuthError, Clock, OAuthProvider, OAuthSession, RedirectRule, RefreshToken,
    Service, SignedOut, TokenSet, TokenSource as _, TokenVault, TransportError, Url, VaultError,
};
use serde_json::json;
use wiremock::matchers::{any, body_string_contains, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::raw::{JSON, RawServer, Script, answer, config};

#[derive(Default)]
struct Vault(Mutex<(Option<TokenSet>, bool, Option<SignedOut>)>);

impl Vault {
    fn signed_in() -> Arc<Self> {
        let tokens = TokenSet {
            access: AccessToken::new("access-0".to_owned()),
            refresh: Some(RefreshToken::new("refresh-0".to_owned())),
            obtained_at: Utc::now(),
            expires_at: None,
            scopes: Vec::new(),
            instance_url: None,
            api_url: None,
            identity_url: None,
        };
        Arc::new(Self(Mutex::new((Some(tokens), false, None))))
    }

    fn refresh(&self) -> String {
        self.0.lock().unwrap().0.as_ref().unwrap().refresh.as_ref().unwrap().expose().to_owned()
    }
}

impl TokenVault for Vault {
    fn load(&self) -> Result<Option<TokenSet>, VaultError> {
        Ok(self.0.lock().unwrap().0.clone())
    }

    fn refresh_unresolved(&self) -> Result<bool, VaultError> {
        Ok(self.0.lock().unwrap().1)
    }

    fn refresh_started(&self) -> Result<(), VaultError> {
        self.0.lock().unwrap().1 = true;
        Ok(())
    }

    fn save(&self, tokens: &TokenSet) -> Result<(), VaultError> {
        *self.0.lock().unwrap() = (Some(tokens.clone()), false, None);
        Ok(())
    }

    fn signed_out(&self, reason: SignedOut) -> Result<(), VaultError> {
        self.0.lock().unwrap().2 = Some(reason);
        Ok(())
    }
}

fn provider(base: &Url) -> OAuthProvider {
    OAuthProvider {
        service: Service::Zoom,
        client_id: "client-1".to_owned(),
        authorize: base.join("/authorize").unwrap(),
        token: base.join("/token").unwrap(),
        revoke: base.join("/revoke").unwrap(),
        redirect: RedirectRule::AnyPort { path: "/callback" },
        scopes: Vec::new(),
        extra: Vec::new(),
        loopback_allowed: true,
    }
}

fn session(base: &Url, vault: &Arc<Vault>) -> OAuthSession {
    OAuthSession::new(provider(base), vault.clone(), Clock::system()).unwrap()
}

async fn refreshed(session: &OAuthSession) -> Result<String, AuthError> {
    let rejected = AccessToken::new("access-0".to_owned());
    session.refreshed(rejected).await.map(|token| token.expose().to_owned())
}

#[tokio::test]
async fn fifty_rejected_calls_make_one_refresh_and_fifty_successes() {
    let server = MockServer::start().await;
    let grant = json!({"access_token": "access-1", "refresh_token": "refresh-1", "expires_in": 3599});
    Mock::given(method("POST"))
        .and(path("/token"))
        .and(body_string_contains("grant_type=refresh_token&refresh_token=refresh-0&client_id=client-1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(grant))
        .mount(&server)
        .await;
    Mock::given(header("authorization", "Bearer access-1"))
        .respond_with(ResponseTemplate::new(200))
        .with_priority(6)
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(ResponseTemplate::new(401)).with_priority(9).mount(&server).await;
    let vault = Vault::signed_in();
    let base: Url = server.uri().parse().unwrap();
    let client = ApiClient::new(config(base.clone()), Arc::new(session(&base, &vault))).unwrap();
    let calls = (0..50).map(|_| client.send(ApiRequest::post("POST /things", "/things")));
    for outcome in join_all(calls).await {
        assert_eq!(outcome.unwrap().status, 200);
    }
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.iter().filter(|request| request.url.path() == "/token").count(), 1);
    assert_eq!(vault.refresh(), "refresh-1");
}

#[tokio::test]
async fn an_answer_lost_at_any_byte_is_unknown_and_not_repeated() {
    let whole = answer("200 OK", JSON, br#"{"access_token":"access-1","refresh_token":"refresh-1"}"#);
    let length = whole.len();
    let server = RawServer::start(move |number| {
        let bytes = whole[..number % length].to_vec();
        if number < length { Script::Say(bytes) } else { Script::Reset(bytes) }
    })
    .await;
    for number in 0..2 * length {
        let vault = Vault::signed_in();
        let session = session(&server.url(), &vault);
        for _ in 0..2 {
            let error = refreshed(&session).await.unwrap_err();
            let AuthError::Unreachable(cause) = &error else { panic!("byte {number}: {error:?}") };
            assert!(matches!(**cause, TransportError::Interrupted), "byte {number}: {cause:?}");
            // The call that needed the token never left.
            assert!(!TransportError::from(error).outcome_unknown());
        }
        assert_eq!(server.requests(), number + 1, "a spent token was sent again");
        assert!(vault.0.lock().unwrap().1, "the vault does not know that a refresh was lost");
        assert_eq!(vault.refresh(), "refresh-0");
    }
}

#[derive(Debug, PartialEq)]
enum Meaning {
    /// May be sent again; the vault is as before.
    Unspent,
    /// May have been spent.
    Unknown,
    Over,
}

#[tokio::test]
async fn each_answer_of_the_endpoint_has_one_meaning() {
    use Meaning::{Over, Unknown, Unspent};
    let html = "Content-Type: text/html\r\n";
    let large = format!("{{\"access_token\":\"a\",\"x\":\"{}\"}}", "y".repeat(70_000));
    let table: Vec<(Vec<u8>, Meaning)> = vec![
        (answer("400 No", JSON, br#"{"error":"invalid_grant","reason":"Invalid Token!"}"#), Over),
        (answer("401 No", JSON, br#"{"error":"invalid_grant"}"#), Over),
        (
            answer("400 No", JSON, br#"{"error":"invalid_grant","error_description":"expired access/refresh token"}"#),
            Over,
        ),
        (answer("400 No", JSON, br#"{"error":"invalid_grant","error_description":"ip restricted"}"#), Unspent),
        (
            answer(
                "400 No",
                JSON,
                br#"{"error":"invalid_grant","error_description":"token request is already being processed"}"#,
            ),
            Unspent,
        ),
        (answer("400 No", JSON, br#"{"error":"unknown_error","error_description":"retry your request"}"#), Unspent),
        (answer("400 No", JSON, br#"{"error":"inactive_user"}"#), Unspent),
        (answer("400 No", JSON, br#"{"error":"invalid_client","error_description":"canary"}"#), Unspent),
        (answer("403 No", JSON, br#"{"error":"invalid_grant"}"#), Unspent),
        (answer("403 No", JSON, br#"{"error":{"code":"blocked"},"message":"The office says no."}"#), Unspent),
        (answer("400 No", JSON, br#"{"code":4741,"message":"revoked"}"#), Over),
        (answer("400 No", JSON, br#"{"error":"rate_limit_exceeded"}"#), Unspent),
        (answer("429 No", JSON, br#"{"error":"invalid_grant"}"#), Unspent),
        (answer("503 No", html, b"<html>maintenance</html>"), Unspent),
        (answer("403 No", html, b"<html>blocked by the office</html>"), Unspent),
        (answer("302 Found", "Location: http://127.0.0.1:9/\r\n", b""), Unspent),
        (answer("500 No", JSON, br#"{"error":"invalid_grant"}"#), Unknown),
        (answer("502 No", html, b"<html>gateway</html>"), Unknown),
        (answer("200 OK", html, b"<html>sign in to the network</html>"), Unknown),
        (answer("200 OK", JSON, br#"{"refresh_token":"r"}"#), Unknown),
        (answer("200 OK", JSON, br#"{"access_token":17}"#), Unknown),
        (answer("200 OK", JSON, b"[]"), Unknown),
        (answer("200 OK", JSON, b""), Unknown),
        (answer("200 OK", JSON, large.as_bytes()), Unknown),
    ];
    for (bytes, expected) in table {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(160)]).into_owned();
        let server = RawServer::start(move |_| Script::Say(bytes.clone())).await;
        let vault = Vault::signed_in();
        let error = refreshed(&session(&server.url(), &vault)).await.unwrap_err();
        let (unresolved, ended) = {
            let content = vault.0.lock().unwrap();
            (content.1, content.2)
        };
        let meaning = match (error.is_final(), unresolved) {
            (true, _) => Over,
            (false, true) => Unknown,
            (false, false) => Unspent,
        };
        assert_eq!(meaning, expected, "{shown}");
        assert_eq!(ended.is_some(), expected == Over, "{shown}");
        assert_eq!(vault.refresh(), "refresh-0");
        assert!(!format!("{error:?} {error}").contains("canary"));
    }
}

#[tokio::test]
async fn odd_but_usable_answers_are_used() {
    for body in [
        r#"{"access_token":"access-1"}"#,
        r#"{"access_token":"access-1","refresh_token":"","expires_in":"3599","token_type":"Bearer"}"#,
        r#"{"access_token":"access-1","refresh_token":null,"expires_in":-1,"scope":["a"],"issued_at":"1"}"#,
    ] {
        let bytes = answer("200 OK", "", body.as_bytes());
        let server = RawServer::start(move |_| Script::Say(bytes.clone())).await;
        let vault = Vault::signed_in();
        assert_eq!(refreshed(&session(&server.url(), &vault)).await.unwrap(), "access-1", "{body}");
        assert_eq!(vault.refresh(), "refresh-0");
    }
}

#[tokio::test]
async fn a_dead_token_endpoint_leaves_everything_as_it_was() {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base: Url = format!("http://{}", socket.local_addr().unwrap()).parse().unwrap();
    drop(socket);
    let vault = Vault::signed_in();
    let error = refreshed(&session(&base, &vault)).await.unwrap_err();
    assert!(matches!(TransportError::from(error), TransportError::Offline));
    assert!(!vault.0.lock().unwrap().1);
}
