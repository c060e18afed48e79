//! Queries, their pages, and the search for a telephone number.

use liaison_salesforce::{Condition, Query, Salesforce, Search, SearchScope, SearchedObject};
use serde_json::Value;

use super::{broken, field, object};
use crate::failure::Failure;
use crate::journey::Journey;

const QUERY: &str = "GET /query";

pub async fn travel(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    let leads = Query::from("Lead").select(["Id", "LastName", "Owner.Name"]).limit(5).build().map_err(broken)?;
    journey.step(QUERY, salesforce.query::<Value>(&leads)).await;
    journey.step("GET /queryAll", salesforce.query_all::<Value>(&leads)).await;
    journey.step(QUERY, salesforce.count(&object("Lead")?)).await;
    long(journey, salesforce).await?;
    paged(journey, salesforce).await?;
    saved(journey, salesforce).await?;

    let searched = || {
        Ok::<_, Failure>(vec![SearchedObject { object: object("Contact")?, fields: vec![field("Name")?], limit: 5 }])
    };
    let by_name = Search::words("Jansen", SearchScope::Name, searched()?).map_err(broken)?;
    journey.step("POST /parameterizedSearch", salesforce.search(&by_name)).await;
    let by_number = Search::phone("+31 20 123 45 67", searched()?).map_err(broken)?;
    journey.step("POST /parameterizedSearch", salesforce.search(&by_number)).await;
    Ok(())
}

/// List views and reports, as users have saved them.
async fn saved(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    const DESCRIBED: &str = "GET /sobjects/{object}/listviews/{listView}/describe";
    let leads = object("Lead")?;
    let views = journey.step("GET /sobjects/{object}/listviews", salesforce.list_views(&leads)).await;
    match views.iter().flatten().find(|view| view.soql_compatible) {
        Some(view) => drop(journey.step(DESCRIBED, salesforce.list_view_query(&leads, view.id)).await),
        None => journey.lacks(DESCRIBED, "a list view that is a query"),
    }
    let reports = journey.step("GET /analytics/reports", salesforce.reports()).await;
    match reports.iter().flatten().next() {
        Some(report) => {
            drop(journey.step("GET /analytics/reports/{report}", salesforce.run_report(report.id)).await);
        }
        None => journey.lacks("GET /analytics/reports/{report}", "a report"),
    }
    Ok(())
}

/// A query too long for an address.
async fn long(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    let addresses = (0..600).map(|number| format!("somebody.with.a.long.name.{number}@example.com"));
    let soql =
        Query::from("Lead").select(["Id"]).filter(Condition::is_in("Email", addresses)).build().map_err(broken)?;
    journey.step("POST /composite", salesforce.query::<Value>(&soql)).await;
    Ok(())
}

/// More than one page: a query without a limit in an org with more than 2,000 people.
async fn paged(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    let everybody = Query::from("Lead").select(["Id"]).build().map_err(broken)?;
    let Some(first) = journey.step(QUERY, salesforce.query::<Value>(&everybody)).await else { return Ok(()) };
    match &first.next {
        Some(locator) => drop(journey.step("GET /query/{locator}", salesforce.query_more::<Value>(locator)).await),
        None => journey.lacks("GET /query/{locator}", "a second page of 2,000 Leads"),
    }
    Ok(())
}
