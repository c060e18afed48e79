//! What can be said on the command line.
//!
//! It is read before anything else happens, so that a wrong word, `--help` and `--version` are answered on the
//! caller's terminal also while the program runs already. On Windows the released program has no console of its own:
//! there the answer is seen where the output is redirected, and the exit code tells the rest.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command, value_parser};
use liaison_engine::Place;

use crate::links;

const DATA_DIR: &str = "data-dir";
const SANDBOX_INFO: &str = "sandbox-info";
/// Also what the system passes when it starts the program at login.
pub const HIDDEN: &str = "hidden";
pub const JOIN: &str = "join";
const LINK: &str = "link";

/// Command-line options.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where profiles are kept, in place of the system's folder for application data.
    pub data_dir: Option<PathBuf>,
    /// A file with the line that the stand-alone sandbox prints. The profile then works with
    /// that sandbox, on loopback, and can never reach the real services.
    pub sandbox_info: Option<PathBuf>,
    /// Without a window, where the system shows our icon.
    pub hidden: bool,
    /// Enters the meeting that is meant now.
    pub join: bool,
    /// Where the window is to lead.
    pub place: Option<Place>,
}

/// What to print instead of opening a window.
#[derive(Debug)]
pub struct Answer(clap::Error);

impl Answer {
    /// Prints it: help and version as output, everything else as an error. Gives the exit code.
    pub fn print(&self) -> u8 {
        // Nobody reads it any more; the exit code still says what it was.
        let _ = self.0.print();
        u8::try_from(self.0.exit_code()).unwrap_or(1)
    }

    /// Whether it was asked for.
    pub fn is_wanted(&self) -> bool {
        matches!(self.0.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion)
    }
}

impl Options {
    /// `arguments` without the program's name.
    ///
    /// # Errors
    /// [`Answer`]: help, the version, or what is wrong and how it is said rightly.
    pub fn from_arguments(arguments: impl Iterator<Item = OsString>) -> Result<Self, Answer> {
        // Launch Services of older macOS names the process here.
        let own = arguments.filter(|argument| !(cfg!(target_os = "macos") && is_process_serial(argument)));
        let mut matches = command().try_get_matches_from(own).map_err(Answer)?;
        Ok(Self {
            data_dir: matches.remove_one(DATA_DIR),
            sandbox_info: matches.remove_one(SANDBOX_INFO),
            hidden: matches.get_flag(HIDDEN),
            join: matches.get_flag(JOIN),
            place: matches.remove_one(LINK),
        })
    }
}

fn command() -> Command {
    Command::new("liaison")
        .no_binary_name(true)
        .version(env!("CARGO_PKG_VERSION"))
        .about(env!("CARGO_PKG_DESCRIPTION"))
        .arg(path(DATA_DIR).help("Keep profiles in this folder instead of the system's folder for application data"))
        .arg(path(SANDBOX_INFO).help("Work with the stand-alone sandbox that wrote this file, and with nothing else"))
        .arg(flag(HIDDEN).help("Start without a window, where the system shows an icon of the program"))
        .arg(flag(JOIN).help("Enter the meeting that is due now").conflicts_with(LINK))
        .arg(
            Arg::new(LINK)
                .value_name("LINK")
                .value_parser(|link: &str| links::place(link).ok_or("not a link into Liaison"))
                .help("Show what liaison://meeting|call|person|webinar|outbox/ID stands for"),
        )
}

fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn path(name: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("PATH").value_parser(value_parser!(PathBuf))
}

fn is_process_serial(argument: &std::ffi::OsStr) -> bool {
    argument.to_string_lossy().starts_with("-psn_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, Answer> {
        Options::from_arguments(arguments.iter().map(OsString::from))
    }

    #[test]
    fn paths_are_taken() {
        let options = parse(&["--data-dir", "a b", "--sandbox-info=info.json"]).unwrap();
        assert_eq!(options.data_dir, Some("a b".into()));
        assert_eq!(options.sandbox_info, Some("info.json".into()));
        assert_eq!(parse(&[]).unwrap(), Options::default());
    }

    #[test]
    fn a_link_and_a_wish_are_taken_and_not_both() {
        let place = Some(Place::Meeting { id: "91".to_owned() });
        assert_eq!(parse(&["liaison://meeting/91"]).unwrap(), Options { place, ..Options::default() });
        let hidden = Options { hidden: true, ..Options::default() };
        assert_eq!(parse(&["--hidden"]).unwrap(), hidden);
        assert_eq!(parse(&["--join"]).unwrap(), Options { join: true, ..Options::default() });
        assert!(parse(&["--join", "liaison://meeting/91"]).is_err());
        assert!(parse(&["liaison://send/91"]).is_err());
    }

    #[test]
    fn what_is_asked_for_is_answered() {
        let help = parse(&["--help"]).unwrap_err();
        assert!(help.is_wanted());
        let text = help.0.to_string();
        assert!(text.contains("Usage: liaison [OPTIONS] [LINK]") && text.contains("--data-dir <PATH>"), "{text}");
        let version = parse(&["-V"]).unwrap_err();
        assert!(version.is_wanted());
        assert_eq!(version.0.to_string().trim(), concat!("liaison ", env!("CARGO_PKG_VERSION")));
    }

    #[test]
    fn the_rest_is_explained() {
        for (arguments, word) in [
            (vec!["--data-dir"], "<PATH>"),
            (vec!["--nonsense"], "--nonsense"),
            (vec!["--data-dri", "x"], "--data-dir"),
            (vec!["stray"], "stray"),
            (vec!["--data-dir", "a", "--data-dir", "b"], "--data-dir"),
        ] {
            let answer = parse(&arguments).unwrap_err();
            assert!(!answer.is_wanted() && answer.0.exit_code() == 2, "{arguments:?}");
            assert!(answer.0.to_string().contains(word), "{arguments:?}: {}", answer.0);
        }
    }
}
