//! A webinar in Salesforce: which Campaign it is, and what becomes of its people there.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::terms::UtcMs;

/// A Campaign of the org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CampaignHit {
    pub id: String,
    pub name: String,
    pub status: String,
    pub start: Option<UtcMs>,
}

/// What a person is to the webinar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MemberState {
    Denied,
    Registered,
    Approved,
    NoShow,
    Attended,
}

/// The Campaign's status of each; none writes none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct MemberStatuses {
    pub registered: Option<String>,
    pub approved: Option<String>,
    pub denied: Option<String>,
    pub attended: Option<String>,
    pub no_show: Option<String>,
}

/// What the user chose.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct CampaignChoice {
    /// One that is there; without it one of this name is made.
    pub campaign: Option<String>,
    pub name: String,
    pub statuses: MemberStatuses,
    /// Statuses that the Campaign has not are added to it.
    pub add_statuses: bool,
}

/// What the sheet begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: Salesforce's rights are independent of each other")]
pub struct CampaignStart {
    pub choice: CampaignChoice,
    /// The user can read Campaigns; some orgs have none, and some users no right to them.
    pub may_read: bool,
    /// The user may make Campaigns: Salesforce's «Marketing User», and the right to it.
    pub marketing: bool,
    pub may_add_statuses: bool,
    /// The user may add members at all.
    pub may_add_members: bool,
}

/// What a run does to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MemberPlan {
    Create,
    Change,
    /// They stand so already, or nothing is written for how they stand.
    Leave,
    /// Nobody, or several, have the address.
    Unknown,
}

/// What a run would do; the run does exactly that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CampaignPlan {
    /// Names what would be written: a run is told it, and writes nothing where that is something else by now.
    pub digest: String,
    /// The webinar's own Campaign that is there or on its way, by its name; it takes the place of a new one.
    pub existing: Option<String>,
    /// That one is known by its name and first day only: it may be somebody else's.
    pub by_name: bool,
    /// Statuses that the Campaign has.
    pub available: Vec<String>,
    /// Chosen ones that it has not.
    pub missing: Vec<String>,
    pub create: u32,
    pub change: u32,
    pub leave: u32,
    pub unknown: u32,
    /// Fields of our package that are written for members, by their API names; none where the org has none.
    pub member_fields: Vec<String>,
    /// The same of the Campaign.
    pub campaign_fields: Vec<String>,
    /// Our part of the Campaign's description is written.
    pub block: bool,
    /// Calls of Salesforce's API that it takes.
    pub calls: u32,
    /// The first ones of all that are counted.
    pub rows: Vec<MemberPlanRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MemberPlanRow {
    pub name: String,
    pub email: String,
    pub does: MemberPlan,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// What was put in line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CampaignRun {
    /// The group of all rows; none where nothing was to be done.
    pub group: Option<String>,
    pub people: u32,
    /// The Campaign itself is made or changed.
    pub campaign: bool,
    /// Nothing was put in line, for something else is to be done since the plan was made: this.
    pub changed: Option<CampaignPlan>,
}
