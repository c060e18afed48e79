//! The system's own dialog that asks where a file is to be saved. It asks by itself about a file that is there already.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Wry};
use tokio::sync::oneshot;

use crate::window::MAIN;

/// Asks; nothing when the dialog was closed, or could not be shown.
pub async fn ask(app: AppHandle<Wry>, name: String) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    let shown = app.clone();
    // Toolkits want their dialogs on the thread that has the window.
    app.run_on_main_thread(move || show(&shown, &name, answer)).ok()?;
    answered.await.ok().flatten()
}

/// By which the dialog tells files of the same kind from others.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, ending)| ending)
}

/// GTK's own, which asks the desktop's portal where there is one.
#[cfg(target_os = "linux")]
fn show(app: &AppHandle<Wry>, name: &str, answer: oneshot::Sender<Option<PathBuf>>) {
    use std::cell::RefCell;

    use gtk::prelude::{FileChooserExt, NativeDialogExt};

    let parent = app.get_webview_window(MAIN).and_then(|window| window.gtk_window().ok());
    let dialog = gtk::FileChooserNative::new(None, parent.as_ref(), gtk::FileChooserAction::Save, None, None);
    dialog.set_do_overwrite_confirmation(true);
    dialog.set_current_name(name);
    let ending = ending(name);
    let only = gtk::FileFilter::new();
    only.set_name(Some(&ending.to_uppercase()));
    only.add_pattern(&format!("*.{ending}"));
    dialog.add_filter(only);
    let answer = RefCell::new(Some(answer));
    // The handler keeps the dialog alive until it is answered.
    let kept = RefCell::new(Some(dialog.clone()));
    dialog.connect_response(move |dialog, response| {
        let file = (response == gtk::ResponseType::Accept).then(|| dialog.filename()).flatten();
        if let Some(answer) = answer.take() {
            let _ = answer.send(file);
        }
        if let Some(dialog) = kept.take() {
            dialog.destroy();
        }
    });
    dialog.show();
}

#[cfg(not(target_os = "linux"))]
fn show(app: &AppHandle<Wry>, name: &str, answer: oneshot::Sender<Option<PathBuf>>) {
    let ending = ending(name);
    let mut dialog = rfd::AsyncFileDialog::new().set_file_name(name).add_filter(ending.to_uppercase(), &[ending]);
    if let Some(window) = app.get_webview_window(MAIN) {
        dialog = dialog.set_parent(&window);
    }
    let chosen = dialog.save_file();
    tauri::async_runtime::spawn(async move {
        let _ = answer.send(chosen.await.map(|file| file.path().to_owned()));
    });
}
