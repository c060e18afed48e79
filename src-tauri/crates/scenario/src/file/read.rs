//! Reads a file, and tells what is wrong with one that is not a scenario.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Expected, Scenario, Step};
use crate::compare;
use crate::script::Scripted;

/// What is wrong with a file, with its place.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{} can't be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{}: the name of a scenario ends in .json or .toml", .0.display())]
    Ending(PathBuf),
    #[error("{}: {reason}", path.display())]
    Unparsed { path: PathBuf, reason: String },
    /// `place` is a path inside the document; the reason names line and column where they are known.
    #[error("{}: at `{place}`: {reason}", path.display())]
    Wrong { path: PathBuf, place: String, reason: String },
}

/// Reads a scenario.
///
/// # Errors
/// The file can't be read, or is not a scenario.
pub fn read(path: &Path) -> Result<Scenario, FileError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| FileError::Unreadable { path: path.to_owned(), source })?;
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned());
    let parsed = match ending.as_deref() {
        Some("json") => parse_json(&text),
        Some("toml") => parse_toml(&text),
        _ => return Err(FileError::Ending(path.to_owned())),
    };
    parsed.map_err(|(place, reason)| match place.as_str() {
        // Before anything was read there is only the line.
        "?" | "." => FileError::Unparsed { path: path.to_owned(), reason },
        _ => FileError::Wrong { path: path.to_owned(), place, reason },
    })
}

/// The scenario, or the place in the document and what is wrong there.
fn parse_json(text: &str) -> Result<Scenario, (String, String)> {
    let mut document = serde_json::Deserializer::from_str(text);
    let scenario: Scenario = serde_path_to_error::deserialize(&mut document)
        .map_err(|error| (error.path().to_string(), error.inner().to_string()))?;
    document.end().map_err(|error| (".".to_owned(), error.to_string()))?;
    checked(scenario)
}

fn parse_toml(text: &str) -> Result<Scenario, (String, String)> {
    let document = toml::Deserializer::parse(text).map_err(|error| (".".to_owned(), error.to_string()))?;
    let scenario = serde_path_to_error::deserialize(document)
        .map_err(|error| (error.path().to_string(), error.inner().to_string()))?;
    checked(scenario)
}

/// What the types can't say.
fn checked(scenario: Scenario) -> Result<Scenario, (String, String)> {
    let wrong = |place: String, reason: &str| Err((place, reason.to_owned()));
    if scenario.title.trim().is_empty() {
        return wrong("title".to_owned(), "a title says what is right");
    }
    let region = scenario.region.as_deref().unwrap_or("NL");
    if region.len() != 2 || !region.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return wrong("region".to_owned(), "a region is two capital letters, such as NL");
    }
    for (list, steps) in [("before", &scenario.before), ("steps", &scenario.steps)] {
        for (index, step) in steps.iter().enumerate() {
            check_step(&format!("{list}[{index}]"), step)?;
        }
    }
    check_expected("expect", &scenario.expect)?;
    check_script("answers", &scenario.answers)?;
    Ok(scenario)
}

fn check_step(place: &str, step: &Step) -> Result<(), (String, String)> {
    let expected = |name: &str, value: &Option<Value>| match value {
        Some(value) => no_flaw(&format!("{place}.{name}"), value),
        None => Ok(()),
    };
    match step {
        Step::Command(call) if call.answers.is_some() && call.refuses.is_some() => {
            Err((place.to_owned(), "a command answers or refuses, not both".to_owned()))
        }
        Step::Command(call) => {
            expected("command.answers", &call.answers)?;
            expected("command.refuses", &call.refuses)
        }
        Step::Pass(pass) if pass.every.0.is_zero() => {
            Err((format!("{place}.pass.every"), "time stands still like this".to_owned()))
        }
        Step::Zoom(asked) | Step::Salesforce(asked) | Step::Sandbox(asked) => expected("answers", &asked.answers),
        Step::Answers(scripted) => check_script(&format!("{place}.answers"), scripted),
        Step::Expect(expected) => check_expected(&format!("{place}.expect"), expected),
        _ => Ok(()),
    }
}

fn check_expected(place: &str, expected: &Expected) -> Result<(), (String, String)> {
    expected.parts().try_for_each(|(name, part)| no_flaw(&format!("{place}.{name}"), part))
}

fn no_flaw(place: &str, expected: &Value) -> Result<(), (String, String)> {
    compare::flaw(place, expected).map_or(Ok(()), Err)
}

fn check_script(place: &str, script: &[Scripted]) -> Result<(), (String, String)> {
    for (index, scripted) in script.iter().enumerate() {
        scripted.rule().map_err(|reason| (format!("{place}[{index}]"), reason))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use liaison_engine::view::Provider;

    use super::*;
    use crate::zone::Zone;

    const HEAD: &str = r#""title": "T", "source": "S", "now": "2026-11-27T08:00:00Z""#;

    fn wrong(rest: &str) -> (String, String) {
        parse_json(&format!("{{{HEAD}, {rest}}}")).unwrap_err()
    }

    #[test]
    fn the_smallest_scenario_has_defaults() {
        let scenario = parse_json(&format!("{{{HEAD}}}")).unwrap();
        assert_eq!((scenario.zone, scenario.seed), (Zone(Tz::Europe__Amsterdam), 1));
        assert_eq!(scenario.signed_in, [Provider::Zoom, Provider::Salesforce]);
    }

    #[test]
    fn json_and_toml_have_the_same_shape() {
        let toml = "title = 'T'\nsource = 'S'\nnow = '2026-11-27T08:00:00Z'\nsteps = ['sync', { advance = '2m' }]\n\
                    [[answers]]\nservice = 'zoom'\nmethod = 'GET'\npath = '/v2/'\nanswer = { with = { status = 503 } }\n";
        let scenario = parse_toml(toml).unwrap();
        assert!(matches!(scenario.steps.as_slice(), [Step::Sync, Step::Advance(_)]));
        assert_eq!(scenario.answers.len(), 1);
    }

    #[test]
    fn what_is_wrong_has_a_place_and_a_line() {
        let (place, reason) = wrong("\"steps\": [\"sync\",\n {\"command\": {\"name\": \"get_days\"}}]");
        assert_eq!(place, "steps[1].command.name");
        assert!(reason.contains("`get_days`") && reason.contains("get_day,") && reason.contains("line 2"), "{reason}");
        assert_eq!(wrong(r#""steps": [{"advance": "2"}]"#).0, "steps[0].advance");
        assert_eq!(wrong(r#""zone": "Europe/Amstredam""#).0, "zone");
        assert_eq!(wrong(r#""salesforce": {"profile": "huge"}"#).0, "salesforce.profile");
        assert_eq!(wrong(r#""expect": {"outbux": {}}"#).0, "expect.outbux");
        assert_eq!(wrong(r#""region": "Netherlands""#).0, "region");
        let (place, reason) =
            parse_toml("title = 'T'\nsource = 'S'\nnow = '2026-11-27T08:00:00Z'\nseed = 'one'\n").unwrap_err();
        assert_eq!(place, "seed");
        assert!(reason.contains("line 4"), "{reason}");
    }

    #[test]
    fn what_the_types_cannot_say_has_a_place_too() {
        let cut = r#""answers": [{"service": "zoom", "path": "/", "answer": {"cut": 3}}]"#;
        assert_eq!(wrong(cut).0, "answers[0]");
        let both = r#""steps": ["sync", {"command": {"name": "sync_now", "answers": null, "refuses": {}}}]"#;
        assert!(parse_json(&format!("{{{HEAD}, {both}}}")).is_ok(), "null is no expectation");
        let both = both.replace("null", "{}");
        assert_eq!(wrong(&both).0, "steps[1]");
        assert_eq!(wrong(r#""steps": [{"pass": {"time": "1h", "every": "0s"}}]"#).0, "steps[0].pass.every");
        assert_eq!(wrong(r#""expect": {"outbox": {"items": {"$cuont": 1}}}"#).0, "expect.outbox.items");
    }
}
