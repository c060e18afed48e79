//! The sandbox on its own: prints one line of JSON and serves until its standard input closes.

use std::process::ExitCode;

use liaison_sandbox::{Profile, Sandbox, SandboxConfig, WorldKind};
use tokio::io::AsyncReadExt;

const USAGE: &str = "\
usage: liaison-sandbox [options]
  --zoom-port N         port of Zoom on 127.0.0.1; 0 (default) takes a free one
  --salesforce-port N   port of Salesforce
  --control-port N      port of the journal, the clock and the fault scripts
  --world demo|empty    what there is at the start (default demo)
  --profile NAME        how the Salesforce org is set up (default deployed): bare, deployed,
                        deployed-without-fls, no-marketing, no-callcenter, shared-activities,
                        person-accounts, multi-currency, non-english, call-packages
  --seed N              everything made up follows from it (default 1)
  --zone NAME           IANA time zone of the rep (default Europe/Amsterdam)
  --people N            how many Leads and Contacts
  --meetings N          how many meetings
  --calls N             how many phone calls
  --webinars N          how many webinars
  --registrants N       how many people have registered for each webinar
  --issue-tokens        sign in to both services and print the tokens
  --auto-consent        consent pages approve by themselves
  --help                this text";

/// What the command line asks for.
#[derive(Debug, Default)]
struct Request {
    config: SandboxConfig,
    issue_tokens: bool,
    help: bool,
}

fn main() -> ExitCode {
    let request = match parse(std::env::args().skip(1)) {
        Ok(request) => request,
        Err(reason) => return failed(&format!("{reason}\n{USAGE}"), 2),
    };
    if request.help {
        print_line(USAGE);
        return ExitCode::SUCCESS;
    }
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("cannot start: {error}"), 1),
    };
    let outcome = runtime.block_on(run(request));
    // Reading standard input blocks a thread that nothing can wake.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => failed(&reason, 1),
    }
}

async fn run(request: Request) -> Result<(), String> {
    let sandbox = Sandbox::start(request.config).await.map_err(|error| described(&error))?;
    print_line(&sandbox.info(request.issue_tokens).to_string());
    let mut input = tokio::io::stdin();
    let mut ignored = [0; 1_024];
    while input.read(&mut ignored).await.is_ok_and(|bytes| bytes > 0) {}
    sandbox.shutdown().await;
    Ok(())
}

fn parse(arguments: impl Iterator<Item = String>) -> Result<Request, String> {
    let mut request = Request::default();
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let (name, attached) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = || {
            let next = attached.clone().or_else(|| arguments.next());
            next.ok_or_else(|| format!("{name} needs a value"))
        };
        let config = &mut request.config;
        match name.as_str() {
            "--zoom-port" => config.zoom_port = number(&name, &value()?)?,
            "--salesforce-port" => config.salesforce_port = number(&name, &value()?)?,
            "--control-port" => config.control_port = number(&name, &value()?)?,
            "--seed" => config.seed = number(&name, &value()?)?,
            "--people" => config.people = Some(number(&name, &value()?)?),
            "--meetings" => config.meetings = Some(number(&name, &value()?)?),
            "--calls" => config.calls = Some(number(&name, &value()?)?),
            "--webinars" => config.webinars = Some(number(&name, &value()?)?),
            "--registrants" => config.registrants = Some(number(&name, &value()?)?),
            "--zone" => config.zone = Some(value()?),
            "--world" => config.world = world(&value()?)?,
            "--profile" => config.profile = profile(&value()?)?,
            "--issue-tokens" if attached.is_none() => request.issue_tokens = true,
            "--auto-consent" if attached.is_none() => config.auto_consent = true,
            "--help" if attached.is_none() => request.help = true,
            _ => return Err(format!("{name} is not an option of this program")),
        }
    }
    Ok(request)
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{name}: `{text}` is not a number that fits"))
}

fn world(text: &str) -> Result<WorldKind, String> {
    match text {
        "demo" => Ok(WorldKind::Demo),
        "empty" => Ok(WorldKind::Empty),
        _ => Err(format!("--world: `{text}` is neither demo nor empty")),
    }
}

fn profile(text: &str) -> Result<Profile, String> {
    let names: Vec<&str> = Profile::ALL.into_iter().map(Profile::name).collect();
    Profile::named(text).ok_or_else(|| format!("--profile: `{text}` is none of {}", names.join(", ")))
}

/// An error with everything that caused it.
fn described(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

#[expect(clippy::print_stdout, reason = "the line on standard output is what this program is for")]
fn print_line(line: &str) {
    println!("{line}");
}

fn failed(reason: &str, code: u8) -> ExitCode {
    eprintln!("liaison-sandbox: {reason}");
    ExitCode::from(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Request, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_take_their_value_with_or_without_an_equals_sign() {
        let request = parsed("--zoom-port 7 --meetings=12 --profile bare --issue-tokens").unwrap();
        assert_eq!(request.config.zoom_port, 7);
        assert_eq!(request.config.meetings, Some(12));
        assert_eq!(request.config.profile, Profile::Bare);
        assert!(request.issue_tokens && !request.config.auto_consent);
    }

    #[test]
    fn a_wrong_line_says_what_is_wrong() {
        for (line, reason) in [
            ("--zoom-port", "--zoom-port needs a value"),
            ("--zoom-port 70000", "--zoom-port: `70000` is not a number that fits"),
            ("--world full", "--world: `full` is neither demo nor empty"),
            ("--issue-tokens=yes", "--issue-tokens is not an option of this program"),
            ("extra", "extra is not an option of this program"),
        ] {
            assert_eq!(parsed(line).unwrap_err(), reason);
        }
    }
}
