//! Today: the day, one meeting, what is next, and opening them.

use liaison_engine::Engine;
use liaison_engine::view::{CommandError, CopyWhat, Day, MeetingDetail, MeetingHit, NextUp};
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
