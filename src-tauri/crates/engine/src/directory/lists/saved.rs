//! List views of Leads and of Contacts, as users of the org have saved them.

use liaison_domain::RecordKind;
use liaison_salesforce::{SalesforceError, SalesforceId};
use serde::Deserialize;

use super::{MOST_LISTS, Members, choice, walk};
use crate::context::SalesforceAccount;
use crate::directory::pull;
use crate::failure::Error;
use crate::people::view::{PeopleListChoice, PeopleListKind, PeopleListProblem};
use crate::pull::salesforce_failed;

/// Their names in the id of a list.
pub(super) const LEADS: &str = "LeadView";
pub(super) const CONTACTS: &str = "ContactView";

pub(super) async fn choices(
    account: &SalesforceAccount,
    kind: RecordKind,
) -> Result<Vec<PeopleListChoice>, SalesforceError> {
    let (prefix, shown) = match kind {
        RecordKind::Lead => (LEADS, PeopleListKind::Leads),
        RecordKind::Contact => (CONTACTS, PeopleListKind::Contacts),
    };
    let Ok(object) = pull::object(kind) else { return Ok(Vec::new()) };
    let views = account.api.list_views(&object).await?;
    let choices = views.into_iter().take(MOST_LISTS as usize).map(|view| PeopleListChoice {
        problem: (!view.soql_compatible).then_some(PeopleListProblem::NoQuery),
        ..choice(format!("{prefix}:{}", view.id), &view.label, shown)
    });
    Ok(choices.collect())
}

pub(super) async fn members(
    cx: &crate::context::Context,
    account: &SalesforceAccount,
    kind: RecordKind,
    view: SalesforceId,
) -> Result<Members, Error> {
    #[derive(Deserialize)]
    struct Row {
        #[serde(rename = "Id")]
        id: SalesforceId,
    }

    let failed = salesforce_failed(cx);
    let object = pull::object(kind)?;
    let soql = account.api.list_view_query(&object, view).await.map_err(&failed)?;
    walk(account, soql, |row: Row| Some(row.id)).await.map_err(failed)
}
