//! The list of a webinar's registrants, from the local copy alone.

use std::collections::HashMap;

use liaison_domain::{email, text};
use liaison_store::tables::links;
use liaison_store::tables::outbox::{self, OutboxState};
use liaison_store::tables::webinar_people;
use liaison_store::tables::webinar_registrants::{
    self as table, RegistrantOrder, RegistrantRecord, RegistrantStatus, RegistrantsAsked,
};
use liaison_store::tables::webinars;
use liaison_store::{Connection, StoreResult};

use super::kinds::registrant::{REGISTRANT, identity};
use super::kinds::status::STATUS;
use super::stored::{self, Decision, LINKED, StoredDecision};
use super::view::{
    RegisteredThrough, RegistrantAnswer, RegistrantDecision, RegistrantFilter, RegistrantList, RegistrantPending,
    RegistrantRow, RegistrantSort, RegistrantStanding,
};
use super::{gather, rows};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::target::Target;
use crate::people;
use crate::terms::{Provider, UtcMs};

const MOST_ROWS: u32 = 200;
const MAX_QUERY: usize = 200;

impl Engine {
    /// A page of a webinar's registrants.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn list_registrants(
        &self,
        webinar: String,
        filter: RegistrantFilter,
        offset: u32,
        limit: u32,
    ) -> Result<RegistrantList, Error> {
        let cx = self.profile().await?;
        let query = text::single_line(&filter.query, MAX_QUERY);
        let list = cx
            .store
            .read(move |db| {
                let asked = asked(&webinar, &filter, &query);
                let page = table::page(db, &asked, offset, limit.min(MOST_ROWS))?;
                Ok(RegistrantList {
                    rows: shown(db, &webinar, &page)?,
                    total: table::count(db, &asked)?,
                    counts: rows::counts(table::totals(db, &webinar)?),
                    as_of: webinars::ages(db, &webinar)?.roster_utc_ms.map(UtcMs),
                })
            })
            .await?;
        Ok(list)
    }
}

pub(super) fn asked<'a>(webinar: &'a str, filter: &RegistrantFilter, query: &'a str) -> RegistrantsAsked<'a> {
    RegistrantsAsked {
        webinar,
        status: filter.standing.map(|standing| match standing {
            RegistrantStanding::Approved => RegistrantStatus::Approved,
            RegistrantStanding::Pending => RegistrantStatus::Pending,
            RegistrantStanding::Denied => RegistrantStatus::Denied,
            RegistrantStanding::Cancelled => RegistrantStatus::Cancelled,
        }),
        query,
        order: match filter.sort {
            RegistrantSort::Newest => RegistrantOrder::Newest,
            RegistrantSort::Name => RegistrantOrder::Name,
            RegistrantSort::Email => RegistrantOrder::Email,
        },
    }
}

pub(super) fn shown(db: &Connection, webinar: &str, page: &[RegistrantRecord]) -> StoreResult<Vec<RegistrantRow>> {
    let addresses: Vec<&str> = page.iter().filter_map(|one| one.email.as_deref()).collect();
    let owners = gather::owners(db, &addresses)?;
    let sources: HashMap<String, String> = webinar_people::sources(db, webinar)?
        .into_iter()
        .filter_map(|source| Some((source.source_id, source.name?)))
        .collect();
    let target = Target::known(db, Provider::Zoom)?.map(|target| target.key).unwrap_or_default();
    let keys: Vec<&str> = page.iter().map(|one| one.key.as_str()).collect();
    let decided = outbox::last_by_subject(db, STATUS, &keys)?;
    let linked: Vec<String> =
        page.iter().filter_map(|one| one.email.as_deref()).map(|address| identity(webinar, address)).collect();
    let linked: Vec<&str> = linked.iter().map(String::as_str).collect();
    let linked = links::links_for_many(db, LINKED, &linked)?;
    let mut shown = Vec::with_capacity(page.len());
    for one in page {
        let address = one.email.clone().unwrap_or_default();
        let own = identity(webinar, &address);
        let ours = linked.iter().any(|link| link.zoom_key == own)
            || outbox::by_identity(db, &target, REGISTRANT, &own)?.iter().any(|row| row.state == OutboxState::Done);
        let mut owned = owners.get(&email::folded(&address)).cloned().unwrap_or_default();
        // Whom they were registered from decides where several have the address.
        if let Some(link) = linked.iter().find(|link| link.zoom_key == own)
            && owned.iter().any(|person| person.salesforce_id == link.record_id)
        {
            owned.retain(|person| person.salesforce_id == link.record_id);
        }
        let several = owned.len() > 1;
        shown.push(RegistrantRow {
            id: one.key.clone(),
            registrant_id: one.registrant_id.clone(),
            first_name: one.first_name.clone().unwrap_or_default(),
            last_name: one.last_name.clone().unwrap_or_default(),
            email: address,
            standing: standing(one.status),
            registered: one.registered_utc_ms.map(UtcMs),
            person: owned.into_iter().next().filter(|_| !several).map(people::hit),
            several,
            through: if ours { RegisteredThrough::Liaison } else { RegisteredThrough::Elsewhere },
            source: one.source_id.as_ref().and_then(|id| sources.get(id).cloned()),
            has_link: one.has_link,
            answers: stored::answers(&one.answers_json)
                .into_iter()
                .map(|answer| RegistrantAnswer { field: answer.field, custom: answer.custom, value: answer.text })
                .collect(),
            pending: decided.iter().find(|row| row.subject_key == one.key).and_then(pending),
        });
    }
    Ok(shown)
}

pub(super) fn standing(status: RegistrantStatus) -> RegistrantStanding {
    match status {
        RegistrantStatus::Approved => RegistrantStanding::Approved,
        RegistrantStatus::Pending => RegistrantStanding::Pending,
        RegistrantStatus::Denied => RegistrantStanding::Denied,
        RegistrantStatus::Cancelled => RegistrantStanding::Cancelled,
    }
}

fn pending(row: &outbox::OutboxRecord) -> Option<RegistrantPending> {
    let decision = Decision::read(&row.payload_json)?;
    let open = row.state.is_open() && row.take_back_utc_ms.is_none();
    open.then_some(RegistrantPending {
        item: row.op_id.clone(),
        decision: match decision.decision {
            StoredDecision::Approve => RegistrantDecision::Approve,
            StoredDecision::Deny => RegistrantDecision::Deny,
            StoredDecision::Cancel => RegistrantDecision::Cancel,
            StoredDecision::Unreadable => return None,
        },
        can_undo: row.maybe_sent_utc_ms.is_none() && row.state != OutboxState::Claimed,
    })
}
