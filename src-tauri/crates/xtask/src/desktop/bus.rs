//! A session bus of its own (`dbus-daemon`).

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::Folder;
use crate::failure::{Failure, Outcome, Tried};
use crate::process::{Process, tethered};

#[derive(Debug)]
pub struct Bus {
    address: String,
    _process: Process,
}

impl Bus {
    pub fn start(folder: &Folder) -> Outcome<Self> {
        let mut command = tethered("dbus-daemon");
        command
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--address=unix:path={}", folder.run().join("bus").display()))
            .envs(folder.environment())
            // Programs that the bus starts by itself must not find the user's display.
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = Process::start("the session bus (dbus-daemon)", &mut command)?;
        let output = process.child().stdout.take();
        let mut address = String::new();
        if let Some(output) = output {
            BufReader::new(output).read_line(&mut address).tried(|| "the session bus says no address".to_owned())?;
        }
        let address = address.trim().to_owned();
        if address.is_empty() {
            return Err(Failure::new("the session bus (dbus-daemon) ended before it said its address"));
        }
        Ok(Self { address, _process: process })
    }

    /// For `DBUS_SESSION_BUS_ADDRESS`.
    pub fn address(&self) -> &str {
        &self.address
    }
}
