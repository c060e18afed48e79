//! Registrants as they are listed.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::RegistrantCounts;
use crate::people::view::PersonHit;
use crate::terms::UtcMs;

/// Where a registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RegistrantStanding {
    Approved,
    /// Waits for the host.
    Pending,
    Denied,
    /// Approved once, in no list of Zoom any more.
    Cancelled,
}

/// What the host decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RegistrantDecision {
    Approve,
    Deny,
    /// Not to be undone.
    Cancel,
}

/// Which registrants.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct RegistrantFilter {
    /// None for all.
    pub standing: Option<RegistrantStanding>,
    /// Any part of a name or an address, however accented. Empty for all.
    pub query: String,
    pub sort: RegistrantSort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RegistrantSort {
    /// The latest first.
    #[default]
    Newest,
    Name,
    Email,
}

/// A page of registrants, at most 200.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrantList {
    pub rows: Vec<RegistrantRow>,
    pub total: u32,
    /// Of the whole webinar, whatever the filter.
    pub counts: RegistrantCounts,
    /// When all lists were last read to their ends; none before the first time.
    pub as_of: Option<UtcMs>,
}

/// Through whom somebody registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RegisteredThrough {
    /// From here.
    Liaison,
    /// Zoom's form, or another program.
    Elsewhere,
}

/// A registrant. Their own link is copied by the shell.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrantRow {
    pub id: String,
    /// Zoom's id.
    pub registrant_id: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub standing: RegistrantStanding,
    pub registered: Option<UtcMs>,
    /// The Lead or Contact with this address; none where nobody or several have it.
    pub person: Option<PersonHit>,
    /// Several Leads or Contacts have the address.
    pub several: bool,
    pub through: RegisteredThrough,
    /// Name of the tracking link.
    pub source: Option<String>,
    pub has_link: bool,
    pub answers: Vec<RegistrantAnswer>,
    pub pending: Option<RegistrantPending>,
}

/// An answer to a question, or a field of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrantAnswer {
    /// Zoom's name of the field, such as `org`, or the host's own question.
    pub field: String,
    /// It is the host's own question.
    pub custom: bool,
    pub value: String,
}

/// A decision that Zoom does not have yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrantPending {
    /// Outbox row.
    pub item: String,
    pub decision: RegistrantDecision,
    pub can_undo: bool,
}

/// What became of a decision: one row of the outbox, or a group of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrantsDecided {
    pub item: Option<String>,
    pub group: Option<String>,
    pub decided: u32,
    /// They stand so already, or can't any more.
    pub left_out: u32,
}
