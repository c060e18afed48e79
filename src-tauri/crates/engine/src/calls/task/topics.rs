//! What a call is about, and how it went in the organisation's words: proposed from Salesforce, never assumed.

use liaison_domain::text;
use liaison_salesforce::{Condition, Direction, Query, SalesforceError, SalesforceId};
use liaison_store::tables::call_links::LinkedRecord;
use liaison_store::tables::call_notes::{self, CallNote};
use liaison_store::tables::{calls as table, people};
use serde::Deserialize;

use crate::calls::view::{CallTopic, CallTopicKind};
use crate::context::SalesforceAccount;
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::salesforce_failed;
use crate::terms::Provider;

const MOST: u32 = 20;
const MAX_NAME: usize = 255;
/// Words of the user's own that are offered again.
const MOST_WORDS: u32 = 50;

impl Engine {
    /// The user's open Opportunities and Cases of the call's person and their account. Salesforce is asked. Nothing for
    /// a Lead: it has none.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call; [`Error::NotConnected`], or Salesforce can't be asked.
    pub async fn call_topics(&self, id: String) -> Result<Vec<CallTopic>, Error> {
        let cx = self.profile().await?;
        let found = cx
            .store
            .read(move |db| {
                let Some(row) = table::get(db, &id)? else { return Ok(None) };
                let Some(record) = row.record_id else { return Ok(Some(None)) };
                let person = people::people_by_salesforce_id(db, &[record.as_str()])?.into_iter().next();
                Ok(Some(Some((record, person.and_then(|person| person.account_id)))))
            })
            .await?
            .ok_or(Error::Gone)?;
        let Some((contact, account_of)) = found.filter(|(record, _)| record.starts_with("003")) else {
            return Ok(Vec::new());
        };
        let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
        let mut topics = opportunities(&account, account_of.as_deref()).await.map_err(salesforce_failed(&cx))?;
        topics.extend(cases(&account, &contact, account_of.as_deref()).await.map_err(salesforce_failed(&cx))?);
        Ok(topics)
    }

    /// What a call is about; nothing takes it away.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call.
    pub async fn choose_call_topic(&self, id: String, topic: Option<CallTopic>) -> Result<(), Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let about = match topic {
            Some(topic) if topic.id.parse::<SalesforceId>().is_err() => return Err(Error::Gone),
            topic => topic.map(|topic| LinkedRecord {
                kind: topic.kind.object().to_owned(),
                id: topic.id,
                name: text::single_line(&topic.name, MAX_NAME),
            }),
        };
        let kept = cx
            .store
            .write(move |tx| {
                if table::get(tx, &id)?.is_none() {
                    return Ok(false);
                }
                let before = call_notes::get(tx, &id)?.unwrap_or_default();
                call_notes::put(tx, &id, &CallNote { about, updated_utc_ms: now_ms, ..before })?;
                Ok(true)
            })
            .await?;
        if kept { Ok(()) } else { Err(Error::Gone) }
    }

    /// How calls end, in the organisation's words where it has a list of them, else in those the user has used.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn call_dispositions(&self) -> Result<Vec<String>, Error> {
        let cx = self.profile().await?;
        let rights = match cx.salesforce() {
            // Without a network the words of the user's own do.
            Some(account) => cx.task_capability(&account).await.ok(),
            None => cx.known_task_capability(),
        };
        let listed = rights.and_then(|rights| rights.object.field("CallDisposition")?.values.clone());
        match listed {
            Some(words) => Ok(words),
            None => Ok(cx.store.read(|db| call_notes::dispositions(db, MOST_WORDS)).await?),
        }
    }
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "Id")]
    id: SalesforceId,
    #[serde(rename = "Name", alias = "Subject", default)]
    name: Option<String>,
    #[serde(rename = "CaseNumber", default)]
    number: Option<String>,
    #[serde(rename = "StageName", alias = "Status", default)]
    state: Option<String>,
}

impl Found {
    fn topic(self, kind: CallTopicKind) -> CallTopic {
        let name = self.name.unwrap_or_default();
        let name = self.number.map_or_else(|| name.clone(), |number| format!("{number} {name}"));
        CallTopic {
            kind,
            id: self.id.to_string(),
            name: text::single_line(&name, MAX_NAME),
            state: self.state.map(|state| text::single_line(&state, MAX_NAME)),
        }
    }
}

async fn opportunities(account: &SalesforceAccount, of: Option<&str>) -> Result<Vec<CallTopic>, SalesforceError> {
    let Some(of) = of else { return Ok(Vec::new()) };
    let query = mine(account, "Opportunity", &["Id", "Name", "StageName"], Condition::equals("AccountId", of));
    rows(account, query.order_by("CloseDate", Direction::Ascending), CallTopicKind::Opportunity).await
}

async fn cases(
    account: &SalesforceAccount,
    contact: &str,
    of: Option<&str>,
) -> Result<Vec<CallTopic>, SalesforceError> {
    let mut whose = vec![Condition::equals("ContactId", contact)];
    whose.extend(of.map(|of| Condition::equals("AccountId", of)));
    let query = mine(account, "Case", &["Id", "CaseNumber", "Subject", "Status"], Condition::Any(whose));
    rows(account, query, CallTopicKind::Case).await
}

fn mine(account: &SalesforceAccount, object: &str, fields: &[&str], whose: Condition) -> Query {
    let open = Condition::All(vec![
        Condition::equals("IsClosed", false),
        Condition::equals("OwnerId", account.user_id.as_str()),
        whose,
    ]);
    Query::from(object).select(fields).filter(open).limit(MOST)
}

async fn rows(
    account: &SalesforceAccount,
    query: Query,
    kind: CallTopicKind,
) -> Result<Vec<CallTopic>, SalesforceError> {
    match account.api.query_rows::<Found>(&query.build()?).await {
        Ok(rows) => Ok(rows.into_iter().map(|row| row.topic(kind)).collect()),
        // An object or a field that the user may not see holds nothing for them.
        Err(error) if is_hidden(&error) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn is_hidden(error: &SalesforceError) -> bool {
    error.refusal().is_some_and(|refusal| refusal.has_code("INVALID_TYPE") || refusal.has_code("INVALID_FIELD"))
}
