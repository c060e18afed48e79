//! What a call or a meeting with a Contact may be about: proposed from Salesforce, never assumed.

pub(crate) mod stored;
pub(crate) mod view;

use liaison_domain::text;
use liaison_salesforce::{Condition, Direction, Query, SalesforceError, SalesforceId};
use liaison_store::tables::people;
use serde::Deserialize;

use crate::context::{Context, SalesforceAccount};
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::salesforce_failed;
use crate::terms::Provider;
use crate::topics::view::{Topic, TopicKind};

const MOST: u32 = 20;
pub(crate) const MAX_NAME: usize = 255;

impl Engine {
    /// What a meeting with these people may be about: the account of the first of them, where they are a Contact, and
    /// the user's open Opportunities and Cases of both. Salesforce is asked. Nothing for a Lead: nothing may stand
    /// beside one.
    ///
    /// # Errors
    /// [`Error::NotConnected`], or Salesforce can't be asked.
    pub async fn topics(&self, people: Vec<String>) -> Result<Vec<Topic>, Error> {
        let cx = self.profile().await?;
        let Some(first) = people.into_iter().next() else { return Ok(Vec::new()) };
        let read = move |db: &liaison_store::Connection| people::person(db, &people::successor(db, &first)?);
        let Some(person) = cx.store.read(read).await?.filter(|person| !person.deleted) else { return Ok(Vec::new()) };
        if !person.salesforce_id.starts_with("003") {
            return Ok(Vec::new());
        }
        let account = person.account_id.as_deref();
        let own = account.zip(person.company.as_deref()).map(|(id, name)| Topic {
            kind: TopicKind::Account,
            id: id.to_owned(),
            name: text::single_line(name, MAX_NAME),
            state: None,
        });
        let open = of_contact(&cx, &person.salesforce_id, account).await?;
        Ok(own.into_iter().chain(open).collect())
    }
}

/// The user's open Opportunities and Cases of a Contact and their account.
///
/// # Errors
/// [`Error::NotConnected`], or Salesforce can't be asked.
pub(crate) async fn of_contact(cx: &Context, contact: &str, account_of: Option<&str>) -> Result<Vec<Topic>, Error> {
    let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
    let mut topics = opportunities(&account, account_of).await.map_err(salesforce_failed(cx))?;
    topics.extend(cases(&account, contact, account_of).await.map_err(salesforce_failed(cx))?);
    Ok(topics)
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
    fn topic(self, kind: TopicKind) -> Topic {
        let name = self.name.unwrap_or_default();
        let name = self.number.map_or_else(|| name.clone(), |number| format!("{number} {name}"));
        Topic {
            kind,
            id: self.id.to_string(),
            name: text::single_line(&name, MAX_NAME),
            state: self.state.map(|state| text::single_line(&state, MAX_NAME)),
        }
    }
}

async fn opportunities(account: &SalesforceAccount, of: Option<&str>) -> Result<Vec<Topic>, SalesforceError> {
    let Some(of) = of else { return Ok(Vec::new()) };
    let query = mine(account, "Opportunity", &["Id", "Name", "StageName"], Condition::equals("AccountId", of));
    rows(account, query.order_by("CloseDate", Direction::Ascending), TopicKind::Opportunity).await
}

async fn cases(account: &SalesforceAccount, contact: &str, of: Option<&str>) -> Result<Vec<Topic>, SalesforceError> {
    let mut whose = vec![Condition::equals("ContactId", contact)];
    whose.extend(of.map(|of| Condition::equals("AccountId", of)));
    let query = mine(account, "Case", &["Id", "CaseNumber", "Subject", "Status"], Condition::Any(whose));
    rows(account, query, TopicKind::Case).await
}

fn mine(account: &SalesforceAccount, object: &str, fields: &[&str], whose: Condition) -> Query {
    let open = Condition::All(vec![
        Condition::equals("IsClosed", false),
        Condition::equals("OwnerId", account.user_id.as_str()),
        whose,
    ]);
    Query::from(object).select(fields).filter(open).limit(MOST)
}

async fn rows(account: &SalesforceAccount, query: Query, kind: TopicKind) -> Result<Vec<Topic>, SalesforceError> {
    match account.api.query_rows::<Found>(&query.build()?).await {
        Ok(rows) => Ok(rows.into_iter().map(|row| row.topic(kind)).collect()),
        // An object or a field that the user may not see holds nothing for them.
        Err(error) if is_hidden(&error) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Whether the user may not see the object, or one of the fields, that was asked for.
pub(crate) fn is_hidden(error: &SalesforceError) -> bool {
    error.refusal().is_some_and(|refusal| refusal.has_code("INVALID_TYPE") || refusal.has_code("INVALID_FIELD"))
}
