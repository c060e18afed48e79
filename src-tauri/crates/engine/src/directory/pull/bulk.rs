//! A first pull of many people through a Bulk query.

use std::time::Duration;

use chrono::{DateTime, Utc};
use liaison_salesforce::{
    BULK_PULL_THRESHOLD, BulkLocator, BulkState, Disposition, PeopleCursor, Polling, SalesforceError, SalesforceId,
};
use liaison_store::tables::cursors;
use liaison_transport::TransportError;

use super::{KindPull, OVERLAP, Place, cursor_name, object};
use crate::failure::Error;
use crate::pull::salesforce_failed;

/// Rows of one page of results: a few megabytes.
const ROWS: u32 = 10_000;
/// How long one round looks at a job that still works; the next round looks again.
const PATIENCE: Polling =
    Polling { first: Duration::from_secs(1), longest: Duration::from_secs(5), total: Duration::from_secs(15) };

/// How far a job's results got.
pub(super) enum Outcome {
    /// All are stored; what was touched since goes on from here.
    Stored(PeopleCursor),
    /// Salesforce still works.
    Working,
    /// The job failed or is no longer there.
    Lost,
}

impl KindPull<'_> {
    /// Starts a job where there are many people; `None` where pages do, or where jobs are refused.
    pub(super) async fn begin_bulk(&self) -> Result<Option<Place>, Error> {
        match self.start().await {
            Err(error) if is_for_good(&error) => {
                tracing::info!(%error, "no Bulk query: people come page by page");
                Ok(None)
            }
            outcome => outcome.map_err(salesforce_failed(self.cx)),
        }
    }

    async fn start(&self) -> Result<Option<Place>, SalesforceError> {
        let Ok(object) = object(self.kind) else { return Ok(None) };
        let (count, query) = match self.floor {
            Some(floor) => (self.account.api.count_since(&object, floor).await?, self.queries.people.since(floor)?),
            None => (self.account.api.count(&object).await?, self.queries.people.whole()?),
        };
        if count < BULK_PULL_THRESHOLD {
            return Ok(None);
        }
        let job = self.account.api.start_bulk_query(&query, false).await?;
        Ok(Place::of_job(&job))
    }

    /// Stores the results of a job from where they were left.
    pub(super) async fn bulk(
        &mut self,
        job: SalesforceId,
        created_utc: DateTime<Utc>,
        mut next: Option<BulkLocator>,
    ) -> Result<Outcome, Error> {
        self.keep(&[], &[], Some(Place::Bulk { job, created_utc, next: next.clone() })).await?;
        match self.account.api.await_bulk_query(job, &PATIENCE).await {
            Ok(told) if told.state == BulkState::JobComplete => {}
            Ok(told) if told.state.is_final() => {
                tracing::warn!(state = told.state.as_str(), "a Bulk query failed: people come page by page");
                return self.lost().await;
            }
            Ok(_) => return Ok(Outcome::Working),
            Err(error) => return self.lost_if_gone(error).await,
        }
        loop {
            let people = &self.queries.people;
            let page = match self.account.api.pull_people_in_bulk(people, job, next.as_ref(), ROWS).await {
                Ok(page) => page,
                Err(error) => return self.lost_if_gone(error).await,
            };
            next = page.next;
            let done = next.is_none();
            let cursor = PeopleCursor { system_modstamp: created_utc, id: None }.with_overlap(OVERLAP);
            let place = if done { Place::Page(cursor) } else { Place::Bulk { job, created_utc, next: next.clone() } };
            self.keep(&page.rows, &page.skipped, Some(place)).await?;
            if done {
                if let Err(error) = self.account.api.delete_bulk_query(job).await {
                    // Salesforce removes it after some days.
                    tracing::info!(%error, "a finished Bulk query could not be removed");
                }
                return Ok(Outcome::Stored(cursor));
            }
        }
    }

    async fn lost_if_gone(&self, error: SalesforceError) -> Result<Outcome, Error> {
        if is_for_good(&error) || error.is_gone() {
            tracing::warn!(%error, "a Bulk query can't be used: people come page by page");
            return self.lost().await;
        }
        Err(salesforce_failed(self.cx)(error))
    }

    async fn lost(&self) -> Result<Outcome, Error> {
        let (name, now_ms) = (cursor_name(self.kind), self.cx.now_ms());
        self.write(move |tx| cursors::set(tx, name, "", now_ms)).await?;
        Ok(Outcome::Lost)
    }
}

/// Whether asking again brings the same: Salesforce says no in its own words, or what it sent does not fit what is read,
/// as when a field was added since, or is too much at once.
pub(super) fn is_for_good(error: &SalesforceError) -> bool {
    match error {
        SalesforceError::Mismatch { .. } | SalesforceError::Transport(TransportError::TooLarge) => true,
        SalesforceError::Refused(refusal) => {
            matches!(refusal.disposition(), Disposition::Park { code, .. } if !code.is_empty())
        }
        _ => false,
    }
}
