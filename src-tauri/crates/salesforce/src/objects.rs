//! The objects Liaison reads and writes, one file each.

mod account;
pub(crate) mod afterwards;
mod calendar;
mod campaign;
mod campaign_member;
mod case;
mod event;
mod event_relation;
mod event_write;
mod opportunity;
pub(crate) mod person;
mod person_write;
pub(crate) mod record_macro;
mod rules;
mod task;
mod task_status;
mod user;

pub use account::Account;
pub use afterwards::{AFTERWARDS, Afterwards, AfterwardsValue};
pub use calendar::CalendarEntry;
pub use campaign::{CAMPAIGN_DETAILS, Campaign, CampaignThere, Campaigns, NewCampaign};
pub use campaign_member::{CampaignMember, CampaignMemberStatus, CampaignMembers, MEMBER_DETAILS, NewCampaignMember};
pub use case::Case;
pub use event::{Event, Events, ShowAs};
pub use event_relation::{EventRelation, Invitation, NewEventRelation, SharedRelation};
pub use event_write::{Change, EventChange, NewEvent};
pub use opportunity::Opportunity;
pub use person::{Contact, Lead, Parent};
pub use person_write::{NewContact, NewLead, NewPerson};
pub use task::{CallFields, CallType, NewTask, Task, Tasks};
pub use task_status::TaskStatus;
pub(crate) use task_status::{closed as closed_status, open as open_status};
pub use user::User;
