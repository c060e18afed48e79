//! A new Lead for somebody of a webinar whose address nobody in Salesforce has: on request, one at a time. The address says
//! who they are from then on.

use liaison_domain::email;
use liaison_store::tables::webinars;
use liaison_store::{Connection, StoreResult};

use super::{attendance, gather, stored};
use crate::calls::lead::{Known, sheet_for};
use crate::calls::view::LeadSheet;
use crate::engine::Engine;
use crate::failure::Error;

/// Zoom's name of the question for the company.
const COMPANY: &str = "org";

impl Engine {
    /// The sheet of a new Lead for a registrant, or for somebody who came, by their id in the list of these.
    ///
    /// # Errors
    /// [`Error::Gone`] without them; [`Error::TooLate`] where somebody in Salesforce has the address by now;
    /// [`Error::NotConnected`] without an account.
    pub async fn webinar_lead_sheet(&self, webinar: String, who: String) -> Result<LeadSheet, Error> {
        let cx = self.profile().await?;
        let known = cx.store.read(move |db| known(db, &webinar, &who)).await??;
        sheet_for(&cx, &known).await
    }
}

fn known(db: &Connection, webinar: &str, who: &str) -> StoreResult<Result<Known, Error>> {
    let Some(record) = webinars::get(db, webinar)? else { return Ok(Err(Error::Gone)) };
    let came = gather::came(db, &record)?;
    let known = if let Some(one) = came.registrants.iter().find(|one| one.key == who) {
        let answers = stored::answers(&one.answers_json);
        let company = answers.into_iter().find(|answer| !answer.custom && answer.field == COMPANY);
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        Known {
            name: Some(gather::name_of(one)),
            names: Some((part(&one.first_name), part(&one.last_name))),
            email: one.email.clone(),
            company: company.map(|answer| answer.text),
            ..Known::default()
        }
    } else {
        let Some(one) = attendance::named(&came, webinar, who) else { return Ok(Err(Error::Gone)) };
        Known { name: Some(attendance::name(&came, one)), email: attendance::address(&came, one), ..Known::default() }
    };
    let address = known.email.as_deref().unwrap_or_default();
    let taken = gather::owners(db, &[address])?.contains_key(&email::folded(address));
    Ok(if taken { Err(Error::TooLate) } else { Ok(known) })
}
