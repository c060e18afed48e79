//! A session bus of a test's own, and the same test in a process of its own on that bus: libraries find the bus by the
//! environment, which is set for a process and never for a thread.

#![expect(clippy::unwrap_used, reason = "a test ends with what fails")]

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

const CHILD: &str = "LIAISON_TEST_CHILD";

/// It ends with the test.
pub struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    /// None where no bus can be started.
    pub fn start() -> Option<Self> {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Some(Self { daemon, address: address.trim().to_owned() })
    }

    pub fn connect(&self) -> zbus::connection::Builder<'_> {
        zbus::connection::Builder::address(self.address.as_str()).unwrap()
    }

    /// Runs one test of this binary as a program of this bus.
    pub fn run(&self, test: &str) -> Program {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([test, "--exact", "--nocapture", "--test-threads=1"])
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env(CHILD, "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Program { child, lines }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Whether this is the process that [`Bus::run`] started.
pub fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// What the program says, a line at a time.
pub struct Program {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Program {
    /// The next line that begins with this, without it.
    pub fn says(&mut self, beginning: &str) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "it ended and never said {beginning}");
            if let Some((_, rest)) = line.split_once(beginning) {
                return rest.trim().to_owned();
            }
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
