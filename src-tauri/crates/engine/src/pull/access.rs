//! Whether the user may read what a room shows: a licence, a scope or a role may be missing, and everything else of
//! Zoom works all the same. Found out by the room's pull, and forgotten when the program ends.

use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_zoom::{ErrorKind, ZoomError};
use serde::Serialize;
use specta::Type;

use super::zoom_failed;
use crate::context::{Context, ZoomAccount};
use crate::failure::Error;

/// Whether what a room shows can be read in Zoom.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RoomAccess {
    /// Not asked yet since the program started.
    #[default]
    Unknown,
    Ready,
    /// Nobody is signed in to Zoom.
    NotConnected,
    /// The user's plan has none of it. For the administrator: assign a licence.
    NoLicence,
    /// The app lacks a scope, by Zoom's name. For the administrator: add it, then sign in again.
    MissingScope {
        scope: String,
    },
    /// The user's role may not.
    Forbidden,
}

/// What was found out for a room, told apart by its type.
pub(crate) struct Access<Room> {
    found: Mutex<Option<(RoomAccess, DateTime<Utc>)>>,
    room: PhantomData<fn() -> Room>,
}

impl<Room> Default for Access<Room> {
    fn default() -> Self {
        Self { found: Mutex::default(), room: PhantomData }
    }
}

impl<Room> Access<Room> {
    pub fn set(&self, access: RoomAccess, now: DateTime<Utc>) {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some((access, now));
    }

    pub fn get(&self) -> RoomAccess {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.as_ref().map(|(access, _)| access.clone()).unwrap_or_default()
    }

    /// It was found out a moment ago that there is nothing to read. A clock that was set back asks again.
    pub fn is_refused_within(&self, time: TimeDelta, now: DateTime<Utc>) -> bool {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = |access: &RoomAccess| !matches!(access, RoomAccess::Ready | RoomAccess::Unknown);
        found.as_ref().is_some_and(|(access, at)| refused(access) && *at <= now && now - *at < time)
    }
}

/// What is known now.
pub(crate) fn now<Room: 'static>(cx: &Context) -> RoomAccess {
    if cx.zoom().is_none() { RoomAccess::NotConnected } else { cx.state::<Access<Room>>().get() }
}

/// What the user's plan has, as Zoom said it last; nothing where it did not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct HasAddOn {
    pub webinar: Option<bool>,
    pub phone: Option<bool>,
}

/// The add-ons that rooms stand on, and whose they are: asked once a day, so a room knows what it is told before it
/// has asked itself.
#[derive(Default)]
pub(crate) struct AddOns(Mutex<(String, HasAddOn)>);

impl AddOns {
    pub fn set(&self, user_id: String, has: HasAddOn) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (user_id, has);
    }

    /// Nothing of somebody else who was signed in before.
    fn of(&self, user_id: &str) -> HasAddOn {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == user_id { kept.1 } else { HasAddOn::default() }
    }
}

/// What is known now of a room that an add-on is needed for. What the room found out itself counts for more.
pub(crate) fn with_add_on<Room: 'static>(cx: &Context, has: fn(HasAddOn) -> Option<bool>) -> RoomAccess {
    let theirs = |zoom: ZoomAccount| cx.state::<AddOns>().of(&zoom.user_id);
    match now::<Room>(cx) {
        RoomAccess::Unknown if cx.zoom().map(theirs).and_then(has) == Some(false) => RoomAccess::NoLicence,
        found => found,
    }
}

/// Why a round ended early.
#[derive(Debug)]
pub(crate) enum Failed {
    /// There is nothing for this user to see, and the user is told why.
    Access(RoomAccess),
    Command(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Command(error)
    }
}

/// A refusal that says what the user may see is a state and no failure.
pub(crate) fn failed(cx: &Context) -> impl Fn(ZoomError) -> Failed + use<> {
    let told = zoom_failed(cx);
    move |error| match error.kind() {
        Some(ErrorKind::ScopeMissing { scopes }) => {
            Failed::Access(RoomAccess::MissingScope { scope: scopes.first().cloned().unwrap_or_default() })
        }
        Some(ErrorKind::NotLicensed) => Failed::Access(RoomAccess::NoLicence),
        Some(ErrorKind::Forbidden) => Failed::Access(RoomAccess::Forbidden),
        _ => Failed::Command(told(error)),
    }
}
