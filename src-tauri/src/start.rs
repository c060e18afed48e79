//! Why the program could not start, and how its user hears of it.

use std::process::ExitCode;

/// Why the program could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("no folder for the data of this application could be found or made: {0}")]
    DataFolder(#[source] std::io::Error),
    #[error("the sandbox's description can't be used: {0}")]
    SandboxInfo(String),
    #[error("there is no web view on this computer: {0}")]
    WebView(String),
    #[error("the window could not be opened: {0}")]
    Window(#[from] tauri::Error),
}

impl StartError {
    /// Another one ran and was about to end: it was gone from the bus before it took what this one was started for.
    pub fn is_of_one_that_ends(&self) -> bool {
        matches!(self, Self::Window(tauri::Error::PluginInitialization(plugin, _)) if plugin == "single-instance")
    }
}

/// How often the program begins anew because another one is just ending.
#[cfg(unix)]
const MOST_TRIES: u32 = 20;
/// Counts them, for the program that begins anew.
#[cfg(unix)]
const TRIES: &str = "LIAISON_START_TRIES";

/// Begins anew in this very process, with the same arguments; comes back only when that can't be done, or was done too
/// often. Elsewhere than on Unix the plug-in asks nobody, so this does not come about.
#[cfg(unix)]
pub fn begin_anew() {
    use std::os::unix::process::CommandExt as _;

    let tries = std::env::var(TRIES).ok().and_then(|tries| tries.parse().ok()).unwrap_or(0_u32);
    let Ok(program) = std::env::current_exe() else { return };
    if tries < MOST_TRIES {
        std::thread::sleep(std::time::Duration::from_millis(250));
        let mut again = std::process::Command::new(program);
        let error = again.args(std::env::args_os().skip(1)).env(TRIES, (tries + 1).to_string()).exec();
        tracing::error!(%error, "the program could not begin anew");
    }
}

#[cfg(not(unix))]
pub fn begin_anew() {}

/// The same as the user sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartProblem {
    Folder,
    Sandbox,
    WebView,
    Window,
}

impl StartProblem {
    #[cfg(test)]
    pub const ALL: [Self; 4] = [Self::Folder, Self::Sandbox, Self::WebView, Self::Window];

    /// Its text in `native.ftl`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Folder => "start-problem-folder",
            Self::Sandbox => "start-problem-sandbox",
            Self::WebView => "start-problem-web-view",
            Self::Window => "start-problem-window",
        }
    }
}

impl From<&StartError> for StartProblem {
    fn from(error: &StartError) -> Self {
        match error {
            StartError::DataFolder(_) => Self::Folder,
            StartError::SandboxInfo(_) => Self::Sandbox,
            StartError::WebView(_) => Self::WebView,
            StartError::Window(_) => Self::Window,
        }
    }
}

/// Says why the program ends: on the terminal, and in a message of the system where a program with a window usually
/// has no terminal. (On Linux the package brings the web view, and a dialog could not be shown without a display.)
#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
pub fn explain(error: &StartError) -> ExitCode {
    eprintln!("Liaison: {error}");
    if cfg!(any(windows, target_os = "macos")) {
        let (title, text) = crate::texts::start_problem(error.into());
        show(&title, &format!("{text}\n\n{error}"));
    }
    ExitCode::FAILURE
}

#[cfg(any(windows, target_os = "macos"))]
fn show(title: &str, text: &str) {
    rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title(title).set_description(text).show();
}

#[cfg(not(any(windows, target_os = "macos")))]
fn show(_title: &str, _text: &str) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_plugin(name: &str) -> StartError {
        StartError::Window(tauri::Error::PluginInitialization(name.to_owned(), "NoReply".to_owned()))
    }

    #[test]
    fn only_one_that_ends_is_a_reason_to_begin_anew() {
        assert!(of_plugin("single-instance").is_of_one_that_ends());
        assert!(!of_plugin("autostart").is_of_one_that_ends());
        assert!(!StartError::WebView("none".to_owned()).is_of_one_that_ends());
    }
}
