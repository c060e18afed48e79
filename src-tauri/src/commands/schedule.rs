//! Planning a meeting.

#![expect(clippy::needless_pass_by_value, reason = "what a command gets is its own")]

use liaison_engine::Engine;
use liaison_engine::view::{
    CommandError, PersonHit, ScheduleCheck, ScheduleDraft, Scheduled, UtcMs, WhenRead, WhenText, ZoneHit,
};
use tauri::State;

/// A draft for the first free time or for a moment to come, with a person when the sheet is opened from one.
#[tauri::command]
#[specta::specta]
pub async fn new_draft(
    engine: State<'_, Engine>,
    person: Option<String>,
    at: Option<UtcMs>,
) -> Result<ScheduleDraft, CommandError> {
    engine.new_draft(person, at).await
}

/// What a typed date, time or length says.
#[tauri::command(async)]
#[specta::specta]
pub fn read_when(engine: State<'_, Engine>, asked: WhenText) -> WhenRead {
    engine.read_when(&asked)
}

#[tauri::command]
#[specta::specta]
pub async fn check_schedule(engine: State<'_, Engine>, draft: ScheduleDraft) -> Result<ScheduleCheck, CommandError> {
    engine.check_schedule(draft).await
}

#[tauri::command]
#[specta::specta]
pub async fn schedule_meeting(engine: State<'_, Engine>, draft: ScheduleDraft) -> Result<Scheduled, CommandError> {
    engine.schedule_meeting(draft).await
}

#[tauri::command]
#[specta::specta]
pub async fn search_people(
    engine: State<'_, Engine>,
    query: String,
    limit: u32,
) -> Result<Vec<PersonHit>, CommandError> {
    engine.search_people(query, limit).await
}

/// Zones by city, country or id.
#[tauri::command]
#[specta::specta]
pub fn list_zones(engine: State<'_, Engine>, query: String) -> Vec<ZoneHit> {
    engine.search_zones(&query)
}
