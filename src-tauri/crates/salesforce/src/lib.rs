//! A typed client of Salesforce's REST API.
//!
//! What it is: paths, bodies, answers and errors of the resources Liaison uses, as Rust types, on
//! top of `liaison-transport`. What it is not: it holds no records, stores nothing, knows no Zoom,
//! and never sleeps, retries or signs in by itself (transport does).
//!
//! * [`Salesforce::user_info`], [`Salesforce::versions`], [`Salesforce::describe`] say who the user
//!   is and what this user may do in this org; [`Capabilities`] sums it up.
//! * [`Query`] is the only way to SOQL: every value is escaped, every name checked, and no text
//!   from outside ever becomes part of a query's shape.
//! * Records: create, get, update, delete, upsert by external id, and collections of up to 200.
//! * [`SalesforceError`] with one [`Disposition`]: what the caller does next.
//! * Objects: [`Event`], [`Lead`], [`Contact`]; a further object is a further file.
//!
//! Source of the facts: Salesforce's public REST API Developer Guide, Object Reference, and SOQL
//! and SOSL Reference.

mod capabilities;
mod client;
mod describe;
mod error;
mod identifier;
mod identity;
mod login_host;
mod moment;
mod name;
mod oauth;
mod objects;
mod open_enum;
mod pull;
mod query;
mod records;
mod soql;
#[cfg(test)]
mod test_support;
mod usage;
mod version;

pub use capabilities::{ActivityCapability, Capabilities, KEY_FIELD, KeyField};
pub use client::{Salesforce, api_config, refresh_on};
pub use describe::{
    Described, FieldDescription, FieldType, GlobalDescription, ObjectDescription, ObjectSummary, PicklistValue,
};
pub use error::{Disposition, ErrorItem, InvalidRequest, Refusal, Resolution, SalesforceError, ServerText};
pub use identifier::{InvalidSalesforceId, SalesforceId};
pub use identity::UserInfo;
pub use login_host::{LoginHost, LoginHostRefused};
pub use moment::parse_moment;
pub use name::{ExternalKey, FieldName, InvalidName, ObjectName};
pub use oauth::{REDIRECT_PATH, REDIRECT_PORTS, SCOPES, provider, redirect_uris};
pub use objects::{Change, Contact, Event, EventChange, Events, Lead, NewEvent, Parent, ShowAs};
pub use pull::{PeopleCursor, PeoplePage, PeopleQuery, Person, PersonKind};
pub use query::{QueryLocator, QueryPage, QueryStep, SkippedRow};
pub use records::{Collection, Deletion, MOST_COLLECTION_ROWS, Record, RowOutcome, RowRefusal, Saved, Upsertion};
pub use soql::{Condition, Direction, InvalidQuery, Literal, Operator, Place, Query, Soql};
pub use usage::ApiUsage;
pub use version::{ApiVersion, VersionUnsupported};
