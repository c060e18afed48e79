//! The sockets behind a redirect address: open only while a sign-in is.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use futures::future::{BoxFuture, select_all};
use futures::stream::FuturesUnordered;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::oauth::callback::{Expected, MAX_HEAD, MAX_LINE, Verdict};
use crate::oauth::page::Pages;
use crate::oauth::{RedirectRule, SignInError};

/// A request that takes longer to arrive is dropped.
const READ_LIMIT: Duration = Duration::from_secs(5);
/// Connections looked after at once; further ones wait in the system's queue.
const MOST_CONNECTIONS: usize = 8;
/// How long the page at the end stays available after the code has arrived.
const LINGER: Duration = Duration::from_secs(3);

/// An open redirect address.
pub(crate) struct Listener {
    sockets: Vec<TcpListener>,
    /// `host:port` of the redirect address.
    pub authority: String,
    pub redirect_uri: String,
    open: FuturesUnordered<BoxFuture<'static, Outcome>>,
    done_shown: bool,
}

impl Listener {
    pub(crate) async fn bind(rule: &RedirectRule) -> Result<Self, SignInError> {
        match rule {
            RedirectRule::AnyPort { path } => {
                let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
                let socket = socket.map_err(|_| SignInError::CannotListen)?;
                let port = socket.local_addr().map_err(|_| SignInError::CannotListen)?.port();
                Ok(Self::at("127.0.0.1", port, path, vec![socket]))
            }
            RedirectRule::FixedPorts { ports, path } => {
                for port in ports {
                    if let Some(sockets) = bind_both(*port).await {
                        return Ok(Self::at("localhost", *port, path, sockets));
                    }
                }
                Err(SignInError::PortsBusy(ports.clone()))
            }
        }
    }

    fn at(host: &str, port: u16, path: &str, sockets: Vec<TcpListener>) -> Self {
        let authority = format!("{host}:{port}");
        let redirect_uri = format!("http://{authority}{path}");
        Self { sockets, authority, redirect_uri, open: FuturesUnordered::new(), done_shown: false }
    }

    /// Answers requests until one is the right one.
    pub(crate) async fn verdict(&mut self, expected: &Arc<Expected>) -> Verdict {
        loop {
            if let Some(verdict) = self.next_verdict(expected).await {
                return verdict;
            }
        }
    }

    /// Answers requests for a moment longer, until the browser has its page.
    pub(crate) async fn linger(&mut self, expected: &Arc<Expected>) {
        let showing = async {
            while !self.done_shown {
                self.next_verdict(expected).await;
            }
        };
        // Without the page in time the browser shows its own error; no harm.
        let _ = timeout(LINGER, showing).await;
    }

    /// Answers one request; several are looked after at once.
    async fn next_verdict(&mut self, expected: &Arc<Expected>) -> Option<Verdict> {
        loop {
            let (sockets, open) = (&self.sockets, &mut self.open);
            let busy = open.len();
            tokio::select! {
                stream = accept(sockets), if busy < MOST_CONNECTIONS => {
                    if let Some(stream) = stream {
                        open.push(Box::pin(converse(stream, Arc::clone(expected))));
                    }
                }
                Some(outcome) = open.next(), if busy > 0 => {
                    self.done_shown |= outcome.done_page;
                    return outcome.verdict;
                }
            }
        }
    }
}

async fn accept(sockets: &[TcpListener]) -> Option<TcpStream> {
    let accepting = sockets.iter().map(|socket| Box::pin(socket.accept()));
    if let Ok((stream, peer)) = select_all(accepting).await.0 {
        return peer.ip().is_loopback().then_some(stream);
    }
    // Out of file handles, usually: try again when some are free.
    sleep(Duration::from_millis(50)).await;
    None
}

/// Both families, because a browser may take `localhost` for either. A computer
/// without IPv6 does with one.
async fn bind_both(port: u16) -> Option<Vec<TcpListener>> {
    let v4 = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.ok()?;
    match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await {
        Ok(v6) => Some(vec![v4, v6]),
        // Another program would get half of the browsers' answers. Windows refuses the port with "denied" where that
        // program has it for itself alone.
        Err(error) if matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) => None,
        Err(_) => Some(vec![v4]),
    }
}

struct Outcome {
    verdict: Option<Verdict>,
    done_page: bool,
}

/// One request, one answer, closed.
async fn converse(mut stream: TcpStream, expected: Arc<Expected>) -> Outcome {
    let end = Instant::now() + READ_LIMIT;
    let head = timeout_at(end, read_head(&mut stream)).await.ok().flatten();
    let (reply, verdict) = match head {
        Some(head) => expected.judge(&head),
        None => (Pages::bad_request(), None),
    };
    let done_page = reply.is_done_page();
    // Closing with unread bytes would reset the connection before the browser
    // has read the answer, so the rest is read and thrown away first.
    let closing = async {
        stream.write_all(reply.bytes()).await?;
        stream.shutdown().await?;
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await? > 0 {}
        std::io::Result::Ok(())
    };
    // A client that has gone away or dawdles misses its answer; the verdict
    // stands all the same.
    let _ = timeout(Duration::from_secs(1), closing).await;
    Outcome { verdict, done_page }
}

/// Everything up to the empty line; `None` when it is too long or never comes.
async fn read_head(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = Vec::with_capacity(1024);
    let mut chunk = [0; 2048];
    loop {
        let count = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
        let searched = head.len().saturating_sub(3);
        head.extend_from_slice(&chunk[..count]);
        if let Some(at) = head[searched..].windows(4).position(|window| window == b"\r\n\r\n") {
            head.truncate(searched + at + 4);
            return (head.len() <= MAX_HEAD).then_some(head);
        }
        let endless_line = head.len() > MAX_LINE && !head[..MAX_LINE].contains(&b'\n');
        if endless_line || head.len() > MAX_HEAD {
            return None;
        }
    }
}
