//! Notifications of the system, and the way back from a click on one.

use liaison_engine::view::NoticeFate;
use liaison_engine::{Engine, Notice, NoticeAnswer};
use notify_rust::{Notification, NotificationResponse, Timeout};
use tauri::{AppHandle, Manager, Wry};

use crate::texts;

const JOIN: &str = "join";
const SNOOZE: &str = "snooze";
/// The click on the notification itself, as the desktops of Linux call it.
const DEFAULT: &str = "default";
/// A reminder that vanished by itself before anybody looked reminds of nothing; this long is until the next one.
const STAYS_MS: u32 = 60_000;

/// Hands a notification to the system, and tells the engine what becomes of it. Returns at once: some systems answer
/// after the user did.
pub fn show(app: &AppHandle<Wry>, notice: Notice) {
    let engine = app.state::<Engine>().inner().clone();
    let runtime = tauri::async_runtime::handle();
    // Each waits for its answer in a thread of its own; there are a few in an hour.
    let outcome = std::thread::Builder::new().name("notice".to_owned()).spawn(move || {
        let id = notice.id.clone();
        let became = |fate| runtime.block_on(engine.notice_became(id.clone(), fate));
        let handle = match made(&notice).show() {
            Ok(handle) => handle,
            Err(error) => {
                tracing::warn!(%error, "the system shows no notification");
                became(NoticeFate::Blocked);
                return;
            }
        };
        became(NoticeFate::Shown);
        let answered = |response: &NotificationResponse| {
            if let Some(answer) = answer(response) {
                runtime.block_on(engine.answer_notice(id.clone(), answer));
            }
        };
        wait(handle, answered);
    });
    if let Err(error) = outcome {
        tracing::warn!(%error, "a notification found no thread");
    }
}

fn wait(handle: notify_rust::NotificationHandle, answered: impl FnOnce(&NotificationResponse)) {
    if let Err(error) = handle.wait_for_response(answered) {
        tracing::debug!(%error, "nobody answered a notification");
    }
}

fn made(notice: &Notice) -> Notification {
    let words = texts::notice(notice);
    let mut made = Notification::new();
    made.appname("Liaison").summary(&words.title).body(&escaped(&words.body)).timeout(Timeout::Milliseconds(STAYS_MS));
    #[cfg(target_os = "linux")]
    {
        // Which program it belongs to; shells look for its desktop file and icon by this.
        made.icon("liaison").hint(notify_rust::Hint::DesktopEntry("liaison".to_owned()));
        made.action(DEFAULT, &texts::said(notice.language, "notice-open", &[]));
    }
    #[cfg(windows)]
    made.app_id("org.liaison.desktop");
    if notice.can_join {
        made.action(JOIN, &words.join);
    }
    // macOS hides more than one action in a menu.
    if let Some(snooze) = words.snooze.filter(|_| !cfg!(target_os = "macos")) {
        made.action(SNOOZE, &snooze);
    }
    made.finalize()
}

/// Desktops of Linux read the body as markup: what somebody called their meeting is text.
fn escaped(body: &str) -> String {
    if cfg!(target_os = "linux") {
        body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        body.to_owned()
    }
}

fn answer(response: &NotificationResponse) -> Option<NoticeAnswer> {
    match response {
        NotificationResponse::Default => Some(NoticeAnswer::Clicked),
        NotificationResponse::Action(action) => match action.as_str() {
            JOIN => Some(NoticeAnswer::Join),
            SNOOZE => Some(NoticeAnswer::Snooze),
            DEFAULT => Some(NoticeAnswer::Clicked),
            _ => None,
        },
        // Closed is not dismissed: systems close notifications by themselves.
        NotificationResponse::Closed(_) | NotificationResponse::Reply(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use liaison_engine::Said;
    use liaison_engine::view::Language;

    use super::*;

    fn meeting(can_join: bool) -> Notice {
        let said = Said::Meeting {
            title: Some("A <b>demo</b> & more".to_owned()),
            people: vec!["Anna".to_owned()],
            minutes: 1,
        };
        Notice { id: "n".to_owned(), language: Language::En, said, can_join, snooze: Some(5) }
    }

    #[test]
    fn what_somebody_called_a_meeting_is_text() {
        let made = made(&meeting(true));
        assert!(!made.body.contains("<b>"), "{}", made.body);
        assert!(made.summary.contains("A <b>demo</b> & more"), "{}", made.summary);
        assert!(made.actions.iter().any(|action| action == JOIN) && made.actions.iter().any(|action| action == SNOOZE));
        let closed = super::made(&meeting(false));
        assert!(!closed.actions.iter().any(|action| action == JOIN));
    }

    #[test]
    fn closing_is_no_answer() {
        let closed = NotificationResponse::Closed(notify_rust::CloseReason::Dismissed);
        assert_eq!(answer(&closed), None);
        assert_eq!(answer(&NotificationResponse::Action("snooze".to_owned())), Some(NoticeAnswer::Snooze));
        assert_eq!(answer(&NotificationResponse::Default), Some(NoticeAnswer::Clicked));
        assert_eq!(answer(&NotificationResponse::Action("other".to_owned())), None);
    }

    #[cfg(target_os = "linux")]
    #[expect(clippy::unused_self, clippy::used_underscore_binding, reason = "what a desktop offers has this shape")]
    mod on_a_bus {
        use std::collections::HashMap;
        use std::sync::mpsc::{Sender, channel};
        use std::time::Duration;

        use zbus::object_server::SignalEmitter;
        use zbus::zvariant::OwnedValue;

        use super::*;
        use crate::test_bus::{Bus, is_child};

        const PATH: &str = "/org/freedesktop/Notifications";

        /// A desktop that shows notifications.
        struct Daemon(Sender<(String, String, Vec<String>)>);

        #[zbus::interface(name = "org.freedesktop.Notifications")]
        impl Daemon {
            #[expect(clippy::too_many_arguments, reason = "it is the desktop's")]
            fn notify(
                &self,
                _app: String,
                _replaces: u32,
                _icon: String,
                summary: String,
                body: String,
                actions: Vec<String>,
                _hints: HashMap<String, OwnedValue>,
                _timeout: i32,
            ) -> u32 {
                self.0.send((summary, body, actions)).unwrap();
                7
            }

            fn get_capabilities(&self) -> Vec<String> {
                vec!["actions".to_owned(), "body".to_owned()]
            }

            #[zbus(signal)]
            async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
        }

        /// The program's side of the test below, in a process of its own.
        #[test]
        fn child() {
            if !is_child() {
                return;
            }
            match made(&meeting(true)).show() {
                Ok(handle) => {
                    println!("shown");
                    wait(handle, |response| println!("answered {:?}", answer(response)));
                }
                Err(_) => println!("blocked"),
            }
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn a_click_comes_back_and_a_system_without_notifications_is_told() {
            let Some(bus) = Bus::start() else { return };
            bus.run("notices::tests::on_a_bus::child").says("blocked");

            let (heard, said) = channel();
            let daemon = bus.connect().serve_at(PATH, Daemon(heard)).unwrap();
            let daemon = daemon.name("org.freedesktop.Notifications").unwrap().build().await.unwrap();
            for (action, expected) in
                [("join", "Some(Join)"), ("snooze", "Some(Snooze)"), ("default", "Some(Clicked)"), ("other", "None")]
            {
                let mut program = bus.run("notices::tests::on_a_bus::child");
                program.says("shown");
                let (summary, body, actions) = said.recv_timeout(Duration::from_mins(1)).unwrap();
                assert_eq!(summary, "A <b>demo</b> & more");
                assert!(body.contains("Starts in 1 minute"), "{body}");
                assert!(actions.contains(&action.to_owned()) || action == "other", "{actions:?}");
                // It listens a moment after it has shown.
                let emitter = SignalEmitter::new(&daemon, PATH).unwrap();
                let clicking = async {
                    loop {
                        Daemon::action_invoked(&emitter, 7, action).await.unwrap();
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                };
                let answered = tokio::task::spawn_blocking(move || program.says("answered "));
                tokio::select! {
                    answered = answered => assert_eq!(answered.unwrap(), expected),
                    () = clicking => {}
                }
            }
        }
    }
}
