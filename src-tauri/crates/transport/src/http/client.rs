//! The client of one service: a token, a turn, a request, and what to do with
//! the answer.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Request, StatusCode};
use tokio::time::Instant;
use url::Url;

use crate::address::validate_base;
use crate::error::{AuthError, TransportError};
use crate::http::address_of::url_of;
use crate::http::limits::{Limits, Notice, is_general, notice};
use crate::http::response::{media_type, printable};
use crate::http::retry::{RetryBudget, is_passing_fault, is_passing_status, pause};
use crate::http::{ApiConfig, ApiRequest, ApiResponse, Exchange, Observer, RequestBody, Wire, WireConfig};
use crate::secret::AccessToken;

/// Where a client gets its access tokens.
pub trait TokenSource: Send + Sync {
    /// The token to use now.
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>>;

    /// The service did not accept `rejected`: gives a newer token, made now or
    /// by someone else in the meantime.
    fn refreshed(&self, rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>>;
}

/// A client of one service. Cheap to clone; clones share connections, limits
/// and the retry budget.
#[derive(Clone)]
pub struct ApiClient(Arc<Shared>);

struct Shared {
    config: ApiConfig,
    wire: Wire,
    tokens: Arc<dyn TokenSource>,
    limits: Limits,
    budget: Mutex<RetryBudget>,
    observers: RwLock<Vec<Observer>>,
}

/// What to do after an attempt.
enum Step {
    Done(Result<ApiResponse, TransportError>),
    /// A fresh access token would help; the answer stands if there is none.
    Refresh,
    /// Once more, after the given or a random pause; otherwise this result.
    Again(Option<Duration>, Result<ApiResponse, TransportError>),
}

impl ApiClient {
    /// A client that sends nothing until it is asked to.
    ///
    /// # Errors
    /// [`TransportError::Refused`] when the base address is not acceptable.
    pub fn new(config: ApiConfig, tokens: Arc<dyn TokenSource>) -> Result<Self, TransportError> {
        validate_base(&config.base, config.loopback_allowed)
            .map_err(|error| TransportError::Refused(error.to_string()))?;
        if config.base.query().is_some() || config.base.fragment().is_some() {
            return Err(TransportError::Refused("the base address has a query".to_owned()));
        }
        let wire = Wire::new(&WireConfig {
            user_agent: &config.user_agent,
            loopback_allowed: config.loopback_allowed,
            timeouts: config.timeouts,
            max_body_bytes: config.max_body_bytes,
            keep_alive: true,
        })?;
        let paced = config.paced;
        Ok(Self(Arc::new(Shared {
            config,
            wire,
            tokens,
            limits: Limits::new(paced),
            budget: Mutex::new(RetryBudget::new()),
            observers: RwLock::new(Vec::new()),
        })))
    }

    /// Where calls go.
    pub fn base(&self) -> &Url {
        &self.0.config.base
    }

    /// The time by this client's clock.
    pub fn now_utc(&self) -> DateTime<Utc> {
        self.0.config.clock.now()
    }

    /// Adds an observer of every answer.
    pub fn observe(&self, observer: Observer) {
        self.0.observers.write().unwrap_or_else(PoisonError::into_inner).push(observer);
    }

    /// Sends a call and waits for the whole answer.
    ///
    /// Any HTTP status is `Ok`, except what is dealt with here: a rejected token
    /// is renewed and the call repeated once; a call that is idempotent is
    /// repeated after a passing fault, within the budget; a wait that the service
    /// asks for becomes [`TransportError::RateLimited`], and until then further
    /// calls of the class fail at once; redirects and pages of HTML with a
    /// success status become [`TransportError::Unexpected`].
    ///
    /// # Errors
    /// See [`TransportError`]; `outcome_unknown` tells whether the service may
    /// have acted on the call.
    pub async fn send(&self, request: ApiRequest) -> Result<ApiResponse, TransportError> {
        let shared = &*self.0;
        let url = url_of(&shared.config.base, &request)?;
        let mut renewed = None;
        let mut attempt = 1;
        loop {
            shared.limits.check(request.rate, shared.config.clock.now())?;
            let token = match &renewed {
                Some(token) => AccessToken::clone(token),
                None => shared.tokens.access().await?,
            };
            let outcome = shared.attempt(&request, &url, &token, attempt).await;
            match shared.judge(&request, outcome, renewed.is_some()) {
                Step::Done(result) => return result,
                Step::Refresh => renewed = Some(shared.tokens.refreshed(token).await?),
                Step::Again(wait, otherwise) => {
                    if attempt >= shared.config.retry.attempts || !shared.take_from_budget() {
                        return otherwise;
                    }
                    let wait = wait.unwrap_or_else(|| pause(shared.config.retry.base, attempt));
                    tokio::time::sleep(wait).await;
                    attempt += 1;
                }
            }
        }
    }
}

impl Shared {
    /// One request and its answer, logged and shown to the observers.
    async fn attempt(
        &self,
        request: &ApiRequest,
        url: &Url,
        token: &AccessToken,
        attempt: u32,
    ) -> Result<ApiResponse, TransportError> {
        let built = self.build(request, url, token)?;
        let _turn = self.limits.turn(request.rate).await;
        let start = Instant::now();
        let outcome = self.wire.exchange(built, request.total_timeout).await;
        let duration_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (service, operation) = (self.config.service.name(), request.operation);
        match outcome {
            Ok(answer) => {
                let status = answer.status.as_u16();
                let tracking_id = tracking_id(&answer.headers);
                tracing::debug!(service, operation, status, duration_ms, attempt, tracking_id, "answered");
                self.show(request, &answer.body, answer.status, attempt);
                Ok(ApiResponse { status: answer.status, headers: answer.headers, body: answer.body, operation })
            }
            Err(error) => {
                tracing::info!(service, operation, duration_ms, attempt, %error, "no answer");
                Err(error)
            }
        }
    }

    fn build(&self, request: &ApiRequest, url: &Url, token: &AccessToken) -> Result<Request, TransportError> {
        let refused = |text: &str| TransportError::Refused(text.to_owned());
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose()))
            .map_err(|_| refused("the access token does not fit into a header"))?;
        bearer.set_sensitive(true);
        let mut headers = request.headers.clone();
        headers.insert(AUTHORIZATION, bearer);
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        let builder = self.wire.request(request.method.clone(), url.clone()).headers(headers);
        let builder = match &request.body {
            RequestBody::Empty => builder,
            RequestBody::Json(value) => builder.json(value),
            RequestBody::Form(fields) => builder.form(fields),
            RequestBody::Text { content_type, body } => builder.header(CONTENT_TYPE, *content_type).body(body.clone()),
        };
        builder.build().map_err(|_| refused("the request could not be built"))
    }

    fn show(&self, request: &ApiRequest, body: &[u8], status: StatusCode, attempt: u32) {
        let observers = self.observers.read().unwrap_or_else(PoisonError::into_inner).clone();
        for observer in observers {
            observer(&Exchange {
                operation: request.operation,
                method: &request.method,
                status,
                query: &request.query,
                request_body: &request.body,
                response_body: body,
                attempt,
            });
        }
    }

    fn judge(&self, request: &ApiRequest, outcome: Result<ApiResponse, TransportError>, renewed: bool) -> Step {
        self.count(&outcome);
        let response = match outcome {
            Ok(response) => response,
            Err(error) if request.idempotent && is_passing_fault(&error) => {
                return Step::Again(None, Err(error));
            }
            Err(error) => return Step::Done(Err(error)),
        };
        if !renewed && (self.config.refresh_on)(&response) {
            return Step::Refresh;
        }
        if let Some(error) = foreign(&response) {
            return Step::Done(Err(error));
        }
        let now = self.config.clock.now();
        let notice = if request.own_limits && !is_general(&response) {
            Notice::None
        } else {
            notice(self.config.service, &response, now)
        };
        if let Notice::WaitUntil { until, daily } = notice {
            let limited = Err(TransportError::RateLimited { until, daily });
            let wait = (until - now).to_std().unwrap_or_default();
            if wait > self.config.retry.longest_sleep {
                self.limits.remember(request.rate, until, daily);
            } else if request.idempotent {
                return Step::Again(Some(wait), limited);
            }
            return Step::Done(limited);
        }
        if request.idempotent && is_passing_status(response.status) {
            return Step::Again(None, Ok(response));
        }
        Step::Done(Ok(response))
    }

    fn count(&self, outcome: &Result<ApiResponse, TransportError>) {
        let mut budget = self.budget.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            // A gateway that answers for a host which is down.
            Ok(response) if matches!(response.status.as_u16(), 502..=504) => budget.failed(),
            Ok(response) => budget.answered(response.status.is_success()),
            Err(error) if error.is_network() => budget.failed(),
            Err(_) => {}
        }
    }

    fn take_from_budget(&self) -> bool {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// An answer that cannot come from the service: a network that wants a sign-in
/// of its own sends redirects or a page with status 200.
fn foreign(response: &ApiResponse) -> Option<TransportError> {
    let status = response.status.as_u16();
    if status == 407 {
        return Some(TransportError::ProxyRefused);
    }
    let redirect = matches!(status, 301..=303 | 307 | 308);
    let content_type = media_type(&response.headers);
    let page = response.status.is_success()
        && !response.body.is_empty()
        && matches!(content_type.as_str(), "text/html" | "application/xhtml+xml");
    (redirect || page || status == 511).then_some(TransportError::Unexpected {
        operation: response.operation,
        status: response.status,
        content_type,
    })
}

/// The service's own name for a call, which its support asks for.
fn tracking_id(headers: &HeaderMap) -> String {
    let names = ["x-zm-trackingid", "x-sfdc-request-id", "x-request-id"];
    let value = names.iter().find_map(|name| headers.get(*name)?.to_str().ok());
    printable(value.unwrap_or_default(), 128)
}

impl fmt::Debug for ApiClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ApiClient").field("service", &self.0.config.service).finish_non_exhaustive()
    }
}
