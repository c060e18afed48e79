//! Table `webinar_campaigns` (user): which Campaign of an org a webinar is, and which of its statuses means what.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// One decision.
    pub struct WebinarCampaign {
        /// The webinar.
        webinar_key: String,
        /// The account of Salesforce.
        target: String,
        /// The Campaign; none before it was made.
        campaign_id: Option<String>,
        /// Its name when it was chosen.
        campaign_name: String,
        /// The form of `statuses_json`.
        version: i64,
        /// What each status is, in the engine's versioned form.
        statuses_json: String,
        /// When.
        decided_utc_ms: i64,
    }
}

/// Keeps a decision in the place of the one before; without a Campaign the known one stays.
pub fn put(tx: &Transaction<'_>, campaign: &WebinarCampaign) -> StoreResult<()> {
    let insert = columns::insert("webinar_campaigns", WebinarCampaign::COLUMNS);
    let sql = format!(
        "{insert} ON CONFLICT (webinar_key, target) DO UPDATE SET
            campaign_id = coalesce(excluded.campaign_id, campaign_id), campaign_name = excluded.campaign_name,
            version = excluded.version, statuses_json = excluded.statuses_json,
            decided_utc_ms = excluded.decided_utc_ms"
    );
    tx.prepare_cached(&sql)?.execute(params_from_iter(campaign.values()?))?;
    Ok(())
}

/// The Campaign was made.
pub fn made(tx: &Transaction<'_>, webinar: &str, target: &str, campaign_id: &str) -> StoreResult<()> {
    tx.prepare_cached("UPDATE webinar_campaigns SET campaign_id = ?3 WHERE webinar_key = ?1 AND target = ?2")?
        .execute((webinar, target, campaign_id))?;
    Ok(())
}

/// What was decided for a webinar.
pub fn get(db: &Connection, webinar: &str, target: &str) -> StoreResult<Option<WebinarCampaign>> {
    let found = db
        .prepare_cached("SELECT * FROM webinar_campaigns WHERE webinar_key = ?1 AND target = ?2")?
        .query_row((webinar, target), WebinarCampaign::from_row)
        .optional()?;
    Ok(found)
}
