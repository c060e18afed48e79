//! The event stream against a server that speaks as Zoom does, one connection after the other. Against the sandbox:
//! [`crate::subscription`].

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::{FutureExt, SinkExt, Stream, StreamExt};
use liaison_transport::{AccessToken, AuthError, BoxFuture, TokenSource, TransportError};
use liaison_zoom::{EventSource, EventStep, EventsEnded, OwnEvents, events};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};

use crate::support::FixedToken;

type Socket = WebSocketStream<TcpStream>;

/// A server; `asked` hears the query of each connection.
struct Server {
    listener: TcpListener,
    asked: mpsc::UnboundedSender<String>,
}

impl Server {
    async fn start() -> (Self, mpsc::UnboundedReceiver<String>) {
        let (asked, queries) = mpsc::unbounded_channel();
        (Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap(), asked }, queries)
    }

    fn source(&self) -> EventSource {
        let address = format!("ws://{}/ws", self.listener.local_addr().unwrap());
        let mut source = EventSource::new(Some(&address), "sub_1", "Liaison-Test", true).unwrap();
        source.timing.first_pause = Duration::from_millis(2);
        source.timing.longest_pause = Duration::from_millis(10);
        source.timing.heartbeat = Duration::from_millis(20);
        source
    }

    async fn accept(&self, accepted: bool) -> Socket {
        let (stream, _) = self.listener.accept().await.unwrap();
        #[expect(clippy::result_large_err, reason = "the signature that the library calls")]
        let callback = |request: &Request, response: Response| {
            self.asked.send(request.uri().query().unwrap_or_default().to_owned()).unwrap();
            Ok(response)
        };
        let mut socket = tokio_tungstenite::accept_hdr_async(stream, callback).await.unwrap();
        let answer = format!(r#"{{"module":"build_connection","success":{accepted},"content":"any text"}}"#);
        socket.send(Message::text(answer)).await.unwrap();
        socket
    }
}

/// A token that can be had at the second asking only.
#[derive(Default)]
struct LateToken(AtomicBool);

impl TokenSource for LateToken {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        let outcome = if self.0.swap(true, Ordering::SeqCst) {
            Ok(AccessToken::new("t0ken".to_owned()))
        } else {
            Err(AuthError::Unreachable(Box::new(TransportError::Timeout { outcome_unknown: false })))
        };
        std::future::ready(outcome).boxed()
    }

    fn refreshed(&self, _rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        std::future::ready(Err(AuthError::SignInExpired)).boxed()
    }
}

fn listen(source: EventSource) -> std::pin::Pin<Box<impl Stream<Item = Result<EventStep, EventsEnded>>>> {
    Box::pin(events(source, Arc::new(FixedToken("t0ken".to_owned())), OwnEvents::of(["u1".to_owned()])))
}

fn frame(host: &str) -> Message {
    let event = serde_json::json!({"event": "meeting.ended", "event_ts": 1_804_689_000_000_i64,
        "payload": {"account_id": "a", "object": {"id": "98765432101", "host_id": host}}});
    Message::text(serde_json::json!({"module": "message", "content": event.to_string()}).to_string())
}

#[tokio::test]
async fn own_events_arrive_and_others_do_not() {
    let (server, mut queries) = Server::start().await;
    let mut steps = listen(server.source());
    let (mut socket, first) = tokio::join!(server.accept(true), steps.next());
    assert_eq!(first.unwrap().unwrap(), EventStep::Connected);
    assert_eq!(queries.recv().await.unwrap(), "subscriptionId=sub_1&access_token=t0ken");
    for message in [frame("u2"), Message::Ping(Vec::new().into()), frame("u1"), Message::text("{")] {
        socket.send(message).await.unwrap();
    }
    let Some(Ok(EventStep::Event(event))) = steps.next().await else { panic!("no event") };
    assert_eq!((event.name(), event.object_id().as_deref()), ("meeting.ended", Some("98765432101")));
    assert_eq!(steps.next().await.unwrap().unwrap(), EventStep::Unreadable);
}

#[tokio::test]
async fn signs_of_life_go_out() {
    let (server, _queries) = Server::start().await;
    let mut steps = listen(server.source());
    let (mut socket, _) = tokio::join!(server.accept(true), steps.next());
    let listening = tokio::spawn(async move { steps.next().await });
    let heard = loop {
        if let Message::Text(text) = socket.next().await.unwrap().unwrap() {
            break text;
        }
    };
    assert_eq!(heard.as_str(), r#"{"module":"heartbeat"}"#);
    listening.abort();
}

#[tokio::test]
async fn a_lost_connection_is_told_and_made_anew() {
    let (server, _queries) = Server::start().await;
    let mut steps = listen(server.source());
    let (socket, _) = tokio::join!(server.accept(true), steps.next());
    drop(socket);
    let longest = server.source().timing.longest_pause;
    assert!(matches!(steps.next().await, Some(Ok(EventStep::Lost { pause })) if pause <= longest));
    let (_socket, again) = tokio::join!(server.accept(true), steps.next());
    assert_eq!(again.unwrap().unwrap(), EventStep::Connected);
}

#[tokio::test]
async fn a_connection_that_does_not_last_is_made_anew_later_and_later() {
    let (server, _queries) = Server::start().await;
    let mut source = server.source();
    source.timing.longest_pause = Duration::from_hours(1);
    let first_pause = source.timing.first_pause;
    let mut steps = listen(source);
    let mut last = Duration::ZERO;
    for _ in 0..4 {
        let (socket, step) = tokio::join!(server.accept(true), steps.next());
        assert_eq!(step.unwrap().unwrap(), EventStep::Connected);
        drop(socket);
        let Some(Ok(EventStep::Lost { pause })) = steps.next().await else { panic!("not lost") };
        last = pause;
    }
    assert!(last >= first_pause * 4, "{last:?}");
}

#[tokio::test]
async fn a_token_that_cannot_be_had_now_is_asked_for_again() {
    let (server, _queries) = Server::start().await;
    let tokens = Arc::new(LateToken::default());
    let mut steps = Box::pin(events(server.source(), tokens, OwnEvents::default()));
    assert!(matches!(steps.next().await, Some(Ok(EventStep::Lost { .. }))));
    let (_socket, step) = tokio::join!(server.accept(true), steps.next());
    assert_eq!(step.unwrap().unwrap(), EventStep::Connected);
}

#[tokio::test]
async fn a_silent_connection_is_given_up() {
    let (server, _queries) = Server::start().await;
    let mut source = server.source();
    source.timing.silence = Duration::from_millis(40);
    let mut steps = listen(source);
    let (_socket, _) = tokio::join!(server.accept(true), steps.next());
    assert!(matches!(steps.next().await, Some(Ok(EventStep::Lost { .. }))));
}

#[tokio::test]
async fn before_the_token_ends_a_new_connection_is_made() {
    let (server, _queries) = Server::start().await;
    let mut source = server.source();
    source.timing.renewal = Duration::from_millis(30);
    let mut steps = listen(source);
    let (_first, _) = tokio::join!(server.accept(true), steps.next());
    let (_second, step) = tokio::join!(server.accept(true), steps.next());
    assert_eq!(step.unwrap().unwrap(), EventStep::Connected);
}

#[tokio::test]
async fn a_refused_token_without_a_newer_one_ends_the_stream() {
    let (server, _queries) = Server::start().await;
    let mut steps = listen(server.source());
    let (_socket, step) = tokio::join!(server.accept(false), steps.next());
    assert!(matches!(step, Some(Ok(EventStep::Lost { .. }))));
    assert!(matches!(steps.next().await, Some(Err(EventsEnded::NoToken(_)))));
    assert!(steps.next().await.is_none());
}

#[tokio::test]
async fn what_is_no_websocket_is_no_connection() {
    let server = wiremock::MockServer::start().await;
    let answer = wiremock::ResponseTemplate::new(200).set_body_string("<html>Sign in</html>");
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let address = format!("ws://{}/ws", server.address());
    let mut source = EventSource::new(Some(&address), "sub_1", "Liaison-Test", true).unwrap();
    source.timing.first_pause = Duration::from_millis(1);
    let mut steps = listen(source);
    assert!(matches!(steps.next().await, Some(Ok(EventStep::Lost { .. }))));
}
