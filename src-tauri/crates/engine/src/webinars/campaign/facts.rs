//! What a Campaign says of its webinar: times and counts in the fields of our package, and a part of the description
//! that nobody else's words are in.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use liaison_domain::text;
use liaison_domain::written::Writing;
use liaison_domain::zones::{self, Zone};
use liaison_store::tables::webinar_registrants as registrants;
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, StoreResult};

use crate::config::{CampaignWords, CopyLabels};
use crate::webinars::gather;
use crate::webinars::stored::{CampaignFacts, CampaignSaid, VERSION};

/// What is said, before it has words.
struct Known {
    planned: Vec<(i64, i64)>,
    registration: Option<String>,
    approval_type: Option<i64>,
    approved: i64,
    waiting: i64,
    denied: i64,
    held: Option<(i64, i64)>,
    came: Option<Count>,
}

struct Count {
    came: i64,
    stayed: i64,
    absent: i64,
}

/// What the local copy knows, in the first of these words and on the webinar's own clocks. So that colleagues don't write
/// the same anew in turn, it is said in all words and in all forms of their regions as well.
pub(super) fn known(
    db: &Connection,
    record: &WebinarRecord,
    name: &str,
    zone: Zone,
    words: &[CopyLabels],
) -> StoreResult<CampaignFacts> {
    let dates = webinars::dates(db, &record.key)?;
    let totals = registrants::totals(db, &record.key)?;
    let came = gather::came(db, record)?;
    let (mut start, mut end, mut count) = (None, None, None);
    if !came.sessions.is_empty() {
        start = came.sessions.iter().filter_map(|one| one.join_utc_ms).min();
        end = came.sessions.iter().filter_map(|one| one.leave_utc_ms).max();
        let funnel = came.funnel();
        count = Some(Count {
            came: i64::from(funnel.attended + funnel.unregistered),
            stayed: i64::from(funnel.stayed),
            absent: i64::from(funnel.registered - funnel.attended),
        });
    }
    let participants = count.as_ref().map(|count| count.came);
    let known = Known {
        planned: gather::spans(record, &dates),
        registration: record.registration_url.clone(),
        approval_type: record.approval_type,
        approved: totals.approved.into(),
        waiting: totals.pending.into(),
        denied: totals.denied.into(),
        held: start.zip(end),
        came: count,
    };
    let there = record.timezone.as_deref().and_then(zones::parse).unwrap_or(zone);
    let said_in = |words: &CopyLabels, writing: Writing, zone: Zone| {
        known.said(&words.campaign, |(start, end)| span(writing, start, end, zone))
    };
    let first = words.first().map(|words| said_in(words, words.writing, there)).unwrap_or_default();
    let mut said = Vec::new();
    for words in words {
        said.extend(words.writing.of_its_language().into_iter().map(|writing| said_in(words, writing, there)));
        // As versions wrote it that had the rep's own clocks.
        said.push(said_in(words, words.writing, zone));
    }
    said.push(known.said(&first_words(), |(start, end)| format!("{} to {}", iso(start, zone), iso(end, zone))));
    let mut seen = HashSet::new();
    said.retain(|said| *said != first && seen.insert(said.clone()));
    let CampaignSaid { lines, counts } = first;
    Ok(CampaignFacts {
        version: VERSION,
        webinar: record.key.clone(),
        name: name.to_owned(),
        actual_start_utc_ms: start,
        actual_end_utc_ms: end,
        participants,
        lines,
        counts,
        said,
    })
}

impl Known {
    fn said(&self, words: &CampaignWords, span: impl Fn((i64, i64)) -> String) -> CampaignSaid {
        let mut lines: Vec<String> =
            self.planned.iter().map(|planned| format!("{}: {}", words.planned, span(*planned))).collect();
        lines.extend(self.registration.as_ref().map(|url| format!("{}: {url}", words.registration)));
        let who = match self.approval_type {
            Some(0) => &words.open,
            Some(1) => &words.approved,
            _ => &words.without,
        };
        lines.push(who.clone());
        let mut counts = vec![numbered(
            &words.registered,
            &[("approved", self.approved), ("waiting", self.waiting), ("denied", self.denied)],
        )];
        counts.extend(self.held.map(|held| format!("{}: {}", words.held, span(held))));
        counts.extend(self.came.as_ref().map(|count| {
            numbered(&words.came, &[("came", count.came), ("stayed", count.stayed), ("absent", count.absent)])
        }));
        CampaignSaid { lines, counts }
    }
}

fn numbered(pattern: &str, numbers: &[(&str, i64)]) -> String {
    let numbers: Vec<(&str, String)> = numbers.iter().map(|(name, number)| (*name, number.to_string())).collect();
    text::filled(pattern, |word| numbers.iter().find(|(name, _)| *name == word).map(|(_, number)| number.as_str()))
}

fn span(writing: Writing, start: i64, end: i64, zone: Zone) -> String {
    format!("{} ({})", writing.span(moment(start), moment(end), zone), zone.name())
}

fn moment(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

/// The words that versions had which wrote days as ISO has them, in English for everybody. They stand in Campaigns, and
/// are never changed.
fn first_words() -> CampaignWords {
    CampaignWords {
        planned: "Planned".to_owned(),
        registration: "Registration".to_owned(),
        open: "Whoever registers may come".to_owned(),
        approved: "The host approves who may come".to_owned(),
        without: "Without registration".to_owned(),
        registered: "Registered: {approved}, waiting: {waiting}, denied: {denied}".to_owned(),
        held: "Held".to_owned(),
        came: "Came: {came}, stayed more than half: {stayed}, absent: {absent}".to_owned(),
    }
}

fn iso(ms: i64, zone: Zone) -> String {
    moment(ms).with_timezone(&zone).fixed_offset().format("%Y-%m-%d %H:%M (UTC%:z)").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn launch() -> Known {
        Known {
            planned: vec![(1_796_047_200_000, 1_796_050_800_000)],
            registration: Some("https://zoom.us/w/9".to_owned()),
            approval_type: Some(1),
            approved: 2,
            waiting: 1,
            denied: 0,
            held: Some((1_796_047_200_000, 1_796_050_200_000)),
            came: Some(Count { came: 1, stayed: 1, absent: 1 }),
        }
    }

    /// As versions wrote it that are out there; their parts of Campaigns must be known again.
    #[test]
    fn the_first_form_never_changes() {
        let zone = zones::parse("Europe/Amsterdam").unwrap();
        let said = launch().said(&first_words(), |(start, end)| format!("{} to {}", iso(start, zone), iso(end, zone)));
        assert_eq!(
            said.lines,
            [
                "Planned: 2026-11-30 15:00 (UTC+01:00) to 2026-11-30 16:00 (UTC+01:00)",
                "Registration: https://zoom.us/w/9",
                "The host approves who may come",
            ]
        );
        assert_eq!(
            said.counts,
            [
                "Registered: 2, waiting: 1, denied: 0",
                "Held: 2026-11-30 15:00 (UTC+01:00) to 2026-11-30 15:50 (UTC+01:00)",
                "Came: 1, stayed more than half: 1, absent: 1",
            ]
        );
    }
}
