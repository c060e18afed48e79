//! The desktop shell: the only Rust that knows Tauri.
//!
//! It opens the window, registers the commands and gives the engine what only a desktop has: a
//! browser, a clipboard, a place for files. No rule of the product lives here.

mod accent;
mod background;
pub mod commands;
mod demo;
mod desktop;
#[cfg(unix)]
mod ending;
mod hotkeys;
mod kept;
mod launcher;
mod links;
mod logging;
mod menu;
mod notices;
mod options;
mod placement;
mod sandbox_info;
mod start;
#[cfg(all(test, target_os = "linux"))]
mod test_bus;
mod texts;
mod tray;
mod window;
mod zones;

use std::ffi::OsString;
use std::sync::Arc;

use liaison_engine::{Config, Engine, Place};
use liaison_store::SystemVault;
use liaison_transport::Clock;
use tauri::{AppHandle, Manager, RunEvent, WindowEvent, Wry};

pub use options::{Answer, Options};
pub use start::{StartError, begin_anew, explain};

/// Runs until the user quits.
///
/// # Errors
/// [`StartError`], before the window is open.
pub fn run(options: Options) -> Result<(), StartError> {
    let sandbox =
        options.sandbox_info.as_deref().map(sandbox_info::read).transpose().map_err(StartError::SandboxInfo)?;
    if cfg!(windows) {
        tauri::webview_version().map_err(|error| StartError::WebView(error.to_string()))?;
    }
    let mut context = tauri::generate_context!();
    let identifier = context.config().identifier.clone();
    let data_dir = desktop::data_dir(options.data_dir, &identifier).map_err(StartError::DataFolder)?;
    let instance = desktop::instance_id(&identifier, &data_dir);
    if !cfg!(target_os = "linux") && !desktop::is_usual(&data_dir, &identifier) {
        // Here the plug-in tells running programs apart by this alone.
        context.config_mut().identifier.clone_from(&instance);
    }
    let _log_guard = logging::start(&data_dir);
    zones::install();
    let builder = commands::specta_builder::<tauri::Wry>();
    let invoke_handler = builder.invoke_handler();

    let app = tauri::Builder::default()
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .dbus_id(instance)
                .callback(|app, arguments, _folder| started_again(app, arguments))
                .build(),
        )
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(
            tauri_plugin_autostart::Builder::new().app_name("Liaison").arg(format!("--{}", options::HIDDEN)).build(),
        )
        .manage(window::LastPlace::default())
        .manage(window::Quitting::default())
        .manage(window::Pending::default())
        .manage(window::DataDir(data_dir.clone()))
        .manage(background::Background::new(&data_dir))
        .manage(hotkeys::Hotkeys::new(&data_dir))
        .manage(tray::News::default())
        .invoke_handler(invoke_handler)
        .setup(move |app| {
            builder.mount_events(app);
            let engine = Engine::new(Config {
                data_dir: data_dir.clone(),
                clock: Clock::system(),
                vault: Arc::new(SystemVault::new()),
                desktop: Arc::new(desktop::TauriDesktop::new(app.handle().clone())),
                events: Arc::new(desktop::TauriEvents::new(app.handle().clone())),
                demo: Arc::new(demo::EmbeddedSandbox::new(std::env::var_os("LIAISON_DEMO_CONTROL_FILE"))),
                sandbox,
                zone: Arc::new(zones::local),
                region: Arc::new(texts::region),
                done_page: Arc::new(texts::done_page),
                copy_labels: Arc::new(texts::copy_labels),
                mac: cfg!(target_os = "macos"),
                version: env!("CARGO_PKG_VERSION"),
            });
            let opening = engine.clone();
            tauri::async_runtime::spawn(async move { opening.open().await });
            app.manage(engine);
            app.manage(window::handle(app.handle().clone(), std::env::var_os("LIAISON_PAINTED_FILE")));
            if cfg!(target_os = "macos") {
                menu::install(app.handle(), &data_dir)?;
            }
            #[cfg(unix)]
            ending::listen(app.handle().clone());
            hotkeys::begin(app.handle());
            let news = app.state::<tray::News>().inner().clone();
            tauri::async_runtime::spawn(tray::run(app.handle().clone(), news));
            begin_with(app.handle(), options.place, options.join);
            if options.hidden {
                window::tray_changed(app.handle(), false);
                return Ok(());
            }
            // Tauri ends the program at an error here, with words for a terminal alone.
            window::open(app.handle(), &data_dir).map_err(|error| {
                let error = StartError::Window(error);
                explain(&error);
                error
            })?;
            Ok(())
        })
        .build(context)?;
    app.run(|app, event| match event {
        RunEvent::WindowEvent { event: WindowEvent::Focused(watched), .. } => watch(app, watched),
        RunEvent::WindowEvent { event: WindowEvent::Destroyed, .. } => watch(app, false),
        // The last window is gone, and nobody said that the program shall end.
        RunEvent::ExitRequested { code: None, api, .. } if app.state::<background::Background>().keeps_running() => {
            api.prevent_exit();
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::focus(app),
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            if let Some(place) = urls.iter().find_map(|url| links::place(url.as_str())) {
                window::lead(app, place);
            }
        }
        RunEvent::Exit => {
            app.state::<window::LastPlace>().keep();
            let engine = app.state::<Engine>().inner().clone();
            tauri::async_runtime::block_on(engine.shutdown());
        }
        _ => {}
    });
    Ok(())
}

/// What the program was started for.
fn begin_with(app: &AppHandle<Wry>, place: Option<Place>, wants_to_join: bool) {
    if let Some(place) = place {
        app.state::<window::Pending>().place(place);
    }
    if wants_to_join {
        join_by_command(app);
    }
}

fn watch(app: &AppHandle<Wry>, watched: bool) {
    let engine = app.state::<Engine>().inner().clone();
    tauri::async_runtime::spawn(async move { engine.set_watched(watched).await });
}

/// Somebody started the program a second time: by its icon, by a link, to join.
fn started_again(app: &AppHandle<Wry>, arguments: Vec<String>) {
    let own = arguments.into_iter().skip(1).map(OsString::from);
    match Options::from_arguments(own) {
        Ok(Options { join: true, .. }) => join_by_command(app),
        Ok(Options { place: Some(place), .. }) => window::lead(app, place),
        Ok(Options { hidden: true, .. }) => {}
        _ => window::focus(app),
    }
}

/// Somebody, or a key that they have bound in their system, called for it.
fn join_by_command(app: &AppHandle<Wry>) {
    let engine = app.state::<Engine>().inner().clone();
    tauri::async_runtime::spawn(async move { engine.hotkey_was_used().await });
    join(app);
}

/// Enters the meeting that is meant now; where that can't be done, the window says why.
fn join(app: &AppHandle<Wry>) {
    let app = app.clone();
    let engine = app.state::<Engine>().inner().clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = engine.smart_join().await {
            tracing::warn!(%error, "no meeting was joined");
            window::focus(&app);
        }
    });
}
