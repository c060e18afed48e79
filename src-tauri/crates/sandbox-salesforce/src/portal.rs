//! Salesforce as its user meets it in a browser: the data API's resources without a session and without a cost.
//! An app's sign-in is not touched by it, as it is by a sixth approval.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use serde_json::Value;

use super::Salesforce;
use super::data::{Work, dispatch, read_call};
use super::rules::Saving;

/// The version in which the pages speak to the data API.
const VERSION: &str = "v66.0";

impl Salesforce {
    /// Does what the user asks for in Salesforce's own pages. `path` begins behind the version and may have a query.
    ///
    /// # Errors
    /// The status and the body with which the resource refuses.
    pub fn in_person(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, (u16, Value)> {
        let refused = |text: &str| (400, Value::String(text.to_owned()));
        let method: Method = method.parse().map_err(|_| refused("no such method"))?;
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut headers = HeaderMap::new();
        headers.insert("content-type", axum::http::HeaderValue::from_static("application/json"));
        let body = body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
        let call = read_call(method, &format!("/{VERSION}{path}"), query, headers, body)
            .map_err(|refusal| refused(&refusal.message))?;
        let now = self.now();
        let reply = self.with_state(|state| {
            let mut work = Work {
                database: &mut state.database,
                cursors: &mut state.cursors,
                jobs: &mut state.jobs,
                lists: &state.lists,
                org: self.org(),
                now,
                calls_today: 0,
                daily_calls: 0,
                limits_hidden: false,
                extra_calls: 0,
                saving: Saving::default(),
            };
            dispatch(&call, &mut work)
        });
        let answer = reply.body.unwrap_or(Value::Null);
        if (200..300).contains(&reply.status) { Ok(answer) } else { Err((reply.status, answer)) }
    }
}
