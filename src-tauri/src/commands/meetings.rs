//! Today: the day, one meeting, what is next, opening them, and what can be done with a meeting that is there.

use liaison_engine::Engine;
use liaison_engine::view::{Changed, CommandError, CopyWhat, Day, MeetingDetail, MeetingHit, NextUp, ScheduleDraft};
use tauri::State;

/// `offset` is in days from today.
#[tauri::command]
#[specta::specta]
pub async fn get_day(engine: State<'_, Engine>, offset: i32) -> Result<Day, CommandError> {
    engine.day(offset).await
}

#[tauri::command]
#[specta::specta]
pub async fn get_meeting(engine: State<'_, Engine>, id: String) -> Result<MeetingDetail, CommandError> {
    engine.meeting(id).await
}

#[tauri::command]
#[specta::specta]
pub async fn get_next_up(engine: State<'_, Engine>) -> Result<Option<NextUp>, CommandError> {
    engine.next_up().await
}

/// Meetings of the local copy that match every word, in the topic or in who takes part.
#[tauri::command]
#[specta::specta]
pub async fn search_meetings(
    engine: State<'_, Engine>,
    query: String,
    limit: u32,
) -> Result<Vec<MeetingHit>, CommandError> {
    engine.search_meetings(query, limit).await
}

#[tauri::command]
#[specta::specta]
pub async fn join_meeting(engine: State<'_, Engine>, id: String) -> Result<(), CommandError> {
    engine.join_meeting(id).await
}

/// Fetches a fresh start link and opens it; the link never reaches the window.
#[tauri::command]
#[specta::specta]
pub async fn start_meeting(engine: State<'_, Engine>, id: String) -> Result<(), CommandError> {
    engine.start_meeting(id).await
}

/// Puts it on the clipboard; the text never reaches the window.
#[tauri::command]
#[specta::specta]
pub async fn copy_meeting(engine: State<'_, Engine>, id: String, what: CopyWhat) -> Result<(), CommandError> {
    engine.copy_meeting(id, what).await
}

/// Opens the Lead's or Contact's page in the browser.
#[tauri::command]
#[specta::specta]
pub async fn open_person(engine: State<'_, Engine>, id: String) -> Result<(), CommandError> {
    engine.open_person(id).await
}

/// The sheet of a meeting that is there, to change it.
#[tauri::command]
#[specta::specta]
pub async fn edit_meeting(engine: State<'_, Engine>, id: String) -> Result<ScheduleDraft, CommandError> {
    engine.edit_meeting(id).await
}

/// Held, then sent to Zoom; the Event follows.
#[tauri::command]
#[specta::specta]
pub async fn change_meeting(
    engine: State<'_, Engine>,
    id: String,
    draft: ScheduleDraft,
) -> Result<Changed, CommandError> {
    engine.change_meeting(id, draft).await
}

/// Held, then deleted in Zoom; the Event follows.
#[tauri::command]
#[specta::specta]
pub async fn cancel_meeting(engine: State<'_, Engine>, id: String) -> Result<Changed, CommandError> {
    engine.cancel_meeting(id).await
}

/// Takes back a meeting that was just scheduled, and its Event.
#[tauri::command]
#[specta::specta]
pub async fn undo_scheduling(engine: State<'_, Engine>, id: String) -> Result<(), CommandError> {
    engine.undo_scheduling(id).await
}

/// Logs an Event for a meeting that is there.
#[tauri::command]
#[specta::specta]
pub async fn log_event(engine: State<'_, Engine>, id: String) -> Result<Changed, CommandError> {
    engine.log_event(id).await
}
