use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

fn at(time: &str) -> DateTime<Utc> {
    format!("2026-11-23T{time}Z").parse().unwrap()
}

fn meeting(key: &str, start: &str, end: &str) -> Meeting {
    let slot = Slot { start: at(start), end: at(end), cancelled: false };
    Meeting { key: key.to_owned(), slot, joined: false, refused: false, bell: Bell::Usual, snoozed: None }
}

fn usual() -> Preferences {
    Preferences { on: true, before: BTreeSet::from([1]), at_start: true, not_joined: Some(2), paused_until: None }
}

/// Says what is due, as the engine does, and answers the kinds that were said and those that were missed.
fn say(
    meetings: &[Meeting],
    preferences: &Preferences,
    said: &mut BTreeSet<Identity>,
    now: &str,
) -> (Vec<(String, Kind)>, Vec<String>) {
    let plan = plan(meetings, preferences, said, at("00:00:00"), at(now));
    said.extend(plan.settled.iter().cloned());
    (
        plan.due.into_iter().map(|one| (one.meeting, one.kind)).collect(),
        plan.missed.into_iter().map(|one| one.meeting).collect(),
    )
}

fn kinds(said: (Vec<(String, Kind)>, Vec<String>)) -> Vec<Kind> {
    assert_eq!(said.1, Vec::<String>::new());
    said.0.into_iter().map(|(_, kind)| kind).collect()
}

#[test]
fn a_meeting_is_announced_at_its_moments_and_once_each() {
    let day = [meeting("a", "10:00:00", "10:30:00")];
    let mut said = BTreeSet::new();
    let plan = plan(&day, &usual(), &said, at("00:00:00"), at("09:58:59"));
    assert_eq!(plan.due, []);
    assert_eq!(
        plan.later.iter().map(|one| one.at).collect::<Vec<_>>(),
        [at("09:59:00"), at("10:00:00"), at("10:02:00")]
    );
    assert_eq!(kinds(say(&day, &usual(), &mut said, "09:59:00")), [Kind::Before(1)]);
    assert_eq!(kinds(say(&day, &usual(), &mut said, "09:59:01")), []);
    assert_eq!(kinds(say(&day, &usual(), &mut said, "10:00:00")), [Kind::Start]);
    assert_eq!(kinds(say(&day, &usual(), &mut said, "10:02:05")), [Kind::NotJoined(2)]);
    assert_eq!(kinds(say(&day, &usual(), &mut said, "10:20:00")), []);
}

#[test]
fn what_was_joined_dismissed_declined_cancelled_or_silenced_is_never_spoken_of() {
    let silent = |change: &dyn Fn(&mut Meeting)| {
        let mut one = meeting("a", "10:00:00", "10:30:00");
        change(&mut one);
        let plan = plan(&[one], &usual(), &BTreeSet::new(), at("00:00:00"), at("10:01:00"));
        assert_eq!(plan, Plan::default());
    };
    silent(&|one| one.joined = true);
    silent(&|one| one.refused = true);
    silent(&|one| one.slot.cancelled = true);
    silent(&|one| one.bell = Bell::Silent);
    let off = Preferences { on: false, ..usual() };
    assert_eq!(kinds(say(&[meeting("a", "10:00:00", "10:30:00")], &off, &mut BTreeSet::new(), "10:00:00")), []);
}

#[test]
fn three_minutes_late_is_in_time_and_four_are_missed() {
    let day = [meeting("a", "10:00:00", "10:30:00"), meeting("b", "10:00:00", "11:00:00")];
    let only_start = Preferences { before: BTreeSet::new(), not_joined: None, ..usual() };
    let (due, missed) = say(&day, &only_start, &mut BTreeSet::new(), "10:03:00");
    assert_eq!((due.len(), missed.len()), (2, 0));
    let mut said = BTreeSet::new();
    let (due, missed) = say(&day, &only_start, &mut said, "10:03:01");
    assert_eq!((due.len(), missed), (0, vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(say(&day, &only_start, &mut said, "10:03:02"), (vec![], vec![]));
}

#[test]
fn after_a_sleep_one_word_stands_for_all_of_a_meeting() {
    let day = [meeting("a", "10:00:00", "10:30:00"), meeting("over", "08:00:00", "08:30:00")];
    let mut said = BTreeSet::new();
    let (due, missed) = say(&day, &usual(), &mut said, "10:01:30");
    assert_eq!((due, missed), (vec![("a".to_owned(), Kind::Start)], vec!["over".to_owned()]));
    assert_eq!(kinds(say(&day, &usual(), &mut said, "10:02:00")), [Kind::NotJoined(2)]);
    // What was spoken of was not missed.
    assert_eq!(say(&day, &usual(), &mut said, "12:00:00"), (vec![], vec![]));
}

#[test]
fn the_last_word_before_the_start_is_said_late_rather_than_not() {
    let day = [meeting("a", "10:00:00", "10:30:00")];
    let ten = Preferences { before: BTreeSet::from([10]), at_start: false, not_joined: None, ..usual() };
    assert_eq!(kinds(say(&day, &ten, &mut BTreeSet::new(), "09:56:00")), [Kind::Before(10)]);
    let more = Preferences { at_start: true, ..ten };
    assert_eq!(kinds(say(&day, &more, &mut BTreeSet::new(), "09:56:00")), []);
}

#[test]
fn a_moved_meeting_is_announced_anew_and_a_pull_repeats_nothing() {
    let mut day = [meeting("a", "10:00:00", "10:30:00")];
    let mut said = BTreeSet::new();
    assert_eq!(kinds(say(&day, &usual(), &mut said, "09:59:00")), [Kind::Before(1)]);
    day[0] = meeting("a", "10:15:00", "10:45:00");
    assert_eq!(kinds(say(&day, &usual(), &mut said, "09:59:30")), []);
    assert_eq!(kinds(say(&day, &usual(), &mut said, "10:14:00")), [Kind::Before(1)]);
    day[0] = meeting("a", "10:00:00", "10:30:00");
    assert_eq!(say(&day, &usual(), &mut said, "10:14:30"), (vec![], vec![]));
}

#[test]
fn those_of_one_minute_are_one() {
    let day = [meeting("b", "10:00:40", "10:30:00"), meeting("a", "10:00:00", "10:30:00")];
    let (due, _) = say(&day, &usual(), &mut BTreeSet::new(), "09:59:00");
    assert_eq!(due, [("a".to_owned(), Kind::Before(1)), ("b".to_owned(), Kind::Before(1))]);
}

#[test]
fn a_snooze_is_heard_as_long_as_there_is_something_to_join() {
    let mut day = [meeting("a", "10:00:00", "10:30:00")];
    let quiet = Preferences { before: BTreeSet::new(), not_joined: None, ..usual() };
    let mut said = BTreeSet::new();
    assert_eq!(kinds(say(&day, &quiet, &mut said, "10:00:00")), [Kind::Start]);
    day[0].snoozed = Some(at("10:05:00"));
    assert_eq!(kinds(say(&day, &quiet, &mut said, "10:04:59")), []);
    assert_eq!(kinds(say(&day, &quiet, &mut said.clone(), "10:05:00")), [Kind::Snoozed(at("10:05:00"))]);
    assert_eq!(kinds(say(&day, &quiet, &mut said.clone(), "10:20:00")), [Kind::Snoozed(at("10:05:00"))]);
    assert_eq!(say(&day, &quiet, &mut said.clone(), "10:31:00"), (vec![], vec!["a".to_owned()]));
    // A clock that was set back by hours must not keep it for hours.
    assert_eq!(kinds(say(&day, &quiet, &mut said, "07:00:00")), [Kind::Snoozed(at("10:05:00"))]);
}

#[test]
fn a_bell_of_its_own_replaces_the_usual_one() {
    let mut day = [meeting("a", "10:00:00", "10:30:00")];
    day[0].bell = Bell::Before(30);
    let mut said = BTreeSet::new();
    assert_eq!(kinds(say(&day, &usual(), &mut said, "09:30:00")), [Kind::Before(30)]);
    assert_eq!(kinds(say(&day, &usual(), &mut said, "09:59:00")), []);
    assert_eq!(kinds(say(&day, &usual(), &mut said, "10:00:00")), [Kind::Start]);
}

#[test]
fn a_pause_swallows_what_falls_into_it_and_ends() {
    let day = [meeting("a", "10:00:00", "10:30:00"), meeting("b", "11:00:00", "11:30:00")];
    let paused = Preferences { paused_until: Some(at("10:30:00")), ..usual() };
    let mut said = BTreeSet::new();
    assert_eq!(kinds(say(&day, &paused, &mut said, "10:00:00")), []);
    assert_eq!(kinds(say(&day, &paused, &mut said, "10:30:10")), []);
    assert_eq!(kinds(say(&day, &paused, &mut said, "10:59:00")), [Kind::Before(1)]);
    // Paused under a clock of another year.
    let forever = Preferences { paused_until: Some(at("10:30:00") + TimeDelta::days(400)), ..usual() };
    assert_eq!(kinds(say(&day[1..], &forever, &mut BTreeSet::new(), "10:59:00")), [Kind::Before(1)]);
}

/// What may happen between two looks.
#[derive(Debug, Clone)]
enum Edit {
    Wait(i64),
    /// Nobody looks meanwhile.
    Sleep(i64),
    /// The clock is set.
    Set(i64),
    Put {
        key: u8,
        start: i64,
        minutes: i64,
    },
    Cancel(u8, bool),
    Join(u8),
    Dismiss(u8, bool),
    Ring(u8, Bell),
    Snooze(u8, i64),
    Prefer(BTreeSet<u32>, bool, Option<u32>),
    Pause(Option<i64>),
    Pull,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let bell = prop_oneof![Just(Bell::Usual), Just(Bell::Silent), (0_u32..40).prop_map(Bell::Before)];
    let before = proptest::collection::btree_set(prop_oneof![Just(1_u32), Just(5), Just(10)], 0..3);
    let edit = prop_oneof![
        8 => (1_i64..60).prop_map(Edit::Wait),
        3 => (60_i64..8 * 3_600).prop_map(Edit::Sleep),
        1 => prop_oneof![-7_200_i64..7_200, -40_000_000_i64..40_000_000].prop_map(Edit::Set),
        6 => (0_u8..6, -60_i64..180, 1_i64..90).prop_map(|(key, start, minutes)| Edit::Put { key, start, minutes }),
        1 => (0_u8..6, any::<bool>()).prop_map(|(key, cancelled)| Edit::Cancel(key, cancelled)),
        1 => (0_u8..6).prop_map(Edit::Join),
        1 => (0_u8..6, any::<bool>()).prop_map(|(key, dismissed)| Edit::Dismiss(key, dismissed)),
        1 => (0_u8..6, bell).prop_map(|(key, bell)| Edit::Ring(key, bell)),
        2 => (0_u8..6, 1_i64..20).prop_map(|(key, minutes)| Edit::Snooze(key, minutes)),
        1 => (before, any::<bool>(), proptest::option::of(1_u32..5))
            .prop_map(|(before, start, after)| Edit::Prefer(before, start, after)),
        1 => proptest::option::of(1_i64..120).prop_map(Edit::Pause),
        3 => Just(Edit::Pull),
    ];
    proptest::collection::vec(edit, 60..200)
}

/// The engine's part: it looks when the plan says so, after every edit, and at least every minute.
struct World {
    now: DateTime<Utc>,
    since: DateTime<Utc>,
    meetings: BTreeMap<u8, Meeting>,
    preferences: Preferences,
    said: BTreeSet<Identity>,
    spoken: HashMap<Identity, usize>,
    heard_of: BTreeSet<(String, DateTime<Utc>)>,
}

impl World {
    fn new() -> Self {
        Self {
            now: at("08:00:00"),
            since: at("08:00:00"),
            meetings: BTreeMap::new(),
            preferences: usual(),
            said: BTreeSet::new(),
            spoken: HashMap::new(),
            heard_of: BTreeSet::new(),
        }
    }

    fn change(&mut self, edit: &Edit) -> Result<(), TestCaseError> {
        match edit {
            Edit::Wait(seconds) => return self.pass(*seconds),
            Edit::Sleep(seconds) | Edit::Set(seconds) => self.now += TimeDelta::seconds(*seconds),
            Edit::Put { key, start, minutes } => {
                let minute = self.now.duration_trunc(TimeDelta::minutes(1)).unwrap();
                let start = minute + TimeDelta::minutes(*start);
                let slot = Slot { start, end: start + TimeDelta::minutes(*minutes), cancelled: false };
                let fresh = Meeting { slot, ..meeting(&format!("m{key}"), "10:00:00", "10:30:00") };
                self.meetings.insert(*key, fresh);
            }
            Edit::Cancel(key, cancelled) => self.with(*key, |one| one.slot.cancelled = *cancelled),
            Edit::Join(key) => self.with(*key, |one| one.joined = true),
            Edit::Dismiss(key, dismissed) => self.with(*key, |one| one.refused = *dismissed),
            Edit::Ring(key, bell) => self.with(*key, |one| one.bell = *bell),
            Edit::Snooze(key, minutes) => {
                let until = self.now + TimeDelta::minutes(*minutes);
                self.with(*key, |one| one.snoozed = Some(until));
            }
            Edit::Prefer(before, at_start, not_joined) => {
                self.preferences.before.clone_from(before);
                (self.preferences.at_start, self.preferences.not_joined) = (*at_start, *not_joined);
            }
            Edit::Pause(minutes) => {
                self.preferences.paused_until = minutes.map(|minutes| self.now + TimeDelta::minutes(minutes));
            }
            Edit::Pull => {}
        }
        self.look().map(drop)
    }

    fn with(&mut self, key: u8, change: impl FnOnce(&mut Meeting)) {
        if let Some(meeting) = self.meetings.get_mut(&key) {
            change(meeting);
        }
    }

    fn pass(&mut self, seconds: i64) -> Result<(), TestCaseError> {
        let end = self.now + TimeDelta::seconds(seconds);
        loop {
            let next = self.look()?.filter(|next| *next <= end);
            let Some(next) = next else { break };
            prop_assert!(next > self.now);
            self.now = next;
        }
        self.now = end;
        self.look().map(drop)
    }

    fn look(&mut self) -> Result<Option<DateTime<Utc>>, TestCaseError> {
        let all: Vec<Meeting> = self.meetings.values().cloned().collect();
        let before = self.said.clone();
        let plan = plan(&all, &self.preferences, &self.said, self.since, self.now);
        self.said.extend(plan.settled.iter().cloned());

        for identity in plan.due.iter().chain(&plan.missed) {
            let one = all.iter().find(|one| one.key == identity.meeting && one.slot.start == identity.start);
            let one = one.ok_or_else(|| TestCaseError::fail("a meeting that is not there is spoken of"))?;
            prop_assert!(
                !one.slot.cancelled && !one.joined && !one.refused && one.bell != Bell::Silent,
                "{identity:?}"
            );
            let times = self.spoken.entry(identity.clone()).or_default();
            *times += 1;
            prop_assert_eq!(*times, 1, "said twice: {:?}", identity);
            prop_assert!(plan.settled.contains(identity) && !before.contains(identity));
            self.heard_of.insert((identity.meeting.clone(), identity.start));
        }
        let spoken: Vec<&str> = plan.due.iter().chain(&plan.missed).map(|one| one.meeting.as_str()).collect();
        prop_assert_eq!(spoken.len(), spoken.iter().collect::<BTreeSet<_>>().len(), "one word a meeting");
        self.nothing_is_missing(&all, &plan, &before)?;
        Ok(plan.next())
    }

    /// Told without the plan's own steps: each wanted moment is said, planned, or has a reason to be neither.
    fn nothing_is_missing(
        &self,
        all: &[Meeting],
        plan: &Plan,
        before: &BTreeSet<Identity>,
    ) -> Result<(), TestCaseError> {
        let since = if self.since > self.now { self.now - TimeDelta::minutes(3) } else { self.since };
        for one in all {
            if one.slot.cancelled || one.joined || one.refused || one.bell == Bell::Silent {
                prop_assert!(!plan.later.iter().any(|later| later.identity.meeting == one.key));
                continue;
            }
            let mut wanted = Vec::new();
            match one.bell {
                Bell::Before(minutes) => wanted.push((-i64::from(minutes), Kind::Before(minutes))),
                _ => wanted.extend(self.preferences.before.iter().map(|m| (-i64::from(*m), Kind::Before(*m)))),
            }
            if self.preferences.at_start {
                wanted.push((0, Kind::Start));
            }
            if let Some(minutes) = self.preferences.not_joined {
                wanted.push((i64::from(minutes), Kind::NotJoined(minutes)));
            }
            for (minutes, kind) in wanted {
                let moment = one.slot.start + TimeDelta::minutes(minutes);
                let identity = Identity { meeting: one.key.clone(), start: one.slot.start, kind };
                let paused = self
                    .preferences
                    .paused_until
                    .is_some_and(|until| moment < until && until - self.now <= TimeDelta::hours(36));
                let over = matches!(kind, Kind::NotJoined(_)) && moment >= one.slot.end;
                if paused || over || moment < since || before.contains(&identity) {
                    continue;
                }
                let planned = plan.later.iter().any(|later| later.identity == identity && later.at == moment);
                prop_assert_eq!(planned, moment > self.now, "{:?} at {}", identity, self.now);
                if moment > self.now {
                    continue;
                }
                prop_assert!(plan.settled.contains(&identity));
                let spoken_now = plan.due.iter().chain(&plan.missed).any(|said| said.meeting == one.key);
                let late = self.now - moment;
                let heard_of = self.heard_of.contains(&(one.key.clone(), one.slot.start));
                // In time is always said. Late is said unless something was said of it, or comes, or it is no news.
                let running = self.now < one.slot.end;
                let told = before.iter().any(|said| said.meeting == one.key && said.start == one.slot.start);
                let comes = plan.later.iter().any(|later| later.identity.meeting == one.key);
                let excused = late > TimeDelta::minutes(3)
                    && (told || heard_of || (self.now < one.slot.start && comes) || late > TimeDelta::hours(12));
                let excused = excused || (!running && (told || late > TimeDelta::hours(12)));
                prop_assert!(spoken_now || excused, "silent: {:?} at {}, {:?}", identity, self.now, plan);
                let due = plan.due.iter().any(|said| said.meeting == one.key);
                prop_assert!(!running || late > TimeDelta::minutes(3) || due, "late: {:?}", identity);
            }
        }
        prop_assert!(plan.later.is_sorted() && plan.later.iter().all(|later| later.at > self.now));
        Ok(())
    }
}

proptest! {
    // More than ten thousand edits in all.
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn none_is_said_twice_and_none_is_missing_whatever_happens(edits in edits()) {
        let mut world = World::new();
        for edit in &edits {
            world.change(edit)?;
        }
    }
}
