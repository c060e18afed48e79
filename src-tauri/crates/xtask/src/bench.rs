//! `cargo xtask bench startup`: how long from the start of the process to the painted Today list, next to a window of
//! the same Tauri that shows one static page.
//!
//! Both are measured in one run, taking turns, so that a busy machine is busy for both. The figure to look at is the
//! ratio. A window says that it is painted by writing the file that `LIAISON_PAINTED_FILE` names.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::command_line::Startup;
use crate::demo::{WINDOW, has_display};
use crate::desktop::{Desktop, Folder};
use crate::failure::{Failure, Outcome, Tried};
use crate::packages::Need;
use crate::process::{Process, run, tethered};
use crate::report::{Steps, say};
use crate::{build, places, setup};

/// The ratio that the project aims for.
const AIM: f64 = 1.25;
/// The services of a filled profile: on loopback, where nothing listens. The lists come from the database, and what the
/// network does meanwhile is no part of what is measured.
pub const NOWHERE: &str = r#"{
  "zoom": { "api": "http://127.0.0.1:9/v2", "oauth": "http://127.0.0.1:9", "client_id": "measurement" },
  "salesforce": { "login": "http://127.0.0.1:9", "client_id": "measurement" }
}"#;
/// How long a window may take to paint.
const PATIENCE: Duration = Duration::from_mins(1);

pub fn startup(wish: &Startup) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new("the start is measured on Linux only"));
    }
    let mut steps = Steps::default();
    steps.step("setup", "what building and a virtual display need", || {
        setup::for_needs(&[Need::Build, Need::Headless])
    })?;
    steps.step("web view", "the UI goes into the binary", build::ui)?;
    steps.step("build", "the app and a bare window, both for release", || {
        build::measured(&["--bin", "liaison", "--example", "bare_window"])
    })?;
    let desktop = steps.step("desktop", "a display, bus and keychain of this run's own", || Desktop::start(WINDOW))?;
    let data = desktop.session().folder().join("data");
    let nowhere = desktop.session().folder().join("nowhere.json");
    fs::write(&nowhere, NOWHERE).tried(|| format!("could not write {}", nowhere.display()))?;
    let arguments: [OsString; 4] = ["--data-dir".into(), data.clone().into(), "--sandbox-info".into(), nowhere.into()];
    steps.step("fill", &format!("{} meetings and {} people", wish.meetings, wish.people), || {
        let mut fill = tethered(places::built("release/examples", "fill")?);
        fill.arg(&data).envs(desktop.environment());
        fill.args(["--meetings", &wish.meetings.to_string(), "--people", &wish.people.to_string()]);
        run(&mut fill)
    })?;
    let app = Window { name: "the app", program: places::built("release", "liaison")?, arguments: &arguments };
    let bare =
        Window { name: "the bare window", program: places::built("release/examples", "bare_window")?, arguments: &[] };
    let (of_app, of_bare) = steps.step("starts", "taking turns, the first of each not counted", || {
        alternate(&app, &bare, &desktop, wish.runs)
    })?;
    steps.summary();
    conclude(&of_app, &of_bare);
    if has_display() {
        say("Measured on a virtual display.");
    }
    Ok(())
}

struct Window<'a> {
    name: &'static str,
    program: PathBuf,
    arguments: &'a [OsString],
}

fn alternate(app: &Window, bare: &Window, desktop: &Desktop, runs: u32) -> Outcome<(Vec<Duration>, Vec<Duration>)> {
    let (mut of_app, mut of_bare) = (Vec::new(), Vec::new());
    for run in 0..=runs {
        let pair = (painted_after(bare, desktop)?, painted_after(app, desktop)?);
        // The first start of each fills the system's caches.
        if run > 0 {
            say(format_args!("    {run:>2}  bare {:>5} ms  app {:>5} ms", pair.0.as_millis(), pair.1.as_millis()));
            of_bare.push(pair.0);
            of_app.push(pair.1);
        }
    }
    Ok((of_app, of_bare))
}

/// The time from the start of the process until the window says that it is painted.
fn painted_after(window: &Window, desktop: &Desktop) -> Outcome<Duration> {
    let folder = Folder::create("paint")?;
    let painted = folder.path().join("painted");
    let mut command = tethered(&window.program);
    command.args(window.arguments).envs(desktop.environment()).env("LIAISON_PAINTED_FILE", &painted);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    let mut process = Process::start(window.name, &mut command)?;
    loop {
        if written(&painted) {
            return Ok(begun.elapsed());
        }
        process.still_running()?;
        if begun.elapsed() > PATIENCE {
            return Err(Failure::new(format!("{} painted nothing within {PATIENCE:?}", window.name)));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn written(path: &Path) -> bool {
    fs::exists(path).unwrap_or(false)
}

fn conclude(of_app: &[Duration], of_bare: &[Duration]) {
    let (app, bare) = (median(of_app), median(of_bare));
    let ratio = app.as_secs_f64() / bare.as_secs_f64();
    let verdict = if ratio <= AIM { "within" } else { "over" };
    say(format_args!("\nMedians of {} starts", of_app.len()));
    say(format_args!("  bare window   {:>5} ms", bare.as_millis()));
    say(format_args!("  Today list    {:>5} ms", app.as_millis()));
    say(format_args!("  ratio         {ratio:>5.2}  ({verdict} the aim of {AIM})"));
}

/// The middle value, or the mean of the two middle ones.
fn median(values: &[Duration]) -> Duration {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    match sorted.len() {
        0 => Duration::ZERO,
        odd if odd % 2 == 1 => sorted[odd / 2],
        even => (sorted[even / 2 - 1] + sorted[even / 2]) / 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_whatever_the_order() {
        let milliseconds =
            |values: &[u64]| values.iter().map(|value| Duration::from_millis(*value)).collect::<Vec<_>>();
        assert_eq!(median(&milliseconds(&[9, 1, 5])), Duration::from_millis(5));
        assert_eq!(median(&milliseconds(&[8, 2, 4, 6])), Duration::from_millis(5));
        assert_eq!(median(&[]), Duration::ZERO);
    }
}
