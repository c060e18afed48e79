//! Zoom's answers as the rows of the local copy.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use liaison_domain::{MeetingKey, text};
use liaison_store::tables::meetings::{FetchedMeeting, Invitee, MeetingRecord, MeetingSecrets};
use liaison_zoom::{
    JoinUrl, Meeting, MeetingId, MeetingSummary, MeetingType, OccurrenceStatus, UpcomingMeeting, ZoomTime,
};
use secrecy::SecretString;
use url::Url;

use crate::meetings::kept_links;
use crate::meetings::kept_options::KeptOptions;
use crate::meetings::series::Told;

const MAX_TOPIC: usize = 300;
const MAX_AGENDA: usize = 4_000;

/// A whole meeting as the store keeps it.
pub(crate) fn fetched(meeting: &Meeting, now_ms: i64) -> FetchedMeeting {
    let settings = meeting.settings.as_ref();
    FetchedMeeting {
        meeting: MeetingRecord {
            uuid: meeting.uuid.as_ref().map(|uuid| uuid.as_str().to_owned()),
            agenda: Some(text::multi_line(meeting.agenda.as_deref().unwrap_or_default(), MAX_AGENDA)),
            start_utc_ms: moment(meeting.start_time, meeting.timezone.as_deref()),
            minutes: i64::from(meeting.duration_minutes.unwrap_or(0)),
            timezone: meeting.timezone.clone(),
            status: meeting.status.as_ref().map(|status| status.as_str().to_owned()),
            host_id: meeting.host_id.clone(),
            host_email: meeting.host_email.clone(),
            waiting_room: settings.and_then(|settings| settings.waiting_room),
            invitees: settings
                .and_then(|settings| settings.meeting_invitees.as_ref())
                .map(|all| all.iter().map(|invitee| Invitee { email: invitee.email.clone(), name: None }).collect()),
            created_utc_ms: meeting.created_at.and_then(ZoomTime::utc).map(|at| at.timestamp_millis()),
            guest_number: guest_number(meeting.id, meeting.pmi, meeting.join_url.as_ref()),
            details_utc_ms: Some(now_ms),
            linked_ids: kept_links::told(meeting),
            options_json: settings.map(|settings| KeptOptions::of(settings).json()),
            series_json: Told::of(meeting).map(|told| told.json()),
            ..blank(meeting.id, meeting.topic.as_deref(), meeting.meeting_type, now_ms)
        },
        secrets: MeetingSecrets {
            join_url: meeting.join_url.as_ref().map(|url| SecretString::from(url.expose())),
            passcode: meeting.passcode.as_ref().map(|passcode| SecretString::from(passcode.expose())),
        },
    }
}

/// A whole meeting as rows: of a series, one for each occurrence that still takes place.
pub(crate) fn occurrences(meeting: &Meeting, now_ms: i64) -> Vec<FetchedMeeting> {
    let whole = fetched(meeting, now_ms);
    let Some(dates) = &meeting.occurrences else { return vec![whole] };
    dates
        .iter()
        .filter(|date| date.status != Some(OccurrenceStatus::Deleted))
        .map(|date| {
            let id = date.id.as_str().to_owned();
            let mut row = whole.clone();
            row.meeting.key = MeetingKey::new(meeting.id.0, Some(id.clone())).to_string();
            row.meeting.occurrence_id = Some(id);
            row.meeting.start_utc_ms = moment(date.start_time, meeting.timezone.as_deref());
            row.meeting.minutes = date.duration_minutes.map_or(row.meeting.minutes, i64::from);
            row
        })
        .collect()
}

/// A row of the list of what the user hosts.
pub(super) fn summary(item: &MeetingSummary, user_id: &str, now_ms: i64) -> FetchedMeeting {
    FetchedMeeting {
        meeting: MeetingRecord {
            uuid: item.uuid.as_ref().map(|uuid| uuid.as_str().to_owned()),
            start_utc_ms: moment(item.start_time, item.timezone.as_deref()),
            minutes: i64::from(item.duration_minutes.unwrap_or(0)),
            timezone: item.timezone.clone(),
            host_id: item.host_id.clone(),
            is_host: item.host_id.as_deref().is_none_or(|host| host == user_id),
            created_utc_ms: item.created_at.and_then(ZoomTime::utc).map(|at| at.timestamp_millis()),
            guest_number: guest_number(item.id, item.pmi, item.join_url.as_ref()),
            ..blank(item.id, item.topic.as_deref(), item.meeting_type, now_ms)
        },
        secrets: MeetingSecrets {
            join_url: item.join_url.as_ref().map(|url| SecretString::from(url.expose())),
            passcode: None,
        },
    }
}

/// Meetings that somebody else hosts. The list names no occurrences: of a series, and of whatever comes more than
/// once, the start tells which one it is. That is what Zoom's own occurrence ids are made of.
pub(super) fn invited(items: &[UpcomingMeeting], now_ms: i64) -> Vec<FetchedMeeting> {
    let mut times: HashMap<MeetingId, u32> = HashMap::new();
    let theirs: Vec<_> = items.iter().filter(|item| item.is_host == Some(false)).collect();
    for item in &theirs {
        *times.entry(item.id).or_default() += 1;
    }
    let row = |item: &&UpcomingMeeting| {
        let mut row = invited_once(item, now_ms);
        let series = item.meeting_type == Some(MeetingType::RecurringFixedTime) || times[&item.id] > 1;
        if let Some(start) = row.meeting.start_utc_ms.filter(|_| series) {
            row.meeting.occurrence_id = Some(start.to_string());
            row.meeting.key = MeetingKey::new(item.id.0, Some(start.to_string())).to_string();
        }
        row
    };
    theirs.iter().map(row).collect()
}

fn invited_once(item: &UpcomingMeeting, now_ms: i64) -> FetchedMeeting {
    FetchedMeeting {
        meeting: MeetingRecord {
            start_utc_ms: moment(item.start_time, item.timezone.as_deref()),
            minutes: i64::from(item.duration_minutes.unwrap_or(0)),
            timezone: item.timezone.clone(),
            is_host: false,
            guest_number: guest_number(item.id, None, item.join_url.as_ref()),
            ..blank(item.id, item.topic.as_deref(), item.meeting_type, now_ms)
        },
        secrets: MeetingSecrets {
            join_url: item.join_url.as_ref().map(|url| SecretString::from(url.expose())),
            passcode: item.passcode.as_ref().map(|passcode| SecretString::from(passcode.expose())),
        },
    }
}

pub(crate) fn blank(id: MeetingId, topic: Option<&str>, kind: Option<MeetingType>, now_ms: i64) -> MeetingRecord {
    MeetingRecord {
        key: MeetingKey::new(id.0, None).to_string(),
        meeting_id: i64::try_from(id.0).unwrap_or(i64::MAX),
        occurrence_id: None,
        uuid: None,
        topic: text::single_line(topic.unwrap_or_default(), MAX_TOPIC),
        agenda: None,
        start_utc_ms: None,
        minutes: 0,
        timezone: None,
        kind: kind.map_or(0, MeetingType::number),
        status: None,
        host_id: None,
        host_email: None,
        is_host: true,
        waiting_room: None,
        invitees: None,
        created_utc_ms: None,
        fetched_utc_ms: now_ms,
        guest_number: None,
        details_utc_ms: None,
        linked_ids: None,
        options_json: None,
        series_json: None,
        gone_utc_ms: None,
    }
}

/// The number that guests type, where it is not the meeting's own: a meeting in the personal room has a number that
/// nobody sees, and the room's is in its link.
fn guest_number(id: MeetingId, pmi: Option<MeetingId>, join_url: Option<&JoinUrl>) -> Option<i64> {
    let in_link = || {
        let url = Url::parse(join_url?.expose()).ok()?;
        let mut parts = url.path_segments()?;
        parts.find(|part| *part == "j")?;
        parts.next()?.parse().ok()
    };
    let number = pmi.map(|pmi| pmi.0).or_else(in_link)?;
    (number != id.0).then(|| i64::try_from(number).ok()).flatten()
}

/// A wall time without `Z` is local to the meeting's zone.
pub(crate) fn moment(time: Option<ZoomTime>, zone: Option<&str>) -> Option<i64> {
    let at: Option<DateTime<Utc>> = match time? {
        ZoomTime::Utc(at) => Some(at),
        ZoomTime::Local(wall) => match liaison_domain::wall_time::resolve(wall, liaison_domain::zones::parse(zone?)?) {
            liaison_domain::wall_time::WallTime::At(at)
            | liaison_domain::wall_time::WallTime::Twice { earlier: at, .. } => Some(at),
            liaison_domain::wall_time::WallTime::Missing { .. } => None,
        },
    };
    at.map(|at| at.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upcoming(id: u64, start: &str, kind: u32) -> UpcomingMeeting {
        let json = format!(r#"{{"id":{id},"topic":"Stand-up","type":{kind},"start_time":"{start}","is_host":false}}"#);
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn each_date_of_an_invited_series_is_a_meeting_of_its_own() {
        let items = [
            upcoming(85_746_065_123, "2026-11-27T09:00:00Z", 8),
            upcoming(85_746_065_123, "2026-11-28T09:00:00Z", 8),
            upcoming(98_765_432_101, "2026-11-27T10:00:00Z", 2),
        ];
        let keys: Vec<String> = invited(&items, 0).into_iter().map(|row| row.meeting.key).collect();
        assert_eq!(keys, ["85746065123:1795770000000", "85746065123:1795856400000", "98765432101"]);
    }

    #[test]
    fn guests_type_the_number_of_the_room() {
        let own = MeetingId(82_440_633_900);
        let link = |url: &str| Some(JoinUrl::new(url));
        let number = |pmi: Option<u64>, link: Option<JoinUrl>| guest_number(own, pmi.map(MeetingId), link.as_ref());
        assert_eq!(number(Some(9_898_504_810), None), Some(9_898_504_810));
        assert_eq!(number(None, link("https://zoom.us/j/9898504810?pwd=x")), Some(9_898_504_810));
        assert_eq!(number(None, link("https://zoom.us/j/82440633900")), None);
        assert_eq!(number(None, link("https://zoom.us/my/anna")), None);
        assert_eq!(number(None, None), None);
    }
}
