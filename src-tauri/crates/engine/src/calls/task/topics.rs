//! What a call is about, and how it went in the organisation's words: proposed from Salesforce, never assumed.

use liaison_domain::text;
use liaison_salesforce::SalesforceId;
use liaison_store::tables::call_links::LinkedRecord;
use liaison_store::tables::call_notes::{self, CallNote};
use liaison_store::tables::{calls as table, people};

use crate::engine::Engine;
use crate::failure::Error;
use crate::topics::view::Topic;
use crate::topics::{MAX_NAME, of_contact};

/// Words of the user's own that are offered again.
const MOST_WORDS: u32 = 50;

impl Engine {
    /// The user's open Opportunities and Cases of the call's person and their account. Salesforce is asked. Nothing for
    /// a Lead: it has none.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call; [`Error::NotConnected`], or Salesforce can't be asked.
    pub async fn call_topics(&self, id: String) -> Result<Vec<Topic>, Error> {
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
        of_contact(&cx, &contact, account_of.as_deref()).await
    }

    /// What a call is about; nothing takes it away.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call.
    pub async fn choose_call_topic(&self, id: String, topic: Option<Topic>) -> Result<(), Error> {
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
