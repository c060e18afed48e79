//! The statuses an org has for Tasks. Administrators rename them and translate them. Source: Object
//! Reference, "TaskStatus".

use serde::Deserialize;

use crate::error::SalesforceError;
use crate::{Direction, Query, Salesforce};

/// One status of Tasks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TaskStatus {
    /// What a Task's `Status` holds.
    #[serde(default)]
    pub api_name: Option<String>,
    /// What people see.
    #[serde(default)]
    pub master_label: Option<String>,
    /// Place in the list.
    #[serde(default)]
    pub sort_order: Option<i64>,
    /// New Tasks get it.
    #[serde(default)]
    pub is_default: bool,
    /// It ends a Task.
    #[serde(default)]
    pub is_closed: bool,
}

impl Salesforce {
    /// The statuses of Tasks, in the org's order.
    pub async fn task_statuses(&self) -> Result<Vec<TaskStatus>, SalesforceError> {
        let soql = Query::from("TaskStatus")
            .select(["ApiName", "MasterLabel", "SortOrder", "IsDefault", "IsClosed"])
            .order_by("SortOrder", Direction::Ascending)
            .build()?;
        self.query_rows(&soql).await
    }

    /// The status of a Task that is done: the first one that ends a Task.
    pub async fn closed_task_status(&self) -> Result<Option<String>, SalesforceError> {
        Ok(closed(&self.task_statuses().await?))
    }
}

/// Of several that end a Task, the org's default, else the one that is called by its original name, else the first.
pub(crate) fn closed(statuses: &[TaskStatus]) -> Option<String> {
    chosen(statuses, true, "Completed")
}

/// The same of those that leave it open.
pub(crate) fn open(statuses: &[TaskStatus]) -> Option<String> {
    chosen(statuses, false, "Not Started")
}

fn chosen(statuses: &[TaskStatus], is_closed: bool, usual: &str) -> Option<String> {
    let fitting = || statuses.iter().filter(|status| status.is_closed == is_closed);
    let name = |status: &TaskStatus| status.api_name.clone().or_else(|| status.master_label.clone());
    let default = fitting().find(|status| status.is_default).and_then(name);
    let usual = || fitting().filter_map(name).find(|name| name == usual);
    default.or_else(usual).or_else(|| fitting().find_map(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(name: &str, is_closed: bool) -> TaskStatus {
        let api_name = Some(name.to_owned());
        TaskStatus { api_name, master_label: None, sort_order: None, is_default: false, is_closed }
    }

    #[test]
    fn a_renamed_status_is_found_by_what_it_does() {
        assert_eq!(closed(&[status("Offen", false), status("Abgeschlossen", true)]).as_deref(), Some("Abgeschlossen"));
        let two = [status("Cancelled", true), status("Completed", true)];
        assert_eq!(closed(&two).as_deref(), Some("Completed"));
        let mut three = vec![status("Held", true), status("Done", true), status("New", false)];
        assert_eq!((closed(&three).as_deref(), open(&three).as_deref()), (Some("Held"), Some("New")));
        three[1].is_default = true;
        assert_eq!(closed(&three).as_deref(), Some("Done"));
        assert_eq!(closed(&[status("Completed", false)]), None);
        assert_eq!((closed(&[]), open(&[])), (None, None));
    }
}
