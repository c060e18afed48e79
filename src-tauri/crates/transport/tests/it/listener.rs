//! The loopback listener against raw sockets: nothing but the one right request
//! may end or steer a sign-in.

use std::future::pending;

use futures::future::join_all;
use liaison_transport::{DonePage, OAuthProvider, RedirectRule, Service, SignIn, SignInError, Url};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use wiremock::MockServer;

use crate::sign_in::{provider, tokens};

struct Open {
    port: u16,
    state: String,
    outcome: JoinHandle<Result<liaison_transport::TokenSet, SignInError>>,
    server: MockServer,
}

impl Open {
    async fn sign_in() -> Self {
        Self::with(|provider| provider).await
    }

    async fn with(change: impl FnOnce(OAuthProvider) -> OAuthProvider) -> Self {
        let server = MockServer::start().await;
        tokens(&server, 200, json!({"access_token": "a", "refresh_token": "r"})).await;
        let sign_in = SignIn::begin(change(provider(&server, Service::Zoom))).await.unwrap();
        let find =
            |name: &str| sign_in.authorize_url().query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
        let (state, redirect) = (find("state"), Url::parse(&find("redirect_uri")).unwrap());
        let page = DonePage { language: "nl".to_owned(), title: "Liaison".to_owned(), text: "Klaar.".to_owned() };
        let outcome = tokio::spawn(sign_in.with_page(page).finish(pending::<()>()));
        Self { port: redirect.port().unwrap(), state, outcome, server }
    }

    /// Writes bytes, then reads until the listener closes.
    async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        // The listener may have closed before all was written.
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    }

    fn request(&self, method: &str, target: &str, extra: &str) -> Vec<u8> {
        format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{extra}\r\n", self.port).into_bytes()
    }

    async fn get(&self, target: &str) -> String {
        self.raw(&self.request("GET", target, "")).await
    }

    fn right(&self) -> String {
        format!("/callback?code=right&state={}", self.state)
    }

    /// The real browser comes; the sign-in must still be alive.
    async fn succeeds(self) {
        assert!(!self.outcome.is_finished(), "a wrong request ended the sign-in");
        let answer = self.get(&self.right()).await;
        assert!(answer.starts_with("HTTP/1.1 303 ") && answer.contains("\r\nLocation: /done\r\n"), "{answer}");
        let tokens = self.outcome.await.unwrap().unwrap();
        assert_eq!(tokens.access.expose(), "a");
        let posts = self.server.received_requests().await.unwrap();
        let form = String::from_utf8(posts[0].body.clone()).unwrap();
        assert!(posts.len() == 1 && form.contains("code=right&"), "{form}");
    }
}

#[tokio::test]
async fn wrong_requests_are_answered_400_and_change_nothing() {
    let open = Open::sign_in().await;
    let (port, state) = (open.port, open.state.clone());
    let half = &state[..20];
    let with_host = |host: &str| format!("GET /callback?code=evil&state={state} HTTP/1.1\r\n{host}\r\n").into_bytes();
    let get = |target: String| open.request("GET", &target, "");
    let mut requests = vec![
        // Wrong state.
        get("/callback?code=evil".to_owned()),
        get("/callback?code=evil&state=".to_owned()),
        get(format!("/callback?code=evil&state={half}")),
        get(format!("/callback?code=evil&state={state}x")),
        get(format!("/callback?code=evil&state={}", state.to_lowercase().replace('a', "b"))),
        get("/callback?error=access_denied".to_owned()),
        get("/callback?error=access_denied&state=wrong".to_owned()),
        // No code, two codes, both answers, repeated fields, broken encodings.
        get(format!("/callback?state={state}")),
        get(format!("/callback?code=&state={state}")),
        get(format!("/callback?code=evil&code=evil&state={state}")),
        get(format!("/callback?code=evil&state={state}&state={state}")),
        get(format!("/callback?code=evil&error=access_denied&state={state}")),
        get(format!("/callback?error=&state={state}")),
        get(format!("/callback?code=%FF%FE&state={state}")),
        get(format!("/callback?code=%zz&state={state}")),
        get(format!("/callback?code=%4&state={state}")),
        get(format!("/callback?code=a%20b&state={state}")),
        get(format!("/callback?code=a%0D%0Ab&state={state}")),
        get(format!("/callback?code={}&state={state}", "x".repeat(4097))),
        get(format!("/callback?{}code=evil&state={state}", "a=b&".repeat(40))),
        // Wrong path.
        get(format!("/?code=evil&state={state}")),
        get(format!("/Callback?code=evil&state={state}")),
        get(format!("/callback/?code=evil&state={state}")),
        get(format!("//callback?code=evil&state={state}")),
        get(format!("/x/../callback?code=evil&state={state}")),
        get(format!("/%63allback?code=evil&state={state}")),
        get(format!("/callback;x?code=evil&state={state}")),
        get(format!("/callback#?code=evil&state={state}")),
        get(format!("http://127.0.0.1:{port}/callback?code=evil&state={state}")),
        get("/done?x".to_owned()),
        get("*".to_owned()),
        // Wrong host: a name that was rebound to loopback, among others.
        with_host(""),
        with_host("Host: evil.example\r\n"),
        with_host(&format!("Host: evil.example:{port}\r\n")),
        with_host(&format!("Host: localhost:{port}\r\n")),
        with_host("Host: 127.0.0.1\r\n"),
        with_host(&format!("Host: 127.0.0.1:{}\r\n", port ^ 1)),
        with_host(&format!("Host: 127.0.0.1:{port}\r\nHost: 127.0.0.1:{port}\r\n")),
        with_host(&format!("Host : 127.0.0.1:{port}\r\n")),
        with_host(&format!("Host: 127.0.0.1:{port}\r\nbroken line\r\n")),
        with_host(&format!("Host: 127.0.0.1:{port}\r\n folded: x\r\n")),
        with_host(&format!("Host: 127.0.0.1:{port}\r\nX: a\u{0}b\r\n")),
        with_host(&format!("Host: 127.0.0.1:{port}\r\n{}", "X: y\r\n".repeat(101))),
        // A body.
        open.request("GET", &open.right(), "Content-Length: 5\r\n"),
        open.request("GET", &open.right(), "Transfer-Encoding: chunked\r\n"),
        // Not HTTP as a browser speaks it.
        format!("GET {} HTTP/1.1\nHost: 127.0.0.1:{port}\n\n\r\n\r\n", open.right()).into_bytes(),
        format!("GET {} HTTP/0.9\r\nHost: 127.0.0.1:{port}\r\n\r\n", open.right()).into_bytes(),
        format!("GET {} HTTP/2.0\r\nHost: 127.0.0.1:{port}\r\n\r\n", open.right()).into_bytes(),
        format!("GET  {} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", open.right()).into_bytes(),
        format!("get {} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", open.right()).into_bytes(),
        format!("GET {}\r\nHost: 127.0.0.1:{port}\r\n\r\n", open.right()).into_bytes(),
        b"\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(),
        b"GET /callback?code=\xff\xfe HTTP/1.1\r\n\r\n".to_vec(),
        [vec![b'A'; 9000], b"\r\n\r\n".to_vec()].concat(),
        open.request("GET", &format!("/callback?x={}", "a".repeat(8300)), ""),
        open.request("GET", &open.right(), &format!("X: {}\r\n", "a".repeat(30_000))),
    ];
    for method in ["POST", "PUT", "DELETE", "HEAD", "PATCH", "TRACE", "CONNECT", "OPTIONS"] {
        requests.push(open.request(method, &open.right(), ""));
    }
    assert!(requests.len() > 60);
    for request in requests {
        let answer = open.raw(&request).await;
        let shown = String::from_utf8_lossy(&request[..request.len().min(200)]).into_owned();
        assert!(answer.starts_with("HTTP/1.1 400 "), "{shown:?} got {answer:?}");
        assert!(!answer.contains("evil"), "something was reflected: {answer}");
    }
    open.succeeds().await;
}

#[tokio::test]
async fn a_thousand_junk_requests_then_the_real_one() {
    let open = Open::sign_in().await;
    for _ in 0..50 {
        let junk = (0..20).map(|number| {
            let target = format!("/callback?code=evil&state={number}");
            let open = &open;
            async move { open.get(&target).await }
        });
        for answer in join_all(junk).await {
            assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
        }
    }
    open.succeeds().await;
}

#[tokio::test]
async fn connections_that_say_nothing_or_leave_do_not_matter() {
    let open = Open::sign_in().await;
    for bytes in [&b""[..], b"GET", b"GET /callback?code=", b"GET / HTTP/1.1\r\n"] {
        let mut stream = TcpStream::connect(("127.0.0.1", open.port)).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.set_zero_linger().unwrap();
    }
    // Seven of eight places are taken by clients that never finish.
    let request = open.request("GET", "/callback", "");
    let mut slow = Vec::new();
    for _ in 0..7 {
        let mut stream = TcpStream::connect(("127.0.0.1", open.port)).await.unwrap();
        stream.write_all(&request[..10]).await.unwrap();
        slow.push(stream);
    }
    open.succeeds().await;
}

#[tokio::test]
async fn more_slow_clients_than_places_only_delay() {
    let open = Open::sign_in().await;
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(("127.0.0.1", open.port)).await.unwrap();
        stream.write_all(b"GET /callback").await.unwrap();
        slow.push(stream);
    }
    // They are thrown out one after the other, with an answer.
    let mut answer = String::new();
    slow[0].read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    drop(slow);
    open.succeeds().await;
}

#[tokio::test]
async fn a_request_in_pieces_and_with_more_behind_it_counts_once() {
    let open = Open::sign_in().await;
    let mut bytes = open.request("GET", &open.right(), "");
    bytes.extend(open.request("GET", &open.right().replace("right", "second"), ""));
    let mut stream = TcpStream::connect(("127.0.0.1", open.port)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    for piece in bytes.chunks(7) {
        stream.write_all(piece).await.unwrap();
        tokio::task::yield_now().await;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303 ") && answer.matches("HTTP/1.1").count() == 1, "{answer}");
    drop(stream);
    assert_eq!(open.outcome.await.unwrap().unwrap().access.expose(), "a");
    let posts = open.server.received_requests().await.unwrap();
    assert!(posts.len() == 1 && String::from_utf8_lossy(&posts[0].body).contains("code=right&"));
}

#[tokio::test]
async fn the_browser_gets_a_page_that_tells_nothing() {
    let open = Open::sign_in().await;
    let icon = open.get("/favicon.ico").await;
    assert!(icon.starts_with("HTTP/1.1 404 "), "{icon}");
    let preflight =
        open.raw(&open.request("OPTIONS", "/callback", "Access-Control-Request-Private-Network: true\r\n")).await;
    assert!(preflight.starts_with("HTTP/1.1 204 "), "{preflight}");
    assert!(preflight.contains("Access-Control-Allow-Private-Network: true\r\n"));
    assert!(preflight.contains(&format!("Access-Control-Allow-Origin: {}\r\n", open.server.uri())));
    let answer = open.get(&open.right()).await;
    let done = open.get("/done").await;
    assert!(
        done.starts_with("HTTP/1.1 200 ") && done.contains("<p>Klaar.</p>") && done.contains("lang=\"nl\""),
        "{done}"
    );
    for text in [&answer, &done, &icon] {
        for header in [
            "Cache-Control: no-store",
            "Referrer-Policy: no-referrer",
            "Content-Security-Policy: default-src 'none'",
            "Connection: close",
        ] {
            assert!(text.contains(header), "{header} in {text}");
        }
        assert!(!text.contains(&open.state) && !text.contains("right"), "{text}");
    }
    let port = open.port;
    assert!(open.outcome.await.unwrap().is_ok());
    // The address closes as soon as the page was shown.
    while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn declining_and_other_refusals_end_it_with_a_reason() {
    for (error, declined) in [("access_denied", true), ("access-denied", true), ("OAUTH_APPROVAL_ERROR_GENERIC", false)]
    {
        let open = Open::sign_in().await;
        let answer = open.get(&format!("/callback?error={error}&error_description=evil&state={}", open.state)).await;
        assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
        match open.outcome.await.unwrap().unwrap_err() {
            SignInError::Declined => assert!(declined),
            SignInError::Refused { code } => assert!(!declined && code == error),
            other => panic!("{other:?}"),
        }
        assert_eq!(open.server.received_requests().await.unwrap().len(), 0);
    }
}

/// Three ports that were free a moment ago.
async fn free_ports() -> Vec<u16> {
    let sockets = join_all((0..3).map(|_| TcpListener::bind("127.0.0.1:0"))).await;
    sockets.iter().map(|socket| socket.as_ref().unwrap().local_addr().unwrap().port()).collect()
}

#[tokio::test]
async fn fixed_ports_are_tried_in_order() {
    let ports = free_ports().await;
    let rule = RedirectRule::FixedPorts { ports: ports.clone(), path: "/salesforce/callback" };
    let squatter = TcpListener::bind(("127.0.0.1", ports[0])).await.unwrap();
    let open = Open::with(|provider| OAuthProvider { redirect: rule.clone(), ..provider }).await;
    assert_eq!(open.port, ports[1]);
    let target = format!("/salesforce/callback?code=right&state={}", open.state);
    let wrong_host = open.raw(&open.request("GET", &target, "")).await;
    assert!(wrong_host.starts_with("HTTP/1.1 400 "), "{wrong_host}");
    let request = format!("GET {target} HTTP/1.1\r\nhost: LocalHost:{}\r\n\r\n", open.port);
    let answer = open.raw(request.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    assert!(open.outcome.await.unwrap().is_ok());

    let second = TcpListener::bind(("127.0.0.1", ports[2])).await.unwrap();
    let all = RedirectRule::FixedPorts { ports: vec![ports[0], ports[2]], path: "/salesforce/callback" };
    let server = MockServer::start().await;
    let busy = SignIn::begin(OAuthProvider { redirect: all, ..provider(&server, Service::Zoom) }).await;
    assert!(matches!(busy, Err(SignInError::PortsBusy(named)) if named == [ports[0], ports[2]]));
    drop((squatter, second));
}

/// On Windows a port that is listened on can be taken over by who asks to "reuse" it, unless it is bound as ours is.
#[tokio::test]
async fn the_open_port_is_ours_alone() {
    let open = Open::sign_in().await;
    let thief = TcpSocket::new_v4().unwrap();
    thief.set_reuseaddr(true).unwrap();
    let taken = thief.bind(([127, 0, 0, 1], open.port).into()).and_then(|()| thief.listen(1).map(drop));
    assert!(taken.is_err());
    let answer = open.get(&format!("/callback?code=right&state={}", open.state)).await;
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    assert!(open.outcome.await.unwrap().is_ok());
}

#[tokio::test]
async fn localhost_is_open_in_both_families() {
    let Ok(probe) = TcpListener::bind("[::1]:0").await else {
        // This computer has no IPv6; then there is one family to open.
        return;
    };
    drop(probe);
    let ports = free_ports().await;
    let rule = RedirectRule::FixedPorts { ports, path: "/salesforce/callback" };
    let open = Open::with(|provider| OAuthProvider { redirect: rule, ..provider }).await;
    let mut stream = TcpStream::connect(("::1", open.port)).await.unwrap();
    let request = format!(
        "GET /salesforce/callback?code=right&state={} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
        open.state, open.port
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    drop(stream);
    assert!(open.outcome.await.unwrap().is_ok());
}
