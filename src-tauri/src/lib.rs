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
mod texts;
mod window;
mod zones;

use std::process::ExitCode;
use std::sync::Arc;

use liaison_engine::{Config, Engine};
use liaison_store::SystemVault;
use liaison_transport::Clock;
use tauri::Manager;

pub use options::{Answer, Options};

/// Why the program could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("no folder for the data of this application could be found or made: {0}")]
    DataFolder(#[source] std::io::Error),
    #[error("the sandbox's description can't be used: {0}")]
    SandboxInfo(String),
    #[error("the window could not be opened: {0}")]
    Window(#[from] tauri::Error),
}

/// Says on the terminal why the program ends.
#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
pub fn explain(problem: &str) -> ExitCode {
    eprintln!("Liaison: {problem}");
    ExitCode::FAILURE
}

/// Runs until the user quits.
///
/// # Errors
/// [`StartError`], before the window is open.
pub fn run(options: Options) -> Result<(), StartError> {
    let sandbox =
        options.sandbox_info.as_deref().map(sandbox_info::read).transpose().map_err(StartError::SandboxInfo)?;
    let context = tauri::generate_context!();
    let data_dir = desktop::data_dir(options.data_dir, &context.config().identifier).map_err(StartError::DataFolder)?;
    let _log_guard = logging::start(&data_dir);
    zones::install();
    let builder = commands::specta_builder::<tauri::Wry>();
    let invoke_handler = builder.invoke_handler();

    let app = tauri::Builder::default()
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .dbus_id(desktop::instance_id(&context.config().identifier, &data_dir))
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
            window::open(app.handle(), &data_dir)?;
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
