//! Validation rules: an admin's condition, and the admin's own words when it holds.

use chrono::{DateTime, Utc};

use super::super::records::{Database, Row};
use super::super::refusal::Refusal;
use super::super::schema::Object;
use super::super::soql;

/// One rule. Real ones are formulas; here the condition is the WHERE clause of a query.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidationRule {
    pub object: String,
    /// Holds for rows that must not be saved, for example `Subject = 'Call' AND WhoId = null`.
    pub when: String,
    pub message: String,
    /// Where the text is shown; without one it belongs to the whole page and `fields` is empty.
    #[serde(default)]
    pub field: Option<String>,
}

impl ValidationRule {
    /// Refuses a condition that is no condition on the object, or a field that it does not have.
    pub fn check(&self, database: &Database, now: DateTime<Utc>) -> Result<(), Refusal> {
        let object = database.object(&self.object).ok_or_else(|| Refusal::no_such_type(&self.object))?;
        if let Some(field) = &self.field
            && !object.has(field)
        {
            return Err(Refusal::no_such_column(field, object.name()));
        }
        soql::condition(database, object.name(), &self.when, now).map(|_| ())
    }
}

/// The first rule that refuses the row.
pub fn check(database: &Database, object: &Object, row: &Row, now: DateTime<Utc>) -> Result<(), Refusal> {
    for rule in database.rules.validations.iter().filter(|rule| rule.object.eq_ignore_ascii_case(object.name())) {
        // A field of the condition may have been removed since; such a rule holds for nothing.
        let Ok(condition) = soql::condition(database, object.name(), &rule.when, now) else { continue };
        if condition.holds(&|bound| bound.reach(database, row)) {
            let mut refusal = Refusal::new("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message.clone());
            refusal.fields.extend(rule.field.clone());
            return Err(refusal);
        }
    }
    Ok(())
}
