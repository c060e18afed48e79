//! Turns the planned meetings of the world into records of the account.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::world::meetings::{Planned, Repeat};
use liaison_sandbox_kernel::world::webinars::Registration;
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};

use super::recurrence::Recurrence;
use super::{Family, Loaded, Meeting, Meetings, kind};
use crate::account::User;
use crate::registration::Rosters;
use crate::secrets;

impl Meetings {
    /// The account's meetings at the start of a run; the same plan and generator give the same
    /// numbers, UUIDs and passcodes.
    pub fn seeded(
        planned: Vec<Planned>,
        user: &User,
        now: DateTime<Utc>,
        rng: ChaCha8Rng,
        rosters: &mut Rosters,
    ) -> Self {
        let mut meetings = Self { family: Family::Meeting, by_id: BTreeMap::new(), rng, coming_ids: VecDeque::new() };
        let personal = meetings.personal(user, now);
        meetings.put(personal);
        for plan in planned {
            let registrants = plan.registrants;
            let meeting = meetings.record(plan, user, now);
            rosters.expect(meeting.id, registrants);
            meetings.put(meeting);
        }
        meetings
    }

    /// No webinars yet.
    pub fn of_webinars(rng: ChaCha8Rng) -> Self {
        Self { family: Family::Webinar, by_id: BTreeMap::new(), rng, coming_ids: VecDeque::new() }
    }

    /// Number, UUID, passcode and embedded passcode of something new.
    pub fn new_identity(&mut self) -> (u64, String, String, String) {
        let id = self.new_id();
        let uuid = secrets::meeting_uuid(&mut self.rng);
        (id, uuid, self.new_passcode(), self.new_embedded_passcode())
    }

    /// The meeting behind the user's personal number.
    fn personal(&mut self, user: &User, now: DateTime<Utc>) -> Meeting {
        let passcode = self.new_passcode();
        Meeting {
            id: user.pmi(),
            uuid: secrets::meeting_uuid(&mut self.rng),
            kind: kind::PERSONAL,
            topic: format!("{} {}'s Personal Meeting Room", user.rep.first_name, user.rep.last_name),
            agenda: String::new(),
            start: None,
            minutes: 0,
            zone: user.zone,
            passcode,
            embedded_passcode: self.new_embedded_passcode(),
            settings: Map::new(),
            recurrence: None,
            occurrences: Vec::new(),
            tracking_fields: Vec::new(),
            pre_schedule: false,
            template_id: None,
            created_at: now - TimeDelta::days(1_200),
            source: "other",
            live_until: None,
            awaited_since: now,
            ended_at: None,
            deleted: false,
            invited_by: None,
            given_to: None,
            loaded: Loaded::default(),
        }
    }

    fn record(&mut self, plan: Planned, user: &User, now: DateTime<Utc>) -> Meeting {
        let kind = match plan.repeat {
            Repeat::Once => kind::SCHEDULED,
            Repeat::OnDemand => kind::RECURRING_NO_TIME,
            Repeat::Weekly { .. } => kind::RECURRING,
        };
        let settings = settings(&plan);
        let passcode = self.new_passcode();
        let mut meeting = Meeting {
            id: self.new_id(),
            uuid: self.uuid(plan.awkward_uuid),
            kind,
            topic: plan.topic,
            agenda: plan.agenda,
            start: (kind != kind::RECURRING_NO_TIME).then_some(plan.start),
            minutes: plan.minutes,
            zone: user.zone,
            passcode,
            embedded_passcode: self.new_embedded_passcode(),
            settings,
            recurrence: None,
            occurrences: Vec::new(),
            tracking_fields: Vec::new(),
            pre_schedule: false,
            template_id: None,
            created_at: plan.created_at,
            source: "web_portal",
            live_until: plan.is_running.then(|| plan.start + TimeDelta::minutes(plan.minutes)),
            awaited_since: now,
            ended_at: None,
            deleted: false,
            invited_by: plan.invited_by,
            given_to: None,
            loaded: Loaded::default(),
        };
        if let Repeat::Weekly { days, times, cancelled } = plan.repeat {
            meeting.recurrence = Some(Recurrence::weekly(&days, times));
            meeting.recur();
            meeting.start = meeting.occurrences.first().map(|first| first.start);
            if let Some(occurrence) = meeting.occurrences.get_mut(cancelled) {
                occurrence.deleted = true;
            }
        }
        meeting
    }

    /// A UUID; an awkward one begins with a slash or has two of them, so that it must be
    /// percent-encoded twice in a path.
    fn uuid(&mut self, awkward: bool) -> String {
        let uuid = secrets::meeting_uuid(&mut self.rng);
        if awkward { secrets::awkward(uuid) } else { uuid }
    }
}

fn settings(plan: &Planned) -> Map<String, Value> {
    let mut settings = Map::new();
    if plan.registration != Registration::None {
        settings.insert("approval_type".to_owned(), json!(plan.registration.approval_type()));
    }
    if !plan.invitees.is_empty() {
        let invitees: Vec<Value> =
            plan.invitees.iter().map(|email| json!({"email": email, "internal_user": false})).collect();
        settings.insert("meeting_invitees".to_owned(), invitees.into());
    }
    settings
}
