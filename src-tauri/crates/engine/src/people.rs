//! People in the local copy, as every room names and finds them.

pub(crate) mod view;

use liaison_domain::text;
use liaison_store::tables::people::PersonRecord;
use liaison_store::tables::{cursors, people_search};
use liaison_store::{Connection, StoreResult};

use crate::engine::Engine;
use crate::failure::Error;
use crate::people::view::PersonHit;

/// The cursors of Leads and Contacts: their completion tells how old the copy is.
pub(crate) const LEADS: &str = "salesforce.leads";
pub(crate) const CONTACTS: &str = "salesforce.contacts";
/// The cursor of the accounts: its completion tells that they are here, or that this user may see none.
pub(crate) const COMPANIES: &str = "salesforce.companies";
const MOST_HITS: u32 = 50;
pub(crate) const MAX_QUERY: usize = 200;
pub(crate) const MAX_NAME: usize = 200;

impl Engine {
    /// Leads and Contacts that match every word of the query, the best first.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn search_people(&self, query: String, limit: u32) -> Result<Vec<PersonHit>, Error> {
        let cx = self.profile().await?;
        let query = text::single_line(&query, MAX_QUERY);
        let limit = limit.min(MOST_HITS) as usize;
        let found = cx.store.read(move |db| people_search::search_people(db, &query, limit)).await?;
        Ok(found.into_iter().map(hit).collect())
    }
}

/// Whether all Leads and Contacts were here once. Until then, and again when their copy was erased, nothing follows
/// from somebody's not being here.
pub(crate) fn are_read(db: &Connection) -> StoreResult<bool> {
    for name in [LEADS, CONTACTS] {
        if cursors::get(db, name)?.and_then(|cursor| cursor.complete_utc_ms).is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(crate) fn hit(person: PersonRecord) -> PersonHit {
    PersonHit {
        record: person.record,
        name: text::single_line(&person.name, MAX_NAME),
        company: person.company,
        title: person.title,
        email: person.email,
        phone: person.phones.into_iter().next().map(|phone| phone.number),
        email_opt_out: person.email_opt_out,
        converted: person.converted_to.is_some(),
        id: person.id,
    }
}
