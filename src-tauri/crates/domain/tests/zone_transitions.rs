//! Every change of the clocks of every zone from 1990 to 2040, as another program lists them: what stands in
//! `golden/zone_transitions.tsv` was made with `zic` and `zdump` of the GNU C library, see the script beside it.

#![expect(clippy::expect_used, reason = "helpers of tests may fail")]

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, TimeZone, Utc};
use liaison_domain::wall_time::{self, WallTime};
use liaison_domain::zones::{self, Zone};

const LISTED: &str = include_str!("golden/zone_transitions.tsv");

struct Change {
    at: DateTime<Utc>,
    before: i32,
    after: i32,
}

fn wall(at: DateTime<Utc>, ahead: i32) -> NaiveDateTime {
    at.naive_utc() + TimeDelta::seconds(i64::from(ahead))
}

fn stamp(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("an instant")
}

/// Each zone with its changes.
fn listed() -> Vec<(Zone, i32, Vec<Change>)> {
    let mut all = Vec::new();
    for line in LISTED.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let names = columns.next().expect("zones");
        let first: i32 = columns.next().and_then(|ahead| ahead.parse().ok()).expect("seconds ahead");
        let changes: Vec<(i64, i32)> = columns
            .map(|change| {
                let (at, ahead) = change.split_once(':').expect("a change");
                (at.parse().expect("seconds"), ahead.parse().expect("seconds ahead"))
            })
            .collect();
        for name in names.split(',') {
            let zone = zones::parse(name).unwrap_or_else(|| panic!("{name} is not known"));
            let mut before = first;
            let of_zone = changes.iter().map(|&(at, after)| {
                let change = Change { at: stamp(at), before, after };
                before = after;
                change
            });
            all.push((zone, first, of_zone.collect()));
        }
    }
    all
}

#[test]
fn the_list_is_whole() {
    let all = listed();
    let changes: usize = all.iter().map(|(_, _, changes)| changes.len()).sum();
    assert!(all.len() > 300 && changes > 10_000, "{} zones, {changes} changes", all.len());
    let release = zones::database().version().map(ToString::to_string);
    assert_eq!(LISTED.lines().next().map(|line| line.trim_start_matches("# version ")), release.as_deref());
}

#[test]
fn the_clocks_change_when_the_list_says_so() {
    for (zone, first, changes) in listed() {
        let shifts = zone.shifts(stamp(631_152_000), stamp(2_208_988_800));
        let found: Vec<(DateTime<Utc>, i32)> = shifts.iter().map(|shift| (shift.from, shift.seconds)).collect();
        let mut expected = vec![(stamp(631_152_000), first)];
        expected.extend(changes.iter().map(|change| (change.at, change.after)));
        assert_eq!(found, expected, "{zone}");
    }
}

#[test]
fn wall_times_around_every_change_come_back_as_they_went() {
    for (zone, _, changes) in listed() {
        for Change { at, before, after } in changes {
            let minute = TimeDelta::minutes(1);
            for (moment, ahead) in [(at - minute, before), (at, after), (at + minute, after)] {
                let shown = moment.with_timezone(&zone);
                assert_eq!(shown.naive_local(), wall(moment, ahead), "{zone} at {moment}");
                match wall_time::resolve(shown.naive_local(), zone) {
                    WallTime::At(found) => assert_eq!(found, moment, "{zone}"),
                    WallTime::Twice { earlier, later } => {
                        assert!(after < before, "{zone} at {moment}");
                        assert!(earlier == moment || later == moment, "{zone} at {moment}");
                        assert_eq!((later - earlier).num_seconds(), i64::from(before - after), "{zone} at {moment}");
                    }
                    WallTime::Missing { .. } => panic!("{zone} at {moment} exists"),
                }
            }
            let (last, next) = (wall(at, before), wall(at, after));
            if after > before {
                // In the middle of what is skipped.
                let skipped = last + (next - last) / 2;
                let WallTime::Missing { before: left, after: right } = wall_time::resolve(skipped, zone) else {
                    panic!("{zone} has {skipped}");
                };
                let exists = |wall: NaiveDateTime| zone.from_local_datetime(&wall).earliest().is_some();
                assert!(left < last && last - left <= minute, "{zone}: {left} before {last}");
                assert!(right >= next && right - next < minute, "{zone}: {right} after {next}");
                assert!(exists(left) && exists(right), "{zone} at {at}");
            } else {
                let repeated = next + (last - next) / 2;
                let offsets = [before, after].map(|ahead| FixedOffset::east_opt(ahead).expect("an offset"));
                let both = offsets.map(|offset| offset.from_local_datetime(&repeated).unwrap().to_utc());
                assert_eq!(
                    wall_time::resolve(repeated, zone),
                    WallTime::Twice { earlier: both[0], later: both[1] },
                    "{zone} at {repeated}"
                );
            }
        }
    }
}
