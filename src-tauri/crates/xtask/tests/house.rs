//! Which crate may use which, and what the released program is built without.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

use std::collections::BTreeMap;
use std::process::Command;

use xtask::places;

/// Every crate with all that it may depend on; tests and examples may use the sandbox besides.
const ARROWS: &[(&str, &[&str])] = &[
    ("commands", &[]),
    ("domain", &[]),
    ("store", &["domain"]),
    ("transport", &[]),
    ("zoom", &["domain", "transport"]),
    ("salesforce", &["domain", "transport"]),
    ("engine", &["domain", "salesforce", "store", "transport", "zoom"]),
    ("sandbox-kernel", &[]),
    ("sandbox-salesforce", &["sandbox-kernel"]),
    ("sandbox-zoom", &["sandbox-kernel"]),
    ("sandbox", &["sandbox-kernel", "sandbox-salesforce", "sandbox-zoom"]),
    ("scenario", &["commands", "domain", "engine", "sandbox", "store", "transport"]),
    ("contract", &["salesforce", "sandbox", "transport", "zoom"]),
    ("xtask", &[]),
];

/// The project's own crates in one kind of dependencies (`dependencies`, `dev-dependencies`) of a manifest.
fn own(manifest: &str, kind: &str) -> Vec<String> {
    let section = manifest.lines().skip_while(|line| *line != format!("[{kind}]")).skip(1);
    let lines = section.take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.strip_prefix("liaison-"));
    names.map(|rest| rest.split(['.', ' ', '=']).next().unwrap().to_owned()).collect()
}

fn manifests() -> BTreeMap<String, String> {
    let folders = std::fs::read_dir(places::root().join("src-tauri/crates")).unwrap().map(Result::unwrap);
    let manifest = |entry: std::fs::DirEntry| {
        let text = std::fs::read_to_string(entry.path().join("Cargo.toml")).unwrap();
        (entry.file_name().into_string().unwrap(), text)
    };
    folders.map(manifest).collect()
}

#[test]
fn crates_are_used_downwards_only() {
    let manifests = manifests();
    for (name, manifest) in &manifests {
        let Some((_, allowed)) = ARROWS.iter().find(|(own, _)| own == name) else {
            panic!("{name} has no place in the house yet");
        };
        for used in own(manifest, "dependencies") {
            assert!(allowed.contains(&used.as_str()), "{name} depends on {used}");
        }
        for used in own(manifest, "dev-dependencies") {
            let allowed = used == "sandbox" && !name.starts_with("sandbox") || allowed.contains(&used.as_str());
            assert!(allowed, "the tests of {name} depend on {used}");
        }
    }
    assert_eq!(ARROWS.len(), manifests.len());
}

#[test]
fn a_manifest_is_read_as_cargo_reads_it() {
    let text = "[dependencies]\nserde = \"1\"\nliaison-zoom.workspace = true\nliaison-sandbox = { workspace = true }\n\n[dev-dependencies]\nliaison-store.workspace = true\n";
    assert_eq!(own(text, "dependencies"), ["zoom", "sandbox"]);
    assert_eq!(own(text, "dev-dependencies"), ["store"]);
    assert!(own(text, "build-dependencies").is_empty());
}

/// What cargo would compile the ground of the sandbox with, for one package built by itself.
fn features_of_the_sandbox(package: &str) -> String {
    let arguments = ["tree", "--offline", "--package", package, "--invert", "liaison-sandbox-kernel"];
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).args(["--edges", "normal,build,features"]).current_dir(places::root());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_released_program_has_no_controls() {
    let controls = "liaison-sandbox-kernel feature \"control\"";
    let released = features_of_the_sandbox("liaison");
    assert!(released.contains("liaison-sandbox-zoom"), "the demo is in it: {released}");
    assert!(!released.contains(controls), "{released}");
    // Those who do turn them on are seen to do so.
    assert!(features_of_the_sandbox("liaison-scenario").contains(controls));
}
