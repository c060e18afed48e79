//! A sign-in from the authorize URL to the tokens, and its end.

use std::collections::HashMap;
use std::future::pending;

use liaison_transport::{
    AccessToken, Clock, OAuthProvider, RedirectRule, RefreshToken, Service, SignIn, SignInError, TokenSet,
    TransportError, Url, follow_authorize_url, revoke,
};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub fn provider(server: &MockServer, service: Service) -> OAuthProvider {
    let url = |path: &str| Url::parse(&format!("{}{path}", server.uri())).unwrap();
    OAuthProvider {
        service,
        client_id: "client-1".to_owned(),
        authorize: url("/authorize"),
        token: url("/token"),
        revoke: url("/revoke"),
        redirect: RedirectRule::AnyPort { path: "/callback" },
        scopes: Vec::new(),
        extra: Vec::new(),
        loopback_allowed: true,
    }
}

/// An authorize page whose user has already agreed.
pub async fn consenting(server: &MockServer, code: &'static str) {
    let page = move |request: &Request| {
        let query: HashMap<_, _> = request.url.query_pairs().into_owned().collect();
        let target = Url::parse_with_params(&query["redirect_uri"], [("code", code), ("state", &query["state"])]);
        ResponseTemplate::new(302).insert_header("Location", target.unwrap().as_str())
    };
    Mock::given(method("GET")).and(path("/authorize")).respond_with(page).mount(server).await;
}

pub async fn tokens(server: &MockServer, status: u16, body: Value) {
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(method("POST")).and(path("/token")).respond_with(answer).mount(server).await;
}

async fn form(server: &MockServer, at: &str) -> HashMap<String, String> {
    let requests = server.received_requests().await.unwrap();
    let request = requests.iter().find(|request| request.url.path() == at).unwrap();
    assert!(!request.headers.contains_key("authorization"), "a public client has no secret");
    url::form_urlencoded::parse(&request.body).into_owned().collect()
}

async fn signed_in(server: &MockServer, service: Service) -> Result<TokenSet, SignInError> {
    let sign_in = SignIn::begin(provider(server, service)).await.unwrap();
    let url = sign_in.authorize_url().clone();
    let (outcome, followed) = tokio::join!(sign_in.finish(pending::<()>()), follow_authorize_url(&url));
    followed.unwrap();
    outcome
}

#[tokio::test]
async fn a_code_becomes_tokens() {
    let server = MockServer::start().await;
    consenting(&server, "aPrx%2F+a==").await;
    tokens(
        &server,
        200,
        json!({"access_token": "a", "refresh_token": "r", "expires_in": 3599, "scope": "x y",
        "token_type": "bearer", "api_url": "https://api.zoom.us", "later": {"unknown": true}}),
    )
    .await;
    let mut provider = provider(&server, Service::Zoom);
    provider.scopes = vec!["x".to_owned(), "y".to_owned()];
    provider.extra = vec![("prompt".to_owned(), "login".to_owned())];
    let clock = Clock::from_fn(|| chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap());
    let sign_in = SignIn::begin(provider).await.unwrap().with_clock(clock);
    let url = sign_in.authorize_url().clone();
    let query: HashMap<_, _> = url.query_pairs().into_owned().collect();
    let fixed = [
        ("response_type", "code"),
        ("client_id", "client-1"),
        ("code_challenge_method", "S256"),
        ("scope", "x y"),
        ("prompt", "login"),
    ];
    for (name, value) in fixed {
        assert_eq!(query[name], value);
    }
    assert_eq!((query["state"].len(), query["code_challenge"].len()), (43, 43));
    assert!(query["redirect_uri"].starts_with("http://127.0.0.1:") && query["redirect_uri"].ends_with("/callback"));

    let (outcome, followed) = tokio::join!(sign_in.finish(pending::<()>()), follow_authorize_url(&url));
    followed.unwrap();
    let tokens = outcome.unwrap();
    assert_eq!((tokens.access.expose(), tokens.refresh.unwrap().expose().to_owned()), ("a", "r".to_owned()));
    assert_eq!(tokens.expires_at.unwrap().timestamp(), 1_795_003_599);
    assert_eq!(
        (tokens.scopes, tokens.api_url.as_deref()),
        (vec!["x".to_owned(), "y".to_owned()], Some("https://api.zoom.us"))
    );

    let form = form(&server, "/token").await;
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form["code"], "aPrx%2F+a==");
    assert_eq!((form["client_id"].as_str(), &form["redirect_uri"]), ("client-1", &query["redirect_uri"]));
    let challenge = oauth2_challenge(&form["code_verifier"]);
    assert_eq!(challenge, query["code_challenge"]);
    assert!(!form.contains_key("client_secret"));
}

fn oauth2_challenge(verifier: &str) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(verifier.as_bytes()))
}

#[tokio::test]
async fn two_sign_ins_share_nothing() {
    let server = MockServer::start().await;
    let one = SignIn::begin(provider(&server, Service::Zoom)).await.unwrap();
    let two = SignIn::begin(provider(&server, Service::Zoom)).await.unwrap();
    let query = |sign_in: &SignIn| sign_in.authorize_url().query_pairs().into_owned().collect::<HashMap<_, _>>();
    for name in ["state", "code_challenge", "redirect_uri"] {
        assert_ne!(query(&one)[name], query(&two)[name]);
    }
    assert!(!format!("{one:?}").contains(&query(&one)["state"]));
}

#[tokio::test]
async fn the_instance_must_be_salesforces_own() {
    for (named, accepted) in [
        (json!("SELF/"), true),
        (json!("http://169.254.169.254"), false),
        (json!("https://n.my.salesforce.com"), false),
        (json!(null), false),
    ] {
        let server = MockServer::start().await;
        consenting(&server, "c").await;
        let named = named.as_str().map(|text| text.replace("SELF", &server.uri()));
        tokens(&server, 200, json!({"access_token": "a", "refresh_token": "r", "instance_url": named})).await;
        let outcome = signed_in(&server, Service::Salesforce).await;
        match outcome {
            Ok(tokens) => {
                assert!(accepted, "{named:?}");
                assert_eq!(tokens.instance_url.unwrap(), server.uri());
            }
            Err(error) => assert!(!accepted && matches!(error, SignInError::ForeignInstance), "{named:?}: {error:?}"),
        }
    }
}

#[tokio::test]
async fn refusals_of_the_token_endpoint_keep_their_code() {
    let table = [
        (400, json!({"error": "invalid_grant", "error_description": "expired"}), Some("invalid_grant")),
        (401, json!({"reason": "bad", "error": "invalid_client"}), Some("invalid_client")),
        (400, json!({"code": 4733, "message": "expired"}), Some("4733")),
        (400, json!({"error": "<b>\r\nodd"}), Some("bodd")),
        (200, json!({"unexpected": true}), None),
        (500, json!({"error": "x"}), None),
        (404, json!("html"), None),
    ];
    for (status, body, expected) in table {
        let server = MockServer::start().await;
        consenting(&server, "c").await;
        tokens(&server, status, body.clone()).await;
        match (signed_in(&server, Service::Zoom).await.unwrap_err(), expected) {
            (SignInError::Refused { code }, Some(expected)) => assert_eq!(code, expected),
            (SignInError::Transport(TransportError::Unexpected { .. }), None) => {}
            (other, _) => panic!("{body}: {other:?}"),
        }
        let posts = server.received_requests().await.unwrap().iter().filter(|request| request.method == "POST").count();
        assert_eq!(posts, 1, "a code was spent twice");
    }
}

#[tokio::test]
async fn cancelling_ends_it_and_frees_the_port() {
    let server = MockServer::start().await;
    let sign_in = SignIn::begin(provider(&server, Service::Zoom)).await.unwrap();
    let query: HashMap<_, _> = sign_in.authorize_url().query_pairs().into_owned().collect();
    let outcome = sign_in.finish(async {}).await;
    assert!(matches!(outcome, Err(SignInError::Cancelled)));
    let port = Url::parse(&query["redirect_uri"]).unwrap().port().unwrap();
    assert!(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_browser_that_never_comes_back_is_given_up() {
    let url = |path: &str| Url::parse(&format!("https://login.example.com{path}")).unwrap();
    let provider = OAuthProvider {
        service: Service::Zoom,
        client_id: "client-1".to_owned(),
        authorize: url("/authorize"),
        token: url("/token"),
        revoke: url("/revoke"),
        redirect: RedirectRule::AnyPort { path: "/callback" },
        scopes: Vec::new(),
        extra: Vec::new(),
        loopback_allowed: false,
    };
    let start = tokio::time::Instant::now();
    let outcome = SignIn::begin(provider).await.unwrap().finish(pending::<()>()).await;
    assert!(matches!(outcome, Err(SignInError::TimedOut)));
    assert_eq!(start.elapsed().as_secs(), 300);
}

#[tokio::test]
async fn foreign_addresses_are_refused_before_anything_happens() {
    let server = MockServer::start().await;
    for foreign in ["http://login.example.com/token", "https://login.example.com/token", "http://10.0.0.1/token"] {
        let mut provider = provider(&server, Service::Zoom);
        provider.token = Url::parse(foreign).unwrap();
        assert!(matches!(SignIn::begin(provider).await, Err(SignInError::Address(_))), "{foreign}");
    }
    let mut provider = provider(&server, Service::Zoom);
    provider.loopback_allowed = false;
    assert!(matches!(SignIn::begin(provider).await, Err(SignInError::Address(_))));
}

#[tokio::test]
async fn following_stays_on_this_computer_and_between_two_origins() {
    let third = MockServer::start().await;
    let server = MockServer::start().await;
    let targets =
        [format!("{}/evil", third.uri()), "https://login.example.com/".to_owned(), "http://10.0.0.1/".to_owned()];
    for (number, target) in targets.iter().enumerate() {
        let answer = ResponseTemplate::new(302).insert_header("Location", target.as_str());
        Mock::given(path(format!("/authorize{number}"))).respond_with(answer).mount(&server).await;
        let url = format!("{}/authorize{number}?redirect_uri=http://127.0.0.1:9/callback", server.uri());
        let outcome = follow_authorize_url(&url.parse().unwrap()).await;
        assert!(matches!(outcome, Err(SignInError::Address(_))), "{target}: {outcome:?}");
    }
    assert_eq!(third.received_requests().await.unwrap().len(), 0);

    let circle = ResponseTemplate::new(302).insert_header("Location", "/circle?x=1");
    Mock::given(path("/circle")).respond_with(circle).mount(&server).await;
    Mock::given(path("/consent")).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let follow = |path: &str| {
        let url: Url = format!("{}{path}?redirect_uri=http://127.0.0.1:9/callback", server.uri()).parse().unwrap();
        async move { follow_authorize_url(&url).await.unwrap_err() }
    };
    assert!(matches!(follow("/circle").await, SignInError::Refused { .. }));
    assert!(matches!(follow("/consent").await, SignInError::ConsentNeeded));
    assert!(matches!(follow("/missing").await, SignInError::Refused { code } if code == "http_404"));
    let real: Url = "https://login.example.com/authorize?redirect_uri=http://127.0.0.1:9/".parse().unwrap();
    assert!(matches!(follow_authorize_url(&real).await, Err(SignInError::Address(_))));
}

#[tokio::test]
async fn revoking_sends_the_right_token_and_bears_an_unknown_one() {
    let tokens = TokenSet {
        access: AccessToken::new("a".to_owned()),
        refresh: Some(RefreshToken::new("r".to_owned())),
        obtained_at: chrono::Utc::now(),
        expires_at: None,
        scopes: Vec::new(),
        instance_url: None,
        api_url: None,
        identity_url: None,
    };
    for (service, expected, status, fine) in [
        (Service::Zoom, "a", 200, true),
        (Service::Salesforce, "r", 200, true),
        (Service::Salesforce, "r", 400, true),
        (Service::Salesforce, "r", 500, false),
    ] {
        let server = MockServer::start().await;
        Mock::given(path("/revoke")).respond_with(ResponseTemplate::new(status)).mount(&server).await;
        let outcome = revoke(&provider(&server, service), &tokens).await;
        assert_eq!(outcome.is_ok(), fine, "{outcome:?}");
        let form = form(&server, "/revoke").await;
        assert_eq!((form["token"].as_str(), form["client_id"].as_str()), (expected, "client-1"));
    }
}
