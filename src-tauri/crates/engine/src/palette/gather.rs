//! What there is to find, kind by kind, each in its order.

use chrono::{DateTime, Utc};
use liaison_domain::palette::{Fit, Use, score};
use liaison_domain::zones::Zone;
use liaison_store::tables::webinars::WebinarRecord;
use liaison_store::tables::{folded, people, people_search, webinars};
use liaison_store::{Connection, StoreResult};

use super::view::{PaletteCommand, PaletteEntry};
use crate::calls;
use crate::calls::view::CallRow;
use crate::chosen::{Kept, What};
use crate::meetings::search::Finder;
use crate::meetings::view::MeetingHit;
use crate::people::hit;
use crate::people::view::PersonHit;
use crate::webinars::rows_of;
use crate::webinars::view::WebinarProgress;

const MEETINGS: usize = 8;
const PEOPLE: usize = 6;
const CALLS: usize = 5;
const WEBINARS: usize = 5;
const COMMANDS: usize = 12;
const SETTINGS: usize = 6;
const USED: usize = 6;
/// So many of those that were chosen before are looked at beside what a search finds first.
const CHOSEN: usize = 40;

/// An entry with its place.
pub(super) type Scored = (f64, PaletteEntry);

/// A query at a time.
pub(super) struct Gatherer {
    /// As it was typed.
    pub words: String,
    /// The same, folded.
    pub query: String,
    pub now: DateTime<Utc>,
    pub zone: Zone,
    pub meetings: Finder,
}

impl Gatherer {
    pub fn commands(&self, kept: &Kept, offered: &[PaletteCommand]) -> Vec<Scored> {
        let all = self.offered(kept, offered, false);
        // Without words everything is shown, as the window lists it.
        if self.query.is_empty() { all } else { best(all, COMMANDS) }
    }

    pub fn settings(&self, kept: &Kept, offered: &[PaletteCommand]) -> Vec<Scored> {
        best(self.offered(kept, offered, true), SETTINGS)
    }

    fn offered(&self, kept: &Kept, offered: &[PaletteCommand], setting: bool) -> Vec<Scored> {
        let what = if setting { What::Setting } else { What::Command };
        let scored = |one: &PaletteCommand| {
            let place = score(one.fit(&self.query)?, kept.used(what, &one.id), self.now);
            Some((place, one.entry()))
        };
        offered.iter().filter(|one| one.setting == setting).filter_map(scored).collect()
    }

    pub fn people(&self, db: &Connection, kept: &Kept) -> StoreResult<Vec<Scored>> {
        let mut found: Vec<PersonHit> =
            people_search::search_people(db, &self.words, PEOPLE)?.into_iter().map(hit).collect();
        let searched = found.len();
        for (id, _) in self.chosen(kept, What::Person) {
            if found.iter().all(|one| one.id != id) {
                found.extend(person(db, &id)?);
            }
        }
        let place = |(index, hit): (usize, PersonHit)| {
            let more = [hit.company.as_deref(), hit.email.as_deref()];
            let fit = self.fit(&hit.name, more, index < searched)?;
            Some((score(fit, kept.used(What::Person, &hit.id), self.now), PaletteEntry::Person { hit }))
        };
        Ok(best(found.into_iter().enumerate().filter_map(place).collect(), PEOPLE))
    }

    pub fn meetings(&self, db: &Connection, kept: &Kept) -> StoreResult<Vec<Scored>> {
        let mut found = self.meetings.found(db, &self.words, MEETINGS)?;
        let searched = found.len();
        let more: Vec<String> = self
            .chosen(kept, What::Meeting)
            .map(|(id, _)| id)
            .filter(|id| found.iter().all(|one| one.row.id != *id))
            .collect();
        found.extend(self.meetings.named(db, &more)?);
        let place = |(index, hit): (usize, MeetingHit)| {
            let more = hit.row.people.iter().flat_map(|one| [Some(one.name.as_str()), one.company.as_deref()]);
            let fit = self.fit(&hit.row.topic, more, index < searched)?;
            let used = kept.used(What::Meeting, &hit.row.id);
            Some((score(fit, used, self.now), PaletteEntry::Meeting { hit: Box::new(hit) }))
        };
        Ok(best(found.into_iter().enumerate().filter_map(place).collect(), MEETINGS))
    }

    pub fn calls(&self, db: &Connection, kept: &Kept) -> StoreResult<Vec<Scored>> {
        let most = u32::try_from(CALLS).unwrap_or(u32::MAX);
        let now_ms = self.now.timestamp_millis();
        let mut found = calls::found(db, &self.words, most, now_ms)?;
        let searched = found.len();
        let more: Vec<String> = self
            .chosen(kept, What::Call)
            .map(|(id, _)| id)
            .filter(|id| found.iter().all(|one| one.id != *id))
            .collect();
        let mut named = calls::rows_of(db, &more.iter().map(String::as_str).collect::<Vec<_>>(), now_ms)?;
        found.extend(more.iter().filter_map(|id| named.remove(id)));
        let place = |(index, row): (usize, CallRow)| {
            let fit = self.fit(&row.who, [row.company.as_deref(), row.number.as_deref()], index < searched)?;
            let used = kept.used(What::Call, &row.id);
            Some((score(fit, used, self.now), PaletteEntry::Call { row: Box::new(row) }))
        };
        Ok(best(found.into_iter().enumerate().filter_map(place).collect(), CALLS))
    }

    pub fn webinars(&self, db: &Connection, kept: &Kept) -> StoreResult<Vec<Scored>> {
        let place = |record: WebinarRecord| {
            let fit = Fit::of(&self.query, &folded(&record.topic))?;
            Some((score(fit, kept.used(What::Webinar, &record.key), self.now), record))
        };
        let mut fitting: Vec<(f64, WebinarRecord)> =
            webinars::all(db)?.into_iter().filter(|one| one.gone_utc_ms.is_none()).filter_map(place).collect();
        // Of equal ones the latest first; a series without times is always to come.
        let start = |record: &WebinarRecord| record.start_utc_ms.unwrap_or(i64::MAX);
        fitting.sort_by(|one, other| other.0.total_cmp(&one.0).then(start(&other.1).cmp(&start(&one.1))));
        fitting.truncate(WEBINARS);
        let (places, records): (Vec<f64>, Vec<WebinarRecord>) = fitting.into_iter().unzip();
        let rows = rows_of(db, &records, self.now, self.zone)?.into_iter();
        Ok(places.into_iter().zip(rows.map(|row| PaletteEntry::Webinar { row: Box::new(row) })).collect())
    }

    /// What is used most, of every kind, as far as it is still there.
    pub fn used(&self, db: &Connection, kept: &Kept, offered: &[PaletteCommand]) -> StoreResult<Vec<Scored>> {
        let mut used: Vec<Scored> = Vec::new();
        for (what, setting) in [(What::Command, false), (What::Setting, true)] {
            for (id, worth) in kept.of(what, self.now) {
                let command = offered.iter().find(|one| one.setting == setting && one.id == id);
                used.extend(command.map(|command| (worth.now(self.now), command.entry())));
            }
        }
        let worth = |what, id: &str| kept.used(what, id).map_or(0.0, |one| one.now(self.now));
        let ids = |what| -> Vec<String> { kept.of(what, self.now).into_iter().take(USED).map(|(id, _)| id).collect() };
        for hit in self.meetings.named(db, &ids(What::Meeting))? {
            used.push((worth(What::Meeting, &hit.row.id), PaletteEntry::Meeting { hit: Box::new(hit) }));
        }
        for id in ids(What::Person) {
            used.extend(person(db, &id)?.map(|hit| (worth(What::Person, &id), PaletteEntry::Person { hit })));
        }
        let keys = ids(What::Call);
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        for row in calls::rows_of(db, &keys, self.now.timestamp_millis())?.into_values() {
            used.push((worth(What::Call, &row.id), PaletteEntry::Call { row: Box::new(row) }));
        }
        let mut records = Vec::new();
        for id in ids(What::Webinar) {
            records.extend(webinars::get(db, &id)?);
        }
        for row in rows_of(db, &records, self.now, self.zone)? {
            if row.progress != WebinarProgress::Deleted {
                used.push((worth(What::Webinar, &row.id), PaletteEntry::Webinar { row: Box::new(row) }));
            }
        }
        Ok(best(used, USED))
    }

    fn chosen(&self, kept: &Kept, what: What) -> impl Iterator<Item = (String, Use)> {
        kept.of(what, self.now).into_iter().take(CHOSEN)
    }

    /// How something fits by its title, or by its title and what else is known of it. What a search has found fits in
    /// some way, whatever is seen here.
    fn fit<'a>(&self, title: &str, more: impl IntoIterator<Item = Option<&'a str>>, found: bool) -> Option<Fit> {
        let title = folded(title);
        Fit::of(&self.query, &title)
            .or_else(|| {
                let all = more.into_iter().flatten().fold(title, |all, part| format!("{all} {}", folded(part)));
                Fit::of(&self.query, &all).map(|fit| fit.min(Fit::Beside))
            })
            .or(found.then_some(Fit::Beside))
    }
}

/// Somebody who was chosen before, as far as they can still be found.
fn person(db: &Connection, id: &str) -> StoreResult<Option<PersonHit>> {
    Ok(people::person(db, id)?.filter(|one| !one.deleted && one.converted_to.is_none()).map(hit))
}

/// The best ones, those of equal worth in the order in which they were found.
fn best(mut entries: Vec<Scored>, most: usize) -> Vec<Scored> {
    entries.sort_by(|one, other| other.0.total_cmp(&one.0));
    entries.truncate(most);
    entries
}
