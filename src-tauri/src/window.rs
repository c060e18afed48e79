//! The main window: opened hidden with the right background, shown when it is painted, and gone when it is closed:
//! the program goes on without it where somebody can come back to it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use liaison_engine::appearance::{self, Appearance};
use liaison_engine::{BoxFuture, Engine, Place, view};
use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry};
use tauri_specta::Event;
use url::Url;

use crate::accent;
use crate::background::{self, Background, Closing};
use crate::commands::{CloseAsked, PlaceAsked, QuitAsked, WindowControl, WindowHandle};
use crate::hotkeys;
use crate::placement::{self, Placement, Track};

pub const MAIN: &str = "main";
/// The window is shown after this time even if the page never reports that it is painted.
const SHOW_ANYWAY: Duration = Duration::from_millis(1_500);
/// Width and height of the first window, in logical pixels.
const FIRST_SIZE: (f64, f64) = (1180.0, 760.0);
/// A window of this size is usable, also on a small screen with large text.
const SMALLEST: (f64, f64) = (640.0, 420.0);
/// How long a window that is being closed waits for what is unsent.
const ASKED: Duration = Duration::from_secs(1);
/// How long a program without a window waits for its icon.
const TRAY_COMES: Duration = Duration::from_secs(10);
/// A second wish to quit within this time belongs to the first.
const TWICE: Duration = Duration::from_secs(2);

/// Opens the main window, hidden, where it was last.
pub fn open(app: &AppHandle<Wry>, data_dir: &Path) -> tauri::Result<()> {
    let appearance = appearance::read(data_dir);
    let start = serde_json::json!({
        "theme": appearance.theme,
        "language": appearance.language,
        "density": appearance.density,
        "accent": appearance.accent,
        "systemAccent": accent::last(),
    });
    let monitors = placement::areas(&app.available_monitors().unwrap_or_default());
    let restored = Placement::read(data_dir).map(|stored| stored.within(&monitors));
    let size = restored.map_or(FIRST_SIZE, |restored| (restored.width.into(), restored.height.into()));
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Liaison")
        .inner_size(size.0, size.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .maximized(restored.is_some_and(|restored| restored.maximized))
        .visible(false)
        .background_color(background(appearance))
        .initialization_script(format!("window.__LIAISON__ = Object.freeze({start});"))
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    if let Some(place) = restored.and_then(|restored| restored.place) {
        placement::put(&window, place)?;
    }
    zoom(app, appearance.text_percent);
    follow(&window, Track::from(restored), data_dir.to_owned());
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(SHOW_ANYWAY).await;
        show(&app);
    });
    Ok(())
}

/// Keeps the window's place, and asks before it is closed.
fn follow(window: &WebviewWindow<Wry>, track: Track, data_dir: PathBuf) {
    let tracked = window.clone();
    let track = Mutex::new(track);
    window.on_window_event(move |event| match event {
        WindowEvent::Moved(_) | WindowEvent::Resized(_) => {
            let mut track = track.lock().unwrap_or_else(PoisonError::into_inner);
            let outcome = note(&tracked, &mut track);
            if let Err(error) = outcome {
                tracing::debug!(%error, "the place of the window is not known");
            }
            if let Some(placement) = track.placement() {
                *tracked.state::<LastPlace>().0.lock().unwrap_or_else(PoisonError::into_inner) =
                    Some((data_dir.clone(), placement));
            }
        }
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            close(tracked.app_handle());
        }
        _ => {}
    });
}

fn note(window: &WebviewWindow<Wry>, track: &mut Track) -> tauri::Result<()> {
    // Before it is shown, systems tell sizes and places of their own making.
    if !window.is_visible()? || window.is_minimized()? || window.is_fullscreen()? {
        return Ok(());
    }
    if window.is_maximized()? {
        track.maximized(Instant::now());
    } else {
        track.seen(Instant::now(), placement::current(window)?);
    }
    Ok(())
}

/// Where the window was seen last, to be kept when the program ends.
#[derive(Default)]
pub struct LastPlace(Mutex<Option<(PathBuf, Placement)>>);

impl LastPlace {
    pub fn keep(&self) {
        if let Some((data_dir, placement)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            placement.write(&data_dir);
        }
    }
}

/// Closes the window: the program stays, the user is told that it would, or it ends.
fn close(app: &AppHandle<Wry>) {
    match app.state::<Background>().closing() {
        Closing::Quit => quit(app),
        Closing::Explain => {
            if CloseAsked.emit(app).is_err() {
                destroy(app);
            }
        }
        Closing::Stay => destroy(app),
    }
}

/// The web view goes with the window, and its memory with it.
fn destroy(app: &AppHandle<Wry>) {
    app.state::<LastPlace>().keep();
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.destroy()
    {
        tracing::warn!(%error, "the window could not be closed");
    }
}

/// Whether the system shows our icon has changed. Nobody could come back to a program with neither icon nor window.
pub fn tray_changed(app: &AppHandle<Wry>, shown: bool) {
    if shown {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // A desktop that is restarted, or that starts together with us, takes a moment.
        tokio::time::sleep(TRAY_COMES).await;
        if !app.state::<Background>().has_tray() && app.get_webview_window(MAIN).is_none() {
            focus(&app);
        }
    });
}

/// Opens the window, where it is not, and leads it to a place.
pub fn lead(app: &AppHandle<Wry>, place: Place) {
    app.state::<Pending>().place(place);
    focus(app);
    if let Err(error) = PlaceAsked.emit(app) {
        tracing::debug!(%error, "no window to lead");
    }
}

/// What a window that is not there yet is to do.
#[derive(Default)]
pub struct Pending(Mutex<(Option<Place>, Option<u32>)>);

impl Pending {
    pub fn place(&self, place: Place) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 = Some(place);
    }

    fn take_place(&self) -> Option<Place> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.take()
    }

    fn quit(&self, unsent: u32) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 = Some(unsent);
    }

    fn take_quit(&self) -> Option<u32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.take()
    }
}

/// Where profiles and the places of windows are.
pub struct DataDir(pub PathBuf);

/// Ends the program, or asks in the window when something is not sent yet.
pub fn quit(app: &AppHandle<Wry>) {
    match app.state::<Quitting>().ask(Instant::now()) {
        Wish::Ask => {}
        Wish::Same => return,
        Wish::Insists => {
            app.exit(0);
            return;
        }
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let engine = app.state::<Engine>().inner().clone();
        // Data that can't be asked must not keep a window open.
        let unsent = tokio::time::timeout(ASKED, engine.unsent_at_quit()).await.unwrap_or_default();
        if unsent == 0 {
            app.exit(0);
        } else if app.get_webview_window(MAIN).is_none() {
            app.state::<Pending>().quit(unsent);
            focus(&app);
        } else if (QuitAsked { unsent }).emit(&app).is_err() {
            app.exit(0);
        } else {
            focus(&app);
        }
    });
}

/// When somebody wished to quit, until they decided to stay.
#[derive(Default)]
pub struct Quitting(Mutex<Option<Instant>>);

#[derive(Debug, PartialEq, Eq)]
enum Wish {
    Ask,
    /// Part of the wish before: a double click.
    Same,
    /// The question was there, or the page shows none: the window must close.
    Insists,
}

impl Quitting {
    fn ask(&self, now: Instant) -> Wish {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *asked {
            None => {
                *asked = Some(now);
                Wish::Ask
            }
            Some(before) if now.duration_since(before) < TWICE => Wish::Same,
            Some(_) => Wish::Insists,
        }
    }

    fn stay(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Shows and focuses the window; opens it where it was closed.
pub fn focus(app: &AppHandle<Wry>) {
    let Some(window) = app.get_webview_window(MAIN) else {
        open_again(app);
        return;
    };
    {
        let outcome = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = outcome {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}

/// Windows are opened where the system wants it: on Linux by the thread that draws them, on Windows never by one that
/// hears its events.
fn open_again(app: &AppHandle<Wry>) {
    let opened = app.clone();
    let opening = move || {
        if opened.get_webview_window(MAIN).is_some() {
            return;
        }
        let data_dir = opened.state::<DataDir>().0.clone();
        if let Err(error) = open(&opened, &data_dir) {
            tracing::error!(%error, "the window could not be opened again");
        }
    };
    if cfg!(windows) {
        std::thread::spawn(opening);
    } else if let Err(error) = app.run_on_main_thread(opening) {
        tracing::error!(%error, "the window could not be opened again");
    }
}

/// The handle that commands use. `painted_file` is written whenever a window shows its first picture, for measurements
/// of the start and of a window that is opened again.
pub fn handle(app: AppHandle<Wry>, painted_file: Option<OsString>) -> WindowHandle {
    Arc::new(MainWindow { app, painted_file })
}

struct MainWindow {
    app: AppHandle<Wry>,
    painted_file: Option<OsString>,
}

impl WindowControl for MainWindow {
    fn show(&self) {
        show(&self.app);
        if let Some(unsent) = self.app.state::<Pending>().take_quit()
            && let Err(error) = (QuitAsked { unsent }).emit(&self.app)
        {
            tracing::warn!(%error, "the question before quitting could not be asked");
        }
        if let Some(path) = &self.painted_file
            && let Err(error) = std::fs::write(path, "painted\n")
        {
            tracing::warn!(%error, "the time of the first picture could not be noted");
        }
    }

    fn quit(&self) {
        quit(&self.app);
    }

    fn quit_anyway(&self) {
        self.app.exit(0);
    }

    fn stay(&self) {
        self.app.state::<Quitting>().stay();
    }

    fn zoom(&self, percent: u32) {
        zoom(&self.app, percent);
    }

    fn system_accent(&self) -> BoxFuture<'_, Option<view::Colour>> {
        Box::pin(accent::ask())
    }

    fn take_place(&self) -> Option<Place> {
        self.app.state::<Pending>().take_place()
    }

    fn background(&self) -> view::Background {
        background::view(&self.app)
    }

    fn set_start_at_login(&self, on: bool) -> Result<(), liaison_engine::Error> {
        background::start_at_login(&self.app, on)
    }

    fn set_keep_running(&self, on: bool) {
        self.app.state::<Background>().keep_running(on);
    }

    fn hotkeys(&self) -> view::Hotkeys {
        hotkeys::view(&self.app)
    }

    fn set_hotkey(&self, hotkey: view::Hotkey, keys: Option<String>) -> view::HotkeySet {
        hotkeys::set(&self.app, hotkey, keys)
    }

    fn close(&self) {
        close(&self.app);
    }
}

/// Enlarges everything in the page, as a browser does: what is laid out in widths takes part.
fn zoom(app: &AppHandle<Wry>, percent: u32) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.set_zoom(f64::from(percent.clamp(50, 300)) / 100.0)
    {
        tracing::warn!(%error, "the text size could not be set");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_click_asks_once_and_a_window_that_shows_no_question_can_be_closed() {
        let quitting = Quitting::default();
        let now = Instant::now();
        assert_eq!(quitting.ask(now), Wish::Ask);
        assert_eq!(quitting.ask(now + TWICE / 2), Wish::Same);
        assert_eq!(quitting.ask(now + TWICE), Wish::Insists);
        quitting.stay();
        assert_eq!(quitting.ask(now + TWICE * 2), Wish::Ask);
    }
}
