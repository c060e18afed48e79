//! Makes a fresh machine ready: system packages, the Rust parts, Node and the web view's packages.
//!
//! On Debian and Ubuntu missing packages are installed (with `sudo` only when not root); everywhere else it says what
//! is missing and how to get it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::failure::{Failure, Outcome, Tried};
use crate::packages::{Need, Package, Packaging};
use crate::places;
use crate::process::{output, quietly, run};
use crate::report::say;

/// Where Debian keeps the lists of packages.
const LISTS: &str = "/var/lib/apt/lists";
/// Lists older than this may name versions that are gone.
const OLD: Duration = Duration::from_hours(3 * 24);

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

/// Installs Debian packages. Lists that are missing or old are fetched first: they name versions that the servers no
/// longer have. What a try that is then mended printed is not shown.
fn install(names: &[&str]) -> Outcome {
    let packages = ["install", "--yes", "--no-install-recommends"].into_iter().chain(names.iter().copied());
    let packages: Vec<&str> = packages.collect();
    install_with(age(Path::new(LISTS), SystemTime::now()), &mut || quietly(apt_get()?.arg("update")), &mut || {
        quietly(apt_get()?.args(&packages))
    })
}

/// `age` is that of the lists, if there are any.
fn install_with(
    age: Option<Duration>,
    fetch: &mut dyn FnMut() -> Outcome,
    install: &mut dyn FnMut() -> Outcome,
) -> Outcome {
    // A mirror that is away does not make the lists that are there useless.
    let fetched = age.is_none_or(|age| age > OLD).then(&mut *fetch);
    let Err(first) = install() else { return Ok(()) };
    match fetched {
        // The lists are as new as they can be.
        Some(Ok(())) => Err(first),
        Some(Err(no_lists)) => Err(Failure::new(format!("{first}\n{no_lists}"))),
        None => {
            say("    the package lists are not the newest: fetching them and trying once more");
            fetch()?;
            install()
        }
    }
}

/// How long ago lists were fetched. A list has the time of the server's, the folders that of the fetching.
fn age(lists: &Path, now: SystemTime) -> Option<Duration> {
    let is_list = |name: &std::ffi::OsStr| name.to_string_lossy().contains("_Packages");
    let any = fs::read_dir(lists).ok()?.flatten().any(|entry| is_list(&entry.file_name()));
    let changed = |path: &Path| fs::metadata(path).ok()?.modified().ok();
    let fetched = changed(lists).max(changed(&lists.join("partial")));
    // A list from the future is new enough.
    fetched.filter(|_| any).map(|fetched| now.duration_since(fetched).unwrap_or_default())
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
    for (program, what) in [
        ("perl", "Perl, which configures OpenSSL for the encrypted database (https://strawberryperl.com)"),
        ("nasm", "NASM, which assembles the cryptography of TLS (https://nasm.us)"),
    ] {
        if places::program(program).is_none() {
            missing.push(what);
        }
    }
    if missing.is_empty() {
        say("    WebView2, Perl and NASM are there; the compiler came with Rust's own installation");
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

    /// What was done, with the outcomes of each try in order.
    fn play(age: Option<Duration>, fetches: Vec<Outcome>, installs: Vec<Outcome>) -> (Vec<&'static str>, Outcome) {
        let done = std::cell::RefCell::new(Vec::new());
        let (mut fetches, mut installs) = (fetches.into_iter(), installs.into_iter());
        let outcome = install_with(
            age,
            &mut || {
                done.borrow_mut().push("fetch");
                fetches.next().expect("one more fetch")
            },
            &mut || {
                done.borrow_mut().push("install");
                installs.next().expect("one more try")
            },
        );
        (done.into_inner(), outcome)
    }

    #[test]
    fn old_or_missing_lists_are_fetched_before_they_are_used() {
        for age in [None, Some(OLD + Duration::from_secs(1))] {
            assert_eq!(play(age, vec![Ok(())], vec![Ok(())]), (vec!["fetch", "install"], Ok(())));
            let no = Failure::new("no such package");
            let failed = play(age, vec![Ok(())], vec![Err(no.clone())]);
            assert_eq!(failed, (vec!["fetch", "install"], Err(no)), "nothing newer can be fetched");
        }
        assert_eq!(play(Some(OLD), vec![], vec![Ok(())]), (vec!["install"], Ok(())));
    }

    #[test]
    fn a_version_that_is_gone_is_looked_for_in_newer_lists() {
        let gone = || Err(Failure::new("404"));
        let mended = play(Some(Duration::ZERO), vec![Ok(())], vec![gone(), Ok(())]);
        assert_eq!(mended, (vec!["install", "fetch", "install"], Ok(())));
        let lost = play(Some(Duration::ZERO), vec![Ok(())], vec![gone(), gone()]);
        assert_eq!(lost, (vec!["install", "fetch", "install"], gone()));
    }

    #[test]
    fn without_the_network_what_is_known_may_do() {
        let away = || Err(Failure::new("no route"));
        assert_eq!(play(None, vec![away()], vec![Ok(())]).1, Ok(()));
        let both = play(None, vec![away()], vec![Err(Failure::new("not known"))]).1.expect_err("told").to_string();
        assert!(both.contains("not known") && both.contains("no route"), "{both}");
    }

    #[test]
    fn the_age_is_that_of_the_last_fetching() {
        let folder = Folder::create("xt").expect("made");
        let now = SystemTime::now() + Duration::from_mins(1);
        assert_eq!(age(folder.path(), now), None);
        assert_eq!(age(&folder.path().join("nowhere"), now), None);
        fs::write(folder.path().join("lock"), "").expect("written");
        assert_eq!(age(folder.path(), now), None);
        fs::write(folder.path().join("deb_dists_main_binary-amd64_Packages.lz4"), "").expect("written");
        assert!(age(folder.path(), now).is_some_and(|age| age < OLD));
        assert!(age(folder.path(), now + OLD + OLD).is_some_and(|age| age > OLD));
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
