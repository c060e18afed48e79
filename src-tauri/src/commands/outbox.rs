//! The outbox.

use liaison_engine::Engine;
use liaison_engine::view::{CommandError, FieldText, Outbox, ScheduleDraft};
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn list_outbox(engine: State<'_, Engine>) -> Result<Outbox, CommandError> {
    engine.outbox().await
}

#[tauri::command]
#[specta::specta]
pub async fn undo_outbox_item(engine: State<'_, Engine>, id: String) -> Result<(), CommandError> {
    engine.undo_outbox_item(id).await
}

#[tauri::command]
#[specta::specta]
pub async fn retry_outbox_item(engine: State<'_, Engine>, id: String) -> Result<(), CommandError> {
    engine.retry_outbox_item(id).await
}

#[tauri::command]
#[specta::specta]
pub async fn discard_outbox_item(engine: State<'_, Engine>, id: String) -> Result<(), CommandError> {
    engine.discard_outbox_item(id).await
}

/// Takes a discarded item back into line; it is held again.
#[tauri::command]
#[specta::specta]
pub async fn restore_outbox_item(engine: State<'_, Engine>, id: String) -> Result<(), CommandError> {
    engine.restore_outbox_item(id).await
}

/// Other texts for what was refused or has not left; it goes back in line.
#[tauri::command]
#[specta::specta]
pub async fn edit_outbox_item(
    engine: State<'_, Engine>,
    id: String,
    texts: Vec<FieldText>,
) -> Result<(), CommandError> {
    engine.edit_outbox_item(id, texts).await
}

/// Whether ours is written over what somebody else changed since.
#[tauri::command]
#[specta::specta]
pub async fn decide_outbox_item(engine: State<'_, Engine>, id: String, mine: bool) -> Result<(), CommandError> {
    engine.decide_outbox_item(id, mine).await
}

/// The sheet of a meeting that was not made, as it was.
#[tauri::command]
#[specta::specta]
pub async fn reopen_outbox_item(engine: State<'_, Engine>, id: String) -> Result<ScheduleDraft, CommandError> {
    engine.reopen_outbox_item(id).await
}

#[tauri::command]
#[specta::specta]
pub async fn pause_outbox(engine: State<'_, Engine>, paused: bool) -> Result<(), CommandError> {
    engine.pause_outbox(paused).await
}

/// Opens the Event's page in the browser.
#[tauri::command]
#[specta::specta]
pub async fn open_event(engine: State<'_, Engine>, id: String) -> Result<(), CommandError> {
    engine.open_event(id).await
}
