//! Zoom's official example answers: the sandbox has to know every key that they have.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::exchange::Exchange;
use crate::failure::Failure;
use crate::keys::{keys, missing};
use crate::template::Template;
use crate::violation::{Check, Side, Violation};

/// The keys of each operation's example answer.
#[derive(Debug, Default)]
pub struct Examples(BTreeMap<Template, BTreeSet<String>>);

impl Examples {
    /// Reads `Endpoints/{path with hyphens for slashes}_{METHOD}.json` below `folder`.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    pub fn load(folder: &Path) -> Result<Self, Failure> {
        let mut examples = BTreeMap::new();
        let folder = folder.join("Endpoints");
        for entry in fs::read_dir(&folder).map_err(|error| Failure::reading(&folder, error))? {
            let path = entry.map_err(|error| Failure::reading(&folder, error))?.path();
            let Some(template) = path.file_name().and_then(|name| operation_of(name.to_str()?)) else { continue };
            let text = fs::read(&path).map_err(|error| Failure::reading(&path, error))?;
            let value: Value = serde_json::from_slice(&text).map_err(|error| Failure::reading(&path, error))?;
            examples.insert(template, keys(&value));
        }
        Ok(Self(examples))
    }

    /// Of one answer, for tests.
    #[cfg(test)]
    pub fn of(operation: &str, answer: &Value) -> Self {
        Self(Template::parse(operation).map(|operation| (operation, keys(answer))).into_iter().collect())
    }

    /// Whether the official example of this operation has this key.
    pub fn knows(&self, operation: &Template, key: &str) -> bool {
        self.0.get(operation).is_some_and(|keys| keys.contains(key))
    }

    /// The keys that no successful answer of the sandbox had. `exchanges` go with the operation that each was.
    pub fn check<'a>(&self, exchanges: impl IntoIterator<Item = (&'a Template, &'a Exchange)>) -> Vec<Violation> {
        let mut answered: BTreeMap<&Template, BTreeSet<String>> = BTreeMap::new();
        for (operation, exchange) in exchanges {
            if exchange.succeeded()
                && let Some(answer) = exchange.answer_json()
            {
                answered.entry(operation).or_default().extend(keys(&answer));
            }
        }
        let mut violations = Vec::new();
        for (operation, given) in answered {
            let Some(wanted) = self.0.get(operation) else { continue };
            violations.extend(missing(wanted, &given).into_iter().map(|key| Violation {
                check: Check::Examples,
                operation: operation.clone(),
                side: Side::Answer,
                place: key.to_owned(),
                problem: "the official example has this key, the sandbox never answered it".to_owned(),
            }));
        }
        violations
    }
}

/// `meetings-{meetingId}-registrants_GET.json` is `GET /meetings/{meetingId}/registrants`.
fn operation_of(file_name: &str) -> Option<Template> {
    let (path, method) = file_name.strip_suffix(".json")?.rsplit_once('_')?;
    Template::parse(&format!("{method} /{}", path.replace('-', "/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(status: u16, answer: &str) -> Exchange {
        Exchange {
            method: "GET".to_owned(),
            path: "/v2/a".to_owned(),
            query: Vec::new(),
            request: Vec::new(),
            status,
            answer: answer.as_bytes().to_vec(),
            headers: axum::http::HeaderMap::new(),
            operation: None,
        }
    }

    #[test]
    fn files_are_named_after_operations() {
        let template = operation_of("meetings-{meetingId}-batch_registrants_POST.json");
        assert_eq!(template, Template::parse("POST /meetings/{id}/batch_registrants"));
        assert_eq!(operation_of("LICENSE"), None);
    }

    #[test]
    fn a_key_has_to_come_up_in_one_answer_at_least() {
        let operation = Template::new("GET", "/a");
        let wanted = ["/x", "/y"].map(str::to_owned).into();
        let examples = Examples([(operation.clone(), wanted)].into());
        let refused = exchange(404, r#"{"y":1}"#);
        let answered = exchange(200, r#"{"x":1}"#);
        let found = examples.check([(&operation, &answered), (&operation, &refused)]);
        assert_eq!(found.iter().map(|violation| violation.place.as_str()).collect::<Vec<_>>(), ["/y"]);
        let other = exchange(200, r#"{"y":null}"#);
        assert!(examples.check([(&operation, &answered), (&operation, &other)]).is_empty());
        assert!(examples.check([(&operation, &refused)]).is_empty(), "nothing answered, nothing to compare");
    }
}
