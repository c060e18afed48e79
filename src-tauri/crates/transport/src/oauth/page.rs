//! The fixed answers of the loopback listener. Nothing from a request is ever
//! repeated in them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The page that the browser shows at the end, in the user's language. It is
/// shown whatever the outcome, because the tokens are fetched only after it.
#[derive(Debug, Clone)]
pub struct DonePage {
    /// A BCP 47 tag, such as `nl`.
    pub language: String,
    pub title: String,
    pub text: String,
}

impl Default for DonePage {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            title: "Liaison".to_owned(),
            text: "You can close this page and go back to Liaison.".to_owned(),
        }
    }
}

const STYLE: &str = ":root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;margin:0;text-align:center}\
h1{font-size:1.25rem;font-weight:600;margin:0 0 .5rem}p{margin:0;opacity:.8}";

/// A complete HTTP answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: u16,
    bytes: Vec<u8>,
}

impl Reply {
    #[cfg(test)]
    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether this is the page at the end.
    pub(crate) fn is_done_page(&self) -> bool {
        self.status == 200
    }
}

/// All answers, made once.
#[derive(Debug, Clone)]
pub(crate) struct Pages {
    done: Reply,
    preflight: Reply,
}

impl Pages {
    /// `authorize_origin` is the one site that may navigate here.
    pub(crate) fn new(page: &DonePage, authorize_origin: &str) -> Self {
        let (language, title, text) = (escaped(&page.language), escaped(&page.title), escaped(&page.text));
        let html = format!(
            "<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\"><title>{title}</title>\
             <style>{STYLE}</style><main><h1>{title}</h1><p>{text}</p></main></html>"
        );
        let allow = format!(
            "Access-Control-Allow-Origin: {authorize_origin}\r\n\
             Access-Control-Allow-Methods: GET\r\n\
             Access-Control-Allow-Private-Network: true\r\n"
        );
        Self {
            done: reply(200, "OK", "Content-Type: text/html; charset=utf-8\r\n", &html),
            preflight: reply(204, "No Content", &allow, ""),
        }
    }

    pub(crate) fn done(&self) -> Reply {
        self.done.clone()
    }

    /// Takes the code out of the address bar and the history.
    pub(crate) fn to_done() -> Reply {
        reply(303, "See Other", "Location: /done\r\n", "")
    }

    pub(crate) fn preflight(&self) -> Reply {
        self.preflight.clone()
    }

    pub(crate) fn bad_request() -> Reply {
        reply(400, "Bad Request", "Content-Type: text/plain\r\n", "Bad request\n")
    }

    pub(crate) fn not_found() -> Reply {
        reply(404, "Not Found", "Content-Type: text/plain\r\n", "Not found\n")
    }
}

fn reply(status: u16, reason: &str, headers: &str, body: &str) -> Reply {
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let length = if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let text = format!(
        "HTTP/1.1 {status} {reason}\r\n{headers}{length}Connection: close\r\nCache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'\r\n\r\n{body}"
    );
    Reply { status, bytes: text.into_bytes() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_locked_down_and_escaped() {
        let page = DonePage { language: "nl".to_owned(), title: "<b>&\"".to_owned(), text: "Klaar".to_owned() };
        let text = String::from_utf8(Pages::new(&page, "https://login.example").done().bytes).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"));
        assert!(text.contains("<title>&lt;b&gt;&amp;&quot;</title>") && text.contains("<p>Klaar</p>"));
        for header in
            ["default-src 'none'", "Cache-Control: no-store", "Referrer-Policy: no-referrer", "Connection: close"]
        {
            assert!(text.contains(header), "{header}");
        }
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}", body.len())));
    }
}
