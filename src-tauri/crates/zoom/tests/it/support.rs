//! A client with a fixed token, and a sandbox to point it at.

use std::sync::Arc;

use futures::FutureExt;
use liaison_sandbox::{Sandbox, SandboxConfig, WorldKind};
use liaison_transport::{AccessToken, ApiClient, AuthError, BoxFuture, TokenSource, Url};
use liaison_zoom::{Zoom, api_config};

/// A token that cannot be renewed.
pub struct FixedToken(pub String);

impl TokenSource for FixedToken {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        std::future::ready(Ok(AccessToken::new(self.0.clone()))).boxed()
    }

    fn refreshed(&self, _rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        std::future::ready(Err(AuthError::SignInExpired)).boxed()
    }
}

/// A client of the API at `base`, which is on loopback.
pub fn client(base: &str, token: &str) -> Zoom {
    let config = api_config(Url::parse(base).unwrap(), "Liaison-Test", true);
    Zoom::new(ApiClient::new(config, Arc::new(FixedToken(token.to_owned()))).unwrap())
}

/// A sandbox with this world.
pub async fn sandbox(config: SandboxConfig) -> Sandbox {
    Sandbox::start(config).await.unwrap()
}

/// An empty world.
pub fn empty() -> SandboxConfig {
    SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() }
}

/// A client that is signed in to `sandbox`.
pub fn signed_in(sandbox: &Sandbox) -> Zoom {
    let info = sandbox.info(true);
    let text = |name: &str| info["zoom"][name].as_str().unwrap().to_owned();
    client(&text("api"), &text("access_token"))
}

/// How many effects of a kind the sandbox recorded.
pub fn effects(sandbox: &Sandbox, kind: &str) -> usize {
    sandbox.shared().journal.since(0).iter().filter(|effect| effect.kind == kind).count()
}
