//! A client with a fixed token, and a sandbox to point it at.

use std::sync::Arc;

use futures::FutureExt;
use liaison_salesforce::{Salesforce, api_config};
use liaison_sandbox::{Profile, Sandbox, SandboxConfig, WorldKind};
use liaison_transport::{AccessToken, ApiClient, AuthError, BoxFuture, TokenSource, Url};

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

/// A client of the org at `base`, which is on loopback.
pub fn client(base: &str, token: &str) -> Salesforce {
    let mut config = api_config(Url::parse(base).unwrap(), "Liaison-Test", true);
    // The pace is transport's; here it would only take time.
    config.paced = false;
    Salesforce::new(ApiClient::new(config, Arc::new(FixedToken(token.to_owned()))).unwrap())
}

/// A sandbox with this world.
pub async fn sandbox(config: SandboxConfig) -> Sandbox {
    Sandbox::start(config).await.unwrap()
}

/// An org with our field and nobody but the user.
pub fn empty() -> SandboxConfig {
    SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() }
}

/// An org without our field.
pub fn bare() -> SandboxConfig {
    SandboxConfig { profile: Profile::Bare, ..SandboxConfig::default() }
}

/// A client that is signed in to `sandbox`.
pub fn signed_in(sandbox: &Sandbox) -> Salesforce {
    let info = sandbox.info(true);
    let text = |name: &str| info["salesforce"][name].as_str().unwrap().to_owned();
    client(&text("instance"), &text("access_token"))
}

/// How many effects of a kind the sandbox recorded.
pub fn effects(sandbox: &Sandbox, kind: &str) -> usize {
    sandbox.shared().journal.since(0).iter().filter(|effect| effect.kind == kind).count()
}
