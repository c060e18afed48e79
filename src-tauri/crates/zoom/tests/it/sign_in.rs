//! The OAuth facts, by signing in with them.

use liaison_sandbox::SandboxConfig;
use liaison_transport::{SignIn, Url, follow_authorize_url};
use liaison_zoom::{SCOPES, provider, validated_api_base};

use crate::support::{client, empty, sandbox};

#[tokio::test]
async fn the_sandbox_lets_this_provider_in() {
    let sandbox = sandbox(SandboxConfig { auto_consent: true, ..empty() }).await;
    let base = Url::parse(&sandbox.urls().zoom).unwrap();
    let sign_in = SignIn::begin(provider(&base, sandbox.zoom().client_id(), true)).await.unwrap();
    let authorize_url = sign_in.authorize_url().clone();
    let (followed, tokens) =
        tokio::join!(follow_authorize_url(&authorize_url), sign_in.finish(std::future::pending::<()>()));
    followed.unwrap();
    let tokens = tokens.unwrap();
    for scope in SCOPES {
        assert!(tokens.scopes.iter().any(|granted| granted == scope), "{scope}");
    }
    let api = validated_api_base(tokens.api_url.as_deref(), true).unwrap();
    let user = client(api.as_str(), tokens.access.expose()).users().me().await.unwrap();
    assert!(user.account_id.is_some() && user.shown_name().is_some());
}
