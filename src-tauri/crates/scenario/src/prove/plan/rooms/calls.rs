//! Calls: their Tasks, follow-ups and new Leads.

use liaison_sandbox::Service;
use rand::Rng as _;

use super::CallStep;
use crate::prove::plan::make::Make;
use crate::prove::plan::scenes::LATEST;
use crate::prove::plan::{About, Answer, Request, Step};

impl Make {
    pub(super) fn call_step(&mut self) -> CallStep {
        let (pick, whom) = (self.any(), self.any());
        match self.rng.random_range(0..40) {
            0..10 => CallStep::Log { pick },
            10..13 => CallStep::LogSeveral { from: pick, many: self.rng.random_range(2..7) },
            13..17 => CallStep::Unlog { pick },
            17..23 => CallStep::Link { pick, whom },
            23 => CallStep::Unlink { pick },
            24 => CallStep::Ignore { pick },
            25..28 => CallStep::Note { pick },
            28..31 => CallStep::FollowUp { pick },
            31..35 => CallStep::Lead { pick, twice: self.one_in(3) },
            35..37 => CallStep::EditTask { pick, what: self.field() },
            37..39 => CallStep::DeleteTask { pick },
            _ => CallStep::LoggedByOthers { pick },
        }
    }

    pub(in crate::prove::plan) fn calls(&mut self) -> Vec<Step> {
        match self.rng.random_range(0..6) {
            0 | 1 => self.doubtful_task(),
            2 => self.several_tasks(),
            3 => self.task_of_others(),
            4 => self.doubtful_lead(),
            _ => self.call_on_two_computers(),
        }
    }

    /// A Task may have been made, and the rep goes on deciding about its call.
    fn doubtful_task(&mut self) -> Vec<Step> {
        let pick = self.any();
        let mut steps = Vec::new();
        if self.one_in(3) {
            steps.extend([Step::Call(CallStep::Log { pick }), self.sent()]);
        }
        for what in [Request::Make, Request::Change] {
            let answer = if self.one_in(4) { Answer::Reset } else { self.unheard() };
            steps.push(Self::spoil_of(About::Task, Service::Salesforce, what, 1, answer));
        }
        if self.one_in(3) {
            steps.push(Self::spoil_of(About::Task, Service::Salesforce, Request::List, 1, Answer::Trouble));
        }
        steps.push(Step::Call(CallStep::Log { pick }));
        let sent = self.sent();
        steps.push(if self.one_in(4) { self.crash(sent) } else { sent });
        for _ in 0..self.rng.random_range(1..4) {
            let whom = self.any();
            steps.push(match self.rng.random_range(0..8) {
                0 => Step::Call(CallStep::Unlog { pick }),
                1..4 => Step::Call(CallStep::Link { pick, whom }),
                4 => Step::Call(CallStep::Note { pick }),
                5 => Step::Undo { pick: LATEST },
                6 => Step::Discard { pick: LATEST },
                _ => Step::Retry { pick: LATEST },
            });
            steps.push(if self.one_in(2) { self.sent() } else { self.wait(1..6) });
        }
        steps.push(self.wait(60..200));
        steps
    }

    /// Several Tasks in one request.
    fn several_tasks(&mut self) -> Vec<Step> {
        let (from, pick, whom) = (self.any(), self.any(), self.any());
        let mut steps = vec![Step::Pause(true)];
        steps.push(Step::Call(CallStep::LogSeveral { from, many: self.rng.random_range(2..8) }));
        if self.one_in(2) {
            steps.push(Step::Call(CallStep::Link { pick, whom }));
        }
        steps.push(self.sent());
        if !self.one_in(4) {
            let answer = if self.one_in(5) { Answer::Trouble } else { self.unheard() };
            steps.push(Self::spoil_of(About::Task, Service::Salesforce, Request::Change, 1, answer));
        }
        steps.push(Step::Pause(false));
        let sent = self.sent();
        steps.push(if self.one_in(4) { self.crash(sent) } else { sent });
        steps.push(match self.rng.random_range(0..4) {
            0 => Step::Call(CallStep::Unlog { pick: from }),
            1 => Step::Call(CallStep::Link { pick: from, whom }),
            2 => Step::Undo { pick: LATEST },
            _ => Step::Call(CallStep::Log { pick: from }),
        });
        steps.push(self.sent());
        steps
    }

    /// Others have their hands on the Task, before it is made and after.
    fn task_of_others(&mut self) -> Vec<Step> {
        let (pick, whom) = (self.any(), self.any());
        let mut steps = Vec::new();
        if self.one_in(4) {
            steps.push(Step::Call(CallStep::LoggedByOthers { pick }));
        }
        steps.extend([Step::Call(CallStep::Log { pick }), self.sent()]);
        steps.push(if self.one_in(3) {
            Step::Call(CallStep::DeleteTask { pick: LATEST })
        } else {
            let theirs = self.field();
            if self.one_in(3) {
                Self::spoil_of(About::Task, Service::Salesforce, Request::Change, 1, Answer::Overtaken(theirs))
            } else {
                Step::Call(CallStep::EditTask { pick: LATEST, what: theirs })
            }
        });
        if self.one_in(3) {
            steps.push(Step::Sync);
        }
        steps.push(match self.rng.random_range(0..4) {
            0 => Step::Call(CallStep::Unlog { pick }),
            1 => Step::Call(CallStep::Note { pick }),
            _ => Step::Call(CallStep::Link { pick, whom }),
        });
        steps.extend([self.sent(), Step::Call(CallStep::Log { pick }), self.sent()]);
        steps.push(Step::Decide { pick: LATEST, mine: self.one_in(2) });
        steps.push(self.sent());
        steps
    }

    /// A Lead may have been made.
    fn doubtful_lead(&mut self) -> Vec<Step> {
        let pick = self.any();
        let mut steps = Vec::new();
        for what in [Request::Make, Request::Change] {
            let answer = if self.one_in(4) { Answer::Trouble } else { self.unheard() };
            steps.push(Self::spoil_of(About::Lead, Service::Salesforce, what, 1, answer));
        }
        if self.one_in(3) {
            steps.push(Self::spoil_of(About::Lead, Service::Salesforce, Request::List, 1, Answer::Trouble));
        }
        let lead = Step::Call(CallStep::Lead { pick, twice: self.one_in(2) });
        steps.push(if self.one_in(4) { self.crash(lead) } else { lead });
        for _ in 0..self.rng.random_range(1..4) {
            steps.push(match self.rng.random_range(0..6) {
                0 => Step::Undo { pick: LATEST },
                1 => Step::Discard { pick: LATEST },
                2 => Step::Retry { pick: LATEST },
                3 => Step::Restore { pick: LATEST },
                4 => Step::Call(CallStep::Log { pick }),
                _ => self.sent(),
            });
            steps.push(self.wait(2..20));
        }
        steps.push(self.wait(60..200));
        steps
    }

    /// The same rep logs the same call on two computers.
    fn call_on_two_computers(&mut self) -> Vec<Step> {
        let (pick, whom) = (self.any(), self.any());
        let mut steps = vec![Step::Call(CallStep::Log { pick })];
        if !self.one_in(4) {
            steps.push(self.sent());
        }
        steps.extend([Step::OtherComputer, Step::Sync]);
        steps.push(Step::Call(match self.rng.random_range(0..4) {
            0 => CallStep::Unlog { pick },
            1 => CallStep::Link { pick, whom },
            _ => CallStep::Log { pick },
        }));
        steps.push(self.sent());
        steps
    }
}
