//! What leaves for webinars: registrations, decisions about registrants, changes of the panel, and the webinar itself.

pub(crate) mod campaign;
pub(crate) mod member;
pub(crate) mod panelist;
pub(crate) mod questions;
mod refusal;
pub(crate) mod registrant;
mod salesforce;
mod sending;
pub(crate) mod status;
pub(crate) mod webinar;

use liaison_domain::text;
use liaison_store::tables::outbox::{NewOperation, OutboxAction, Urgency};
use uuid::Uuid;

use crate::outbox::target::Target;
use crate::outbox::view::{FieldContent, FieldValue};

/// What the rows of all kinds here have in common.
pub(crate) struct Place<'a> {
    pub target: &'a Target,
    /// One of many.
    pub group: Option<&'a str>,
    pub now_ms: i64,
    pub hold_ms: i64,
}

impl Place<'_> {
    fn operation(&self, kind: &str, action: OutboxAction) -> NewOperation {
        NewOperation {
            op_id: Uuid::now_v7().to_string(),
            target: self.target.key.clone(),
            target_name: self.target.name.clone(),
            kind: kind.to_owned(),
            action,
            identity: String::new(),
            order_key: String::new(),
            subject_key: String::new(),
            batch_key: None,
            group_id: self.group.map(str::to_owned),
            urgency: if self.group.is_some() { Urgency::Bulk } else { Urgency::Click },
            depends_on: None,
            title: String::new(),
            person_name: None,
            payload_json: String::new(),
            record_id: None,
            held_until_utc_ms: (self.hold_ms > 0).then_some(self.now_ms + self.hold_ms),
            created_utc_ms: self.now_ms,
        }
    }
}

fn shown(name: &str, value: &str) -> FieldValue {
    FieldValue { name: name.to_owned(), value: FieldContent::Text { text: text::multi_line(value, 2_000) } }
}
