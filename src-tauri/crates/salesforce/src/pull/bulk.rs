//! A first pull of many records through the Bulk API: fewer calls, no order, no pages to keep alive.
//!
//! The place to go on from afterwards is the moment the job was made, by Salesforce's clock, with an
//! overlap: what was touched while the job ran comes again. The results stay for days, so a pull
//! that was cut off goes on with the job's id and the last locator.

use serde_json::{Map, Number, Value};

use super::PullCursor;
use super::row::Row;
use super::selection::{Cell, Selection};
use crate::error::SalesforceError;
use crate::{BulkJob, BulkLocator, BulkPage, SkippedRow};

/// From this number of records on a first pull is quicker and cheaper by Bulk query.
pub const BULK_PULL_THRESHOLD: u64 = 20_000;

/// One page of the results of a Bulk query.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkPullPage<T> {
    /// The rows that could be read.
    pub rows: Vec<T>,
    /// The rows that could not be read.
    pub skipped: Vec<SkippedRow>,
    /// Where the next page is; `None` on the last.
    pub next: Option<BulkLocator>,
}

impl BulkJob {
    /// The place where pulls by REST go on after this job's results were stored; to be used with an
    /// overlap.
    #[must_use]
    pub fn cursor(&self) -> Option<PullCursor> {
        self.created_utc.map(|system_modstamp| PullCursor { system_modstamp, id: None })
    }
}

/// The rows of a page as REST would have sent them.
pub(super) struct CsvRows {
    pub rows: Vec<Row>,
}

impl CsvRows {
    /// Reads a page.
    ///
    /// # Errors
    /// It is no CSV, rows are missing, or a selected column is: what is not told would look empty.
    pub(super) fn read(page: &BulkPage, selection: &Selection) -> Result<Self, SalesforceError> {
        let mut reader = page.reader();
        let columns: Vec<(String, Cell)> = reader
            .headers()
            .map_err(|_| unfit("it has no header"))?
            .iter()
            .map(|name| (name.to_owned(), selection.cell(name).unwrap_or(Cell::Text)))
            .collect();
        let told = |name: &str| columns.iter().any(|(column, _)| column.eq_ignore_ascii_case(name));
        if !columns.is_empty() && !selection.names().all(told) {
            return Err(unfit("a column is missing"));
        }
        let mut rows = Vec::new();
        for cells in reader.records() {
            let cells = cells.map_err(|_| unfit("a row is no CSV"))?;
            rows.push(row(&columns, &cells));
        }
        // A cut between two rows leaves CSV that reads well.
        if !page.holds(rows.len()) {
            return Err(unfit("it has another number of rows"));
        }
        Ok(Self { rows })
    }
}

fn unfit(reason: &'static str) -> SalesforceError {
    SalesforceError::Mismatch { operation: "GET /jobs/query/{id}/results", reason }
}

fn row(columns: &[(String, Cell)], cells: &csv::StringRecord) -> Row {
    let mut row = Map::new();
    for ((column, cell), text) in columns.iter().zip(cells) {
        let value = value(*cell, text);
        match column.split_once('.') {
            None => {
                row.insert(column.clone(), value);
            }
            // `Owner.Name`: one look-up deep is what pulls select.
            Some(_) if value.is_null() => {}
            Some((parent, field)) => {
                let parent = row.entry(parent).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(parent) = parent {
                    parent.insert(field.to_owned(), value);
                }
            }
        }
    }
    row
}

/// A text that is none of its kind stays text, so that reading the row names the field.
fn value(cell: Cell, text: &str) -> Value {
    let as_text = || Value::String(text.to_owned());
    match cell {
        _ if text.is_empty() => Value::Null,
        Cell::Text => as_text(),
        Cell::Boolean => text.to_ascii_lowercase().parse().map_or_else(|_| as_text(), Value::Bool),
        Cell::Number => text.parse::<Number>().map_or_else(|_| as_text(), Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pull::record::row_page;
    use crate::{Opportunity, PulledRecord};

    fn selection() -> Selection {
        let field = |name: &str, field_type: &str| json!({"name": name, "type": field_type, "relationshipName": null});
        let mut owner = field("OwnerId", "reference");
        owner["relationshipName"] = json!("Owner");
        let fields = [
            field("Name", "string"),
            field("Amount", "currency"),
            field("IsClosed", "boolean"),
            field("CloseDate", "date"),
            owner,
        ];
        let object = serde_json::from_value(json!({"name": "Opportunity", "fields": fields})).unwrap();
        Selection::new("Opportunity", Opportunity::FIELDS, &object)
    }

    const HEADER: &str =
        "\"Id\",\"SystemModstamp\",\"Name\",\"Amount\",\"CloseDate\",\"IsClosed\",\"OwnerId\",\"Owner.Name\"\n";

    fn read(csv: &str) -> Result<Vec<Row>, SalesforceError> {
        CsvRows::read(&BulkPage::for_test(csv), &selection()).map(|rows| rows.rows)
    }

    #[test]
    fn a_csv_row_becomes_the_row_rest_would_send() {
        let rows = read(&format!(
            "{HEADER}\"006000000000001\",\"2027-03-09T14:30:05.000Z\",\"A \"\"quoted\"\"\nname, with all\",\"1250.5\",\
             \"2027-04-01\",\"true\",\"005000000000001\",\"Robin\"\n\
             \"006000000000002\",\"2027-03-09T14:30:05.000Z\",\"\",\"\",\"\",\"false\",\"\",\"\"\n"
        ))
        .unwrap();
        let (read, skipped) = row_page::<Opportunity>(rows);
        assert_eq!(skipped, []);
        let [first, second] = [&read[0].record, &read[1].record];
        assert_eq!(first.name.as_deref(), Some("A \"quoted\"\nname, with all"));
        assert_eq!((first.amount, first.is_closed), (Some(1250.5), Some(true)));
        assert_eq!(first.owner.as_ref().unwrap().name.as_deref(), Some("Robin"));
        assert_eq!((second.name.as_ref(), second.amount, second.is_closed), (None, None, Some(false)));
        assert_eq!(second.owner, None);
    }

    #[test]
    fn a_cell_of_the_wrong_kind_costs_its_row() {
        let rows = read(&format!("{HEADER}006000000000001,2027-03-09T14:30:05.000Z,x,much,,maybe,,\n")).unwrap();
        let (_, skipped) = row_page::<Opportunity>(rows);
        assert_eq!(skipped[0].field, "Amount");
    }

    #[test]
    fn a_page_that_lacks_something_is_no_page() {
        assert!(read("Id,SystemModstamp\n006000000000001,2027-03-09T14:30:05.000Z\n").is_err());
        assert!(read(&format!("{HEADER}006000000000001,2027\n")).is_err());
        assert_eq!(read("").unwrap().len(), 0);
        assert_eq!(read(HEADER).unwrap().len(), 0);
    }
}
