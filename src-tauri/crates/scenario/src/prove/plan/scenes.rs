//! Scenes: short runs of steps in which something happens that comes about by itself too seldom. What they vary, and
//! what comes in between, is random as everything else.

use std::time::Duration;

use liaison_sandbox::Service;
use rand::Rng as _;

use super::make::Make;
use super::{About, Answer, Fault, Request, Step, Temper};

/// The latest.
pub(super) const LATEST: usize = 0;

impl Make {
    pub fn scene(&mut self) -> Vec<Step> {
        let mut steps = match self.temper {
            Temper::Mixed => Vec::new(),
            Temper::Doubt => self.doubt(),
            Temper::TakenBack => self.taken_back(),
            Temper::Others => self.others(),
            Temper::OneRecord => self.one_record(),
            Temper::Computers => self.computers(),
            Temper::Accounts => self.accounts(),
            Temper::Limits => self.limits(),
            Temper::Many => self.many(),
            Temper::Calls => self.calls(),
            Temper::Webinars => self.webinars(),
            Temper::Series => self.series(),
            Temper::Sides => self.sides(),
        };
        if !self.mix.faults {
            steps.retain(|step| !matches!(step, Step::Fault(_)));
        }
        steps
    }

    pub(super) fn schedule() -> Step {
        Step::Schedule { event: true, twice: false, refused: false }
    }

    pub(super) fn wait(&mut self, seconds: std::ops::Range<u64>) -> Step {
        Step::Advance(Duration::from_secs(self.rng.random_range(seconds)))
    }

    fn spoil(service: Service, what: Request, times: u64, answer: Answer) -> Step {
        Self::spoil_of(About::Meeting, service, what, times, answer)
    }

    pub(super) fn spoil_of(about: About, service: Service, what: Request, times: u64, answer: Answer) -> Step {
        Step::Fault(Fault { service, about, what, skip: 0, times, answer })
    }

    /// A meeting that may have been made, and a rep who presses again.
    fn doubt(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        let answer = if self.one_in(3) { self.unheard() } else { Answer::Late { seconds: self.late() } };
        steps.push(Self::spoil(Service::Zoom, Request::Make, 1, answer));
        if self.one_in(2) {
            let times = self.rng.random_range(1..3);
            steps.push(Self::spoil(Service::Zoom, Request::List, times, Answer::Trouble));
        }
        steps.push(Self::schedule());
        for _ in 0..self.rng.random_range(1..5) {
            steps.push(match self.rng.random_range(0..5) {
                0 => self.wait(3..8),
                1 => self.wait(20..60),
                2 => Step::PressAgain { pick: LATEST },
                _ => Step::Retry { pick: LATEST },
            });
        }
        steps.push(self.wait(100..200));
        steps
    }

    /// What may have arrived is given up before anybody knows.
    fn taken_back(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        let (service, begins) = match self.rng.random_range(0..3) {
            0 => (Service::Zoom, Step::Change { pick: LATEST, what: self.field() }),
            _ => (Service::Salesforce, Self::schedule()),
        };
        for what in [Request::Make, Request::Change] {
            if service == Service::Salesforce || what == Request::Change {
                let answer = self.unheard();
                steps.push(Self::spoil(service, what, 1, answer));
            }
        }
        steps.push(begins);
        let sent = self.sent();
        steps.push(if self.one_in(4) { self.crash(sent) } else { sent });
        steps.push(Step::Discard { pick: LATEST });
        steps.push(self.sent());
        steps.push(self.sent());
        steps
    }

    /// What the rep changes, others change too: before it is sent, or while it is.
    fn others(&mut self) -> Vec<Step> {
        let mut steps = vec![Self::schedule(), self.sent()];
        let (mine, theirs) = (self.field(), self.field());
        let theirs = if self.one_in(2) { mine } else { theirs };
        match self.rng.random_range(0..4) {
            0 => steps.extend([
                Step::Change { pick: LATEST, what: mine },
                Step::EditInZoom { pick: LATEST, what: theirs },
                self.sent(),
            ]),
            1 => steps.extend([
                Step::EditInSalesforce { pick: LATEST, what: theirs },
                Step::Change { pick: LATEST, what: mine },
                self.sent(),
            ]),
            which => {
                let service = if which == 2 { Service::Zoom } else { Service::Salesforce };
                steps.push(Self::spoil(service, Request::Change, 1, Answer::Overtaken(theirs)));
                steps.push(Step::Change { pick: LATEST, what: mine });
                steps.push(self.sent());
            }
        }
        steps.push(self.sent());
        steps.push(Step::Decide { pick: LATEST, mine: self.one_in(2) });
        steps
    }

    /// A second change while it is not known what became of the first.
    fn one_record(&mut self) -> Vec<Step> {
        let mut steps = vec![Self::schedule(), self.sent()];
        let what = self.field();
        let service = if self.one_in(2) { Service::Zoom } else { Service::Salesforce };
        let answer = if self.one_in(3) { Answer::Reset } else { self.unheard() };
        steps.push(Self::spoil(service, Request::Change, 1, answer));
        let times = self.rng.random_range(2..6);
        steps.push(Self::spoil(service, Request::Read, times, Answer::Trouble));
        for _ in 0..self.rng.random_range(2..4) {
            let field = if self.one_in(3) { self.field() } else { what };
            steps.push(Step::Change { pick: LATEST, what: field });
            steps.push(self.sent());
        }
        steps.push(match self.rng.random_range(0..3) {
            0 => Step::Cancel { pick: LATEST },
            1 => Step::Undo { pick: LATEST },
            _ => self.sent(),
        });
        steps.push(self.wait(30..90));
        steps
    }

    /// The other computer does what this one has done, or is about to do.
    fn computers(&mut self) -> Vec<Step> {
        let mut steps = vec![Self::schedule()];
        if !self.one_in(4) {
            steps.push(self.sent());
        }
        if self.one_in(2) {
            steps.push(Step::EditInSalesforce { pick: LATEST, what: self.field() });
        }
        if self.one_in(4) {
            steps.push(Step::EditInZoom { pick: LATEST, what: self.field() });
        }
        steps.extend([Step::OtherComputer, Step::Sync]);
        steps.push(match self.rng.random_range(0..4) {
            0 => Step::Change { pick: LATEST, what: self.field() },
            _ => Step::Log { pick: LATEST },
        });
        steps.push(self.sent());
        steps
    }

    /// Rows of an account wait while the rep works in another.
    fn accounts(&mut self) -> Vec<Step> {
        let provider = self.provider();
        let mut steps = Vec::new();
        if self.one_in(2) {
            let answer = self.unheard();
            let (service, what) =
                if self.one_in(2) { (Service::Zoom, Request::Make) } else { (Service::Salesforce, Request::Change) };
            steps.push(Self::spoil(service, what, 1, answer));
        }
        steps.push(Self::schedule());
        if self.one_in(2) {
            steps.push(self.wait(3..14));
        }
        if self.one_in(2) {
            steps.push(Step::Change { pick: LATEST, what: self.field() });
        }
        steps.push(Step::OtherAccount(provider));
        for _ in 0..self.rng.random_range(1..4) {
            let pick = self.rng.random_range(0..3);
            steps.push(match self.rng.random_range(0..8) {
                0 => Step::Change { pick, what: self.field() },
                1 => Step::Log { pick },
                2 => Step::Retry { pick },
                3 => Step::PressAgain { pick },
                4 => Step::Cancel { pick },
                5 => Step::Undo { pick },
                _ => Self::schedule(),
            });
            steps.push(self.sent());
        }
        steps.push(Step::OtherAccount(provider));
        steps.push(self.sent());
        steps
    }

    /// A limit outlives the process that met it.
    fn limits(&mut self) -> Vec<Step> {
        let seconds = self.rng.random_range(60..400);
        let mut steps = vec![Self::schedule()];
        for what in [Request::Make, Request::Change] {
            steps.push(Self::spoil(Service::Salesforce, what, 1, Answer::Limited { seconds }));
        }
        steps.push(self.sent());
        for _ in 0..self.rng.random_range(1..4) {
            steps.push(match self.rng.random_range(0..5) {
                0 => Self::schedule(),
                1 => Step::Change { pick: LATEST, what: self.field() },
                2 => {
                    let sent = self.sent();
                    self.crash(sent)
                }
                _ => Step::Restart,
            });
            steps.push(self.wait(5..40));
        }
        steps.push(self.wait(100..400));
        steps
    }

    /// Many rows become ready at the same moment.
    fn many(&mut self) -> Vec<Step> {
        let mut steps = vec![Step::Pause(true)];
        if self.one_in(3) {
            steps.push(Step::Schedule { event: true, twice: false, refused: true });
        }
        for _ in 0..self.rng.random_range(2..7) {
            let pick = self.rng.random_range(0..8);
            steps.push(if self.one_in(4) { Self::schedule() } else { Step::Log { pick } });
        }
        steps.push(self.sent());
        if !self.one_in(4) {
            let answer = match self.rng.random_range(0..4) {
                0 => Answer::Trouble,
                1 => Answer::Refused,
                _ => self.unheard(),
            };
            let what = if self.one_in(4) { Request::List } else { Request::Change };
            steps.push(Self::spoil(Service::Salesforce, what, 1, answer));
        }
        steps.push(Step::Pause(false));
        let sent = self.sent();
        steps.push(if self.one_in(4) { self.crash(sent) } else { sent });
        let pick = self.rng.random_range(0..8);
        steps.push(match self.rng.random_range(0..4) {
            0 => Step::Discard { pick },
            1 => Step::Retry { pick },
            2 => Step::Undo { pick },
            _ => Step::Restart,
        });
        steps.push(self.sent());
        steps
    }
}
