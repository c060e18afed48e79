//! Asks Zoom once a day who the user is there: their plan and its add-ons, their telephone, their own room.
//!
//! Each part may be refused by itself: a scope or a right is missing, and the card says which.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_store::tables::zoom_user::{self, RoomSecrets, Told, ZoomUserRecord};
use liaison_zoom::{ErrorKind, PhoneUser, User, UserSettings, UserType, ZoomError};
use secrecy::SecretString;

use crate::context::Context;
use crate::failure::Error;
use crate::pull::access::{AddOns, HasAddOn};
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen, zoom_failed};
use crate::terms::{Provider, Tag};

const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::hours(24), watched: TimeDelta::hours(24), unwatched: TimeDelta::hours(24) };

/// The user in Zoom.
pub(crate) struct ZoomUser;

impl Pull for ZoomUser {
    fn name(&self) -> &'static str {
        "zoom_user"
    }

    fn service(&self) -> Provider {
        Provider::Zoom
    }

    fn tag(&self) -> Tag {
        Tag::Session
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        Some(seen.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(run(cx))
    }
}

/// A part, or why it can't be read.
struct Part<T> {
    found: Option<T>,
    told: Told,
    scope: Option<String>,
}

impl<T> Part<T> {
    fn of(answer: Result<Option<T>, ZoomError>) -> Result<Self, ZoomError> {
        let refused = |told, scope| Ok(Self { found: None, told, scope });
        match answer {
            Ok(Some(found)) => Ok(Self { found: Some(found), told: Told::Read, scope: None }),
            Ok(None) => refused(Told::None, None),
            Err(error) => match error.kind() {
                Some(ErrorKind::ScopeMissing { scopes }) => refused(Told::Scope, scopes.first().cloned()),
                Some(ErrorKind::Forbidden) => refused(Told::Forbidden, None),
                Some(ErrorKind::NotLicensed) => refused(Told::None, None),
                _ => Err(error),
            },
        }
    }
}

async fn run(cx: &Arc<Context>) -> Result<Pulled, Error> {
    let zoom = cx.zoom().ok_or(Error::NotConnected { provider: Provider::Zoom })?;
    let owner = cx.owner(Provider::Zoom, &zoom.user_id, &zoom.account_id);
    let failed = zoom_failed(cx);
    let user = zoom.api.users().me().await.map_err(&failed)?;
    let settings = Part::of(zoom.api.users().settings().await.map(Some)).map_err(&failed)?;
    let phone = Part::of(zoom.api.phone().user().await).map_err(&failed)?;
    let (record, secrets) = record(&user, &settings, &phone, cx.now_ms());
    let (user_id, add_ons, sealer) = (record.user_id.clone(), add_ons(&record), cx.store.sealer());
    cx.write_for(&owner, move |tx| zoom_user::put(tx, &sealer, &record, &secrets)).await?;
    cx.state::<AddOns>().set(user_id, add_ons);
    cx.changed(&[Tag::Calls, Tag::Webinars]);
    Ok(Pulled { ending: Ending::Whole, ..Pulled::default() })
}

/// What the rooms follow until they have asked themselves.
pub(super) fn add_ons(record: &ZoomUserRecord) -> HasAddOn {
    HasAddOn { webinar: record.webinar, phone: record.phone }
}

fn record(
    user: &User,
    settings: &Part<UserSettings>,
    phone: &Part<PhoneUser>,
    now_ms: i64,
) -> (ZoomUserRecord, RoomSecrets) {
    let feature = settings.found.as_ref().and_then(|found| found.feature.as_ref());
    let schedule = settings.found.as_ref().and_then(|found| found.schedule_meeting.as_ref());
    let numbers = phone.found.as_ref().and_then(|found| found.phone_numbers.as_ref());
    let secrets = RoomSecrets {
        url: user.personal_meeting_url.as_ref().map(|url| SecretString::from(url.expose())),
        passcode: schedule
            .and_then(|found| found.pmi_password.as_ref())
            .filter(|passcode| !passcode.expose().is_empty())
            .map(|passcode| SecretString::from(passcode.expose())),
    };
    let record = ZoomUserRecord {
        user_id: user.id.clone(),
        email: user.email.clone(),
        plan: user.user_type.map(plan),
        settings_told: settings.told,
        settings_scope: settings.scope.clone(),
        webinar: feature.and_then(|found| found.webinar),
        webinar_capacity: feature.and_then(|found| found.webinar_capacity),
        phone: feature.and_then(|found| found.zoom_phone),
        large_meeting: feature.and_then(|found| found.large_meeting),
        large_meeting_capacity: feature.and_then(|found| found.large_meeting_capacity),
        events: feature.and_then(|found| found.zoom_events),
        meeting_capacity: feature.and_then(|found| found.meeting_capacity),
        phone_told: phone.told,
        phone_scope: phone.scope.clone(),
        phone_id: phone.found.as_ref().and_then(|found| found.phone_user_id.clone().or_else(|| found.id.clone())),
        extension: phone.found.as_ref().and_then(|found| found.extension_number.clone()),
        numbers: numbers.into_iter().flatten().map(|number| number.number.clone()).collect(),
        room: user.pmi.and_then(|number| i64::try_from(number.0).ok()),
        room_for_scheduled: schedule.and_then(|found| found.use_pmi_for_scheduled_meetings),
        read_utc_ms: now_ms,
    };
    (record, secrets)
}

/// Zoom's number of a plan.
fn plan(of: UserType) -> i64 {
    match of {
        UserType::Basic => BASIC,
        UserType::Licensed => LICENSED,
        UserType::Unassigned => 4,
        _ => 99,
    }
}

pub(super) const BASIC: i64 = 1;
pub(super) const LICENSED: i64 = 2;
