//! When something about a past meeting is asked for again. Pure: each rule gets its `now`.
//!
//! Zoom has a list of people some minutes after the end, recordings after some minutes to hours, summaries in between, and
//! says of none of them when it is final. So the pause between two looks grows with the age of what is looked at.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liaison_store::tables::meeting_instances::{Held, InstanceRecord};

/// Zoom answers nothing about what is older (its API reference, "Get past meeting details").
pub(super) const FORGOTTEN: TimeDelta = TimeDelta::days(365);
/// Whether a number was held again is asked for so long after its end.
pub(super) const HELD_UNTIL: TimeDelta = TimeDelta::days(2);
const FIRST_AGAIN: TimeDelta = TimeDelta::minutes(5);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(12);
/// A series without dates may be held at any time.
const UNDATED_AGAIN: TimeDelta = TimeDelta::hours(6);
/// Somebody who wants to see what is new is shown what of today is not known yet.
const TODAY: TimeDelta = TimeDelta::hours(24);
const ASKED_AGAIN: TimeDelta = TimeDelta::minutes(1);
/// Two readings that say the same settle a list of people, once so much time has passed since the end.
const SETTLES_AFTER: TimeDelta = TimeDelta::hours(1);
/// After so long nothing changes any more, whatever it looks like.
const SETTLED_AFTER: TimeDelta = TimeDelta::days(3);
/// Somebody who was recorded has a video by then, and its transcript; who has none by then was not.
const RECORDED_BY: TimeDelta = TimeDelta::hours(24);
const TRANSCRIBED_BY: TimeDelta = TimeDelta::hours(6);
/// A host may still work on a summary that is there.
const SUMMED_UP_BY: TimeDelta = TimeDelta::hours(24);
/// What ended at an unknown time did so by then.
const LONGEST: TimeDelta = TimeDelta::hours(30);
/// Recordings that will be deleted are looked for so often, and more often in their last days.
const KEPT_AGAIN: TimeDelta = TimeDelta::days(7);
const LAST_AGAIN: TimeDelta = TimeDelta::days(1);
const LAST_DAYS: TimeDelta = TimeDelta::days(14);

/// Whether a number is to be asked for the times that it was held. `asked`: somebody wants to see what is new.
pub(super) fn instances(held: &Held, asked: bool, now: DateTime<Utc>) -> bool {
    let now_ms = now.timestamp_millis();
    let Some(looked) = held.looked_utc_ms.filter(|looked| *looked <= now_ms) else {
        // Before the planned end only somebody who asks is answered: it may have ended early.
        return held.ended_utc_ms.is_some() || held.begun_utc_ms.is_none() || asked;
    };
    let since_look = now_ms - looked;
    if asked && since_look >= ASKED_AGAIN.num_milliseconds() {
        let lately = |begun: i64| now_ms - begun < TODAY.num_milliseconds();
        if held.begun_utc_ms.is_some_and(lately) {
            return true;
        }
    }
    let Some(ended) = held.ended_utc_ms else {
        return held.begun_utc_ms.is_none() && since_look >= UNDATED_AGAIN.num_milliseconds();
    };
    if looked < ended {
        return true;
    }
    if now_ms - ended >= HELD_UNTIL.num_milliseconds() {
        // Once more after the time in which it may have been held again.
        return looked < ended + HELD_UNTIL.num_milliseconds();
    }
    let begun = held.begun_utc_ms.unwrap_or(ended);
    // What is known is asked for less often than what is missing.
    let known = held.started_utc_ms.is_some_and(|started| started >= begun - TODAY.num_milliseconds() / 2);
    let age = looked - ended;
    since_look >= pause(if known { age } else { age / 2 }).num_milliseconds()
}

fn pause(age_ms: i64) -> TimeDelta {
    TimeDelta::milliseconds(age_ms.max(0)).clamp(FIRST_AGAIN, LONGEST_PAUSE)
}

/// The parts of an instance that are to be read now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each part is read by itself")]
pub(super) struct Parts {
    pub details: bool,
    pub people: bool,
    pub recordings: bool,
    pub summary: bool,
}

impl Parts {
    pub fn any(self) -> bool {
        self.details || self.people || self.recordings || self.summary
    }
}

pub(super) fn parts(one: &InstanceRecord, asked: bool, now: DateTime<Utc>) -> Parts {
    let is_due = |read: Option<i64>| match read {
        None => true,
        Some(read) => {
            let (now_ms, age) = (now.timestamp_millis(), (read - ended_ms(one, read)).max(0));
            let again = if asked { ASKED_AGAIN } else { pause(age / 3) };
            read > now_ms || now_ms - read >= again.num_milliseconds()
        }
    };
    Parts {
        details: one.details_utc_ms.is_none(),
        // Whoever asks has been told that there is no list: they get it as soon as Zoom has one.
        people: !one.settled && (is_due(one.people_utc_ms) || asked && one.digest.is_none()),
        recordings: !one.recordings_settled && is_due(one.recordings_utc_ms),
        summary: !one.summary_settled && is_due(one.summary_utc_ms),
    }
}

fn ended_ms(one: &InstanceRecord, otherwise: i64) -> i64 {
    one.ended_utc_ms.or(one.started_utc_ms).unwrap_or(otherwise)
}

/// Whether a list of people is final: it says twice the same, or it is old. Of somebody who was alone there is none.
pub(super) fn people_settled(one: &InstanceRecord, digest: &str, last_left: Option<i64>, now: DateTime<Utc>) -> bool {
    let now_ms = now.timestamp_millis();
    let began = one.started_utc_ms.unwrap_or(now_ms);
    let ended = last_left.or(one.ended_utc_ms).unwrap_or(began + LONGEST.num_milliseconds());
    let alone = last_left.is_none() && one.participants.is_some_and(|count| count <= 1);
    let same = one.digest.as_deref() == Some(digest) && (last_left.is_some() || alone);
    (same && now_ms - ended >= SETTLES_AFTER.num_milliseconds()) || now_ms - ended >= SETTLED_AFTER.num_milliseconds()
}

/// Whether what Zoom does not tell of an instance yet it will not tell.
pub(super) fn details_settled(one: &InstanceRecord, now: DateTime<Utc>) -> bool {
    now.timestamp_millis() - ended_ms(one, 0) >= SETTLES_AFTER.num_milliseconds()
}

/// Whether a list that Zoom has not will come no more.
pub(super) fn never_comes(one: &InstanceRecord, now: DateTime<Utc>) -> bool {
    now.timestamp_millis() - ended_ms(one, 0) >= SETTLED_AFTER.num_milliseconds()
}

/// Whether no more recordings come. `found`: there are some, and all of them are ready.
pub(super) fn recordings_settled(one: &InstanceRecord, found: Option<bool>, now: DateTime<Utc>) -> bool {
    let age = now.timestamp_millis() - ended_ms(one, 0);
    let wait = match found {
        Some(true) => TRANSCRIBED_BY,
        Some(false) => SETTLED_AFTER,
        None => RECORDED_BY,
    };
    age >= wait.num_milliseconds()
}

pub(super) fn summary_settled(one: &InstanceRecord, now: DateTime<Utc>) -> bool {
    now.timestamp_millis() - ended_ms(one, 0) >= SUMMED_UP_BY.num_milliseconds()
}

/// Recordings whose last day comes are looked for again: up to which day, and when they were last looked for.
pub(super) fn last_days(now: DateTime<Utc>) -> [(NaiveDate, i64); 2] {
    let today = now.date_naive();
    let far = today.checked_add_signed(TimeDelta::days(366)).unwrap_or(today);
    [(today + LAST_DAYS, (now - LAST_AGAIN).timestamp_millis()), (far, (now - KEPT_AGAIN).timestamp_millis())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + ms).unwrap()
    }

    fn ms(ms: i64) -> i64 {
        at(ms).timestamp_millis()
    }

    /// An hour that ended at nought.
    fn held() -> Held {
        Held {
            meeting_id: 1,
            begun_utc_ms: Some(ms(-HOUR)),
            ended_utc_ms: Some(ms(0)),
            looked_utc_ms: None,
            started_utc_ms: None,
        }
    }

    /// How often a number is asked in the fortnight after its end, where a round comes every two minutes.
    fn looks(mut held: Held) -> Vec<i64> {
        let mut times = Vec::new();
        for minute in (0..14 * 24 * 60).step_by(2) {
            if instances(&held, false, at(minute * MINUTE)) {
                held.looked_utc_ms = Some(ms(minute * MINUTE));
                times.push(minute);
            }
        }
        times
    }

    #[test]
    fn a_number_is_asked_often_at_first_seldom_later_and_then_no_more() {
        let known = looks(Held { started_utc_ms: Some(ms(-HOUR)), ..held() });
        assert_eq!(known[..4], [0, 6, 12, 24]);
        assert!(known.len() <= 16, "{known:?}");
        assert_eq!(*known.last().unwrap(), 2 * 24 * 60);
        let missing = looks(held());
        assert!(missing.len() > known.len() && missing.len() <= 30, "{missing:?}");
    }

    #[test]
    fn before_its_end_only_somebody_who_asks_is_answered() {
        let runs = Held { ended_utc_ms: None, ..held() };
        assert!(!instances(&runs, false, at(-10 * MINUTE)));
        assert!(instances(&runs, true, at(-10 * MINUTE)));
        let looked = Held { looked_utc_ms: Some(ms(-10 * MINUTE)), ..runs };
        assert!(!instances(&looked, true, at(-10 * MINUTE + 30_000)), "not twice in a minute");
        assert!(instances(&looked, true, at(-9 * MINUTE)));
    }

    #[test]
    fn a_clock_that_was_ahead_and_an_early_look_keep_nothing_away() {
        let ahead = Held { looked_utc_ms: Some(ms(90 * HOUR)), ..held() };
        assert!(instances(&ahead, false, at(HOUR)));
        let early = Held { looked_utc_ms: Some(ms(-MINUTE)), ..held() };
        assert!(instances(&early, false, at(MINUTE)));
    }

    #[test]
    fn whoever_asks_gets_a_list_that_was_not_there_a_moment_ago() {
        let missing = InstanceRecord {
            uuid: "a".to_owned(),
            meeting_id: 1,
            meeting_key: "1".to_owned(),
            topic: None,
            started_utc_ms: Some(ms(-HOUR)),
            ended_utc_ms: Some(ms(0)),
            minutes: Some(60),
            participants: Some(2),
            details_utc_ms: Some(ms(MINUTE)),
            people_utc_ms: Some(ms(MINUTE)),
            digest: None,
            settled: false,
            recordings_utc_ms: Some(ms(MINUTE)),
            recordings_settled: true,
            recordings_gone_utc_ms: None,
            deleted_on: None,
            summary_utc_ms: Some(ms(MINUTE)),
            summary_settled: true,
            summary: None,
        };
        let people = |one: &InstanceRecord, asked: bool, ms: i64| parts(one, asked, at(ms)).people;
        let soon = MINUTE + 2_000;
        assert!(!people(&missing, false, soon), "nobody has asked");
        assert!(people(&missing, true, soon));
        let there = InstanceRecord { digest: Some("d".to_owned()), ..missing.clone() };
        assert!(!people(&there, true, soon), "not twice in a minute");
        assert!(people(&there, true, 2 * MINUTE));
        let over = InstanceRecord { settled: true, ..missing };
        assert!(!people(&over, true, 2 * MINUTE), "it comes no more");
    }

    #[test]
    fn a_series_without_dates_is_looked_at_now_and_then() {
        let undated = Held { begun_utc_ms: None, ended_utc_ms: None, ..held() };
        assert!(instances(&undated, false, at(0)));
        let looked = Held { looked_utc_ms: Some(ms(0)), ..undated };
        assert!(!instances(&looked, false, at(5 * HOUR)));
        assert!(instances(&looked, false, at(6 * HOUR)));
    }
}
