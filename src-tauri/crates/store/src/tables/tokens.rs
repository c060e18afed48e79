//! Table `tokens` (user): the OAuth tokens of each service, sealed.
//!
//! Both services hand out a new refresh token at every refresh and refuse the old one, Salesforce
//! even revokes everything when an old one comes back. So that a refresh is taking place is stored
//! before its request leaves ([`begin_refresh`]), and both new tokens are stored together
//! ([`put`]) before one of them is used.

use liaison_domain::Provider;
use rusqlite::{Connection, OptionalExtension as _, Transaction, named_params};
use secrecy::SecretString;

use super::text_column::text_enum;
use super::words::Word as _;
use crate::error::{StoreError, StoreResult};
use crate::sealed::{SealedCell, Sealer};

text_enum! {
    /// What is known about the stored refresh token.
    pub enum RefreshState {
        /// It is the newest one.
        Settled = "settled",
        /// It was sent, the answer is not stored yet. Found at a start, it means "unknown".
        InFlight = "in_flight",
        /// It was sent and no answer came: it may be used up. To be tried once more when the access
        /// token has expired, not before.
        Unknown = "unknown",
    }
}

/// The tokens of one service.
#[derive(Debug, Clone)]
pub struct TokenRecord {
    /// The service.
    pub provider: Provider,
    /// The access token.
    pub access: SecretString,
    /// The refresh token, when one was granted.
    pub refresh: Option<SecretString>,
    /// When the access token expires, when the service says so.
    pub expires_utc_ms: Option<i64>,
    /// What is known about the refresh token.
    pub refresh_state: RefreshState,
    /// When the refresh that is in flight or unknown began.
    pub refresh_started_utc_ms: Option<i64>,
    /// When the tokens were stored.
    pub updated_utc_ms: i64,
}

/// The row before its sealed columns are opened.
struct SealedRow {
    access: Vec<u8>,
    refresh: Option<Vec<u8>>,
    expires_utc_ms: Option<i64>,
    refresh_state: RefreshState,
    refresh_started_utc_ms: Option<i64>,
    updated_utc_ms: i64,
}

fn cell(column: &'static str, provider: Provider) -> SealedCell<'static> {
    SealedCell { table: "tokens", column, row: provider.word() }
}

/// The tokens of a service, `None` when it is not signed in.
///
/// # Errors
/// [`StoreError::Seal`] when a token does not open.
pub fn get(db: &Connection, sealer: &Sealer, provider: Provider) -> StoreResult<Option<TokenRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM tokens WHERE provider = ?1")?
        .query_row([provider.word()], |row| {
            Ok(SealedRow {
                access: row.get("access_sealed")?,
                refresh: row.get("refresh_sealed")?,
                expires_utc_ms: row.get("expires_utc_ms")?,
                refresh_state: row.get("refresh_state")?,
                refresh_started_utc_ms: row.get("refresh_started_utc_ms")?,
                updated_utc_ms: row.get("updated_utc_ms")?,
            })
        })
        .optional()?;
    let Some(row) = found else {
        return Ok(None);
    };
    let refresh = cell("refresh_sealed", provider);
    Ok(Some(TokenRecord {
        provider,
        access: sealer.open(cell("access_sealed", provider), &row.access)?,
        refresh: sealer.open_optional(refresh, row.refresh.as_deref())?,
        expires_utc_ms: row.expires_utc_ms,
        refresh_state: row.refresh_state,
        refresh_started_utc_ms: row.refresh_started_utc_ms,
        updated_utc_ms: row.updated_utc_ms,
    }))
}

/// Stores all tokens of a service at once, in place of the ones it had.
pub fn put(tx: &Transaction<'_>, sealer: &Sealer, tokens: &TokenRecord) -> StoreResult<()> {
    let access = sealer.seal(cell("access_sealed", tokens.provider), &tokens.access)?;
    let refresh = sealer.seal_optional(cell("refresh_sealed", tokens.provider), tokens.refresh.as_ref())?;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO tokens (
            provider, access_sealed, refresh_sealed, expires_utc_ms, refresh_state,
            refresh_started_utc_ms, updated_utc_ms
         ) VALUES (
            :provider, :access, :refresh, :expires_utc_ms, :refresh_state,
            :refresh_started_utc_ms, :updated_utc_ms
         )",
    )?
    .execute(named_params! {
        ":provider": tokens.provider.word(),
        ":access": access,
        ":refresh": refresh,
        ":expires_utc_ms": tokens.expires_utc_ms,
        ":refresh_state": tokens.refresh_state,
        ":refresh_started_utc_ms": tokens.refresh_started_utc_ms,
        ":updated_utc_ms": tokens.updated_utc_ms,
    })?;
    Ok(())
}

/// Notes that the refresh token is about to be sent. Commit it before the request leaves. `false`
/// when a refresh is in flight already.
///
/// # Errors
/// [`StoreError::NotFound`] when the service has no tokens.
pub fn begin_refresh(tx: &Transaction<'_>, provider: Provider, now_utc_ms: i64) -> StoreResult<bool> {
    let begun = tx.execute(
        "UPDATE tokens SET refresh_state = 'in_flight', refresh_started_utc_ms = ?2
         WHERE provider = ?1 AND refresh_state <> 'in_flight'",
        (provider.word(), now_utc_ms),
    )?;
    if begun == 0 {
        require(tx, provider)?;
    }
    Ok(begun == 1)
}

/// Notes how a refresh ended that brought no new tokens: `Settled` when the service certainly did
/// not get the request, `Unknown` when it may have.
///
/// # Errors
/// [`StoreError::NotFound`] when the service has no tokens.
pub fn end_refresh(tx: &Transaction<'_>, provider: Provider, refresh_state: RefreshState) -> StoreResult<()> {
    let changed = tx.execute(
        "UPDATE tokens SET refresh_state = ?2,
            refresh_started_utc_ms = CASE ?2 WHEN 'settled' THEN NULL
                                     ELSE refresh_started_utc_ms END
         WHERE provider = ?1",
        (provider.word(), refresh_state),
    )?;
    if changed == 0 {
        return Err(StoreError::NotFound { table: "tokens" });
    }
    Ok(())
}

/// Forgets the tokens of a service.
pub fn remove(tx: &Transaction<'_>, provider: Provider) -> StoreResult<()> {
    tx.execute("DELETE FROM tokens WHERE provider = ?1", [provider.word()])?;
    Ok(())
}

fn require(db: &Connection, provider: Provider) -> StoreResult<()> {
    let there = db.prepare_cached("SELECT 1 FROM tokens WHERE provider = ?1")?.exists([provider.word()])?;
    if there { Ok(()) } else { Err(StoreError::NotFound { table: "tokens" }) }
}
