//! What somebody waits for in the real window: a letter typed until the rows it finds are painted, the palette until it
//! offers something, and a window that was closed until it is there again.
//!
//! `window [--meetings N] [--people N] [--calls N]`: what is given goes to the program that fills the data before the
//! first start. `cargo xtask bench window` builds what it needs and runs it. Figures to read: nothing is asserted of time.

#[cfg(target_os = "linux")]
#[path = "window/steps.rs"]
mod steps;

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> liaison_e2e::Outcome {
    steps::perform().await
}

/// There is no driver for the window of another system.
#[cfg(not(target_os = "linux"))]
fn main() {}
