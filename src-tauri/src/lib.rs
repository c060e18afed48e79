//! The desktop shell: the only Rust that knows Tauri.
//!
//! It opens the window, registers the commands and gives the engine what only a desktop has: a
//! browser, a clipboard, a place for files. No rule of the product lives here.

pub mod commands;
mod demo;
mod desktop;
mod launcher;
mod logging;
mod menu;
mod options;
mod placement;
mod sandbox_info;
mod start;
mod texts;
mod window;
mod zones;

use std::sync::Arc;

use liaison_engine::{Config, Engine};
use liaison_store::SystemVault;
use liaison_transport::Clock;
use tauri::Manager;

pub use options::{Answer, Options};
pub use start::{StartError, explain};

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
                .callback(|app, _arguments, _folder| window::focus(app))
                .build(),
        )
        .plugin(tauri_plugin_clipboard_manager::init())
        .manage(window::LastPlace::default())
        .manage(window::Quitting::default())
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
            // Tauri ends the program at an error here, with words for a terminal alone.
            window::open(app.handle(), &data_dir).map_err(|error| {
                let error = StartError::Window(error);
                explain(&error);
                error
            })?;
            Ok(())
        })
        .build(context)?;
    app.run(|app, event| {
        if let tauri::RunEvent::WindowEvent { event: tauri::WindowEvent::Focused(watched), .. } = event {
            let engine = app.state::<Engine>().inner().clone();
            tauri::async_runtime::spawn(async move { engine.set_watched(watched).await });
        } else if let tauri::RunEvent::Exit = event {
            app.state::<window::LastPlace>().keep();
            let engine = app.state::<Engine>().inner().clone();
            tauri::async_runtime::block_on(engine.shutdown());
        }
    });
    Ok(())
}
