//! What users of the org have saved to look at again: list views of an object, and reports.
//!
//! A list view is a query that is told as text, so that it can be run as any other (REST guide, "List Views for an
//! Object", "List View Describe"). A report is run by the Analytics API (Reports and Dashboards REST API guide, "Report
//! List", "Execute Sync"), which tells 2,000 rows at most and says so.

use serde_json::{Map, Value, json};

use super::call::{Call, Reply};
use super::data::Work;
use super::ids::RecordId;
use super::refusal::Refusal;
use super::soql::rest as query;

/// Rows that a report tells.
const MOST_ROWS: usize = 2_000;
/// Reports that the list tells: those that the user looked at last.
const MOST_REPORTS: usize = 200;

/// A list view of an object.
#[derive(Debug, Clone)]
pub struct ListView {
    pub object: &'static str,
    pub label: String,
    /// What comes after `SELECT … FROM object`; nothing for a list that is no query.
    pub rest: Option<String>,
}

/// What a report shows of a row.
#[derive(Debug, Clone)]
pub struct ReportColumn {
    pub field: String,
    pub label: String,
    /// As the Analytics API names types, such as `string` and `email`.
    pub kind: String,
}

/// A report.
#[derive(Debug, Clone)]
pub struct Report {
    pub name: String,
    /// `TABULAR`, `SUMMARY`, `MATRIX` or `MULTI_BLOCK`.
    pub format: String,
    pub object: &'static str,
    pub columns: Vec<ReportColumn>,
    /// What comes after `SELECT … FROM object`.
    pub rest: String,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Lists {
    views: Vec<(RecordId, ListView)>,
    reports: Vec<(RecordId, Report)>,
}

impl Lists {
    pub fn save_view(&mut self, marker: [u8; 2], view: ListView) -> RecordId {
        let id = RecordId::numbered("00B", marker, self.views.len() as u64 + 1);
        self.views.push((id, view));
        id
    }

    pub fn save_report(&mut self, marker: [u8; 2], report: Report) -> RecordId {
        let id = RecordId::numbered("00O", marker, self.reports.len() as u64 + 1);
        self.reports.push((id, report));
        id
    }

    /// Those that an org with people has from the start.
    pub fn usual(&mut self, marker: [u8; 2]) {
        let view = |object, label: &str, rest: Option<&str>| ListView {
            object,
            label: label.to_owned(),
            rest: rest.map(str::to_owned),
        };
        for one in [
            view(
                "Lead",
                "All Open Leads",
                Some("WHERE IsConverted = false ORDER BY Name ASC NULLS FIRST, Id ASC NULLS FIRST"),
            ),
            view("Lead", "Leads in my queues", None),
            view("Contact", "All Contacts", Some("ORDER BY Name ASC NULLS FIRST, Id ASC NULLS FIRST")),
            view("Contact", "My Contacts", Some("USING SCOPE mine ORDER BY Name ASC NULLS FIRST, Id ASC NULLS FIRST")),
        ] {
            self.save_view(marker, one);
        }
        let column = |field: &str, label: &str, kind: &str| ReportColumn {
            field: field.to_owned(),
            label: label.to_owned(),
            kind: kind.to_owned(),
        };
        let columns = vec![
            column("Name", "Name", "string"),
            column("Title", "Title", "string"),
            column("Email", "Email", "email"),
        ];
        let report = |name: &str, format: &str| Report {
            name: name.to_owned(),
            format: format.to_owned(),
            object: "Contact",
            columns: columns.clone(),
            rest: "WHERE Email != null ORDER BY Name".to_owned(),
        };
        self.save_report(marker, report("Contacts with an e-mail address", "TABULAR"));
        self.save_report(marker, report("Contacts by title and month", "MATRIX"));
    }
}

/// `GET /sobjects/T/listviews` and what is below it.
pub fn views(call: &Call, work: &Work<'_>, object: &str, below: &[String]) -> Result<Reply, Refusal> {
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    let object = work.database.object(object).ok_or_else(Refusal::not_found)?.name();
    let own = || work.lists.views.iter().filter(|(_, view)| view.object == object);
    let parts: Vec<&str> = below.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [] => {
            let views: Vec<Value> = own().map(|(id, view)| shown_view(call, *id, view)).collect();
            Ok(Reply::ok(json!({
                "done": true,
                "listviews": views,
                "nextRecordsUrl": null,
                "size": views.len(),
                "sobjectType": object,
            })))
        }
        [id] => {
            let (id, view) = named(own(), id)?;
            Ok(Reply::ok(shown_view(call, *id, view)))
        }
        [id, "describe"] => {
            let (id, view) = named(own(), id)?;
            let Some(rest) = &view.rest else {
                let text = "This list view can't be expressed in SOQL";
                return Err(Refusal::new("INVALID_OPERATION", text));
            };
            Ok(Reply::ok(json!({
                "columns": [],
                "id": id.as_str(),
                "orderBy": [],
                "query": format!(
                    "SELECT Name, toLabel(LeadSource), Owner.Alias, Id, CreatedDate, LastModifiedDate, SystemModstamp \
                     FROM {object} {rest}"
                ),
                "scope": null,
                "sobjectType": object,
                "whereCondition": {},
            })))
        }
        _ => Err(Refusal::not_found()),
    }
}

fn named<'a, T: 'a>(mut all: impl Iterator<Item = &'a (RecordId, T)>, id: &str) -> Result<&'a (RecordId, T), Refusal> {
    let id = RecordId::parse(id).ok_or_else(Refusal::not_found)?;
    all.find(|(own, _)| *own == id).ok_or_else(Refusal::not_found)
}

fn shown_view(call: &Call, id: RecordId, view: &ListView) -> Value {
    let url = format!("{}/sobjects/{}/listviews/{id}", call.base(), view.object);
    json!({
        "describeUrl": format!("{url}/describe"),
        "developerName": view.label.replace(|letter: char| !letter.is_ascii_alphanumeric(), ""),
        "id": id.as_str(),
        "label": view.label,
        "resultsUrl": format!("{url}/results"),
        "soqlCompatible": view.rest.is_some(),
        "url": url,
    })
}

/// `GET /analytics/reports`: what the user looked at last.
pub fn reports(call: &Call, work: &Work<'_>) -> Result<Reply, Refusal> {
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    let all = work.lists.reports.iter().rev().take(MOST_REPORTS).map(|(id, report)| {
        let url = format!("{}/analytics/reports/{id}", call.base());
        json!({
            "describeUrl": format!("{url}/describe"),
            "fieldsUrl": format!("{url}/fields"),
            "id": id.as_str(),
            "instancesUrl": format!("{url}/instances"),
            "name": report.name,
            "url": url,
        })
    });
    Ok(Reply::ok(Value::Array(all.collect())))
}

/// `GET /analytics/reports/{id}`: runs it.
pub fn run_report(call: &Call, work: &mut Work<'_>, id: &str) -> Result<Reply, Refusal> {
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    let (id, report) = named(work.lists.reports.iter(), id)?.clone();
    let details = call.parameter("includeDetails").is_some_and(|wanted| wanted.eq_ignore_ascii_case("true"));
    let fields: Vec<&str> = report.columns.iter().map(|column| column.field.as_str()).collect();
    let selected = if fields.contains(&"Id") { fields.join(", ") } else { format!("Id, {}", fields.join(", ")) };
    let source = format!("SELECT {selected} FROM {} {}", report.object, report.rest);
    let found = query::answer(call, work, &source, false)?.body.unwrap_or_default();
    let records = found["records"].as_array().cloned().unwrap_or_default();
    let rows: Vec<Value> =
        records.iter().take(MOST_ROWS).map(|record| json!({ "dataCells": cells(record, &report.columns) })).collect();
    let tabular = report.format == "TABULAR";
    let mut facts = json!({ "aggregates": [{ "label": records.len().to_string(), "value": records.len() }] });
    if details {
        facts["rows"] = Value::Array(rows);
    }
    let key = if tabular { "T!T" } else { "0!0" };
    let names: Vec<String> = report.columns.iter().map(column_name).collect();
    let info: Map<String, Value> = report
        .columns
        .iter()
        .map(|column| (column_name(column), json!({ "dataType": column.kind, "label": column.label })))
        .collect();
    Ok(Reply::ok(json!({
        "attributes": { "reportId": id.as_str(), "reportName": report.name, "type": "Report" },
        "allData": found["done"] == true,
        "factMap": { key: facts },
        "groupingsAcross": { "groupings": [] },
        "groupingsDown": { "groupings": [] },
        "hasDetailRows": details,
        "reportExtendedMetadata": { "aggregateColumnInfo": {}, "detailColumnInfo": info, "groupingColumnInfo": {} },
        "reportMetadata": {
            "detailColumns": names,
            "id": id.as_str(),
            "name": report.name,
            "reportFormat": report.format,
        },
    })))
}

/// As reports name the columns of an object.
fn column_name(column: &ReportColumn) -> String {
    column.field.to_uppercase()
}

/// A name is a link: its value is the record.
fn cells(record: &Value, columns: &[ReportColumn]) -> Vec<Value> {
    let cell = |column: &ReportColumn| {
        let value = &record[&column.field];
        let label = match value {
            Value::Null => "-".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let value = if column.field == "Name" { &record["Id"] } else { value };
        json!({ "label": label, "value": value })
    };
    columns.iter().map(cell).collect()
}
