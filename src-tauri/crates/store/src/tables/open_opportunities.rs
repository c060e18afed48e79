//! Table `open_opportunities` (mirror): with whom the user has an open opportunity, by ids alone.

use std::sync::LazyLock;

use rusqlite::{Connection, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// Somebody's part in one of them.
    pub struct OpportunityPart {
        /// The opportunity, by Salesforce's id.
        opportunity_id: String,
        /// A Contact with a role in it, or its Account, by Salesforce's id.
        record_id: String,
    }
}

static INSERT: LazyLock<String> = LazyLock::new(|| columns::insert("open_opportunities", OpportunityPart::COLUMNS));

/// Puts all parts in the place of those that were known, and answers whether anything in them is new.
pub fn replace(tx: &Transaction<'_>, parts: &[OpportunityPart]) -> StoreResult<bool> {
    let (mut known, mut told) = (all(tx)?, parts.to_vec());
    for list in [&mut known, &mut told] {
        list.sort_by(|one, other| {
            (&one.record_id, &one.opportunity_id).cmp(&(&other.record_id, &other.opportunity_id))
        });
    }
    told.dedup();
    if known == told {
        return Ok(false);
    }
    tx.execute("DELETE FROM open_opportunities", [])?;
    let mut insert = tx.prepare_cached(&INSERT)?;
    for part in &told {
        insert.execute(params_from_iter(part.values()?))?;
    }
    Ok(true)
}

fn all(db: &Connection) -> StoreResult<Vec<OpportunityPart>> {
    let mut statement = db.prepare_cached("SELECT * FROM open_opportunities")?;
    let rows = statement.query_map([], OpportunityPart::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a Contact or an Account has a part in one.
pub fn has_part(db: &Connection, record_id: &str) -> StoreResult<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM open_opportunities WHERE record_id = ?1")?.exists([record_id])?)
}
