//! Salesforce: sign-in, describe, SOQL, records, collections, composite.
//!
//! One org, one rep, one registered app. Login host and instance are the same loopback server.
//! Faults are none of its business: a layer around the router adds them.
//!
//! - [`oauth`] tokens, with rotation and its reuse alarm
//! - [`data`] the door of `/services/data` and the table of resources
//! - [`schema`] objects and fields, [`records`] rows, [`soql`] queries
//! - [`composite`] several calls in one
//! - [`seed`] the world's companies and people as records

mod call;
mod cell;
mod composite;
mod data;
mod dates;
mod ids;
mod limits;
mod oauth;
mod org;
mod records;
mod refusal;
mod schema;
mod seed;
mod soql;
#[cfg(test)]
mod tests;
mod usage;
mod versions;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{any, get};
use chrono::{DateTime, Utc};

use crate::{IssuedTokens, SandboxUrls, SharedRef, locked};
use oauth::Grants;
use org::Org;
use records::Database;
use refusal::Refusal;
use schema::Schema;
use soql::Cursors;
use usage::Usage;

/// The Salesforce side of one sandbox; clones share their state.
#[derive(Clone)]
pub struct Salesforce {
    inner: Arc<Inner>,
}

struct Inner {
    shared: SharedRef,
    org: Org,
    redirect_uri: String,
    deployed: DateTime<Utc>,
    grants: Mutex<Grants>,
    usage: Mutex<Usage>,
    state: Mutex<State>,
}

/// What calls work on, one at a time.
struct State {
    database: Database,
    cursors: Cursors,
}

impl Salesforce {
    /// An org with the people of the shared world in it.
    pub fn new(shared: SharedRef, urls: SandboxUrls) -> Self {
        let SandboxUrls { salesforce: instance, .. } = urls;
        let now = records::write::whole_second(shared.clock.now());
        let org = Org::new(&shared.config, shared.people.rep.clone(), instance);
        let mut database = Database::new(Schema::new(shared.config.profile), org.marker);
        seed::fill(&mut database, &shared, &org, now);
        let redirect_uri = shared.config.salesforce_redirect_uris.first().cloned().unwrap_or_default();
        let inner = Inner {
            shared,
            org,
            redirect_uri,
            deployed: now,
            grants: Mutex::default(),
            usage: Mutex::default(),
            state: Mutex::new(State { database, cursors: Cursors::default() }),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Everything below the login host and the instance.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/services/data", get(data::list_versions))
            .route("/services/data/", get(data::list_versions))
            .route("/services/data/{*path}", any(data::answer))
            .merge(oauth::routes())
            .fallback(data::unknown)
            .with_state(self.clone())
    }

    /// A token pair for the rep without a browser.
    pub fn issue_tokens(&self) -> IssuedTokens {
        let scope = ["api", "refresh_token", "id"].map(str::to_owned).to_vec();
        let (tokens, _) = oauth::grant(self, scope);
        IssuedTokens { access_token: tokens.access, refresh_token: tokens.refresh.unwrap_or_default() }
    }

    pub fn client_id(&self) -> &'static str {
        org::CLIENT_ID
    }

    /// The first registered redirect URI.
    pub fn redirect_uri(&self) -> &str {
        &self.inner.redirect_uri
    }

    /// Ends every session; refresh tokens stay good.
    pub fn expire_access_tokens(&self) {
        locked(&self.inner.grants).expire_access_tokens();
    }

    /// Ends every approval, as an admin does with "Revoke All".
    pub fn revoke_all(&self) {
        let revoked = locked(&self.inner.grants).revoke_all();
        for family in revoked {
            self.journal("token.family_revoked", &family, serde_json::json!({ "reason": "admin" }));
        }
    }

    fn now(&self) -> DateTime<Utc> {
        self.inner.shared.clock.now()
    }

    fn org(&self) -> &Org {
        &self.inner.org
    }

    fn shared(&self) -> &SharedRef {
        &self.inner.shared
    }

    fn deployed(&self) -> DateTime<Utc> {
        self.inner.deployed
    }

    fn journal(&self, kind: &str, id: &str, detail: serde_json::Value) {
        self.inner.shared.journal.record(self.now(), "salesforce", kind, id, detail);
    }

    /// The session of a call, or 401.
    fn authenticate(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        oauth::check_session(self, headers)
    }

    fn count_calls(&self, now: DateTime<Utc>, calls: u64) -> u64 {
        let mut usage = locked(&self.inner.usage);
        usage.add(now, calls);
        usage.today()
    }

    fn usage_header(&self) -> String {
        locked(&self.inner.usage).header()
    }

    /// Runs a call; what it changed becomes final and goes into the journal.
    fn with_state<T>(&self, work: impl FnOnce(&mut Database, &mut Cursors) -> T) -> T {
        let mut state = locked(&self.inner.state);
        let State { database, cursors } = &mut *state;
        let result = work(database, cursors);
        for effect in database.commit() {
            self.journal(&effect.kind, effect.id.as_str(), effect.detail);
        }
        result
    }
}

impl std::fmt::Debug for Salesforce {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Salesforce").field("org", &self.inner.org).finish_non_exhaustive()
    }
}
