//! Lists in stored forms: an entry that can't be read, or is of a kind that only a newer version knows, is left out and
//! takes no other with it.

use serde::de::DeserializeOwned;
use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

/// For `#[serde(deserialize_with)]`: the entries that can be read; what is no list has none.
pub(crate) fn readable<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let all = match Value::deserialize(deserializer)? {
        Value::Array(all) => all,
        _ => Vec::new(),
    };
    let read = |value| {
        let of = std::any::type_name::<T>();
        serde_json::from_value(value).map_err(|error| tracing::warn!(%error, of, "a kept entry can't be read")).ok()
    };
    Ok(all.into_iter().filter_map(read).collect())
}
