//! Answers that are cut, slow, huge or not from the service at all.

use std::sync::Arc;
use std::time::Duration;

use liaison_transport::{ApiClient, ApiRequest, ApiResponse, DecodeProblem, Timeouts, TransportError};
use serde_json::{Value, json};

use crate::raw::{JSON, RawServer, Script, Tokens, answer, client, config};

/// `{"name":"Robin","items":[1,2,3]}` in gzip.
const GZIPPED: &str =
    "1f8b0800000000000203ab56ca4bcc4d55b2520aca4fcacc53d251ca2c49cd2d56b28a36d431d2318ead050017170a4720000000";
/// 200,000 spaces in gzip, 230 bytes.
const BOMB: &str = "1f8b0800000000000203edc13101000000c2a02aeb9fd20cfe4001\
0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
000000000000000000000000000000000000000000000000af0131616210400d0300";

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap()).collect()
}

fn post() -> ApiRequest {
    ApiRequest::post("POST /things", "/things").json(json!({"name": "x"}))
}

async fn one(script: Script) -> (Result<ApiResponse, TransportError>, RawServer) {
    let server = RawServer::start(move |_| script.clone()).await;
    (client(server.url()).send(post()).await, server)
}

#[tokio::test]
async fn an_answer_cut_at_any_byte_is_never_a_success() {
    let body = br#"{"name":"Robin","items":[1,2,3]}"#;
    let mut chunked = format!("HTTP/1.1 200 OK\r\n{JSON}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
    chunked.extend_from_slice(b"10\r\n{\"name\":\"Robin\",\r\n10\r\n\"items\":[1,2,3]}\r\n0\r\n\r\n");
    let gzip = answer("200 OK", &format!("{JSON}Content-Encoding: gzip\r\n"), &unhex(GZIPPED));
    for whole in [answer("200 OK", JSON, body), chunked, gzip] {
        let (complete, _server) = one(Script::Say(whole.clone())).await;
        assert_eq!(complete.unwrap().json::<Value>().unwrap()["items"][2], 3);
        let length = whole.len();
        let reset_too = whole.clone();
        let server = RawServer::start(move |number| {
            let bytes = reset_too[..number % length].to_vec();
            if number < length { Script::Say(bytes) } else { Script::Reset(bytes) }
        })
        .await;
        for number in 0..2 * length {
            // A client of its own each time: the first failures must not be
            // able to influence the later ones.
            let error = client(server.url()).send(post()).await.unwrap_err();
            assert!(matches!(error, TransportError::Interrupted), "byte {}: {error:?}", number % length);
            assert!(error.outcome_unknown() && error.is_network());
        }
        assert_eq!(server.requests(), 2 * length, "a write was repeated");
    }
}

#[tokio::test]
async fn without_a_length_a_cut_is_noticed_when_it_is_read() {
    let body = r#"{"name":"Robin"}"#;
    for length in 1..body.len() {
        let bytes = format!("HTTP/1.1 200 OK\r\n{JSON}\r\n{}", &body[..length]).into_bytes();
        let response = one(Script::Say(bytes)).await.0.unwrap();
        assert!(matches!(response.json::<Value>(), Err(TransportError::Interrupted)), "{length}");
    }
}

#[tokio::test]
async fn a_wrong_shape_names_the_field_and_no_value() {
    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only the failure is looked at")]
    struct Page {
        items: Vec<Item>,
    }
    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only the failure is looked at")]
    struct Item {
        id: u64,
    }
    let body = br#"{"items":[{"id":1},{"id":"canary-value"}]}"#;
    let response = one(Script::Say(answer("200 OK", JSON, body))).await.0.unwrap();
    let error = response.json::<Page>().unwrap_err();
    let TransportError::Decode { operation, field, problem } = &error else { panic!("{error:?}") };
    assert_eq!((*operation, field.as_str(), *problem), ("POST /things", "items[1].id", DecodeProblem::Shape));
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert!(error.outcome_unknown());

    for (body, expected) in
        [(&b""[..], DecodeProblem::Empty), (b"{]", DecodeProblem::Syntax), (b"{} {}", DecodeProblem::Syntax)]
    {
        let response = one(Script::Say(answer("200 OK", JSON, body))).await.0.unwrap();
        let error = response.json::<Value>().unwrap_err();
        assert!(matches!(error, TransportError::Decode { problem, .. } if problem == expected), "{error:?}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let response = one(Script::Say(answer("200 OK", JSON, deep.as_bytes()))).await.0.unwrap();
    assert!(matches!(response.json::<Value>(), Err(TransportError::Decode { .. })));
}

#[tokio::test]
async fn silence_and_drips_end_as_a_timeout_with_unknown_outcome() {
    let dripping = Script::Drip(format!("HTTP/1.1 200 OK\r\n{JSON}Content-Length: 100000\r\n\r\n").into_bytes());
    let endless = Script::Drip(b"HTTP/1.1 200 OK\r\nX-Endless: ".to_vec());
    for script in [Script::Silence, dripping, endless] {
        let server = RawServer::start(move |_| script.clone()).await;
        let mut config = config(server.url());
        // Long enough for the request to arrive on a busy computer.
        config.timeouts.first_byte = Duration::from_secs(2);
        config.timeouts.total = Duration::from_secs(3);
        let client = ApiClient::new(config, Arc::new(Tokens::default())).unwrap();
        let error = client.send(post()).await.unwrap_err();
        assert!(matches!(error, TransportError::Timeout { outcome_unknown: true }), "{error:?}");
        assert_eq!(server.requests(), 1);
    }
}

#[tokio::test]
async fn a_call_may_have_a_limit_of_its_own() {
    let server = RawServer::start(|_| Script::Silence).await;
    let request = post().total_timeout(Duration::from_millis(50));
    // The client's own limit is a minute.
    let error = client(server.url()).send(request).await.unwrap_err();
    assert!(matches!(error, TransportError::Timeout { outcome_unknown: true }));
}

#[tokio::test]
async fn too_large_is_refused_announced_or_not_and_after_decompression() {
    let limit = 1000;
    let announced = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec();
    let plain = answer("200 OK", JSON, &[b' '; 1001]);
    let endless = b"HTTP/1.1 200 OK\r\n\r\n".iter().copied().chain([b' '; 5000]).collect::<Vec<_>>();
    let bomb = answer("200 OK", "Content-Encoding: gzip\r\n", &unhex(BOMB));
    let fits = answer("200 OK", JSON, &[b' '; 1000]);
    for (bytes, too_large) in [(announced, true), (plain, true), (endless, true), (bomb, true), (fits, false)] {
        let server = RawServer::start(move |_| Script::Say(bytes.clone())).await;
        let mut config = config(server.url());
        config.max_body_bytes = limit;
        let outcome = ApiClient::new(config, Arc::new(Tokens::default())).unwrap().send(post()).await;
        assert_eq!(matches!(outcome, Err(TransportError::TooLarge)), too_large, "{outcome:?}");
    }
}

#[tokio::test]
async fn pages_and_redirects_are_not_taken_for_the_service() {
    let page = answer("200 OK", "Content-Type: Text/HTML; charset=utf-8\r\n", b"<html>Sign in to the network</html>");
    let elsewhere = RawServer::start(|_| Script::Say(answer("200 OK", JSON, b"{}"))).await;
    let target = format!("Location: {}portal\r\n", elsewhere.url());
    let mut table = vec![(page, 200, "text/html"), (answer("511 Network", "", b"x"), 511, "")];
    for status in [301, 302, 303, 307, 308] {
        table.push((answer(&format!("{status} Moved"), &target, b""), status, ""));
    }
    for (bytes, expected, kind) in table {
        let (outcome, _server) = one(Script::Say(bytes)).await;
        let error = outcome.unwrap_err();
        let TransportError::Unexpected { operation, status, content_type } = &error else { panic!("{error:?}") };
        assert_eq!((*operation, status.as_u16(), content_type.as_str()), ("POST /things", expected, kind));
        assert!(error.is_network());
        assert_eq!(error.outcome_unknown(), expected == 200);
    }
    assert_eq!(elsewhere.requests(), 0, "the token went to another place");
}

#[tokio::test]
async fn errors_with_html_and_odd_statuses_are_answers() {
    for status in [
        "204 No Content",
        "300 Multiple Choices",
        "304 Not Modified",
        "400 Bad Request",
        "403 Forbidden",
        "500 Oops",
        "599 Odd",
    ] {
        let (outcome, _server) = one(Script::Say(answer(status, "Content-Type: text/html\r\n", b""))).await;
        assert_eq!(outcome.unwrap().status.as_str(), &status[..3]);
    }
    let (outcome, _server) =
        one(Script::Say(answer("503 Busy", "Content-Type: text/html\r\n", b"<html>busy</html>"))).await;
    assert_eq!(outcome.unwrap().status, 503);
}

#[tokio::test]
async fn nobody_there_and_no_name_are_offline() {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", socket.local_addr().unwrap());
    drop(socket);
    let error = client(address.parse().unwrap()).send(post()).await.unwrap_err();
    assert!(matches!(error, TransportError::Offline), "{error:?}");
    assert!(!error.outcome_unknown() && error.is_network());

    let mut config = config("https://no-such-host.invalid/".parse().unwrap());
    config.loopback_allowed = false;
    config.timeouts = Timeouts { connect: Duration::from_secs(5), ..Timeouts::default() };
    let client = ApiClient::new(config, Arc::new(Tokens::default())).unwrap();
    let error = client.send(post()).await.unwrap_err();
    assert!(!error.outcome_unknown() && error.is_network(), "{error:?}");
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_told_apart() {
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = socket.accept().await.unwrap();
            let greeting = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
            tokio::io::AsyncWriteExt::write_all(&mut stream, greeting).await.unwrap();
        }
    });
    let base = format!("https://{address}").parse().unwrap();
    let error = client(base).send(post()).await.unwrap_err();
    assert!(matches!(error, TransportError::Tls), "{error:?}");
    assert!(!error.outcome_unknown());
}

#[tokio::test]
async fn bad_bases_are_refused() {
    for (base, loopback) in [
        ("http://api.example.com", false),
        ("https://127.0.0.1", false),
        ("http://127.0.0.1:1", false),
        ("https://api.example.com", true),
        ("http://10.0.0.1", true),
        ("https://a:b@api.example.com", false),
        ("https://api.example.com?x", false),
    ] {
        let mut config = config(base.parse().unwrap());
        config.loopback_allowed = loopback;
        let refused = ApiClient::new(config, Arc::new(Tokens::default()));
        assert!(matches!(refused, Err(TransportError::Refused(_))), "{base}");
    }
}
