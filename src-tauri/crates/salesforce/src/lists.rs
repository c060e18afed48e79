//! What users of the org have saved to look at again: list views of an object, and reports. Both are only read.
//!
//! A list view tells the query that it is, and is then asked like any query, to its end: its own results stop at some
//! thousand rows. A report tells 2,000 rows at most, and says when there are more. Sources: REST guide, "List Views for
//! an Object", "List View Describe"; Reports and Dashboards REST API guide, "Report List", "Execute Sync".

use std::collections::BTreeMap;
use std::time::Duration;

use liaison_transport::ApiRequest;
use serde::Deserialize;
use serde_json::Value;

use crate::error::{Addressed, SalesforceError};
use crate::{ObjectName, Salesforce, SalesforceId, Soql};

const DESCRIBE_VIEW: &str = "GET /sobjects/{object}/listviews/{listView}/describe";
/// Reports take longer than other answers.
const REPORT_TIMEOUT: Duration = Duration::from_mins(2);
/// The place of the rows of a report without groups ("Decode the Fact Map").
const ALL_ROWS: &str = "T!T";

/// A list view of an object.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListView {
    /// Id.
    pub id: SalesforceId,
    /// What it is called.
    pub label: String,
    /// It is a query: [`Salesforce::list_view_query`] tells it.
    #[serde(default)]
    pub soql_compatible: bool,
}

/// A report by its name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReportName {
    /// Id.
    pub id: SalesforceId,
    /// What it is called.
    pub name: String,
}

/// How a report puts its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportFormat {
    /// One after the other.
    Tabular,
    /// In groups, crosswise, joined, or in a way of a later time.
    Other(String),
}

/// A column of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportColumn {
    /// Its name in the report.
    pub name: String,
    /// Type, as the Analytics API names it, such as `string` and `email`; empty when it is not told.
    pub data_type: String,
}

/// A cell of a report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReportCell {
    /// What stands there.
    #[serde(default)]
    label: Value,
    /// What it means: the id of the record where a name is a link to it.
    #[serde(default)]
    value: Value,
}

impl ReportCell {
    /// What stands there, as text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.value.as_str().or(self.label.as_str()).unwrap_or_default()
    }

    /// The record that it leads to.
    #[must_use]
    pub fn record(&self) -> Option<SalesforceId> {
        self.value.as_str()?.parse().ok()
    }
}

/// A report that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How its rows stand. Of any other than [`ReportFormat::Tabular`] there are none.
    pub format: ReportFormat,
    /// Columns, in the order of the cells.
    pub columns: Vec<ReportColumn>,
    /// Rows.
    pub rows: Vec<Vec<ReportCell>>,
    /// These are all rows.
    pub all: bool,
}

#[derive(Deserialize)]
struct Views {
    listviews: Vec<ListView>,
}

#[derive(Deserialize)]
struct DescribedView {
    query: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    #[serde(default)]
    all_data: bool,
    #[serde(default)]
    fact_map: BTreeMap<String, Facts>,
    report_metadata: Metadata,
    #[serde(default)]
    report_extended_metadata: Extended,
}

#[derive(Deserialize)]
struct Facts {
    #[serde(default)]
    rows: Vec<FactRow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FactRow {
    data_cells: Vec<ReportCell>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    report_format: String,
    #[serde(default)]
    detail_columns: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Extended {
    detail_column_info: BTreeMap<String, ColumnInfo>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ColumnInfo {
    data_type: String,
}

impl Salesforce {
    /// The list views of an object that this user may see.
    pub async fn list_views(&self, object: &ObjectName) -> Result<Vec<ListView>, SalesforceError> {
        let path = self.data_path(&format!("/sobjects/{object}/listviews"));
        let views: Views =
            self.fetch(ApiRequest::get("GET /sobjects/{object}/listviews", path), Addressed::Resource).await?;
        Ok(views.listviews)
    }

    /// The query that a list view is, for the ids of its records: to be walked to its end.
    pub async fn list_view_query(&self, object: &ObjectName, view: SalesforceId) -> Result<Soql, SalesforceError> {
        let path = self.data_path(&format!("/sobjects/{object}/listviews/{view}/describe"));
        let described: DescribedView = self.fetch(ApiRequest::get(DESCRIBE_VIEW, path), Addressed::Resource).await?;
        let unfit = SalesforceError::Mismatch { operation: DESCRIBE_VIEW, reason: "its query is none of the object" };
        Soql::ids_of_list_view(&described.query, object).ok_or(unfit)
    }

    /// The reports that this user looked at last, at most two hundred.
    pub async fn reports(&self) -> Result<Vec<ReportName>, SalesforceError> {
        let request = ApiRequest::get("GET /analytics/reports", self.data_path("/analytics/reports"));
        self.fetch(request, Addressed::Resource).await
    }

    /// Runs a report as it is saved.
    pub async fn run_report(&self, report: SalesforceId) -> Result<Report, SalesforceError> {
        let path = self.data_path(&format!("/analytics/reports/{report}"));
        let request = ApiRequest::get("GET /analytics/reports/{report}", path)
            .query("includeDetails", "true")
            .total_timeout(REPORT_TIMEOUT);
        let run: Run = self.fetch(request, Addressed::Resource).await?;
        Ok(run.into())
    }
}

impl From<Run> for Report {
    fn from(mut run: Run) -> Self {
        let format = match run.report_metadata.report_format.as_str() {
            "TABULAR" => ReportFormat::Tabular,
            other => ReportFormat::Other(other.to_owned()),
        };
        let mut info = run.report_extended_metadata.detail_column_info;
        let column = |name: String| {
            let data_type = info.remove(&name).unwrap_or_default().data_type;
            ReportColumn { name, data_type }
        };
        let columns = run.report_metadata.detail_columns.into_iter().map(column).collect();
        let facts = run.fact_map.remove(ALL_ROWS).filter(|_| format == ReportFormat::Tabular);
        let rows = facts.map(|facts| facts.rows).unwrap_or_default();
        Self { format, columns, rows: rows.into_iter().map(|row| row.data_cells).collect(), all: run.all_data }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_is_read_with_the_records_behind_its_names() {
        let run: Run = serde_json::from_value(json!({
            "allData": false,
            "factMap": {"T!T": {"aggregates": [], "rows": [
                {"dataCells": [{"label": "Anna", "value": "003000000000001AAA"}, {"label": "-", "value": null}]},
                {"dataCells": [{"label": "Bo", "value": "003000000000002AAA"}, {"label": "b@x.nl", "value": "b@x.nl"}]}]}},
            "reportMetadata": {"reportFormat": "TABULAR", "detailColumns": ["NAME", "EMAIL"], "name": "Own"},
            "reportExtendedMetadata": {"detailColumnInfo": {"EMAIL": {"dataType": "email", "label": "E-mail"}}},
        }))
        .unwrap();
        let report = Report::from(run);
        assert_eq!((report.rows.len(), report.all, &report.format), (2, false, &ReportFormat::Tabular));
        assert_eq!(report.columns[1], ReportColumn { name: "EMAIL".to_owned(), data_type: "email".to_owned() });
        assert_eq!(report.rows[0][0].record().unwrap().to_string(), "003000000000001AAA");
        assert_eq!((report.rows[0][1].text(), report.rows[1][1].text()), ("-", "b@x.nl"));
        let matrix = json!({"factMap": {"0!0": {"rows": []}}, "reportMetadata": {"reportFormat": "MATRIX"}});
        let matrix = Report::from(serde_json::from_value::<Run>(matrix).unwrap());
        assert_eq!(matrix.format, ReportFormat::Other("MATRIX".to_owned()));
    }
}
