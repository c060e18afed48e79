//! `cargo xtask bundle`: the program as a Debian package, with our own desktop file, AppStream data, icons, licences and a
//! list of everything that is linked in, checked by Debian's own tools. The other systems' packages are made on those
//! systems (`.github/workflows/bundle.yml`).
//!
//! The same sources give the same bytes: files have the time of the last commit and belong to root.

mod bare;
mod parts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome, Tried};
use crate::process::{output, run};
use crate::report::{Steps, say};
use crate::{build, places};

/// The application's id: also the names of its desktop file, AppStream data and icons.
const ID: &str = "org.liaison.desktop";
/// Megabytes that the program may have.
const LARGEST_MB: u64 = 30;
const ICONS: [(&str, &str); 4] = [
    ("32x32.png", "32x32/apps"),
    ("128x128.png", "128x128/apps"),
    ("128x128@2x.png", "256x256/apps"),
    ("icon.svg", "scalable/apps"),
];

/// `binary` is a program that is there already; without one it is built.
pub fn perform(binary: Option<PathBuf>) -> Outcome {
    let mut steps = Steps::default();
    let own = binary.is_none();
    if own {
        steps.step("web view", "the UI goes into the binary", build::ui)?;
        // By itself: a build of the whole workspace has the sandbox's controls (docs/adr/0014).
        steps.step("build", "the program as it is released", || {
            run(&mut build::cargo(&["build", "--release", "--package", "liaison", "--features", "custom-protocol"])?)
        })?;
    }
    let binary = match binary {
        Some(binary) => binary,
        None => places::built("release", "liaison")?,
    };
    let folder = places::artifacts().join("bundle");
    let package = steps.step("package", "files in their places, twice, and the bytes compared", || {
        let first = assemble(&binary, &folder.join("first"))?;
        let second = assemble(&binary, &folder.join("second"))?;
        let bytes = |file: &Path| fs::read(file).tried(|| format!("could not read {}", file.display()));
        if bytes(&first)? != bytes(&second)? {
            return Err(Failure::new("two packages of the same files differ"));
        }
        Ok(first)
    })?;
    steps.step("checks", "what Debian's own tools say", || checked(&package))?;
    steps.step("bare Debian", "installed, started and removed where nothing else is", || bare::tried(&package))?;
    if own {
        steps.step("size", "the program is no larger than it may be", || small_enough(&binary))?;
    }
    steps.summary();
    say(format_args!("\nThe package is {}", package.display()));
    Ok(())
}

/// Puts everything in its place below `folder` and packs it; answers the package.
fn assemble(binary: &Path, folder: &Path) -> Outcome<PathBuf> {
    let (root, at) = (folder.join("root"), places::root());
    if folder.exists() {
        fs::remove_dir_all(folder).tried(|| format!("could not empty {}", folder.display()))?;
    }
    let share = root.join("usr/share");
    let own = at.join("packaging/linux");
    put(binary, &root.join("usr/bin/liaison"), 0o755)?;
    for (from, to) in [
        (own.join(format!("{ID}.desktop")), share.join(format!("applications/{ID}.desktop"))),
        (own.join(format!("{ID}.metainfo.xml")), share.join(format!("metainfo/{ID}.metainfo.xml"))),
        (own.join("copyright"), share.join("doc/liaison/copyright")),
    ] {
        put(&from, &to, 0o644)?;
    }
    for (icon, size) in ICONS {
        let ending = if icon.ends_with("svg") { "svg" } else { "png" };
        put(&at.join("icons").join(icon), &share.join(format!("icons/hicolor/{size}/{ID}.{ending}")), 0o644)?;
    }
    write(&share.join("doc/liaison/sbom.cdx.json"), &sbom()?)?;
    let version = env!("CARGO_PKG_VERSION");
    let stamp = committed()?;
    write(&share.join("doc/liaison/changelog"), &parts::changelog(version, &stamp.readable))?;
    // Without the name and time that gzip would write into it.
    run(Command::new("gzip").args(["-9", "--no-name"]).arg(share.join("doc/liaison/changelog")))?;
    run(Command::new("strip").args(["--strip-unneeded"]).arg(root.join("usr/bin/liaison")))?;

    let architecture = output(Command::new("dpkg").arg("--print-architecture"))?.trim().to_owned();
    let kilobytes = size_of(&root)?.div_ceil(1024);
    write(&root.join("DEBIAN/control"), &parts::control(version, &architecture, kilobytes))?;
    let package = folder.join(format!("liaison_{version}_{architecture}.deb"));
    run(Command::new("dpkg-deb")
        .env("SOURCE_DATE_EPOCH", &stamp.seconds)
        .args(["--root-owner-group", "-Zxz", "--build"])
        .arg(&root)
        .arg(&package))?;
    Ok(package)
}

/// When the sources were committed last: nothing else is the same in every build of them.
struct Stamp {
    seconds: String,
    /// As changelogs have it.
    readable: String,
}

fn committed() -> Outcome<Stamp> {
    let told = |format: &str| {
        let mut git = Command::new("git");
        git.args(["log", "-1", "--date=rfc2822", &format!("--format={format}")]).current_dir(places::root());
        output(&mut git).map(|text| text.trim().to_owned())
    };
    Ok(Stamp { seconds: told("%ct")?, readable: told("%cd")? })
}

/// Everything that is linked into the program or shown by it.
fn sbom() -> Outcome<String> {
    let crates = output(&mut build::cargo(&[
        "tree",
        "--package",
        "liaison",
        "--features",
        "custom-protocol",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ])?)?;
    let mut npm = crate::setup::npm();
    let packages = output(npm.args(["ls", "--all", "--omit=dev", "--parseable", "--long"]))?;
    Ok(parts::sbom(env!("CARGO_PKG_VERSION"), &crates, &packages))
}

fn checked(package: &Path) -> Outcome {
    let own = places::root().join("packaging/linux");
    for (program, arguments) in [
        ("desktop-file-validate", vec![own.join(format!("{ID}.desktop"))]),
        ("appstreamcli", vec!["validate".into(), "--no-net".into(), own.join(format!("{ID}.metainfo.xml"))]),
        ("lintian", vec!["--fail-on=error".into(), package.to_owned()]),
    ] {
        if places::program(program).is_none() {
            return Err(Failure::new(format!(
                "{program} is missing: apt-get install desktop-file-utils appstream lintian"
            )));
        }
        run(Command::new(program).args(arguments))?;
    }
    Ok(())
}

fn small_enough(binary: &Path) -> Outcome {
    let bytes = fs::metadata(binary).tried(|| format!("could not look at {}", binary.display()))?.len();
    let megabytes = bytes.div_ceil(1_000_000);
    if megabytes > LARGEST_MB {
        return Err(Failure::new(format!("the program has {megabytes} MB; it may have {LARGEST_MB}")));
    }
    Ok(())
}

fn put(from: &Path, to: &Path, mode: u32) -> Outcome {
    make_room(to)?;
    fs::copy(from, to).tried(|| format!("could not copy {}", from.display()))?;
    allow(to, mode)
}

fn write(to: &Path, text: &str) -> Outcome {
    make_room(to)?;
    fs::write(to, text).tried(|| format!("could not write {}", to.display()))?;
    allow(to, 0o644)
}

/// Folders have the same rights whatever the terminal's own are.
fn make_room(file: &Path) -> Outcome {
    let Some(folder) = file.parent() else { return Ok(()) };
    let new: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    fs::create_dir_all(folder).tried(|| format!("could not make {}", folder.display()))?;
    new.into_iter().try_for_each(|folder| allow(folder, 0o755))
}

#[cfg(unix)]
fn allow(file: &Path, mode: u32) -> Outcome {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(mode))
        .tried(|| format!("could not open {} to all", file.display()))
}

#[cfg(not(unix))]
fn allow(file: &Path, _mode: u32) -> Outcome {
    Err(Failure::new(format!("{} can't be given Unix's modes here: Debian's package is made on Linux", file.display())))
}

fn size_of(folder: &Path) -> Outcome<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder).tried(|| format!("could not read {}", folder.display()))? {
        let entry = entry.tried(|| format!("could not read {}", folder.display()))?;
        let about = entry.metadata().tried(|| format!("could not look at {}", entry.path().display()))?;
        sum += if about.is_dir() { size_of(&entry.path())? } else { about.len() };
    }
    Ok(sum)
}
