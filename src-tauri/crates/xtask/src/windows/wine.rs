//! Wine with a prefix of the run's own: nothing of the user's own Wine is read or changed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::failure::{Outcome, Tried};
use crate::process::run;
use crate::report::say;

/// The C compiler of MinGW.
const COMPILER: &str = "x86_64-w64-mingw32-gcc";
/// A user whose name is not ASCII and has a space: programs meet both in the path of every temporary file.
const TEMPORARY: &str = r"C:\users\Zoë de Groot\Temp";
/// What a program of Windows needs at its start and Wine before 9.0 lacks.
const RANDOM: &str = "bcryptprimitives.dll";

/// Ends what runs in its prefix when it is dropped.
#[derive(Debug)]
pub struct Wine {
    prefix: PathBuf,
}

impl Wine {
    /// Makes the prefix, or takes the one that an earlier run has made.
    pub fn prepare(prefix: &Path) -> Outcome<Self> {
        let wine = Self { prefix: prefix.to_path_buf() };
        let system = prefix.join("drive_c/windows/system32");
        let fresh = !system.join("kernel32.dll").is_file();
        if fresh {
            fs::create_dir_all(prefix).tried(|| format!("could not make {}", prefix.display()))?;
            unheard(&mut wine.told(Command::new("wineboot").arg("--init")))?;
            // Its own server stays for a while, longer on a busy computer, and a second one is refused.
            unheard(&mut wine.told(Command::new("wineserver").arg("--wait")))?;
        } else {
            say("    the prefix of an earlier run is used again");
        }
        // The first program of a run starts the server, and all that follow find it.
        unheard(&mut wine.told(Command::new("wineserver").arg("--persistent=600")))?;
        let temporary = prefix.join("drive_c/users/Zoë de Groot/Temp");
        fs::create_dir_all(&temporary).tried(|| format!("could not make {}", temporary.display()))?;
        // A program gets these from the registry, whatever it is started with.
        for name in ["TEMP", "TMP"] {
            let value = ["add", r"HKCU\Environment", "/v", name, "/d", TEMPORARY, "/f"];
            unheard(wine.command("reg").args(value))?;
        }
        if fresh {
            // Wine's Credential Manager makes the key of its own when it is first used: of two programs at once one then
            // reads with the other's.
            let value = ["/v", "EncryptionKey", "/t", "REG_BINARY", "/d", "4c696169736f6e21", "/f"];
            unheard(wine.command("reg").args(["add", r"HKCU\Software\Wine\Credential Manager"]).args(value))?;
        }
        if !system.join(RANDOM).is_file() {
            say(format_args!("    this Wine has no {RANDOM}: ours is compiled"));
            let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/windows/bcryptprimitives.c");
            let built = system.join(RANDOM);
            run(Command::new(COMPILER).args(["-O2", "-shared", "-o"]).args([&built, &source]).arg("-ladvapi32"))?;
        }
        Ok(wine)
    }

    /// A program of Windows.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        self.told(Command::new("wine").arg(program.as_ref()))
    }

    /// Lets what a command starts find this prefix.
    pub fn lend(&self, command: &mut Command) {
        command
            .env("WINEPREFIX", &self.prefix)
            .env("WINEDEBUG", "-all")
            // Neither .NET nor a browser is installed, and no question about it stops the run.
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
            // Names of files are not ASCII.
            .env("LC_ALL", "C.UTF-8")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY");
    }

    fn told(&self, command: &mut Command) -> Command {
        let mut told = Command::new(command.get_program());
        told.args(command.get_args());
        self.lend(&mut told);
        told
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // It ends only what has this prefix; when it is gone already, there is nothing left to do.
        let _ = self.told(Command::new("wineserver").arg("--kill")).status();
    }
}

/// Runs a program whose words nobody reads. What it starts in the background (the server, Wine's services) stays longer
/// than it does, and would keep a pipe open for whoever waits for its end.
fn unheard(command: &mut Command) -> Outcome {
    run(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()))
}
