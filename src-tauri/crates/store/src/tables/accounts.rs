//! Table `accounts` (user): which Zoom and Salesforce user this profile belongs to. The tokens are in
//! `tokens`; a signed-out account stays, so that waiting work still knows whose it is.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, named_params};

use super::text_column::text_enum;
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

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// `zoom` or `salesforce`.
    pub provider: String,
    /// The service's own id of the user.
    pub user_id: String,
    /// Salesforce organization id, or Zoom account id.
    pub org_id: Option<String>,
    /// The user's name as the service shows it.
    pub name: String,
    /// The user's e-mail address there.
    pub email: Option<String>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// Production, sandbox, demo: whatever must never be mixed up.
    pub environment: String,
    /// Where records are opened in a browser.
    pub instance_url: Option<String>,
    /// Where calls go, when the service says so with its tokens.
    pub api_url: Option<String>,
    /// What was granted, separated by spaces.
    pub scopes: String,
    /// The OAuth client that the tokens belong to.
    pub client_id: String,
    /// Whether calls can be made.
    pub state: AccountState,
    /// Why not, as a code.
    pub signed_out_reason: Option<String>,
    /// When the user last signed in.
    pub connected_utc_ms: i64,
}

/// The account of a service.
pub fn get(db: &Connection, provider: &str) -> StoreResult<Option<AccountRecord>> {
    let found =
        db.prepare_cached("SELECT * FROM accounts WHERE provider = ?1")?.query_row([provider], from_row).optional()?;
    Ok(found)
}

/// All accounts, by service.
pub fn all(db: &Connection) -> StoreResult<Vec<AccountRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM accounts ORDER BY provider")?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stores an account, in place of the one that service had.
pub fn put(tx: &Transaction<'_>, account: &AccountRecord) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO accounts (
            provider, user_id, org_id, name, email, organisation, environment, instance_url,
            api_url, scopes, client_id, state, signed_out_reason, connected_utc_ms
         ) VALUES (
            :provider, :user_id, :org_id, :name, :email, :organisation, :environment,
            :instance_url, :api_url, :scopes, :client_id, :state, :signed_out_reason,
            :connected_utc_ms
         )",
    )?
    .execute(named_params! {
        ":provider": account.provider,
        ":user_id": account.user_id,
        ":org_id": account.org_id,
        ":name": account.name,
        ":email": account.email,
        ":organisation": account.organisation,
        ":environment": account.environment,
        ":instance_url": account.instance_url,
        ":api_url": account.api_url,
        ":scopes": account.scopes,
        ":client_id": account.client_id,
        ":state": account.state,
        ":signed_out_reason": account.signed_out_reason,
        ":connected_utc_ms": account.connected_utc_ms,
    })?;
    Ok(())
}

/// Changes the state; `reason` is a code for why calls cannot be made, `None` when they can.
///
/// # Errors
/// [`StoreError::NotFound`] when the service has no account here.
pub fn set_state(tx: &Transaction<'_>, provider: &str, state: AccountState, reason: Option<&str>) -> StoreResult<()> {
    let changed = tx.execute(
        "UPDATE accounts SET state = ?2, signed_out_reason = ?3 WHERE provider = ?1",
        (provider, state, reason),
    )?;
    if changed == 0 {
        return Err(StoreError::NotFound { table: "accounts" });
    }
    Ok(())
}

/// Removes an account; its links and outbox rows stay.
pub fn remove(tx: &Transaction<'_>, provider: &str) -> StoreResult<()> {
    tx.execute("DELETE FROM accounts WHERE provider = ?1", [provider])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<AccountRecord> {
    Ok(AccountRecord {
        provider: row.get("provider")?,
        user_id: row.get("user_id")?,
        org_id: row.get("org_id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        organisation: row.get("organisation")?,
        environment: row.get("environment")?,
        instance_url: row.get("instance_url")?,
        api_url: row.get("api_url")?,
        scopes: row.get("scopes")?,
        client_id: row.get("client_id")?,
        state: row.get("state")?,
        signed_out_reason: row.get("signed_out_reason")?,
        connected_utc_ms: row.get("connected_utc_ms")?,
    })
}
