//! What Zoom's package keeps beside the Task: the Task refers to a call log, and Zoom's id of the call stands in that.

use std::collections::{BTreeMap, BTreeSet};

use liaison_salesforce::{Condition, Query, SalesforceError, SalesforceId};
use serde::Deserialize;

use super::find::Seen;
use crate::context::SalesforceAccount;
use crate::topics::is_hidden;

/// The object, and the field of a Task that refers to one.
const CALL_LOG: &str = "ZVC__Zoom_Call_Log__c";
const CALL_ID: &str = "ZVC__Call_ID__c";
/// Under which name the id counts as read with the Task.
pub(super) const CALL_ID_OF_TASK: &str = "ZVC__Zoom_Call_Log__r.ZVC__Call_ID__c";
/// So many logs are asked for at once: a question stands in an address.
const AT_ONCE: usize = 200;

#[derive(Debug, Deserialize)]
struct CallLog {
    #[serde(rename = "Id")]
    id: SalesforceId,
    #[serde(rename = "ZVC__Call_ID__c", default)]
    call_id: Option<String>,
}

/// Tasks with Zoom's ids of the logs that they refer to. Where the user may not see the logs, they stay as they are.
pub(super) async fn read_along(
    account: &SalesforceAccount,
    mut tasks: Vec<Seen>,
) -> Result<Vec<Seen>, SalesforceError> {
    let logs: Vec<SalesforceId> =
        tasks.iter().filter_map(log_of).collect::<BTreeSet<SalesforceId>>().into_iter().collect();
    let mut ids = BTreeMap::new();
    for some in logs.chunks(AT_ONCE) {
        let these = Condition::is_in("Id", some.iter().copied());
        let query = Query::from(CALL_LOG).select(["Id", CALL_ID]).filter(these);
        match account.api.query_all_rows::<CallLog>(&query.build()?).await {
            Ok(rows) => ids.extend(rows.into_iter().filter_map(|row| Some((row.id, row.call_id?)))),
            Err(error) if is_hidden(&error) => return Ok(tasks),
            Err(error) => return Err(error),
        }
    }
    for task in &mut tasks {
        if let Some(id) = log_of(task).and_then(|log| ids.get(&log)) {
            task.more.insert(CALL_ID_OF_TASK.to_owned(), id.as_str().into());
        }
    }
    Ok(tasks)
}

fn log_of(task: &Seen) -> Option<SalesforceId> {
    task.text(CALL_LOG).and_then(|log| log.parse().ok())
}
