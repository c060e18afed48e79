//! What this computer knows of time zones: the rules in its files, and which zone it is in.
//!
//! On Windows and macOS the system names its zone itself, Windows in IANA's names (by CLDR's table, which is part of
//! it, and by the same table here where Windows can't say). Elsewhere `/etc/localtime` says it: by the name it links to, or by its content.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use chrono::Utc;
use liaison_domain::zones::{self, Database, Version, Zone};

const ZONE_FILES: &str = "/usr/share/zoneinfo";
const LOCAL_FILE: &str = "/etc/localtime";
const LOCAL_NAME: &str = "/etc/timezone";
/// Zone files begin with these letters (RFC 9636); between them lie tables and lists.
const MAGIC: &[u8] = b"TZif";
/// `America/Argentina/Buenos_Aires`; a link in a circle ends here too.
const DEEPEST: usize = 3;

/// Takes the system's rules where they are newer than those in the program. Before anything asks for a zone.
pub fn install() {
    if !cfg!(windows)
        && let Some(database) = newer_than_bundle(Path::new(ZONE_FILES))
        && zones::install(database).is_err()
    {
        tracing::warn!("zones were asked for before their rules were chosen");
    }
    let release = zones::database().version().map(ToString::to_string);
    tracing::info!(release, "zone rules");
}

/// The whole database or none of it: never some zones of one release and some of another.
fn newer_than_bundle(dir: &Path) -> Option<Database> {
    let version = version_of(dir)?;
    if Some(&version) <= Database::bundled_version().as_ref() {
        return None;
    }
    let mut files = Vec::new();
    if let Err(error) = collect(dir, "", DEEPEST, &mut files) {
        tracing::warn!(%error, %version, "the system's zone rules are newer but can't be read");
        return None;
    }
    match Database::from_files(version, files) {
        Ok(database) => Some(database),
        Err(error) => {
            tracing::warn!(%error, "the system's zone rules are newer but not whole");
            None
        }
    }
}

/// Linux: the first line of `tzdata.zi` is `# version 2026f`. macOS: `+VERSION` is that word alone.
fn version_of(dir: &Path) -> Option<Version> {
    let source = std::fs::read_to_string(dir.join("tzdata.zi")).ok();
    let named = source.as_deref().and_then(|text| text.lines().next()?.strip_prefix("# version "));
    let plain = || std::fs::read_to_string(dir.join("+VERSION")).ok();
    named.and_then(Version::parse).or_else(|| Version::parse(&plain()?))
}

fn collect(dir: &Path, prefix: &str, depth: usize, files: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        // The same zones again, with and without leap seconds; and the computer's own choice.
        if prefix.is_empty() && ["posix", "right", "localtime", "posixrules"].contains(&name.as_str()) {
            continue;
        }
        let (path, id) = (entry.path(), format!("{prefix}{name}"));
        if path.is_dir() {
            if depth > 1 {
                collect(&path, &format!("{id}/"), depth - 1, files)?;
            }
            continue;
        }
        let content = std::fs::read(&path)?;
        if content.starts_with(MAGIC) {
            files.push((id, content));
        }
    }
    Ok(())
}

/// The zone that `TZ` names, as for any program; else the computer's. UTC only when there is no trace of any.
///
/// Asked at every question about the time, because laptops travel: it looks at the link or at the age of the file.
pub fn local() -> Zone {
    let chosen = std::env::var("TZ").ok().and_then(|text| zones::parse(name_in(&text)));
    chosen.or_else(|| of_computer(Path::new(LOCAL_FILE), Path::new(LOCAL_NAME))).unwrap_or(Zone::UTC)
}

/// `Europe/Amsterdam`, `:Europe/Amsterdam` or the file's full path.
fn name_in(text: &str) -> &str {
    let text = text.trim_start_matches(':');
    text.strip_prefix(ZONE_FILES).map_or(text, |name| name.trim_start_matches('/'))
}

fn of_computer(file: &Path, name: &Path) -> Option<Zone> {
    let named = || iana_time_zone::get_timezone().ok().and_then(|id| zones::parse(&id));
    if cfg!(windows) || cfg!(target_os = "macos") {
        return named().or_else(by_key);
    }
    match std::fs::symlink_metadata(file) {
        Ok(found) if found.is_symlink() => linked(file).or_else(|| of_file(file, name)),
        Ok(_) => of_file(file, name),
        // Without the file the name beside it counts.
        Err(_) => named(),
    }
}

/// By the key of the zone in the registry, `W. Europe Standard Time`: Windows without its newer interfaces, as on some
/// servers, says no more.
#[cfg(windows)]
fn by_key() -> Option<Zone> {
    zones::parse(jiff::tz::TimeZone::try_system().ok()?.iana_name()?)
}

#[cfg(not(windows))]
fn by_key() -> Option<Zone> {
    None
}

/// By the last words of the link's target that are a zone: `../usr/share/zoneinfo/Europe/Amsterdam`.
fn linked(file: &Path) -> Option<Zone> {
    let target = std::fs::read_link(file).ok()?;
    let words: Vec<&str> = target.iter().filter_map(OsStr::to_str).collect();
    (1..=DEEPEST.min(words.len())).rev().find_map(|count| zones::parse(&words[words.len() - count..].join("/")))
}

/// By content: the file is a copy, as in containers and on computers that were set up by hand.
fn of_file(file: &Path, name: &Path) -> Option<Zone> {
    static KNOWN: Mutex<Option<(SystemTime, u64, Option<Zone>)>> = Mutex::new(None);
    let about = std::fs::metadata(file).ok()?;
    let (changed, length) = (about.modified().ok()?, about.len());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, _, zone)) = known.filter(|(at, size, _)| (*at, *size) == (changed, length)) {
        return zone;
    }
    let zone = read_file(file, name);
    if zone.is_none() {
        tracing::warn!("the computer's zone can't be read; times are shown in UTC");
    }
    *known = Some((changed, length, zone));
    zone
}

fn read_file(file: &Path, name: &Path) -> Option<Zone> {
    let beside = std::fs::read_to_string(name).ok();
    zones::like(&std::fs::read(file).ok()?, beside.as_deref(), Utc::now())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// A folder like the system's, with the bundle's rules under another version.
    fn zone_files(version: &str) -> TempDir {
        let dir = tempfile::tempdir().unwrap();
        for zone in zones::all().filter(|zone| !zone.file().is_empty()) {
            let path = dir.path().join(zone.name());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, zone.file()).unwrap();
        }
        fs::write(dir.path().join("tzdata.zi"), format!("# version {version}\n# ddeps backzone\n")).unwrap();
        fs::write(dir.path().join("zone.tab"), "# no zone file\n").unwrap();
        fs::create_dir(dir.path().join("right")).unwrap();
        fs::write(dir.path().join("right/Europe"), "TZif, but with leap seconds").unwrap();
        dir
    }

    #[test]
    fn the_systems_rules_are_taken_whole_and_only_when_newer() {
        let newer = zone_files("2099a");
        let taken = newer_than_bundle(newer.path()).unwrap();
        assert_eq!(taken.version(), Version::parse("2099a").as_ref());
        fs::remove_file(newer.path().join("Asia/Kolkata")).unwrap();
        assert!(newer_than_bundle(newer.path()).is_none());
        for version in ["2025b", "unknown"] {
            assert!(newer_than_bundle(zone_files(version).path()).is_none(), "{version}");
        }
        assert!(newer_than_bundle(Path::new("/nowhere")).is_none());
    }

    #[test]
    fn macs_write_the_version_alone() {
        let dir = zone_files("2025b");
        fs::remove_file(dir.path().join("tzdata.zi")).unwrap();
        fs::write(dir.path().join("+VERSION"), "2099b\n").unwrap();
        assert_eq!(version_of(dir.path()), Version::parse("2099b"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_copied_file_is_known_by_its_content_and_a_link_by_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let (file, name) = (dir.path().join("localtime"), dir.path().join("timezone"));
        let kolkata = zones::parse("Asia/Kolkata").unwrap();
        fs::write(&file, kolkata.file()).unwrap();
        assert_eq!(read_file(&file, &name), Some(kolkata));
        assert_eq!(of_computer(&file, &name), Some(kolkata));
        // A name that was forgotten when the file was changed.
        fs::write(&name, "Etc/UTC\n").unwrap();
        assert_eq!(read_file(&file, &name), Some(kolkata));
        fs::write(&name, "Asia/Calcutta\n").unwrap();
        assert_eq!(read_file(&file, &name), Some(kolkata));

        fs::remove_file(&file).unwrap();
        for (target, id) in [
            ("/usr/share/zoneinfo/Europe/Amsterdam", "Europe/Amsterdam"),
            ("../usr/share/zoneinfo/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
            ("/usr/share/zoneinfo/posix/Asia/Tokyo", "Asia/Tokyo"),
            ("/etc/zoneinfo/UTC", "UTC"),
        ] {
            std::os::unix::fs::symlink(target, &file).unwrap();
            assert_eq!(of_computer(&file, &name).map(Zone::name), Some(id), "{target}");
            fs::remove_file(&file).unwrap();
        }
    }

    #[cfg(windows)]
    #[test]
    fn windows_knows_its_zone_by_either_way() {
        assert!(by_key().is_some());
        assert!(of_computer(Path::new(LOCAL_FILE), Path::new(LOCAL_NAME)).is_some());
    }

    #[test]
    fn names_are_read_as_other_programs_read_them() {
        for text in
            ["Europe/Paris", ":Europe/Paris", "/usr/share/zoneinfo/Europe/Paris", ":/usr/share/zoneinfo/Europe/Paris"]
        {
            assert_eq!(zones::parse(name_in(text)).map(Zone::name), Some("Europe/Paris"), "{text}");
        }
    }
}
