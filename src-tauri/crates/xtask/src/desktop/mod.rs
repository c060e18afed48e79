//! A private desktop for a run: a virtual display, a session bus and an unlocked keychain, all in a folder of their
//! own that goes away with them.
//!
//! It never touches the user's own display, bus, keyring or home folder. Linux only: the programs come from the
//! packages that [`crate::packages`] lists.

mod bus;
mod display;
mod folder;
mod keyring;

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::failure::Outcome;

pub use bus::Bus;
pub use display::{Display, Picture, Size};
pub use folder::Folder;
pub use keyring::Keyring;

/// A session bus with an unlocked keychain on it; what the keychain needs and the windows do not see.
#[derive(Debug)]
pub struct Session {
    // In this order: the keychain goes before the bus it speaks on, and the folder last.
    _keyring: Keyring,
    bus: Bus,
    folder: Folder,
}

impl Session {
    pub fn start() -> Outcome<Self> {
        let folder = Folder::create("liaison")?;
        let bus = Bus::start(&folder)?;
        let keyring = Keyring::start(&folder, &bus)?;
        Ok(Self { _keyring: keyring, bus, folder })
    }

    /// A folder that lives as long as the session.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Points a program at this bus, and so at this keychain. Its home folder stays what it was.
    pub fn lend(&self, command: &mut Command) {
        command.env("DBUS_SESSION_BUS_ADDRESS", self.bus.address());
    }

    /// The environment of a program that shall see nothing of the user's own folders.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut environment = self.folder.environment();
        environment.push(("DBUS_SESSION_BUS_ADDRESS", self.bus.address().into()));
        environment
    }
}

/// A virtual display and a session.
#[derive(Debug)]
pub struct Desktop {
    // The display goes first, so that windows end before the bus they speak on.
    display: Display,
    session: Session,
}

impl Desktop {
    /// Starts a desktop whose screen has exactly the given size.
    pub fn start(size: Size) -> Outcome<Self> {
        let session = Session::start()?;
        let display = Display::start(session.folder(), size)?;
        Ok(Self { display, session })
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What is on the screen now.
    pub fn picture(&self) -> Outcome<Picture> {
        self.display.picture()
    }

    /// The environment of a program that shall live on this desktop.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut environment = self.session.environment();
        environment.push(("DISPLAY", self.display.name().into()));
        // A Wayland session of the user would win over our display, and accessibility or file-system services that
        // nobody asked for would be started on our bus.
        environment.push(("GDK_BACKEND", "x11".into()));
        environment.push(("WAYLAND_DISPLAY", OsString::new()));
        environment.push(("NO_AT_BRIDGE", "1".into()));
        environment.push(("GIO_USE_VFS", "local".into()));
        environment.push(("GSETTINGS_BACKEND", "memory".into()));
        environment
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;
    use std::process::Command;

    use super::*;
    use crate::failure::Failure;
    use crate::process::output;

    fn names_on(session: &Session) -> Outcome<String> {
        let mut command = Command::new("dbus-send");
        command.args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus.ListNames",
        ]);
        session.lend(&mut command);
        output(&mut command)
    }

    #[test]
    fn a_desktop_has_a_screen_and_a_keychain_and_leaves_nothing_behind() -> Outcome {
        let size = Size { width: 320, height: 200 };
        let desktop = Desktop::start(size)?;
        assert_eq!(desktop.picture()?.size, size);
        assert!(names_on(desktop.session())?.contains("org.freedesktop.secrets"));
        let folder = desktop.session().folder().to_path_buf();
        let home = desktop.environment().into_iter().find(|(name, _)| *name == "HOME");
        let (_, home) = home.ok_or_else(|| Failure::new("no home folder"))?;
        assert!(Path::new(&home).starts_with(&folder));
        drop(desktop);
        assert!(!fs::exists(&folder).unwrap_or(true), "{} is still there", folder.display());
        Ok(())
    }
}
