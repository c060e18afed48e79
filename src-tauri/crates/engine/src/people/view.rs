//! People as they are found, listed and shown one by one.

pub use liaison_domain::RecordKind;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::terms::UtcMs;

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
    /// The first of the numbers: it tells namesakes without an address apart.
    pub phone: Option<String>,
    pub email_opt_out: bool,
    pub converted: bool,
}

/// Which people a list holds. Without anything in it, everybody who can be worked with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PeopleFilter {
    /// Words that all have to be there, anywhere in name, company, an address or a number.
    pub query: String,
    pub kind: PeopleKind,
    /// Only those whom the signed-in user owns.
    pub mine: bool,
    pub has_email: bool,
    pub touch: PeopleTouch,
    /// Only those of a company of this name.
    pub company: Option<String>,
    /// Only members of a list that was fetched; its id.
    pub list: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PeopleKind {
    /// Everybody but Leads that were converted.
    #[default]
    All,
    Leads,
    /// Of companies.
    Contacts,
    PersonAccounts,
    /// Leads that became Contacts.
    Converted,
}

/// When there was something with them last: a meeting, a call, or an activity that only Salesforce knows of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PeopleTouch {
    #[default]
    Any,
    /// On one of the last days, today included.
    Within { days: u32 },
    /// On none of the last days.
    NotWithin { days: u32 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PeopleOrder {
    #[default]
    Name,
    NameBack,
    /// Those without a company last.
    Company,
    CompanyBack,
    /// The latest touch first.
    Touched,
    /// Those never touched first, then the longest ago.
    Untouched,
    /// The next meeting first.
    Next,
}

/// Some people, or all that match a filter but some: never a list of everybody's ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PeopleSelection {
    Some { ids: Vec<String> },
    All { filter: PeopleFilter, except: Vec<String> },
}

/// A person in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: each flag is a mark of its own in the window")]
pub struct PersonRow {
    /// `Lead:00Q…` or `Contact:003…`.
    pub id: String,
    pub record: RecordKind,
    /// A Contact that is an account at once.
    pub person_account: bool,
    pub name: String,
    pub company: Option<String>,
    pub title: Option<String>,
    /// As it is written there.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub owner: Option<String>,
    /// The signed-in user owns them.
    pub mine: bool,
    /// The day of the last touch, `YYYY-MM-DD` in the user's zone.
    pub last_touch: Option<String>,
    pub next_meeting: Option<UtcMs>,
    pub email_opt_out: bool,
    pub do_not_call: bool,
    pub converted: bool,
}

/// A page of the list with everything around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PeopleList {
    pub rows: Vec<PersonRow>,
    /// How many match the filter.
    pub total: u32,
    /// How many are on this computer, without converted Leads.
    pub here: u32,
    /// How many there are in Salesforce, where that is more than are kept here.
    pub there: Option<u32>,
    /// Salesforce was connected at least once.
    pub connected: bool,
    /// The first pull is still under way.
    pub fetching: bool,
    /// When everything that is new was read last.
    pub as_of: Option<UtcMs>,
    /// The list whose members are shown.
    pub list: Option<PeopleListInfo>,
}

/// A list of Salesforce whose members were fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PeopleListInfo {
    pub id: String,
    pub name: String,
    pub at: UtcMs,
    /// How many it has there; those that are not here are not shown.
    pub members: u32,
    /// Salesforce gave only the first ones.
    pub cut: bool,
}

/// A list of Salesforce that people can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PeopleListChoice {
    /// To be handed back.
    pub id: String,
    pub name: String,
    pub kind: PeopleListKind,
    /// Why it can't be used, where that is known before it is asked for.
    pub problem: Option<PeopleListProblem>,
}

/// What a list is in Salesforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PeopleListKind {
    Campaign,
    /// A list view of Leads.
    Leads,
    /// A list view of Contacts.
    Contacts,
    Report,
}

/// Why nobody can be taken from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PeopleListProblem {
    /// A list view that Salesforce can't tell as a query, such as one of a queue.
    NoQuery,
    /// A report with groups, or a joined one.
    NotTabular,
    /// A report without a column of Leads or Contacts, or of their addresses.
    NoPeople,
}

/// What asking for the members of a list came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FetchedPeopleList {
    Fetched {
        list: PeopleListInfo,
        /// Addresses of a report that are no Lead's and no Contact's.
        strangers: Vec<String>,
    },
    Unusable {
        problem: PeopleListProblem,
    },
}

/// What Salesforce's own search brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundPeople {
    /// How many it found.
    pub found: u32,
    /// How many of them were not here before; they are now.
    pub added: u32,
}

/// What was put on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CopiedAddresses {
    pub copied: u32,
    /// Left out: they have none.
    pub without: u32,
    /// Left out: they want no mail.
    pub opted_out: u32,
}
