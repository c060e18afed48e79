//! One request on the wire: sent once, read completely or not at all.
//!
//! Shared by API calls and the token endpoint. It repeats nothing, follows no
//! redirect, and tells apart what never left from what may have arrived.

use std::error::Error;
use std::io;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use reqwest::{Client, Request, Response, StatusCode, redirect};
use tokio::time::{Instant, timeout_at};

use crate::error::TransportError;
use crate::http::Timeouts;

/// How the connection pool of a [`Wire`] is made.
pub(crate) struct WireConfig<'a> {
    pub user_agent: &'a str,
    pub loopback_allowed: bool,
    pub timeouts: Timeouts,
    pub max_body_bytes: usize,
    /// A token endpoint is asked once an hour: a kept connection would be dead
    /// by then, and a request on a dead connection has an unknown outcome.
    pub keep_alive: bool,
}

/// A connection pool with limits.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    client: Client,
    timeouts: Timeouts,
    max_body_bytes: usize,
}

/// A complete answer, decompressed.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Wire {
    pub(crate) fn new(config: &WireConfig<'_>) -> Result<Self, TransportError> {
        let mut builder = Client::builder()
            .user_agent(config.user_agent)
            .redirect(redirect::Policy::none())
            .referer(false)
            .https_only(!config.loopback_allowed)
            .connect_timeout(config.timeouts.connect)
            .pool_idle_timeout(Duration::from_secs(45))
            .tcp_keepalive(Duration::from_secs(30));
        if config.loopback_allowed {
            // Nothing on this computer needs a proxy or a certificate.
            builder = builder.no_proxy().tls_certs_only([]);
        }
        if !config.keep_alive {
            // The built-in repetition is for streams that the server says it has
            // not looked at; a refresh token is not sent twice even then.
            builder = builder.pool_max_idle_per_host(0).retry(reqwest::retry::never());
        }
        let client =
            builder.build().map_err(|_| TransportError::Refused("the HTTP client could not be set up".to_owned()))?;
        Ok(Self { client, timeouts: config.timeouts, max_body_bytes: config.max_body_bytes })
    }

    /// A request for this wire; nothing is sent yet.
    pub(crate) fn request(&self, method: reqwest::Method, url: url::Url) -> reqwest::RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends `request` once and reads the whole answer, within `total`.
    pub(crate) async fn exchange(&self, request: Request, total: Option<Duration>) -> Result<Answer, TransportError> {
        let start = Instant::now();
        let end = start + total.unwrap_or(self.timeouts.total);
        let first_byte = end.min(start + self.timeouts.first_byte);
        let response = match timeout_at(first_byte, self.client.execute(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(fault(&error)),
            Err(_) => return Err(TransportError::Timeout { outcome_unknown: true }),
        };
        match timeout_at(end, self.read(response)).await {
            Ok(answer) => answer,
            Err(_) => Err(TransportError::Timeout { outcome_unknown: true }),
        }
    }

    async fn read(&self, mut response: Response) -> Result<Answer, TransportError> {
        let (status, headers) = (response.status(), response.headers().clone());
        let announced = response.content_length().unwrap_or_default();
        if usize::try_from(announced).map_or(true, |bytes| bytes > self.max_body_bytes) {
            return Err(TransportError::TooLarge);
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| TransportError::Interrupted)? {
            if body.len() + chunk.len() > self.max_body_bytes {
                return Err(TransportError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, headers, body: body.freeze() })
    }
}

/// What a failure before the head of the answer means.
fn fault(error: &reqwest::Error) -> TransportError {
    if error.is_builder() {
        return TransportError::Refused("the request could not be built".to_owned());
    }
    if !error.is_connect() {
        // hyper reports a connection that it never wrote to as a connect fault,
        // so from here on the request may have arrived.
        return if error.is_timeout() {
            TransportError::Timeout { outcome_unknown: true }
        } else {
            TransportError::Interrupted
        };
    }
    let mut source = error.source();
    while let Some(cause) = source {
        if is_tls(cause) {
            return TransportError::Tls;
        }
        // The type of this error is private to the connector.
        if cause.to_string() == "proxy authorization required" {
            return TransportError::ProxyRefused;
        }
        source = cause.source();
    }
    if error.is_timeout() {
        return TransportError::Timeout { outcome_unknown: false };
    }
    TransportError::Offline
}

/// Whether the error comes from TLS. An `io::Error` does not name the error in
/// it as its source, so it is opened.
fn is_tls(cause: &(dyn Error + 'static)) -> bool {
    let inner = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    cause.is::<rustls::Error>() || inner.is_some_and(|inner| is_tls(inner))
}

#[cfg(test)]
mod tests;
