//! What the wire refuses to talk to.

use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use reqwest::Method;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;

fn wire(loopback_allowed: bool) -> Wire {
    let timeouts = Timeouts::default();
    let config =
        WireConfig { user_agent: "Test/1", loopback_allowed, timeouts, max_body_bytes: 1000, keep_alive: true };
    Wire::new(&config).unwrap()
}

async fn get(wire: &Wire, url: &str) -> TransportError {
    let request = wire.request(Method::GET, url.parse().unwrap()).build().unwrap();
    wire.exchange(request, None).await.unwrap_err()
}

/// One element of DER: tag, length, content.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    let mut element = vec![tag];
    match length {
        [0, short @ 0..=127] => element.push(short),
        [0, long] => element.extend([0x81, long]),
        [high, low] => element.extend([0x82, high, low]),
    }
    element.extend(content);
    element
}

/// A certificate for `localhost` that vouches for itself, valid from 2020 until
/// the given day (RFC 5280 §4.1), with its private key.
fn self_signed(until: &[u8; 13]) -> (CertificateDer<'static>, PrivatePkcs8KeyDer<'static>) {
    let pair = Ed25519KeyPair::generate().unwrap();
    let ed25519 = der(0x30, &[&der(0x06, &[&[0x2b, 0x65, 0x70]])]);
    let common_name = der(0x30, &[&der(0x06, &[&[0x55, 0x04, 0x03]]), &der(0x0c, &[b"localhost"])]);
    let name = der(0x30, &[&der(0x31, &[&common_name])]);
    let validity = der(0x30, &[&der(0x17, &[b"200101000000Z"]), &der(0x17, &[until])]);
    let key = der(0x30, &[&ed25519, &der(0x03, &[&[0], pair.public_key().as_ref()])]);
    let names = der(0x04, &[&der(0x30, &[&der(0x82, &[b"localhost"])])]);
    let alternative = der(0x30, &[&der(0x06, &[&[0x55, 0x1d, 0x11]]), &names]);
    let extensions = der(0xa3, &[&der(0x30, &[&alternative])]);
    let version = der(0xa0, &[&der(0x02, &[&[2]])]);
    let serial = der(0x02, &[&[1]]);
    let body = der(0x30, &[&version, &serial, &ed25519, &name, &validity, &name, &key, &extensions]);
    let signature = der(0x03, &[&[0], pair.sign(&body).as_ref()]);
    let certificate = der(0x30, &[&body, &ed25519, &signature]);
    let private: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    (CertificateDer::from(certificate), PrivatePkcs8KeyDer::from(private.as_ref().to_vec()))
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    for until in [b"491231235959Z", b"210101000000Z"] {
        let (certificate, key) = self_signed(until);
        let config = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key.into())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}/", socket.local_addr().unwrap().port());
        let server = tokio::spawn(async move {
            for _ in 0..2 {
                let (stream, _) = socket.accept().await.unwrap();
                assert!(acceptor.accept(stream).await.is_err(), "the client went on");
            }
        });
        for loopback_allowed in [false, true] {
            let error = get(&wire(loopback_allowed), &url).await;
            assert!(matches!(error, TransportError::Tls), "{error:?}");
        }
        server.await.unwrap();
    }
}

#[tokio::test]
async fn plain_http_never_leaves_without_the_sandbox() {
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", socket.local_addr().unwrap());
    let error = get(&wire(false), &url).await;
    assert!(matches!(error, TransportError::Refused(_)), "{error:?}");
    let accepted = futures::FutureExt::now_or_never(socket.accept());
    assert!(accepted.is_none(), "a connection was opened");
}
