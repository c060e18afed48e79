//! Which file of the engine may use which: downwards only, and never in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The house from the ground up. A file uses what stands in a line before its own, or in its own area.
const FLOORS: &[&[&str]] = &[
    &["terms", "beat"],
    &["error"],
    &["config"],
    &["failure"],
    &["folders"],
    &["context"],
    &["engine"],
    &["tables"],
    &["lenient"],
    &["chosen"],
    &["zones"],
    &["session"],
    &["pull"],
    &["first_steps"],
    &["busy"],
    &["people"],
    &["topics"],
    &["outbox"],
    &["zoom_user"],
    &["calls"],
    &["meetings"],
    &["directory"],
    &["schedule"],
    &["differences"],
    &["webinars"],
    &["person"],
    &["reminders"],
    &["privacy"],
    &["transfer"],
    &["palette"],
    &["profile", "settle", "view", "boundary"],
];

/// Every file with the files that it names after `crate::`.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = BTreeMap::new();
    read(&source, "", &mut texts);
    assert!(texts.len() > 20, "the source is where it was");
    let mut arrows = BTreeMap::new();
    for (file, text) in texts.iter().filter(|(file, _)| *file != "lib") {
        let named = text.split("crate::").skip(1).flat_map(paths);
        let used = named.filter_map(|path| {
            // The longest part of the path that is a file.
            (1..=path.len())
                .rev()
                .map(|length| path[..length].join("/"))
                .find(|candidate| texts.contains_key(candidate))
        });
        arrows.insert(file.clone(), used.filter(|used| used != file).collect());
    }
    arrows
}

fn read(folder: &Path, prefix: &str, texts: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{prefix}{name}/"), texts);
        } else if let Some(stem) = name.strip_suffix(".rs") {
            texts.insert(format!("{prefix}{stem}"), std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// The paths in `a::b::{c, d as e, f::g}`, each as its parts.
fn paths(text: &str) -> Vec<Vec<String>> {
    let end =
        text.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':').unwrap_or(text.len());
    let stem: Vec<String> = text[..end].split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let Some(group) = text[end..].strip_prefix('{').and_then(|rest| rest.split_once('}')) else { return vec![stem] };
    let names = group.0.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| stem.iter().cloned().chain(name.split("::").map(str::to_owned)).collect()).collect()
}

fn area(file: &str) -> &str {
    file.split('/').next().unwrap()
}

fn floor(area: &str) -> usize {
    FLOORS.iter().position(|areas| areas.contains(&area)).unwrap_or_else(|| panic!("{area} has no floor yet"))
}

#[test]
fn areas_are_used_downwards_only() {
    for (file, used) in arrows() {
        for other in &used {
            let (from, to) = (area(&file), area(other));
            let allowed = from == to || floor(to) < floor(from);
            assert!(allowed, "{file} uses {other}, which stands above it");
        }
    }
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut arrows = arrows();
    // Files that use nothing that is left are taken away until nothing changes.
    loop {
        let left: BTreeSet<String> = arrows.keys().cloned().collect();
        arrows.retain(|_, used| used.iter().any(|other| left.contains(other)));
        if arrows.len() == left.len() {
            assert!(arrows.is_empty(), "in a circle, or below one: {arrows:#?}");
            return;
        }
    }
}

#[test]
fn paths_are_read_as_rust_reads_them() {
    let parts = |text| paths(text).into_iter().map(|path| path.join("/")).collect::<Vec<_>>();
    assert_eq!(parts("session::{self, view::Phase}, then"), ["session/self", "session/view/Phase"]);
    assert_eq!(parts("outbox::event::fields_of(x)"), ["outbox/event/fields_of"]);
}
