//! From a base address and a call's path to the address that is asked.

use url::Url;

use crate::error::TransportError;
use crate::http::ApiRequest;

/// Joins the call's path to the base. A path that a URL parser would read
/// differently from how it is written is refused, so that a value from a server
/// (a paging link, an id) cannot lead to another place.
pub(crate) fn url_of(base: &Url, request: &ApiRequest) -> Result<Url, TransportError> {
    if !is_plain_path(&request.path) {
        return Err(TransportError::Refused(format!("{}: malformed path", request.operation)));
    }
    let path = format!("{}{}", base.path().trim_end_matches('/'), request.path);
    let mut url = base.clone();
    url.set_path(&path);
    if url.path() != path || url.origin() != base.origin() {
        return Err(TransportError::Refused(format!("{}: malformed path", request.operation)));
    }
    if !request.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&request.query);
    }
    Ok(url)
}

/// Begins with one `/`, holds only what a path may hold (RFC 3986 §3.3), has
/// complete percent-encodings and no dot segments.
fn is_plain_path(path: &str) -> bool {
    let bytes = path.as_bytes();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte);
    let encoded = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'%')
        .all(|(at, _)| bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)));
    let dots = |segment: &str| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        segment == "." || segment == ".."
    };
    path.starts_with('/')
        && !path.starts_with("//")
        && bytes.iter().all(|byte| plain(*byte))
        && encoded
        && !path.split('/').any(dots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn joined(base: &str, path: &str) -> Result<String, TransportError> {
        let request = ApiRequest::get("GET /x", path).query("q", "a b&c=d");
        url_of(&Url::parse(base).unwrap(), &request).map(String::from)
    }

    #[test]
    fn the_path_of_the_base_is_kept() {
        for base in ["https://api.example.com/v2", "https://api.example.com/v2/"] {
            let url = joined(base, "/users/me").unwrap();
            assert_eq!(url, "https://api.example.com/v2/users/me?q=a+b%26c%3Dd");
        }
    }

    #[test]
    fn double_encoding_survives() {
        let url = joined("https://api.example.com", "/past_meetings/%252Fab%2B%3D%3D").unwrap();
        assert_eq!(url, "https://api.example.com/past_meetings/%252Fab%2B%3D%3D?q=a+b%26c%3Dd");
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        let hostile = [
            "",
            "x",
            "//evil.example/x",
            "/a/../../b",
            "/a/%2e%2E/b",
            "/.",
            "/a/./b",
            "/a\\b",
            "/a?b",
            "/a#b",
            "/a b",
            "/a\nb",
            "/é",
            "https://evil.example/",
            "/%",
            "/%4",
            "/%zz",
            "@evil.example/",
        ];
        for path in hostile {
            assert!(joined("https://api.example.com/v2", path).is_err(), "{path:?}");
        }
    }

    proptest! {
        #[test]
        fn any_accepted_path_stays_below_the_base(path in "[/a-z.%@:\\\\?#~2eE-]{0,24}") {
            let base = Url::parse("https://api.example.com/v2").unwrap();
            if let Ok(url) = url_of(&base, &ApiRequest::get("GET /x", path.clone())) {
                prop_assert_eq!(url.origin(), base.origin());
                prop_assert_eq!(url.path(), format!("/v2{path}"));
                prop_assert_eq!(url.query(), None);
            }
        }
    }
}
