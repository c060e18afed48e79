//! The window's commands by name, with JSON as the window sends it and gets it: each line of the list.

use std::sync::atomic::{AtomicBool, Ordering};

use liaison_engine::view::{self, CommandError};
use liaison_engine::{Engine, answer};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// The engine's own refusal, as the window gets it.
    #[error("{0}")]
    Command(Value),
    /// The scenario asks for something that there is not.
    #[error("{0}")]
    Call(String),
}

macro_rules! by_name {
    ($engine:ident, $window:ident: $(
        $(#[$doc:meta])*
        $name:ident($($argument:ident: $type:ty),*) -> $answer:ty $([$($tag:ident),*])? => $work:expr;
    )*) => {
        /// The name of every command.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        async fn answered($engine: &Engine, $window: &NoWindow, name: &str, arguments: Value) -> Result<Value, Refused> {
            match name {
                $(stringify!($name) => {
                    #[derive(Deserialize)]
                    #[serde(rename_all = "camelCase", deny_unknown_fields)]
                    struct Arguments { $($argument: $type),* }
                    let Arguments { $($argument),* } = read(name, arguments)?;
                    let answer: Result<$answer, CommandError> = Box::pin(answer(name, async move { $work })).await;
                    told(answer)
                })*
                _ => Err(Refused::Call(format!("there is no command `{name}`"))),
            }
        }
    };
}
liaison_commands::commands!(by_name);

/// Calls one command.
///
/// # Errors
/// The command refused, or there is no such command, or its arguments are others.
pub async fn call(engine: &Engine, name: &str, arguments: Value) -> Result<Value, Refused> {
    let window = NoWindow::default();
    let answer = answered(engine, &window, name, arguments).await;
    if window.left.load(Ordering::SeqCst) {
        engine.shutdown().await;
    }
    answer
}

/// Nobody sees a scenario's window; closing it ends the work in order.
#[derive(Default)]
struct NoWindow {
    left: AtomicBool,
}

#[expect(clippy::unused_self, reason = "there is nothing to show, and a window is asked for it")]
impl NoWindow {
    fn show(&self) {}

    fn quit(&self) {
        self.quit_anyway();
    }

    fn quit_anyway(&self) {
        self.left.store(true, Ordering::SeqCst);
    }

    fn stay(&self) {}

    fn hotkeys(&self) -> view::Hotkeys {
        view::Hotkeys { possible: false, command: String::new(), rows: Vec::new() }
    }

    fn set_hotkey(&self, _hotkey: view::Hotkey, _keys: Option<String>) -> view::HotkeySet {
        view::HotkeySet::Refused { problem: view::HotkeyProblem::NotPossible }
    }

    fn zoom(&self, _percent: u32) {}

    async fn system_accent(&self) -> Option<view::Colour> {
        std::future::ready(None).await
    }

    fn take_place(&self) -> Option<view::Place> {
        None
    }

    fn background(&self) -> view::Background {
        view::Background { tray: false, keep_running: false, start_at_login: false }
    }

    #[expect(clippy::unnecessary_wraps, reason = "a desktop may refuse")]
    fn set_start_at_login(&self, _on: bool) -> Result<(), liaison_engine::Error> {
        Ok(())
    }

    fn set_keep_running(&self, _on: bool) {}

    fn close(&self) {
        self.quit_anyway();
    }
}

fn read<T: DeserializeOwned>(name: &str, arguments: Value) -> Result<T, Refused> {
    let arguments = if arguments.is_null() { json!({}) } else { arguments };
    serde_path_to_error::deserialize(arguments)
        .map_err(|error| Refused::Call(format!("`{name}` has other arguments: {error}")))
}

fn told<T: serde::Serialize>(answer: Result<T, CommandError>) -> Result<Value, Refused> {
    let unreadable = |error: serde_json::Error| Refused::Call(format!("the answer is no JSON: {error}"));
    match answer {
        Ok(answer) => serde_json::to_value(answer).map_err(unreadable),
        Err(error) => Err(serde_json::to_value(error).map_or_else(unreadable, Refused::Command)),
    }
}
