//! Who is here compared with whom the rep may see: rights and sharing change without touching a record. Where only a
//! part of the people is kept here, that part is compared.

use std::collections::HashSet;

use liaison_salesforce::SalesforceId;
use liaison_store::tables::cursors;
use liaison_store::tables::people::{self, GonePerson};

use super::{CHECK_EVERY, KindPull, checked_name, cursor_name, object};
use crate::failure::Error;
use crate::pull::salesforce_failed;

impl KindPull<'_> {
    /// Removes people that the rep no longer sees; answers who is seen.
    pub(super) async fn remove_hidden(&mut self) -> Result<HashSet<SalesforceId>, Error> {
        let known = self.known().await?;
        let visible = self
            .account
            .api
            .visible_ids_since(&object(self.kind)?, self.floor)
            .await
            .map_err(salesforce_failed(self.cx))?;
        let seen: HashSet<String> = visible.iter().map(|id| self.person_id(*id)).collect();
        let hidden: Vec<GonePerson> =
            known.into_iter().filter(|id| !seen.contains(id)).map(|id| GonePerson { id, merged_into: None }).collect();
        tracing::info!(object = self.kind.object(), visible = seen.len(), hidden = hidden.len(), "ids compared");
        self.remove(hidden, None).await?;
        Ok(visible)
    }

    pub(super) async fn is_any_missing(&self, visible: HashSet<SalesforceId>) -> Result<bool, Error> {
        let known: HashSet<String> = self.known().await?.into_iter().collect();
        Ok(visible.into_iter().any(|id| !known.contains(&self.person_id(id))))
    }

    /// A complete pull is a check too: the first one, at `completed`, counts from then on.
    pub(super) async fn check_is_due(&self, completed: i64) -> Result<bool, Error> {
        let name = checked_name(cursor_name(self.kind));
        let checked = self.cursor(&name).await?.and_then(|cursor| cursor.complete_utc_ms);
        if checked.is_none() {
            self.write(move |tx| cursors::complete(tx, &name, "", completed)).await?;
        }
        Ok(is_check_due(self.cx.now_ms(), checked.unwrap_or(completed)))
    }

    /// Removes those who are not among the people kept here any more.
    pub(super) async fn remove_older(&mut self) -> Result<(), Error> {
        let Some(floor) = self.floor else { return Ok(()) };
        let kind = self.kind;
        let before_ms = floor.timestamp_millis();
        let older = self.cx.store.read(move |db| people::ids_before(db, kind, before_ms)).await?;
        let gone = older.into_iter().map(|id| GonePerson { id, merged_into: None }).collect();
        self.remove(gone, None).await
    }

    async fn known(&self) -> Result<Vec<String>, Error> {
        let kind = self.kind;
        let since_ms = self.floor.map_or(i64::MIN, |floor| floor.timestamp_millis());
        Ok(self.cx.store.read(move |db| people::live_ids_since(db, kind, since_ms)).await?)
    }
}

pub(super) fn is_check_due(now_ms: i64, checked_ms: i64) -> bool {
    now_ms - checked_ms >= CHECK_EVERY.num_milliseconds()
}
