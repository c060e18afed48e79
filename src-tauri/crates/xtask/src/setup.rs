//! Makes a fresh machine ready: system packages, the Rust parts, Node and the web view's packages.
//!
//! On Debian and Ubuntu missing packages are installed (with `sudo` only when not root); everywhere else it says what
//! is missing and how to get it.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use crate::failure::{Failure, Outcome, Tried};
use crate::packages::{Need, Package, Packaging};
use crate::places;
use crate::process::{output, run};
use crate::report::say;

/// The oldest Rust and Node that build the project.
const RUST: (u32, u32) = (1, 95);
const NODE: (u32, u32) = (20, 0);

/// `cargo xtask setup`.
pub fn for_everything() -> Outcome {
    for_needs(&[Need::Build, Need::Headless, Need::Browse, Need::Journeys])?;
    lint_tools()
}

/// Everything that the given needs ask for, and the web view's packages.
pub fn for_needs(needs: &[Need]) -> Outcome {
    system(needs)?;
    version("rustc", RUST, "https://rustup.rs, or `rustup update`")?;
    version("node", NODE, "https://nodejs.org, or your system's own package if it is new enough")?;
    web_view_packages()
}

fn system(needs: &[Need]) -> Outcome {
    if cfg!(target_os = "macos") {
        return output(Command::new("xcode-select").arg("-p"))
            .map(|_| say("    Xcode's command line tools are there; nothing else is needed"))
            .map_err(|_| Failure::new("Xcode's command line tools are missing: run `xcode-select --install`"));
    }
    if cfg!(windows) {
        return windows();
    }
    let packaging = Packaging::here();
    let missing = packaging.missing(needs);
    if missing.is_empty() {
        say("    every system package is there");
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|package| packaging.name(package)).collect();
    for (package, name) in missing.iter().zip(&names) {
        say(format_args!("    missing: {name} ({})", package.why));
    }
    if packaging != Packaging::Debian {
        return Err(Failure::new(format!("packages are missing; install them first:\n  {}", packaging.advice(&names))));
    }
    install(&names)?;
    confirm(packaging, needs)
}

fn confirm(packaging: Packaging, needs: &[Need]) -> Outcome {
    let still: Vec<&Package> = packaging.missing(needs);
    if still.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = still.iter().map(|package| packaging.name(package)).collect();
    Err(Failure::new(format!("still missing after the installation: {}", names.join(", "))))
}

/// Installs Debian packages; refreshes the package lists first where there are none or where they are too old.
fn install(names: &[&str]) -> Outcome {
    let lists = fs::read_dir("/var/lib/apt/lists").map_or(0, |entries| {
        entries.flatten().filter(|entry| entry.file_name().to_string_lossy().contains("_Packages")).count()
    });
    if lists == 0 {
        run(apt_get()?.arg("update"))?;
    }
    let install = || run(apt_get()?.args(["install", "--yes", "--no-install-recommends"]).args(names));
    let first = install();
    if first.is_ok() || lists == 0 {
        return first;
    }
    say("    the package lists may be old: fetching them and trying once more");
    run(apt_get()?.arg("update"))?;
    install()
}

/// `apt-get` without questions, through `sudo` unless we are root.
fn apt_get() -> Outcome<Command> {
    let root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let mut command = if root {
        Command::new("env")
    } else if places::program("sudo").is_some() {
        let mut command = Command::new("sudo");
        command.arg("env");
        command
    } else {
        return Err(Failure::new("installing packages needs root, and there is no sudo: run this once as root"));
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    Ok(command)
}

fn windows() -> Outcome {
    const WEBVIEW2: &str =
        r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let mut missing = Vec::new();
    if output(Command::new("reg").args(["query", WEBVIEW2])).is_err() {
        missing.push("the WebView2 runtime (https://developer.microsoft.com/microsoft-edge/webview2)");
    }
    if env::var_os("OPENSSL_DIR").is_none() {
        missing.push("OpenSSL for the encrypted database: install it (vcpkg, or a binary package) and set OPENSSL_DIR");
    }
    if missing.is_empty() {
        say("    WebView2 and OpenSSL are there; the compiler came with Rust's own installation");
        return Ok(());
    }
    Err(Failure::new(format!("missing:\n  {}", missing.join("\n  "))))
}

/// Checks a program's `--version` against the oldest that will do.
fn version(program: &str, oldest: (u32, u32), source: &str) -> Outcome {
    let needed = format!("{}.{} or newer", oldest.0, oldest.1);
    let text = output(Command::new(program).arg("--version"))
        .map_err(|_| Failure::new(format!("{program} is missing; {needed} is needed: {source}")))?;
    match version_in(&text) {
        Some(found) if found >= oldest => Ok(()),
        _ => Err(Failure::new(format!("{program} is `{}`; {needed} is needed: {source}", text.trim()))),
    }
}

/// The first `major.minor` in a line such as `rustc 1.95.0 (…)` or `v20.20.2`.
fn version_in(text: &str) -> Option<(u32, u32)> {
    text.split_whitespace().find_map(|word| {
        let mut parts = word.trim_start_matches('v').split('.');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    })
}

/// `rustfmt` and `clippy`, which a minimal installation of Rust lacks.
pub fn lint_tools() -> Outcome {
    let missing: Vec<&str> = [("rustfmt", "fmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(_, task)| output(Command::new("cargo").args([task, "--version"])).is_err())
        .map(|(component, _)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(format_args!("    missing: {} (the checks of form and of common mistakes)", missing.join(", ")));
    run(Command::new("rustup").args(["component", "add"]).args(missing))
}

/// `npm ci`, but only when the lock file is another than the one installed last.
fn web_view_packages() -> Outcome {
    let ui = places::ui();
    let lock = ui.join("package-lock.json");
    let stamp = ui.join("node_modules").join(".installed-lock.json");
    let wanted = fs::read(&lock).tried(|| format!("could not read {}", lock.display()))?;
    if current(&wanted, &stamp) {
        say("    the web view's packages are those of the lock file");
        return Ok(());
    }
    run(npm().args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, &wanted).tried(|| format!("could not write {}", stamp.display()))
}

fn current(wanted: &[u8], stamp: &Path) -> bool {
    fs::read(stamp).is_ok_and(|installed| installed == wanted)
}

/// `npm` in the web view's folder.
pub fn npm() -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(places::ui());
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::Folder;

    #[test]
    fn versions_are_found_in_what_programs_print() {
        assert_eq!(version_in("rustc 1.95.0 (abc 2026-01-01)"), Some((1, 95)));
        assert_eq!(version_in("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version_in("nothing here"), None);
    }

    #[test]
    fn packages_are_installed_again_only_when_the_lock_file_changed() {
        let folder = Folder::create("xt").expect("made");
        let stamp = folder.path().join("stamp");
        assert!(!current(b"one", &stamp));
        fs::write(&stamp, b"one").expect("written");
        assert!(current(b"one", &stamp));
        assert!(!current(b"two", &stamp));
    }
}
