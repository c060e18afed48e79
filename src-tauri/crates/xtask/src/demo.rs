//! `cargo xtask demo`: from a fresh checkout to the window, ready for the demo with one click.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::desktop::{Desktop, Picture, Size};
use crate::failure::{Failure, Outcome, Tried};
use crate::packages::Need;
use crate::process::{Process, run, tethered};
use crate::report::{Steps, interactive, say};
use crate::{build, places, png, setup};

/// The window's size when it opens for the first time; the virtual screen has the same.
pub const WINDOW: Size = Size { width: 1180, height: 760 };
/// A window that shows its first screen has text, with the many shades of its smooth edges.
const COLOURS_OF_A_SCREEN: usize = 24;
/// How long the window may take to show something.
const PATIENCE: Duration = Duration::from_secs(90);

pub fn perform(screenshot: Option<PathBuf>) -> Outcome {
    let virtual_display = screenshot.is_some() || !has_display();
    if virtual_display && !cfg!(target_os = "linux") {
        return Err(Failure::new("a virtual display, and so --screenshot, is there on Linux only"));
    }
    let mut needs = vec![Need::Build, Need::Browse];
    if virtual_display {
        needs.push(Need::Headless);
    }
    let mut steps = Steps::default();
    steps.step("setup", "what building and running need", || setup::for_needs(&needs))?;
    steps.step("web view", "the UI goes into the binary", build::ui)?;
    steps.step("app", "the first time compiles everything and takes minutes", build::app)?;
    let app = places::built("debug", "liaison")?;
    if virtual_display {
        let target = screenshot.unwrap_or_else(|| places::artifacts().join("demo.png"));
        without_display(&app, &target, &mut steps)?;
    } else {
        steps.summary();
        say("\nThe window is open: choose Explore with demo data. This ends when you quit Liaison.");
        run(&mut Command::new(app))?;
    }
    Ok(())
}

/// Whether a window would be seen here.
pub fn has_display() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn without_display(app: &Path, target: &Path, steps: &mut Steps) -> Outcome {
    let desktop =
        steps.step("desktop", "no display here: Xvfb, a session bus and a keychain of this run's own", || {
            Desktop::start(WINDOW)
        })?;
    let mut process = steps.step("window", "waits until it shows its first screen", || open(app, &desktop, target))?;
    steps.summary();
    say(format_args!("\nThe window as it is now: {}", target.display()));
    if interactive() {
        say("It stays open until Ctrl-C.");
        process.child().wait().tried(|| "the app could not be waited for".to_owned())?;
    }
    Ok(())
}

fn open(app: &Path, desktop: &Desktop, target: &Path) -> Outcome<Process> {
    let mut command = tethered(app);
    command.envs(desktop.environment()).stdin(Stdio::null());
    let mut process = Process::start("Liaison", &mut command)?;
    let picture = settled(&mut process, desktop)?;
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).tried(|| format!("could not make {}", folder.display()))?;
    }
    fs::write(target, png::encode(&picture)).tried(|| format!("could not write {}", target.display()))?;
    Ok(process)
}

/// The first picture with content that stays the same for a while.
fn settled(process: &mut Process, desktop: &Desktop) -> Outcome<Picture> {
    let begun = Instant::now();
    let mut last = desktop.picture()?;
    let mut same = 0;
    while same < 3 {
        process.still_running()?;
        if begun.elapsed() > PATIENCE {
            return Err(Failure::new(format!("the window showed nothing within {PATIENCE:?}")));
        }
        thread::sleep(Duration::from_millis(250));
        let now = desktop.picture()?;
        same = if now == last && now.colours(COLOURS_OF_A_SCREEN) >= COLOURS_OF_A_SCREEN { same + 1 } else { 0 };
        last = now;
    }
    Ok(last)
}
