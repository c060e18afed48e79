//! A topic in a stored form of its own.

use liaison_domain::text;
use liaison_salesforce::SalesforceId;
use serde::{Deserialize, Serialize};

use super::MAX_NAME;
use crate::topics::view::{Topic, TopicKind};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredTopic {
    /// Salesforce's name of the object.
    pub object: String,
    pub id: String,
    pub name: String,
}

impl StoredTopic {
    pub fn of(topic: &Topic) -> Self {
        Self {
            object: topic.kind.object().to_owned(),
            id: topic.id.clone(),
            name: text::single_line(&topic.name, MAX_NAME),
        }
    }

    /// `None` for an object that only another version knows.
    pub fn shown(self) -> Option<Topic> {
        Some(Topic { kind: TopicKind::of_object(&self.object)?, id: self.id, name: self.name, state: None })
    }

    pub fn salesforce_id(&self) -> Option<SalesforceId> {
        self.id.parse().ok()
    }
}
