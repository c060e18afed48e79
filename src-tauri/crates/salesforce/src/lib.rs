//! A typed client of Salesforce's REST API.
//!
//! What it is: paths, bodies, answers and errors of the resources Liaison uses, as Rust types, on
//! top of `liaison-transport`. What it is not: it holds no records, stores nothing, knows no Zoom,
//! and never retries or signs in by itself (transport does). The only wait is for a Bulk job.
//!
//! * [`Salesforce::user_info`], [`Salesforce::versions`], [`Salesforce::describe`] say who the user
//!   is and what this user may do in this org; [`Capabilities`] and [`OrgCapabilities`] sum it up.
//! * [`Query`] is the only way to SOQL: every value is escaped, every name checked, and no text
//!   from outside ever becomes part of a query's shape.
//! * Records: create, get, update, delete, upsert by external id, and collections of up to 200;
//!   [`Composite`], batch and [`Graph`] for several steps in one call; Bulk jobs for thousands.
//! * [`Salesforce::pull`] and [`Salesforce::pull_people`] bring what was touched, [`GoneQuery`] what
//!   was deleted or merged; [`FieldHash`] tells what was really changed.
//! * [`Salesforce::list_views`] and [`Salesforce::reports`] are what users have saved to look at again.
//! * [`SalesforceError`] with one [`Disposition`]: what the caller does next.
//! * Objects: one file each, see [`PulledRecord`]; what is made is a `New…`, such as [`NewTask`].
//!
//! Source of the facts: Salesforce's public REST API Developer Guide, Object Reference, and SOQL
//! and SOSL Reference.

mod bulk;
mod capabilities;
mod changes;
mod client;
mod composite;
mod describe;
mod error;
mod identifier;
mod identity;
mod limits;
mod lists;
mod login_host;
mod moment;
mod name;
mod oauth;
mod objects;
mod open_enum;
mod pull;
mod query;
mod records;
mod search;
mod soql;
#[cfg(test)]
mod test_support;
mod usage;
mod version;

pub use bulk::{BulkJob, BulkLocator, BulkOperation, BulkPage, BulkRow, BulkState, MOST_SHEET_BYTES, Polling, Sheet};
pub use capabilities::{
    ActivityCapability, Capabilities, FieldCapability, FieldProblem, FieldProblemKind, KEY_FIELD, KeyField,
    ObjectCapability, OrgCapabilities, TaskCapability,
};
pub use changes::{DELETED_REACH, DeletedId, DeletedIds, UPDATED_REACH, UpdatedIds};
pub use client::{Salesforce, api_config, refresh_on};
pub use composite::{
    Composite, Graph, GraphOutcome, LinkedRecord, MOST_BATCH_STEPS, MOST_COMPOSITE_STEPS, MOST_GRAPH_STEPS,
    MOST_GRAPHS, Step, StepAnswer, StepOutcome, Target, cause,
};
pub use describe::{
    Described, FieldDescription, FieldType, GlobalDescription, ObjectDescription, ObjectSummary, PicklistValue,
    RecordType,
};
pub(crate) use error::Addressed;
pub use error::{
    Disposition, DuplicateMatch, Duplicates, ErrorItem, InvalidRequest, Refusal, Resolution, SalesforceError,
    ServerText,
};
pub use identifier::{InvalidSalesforceId, SalesforceId};
pub use identity::{Identity, UserInfo};
pub use limits::{Limit, OrgLimits, RecordCount};
pub use lists::{ListView, Report, ReportCell, ReportColumn, ReportFormat, ReportName};
pub use login_host::{LoginHost, LoginHostRefused};
pub use moment::parse_moment;
pub use name::{ExternalKey, FieldName, InvalidName, ObjectName, ReferenceName};
pub use oauth::{REDIRECT_PATH, REDIRECT_PORTS, SCOPES, provider, redirect_uris};
pub use objects::{
    AFTERWARDS, Account, Afterwards, AfterwardsValue, CAMPAIGN_DETAILS, CalendarEntry, CallFields, CallType, Campaign,
    CampaignMember, CampaignMemberStatus, CampaignMembers, CampaignThere, Campaigns, Case, Change, Contact, Event,
    EventChange, EventRelation, Events, Invitation, Lead, MEMBER_DETAILS, NewCampaign, NewCampaignMember, NewContact,
    NewEvent, NewEventRelation, NewLead, NewPerson, NewTask, Opportunity, Parent, SharedRelation, ShowAs, Task,
    TaskStatus, Tasks, User,
};
pub use pull::{
    BULK_PULL_THRESHOLD, BulkPullPage, Company, CompanyPage, CompanyQuery, FieldHash, FieldText, Glimpse, GonePage,
    GoneQuery, GoneRecord, InvalidFieldHash, Look, MOST_BY_ID, PeopleCursor, PeoplePage, PeopleQuery, Person,
    PersonExtras, PullCursor, PullPage, PullQuery, Pulled, PulledRecord, Seen,
};
pub use query::{QueryLocator, QueryPage, QueryStep, SkippedRow};
pub use records::{
    Beside, Collection, ConditionalUpdate, Deletion, MOST_COLLECTION_ROWS, MOST_COLLECTIONS, MOST_READ_ROWS, Record,
    RowDeletion, RowOutcome, RowRefusal, Saved, Upsertion, VersionTag, Versioned,
};
pub use search::{Search, SearchHit, SearchScope, SearchedObject};
pub use soql::{Condition, Direction, InvalidQuery, Literal, Operator, Place, Query, Soql};
pub use usage::ApiUsage;
pub use version::{ApiVersion, VersionUnsupported};
