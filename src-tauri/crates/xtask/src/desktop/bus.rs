//! A session bus of its own (`dbus-daemon`), on which nothing is started but what the run itself starts.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::Folder;
use crate::failure::{Failure, Outcome, Tried};
use crate::process::{Process, tethered};

/// Like the usual session bus, but without folders of services: no portal, no accessibility bus and no second
/// keychain comes up by itself, each of which looks for the user's display.
fn configuration(address: &str) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#
    )
}

#[derive(Debug)]
pub struct Bus {
    address: String,
    _process: Process,
}

impl Bus {
    pub fn start(folder: &Folder) -> Outcome<Self> {
        let file = folder.path().join("bus.conf");
        let listen = format!("unix:path={}", folder.run().join("bus").display());
        fs::write(&file, configuration(&listen)).tried(|| format!("could not write {}", file.display()))?;
        let mut command = tethered("dbus-daemon");
        command
            .arg(format!("--config-file={}", file.display()))
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .envs(folder.environment())
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
