//! Dialling: the number that will be dialled is shown, whose it is is kept, and the telephone on this computer dials.
//!
//! Nothing comes back from a link, so the call is found in the history by the line and the time.

use std::sync::Arc;

use chrono::TimeDelta;
use liaison_domain::phone::{self, Regions};
use liaison_store::tables::call_links::LinkedRecord;
use liaison_store::tables::dial_intents::{self, DialIntent};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_zoom::{DialLink, DialNumber, DialScheme};

use super::view::{DialChoice, DialWith};
use super::whose;
use crate::context::Context;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;

/// A click is of use until its call is in the history, which may be a while when the computer is shut.
const KEPT: TimeDelta = TimeDelta::days(30);

impl Engine {
    /// What would be dialled for a field as people write it; with more than one the user chooses. `person` is whose it
    /// is, as in the search for people.
    ///
    /// # Errors
    /// [`Error::Invalid`] when nothing in it can be dialled.
    pub async fn dial_choices(&self, text: String, person: Option<String>) -> Result<Vec<DialChoice>, Error> {
        let cx = self.profile().await?;
        let regions = cx.store.read(whose::regions).await?;
        let do_not_call = whose(&cx, person).await?.is_some_and(|person| person.do_not_call);
        let numbers = DialNumber::choices(&text, regions).map_err(|_| not_dialable())?;
        let shown = |number: &DialNumber| {
            let read = phone::numbers(number.as_str(), Regions::default()).into_iter().next();
            read.map_or_else(|| number.as_str().to_owned(), |read| read.format(regions.user))
        };
        let choice = |number: &DialNumber| DialChoice {
            number: number.as_str().to_owned(),
            shown: shown(number),
            extension: number.extension().map(ToOwned::to_owned),
            do_not_call,
        };
        Ok(numbers.iter().map(choice).collect())
    }

    /// Dials one of [`Engine::dial_choices`], and keeps from whose record.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no number, [`Error::Desktop`] when nothing here dials.
    pub async fn dial(
        &self,
        number: String,
        extension: Option<String>,
        person: Option<String>,
        with: DialWith,
    ) -> Result<(), Error> {
        let cx = self.profile().await?;
        let digits = |text: &String| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let written = match extension.filter(digits) {
            Some(extension) => format!("{number} x{extension}"),
            None => number.clone(),
        };
        let dialled = DialNumber::choices(&written, Regions::default()).map_err(|_| not_dialable())?;
        let dialled = dialled.into_iter().next().ok_or_else(not_dialable)?;
        let scheme = match with {
            DialWith::Zoom => DialScheme::ZoomPhone,
            DialWith::System => DialScheme::Tel,
        };
        let link = DialLink::new(scheme, &dialled, None).map_err(|_| not_dialable())?;
        if let Some(person) = whose(&cx, person).await? {
            keep(&cx, &dialled, person).await?;
        }
        self.config().desktop.open(link.expose()).map_err(Error::Desktop)?;
        // Its call is looked for sooner than usual.
        cx.acted();
        Ok(())
    }
}

async fn whose(cx: &Arc<Context>, person: Option<String>) -> Result<Option<PersonRecord>, Error> {
    let Some(id) = person else { return Ok(None) };
    Ok(cx.store.read(move |db| people::person(db, &people::successor(db, &id)?)).await?)
}

async fn keep(cx: &Arc<Context>, dialled: &DialNumber, person: PersonRecord) -> Result<(), Error> {
    // A code or an extension is nobody's line.
    let Some(number) = phone::numbers(dialled.as_str(), Regions::default()).into_iter().next() else { return Ok(()) };
    let now = cx.now();
    let intent = DialIntent {
        id: uuid::Uuid::new_v4().to_string(),
        line: number.key().to_string(),
        record: LinkedRecord { kind: person.record.object().to_owned(), id: person.salesforce_id, name: person.name },
        dialled_utc_ms: now.timestamp_millis(),
    };
    let keep_from_ms = (now - KEPT).timestamp_millis();
    cx.store.write(move |tx| dial_intents::add(tx, &intent, keep_from_ms)).await?;
    Ok(())
}

fn not_dialable() -> Error {
    Error::Invalid { issues: vec![FieldIssue { field: Field::Phone, problem: Problem::NotAllowed }] }
}
