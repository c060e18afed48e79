//! What the tray shows: faults first, then what is next, and what waits for the user.
//!
//! Facts only; the words, the icon and the menu are the desktop's.

use liaison_store::tables::calls::{self, Between, Chip};
use liaison_store::tables::outbox::{self, Group, OutboxCounts};

use crate::engine::Engine;
use crate::failure::Error;
use crate::meetings::view::{DayItem, MeetingRow, Progress};
use crate::outbox::groups::REGISTER_PEOPLE;
use crate::reminders::notice::clock;
use crate::reminders::{answer, preferences, stored};
use crate::session::settings::paused;
use crate::session::view::{Phase, Status};
use crate::terms::{Language, Provider};

/// Meetings in the menu besides the next one.
const MORE: usize = 6;
/// Steps in which a registration is told: a menu that is open is drawn anew with each.
const STEPS: u32 = 20;

/// Everything that the tray's menu and icon are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tray {
    pub language: Language,
    pub fault: Option<TrayFault>,
    pub next: Option<TrayMeeting>,
    /// What follows today.
    pub more: Vec<TrayMeeting>,
    /// People who are being registered now.
    pub registering: Option<TrayJob>,
    pub calls_to_link: u32,
    pub outbox_needs_you: u32,
    pub hide_titles: bool,
    /// Until when reminders pause, on the user's clock.
    pub paused_until: Option<String>,
    /// There is a profile: without one only opening and quitting make sense.
    pub open: bool,
}

/// What is wrong, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayFault {
    Locked,
    SignInNeeded(Provider),
    Failing(Provider),
    Offline,
}

/// How far a registration of many is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrayJob {
    /// About so many are through; never more than are.
    pub done: u32,
    pub total: u32,
}

/// A meeting in the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayMeeting {
    pub id: String,
    /// None while titles are hidden.
    pub title: Option<String>,
    /// The start on the user's clock.
    pub at: String,
    /// Until the start, rounded up; 0 or less when it has begun.
    pub minutes: i64,
    pub can_join: bool,
}

impl Engine {
    /// What the tray shows now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tray(&self) -> Result<Tray, Error> {
        let state = self.app_state().await?;
        let fault = match (&state.phase, &state.status) {
            (Phase::Locked { .. }, _) => Some(TrayFault::Locked),
            (Phase::Welcome, _) => None,
            (_, Status::SignInNeeded { provider }) => Some(TrayFault::SignInNeeded(*provider)),
            (_, Status::Failing { provider, .. }) => Some(TrayFault::Failing(*provider)),
            (_, Status::Offline { .. }) => Some(TrayFault::Offline),
            _ => None,
        };
        let mut tray = Tray {
            language: state.settings.language,
            fault,
            next: None,
            more: Vec::new(),
            registering: None,
            calls_to_link: 0,
            outbox_needs_you: state.needs_you,
            hide_titles: false,
            paused_until: None,
            open: false,
        };
        if !matches!(state.phase, Phase::Ready { .. }) {
            return Ok(tray);
        }
        let cx = self.profile().await?;
        let now = cx.now();
        let all = Between { from_utc_ms: i64::MIN, to_utc_ms: i64::MAX };
        let (settings, kept, calls_to_link, groups) = cx
            .store
            .read(move |db| {
                let to_link = calls::count(db, Chip::ToLink, all)?;
                // Nothing goes on while the user has paused sending.
                let groups = if paused(db)? { Vec::new() } else { outbox::groups_open(db)? };
                Ok((preferences::read(db)?, stored::read(db)?, to_link, groups))
            })
            .await?;
        let meeting = |row: &MeetingRow| TrayMeeting {
            id: row.id.clone(),
            title: (!settings.hide_titles).then(|| row.topic.clone()),
            at: clock(&cx, row.start),
            minutes: (row.start.0 - now.timestamp_millis() + 59_999).div_euclid(60_000),
            can_join: row.host || row.joinable,
        };
        let next = self.next_up().await?.map(|next| next.row);
        let next_id = next.as_ref().map(|row| row.id.clone());
        let day = self.day(0).await?;
        let rows = day.items.iter().filter_map(|item| match item {
            DayItem::Meeting { row } => Some(row.as_ref()),
            DayItem::Gap { .. } | DayItem::Busy { .. } => None,
        });
        let comes = |row: &&MeetingRow| {
            row.start.0 > now.timestamp_millis()
                && row.progress != Progress::Cancelled
                && Some(&row.id) != next_id.as_ref()
        };
        tray.more = rows.filter(comes).take(MORE).map(meeting).collect();
        tray.next = next.as_ref().map(meeting);
        tray.registering = registering(&groups);
        tray.calls_to_link = calls_to_link;
        tray.hide_titles = settings.hide_titles;
        let paused = answer::paused(kept.paused_until(), now);
        tray.paused_until = paused.map(|until| clock(&cx, crate::failure::utc_ms(until)));
        tray.open = true;
        Ok(tray)
    }

    /// Hides topics and names in notifications and in the tray, or shows them again.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn hide_titles(&self, hide: bool) -> Result<(), Error> {
        let settings = self.reminders().await?.settings;
        self.update_reminders(super::view::ReminderSettings { hide_titles: hide, ..settings }).await
    }

    /// Enters the meeting that is meant now; where that is not clear, the window asks. A second press at once does
    /// nothing.
    ///
    /// # Errors
    /// As for joining; the window then shows the meeting.
    pub async fn smart_join(&self) -> Result<(), Error> {
        use crate::config::Place;
        use crate::meetings::view::Join;
        let cx = self.profile().await?;
        let Some(turn) = cx.turn_of_due() else { return Ok(()) };
        let Some(next) = self.next_up().await? else {
            cx.config().desktop.show(Place::Today);
            return Ok(());
        };
        let row = next.row;
        let outcome = match next.join {
            Join::One if row.host => self.start_meeting(row.id.clone()).await,
            Join::One => self.join_meeting(row.id.clone()).await,
            _ => {
                cx.config().desktop.show(Place::Today);
                return Ok(());
            }
        };
        match outcome {
            Ok(()) => turn.opened(cx.now()),
            Err(_) => cx.config().desktop.show(Place::Meeting { id: row.id }),
        }
        outcome
    }
}

/// The newest registration that goes on.
fn registering(groups: &[(Group, OutboxCounts)]) -> Option<TrayJob> {
    let goes_on = |(group, counts): &&(Group, OutboxCounts)| {
        group.kind == REGISTER_PEOPLE && !group.paused && counts.unsent() > 0
    };
    groups.iter().find(goes_on).map(|(_, counts)| {
        let total = counts.total();
        let step = total.div_ceil(STEPS).max(1);
        TrayJob { done: (total - counts.unsent()) / step * step, total }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::groups::{FILL_CAMPAIGN, begun};

    #[test]
    fn a_registration_is_told_while_it_goes_on_and_in_steps() {
        let of = |kind: &str, paused: bool, pending: u32, done: u32| {
            let group = Group { paused, ..begun("g", kind, "Launch", 0) };
            (group, OutboxCounts { pending, done, ..OutboxCounts::default() })
        };
        let told = |groups: &[(Group, OutboxCounts)]| registering(groups).map(|job| (job.done, job.total));
        assert_eq!(told(&[of(REGISTER_PEOPLE, false, 271, 129)]), Some((120, 400)));
        assert_eq!(told(&[of(REGISTER_PEOPLE, false, 2, 1)]), Some((1, 3)));
        assert_eq!(told(&[of(REGISTER_PEOPLE, false, 0, 3), of(FILL_CAMPAIGN, false, 5, 0)]), None);
        assert_eq!(told(&[of(REGISTER_PEOPLE, true, 4, 0), of(REGISTER_PEOPLE, false, 4, 0)]), Some((0, 4)));
    }
}
