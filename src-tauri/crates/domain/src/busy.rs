//! Entries of the user's calendar beside their meetings: when they are for somebody in a zone, and which of them are a
//! meeting that is known already. What is done about them is the day's (`day`) and the free times' (`free_time`).

use chrono::{DateTime, Utc};

use crate::wall_time;
use crate::zones::Zone;

/// Zoom's numbers have 9 to 11 digits.
const SHORTEST: usize = 9;
const LONGEST: usize = 11;

/// When an entry is. Whole days are told as midnights in UTC, and are days wherever the user is.
pub fn span(start: DateTime<Utc>, end: DateTime<Utc>, all_day: bool, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
    if !all_day {
        return (start, end);
    }
    let midnight = |at: DateTime<Utc>| wall_time::start_of_day(at.date_naive(), zone);
    (midnight(start), midnight(end))
}

/// The number of the Zoom meeting that a place names: in a link to it, or as it is written for people.
pub fn meeting_number(place: &str) -> Option<u64> {
    let linked = ["/j/", "/s/", "/w/"].iter().find_map(|path| {
        let (before, after) = place.split_once(path)?;
        let of_zoom = before.to_ascii_lowercase();
        if !of_zoom.contains("zoom") {
            return None;
        }
        number(after.split(|letter: char| !letter.is_ascii_digit()).next()?)
    });
    linked.or_else(|| {
        let lower = place.to_ascii_lowercase();
        if !lower.contains("zoom") || lower.contains("://") {
            return None;
        }
        let digits: String = place.chars().filter(char::is_ascii_digit).collect();
        number(&digits)
    })
}

fn number(digits: &str) -> Option<u64> {
    (SHORTEST..=LONGEST).contains(&digits.len()).then(|| digits.parse().ok()).flatten()
}

/// A meeting or an entry, as far as it matters whether both are the same.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub title: &'a str,
    pub number: Option<u64>,
}

/// Whether an entry is a meeting that is known: it names the number of that meeting and is at its time, or has its title
/// and exactly its time. Outlook's and Google's add-ins put meetings into the calendar like that.
pub fn is_the_meeting(entry: Occasion<'_>, meeting: Occasion<'_>) -> bool {
    if let (Some(one), Some(other)) = (entry.number, meeting.number) {
        return one == other && entry.start < meeting.end && meeting.start < entry.end;
    }
    let title = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    entry.start == meeting.start
        && entry.end == meeting.end
        && !entry.title.trim().is_empty()
        && title(entry.title) == title(meeting.title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn occasion<'a>(start: &str, end: &str, title: &'a str, number: Option<u64>) -> Occasion<'a> {
        Occasion { start: at(start), end: at(end), title, number }
    }

    #[test]
    fn whole_days_begin_at_the_users_own_midnight_also_where_a_day_has_23_hours() {
        let (start, end) = (at("2027-03-28T00:00:00Z"), at("2027-03-29T00:00:00Z"));
        let of = |zone: &str| span(start, end, true, zones::parse(zone).unwrap());
        assert_eq!(of("Europe/Amsterdam"), (at("2027-03-27T23:00:00Z"), at("2027-03-28T22:00:00Z")));
        assert_eq!(of("America/New_York"), (at("2027-03-28T04:00:00Z"), at("2027-03-29T04:00:00Z")));
        assert_eq!(span(start, end, false, zones::parse("Asia/Tokyo").unwrap()), (start, end));
    }

    #[test]
    fn a_place_names_a_meeting_by_its_link_or_its_number_and_no_other_digits_do() {
        for (place, number) in [
            ("https://zoom.us/j/85746065123?pwd=abc", Some(85_746_065_123)),
            ("https://us02web.ZOOM.us/j/857460651", Some(857_460_651)),
            ("Room 4; https://acme.zoom.us/s/85746065123", Some(85_746_065_123)),
            ("Zoom 857 4606 5123", Some(85_746_065_123)),
            ("https://example.org/j/85746065123", None),
            ("https://zoom.us/j/123", None),
            ("https://zoom.us/my/anna?pwd=85746065123", None),
            ("Zoomerstraat 12, 020 794 60 18 22", None),
            ("+31 20 794 6018", None),
            ("", None),
        ] {
            assert_eq!(meeting_number(place), number, "{place}");
        }
    }

    #[test]
    fn a_meeting_that_an_add_in_put_into_the_calendar_is_no_second_one() {
        let meeting = occasion("2026-12-02T13:00:00Z", "2026-12-02T13:30:00Z", "Looms: proposal", Some(82_440_633_900));
        let entry = |start: &str, end: &str, title: &'static str, number| occasion(start, end, title, number);
        let (start, end) = ("2026-12-02T13:00:00Z", "2026-12-02T13:30:00Z");
        assert!(is_the_meeting(entry(start, end, "Other words", Some(82_440_633_900)), meeting));
        assert!(is_the_meeting(entry(start, end, "looms:  proposal", None), meeting));
        assert!(!is_the_meeting(entry(start, end, "Dentist", None), meeting));
        assert!(!is_the_meeting(entry(start, end, "Looms: proposal", Some(82_440_633_901)), meeting), "another room");
        assert!(!is_the_meeting(entry(start, "2026-12-02T14:00:00Z", "Looms: proposal", None), meeting));
        let untitled = occasion(start, end, "", None);
        assert!(!is_the_meeting(untitled, Occasion { title: "", number: None, ..meeting }));
        let next_week = entry("2026-12-09T13:00:00Z", "2026-12-09T13:30:00Z", "Looms", Some(82_440_633_900));
        assert!(!is_the_meeting(next_week, meeting), "the same room at another time is another date");
    }
}
