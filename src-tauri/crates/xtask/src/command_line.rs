//! What may be written after `cargo xtask`.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::windows::{Extent, programs};

pub const USAGE: &str = "\
cargo xtask <task>

  demo [--screenshot PATH]   install what is missing, build, open the window with everything ready for the demo;
                             without a display, or with a path: in a virtual display, with a picture of the window
  test [--quick]             every check and test; --quick leaves out the journeys in the real window
  windows [--quick|--full]   lint, link and test for Windows, the tests under Wine; --quick: the lints alone;
                             --full: also the tests that take long (tests/windows/heavy.txt)
  setup                      install what the other tasks need, and nothing else
  sandbox [FLAGS]            Zoom and Salesforce on loopback; --help after it lists the flags
  scenario FILE… [--json] [--seed N]
                             problems as files (docs/scenarios.md), played without a window
  contract [FLAGS]           the clients and the sandbox against documents, examples and records of the two services;
                             --help after it lists the flags
  others                     clients and parsers that are not ours against the sandbox
  package                    the Salesforce metadata package: its rules, types and conversion
  bundle [--binary PATH]     the program as a Debian package, made twice, compared and checked; with a path: of a program that
                             is there already
  screenshots                every view in every theme, language and size, into artifacts/screenshots
  bindings                   write ui/src/bindings anew from the Rust commands
  bench startup [--runs N] [--meetings N] [--people N]
                             start of the app next to a bare window of the same Tauri
  bench list [--rows N] [--of registrants]
                             the virtual list in a real window: mount, scroll, jump, select all, with the frames counted
  bench window [--calls N] [--people N] [--meetings N]
                             the real window of the released app: a letter until its rows are painted, the palette, a closed
                             window until it is there again
  bench pull-zoom | pull-salesforce | push | outbox | calls | webinars | meetings | palette [FLAGS]
                             a part's work next to the floor of plain requests or queries; the flags are its own
  prove phone [--count N] [--seed N]
                             our reading of telephone numbers against PyPI phonenumbers, each difference explained
  prove simulate [--seeds N] [--seed S] [--blind faults|eyes] [--shorten]
  prove kill [--rounds N] [--seed S] [--blind faults|eyes]
                             random work under faults and SIGKILL, judged by what the services hold (docs/proving.md)
  prove bugs [--seeds N]     mistakes planted in the outbox, each of which the rig has to find";

/// One task with its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    Help,
    Setup,
    Demo {
        screenshot: Option<PathBuf>,
    },
    Test {
        quick: bool,
    },
    Windows {
        extent: Extent,
    },
    /// What cargo calls for each test program of Windows.
    NoteTest {
        program: PathBuf,
    },
    Sandbox {
        arguments: Vec<OsString>,
    },
    Scenario {
        arguments: Vec<OsString>,
    },
    Contract {
        arguments: Vec<OsString>,
    },
    Others,
    Package,
    Bundle {
        /// A program that is there already.
        binary: Option<PathBuf>,
    },
    Screenshots,
    Bindings,
    BenchStartup(Startup),
    BenchList {
        rows: u32,
        of: Listed,
    },
    BenchWindow(WindowData),
    BenchClient {
        benchmark: Benchmark,
        arguments: Vec<OsString>,
    },
    ProvePhone(PhoneProof),
    ProveRig {
        arguments: Vec<OsString>,
    },
    ProveBugs {
        arguments: Vec<OsString>,
    },
}

/// How many written numbers two libraries are asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneProof {
    pub count: u32,
    /// The same seed gives the same texts.
    pub seed: u32,
}

impl Default for PhoneProof {
    fn default() -> Self {
        Self { count: 1_000_000, seed: 1 }
    }
}

/// A benchmark that is an example of a client's crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Benchmark {
    PullZoom,
    PullSalesforce,
    Push,
    Outbox,
    Calls,
    Webinars,
    Meetings,
    Palette,
}

/// What stands in the list that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Listed {
    #[default]
    People,
    Registrants,
}

impl Listed {
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Registrants => "registrants",
        }
    }
}

/// How the start is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Startup {
    /// Starts of each window; they alternate.
    pub runs: u32,
    /// Meetings in the database before the first start.
    pub meetings: u32,
    /// People in the database before the first start.
    pub people: u32,
}

impl Default for Startup {
    fn default() -> Self {
        Self { runs: 12, meetings: 10_000, people: 50_000 }
    }
}

/// How much is in the database of the window that is measured, before its first start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowData {
    pub calls: u32,
    pub people: u32,
    pub meetings: u32,
}

impl Default for WindowData {
    fn default() -> Self {
        Self { calls: 100_000, people: 100_000, meetings: 20_000 }
    }
}

impl Task {
    /// Reads the words after `cargo xtask`.
    pub fn parse(words: impl IntoIterator<Item = OsString>) -> Outcome<Self> {
        let mut words = Words(words.into_iter().collect::<Vec<_>>().into_iter());
        let Some(name) = words.next()? else {
            return Ok(Self::Help);
        };
        let task = match name.as_str() {
            "help" | "--help" | "-h" => Self::Help,
            "setup" => Self::Setup,
            "demo" => demo(&mut words)?,
            "test" => Self::Test { quick: quick(&mut words)? },
            "windows" => Self::Windows { extent: extent(&mut words)? },
            programs::TASK => Self::NoteTest { program: PathBuf::from(words.value(programs::TASK)?) },
            "sandbox" => Self::Sandbox { arguments: words.0.by_ref().collect() },
            "scenario" => Self::Scenario { arguments: words.0.by_ref().collect() },
            "contract" => Self::Contract { arguments: words.0.by_ref().collect() },
            "others" => Self::Others,
            "package" => Self::Package,
            "bundle" => bundle(&mut words)?,
            "screenshots" => Self::Screenshots,
            "bindings" => Self::Bindings,
            "bench" => bench(&mut words)?,
            "prove" => prove(&mut words)?,
            other => return Err(unknown("task", other)),
        };
        match words.next()? {
            None => Ok(task),
            Some(extra) => Err(unknown("option", &extra)),
        }
    }
}

fn demo(words: &mut Words) -> Outcome<Task> {
    let mut screenshot = None;
    while let Some(word) = words.next()? {
        match word.as_str() {
            "--screenshot" => screenshot = Some(PathBuf::from(words.value("--screenshot")?)),
            other => return Err(unknown("option", other)),
        }
    }
    Ok(Task::Demo { screenshot })
}

fn bundle(words: &mut Words) -> Outcome<Task> {
    let mut binary = None;
    while let Some(word) = words.next()? {
        match word.as_str() {
            "--binary" => binary = Some(PathBuf::from(words.value("--binary")?)),
            other => return Err(unknown("option", other)),
        }
    }
    Ok(Task::Bundle { binary })
}

fn quick(words: &mut Words) -> Outcome<bool> {
    let mut quick = false;
    while let Some(word) = words.next()? {
        match word.as_str() {
            "--quick" => quick = true,
            other => return Err(unknown("option", other)),
        }
    }
    Ok(quick)
}

fn extent(words: &mut Words) -> Outcome<Extent> {
    let mut extent = Extent::default();
    while let Some(word) = words.next()? {
        match word.as_str() {
            "--quick" => extent = Extent::Quick,
            "--full" => extent = Extent::Full,
            other => return Err(unknown("option", other)),
        }
    }
    Ok(extent)
}

fn bench(words: &mut Words) -> Outcome<Task> {
    let benchmark = match words.next()?.as_deref() {
        Some("startup") => None,
        Some("list") => return bench_list(words),
        Some("window") => return bench_window(words),
        Some("pull-zoom") => Some(Benchmark::PullZoom),
        Some("pull-salesforce") => Some(Benchmark::PullSalesforce),
        Some("push") => Some(Benchmark::Push),
        Some("outbox") => Some(Benchmark::Outbox),
        Some("calls") => Some(Benchmark::Calls),
        Some("webinars") => Some(Benchmark::Webinars),
        Some("meetings") => Some(Benchmark::Meetings),
        Some("palette") => Some(Benchmark::Palette),
        Some(other) => return Err(unknown("benchmark", other)),
        None => {
            return Err(Failure::new(
                "`bench` needs the name of a benchmark: startup, list, window, pull-zoom, pull-salesforce, push, outbox, calls, webinars, meetings or palette",
            ));
        }
    };
    if let Some(benchmark) = benchmark {
        return Ok(Task::BenchClient { benchmark, arguments: words.0.by_ref().collect() });
    }
    let mut startup = Startup::default();
    while let Some(word) = words.next()? {
        match word.as_str() {
            "--runs" => startup.runs = words.number("--runs")?.max(1),
            "--meetings" => startup.meetings = words.number("--meetings")?,
            "--people" => startup.people = words.number("--people")?,
            other => return Err(unknown("option", other)),
        }
    }
    Ok(Task::BenchStartup(startup))
}

fn bench_list(words: &mut Words) -> Outcome<Task> {
    let (mut rows, mut of) = (100_000, Listed::default());
    while let Some(word) = words.next()? {
        match word.as_str() {
            "--rows" => rows = words.number("--rows")?.max(1),
            "--of" => {
                of = match words.next()?.as_deref() {
                    Some("people") => Listed::People,
                    Some("registrants") => Listed::Registrants,
                    other => return Err(unknown("list", other.unwrap_or_default())),
                }
            }
            other => return Err(unknown("option", other)),
        }
    }
    Ok(Task::BenchList { rows, of })
}

/// Of each: with less, some of what is typed would find nothing.
const LEAST_IN_WINDOW: u32 = 1_000;

fn bench_window(words: &mut Words) -> Outcome<Task> {
    let mut data = WindowData::default();
    while let Some(word) = words.next()? {
        match word.as_str() {
            "--calls" => data.calls = words.number("--calls")?.max(LEAST_IN_WINDOW),
            "--people" => data.people = words.number("--people")?.max(LEAST_IN_WINDOW),
            "--meetings" => data.meetings = words.number("--meetings")?.max(LEAST_IN_WINDOW),
            other => return Err(unknown("option", other)),
        }
    }
    Ok(Task::BenchWindow(data))
}

fn prove(words: &mut Words) -> Outcome<Task> {
    match words.next()?.as_deref() {
        Some("phone") => {}
        Some(rig @ ("simulate" | "kill")) => {
            let arguments = [OsString::from(rig)].into_iter().chain(words.0.by_ref()).collect();
            return Ok(Task::ProveRig { arguments });
        }
        Some("bugs") => return Ok(Task::ProveBugs { arguments: words.0.by_ref().collect() }),
        Some(other) => return Err(unknown("proof", other)),
        None => return Err(Failure::new("`prove` needs the name of a proof: phone, simulate, kill or bugs")),
    }
    let mut proof = PhoneProof::default();
    while let Some(word) = words.next()? {
        match word.as_str() {
            "--count" => proof.count = words.number("--count")?.max(1),
            "--seed" => proof.seed = words.number("--seed")?,
            other => return Err(unknown("option", other)),
        }
    }
    Ok(Task::ProvePhone(proof))
}

struct Words(std::vec::IntoIter<OsString>);

impl Words {
    fn next(&mut self) -> Outcome<Option<String>> {
        self.0
            .next()
            .map(|word| word.into_string().map_err(|word| Failure::new(format!("{} is not text", word.display()))))
            .transpose()
    }

    fn value(&mut self, option: &str) -> Outcome<OsString> {
        self.0.next().ok_or_else(|| Failure::new(format!("{option} needs a value after it")))
    }

    fn number(&mut self, option: &str) -> Outcome<u32> {
        let value = self.value(option)?;
        value
            .to_str()
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| Failure::new(format!("{option} needs a whole number, not {}", value.display())))
    }
}

fn unknown(what: &str, word: &str) -> Failure {
    Failure::new(format!("there is no {what} `{word}`\n\n{USAGE}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Outcome<Task> {
        Task::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn no_words_ask_for_help() {
        assert_eq!(parse(""), Ok(Task::Help));
        assert_eq!(parse("--help"), Ok(Task::Help));
    }

    #[test]
    fn options_belong_to_their_task() {
        assert_eq!(parse("demo"), Ok(Task::Demo { screenshot: None }));
        assert_eq!(parse("demo --screenshot a.png"), Ok(Task::Demo { screenshot: Some("a.png".into()) }));
        assert_eq!(parse("test"), Ok(Task::Test { quick: false }));
        assert_eq!(parse("test --quick"), Ok(Task::Test { quick: true }));
        assert_eq!(parse("windows --quick"), Ok(Task::Windows { extent: Extent::Quick }));
        assert_eq!(parse("windows --full"), Ok(Task::Windows { extent: Extent::Full }));
        assert_eq!(parse("windows"), Ok(Task::Windows { extent: Extent::Usual }));
        assert!(parse("demo --quick").is_err());
        assert!(parse("bindings --quick").is_err());
    }

    #[test]
    fn everything_after_sandbox_goes_to_the_sandbox() {
        let arguments = ["--zoom-port", "0", "--help"].map(OsString::from).to_vec();
        assert_eq!(parse("sandbox --zoom-port 0 --help"), Ok(Task::Sandbox { arguments }));
    }

    #[test]
    fn a_test_program_of_windows_is_noted() {
        let task = Task::NoteTest { program: "it-1.exe".into() };
        assert_eq!(parse("note-test it-1.exe"), Ok(task));
        assert!(parse("note-test").is_err());
    }

    #[test]
    fn everything_after_scenario_goes_to_the_runner() {
        let arguments = ["a.json", "--seed", "7"].map(OsString::from).to_vec();
        assert_eq!(parse("scenario a.json --seed 7"), Ok(Task::Scenario { arguments }));
    }

    #[test]
    fn a_benchmark_has_a_name_and_whole_numbers() {
        let startup = Startup { runs: 3, ..Startup::default() };
        assert_eq!(parse("bench startup --runs 3"), Ok(Task::BenchStartup(startup)));
        assert_eq!(parse("bench list"), Ok(Task::BenchList { rows: 100_000, of: Listed::People }));
        assert_eq!(
            parse("bench list --rows 5 --of registrants"),
            Ok(Task::BenchList { rows: 5, of: Listed::Registrants })
        );
        assert!(parse("bench list --of meetings").is_err());
        assert_eq!(parse("bench window"), Ok(Task::BenchWindow(WindowData::default())));
        let data = WindowData { calls: 5_000, people: 1_000, meetings: 8_000 };
        assert_eq!(parse("bench window --calls 5000 --people 3 --meetings 8000"), Ok(Task::BenchWindow(data)));
        assert!(parse("bench window --rows 5").is_err());
        assert!(parse("bench").is_err_and(|failure| failure.to_string().contains("startup")));
        assert!(parse("bench startup --runs many").is_err_and(|failure| failure.to_string().contains("many")));
        assert!(parse("bench startup --runs").is_err_and(|failure| failure.to_string().contains("value")));
    }

    #[test]
    fn a_proof_has_a_name_and_a_size() {
        assert_eq!(parse("prove phone --count 5"), Ok(Task::ProvePhone(PhoneProof { count: 5, seed: 1 })));
        assert!(parse("prove").is_err_and(|failure| failure.to_string().contains("phone")));
        assert!(parse("prove everything").is_err_and(|failure| failure.to_string().contains("everything")));
    }

    #[test]
    fn an_unknown_task_is_named_and_the_known_ones_listed() {
        let words = parse("dance").expect_err("no such task").to_string();
        assert!(words.contains("`dance`") && words.contains("screenshots"), "{words}");
    }
}
