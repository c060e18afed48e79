//! What can be said on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

/// Command-line options.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where profiles are kept, in place of the system's folder for application data.
    pub data_dir: Option<PathBuf>,
    /// A file with the line that the stand-alone sandbox prints. The profile then works with
    /// that sandbox, on loopback, and can never reach the real services.
    pub sandbox_info: Option<PathBuf>,
}

impl Options {
    /// # Errors
    /// A sentence for the user about the option that is not understood.
    pub fn from_arguments(arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || {
                arguments
                    .next()
                    .map(PathBuf::from)
                    .ok_or_else(|| format!("{} needs a path", argument.to_string_lossy()))
            };
            match argument.to_str() {
                Some("--data-dir") => options.data_dir = Some(value()?),
                Some("--sandbox-info") => options.sandbox_info = Some(value()?),
                _ => {
                    return Err(format!(
                        "unknown option {}; known are --data-dir PATH and --sandbox-info PATH",
                        argument.to_string_lossy()
                    ));
                }
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, String> {
        Options::from_arguments(arguments.iter().map(OsString::from))
    }

    #[test]
    fn paths_are_taken() {
        let options = parse(&["--data-dir", "a b", "--sandbox-info", "info.json"]).unwrap();
        assert_eq!(options.data_dir, Some("a b".into()));
        assert_eq!(options.sandbox_info, Some("info.json".into()));
    }

    #[test]
    fn the_rest_is_explained() {
        assert!(parse(&["--data-dir"]).unwrap_err().contains("needs a path"));
        assert!(parse(&["--nonsense"]).unwrap_err().contains("--nonsense"));
    }
}
