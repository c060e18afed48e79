//! What happens in one run, made from a seed: what users do, what others do meanwhile, and what goes wrong.

use std::time::Duration;

use liaison_engine::view::Provider;
use liaison_sandbox::Service;
use rand::Rng as _;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

/// One run. The same seed makes the same plan.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub seed: u64,
    /// The org has no field for our key.
    pub bare: bool,
    pub steps: Vec<Step>,
}

/// `pick` chooses among what is there at that moment.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Schedule {
        event: bool,
        twice: bool,
        refused: bool,
    },
    /// Create is pressed again in a sheet that was used before.
    PressAgain {
        pick: usize,
    },
    Log {
        pick: usize,
    },
    Change {
        pick: usize,
        what: Field,
    },
    Cancel {
        pick: usize,
    },
    UndoScheduling {
        pick: usize,
    },
    Undo {
        pick: usize,
    },
    Discard {
        pick: usize,
    },
    Restore {
        pick: usize,
    },
    Retry {
        pick: usize,
    },
    Edit {
        pick: usize,
    },
    Decide {
        pick: usize,
        mine: bool,
    },
    Pause(bool),
    Advance(Duration),
    Sync,
    Restart,
    /// The app's process ends in the middle of a step, and is started again.
    Crash {
        during: Box<Step>,
        at: Moment,
    },
    SignOut(Provider),
    SignIn(Provider),
    Online(bool),
    OtherComputer,
    EditInZoom {
        pick: usize,
        what: Field,
    },
    DeleteInZoom {
        pick: usize,
    },
    EditInSalesforce {
        pick: usize,
        what: Field,
    },
    DeleteInSalesforce {
        pick: usize,
    },
    Fault(Fault),
}

/// What is changed of a meeting or an Event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Topic,
    Text,
    Start,
}

/// When a process ends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    /// At its so-many-th request from now, before or after the service has done it.
    Request { number: u64, after: bool },
    /// So long after the step began.
    Passed(Duration),
}

/// Some request to come is answered otherwise.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub service: Service,
    pub method: &'static str,
    pub skip: u64,
    pub answer: Answer,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Answer {
    /// The service has done it; nobody hears of it.
    Lost,
    /// The service has done it; half of the answer comes.
    Cut,
    /// The service has done it; a gateway says otherwise.
    DoneBut502,
    /// It never came to the service.
    Reset,
    Trouble,
    Limited {
        seconds: u32,
    },
    Unauthorized,
    Refused,
}

/// What a generator leaves out or does more of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mix {
    pub faults: bool,
    /// Steps of a hundred in which the process ends.
    pub crashes: u32,
}

impl Plan {
    pub fn of(seed: u64, mix: Mix) -> Self {
        let mut make = Make { rng: ChaCha8Rng::seed_from_u64(seed), mix, next: Vec::new() };
        let bare = make.one_in(4);
        let length = make.rng.random_range(10..=40);
        let steps = (0..length).map(|_| make.step()).collect();
        Self { seed, bare, steps }
    }
}

struct Make {
    rng: ChaCha8Rng,
    mix: Mix,
    /// What has to come first; the last is the next.
    next: Vec<Step>,
}

impl Make {
    fn one_in(&mut self, many: u32) -> bool {
        self.rng.random_range(0..many) == 0
    }

    fn step(&mut self) -> Step {
        if let Some(step) = self.next.pop() {
            return step;
        }
        if self.rng.random_range(0..100) < self.mix.crashes {
            let during = match self.rng.random_range(0..4) {
                0 => Step::Sync,
                1 => Step::Advance(Duration::from_secs(15)),
                _ => self.plain(),
            };
            let at = if self.one_in(3) {
                Moment::Passed(Duration::from_millis(self.rng.random_range(0..300)))
            } else {
                Moment::Request { number: self.rng.random_range(0..6), after: self.one_in(2) }
            };
            return Step::Crash { during: Box::new(during), at };
        }
        self.plain()
    }

    fn plain(&mut self) -> Step {
        let pick = self.rng.random_range(0..1_000);
        match self.rng.random_range(0..100) {
            0..14 => Step::Schedule { event: !self.one_in(4), twice: self.one_in(5), refused: self.one_in(10) },
            14..18 => Step::PressAgain { pick },
            18..21 => Step::Log { pick },
            21..31 => Step::Change { pick, what: self.field() },
            31..34 => Step::Cancel { pick },
            34..36 => Step::UndoScheduling { pick },
            36..40 => Step::Undo { pick },
            40..42 => Step::Discard { pick },
            42..44 => Step::Restore { pick },
            44..48 => Step::Retry { pick },
            48..50 => Step::Edit { pick },
            50..53 => Step::Decide { pick, mine: self.one_in(2) },
            53..55 => Step::Pause(self.one_in(2)),
            55..69 => Step::Advance(self.time()),
            69..70 => Step::Sync,
            70..73 => Step::Restart,
            73..74 => Step::SignOut(self.provider()),
            74..75 => Step::SignIn(self.provider()),
            75..78 => Step::Online(self.one_in(2)),
            78..79 => Step::OtherComputer,
            79..82 => Step::EditInZoom { pick, what: self.field() },
            82..83 => Step::DeleteInZoom { pick },
            83..86 => Step::EditInSalesforce { pick, what: self.field() },
            86..87 => Step::DeleteInSalesforce { pick },
            _ if self.mix.faults => {
                let fault = self.fault();
                if self.one_in(2) {
                    self.meet(fault.service);
                }
                Step::Fault(fault)
            }
            _ => Step::Advance(self.time()),
        }
    }

    /// Something that the fault meets, and what a rep does then.
    fn meet(&mut self, service: Service) {
        let pick = self.rng.random_range(0..4);
        self.next.push(match self.rng.random_range(0..5) {
            0 => Step::Undo { pick },
            1 => Step::Discard { pick },
            2 => Step::Restart,
            _ => Step::Retry { pick },
        });
        let meets = match service {
            Service::Zoom if self.one_in(2) => Step::Sync,
            _ => Step::Advance(Duration::from_secs(self.rng.random_range(9..20))),
        };
        self.next.push(meets);
        let begins = match self.rng.random_range(0..4) {
            0 => Step::Change { pick, what: self.field() },
            1 => Step::Cancel { pick },
            _ => Step::Schedule { event: true, twice: false, refused: false },
        };
        self.next.push(begins);
    }

    fn field(&mut self) -> Field {
        match self.rng.random_range(0..3) {
            0 => Field::Topic,
            1 => Field::Text,
            _ => Field::Start,
        }
    }

    fn provider(&mut self) -> Provider {
        if self.one_in(2) { Provider::Zoom } else { Provider::Salesforce }
    }

    fn time(&mut self) -> Duration {
        Duration::from_secs(match self.rng.random_range(0..20) {
            0 => self.rng.random_range(3_600..200_000),
            1..5 => self.rng.random_range(60..900),
            _ => self.rng.random_range(1..60),
        })
    }

    fn fault(&mut self) -> Fault {
        let service = if self.one_in(3) { Service::Zoom } else { Service::Salesforce };
        let method = match (service, self.rng.random_range(0..6)) {
            (_, 0) => "GET",
            (_, 1) => "DELETE",
            (Service::Zoom, 2..4) | (Service::Salesforce, 2..5) => "PATCH",
            _ => "POST",
        };
        let answer = match self.rng.random_range(0..13) {
            0..5 => Answer::Lost,
            5 => Answer::Cut,
            6 => Answer::DoneBut502,
            7 => Answer::Reset,
            8 | 9 => Answer::Trouble,
            10 => Answer::Limited { seconds: self.rng.random_range(40..400) },
            11 => Answer::Unauthorized,
            _ => Answer::Refused,
        };
        Fault { service, method, skip: self.rng.random_range(0..2), answer }
    }
}
