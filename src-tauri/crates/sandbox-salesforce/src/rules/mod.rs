//! What an administrator or the moment puts in the way of a save: validation rules, duplicate
//! rules, rows that somebody else holds. Set through the control service; not part of the schema.

mod duplicates;
mod locks;
mod validation;

use super::call::Call;
use super::records::{Database, Row};
use super::refusal::Refusal;
use super::schema::Object;

pub use duplicates::DuplicateRules;
pub use locks::{RowLock, take as take_lock};
pub use validation::ValidationRule;

/// Everything that is in force.
#[derive(Debug, Default)]
pub struct Rules {
    pub validations: Vec<ValidationRule>,
    pub duplicates: DuplicateRules,
    pub locks: Vec<RowLock>,
}

/// What the caller says about a save in the duplicate rule header (REST API guide, "Duplicate Rule
/// Header").
#[derive(Debug, Clone, Default)]
pub struct Saving {
    /// Save although there are duplicates, where the rule leaves that to the user.
    pub allow_duplicates: bool,
    /// Show the duplicates with their fields.
    pub record_details: bool,
}

impl Saving {
    pub fn of(call: &Call) -> Self {
        let header = call.header("sforce-duplicate-rule-header").unwrap_or_default();
        let says = |option: &str| {
            header.split([';', ',']).filter_map(|part| part.split_once('=')).any(|(name, value)| {
                name.trim().eq_ignore_ascii_case(option) && value.trim().eq_ignore_ascii_case("true")
            })
        };
        Self { allow_duplicates: says("allowSave"), record_details: says("includeRecordDetails") }
    }
}

/// Asks all rules about a row that is about to be saved.
pub fn check(
    database: &Database,
    object: &Object,
    row: &Row,
    before: Option<&Row>,
    saving: &Saving,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), Refusal> {
    validation::check(database, object, row, now)?;
    if before.is_none() { duplicates::check(database, object, row, saving) } else { Ok(()) }
}
