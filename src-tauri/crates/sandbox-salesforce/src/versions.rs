//! Which versions there are, and the resources of one version.

use serde_json::{Map, Value, json};

use super::call::{Call, NEWEST, OLDEST};
use super::org::Org;

/// Body of `GET /services/data`: no sign-in, not counted.
pub fn list() -> Value {
    (OLDEST..=NEWEST)
        .map(|number| {
            json!({
                "label": label(number),
                "url": format!("/services/data/v{number}.0"),
                "version": format!("{number}.0"),
            })
        })
        .collect()
}

/// Three releases a year: Winter '27 is 68, Summer '26 is 67, Spring '26 is 66.
fn label(number: u32) -> String {
    let (season, year) = match number % 3 {
        2 => ("Winter", (number + 13) / 3),
        0 => ("Spring", (number + 12) / 3),
        _ => ("Summer", (number + 11) / 3),
    };
    format!("{season} '{year:02}")
}

/// Body of `GET /services/data/vXX.0`.
pub fn resources(call: &Call, org: &Org) -> Value {
    let base = call.base();
    let mut map: Map<String, Value> =
        ["sobjects", "query", "queryAll", "search", "parameterizedSearch", "limits", "composite", "jobs"]
            .iter()
            .map(|name| ((*name).to_owned(), Value::from(format!("{base}/{name}"))))
            .collect();
    map.insert("identity".to_owned(), Value::from(org.identity_url()));
    Value::Object(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_have_their_public_names() {
        for (number, name) in
            [(68, "Winter '27"), (67, "Summer '26"), (66, "Spring '26"), (62, "Winter '25"), (31, "Summer '14")]
        {
            assert_eq!(label(number), name);
        }
    }
}
