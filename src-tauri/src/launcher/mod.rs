//! Opens links in the program that handles them.
//!
//! A start link lets whoever has it into the meeting as its host, and the arguments of a process can be read by
//! everybody on the computer. Where the system allows it, a link is handed over without a process of ours: on Linux
//! through the desktop portal, on Windows through the shell's own call. Otherwise, and on macOS, it stands in the
//! arguments of the system's own `open` program for the moment of the hand-over. What the browser itself is started
//! with, nobody but the system decides.

#[cfg(target_os = "linux")]
mod environment;
#[cfg(target_os = "linux")]
mod portal;

use std::io;

use url::Url;

/// Opens a link; answers once it is handed over, or when that did not work.
///
/// # Errors
/// Nothing on this computer takes it.
#[cfg(not(target_os = "linux"))]
pub fn open(url: &Url) -> io::Result<()> {
    open::that_detached(url.as_str())
}

/// Opens a link; answers once it is handed over, or when that did not work.
///
/// # Errors
/// Nothing on this computer takes it.
#[cfg(target_os = "linux")]
pub fn open(url: &Url) -> io::Result<()> {
    use std::sync::mpsc;
    use std::time::Duration;

    /// Longer than this nobody waits for a word about it; it goes on by itself.
    const PATIENCE: Duration = Duration::from_millis(800);

    let (done, outcome) = mpsc::channel();
    let url = url.clone();
    std::thread::Builder::new().name("open-link".to_owned()).spawn(move || {
        let through_portal = tauri::async_runtime::block_on(portal::open(&url));
        let opened = through_portal.or_else(|error| {
            tracing::debug!(%error, "the desktop portal took no link");
            with_program(&url)
        });
        if let Err(error) = &opened {
            tracing::warn!(%error, "a link could not be opened");
        }
        // Nobody waits any more when it took long.
        let _ = done.send(opened);
    })?;
    outcome.recv_timeout(PATIENCE).unwrap_or(Ok(()))
}

/// The first of the system's programs for links that can be started.
#[cfg(target_os = "linux")]
fn with_program(url: &Url) -> io::Result<()> {
    use std::process::Stdio;

    let changes = environment::changes(std::env::vars_os());
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for mut command in open::commands(url.as_str()) {
        for (name, value) in &changes {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(mut child) => {
                // Taken notice of when it ends, which may be when the browser is closed.
                std::thread::spawn(move || child.wait());
                return Ok(());
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}
