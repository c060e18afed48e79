//! A WebDriver server: `WebKitWebDriver` for the app's window, `chromedriver` for the browser.

use std::ffi::OsString;
use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use xtask::failure::{Failure, Outcome, Tried};
use xtask::places;
use xtask::process::{Process, tethered};

/// How long an app may take to show itself to its driver.
const PATIENCE: Duration = Duration::from_mins(2);

/// Another program may take the free port between its finding and its use.
const ATTEMPTS: u32 = 3;

#[derive(Debug)]
pub struct Driver {
    process: Process,
    address: String,
    log: PathBuf,
}

impl Driver {
    /// Starts the server with the environment that its browser shall have.
    ///
    /// # Errors
    /// In words, also when the program is missing.
    pub fn start(program: &'static str, environment: &[(&'static str, OsString)], folder: &Path) -> Outcome<Self> {
        let path = places::program(program)
            .ok_or_else(|| Failure::new(format!("{program} is missing: run `cargo xtask setup`")))?;
        let mut attempt = 1;
        loop {
            match Self::attempt(program, &path, environment, folder) {
                Err(_) if attempt < ATTEMPTS => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    fn attempt(
        program: &'static str,
        path: &Path,
        environment: &[(&'static str, OsString)],
        folder: &Path,
    ) -> Outcome<Self> {
        let port = free_port()?;
        let log = folder.join(format!("{program}.log"));
        let file = File::options().create(true).append(true).open(&log).tried(|| "no log file".to_owned())?;
        let copy = file.try_clone().tried(|| "no log file".to_owned())?;
        let mut command = tethered(path);
        command.arg(format!("--port={port}")).envs(environment.iter().cloned());
        command.stdin(Stdio::null()).stdout(file).stderr(copy);
        let mut process = Process::start(program, &mut command)?;
        process.await_ready(Duration::from_secs(30), || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok())?;
        Ok(Self { process, address: format!("http://127.0.0.1:{port}"), log })
    }

    /// Opens a browser and gives the client that drives it.
    ///
    /// # Errors
    /// In words, with what the server and its browser wrote.
    pub async fn open(&self, capabilities: Map<String, Value>) -> Outcome<Client> {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        // A driver waits for ever for a browser that has ended.
        let opened = tokio::time::timeout(PATIENCE, builder.capabilities(capabilities).connect(&self.address)).await;
        let told = match opened {
            Ok(Ok(client)) => return Ok(client),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("none within {} s", PATIENCE.as_secs()),
        };
        Err(Failure::new(format!("no WebDriver session: {told}\n{}", self.log())))
    }

    /// The process ids of the browsers that this server started.
    pub fn browsers(&self) -> Vec<u32> {
        children_of(self.process.id())
    }

    /// What the server and its browser wrote so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

fn free_port() -> Outcome<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .tried(|| "no free port on loopback".to_owned())
}

/// The direct children of a process, from `/proc`.
fn children_of(parent: u32) -> Vec<u32> {
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    processes
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|id: &u32| {
            // `pid (name) state parent …`; the name may hold anything, so count from its end.
            std::fs::read_to_string(format!("/proc/{id}/stat"))
                .ok()
                .and_then(|stat| stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok())
                .is_some_and(|found: u32| found == parent)
        })
        .collect()
}
