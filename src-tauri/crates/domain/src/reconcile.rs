//! What is done where Zoom and Salesforce say different things of a meeting: a pure rule over what both had agreed on,
//! what Zoom says and what Salesforce says.
//!
//! What somebody wrote in Salesforce is never written over unasked, and no note is lost, not even by the user's click.

use std::ops::Range;

/// What becomes of one field of the Event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Both say the same.
    Same,
    /// Only Salesforce's was changed: that is the rep's word, and stays.
    Theirs,
    /// The user has decided to keep Salesforce's.
    Kept,
    /// Only Zoom's was changed: the Event follows.
    Write,
    /// Both were changed, or nobody knows what they had agreed on: the user decides.
    Ask,
}

/// Decides about one field.
///
/// `base` is what Zoom said when both last agreed; `kept` what Zoom said when the user decided to keep Salesforce's.
pub fn field<T: PartialEq + ?Sized>(base: Option<&T>, kept: Option<&T>, zoom: &T, salesforce: &T) -> Verdict {
    if zoom == salesforce {
        Verdict::Same
    } else if kept == Some(zoom) {
        Verdict::Kept
    } else if base == Some(zoom) {
        Verdict::Theirs
    } else if base == Some(salesforce) {
        Verdict::Write
    } else {
        Verdict::Ask
    }
}

/// Decides about the description, in which the rep's notes stand around what Zoom says; with the text to write.
///
/// Line ends are `\n` in all of them.
pub fn notes(base: Option<&str>, kept: Option<&str>, zoom: &str, salesforce: &str) -> (Verdict, Option<String>) {
    let verdict = field(base, kept, zoom, salesforce);
    if !matches!(verdict, Verdict::Write | Verdict::Ask) {
        return (verdict, None);
    }
    let old = base.and_then(|base| find(salesforce, base).map(|at| (base, at)));
    let grown = find(salesforce, zoom).is_some();
    match old {
        // It stands there already, notes around it; or part of it, because the old text had more.
        _ if grown && old.as_ref().is_none_or(|(base, _)| find(base, zoom).is_none()) => (Verdict::Same, None),
        Some((_, at)) => (Verdict::Write, Some(format!("{}{zoom}{}", &salesforce[..at.start], &salesforce[at.end..]))),
        None => (Verdict::Ask, None),
    }
}

/// What Zoom says, with everything that stands in Salesforce: nothing is lost when the user takes Zoom's.
pub fn with_notes(base: Option<&str>, zoom: &str, salesforce: &str) -> String {
    if find(salesforce, zoom).is_some() {
        return salesforce.to_owned();
    }
    match base.and_then(|base| find(salesforce, base)) {
        Some(at) => format!("{}{zoom}{}", &salesforce[..at.start], &salesforce[at.end..]),
        None if salesforce.trim().is_empty() => zoom.to_owned(),
        None => format!("{zoom}\n\n{salesforce}"),
    }
}

/// Where whole lines stand in a text.
fn find(text: &str, lines: &str) -> Option<Range<usize>> {
    if lines.trim().is_empty() {
        return None;
    }
    let at_line = |range: &Range<usize>| {
        (range.start == 0 || text[..range.start].ends_with('\n'))
            && (range.end == text.len() || text[range.end..].starts_with('\n'))
    };
    text.match_indices(lines).map(|(at, found)| at..at + found.len()).find(at_line)
}

/// What is known of a meeting in Zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InZoom {
    There,
    /// One look did not find it.
    Missing,
    /// Two looks at a distance did not.
    Gone,
    /// Somebody else hosts it: it takes place, or nobody can tell this user that it does not.
    Elsewhere,
}

/// What is known of its Event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InSalesforce {
    /// As it was written.
    Untouched,
    /// Somebody has written into it.
    Edited,
    Gone,
}

/// What becomes of the Event as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existence {
    /// Both are there, or neither; or it is not known yet.
    Settled,
    /// The meeting is gone for certain, and nobody has written into the Event.
    Delete,
    /// One of them is gone, or is the user's no more: the user decides about the other.
    Ask,
}

/// Decides whether an Event stays.
pub fn existence(zoom: InZoom, salesforce: InSalesforce) -> Existence {
    match (zoom, salesforce) {
        (InZoom::There, InSalesforce::Untouched | InSalesforce::Edited)
        | (InZoom::Missing, _)
        | (InZoom::Gone | InZoom::Elsewhere, InSalesforce::Gone) => Existence::Settled,
        (InZoom::Gone, InSalesforce::Untouched) => Existence::Delete,
        (InZoom::Gone, InSalesforce::Edited)
        | (InZoom::There, InSalesforce::Gone)
        | (InZoom::Elsewhere, InSalesforce::Untouched | InSalesforce::Edited) => Existence::Ask,
    }
}

#[cfg(test)]
mod model;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_constellation_of_three_values_has_one_verdict() {
        let all = [(1, 1, 1), (1, 2, 2), (1, 1, 2), (1, 2, 1), (1, 2, 3)];
        let verdicts = all.map(|(base, zoom, there)| field(Some(&base), None, &zoom, &there));
        assert_eq!(verdicts, [Verdict::Same, Verdict::Same, Verdict::Theirs, Verdict::Write, Verdict::Ask]);
        assert_eq!(field(None, None, &1, &2), Verdict::Ask, "nobody knows who was first");
        assert_eq!(field(None, None, &1, &1), Verdict::Same);
    }

    #[test]
    fn what_was_kept_is_asked_about_again_only_when_zoom_says_something_else() {
        assert_eq!(field(Some(&1), Some(&2), &2, &3), Verdict::Kept);
        assert_eq!(field(Some(&1), Some(&2), &4, &3), Verdict::Ask);
    }

    #[test]
    fn notes_around_what_zoom_says_stay_byte_for_byte() {
        let there = "before\nZoom 1\n\nAgenda\n  after \n\nlast";
        let (verdict, text) = notes(Some("Zoom 1\n\nAgenda"), None, "Zoom 1\n\nAnother", there);
        assert_eq!((verdict, text.as_deref()), (Verdict::Write, Some("before\nZoom 1\n\nAnother\n  after \n\nlast")));
        // Nothing changed in Zoom: the notes are theirs.
        assert_eq!(notes(Some("Zoom 1"), None, "Zoom 1", "Zoom 1\nmine").0, Verdict::Theirs);
    }

    #[test]
    fn what_stands_there_already_is_not_written_twice() {
        let (grown, shrunk) = ("Zoom 1\n\nAgenda", "Zoom 1");
        assert_eq!(notes(Some(shrunk), None, grown, "Zoom 1\n\nAgenda\n\nmine"), (Verdict::Same, None));
        let cut = notes(Some(grown), None, shrunk, "Zoom 1\n\nAgenda\n\nmine");
        assert_eq!(cut, (Verdict::Write, Some("Zoom 1\n\nmine".to_owned())));
        assert_eq!(notes(Some(grown), None, shrunk, "Zoom 1\n\nmine"), (Verdict::Same, None));
        // A number is not the beginning of another one.
        assert_eq!(notes(None, None, "Zoom 1", "Zoom 12").0, Verdict::Ask);
    }

    #[test]
    fn a_click_for_zoom_takes_no_note_away() {
        assert_eq!(with_notes(None, "Zoom 1", "all mine"), "Zoom 1\n\nall mine");
        assert_eq!(with_notes(Some("Zoom 1"), "Zoom 2", "a\nZoom 1\nb"), "a\nZoom 2\nb");
        assert_eq!(with_notes(Some("Zoom 1"), "Zoom 2", "a\nZoom 2\nb"), "a\nZoom 2\nb");
        assert_eq!(with_notes(None, "Zoom 1", ""), "Zoom 1");
    }

    #[test]
    fn an_event_goes_only_when_its_meeting_is_gone_for_certain_and_nobody_wrote_into_it() {
        use {Existence as E, InSalesforce as S, InZoom as Z};
        for (zoom, there, verdict) in [
            (Z::There, S::Untouched, E::Settled),
            (Z::There, S::Edited, E::Settled),
            (Z::There, S::Gone, E::Ask),
            (Z::Missing, S::Untouched, E::Settled),
            (Z::Missing, S::Edited, E::Settled),
            (Z::Missing, S::Gone, E::Settled),
            (Z::Gone, S::Untouched, E::Delete),
            (Z::Gone, S::Edited, E::Ask),
            (Z::Gone, S::Gone, E::Settled),
            (Z::Elsewhere, S::Untouched, E::Ask),
            (Z::Elsewhere, S::Edited, E::Ask),
            (Z::Elsewhere, S::Gone, E::Settled),
        ] {
            assert_eq!(existence(zoom, there), verdict, "{zoom:?} {there:?}");
        }
    }
}
