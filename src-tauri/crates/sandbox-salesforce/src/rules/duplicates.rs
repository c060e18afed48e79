//! The two standard duplicate rules: a new Lead or Contact is compared with all Leads and Contacts.
//!
//! The real matching is fuzzy; here the same e-mail address, or the same full name at the same
//! company, is a match. The misspelt `duplicateResut` is Salesforce's own.

use serde_json::{Value, json};

use super::super::call::{NEWEST, Version};
use super::super::records::rest::{attributes, record_url};
use super::super::records::{Database, Row};
use super::super::refusal::Refusal;
use super::super::schema::Object;
use super::Saving;

const MESSAGE: &str = "Use one of these records?";
const COMPARED: [&str; 2] = ["Lead", "Contact"];
const DETAILS: [&str; 8] = ["Name", "FirstName", "LastName", "Email", "Phone", "MobilePhone", "Company", "AccountId"];

/// Whether the rules are on.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuplicateRules {
    pub active: bool,
    /// Whether the user may save all the same (the rule alerts) or not (the rule blocks).
    #[serde(default = "yes")]
    pub allow_save: bool,
}

fn yes() -> bool {
    true
}

impl Default for DuplicateRules {
    fn default() -> Self {
        Self { active: false, allow_save: true }
    }
}

/// Refuses a new person that is already there.
pub fn check(database: &Database, object: &Object, row: &Row, saving: &Saving) -> Result<(), Refusal> {
    let DuplicateRules { active, allow_save } = database.rules.duplicates;
    if !active || !COMPARED.contains(&object.name()) || (saving.allow_duplicates && allow_save) {
        return Ok(());
    }
    let wanted = Traits::of(database, object, row);
    let results: Vec<Value> = COMPARED
        .iter()
        .filter_map(|name| database.object(name))
        .filter_map(|target| match_result(database, target, &wanted, row, saving))
        .collect();
    if results.is_empty() {
        return Ok(());
    }
    let name = object.name();
    let mut refusal = Refusal::new("DUPLICATES_DETECTED", MESSAGE);
    refusal.duplicates = Some(Box::new(json!({
        "allowSave": allow_save,
        "duplicateRule": format!("Standard_{name}_Duplicate_Rule"),
        "duplicateRuleEntityType": name,
        "errorMessage": MESSAGE,
        "matchResults": results,
    })));
    Err(refusal)
}

fn match_result(database: &Database, target: &Object, wanted: &Traits, new: &Row, saving: &Saving) -> Option<Value> {
    let records: Vec<Value> = database
        .rows(target.name())
        .filter(|row| row.id != new.id && !row.deleted && !row.named(target, "IsConverted").is_true())
        .filter(|row| wanted.fits(&Traits::of(database, target, row)))
        .map(|row| {
            json!({
                "additionalInformation": [],
                "fieldDiffs": [],
                "matchConfidence": 100.0,
                "record": record(target, row, saving),
            })
        })
        .collect();
    let name = target.name();
    (!records.is_empty()).then(|| {
        json!({
            "entityType": name,
            "errors": [],
            "matchEngine": "FuzzyMatchEngine",
            "size": records.len(),
            "matchRecords": records,
            "rule": format!("Standard_{name}_Match_Rule_v1_0"),
            "success": true,
        })
    })
}

fn record(target: &Object, row: &Row, saving: &Saving) -> Value {
    let base = format!("/services/data/{}", Version(NEWEST).path());
    let mut record = json!({
        "attributes": attributes(target.name(), &record_url(&base, target.name(), row.id)),
        "Id": row.id.as_str(),
    });
    if saving.record_details {
        for field in DETAILS.iter().filter(|field| target.has(field)) {
            record[*field] = row.named(target, field).to_json();
        }
    }
    record
}

/// What two people are compared by, in lower case.
struct Traits {
    email: String,
    name: String,
    company: String,
}

impl Traits {
    fn of(database: &Database, object: &Object, row: &Row) -> Self {
        let account = row.named(object, "AccountId").as_id().and_then(|id| database.any(id));
        let company = match account {
            Some((accounts, account)) => account.text(accounts, "Name"),
            None => row.text(object, "Company"),
        };
        let lower = |text: String| text.trim().to_lowercase();
        Self { email: lower(row.text(object, "Email")), name: lower(row.text(object, "Name")), company: lower(company) }
    }

    fn fits(&self, other: &Self) -> bool {
        let same_email = !self.email.is_empty() && self.email == other.email;
        let same_place = !self.company.is_empty() && self.company == other.company;
        same_email || (same_place && self.name == other.name)
    }
}
