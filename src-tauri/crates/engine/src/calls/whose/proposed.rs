//! Who is proposed beside those who have the line.

use liaison_domain::matching::{Context as Known, Verdict};
use liaison_store::StoreResult;
use liaison_store::tables::calls::CallRow;
use liaison_store::tables::companies;

use super::{Order, Whose};

impl Whose<'_> {
    /// As [`Whose::verdict`]; of a switchboard the account is proposed too, also where only its people have the line.
    pub fn proposed(&mut self, row: &CallRow) -> StoreResult<Verdict> {
        let verdict = self.verdict(row)?;
        let Some(account) = verdict.account_beside() else { return Ok(verdict) };
        // Whoever may see no accounts can choose none.
        let Some(company) = companies::get(self.db, account)? else { return Ok(verdict) };
        let context = match self.order {
            Order::Likelier(zone) => self.known(&company.id, None, zone)?,
            Order::Any => Known::default(),
        };
        Ok(verdict.with_account(company.name, context))
    }
}
