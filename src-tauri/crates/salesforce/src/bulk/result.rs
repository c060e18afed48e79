//! What became of the rows of a job. The order is Salesforce's own, so a row is known by its cells.

use crate::error::{Addressed, Duplicates, ErrorItem, SalesforceError, ServerText, of_items};
use crate::{RowOutcome, RowRefusal, Saved};

/// A row of a job and what became of it.
#[derive(Clone, PartialEq, Eq)]
pub struct BulkRow {
    /// What became of it; `None` for a row the job never got to.
    pub outcome: Option<RowOutcome>,
    cells: Vec<(String, String)>,
}

impl BulkRow {
    /// A cell as it was sent, for example the key.
    #[must_use]
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| name.eq_ignore_ascii_case(column)).map(|(_, text)| text.as_str())
    }
}

/// Cells are other people's data.
impl std::fmt::Debug for BulkRow {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("BulkRow").field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

/// Which of a job's three lists is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Successful,
    Failed,
    Unprocessed,
}

impl List {
    pub(super) fn operation(self) -> &'static str {
        match self {
            Self::Successful => "GET /jobs/ingest/{id}/successfulResults",
            Self::Failed => "GET /jobs/ingest/{id}/failedResults",
            Self::Unprocessed => "GET /jobs/ingest/{id}/unprocessedrecords",
        }
    }

    /// The last part of the address; one of them is written without a capital.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Successful => "successfulResults",
            Self::Failed => "failedResults",
            Self::Unprocessed => "unprocessedrecords",
        }
    }

    /// Reads the rows of a list.
    ///
    /// # Errors
    /// A row cannot be read: what became of it is not known.
    pub(super) fn rows(self, csv: &[u8], addressed: Addressed) -> Result<Vec<BulkRow>, SalesforceError> {
        let unfit = |reason| SalesforceError::Mismatch { operation: self.operation(), reason };
        let mut reader = csv::Reader::from_reader(csv);
        let headers = reader.headers().map_err(|_| unfit("it has no header"))?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|_| unfit("a row is no CSV"))?;
            let of = |name: &str| headers.iter().position(|header| header == name).and_then(|index| record.get(index));
            let outcome = match self {
                Self::Unprocessed => None,
                Self::Successful => {
                    let id =
                        of("sf__Id").and_then(|id| id.parse().ok()).ok_or_else(|| unfit("a saved row has no id"))?;
                    Some(Ok(Saved {
                        id,
                        created: of("sf__Created").is_some_and(|text| text.eq_ignore_ascii_case("true")),
                    }))
                }
                Self::Failed => {
                    let text = of("sf__Error").ok_or_else(|| unfit("a failed row has no error"))?;
                    let items = vec![error_of_cell(text)];
                    let disposition = of_items(&items, addressed);
                    Some(Err(RowRefusal { items, disposition }))
                }
            };
            let own = headers.iter().zip(&record).filter(|(name, _)| !name.starts_with("sf__"));
            let cells = own.map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
            rows.push(BulkRow { outcome, cells });
        }
        Ok(rows)
    }
}

/// `CODE:message:Field1, Field2 --`, where the message may hold colons and the fields may be none.
fn error_of_cell(text: &str) -> ErrorItem {
    let (code, rest) = text.split_once(':').unwrap_or((text, ""));
    let (message, fields) = match rest.rsplit_once(':') {
        Some((message, fields)) if fields.trim_end().ends_with("--") => (message, fields),
        _ => (rest, ""),
    };
    let names = fields.trim_end().trim_end_matches("--").split(',').map(str::trim).filter(|name| !name.is_empty());
    ErrorItem {
        code: code.trim().to_owned(),
        message: ServerText::new(message),
        fields: names.map(str::to_owned).collect(),
        duplicates: Duplicates::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Disposition, Resolution};

    #[test]
    fn rows_are_known_by_their_cells() {
        let csv = "\"sf__Id\",\"sf__Created\",Liaison_Key__c,Subject\n\
                   \"00T000000000001\",\"true\",k2,\"a, b\"\n\"00T000000000002\",\"false\",k1,c\n";
        let rows = List::Successful.rows(csv.as_bytes(), Addressed::Resource).unwrap();
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.cell("liaison_key__c"), row.outcome.as_ref().unwrap().as_ref().unwrap().created))
            .collect();
        assert_eq!(told, [(Some("k2"), true), (Some("k1"), false)]);
        assert_eq!(rows[0].cell("sf__Id"), None);
        assert!(!format!("{rows:?}").contains("a, b"));
        let broken = csv.replace("00T000000000001", "none");
        assert!(List::Successful.rows(broken.as_bytes(), Addressed::Resource).unwrap_err().outcome_unknown());
    }

    #[test]
    fn an_error_cell_is_classified_like_any_error() {
        let failed = |cell: &str| {
            let csv = format!("sf__Id,sf__Error,Subject\n,\"{cell}\",x\n");
            let mut rows = List::Failed.rows(csv.as_bytes(), Addressed::Record).unwrap();
            rows.remove(0).outcome.unwrap().unwrap_err()
        };
        let missing = failed("REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name, Company --");
        assert_eq!(missing.items[0].fields, ["Name", "Company"]);
        assert_eq!(missing.items[0].message.expose(), "Required fields are missing: [Name]");
        assert_eq!(failed("UNABLE_TO_LOCK_ROW:busy:--").disposition, Disposition::BackOff);
        assert_eq!(
            failed("DUPLICATE_VALUE:duplicate value found: K__c duplicates value on record with id: 00T000000000001:K__c --")
                .disposition,
            Disposition::Resolve(Resolution::DuplicateValue {
                field: Some("K__c".to_owned()),
                existing: "00T000000000001".parse().ok(),
            })
        );
        assert_eq!(
            failed("ENTITY_IS_DELETED:entity is deleted:--").disposition,
            Disposition::Resolve(Resolution::Deleted)
        );
        assert!(matches!(failed("nonsense").disposition, Disposition::Park { .. }));
    }
}
