//! The rigs: random work under faults and kills, judged by what the services hold afterwards. See docs/proving.md.
//!
//! A plan comes from a seed ([`plan`]); it is played with the real engine and a real encrypted store against the
//! sandbox ([`run`]), and judged ([`oracle`]). Blind, the same rig has to fail.

pub mod command;
mod computer;
mod oracle;
mod plan;
mod run;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::runtime::{Builder, Runtime};

use computer::Place;
pub use plan::Temper;
use plan::{Mix, Plan};
use run::{Run, Seen};

/// Why a run could not be judged. An app that hangs is a finding.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Instance(#[from] crate::instance::InstanceError),
    #[error("the app is not running")]
    Off,
    #[error("the app hangs: {0}")]
    Hangs(String),
    #[error("the store can't be read: {0}")]
    Store(String),
    #[error("the sandbox: {0}")]
    Sandbox(String),
    #[error("the rig asks for something that there is not: {0}")]
    Wrong(String),
}

/// Which rig.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rig {
    /// In this process, on virtual time.
    Simulate,
    /// In a process of this program's, which is killed.
    Kill(PathBuf),
}

/// What makes a rig blind: it has to fail then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blind {
    /// Nothing goes wrong and nobody is killed: a rig that did not notice would prove nothing.
    Faults,
    /// What is seen is judged with the eyes shut: a service that did everything twice would not be noticed.
    Eyes,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Proof {
    pub rig: Rig,
    /// How many runs; of the kill rig, at least so many kills.
    pub count: u64,
    pub seed: u64,
    pub blind: Option<Blind>,
    pub workers: usize,
    /// Ends with the first finding.
    pub until_found: bool,
    /// What all runs are about, and not each about what its seed says.
    pub temper: Option<Temper>,
}

/// What came out. A run in which nothing went wrong proves nothing.
#[derive(Debug, Default)]
pub struct Verdict {
    pub runs: u64,
    pub crashes: u64,
    /// Requests that were answered otherwise, or held until the process was gone.
    pub faults: u64,
    /// Rows of the outbox that were looked at.
    pub rows: u64,
    /// Effects of the app on the services.
    pub effects: u64,
    /// Requests with several rows.
    pub several: u64,
    /// By seed.
    pub failures: Vec<(u64, String)>,
}

impl Verdict {
    /// Nothing was found, and there was something to be found.
    pub fn holds(&self) -> bool {
        self.failures.is_empty() && self.faults > 0 && self.crashes > 0 && self.effects > 0
    }
}

impl Proof {
    fn mix(&self) -> Mix {
        let crashes = if self.rig == Rig::Simulate { 7 } else { 25 };
        match self.blind {
            Some(Blind::Faults) => Mix { faults: false, crashes: 0, temper: self.temper },
            _ => Mix { faults: true, crashes, temper: self.temper },
        }
    }

    fn place(&self) -> Place {
        match &self.rig {
            Rig::Simulate => Place::Here,
            Rig::Kill(program) => Place::Child(program.clone()),
        }
    }

    /// Plays until enough is seen.
    ///
    /// # Errors
    /// Threads can't be started.
    pub fn play(&self, report: impl Fn(&str) + Sync) -> Result<Verdict, Broken> {
        let next = AtomicU64::new(0);
        let crashes = AtomicU64::new(0);
        let found_one = AtomicBool::new(false);
        let enough = |index: u64| {
            let done = match self.rig {
                Rig::Simulate => index >= self.count,
                Rig::Kill(_) => crashes.load(Ordering::SeqCst) >= self.count,
            };
            done || (self.until_found && found_one.load(Ordering::SeqCst))
        };
        let work = || -> Result<Verdict, Broken> {
            let services = services()?;
            let mut verdict = Verdict::default();
            loop {
                let index = next.fetch_add(1, Ordering::SeqCst);
                if enough(index) {
                    return Ok(verdict);
                }
                let seed = self.seed + index;
                let plan = Plan::of(seed, self.mix());
                let (found, seen) = judged(&plan, &self.place(), &services, self.blind);
                verdict.runs += 1;
                if let Some(seen) = seen {
                    crashes.fetch_add(seen.crashes, Ordering::SeqCst);
                    verdict.crashes += seen.crashes;
                    verdict.faults += seen.faults;
                    verdict.rows += seen.rows.iter().map(|rows| rows.len() as u64).sum::<u64>();
                    verdict.effects += seen.effects.iter().filter(|noted| noted.by_app).count() as u64;
                    verdict.several += seen.several;
                }
                if !found.is_empty() {
                    found_one.store(true, Ordering::SeqCst);
                    let told = found.join("\n    ");
                    report(&format!("seed {seed}:\n    {told}\n    again: {}", self.again(seed)));
                    verdict.failures.push((seed, told));
                }
            }
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..self.workers.max(1)).map(|_| scope.spawn(work)).collect();
            let mut all = Verdict::default();
            for worker in workers {
                let verdict = worker.join().map_err(|_| Broken::Hangs("a worker ended badly".to_owned()))??;
                all.runs += verdict.runs;
                all.crashes += verdict.crashes;
                all.faults += verdict.faults;
                all.rows += verdict.rows;
                all.effects += verdict.effects;
                all.several += verdict.several;
                all.failures.extend(verdict.failures);
            }
            all.failures.sort();
            Ok(all)
        })
    }

    /// The line that repeats one run.
    pub fn again(&self, seed: u64) -> String {
        let blind = match self.blind {
            None => "",
            Some(Blind::Faults) => " --blind faults",
            Some(Blind::Eyes) => " --blind eyes",
        };
        let about = self.temper.map(|temper| format!(" --temper {}", temper.name())).unwrap_or_default();
        match self.rig {
            Rig::Simulate => format!("cargo xtask prove simulate --seeds 1 --seed {seed}{about}{blind}"),
            Rig::Kill(_) => format!("cargo xtask prove kill --rounds 1 --seed {seed}{about}{blind}"),
        }
    }

    /// The shortest plan found that still fails, in words.
    ///
    /// # Errors
    /// The seed does not fail, or the services can't be started.
    pub fn minimised(&self, seed: u64) -> Result<String, Broken> {
        let services = services()?;
        let mut plan = Plan::of(seed, self.mix());
        let mut found = judged(&plan, &self.place(), &services, self.blind).0;
        let mut index = 0;
        while index < plan.steps.len() && !found.is_empty() {
            let mut shorter = plan.clone();
            shorter.steps.remove(index);
            let still = judged(&shorter, &self.place(), &services, self.blind).0;
            if still.is_empty() {
                index += 1;
            } else {
                (plan, found) = (shorter, still);
            }
        }
        let mut told = format!("{:?}, bare org: {}\n", plan.temper, plan.bare);
        for step in &plan.steps {
            // Writing to a text can't fail.
            let _ = writeln!(told, "  {step:?}");
        }
        for fault in &found {
            let _ = writeln!(told, "  => {fault}");
        }
        Ok(told)
    }
}

fn services() -> Result<Arc<Runtime>, Broken> {
    Ok(Arc::new(Builder::new_multi_thread().worker_threads(1).enable_all().build()?))
}

fn judged(plan: &Plan, place: &Place, services: &Arc<Runtime>, blind: Option<Blind>) -> (Vec<String>, Option<Seen>) {
    match Run::play(plan, place, services) {
        Ok(mut seen) => {
            if blind == Some(Blind::Eyes) {
                seen.effects.clear();
            }
            (oracle::faults(&seen), Some(seen))
        }
        Err(error) => (vec![error.to_string()], None),
    }
}
