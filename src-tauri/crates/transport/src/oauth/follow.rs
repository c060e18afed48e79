//! Going through the sandbox's authorize page in place of a browser.

use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::{Client, redirect};
use url::{Origin, Url};

use crate::address::{AddressError, validate_base};
use crate::error::TransportError;
use crate::oauth::SignInError;

const MOST_HOPS: usize = 10;

/// Opens an authorize URL and follows its redirects to our own listener, as a
/// browser would whose user has already agreed. Demo mode only: every address
/// must be on this computer, and only the sandbox's origin and the listener's
/// are visited.
///
/// # Errors
/// [`SignInError::Address`] for any other address, [`SignInError::ConsentNeeded`]
/// when the page waits for a person, [`SignInError::Refused`] with the HTTP
/// status when the page is an error.
pub async fn follow_authorize_url(authorize_url: &Url) -> Result<(), SignInError> {
    let listener = listener_of(authorize_url).ok_or(AddressError::Malformed)?;
    let allowed = [authorize_url.origin(), listener.origin()];
    let client = client()?;
    let mut url = authorize_url.clone();
    for _ in 0..MOST_HOPS {
        check(&url, &allowed)?;
        let answer = client.get(url.clone()).send().await.map_err(|_| TransportError::Offline)?;
        let status = answer.status();
        let target = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        match target.filter(|_| status.is_redirection()) {
            Some(target) => url = url.join(target).map_err(|_| AddressError::Malformed)?,
            None if !status.is_success() => {
                return Err(SignInError::Refused { code: format!("http_{}", status.as_u16()) });
            }
            None if url.origin() == listener.origin() => return Ok(()),
            None => return Err(SignInError::ConsentNeeded),
        }
    }
    Err(SignInError::Refused { code: "too_many_redirects".to_owned() })
}

fn listener_of(authorize_url: &Url) -> Option<Url> {
    let (_, redirect) = authorize_url.query_pairs().find(|(name, _)| name == "redirect_uri")?;
    Url::parse(&redirect).ok()
}

fn check(url: &Url, allowed: &[Origin]) -> Result<(), SignInError> {
    validate_base(url, true)?;
    if allowed.contains(&url.origin()) { Ok(()) } else { Err(AddressError::ForeignHost.into()) }
}

fn client() -> Result<Client, TransportError> {
    Client::builder()
        .redirect(redirect::Policy::none())
        // Nothing on this computer needs a proxy or a certificate.
        .no_proxy()
        .tls_certs_only([])
        .timeout(Duration::from_secs(10))
        .build()
        .map_err(|_| TransportError::Refused("the HTTP client could not be set up".to_owned()))
}
