//! The door of the data API: session, version, usage, and the table of resources behind it.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use futures::stream;

use super::Salesforce;
use super::bulk::{self, Jobs};
use super::call::{Body as CallBody, Call, Reply, Version, split_path, split_query};
use super::composite::{self, graph, tree};
use super::ids::RecordId;
use super::limits;
use super::lists::{self, Lists};
use super::org::Org;
use super::records::write::Writer;
use super::records::{Database, archive, changes, collections, rest};
use super::refusal::Refusal;
use super::rules::Saving;
use super::search;
use super::soql::{Cursors, rest as query};
use super::versions;

/// Largest request body that Salesforce takes outside the bulk API.
const LARGEST_BODY: usize = 52_428_800;

/// What a call works on; one call at a time.
#[derive(Debug)]
pub struct Work<'a> {
    pub database: &'a mut Database,
    pub cursors: &'a mut Cursors,
    pub jobs: &'a mut Jobs,
    /// What users have saved to look at again.
    pub lists: &'a Lists,
    pub org: &'a Org,
    pub now: DateTime<Utc>,
    /// Calls of the last 24 hours, this one included.
    pub calls_today: u64,
    pub daily_calls: u64,
    /// Whether the rep lacks the right to read the limits of the org.
    pub limits_hidden: bool,
    /// Further calls that this one costs, as a batch does.
    pub extra_calls: u64,
    /// What the call says about duplicates.
    pub saving: Saving,
}

impl Work<'_> {
    pub fn writer(&mut self) -> Writer<'_> {
        Writer {
            database: self.database,
            now: self.now,
            user: self.org.user_id,
            saving: self.saving.clone(),
            privileged: false,
        }
    }

    pub fn user(&self) -> RecordId {
        self.org.user_id
    }
}

/// `GET /services/data`.
pub async fn list_versions() -> Response {
    into_response(Reply::ok(versions::list()), false)
}

/// Everything below `/services/data/`.
pub async fn answer(State(salesforce): State<Salesforce>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if salesforce.is_closed() {
        return maintenance();
    }
    let head = parts.method == Method::HEAD;
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return into_response(
            Reply::json(413, Refusal::new("REQUEST_TOO_LARGE", "The request body is too large").body()),
            head,
        );
    };
    if let Err(refusal) = salesforce.authenticate(&parts.headers) {
        let reply = Reply::from(refusal).with("WWW-Authenticate", "Token".to_owned());
        return into_response(reply, head);
    }
    let path = parts.uri.path().trim_start_matches("/services/data");
    let query = parts.uri.query().unwrap_or_default();
    let reply = salesforce.perform(parts.method, path, query, parts.headers, bytes);
    into_response(reply, head)
}

impl Salesforce {
    /// One call, its effects in the journal, its cost in the usage.
    fn perform(&self, method: Method, path: &str, query: &str, headers: HeaderMap, body: Bytes) -> Reply {
        let now = self.now();
        let (calls_today, daily_calls) = match self.admit_call(now) {
            Ok(figures) => figures,
            Err(refusal) => return Reply::from(refusal).with("Sforce-Limit-Info", self.usage_header()),
        };
        let call = match read_call(method, path, query, headers, body) {
            Ok(call) => call,
            Err(refusal) => return Reply::from(refusal).with("Sforce-Limit-Info", self.usage_header()),
        };
        let (reply, extra) = self.with_state(|state| {
            archive::sweep(&mut state.database, now);
            state.jobs.advance(&mut state.database, self.org(), now);
            let mut work = Work {
                database: &mut state.database,
                cursors: &mut state.cursors,
                jobs: &mut state.jobs,
                lists: &state.lists,
                org: self.org(),
                now,
                calls_today,
                daily_calls,
                limits_hidden: self.hides_limits(),
                extra_calls: 0,
                saving: Saving::default(),
            };
            let reply = dispatch(&call, &mut work);
            (reply, work.extra_calls)
        });
        self.count_calls(now, extra);
        reply.with("Sforce-Limit-Info", self.usage_header())
    }
}

pub(super) fn read_call(
    method: Method,
    path: &str,
    query: &str,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Call, Refusal> {
    let (version, segments) = split_path(path);
    let version = Version::parse(&version)?;
    let parameters = split_query(query);
    let wanted = parameters.iter().find(|(name, _)| name == "_HttpMethod").map(|(_, value)| value.as_str());
    let method = match (wanted, method) {
        (Some("PATCH"), Method::POST) => Method::PATCH,
        (Some("DELETE"), Method::POST) => Method::DELETE,
        (Some("GET"), Method::POST) => Method::GET,
        (_, method) => method,
    };
    Ok(Call { method, version, segments, parameters, headers, body: CallBody::Bytes(body) })
}

/// Performs a call; one that is refused leaves nothing behind.
pub fn dispatch(call: &Call, work: &mut Work<'_>) -> Reply {
    let savepoint = work.database.savepoint();
    // A call inside another one has headers of its own.
    let outer = std::mem::replace(&mut work.saving, Saving::of(call));
    let outcome = route(call, work);
    work.saving = outer;
    outcome.unwrap_or_else(|refusal| {
        work.database.roll_back(savepoint);
        Reply::from(refusal)
    })
}

/// The table of resources.
fn route(call: &Call, work: &mut Work<'_>) -> Result<Reply, Refusal> {
    let segments: Vec<&str> = call.segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        [] => read_only(call, || Ok(Reply::ok(versions::resources(call, work.org)))),
        ["sobjects"] => rest::global(call, work),
        ["sobjects", object] => rest::object(call, work, object),
        ["sobjects", object, "describe"] => rest::describe(call, work, object),
        ["sobjects", object, "updated"] => changes::updated(call, work, object),
        ["sobjects", object, "deleted"] => changes::deleted(call, work, object),
        ["sobjects", object, "listviews", ..] => lists::views(call, work, object, &call.segments[3..]),
        ["sobjects", object, id] => rest::record(call, work, object, id),
        ["sobjects", object, key, rest @ ..] => rest::below(call, work, object, key, rest),
        ["query"] => query::query(call, work, false),
        ["queryAll"] => query::query(call, work, true),
        ["query" | "queryAll", locator] => query::next_page(call, work, locator),
        ["limits"] => read_only(call, || limits::limits(work)),
        ["limits", "recordCount"] => read_only(call, || Ok(limits::record_count(call, work.database))),
        ["analytics", "reports"] => lists::reports(call, work),
        ["analytics", "reports", id] => lists::run_report(call, work, id),
        ["search"] => search::sosl(call, work),
        ["parameterizedSearch"] => search::parameterized(call, work),
        ["jobs", rest @ ..] => bulk::answer(call, work, rest),
        ["composite"] => composite::composite(call, work),
        ["composite", "batch"] => composite::batch(call, work),
        ["composite", "graph"] => graph::graph(call, work),
        ["composite", "tree", object] => tree::tree(call, work, object),
        ["composite", "sobjects"] => collections::mixed(call, work),
        ["composite", "sobjects", object] => collections::retrieve(call, work, object),
        ["composite", "sobjects", object, field] => collections::upsert(call, work, object, field),
        _ => Err(Refusal::not_found()),
    }
}

fn read_only(call: &Call, reply: impl FnOnce() -> Result<Reply, Refusal>) -> Result<Reply, Refusal> {
    if call.is_read() { reply() } else { Err(call.not_allowed("GET,HEAD")) }
}

fn into_response(reply: Reply, head: bool) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match (reply.body, reply.csv) {
        (Some(body), _) if !head => {
            let kind = [(header::CONTENT_TYPE, "application/json;charset=UTF-8")];
            (status, kind, body.to_string()).into_response()
        }
        (_, Some(csv)) if !head => (status, [(header::CONTENT_TYPE, "text/csv")], pieces(csv)).into_response(),
        _ => status.into_response(),
    };
    for (name, value) in reply.headers {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// What a gateway answers while the instance is down: no JSON.
fn maintenance() -> Response {
    const PAGE: &str = "<!DOCTYPE html><html><head><title>Maintenance</title></head>\
                        <body><h1>We are down for maintenance.</h1></body></html>";
    (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], PAGE).into_response()
}

/// A table leaves in pieces, without an announced length.
fn pieces(csv: Bytes) -> Body {
    const PIECE: usize = 64 * 1024;
    Body::from_stream(stream::unfold(csv, |mut rest| async move {
        let piece = rest.split_to(PIECE.min(rest.len()));
        (!piece.is_empty()).then_some((Ok::<_, Infallible>(piece), rest))
    }))
}

/// Everything that is no resource at all.
pub async fn unknown() -> Response {
    into_response(Reply::from(Refusal::not_found()), false)
}
