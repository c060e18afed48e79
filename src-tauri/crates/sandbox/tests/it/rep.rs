//! A rep with an API client for Zoom, in the sandbox as a whole.

use std::ops::{Deref, DerefMut};

use liaison_sandbox::{Effect, Sandbox, SandboxConfig, WorldKind};

use super::api::Api;
pub use super::api::{Answered, answered};

pub struct Rep {
    pub sandbox: Sandbox,
    api: Api,
}

impl Deref for Rep {
    type Target = Api;

    fn deref(&self) -> &Api {
        &self.api
    }
}

impl DerefMut for Rep {
    fn deref_mut(&mut self) -> &mut Api {
        &mut self.api
    }
}

impl Rep {
    pub async fn start(config: SandboxConfig) -> Self {
        let sandbox = Sandbox::start(config).await.unwrap();
        let api = Api::new(&sandbox.urls().zoom);
        Self { sandbox, api }
    }

    /// A rep without meetings who is signed in.
    pub async fn signed_in() -> Self {
        let mut rep = Self::start(SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() }).await;
        rep.api.access_token = rep.sandbox.zoom().issue_tokens().access_token;
        rep
    }

    pub fn effects(&self, kind: &str) -> Vec<Effect> {
        let effects = self.sandbox.shared().journal.since(0);
        effects.into_iter().filter(|effect| effect.kind == kind).collect()
    }
}
