//! One person in full, and everything of ours with them as a timeline.

pub(crate) mod view;
mod webinars;

use liaison_domain::text;
use liaison_store::tables::call_notes;
use liaison_store::tables::outbox;
use liaison_store::tables::people;
use liaison_store::tables::people_listed::{self as listed, PeopleFilter};
use liaison_store::tables::people_times::{self, Occasion};
use liaison_store::{Connection, StoreResult};

use self::view::{PersonDetail, PersonName, PersonNumber, PersonTimeline, TimelineEntry, TimelineWaiting};
use crate::directory::list::{Viewer, row, with_times};
use crate::engine::Engine;
use crate::failure::Error;
use crate::meetings::view::MeetingRow;
use crate::outbox::groups;
use crate::outbox::kind::Kinds;
use crate::outbox::listing::state_of_row;
use crate::people::MAX_NAME;
use crate::{calls, meetings};

const MOST_ENTRIES: u32 = 100;
/// Beside a call stand so many meetings to come and so many that are over.
const NEXT_MEETINGS: u32 = 1;
const LATEST_MEETINGS: u32 = 3;
/// So many open rows of the outbox are looked through for the person.
const MOST_OPEN: u32 = 500;

impl Engine {
    /// One person; of a merged one, whoever took the place.
    ///
    /// # Errors
    /// [`Error::Gone`] when they are not there.
    pub async fn person(&self, id: String) -> Result<PersonDetail, Error> {
        let cx = self.profile().await?;
        with_times(&cx).await?;
        let viewer = Viewer::of(&cx);
        cx.store.read(move |db| detail(db, &id, &viewer)).await?.ok_or(Error::Gone)
    }

    /// A page of everything of ours with a person: meetings, calls, webinars, and what waits to be made.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn person_timeline(&self, id: String, offset: u32, limit: u32) -> Result<PersonTimeline, Error> {
        let cx = self.profile().await?;
        let (kinds, now_ms) = (cx.state::<Kinds>(), cx.now_ms());
        let show = meetings::Show::of(&cx);
        let limit = limit.min(MOST_ENTRIES);
        let timeline = cx
            .store
            .read(move |db| {
                let id = here(db, &id)?.unwrap_or(id);
                let found = people_times::timeline(db, &id, now_ms, offset, limit)?;
                let keys =
                    |of: fn(&Occasion) -> Option<&str>| found.occasions.iter().filter_map(of).collect::<Vec<_>>();
                let mut meetings = show.rows(db, &keys(Occasion::meeting))?;
                let mut calls = calls::rows_of(db, &keys(Occasion::call), now_ms)?;
                let mut entries = Vec::with_capacity(found.occasions.len());
                for occasion in &found.occasions {
                    match occasion {
                        Occasion::Meeting(key) => {
                            let row = meetings.remove(key);
                            entries.extend(row.map(|row| TimelineEntry::Meeting { row: Box::new(row) }));
                        }
                        Occasion::Call(key) => {
                            let Some(row) = calls.remove(key) else { continue };
                            let note = call_notes::get(db, key)?.map(|note| note.note).filter(|note| !note.is_empty());
                            entries.push(TimelineEntry::Call { row: Box::new(row), note });
                        }
                        Occasion::Webinar(key, at) => {
                            let row = webinars::of_person(db, &id, key, *at)?;
                            entries.extend(row.map(|row| TimelineEntry::Webinar { row }));
                        }
                    }
                }
                Ok(PersonTimeline {
                    entries,
                    total: found.total,
                    coming: found.coming,
                    waiting: waiting(db, &kinds, &id)?,
                })
            })
            .await?;
        Ok(timeline)
    }

    /// The next meeting with a person and the latest ones, what is farthest ahead first: what stands beside a call.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn person_meetings(&self, id: String) -> Result<Vec<MeetingRow>, Error> {
        let cx = self.profile().await?;
        let (show, now_ms) = (meetings::Show::of(&cx), cx.now_ms());
        let found = cx
            .store
            .read(move |db| {
                let id = here(db, &id)?.unwrap_or(id);
                let keys = people_times::meetings_around(db, &id, now_ms, NEXT_MEETINGS, LATEST_MEETINGS)?;
                let mut rows = show.rows(db, &keys.iter().map(String::as_str).collect::<Vec<_>>())?;
                Ok(keys.iter().filter_map(|key| rows.remove(key)).collect())
            })
            .await?;
        Ok(found)
    }
}

fn detail(db: &Connection, id: &str, viewer: &Viewer) -> StoreResult<Option<PersonDetail>> {
    let Some(id) = here(db, id)? else { return Ok(None) };
    let Some(one) = listed::get(db, &id)? else { return Ok(None) };
    let person = &one.person;
    let became = match &person.converted_to {
        Some(contact) => people::person(db, &people::successor(db, contact)?)?,
        None => None,
    };
    let colleagues = match &person.company {
        Some(company) => {
            let filter = PeopleFilter { company: Some(company.clone()), ..PeopleFilter::default() };
            listed::count(db, &filter)?.saturating_sub(u32::from(person.converted_to.is_none()))
        }
        None => 0,
    };
    let mut emails: Vec<String> = Vec::new();
    for email in person.email.iter().chain(&person.more_emails) {
        if !emails.iter().any(|known| known.eq_ignore_ascii_case(email)) {
            emails.push(text::single_line(email, MAX_NAME));
        }
    }
    Ok(Some(PersonDetail {
        row: row(&one, viewer),
        status: person.status.clone(),
        numbers: person
            .phones
            .iter()
            .map(|phone| PersonNumber {
                field: phone.field.clone(),
                number: text::single_line(&phone.number, MAX_NAME),
            })
            .collect(),
        emails,
        became: became
            .filter(|contact| !contact.deleted)
            .map(|contact| PersonName { id: contact.id, name: text::single_line(&contact.name, MAX_NAME) }),
        colleagues,
    }))
}

/// Who stands for an id now. A converted Lead stands for itself: its page says who it became.
fn here(db: &Connection, id: &str) -> StoreResult<Option<String>> {
    let Some(person) = people::person(db, id)? else { return Ok(None) };
    if !person.deleted {
        return Ok(Some(person.id));
    }
    let successor = people::successor(db, id)?;
    Ok(people::person(db, &successor)?.filter(|person| !person.deleted).map(|person| person.id))
}

fn waiting(db: &Connection, kinds: &Kinds, id: &str) -> StoreResult<Vec<TimelineWaiting>> {
    let open: Vec<_> = groups::IN_ORDER.into_iter().filter(|state| state.is_open()).collect();
    let rows = outbox::page(db, None, &open, 0, MOST_OPEN)?;
    let mine = rows.iter().filter_map(|row| {
        let kind = kinds.named(&row.kind)?;
        kind.makes_with(row).iter().any(|person| person == id).then(|| TimelineWaiting {
            id: row.op_id.clone(),
            what: kind.what(row.action),
            title: text::single_line(&row.title, MAX_NAME),
            state: state_of_row(row),
        })
    });
    Ok(mine.collect())
}
