//! Recorded exchanges as they stand in the files: YAML in the form of VCR, one exchange or a list of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;

/// One recorded exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interaction {
    pub method: String,
    pub uri: String,
    pub body: Option<String>,
    pub status: u16,
    pub answer: String,
}

impl Interaction {
    /// What follows the version in the address, without the query.
    pub fn path(&self) -> &str {
        self.target().split('?').next().unwrap_or_default()
    }

    /// What follows the version in the address. The recorded version is no number.
    pub fn target(&self) -> &str {
        self.uri.split_once("/vxx.0").map_or(self.uri.as_str(), |(_, rest)| rest)
    }
}

#[derive(Deserialize)]
struct File {
    interactions: Option<Vec<Entry>>,
    request: Option<Request>,
    response: Option<Response>,
}

/// An exchange, or the name of the file that has it.
#[derive(Deserialize)]
struct Entry {
    request: Option<Request>,
    response: Option<Response>,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    uri: String,
    body: Option<Value>,
}

#[derive(Deserialize)]
struct Response {
    status: Status,
    body: Body,
}

#[derive(Deserialize)]
struct Status {
    code: u16,
}

#[derive(Deserialize)]
struct Body {
    string: Value,
}

/// Every exchange in the files of `folder`, in the order of their names; what a file includes from another comes once,
/// with that other.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn load(folder: &Path) -> Result<Vec<Interaction>, Failure> {
    let mut paths = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(|error| Failure::reading(folder, error))? {
        let path = entry.map_err(|error| Failure::reading(folder, error))?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            paths.insert(path);
        }
    }
    let mut interactions = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| Failure::reading(&path, error))?;
        interactions.extend(read(&text).map_err(|error| Failure::reading(&path, error))?);
    }
    if interactions.is_empty() {
        return Err(Failure::new(format!("no recorded exchange in {}", folder.display())));
    }
    Ok(interactions)
}

fn read(text: &str) -> Result<Vec<Interaction>, serde_saphyr::Error> {
    let file: File = serde_saphyr::from_str(text)?;
    let alone = Entry { request: file.request, response: file.response };
    let entries = file.interactions.unwrap_or_default().into_iter().chain([alone]);
    Ok(entries.filter_map(|entry| interaction(entry.request?, entry.response?)).collect())
}

/// Bulk API 1.0 (`/services/async`) is left out: nothing here speaks it, and its bodies are templates.
fn interaction(request: Request, response: Response) -> Option<Interaction> {
    if request.uri.contains("/services/async/") {
        return None;
    }
    let body = request.body.as_ref().and_then(Value::as_str).map(str::to_owned);
    let answer = match response.body.string {
        Value::String(text) => text,
        _ => String::new(),
    };
    Some(Interaction { method: request.method, uri: request.uri, body, status: response.status.code, answer })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_exchange_and_a_list_of_them_are_read() {
        let one = "request:\n    method: GET\n    uri: https://a/services/data/vxx.0/limits?x=1\n    body: null\n\
                   response:\n    status: {code: 200, message: OK}\n    body:\n        string: >-\n            {\"a\":1}\n";
        let read_one = read(one).unwrap();
        assert_eq!((read_one[0].path(), read_one[0].target()), ("/limits", "/limits?x=1"));
        assert_eq!((read_one[0].status, read_one[0].answer.as_str()), (200, r#"{"a":1}"#));
        let list = "version: 1\ninteractions:\n- &id1\n  include_file: other.yaml\n- *id1\n- request:\n    method: POST\n\
                    \x20   uri: https://a/services/data/vxx.0/composite\n    body: 'x'\n  response:\n    status: {code: 201}\n\
                    \x20   body: {string: '{}'}\n";
        let read_list = read(list).unwrap();
        assert_eq!((read_list.len(), read_list[0].body.as_deref()), (1, Some("x")));
        assert!(read(&one.replace("/services/data/", "/services/async/")).unwrap().is_empty());
        assert!(read("interactions: 7").is_err());
    }
}
