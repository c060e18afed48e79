//! Gives each command its own permission, so that the capability in `tauri.conf.json` decides.

/// Every command the window may call. The list of registered commands is in `src/commands/mod.rs`;
/// a test compares the two.
const COMMANDS: &[&str] = &[
    "get_app_state",
    "show_window",
    "update_settings",
    "retry_unlock",
    "start_demo",
    "leave_demo",
    "connect_account",
    "reopen_sign_in",
    "copy_sign_in_link",
    "cancel_sign_in",
    "disconnect_account",
    "sync_now",
    "get_day",
    "get_meeting",
    "get_next_up",
    "search_meetings",
    "join_meeting",
    "start_meeting",
    "copy_meeting",
    "open_person",
    "edit_meeting",
    "change_meeting",
    "cancel_meeting",
    "undo_scheduling",
    "log_event",
    "open_event",
    "new_draft",
    "read_when",
    "check_schedule",
    "schedule_meeting",
    "search_people",
    "list_zones",
    "list_outbox",
    "undo_outbox_item",
    "retry_outbox_item",
    "discard_outbox_item",
    "restore_outbox_item",
    "edit_outbox_item",
    "decide_outbox_item",
    "reopen_outbox_item",
    "pause_outbox",
    "get_ui_state",
    "set_ui_state",
    "quit_app",
    "quit_anyway",
    "stay_open",
    "zoom_window",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
