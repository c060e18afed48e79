//! Which zone a zone file describes that has lost its name.

use chrono::{DateTime, TimeDelta, Utc};

use super::search::by_size;
use super::zone::shifts_of_file;
use super::{Shift, Zone, all, parse};

/// Zones are told apart by what their clocks did since then; before, many files hold nothing.
const SINCE: DateTime<Utc> = DateTime::UNIX_EPOCH;
/// How far a name beside the file may be off: the file may be some releases older or newer than our rules. A stale name
/// of another zone is off by years.
const NAME_MAY_DIFFER: TimeDelta = TimeDelta::days(200);

/// The zone of a file's content: the one with this very content; without one, the one whose clocks went most like it.
/// Of equal ones the zone of the largest city. `name` is what the computer says beside it and wins if it fits.
///
/// `None` when the content is no zone file.
pub fn like(content: &[u8], name: Option<&str>, now: DateTime<Utc>) -> Option<Zone> {
    let until = now + TimeDelta::days(730);
    let wanted = shifts_of_file(content, SINCE, until)?;
    let difference = |zone: Zone| {
        let shifts = zone.shifts(SINCE, until);
        (differing(&wanted, &shifts, SINCE, now), differing(&wanted, &shifts, now, until))
    };
    // Several zones never left UTC and differ from it by name only.
    if difference(Zone::UTC) == (TimeDelta::zero(), TimeDelta::zero()) {
        return Some(Zone::UTC);
    }
    if let Some(named) = name.and_then(parse).filter(|zone| difference(*zone).0 <= NAME_MAY_DIFFER) {
        return Some(named);
    }
    let zones: Vec<Zone> = by_size().chain(all()).collect();
    let same = zones.iter().copied().find(|zone| zone.file() == content);
    same.or_else(|| zones.into_iter().min_by_key(|zone| difference(*zone)))
}

/// How long two clocks show different times between two instants.
fn differing(one: &[Shift], other: &[Shift], from: DateTime<Utc>, until: DateTime<Utc>) -> TimeDelta {
    let at = |shifts: &[Shift], moment| {
        let after = shifts.partition_point(|shift| shift.from <= moment);
        shifts[..after].last().map(|shift| shift.seconds)
    };
    let mut moments: Vec<DateTime<Utc>> = one.iter().chain(other).map(|shift| shift.from).chain([from]).collect();
    moments.retain(|moment| (from..until).contains(moment));
    moments.sort_unstable();
    moments.push(until);
    moments.windows(2).filter(|pair| at(one, pair[0]) != at(other, pair[0])).map(|pair| pair[1] - pair[0]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-27T12:00:00Z".parse().unwrap()
    }

    fn file(id: &str) -> &'static [u8] {
        parse(id).unwrap().file()
    }

    #[test]
    fn a_file_is_known_by_its_content() {
        for id in ["Europe/Amsterdam", "Asia/Kolkata", "America/Vancouver", "America/Los_Angeles", "Pacific/Chatham"] {
            let found = like(file(id), None, now()).unwrap();
            assert_eq!(found.file(), file(id), "{id} is {found}");
        }
        assert_eq!(like(file("Asia/Kolkata"), None, now()).map(Zone::name), Some("Asia/Kolkata"));
        assert_eq!(like(file("Etc/UTC"), None, now()).map(Zone::name), Some("UTC"));
    }

    /// As a computer with the rules of another release has it: the same clocks, other bytes.
    #[test]
    fn a_file_of_another_release_is_known_by_its_clocks() {
        for id in ["Europe/London", "America/New_York", "Australia/Sydney"] {
            let mut other = file(id).to_vec();
            other.push(b'\n');
            assert_eq!(like(&other, None, now()).map(Zone::name), Some(id));
        }
    }

    #[test]
    fn a_name_wins_if_it_fits_and_is_not_believed_if_not() {
        let amsterdam = file("Europe/Amsterdam");
        assert_eq!(like(amsterdam, Some("Europe/Amsterdam"), now()).map(Zone::name), Some("Europe/Amsterdam"));
        assert_ne!(like(amsterdam, Some("Etc/UTC"), now()).map(Zone::name), Some("Etc/UTC"));
        assert_ne!(like(amsterdam, Some("America/New_York"), now()).map(Zone::name), Some("America/New_York"));
    }

    #[test]
    fn what_is_no_zone_file_has_no_zone() {
        assert_eq!(like(b"", None, now()), None);
        assert_eq!(like(b"Europe/Amsterdam\n", Some("Europe/Amsterdam"), now()), None);
    }
}
