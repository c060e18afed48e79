//! The guide for Zoom's administrators, and what a rep sends them, say which scopes this version needs. The sources tell: which
//! methods of the client the engine calls, which operations those ask for, and which scope the sandbox wants for each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use liaison_sandbox::zoom::operations::{self, Scope};

/// What the client hands out, and whose methods those are.
const HANDLES: [(&str, &str); 7] = [
    ("users", "Users"),
    ("meetings", "Meetings"),
    ("past_meetings", "PastMeetings"),
    ("recordings", "Recordings"),
    ("templates", "Templates"),
    ("webinars", "Webinars"),
    ("phone", "Phone"),
];

/// A crate's files without comments and tests; a chain of calls is one line.
fn sources(name: &str) -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("src")];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("mod tests {").next().unwrap();
                let lines: Vec<&str> = code.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
                texts.push(lines.join("\n").replace("\n.", "."));
            }
        }
    }
    texts
}

fn literals(text: &str) -> impl Iterator<Item = &str> {
    let verbs = ["GET /", "POST /", "PUT /", "PATCH /", "DELETE /"];
    text.split('"').filter(move |part| verbs.iter().any(|verb| part.starts_with(*verb)))
}

/// A name that stands for an operation: a constant of the same file, or a field of the registrants' `Operations`.
fn stand_in(line: &str) -> Option<(String, &str)> {
    let operation = literals(line).next()?;
    if let Some(constant) = line.strip_prefix("const ") {
        return Some((constant.split(':').next()?.to_owned(), operation));
    }
    line.split_once(": \"").map(|(field, _)| (format!("operations.{field},"), operation))
}

/// The client's methods by whose they are, each with the operations that it asks for.
fn methods() -> BTreeMap<(String, String), BTreeSet<String>> {
    let texts = sources("zoom");
    let everywhere: Vec<(String, &str)> = texts.iter().flat_map(|text| text.lines().filter_map(stand_in)).collect();
    let mut methods: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for text in &texts {
        let fields = everywhere.iter().filter(|(name, _)| name.starts_with("operations.")).cloned();
        let names: Vec<(String, &str)> = text.lines().filter_map(stand_in).chain(fields).collect();
        let mut functions: Vec<(&str, &str, BTreeSet<&str>, &str)> = Vec::new();
        for part in text.split("\nimpl ").skip(1) {
            let owner = part.split(" {").next().unwrap();
            for body in part.split("fn ").skip(1) {
                let named = names.iter().filter(|(name, _)| body.contains(name.as_str()));
                let asked = literals(body).chain(named.map(|(_, operation)| *operation)).collect();
                functions.push((owner, body.split(['(', '<']).next().unwrap(), asked, body));
            }
        }
        for (owner, name, asked, body) in &functions {
            // Several methods make their request in one place.
            let calls = |name: &str| name.ends_with("request") && body.contains(&format!("{name}("));
            let helpers = functions.iter().filter(|(_, name, ..)| calls(name)).flat_map(|(_, _, asked, _)| asked);
            let method = methods.entry(((*owner).to_owned(), (*name).to_owned())).or_default();
            method.extend(asked.iter().chain(helpers).map(|operation| (*operation).to_owned()));
        }
    }
    methods
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn word(text: &str) -> &str {
    text.split(|letter: char| !is_of_word(letter)).next().unwrap()
}

/// A handle leads on to a webinar's past, or to the registrants of an event.
fn leads<'a>(owner: &'a str, after: &'a str) -> (&'a str, &'a str) {
    if let Some(after) = after.strip_prefix(".past()") {
        return ("PastWebinars", after);
    }
    let Some(after) = after.strip_prefix(".registrants(") else { return (owner, after) };
    let mut open = 1;
    let closing = after.find(|letter: char| {
        open += i32::from(letter == '(') - i32::from(letter == ')');
        open == 0
    });
    ("Registrants", &after[closing.unwrap() + 1..])
}

/// What is called on the names that the last `let` before a handle gives.
fn called_by_name<'a>(before: &str, after: &'a str) -> Vec<&'a str> {
    let pattern = before.rsplit("let ").next().unwrap().split(" =").next().unwrap();
    let mut called = Vec::new();
    for name in pattern.split(|letter: char| !is_of_word(letter)).filter(|name| !name.is_empty()) {
        let places = after.match_indices(name).filter(|(at, _)| !after[..*at].ends_with(is_of_word));
        called.extend(places.filter_map(|(at, _)| after[at + name.len()..].strip_prefix('.')).map(word));
    }
    called
}

/// The operations that the engine asks for.
fn asked_for() -> BTreeSet<String> {
    let (methods, mut asked) = (methods(), BTreeSet::new());
    for text in sources("engine") {
        for (handle, owner) in HANDLES {
            let handed = format!(".{handle}()");
            for (at, _) in text.match_indices(handed.as_str()) {
                let before = &text[..at];
                let (owner, after) = leads(owner, &text[at + handed.len()..]);
                let called = after.strip_prefix('.').map_or_else(|| called_by_name(before, after), |it| vec![word(it)]);
                let known = called.iter().filter_map(|name| methods.get(&(owner.to_owned(), (*name).to_owned())));
                // Meetings and webinars share the registrants' methods.
                let area = if owner == "Registrants" { format!(" /{handle}/") } else { String::new() };
                let found: Vec<&String> = known.flatten().filter(|operation| operation.contains(&area)).collect();
                assert!(!found.is_empty() || !before.ends_with("api"), "what is {handed} asked for? {called:?}");
                asked.extend(found.into_iter().cloned());
            }
        }
    }
    asked
}

#[test]
fn the_guide_calls_a_scope_needed_if_the_engine_asks_for_what_it_opens() {
    let asked = asked_for();
    let opened = operations::all().filter(|known| asked.contains(&format!("{} {}", known.method, known.pattern)));
    let scopes = opened.map(|known| match known.scope {
        Scope::User(scope) | Scope::Admin(scope) => scope,
    });
    let needed: BTreeSet<&str> = scopes.collect();
    let guide = include_str!("../../../../../docs/zoom-admin.md");
    let rows = guide.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let word = |scope: &str| if needed.contains(scope) { "| now |" } else { "| later |" };
    let wrong: Vec<&str> = rows.filter(|(scope, row)| !row.ends_with(word(scope))).map(|(scope, _)| scope).collect();
    assert_eq!(BTreeSet::from(liaison_engine::ZOOM_SCOPES), needed, "what a rep sends to an administrator");
    assert!(wrong.is_empty(), "now where the guide says later, or the other way round: {wrong:#?}");
}
