//! What only this computer knows, in one encrypted file for another one: notes, decisions, links, templates, settings.
//!
//! No copy of what the services hold, no sign-in, nothing that waits to be sent: that would be sent twice. What is newer
//! here stays. The rows are the store's ([`liaison_store::tables::only_here`]), the settings are this module's.

mod choices;
mod form;
mod seal;
pub(crate) mod view;

use liaison_store::tables::only_here::{self, OnlyHere, Standing};
use liaison_store::tables::{accounts, calls};
use liaison_store::{Connection, StoreResult, Transaction};
use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem, TransferProblem};
use crate::failure::{Error, utc_ms};
use crate::session::appearance::{self, Appearance};
use crate::session::settings;
use crate::tables::{ask_file_of, write_bytes};
use crate::terms::Tag;
use form::{Known, Whose};
use view::{Transfer, TransferKind, TransferPart};

/// The ending of the file's name.
const ENDING: &str = "liaison";
/// Characters of a passphrase: the file may lie in somebody's mail for years.
const SHORTEST: u32 = 10;
const LONGEST: u32 = 500;

impl Engine {
    /// Writes everything that only this computer knows to a file that the user chooses, sealed with the passphrase;
    /// answers how many entries, or nothing when the user would rather not.
    ///
    /// # Errors
    /// [`Error::Invalid`] with a passphrase that is too short, [`Error::Disk`] when the file can't be written.
    pub async fn export_known(&self, name: String, passphrase: SecretString) -> Result<Option<u32>, Error> {
        checked(&passphrase)?;
        let cx = self.profile().await?;
        let Some(file) = ask_file_of(self.config(), &name, ENDING).await else { return Ok(None) };
        let (now_ms, program) = (cx.now_ms(), self.config().version);
        let known = cx.store.read(move |db| gather(db, now_ms, program)).await?;
        let entries = known.entries();
        let sealed = blocking(move || seal::seal(&passphrase, known.to_json().as_bytes())).await?;
        write_bytes(file, sealed).await?;
        Ok(Some(entries))
    }

    /// What is in a file, and what taking it in would do; nothing changes.
    ///
    /// # Errors
    /// [`Error::Transfer`] when it can't be taken in.
    pub async fn read_transfer(&self, sealed: Vec<u8>, passphrase: SecretString) -> Result<Transfer, Error> {
        let cx = self.profile().await?;
        let known = opened(sealed, passphrase).await?;
        let read =
            cx.store.read(move |db| Ok(if is_of_others(db, &known)? { None } else { Some(compared(db, &known)?) }));
        read.await?.ok_or(Error::Transfer(TransferProblem::OtherAccount))
    }

    /// Takes a file in; says what came of it. What is newer here stays.
    ///
    /// # Errors
    /// [`Error::Transfer`] when it can't be taken in; nothing has changed then.
    pub async fn take_transfer(&self, sealed: Vec<u8>, passphrase: SecretString) -> Result<Transfer, Error> {
        let cx = self.profile().await?;
        let known = opened(sealed, passphrase).await?;
        let now_ms = cx.now_ms();
        let taken = cx
            .store
            .write(move |tx| {
                if is_of_others(tx, &known)? {
                    return Ok(None);
                }
                let taken = take(tx, &known, now_ms)?;
                Ok(Some((taken, settings::read(tx)?, choices::people_limit(tx)?)))
            })
            .await?;
        let (taken, look, limit) = taken.ok_or(Error::Transfer(TransferProblem::OtherAccount))?;
        appearance::write(&self.config().data_dir, Appearance::from(&look));
        if let Some(limit) = limit {
            // Another number of people is read anew.
            self.set_people_limit(limit).await?;
        }
        cx.pull_now();
        self.changed(&[Tag::Session, Tag::Settings, Tag::Meetings, Tag::Calls, Tag::Webinars, Tag::Reminders]);
        Ok(taken)
    }
}

fn checked(passphrase: &SecretString) -> Result<(), Error> {
    use secrecy::ExposeSecret;
    let length = u32::try_from(passphrase.expose_secret().chars().count()).unwrap_or(u32::MAX);
    let problem = match length {
        0 => Problem::Missing,
        1..SHORTEST => Problem::TooShort { min: SHORTEST },
        _ if length > LONGEST => Problem::TooLong { max: LONGEST, length },
        _ => return Ok(()),
    };
    Err(Error::Invalid { issues: vec![FieldIssue { field: Field::Passphrase, problem }] })
}

/// Off the threads that others wait for: a passphrase is made slow to guess.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Error::Internal { code: "E-TRANSFER" }))
}

async fn opened(sealed: Vec<u8>, passphrase: SecretString) -> Result<Known, Error> {
    blocking(move || {
        let clear = seal::open(&passphrase, &sealed).map_err(Error::Transfer)?;
        Known::from_json(&clear).map_err(Error::Transfer)
    })
    .await
}

fn gather(db: &Connection, now_ms: i64, program: &str) -> StoreResult<Known> {
    let mut known = Known::new(now_ms, program);
    for account in accounts::all(db)? {
        known.accounts.push(Whose::from(&account));
    }
    for kind in OnlyHere::ALL {
        known.put(kind, only_here::rows(db, kind)?);
    }
    known.settings = choices::gather(db)?;
    Ok(known)
}

/// The records that decisions are about are another organisation's, or the calls another user's.
fn is_of_others(db: &Connection, known: &Known) -> StoreResult<bool> {
    let here: Vec<Whose> = accounts::all(db)?.iter().map(Whose::from).collect();
    Ok(known.accounts.iter().any(|theirs| here.iter().any(|ours| ours.differs_from(theirs))))
}

fn compared(db: &Connection, known: &Known) -> StoreResult<Transfer> {
    told(known, |kind, row| only_here::standing(db, kind, row), choices::compared(db, &known.settings)?)
}

fn take(tx: &Transaction<'_>, known: &Known, now_ms: i64) -> StoreResult<Transfer> {
    let chosen = choices::take(tx, &known.settings, now_ms)?;
    let taken = told(known, |kind, row| only_here::take(tx, kind, row), chosen)?;
    // Numbers that are somebody's now, in whatever region.
    calls::match_all_again(tx)?;
    Ok(taken)
}

fn told(
    known: &Known,
    mut each: impl FnMut(OnlyHere, &Map<String, Value>) -> StoreResult<Standing>,
    chosen: TransferPart,
) -> StoreResult<Transfer> {
    let mut parts = Vec::new();
    for kind in OnlyHere::ALL {
        let mut part = nothing(kind.into());
        for row in known.rows(kind) {
            let count = match each(kind, row)? {
                Standing::Fresh => &mut part.fresh,
                Standing::Newer => &mut part.newer,
                Standing::Stays => &mut part.stays,
                Standing::Unreadable => &mut part.unreadable,
            };
            *count += 1;
        }
        parts.push(part);
    }
    parts.push(chosen);
    parts.retain(|part| part.fresh + part.newer + part.stays + part.unreadable > 0);
    let made = chrono::DateTime::from_timestamp_millis(known.made_utc_ms).unwrap_or_default();
    Ok(Transfer { made: utc_ms(made), parts })
}

fn nothing(what: TransferKind) -> TransferPart {
    TransferPart { what, fresh: 0, newer: 0, stays: 0, unreadable: 0 }
}

impl From<OnlyHere> for TransferKind {
    fn from(kind: OnlyHere) -> Self {
        match kind {
            OnlyHere::CallNotes => Self::CallNotes,
            OnlyHere::CallLinks => Self::CallLinks,
            OnlyHere::NumberChoices => Self::NumberChoices,
            OnlyHere::MeetingLinks => Self::MeetingLinks,
            OnlyHere::GuestAnswers => Self::GuestAnswers,
            OnlyHere::MeetingTopics => Self::MeetingTopics,
            OnlyHere::MeetingTemplates => Self::MeetingTemplates,
            OnlyHere::WebinarTemplates => Self::WebinarTemplates,
            OnlyHere::PinnedWebinar => Self::PinnedWebinar,
            OnlyHere::RegistrationReasons => Self::RegistrationReasons,
        }
    }
}
