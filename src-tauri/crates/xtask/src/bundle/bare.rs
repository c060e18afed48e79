//! The package where nothing else is: in a bare Debian 12 that is made for it and thrown away.

use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::places;
use crate::process::run;

const SUITE: &str = "bookworm";
/// A screen, a session of its own, and what tells which windows there are.
const AROUND: &str = "xvfb,xauth,dbus,dbus-x11,x11-utils";
const SCRIPT: &str = "try-in-debian.sh";

/// Installs it there, starts the program as somebody who has never had it, and removes it.
pub fn tried(package: &Path) -> Outcome {
    if places::program("mmdebstrap").is_none() {
        return Err(Failure::new("mmdebstrap is missing: apt-get install mmdebstrap"));
    }
    let script = places::root().join("packaging/linux").join(SCRIPT);
    let quoted = |path: &Path| format!("'{}'", path.display().to_string().replace('\'', "'\\''"));
    run(Command::new("mmdebstrap")
        .args(["--variant=apt", "--format=null", &format!("--include={AROUND}")])
        .arg(format!("--customize-hook=copy-in {} {} /opt", quoted(package), quoted(&script)))
        .arg(format!("--customize-hook=chroot \"$1\" sh /opt/{SCRIPT}"))
        .args([SUITE, "/dev/null"]))
}
