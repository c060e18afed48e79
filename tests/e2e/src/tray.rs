//! The part of a desktop that takes the icons of programs. Where there is none, a program ends with its window, because
//! nobody could come back to it.

#![expect(clippy::unused_self, reason = "what a desktop offers has this shape")]

use std::collections::BTreeSet;

use xtask::failure::{Outcome, Tried};
use zbus::Connection;

/// It is there until it is dropped.
#[derive(Debug)]
pub struct Tray {
    _connection: Connection,
}

impl Tray {
    /// Offers a place for icons on a session bus.
    pub(crate) async fn on(bus: &str) -> Outcome<Self> {
        let connection = offered(bus).await.tried(|| "no place for icons on the session bus".to_owned())?;
        Ok(Self { _connection: connection })
    }
}

async fn offered(bus: &str) -> zbus::Result<Connection> {
    zbus::connection::Builder::address(bus)?
        .serve_at("/StatusNotifierWatcher", Watcher::default())?
        .name("org.kde.StatusNotifierWatcher")?
        .build()
        .await
}

/// Takes every icon and draws none of them.
#[derive(Default)]
struct Watcher {
    icons: BTreeSet<String>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&mut self, service: String) {
        self.icons.insert(service);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}
