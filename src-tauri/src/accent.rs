//! The colour that the desktop gives to what is chosen: the portal's on Linux, the title bars' on Windows. macOS tells
//! its own to native programs alone, so there it is not known.
//!
//! It is asked for when the window wants it, and never watched: nobody is woken for a colour.

use std::sync::{Mutex, PoisonError};

use liaison_engine::view::Colour;

/// As it was told last: for the first picture of a window that is opened again.
static LAST: Mutex<Option<Colour>> = Mutex::new(None);

pub fn last() -> Option<Colour> {
    *LAST.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the desktop has now; none where it tells none. One that gives no answer has what it had.
pub async fn ask() -> Option<Colour> {
    let Some(told) = told().await else { return last() };
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = told;
    told
}

#[cfg(target_os = "linux")]
async fn told() -> Option<Option<Colour>> {
    /// A portal that has to be started first takes a moment; a colour is worth no longer wait.
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);
    let asked = async { of_the_portal(&zbus::Connection::session().await?).await };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(colour)) => Some(colour),
        Ok(Err(error)) => {
            tracing::debug!(%error, "the desktop tells no colour");
            None
        }
        Err(_) => None,
    }
}

/// `org.freedesktop.appearance accent-color`: three numbers from 0 to 1, and others where the user has chosen none
/// (<https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>).
#[cfg(target_os = "linux")]
async fn of_the_portal(connection: &zbus::Connection) -> zbus::Result<Option<Colour>> {
    let asked = ("org.freedesktop.appearance", "accent-color");
    let settings = Some("org.freedesktop.portal.Settings");
    let portal = Some("org.freedesktop.portal.Desktop");
    let reply = connection.call_method(portal, "/org/freedesktop/portal/desktop", settings, "ReadOne", &asked).await?;
    let value: zbus::zvariant::OwnedValue = reply.body().deserialize()?;
    let (red, green, blue): (f64, f64, f64) = value.try_into()?;
    Ok(of_parts([red, green, blue]))
}

#[cfg(target_os = "linux")]
fn of_parts(parts: [f64; 3]) -> Option<Colour> {
    if !parts.iter().all(|part| (0.0..=1.0).contains(part)) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 255")]
    let [red, green, blue] = parts.map(|part| (part * 255.0).round() as u8);
    Some(Colour { red, green, blue })
}

/// Windows keeps it as `0xAABBGGRR`.
#[cfg(windows)]
#[expect(clippy::unused_async, reason = "elsewhere it is waited for")]
async fn told() -> Option<Option<Colour>> {
    let key = windows_registry::CURRENT_USER.open(r"Software\Microsoft\Windows\DWM").ok()?;
    let [red, green, blue, _] = key.get_u32("AccentColor").ok()?.to_le_bytes();
    Some(Some(Colour { red, green, blue }))
}

#[cfg(not(any(target_os = "linux", windows)))]
#[expect(clippy::unused_async, reason = "elsewhere it is waited for")]
async fn told() -> Option<Option<Colour>> {
    Some(None)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test ends with what fails")]

    use zbus::zvariant::{OwnedValue, Value};

    use super::*;
    use crate::test_bus::Bus;

    struct Portal(Option<(f64, f64, f64)>);

    #[zbus::interface(name = "org.freedesktop.portal.Settings")]
    impl Portal {
        fn read_one(&self, namespace: &str, key: &str) -> zbus::fdo::Result<OwnedValue> {
            assert_eq!((namespace, key), ("org.freedesktop.appearance", "accent-color"));
            let parts = self.0.ok_or_else(|| zbus::fdo::Error::Failed("Requested setting not found".to_owned()))?;
            Ok(Value::from(parts).try_to_owned().unwrap())
        }
    }

    async fn told_by(portal: Portal) -> Option<zbus::Result<Option<Colour>>> {
        let bus = Bus::start()?;
        let served = bus.connect().serve_at("/org/freedesktop/portal/desktop", portal).unwrap();
        let _service = served.name("org.freedesktop.portal.Desktop").unwrap().build().await.unwrap();
        Some(of_the_portal(&bus.connect().build().await.unwrap()).await)
    }

    #[tokio::test]
    async fn the_portal_tells_a_colour_or_that_none_was_chosen() {
        let Some(orange) = told_by(Portal(Some((1.0, 0.4706, 0.0)))).await else { return };
        assert_eq!(orange.unwrap(), Some(Colour { red: 255, green: 120, blue: 0 }));
        assert_eq!(told_by(Portal(Some((-1.0, -1.0, -1.0)))).await.unwrap().unwrap(), None);
        assert!(told_by(Portal(None)).await.unwrap().is_err(), "an older portal knows of none");
    }

    #[test]
    fn what_is_no_colour_is_none() {
        assert_eq!(of_parts([0.0, 1.0, f64::NAN]), None);
        assert_eq!(of_parts([0.0, 1.0, 1.1]), None);
        assert_eq!(of_parts([0.0, 1.0, 0.5]), Some(Colour { red: 0, green: 255, blue: 128 }));
    }
}
