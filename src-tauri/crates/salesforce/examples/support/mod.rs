//! What the benchmarks share: a client with a fixed token, flags, figures.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use liaison_salesforce::{Salesforce, api_config};
use liaison_sandbox::Sandbox;
use liaison_transport::{AccessToken, ApiClient, AuthError, BoxFuture, TokenSource, Url};

pub type Failure = Box<dyn Error + Send + Sync>;

/// A token that cannot be renewed.
struct FixedToken(String);

impl TokenSource for FixedToken {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        std::future::ready(Ok(AccessToken::new(self.0.clone()))).boxed()
    }

    fn refreshed(&self, _rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        std::future::ready(Err(AuthError::SignInExpired)).boxed()
    }
}

/// A client that is signed in to `sandbox` and keeps no pace: the floor keeps none either, and the sandbox has no
/// limits here.
pub fn client(sandbox: &Sandbox) -> Result<Salesforce, Failure> {
    client_at(sandbox, false)
}

/// The same, at the pace that the program keeps or at none.
pub fn client_at(sandbox: &Sandbox, paced: bool) -> Result<Salesforce, Failure> {
    let info = sandbox.info(true);
    let text = |name: &str| info["salesforce"][name].as_str().map(str::to_owned).ok_or("the sandbox tells less");
    let mut config = api_config(Url::parse(&text("instance")?)?, "Liaison-Benchmark", true);
    config.paced = paced;
    Ok(Salesforce::new(ApiClient::new(config, Arc::new(FixedToken(text("access_token")?)))?))
}

/// The number after a flag.
pub fn number(flag: &str, otherwise: usize) -> Result<usize, Failure> {
    let mut words = std::env::args().skip_while(|word| word != flag);
    match (words.next(), words.next()) {
        (None, _) => Ok(otherwise),
        (Some(_), Some(text)) => text.parse().map_err(|_| format!("{flag} wants a number, not {text}").into()),
        (Some(_), None) => Err(format!("{flag} wants a number").into()),
    }
}

/// Records in a second.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a figure for people to read"
)]
pub fn per_second(records: usize, took: Duration) -> u64 {
    (records as f64 / took.as_secs_f64().max(1e-9)) as u64
}
