//! Pages of a list: a token that belongs to one query and lives 15 minutes.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};

use super::answer::Refusal;
use super::call::Call;
use super::secrets;

const DEFAULT_SIZE: usize = 30;
const LARGEST_SIZE: usize = 300;
const TOKEN_MINUTES: i64 = 15;

/// Which part of a list a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub offset: usize,
    pub size: usize,
}

struct Token {
    path: String,
    /// The query without the token.
    query: BTreeMap<String, String>,
    offset: usize,
    expires_at: DateTime<Utc>,
}

/// The page tokens that are out.
#[derive(Default)]
pub(crate) struct Pages {
    tokens: HashMap<String, Token>,
}

fn query_of(call: &Call) -> BTreeMap<String, String> {
    let mut query = call.query.clone();
    query.remove("next_page_token");
    query
}

impl Pages {
    /// Reads `page_size`, `next_page_token` and the old `page_number`.
    pub fn window(&self, call: &Call, now: DateTime<Utc>) -> Result<Window, Refusal> {
        let number = |name: &str| match call.parameter(name) {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| Refusal::invalid_field(name)),
        };
        let size: usize = number("page_size")?.unwrap_or(DEFAULT_SIZE);
        if !(1..=LARGEST_SIZE).contains(&size) {
            return Err(Refusal::invalid_field("page_size"));
        }
        if let Some(token) = call.parameter("next_page_token") {
            let known = self
                .tokens
                .get(token)
                .filter(|known| now < known.expires_at && known.path == call.path && known.query == query_of(call));
            let invalid = || Refusal::bad_request(300, "The next page token is invalid or expired.");
            return Ok(Window { offset: known.ok_or_else(invalid)?.offset, size });
        }
        let page = number("page_number")?.unwrap_or(1);
        Ok(Window { offset: page.saturating_sub(1).saturating_mul(size), size })
    }

    /// The token of the page after `window`, or an empty text when that was the last one.
    pub fn next_token(&mut self, call: &Call, window: Window, total: usize, now: DateTime<Utc>) -> String {
        let offset = window.offset.saturating_add(window.size);
        if offset >= total {
            return String::new();
        }
        self.tokens.retain(|_, token| now < token.expires_at);
        let expires_at = now + TimeDelta::minutes(TOKEN_MINUTES);
        let token = Token { path: call.path.clone(), query: query_of(call), offset, expires_at };
        let name = secrets::opaque(24);
        self.tokens.insert(name.clone(), token);
        name
    }
}
