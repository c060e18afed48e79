//! CSV as jobs read and write it: UTF-8, a header row, every cell quoted on the way out.

use serde_json::{Map, Value};

use super::super::refusal::Refusal;
use super::job::one_of;

const DELIMITERS: [(&str, u8); 6] =
    [("BACKQUOTE", b'`'), ("CARET", b'^'), ("COMMA", b','), ("PIPE", b'|'), ("SEMICOLON", b';'), ("TAB", b'\t')];
const DELIMITER_NAMES: [&str; 6] = ["BACKQUOTE", "CARET", "COMMA", "PIPE", "SEMICOLON", "TAB"];

/// Delimiter and line ending of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    delimiter: u8,
    windows: bool,
}

impl Dialect {
    pub fn read(body: &Map<String, Value>) -> Result<Self, Refusal> {
        one_of(body, "contentType", &["CSV"], Some("CSV"))?;
        let delimiter = one_of(body, "columnDelimiter", &DELIMITER_NAMES, Some("COMMA"))?;
        let ending = one_of(body, "lineEnding", &["LF", "CRLF"], Some("LF"))?;
        let delimiter = DELIMITERS.iter().find(|(name, _)| *name == delimiter).map_or(b',', |(_, byte)| *byte);
        Ok(Self { delimiter, windows: ending == "CRLF" })
    }

    pub fn delimiter_name(self) -> &'static str {
        DELIMITERS.iter().find(|(_, byte)| *byte == self.delimiter).map_or("COMMA", |(name, _)| name)
    }

    pub fn ending_name(self) -> &'static str {
        if self.windows { "CRLF" } else { "LF" }
    }
}

/// A header and its rows.
#[derive(Debug, Default)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads an upload; the error is the reason why the whole job fails.
    pub fn parse(content: &[u8], dialect: Dialect) -> Result<Self, String> {
        let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        let first_end = content.iter().position(|byte| *byte == b'\n');
        let windows = first_end.is_some_and(|place| place > 0 && content[place - 1] == b'\r');
        if first_end.is_some() && windows != dialect.windows {
            let ending = dialect.ending_name();
            return Err(format!(
                "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is {ending}"
            ));
        }
        let mut reader = csv::ReaderBuilder::new().delimiter(dialect.delimiter).from_reader(content);
        let refused = |error: csv::Error| format!("InvalidBatch : Failed to parse CSV: {error}");
        let columns = reader.headers().map_err(refused)?.iter().map(|name| name.trim().to_owned()).collect();
        let rows = reader
            .records()
            .map(|record| record.map(|record| record.iter().map(str::to_owned).collect()).map_err(refused))
            .collect::<Result<_, _>>()?;
        Ok(Self { columns, rows })
    }
}

/// Writes rows with every cell quoted.
#[derive(Debug)]
pub struct Output {
    dialect: Dialect,
    text: String,
}

impl Output {
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, text: String::new() }
    }

    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(char::from(self.dialect.delimiter));
            }
            self.text.push('"');
            for (part, piece) in cell.split('"').enumerate() {
                self.text.push_str(if part > 0 { "\"\"" } else { "" });
                self.text.push_str(piece);
            }
            self.text.push('"');
        }
        self.text.push_str(if self.dialect.windows { "\r\n" } else { "\n" });
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn dialect(body: &Value) -> Dialect {
        Dialect::read(body.as_object().unwrap()).unwrap()
    }

    #[test]
    fn what_is_written_can_be_read_again() {
        for body in [json!({}), json!({ "columnDelimiter": "TAB", "lineEnding": "CRLF" })] {
            let dialect = dialect(&body);
            let mut output = Output::new(dialect);
            output.row(["Name", "Description"]);
            output.row(["O'Brien, \"Bob\"", "two\nlines; and\ttabs"]);
            let table = Table::parse(&output.finish(), dialect).unwrap();
            assert_eq!(table.columns, ["Name", "Description"]);
            assert_eq!(table.rows, [["O'Brien, \"Bob\"", "two\nlines; and\ttabs"]]);
        }
    }

    #[test]
    fn wrong_endings_and_ragged_rows_fail_the_job() {
        let table = Table::parse(b"A,B\r\n1,2\r\n", dialect(&json!({})));
        assert!(table.unwrap_err().contains("Current LineEnding setting is LF"));
        let table = Table::parse(b"A,B\n1,2,3\n", dialect(&json!({})));
        assert!(table.unwrap_err().starts_with("InvalidBatch"));
    }

    #[test]
    fn unknown_dialects_are_refused() {
        let body = json!({ "columnDelimiter": "SLASH" });
        assert_eq!(Dialect::read(body.as_object().unwrap()).unwrap_err().code, "INVALIDJOB");
    }
}
