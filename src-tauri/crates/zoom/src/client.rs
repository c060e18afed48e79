//! The client: one request out, one typed answer or one typed error back.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_transport::{
    ApiClient, ApiConfig, ApiRequest, ApiResponse, DecodeProblem, Service, TransportError, validate_base,
};
use reqwest::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::edits::{EditCount, EditsToday};
use crate::error::{Envelope, ErrorKind, InvalidRequest, ZoomError, classify};
use crate::links::is_service_host;
use crate::{Meetings, PastMeetings, Phone, Recordings, Templates, Users, Webinars};

/// Error bodies are small; a larger success body is not searched for an error code.
const LARGEST_ERROR_BODY: usize = 8 * 1024;

/// Zoom's REST API for the signed-in user. Cheap to clone.
#[derive(Clone)]
pub struct Zoom {
    client: ApiClient,
    edits: Arc<EditCount>,
}

impl Zoom {
    /// Uses `client`, whose base is the account's API address with its version, for example
    /// `https://api.zoom.us/v2`: see [`validated_api_base`] and [`api_config`].
    pub fn new(client: ApiClient) -> Self {
        Self { client, edits: Arc::default() }
    }

    /// The signed-in user: profile, settings, host token.
    #[must_use]
    pub fn users(&self) -> Users {
        Users::new(self.clone())
    }

    /// The signed-in user's meetings.
    #[must_use]
    pub fn meetings(&self) -> Meetings {
        Meetings::new(self.clone())
    }

    /// The signed-in user's past meetings.
    #[must_use]
    pub fn past_meetings(&self) -> PastMeetings {
        PastMeetings::new(self.clone())
    }

    /// The signed-in user's cloud recordings.
    #[must_use]
    pub fn recordings(&self) -> Recordings {
        Recordings::new(self.clone())
    }

    /// The signed-in user's templates.
    #[must_use]
    pub fn templates(&self) -> Templates {
        Templates::new(self.clone())
    }

    /// The signed-in user's webinars.
    #[must_use]
    pub fn webinars(&self) -> Webinars {
        Webinars::new(self.clone())
    }

    /// The signed-in user's calls.
    #[must_use]
    pub fn phone(&self) -> Phone {
        Phone::new(self.clone())
    }

    /// How many of today's creations and changes of meetings and webinars are used, over all clones.
    #[must_use]
    pub fn edits_today(&self) -> EditsToday {
        self.edits.today(self.client.now_utc())
    }

    /// Goes on from what was counted before a restart; another day's count is left out.
    pub fn resume_edits(&self, earlier: EditsToday) {
        self.edits.resume(self.client.now_utc(), earlier);
    }

    /// [`Self::fetch`] for a call that counts towards the day's creations and changes.
    pub(crate) async fn fetch_edit<T: DeserializeOwned>(&self, request: ApiRequest) -> Result<T, ZoomError> {
        Ok(read(&self.send_edit(request).await?)?)
    }

    /// [`Self::send`] for a call that counts towards the day's creations and changes.
    pub(crate) async fn send_edit(&self, request: ApiRequest) -> Result<ApiResponse, ZoomError> {
        // Counted before it leaves: a call that is cut off on the way may still count there.
        let day = self.edits.add(self.client.now_utc());
        let outcome = self.send(request).await;
        match &outcome {
            Err(error) if matches!(error.kind(), Some(ErrorKind::DailyEditLimit)) => {
                self.edits.exhausted(self.client.now_utc());
            }
            Err(error) if changed_nothing(error) => self.edits.take_back(self.client.now_utc(), day),
            _ => {}
        }
        outcome
    }

    /// Sends and reads a JSON answer.
    pub(crate) async fn fetch<T: DeserializeOwned>(&self, request: ApiRequest) -> Result<T, ZoomError> {
        Ok(read(&self.send(request).await?)?)
    }

    /// Sends and returns the successful answer, unread.
    pub(crate) async fn send(&self, request: ApiRequest) -> Result<ApiResponse, ZoomError> {
        accept(self.client.send(request).await?, self.client.now_utc())
    }
}

/// Reads an answer. All of Zoom's are objects; an array is refused, because it would be taken for the fields of
/// one in their order.
pub(crate) fn read<T: DeserializeOwned>(response: &ApiResponse) -> Result<T, TransportError> {
    let first = response.body.iter().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(&b'[') {
        let (operation, field) = (response.operation, ".".to_owned());
        return Err(TransportError::Decode { operation, field, problem: DecodeProblem::Shape });
    }
    response.json()
}

/// A request body.
pub(crate) fn json(field: &'static str, body: &impl Serialize) -> Result<Value, InvalidRequest> {
    serde_json::to_value(body).map_err(|_| InvalidRequest { field, reason: "cannot be written as JSON" })
}

/// Whether a call certainly made no change: it never arrived, or Zoom says no.
fn changed_nothing(error: &ZoomError) -> bool {
    match error {
        // An answer that came but can't be read hides a change.
        ZoomError::Transport(TransportError::Decode { .. } | TransportError::TooLarge) => false,
        error => !error.outcome_unknown(),
    }
}

/// Tells success from refusal. A success status with an error code in the body is a refusal.
fn accept(response: ApiResponse, now_utc: DateTime<Utc>) -> Result<ApiResponse, ZoomError> {
    if !response.status.is_success() {
        let envelope = Envelope::read(&response.body);
        return Err(classify(&response, envelope, now_utc).into());
    }
    if response.body.len() <= LARGEST_ERROR_BODY
        && let Some(envelope) = Envelope::read(&response.body)
        && envelope.code.is_some_and(|code| code != 0)
        && envelope.message.is_some()
    {
        return Err(classify(&response, Some(envelope), now_utc).into());
    }
    Ok(response)
}

/// Whether this answer means "refresh the access token and try again".
///
/// Zoom says 401 with code 124 for an expired or unknown token, and 4700 or 4741 for a revoked one
/// (there the refresh fails too, which ends in a new sign-in). A token that is refused because of
/// *where it was sent* would be refused again, so that answer does not count.
#[must_use]
pub fn refresh_on(response: &ApiResponse) -> bool {
    if response.status != StatusCode::UNAUTHORIZED {
        return false;
    }
    let envelope = Envelope::read(&response.body).unwrap_or_default();
    let sent_in_query = envelope.message.is_some_and(|message| message.contains("not supported as query parameter"));
    matches!(envelope.code, Some(124 | 4700 | 4741)) && !sent_in_query
}

/// The settings of a client for [`Zoom::new`]: Zoom's own reasons to renew a token included.
pub fn api_config(base: Url, user_agent: impl Into<String>, loopback_allowed: bool) -> ApiConfig {
    let mut config = ApiConfig::new(Service::Zoom, base, user_agent);
    config.loopback_allowed = loopback_allowed;
    config.refresh_on = refresh_on;
    config
}

/// The API address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the Zoom API address is not usable: {0}")]
pub struct ZoomApiError(&'static str);

/// Checks the `api_url` of a token answer and returns the base for [`Zoom::new`].
///
/// `None` means Zoom's global address. `loopback_allowed` is for the sandbox: then nothing but
/// loopback is accepted. A missing version is added (`/v2`).
///
/// # Errors
/// The text is no URL, not https, names a host outside Zoom, or carries a user, port or query.
pub fn validated_api_base(api_url: Option<&str>, loopback_allowed: bool) -> Result<Url, ZoomApiError> {
    let text = api_url.unwrap_or("https://api.zoom.us");
    let mut url = Url::parse(text).map_err(|_| ZoomApiError("no URL"))?;
    let allowed = if loopback_allowed { validate_base(&url, true).is_ok() } else { is_service_host(&url, false) };
    if !allowed {
        return Err(ZoomApiError("not an https address of Zoom"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(ZoomApiError("carries more than a path"));
    }
    match url.path().trim_end_matches('/') {
        "" | "/v2" => url.set_path("/v2"),
        _ => return Err(ZoomApiError("unknown path")),
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::test_support::response;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_804_680_000, 0).unwrap()
    }

    fn refused(status: u16, body: &str) -> ErrorKind {
        match accept(response(status, body), now()) {
            Err(ZoomError::Refused(refusal)) => refusal.kind,
            other => panic!("expected a refusal of {body}, got {other:?}"),
        }
    }

    #[test]
    fn success_status_with_error_code_is_a_refusal() {
        assert_eq!(refused(200, r#"{"code":3001,"message":"Meeting does not exist: 1."}"#), ErrorKind::NotFound);
        assert!(accept(response(200, r#"{"id":1,"topic":"code"}"#), now()).is_ok());
        assert!(accept(response(204, ""), now()).is_ok());
    }

    #[test]
    fn codes_become_kinds() {
        let cases = [
            (401, r#"{"code":124,"message":"expired"}"#, ErrorKind::TokenRejected),
            (404, r#"{"code":1001,"message":"no user"}"#, ErrorKind::NotFound),
            (404, "<html>gone</html>", ErrorKind::Other),
            (404, r#"{"code":2300,"message":"unknown endpoint"}"#, ErrorKind::Other),
            (401, "<html>proxy</html>", ErrorKind::Other),
            (429, "", ErrorKind::RateLimited { until_utc: None }),
            (400, r#"{"code":"3001","message":"as text"}"#, ErrorKind::NotFound),
            (400, r#"{"code":3161,"message":"no"}"#, ErrorKind::NotLicensed),
            (400, r#"{"code":200,"message":"Only available for paid users"}"#, ErrorKind::NotLicensed),
            (400, r#"{"code":200,"message":"No permission"}"#, ErrorKind::Forbidden),
            (403, r#"{"code":9,"message":"no"}"#, ErrorKind::Forbidden),
            (403, "", ErrorKind::Other),
            (403, r#"{"message":"forbidden by the proxy"}"#, ErrorKind::Other),
            (
                403,
                r#"{"message":"The authenticated user has not permitted access to the targeted resource."}"#,
                ErrorKind::Forbidden,
            ),
            (404, r#"{"code":3001,"message":[],"errors":{}}"#, ErrorKind::NotFound),
            (400, r#"{"code":3000,"message":"rule"}"#, ErrorKind::Other),
            (
                400,
                r#"{"code":300,"message":"The next page token is invalid or expired."}"#,
                ErrorKind::PageTokenExpired,
            ),
            (
                400,
                r#"{"code":4711,"message":"does not contain scopes:[user:read:zak, user:read:zak:admin]."}"#,
                ErrorKind::ScopeMissing { scopes: vec!["user:read:zak".to_owned(), "user:read:zak:admin".to_owned()] },
            ),
            (
                429,
                r#"{"code":429,"message":"daily rate limit(100) of Meeting Create/Update"}"#,
                ErrorKind::DailyEditLimit,
            ),
            (
                429,
                r#"{"code":429,"message":"A maximum of 100 meetings can be created/updated for a single user in one day."}"#,
                ErrorKind::DailyEditLimit,
            ),
            (
                429,
                r#"{"code":429,"message":"You have reached the maximum daily rate limit for this API."}"#,
                ErrorKind::RateLimited { until_utc: None },
            ),
            (429, r#"{"code":429,"message":"per second"}"#, ErrorKind::RateLimited { until_utc: None }),
            (500, "<html>Internal</html>", ErrorKind::Server),
            (503, r#"{"code":3001,"message":"whatever"}"#, ErrorKind::Server),
            (418, "", ErrorKind::Other),
        ];
        for (status, body, kind) in cases {
            assert_eq!(refused(status, body), kind, "{status} {body}");
        }
    }

    #[test]
    fn only_what_zoom_may_have_counted_is_counted() {
        let refused = |status, body| accept(response(status, body), now()).unwrap_err();
        assert!(changed_nothing(&refused(400, r#"{"code":300,"message":"no"}"#)));
        assert!(changed_nothing(&refused(404, r#"{"code":3001,"message":"gone"}"#)));
        assert!(changed_nothing(&TransportError::Offline.into()));
        assert!(!changed_nothing(&refused(500, "<html>oops</html>")));
        assert!(!changed_nothing(&TransportError::Timeout { outcome_unknown: true }.into()));
        let unread =
            TransportError::Decode { operation: "POST /x", field: ".".to_owned(), problem: DecodeProblem::Shape };
        assert!(!changed_nothing(&unread.into()));
    }

    #[test]
    fn field_errors_are_kept_and_texts_stay_out_of_debug() {
        let body = r#"{"code":300,"message":"c4n4ry","errors":[{"field":"settings.audio","message":"c4n4ry"}]}"#;
        let error = accept(response(400, body), now()).unwrap_err();
        let refusal = error.refusal().unwrap();
        assert_eq!(refusal.kind, ErrorKind::Validation);
        assert_eq!(refusal.fields[0].field, "settings.audio");
        assert_eq!(refusal.message.expose(), "c4n4ry");
        assert!(!format!("{error} {error:?}").contains("c4n4ry"));
    }

    #[test]
    fn the_end_of_a_limit_is_read_in_every_form() {
        let until = |value: Option<&'static str>| {
            let mut limited = response(429, r#"{"code":429,"message":"Too many concurrent requests."}"#);
            if let Some(value) = value {
                limited.headers.insert(reqwest::header::RETRY_AFTER, reqwest::header::HeaderValue::from_static(value));
            }
            accept(limited, now()).unwrap_err().limited_until_utc()
        };
        let midnight = DateTime::from_timestamp(1_804_723_200, 0);
        assert_eq!(until(Some("2027-03-11T00:00:00Z")), midnight);
        assert_eq!(until(Some("Thu, 11 Mar 2027 00:00:00 GMT")), midnight);
        assert_eq!(until(Some("43200")), midnight);
        assert_eq!((until(Some("soon")), until(None)), (None, None));
    }

    proptest! {
        #[test]
        fn any_answer_is_accepted_or_classified(status in 200_u16..600, body in any::<String>()) {
            let _ = accept(response(status, &body), now());
            let quoted = serde_json::json!({"code": body, "message": body, "errors": [{"field": body}, body]});
            let _ = accept(response(status, &quoted.to_string()), now());
        }
    }

    #[test]
    fn only_a_rejected_token_is_refreshed() {
        let cases = [
            (401, r#"{"code":124,"message":"Access token is expired."}"#, true),
            (401, r#"{"code":4741,"message":"The token has been revoked."}"#, true),
            (401, r#"{"code":124,"message":"this access token is not supported as query parameter string."}"#, false),
            (401, "<html>proxy</html>", false),
            (400, r#"{"code":124,"message":"expired"}"#, false),
            (200, "{}", false),
        ];
        for (status, body, expected) in cases {
            assert_eq!(refresh_on(&response(status, body)), expected, "{status} {body}");
        }
    }

    #[test]
    fn api_base_stays_with_zoom() {
        let base = |text: &str| validated_api_base(Some(text), false).map(|url| url.to_string());
        assert_eq!(base("https://api-eu.zoom.us").as_deref(), Ok("https://api-eu.zoom.us/v2"));
        assert_eq!(base("https://api.zoom.us/v2/").as_deref(), Ok("https://api.zoom.us/v2"));
        assert!(validated_api_base(None, false).is_ok());
        assert!(validated_api_base(Some("http://127.0.0.1:4000/v2"), true).is_ok());
        for text in [
            "http://api.zoom.us",
            "https://api.zoom.us.example.org",
            "https://evilzoom.us",
            "https://user@api.zoom.us",
            "https://api.zoom.us:8443",
            "https://api.zoom.us/v3",
            "https://api.zoom.us/?a=1",
            "http://127.0.0.1:4000/v2",
            "api.zoom.us",
        ] {
            assert!(base(text).is_err(), "{text}");
        }
    }
}
