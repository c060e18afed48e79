//! A rep with a browser and an API client, as far as the tests need one.

use std::collections::HashMap;
use std::ops::{Deref, DerefMut};

use liaison_sandbox_kernel::{Effect, SandboxConfig, WorldKind};
use reqwest::{Response, StatusCode};
use url::Url;

use super::api::Api;
pub use super::api::{Answered, answered};
use super::stage::Stage;

/// The verifier of RFC 7636, Appendix B, and its challenge.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub const REDIRECT: &str = "http://127.0.0.1:49152/callback";

pub struct Rep {
    pub stage: Stage,
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
        let stage = Stage::start(config).await;
        let api = Api::new(&stage.urls().zoom);
        Self { stage, api }
    }

    /// A rep without meetings who is signed in.
    pub async fn signed_in() -> Self {
        Self::signed_in_to(SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() }).await
    }

    pub async fn signed_in_to(config: SandboxConfig) -> Self {
        let mut rep = Self::start(config).await;
        rep.api.access_token = rep.stage.zoom().issue_tokens().access_token;
        rep
    }

    pub fn effects(&self, kind: &str) -> Vec<Effect> {
        let effects = self.stage.shared().journal.since(0);
        effects.into_iter().filter(|effect| effect.kind == kind).collect()
    }

    pub fn advance(&self, seconds: i64) {
        self.stage.shared().clock.advance_ms(seconds * 1_000);
    }

    /// The parameters of a correct authorize request.
    pub fn authorize_parameters(&self) -> HashMap<&'static str, String> {
        HashMap::from([
            ("response_type", "code".to_owned()),
            ("client_id", self.stage.zoom().client_id().to_owned()),
            ("redirect_uri", REDIRECT.to_owned()),
            ("state", "s t&te".to_owned()),
            ("code_challenge", CHALLENGE.to_owned()),
            ("code_challenge_method", "S256".to_owned()),
        ])
    }

    pub async fn open_consent(&self, parameters: &HashMap<&'static str, String>) -> Response {
        self.http.get(self.url("/oauth/authorize")).query(parameters).send().await.unwrap()
    }

    /// Opens the consent page and presses a button; returns what the redirect carries.
    pub async fn decide(&self, decision: &str) -> HashMap<String, String> {
        let page = self.open_consent(&self.authorize_parameters()).await;
        assert_eq!(page.status(), StatusCode::OK);
        let request = hidden_request(&page.text().await.unwrap());
        let answer = self.press(&request, decision).await;
        assert_eq!(answer.status(), StatusCode::FOUND);
        carried(&answer)
    }

    pub async fn press(&self, request: &str, decision: &str) -> Response {
        let form = [("request", request), ("decision", decision)];
        self.http.post(self.url("/oauth/authorize")).form(&form).send().await.unwrap()
    }

    /// The form that turns a code into tokens.
    pub fn code_form(&self, code: &str) -> HashMap<&'static str, String> {
        HashMap::from([
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", REDIRECT.to_owned()),
            ("client_id", self.stage.zoom().client_id().to_owned()),
            ("code_verifier", VERIFIER.to_owned()),
        ])
    }

    pub fn refresh_form(&self, refresh_token: &str) -> HashMap<&'static str, String> {
        HashMap::from([
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", refresh_token.to_owned()),
            ("client_id", self.stage.zoom().client_id().to_owned()),
        ])
    }

    pub async fn token(&self, form: &HashMap<&'static str, String>) -> Answered {
        answered(self.http.post(self.url("/oauth/token")).form(form).send().await.unwrap()).await
    }
}

/// The hidden field of the consent form.
pub fn hidden_request(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"request\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// The query of the redirect that answers a decision.
pub fn carried(answer: &Response) -> HashMap<String, String> {
    let location = answer.headers()["location"].to_str().unwrap();
    assert!(location.starts_with(REDIRECT), "{location}");
    Url::parse(location).unwrap().query_pairs().into_owned().collect()
}
