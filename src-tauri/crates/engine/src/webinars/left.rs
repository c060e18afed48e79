//! What a webinar left behind, from the local copy alone; its recordings are played by Zoom's own page.

use std::collections::{BTreeMap, HashMap};

use liaison_domain::email;
use liaison_store::tables::webinar_left::{self as table, LeftPart, PartRecord, SaidRecord};
use liaison_store::tables::webinar_sessions as sessions;
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, StoreResult};
use liaison_zoom::{FileUrl, ZoomLinks};
use secrecy::ExposeSecret;

use super::gather::{self, name_of};
use super::stored::MoreSettings;
use super::view::{
    AskedQuestion, LeftProgress, LeftState, PollAnswerCount, PollQuestion, WebinarLeft, WebinarRecording, WebinarViewer,
};
use crate::engine::Engine;
use crate::failure::Error;
use crate::people;
use crate::terms::UtcMs;

impl Engine {
    /// Recordings, questions, polls, and who watched.
    ///
    /// # Errors
    /// [`Error::Gone`] without the webinar.
    pub async fn webinar_left(&self, webinar: String) -> Result<WebinarLeft, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let left = cx.store.read(move |db| match webinars::get(db, &webinar)? {
            Some(record) => left(db, &record, now_ms).map(Some),
            None => Ok(None),
        });
        left.await?.ok_or(Error::Gone)
    }

    /// Opens Zoom's page that plays a recording. The link never reaches the window.
    ///
    /// # Errors
    /// [`Error::Gone`] where Zoom has none, or none any more.
    pub async fn play_webinar_recording(&self, webinar: String, recording: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let sealer = cx.store.sealer();
        let own = move |db: &Connection| {
            let known = table::recordings(db, &webinar)?.into_iter().any(|(one, ..)| one.key == recording);
            if known { table::secrets(db, &sealer, &recording) } else { Ok(None) }
        };
        let link = cx.store.read(own).await?.and_then(|(link, _)| link).ok_or(Error::Gone)?;
        let link =
            ZoomLinks::new(cx.on_loopback()).recording(&FileUrl::new(link.expose_secret())).map_err(|error| {
                tracing::warn!(%error, "the link of a recording was refused");
                Error::Gone
            })?;
        self.config().desktop.open(link.expose()).map_err(Error::Desktop)
    }

    /// Puts the passcode of a recording on the clipboard.
    ///
    /// # Errors
    /// [`Error::Gone`] where it has none.
    pub async fn copy_webinar_passcode(&self, webinar: String, recording: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let sealer = cx.store.sealer();
        let own = move |db: &Connection| {
            let known = table::recordings(db, &webinar)?.into_iter().any(|(one, ..)| one.key == recording);
            if known { table::secrets(db, &sealer, &recording) } else { Ok(None) }
        };
        let passcode = cx.store.read(own).await?.and_then(|(_, passcode)| passcode).ok_or(Error::Gone)?;
        self.copy(passcode.expose_secret(), true)
    }
}

fn left(db: &Connection, record: &WebinarRecord, now_ms: i64) -> StoreResult<WebinarLeft> {
    let parts = table::parts(db, &record.key)?;
    let instances = sessions::instances(db, &record.key)?.len();
    let dates = webinars::dates(db, &record.key)?;
    let begun = gather::spans(record, &dates).into_iter().any(|(start, _)| start < now_ms) || instances > 0;
    let state = |part: LeftPart| state(&parts, part, instances, begun);
    let said = table::said(db, &record.key)?;
    let on_demand = MoreSettings::read(record.settings_json.as_deref()).on_demand == Some(true);
    Ok(WebinarLeft {
        recordings: table::recordings(db, &record.key)?
            .into_iter()
            .map(|(one, plays, locked)| WebinarRecording {
                id: one.key,
                start: one.started_utc_ms.map(UtcMs),
                end: one.ended_utc_ms.map(UtcMs),
                file_type: one.file_type.unwrap_or_default(),
                shows: one.recording_type.unwrap_or_default(),
                kib: one.bytes.and_then(|bytes| u32::try_from(bytes / 1_024).ok()),
                ready: one.ready,
                deletion_day: one.deletion_day,
                can_play: plays && one.ready,
                has_passcode: locked,
            })
            .collect(),
        recordings_state: state(LeftPart::Recordings),
        questions: said.iter().filter(|one| one.part == "questions").map(question).collect(),
        questions_state: state(LeftPart::Questions),
        polls: polls(&said),
        polls_state: state(LeftPart::Polls),
        viewers: viewers(db, record)?,
        viewers_state: if on_demand {
            state(LeftPart::Viewers)
        } else {
            LeftState { progress: LeftProgress::NotOffered, as_of: None, scope: None }
        },
    })
}

/// How far one kind of list is, over all times that the webinar was held.
fn state(parts: &[PartRecord], part: LeftPart, instances: usize, begun: bool) -> LeftState {
    let own: Vec<&PartRecord> = parts.iter().filter(|one| one.part == part).collect();
    let missing = own.iter().find_map(|one| one.missing.clone());
    let progress = if missing.is_some() {
        LeftProgress::NoRight
    } else if !begun {
        LeftProgress::NotYet
    } else if instances > 0 && own.len() >= instances && own.iter().all(|one| one.settled) {
        LeftProgress::Settled
    } else if own.iter().any(|one| one.digest.is_some()) {
        LeftProgress::Provisional
    } else {
        LeftProgress::Waiting
    };
    LeftState {
        progress,
        as_of: own.iter().map(|one| one.read_utc_ms).min().map(UtcMs),
        scope: missing.filter(|scope| !scope.is_empty()),
    }
}

fn question(one: &SaidRecord) -> AskedQuestion {
    AskedQuestion {
        name: one.name.clone().unwrap_or_default(),
        email: one.email.clone(),
        question: one.question.clone(),
        answer: one.answer.clone(),
    }
}

/// The questions of polls in the order in which they were told, each with its answers, the most given one first.
fn polls(said: &[SaidRecord]) -> Vec<PollQuestion> {
    let mut polls: Vec<PollQuestion> = Vec::new();
    let mut counts: BTreeMap<(usize, &str), u32> = BTreeMap::new();
    for one in said.iter().filter(|one| one.part == "polls") {
        let place = polls.iter().position(|poll| poll.question == one.question).unwrap_or_else(|| {
            polls.push(PollQuestion { question: one.question.clone(), people: 0, answers: Vec::new() });
            polls.len() - 1
        });
        polls[place].people += 1;
        // Of several choices one answer has all, with semicolons between them.
        for answer in one.answer.as_deref().unwrap_or_default().split(';').map(str::trim).filter(|one| !one.is_empty())
        {
            *counts.entry((place, answer)).or_default() += 1;
        }
    }
    for ((place, answer), count) in counts {
        polls[place].answers.push(PollAnswerCount { answer: answer.to_owned(), count });
    }
    for poll in &mut polls {
        poll.answers.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.answer.cmp(&other.answer)));
    }
    polls
}

/// Who watched, each once; those with an address are found among registrants and records.
fn viewers(db: &Connection, record: &WebinarRecord) -> StoreResult<Vec<WebinarViewer>> {
    let told = table::viewers(db, &record.key)?;
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let came = gather::came(db, record)?;
    let registered: HashMap<String, usize> = came
        .registrants
        .iter()
        .enumerate()
        .filter_map(|(place, one)| Some((email::folded(one.email.as_deref()?), place)))
        .collect();
    let addresses: Vec<&str> = told.iter().filter_map(|one| one.email.as_deref()).collect();
    let owners = gather::owners(db, &addresses)?;
    let mut all: Vec<WebinarViewer> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for one in told {
        let address = one.email.as_deref().map(email::folded).filter(|address| !address.is_empty());
        // Without an address nobody is taken for the one before.
        let known = address.as_ref().and_then(|address| places.get(address).copied());
        let place = known.unwrap_or_else(|| {
            let registrant = address.as_ref().and_then(|address| registered.get(address)).copied();
            let name = registrant.map(|place| name_of(&came.registrants[place])).filter(|name| !name.is_empty());
            let person = address.as_ref().and_then(|address| match owners.get(address).map(Vec::as_slice) {
                Some([person]) => Some(people::hit(person.clone())),
                _ => None,
            });
            all.push(WebinarViewer {
                name: name.or(one.name.clone()).unwrap_or_default(),
                email: one.email.clone(),
                registered: registrant.is_some(),
                person,
                first: None,
                times: 0,
                seconds: 0,
            });
            if let Some(address) = &address {
                places.insert(address.clone(), all.len() - 1);
            }
            all.len() - 1
        });
        let viewer = &mut all[place];
        viewer.times += 1;
        viewer.seconds = viewer.seconds.saturating_add(u32::try_from(one.seconds).unwrap_or_default());
        let at = one.watched_utc_ms.map(UtcMs);
        viewer.first = match (viewer.first, at) {
            (Some(first), Some(at)) => Some(UtcMs(first.0.min(at.0))),
            (first, at) => first.or(at),
        };
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(question: &str, answer: &str) -> SaidRecord {
        SaidRecord {
            uuid: "u".to_owned(),
            part: "polls".to_owned(),
            webinar_key: "9".to_owned(),
            name: None,
            email: None,
            question: question.to_owned(),
            answer: Some(answer.to_owned()),
            said_utc_ms: None,
        }
    }

    #[test]
    fn a_poll_counts_people_and_each_of_their_choices() {
        let all = polls(&[said("Why?", "A; B"), said("When?", "Now"), said("Why?", "B"), said("Why?", "")]);
        assert_eq!(
            all.iter().map(|poll| (poll.question.as_str(), poll.people)).collect::<Vec<_>>(),
            [("Why?", 3), ("When?", 1)]
        );
        let counts: Vec<_> = all[0].answers.iter().map(|one| (one.answer.as_str(), one.count)).collect();
        assert_eq!(counts, [("B", 2), ("A", 1)]);
    }

    #[test]
    fn a_list_is_settled_when_it_is_of_every_time() {
        let part = |settled, digest: Option<&str>, missing: Option<&str>| PartRecord {
            uuid: String::new(),
            part: LeftPart::Polls,
            read_utc_ms: 5,
            digest: digest.map(str::to_owned),
            settled,
            missing: missing.map(str::to_owned),
        };
        let progress = |parts: &[PartRecord], instances| state(parts, LeftPart::Polls, instances, true).progress;
        assert_eq!(progress(&[], 1), LeftProgress::Waiting);
        assert_eq!(progress(&[part(true, Some("d"), None)], 1), LeftProgress::Settled);
        assert_eq!(progress(&[part(true, Some("d"), None)], 2), LeftProgress::Provisional);
        assert_eq!(progress(&[part(false, None, None)], 1), LeftProgress::Waiting);
        assert_eq!(progress(&[part(false, None, Some("x"))], 1), LeftProgress::NoRight);
        assert_eq!(state(&[], LeftPart::Polls, 0, false).progress, LeftProgress::NotYet);
    }
}
