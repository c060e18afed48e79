//! Records as the CSV of a job: written row by row, one job's worth in memory.

use serde_json::Value;

use crate::error::InvalidRequest;
use crate::{ExternalKey, FieldName, Record, SalesforceId};

/// The most CSV in one job. Salesforce takes 100 MB; results repeat the rows and have to fit into
/// one answer, so Liaison divides earlier.
pub const MOST_SHEET_BYTES: usize = 8 * 1024 * 1024;

/// How an empty value is spelt: an empty cell leaves the field as it is.
const NOTHING: &str = "#N/A";

/// Rows of one job, of records that have the same columns.
pub struct Sheet {
    columns: Vec<FieldName>,
    writer: csv::Writer<Vec<u8>>,
    bytes: usize,
    rows: usize,
}

impl Sheet {
    /// An empty sheet. The key field of an upsert, and `Id` for updates and deletions, are columns
    /// like others.
    ///
    /// # Errors
    /// There is no column, or the same one twice.
    pub fn new(columns: Vec<FieldName>) -> Result<Self, InvalidRequest> {
        let same = |one: &FieldName, two: &FieldName| one.as_str().eq_ignore_ascii_case(two.as_str());
        let twice = columns.iter().enumerate().any(|(index, one)| columns[..index].iter().any(|two| same(one, two)));
        if columns.is_empty() || twice {
            return Err(InvalidRequest { field: "columns", reason: "are none or the same twice" });
        }
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::NonNumeric).from_writer(Vec::new());
        let bytes = columns.iter().map(|column| column.as_str().len() + 3).sum();
        writer.write_record(columns.iter().map(FieldName::as_str)).map_err(|_| unwritable())?;
        Ok(Self { columns, writer, bytes, rows: 0 })
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Adds a record. `false` when the sheet is full and the record was not added: send this sheet
    /// and begin another.
    ///
    /// # Errors
    /// A field has no column, or a value cannot be spelt in CSV.
    pub fn push(&mut self, record: &Record) -> Result<bool, InvalidRequest> {
        let has_column = |name: &str| self.columns.iter().any(|column| column.as_str().eq_ignore_ascii_case(name));
        if !record.fields().all(has_column) {
            return Err(InvalidRequest { field: "record", reason: "has a field without a column" });
        }
        let cells: Vec<String> = self
            .columns
            .iter()
            .map(|column| record.named(column.as_str()).map_or(Ok(String::new()), cell))
            .collect::<Result<_, _>>()?;
        // Quotes inside a cell are doubled.
        let bytes: usize = cells.iter().map(|cell| cell.len() + cell.matches('"').count() + 3).sum();
        if self.bytes + bytes > MOST_SHEET_BYTES && self.rows > 0 {
            return Ok(false);
        }
        self.writer.write_record(&cells).map_err(|_| unwritable())?;
        self.bytes += bytes;
        self.rows += 1;
        Ok(true)
    }

    /// The CSV.
    ///
    /// # Errors
    /// None in practice: it is written to memory.
    pub(super) fn into_csv(self) -> Result<String, InvalidRequest> {
        let bytes = self.writer.into_inner().map_err(|_| unwritable())?;
        String::from_utf8(bytes).map_err(|_| unwritable())
    }
}

/// Rows are other people's data: `Debug` shows their number.
impl std::fmt::Debug for Sheet {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Sheet")
            .field("columns", &self.columns)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

fn unwritable() -> InvalidRequest {
    InvalidRequest { field: "records", reason: "cannot be written as CSV" }
}

fn cell(value: &Value) -> Result<String, InvalidRequest> {
    let invalid = |reason| Err(InvalidRequest { field: "record", reason });
    match value {
        Value::Null => Ok(NOTHING.to_owned()),
        Value::String(text) if text.is_empty() => Ok(NOTHING.to_owned()),
        Value::String(text) if text == NOTHING => invalid("holds a text that means nothing in CSV"),
        Value::String(text) => Ok(text.clone()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Array(_) | Value::Object(_) => invalid("holds a value that is no text"),
    }
}

impl Record {
    /// The record with the id it belongs to, as updates and deletions in bulk need it.
    #[must_use]
    pub fn with_id(self, id: SalesforceId) -> Self {
        self.with("Id", id)
    }

    /// The record with its key, as upserts in bulk need it.
    #[must_use]
    pub fn with_key(self, key_field: &FieldName, key: &ExternalKey) -> Self {
        self.with(key_field.as_str(), key)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn columns(names: &[&str]) -> Vec<FieldName> {
        names.iter().map(|name| FieldName::new(*name).unwrap()).collect()
    }

    #[test]
    fn empty_leaves_and_null_clears() {
        let mut sheet = Sheet::new(columns(&["Id", "Subject", "CallDurationInSeconds"])).unwrap();
        let record = Record::new().with_id("00T000000000001".parse().unwrap());
        assert!(sheet.push(&record.clone().with("subject", "a \"b\"\nc, d")).unwrap());
        assert!(sheet.push(&record.clone().with("Subject", Value::Null).with("CallDurationInSeconds", 95)).unwrap());
        assert_eq!(sheet.len(), 2);
        assert_eq!(
            sheet.into_csv().unwrap(),
            "\"Id\",\"Subject\",\"CallDurationInSeconds\"\n\"00T000000000001EAA\",\"a \"\"b\"\"\nc, d\",\"\"\n\
             \"00T000000000001EAA\",\"#N/A\",95\n"
        );
    }

    #[test]
    fn what_csv_cannot_say_is_refused() {
        let mut sheet = Sheet::new(columns(&["Subject"])).unwrap();
        for value in [json!("#N/A"), json!({"Ext__c": 1}), json!([1])] {
            assert!(sheet.push(&Record::new().with("Subject", value.clone())).is_err(), "{value}");
        }
        assert!(sheet.push(&Record::new().with("Status", "x")).is_err());
        assert!(sheet.is_empty());
        assert!(Sheet::new(Vec::new()).is_err());
        assert!(Sheet::new(columns(&["Subject", "subject"])).is_err());
    }

    #[test]
    fn a_full_sheet_takes_no_more() {
        let mut sheet = Sheet::new(columns(&["Description"])).unwrap();
        let record = Record::new().with("Description", "\"".repeat(16_000));
        let mut rows = 0;
        while sheet.push(&record).unwrap() {
            rows += 1;
        }
        assert_eq!(sheet.len(), rows);
        assert!(sheet.into_csv().unwrap().len() <= MOST_SHEET_BYTES);
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(texts in proptest::collection::vec(any::<String>(), 1..5)) {
            let mut sheet = Sheet::new(columns(&["Subject"])).unwrap();
            let spelt: Vec<&String> = texts.iter().filter(|text| *text != NOTHING).collect();
            for text in &spelt {
                sheet.push(&Record::new().with("Subject", text.as_str())).unwrap();
            }
            let csv = sheet.into_csv().unwrap();
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            let read: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
            let expected: Vec<String> =
                spelt.iter().map(|text| if text.is_empty() { NOTHING.to_owned() } else { (*text).clone() }).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
