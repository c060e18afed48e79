//! A server that says exactly the bytes it is told to, and the client for it.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use liaison_transport::{
    AccessToken, ApiClient, ApiConfig, AuthError, BoxFuture, RetryPolicy, Service, TokenSource, Url,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
#[derive(Clone)]
pub enum Script {
    /// Writes these bytes and closes.
    Say(Vec<u8>),
    /// Writes these bytes and cuts the connection with a reset.
    Reset(Vec<u8>),
    /// Writes these bytes, then one more byte now and then, for ever.
    Drip(Vec<u8>),
    /// Never answers.
    Silence,
}

pub struct RawServer {
    pub address: SocketAddr,
    count: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl RawServer {
    /// `script` decides by the number of the request, counted from 0.
    pub async fn start(script: impl Fn(usize) -> Script + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (count, heads) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (counting, keeping) = (count.clone(), heads.clone());
        let task = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let Some(head) = read_request(&mut stream).await else { continue };
                keeping.lock().unwrap().push(head);
                let number = counting.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(perform(stream, script(number)));
            }
        });
        Self { address, count, heads, task }
    }

    pub fn url(&self) -> Url {
        Url::parse(&format!("http://{}", self.address)).unwrap()
    }

    pub fn requests(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return Some(text);
            }
        }
        let count = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..count]);
    }
}

async fn perform(mut stream: TcpStream, script: Script) {
    match script {
        Script::Say(bytes) => {
            stream.write_all(&bytes).await.unwrap();
            stream.shutdown().await.unwrap();
        }
        Script::Reset(bytes) => {
            stream.write_all(&bytes).await.unwrap();
            stream.set_zero_linger().unwrap();
        }
        Script::Drip(bytes) => {
            stream.write_all(&bytes).await.unwrap();
            while stream.write_all(b" ").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        Script::Silence => std::future::pending().await,
    }
}

/// Hands out `token-0` and counts up at every refresh.
#[derive(Default)]
pub struct Tokens {
    pub refreshes: AtomicUsize,
}

impl TokenSource for Tokens {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        let number = self.refreshes.load(Ordering::SeqCst);
        Box::pin(async move { Ok(AccessToken::new(format!("token-{number}"))) })
    }

    fn refreshed(&self, _rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        self.refreshes.fetch_add(1, Ordering::SeqCst);
        self.access()
    }
}

/// A configuration for loopback with pauses too short to notice.
pub fn config(base: Url) -> ApiConfig {
    ApiConfig {
        loopback_allowed: true,
        retry: RetryPolicy { base: Duration::from_millis(1), ..RetryPolicy::default() },
        ..ApiConfig::new(Service::Zoom, base, "Liaison-Test/1")
    }
}

pub fn client(base: Url) -> ApiClient {
    ApiClient::new(config(base), Arc::new(Tokens::default())).unwrap()
}

/// A complete HTTP/1.1 answer.
pub fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

pub const JSON: &str = "Content-Type: application/json\r\n";
