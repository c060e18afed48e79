//! What a rep does with each service, through the typed clients, so that every operation is made at least once.

pub mod events;
pub mod salesforce;
pub mod zoom;

use std::fmt::Display;
use std::future::ready;
use std::sync::Arc;

use liaison_transport::{AccessToken, ApiClient, ApiConfig, AuthError, BoxFuture, TokenSource};

use crate::failure::Failure;
use crate::relay::Seen;
use crate::template::Template;
use crate::violation::{Check, Side, Violation};

/// The steps of one journey and those that went wrong.
#[derive(Debug, Default)]
pub struct Journey {
    violations: Vec<Violation>,
}

impl Journey {
    /// A call that has to succeed; its value, if it did.
    pub async fn step<T, E: Display>(
        &mut self,
        operation: &str,
        call: impl Future<Output = Result<T, E>>,
    ) -> Option<T> {
        match call.await {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(operation, format!("the call failed: {error}"));
                None
            }
        }
    }

    /// A call that has to be refused.
    pub async fn refused<T, E>(&mut self, operation: &str, call: impl Future<Output = Result<T, E>>) {
        if call.await.is_ok() {
            self.wrong(operation, "the call succeeded where a refusal was due".to_owned());
        }
    }

    /// Something that the data of the sandbox lacks, so that a step cannot be made.
    pub fn lacks(&mut self, operation: &str, what: &str) {
        self.wrong(operation, format!("cannot be tried: {what}"));
    }

    /// What went wrong.
    pub fn violations(self) -> Vec<Violation> {
        self.violations
    }

    fn wrong(&mut self, operation: &str, problem: String) {
        let operation = Template::parse(operation).unwrap_or_else(|| Template::new("GET", operation));
        self.violations.push(Violation {
            check: Check::Journey,
            operation,
            side: Side::Answer,
            place: "call".to_owned(),
            problem,
        });
    }
}

/// A token that cannot be renewed: a journey is shorter than its life.
struct FixedToken(String);

impl TokenSource for FixedToken {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        Box::pin(ready(Ok(AccessToken::new(self.0.clone()))))
    }

    fn refreshed(&self, _rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        Box::pin(ready(Err(AuthError::SignInExpired)))
    }
}

/// A client that goes through a relay and tells it which operation it means.
fn client(config: ApiConfig, token: &str, seen: &Seen) -> Result<ApiClient, Failure> {
    let client = ApiClient::new(config, Arc::new(FixedToken(token.to_owned())))
        .map_err(|error| Failure::new(format!("no client: {error}")))?;
    let seen = seen.clone();
    client.observe(Arc::new(move |exchange| seen.name_last(exchange.operation)));
    Ok(client)
}
