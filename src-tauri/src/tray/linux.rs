//! The icon on Linux: a StatusNotifierItem on the session bus, with no library of the system's behind it. It registers
//! again by itself when the desktop's part of it was restarted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ksni::menu::{CheckmarkItem, MenuItem, StandardItem, SubMenu};
use ksni::{Handle, Icon, OfflineReason, ToolTip, TrayMethods};
use tauri::{AppHandle, Manager, Wry};

use super::{Action, Entry, Mood, Picture, act};
use crate::background::Background;
use crate::window;

/// What the icon does in the program.
trait Seat: Send + Sync {
    fn act(&self, action: Action);
    /// The desktop shows the icon, or no longer.
    fn online(&self, shown: bool);
}

impl Seat for AppHandle<Wry> {
    fn act(&self, action: Action) {
        act(self, action);
    }

    fn online(&self, shown: bool) {
        if self.state::<Background>().set_tray(shown) {
            tracing::info!(shown, "the icon beside the clock");
            window::tray_changed(self, shown);
        }
    }
}

pub(super) struct Shown {
    handle: Handle<Item>,
}

impl Shown {
    /// Nothing where there is no session bus at all. A desktop that has no place for icons now may have one later.
    pub async fn begin(app: &AppHandle<Wry>) -> Option<Self> {
        Self::on(Arc::new(app.clone())).await
    }

    async fn on(seat: Arc<dyn Seat>) -> Option<Self> {
        let picture = Picture { mood: Mood::Normal, title: "Liaison".to_owned(), menu: Vec::new() };
        let missing = Arc::new(AtomicBool::new(false));
        let item = Item { seat: seat.clone(), missing: missing.clone(), picture, light_panel: prefers_light().await };
        match item.assume_sni_available(true).spawn().await {
            Ok(handle) => {
                // The library tells when the desktop's part comes back, and not that it was there from the beginning.
                if !missing.load(Ordering::Acquire) {
                    seat.online(true);
                }
                Some(Self { handle })
            }
            Err(error) => {
                tracing::info!(%error, "no icon beside the clock");
                None
            }
        }
    }

    pub async fn show(&mut self, picture: &Picture) {
        let picture = picture.clone();
        self.handle.update(|item| item.picture = picture).await;
    }
}

struct Item {
    seat: Arc<dyn Seat>,
    /// The desktop has had no place for the icon.
    missing: Arc<AtomicBool>,
    picture: Picture,
    light_panel: bool,
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "org.liaison.desktop".to_owned()
    }

    fn title(&self) -> String {
        "Liaison".to_owned()
    }

    fn status(&self) -> ksni::Status {
        if self.picture.mood == Mood::Attention { ksni::Status::NeedsAttention } else { ksni::Status::Active }
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        vec![icon(self.picture.mood, self.light_panel)]
    }

    fn attention_icon_pixmap(&self) -> Vec<Icon> {
        vec![icon(Mood::Attention, self.light_panel)]
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: "Liaison".to_owned(), description: escaped(&self.picture.title), ..ToolTip::default() }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.seat.act(Action::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.picture.menu.iter().map(line).collect()
    }

    fn watcher_online(&self) {
        self.seat.online(true);
    }

    fn watcher_offline(&self, _reason: OfflineReason) -> bool {
        self.missing.store(true, Ordering::Release);
        self.seat.online(false);
        true
    }
}

fn line(entry: &Entry) -> MenuItem<Item> {
    let does = |action: &Action| {
        let action = action.clone();
        Box::new(move |item: &mut Item| item.seat.act(action.clone())) as Box<dyn Fn(&mut Item) + Send>
    };
    match entry {
        Entry::Line => MenuItem::Separator,
        Entry::Text(text) => StandardItem { label: plain(text), enabled: false, ..StandardItem::default() }.into(),
        Entry::Act(text, action) => {
            StandardItem { label: plain(text), activate: does(action), ..StandardItem::default() }.into()
        }
        Entry::Check(text, checked, action) => {
            CheckmarkItem { label: plain(text), checked: *checked, activate: does(action), ..CheckmarkItem::default() }
                .into()
        }
        Entry::More(text, entries) => {
            SubMenu { label: plain(text), submenu: entries.iter().map(line).collect(), ..SubMenu::default() }.into()
        }
    }
}

/// An underscore would mark the next letter as the key of the line.
fn plain(text: &str) -> String {
    text.replace('_', "__")
}

/// Tips are markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn icon(mood: Mood, light_panel: bool) -> Icon {
    let image = match (mood, light_panel) {
        (Mood::Normal, true) => tauri::include_image!("icons/tray/light-normal.png"),
        (Mood::Attention, true) => tauri::include_image!("icons/tray/light-attention.png"),
        (Mood::Offline, true) => tauri::include_image!("icons/tray/light-offline.png"),
        (Mood::Normal, false) => tauri::include_image!("icons/tray/dark-normal.png"),
        (Mood::Attention, false) => tauri::include_image!("icons/tray/dark-attention.png"),
        (Mood::Offline, false) => tauri::include_image!("icons/tray/dark-offline.png"),
    };
    let size = |length| i32::try_from(length).unwrap_or_default();
    // Red, green, blue, alpha become alpha first.
    let data = image.rgba().chunks_exact(4).flat_map(|pixel| [pixel[3], pixel[0], pixel[1], pixel[2]]).collect();
    Icon { width: size(image.width()), height: size(image.height()), data }
}

/// Whether the desktop says that it is light. Panels of those that say nothing are dark.
async fn prefers_light() -> bool {
    const LIGHT: u32 = 2;
    let asked = async {
        let connection = zbus::Connection::session().await.ok()?;
        let reply = connection
            .call_method(
                Some("org.freedesktop.portal.Desktop"),
                "/org/freedesktop/portal/desktop",
                Some("org.freedesktop.portal.Settings"),
                "ReadOne",
                &("org.freedesktop.appearance", "color-scheme"),
            )
            .await
            .ok()?;
        let value: zbus::zvariant::OwnedValue = reply.body().deserialize().ok()?;
        u32::try_from(value).ok()
    };
    tokio::time::timeout(std::time::Duration::from_secs(2), asked).await.ok().flatten() == Some(LIGHT)
}

#[cfg(test)]
#[expect(clippy::unused_self, reason = "what a desktop offers has this shape")]
mod tests {
    use std::collections::HashMap;
    use std::sync::mpsc::{Sender, channel};
    use std::time::Duration;

    use zbus::zvariant::{OwnedValue, Value};

    use super::*;
    use crate::test_bus::{Bus, is_child};

    const PATIENCE: Duration = Duration::from_mins(1);

    #[test]
    fn icons_are_whole_and_letters_stay_letters() {
        for mood in [Mood::Normal, Mood::Attention, Mood::Offline] {
            for light in [true, false] {
                let icon = icon(mood, light);
                assert_eq!(icon.data.len(), usize::try_from(icon.width * icon.height * 4).unwrap());
                assert!(icon.data.chunks_exact(4).any(|pixel| pixel[0] == 255), "something is painted");
            }
        }
        assert_eq!(plain("a_b"), "a__b");
    }

    /// The part of a desktop that shows icons.
    struct Watcher(Sender<String>);

    #[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
    impl Watcher {
        fn register_status_notifier_item(&self, service: String) {
            self.0.send(service).unwrap();
        }

        #[zbus(property)]
        fn is_status_notifier_host_registered(&self) -> bool {
            true
        }
    }

    async fn watcher(bus: &Bus, heard: Sender<String>) -> zbus::Connection {
        let served = bus.connect().serve_at("/StatusNotifierWatcher", Watcher(heard)).unwrap();
        served.name("org.kde.StatusNotifierWatcher").unwrap().build().await.unwrap()
    }

    struct Told;

    impl Seat for Told {
        fn act(&self, action: Action) {
            println!("acted {action:?}");
        }

        fn online(&self, shown: bool) {
            println!("online {shown}");
        }
    }

    /// The program's side of the test below, in a process of its own.
    #[tokio::test]
    async fn child() {
        if !is_child() {
            return;
        }
        let mut shown = Shown::on(Arc::new(Told)).await.unwrap();
        let menu = vec![Entry::Text("Demo_1, now".to_owned()), Entry::Act("Join".to_owned(), Action::Join)];
        shown.show(&Picture { mood: Mood::Attention, title: "Demo".to_owned(), menu }).await;
        std::future::pending::<()>().await;
    }

    type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

    #[tokio::test(flavor = "multi_thread")]
    async fn the_icon_is_there_its_menu_acts_and_it_is_put_back_when_the_desktop_was_restarted() {
        let Some(bus) = Bus::start() else { return };
        let (heard, registered) = channel();
        let first = watcher(&bus, heard.clone()).await;
        let mut program = bus.run("tray::linux::tests::child");
        let item = registered.recv_timeout(PATIENCE).unwrap();
        assert_eq!(program.says("online "), "true");

        let desktop = bus.connect().build().await.unwrap();
        let menu = zbus::Proxy::new(&desktop, item.clone(), "/MenuBar", "com.canonical.dbusmenu").await.unwrap();
        let lines = async || {
            let (_, (_, _, lines)): (u32, Layout) = menu.call("GetLayout", &(0, -1, Vec::<&str>::new())).await.unwrap();
            let line =
                |line: OwnedValue| <(i32, HashMap<String, OwnedValue>, Vec<OwnedValue>)>::try_from(line).unwrap();
            lines.into_iter().map(line).collect::<Vec<_>>()
        };
        let all = tokio::time::timeout(PATIENCE, async {
            loop {
                let all = lines().await;
                if all.len() == 2 {
                    return all;
                }
                tokio::task::yield_now().await;
            }
        })
        .await
        .unwrap();
        let label = |line: &Layout| String::try_from(line.1["label"].try_clone().unwrap()).unwrap();
        assert_eq!(all.iter().map(label).collect::<Vec<_>>(), ["Demo__1, now", "Join"]);
        let clicked = (all[1].0, "clicked", Value::from(0_i32), 0_u32);
        let _: () = menu.call("Event", &clicked).await.unwrap();
        assert_eq!(program.says("acted "), "Join");

        // The desktop's part ends and comes again.
        drop(first);
        assert_eq!(program.says("online "), "false");
        let _again = watcher(&bus, heard).await;
        registered.recv_timeout(PATIENCE).unwrap();
        assert_eq!(program.says("online "), "true");
    }
}
