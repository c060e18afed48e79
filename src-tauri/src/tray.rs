//! The icon beside the clock, and its menu.
//!
//! What stands in the menu is decided here, once for all systems; how it gets there is the system's: on Linux over the
//! session bus (`linux`), elsewhere by Tauri (`native`).

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod native;

use std::sync::Arc;
use std::time::Duration;

use liaison_engine::view::{CopyWhat, Language, Provider, ReminderPause};
use liaison_engine::{Engine, Place, Tray, TrayFault, TrayMeeting};
use tauri::{AppHandle, Manager, Wry};
use tokio::sync::Notify;

use crate::texts::{self, Value};
use crate::window;

#[cfg(target_os = "linux")]
use linux::Shown;
#[cfg(not(target_os = "linux"))]
use native::Shown;

/// Whatever changes is shown together with what changes next.
const TOGETHER: Duration = Duration::from_millis(500);
/// Letters of a title; longer ones push the menu over the screen.
const TITLE: usize = 48;
/// From here on a time says more than a countdown.
const COUNTDOWN: i64 = 60;

/// Hears that something changed.
#[derive(Default, Clone)]
pub struct News(Arc<Notify>);

impl News {
    pub fn tell(&self) {
        self.0.notify_one();
    }
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// Says something and does nothing.
    Text(String),
    Act(String, Action),
    Check(String, bool, Action),
    More(String, Vec<Entry>),
    Line,
}

/// What a line of the menu does.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Action {
    /// Enters the meeting that is meant now; that may be another one than when the menu was opened.
    Join,
    Copy(String),
    Show(Place),
    HideTitles(bool),
    Pause(ReminderPause),
    Open,
    Quit,
}

/// What the icon tells at a glance; the menu says it in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Normal,
    Attention,
    Offline,
}

/// Icon and menu at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Picture {
    mood: Mood,
    /// Beside the icon where there is room, and under the pointer.
    title: String,
    menu: Vec<Entry>,
}

/// Shows the icon, and keeps it true, until the program ends.
pub async fn run(app: AppHandle<Wry>, news: News) {
    let Some(mut shown) = Shown::begin(&app).await else { return };
    let mut last: Option<Picture> = None;
    loop {
        let engine = app.state::<Engine>().inner().clone();
        match engine.tray().await {
            Ok(tray) => {
                let picture = picture(&tray);
                if last.as_ref() != Some(&picture) {
                    shown.show(&picture).await;
                    last = Some(picture);
                }
            }
            Err(error) => tracing::warn!(%error, "the tray could not be told what is there"),
        }
        tokio::select! {
            () = news.0.notified() => tokio::time::sleep(TOGETHER).await,
            () = liaison_engine::beat() => {}
        }
    }
}

fn picture(tray: &Tray) -> Picture {
    let mood = match tray.fault {
        Some(TrayFault::Offline) => Mood::Offline,
        Some(TrayFault::Locked | TrayFault::SignInNeeded(_)) => Mood::Attention,
        Some(TrayFault::Failing(_)) | None if tray.outbox_needs_you > 0 => Mood::Attention,
        Some(TrayFault::Failing(_)) | None => Mood::Normal,
    };
    let title = tray.next.as_ref().map_or_else(|| "Liaison".to_owned(), |next| headline(tray.language, next));
    Picture { mood, title, menu: menu(tray) }
}

fn menu(tray: &Tray) -> Vec<Entry> {
    let say = |key: &str| texts::said(tray.language, key, &[]);
    let number = |key: &str, count: u32| texts::said(tray.language, key, &[("count", Value::Number(count.into()))]);
    let mut menu = Vec::new();
    if let Some(fault) = tray.fault {
        menu.extend([Entry::Act(say(fault_key(fault)), Action::Open), Entry::Line]);
    }
    if tray.open {
        if let Some(job) = tray.registering {
            let counts = [("done", job.done), ("total", job.total)];
            let counts = counts.map(|(name, count)| (name, Value::Number(count.into())));
            let text = texts::said(tray.language, "tray-registering", &counts);
            menu.extend([Entry::Act(text, Action::Show(Place::Outbox)), Entry::Line]);
        }
        match &tray.next {
            Some(next) => {
                menu.push(Entry::Text(headline(tray.language, next)));
                if next.can_join {
                    menu.push(Entry::Act(say("tray-join"), Action::Join));
                    menu.push(Entry::Act(say("tray-copy"), Action::Copy(next.id.clone())));
                }
            }
            None => menu.push(Entry::Text(say("tray-nothing"))),
        }
        if !tray.more.is_empty() {
            menu.push(Entry::Line);
        }
        for meeting in &tray.more {
            let title = title(tray.language, meeting);
            let given = [("title", Value::Text(&title)), ("at", Value::Time(&meeting.at))];
            let text = texts::said(tray.language, "tray-later", &given);
            menu.push(Entry::Act(text, Action::Show(Place::Meeting { id: meeting.id.clone() })));
        }
        menu.extend([Entry::Line, Entry::Act(say("tray-schedule"), Action::Show(Place::Schedule))]);
        if tray.calls_to_link > 0 {
            menu.push(Entry::Act(number("tray-calls", tray.calls_to_link), Action::Show(Place::Calls)));
        }
        if tray.outbox_needs_you > 0 {
            menu.push(Entry::Act(number("tray-outbox", tray.outbox_needs_you), Action::Show(Place::Outbox)));
        }
        menu.push(Entry::Line);
        menu.push(Entry::Check(say("tray-hide-titles"), tray.hide_titles, Action::HideTitles(!tray.hide_titles)));
        menu.push(if let Some(at) = &tray.paused_until {
            let text = texts::said(tray.language, "tray-resume", &[("at", Value::Time(at))]);
            Entry::Act(text, Action::Pause(ReminderPause::None))
        } else {
            let pause = |key: &str, pause| Entry::Act(say(key), Action::Pause(pause));
            Entry::More(
                say("tray-pause"),
                vec![
                    pause("tray-pause-half", ReminderPause::HalfAnHour),
                    pause("tray-pause-hour", ReminderPause::Hour),
                    pause("tray-pause-tomorrow", ReminderPause::Tomorrow),
                ],
            )
        });
        menu.push(Entry::Line);
    }
    menu.push(Entry::Act(say("tray-open"), Action::Open));
    if tray.open {
        menu.push(Entry::Act(say("tray-settings"), Action::Show(Place::Settings)));
    }
    menu.push(Entry::Act(say("menu-quit"), Action::Quit));
    menu
}

fn fault_key(fault: TrayFault) -> &'static str {
    match fault {
        TrayFault::Locked => "tray-fault-locked",
        TrayFault::SignInNeeded(Provider::Zoom) => "tray-fault-sign-in-zoom",
        TrayFault::SignInNeeded(Provider::Salesforce) => "tray-fault-sign-in-salesforce",
        TrayFault::Failing(Provider::Zoom) => "tray-fault-failing-zoom",
        TrayFault::Failing(Provider::Salesforce) => "tray-fault-failing-salesforce",
        TrayFault::Offline => "tray-fault-offline",
    }
}

fn headline(language: Language, next: &TrayMeeting) -> String {
    let title = title(language, next);
    let title = ("title", Value::Text(&title));
    match next.minutes {
        ..=0 => texts::said(language, "tray-next-now", &[title]),
        COUNTDOWN.. => texts::said(language, "tray-next-at", &[title, ("at", Value::Time(&next.at))]),
        minutes => texts::said(language, "tray-next-in", &[title, ("minutes", Value::Number(minutes))]),
    }
}

fn title(language: Language, meeting: &TrayMeeting) -> String {
    match &meeting.title {
        None => texts::said(language, "notice-meeting-hidden", &[]),
        Some(title) if title.chars().count() > TITLE => {
            format!("{}…", title.chars().take(TITLE - 1).collect::<String>().trim_end())
        }
        Some(title) => title.clone(),
    }
}

/// Does what a line of the menu says. What can't be done is shown in the window, where there are words for it.
fn act(app: &AppHandle<Wry>, action: Action) {
    let engine = app.state::<Engine>().inner().clone();
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let outcome = match action {
            Action::Join => engine.smart_join().await,
            Action::Copy(id) => engine.copy_meeting(id, CopyWhat::JoinLink).await,
            Action::HideTitles(hide) => engine.hide_titles(hide).await,
            Action::Pause(pause) => engine.pause_reminders(pause).await,
            Action::Show(place) => {
                window::lead(&app, place);
                Ok(())
            }
            Action::Open => {
                window::focus(&app);
                Ok(())
            }
            Action::Quit => {
                window::quit(&app);
                Ok(())
            }
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "a line of the tray's menu could not be done");
            window::focus(&app);
        }
    });
}

#[cfg(test)]
mod tests {
    use liaison_engine::TrayJob;

    use super::*;

    fn meeting(minutes: i64) -> TrayMeeting {
        let title = Some("Acme - renewal demo".to_owned());
        TrayMeeting { id: "91".to_owned(), title, at: "11:00".to_owned(), minutes, can_join: true }
    }

    fn tray() -> Tray {
        Tray {
            language: Language::En,
            fault: None,
            next: Some(meeting(12)),
            more: vec![meeting(200)],
            registering: None,
            calls_to_link: 7,
            outbox_needs_you: 0,
            hide_titles: false,
            paused_until: None,
            open: true,
        }
    }

    fn labels(menu: &[Entry]) -> Vec<&str> {
        let label = |entry| match entry {
            &Entry::Text(ref text)
            | &Entry::Act(ref text, _)
            | &Entry::Check(ref text, ..)
            | &Entry::More(ref text, _) => text.as_str(),
            Entry::Line => "-",
        };
        menu.iter().map(label).collect()
    }

    #[test]
    fn the_menu_is_as_it_is_drawn() {
        let picture = picture(&tray());
        assert_eq!((picture.mood, picture.title.as_str()), (Mood::Normal, "Acme - renewal demo, in 12 min"));
        assert_eq!(
            labels(&picture.menu),
            [
                "Acme - renewal demo, in 12 min",
                "Join now",
                "Copy link",
                "-",
                "11:00  Acme - renewal demo",
                "-",
                "Schedule…",
                "Calls to link (7)",
                "-",
                "Hide titles",
                "Pause reminders",
                "-",
                "Open Liaison",
                "Settings",
                "Quit Liaison",
            ]
        );
    }

    #[test]
    fn faults_come_first_and_colour_the_icon() {
        let lost = Tray { fault: Some(TrayFault::SignInNeeded(Provider::Zoom)), ..tray() };
        assert_eq!(labels(&menu(&lost))[..2], ["Zoom: sign in again", "-"]);
        assert_eq!(picture(&lost).mood, Mood::Attention);
        let offline = Tray { fault: Some(TrayFault::Offline), outbox_needs_you: 2, ..tray() };
        assert_eq!(picture(&offline).mood, Mood::Offline);
        assert!(labels(&menu(&offline)).contains(&"Outbox: 2 need you"));
        assert_eq!(picture(&Tray { outbox_needs_you: 1, ..tray() }).mood, Mood::Attention);
    }

    #[test]
    fn a_registration_that_goes_on_stands_before_the_meetings() {
        let busy = Tray { registering: Some(TrayJob { done: 120, total: 400 }), ..tray() };
        assert_eq!(labels(&menu(&busy))[..3], ["Registering 120 of 400", "-", "Acme - renewal demo, in 12 min"]);
        let dutch = Tray { language: Language::Nl, ..busy };
        assert_eq!(labels(&menu(&dutch))[0], "Inschrijven: 120 van 400");
    }

    #[test]
    fn titles_can_be_hidden_and_long_ones_are_cut() {
        let next = TrayMeeting { title: None, ..meeting(0) };
        let hidden = Tray { next: Some(next), hide_titles: true, language: Language::Nl, ..tray() };
        assert_eq!(picture(&hidden).title, "Meeting, nu");
        let long = TrayMeeting { title: Some("word ".repeat(40)), ..meeting(61) };
        let shown = headline(Language::En, &long);
        assert!(shown.ends_with("…, at 11:00") && shown.chars().count() < 70, "{shown}");
    }

    #[test]
    fn without_a_profile_one_can_open_and_quit_and_every_text_is_there() {
        let closed = Tray { open: false, next: None, fault: Some(TrayFault::Locked), ..tray() };
        assert_eq!(labels(&menu(&closed)).len(), 4);
        for language in [Language::En, Language::Nl] {
            let all = Tray { language, outbox_needs_you: 1, paused_until: Some("12:00".to_owned()), ..tray() };
            for fault in [
                TrayFault::Locked,
                TrayFault::Offline,
                TrayFault::SignInNeeded(Provider::Salesforce),
                TrayFault::Failing(Provider::Zoom),
                TrayFault::Failing(Provider::Salesforce),
            ] {
                let menu = menu(&Tray { fault: Some(fault), ..all.clone() });
                assert!(labels(&menu).iter().all(|label| !label.starts_with("tray-")), "{menu:?}");
            }
        }
    }
}
