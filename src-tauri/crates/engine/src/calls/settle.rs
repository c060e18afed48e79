//! Whose calls they are: every call that was not matched yet, and every unlinked one of whose line something new is
//! known. What the user decided is never touched.
//!
//! A link that comes later than its call carries the run that made it, so that all of a run can be shown and taken back.

use std::sync::Arc;

use liaison_domain::PersonRef;
use liaison_domain::calls::Outcome;
use liaison_domain::matching::{
    self, Candidate, Context as Known, Dialled, Followed, INTENT_AFTER_MS, INTENT_BEFORE_MS, Object, Question, Reach,
    Record, Remembered, Verdict,
};
use liaison_domain::phone::{LineKey, NoNumber, PhoneNumber, Region, Regions};
use liaison_store::tables::call_links::{self, CallLink, Decision, LinkedRecord};
use liaison_store::tables::calls::{self as table, CallRow, Settled, Standing};
use liaison_store::tables::number_choices::{self, NumberChoice};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::people_phones::{self, PhoneRules};
use liaison_store::tables::{companies, cursors, dial_intents, links, meetings};
use liaison_store::{Connection, StoreResult, Transaction};

use super::stored::{Details, REASON, Reason};
use super::{region, take};
use crate::context::Context;
use crate::failure::Error;
use crate::people::COMPANIES;

/// Calls of one transaction: others wait for it.
const AT_ONCE: u32 = 500;
/// Endings of one transaction.
const ENDINGS_AT_ONCE: u32 = 200;
/// Cursors that are complete once it is known who is in Salesforce.
const PEOPLE: [&str; 3] = ["salesforce.leads", "salesforce.contacts", COMPANIES];
/// Its completion tells that calls were matched with all people once: what is linked after it comes late.
const MATCHED: &str = "calls.matched";

/// Matches everything that waits for it; answers whether any call changed.
pub(super) async fn run(cx: &Arc<Context>) -> Result<bool, Error> {
    let (now_ms, run_id) = (cx.now_ms(), uuid::Uuid::new_v4().to_string());
    let mut changed = false;
    loop {
        let run_id = run_id.clone();
        let step = cx
            .store
            .write(move |tx| {
                if !is_anybody_known(tx)? {
                    return Ok(Step::Wait);
                }
                let late = cursors::get(tx, MATCHED)?.is_some();
                let waiting = table::unmatched(tx, AT_ONCE)?;
                for row in &waiting {
                    settle(tx, &take::reread(tx, row)?, now_ms, None)?;
                }
                let endings = people_phones::news(tx, ENDINGS_AT_ONCE)?;
                let mut linked = false;
                for ending in &endings {
                    for row in table::unlinked_by_ending(tx, *ending)? {
                        linked |= settle(tx, &row, now_ms, late.then_some(run_id.as_str()))?;
                    }
                }
                people_phones::dealt_with(tx, &endings)?;
                if waiting.is_empty() && endings.is_empty() {
                    if !late {
                        cursors::complete(tx, MATCHED, "", now_ms)?;
                    }
                    return Ok(Step::Done);
                }
                Ok(Step::More { changed: !waiting.is_empty() || linked })
            })
            .await?;
        match step {
            Step::More { changed: more } => changed |= more,
            Step::Done | Step::Wait => return Ok(changed),
        }
    }
}

enum Step {
    /// Nobody is known yet, so nobody would be found.
    Wait,
    More {
        changed: bool,
    },
    Done,
}

fn is_anybody_known(db: &Connection) -> StoreResult<bool> {
    for name in PEOPLE {
        if cursors::get(db, name)?.and_then(|cursor| cursor.complete_utc_ms).is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Makes the lines of people anew when rules or region are others than those they were made by. `computer` is the
/// country that this computer is set to.
pub(super) fn follow_rules(tx: &Transaction<'_>, computer: Option<&str>) -> StoreResult<()> {
    let made = people_phones::rules(tx)?;
    let region = region::used(tx, computer)?.map(|(code, _)| code).unwrap_or_default();
    let wanted = PhoneRules::now(&region);
    if made != wanted {
        tracing::info!(rules = wanted.rules, region = wanted.region, "the lines of people are made anew");
        people_phones::rebuild(tx, &wanted)?;
        table::match_all_again(tx)?;
    }
    Ok(())
}

/// For whom numbers without a country code are read.
pub(super) fn regions(db: &Connection) -> StoreResult<Regions> {
    Ok(Regions::of_user(Region::from_iso(&people_phones::rules(db)?.region)))
}

/// Finds out whose call it is and notes it; answers whether a rule has linked it now.
pub(super) fn settle(tx: &Transaction<'_>, row: &CallRow, now_ms: i64, run_id: Option<&str>) -> StoreResult<bool> {
    let key = row.call.key.as_str();
    let decided = call_links::get(tx, key)?;
    let (settled, link) = match decided {
        Some(CallLink { decision: Decision::Ignored, .. }) => (standing(Standing::Ignored, false), None),
        Some(CallLink { record: Some(record), .. }) => (linked(tx, &record)?, None),
        decided => {
            let verdict = verdict(tx, row, now_ms)?;
            let taken_away = decided.is_some();
            match verdict {
                Verdict::Linked { record, name, why } if !taken_away => {
                    let record = LinkedRecord { kind: record.object.name().to_owned(), id: record.id, name };
                    let link = CallLink {
                        call_key: key.to_owned(),
                        decision: Decision::Automatic,
                        record: Some(record.clone()),
                        version: REASON,
                        reason_json: serde_json::to_string(&Reason { rule: Some(why) }).unwrap_or_default(),
                        run_id: run_id.map(ToOwned::to_owned),
                        decided_utc_ms: now_ms,
                    };
                    (linked(tx, &record)?, Some(link))
                }
                verdict => (unlinked(&verdict, row), None),
            }
        }
    };
    table::settle(tx, key, &settled)?;
    if let Some(link) = &link {
        call_links::put(tx, link)?;
    }
    Ok(link.is_some())
}

fn standing(standing: Standing, to_link: bool) -> Settled {
    Settled { standing, to_link, record_id: None, record_name: None, company: None }
}

fn linked(db: &Connection, record: &LinkedRecord) -> StoreResult<Settled> {
    let (name, company) = if record.kind == Object::Account.name() {
        (companies::get(db, &record.id)?.map(|company| company.name), None)
    } else {
        let person = people::person(db, &format!("{}:{}", record.kind, record.id))?;
        person.map_or((None, None), |person| (Some(person.name), person.company))
    };
    Ok(Settled {
        standing: Standing::Linked,
        to_link: false,
        record_id: Some(record.id.clone()),
        record_name: Some(name.unwrap_or_else(|| record.name.clone())),
        company,
    })
}

fn unlinked(verdict: &Verdict, row: &CallRow) -> Settled {
    let asks = Outcome::named(&row.call.outcome).is_mine() && !Details::read(&row.call.details_json).spam;
    match verdict {
        Verdict::Ignored { .. } => standing(Standing::Ignored, false),
        Verdict::Switchboard { .. } => standing(Standing::Switchboard, asks),
        Verdict::Nobody => standing(Standing::Nobody, asks),
        Verdict::Internal => standing(Standing::Internal, false),
        Verdict::NoNumber(_) => standing(Standing::NoNumber, false),
        // A winner whose link the user took away is asked about.
        Verdict::Ask(_) | Verdict::Linked { .. } => standing(Standing::Ask, asks),
    }
}

/// The number at the other end of a call, or why there is none.
pub(super) fn reached(row: &CallRow, regions: Regions) -> Result<PhoneNumber, NoNumber> {
    let details = Details::read(&row.call.details_json);
    take::number(row.call.number.as_deref(), details.hidden, regions)
}

/// Asks the ladder.
pub(super) fn verdict(db: &Connection, row: &CallRow, now_ms: i64) -> StoreResult<Verdict> {
    let regions = regions(db)?;
    let number = reached(row, regions);
    let reach = match &number {
        _ if row.call.internal => Reach::Internal,
        Ok(number) => Reach::Number(number),
        Err(reason) => Reach::None(*reason),
    };
    let Reach::Number(number) = reach else {
        return Ok(matching::whose(Question {
            reach,
            dialled: None,
            remembered: None,
            candidates: Vec::new(),
            now_ms,
        }));
    };
    let clicks = if row.call.outbound { clicks(db, row.call.start_utc_ms)? } else { Vec::new() };
    let dialled = matching::dialled_for(number, row.call.start_utc_ms, &clicks);
    let remembered = remembered(db, number)?.map(|choice| meaning(&choice));
    let candidates = candidates(db, number, regions)?;
    let question = Question { reach, dialled, remembered: remembered.as_ref(), candidates, now_ms };
    Ok(matching::whose(question))
}

/// What was dialled around a moment.
fn clicks(db: &Connection, start_ms: i64) -> StoreResult<Vec<Dialled>> {
    let intents =
        dial_intents::between(db, start_ms.saturating_sub(INTENT_AFTER_MS), start_ms.saturating_add(INTENT_BEFORE_MS))?;
    let dialled = intents.into_iter().filter_map(|intent| {
        Some(Dialled {
            record: Record { object: Object::named(&intent.record.kind)?, id: intent.record.id },
            name: intent.record.name,
            number: take::number(Some(&intent.line), false, Regions::default()).ok()?,
            at_ms: intent.dialled_utc_ms,
        })
    });
    Ok(dialled.collect())
}

/// What the user decided for a line, however it is spelled; for the extension before the whole line.
pub(super) fn remembered(db: &Connection, number: &PhoneNumber) -> StoreResult<Option<NumberChoice>> {
    let lines: Vec<LineKey> = std::iter::once(number.key()).chain(number.alias_keys().map(|(line, _)| line)).collect();
    for extension in [number.extension().unwrap_or_default(), ""] {
        for line in &lines {
            if let Some(choice) = number_choices::get(db, &line.to_string(), extension)? {
                return Ok(Some(choice));
            }
        }
    }
    Ok(None)
}

fn meaning(choice: &NumberChoice) -> Remembered {
    let since_ms = choice.decided_utc_ms;
    let record = choice.record.as_ref().and_then(|record| {
        Some((Record { object: Object::named(&record.kind)?, id: record.id.clone() }, record.name.clone()))
    });
    match record {
        Some((record, name)) => Remembered::Always { record, name, since_ms },
        None => Remembered::Ignore { since_ms },
    }
}

/// Everybody whose number it may be.
pub(super) fn candidates(db: &Connection, number: &PhoneNumber, regions: Regions) -> StoreResult<Vec<Candidate>> {
    let lines: Vec<i64> = std::iter::once(number.key())
        .chain(number.alias_keys().map(|(line, _)| line))
        .filter_map(|line| i64::try_from(line.digits()).ok())
        .collect();
    let ending = i64::try_from(number.ending()).unwrap_or_default();
    let mut found = Vec::new();
    for person in people_phones::candidates(db, &lines, ending)? {
        let fields = person.phones.iter().map(|phone| (phone.field.as_str(), phone.number.as_str()));
        let evidence = matching::evidence(number, fields, regions);
        if !evidence.is_empty() {
            found.push((person, evidence));
        }
    }
    let mut companies = Vec::new();
    for company in companies::candidates(db, &lines, ending)? {
        let fields = company.phones.iter().map(|phone| (phone.field.as_str(), phone.number.as_str()));
        let evidence = matching::evidence(number, fields, regions);
        if !evidence.is_empty() {
            companies.push((company, evidence));
        }
    }
    let several = found.len() + companies.len() > 1;
    let mut candidates = Vec::with_capacity(found.len());
    for (person, evidence) in found {
        let Some((person, followed)) = today(db, person)? else { continue };
        let Some(record) = person_ref(&person.id) else { continue };
        candidates.push(Candidate {
            // The context only orders, so of one alone it is not asked.
            context: if several { context(db, &person.salesforce_id)? } else { Known::default() },
            record: Record { object: object(record.kind), id: record.id },
            name: person.name,
            account_id: person.account_id,
            company: person.company,
            do_not_call: person.do_not_call,
            followed,
            evidence,
        });
    }
    for (company, evidence) in companies {
        candidates.push(Candidate {
            context: if several { context(db, &company.id)? } else { Known::default() },
            record: Record { object: Object::Account, id: company.id.clone() },
            name: company.name,
            account_id: Some(company.id),
            company: None,
            do_not_call: false,
            followed: None,
            evidence,
        });
    }
    Ok(candidates)
}

/// Who stands for somebody today, and how; nobody when the one who does is not here.
fn today(db: &Connection, person: PersonRecord) -> StoreResult<Option<(PersonRecord, Option<Followed>)>> {
    let id = people::successor(db, &person.id)?;
    if id == person.id {
        return Ok(Some((person, None)));
    }
    let followed = if person.converted_to.is_some() { Followed::Converted } else { Followed::Merged };
    match people::person(db, &id)?.filter(|person| !person.deleted) {
        Some(successor) => Ok(Some((successor, Some(followed)))),
        // The Contact may be one that the user does not see; the Lead is all there is.
        None => Ok(Some((person, None))),
    }
}

fn context(db: &Connection, salesforce_id: &str) -> StoreResult<Known> {
    let called = table::of_record(db, salesforce_id, 1)?.first().map(|row| row.call.start_utc_ms);
    let met_ms = met(db, salesforce_id)?;
    Ok(Known { open_opportunity: false, met_ms, touched_ms: met_ms.max(called) })
}

/// The last meeting with somebody that has begun or is planned.
pub(super) fn met(db: &Connection, salesforce_id: &str) -> StoreResult<Option<i64>> {
    let mut last = None;
    for link in links::links_of_record(db, salesforce_id)? {
        let start = meetings::meeting(db, &link.zoom_key)?.and_then(|meeting| meeting.start_utc_ms);
        last = last.max(start);
    }
    Ok(last)
}

pub(super) fn person_ref(id: &str) -> Option<PersonRef> {
    id.parse().ok()
}

pub(super) fn object(kind: liaison_domain::RecordKind) -> Object {
    match kind {
        liaison_domain::RecordKind::Lead => Object::Lead,
        liaison_domain::RecordKind::Contact => Object::Contact,
    }
}

/// Everybody who has the number, as if nothing were decided yet.
pub(super) fn everybody(db: &Connection, row: &CallRow, now_ms: i64) -> StoreResult<Vec<matching::Choice>> {
    let regions = regions(db)?;
    let Ok(number) = reached(row, regions) else { return Ok(Vec::new()) };
    Ok(matching::ranked(candidates(db, &number, regions)?, now_ms))
}
