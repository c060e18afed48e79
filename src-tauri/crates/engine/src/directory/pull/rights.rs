//! What this user may see of people: whether anybody of a kind, and which fields.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use liaison_domain::RecordKind;
use liaison_salesforce::{GoneQuery, PeopleQuery, SalesforceError};

use super::{ASK_AGAIN, object};
use crate::context::{Context, SalesforceAccount};
use crate::failure::Error;
use crate::pull::salesforce_failed;
use crate::terms::Provider;

/// What is asked for a kind of people; depends on the fields that the rep may see.
#[derive(Clone)]
pub(in crate::directory) struct PeopleQueries {
    pub people: PeopleQuery,
    pub(super) gone: GoneQuery,
}

/// What may be read of people, once it was asked.
#[derive(Default)]
struct Known(Mutex<Vec<Asked>>);

#[derive(Clone)]
struct Asked {
    at: DateTime<Utc>,
    kind: RecordKind,
    /// The state of the rep's rights when it was asked.
    rights: u64,
    /// Nothing for a user who may see nobody of that kind.
    queries: Option<PeopleQueries>,
}

impl Known {
    fn get(&self, kind: RecordKind, rights: u64, now: DateTime<Utc>) -> Option<Asked> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |asked: &&Asked| asked.kind == kind && asked.rights == rights && now - asked.at < ASK_AGAIN;
        all.iter().find(holds).cloned()
    }

    fn keep(&self, new: Asked) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|asked| asked.kind != new.kind);
        all.push(new);
    }
}

/// Whether it is known that the user may see nobody of a kind.
pub(super) fn is_known_hidden(cx: &Context, kind: RecordKind) -> bool {
    let known = cx.state::<Known>().get(kind, cx.rights_asked_since(), cx.now());
    known.is_some_and(|asked| asked.queries.is_none())
}

/// Which fields this rep may see, and nothing where they may see nobody of a kind; asked once a day, for it costs a call
/// and a large answer.
pub(in crate::directory) async fn queries(
    cx: &Context,
    account: &SalesforceAccount,
    kind: RecordKind,
) -> Result<Option<PeopleQueries>, Error> {
    let (known, rights) = (cx.state::<Known>(), cx.rights_asked_since());
    if let Some(asked) = known.get(kind, rights, cx.now()) {
        return Ok(asked.queries);
    }
    let failed = salesforce_failed(cx);
    let queries = match account.api.describe(&object(kind)?, None).await {
        Ok(described) => {
            let description = described
                .changed()
                .ok_or_else(|| Error::Answer { provider: Provider::Salesforce, code: "E-SALESFORCE-DESCRIBE" })?;
            Some(PeopleQueries {
                people: PeopleQuery::new(kind, &description),
                gone: GoneQuery::new(&description).map_err(|error| failed(error.into()))?,
            })
        }
        Err(error) if is_hidden(&error) => {
            tracing::info!(%error, kind = kind.object(), "this user sees nobody of a kind");
            None
        }
        Err(error) => return Err(failed(error)),
    };
    known.keep(Asked { at: cx.now(), kind, rights, queries: queries.clone() });
    Ok(queries)
}

/// Salesforce's words for an object that the user's profile gives no access to.
fn is_hidden(error: &SalesforceError) -> bool {
    error.refusal().is_some_and(|refusal| ["NOT_FOUND", "INVALID_TYPE"].into_iter().any(|code| refusal.has_code(code)))
}
