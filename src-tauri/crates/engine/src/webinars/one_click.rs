//! One person, one click: registered for the pinned webinar, held, and undone with another click.

use liaison_store::tables::pinned_webinar;
use liaison_store::{StoreResult, Transaction};

use super::check::{Asker, Sorted};
use super::view::{OneClick, RegistrationAsk, RegistrationSort};
use super::{register, rows};
use crate::engine::Engine;
use crate::failure::Error;

impl Engine {
    /// Registers one Lead or Contact for a webinar, the pinned one without.
    ///
    /// # Errors
    /// [`Error::Gone`] when person or webinar is not there.
    pub async fn register_person(&self, person: String, webinar: Option<String>) -> Result<OneClick, Error> {
        let cx = self.profile().await?;
        let ask = RegistrationAsk { people: vec![person], ..RegistrationAsk::default() };
        let asker = Asker::of(&cx, &ask).await?;
        let clicked = cx.store.write(move |tx| click(tx, ask, webinar, &asker)).await??;
        cx.outbox_changed();
        Ok(clicked)
    }
}

fn click(
    tx: &Transaction<'_>,
    ask: RegistrationAsk,
    webinar: Option<String>,
    asker: &Asker,
) -> StoreResult<Result<OneClick, Error>> {
    let webinar = match webinar {
        Some(webinar) => webinar,
        None => match pinned_webinar::get(tx)? {
            Some(pin) => pin.webinar_key,
            None => return Ok(Ok(OneClick::NothingPinned)),
        },
    };
    let ask = RegistrationAsk { webinar, ..ask };
    let Some(sorted) = Sorted::of(tx, &ask, asker)? else { return Ok(Err(Error::Gone)) };
    let named = rows::named(tx, &sorted.webinar, asker.now_ms())?;
    if let Some(block) = sorted.block {
        return Ok(Ok(OneClick::Blocked { webinar: named, block }));
    }
    let Some(one) = sorted.people.first() else { return Ok(Err(Error::Gone)) };
    if one.sort != RegistrationSort::Ready {
        return Ok(Ok(OneClick::Asks { webinar: named, sort: one.sort }));
    }
    let (first, last) = (&one.candidate.first_name, &one.candidate.last_name);
    let name = format!("{first} {last}").trim().to_owned();
    let email = one.candidate.email.clone().unwrap_or_default();
    let mails = sorted.mails();
    Ok(match register::begin(tx, &ask, asker)? {
        Ok(begun) => match begun.item {
            Some(item) => Ok(OneClick::Held { item, name, email, topic: named.topic, until: begun.until, mails }),
            None => Err(Error::TooLate),
        },
        Err(error) => Err(error),
    })
}
