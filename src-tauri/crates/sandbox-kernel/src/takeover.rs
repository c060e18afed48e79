//! Connections that stop being HTTP: a WebSocket takes over where the answer 101 ends.
//!
//! A handler puts a [`Takeover`] into its answer; the server takes it out, and runs it with the
//! bare connection once the answer has been written.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::Bytes;
use tokio::net::TcpStream;

type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What a connection goes on with. The bytes are what the client has sent already.
#[derive(Clone)]
pub struct Takeover(Arc<dyn Fn(TcpStream, Bytes) -> Running + Send + Sync>);

impl Takeover {
    pub fn new<F, R>(run: F) -> Self
    where
        F: Fn(TcpStream, Bytes) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        Self(Arc::new(move |stream, read| Box::pin(run(stream, read))))
    }

    pub async fn run(self, stream: TcpStream, read: Bytes) {
        (self.0)(stream, read).await;
    }
}
