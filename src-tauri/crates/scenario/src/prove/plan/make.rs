//! The generator: what happens anyway, in proportions that the work of a rep has, and the scenes of a temper in it.

use std::time::Duration;

use liaison_engine::view::Provider;
use liaison_sandbox::Service;
use rand::Rng as _;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use super::{About, Answer, Done, Fault, Field, Mix, Moment, Plan, Request, Step, Temper};

impl Plan {
    pub fn of(seed: u64, mix: Mix) -> Self {
        let mut make = Make { rng: ChaCha8Rng::seed_from_u64(seed), mix, temper: Temper::Mixed, next: Vec::new() };
        // A third of the runs is about nothing in particular.
        if !make.one_in(3) {
            make.temper = Temper::ALL[make.rng.random_range(1..Temper::ALL.len())];
        }
        make.temper = mix.temper.unwrap_or(make.temper);
        let bare = make.one_in(4);
        let length = make.rng.random_range(10..=40);
        let steps = (0..length).map(|_| make.step()).collect();
        Self { seed, temper: make.temper, bare, steps }
    }
}

pub(super) struct Make {
    pub rng: ChaCha8Rng,
    pub mix: Mix,
    pub temper: Temper,
    /// What has to come first; the last is the next.
    next: Vec<Step>,
}

impl Make {
    pub fn one_in(&mut self, many: u32) -> bool {
        self.rng.random_range(0..many) == 0
    }

    fn step(&mut self) -> Step {
        // Something else comes in between now and then.
        if !self.next.is_empty() && !self.one_in(12) {
            return self.next.pop().unwrap_or(Step::Sync);
        }
        if self.next.is_empty() && self.temper != Temper::Mixed && self.one_in(3) {
            self.next = self.scene();
            self.next.reverse();
        }
        if self.rng.random_range(0..100) < self.mix.crashes {
            let during = match self.rng.random_range(0..4) {
                0 => Step::Sync,
                1 => Step::Advance(Duration::from_secs(15)),
                _ => self.plain(),
            };
            return self.crash(during);
        }
        self.plain()
    }

    /// The process ends during a step.
    pub fn crash(&mut self, during: Step) -> Step {
        let at = if self.one_in(3) {
            Moment::Passed(Duration::from_millis(self.rng.random_range(0..60)))
        } else {
            let effect = match self.rng.random_range(0..5) {
                0 => Done::Late(self.late()),
                1 | 2 => Done::Never,
                _ => Done::Before,
            };
            Moment::Request { number: self.rng.random_range(0..6), effect }
        };
        Step::Crash { during: Box::new(during), at }
    }

    fn plain(&mut self) -> Step {
        if let Some(step) = self.of_the_room() {
            return step;
        }
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
            _ => self.sent(),
        };
        self.next.push(meets);
        let begins = match self.rng.random_range(0..4) {
            0 => Step::Change { pick, what: self.field() },
            1 => Step::Cancel { pick },
            _ => Step::Schedule { event: true, twice: false, refused: false },
        };
        self.next.push(begins);
    }

    /// Long enough for what is held to go.
    pub fn sent(&mut self) -> Step {
        Step::Advance(Duration::from_secs(self.rng.random_range(10..20)))
    }

    pub fn field(&mut self) -> Field {
        match self.rng.random_range(0..3) {
            0 => Field::Topic,
            1 => Field::Text,
            _ => Field::Start,
        }
    }

    pub fn provider(&mut self) -> Provider {
        if self.one_in(2) { Provider::Zoom } else { Provider::Salesforce }
    }

    /// A request that comes later than this is none of Zoom's: two minutes after an attempt it has ended.
    pub fn late(&mut self) -> u32 {
        self.rng.random_range(5..110)
    }

    fn time(&mut self) -> Duration {
        Duration::from_secs(match self.rng.random_range(0..20) {
            0 => self.rng.random_range(3_600..200_000),
            1..5 => self.rng.random_range(60..900),
            _ => self.rng.random_range(1..60),
        })
    }

    /// The service has done it, and nobody hears of it.
    pub fn unheard(&mut self) -> Answer {
        match self.rng.random_range(0..4) {
            0 => Answer::Cut,
            1 => Answer::DoneBut502,
            _ => Answer::Lost,
        }
    }

    fn fault(&mut self) -> Fault {
        let service = if self.one_in(3) { Service::Zoom } else { Service::Salesforce };
        let about = self.about(service);
        let what = match (service, self.rng.random_range(0..6)) {
            (_, 0) if self.one_in(2) => Request::List,
            (_, 0) => Request::Read,
            (_, 1) => Request::Delete,
            (Service::Zoom, 2..4) | (Service::Salesforce, 2..5) => Request::Change,
            _ => Request::Make,
        };
        let answer = match self.rng.random_range(0..15) {
            0..5 => Answer::Lost,
            5 => Answer::Cut,
            6 => Answer::DoneBut502,
            7 => Answer::Reset,
            8 | 9 => Answer::Trouble,
            10 => Answer::Limited { seconds: self.rng.random_range(40..400) },
            11 => Answer::Unauthorized,
            12 if service == Service::Zoom => Answer::Late { seconds: self.late() },
            13 if about != About::Webinar => Answer::Overtaken(self.field()),
            _ => Answer::Refused,
        };
        Fault { service, about, what, skip: self.rng.random_range(0..2), times: 1, answer }
    }
}
