//! The list of people, from the local copy alone: a page with what stands around it, and what is done with those who are
//! selected. Who is selected stays on this side: of all that match, only their number crosses to the window.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use liaison_domain::zones::Zone;
use liaison_domain::{RecordKind, text, wall_time};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::people_listed::{self as listed, Kinds, ListedPerson, Touch};
use liaison_store::tables::{cursors, people_lists, people_times};
use liaison_store::{Connection, StoreResult};

use super::pull::limit;
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::meetings::at;
use crate::people::view::{
    CopiedAddresses, PeopleFilter, PeopleKind, PeopleList, PeopleListInfo, PeopleOrder, PeopleSelection, PeopleTouch,
    PersonRow,
};
use crate::people::{CONTACTS, LEADS, MAX_NAME, MAX_QUERY};
use crate::terms::UtcMs;

const MOST_ROWS: u32 = 200;
const MAX_COMPANY: usize = 255;

/// Who looks at people, where and when.
#[derive(Clone)]
pub(crate) struct Viewer {
    pub user_id: Option<String>,
    pub zone: Zone,
    pub today: NaiveDate,
    pub now_ms: i64,
}

impl Viewer {
    pub fn of(cx: &Context) -> Self {
        let (now, zone) = (cx.now(), cx.zone());
        Self {
            user_id: cx.salesforce().map(|account| account.user_id),
            zone,
            today: wall_time::local_date(now, zone),
            now_ms: now.timestamp_millis(),
        }
    }

    /// The filter as the store asks it.
    pub fn asked(&self, filter: PeopleFilter) -> listed::PeopleFilter {
        listed::PeopleFilter {
            query: text::single_line(&filter.query, MAX_QUERY),
            kinds: match filter.kind {
                PeopleKind::All => Kinds::All,
                PeopleKind::Leads => Kinds::Leads,
                PeopleKind::Contacts => Kinds::Contacts,
                PeopleKind::PersonAccounts => Kinds::PersonAccounts,
                PeopleKind::Converted => Kinds::Converted,
            },
            // Nobody is signed in: nobody is theirs.
            owner_id: filter.mine.then(|| self.user_id.clone().unwrap_or_default()),
            has_email: filter.has_email,
            touch: match filter.touch {
                PeopleTouch::Any => Touch::Any,
                PeopleTouch::Within { days } => Touch::Since(self.days_ago(days)),
                PeopleTouch::NotWithin { days } => Touch::Before(self.days_ago(days)),
            },
            company: filter.company.map(|company| text::single_line(&company, MAX_COMPANY)),
            list: filter.list,
        }
    }

    /// The midnight with which so many days began; today is one of them.
    fn days_ago(&self, days: u32) -> i64 {
        let first = self.today.checked_sub_days(Days::new(u64::from(days.saturating_sub(1)))).unwrap_or(NaiveDate::MIN);
        wall_time::day_bounds(first, self.zone).0.timestamp_millis()
    }
}

impl Engine {
    /// A page of the people that match.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn list_people(
        &self,
        filter: PeopleFilter,
        order: PeopleOrder,
        offset: u32,
        limit: u32,
    ) -> Result<PeopleList, Error> {
        let cx = self.profile().await?;
        with_times(&cx).await?;
        let viewer = Viewer::of(&cx);
        let asked = viewer.asked(filter);
        let (order, limit) = (stored_order(order), limit.min(MOST_ROWS));
        let list = cx
            .store
            .read(move |db| {
                let page = listed::page(db, &asked, order, offset, limit)?;
                let read: Vec<Option<i64>> = [LEADS, CONTACTS]
                    .into_iter()
                    .map(|name| Ok(cursors::get(db, name)?.and_then(|cursor| cursor.complete_utc_ms)))
                    .collect::<StoreResult<_>>()?;
                let connected = viewer.user_id.is_some();
                Ok(PeopleList {
                    rows: page.iter().map(|one| row(one, &viewer)).collect(),
                    total: listed::count(db, &asked)?,
                    here: listed::count(db, &listed::PeopleFilter::default())?,
                    there: limit::there(db)?,
                    connected,
                    fetching: connected && read.contains(&None),
                    as_of: read
                        .into_iter()
                        .collect::<Option<Vec<_>>>()
                        .and_then(|all| all.into_iter().min())
                        .map(UtcMs),
                    list: asked.list.as_deref().map(|id| list_info(db, id)).transpose()?.flatten(),
                })
            })
            .await?;
        Ok(list)
    }

    /// Puts the e-mail addresses of the selected people on the clipboard, to be pasted into a mail: each once, without
    /// those of people who want no mail.
    ///
    /// # Errors
    /// [`Error::Desktop`] when there is no clipboard.
    pub async fn copy_people_addresses(&self, selection: PeopleSelection) -> Result<CopiedAddresses, Error> {
        let cx = self.profile().await?;
        with_times(&cx).await?;
        let viewer = Viewer::of(&cx);
        let (addresses, told) = cx
            .store
            .read(move |db| {
                let (mut addresses, mut seen) = (Vec::new(), std::collections::HashSet::new());
                let mut told = CopiedAddresses { copied: 0, without: 0, opted_out: 0 };
                each_selected(db, selection, &viewer, |person| {
                    match person.email.map(|email| text::single_line(&email, MAX_NAME)) {
                        _ if person.email_opt_out => told.opted_out += 1,
                        None => told.without += 1,
                        Some(email) => {
                            if seen.insert(email.to_lowercase()) {
                                addresses.push(email);
                                told.copied += 1;
                            }
                        }
                    }
                    Ok(())
                })?;
                Ok((addresses, told))
            })
            .await?;
        if !addresses.is_empty() {
            self.config().desktop.copy(&addresses.join("; "), false).map_err(Error::Desktop)?;
        }
        Ok(told)
    }
}

/// Goes through everybody who is selected, one at a time. Ids of people who are not here are passed over.
pub(crate) fn each_selected(
    db: &Connection,
    selection: PeopleSelection,
    viewer: &Viewer,
    mut told: impl FnMut(PersonRecord) -> StoreResult<()>,
) -> StoreResult<()> {
    match selection {
        PeopleSelection::All { filter, except } => listed::each(db, &viewer.asked(filter), &except, told),
        PeopleSelection::Some { ids } => {
            for id in ids {
                if let Some(person) = people::person(db, &id)?.filter(|person| !person.deleted) {
                    told(person)?;
                }
            }
            Ok(())
        }
    }
}

/// Works out when there was and will be something with everybody, where that is not known: lists are put in order by it.
pub(crate) async fn with_times(cx: &Arc<Context>) -> Result<(), Error> {
    let now_ms = cx.now_ms();
    if cx.store.read(move |db| people_times::is_stale(db, now_ms)).await? {
        cx.store.write(move |tx| people_times::refresh(tx, now_ms)).await?;
    }
    Ok(())
}

pub(crate) fn row(one: &ListedPerson, viewer: &Viewer) -> PersonRow {
    let person = &one.person;
    PersonRow {
        id: person.id.clone(),
        record: person.record,
        person_account: person.record == RecordKind::Contact && person.person_account,
        name: text::single_line(&person.name, MAX_NAME),
        company: person.company.clone(),
        title: person.title.clone(),
        phone: person.phones.first().map(|phone| text::single_line(&phone.number, MAX_NAME)),
        email: person.email.clone(),
        owner: person.owner_name.clone(),
        mine: viewer.user_id.is_some() && person.owner_id == viewer.user_id,
        last_touch: last_touch(one, viewer),
        next_meeting: one.next_utc_ms.filter(|next| *next > viewer.now_ms).map(UtcMs),
        email_opt_out: person.email_opt_out,
        do_not_call: person.do_not_call,
        converted: person.converted_to.is_some(),
    }
}

/// A moment of ours is a day of the user's; of an activity that only Salesforce knows of, the day is all there is.
fn last_touch(one: &ListedPerson, viewer: &Viewer) -> Option<String> {
    let touched = one.touched_utc_ms?;
    if one.own_utc_ms == Some(touched) {
        return Some(wall_time::local_date(at(touched), viewer.zone).format("%Y-%m-%d").to_string());
    }
    one.person.activity_day.clone()
}

pub(super) fn list_info(db: &Connection, id: &str) -> StoreResult<Option<PeopleListInfo>> {
    let Some(list) = people_lists::get(db, id)? else { return Ok(None) };
    Ok(Some(PeopleListInfo {
        members: people_lists::members(db, id)?,
        id: list.id,
        name: list.name,
        at: UtcMs(list.fetched_utc_ms),
        cut: list.cut,
    }))
}

fn stored_order(order: PeopleOrder) -> listed::PeopleOrder {
    match order {
        PeopleOrder::Name => listed::PeopleOrder::Name,
        PeopleOrder::NameBack => listed::PeopleOrder::NameBack,
        PeopleOrder::Company => listed::PeopleOrder::Company,
        PeopleOrder::CompanyBack => listed::PeopleOrder::CompanyBack,
        PeopleOrder::Touched => listed::PeopleOrder::Touched,
        PeopleOrder::Untouched => listed::PeopleOrder::Untouched,
        PeopleOrder::Next => listed::PeopleOrder::Next,
    }
}
