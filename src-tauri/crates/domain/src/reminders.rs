//! Reminders: what is to be said of which meeting, and when.
//!
//! A pure rule over what is known at one moment. It keeps no time, shows nothing and remembers nothing: what was said
//! already is handed in by identity, and so a pull, a suspend or a clock that was set can neither repeat a reminder nor
//! lose one. A meeting that is moved has other identities and is reminded of anew.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

use crate::day::Slot;

/// A reminder that is this late is still said; a later one was missed.
pub const GRACE: TimeDelta = TimeDelta::minutes(3);
/// Nobody snoozes for longer. A snooze that lies farther ahead was made under a clock that has been set back since.
pub const LONGEST_SNOOZE: TimeDelta = TimeDelta::hours(1);
/// Nobody pauses for longer than until tomorrow; see [`LONGEST_SNOOZE`].
pub const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(36);
/// What was missed longer ago is no news.
pub const NEWS: TimeDelta = TimeDelta::hours(12);

/// Which of a meeting's reminders it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// So many minutes before the start.
    Before(u32),
    /// At the start, when it was not joined.
    Start,
    /// So many minutes after the start, when it was still not joined.
    NotJoined(u32),
    /// The user asked to be told again at this moment.
    Snoozed(DateTime<Utc>),
}

/// One reminder of one occurrence at one start. What was said under an identity is never said again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The meeting's key, which tells the occurrence too.
    pub meeting: String,
    pub start: DateTime<Utc>,
    pub kind: Kind,
}

/// What the user wants for one meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bell {
    /// What the settings say.
    #[default]
    Usual,
    /// Nothing.
    Silent,
    /// Once, so many minutes before the start, and then as the settings say.
    Before(u32),
}

/// A meeting as far as reminders care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub key: String,
    pub slot: Slot,
    /// Opened from here, or the user said so.
    pub joined: bool,
    /// Dismissed at this start, or declined.
    pub refused: bool,
    pub bell: Bell,
    /// When the user wants to be told again.
    pub snoozed: Option<DateTime<Utc>>,
}

/// What the user wants for all meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    pub on: bool,
    /// Minutes before the start, each a reminder of its own.
    pub before: BTreeSet<u32>,
    pub at_start: bool,
    /// Minutes after the start.
    pub not_joined: Option<u32>,
    /// Nothing is said before this moment, nor afterwards of what was due until then.
    pub paused_until: Option<DateTime<Utc>>,
}

/// A reminder and its moment, at the beginning of a minute.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reminder {
    pub at: DateTime<Utc>,
    pub identity: Identity,
}

/// What is to be said, and what need not be said any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// To be said now, as one: at most one for each meeting, in order of the start.
    pub due: Vec<Identity>,
    /// Came too late and is folded into one word: at most one for each meeting, and none that is due.
    pub missed: Vec<Identity>,
    /// Everything that is over with this plan: `due`, `missed`, and what they stand for. To be remembered as said.
    pub settled: BTreeSet<Identity>,
    /// What comes, in order. Those of one moment are one.
    pub later: Vec<Reminder>,
}

impl Plan {
    /// When there is something to say next.
    pub fn next(&self) -> Option<DateTime<Utc>> {
        self.later.first().map(|reminder| reminder.at)
    }
}

/// What is to be said at `now` and later. `said` holds the identities of earlier plans; nothing that was due before
/// `since`, when somebody began to look, is said at all.
pub fn plan(
    meetings: &[Meeting],
    preferences: &Preferences,
    said: &BTreeSet<Identity>,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Plan {
    let mut plan = Plan::default();
    if !preferences.on {
        return plan;
    }
    // A clock that was set back leaves a beginning in the future.
    let since = if since > now { now - GRACE } else { since };
    let paused = preferences.paused_until.filter(|until| *until - now <= LONGEST_PAUSE);
    let mut said_of: BTreeMap<(&str, DateTime<Utc>), Vec<Kind>> = BTreeMap::new();
    for identity in said {
        said_of.entry((&identity.meeting, identity.start)).or_default().push(identity.kind);
    }
    for meeting in meetings.iter().filter(|meeting| wants_any(meeting)) {
        let told = said_of.get(&(meeting.key.as_str(), meeting.slot.start)).map(Vec::as_slice).unwrap_or_default();
        let open = moments(meeting, preferences, now).into_iter().filter(|one| !told.contains(&one.identity.kind));
        let (past, later): (Vec<Reminder>, Vec<Reminder>) = open.partition(|one| one.at <= now);
        let quiet = |one: &Reminder| paused.is_some_and(|until| one.at < until);
        let later: Vec<Reminder> = later.into_iter().filter(|one| !quiet(one)).collect();
        let past: Vec<Reminder> = past.into_iter().filter(|one| one.at >= since).collect();
        let audible: Vec<&Reminder> = past.iter().filter(|one| !quiet(one)).collect();
        match verdict(meeting, &audible, !told.is_empty(), !later.is_empty(), now) {
            Verdict::Due(identity) => plan.due.push(identity),
            Verdict::Missed(identity) => plan.missed.push(identity),
            Verdict::Nothing => {}
        }
        plan.settled.extend(past.into_iter().map(|one| one.identity));
        plan.later.extend(later);
    }
    plan.due.sort_by(|one, other| (one.start, &one.meeting).cmp(&(other.start, &other.meeting)));
    plan.missed.sort_by(|one, other| (one.start, &one.meeting).cmp(&(other.start, &other.meeting)));
    plan.later.sort();
    plan
}

enum Verdict {
    Due(Identity),
    Missed(Identity),
    Nothing,
}

/// One word for a meeting, whatever of it has come up: the last that is not too late says it for all.
fn verdict(meeting: &Meeting, past: &[&Reminder], told: bool, more: bool, now: DateTime<Utc>) -> Verdict {
    let running = now < meeting.slot.end;
    // The last word on a meeting that has not begun, and the word that somebody asked for, are never too late.
    let last_word = now < meeting.slot.start && !told && !more;
    let in_time = |one: &&&Reminder| {
        running && (now - one.at <= GRACE || last_word || matches!(one.identity.kind, Kind::Snoozed(_)))
    };
    if let Some(last) = past.iter().filter(in_time).max() {
        return Verdict::Due(last.identity.clone());
    }
    let Some(last) = past.iter().max() else { return Verdict::Nothing };
    // A meeting that has not begun is spoken of in time; one of which something was said was not missed for want of it.
    let unheard = !told || matches!(last.identity.kind, Kind::Snoozed(_));
    if meeting.slot.start <= now && unheard && now - last.at <= NEWS {
        Verdict::Missed(last.identity.clone())
    } else {
        Verdict::Nothing
    }
}

fn wants_any(meeting: &Meeting) -> bool {
    !meeting.slot.cancelled && !meeting.joined && !meeting.refused && meeting.bell != Bell::Silent
}

/// All reminders of a meeting that the user wants, said or not.
fn moments(meeting: &Meeting, preferences: &Preferences, now: DateTime<Utc>) -> Vec<Reminder> {
    let start = meeting.slot.start;
    let minute = start.duration_trunc(TimeDelta::minutes(1)).unwrap_or(start);
    let before = |minutes: u32| (minute - TimeDelta::minutes(minutes.into()), Kind::Before(minutes));
    let mut all: Vec<(DateTime<Utc>, Kind)> = match meeting.bell {
        Bell::Before(minutes) => vec![before(minutes)],
        Bell::Usual => preferences.before.iter().copied().map(before).collect(),
        Bell::Silent => Vec::new(),
    };
    if preferences.at_start {
        all.push((minute, Kind::Start));
    }
    if let Some(minutes) = preferences.not_joined {
        let at = minute + TimeDelta::minutes(minutes.into());
        if at < meeting.slot.end {
            all.push((at, Kind::NotJoined(minutes)));
        }
    }
    if let Some(until) = meeting.snoozed {
        let at = if until - now > LONGEST_SNOOZE { now } else { until };
        all.push((at, Kind::Snoozed(until)));
    }
    let identity = |kind| Identity { meeting: meeting.key.clone(), start, kind };
    all.into_iter().map(|(at, kind)| Reminder { at, identity: identity(kind) }).collect()
}
