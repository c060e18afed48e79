//! One row, read twice: as its type, and as what it says.

use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;
use serde_json::{Map, Value};

/// A row as Salesforce sent it.
pub(super) type Row = Map<String, Value>;

/// Reads a row; the error is the path of the field that cannot be read.
pub(super) fn typed<T: DeserializeOwned>(row: &Row) -> Result<T, String> {
    // Following the path of each field costs as much as reading it, so that is done for bad rows
    // only.
    if let Ok(record) = T::deserialize(reader(row)) {
        return Ok(record);
    }
    serde_path_to_error::deserialize(reader(row)).map_err(|error| {
        let path = error.path().to_string();
        if path == "." { "a field that is missing".to_owned() } else { path }
    })
}

/// A reader that borrows the row: one of `&Value` would need a copy of the map.
fn reader(row: &Row) -> MapDeserializer<'_, impl Iterator<Item = (&str, &Value)>, serde_json::Error> {
    MapDeserializer::new(row.iter().map(|(name, value)| (name.as_str(), value)))
}
