//! The menu bar of macOS. Its Quit ends the program without a word to it; ours asks like the window's own.
//!
//! «Quit» in the Dock's menu and a shutdown of the computer come to no handler that could ask (tauri issue 9198): the
//! program then ends in an orderly way, and what is not sent goes out after the next start.

use std::path::Path;

use liaison_engine::appearance;
use tauri::menu::{Menu, MenuItem, MenuItemKind};
use tauri::{AppHandle, Wry};

use crate::{texts, window};

const QUIT: &str = "quit";

/// Puts the system's usual menu in place, with a Quit of our own.
pub fn install(app: &AppHandle<Wry>, data_dir: &Path) -> tauri::Result<()> {
    let menu = Menu::default(app)?;
    if let Some(MenuItemKind::Submenu(own)) = menu.items()?.first() {
        let title = texts::quit(appearance::read(data_dir).language);
        let quit = MenuItem::with_id(app, QUIT, title, true, Some("CmdOrCtrl+Q"))?;
        // The system's own stands last.
        let last = own.items()?.len().saturating_sub(1);
        own.remove_at(last)?;
        own.append(&quit)?;
    }
    app.set_menu(menu)?;
    app.on_menu_event(|app, event| {
        if event.id() == QUIT {
            window::quit(app);
        }
    });
    Ok(())
}
