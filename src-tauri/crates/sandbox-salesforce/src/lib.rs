//! Salesforce: sign-in, describe, SOQL, search, records, collections, composite, bulk jobs.
//!
//! One org, one rep, one registered app. Login host and instance are the same loopback server.
//! Faults are none of its business: a layer around the router adds them.
//!
//! - [`oauth`] tokens, with rotation and its reuse alarm
//! - [`data`] the door of `/services/data` and the table of resources
//! - [`schema`] objects and fields, [`records`] rows, [`soql`] queries
//! - [`composite`] several calls in one, [`bulk`] jobs, [`search`] the lagging index
//! - [`lists`] list views and reports, as users have saved them
//! - [`rules`] what an administrator puts in the way of a save
//! - [`administration`] what others do to the org during a run, [`control`] how tests ask for it
//! - [`seed`] the world's companies and people as records

#![cfg_attr(
    not(feature = "control"),
    expect(dead_code, reason = "what only controls turn stays where it is explained; the linker leaves it out")
)]

#[cfg(feature = "control")]
mod administration;
mod bulk;
mod call;
mod cell;
mod composite;
#[cfg(feature = "control")]
mod control;
mod data;
mod dates;
mod ids;
mod limits;
mod lists;
mod oauth;
mod org;
mod portal;
mod records;
mod refusal;
#[cfg(feature = "control")]
mod rows;
mod rules;
mod schema;
mod search;
mod seed;
mod soql;
#[cfg(test)]
mod tests;
mod usage;
mod versions;

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use axum::routing::{any, get};
use chrono::{DateTime, Utc};
use liaison_sandbox_kernel::{IssuedTokens, Profile, SandboxUrls, SharedRef, WorldKind, locked, paths};
use tower::ServiceExt;

pub use bulk::Pace;
pub use oauth::AppPolicy;
pub use records::lifecycle::Converted;
#[cfg(feature = "control")]
pub use rows::SalesforceRows;
pub use rules::{DuplicateRules, RowLock, ValidationRule};
pub use search::IndexDelay;

use bulk::Jobs;
use lists::Lists;
use oauth::{Grants, SigningKey};
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
    grants: Mutex<Grants>,
    signing: SigningKey,
    /// Where the org has moved to; its login host stays.
    moved_to: Mutex<Option<String>>,
    usage: Mutex<Usage>,
    state: Mutex<State>,
}

/// What calls work on, one at a time.
struct State {
    database: Database,
    cursors: Cursors,
    jobs: Jobs,
    lists: Lists,
    /// How the org is set up at the moment.
    profile: Profile,
    /// Fields that were removed during the run: object and field.
    removed: Vec<(String, String)>,
}

impl Salesforce {
    /// An org with the people of the shared world in it.
    pub fn new(shared: SharedRef, urls: SandboxUrls) -> Self {
        let SandboxUrls { salesforce: instance, .. } = urls;
        let now = records::write::whole_second(shared.clock.now());
        let org = Org::new(&shared.config, shared.people.rep.clone(), instance);
        let mut database = Database::new(Schema::new(shared.config.profile), org.marker, now);
        seed::fill(&mut database, &shared, &org, now);
        let mut lists = Lists::default();
        if shared.config.world != WorldKind::Empty {
            lists.usual(org.marker);
        }
        let profile = shared.config.profile;
        let redirect_uri = shared.config.salesforce_redirect_uris.first().cloned().unwrap_or_default();
        let inner = Inner {
            shared,
            org,
            redirect_uri,
            grants: Mutex::default(),
            signing: SigningKey::default(),
            moved_to: Mutex::default(),
            usage: Mutex::default(),
            state: Mutex::new(State {
                database,
                cursors: Cursors::default(),
                jobs: Jobs::default(),
                lists,
                profile,
                removed: Vec::new(),
            }),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Everything below the login host and the instance.
    pub fn router(&self) -> Router {
        let routes = Router::new()
            .route("/services/data", get(data::list_versions))
            .route("/services/data/", get(data::list_versions))
            .route("/services/data/{*path}", any(data::answer))
            .merge(oauth::routes())
            .fallback(data::unknown)
            .with_state(self.clone());
        Router::new().fallback_service(routes.map_request(with_plain_path))
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

    /// The secret of the app, which only an org with [`AppPolicy::secret_required`] asks for.
    pub fn client_secret(&self) -> &'static str {
        org::CLIENT_SECRET
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

    /// Where data calls go to; tells every token answer from now on.
    fn instance(&self) -> String {
        locked(&self.inner.moved_to).clone().unwrap_or_else(|| self.inner.org.instance.clone())
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

    /// When the schema was last changed.
    fn deployed(&self) -> DateTime<Utc> {
        locked(&self.inner.state).database.deployed
    }

    fn journal(&self, kind: &str, id: &str, detail: serde_json::Value) {
        self.inner.shared.journal.record(self.now(), "salesforce", kind, id, detail);
    }

    /// The session of a call, or 401.
    fn authenticate(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        oauth::check_session(self, headers)
    }

    /// Calls of the last 24 hours, this one included, and how many there may be.
    fn admit_call(&self, now: DateTime<Utc>) -> Result<(u64, u64), Refusal> {
        let mut usage = locked(&self.inner.usage);
        Ok((usage.admit(now)?, usage.daily()))
    }

    /// Whether this call meets the maintenance page.
    fn is_closed(&self) -> bool {
        locked(&self.inner.usage).take_closed()
    }

    fn hides_limits(&self) -> bool {
        locked(&self.inner.usage).is_hidden()
    }

    fn count_calls(&self, now: DateTime<Utc>, calls: u64) {
        locked(&self.inner.usage).add(now, calls);
    }

    fn usage_header(&self) -> String {
        locked(&self.inner.usage).header()
    }

    /// Runs a call; what it changed becomes final and goes into the journal.
    fn with_state<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        let mut state = locked(&self.inner.state);
        let result = work(&mut state);
        for effect in state.database.commit() {
            self.journal(&effect.kind, effect.id.as_str(), effect.detail);
        }
        result
    }
}

/// Salesforce takes a run of slashes for one, wherever in the path it is.
fn with_plain_path(mut request: Request<Body>) -> Request<Body> {
    if let Cow::Owned(path) = paths::collapsed(request.uri().path()) {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(plain) = format!("{path}{query}").parse() {
            *request.uri_mut() = plain;
        }
    }
    request
}

impl std::fmt::Debug for Salesforce {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Salesforce").field("org", &self.inner.org).finish_non_exhaustive()
    }
}
