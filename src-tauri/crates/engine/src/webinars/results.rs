//! What became of each of a group of registrations, and the same as a table.

use std::sync::Arc;

use liaison_domain::text;
use liaison_store::tables::outbox::{self, OutboxRecord, OutboxState as RowState};
use liaison_store::tables::webinar_registrants::{self as registrants, RegistrantStatus};
use liaison_store::{Connection, StoreResult};

use super::kinds::registrant::REGISTRANT;
use super::stored::Registration;
use super::view::{RegistrationOutcome, RegistrationResult, RegistrationResults};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::listing::state_of_row;
use crate::outbox::reason::{Need, Reason};
use crate::tables::{Table, ask_file, copy, write};

const MOST_ROWS: u32 = 200;
const MAX_NAME: usize = 200;
/// What needs the user first, what is over last.
const IN_ORDER: [RowState; 9] = [
    RowState::Conflict,
    RowState::Review,
    RowState::Blocked,
    RowState::Held,
    RowState::Claimed,
    RowState::Pending,
    RowState::Waiting,
    RowState::Done,
    RowState::Discarded,
];
/// Names are for programs, so they are not translated.
const COLUMNS: [&str; 5] = ["Name", "Email", "Outcome", "Cause", "Registrant ID"];

impl Engine {
    /// A page of what became of a group.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn registration_results(
        &self,
        group: String,
        offset: u32,
        limit: u32,
    ) -> Result<RegistrationResults, Error> {
        let cx = self.profile().await?;
        let results = cx
            .store
            .read(move |db| {
                let counts = outbox::counts_within(db, Some(&group))?;
                let page = outbox::page(db, Some(&group), &IN_ORDER, offset, limit.min(MOST_ROWS))?;
                let since = outcomes(db, &group, counts.done)?;
                let others = since.waiting + since.already + since.cancelled + since.denied;
                Ok(RegistrationResults {
                    rows: page.iter().map(|row| result(db, row)).collect::<StoreResult<_>>()?,
                    total: counts.total(),
                    registered: counts.done.saturating_sub(others),
                    waiting_for_approval: since.waiting,
                    already_there: since.already,
                    cancelled: since.cancelled,
                    denied: since.denied,
                    needs_you: counts.need_you(),
                    left: counts.unsent(),
                    discarded: counts.discarded,
                })
            })
            .await?;
        Ok(results)
    }

    /// Puts what became of a group on the clipboard, as a table; answers how many rows.
    ///
    /// # Errors
    /// The clipboard refuses.
    pub async fn copy_registration_results(&self, group: String) -> Result<u32, Error> {
        copy(self, results_table(&self.profile().await?, group).await?)
    }

    /// The same to a file that the user chooses; nothing when they would rather not.
    ///
    /// # Errors
    /// [`Error::Disk`] when the file can't be written.
    pub async fn export_registration_results(&self, group: String, name: String) -> Result<Option<u32>, Error> {
        let cx = self.profile().await?;
        let Some(file) = ask_file(self.config(), &name).await else { return Ok(None) };
        write(file, results_table(&cx, group).await?).await.map(Some)
    }
}

async fn results_table(cx: &Arc<Context>, group: String) -> Result<Table, Error> {
    let table = cx
        .store
        .read(move |db| {
            let mut table = Table::new(&COLUMNS);
            let all = outbox::counts_within(db, Some(&group))?.total();
            for row in outbox::page(db, Some(&group), &IN_ORDER, 0, all)? {
                let told = result(db, &row)?;
                let (outcome, cause) = words(&told.outcome, &row);
                let id = row.record_id.clone().unwrap_or_default();
                table.add([told.name, told.email, outcome.to_owned(), cause, id]);
            }
            Ok(table)
        })
        .await?;
    Ok(table)
}

/// Of those that are done, all but those who simply are registered now.
#[derive(Default)]
struct Others {
    waiting: u32,
    already: u32,
    cancelled: u32,
    denied: u32,
}

fn outcomes(db: &Connection, group: &str, done: u32) -> StoreResult<Others> {
    let mut others = Others::default();
    for row in outbox::page(db, Some(group), &[RowState::Done], 0, done)? {
        match outcome(db, &row)? {
            RegistrationOutcome::WaitingForApproval => others.waiting += 1,
            RegistrationOutcome::AlreadyThere => others.already += 1,
            RegistrationOutcome::Cancelled => others.cancelled += 1,
            RegistrationOutcome::Denied => others.denied += 1,
            _ => {}
        }
    }
    Ok(others)
}

fn result(db: &Connection, row: &OutboxRecord) -> StoreResult<RegistrationResult> {
    let email = Registration::read(&row.payload_json).map(|registration| registration.email).unwrap_or_default();
    Ok(RegistrationResult {
        item: row.op_id.clone(),
        name: row.person_name.as_deref().map(|name| text::single_line(name, MAX_NAME)).unwrap_or_default(),
        email,
        outcome: outcome(db, row)?,
    })
}

fn outcome(db: &Connection, row: &OutboxRecord) -> StoreResult<RegistrationOutcome> {
    match row.state {
        RowState::Discarded => return Ok(RegistrationOutcome::Discarded),
        RowState::Done => {}
        _ => return Ok(RegistrationOutcome::Open { state: state_of_row(row) }),
    }
    if row.kind != REGISTRANT {
        return Ok(RegistrationOutcome::Open { state: state_of_row(row) });
    }
    if Reason::was_there(row.reason_json.as_deref()) {
        return Ok(RegistrationOutcome::AlreadyThere);
    }
    let key = format!("{}:{}", row.subject_key, row.record_id.as_deref().unwrap_or_default());
    let Some(one) = registrants::get(db, &key)? else { return Ok(RegistrationOutcome::Registered { has_link: false }) };
    Ok(match one.status {
        RegistrantStatus::Approved => RegistrationOutcome::Registered { has_link: one.has_link },
        RegistrantStatus::Pending => RegistrationOutcome::WaitingForApproval,
        RegistrantStatus::Denied => RegistrationOutcome::Denied,
        RegistrantStatus::Cancelled => RegistrationOutcome::Cancelled,
    })
}

/// An outcome and its cause for other programs.
fn words(outcome: &RegistrationOutcome, row: &OutboxRecord) -> (&'static str, String) {
    let outcome = match outcome {
        RegistrationOutcome::Registered { .. } => "registered",
        RegistrationOutcome::WaitingForApproval => "waiting for approval",
        RegistrationOutcome::AlreadyThere => "already registered",
        RegistrationOutcome::Cancelled => "cancelled",
        RegistrationOutcome::Denied => "denied",
        RegistrationOutcome::Discarded => "not sent",
        RegistrationOutcome::Open { .. } => match row.state {
            RowState::Blocked | RowState::Review | RowState::Conflict => "failed",
            _ => "waiting",
        },
    };
    let cause = match Reason::read(row.reason_json.as_deref()) {
        Some(Reason::Needs(Need::Refused { message, code, .. })) if message.is_empty() => code,
        Some(Reason::Needs(Need::Refused { message, .. } | Need::NoPermission { message })) => message,
        Some(Reason::Needs(Need::DeletedThere)) => "the webinar is gone".to_owned(),
        Some(Reason::Needs(Need::Unsure)) => "not known whether it arrived".to_owned(),
        _ => String::new(),
    };
    (outcome, cause)
}
