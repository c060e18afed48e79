//! The HTML pages of the sign-in: consent, and the errors that Zoom shows instead of redirecting.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Text made safe for HTML content and double-quoted attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A whole page around `content`, which must be safe HTML already.
pub(crate) fn page(status: StatusCode, title: &str, content: &str) -> Response {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<p class=\"mark\">Zoom sandbox</p>\n\
         {content}\n</main>\n</body>\n</html>\n",
        title = escaped(title),
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html;charset=UTF-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
    ];
    (status, headers, html).into_response()
}

const STYLE: &str = "body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1d2330;\
background:#eef1f6}main{max-width:30rem;margin:10vh auto;padding:2rem;background:#fff;\
border-radius:12px;box-shadow:0 1px 3px #0002}.mark{margin:0 0 1rem;font-weight:600;color:#0b5cff}\
h1{margin:0 0 .5rem;font-size:1.35rem}ul{padding-left:1.2rem;columns:2;font-size:.8rem;\
color:#4a5468;word-break:break-word}form{display:flex;gap:.75rem;margin-top:1.5rem}\
button{font:inherit;padding:.5rem 1.25rem;border-radius:8px;border:1px solid #b8c0cf;\
background:#fff;cursor:pointer}button[value=allow]{background:#0b5cff;border-color:#0b5cff;\
color:#fff}";

/// The page on which the person allows or denies.
pub(crate) fn consent(request: &str, person: &str, scopes: &[String]) -> Response {
    let scopes: Vec<String> = scopes.iter().map(|scope| escaped(scope)).collect();
    let scopes = scopes.join("</li>\n<li>");
    let content = format!(
        "<h1>Liaison wants to use your Zoom account</h1>\n\
         <p>You are signed in as <strong>{person}</strong>. This page belongs to the sandbox: \
         nothing here reaches Zoom.</p>\n<ul>\n<li>{scopes}</li>\n</ul>\n\
         <form method=\"post\" action=\"/oauth/authorize\">\n\
         <input type=\"hidden\" name=\"request\" value=\"{request}\">\n\
         <button type=\"submit\" name=\"decision\" value=\"allow\">Allow</button>\n\
         <button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button>\n</form>",
        person = escaped(person),
        request = escaped(request),
    );
    page(StatusCode::OK, "Authorize Liaison", &content)
}

/// An error page with Zoom's number; there is no redirect, so the app is left waiting.
pub(crate) fn error(code: u16, text: &str) -> Response {
    let content =
        format!("<h1>Something is wrong with this sign-in</h1>\n<p>{}</p>\n<p>Error code {code}</p>", escaped(text));
    page(StatusCode::BAD_REQUEST, "Authorization failed", &content)
}

/// A page with a heading and one sentence.
pub(crate) fn page_of(status: StatusCode, title: &str, heading: &str, text: &str) -> Response {
    let content = format!("<h1>{}</h1>\n<p>{}</p>", escaped(heading), escaped(text));
    page(status, title, &content)
}
