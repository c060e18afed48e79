//! The commands that the window may call, and the events that it hears. Which commands there are is in the list
//! (`crates/commands`), what they do is in the engine.

mod list;

use std::sync::Arc;

use liaison_engine::BoxFuture;
use liaison_engine::view::{Background, Colour, Hotkey, HotkeySet, Hotkeys, Place, Tag};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::Runtime;
use tauri_specta::{Event, collect_events};

/// Data changed; the window asks again for whatever carries one of the tags.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct DataChanged {
    pub tags: Vec<Tag>,
}

/// Somebody wants to quit while something is not sent yet; the window asks whether that is meant.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct QuitAsked {
    /// How many changes would wait for the next start.
    pub unsent: u32,
}

/// The window is to lead to a place; it asks for it with `take_place`, as it does when it is opened for one.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct PlaceAsked;

/// Somebody closes the window for the first time; the window explains what goes on without it.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct CloseAsked;

/// What commands may do to the window, without knowing which window toolkit it is.
pub trait WindowControl: Send + Sync {
    /// Shows the main window, once its first picture is painted.
    fn show(&self);
    /// Ends the program in an orderly way; where something is not sent yet, [`QuitAsked`] comes instead.
    fn quit(&self);
    /// Ends the program in an orderly way, without a question.
    fn quit_anyway(&self);
    /// The wish to quit is taken back.
    fn stay(&self);
    /// Shows everything in the window larger or smaller; 100 is the normal size.
    fn zoom(&self, percent: u32);
    /// The colour that the desktop gives to what is chosen.
    fn system_accent(&self) -> BoxFuture<'_, Option<Colour>>;
    /// Where the window is to lead; nothing the second time.
    fn take_place(&self) -> Option<Place>;
    /// What goes on while the window is closed.
    fn background(&self) -> Background;
    /// Starts the program at login, or no longer.
    ///
    /// # Errors
    /// The system refuses.
    fn set_start_at_login(&self, on: bool) -> Result<(), liaison_engine::Error>;
    /// Whether closing the window leaves the program running.
    fn set_keep_running(&self, on: bool);
    /// The keys of the system that bring here.
    fn hotkeys(&self) -> Hotkeys;
    /// Another key for one of them, or none.
    fn set_hotkey(&self, hotkey: Hotkey, keys: Option<String>) -> HotkeySet;
    /// Closes the window as its own button does.
    fn close(&self);
}

/// The managed handle to the window.
pub type WindowHandle = Arc<dyn WindowControl>;

/// All commands and events, for the invoke handler and for the generated bindings.
pub fn specta_builder<R: Runtime>() -> tauri_specta::Builder<R> {
    tauri_specta::Builder::<R>::new()
        .commands(list::collected())
        .constant("reads", list::READS)
        .events(collect_events![DataChanged, QuitAsked, PlaceAsked, CloseAsked])
        .disable_serde_phases()
}
