//! Table `accounts` (user): which Zoom and Salesforce user this profile belongs to. The tokens are in
//! `tokens`; a signed-out account stays, so that waiting work still knows whose it is.

use liaison_domain::{Environment, Provider};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use super::text_column::text_enum;
use super::words::Word as _;
use crate::error::{StoreError, StoreResult};

text_enum! {
    /// Whether calls can be made for the account.
    pub enum AccountState {
        /// There are tokens.
        Connected = "connected",
        /// The service refused the tokens; the user has to sign in again.
        SignInNeeded = "sign_in_needed",
        /// The user signed out.
        SignedOut = "signed_out",
    }
}

columns! {
    /// One account.
    pub struct AccountRecord {
        /// The service.
        provider: Provider as word,
        /// The service's own id of the user.
        user_id: String,
        /// Salesforce organization id, or Zoom account id.
        org_id: Option<String>,
        /// The user's name as the service shows it.
        name: String,
        /// The user's e-mail address there.
        email: Option<String>,
        /// The organisation's name.
        organisation: Option<String>,
        /// Production, sandbox, demo: whatever must never be mixed up.
        environment: Environment as word,
        /// Where records are opened in a browser.
        instance_url: Option<String>,
        /// Where calls go, when the service says so with its tokens.
        api_url: Option<String>,
        /// What was granted, separated by spaces.
        scopes: String,
        /// The OAuth client that the tokens belong to.
        client_id: String,
        /// Whether calls can be made.
        state: AccountState,
        /// Why not, as a code.
        signed_out_reason: Option<String>,
        /// When the user last signed in.
        connected_utc_ms: i64,
    }
}

/// The account of a service.
pub fn get(db: &Connection, provider: Provider) -> StoreResult<Option<AccountRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM accounts WHERE provider = ?1")?
        .query_row([provider.word()], AccountRecord::from_row)
        .optional()?;
    Ok(found)
}

/// All accounts that can be read, by service.
pub fn all(db: &Connection) -> StoreResult<Vec<AccountRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM accounts ORDER BY provider")?;
    Ok(columns::readable("accounts", statement.query_map([], AccountRecord::from_row)?)?)
}

/// Stores an account, in place of the one that service had.
pub fn put(tx: &Transaction<'_>, account: &AccountRecord) -> StoreResult<()> {
    let (insert, newer) = (columns::insert("accounts", AccountRecord::COLUMNS), columns::newer(AccountRecord::COLUMNS));
    tx.prepare_cached(&format!("{insert} ON CONFLICT (provider) DO UPDATE SET {newer}"))?
        .execute(params_from_iter(account.values()?))?;
    Ok(())
}

/// Changes the state; `reason` is a code for why calls cannot be made, `None` when they can.
///
/// # Errors
/// [`StoreError::NotFound`] when the service has no account here.
pub fn set_state(
    tx: &Transaction<'_>,
    provider: Provider,
    state: AccountState,
    reason: Option<&str>,
) -> StoreResult<()> {
    let changed = tx.execute(
        "UPDATE accounts SET state = ?2, signed_out_reason = ?3 WHERE provider = ?1",
        (provider.word(), state, reason),
    )?;
    if changed == 0 {
        return Err(StoreError::NotFound { table: "accounts" });
    }
    Ok(())
}

/// Removes an account; its links and outbox rows stay.
pub fn remove(tx: &Transaction<'_>, provider: Provider) -> StoreResult<()> {
    tx.execute("DELETE FROM accounts WHERE provider = ?1", [provider.word()])?;
    Ok(())
}
