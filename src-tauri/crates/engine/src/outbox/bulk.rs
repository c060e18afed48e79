//! Rows by the thousand: one job of Salesforce's Bulk API 2.0 takes them, of any kind that can go that way.
//!
//! The job's id is stored with its rows before their data leaves; whoever comes after, this process or the next, goes
//! on with that job and never makes a second one for them. A job is looked at now and then, its results are written
//! down row by row, and what it does not tell is looked up by our key like any lost answer. Nothing waits in here: the
//! lane comes back when a look is due.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_salesforce::{
    BulkJob, BulkRow, BulkState, Disposition, FieldName, ObjectName, Polling, Record, Resolution, SalesforceError,
    SalesforceId, Sheet,
};
use liaison_store::tables::outbox::{self, Job, OutboxRecord};

use super::kind::{InBulk, Kinds, NotInBulk, Outcome, Prepared};
use super::lane::write;
use super::reason::Wait;
use super::settle::{self, pause};
use crate::context::{Context, SalesforceAccount};
use crate::terms::Tag;

/// Where more rows than these wait, they go in a job.
pub(super) const MORE_THAN: u32 = 2_000;
/// Rows of one job.
pub(super) const MOST: u32 = 10_000;
/// Who looks at a job has it for so long.
pub(super) const LEASE: TimeDelta = TimeDelta::minutes(5);
/// After a refusal of jobs rows go in requests for so long.
const REFUSED_FOR: TimeDelta = TimeDelta::hours(1);
/// Rows that are settled in one transaction.
const SETTLED: usize = 500;
/// One look, and no waiting in it.
const ONE_LOOK: Polling =
    Polling { first: std::time::Duration::ZERO, longest: std::time::Duration::ZERO, total: std::time::Duration::ZERO };
/// Batches of the org's day that are left to others.
const SPARED: i64 = 100;

/// Where jobs were refused: learned anew after an hour, and after a restart.
#[derive(Default)]
pub(super) struct Refused(Mutex<HashMap<(String, String), i64>>);

impl Refused {
    pub fn is_now(&self, row: &OutboxRecord, now_ms: i64) -> bool {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&(row.target.clone(), row.kind.clone())).is_some_and(|until| now_ms < *until)
    }

    fn note(&self, target: &str, kind: &str, now: DateTime<Utc>) {
        let until = (now + REFUSED_FOR).timestamp_millis();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((target.to_owned(), kind.to_owned()), until);
    }
}

/// A job for claimed rows of one kind.
pub(super) async fn start(cx: &Arc<Context>, rows: Vec<OutboxRecord>) {
    let kinds = cx.state::<Kinds>();
    let Some(first) = rows.first().cloned() else { return };
    let Some(in_bulk) = kinds.named(&first.kind).and_then(|kind| kind.in_bulk()) else { return };
    let Some(account) = cx.salesforce() else {
        let now = cx.now();
        return settle_all(cx, &rows, |row| pause(now, row.attempts, Wait::SignIn)).await;
    };
    let work = Work { cx, account: &account, in_bulk };
    let prepared = match in_bulk.prepare(cx, &rows).await {
        Ok(prepared) => prepared,
        Err(NotInBulk::Requests) => return work.in_requests(&rows).await,
        Err(NotInBulk::Failed(error)) => return work.not_sent(&rows, &error).await,
    };
    let (rows, records) = work.settled_before(rows, prepared).await;
    if rows.is_empty() {
        return;
    }
    if !work.may_make_jobs().await {
        return work.in_requests(&rows).await;
    }
    let Some((sheet, rows)) = work.sheet(rows, records).await else { return };
    let job = match work.create().await {
        Ok(job) => job,
        // A job without data does nothing, whether it was made or not.
        Err(error) if is_refusal(&error) => {
            tracing::info!(%error, "jobs are refused: rows go in requests");
            return work.in_requests(&rows).await;
        }
        Err(error) => return work.not_sent(&rows, &error).await,
    };
    let ids: Vec<String> = rows.iter().map(|row| row.op_id.clone()).collect();
    let noted = Job {
        job_id: job.to_string(),
        target: first.target,
        kind: first.kind,
        given: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        looks: 0,
        look_utc_ms: (cx.now() + LEASE).timestamp_millis(),
        created_utc_ms: cx.now_ms(),
    };
    let stored = noted.clone();
    let kept = cx.store.write(move |tx| {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        outbox::begin_job(tx, &stored, &ids)
    });
    if let Err(error) = kept.await {
        tracing::error!(%error, "a job could not be noted: it gets no data");
        let now = cx.now();
        return settle_all(cx, &rows, |row| pause(now, row.attempts, Wait::Trouble)).await;
    }
    cx.changed(&[Tag::Outbox]);
    work.hand_over(&noted, job, rows, sheet).await;
}

/// Goes on with a job that has rows: gives it its data if it has none yet, or reads what became of them.
pub(super) async fn go_on(cx: Arc<Context>, job: Job) {
    let (kinds, id) = (cx.state::<Kinds>(), job.job_id.clone());
    let in_bulk = kinds.named(&job.kind).and_then(|kind| kind.in_bulk());
    let (Some(in_bulk), Some(account), Ok(id)) = (in_bulk, cx.salesforce(), id.parse::<SalesforceId>()) else { return };
    let work = Work { cx: &cx, account: &account, in_bulk };
    match account.api.await_ingest_job(id, &ONE_LOOK).await {
        Ok(told) if told.state.is_final() => work.finish(&job, &told).await,
        Ok(told) if told.state == BulkState::Open => work.data_again(&job, id).await,
        Ok(_) => look_later(&cx, &job).await,
        Err(error) if error.is_gone() => {
            tracing::warn!(%error, "a job is gone: its rows are looked up");
            work.settle_left(&job, |_| Outcome::Unknown).await;
        }
        Err(error) => {
            tracing::info!(%error, "a job could not be looked at");
            look_later(&cx, &job).await;
        }
    }
}

/// A definite answer that asking again does not change soon.
fn is_refusal(error: &SalesforceError) -> bool {
    matches!(error, SalesforceError::Refused(refusal) if matches!(refusal.disposition(), Disposition::Park { .. }))
        || matches!(error, SalesforceError::Invalid(_))
}

/// The next look, ever later: two seconds, at most half a minute.
async fn look_later(cx: &Arc<Context>, job: &Job) {
    let seconds = 2_i64 << job.looks.min(4);
    let (id, at) = (job.job_id.clone(), (cx.now() + TimeDelta::seconds(seconds.min(30))).timestamp_millis());
    write(cx, move |tx| outbox::look_at(tx, &id, at)).await;
    cx.wake_outbox();
}

/// Writes down what became of rows, some at a time.
async fn settle_all(cx: &Arc<Context>, rows: &[OutboxRecord], outcome: impl Fn(&OutboxRecord) -> Outcome) {
    for chunk in rows.chunks(SETTLED) {
        let outcomes: Vec<Outcome> = chunk.iter().map(&outcome).collect();
        let (kinds, chunk, now, settling) = (cx.state::<Kinds>(), chunk.to_vec(), cx.now(), Arc::clone(cx));
        write(cx, move |tx| match chunk.first().and_then(|row| kinds.named(&row.kind)) {
            Some(kind) => settle::sent(&settling, tx, kind, &chunk, &outcomes, now),
            None => Ok(()),
        })
        .await;
        cx.changed(&[Tag::Outbox]);
    }
}

struct Work<'a> {
    cx: &'a Arc<Context>,
    account: &'a SalesforceAccount,
    in_bulk: &'a dyn InBulk,
}

impl Work<'_> {
    /// Jobs are not for them: they go in requests, now and for a while.
    async fn in_requests(&self, rows: &[OutboxRecord]) {
        let now = self.cx.now();
        if let Some(row) = rows.first() {
            self.cx.state::<Refused>().note(&row.target, &row.kind, now);
        }
        settle_all(self.cx, rows, |_| Outcome::Later { not_before: now, reason: Wait::Turn }).await;
    }

    /// Nothing of them has left.
    async fn not_sent(&self, rows: &[OutboxRecord], error: &SalesforceError) {
        tracing::info!(%error, rows = rows.len(), "a job was not made");
        let now = self.cx.now();
        settle_all(self.cx, rows, |row| match self.in_bulk.failed(self.cx, error, row, now) {
            Outcome::Unknown => pause(now, row.attempts, Wait::Trouble),
            outcome => outcome,
        })
        .await;
    }

    /// Writes down what is settled without a job; answers the rest.
    async fn settled_before(
        &self,
        rows: Vec<OutboxRecord>,
        prepared: Vec<Prepared>,
    ) -> (Vec<OutboxRecord>, Vec<Record>) {
        let (mut go, mut records, mut settled) = (Vec::new(), Vec::new(), HashMap::new());
        let mut stay = Vec::new();
        for (row, prepared) in rows.into_iter().zip(prepared) {
            match prepared {
                Prepared::Goes(record) => {
                    go.push(row);
                    records.push(record);
                }
                Prepared::Settled(outcome) => {
                    settled.insert(row.op_id.clone(), outcome);
                    stay.push(row);
                }
            }
        }
        settle_all(self.cx, &stay, |row| settled.get(&row.op_id).cloned().unwrap_or(Outcome::Unknown)).await;
        (go, records)
    }

    /// The data of a job. A row that has no place in it goes another way, and one too many waits for the next.
    async fn sheet(&self, rows: Vec<OutboxRecord>, records: Vec<Record>) -> Option<(Sheet, Vec<OutboxRecord>)> {
        let now = self.cx.now();
        let used: HashSet<&str> = records.iter().flat_map(Record::fields).collect();
        let columns = self.in_bulk.columns().iter().filter(|name| used.contains(**name));
        let columns = columns.filter_map(|name| FieldName::new(*name).ok()).collect();
        let mut sheet = Sheet::new(columns).ok()?;
        let (mut taken, mut alone, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for (row, record) in rows.into_iter().zip(&records) {
            match sheet.push(record) {
                Ok(true) => taken.push(row),
                Ok(false) => left.push(row),
                Err(error) => {
                    tracing::info!(%error, "a row can't stand in a sheet");
                    alone.push(row);
                }
            }
        }
        settle_all(self.cx, &alone, |_| Outcome::Alone).await;
        settle_all(self.cx, &left, |_| Outcome::Later { not_before: now, reason: Wait::Turn }).await;
        (!taken.is_empty()).then_some((sheet, taken))
    }

    /// Whether the org has batches left; who may not know it tries.
    async fn may_make_jobs(&self) -> bool {
        match self.account.api.limits().await {
            Ok(Some(limits)) => limits.get("DailyBulkApiBatches").is_none_or(|limit| limit.remaining > SPARED),
            Ok(None) | Err(_) => true,
        }
    }

    async fn create(&self) -> Result<SalesforceId, SalesforceError> {
        let (Ok(object), Some(operation)) = (ObjectName::new(self.in_bulk.object()), self.in_bulk.operation()) else {
            return Err(SalesforceError::Mismatch { operation: "POST /jobs/ingest", reason: "a name is none" });
        };
        let made = self.account.api.create_ingest_job(&object, &operation).await?;
        Ok(made.id)
    }

    /// Data, then the word to begin. What fails is looked into at the next look.
    async fn hand_over(&self, job: &Job, id: SalesforceId, rows: Vec<OutboxRecord>, sheet: Sheet) {
        match self.account.api.upload_ingest_data(id, sheet).await {
            Ok(()) => {
                let (id, given) = (job.job_id.clone(), u32::try_from(rows.len()).unwrap_or(u32::MAX));
                write(self.cx, move |tx| outbox::given_anew(tx, &id, given)).await;
            }
            Err(error) if has_its_data(&error) => {}
            Err(error) if is_refusal(&error) => {
                tracing::warn!(%error, "a job's data was refused");
                return self.give_up(job, id, &rows).await;
            }
            Err(error) => {
                tracing::info!(%error, "a job's data may not have arrived");
                return look_later(self.cx, job).await;
            }
        }
        if let Err(error) = self.account.api.close_ingest_job(id).await {
            tracing::info!(%error, "a job may not have been closed");
        }
        look_later(self.cx, job).await;
    }

    /// A job that has not begun: its data never came, or was never said to be all.
    async fn data_again(&self, job: &Job, id: SalesforceId) {
        let job_id = job.job_id.clone();
        let rows = match self.cx.store.read(move |db| outbox::job_rows(db, &job_id)).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::error!(%error, "the rows of a job could not be read");
                return look_later(self.cx, job).await;
            }
        };
        let prepared = match self.in_bulk.prepare(self.cx, &rows).await {
            Ok(prepared) => prepared,
            Err(NotInBulk::Requests) => return self.give_up(job, id, &rows).await,
            Err(NotInBulk::Failed(error)) => {
                tracing::info!(%error, "a job's data could not be made anew");
                return look_later(self.cx, job).await;
            }
        };
        let (rows, records) = self.settled_before(rows, prepared).await;
        match self.sheet(rows, records).await {
            Some((sheet, rows)) => self.hand_over(job, id, rows, sheet).await,
            None => self.give_up(job, id, &[]).await,
        }
    }

    /// Ends a job that has not begun. Once it has ended, nothing of it has arrived.
    async fn give_up(&self, job: &Job, id: SalesforceId, rows: &[OutboxRecord]) {
        if let Err(error) = self.account.api.abort_ingest_job(id).await {
            tracing::info!(%error, "a job could not be given up yet");
            return look_later(self.cx, job).await;
        }
        self.in_requests(rows).await;
        self.settle_left(job, |_| Outcome::Unknown).await;
    }

    /// What became of the rows of a job that is over.
    async fn finish(&self, job: &Job, told: &BulkJob) {
        if told.state != BulkState::JobComplete {
            tracing::warn!(state = told.state.as_str(), "a job failed: what it has not done goes in requests");
            self.cx.state::<Refused>().note(&job.target, &job.kind, self.cx.now());
        }
        let given = usize::try_from(job.given).unwrap_or(usize::MAX);
        let results = match self.account.api.ingest_results(told, given).await {
            Ok(results) => results,
            Err(error) if matches!(error, SalesforceError::Mismatch { .. }) || error.is_gone() => {
                tracing::warn!(%error, "a job does not tell what became of its rows: they are looked up");
                Vec::new()
            }
            Err(error) => {
                tracing::info!(%error, "a job's results could not be read");
                return look_later(self.cx, job).await;
            }
        };
        let by_key: HashMap<String, BulkRow> =
            results.into_iter().filter_map(|row| Some((self.in_bulk.told_of(&row)?, row))).collect();
        let now = self.cx.now();
        self.settle_left(job, |row| {
            self.outcome(row, self.in_bulk.known_by(row).and_then(|key| by_key.get(&key)), now)
        })
        .await;
    }

    fn outcome(&self, row: &OutboxRecord, result: Option<&BulkRow>, now: DateTime<Utc>) -> Outcome {
        match result.map(|result| &result.outcome) {
            Some(Some(Ok(saved))) => Outcome::Done(self.in_bulk.made(row, saved.id.to_string(), now)),
            // Somebody has made it at the same moment: it is looked up.
            Some(Some(Err(refusal)))
                if matches!(refusal.disposition, Disposition::Resolve(Resolution::DuplicateValue { .. })) =>
            {
                Outcome::Unknown
            }
            Some(Some(Err(refusal))) => self.in_bulk.refused(self.cx, refusal, row, now),
            // The job never got to it.
            Some(None) => Outcome::Later { not_before: now, reason: Wait::Turn },
            None => Outcome::Unknown,
        }
    }

    /// Settles what a job still has, and forgets it. Whoever is stopped in the middle begins again with the rest.
    async fn settle_left(&self, job: &Job, outcome: impl Fn(&OutboxRecord) -> Outcome) {
        let id = job.job_id.clone();
        let rows = match self.cx.store.read(move |db| outbox::job_rows(db, &id)).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::error!(%error, "the rows of a job could not be read");
                return look_later(self.cx, job).await;
            }
        };
        settle_all(self.cx, &rows, outcome).await;
        let id = job.job_id.clone();
        write(self.cx, move |tx| outbox::end_job(tx, &id)).await;
        self.cx.outbox_changed();
    }
}

/// A job takes data once: the answer to the first time was lost.
fn has_its_data(error: &SalesforceError) -> bool {
    matches!(error, SalesforceError::Refused(refusal) if matches!(refusal.disposition(), Disposition::Park { code, .. } if code == "INVALIDJOBSTATE"))
}
