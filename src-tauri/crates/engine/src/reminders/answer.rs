//! What the window and the desktop may ask of reminders, and what they answer to them.

use std::sync::Arc;

use chrono::{DateTime, Days, TimeDelta, Utc};
use liaison_domain::wall_time;
use liaison_store::tables::meetings;

use crate::config::{Notice, NoticeAnswer, Place, Said};
use crate::context::Context;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::reminders::look;
use crate::reminders::notice;
use crate::reminders::preferences::{self, LEADS, SNOOZES};
use crate::reminders::recordings;
use crate::reminders::state::{Open, State};
use crate::reminders::stored::{self, Choice, StoredBell};
use crate::reminders::view::{
    MeetingBell, MeetingReminder, NoticeClick, NoticeFate, ReminderNotice, ReminderPause, ReminderSettings, Reminders,
};
use crate::session::settings;
use crate::terms::{Tag, UtcMs, request_id};

impl Engine {
    /// Everything about reminders that the window shows.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn reminders(&self) -> Result<Reminders, Error> {
        let cx = self.profile().await?;
        let now = cx.now();
        let (settings, kept) = cx.store.read(|db| Ok((preferences::read(db)?, stored::read(db)?))).await?;
        let state = cx.state::<State>();
        let (open, trial) = {
            let notices = state.notices();
            (notices.open().to_vec(), notices.trial().map(|(_, fate)| *fate))
        };
        let mut shown = Vec::with_capacity(open.len());
        for Open { id, missed, fate, of } in open {
            shown.push(ReminderNotice { id, missed, fate, rows: notice::rows(&cx, &of).await? });
        }
        let paused_until = paused(kept.paused_until(), now).map(crate::failure::utc_ms);
        Ok(Reminders { settings, paused_until, notices: shown, trial })
    }

    /// Stores what the user wants.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields at fault.
    pub async fn update_reminders(&self, new: ReminderSettings) -> Result<(), Error> {
        let new = new.checked()?;
        let cx = self.profile().await?;
        // Whatever was due under the old settings is said under them.
        look(&cx).await?;
        cx.store.write(move |tx| preferences::write(tx, &new)).await?;
        cx.changed(&[Tag::Reminders]);
        Ok(())
    }

    /// Says nothing for a while, or goes on.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn pause_reminders(&self, pause: ReminderPause) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (now, zone) = (cx.now(), cx.zone());
        let until = match pause {
            ReminderPause::HalfAnHour => Some(now + TimeDelta::minutes(30)),
            ReminderPause::Hour => Some(now + TimeDelta::hours(1)),
            ReminderPause::Tomorrow => {
                Some(wall_time::start_of_day(wall_time::local_date(now, zone) + Days::new(1), zone))
            }
            ReminderPause::None => None,
        };
        cx.store.write(move |tx| stored::change(tx, |kept| kept.pause(until))).await?;
        cx.changed(&[Tag::Reminders]);
        Ok(())
    }

    /// What was chosen for one meeting.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not there.
    pub async fn meeting_reminder(&self, meeting: String) -> Result<MeetingReminder, Error> {
        let cx = self.profile().await?;
        let start_ms = start_of(&cx, &meeting).await?;
        let entered = cx.entered_all().get(&meeting) == Some(&start_ms);
        let kept = cx.store.read(stored::read).await?;
        let choice = kept.choice(&meeting, start_ms).cloned().unwrap_or_default();
        Ok(MeetingReminder {
            bell: match kept.bell(&meeting) {
                None => MeetingBell::Usual,
                Some(StoredBell::Silent) => MeetingBell::Silent,
                Some(StoredBell::Before { minutes }) => MeetingBell::Before { minutes },
            },
            dismissed: choice.dismissed,
            joined: entered || choice.joined,
            snoozed_until: choice.snoozed_until_ms.map(UtcMs),
        })
    }

    /// Gives one meeting a bell of its own; it keeps it when it is moved.
    ///
    /// # Errors
    /// [`Error::Invalid`] with a time that can't be chosen.
    pub async fn set_meeting_bell(&self, meeting: String, bell: MeetingBell) -> Result<(), Error> {
        let bell = match bell {
            MeetingBell::Usual => None,
            MeetingBell::Silent => Some(StoredBell::Silent),
            MeetingBell::Before { minutes } if LEADS.contains(&minutes) => Some(StoredBell::Before { minutes }),
            MeetingBell::Before { .. } => return Err(out_of_range(LEADS)),
        };
        let cx = self.profile().await?;
        start_of(&cx, &meeting).await?;
        cx.store.write(move |tx| stored::change(tx, |kept| kept.ring(&meeting, bell))).await?;
        cx.changed(&[Tag::Meetings, Tag::Reminders]);
        Ok(())
    }

    /// Stops the reminders of a meeting until it is moved, or takes that back.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not there.
    pub async fn dismiss_meeting(&self, meeting: String, dismissed: bool) -> Result<(), Error> {
        let cx = self.profile().await?;
        let start_ms = start_of(&cx, &meeting).await?;
        choose(&cx, vec![(meeting, UtcMs(start_ms))], move |choice| choice.dismissed = dismissed).await
    }

    /// The user is in a meeting already, by another way than from here.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not there.
    pub async fn mark_joined(&self, meeting: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let start_ms = start_of(&cx, &meeting).await?;
        choose(&cx, vec![(meeting, UtcMs(start_ms))], |choice| choice.joined = true).await
    }

    /// Reminds again of what a notice was about.
    ///
    /// # Errors
    /// [`Error::Gone`] when nobody waits for an answer any more.
    pub async fn snooze_reminder(&self, notice: String, minutes: u32) -> Result<(), Error> {
        if !SNOOZES.contains(&minutes) {
            return Err(out_of_range(SNOOZES));
        }
        let cx = self.profile().await?;
        let open = take(&cx, &notice)?;
        let until = cx.now() + TimeDelta::minutes(minutes.into());
        choose(&cx, open.of, move |choice| choice.snoozed_until_ms = Some(until.timestamp_millis())).await
    }

    /// No more of what a notice was about. What was missed is only put away.
    ///
    /// # Errors
    /// [`Error::Gone`] when nobody waits for an answer any more.
    pub async fn dismiss_reminder(&self, notice: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let open = take(&cx, &notice)?;
        if open.missed {
            return Ok(());
        }
        choose(&cx, open.of, |choice| choice.dismissed = true).await
    }

    /// Joins what a notice was about; of several the window lets the user choose.
    ///
    /// # Errors
    /// [`Error::Gone`] when nobody waits for an answer any more, or as for joining. The window then shows the meeting.
    pub async fn join_reminder(&self, notice: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let open = cx.state::<State>().notices().get(&notice).ok_or(Error::Gone)?;
        let place = notice::place(&open.of);
        let outcome = match notice::rows(&cx, &open.of).await?.as_slice() {
            [row] if row.host => self.start_meeting(row.id.clone()).await,
            [row] => self.join_meeting(row.id.clone()).await,
            _ => {
                cx.config().desktop.show(place);
                return Ok(());
            }
        };
        match outcome {
            Ok(()) => drop(take(&cx, &notice)),
            Err(_) => cx.config().desktop.show(place),
        }
        outcome
    }

    /// Shows a notification that says nothing, so that the user sees whether they appear.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn test_notification(&self) -> Result<(), Error> {
        let cx = self.profile().await?;
        let language = settings::load(&cx.store).await?.language;
        let id = request_id();
        cx.state::<State>().notices().try_one(id.clone());
        cx.changed(&[Tag::Reminders]);
        cx.config().desktop.notify(Notice { id, language, said: Said::Trial, can_join: false, snooze: None });
        Ok(())
    }

    /// The desktop tells what became of a notification. One that the system did not show is shown by the window.
    pub async fn notice_became(&self, id: String, fate: NoticeFate) {
        let Ok(cx) = self.profile().await else { return };
        let open = cx.state::<State>().notices().get(&id);
        if cx.state::<State>().notices().became(&id, fate) {
            cx.changed(&[Tag::Reminders]);
        }
        if let Some(open) = open
            && fate == NoticeFate::Blocked
            && !cx.is_watched()
        {
            cx.config().desktop.show(notice::place(&open.of));
        }
    }

    /// The user did something with a notification.
    pub async fn answer_notice(&self, id: String, answer: NoticeAnswer) {
        let Ok(cx) = self.profile().await else { return };
        let state = cx.state::<State>();
        state.notices().became(&id, NoticeFate::Clicked);
        cx.changed(&[Tag::Reminders]);
        if let Some(meeting) = recordings::meeting_of(&id) {
            cx.config().desktop.show(Place::Meeting { id: meeting.to_owned() });
            return;
        }
        let Some(open) = state.notices().get(&id) else {
            let trial = state.notices().trial().is_some_and(|(trial, _)| *trial == id);
            // A notification may outlive what it was about.
            cx.config().desktop.show(if trial { Place::ReminderSettings } else { Place::Today });
            return;
        };
        let outcome = match answer {
            NoticeAnswer::Join => self.join_reminder(id).await,
            NoticeAnswer::Snooze => match snooze_minutes(&cx).await {
                Ok(minutes) => self.snooze_reminder(id, minutes).await,
                Err(error) => Err(error),
            },
            NoticeAnswer::Clicked => self.clicked(&cx, id, &open).await,
        };
        if let Err(error) = outcome {
            tracing::warn!(error = error.chain(), "a notification could not be answered");
        }
    }

    async fn clicked(&self, cx: &Arc<Context>, id: String, open: &Open) -> Result<(), Error> {
        let click = cx.store.read(|db| Ok(preferences::read(db)?.click)).await?;
        if click == NoticeClick::Join && !open.missed && open.of.len() == 1 {
            return self.join_reminder(id).await;
        }
        cx.config().desktop.show(notice::place(&open.of));
        Ok(())
    }
}

async fn snooze_minutes(cx: &Context) -> Result<u32, Error> {
    Ok(cx.store.read(|db| Ok(preferences::read(db)?.snooze_minutes)).await?)
}

fn out_of_range(range: std::ops::RangeInclusive<u32>) -> Error {
    let (min, max) = range.into_inner();
    Error::Invalid { issues: vec![FieldIssue { field: Field::Minutes, problem: Problem::OutOfRange { min, max } }] }
}

/// The notice, which is answered by this.
fn take(cx: &Context, id: &str) -> Result<Open, Error> {
    let state = cx.state::<State>();
    let mut notices = state.notices();
    let open = notices.get(id).ok_or(Error::Gone)?;
    notices.close(id);
    drop(notices);
    cx.changed(&[Tag::Reminders]);
    Ok(open)
}

async fn start_of(cx: &Context, meeting: &str) -> Result<i64, Error> {
    let key = meeting.to_owned();
    let found = cx.store.read(move |db| meetings::meeting(db, &key)).await?;
    found.filter(|record| record.gone_utc_ms.is_none()).and_then(|record| record.start_utc_ms).ok_or(Error::Gone)
}

async fn choose(
    cx: &Context,
    of: Vec<(String, UtcMs)>,
    change: impl Fn(&mut Choice) + Send + 'static,
) -> Result<(), Error> {
    cx.store
        .write(move |tx| {
            stored::change(tx, |kept| {
                for (meeting, start) in &of {
                    kept.choose(meeting, start.0, &change);
                }
            })
        })
        .await?;
    cx.changed(&[Tag::Meetings, Tag::Reminders]);
    Ok(())
}

/// The moment at which a pause ends, for whoever shows it.
pub(super) fn paused(until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    until.filter(|until| *until > now)
}
