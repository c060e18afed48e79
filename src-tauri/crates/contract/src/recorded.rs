//! Exchanges recorded with real Salesforce orgs: the same requests are sent to the sandbox, and its answers need the
//! same status, keys and kinds of value.

mod cassette;
mod replay;
mod shape;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::failure::Failure;
use crate::template::Template;
use crate::violation::{Check, Side, Violation};

pub use cassette::{Interaction, load};
pub use replay::Replay;

/// The answers of one kind of request: what was recorded, and what the sandbox says.
#[derive(Debug, Default)]
struct Pair {
    recorded: Vec<Value>,
    answered: Vec<Value>,
    requests: usize,
}

/// What came of all records.
#[derive(Debug)]
pub struct Recorded {
    /// Kind of request, how often it was sent, and the statuses answered.
    pub sent: Vec<(Template, u16)>,
    pub violations: Vec<Violation>,
}

/// Sends every recorded request in `folder` to the sandbox and compares.
///
/// # Errors
/// A record that cannot be read, or a sandbox that does not answer.
pub async fn check(folder: &Path, replay: &mut Replay) -> Result<Recorded, Failure> {
    let mut pairs: BTreeMap<Template, Pair> = BTreeMap::new();
    let mut recorded = Recorded { sent: Vec::new(), violations: Vec::new() };
    for interaction in load(folder)? {
        let operation = kind_of(&interaction);
        let (status, answer) = replay.send(&interaction).await?;
        recorded.sent.push((operation.clone(), status));
        let pair = pairs.entry(operation.clone()).or_default();
        pair.requests += 1;
        if status == interaction.status {
            pair.recorded.extend(serde_json::from_str::<Value>(&interaction.answer));
            pair.answered.extend(answer);
        } else {
            let problem = format!("the recorded status is {}", interaction.status);
            recorded.violations.push(violation(&operation, &format!("status {status}"), problem));
        }
    }
    for (operation, pair) in pairs {
        let differences = shape::differences(&pair.recorded, &pair.answered);
        recorded
            .violations
            .extend(differences.into_iter().map(|found| violation(&operation, &found.place, found.problem)));
    }
    Ok(recorded)
}

fn violation(operation: &Template, place: &str, problem: String) -> Violation {
    Violation {
        check: Check::Recorded,
        operation: operation.clone(),
        side: Side::Answer,
        place: place.to_owned(),
        problem,
    }
}

/// The kind of a recorded request: its path with ids and record names replaced. Objects keep their names in describes,
/// because each has fields of its own.
fn kind_of(interaction: &Interaction) -> Template {
    let path = interaction.path();
    let is_describe = path.ends_with("/describe");
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let named = segments.iter().enumerate().map(|(at, segment)| {
        let below = at.checked_sub(1).map(|above| segments[above]);
        let object = below == Some("sobjects") && !is_describe;
        if object || replay::looks_like_id(segment) { "{}" } else { segment }
    });
    Template::new(&interaction.method, &format!("/{}", named.collect::<Vec<_>>().join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_of_one_kind_are_taken_together() {
        let kind = |method: &str, uri: &str| {
            let interaction = Interaction {
                method: method.to_owned(),
                uri: format!("https://org.example.com/services/data/vxx.0{uri}"),
                body: None,
                status: 200,
                answer: String::new(),
            };
            kind_of(&interaction).to_string()
        };
        assert_eq!(kind("GET", "/sobjects/Lead/describe"), "GET /sobjects/Lead/describe");
        assert_eq!(kind("POST", "/sobjects/Account/"), "POST /sobjects/{}");
        assert_eq!(kind("GET", "/sobjects/Organization/00D0xORGID00000000"), "GET /sobjects/{}/{}");
        assert_eq!(kind("GET", "/query/?q=select+Id+from+Lead"), "GET /query");
        assert_eq!(kind("PATCH", "/composite/sobjects/Contact/Email"), "PATCH /composite/sobjects/{}/Email");
    }
}
