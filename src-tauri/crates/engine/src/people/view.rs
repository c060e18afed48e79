//! People as they are found.

pub use liaison_domain::RecordKind;
use serde::Serialize;
use specta::Type;

/// A person found in the local copy of Leads and Contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonHit {
    /// `Lead:00Q…` or `Contact:003…`.
    pub id: String,
    pub record: RecordKind,
    pub name: String,
    pub company: Option<String>,
    pub title: Option<String>,
    pub email: Option<String>,
    pub email_opt_out: bool,
    pub converted: bool,
}
