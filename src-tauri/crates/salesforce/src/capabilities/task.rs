//! What this user may do with Tasks: fields, statuses, and what of it a call needs.

use super::ObjectCapability;
use super::org::{CALL_FIELDS, told};
use crate::error::SalesforceError;
use crate::objects::{closed_status, open_status};
use crate::{Salesforce, TaskStatus};

/// What this user may do with Tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskCapability {
    /// The object and its fields.
    pub object: ObjectCapability,
    /// The org's statuses; empty when it does not tell.
    pub statuses: Vec<TaskStatus>,
}

impl TaskCapability {
    /// The status of a Task that is done.
    #[must_use]
    pub fn closed(&self) -> Option<String> {
        closed_status(&self.statuses)
    }

    /// The status of a Task that is to be done; without one the org's own default.
    #[must_use]
    pub fn open(&self) -> Option<String> {
        open_status(&self.statuses)
    }

    /// Whether a Task can say what a call was like.
    #[must_use]
    pub fn call_fields(&self) -> bool {
        CALL_FIELDS.iter().all(|name| self.may_set(name))
    }

    /// Whether the user may set a field on a new Task.
    #[must_use]
    pub fn may_set(&self, name: &str) -> bool {
        self.object.field(name).is_some_and(|field| field.createable)
    }

    /// Whether the user may read a field.
    #[must_use]
    pub fn sees(&self, name: &str) -> bool {
        self.object.field(name).is_some()
    }
}

impl Salesforce {
    /// Asks what this user may do with Tasks: two calls, so once a day or on doubt.
    pub async fn task_capability(&self) -> Result<TaskCapability, SalesforceError> {
        let object = self.object_capability("Task", None).await?;
        let statuses = told(self.task_statuses().await.map(Some))?.unwrap_or_default();
        Ok(TaskCapability { object, statuses })
    }
}
