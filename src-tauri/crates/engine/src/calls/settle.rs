//! Whose calls they are: every call that was not matched yet, and every unlinked one of whose line something new is
//! known. What the user decided is never touched.
//!
//! A link that comes later than its call carries the run that made it, so that all of a run can be shown and taken back.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use liaison_domain::calls::Outcome;
use liaison_domain::matching::{Object, Verdict};
use liaison_store::tables::call_links::{self, CallLink, Decision, LinkedRecord};
use liaison_store::tables::calls::{self as table, CallRow, Settled, Standing};
use liaison_store::tables::people::Called;
use liaison_store::tables::people_phones::{self, PhoneRules};
use liaison_store::tables::{calls_search, companies, cursors, people};
use liaison_store::{Connection, StoreResult, Transaction};

use super::stored::{Marks, REASON, Reason};
use super::whose::{Numbers, Order, Whose};
use super::{region, take};
use crate::context::Context;
use crate::failure::Error;
use crate::people::{COMPANIES, CONTACTS, LEADS};

/// Calls of one transaction: others wait for it.
const AT_ONCE: u32 = 2_000;
/// Endings of one transaction.
const ENDINGS_AT_ONCE: u32 = 2_000;
/// Cursors that are complete once it is known who is in Salesforce.
const PEOPLE: [&str; 3] = [LEADS, CONTACTS, COMPANIES];
/// Its completion tells that calls were matched with all people once: what is linked after it comes late. It goes with
/// either copy.
const MATCHED: &str = "calls.matched";

/// Matches everything that waits for it; answers whether any call changed.
pub(super) async fn run(cx: &Arc<Context>) -> Result<bool, Error> {
    let (now_ms, run_id) = (cx.now_ms(), uuid::Uuid::new_v4().to_string());
    let (mut changed, mut numbers) = (false, Numbers::default());
    loop {
        let (run_id, known) = (run_id.clone(), std::mem::take(&mut numbers));
        let step = cx
            .store
            .write(move |tx| {
                if !is_anybody_known(tx)? {
                    calls_search::catch_up(tx)?;
                    return Ok(Step::Wait);
                }
                let late = cursors::get(tx, MATCHED)?.is_some();
                let mut waiting = table::unmatched(tx, AT_ONCE)?;
                calls_search::prepare_for(tx, waiting.len())?;
                let mut whose = Whose::new(tx, Order::Any, now_ms)?.knowing(known);
                for row in &mut waiting {
                    let number = if row.call.internal { None } else { whose.reached(row).ok() };
                    take::reread(tx, row, number.as_ref(), whose.regions())?;
                }
                // A new call is matched when it is taken: what waits after all were matched once is read otherwise now.
                let mut settling = Settling { whose, now_ms, run_id: late.then_some(run_id.as_str()) };
                settling.settle(tx, &waiting)?;
                let endings = people_phones::news(tx, ENDINGS_AT_ONCE)?;
                let unlinked = table::unlinked_by_endings(tx, &endings)?;
                calls_search::prepare_for(tx, unlinked.len())?;
                let linked = settling.settle(tx, &unlinked)?;
                people_phones::dealt_with(tx, &endings)?;
                let numbers = settling.whose.into_numbers();
                if waiting.is_empty() && endings.is_empty() {
                    calls_search::catch_up(tx)?;
                    if !late {
                        cursors::complete(tx, MATCHED, "", now_ms)?;
                    }
                    return Ok(Step::Done);
                }
                Ok(Step::More { changed: !waiting.is_empty() || linked > 0, numbers })
            })
            .await?;
        match step {
            Step::More { changed: more, numbers: read } => {
                changed |= more;
                numbers = read;
            }
            Step::Done | Step::Wait => return Ok(changed),
        }
    }
}

enum Step {
    /// Nobody is known yet, so nobody would be found.
    Wait,
    More {
        changed: bool,
        numbers: Numbers,
    },
    Done,
}

/// Whether all people were here once; before, nobody would be found.
pub(super) fn is_anybody_known(db: &Connection) -> StoreResult<bool> {
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

/// Finds out whose call it is and notes it.
pub(super) fn settle(tx: &Transaction<'_>, row: &CallRow, now_ms: i64) -> StoreResult<()> {
    all(tx, std::slice::from_ref(row), now_ms)
}

/// As [`settle`], of many.
pub(super) fn all(tx: &Transaction<'_>, rows: &[CallRow], now_ms: i64) -> StoreResult<()> {
    let whose = Whose::new(tx, Order::Any, now_ms)?;
    Settling { whose, now_ms, run_id: None }.settle(tx, rows).map(drop)
}

/// Notes of calls whose they are.
struct Settling<'a> {
    whose: Whose<'a>,
    now_ms: i64,
    run_id: Option<&'a str>,
}

/// What a call came to.
enum Came {
    Ignored,
    Linked { record: LinkedRecord, new: Option<CallLink> },
    Unlinked(Verdict),
}

impl Settling<'_> {
    /// Answers how many a rule has linked now.
    fn settle(&mut self, tx: &Transaction<'_>, rows: &[CallRow]) -> StoreResult<usize> {
        if rows.is_empty() {
            return Ok(0);
        }
        let keys: Vec<&str> = rows.iter().map(|row| row.call.key.as_str()).collect();
        let mut decided: HashMap<String, CallLink> =
            call_links::of_calls(tx, &keys)?.into_iter().map(|link| (link.call_key.clone(), link)).collect();
        self.whose.ask(rows.iter().filter(|row| !decided.get(&row.call.key).is_some_and(is_final)))?;
        let mut came = Vec::with_capacity(rows.len());
        for row in rows {
            let link = decided.remove(&row.call.key);
            came.push(self.came(row, link)?);
        }
        let names = Names::of(tx, &came)?;
        let mut linked = 0;
        for (row, came) in rows.iter().zip(&came) {
            let settled = match came {
                Came::Ignored => standing(Standing::Ignored, false),
                Came::Linked { record, .. } => names.linked(record),
                Came::Unlinked(verdict) => unlinked(verdict, row),
            };
            table::settle(tx, row, &settled)?;
            if let Came::Linked { new: Some(link), .. } = came {
                call_links::add(tx, link)?;
                linked += 1;
            }
        }
        Ok(linked)
    }

    fn came(&mut self, row: &CallRow, decided: Option<CallLink>) -> StoreResult<Came> {
        let taken_away = match decided {
            Some(CallLink { decision: Decision::Ignored, .. }) => return Ok(Came::Ignored),
            Some(CallLink { record: Some(record), .. }) => return Ok(Came::Linked { record, new: None }),
            decided => decided.is_some(),
        };
        Ok(match self.whose.verdict(row)? {
            Verdict::Linked { record, name, why } if !taken_away => {
                let record = LinkedRecord { kind: record.object.name().to_owned(), id: record.id, name };
                let link = CallLink {
                    call_key: row.call.key.clone(),
                    decision: Decision::Automatic,
                    record: Some(record.clone()),
                    version: REASON,
                    reason_json: serde_json::to_string(&Reason { rule: Some(why) }).unwrap_or_default(),
                    run_id: self.run_id.map(ToOwned::to_owned),
                    decided_utc_ms: self.now_ms,
                };
                Came::Linked { record, new: Some(link) }
            }
            verdict => Came::Unlinked(verdict),
        })
    }
}

/// Whether the ladder has nothing to say about a call any more.
fn is_final(link: &CallLink) -> bool {
    link.decision == Decision::Ignored || link.record.is_some()
}

fn standing(standing: Standing, to_link: bool) -> Settled {
    Settled { standing, to_link, record_id: None, record_name: None, company: None }
}

/// What records are called today.
struct Names {
    people: HashMap<String, Called>,
    companies: HashMap<String, String>,
}

impl Names {
    fn of(db: &Connection, came: &[Came]) -> StoreResult<Self> {
        let records = came.iter().filter_map(|came| match came {
            Came::Linked { record, .. } => Some(record),
            Came::Ignored | Came::Unlinked(_) => None,
        });
        let (accounts, others): (Vec<&LinkedRecord>, Vec<&LinkedRecord>) =
            records.partition(|record| is_account(record));
        let (accounts, others) = (ids(accounts), ids(others));
        Ok(Self {
            people: if others.is_empty() { HashMap::new() } else { people::called(db, &others)? },
            companies: if accounts.is_empty() { HashMap::new() } else { companies::names(db, &accounts)? },
        })
    }

    fn linked(&self, record: &LinkedRecord) -> Settled {
        let (name, company) = if is_account(record) {
            (self.companies.get(&record.id).cloned(), None)
        } else {
            let called = self.people.get(&record.id);
            (called.map(|called| called.name.clone()), called.and_then(|called| called.company.clone()))
        };
        Settled {
            standing: Standing::Linked,
            to_link: false,
            record_id: Some(record.id.clone()),
            record_name: Some(name.unwrap_or_else(|| record.name.clone())),
            company,
        }
    }
}

/// Each of them once.
fn ids(records: Vec<&LinkedRecord>) -> Vec<&str> {
    let ids: BTreeSet<&str> = records.into_iter().map(|record| record.id.as_str()).collect();
    ids.into_iter().collect()
}

fn is_account(record: &LinkedRecord) -> bool {
    record.kind == Object::Account.name()
}

fn unlinked(verdict: &Verdict, row: &CallRow) -> Settled {
    let asks = || Outcome::named(&row.call.outcome).is_mine() && !Marks::read(&row.call.details_json).spam;
    match verdict {
        Verdict::Ignored { .. } => standing(Standing::Ignored, false),
        Verdict::Switchboard { .. } => standing(Standing::Switchboard, asks()),
        Verdict::Nobody => standing(Standing::Nobody, asks()),
        Verdict::Internal => standing(Standing::Internal, false),
        Verdict::NoNumber(_) => standing(Standing::NoNumber, false),
        // A winner whose link the user took away is asked about.
        Verdict::Ask(_) | Verdict::Linked { .. } => standing(Standing::Ask, asks()),
    }
}
