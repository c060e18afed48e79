//! Keys of the system that bring the user here from any program: into the meeting that is due, and to the palette. Off
//! until somebody asks for them.
//!
//! Under Wayland no program may take keys: the user binds a command in the system's own settings there.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use liaison_engine::Place;
use liaison_engine::view::{self, Hotkey, HotkeyProblem, HotkeyRow, HotkeySet};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_global_shortcut::{Builder, Code, GlobalShortcutExt, Modifiers, Shortcut, ShortcutState};

use crate::{kept, window};

const FILE: &str = "hotkeys.json";
const VERSION: u32 = 1;
/// Longer than any key that can be pressed.
const MAX_KEYS: usize = 60;
const BOTH: [Hotkey; 2] = [Hotkey::Join, Hotkey::Open];

/// What was chosen, from one run to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Stored {
    version: u32,
    join: Option<String>,
    open: Option<String>,
}

impl Stored {
    fn of(&mut self, hotkey: Hotkey) -> &mut Option<String> {
        match hotkey {
            Hotkey::Join => &mut self.join,
            Hotkey::Open => &mut self.open,
        }
    }
}

/// The chosen keys, and which of them the system has given.
pub struct Hotkeys {
    file: PathBuf,
    stored: Mutex<Stored>,
    given: Mutex<Vec<(Hotkey, Shortcut)>>,
    possible: AtomicBool,
}

impl Hotkeys {
    pub fn new(data_dir: &Path) -> Self {
        let file = data_dir.join(FILE);
        let stored: Option<Stored> = kept::read(&file);
        Self {
            file,
            stored: Mutex::new(stored.unwrap_or_default()),
            given: Mutex::default(),
            possible: AtomicBool::new(false),
        }
    }

    fn stored(&self) -> Stored {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn given(&self, hotkey: Hotkey) -> Option<Shortcut> {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.iter().find(|(other, _)| *other == hotkey).map(|(_, shortcut)| *shortcut)
    }

    fn note_given(&self, hotkey: Hotkey, shortcut: Option<Shortcut>) {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.retain(|(other, _)| *other != hotkey);
        given.extend(shortcut.map(|shortcut| (hotkey, shortcut)));
    }

    fn keep(&self, hotkey: Hotkey, keys: Option<String>) {
        let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        *stored.of(hotkey) = keys;
        stored.version = VERSION;
        kept::write(&self.file, &*stored, "the keys of the system");
    }

    /// What stands in the way of a key before the system is asked.
    fn checked(&self, hotkey: Hotkey, keys: &str) -> Result<Shortcut, HotkeyProblem> {
        let shortcut = parse(keys)?;
        let taken = BOTH.into_iter().filter(|other| *other != hotkey).any(|other| {
            let theirs = self.stored().of(other).as_deref().and_then(|keys| parse(keys).ok());
            theirs == Some(shortcut)
        });
        if taken { Err(HotkeyProblem::OtherOfOurs) } else { Ok(shortcut) }
    }
}

/// A key with at least two of Control, Alt, Shift and the system's own, one of them not Shift: with fewer it would be
/// taken from every program. A function key needs one.
fn parse(keys: &str) -> Result<Shortcut, HotkeyProblem> {
    let shortcut = (keys.len() <= MAX_KEYS).then(|| Shortcut::from_str(keys).ok()).flatten();
    let shortcut = shortcut.ok_or(HotkeyProblem::NoKey)?;
    let held = shortcut.mods.iter().count();
    let bare = (shortcut.mods & !Modifiers::SHIFT).is_empty();
    if bare || (held < 2 && !is_function(shortcut.key)) { Err(HotkeyProblem::TooPlain) } else { Ok(shortcut) }
}

fn is_function(code: Code) -> bool {
    let name = code.to_string();
    name.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Whether the system lets programs have keys.
fn can() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || (set("DISPLAY") && !set("WAYLAND_DISPLAY"))
}

/// Asks the system for what was chosen.
pub fn begin(app: &AppHandle<Wry>) {
    if !can() {
        return;
    }
    if let Err(error) = app.plugin(Builder::new().build()) {
        tracing::warn!(%error, "the system gives no keys");
        return;
    }
    let app = app.clone();
    app.state::<Hotkeys>().possible.store(true, Ordering::SeqCst);
    // Each waits for the thread that has the window.
    std::thread::spawn(move || {
        let hotkeys = app.state::<Hotkeys>();
        let mut stored = hotkeys.stored();
        for hotkey in BOTH {
            if let Some(keys) = stored.of(hotkey).as_deref()
                && let Err(problem) = hotkeys.checked(hotkey, keys).and_then(|shortcut| take(&app, hotkey, shortcut))
            {
                tracing::warn!(?hotkey, ?problem, "a key of the system is not ours");
            }
        }
    });
}

fn take(app: &AppHandle<Wry>, hotkey: Hotkey, shortcut: Shortcut) -> Result<(), HotkeyProblem> {
    let pressed = move |app: &AppHandle<Wry>, _: &Shortcut, event: tauri_plugin_global_shortcut::ShortcutEvent| {
        if event.state == ShortcutState::Pressed {
            answer(app, hotkey);
        }
    };
    app.global_shortcut().on_shortcut(shortcut, pressed).map_err(|error| {
        tracing::info!(%error, "the system did not give a key");
        HotkeyProblem::Taken
    })?;
    app.state::<Hotkeys>().note_given(hotkey, Some(shortcut));
    Ok(())
}

fn answer(app: &AppHandle<Wry>, hotkey: Hotkey) {
    match hotkey {
        Hotkey::Join => crate::join(app),
        Hotkey::Open => window::lead(app, Place::Palette),
    }
}

/// For Settings.
pub fn view(app: &AppHandle<Wry>) -> view::Hotkeys {
    let hotkeys = app.state::<Hotkeys>();
    let mut stored = hotkeys.stored();
    let row = |hotkey: Hotkey| HotkeyRow {
        hotkey,
        keys: stored.of(hotkey).clone(),
        works: hotkeys.given(hotkey).is_some(),
        suggested: suggested(hotkey).to_owned(),
    };
    let rows = BOTH.map(row).to_vec();
    view::Hotkeys { possible: hotkeys.possible.load(Ordering::SeqCst), command: join_command(), rows }
}

fn suggested(hotkey: Hotkey) -> &'static str {
    match (hotkey, cfg!(target_os = "macos")) {
        (Hotkey::Join, false) => "Ctrl+Alt+KeyJ",
        (Hotkey::Open, false) => "Ctrl+Alt+Space",
        (Hotkey::Join, true) => "Super+Alt+KeyJ",
        (Hotkey::Open, true) => "Super+Alt+Space",
    }
}

/// What a key of the system's own settings is to call.
fn join_command() -> String {
    let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("liaison"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = program.parent().is_some_and(|folder| std::env::split_paths(&path).any(|listed| listed == folder));
    let name = match program.file_name() {
        Some(name) if found => name.to_string_lossy().into_owned(),
        _ => program.display().to_string(),
    };
    let quoted = if name.contains(' ') { format!("\"{name}\"") } else { name };
    format!("{quoted} --{}", crate::options::JOIN)
}

/// Another key for one of them, or none. What was there stays where the new one can't be had.
pub fn set(app: &AppHandle<Wry>, hotkey: Hotkey, keys: Option<String>) -> HotkeySet {
    let hotkeys = app.state::<Hotkeys>();
    let before = hotkeys.given(hotkey);
    let Some(keys) = keys else {
        release(app, before);
        hotkeys.note_given(hotkey, None);
        hotkeys.keep(hotkey, None);
        return HotkeySet::Off;
    };
    if !hotkeys.possible.load(Ordering::SeqCst) {
        return HotkeySet::Refused { problem: HotkeyProblem::NotPossible };
    }
    let shortcut = match hotkeys.checked(hotkey, &keys) {
        Ok(shortcut) => shortcut,
        Err(problem) => return HotkeySet::Refused { problem },
    };
    if before != Some(shortcut) {
        if let Err(problem) = take(app, hotkey, shortcut) {
            return HotkeySet::Refused { problem };
        }
        release(app, before);
    }
    hotkeys.keep(hotkey, Some(keys));
    HotkeySet::On
}

fn release(app: &AppHandle<Wry>, shortcut: Option<Shortcut>) {
    if let Some(shortcut) = shortcut
        && let Err(error) = app.global_shortcut().unregister(shortcut)
    {
        tracing::warn!(%error, "a key of the system could not be given back");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_every_program_has_is_too_plain_and_nonsense_is_no_key() {
        for keys in ["Ctrl+Alt+KeyJ", "Super+Alt+Space", "Ctrl+Shift+Digit1", "Alt+F9", "Ctrl+F12"] {
            assert!(parse(keys).is_ok(), "{keys}");
        }
        for keys in ["KeyJ", "Shift+KeyJ", "Ctrl+KeyC", "F5", "Shift+F5", "Alt+Home"] {
            assert_eq!(parse(keys), Err(HotkeyProblem::TooPlain), "{keys}");
        }
        for keys in ["", "Ctrl+Alt", "Ctrl+Alt+Nonsense", "Ctrl++", "Ctrl+KeyJ+KeyK", &"Ctrl+".repeat(40)] {
            assert_eq!(parse(keys), Err(HotkeyProblem::NoKey), "{keys}");
        }
        assert_eq!(BOTH.map(|hotkey| parse(suggested(hotkey)).is_ok()), [true, true]);
    }

    #[test]
    fn one_key_does_one_thing_and_what_was_chosen_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let hotkeys = Hotkeys::new(dir.path());
        assert_eq!(hotkeys.stored(), Stored::default());
        hotkeys.keep(Hotkey::Join, Some("Ctrl+Alt+KeyJ".to_owned()));
        assert!(hotkeys.checked(Hotkey::Join, "Ctrl+Alt+KeyJ").is_ok());
        assert_eq!(hotkeys.checked(Hotkey::Open, "Alt+Ctrl+J"), Err(HotkeyProblem::OtherOfOurs));

        let again = Hotkeys::new(dir.path());
        assert_eq!(again.stored().join.as_deref(), Some("Ctrl+Alt+KeyJ"));
        again.keep(Hotkey::Join, None);
        assert_eq!(Hotkeys::new(dir.path()).stored(), Stored { version: VERSION, ..Stored::default() });
        std::fs::write(dir.path().join(FILE), "{").unwrap();
        assert_eq!(Hotkeys::new(dir.path()).stored(), Stored::default());
    }
}
