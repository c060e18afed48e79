//! Size and place of the window, from one run to the next.
//!
//! What is stored is what the same toolkit takes back unchanged: on Linux GTK's own pair of getting and setting, which
//! leaves the decorations of X11 and the shadows of Wayland out on both sides. Other pairs creep by a title bar with
//! each start. A maximized window remembers the place that it returns to.

use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tauri::{Monitor, Runtime, WebviewWindow};

use crate::kept;

const FILE: &str = "window.json";
const VERSION: u32 = 1;
/// A size that was taken this shortly before the window was found maximized is the maximized one.
const SETTLED: Duration = Duration::from_millis(700);
/// So much of the upper edge must be on a monitor for the window to be within reach.
const GRIP: (i32, i32) = (120, 24);

/// Where the window is when it is neither maximized nor minimized. Sizes are in logical pixels, places in the units of
/// the system's own coordinates: logical ones on Linux, physical ones elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Placement {
    version: u32,
    pub width: u32,
    pub height: u32,
    /// None lets the system decide.
    #[serde(default)]
    pub place: Option<(i32, i32)>,
    #[serde(default)]
    pub maximized: bool,
}

/// A monitor, in the units of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

impl Placement {
    pub fn new(width: u32, height: u32, place: Option<(i32, i32)>) -> Self {
        Self { version: VERSION, width, height, place, maximized: false }
    }

    /// What was written last, if it can be read.
    pub fn read(data_dir: &Path) -> Option<Self> {
        let stored: Self = kept::read(&data_dir.join(FILE))?;
        let sound = |size| (100..=20_000).contains(&size);
        (sound(stored.width) && sound(stored.height)).then_some(stored)
    }

    /// Kept for the next start. A failure only costs the place.
    pub fn write(self, data_dir: &Path) {
        kept::write(&data_dir.join(FILE), &self, "the place of the window");
    }

    /// A window that nobody could reach any more, because its monitor is gone, is placed by the system.
    #[must_use]
    pub fn within(self, monitors: &[Area]) -> Self {
        let reachable = |(x, y): (i32, i32)| {
            let right = x.saturating_add(i32::try_from(self.width).unwrap_or(i32::MAX));
            monitors.iter().any(|monitor| {
                let seen = right.min(monitor.x + monitor.width) - x.max(monitor.x);
                seen >= GRIP.0 && y >= monitor.y && y <= monitor.y + monitor.height - GRIP.1
            })
        };
        Self { place: self.place.filter(|place| reachable(*place)), ..self }
    }
}

/// What is known of the window while it is moved, resized and maximized.
#[derive(Debug, Default)]
pub struct Track {
    settled: Option<Placement>,
    latest: Option<(Instant, Placement)>,
    maximized: bool,
}

impl Track {
    /// Begins with what was restored, so that a start that changes nothing writes the same again.
    pub fn from(restored: Option<Placement>) -> Self {
        Self { settled: restored, latest: None, maximized: restored.is_some_and(|restored| restored.maximized) }
    }

    /// The window is somewhere, and neither maximized nor minimized.
    pub fn seen(&mut self, at: Instant, placement: Placement) {
        self.maximized = false;
        if let Some((before, latest)) = self.latest
            && at.duration_since(before) >= SETTLED
        {
            self.settled = Some(latest);
        }
        // While it moves, the last settled one stays what it was.
        self.latest = Some((at, placement));
    }

    /// The window is maximized. Systems tell the new size first, and then what it means.
    pub fn maximized(&mut self, at: Instant) {
        if let Some((before, latest)) = self.latest.take()
            && at.duration_since(before) >= SETTLED
        {
            self.settled = Some(latest);
        }
        self.maximized = true;
    }

    /// What to keep.
    pub fn placement(&self) -> Option<Placement> {
        let normal = self.latest.map(|(_, latest)| latest).or(self.settled)?;
        Some(Placement { maximized: self.maximized, ..normal })
    }
}

/// The monitors there are.
pub fn areas(monitors: &[Monitor]) -> Vec<Area> {
    let area = |monitor: &Monitor| {
        let scale = if cfg!(target_os = "linux") { monitor.scale_factor() } else { 1.0 };
        let place = monitor.position().to_logical::<i32>(scale);
        let size = monitor.size().to_logical::<i32>(scale);
        Area { x: place.x, y: place.y, width: size.width, height: size.height }
    };
    monitors.iter().map(area).collect()
}

/// Where a window is now; to be asked on the main thread.
#[cfg(target_os = "linux")]
pub fn current<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<Placement> {
    use gtk::prelude::GtkWindowExt;

    let window = window.gtk_window()?;
    let (width, height) = window.size();
    let unsigned = |size: i32| u32::try_from(size).unwrap_or_default();
    Ok(Placement::new(unsigned(width), unsigned(height), Some(window.position())))
}

/// Puts a window where it was, before it is shown; to be called on the main thread.
#[cfg(target_os = "linux")]
pub fn put<R: Runtime>(window: &WebviewWindow<R>, (x, y): (i32, i32)) -> tauri::Result<()> {
    use gtk::prelude::GtkWindowExt;

    window.gtk_window()?.move_(x, y);
    Ok(())
}

/// Where a window is now.
#[cfg(not(target_os = "linux"))]
pub fn current<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<Placement> {
    let size = window.inner_size()?.to_logical::<u32>(window.scale_factor()?);
    let place = window.outer_position()?;
    Ok(Placement::new(size.width, size.height, Some((place.x, place.y))))
}

/// Puts a window where it was, before it is shown.
#[cfg(not(target_os = "linux"))]
pub fn put<R: Runtime>(window: &WebviewWindow<R>, (x, y): (i32, i32)) -> tauri::Result<()> {
    window.set_position(tauri::PhysicalPosition { x, y })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Area = Area { x: 0, y: 0, width: 1920, height: 1080 };

    fn at(x: i32, y: i32) -> Placement {
        Placement::new(900, 600, Some((x, y)))
    }

    #[test]
    fn five_starts_write_what_was_read() {
        let dir = tempfile::tempdir().unwrap();
        let chosen = at(140, 80);
        chosen.write(dir.path());
        for _ in 0..5 {
            let restored = Placement::read(dir.path());
            let track = Track::from(restored.map(|restored| restored.within(&[SCREEN])));
            track.placement().unwrap().write(dir.path());
        }
        assert_eq!(Placement::read(dir.path()), Some(chosen));
    }

    #[test]
    fn damage_and_nonsense_are_as_good_as_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let none = ["", "{", r#"{"version":1,"width":0,"height":600}"#, r#"{"version":1,"width":99999,"height":600}"#];
        for text in none {
            std::fs::write(dir.path().join(FILE), text).unwrap();
            assert_eq!(Placement::read(dir.path()), None, "{text}");
        }
        let small = r#"{"version":9,"width":900,"height":600,"new":[]}"#;
        std::fs::write(dir.path().join(FILE), small).unwrap();
        assert_eq!(Placement::read(dir.path()).unwrap().place, None);
    }

    #[test]
    fn out_of_reach_the_system_decides() {
        let second = Area { x: -1280, y: 200, width: 1280, height: 720 };
        for (x, y, stays) in
            [(0, 0, true), (-800, 300, true), (1_900, 10, false), (300, 1_070, false), (300, -40, false)]
        {
            let placed = at(x, y).within(&[SCREEN, second]);
            assert_eq!(placed.place.is_some(), stays, "{x} {y}");
            assert_eq!((placed.width, placed.height), (900, 600));
        }
        assert!(at(-800, 300).within(&[SCREEN]).place.is_none());
        assert_eq!(at(0, 0).within(&[]).place, None);
    }

    #[test]
    fn a_maximized_window_returns_to_its_place() {
        let begun = Instant::now();
        let after = |millis| begun + Duration::from_millis(millis);
        let mut track = Track::default();
        track.seen(after(0), at(100, 100));
        track.seen(after(5_000), at(140, 80));
        // The maximized size comes before the word that it is one.
        track.seen(after(9_000), Placement::new(1920, 1080, Some((0, 0))));
        track.maximized(after(9_020));
        assert_eq!(track.placement(), Some(Placement { maximized: true, ..at(140, 80) }));
        track.seen(after(20_000), at(140, 80));
        assert_eq!(track.placement(), Some(at(140, 80)));
    }
}
