//! Raw rows of the org, put in from outside: see `liaison_sandbox::script`.

use std::collections::BTreeMap;

use liaison_sandbox_kernel::script::RowError;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Salesforce;
use super::ids::RecordId;
use super::records::write::whole_second;
use super::records::{Database, loaded};

/// Records by object, each in the shape in which the REST API answers it: fields by API name, `attributes` where it
/// likes. Without an `Id` it gets a new one; without stamps it was made now and by the rep, who owns it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct SalesforceRows(pub BTreeMap<String, Vec<Map<String, Value>>>);

impl Salesforce {
    /// Puts rows into the org: all of them or, where one is wrong, none. Answers with their ids, by object in the order
    /// of the rows. Rules of an administrator do not apply; types, lengths, choices and references have to be right.
    pub fn load(&self, rows: &SalesforceRows) -> Result<BTreeMap<String, Vec<String>>, RowError> {
        let now = whole_second(self.now());
        let user = self.org().user_id;
        self.with_state(|state| {
            let start = state.database.savepoint();
            let outcome = load(&mut state.database, rows, (user, now));
            if outcome.is_err() {
                state.database.roll_back(start);
            }
            outcome
        })
    }
}

fn load(
    database: &mut Database,
    rows: &SalesforceRows,
    by: (RecordId, chrono::DateTime<chrono::Utc>),
) -> Result<BTreeMap<String, Vec<String>>, RowError> {
    let mut ids = BTreeMap::new();
    let mut placed = Vec::new();
    for (object, rows) in &rows.0 {
        let mut of_object = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            let place = format!("{object}[{number}]");
            let id = loaded::put(database, object, row, by).map_err(|refusal| wrong(&place, &refusal))?;
            of_object.push(id.to_string());
            placed.push((place, object, id, row));
        }
        ids.insert(object.clone(), of_object);
    }
    // References may lead forwards, so they are looked at when all rows are there.
    for (place, object, id, row) in placed {
        loaded::settle(database, object, id, row, by.1).map_err(|refusal| wrong(&place, &refusal))?;
    }
    Ok(ids)
}

fn wrong(place: &str, refusal: &super::refusal::Refusal) -> RowError {
    let place = refusal.fields.first().map_or_else(|| place.to_owned(), |field| format!("{place}.{field}"));
    RowError::new(place, format!("{}: {}", refusal.code, refusal.message))
}
