//! An unlocked keychain on a private bus (`gnome-keyring-daemon`, the Secret Service).

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{Bus, Folder};
use crate::failure::{Outcome, Tried};
use crate::process::{Process, output, tethered};

/// The keyring is made for this run in a folder that goes away, so its passphrase protects nothing.
const PASSPHRASE: &[u8] = b"for this run only";

#[derive(Debug)]
pub struct Keyring {
    _process: Process,
}

impl Keyring {
    pub fn start(folder: &Folder, bus: &Bus) -> Outcome<Self> {
        let mut command = tethered("gnome-keyring-daemon");
        command
            .args(["--foreground", "--unlock", "--components=secrets"])
            .envs(folder.environment())
            .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
            .env_remove("DISPLAY")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut process = Process::start("the keychain (gnome-keyring-daemon)", &mut command)?;
        if let Some(mut input) = process.child().stdin.take() {
            input.write_all(PASSPHRASE).tried(|| "the keychain takes no passphrase".to_owned())?;
        }
        process.await_ready(Duration::from_secs(30), || unlocked(bus).then_some(()))?;
        Ok(Self { _process: process })
    }
}

fn unlocked(bus: &Bus) -> bool {
    ask(
        bus,
        &[
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets/aliases/default",
            "org.freedesktop.DBus.Properties.Get",
            "string:org.freedesktop.Secret.Collection",
            "string:Locked",
        ],
    )
    .is_some_and(|answer| answer.contains("boolean false"))
}

fn ask(bus: &Bus, words: &[&str]) -> Option<String> {
    let mut command = Command::new("dbus-send");
    command.args(["--session", "--print-reply"]).args(words).env("DBUS_SESSION_BUS_ADDRESS", bus.address());
    output(&mut command).ok()
}
