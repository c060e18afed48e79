//! The project's own tasks: `cargo xtask demo | test | windows | sandbox | scenario | contract | others | package | screenshots |
//! bundle | bindings | bench | prove`.
//!
//! This crate starts other programs and says what it does meanwhile. It is not part of the product, holds no rule of
//! it, and has no dependencies, because it is the first thing that a fresh machine compiles.
//!
//! [`desktop`] is also used by the journeys in the real window: a private display, session bus and keychain.

pub mod command_line;
pub mod desktop;
pub mod failure;
pub mod places;
pub mod png;
pub mod process;
pub mod report;

pub mod bench;
pub mod bench_client;
pub mod bench_list;
pub mod bench_window;
pub mod bindings;
pub mod build;
pub mod bundle;
pub mod contract;
pub mod demo;
pub mod deny;
pub mod others;
pub mod package;
pub mod packages;
pub mod prove;
pub mod python;
pub mod sandbox;
pub mod scenario;
pub mod screenshots;
pub mod setup;
pub mod test;
pub mod windows;

use command_line::Task;
use failure::Outcome;

/// Does one task.
pub fn perform(task: Task) -> Outcome {
    match task {
        Task::Help => {
            report::say(command_line::USAGE);
            Ok(())
        }
        Task::Setup => setup::for_everything(),
        Task::Demo { screenshot } => demo::perform(screenshot),
        Task::Test { quick } => test::perform(quick),
        Task::Windows { extent } => windows::perform(extent),
        Task::NoteTest { program } => windows::programs::note(&program),
        Task::Sandbox { arguments } => sandbox::perform(&arguments),
        Task::Scenario { arguments } => scenario::perform(&arguments),
        Task::Contract { arguments } => contract::perform(&arguments),
        Task::Others => others::perform(),
        Task::Package => package::perform(),
        Task::Bundle { binary } => bundle::perform(binary),
        Task::Screenshots => screenshots::perform(),
        Task::Bindings => bindings::perform(),
        Task::BenchList { rows, of } => bench_list::perform(rows, of),
        Task::BenchStartup(startup) => bench::startup(&startup),
        Task::BenchWindow(data) => bench_window::perform(&data),
        Task::ProvePhone(proof) => prove::phone(&proof),
        Task::ProveRig { arguments } => prove::rig(&arguments),
        Task::ProveBugs { arguments } => prove::bugs(&arguments),
        Task::BenchClient { benchmark, arguments } => bench_client::perform(benchmark, &arguments),
    }
}
