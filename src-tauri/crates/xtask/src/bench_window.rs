//! `cargo xtask bench window`: what somebody waits for in the real window of the released app, over as much data as a
//! busy rep has.
//!
//! The example `window` of the journeys' crate drives the window and prints the table; this builds the two and tells it
//! where they are. It asserts nothing of time, and ends in words when something is never shown.

use crate::command_line::WindowData;
use crate::failure::{Failure, Outcome};
use crate::packages::Need;
use crate::process::{run, tethered};
use crate::report::{Steps, say};
use crate::{build, places, setup};

pub fn perform(data: &WindowData) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new("the window is measured on Linux only"));
    }
    let mut steps = Steps::default();
    steps.step("setup", "what building and the real window need", || {
        setup::for_needs(&[Need::Build, Need::Headless, Need::Journeys])
    })?;
    steps.step("web view", "the UI goes into the binary", build::ui)?;
    steps.step("build", "the app for release, and what drives its window", || {
        build::measured(&["--bin", "liaison"])?;
        build::window_measurement()
    })?;
    let filled = format!("{} meetings, {} people and {} calls", data.meetings, data.people, data.calls);
    steps.step("window", &filled, || {
        let mut measurement = tethered(places::built("debug/examples", "window")?);
        measurement.args(["--meetings", &data.meetings.to_string()]);
        measurement.args(["--people", &data.people.to_string()]);
        measurement.args(["--calls", &data.calls.to_string()]);
        measurement.env("LIAISON_E2E_APP", places::built("release", "liaison")?);
        measurement.env("LIAISON_E2E_FILL", places::built("release/examples", "fill")?);
        run(&mut measurement)
    })?;
    steps.summary();
    say("Measured on a virtual display.");
    Ok(())
}
