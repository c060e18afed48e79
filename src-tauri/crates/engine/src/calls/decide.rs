//! What the user decides about calls: whose they are, that they are nobody's, and once and for all for a number.
//!
//! Each decision can be taken back as one, until the profile is closed.

mod about;
mod undo;

use liaison_domain::matching::Object;
use liaison_domain::phone::PhoneNumber;
use liaison_store::tables::call_links::{self, CallLink, Decision, LinkedRecord};
use liaison_store::tables::calls::{self as table, CallRow as Stored, Standing};
use liaison_store::tables::number_choices::{self, NumberChoice};
use liaison_store::tables::{companies, people};
use liaison_store::{Connection, StoreError, StoreResult, Transaction};

use super::rows;
use super::settle;
use super::stored::{REASON, Reason};
use super::task::compose::Composer;
use super::task::follow;
use super::view::{CallDecision, CallScope, LateLinks, RememberedNumber};
use super::whose;
use crate::context::Context;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::first_steps::Step;
use crate::terms::UtcMs;
use undo::{Changed, ChangedNumber, decided};

/// Calls of one number that are decided about at once.
const MOST_CALLS: u32 = 10_000;
/// Rows of a difference that are shown.
const MOST_SHOWN: usize = 50;

/// How far a decision reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Call,
    /// All calls of the number for which the user has decided nothing.
    Number,
    /// And those to come.
    Always,
}

impl From<CallScope> for Reach {
    fn from(scope: CallScope) -> Self {
        match scope {
            CallScope::ThisCall => Self::Call,
            CallScope::ThisNumber => Self::Number,
            CallScope::Always => Self::Always,
        }
    }
}

/// What is decided.
#[derive(Clone)]
enum Wish {
    Link(LinkedRecord),
    Ignore,
    Unlink,
}

impl Engine {
    /// A call belongs to a Lead or Contact (`person` as in the search for people), or to an account (`Account:001…`).
    ///
    /// # Errors
    /// [`Error::Gone`] without the call, [`Error::Invalid`] without the person.
    pub async fn link_call(&self, id: String, person: String, scope: CallScope) -> Result<CallDecision, Error> {
        let cx = self.profile().await?;
        let asked = person.clone();
        let Some(record) = cx.store.read(move |db| record(db, &asked)).await? else {
            let problem = Problem::UnknownPerson { name: person };
            return Err(Error::Invalid { issues: vec![FieldIssue { field: Field::People, problem }] });
        };
        let decided = decide(&cx, id, Wish::Link(record), scope.into()).await?;
        cx.note_step(Step::Call).await;
        Ok(decided)
    }

    /// A call is nobody's; with [`CallScope::Always`] neither is any other of its number.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call.
    pub async fn ignore_call(&self, id: String, scope: CallScope) -> Result<CallDecision, Error> {
        let cx = self.profile().await?;
        decide(&cx, id, Wish::Ignore, scope.into()).await
    }

    /// Takes the link of a call away; no rule links it again.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call.
    pub async fn unlink_call(&self, id: String) -> Result<CallDecision, Error> {
        let cx = self.profile().await?;
        decide(&cx, id, Wish::Unlink, Reach::Call).await
    }

    /// What the user decided for numbers once and for all, the latest first.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn remembered_numbers(&self) -> Result<Vec<RememberedNumber>, Error> {
        let cx = self.profile().await?;
        let all = cx
            .store
            .read(|db| {
                let region = whose::regions(db)?.user;
                Ok(number_choices::all(db)?.iter().map(|choice| rows::remembered(choice, region)).collect())
            })
            .await?;
        Ok(all)
    }

    /// Forgets a decision for a number. What was decided about single calls stays; calls that came later and were ignored
    /// by it are asked about again.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is none.
    pub async fn forget_number(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let removed = cx
            .store
            .write(move |tx| {
                let (line, extension) = id.split_once(';').unwrap_or((&id, ""));
                let removed = number_choices::remove(tx, line, extension)?;
                ask_again(tx, line, now_ms)?;
                Ok(removed)
            })
            .await?;
        if removed { Ok(()) } else { Err(Error::Gone) }
    }

    /// Links that came later than their calls, run by run, the latest first.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn late_links(&self) -> Result<Vec<LateLinks>, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let all = cx
            .store
            .read(move |db| {
                let mut all = Vec::new();
                for id in call_links::runs(db)? {
                    let links = call_links::of_run(db, &id)?;
                    let at = links.iter().map(|link| link.decided_utc_ms).max().unwrap_or_default();
                    let total = u32::try_from(links.len()).unwrap_or(u32::MAX);
                    let mut stored = Vec::new();
                    for link in links.iter().take(MOST_SHOWN) {
                        stored.extend(table::get(db, &link.call_key)?);
                    }
                    all.push(LateLinks { id, at: UtcMs(at), rows: rows::rows(db, &stored, now_ms)?, total });
                }
                Ok(all)
            })
            .await?;
        Ok(all)
    }

    /// The user has seen what became known later: it stays.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn accept_late_links(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        cx.store.write(move |tx| call_links::accept_run(tx, &id)).await?;
        Ok(())
    }

    /// Takes all links of a later run away; no rule makes them again.
    ///
    /// # Errors
    /// [`Error::Gone`] when nothing of it is left.
    pub async fn undo_late_links(&self, id: String) -> Result<CallDecision, Error> {
        let cx = self.profile().await?;
        let composer = Composer::of(&cx);
        let changed = cx
            .store
            .write(move |tx| {
                let mut changed = Vec::new();
                for link in call_links::of_run(tx, &id)? {
                    changed.push(put(tx, &link.call_key, &Wish::Unlink, &composer)?);
                }
                Ok(changed)
            })
            .await?;
        if changed.is_empty() {
            return Err(Error::Gone);
        }
        Ok(decided(&cx, changed, None, None))
    }
}

/// The record of a person or an account that a call can be linked to today.
fn record(db: &Connection, id: &str) -> StoreResult<Option<LinkedRecord>> {
    if let Some(id) = id.strip_prefix("Account:") {
        let company = companies::get(db, id)?;
        let kind = Object::Account.name().to_owned();
        return Ok(company.map(|company| LinkedRecord { kind, id: company.id, name: company.name }));
    }
    let person = people::person(db, &people::successor(db, id)?)?.filter(|person| !person.deleted);
    Ok(person.map(|person| LinkedRecord {
        kind: person.record.object().to_owned(),
        id: person.salesforce_id,
        name: person.name,
    }))
}

async fn decide(cx: &Context, id: String, wish: Wish, reach: Reach) -> Result<CallDecision, Error> {
    let composer = Composer::of(cx);
    let (changed, number) = cx
        .store
        .write(move |tx| {
            let row = table::get(tx, &id)?.ok_or(StoreError::NotFound { table: "calls" })?;
            let mut changed = vec![put(tx, &row.call.key, &wish, &composer)?];
            let reached = reached(tx, &row)?;
            let mut remembered = None;
            if let (Some(number), Reach::Number | Reach::Always) = (&reached, reach) {
                if reach == Reach::Always {
                    remembered = Some(remember(tx, number, &wish, composer.now_ms)?);
                }
                for other in open_calls(tx, &row)? {
                    changed.push(put(tx, &other.call.key, &wish, &composer)?);
                }
            }
            Ok((changed, remembered))
        })
        .await?;
    // The Task of a logged call follows.
    cx.wake_outbox();
    Ok(decided(cx, changed, number, None))
}

fn reached(db: &Connection, row: &Stored) -> StoreResult<Option<PhoneNumber>> {
    Ok(whose::reached(row, whose::regions(db)?).ok().filter(|_| !row.call.internal))
}

/// What a Lead that is being made changed.
#[derive(Clone, Default)]
pub(super) struct Linking(Vec<Changed>);

/// A call, and those of its number for which nothing is decided, belong to a Lead that is being made.
pub(super) fn link_to_new(
    tx: &Transaction<'_>,
    composer: &Composer,
    row: &Stored,
    record: &LinkedRecord,
) -> StoreResult<Linking> {
    let wish = Wish::Link(record.clone());
    let others = if reached(tx, row)?.is_some() { open_calls(tx, row)? } else { Vec::new() };
    let all = std::iter::once(row).chain(&others);
    all.map(|call| put(tx, &call.call.key, &wish, composer)).collect::<StoreResult<_>>().map(Linking)
}

/// The making can be taken back as one: links and Lead.
pub(super) fn keep_new(cx: &Context, linking: Linking, op_id: &str) -> CallDecision {
    decided(cx, linking.0, None, Some(op_id.to_owned()))
}

/// The other calls of the line for which neither the user nor a rule has decided.
pub(super) fn open_calls(db: &Connection, row: &Stored) -> StoreResult<Vec<Stored>> {
    let Some(line) = row.call.line else { return Ok(Vec::new()) };
    let mut open = table::of_line(db, line, MOST_CALLS)?;
    open.retain(|other| {
        other.call.key != row.call.key
            && matches!(other.standing, Standing::New | Standing::Ask | Standing::Switchboard | Standing::Nobody)
    });
    Ok(open)
}

fn remember(tx: &Transaction<'_>, number: &PhoneNumber, wish: &Wish, now_ms: i64) -> StoreResult<ChangedNumber> {
    let record = match wish {
        Wish::Link(record) => Some(record.clone()),
        Wish::Ignore | Wish::Unlink => None,
    };
    let after = NumberChoice {
        line: number.key().to_string(),
        extension: number.extension().unwrap_or_default().to_owned(),
        record,
        decided_utc_ms: now_ms,
    };
    let before = number_choices::put(tx, &after)?;
    Ok(ChangedNumber { before, after })
}

/// Another decision counts for a line: the calls that the one before let be nobody's are settled anew. What was decided
/// about one of them alone stays.
fn ask_again(tx: &Transaction<'_>, line: &str, now_ms: i64) -> StoreResult<()> {
    let line = line.trim_start_matches('+').parse::<i64>().ok();
    let calls = line.map(|line| table::of_line(tx, line, MOST_CALLS)).transpose()?.unwrap_or_default();
    let ignored: Vec<Stored> = calls.into_iter().filter(|row| row.standing == Standing::Ignored).collect();
    settle::all(tx, &ignored, now_ms)
}

fn put(tx: &Transaction<'_>, key: &str, wish: &Wish, composer: &Composer) -> StoreResult<Changed> {
    let (decision, record) = match wish {
        Wish::Link(record) => (Decision::Chosen, Some(record.clone())),
        Wish::Ignore => (Decision::Ignored, None),
        Wish::Unlink => (Decision::Unlinked, None),
    };
    let link = CallLink {
        call_key: key.to_owned(),
        decision,
        record,
        version: REASON,
        reason_json: serde_json::to_string(&Reason::default()).unwrap_or_default(),
        run_id: None,
        decided_utc_ms: composer.now_ms,
    };
    let before = call_links::put(tx, &link)?;
    let about = about::follow(tx, key, before.as_ref(), Some(&link), composer.now_ms)?;
    again(tx, key, composer)?;
    Ok(Changed { key: key.to_owned(), before, after: Some(link), about })
}

/// Notes on the row, and on what is written of it, what the decision means.
fn again(tx: &Transaction<'_>, key: &str, composer: &Composer) -> StoreResult<()> {
    if let Some(row) = table::get(tx, key)? {
        settle::settle(tx, &row, composer.now_ms)?;
        follow::link(tx, composer, key)?;
    }
    Ok(())
}
