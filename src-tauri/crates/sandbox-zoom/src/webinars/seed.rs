//! Turns the planned webinars of the world into records of the account.

use chrono::{DateTime, Utc};
use liaison_sandbox_kernel::world::meetings::Repeat;
use liaison_sandbox_kernel::world::webinars::Planned;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, json};

use super::panelists::Panels;
use crate::account::User;
use crate::meetings::recurrence::Recurrence;
use crate::meetings::{Loaded, Meeting, Meetings, kind};
use crate::registration::Rosters;
use crate::secrets;

/// The webinars at the start of a run, with their panels and what will be their registrants.
pub(crate) fn seeded(
    planned: Vec<Planned>,
    user: &User,
    (seed, now): (u64, DateTime<Utc>),
    rosters: &mut Rosters,
) -> (Meetings, Panels) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(7);
    let mut panels = Panels::default();
    let mut webinars = Meetings::of_webinars(rng.clone());
    for plan in planned {
        let (registrants, people) = (plan.registrants, plan.panelists.clone());
        let webinar = record(&mut webinars, plan, user, now);
        rosters.expect(webinar.id, registrants);
        for (name, email) in people {
            panels.add(webinar.id, name, email, &mut rng);
        }
        webinars.put(webinar);
    }
    (webinars, panels)
}

fn record(webinars: &mut Meetings, plan: Planned, user: &User, now: DateTime<Utc>) -> Meeting {
    let kind = match plan.repeat {
        Repeat::Once => kind::WEBINAR,
        Repeat::OnDemand => kind::WEBINAR_NO_TIME,
        Repeat::Weekly { .. } => kind::WEBINAR_SERIES,
    };
    let mut settings = Map::new();
    settings.insert("approval_type".to_owned(), json!(plan.registration.approval_type()));
    let (id, uuid, passcode, embedded_passcode) = webinars.new_identity();
    let mut webinar = Meeting {
        id,
        // One in three, so that clients meet such a UUID.
        uuid: if id % 3 == 0 { secrets::awkward(uuid) } else { uuid },
        kind,
        topic: plan.topic,
        agenda: plan.agenda,
        start: (kind != kind::WEBINAR_NO_TIME).then_some(plan.start),
        minutes: plan.minutes,
        zone: user.zone,
        passcode,
        embedded_passcode,
        settings,
        recurrence: None,
        occurrences: Vec::new(),
        tracking_fields: Vec::new(),
        pre_schedule: false,
        template_id: None,
        created_at: plan.created_at,
        source: "web_portal",
        live_until: None,
        awaited_since: now,
        ended_at: None,
        deleted: false,
        invited_by: None,
        given_to: None,
        loaded: Loaded::default(),
    };
    if let Repeat::Weekly { days, times, cancelled } = plan.repeat {
        webinar.recurrence = Some(Recurrence::weekly(&days, times));
        webinar.recur();
        webinar.start = webinar.occurrences.first().map(|first| first.start);
        if let Some(occurrence) = webinar.occurrences.get_mut(cancelled) {
            occurrence.deleted = true;
        }
    }
    webinar
}
