//! Who the user is in Zoom: their plan and its add-ons, their telephone, their own room. What it means for a room of
//! the window is that room's own; see [`crate::pull::access`].

pub(crate) mod pull;
pub(crate) mod view;

use liaison_domain::MeetingKey;
use liaison_domain::phone::{self, Regions};
use liaison_store::tables::zoom_user::{self, RoomLocks, Told, ZoomUserRecord};
use secrecy::ExposeSecret;

use crate::context::Context;
use crate::engine::Engine;
use crate::failure::{Error, utc_ms};
use crate::outbox::event::fields::without_password;
use crate::pull::access::{AddOns, RoomAccess};
use crate::session::settings;
use view::{PersonalRoom, RoomCopy, ZoomAddOn, ZoomPhone, ZoomPlan, ZoomService, ZoomUser};

/// What was known when the program ended, for the rooms.
pub(crate) async fn restore(cx: &Context) {
    match cx.store.read(zoom_user::get).await {
        Ok(Some((record, _))) => {
            let add_ons = pull::add_ons(&record);
            cx.state::<AddOns>().set(record.user_id, add_ons);
        }
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "what Zoom said of the user could not be read"),
    }
}

impl Engine {
    /// What Zoom says of the user; nothing before it was asked, and after signing out.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn zoom_user(&self) -> Result<Option<ZoomUser>, Error> {
        let cx = self.profile().await?;
        if cx.zoom().is_none() {
            return Ok(None);
        }
        let sealer = cx.store.sealer();
        let found = cx
            .store
            .read(move |db| match zoom_user::get(db)? {
                Some((record, locks)) => Ok(Some((record, locks, zoom_user::secrets(db, &sealer)?.url))),
                None => Ok(None),
            })
            .await?;
        Ok(found.map(|(record, locks, url)| {
            let link = url.as_ref().and_then(|url| without_password(url.expose_secret()));
            shown(&record, locks, link)
        }))
    }

    /// Puts the link of the user's own room, its number with the passcode, or the passcode alone on the clipboard.
    ///
    /// # Errors
    /// [`Error::Gone`] where Zoom did not tell it.
    pub async fn copy_room(&self, what: RoomCopy) -> Result<(), Error> {
        let cx = self.profile().await?;
        let sealer = cx.store.sealer();
        let found = cx.store.read(move |db| Ok((zoom_user::get(db)?, zoom_user::secrets(db, &sealer)?))).await?;
        let (Some((record, _)), secrets) = found else { return Err(Error::Gone) };
        let passcode = secrets.passcode.as_ref().map(ExposeSecret::expose_secret);
        let text = match what {
            RoomCopy::Link => secrets.url.as_ref().map(|url| url.expose_secret().to_owned()),
            RoomCopy::Passcode => passcode.map(str::to_owned),
            RoomCopy::NumberAndPasscode => {
                let language = settings::load(&cx.store).await?.language;
                let labels = (self.config().copy_labels)(language);
                record.room.map(|number| {
                    let lines = [
                        Some(format!("{}: {}", labels.meeting_id, grouped(number))),
                        passcode.map(|passcode| format!("{}: {passcode}", labels.passcode)),
                    ];
                    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
                })
            }
        };
        // A link is made to be pasted; a passcode that is spelled out is kept out of clipboard histories.
        self.copy(&text.ok_or(Error::Gone)?, what != RoomCopy::Link && passcode.is_some())
    }
}

fn grouped(number: i64) -> String {
    MeetingKey::new(u64::try_from(number).unwrap_or_default(), None).grouped_number()
}

fn access(told: Told, scope: Option<&String>) -> RoomAccess {
    match told {
        Told::Read => RoomAccess::Ready,
        Told::None => RoomAccess::NoLicence,
        Told::Forbidden => RoomAccess::Forbidden,
        Told::Scope => RoomAccess::MissingScope { scope: scope.cloned().unwrap_or_default() },
    }
}

fn shown(record: &ZoomUserRecord, locks: RoomLocks, link: Option<String>) -> ZoomUser {
    let add_on = |service, has, capacity: Option<u32>| ZoomAddOn {
        service,
        has,
        // Zoom also names a capacity for what the plan has not.
        capacity: capacity.filter(|people| has == Some(true) && *people > 0),
    };
    let read = record.settings_told == Told::Read;
    let add_ons = [
        add_on(ZoomService::Webinar, record.webinar, record.webinar_capacity),
        add_on(ZoomService::Phone, record.phone, None),
        add_on(ZoomService::LargeMeeting, record.large_meeting, record.large_meeting_capacity),
        add_on(ZoomService::Events, record.events, None),
    ];
    ZoomUser {
        user_id: record.user_id.clone(),
        email: record.email.clone(),
        plan: record.plan.map(|plan| match plan {
            pull::BASIC => ZoomPlan::Basic,
            pull::LICENSED => ZoomPlan::Licensed,
            _ => ZoomPlan::Without,
        }),
        meeting_capacity: record.meeting_capacity.filter(|people| *people > 0),
        add_ons_told: access(record.settings_told, record.settings_scope.as_ref()),
        add_ons: if read { add_ons.to_vec() } else { Vec::new() },
        phone_told: access(record.phone_told, record.phone_scope.as_ref()),
        phone: (record.phone_told == Told::Read).then(|| ZoomPhone {
            id: record.phone_id.clone(),
            extension: record.extension.clone(),
            numbers: record.numbers.iter().map(|number| dialled(number)).collect(),
        }),
        room: record.room.map(|number| PersonalRoom {
            number: grouped(number),
            link: link.map(|url| url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).to_owned()),
            has_passcode: locks.passcode,
            for_scheduled: record.room_for_scheduled == Some(true),
        }),
        as_of: utc_ms(chrono::DateTime::from_timestamp_millis(record.read_utc_ms).unwrap_or_default()),
    }
}

/// As it is dialled from abroad; what is none stays as it is.
fn dialled(text: &str) -> String {
    let number = phone::numbers(text, Regions::default()).into_iter().next();
    number.map_or_else(|| text.to_owned(), |number| number.format(None))
}
