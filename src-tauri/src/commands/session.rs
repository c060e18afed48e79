//! The session: first screen, accounts, settings.

#![expect(clippy::needless_pass_by_value, reason = "what a command gets is its own")]

use liaison_engine::Engine;
use liaison_engine::view::{AppState, CommandError, Provider, Settings};
use tauri::State;

use super::WindowHandle;

#[tauri::command]
#[specta::specta]
pub async fn get_app_state(engine: State<'_, Engine>) -> Result<AppState, CommandError> {
    engine.app_state().await
}

#[tauri::command]
#[specta::specta]
pub fn show_window(window: State<'_, WindowHandle>) {
    window.show();
}

#[tauri::command]
#[specta::specta]
pub async fn update_settings(engine: State<'_, Engine>, settings: Settings) -> Result<(), CommandError> {
    engine.update_settings(settings).await
}

#[tauri::command]
#[specta::specta]
pub async fn retry_unlock(engine: State<'_, Engine>) -> Result<(), CommandError> {
    engine.retry_unlock().await
}

#[tauri::command]
#[specta::specta]
pub async fn start_demo(engine: State<'_, Engine>) -> Result<(), CommandError> {
    engine.start_demo().await
}

#[tauri::command]
#[specta::specta]
pub async fn leave_demo(engine: State<'_, Engine>) -> Result<(), CommandError> {
    engine.leave_demo().await
}

/// Answers when the sign-in has ended, well or not.
#[tauri::command]
#[specta::specta]
pub async fn connect_account(engine: State<'_, Engine>, provider: Provider) -> Result<(), CommandError> {
    engine.connect(provider).await
}

#[tauri::command]
#[specta::specta]
pub async fn reopen_sign_in(engine: State<'_, Engine>, provider: Provider) -> Result<(), CommandError> {
    engine.reopen_sign_in(provider).await
}

#[tauri::command]
#[specta::specta]
pub async fn copy_sign_in_link(engine: State<'_, Engine>, provider: Provider) -> Result<(), CommandError> {
    engine.copy_sign_in_link(provider).await
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_sign_in(engine: State<'_, Engine>, provider: Provider) -> Result<(), CommandError> {
    engine.cancel_sign_in(provider).await
}

/// `erase` also removes the local copy of what the service holds; what is not sent yet stays.
#[tauri::command]
#[specta::specta]
pub async fn disconnect_account(
    engine: State<'_, Engine>,
    provider: Provider,
    erase: bool,
) -> Result<(), CommandError> {
    engine.disconnect(provider, erase).await
}

#[tauri::command]
#[specta::specta]
pub async fn sync_now(engine: State<'_, Engine>) -> Result<(), CommandError> {
    engine.sync_now().await
}

#[tauri::command]
#[specta::specta]
pub async fn get_ui_state(engine: State<'_, Engine>, key: String) -> Result<Option<String>, CommandError> {
    engine.ui_state(key).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_ui_state(engine: State<'_, Engine>, key: String, value: String) -> Result<(), CommandError> {
    engine.set_ui_state(key, value).await
}

#[tauri::command]
#[specta::specta]
pub fn quit_app(window: State<'_, WindowHandle>) {
    window.quit();
}

#[tauri::command]
#[specta::specta]
pub fn quit_anyway(window: State<'_, WindowHandle>) {
    window.quit_anyway();
}

#[tauri::command]
#[specta::specta]
pub fn stay_open(window: State<'_, WindowHandle>) {
    window.stay();
}

#[tauri::command]
#[specta::specta]
pub fn zoom_window(window: State<'_, WindowHandle>, percent: u32) {
    window.zoom(percent);
}
