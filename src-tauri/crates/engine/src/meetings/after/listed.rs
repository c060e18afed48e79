//! Which meeting or occurrence an instance was.

use liaison_domain::MeetingKey;
use liaison_store::tables::meeting_instances::ListedInstance;
use liaison_store::tables::meetings::MeetingRecord;
use liaison_zoom::{Instance, ZoomTime};

/// The instances that a list told of, each with the key of the meeting or occurrence that it was. `rows` is what is known
/// of the number.
pub(super) fn listed(number: u64, told: &[Instance], rows: &[MeetingRecord]) -> Vec<ListedInstance> {
    let of = |one: &Instance| {
        let started = one.start_time.and_then(ZoomTime::utc).map(|at| at.timestamp_millis());
        ListedInstance {
            uuid: one.uuid.as_str().to_owned(),
            meeting_key: key(number, one.occurrence_id.as_deref(), started, rows),
            started_utc_ms: started,
        }
    };
    told.iter().filter(|one| !one.uuid.as_str().is_empty()).map(of).collect()
}

/// Zoom tells the occurrence, or the start does: what was held near a date was held for it.
fn key(number: u64, occurrence: Option<&str>, started: Option<i64>, rows: &[MeetingRecord]) -> String {
    let dates = || rows.iter().filter(|row| row.occurrence_id.is_some());
    if let Some(told) = occurrence.filter(|told| told.bytes().all(|byte| byte.is_ascii_digit()))
        && (rows.is_empty() || dates().next().is_some())
    {
        return MeetingKey::new(number, Some(told.to_owned())).to_string();
    }
    let away = |row: &&MeetingRecord| {
        let distance = row.start_utc_ms.zip(started).map_or(i64::MAX, |(planned, began)| (planned - began).abs());
        // A date that was deleted was not held, unless there is no other.
        (row.gone_utc_ms.is_some(), distance)
    };
    let nearest = dates().min_by_key(away);
    nearest.map_or_else(|| MeetingKey::new(number, None).to_string(), |row| row.key.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meetings::pull::blank;

    fn record() -> MeetingRecord {
        blank(liaison_zoom::MeetingId(1), None, None, 0)
    }

    fn told(uuid: &str, start: &str, occurrence: Option<&str>) -> Instance {
        let json = serde_json::json!({ "uuid": uuid, "start_time": start, "occurrence_id": occurrence });
        serde_json::from_value(json).unwrap()
    }

    fn date(occurrence: &str, start_utc_ms: i64) -> MeetingRecord {
        MeetingRecord {
            key: format!("1:{occurrence}"),
            occurrence_id: Some(occurrence.to_owned()),
            start_utc_ms: Some(start_utc_ms),
            ..record()
        }
    }

    fn keys(told: &[Instance], rows: &[MeetingRecord]) -> Vec<String> {
        listed(1, told, rows).into_iter().map(|one| one.meeting_key).collect()
    }

    #[test]
    fn an_instance_belongs_to_the_date_that_zoom_tells_or_the_nearest() {
        let day = 24 * 3_600_000;
        let start = 1_795_770_000_000;
        let rows = [date("100", start), date("200", start + day)];
        let late = told("a", "2026-11-28T08:41:00Z", None);
        assert_eq!(keys(std::slice::from_ref(&late), &rows), ["1:200"]);
        assert_eq!(keys(&[told("a", "2026-11-28T08:41:00Z", Some("100"))], &rows), ["1:100"], "it was moved");
        assert_eq!(keys(&[told("a", "2026-11-27T09:00:00Z", Some("7"))], &[]), ["1:7"]);
        // A single meeting that is held again stays that meeting.
        assert_eq!(keys(&[late, told("b", "2026-11-27T09:00:00Z", Some("7"))], &[record()]), ["1", "1"]);
        assert_eq!(keys(&[told("", "2026-11-27T09:00:00Z", None)], &rows), [""; 0]);
        let deleted = [MeetingRecord { gone_utc_ms: Some(1), ..date("100", start) }, date("200", start + day)];
        assert_eq!(keys(&[told("a", "2026-11-27T09:00:00Z", None)], &deleted), ["1:200"]);
    }
}
