//! A Lead that is made for a call, as its sheet shows it.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::CallDecision;
use crate::error::Problem;
use crate::outbox::view::{Double, FieldText};

/// What the sheet asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeadSheet {
    /// Names the sheet: pressing its button twice makes one Lead.
    pub id: String,
    /// None for somebody of a webinar.
    pub call: Option<String>,
    pub right: LeadRight,
    pub fields: Vec<LeadField>,
    /// The kinds of Leads of the org; empty where there is nothing to choose.
    pub record_types: Vec<LeadRecordType>,
    /// Fields that the org requires and that can't be filled in here, by their labels: Salesforce's own form can.
    pub beyond: Vec<String>,
    /// The number as people write it.
    pub number: Option<String>,
    /// Zoom takes the caller for spam.
    pub spam: bool,
    /// Other calls of the number that wait for somebody to say who it was: they are linked as well.
    pub others: u32,
}

/// Whether the user may make Leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LeadRight {
    Yes,
    No,
    /// Salesforce can't be asked now: the fields are those that every Lead has.
    NotKnown,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeadField {
    /// Salesforce's own API name.
    pub name: String,
    /// As the organisation calls it; empty where that is not known.
    pub label: String,
    pub kind: LeadFieldKind,
    pub required: bool,
    /// Longest text in characters; 0 where there is no limit.
    pub most: u32,
    pub choices: Vec<LeadChoice>,
    /// What is in it at first.
    pub value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LeadFieldKind {
    Text,
    Lines,
    Choice,
    /// Several, with `;` between them.
    Choices,
    /// `true` or nothing.
    Check,
    Number,
    /// `YYYY-MM-DD`.
    Day,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeadChoice {
    pub value: String,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeadRecordType {
    pub id: String,
    pub name: String,
    /// New records get it when none is chosen.
    pub usual: bool,
}

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeadDraft {
    pub id: String,
    pub call: Option<String>,
    pub record_type: Option<String>,
    pub values: Vec<FieldText>,
    /// The user has seen whom it would double, and wants it all the same.
    pub beside: bool,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeadIssue {
    /// Salesforce's own API name.
    pub name: String,
    pub problem: Problem,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LeadMade {
    /// It stands in Salesforce, and its calls are linked with it.
    Made { decision: CallDecision },
    /// It is made when Salesforce can be reached; its calls wait with it.
    Waiting { decision: CallDecision },
    /// Nothing was sent.
    Invalid { issues: Vec<LeadIssue> },
    /// The org's duplicate rules found others; nothing was made.
    Doubles { item: String, message: String, may_save: bool, records: Vec<Double> },
    /// Salesforce refused; its own words where it has some.
    Refused { item: String, message: String, fields: Vec<String>, code: String },
    /// The user may not make Leads.
    NoRight,
}
