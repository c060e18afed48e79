//! The main window: opened hidden with the right background, shown when it is painted.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use liaison_engine::appearance::{self, Appearance};
use tauri::plugin::TauriPlugin;
use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::StateFlags;
use url::Url;

use crate::commands::{WindowControl, WindowHandle};

const MAIN: &str = "main";
/// The window is shown after this time even if the page never reports that it is painted.
const SHOW_ANYWAY: Duration = Duration::from_millis(1_500);

/// Opens the main window, hidden.
pub fn open(app: &AppHandle<Wry>, data_dir: &Path) -> tauri::Result<()> {
    let appearance = appearance::read(data_dir);
    let start = serde_json::json!({ "theme": appearance.theme, "language": appearance.language });
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Liaison")
        .inner_size(1180.0, 760.0)
        .min_inner_size(860.0, 560.0)
        .visible(false)
        .background_color(background(appearance))
        .initialization_script(format!("window.__LIAISON__ = Object.freeze({start});"))
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(SHOW_ANYWAY).await;
        show(&app);
    });
    Ok(())
}

/// Shows and focuses the window, for a second start of the program.
pub fn focus(app: &AppHandle<Wry>) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let outcome = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = outcome {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}

/// Remembers size and place, but not visibility: the page decides when it may be seen.
pub fn remember_place() -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::default().with_state_flags(StateFlags::all() & !StateFlags::VISIBLE).build()
}

/// The handle that commands use. `painted_file` is touched at the first call of `show`, for
/// measurements of the start.
pub fn handle(app: AppHandle<Wry>, painted_file: Option<OsString>) -> WindowHandle {
    Arc::new(MainWindow { app, painted_file, painted: AtomicBool::new(false) })
}

struct MainWindow {
    app: AppHandle<Wry>,
    painted_file: Option<OsString>,
    painted: AtomicBool,
}

impl WindowControl for MainWindow {
    fn show(&self) {
        show(&self.app);
        if !self.painted.swap(true, Ordering::SeqCst)
            && let Some(path) = &self.painted_file
            && let Err(error) = std::fs::write(path, "painted\n")
        {
            tracing::warn!(%error, "the time of the first picture could not be noted");
        }
    }

    fn quit(&self) {
        self.app.exit(0);
    }
}

fn show(app: &AppHandle<Wry>) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.show()
    {
        tracing::warn!(%error, "the window could not be shown");
    }
}

/// The window shows the built-in page and nothing else, ever.
fn is_own_page(url: &Url) -> bool {
    let built_in = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
    let development = cfg!(dev) && url.host_str() == Some("localhost") && url.port() == Some(1420);
    built_in || development
}

/// The colour under the page until it is painted; the same as the page's own background.
fn background(appearance: Appearance) -> Color {
    if appearance.is_dark() { Color(19, 22, 27, 255) } else { Color(249, 250, 252, 255) }
}
