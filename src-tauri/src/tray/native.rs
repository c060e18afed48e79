//! The icon on Windows and macOS, by Tauri.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tauri::image::Image;
use tauri::menu::{CheckMenuItem, IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

use super::{Action, Entry, Mood, Picture, act};
use crate::background::Background;
use crate::window;

type Actions = Arc<Mutex<HashMap<String, Action>>>;

pub(super) struct Shown {
    app: AppHandle<Wry>,
    icon: TrayIcon<Wry>,
    actions: Actions,
}

impl Shown {
    #[expect(clippy::unused_async, reason = "elsewhere it takes time")]
    pub async fn begin(app: &AppHandle<Wry>) -> Option<Self> {
        let actions = Actions::default();
        let known = Arc::clone(&actions);
        let built = TrayIconBuilder::with_id("main")
            .icon(icon(Mood::Normal))
            .icon_as_template(cfg!(target_os = "macos"))
            .tooltip("Liaison")
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_menu_event(move |app, event| {
                let action = known.lock().unwrap_or_else(PoisonError::into_inner).get(event.id().as_ref()).cloned();
                if let Some(action) = action {
                    act(app, action);
                }
            })
            .on_tray_icon_event(|icon, event| {
                let left = matches!(
                    event,
                    TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
                );
                if left && cfg!(windows) {
                    window::focus(icon.app_handle());
                }
            })
            .build(app);
        match built {
            Ok(icon) => {
                app.state::<Background>().set_tray(true);
                Some(Self { app: app.clone(), icon, actions })
            }
            Err(error) => {
                tracing::warn!(%error, "no icon beside the clock");
                window::tray_changed(app, false);
                None
            }
        }
    }

    #[expect(clippy::unused_async, reason = "elsewhere it takes time")]
    pub async fn show(&mut self, picture: &Picture) {
        if let Err(error) = self.try_show(picture) {
            tracing::warn!(%error, "the icon beside the clock could not be changed");
        }
    }

    fn try_show(&self, picture: &Picture) -> tauri::Result<()> {
        let mut actions = HashMap::new();
        let menu = Menu::new(&self.app)?;
        for entry in &picture.menu {
            menu.append(self.line(entry, &mut actions)?.as_ref())?;
        }
        *self.actions.lock().unwrap_or_else(PoisonError::into_inner) = actions;
        self.icon.set_menu(Some(menu))?;
        self.icon.set_icon(Some(icon(picture.mood)))?;
        self.icon.set_icon_as_template(cfg!(target_os = "macos"))?;
        self.icon.set_tooltip(Some(&picture.title))
    }

    fn line(&self, entry: &Entry, actions: &mut HashMap<String, Action>) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
        let app = &self.app;
        let mut known = |action: &Action| {
            let id = format!("tray-{}", actions.len());
            actions.insert(id.clone(), action.clone());
            id
        };
        Ok(match entry {
            Entry::Line => Box::new(PredefinedMenuItem::separator(app)?),
            Entry::Text(text) => Box::new(MenuItem::new(app, plain(text), false, None::<&str>)?),
            Entry::Act(text, action) => {
                Box::new(MenuItem::with_id(app, known(action), plain(text), true, None::<&str>)?)
            }
            Entry::Check(text, checked, action) => {
                Box::new(CheckMenuItem::with_id(app, known(action), plain(text), true, *checked, None::<&str>)?)
            }
            Entry::More(text, entries) => {
                let more = Submenu::new(app, plain(text), true)?;
                for entry in entries {
                    more.append(self.line(entry, actions)?.as_ref())?;
                }
                Box::new(more)
            }
        })
    }
}

/// An ampersand would mark the next letter as the key of the line.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}

/// macOS colours the dark one itself; the bar of Windows is dark unless it was changed.
fn icon(mood: Mood) -> Image<'static> {
    let light = cfg!(target_os = "macos");
    match (mood, light) {
        (Mood::Normal, true) => tauri::include_image!("icons/tray/light-normal.png"),
        (Mood::Attention, true) => tauri::include_image!("icons/tray/light-attention.png"),
        (Mood::Offline, true) => tauri::include_image!("icons/tray/light-offline.png"),
        (Mood::Normal, false) => tauri::include_image!("icons/tray/dark-normal.png"),
        (Mood::Attention, false) => tauri::include_image!("icons/tray/dark-attention.png"),
        (Mood::Offline, false) => tauri::include_image!("icons/tray/dark-offline.png"),
    }
}
