//! Answers for unit tests, and what the sources name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bytes::Bytes;
use liaison_transport::ApiResponse;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// An answer of `GET /test` with this status and body.
pub(crate) fn response(status: u16, body: &str) -> ApiResponse {
    ApiResponse {
        status: StatusCode::from_u16(status).unwrap(),
        headers: HeaderMap::new(),
        body: Bytes::copy_from_slice(body.as_bytes()),
        operation: "GET /test",
    }
}

/// Every operation of Zoom's that a request of this crate names, as `GET /meetings/{meetingId}`.
pub(crate) fn operations() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    found
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "malformed" {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !["test_support.rs", "malformed.rs"].contains(&name.as_str())
        {
            let source = fs::read_to_string(&path).unwrap();
            let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            found.extend(code.split('"').filter(|text| is_operation(text)).map(str::to_owned));
        }
    }
}

fn is_operation(text: &str) -> bool {
    let method = text.split_once(" /").map(|(method, _)| method);
    matches!(method, Some("GET" | "POST" | "PUT" | "PATCH" | "DELETE")) && !text.contains('\n')
}
