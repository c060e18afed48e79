//! The window's commands by name, with JSON as the window sends it and gets it.
//!
//! The list is compared with the generated TypeScript, so that a command that the window has is one that a scenario
//! has.

use liaison_engine::Engine;
use liaison_engine::view::{CommandError, CopyWhat, FieldText, Provider, ScheduleDraft, Settings, UtcMs, WhenText};
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

macro_rules! commands {
    ($engine:ident: $($name:ident($($argument:ident: $type:ty),*) => $work:expr;)*) => {
        /// Every command with the names of its arguments, as the window spells them.
        pub const ALL: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($argument)),*])),*];

        /// Calls one command.
        ///
        /// # Errors
        /// The command refused, or there is no such command, or its arguments are others.
        pub async fn call($engine: &Engine, name: &str, arguments: Value) -> Result<Value, Refused> {
            $(if name == stringify!($name) {
                #[derive(Deserialize)]
                #[serde(rename_all = "camelCase", deny_unknown_fields)]
                struct Arguments { $($argument: $type),* }
                let Arguments { $($argument),* } = read(name, arguments)?;
                let answer: Result<_, CommandError> = Box::pin(async move { $work }).await;
                return told(answer);
            })*
            Err(Refused::Call(format!("there is no command `{name}`")))
        }
    };
}

commands! { engine:
    get_app_state() => engine.app_state().await;
    show_window() => Ok(());
    update_settings(settings: Settings) => engine.update_settings(settings).await;
    retry_unlock() => engine.retry_unlock().await;
    start_demo() => engine.start_demo().await;
    leave_demo() => engine.leave_demo().await;
    connect_account(provider: Provider) => engine.connect(provider).await;
    reopen_sign_in(provider: Provider) => engine.reopen_sign_in(provider).await;
    copy_sign_in_link(provider: Provider) => engine.copy_sign_in_link(provider).await;
    cancel_sign_in(provider: Provider) => engine.cancel_sign_in(provider).await;
    disconnect_account(provider: Provider, erase: bool) => engine.disconnect(provider, erase).await;
    sync_now() => engine.sync_now().await;
    get_ui_state(key: String) => engine.ui_state(key).await;
    set_ui_state(key: String, value: String) => engine.set_ui_state(key, value).await;
    quit_app() => { engine.shutdown().await; Ok(()) };
    quit_anyway() => { engine.shutdown().await; Ok(()) };
    stay_open() => Ok(());
    zoom_window(percent: u32) => { let _: u32 = percent; Ok(()) };
    get_day(offset: i32) => engine.day(offset).await;
    get_meeting(id: String) => engine.meeting(id).await;
    get_next_up() => engine.next_up().await;
    search_meetings(query: String, limit: u32) => engine.search_meetings(query, limit).await;
    join_meeting(id: String) => engine.join_meeting(id).await;
    start_meeting(id: String) => engine.start_meeting(id).await;
    copy_meeting(id: String, what: CopyWhat) => engine.copy_meeting(id, what).await;
    open_person(id: String) => engine.open_person(id).await;
    edit_meeting(id: String) => engine.edit_meeting(id).await;
    change_meeting(id: String, draft: ScheduleDraft) => engine.change_meeting(id, draft).await;
    cancel_meeting(id: String) => engine.cancel_meeting(id).await;
    undo_scheduling(id: String) => engine.undo_scheduling(id).await;
    log_event(id: String) => engine.log_event(id).await;
    new_draft(person: Option<String>, at: Option<UtcMs>) => engine.new_draft(person, at).await;
    read_when(asked: WhenText) => Ok(engine.read_when(&asked));
    check_schedule(draft: ScheduleDraft) => engine.check_schedule(draft).await;
    schedule_meeting(draft: ScheduleDraft) => engine.schedule_meeting(draft).await;
    search_people(query: String, limit: u32) => engine.search_people(query, limit).await;
    list_zones(query: String) => Ok(engine.search_zones(&query));
    list_outbox() => engine.outbox().await;
    undo_outbox_item(id: String) => engine.undo_outbox_item(id).await;
    retry_outbox_item(id: String) => engine.retry_outbox_item(id).await;
    discard_outbox_item(id: String) => engine.discard_outbox_item(id).await;
    restore_outbox_item(id: String) => engine.restore_outbox_item(id).await;
    edit_outbox_item(id: String, texts: Vec<FieldText>) => engine.edit_outbox_item(id, texts).await;
    decide_outbox_item(id: String, mine: bool) => engine.decide_outbox_item(id, mine).await;
    reopen_outbox_item(id: String) => engine.reopen_outbox_item(id).await;
    pause_outbox(paused: bool) => engine.pause_outbox(paused).await;
    open_event(id: String) => engine.open_event(id).await;
}

/// Whether there is such a command.
pub fn exists(name: &str) -> bool {
    ALL.iter().any(|(known, _)| *known == name)
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
