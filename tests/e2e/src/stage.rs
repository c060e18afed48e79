//! The stage of one journey: a desktop, a data folder, and the app on it as often as the journey starts it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, fs};

use fantoccini::Client;
use serde_json::{Map, json};
use tokio::time::timeout;
use xtask::desktop::{Desktop, Size};
use xtask::failure::{Failure, Outcome, Tried};
use xtask::process::{self, Process, tethered};
use xtask::{places, png};

use crate::driver::Driver;
use crate::links::Links;
use crate::painted::Painted;
use crate::patience::until;
use crate::sandbox::{Control, Sandbox};
use crate::tray::Tray;
use crate::window::Window;
use crate::{browser, ensure, patience, pictures};

/// A web view that hangs answers no command, and so would end no journey.
const LONGEST: Duration = Duration::from_mins(8);

/// A screen without a window has fewer colours, and one with a page on it has many more.
const COLOURS_OF_A_PAGE: usize = 24;

/// The screen of the stage, which a window in its first size fills.
pub const SCREEN: Size = Size { width: 1180, height: 760 };

#[derive(Debug)]
pub struct Stage {
    name: &'static str,
    app: PathBuf,
    arguments: Vec<OsString>,
    links: Links,
    keychain: bool,
    /// When the driver was told to start the app.
    launched: Instant,
    /// Keeps the window open until the screen of a failed journey is kept: the last owner of a client closes it.
    client: Option<Client>,
    // Programs go before the desktop they are on.
    driver: Option<Driver>,
    desktop: Desktop,
}

/// Plays a journey on a stage of its own. What was on the screen when it failed is kept as a picture.
///
/// # Errors
/// The journey's.
pub async fn play(name: &'static str, journey: impl AsyncFnOnce(&mut Stage) -> Outcome) -> Outcome {
    play_within(LONGEST, name, journey).await
}

/// The same with another limit, for what measures much.
///
/// # Errors
/// The journey's.
pub async fn play_within(
    limit: Duration,
    name: &'static str,
    journey: impl AsyncFnOnce(&mut Stage) -> Outcome,
) -> Outcome {
    let mut stage = Stage::set(name)?;
    let outcome = match timeout(limit, journey(&mut stage)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Failure::new(format!("the journey did not end within {limit:?}"))),
    };
    outcome.map_err(|failure| Failure::new(format!("{failure}\n{}", stage.account())))
}

impl Stage {
    fn set(name: &'static str) -> Outcome<Self> {
        let app = program_from("LIAISON_E2E_APP")?;
        let desktop = Desktop::start(SCREEN)?;
        let folder = desktop.session().folder();
        let links = Links::create(folder)?;
        let saves = folder.join("saved");
        fs::create_dir_all(&saves).tried(|| format!("could not make {}", saves.display()))?;
        let arguments = vec!["--data-dir".into(), folder.join("data").into()];
        let launched = Instant::now();
        Ok(Self { name, app, arguments, links, keychain: true, launched, client: None, driver: None, desktop })
    }

    /// Lets the app work with a stand-alone sandbox from its next start on.
    ///
    /// # Errors
    /// When the description can't be written.
    pub fn use_sandbox(&mut self, sandbox: &Sandbox) -> Outcome {
        self.use_services(sandbox.description())
    }

    /// Lets the app work with the services that a sandbox's line of JSON describes, whether or not they are there.
    ///
    /// # Errors
    /// When the description can't be written.
    pub fn use_services(&mut self, description: &str) -> Outcome {
        let file = self.folder().join("sandbox.json");
        fs::write(&file, description).tried(|| format!("could not write {}", file.display()))?;
        self.arguments.extend(["--sandbox-info".into(), file.into()]);
        Ok(())
    }

    /// Fills the app's data before its first start, under the key of this stage's keychain.
    ///
    /// # Errors
    /// The program's that fills it.
    pub async fn fill(&self, words: &[String]) -> Outcome {
        let mut command = tethered(program_from("LIAISON_E2E_FILL")?);
        command.arg(self.data()).args(words).envs(self.environment());
        let filled = tokio::task::spawn_blocking(move || process::run(&mut command)).await;
        filled.tried(|| "the task ended".to_owned())?
    }

    /// Starts the app and gives its window. A window that is open already must be closed before.
    ///
    /// # Errors
    /// In words, with what the app wrote.
    pub async fn start(&mut self) -> Outcome<Window> {
        let mut environment = self.environment();
        environment.push(("TAURI_AUTOMATION", "true".into()));
        environment.push(("TAURI_WEBVIEW_AUTOMATION", "true".into()));
        // The one before goes with its app, also when that did not end by itself.
        self.client = None;
        self.driver = None;
        let driver = Driver::start("WebKitWebDriver", &environment, self.folder())?;
        let arguments: Vec<String> =
            self.arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
        let options = json!({ "binary": self.app.to_string_lossy(), "args": arguments });
        let capabilities = Map::from_iter([("webkitgtk:browserOptions".to_owned(), options)]);
        self.launched = Instant::now();
        let client = driver.open(capabilities).await?;
        self.driver = Some(driver);
        self.client = Some(client.clone());
        Ok(Window::new(client))
    }

    /// As [`Self::start`], and how long it took until the app showed the first picture of its page.
    ///
    /// # Errors
    /// Those of a start, and when no picture comes.
    pub async fn start_timed(&mut self) -> Outcome<(Window, Duration)> {
        let painted = Painted::expected_in(self.painted_file())?;
        let (window, at) = tokio::try_join!(self.start(), painted.at())?;
        Ok((window, at.duration_since(self.launched)))
    }

    /// Starts the app a second time beside the running one and waits for its end.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn start_second(&self) -> Outcome<ExitStatus> {
        ended(&mut self.second()?).await
    }

    /// Opens a window that was closed, as a second start does, and tells how long it took until the app showed the first
    /// picture of its page.
    ///
    /// # Errors
    /// When no picture comes, or the app had ended with its window.
    pub async fn open_again(&self) -> Outcome<Duration> {
        let painted = Painted::expected_in(self.painted_file())?;
        let begun = Instant::now();
        let mut second = self.second()?;
        let at = painted.at().await?;
        // Where the app had ended, the second one is the first one now, and has measured a start.
        ended(&mut second).await?;
        Ok(at.duration_since(begun))
    }

    fn second(&self) -> Outcome<Process> {
        let mut command = tethered(&self.app);
        command.args(&self.arguments).envs(self.environment());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Process::start("the second instance", &mut command)
    }

    /// Asks the app something on its command line, as at a terminal, and waits for its end.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn ask(&self, words: &[&str]) -> Outcome<Output> {
        let mut command = tethered(&self.app);
        command.args(&self.arguments).args(words).envs(self.environment());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let asked = tokio::task::spawn_blocking(move || command.output());
        let output = timeout(patience::LIMIT, asked).await.tried(|| format!("{words:?} was not answered"))?;
        output.tried(|| "the task ended".to_owned())?.tried(|| "the app did not start".to_owned())
    }

    /// Ends the app as the system does at a sign-out: by SIGTERM to it alone.
    ///
    /// # Errors
    /// When it does not run.
    pub fn terminate(&self) -> Outcome {
        let running = self.driver.as_ref().map(Driver::browsers).unwrap_or_default();
        let [app] = running[..] else { return Err(Failure::new(format!("not one app runs: {running:?}"))) };
        // The shell has a `kill` of its own; the program is not on every computer.
        let told = Command::new("sh").args(["-c", "kill -s TERM \"$0\"", &app.to_string()]).status();
        let told = told.tried(|| "there is no shell".to_owned())?;
        if told.success() { Ok(()) } else { Err(Failure::new(format!("{app} could not be told to end"))) }
    }

    /// Waits until the app has ended by itself.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ended(&self) -> Outcome {
        until("the app to end", async || {
            let running = self.driver.as_ref().map(Driver::browsers).unwrap_or_default();
            if running.is_empty() { Ok(()) } else { Err(Failure::new(format!("{running:?} still run"))) }
        })
        .await
    }

    /// Gives the desktop a place for icons: where there is one, the app lives on when its window is closed.
    ///
    /// # Errors
    /// When the session bus takes none.
    pub async fn show_icons(&self) -> Outcome<Tray> {
        let environment = self.desktop.environment();
        let bus = environment.iter().find(|(name, _)| *name == "DBUS_SESSION_BUS_ADDRESS");
        let (_, address) = bus.ok_or_else(|| Failure::new("the desktop has no session bus"))?;
        Tray::on(&address.to_string_lossy()).await
    }

    /// Waits until no window is on the screen.
    ///
    /// # Errors
    /// When one stays.
    pub async fn see_bare_screen(&self) -> Outcome {
        until("the window to be gone from the screen", async || {
            let bare = self.desktop.picture()?.colours(COLOURS_OF_A_PAGE) < COLOURS_OF_A_PAGE;
            ensure(bare, || "it is still there".to_owned())
        })
        .await
    }

    /// Waits until a page is on the screen.
    ///
    /// # Errors
    /// When none comes.
    pub async fn see_page_on_screen(&self) -> Outcome {
        until("a page on the screen", async || {
            let colours = self.desktop.picture()?.colours(COLOURS_OF_A_PAGE);
            ensure(colours >= COLOURS_OF_A_PAGE, || format!("it has {colours} colours"))
        })
        .await
    }

    /// A real browser on this stage.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn browser(&self) -> Outcome<browser::Browser> {
        browser::Browser::open(&self.environment(), self.folder()).await
    }

    /// The controls of the sandbox that the demo started in the app.
    ///
    /// # Errors
    /// When the app does not say where they are.
    pub async fn demo_control(&self) -> Outcome<Control> {
        let file = self.control_file();
        until("the demo's sandbox to say where its controls are", async || {
            let address = fs::read_to_string(&file).tried(|| file.display().to_string())?;
            if address.trim().is_empty() {
                return Err(Failure::new("the file is empty"));
            }
            Ok(Control::at(address.trim()))
        })
        .await
    }

    /// Lets the app find no session bus, and so no keychain, from its next start on.
    pub fn lose_keychain(&mut self) {
        self.keychain = false;
    }

    /// Takes [`Self::lose_keychain`] back.
    pub fn find_keychain(&mut self) {
        self.keychain = true;
    }

    /// The links that the app opened.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// The stage's own folder, with everything that the app wrote.
    pub fn folder(&self) -> &Path {
        self.desktop.session().folder()
    }

    /// The folder that the app keeps its data in.
    pub fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    /// Keeps what is on the screen now.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_picture(&self, folder: &Path, name: &str) -> Outcome<PathBuf> {
        pictures::keep(folder, name, &png::encode(&self.desktop.picture()?))
    }

    fn control_file(&self) -> PathBuf {
        self.folder().join("demo-control")
    }

    /// The app writes it whenever its window shows the first picture of its page.
    fn painted_file(&self) -> PathBuf {
        self.folder().join("painted")
    }

    fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut environment = self.desktop.environment();
        environment.extend(self.links.environment());
        environment.push(("LIAISON_DEMO_CONTROL_FILE", self.control_file().into()));
        environment.push(("LIAISON_SAVE_FOLDER", self.saves().into()));
        environment.push(("LIAISON_PAINTED_FILE", self.painted_file().into()));
        environment.push(("LC_ALL", "C.UTF-8".into()));
        environment.push(("TZ", zone(SystemTime::now()).into()));
        if !self.keychain {
            let nowhere = format!("unix:path={}", self.folder().join("no-bus").display());
            environment.push(("DBUS_SESSION_BUS_ADDRESS", nowhere.into()));
        }
        environment
    }

    /// Where the app saves what the user saves: nobody is asked for a file.
    #[must_use]
    pub fn saves(&self) -> PathBuf {
        self.folder().join("saved")
    }

    /// What helps to see why a journey failed.
    fn account(&self) -> String {
        let picture = self.keep_picture(&pictures::of_failures(), self.name);
        let seen = picture.map_or_else(|failure| failure.to_string(), |file| format!("the screen: {}", file.display()));
        let log = self.driver.as_ref().map(Driver::log).unwrap_or_default();
        format!("{seen}\nwhat the app wrote:\n{log}")
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.account());
        }
    }
}

async fn ended(second: &mut Process) -> Outcome<ExitStatus> {
    until("the second instance to end", async || {
        let ended = second.child().try_wait().tried(|| "it can't be asked".to_owned())?;
        ended.ok_or_else(|| Failure::new("it still runs"))
    })
    .await
}

/// A zone in which the day is neither about to end nor just begun: what a journey plans belongs to today.
fn zone(now: SystemTime) -> &'static str {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    match seconds / 3_600 % 24 {
        19.. => "America/New_York",
        ..4 => "Asia/Tokyo",
        _ => "UTC",
    }
}

/// The program that an environment variable names.
pub(crate) fn program_from(variable: &str) -> Outcome<PathBuf> {
    let path = env::var_os(variable).map(PathBuf::from).ok_or_else(|| {
        Failure::new(format!(
            "{variable} is not set: journeys in the real window run through `cargo xtask test`, and what is measured in it \
             through `cargo xtask bench window`"
        ))
    })?;
    // A relative path would be looked for in the folder of the test.
    let path = if path.is_absolute() { path } else { places::root().join(path) };
    if path.is_file() { Ok(path) } else { Err(Failure::new(format!("{variable}: there is no {}", path.display()))) }
}
