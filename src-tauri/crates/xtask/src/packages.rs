//! What the other tasks need from the system, and how to find out what is missing of it.
//!
//! Only what is truly needed is listed, each with its reason. Names are those of Debian 12 and Ubuntu; Fedora and Arch
//! have their own column, and are checked but never changed.

use std::path::Path;
use std::process::Command;

use crate::places;
use crate::process::output;

/// What a package is for; a task asks only for its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Compiling.
    Build,
    /// A window where there is no display.
    Headless,
    /// Opening a link in the browser.
    Browse,
    /// The journeys in the real window.
    Journeys,
    /// Linking for Windows, and running what was linked.
    Windows,
    /// A standard library for Windows where rustup can't fetch one.
    WindowsFromSource,
}

/// One package under its names.
#[derive(Debug)]
pub struct Package {
    pub debian: &'static str,
    pub fedora: &'static str,
    pub arch: &'static str,
    /// A program that is all that the package is needed for: where it is there, the package is not asked for.
    pub program: Option<&'static str>,
    pub need: Need,
    pub why: &'static str,
}

pub const PACKAGES: &[Package] = &[
    Package {
        debian: "build-essential",
        fedora: "gcc-c++",
        arch: "base-devel",
        program: None,
        need: Need::Build,
        why: "C compiler and linker for SQLCipher and the cryptography of TLS",
    },
    Package {
        debian: "pkg-config",
        fedora: "pkgconf-pkg-config",
        arch: "pkgconf",
        program: Some("pkg-config"),
        need: Need::Build,
        why: "finds the system's libraries for the compiler",
    },
    Package {
        debian: "libssl-dev",
        fedora: "openssl-devel",
        arch: "openssl",
        program: None,
        need: Need::Build,
        why: "the ciphers of the encrypted database",
    },
    Package {
        debian: "libwebkit2gtk-4.1-dev",
        fedora: "webkit2gtk4.1-devel",
        arch: "webkit2gtk-4.1",
        program: None,
        need: Need::Build,
        why: "the web view of the window",
    },
    Package {
        debian: "xvfb",
        fedora: "xorg-x11-server-Xvfb",
        arch: "xorg-server-xvfb",
        program: Some("Xvfb"),
        need: Need::Headless,
        why: "a virtual display",
    },
    Package {
        debian: "dbus",
        fedora: "dbus-daemon",
        arch: "dbus",
        program: Some("dbus-daemon"),
        need: Need::Headless,
        why: "a session bus of the run's own",
    },
    Package {
        debian: "gnome-keyring",
        fedora: "gnome-keyring",
        arch: "gnome-keyring",
        program: Some("gnome-keyring-daemon"),
        need: Need::Headless,
        why: "a keychain of the run's own, for the key of the database",
    },
    Package {
        debian: "xdg-utils",
        fedora: "xdg-utils",
        arch: "xdg-utils",
        program: Some("xdg-open"),
        need: Need::Browse,
        why: "opens links in the user's browser",
    },
    Package {
        debian: "webkit2gtk-driver",
        fedora: "webkit2gtk-driver",
        arch: "webkit2gtk-4.1",
        program: Some("WebKitWebDriver"),
        need: Need::Journeys,
        why: "drives the real window in the journeys",
    },
    Package {
        debian: "chromium",
        fedora: "chromium",
        arch: "chromium",
        program: Some("chromium"),
        need: Need::Journeys,
        why: "the browser that goes through the consent pages in the journeys",
    },
    Package {
        debian: "chromium-driver",
        fedora: "chromedriver",
        arch: "chromium",
        program: Some("chromedriver"),
        need: Need::Journeys,
        why: "drives that browser",
    },
    Package {
        debian: "gcc-mingw-w64-x86-64",
        fedora: "mingw64-gcc",
        arch: "mingw-w64-gcc",
        program: Some("x86_64-w64-mingw32-gcc"),
        need: Need::Windows,
        why: "C compiler and linker for Windows",
    },
    Package {
        debian: "nasm",
        fedora: "nasm",
        arch: "nasm",
        program: Some("nasm"),
        need: Need::Windows,
        why: "assembler for the cryptography of TLS on Windows",
    },
    Package {
        debian: "wine",
        fedora: "wine-core",
        arch: "wine",
        program: Some("wine"),
        need: Need::Windows,
        why: "runs programs of Windows",
    },
    Package {
        debian: "rustc-web",
        fedora: "rust",
        arch: "rust",
        program: None,
        need: Need::WindowsFromSource,
        why: "a compiler that matches the source of its standard library",
    },
    Package {
        debian: "cargo-web",
        fedora: "cargo",
        arch: "rust",
        program: None,
        need: Need::WindowsFromSource,
        why: "the cargo of that compiler",
    },
    Package {
        debian: "rust-web-src",
        fedora: "rust-src",
        arch: "rust-src",
        program: None,
        need: Need::WindowsFromSource,
        why: "the standard library's source, to build it for Windows",
    },
    Package {
        debian: "rust-web-clippy",
        fedora: "clippy",
        arch: "rust",
        program: None,
        need: Need::WindowsFromSource,
        why: "the lints of that compiler",
    },
];

/// How packages are asked for on this system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packaging {
    /// `dpkg` and `apt-get`: missing packages can be installed.
    Debian,
    /// `rpm` and `dnf`: checked only.
    Fedora,
    /// `pacman`: checked only.
    Arch,
    /// Linux with something else: only programs can be checked.
    Unknown,
}

impl Packaging {
    /// From the text of `/etc/os-release`.
    pub fn from_release(release: &str) -> Self {
        let words: Vec<&str> = release
            .lines()
            .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
            .flat_map(|value| value.trim_matches(['"', '\'']).split_whitespace())
            .collect();
        let is = |names: &[&str]| words.iter().any(|word| names.contains(word));
        if is(&["debian", "ubuntu"]) {
            Self::Debian
        } else if is(&["fedora", "rhel"]) {
            Self::Fedora
        } else if is(&["arch"]) {
            Self::Arch
        } else {
            Self::Unknown
        }
    }

    /// Of the machine that this runs on.
    pub fn here() -> Self {
        Self::from_release(&std::fs::read_to_string(Path::new("/etc/os-release")).unwrap_or_default())
    }

    /// The name of a package here.
    pub fn name(self, package: &Package) -> &'static str {
        match self {
            Self::Debian | Self::Unknown => package.debian,
            Self::Fedora => package.fedora,
            Self::Arch => package.arch,
        }
    }

    /// What a person would type to install packages.
    pub fn advice(self, names: &[&str]) -> String {
        let names = names.join(" ");
        match self {
            Self::Debian => format!("sudo apt-get install {names}"),
            Self::Fedora => format!("sudo dnf install {names}"),
            Self::Arch => format!("sudo pacman -S {names}"),
            Self::Unknown => format!("install what your system calls (names of Debian): {names}"),
        }
    }

    fn installed(self, name: &str) -> bool {
        match self {
            Self::Debian => {
                output(Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status}\n", name]))
                    .is_ok_and(|answer| answer.lines().any(|line| line.trim() == "installed"))
            }
            Self::Fedora => output(Command::new("rpm").args(["--query", "--whatprovides", name])).is_ok(),
            Self::Arch => output(Command::new("pacman").args(["--query", name])).is_ok(),
            Self::Unknown => false,
        }
    }

    /// What is missing here for the given needs.
    pub fn missing(self, needs: &[Need]) -> Vec<&'static Package> {
        missing(needs, |program| places::program(program).is_some(), |package| self.installed(self.name(package)))
    }
}

/// A package is there when its one program is, or else when the system says that it is installed.
fn missing(
    needs: &[Need],
    has_program: impl Fn(&str) -> bool,
    is_installed: impl Fn(&Package) -> bool,
) -> Vec<&'static Package> {
    PACKAGES
        .iter()
        .filter(|package| needs.contains(&package.need))
        .filter(|package| !package.program.is_some_and(&has_program) && !is_installed(package))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(packages: &[&Package]) -> Vec<&'static str> {
        packages.iter().map(|package| package.debian).collect()
    }

    #[test]
    fn a_bare_machine_misses_everything_of_its_needs_and_nothing_else() {
        let found = names(&missing(&[Need::Build], |_| false, |_| false));
        assert_eq!(found, ["build-essential", "pkg-config", "libssl-dev", "libwebkit2gtk-4.1-dev"]);
        assert!(missing(&[], |_| false, |_| false).is_empty());
    }

    #[test]
    fn an_installed_package_is_not_missing() {
        let found = names(&missing(&[Need::Build], |_| false, |package| package.debian != "libssl-dev"));
        assert_eq!(found, ["libssl-dev"]);
    }

    #[test]
    fn a_program_from_elsewhere_stands_for_its_package() {
        let found = missing(&[Need::Journeys], |program| program == "chromium", |_| false);
        assert_eq!(names(&found), ["webkit2gtk-driver", "chromium-driver"]);
    }

    #[test]
    fn systems_are_told_apart_by_what_they_are_like() {
        assert_eq!(Packaging::from_release("ID=debian\nVERSION_ID=\"12\"\n"), Packaging::Debian);
        assert_eq!(Packaging::from_release("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"), Packaging::Debian);
        assert_eq!(Packaging::from_release("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"), Packaging::Fedora);
        assert_eq!(Packaging::from_release("ID=manjaro\nID_LIKE=arch\n"), Packaging::Arch);
        assert_eq!(Packaging::from_release("NAME=Something\n"), Packaging::Unknown);
    }

    #[test]
    fn every_package_has_its_reason_and_its_names() {
        for package in PACKAGES {
            for text in [package.debian, package.fedora, package.arch, package.why] {
                assert!(!text.trim().is_empty(), "{package:?}");
            }
        }
    }
}
