//! What a Campaign says of its webinar: times, counts and where its recording is in the fields of our package, and a part
//! of the description that nobody else's words are in.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use liaison_domain::text;
use liaison_domain::written::Writing;
use liaison_domain::zones::{self, Zone};
use liaison_store::tables::webinar_left;
use liaison_store::tables::webinar_registrants as registrants;
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, Sealer, StoreResult};
use secrecy::ExposeSecret;

use crate::config::{CampaignWords, CopyLabels};
use crate::outbox::event::fields::without_password;
use crate::webinars::gather;
use crate::webinars::stored::{CampaignFacts, CampaignSaid, MoreSettings, VERSION};

/// Zoom takes no longer description.
const MAX_AGENDA: usize = 2_000;

/// What is said, before it has words.
struct Known {
    topic: String,
    agenda: Option<String>,
    planned: Vec<(i64, i64)>,
    join: Option<String>,
    registration: Option<String>,
    approval_type: Option<i64>,
    on: Vec<Setting>,
    approved: i64,
    waiting: i64,
    denied: i64,
    held: Option<(i64, i64)>,
    came: Option<Count>,
    recording: Option<String>,
}

struct Count {
    came: i64,
    stayed: i64,
    absent: i64,
}

/// A setting that is on.
#[derive(Clone, Copy)]
enum Setting {
    Devices,
    Closes,
    HostVideo,
    PanelistsVideo,
    Practice,
    Passcode,
    OnDemand,
}

/// What the local copy knows, in the first of these words and on the webinar's own clocks. So that colleagues don't write
/// the same anew in turn, it is said in all words and in all forms of their regions as well.
pub(super) fn known(
    db: &Connection,
    sealer: &Sealer,
    record: &WebinarRecord,
    zone: Zone,
    words: &[CopyLabels],
) -> StoreResult<CampaignFacts> {
    let dates = webinars::dates(db, &record.key)?;
    let totals = registrants::totals(db, &record.key)?;
    let secrets = webinars::secrets(db, sealer, &record.key)?.unwrap_or_default();
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
    let recording = recording(db, sealer, &record.key)?;
    let known = Known {
        topic: record.topic.clone(),
        agenda: agenda(record),
        planned: gather::spans(record, &dates),
        join: secrets.join_url.as_ref().and_then(|url| without_password(url.expose_secret())),
        registration: record.registration_url.clone(),
        approval_type: record.approval_type,
        on: on(record, secrets.passcode.is_some()),
        approved: totals.approved.into(),
        waiting: totals.pending.into(),
        denied: totals.denied.into(),
        held: start.zip(end),
        came: count,
        recording: recording.clone(),
    };
    let there = record.timezone.as_deref().and_then(zones::parse).unwrap_or(zone);
    let said_in = |words: &CopyLabels, writing: Writing| {
        known.said(&words.campaign, |(start, end)| span(writing, start, end, there))
    };
    let first = words.first().map(|words| said_in(words, words.writing)).unwrap_or_default();
    let mut said = Vec::new();
    for words in words {
        said.extend(words.writing.of_its_language().into_iter().map(|writing| said_in(words, writing)));
    }
    let mut seen = HashSet::new();
    said.retain(|said| *said != first && seen.insert(said.clone()));
    let CampaignSaid { lines, counts, recorded } = first;
    Ok(CampaignFacts {
        version: VERSION,
        webinar: record.key.clone(),
        name: String::new(),
        actual_start_utc_ms: start,
        actual_end_utc_ms: end,
        participants,
        lines,
        counts,
        recording_link: recording,
        recorded,
        said,
    })
}

/// The host's own text about the webinar.
pub(super) fn agenda(record: &WebinarRecord) -> Option<String> {
    let agenda = text::multi_line(record.agenda.as_deref().unwrap_or_default(), MAX_AGENDA);
    Some(without_passcodes(agenda.trim())).filter(|agenda| !agenda.is_empty())
}

/// What a link names the secrets by that let whoever has them in; a link in a link is encoded, once or twice.
const SECRETS: [&str; 9] = ["pwd=", "pwd%3d", "pwd%253d", "tk=", "tk%3d", "tk%253d", "zak=", "zak%3d", "zak%253d"];

/// What a link's secrets may stand behind.
const QUERIES: [&str; 6] = ["?", "#", "%3f", "%23", "%253f", "%2523"];

/// A link of Zoom's that a host has put into the text may let anybody in: it stands there without what lets them. It
/// need not say `http`, and may stand in the link of a filter for mail.
fn without_passcodes(text: &str) -> String {
    let word = |word: &str| {
        let link = word.trim_end();
        let lower = link.to_ascii_lowercase();
        let first = SECRETS.iter().filter_map(|name| lower.find(name)).min()?;
        let last = SECRETS.iter().filter_map(|name| lower.rfind(name)).max()?;
        let query = QUERIES.iter().filter_map(|mark| lower.find(mark)).min().filter(|at| *at < last);
        // Without a query it is a link still where it has a path.
        let end = query.or_else(|| lower.get(..first).filter(|path| path.contains('/')).map(str::len))?;
        Some(format!("{}{}", link.get(..end)?, word.get(link.len()..)?))
    };
    text.split_inclusive(char::is_whitespace).map(|one| word(one).unwrap_or_else(|| one.to_owned())).collect()
}

/// The page that plays what was recorded, for those whom Zoom lets see it: without its passcode.
fn recording(db: &Connection, sealer: &Sealer, webinar: &str) -> StoreResult<Option<String>> {
    let all = webinar_left::recordings(db, webinar)?;
    let playing = || all.iter().filter(|(one, plays, _)| *plays && one.ready).map(|(one, ..)| one);
    let film = playing().find(|one| one.file_type.as_deref() == Some("MP4"));
    let Some(one) = film.or_else(|| playing().next()) else { return Ok(None) };
    let link = webinar_left::secrets(db, sealer, &one.key)?.and_then(|(link, _)| link);
    Ok(link.and_then(|link| without_password(link.expose_secret())))
}

fn on(record: &WebinarRecord, passcode: bool) -> Vec<Setting> {
    let more = MoreSettings::read(record.settings_json.as_deref());
    let all = [
        (record.multiple_devices == Some(true), Setting::Devices),
        (record.close_registration == Some(true), Setting::Closes),
        (record.host_video == Some(true), Setting::HostVideo),
        (record.panelists_video == Some(true), Setting::PanelistsVideo),
        (record.practice_session == Some(true), Setting::Practice),
        (passcode, Setting::Passcode),
        (more.on_demand == Some(true), Setting::OnDemand),
    ];
    all.into_iter().filter_map(|(on, setting)| on.then_some(setting)).collect()
}

impl Setting {
    fn word(self, words: &CampaignWords) -> &str {
        match self {
            Self::Devices => &words.devices,
            Self::Closes => &words.closes,
            Self::HostVideo => &words.host_video,
            Self::PanelistsVideo => &words.panelists_video,
            Self::Practice => &words.practice,
            Self::Passcode => &words.passcode,
            Self::OnDemand => &words.on_demand,
        }
    }
}

impl Known {
    fn said(&self, words: &CampaignWords, span: impl Fn((i64, i64)) -> String) -> CampaignSaid {
        let line = |word: &str, value: &str| format!("{word}: {value}");
        let mut lines = vec![line(&words.topic, &self.topic)];
        lines.extend(self.agenda.as_deref().map(|agenda| line(&words.agenda, agenda)));
        lines.extend(self.planned.iter().map(|planned| line(&words.planned, &span(*planned))));
        lines.extend(self.join.as_deref().map(|url| line(&words.join, url)));
        lines.extend(self.registration.as_deref().map(|url| line(&words.registration, url)));
        let who = match self.approval_type {
            Some(0) => &words.open,
            Some(1) => &words.approved,
            _ => &words.without,
        };
        lines.push(who.clone());
        let on: Vec<&str> = self.on.iter().map(|setting| setting.word(words)).collect();
        lines.extend((!on.is_empty()).then(|| line(&words.settings, &on.join(", "))));
        let mut counts = vec![numbered(
            &words.registered,
            &[("approved", self.approved), ("waiting", self.waiting), ("denied", self.denied)],
        )];
        counts.extend(self.held.map(|held| line(&words.held, &span(held))));
        counts.extend(self.came.as_ref().map(|count| {
            numbered(&words.came, &[("came", count.came), ("stayed", count.stayed), ("absent", count.absent)])
        }));
        let recorded = self.recording.as_deref().map(|url| line(&words.recording, url)).into_iter().collect();
        CampaignSaid { lines, counts, recorded }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_known_of_a_webinar_is_said_and_what_is_not_is_left_out() {
        let words = CampaignWords {
            topic: "Topic".to_owned(),
            agenda: "Description".to_owned(),
            planned: "Planned".to_owned(),
            join: "Join".to_owned(),
            registration: "Registration".to_owned(),
            approved: "The host approves who may come".to_owned(),
            without: "Without registration".to_owned(),
            settings: "Settings".to_owned(),
            devices: "several devices".to_owned(),
            practice: "practice session".to_owned(),
            registered: "Registered: {approved}, waiting: {waiting}, denied: {denied}".to_owned(),
            held: "Held".to_owned(),
            came: "Came: {came}, stayed more than half: {stayed}, absent: {absent}".to_owned(),
            recording: "Recording".to_owned(),
            ..CampaignWords::default()
        };
        let nothing = Known {
            topic: "Launch".to_owned(),
            agenda: None,
            planned: Vec::new(),
            join: None,
            registration: None,
            approval_type: Some(2),
            on: Vec::new(),
            approved: 0,
            waiting: 0,
            denied: 0,
            held: None,
            came: None,
            recording: None,
        };
        let span = |(start, end): (i64, i64)| format!("{start} to {end}");
        let said = nothing.said(&words, span);
        assert_eq!(said.lines, ["Topic: Launch", "Without registration"]);
        assert_eq!((said.counts.len(), said.recorded.len()), (1, 0));
        let launch = Known {
            agenda: Some("News.\nAnd a demo.".to_owned()),
            planned: vec![(1, 2)],
            join: Some("https://zoom.us/j/9".to_owned()),
            registration: Some("https://zoom.us/w/9".to_owned()),
            approval_type: Some(1),
            on: vec![Setting::Devices, Setting::Practice],
            approved: 2,
            waiting: 1,
            held: Some((3, 4)),
            came: Some(Count { came: 1, stayed: 1, absent: 1 }),
            recording: Some("https://zoom.us/rec/play/9".to_owned()),
            ..nothing
        };
        let said = launch.said(&words, span);
        assert_eq!(
            said.lines,
            [
                "Topic: Launch",
                "Description: News.\nAnd a demo.",
                "Planned: 1 to 2",
                "Join: https://zoom.us/j/9",
                "Registration: https://zoom.us/w/9",
                "The host approves who may come",
                "Settings: several devices, practice session",
            ]
        );
        assert_eq!(
            said.counts,
            ["Registered: 2, waiting: 1, denied: 0", "Held: 3 to 4", "Came: 1, stayed more than half: 1, absent: 1"]
        );
        assert_eq!(said.recorded, ["Recording: https://zoom.us/rec/play/9"]);
    }

    #[test]
    fn a_link_in_the_hosts_own_text_lets_nobody_in() {
        let text =
            "Join (https://zoom.us/j/9?pwd=abc.1)\nor https://zoom.us/w/9?tk=x#success now.\nhttps://acme.nl/?a=b";
        assert_eq!(
            without_passcodes(text),
            "Join (https://zoom.us/j/9\nor https://zoom.us/w/9 now.\nhttps://acme.nl/?a=b"
        );
        assert_eq!(without_passcodes("tk=1 and pwd=2"), "tk=1 and pwd=2");
        assert_eq!(without_passcodes("Is it pwd=2?\nhttps://acme.nl/?a=b#c"), "Is it pwd=2?\nhttps://acme.nl/?a=b#c");
    }

    #[test]
    fn nor_does_one_that_is_written_in_another_way() {
        let long = format!("https://zoom.us/j/9?pwd={}", "x".repeat(400));
        for (link, stays) in [
            ("zoom.us/j/9?pwd=x", "zoom.us/j/9"),
            ("ZOOM.US/j/9?PWD=x", "ZOOM.US/j/9"),
            ("zoommtg://zoom.us/join?action=join&confno=9&pwd=x", "zoommtg://zoom.us/join"),
            ("https://zoom.us/s/9?zak=x", "https://zoom.us/s/9"),
            ("zoom.us/w/9?uuid=1&tk=x", "zoom.us/w/9"),
            ("https://zoom.us/j/9#pwd=x", "https://zoom.us/j/9"),
            ("zoom.us/j/9&pwd=x&tk=y", "zoom.us/j/9&"),
            (
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F9%3Fpwd%3Dx&data=1",
                "https://eur01.safelinks.protection.outlook.com/",
            ),
            (
                "https://go.example/https%3a%2f%2fzoom.us%2fw%2f9%3ftk%3dx",
                "https://go.example/https%3a%2f%2fzoom.us%2fw%2f9",
            ),
            ("https://go.example/zoom.us%252Fs%252F9%253Fzak%253Dx", "https://go.example/zoom.us%252Fs%252F9"),
            (long.as_str(), "https://zoom.us/j/9"),
        ] {
            assert_eq!(without_passcodes(&format!("Join:\n{link} now")), format!("Join:\n{stays} now"), "{link}");
        }
    }
}
