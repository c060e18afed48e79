//! Each line of the list as a command of Tauri's, and all of them together. There is nothing to add here.

use liaison_engine::view::{self, CommandError};
use liaison_engine::{Engine, answer};
use serde::Serialize;
use tauri::{Runtime, State};
use tauri_specta::collect_commands;

use super::WindowHandle;

macro_rules! tauri_commands {
    ($engine:ident, $window:ident: $(
        $(#[$doc:meta])*
        $name:ident($($argument:ident: $type:ty),*) -> $answer:ty $([$($tag:ident),*])? => $work:expr;
    )*) => {
        $(
            $(#[$doc])*
            #[tauri::command]
            #[specta::specta]
            #[allow(unused_variables, reason = "most commands need the engine, some the window")]
            async fn $name(
                $engine: State<'_, Engine>,
                $window: State<'_, WindowHandle>,
                $($argument: $type),*
            ) -> Result<$answer, CommandError> {
                answer(stringify!($name), async move { $work }).await
            }
        )*

        pub(super) fn collected<R: Runtime>() -> tauri_specta::Commands<R> {
            collect_commands![$($name),*]
        }

        /// What the answer of each read is made of, by the name that the window calls it by.
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        pub(super) struct Reads {
            $(#[serde(skip_serializing_if = "<[_]>::is_empty")] $name: &'static [view::Tag]),*
        }

        pub(super) const READS: Reads = Reads { $($name: &[$($(view::Tag::$tag),*)?]),* };
    };
}
liaison_commands::commands!(tauri_commands);
