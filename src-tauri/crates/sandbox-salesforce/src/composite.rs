//! Several calls in one: `/composite` with references between them, `/composite/batch` without
//! (REST API guide, "Composite" and "Batch"); graphs and trees in files of their own.

pub mod graph;
pub mod tree;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use liaison_sandbox_kernel::paths;
use serde_json::{Map, Value, json};

use super::call::{Body, Call, Reply, Version, split_path, split_query};
use super::data::{Work, dispatch};
use super::refusal::Refusal;

/// Calls in one request.
const MOST_CALLS: usize = 25;
/// Queries and collections among them.
const MOST_QUERIES: usize = 5;

const HALTED: &str = "The transaction was rolled back since another operation in the same transaction failed.";

/// `POST /composite`: costs one call.
pub fn composite(call: &Call, work: &mut Work<'_>) -> Result<Reply, Refusal> {
    if call.method != Method::POST {
        return Err(call.not_allowed("POST"));
    }
    let body = call.object()?;
    let all_or_none = body.get("allOrNone").and_then(Value::as_bool).unwrap_or(false);
    let requests = read_list(&body, "compositeRequest")?;
    check_requests(&requests)?;
    let start = work.database.savepoint();
    let mut answers: Vec<(String, Reply)> = Vec::new();
    let mut failed = false;
    for request in &requests {
        let reference = text(request, "referenceId");
        let reply = if failed && all_or_none {
            halted()
        } else {
            match sub_call(request, &answers) {
                Ok(inner) => dispatch(&inner, work),
                Err(refusal) => Reply::from(refusal),
            }
        };
        failed |= reply.status >= 400 || rows(&reply).iter().any(|row| row["success"] == false);
        answers.push((reference, reply));
    }
    if failed && all_or_none {
        work.database.roll_back(start);
        // The rows of a collection go on saying what happened to them before they were taken back.
        for (_, reply) in answers.iter_mut().filter(|(_, reply)| reply.status < 400 && rows(reply).is_empty()) {
            *reply = halted();
        }
    }
    let list: Vec<Value> = answers.into_iter().map(|(reference, reply)| answer_json(&reference, reply)).collect();
    Ok(Reply::ok(json!({ "compositeResponse": list })))
}

/// The rows that a collection answered with.
fn rows(reply: &Reply) -> &[Value] {
    reply.body.as_ref().and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// `POST /composite/batch`: every call in it counts.
pub fn batch(call: &Call, work: &mut Work<'_>) -> Result<Reply, Refusal> {
    if call.method != Method::POST {
        return Err(call.not_allowed("POST"));
    }
    let body = call.object()?;
    let halt = body.get("haltOnError").and_then(Value::as_bool).unwrap_or(false);
    let requests = read_list(&body, "batchRequests")?;
    if requests.len() > MOST_CALLS {
        return Err(too_many());
    }
    work.extra_calls += (requests.len() as u64).saturating_sub(1);
    let mut failed = false;
    let mut results = Vec::new();
    for request in &requests {
        let reply = if failed && halt {
            let refusal = Refusal::new("BATCH_PROCESSING_HALTED", "Batch processing halted per request");
            Reply::from(refusal.with_status(412))
        } else {
            match batch_call(request) {
                Ok(inner) => dispatch(&inner, work),
                Err(refusal) => Reply::from(refusal),
            }
        };
        failed |= reply.status >= 400;
        results.push(json!({ "statusCode": reply.status, "result": reply.body }));
    }
    Ok(Reply::ok(json!({ "hasErrors": failed, "results": results })))
}

fn read_list(body: &Map<String, Value>, name: &str) -> Result<Vec<Map<String, Value>>, Refusal> {
    let list = body.get(name).and_then(Value::as_array);
    let list = list.ok_or_else(|| Refusal::parser(format!("{name} is missing at [line:1, column:1]")))?;
    list.iter()
        .map(|entry| {
            entry
                .as_object()
                .cloned()
                .ok_or_else(|| Refusal::parser("A sub-request must be an object at [line:1, column:1]"))
        })
        .collect()
}

fn check_requests(requests: &[Map<String, Value>]) -> Result<(), Refusal> {
    if requests.len() > MOST_CALLS {
        return Err(too_many());
    }
    let queries = requests.iter().filter(|request| {
        let url = text(request, "url");
        ["/query", "/queryAll", "/composite/sobjects"].iter().any(|part| url.contains(part))
    });
    if queries.count() > MOST_QUERIES {
        let text = format!("Limit of {MOST_QUERIES} query and collection sub-requests exceeded");
        return Err(Refusal::new("INVALID_INPUT", text));
    }
    check_references(requests)
}

/// Every sub-request has a name of its own.
fn check_references(requests: &[Map<String, Value>]) -> Result<(), Refusal> {
    let mut seen = std::collections::HashSet::new();
    for request in requests {
        let reference = text(request, "referenceId");
        let valid =
            !reference.is_empty() && reference.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        if !valid {
            return Err(Refusal::new("INVALID_INPUT", format!("Provided referenceId ('{reference}') is not valid.")));
        }
        if !seen.insert(reference.clone()) {
            return Err(Refusal::new("INVALID_INPUT", format!("Reference Id ('{reference}') is not unique.")));
        }
    }
    Ok(())
}

fn too_many() -> Refusal {
    Refusal::new("INVALID_INPUT", format!("Limit of {MOST_CALLS} sub-requests exceeded"))
}

fn halted() -> Reply {
    Reply::from(Refusal::new("PROCESSING_HALTED", HALTED))
}

fn answer_json(reference: &str, reply: Reply) -> Value {
    let headers: Map<String, Value> = reply
        .headers
        .into_iter()
        .filter(|(name, _)| *name == "Location")
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect();
    json!({
        "body": reply.body,
        "httpHeaders": headers,
        "httpStatusCode": reply.status,
        "referenceId": reference,
    })
}

fn text(request: &Map<String, Value>, name: &str) -> String {
    request.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn sub_call(request: &Map<String, Value>, answers: &[(String, Reply)]) -> Result<Call, Refusal> {
    let url = replace_references(&text(request, "url"), answers)?;
    let body = request.get("body").map_or(Ok(Value::Null), |body| with_references(body, answers))?;
    let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    let url = format!("{}{query}", paths::collapsed(path));
    let path = url.strip_prefix("/services/data/");
    let path =
        path.ok_or_else(|| Refusal::new("INVALID_INPUT", "The url of a sub-request starts with /services/data/"))?;
    let headers = read_headers(request.get("httpHeaders"))?;
    make_call(&text(request, "method"), path, body, headers)
}

fn batch_call(request: &Map<String, Value>) -> Result<Call, Refusal> {
    let url = text(request, "url");
    let path = url.trim_start_matches('/');
    let body = request.get("richInput").cloned().unwrap_or(Value::Null);
    make_call(&text(request, "method"), path, body, HeaderMap::new())
}

fn make_call(method: &str, path: &str, body: Value, headers: HeaderMap) -> Result<Call, Refusal> {
    let method = match method {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PATCH" => Method::PATCH,
        "PUT" => Method::PUT,
        "DELETE" => Method::DELETE,
        "HEAD" => Method::HEAD,
        other => return Err(Refusal::new("METHOD_NOT_ALLOWED", format!("HTTP Method '{other}' not allowed."))),
    };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let (version, segments) = split_path(path);
    let nested = matches!(segments.first().map(String::as_str), Some("composite"))
        && segments.get(1).map(String::as_str) != Some("sobjects");
    if nested {
        return Err(Refusal::new("INVALID_INPUT", "A composite request cannot hold another one"));
    }
    let version = Version::parse(&version)?;
    Ok(Call { method, version, segments, parameters: split_query(query), headers, body: Body::Json(body) })
}

fn read_headers(headers: Option<&Value>) -> Result<HeaderMap, Refusal> {
    let mut map = HeaderMap::new();
    for (name, value) in headers.and_then(Value::as_object).into_iter().flatten() {
        if ["accept", "authorization", "content-type"].contains(&name.to_ascii_lowercase().as_str()) {
            return Err(Refusal::new("INVALID_INPUT", format!("The header {name} is not allowed in a sub-request")));
        }
        let name = HeaderName::try_from(name.as_str());
        let value = HeaderValue::try_from(value.as_str().unwrap_or_default());
        let (Ok(name), Ok(value)) = (name, value) else {
            return Err(Refusal::new("INVALID_INPUT", "A header of a sub-request cannot be read"));
        };
        map.insert(name, value);
    }
    Ok(map)
}

fn with_references(value: &Value, answers: &[(String, Reply)]) -> Result<Value, Refusal> {
    Ok(match value {
        Value::String(text) => Value::from(replace_references(text, answers)?),
        Value::Array(list) => list.iter().map(|entry| with_references(entry, answers)).collect::<Result<_, _>>()?,
        Value::Object(map) => map
            .iter()
            .map(|(name, entry)| Ok((name.clone(), with_references(entry, answers)?)))
            .collect::<Result<Map<_, _>, Refusal>>()?
            .into(),
        other => other.clone(),
    })
}

/// Puts values in for `@{reference.path}`.
fn replace_references(text: &str, answers: &[(String, Reply)]) -> Result<String, Refusal> {
    let mut result = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("@{") {
        result.push_str(&rest[..start]);
        let after = &rest[start + 2..];
        let Some(end) = after.find('}') else { break };
        let value = look_up(&after[..end], answers).ok_or_else(|| {
            let text = format!("Invalid reference specified. No value for {} found.", &after[..end]);
            Refusal::new("PROCESSING_HALTED", text)
        })?;
        result.push_str(&value);
        rest = &after[end + 1..];
    }
    result.push_str(rest);
    Ok(result)
}

fn look_up(path: &str, answers: &[(String, Reply)]) -> Option<String> {
    let (reference, rest) = path.split_once(['.', '[']).map_or((path, ""), |(first, _)| (first, &path[first.len()..]));
    let reply = &answers.iter().find(|(own, reply)| own == reference && reply.status < 400)?.1;
    let mut value = reply.body.as_ref()?;
    for part in rest.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
        value = match value {
            Value::Array(list) => list.get(part.parse::<usize>().ok()?)?,
            Value::Object(map) => map.get(part)?,
            _ => return None,
        };
    }
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
