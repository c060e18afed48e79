//! The commands that the window may call: a few lines each, the work is in the engine.

pub mod meetings;
pub mod outbox;
pub mod schedule;
pub mod session;

use std::sync::Arc;

use liaison_engine::view::Tag;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::Runtime;
use tauri_specta::{Event, collect_commands, collect_events};

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
}

/// The managed handle to the window.
pub type WindowHandle = Arc<dyn WindowControl>;

/// All commands and events, for the invoke handler and for the generated bindings.
pub fn specta_builder<R: Runtime>() -> tauri_specta::Builder<R> {
    tauri_specta::Builder::<R>::new()
        .commands(collect_commands![
            session::get_app_state,
            session::show_window,
            session::update_settings,
            session::retry_unlock,
            session::start_demo,
            session::leave_demo,
            session::connect_account,
            session::reopen_sign_in,
            session::copy_sign_in_link,
            session::cancel_sign_in,
            session::disconnect_account,
            session::sync_now,
            session::get_ui_state,
            session::set_ui_state,
            session::quit_app,
            session::quit_anyway,
            session::stay_open,
            session::zoom_window,
            meetings::get_day,
            meetings::get_meeting,
            meetings::get_next_up,
            meetings::search_meetings,
            meetings::join_meeting,
            meetings::start_meeting,
            meetings::copy_meeting,
            meetings::open_person,
            meetings::edit_meeting,
            meetings::change_meeting,
            meetings::cancel_meeting,
            meetings::undo_scheduling,
            meetings::log_event,
            schedule::new_draft,
            schedule::read_when,
            schedule::check_schedule,
            schedule::schedule_meeting,
            schedule::search_people,
            schedule::list_zones,
            outbox::list_outbox,
            outbox::undo_outbox_item,
            outbox::retry_outbox_item,
            outbox::discard_outbox_item,
            outbox::restore_outbox_item,
            outbox::edit_outbox_item,
            outbox::decide_outbox_item,
            outbox::reopen_outbox_item,
            outbox::pause_outbox,
            outbox::open_event,
        ])
        .events(collect_events![DataChanged, QuitAsked])
        .disable_serde_phases()
}
