//! Series of meetings, and what Zoom and Salesforce say differently.

use liaison_sandbox::Service;
use rand::Rng as _;

use super::{SeriesStep, SideStep};
use crate::prove::plan::make::Make;
use crate::prove::plan::scenes::LATEST;
use crate::prove::plan::{About, Request, Step};

/// Long enough for both looks that tell that something is gone.
const TWO_LOOKS: u32 = 26;

impl Make {
    pub(super) fn series_step(&mut self) -> SeriesStep {
        let (pick, scope) = (self.any(), self.scope());
        match self.rng.random_range(0..10) {
            0..3 => SeriesStep::Schedule { times: self.rng.random_range(2..5) },
            3..8 => SeriesStep::Change { pick, what: self.field(), scope },
            _ => SeriesStep::Cancel { pick, scope },
        }
    }

    fn scope(&mut self) -> &'static str {
        match self.rng.random_range(0..4) {
            0 => "all",
            1 => "following",
            _ => "one",
        }
    }

    pub(in crate::prove::plan) fn series(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        if self.one_in(3) {
            let answer = self.unheard();
            steps.push(Self::spoil_of(About::Meeting, Service::Salesforce, Request::Change, 1, answer));
        }
        steps.push(Step::Series(SeriesStep::Schedule { times: self.rng.random_range(2..5) }));
        if !self.one_in(4) {
            steps.push(self.sent());
        }
        for _ in 0..self.rng.random_range(1..4) {
            if self.one_in(2) {
                let (service, answer) =
                    (if self.one_in(2) { Service::Zoom } else { Service::Salesforce }, self.unheard());
                let what = if self.one_in(3) { Request::Delete } else { Request::Change };
                steps.push(Self::spoil_of(About::Meeting, service, what, 1, answer));
            }
            let (pick, what, scope) = (self.rng.random_range(0..3), self.field(), self.scope());
            let step = Step::Series(match self.rng.random_range(0..4) {
                0 => SeriesStep::Cancel { pick, scope },
                _ => SeriesStep::Change { pick, what, scope },
            });
            steps.push(step);
            let sent = self.sent();
            steps.push(if self.one_in(5) { self.crash(sent) } else { sent });
            if self.one_in(4) {
                steps.extend([Step::Undo { pick: LATEST }, self.sent()]);
            }
        }
        steps.push(self.wait(30..150));
        steps
    }

    pub(super) fn side_step(&mut self) -> Step {
        let pick = self.any();
        match self.rng.random_range(0..10) {
            0..3 => Step::Side(SideStep::Take { pick }),
            3..5 => Step::Side(SideStep::Keep { pick, keep: !self.one_in(4) }),
            5 => Step::Pass(TWO_LOOKS),
            6 => Step::EditInZoom { pick, what: self.field() },
            7 => Step::EditInSalesforce { pick, what: self.field() },
            8 => Step::DeleteInZoom { pick },
            _ => Step::DeleteInSalesforce { pick },
        }
    }

    /// Each side is changed by somebody, and the rep answers, while answers are lost.
    pub(in crate::prove::plan) fn sides(&mut self) -> Vec<Step> {
        let mut steps = vec![Self::schedule(), self.sent(), Step::Pass(6)];
        let (mine, theirs) = (self.field(), self.field());
        for _ in 0..self.rng.random_range(1..3) {
            steps.push(match self.rng.random_range(0..7) {
                0 | 1 => Step::EditInZoom { pick: LATEST, what: mine },
                2..4 => Step::EditInSalesforce { pick: LATEST, what: theirs },
                4 | 5 => Step::DeleteInZoom { pick: LATEST },
                _ => Step::DeleteInSalesforce { pick: LATEST },
            });
        }
        steps.push(Step::Pass(TWO_LOOKS));
        if self.one_in(2) {
            let answer = self.unheard();
            let what = match self.rng.random_range(0..3) {
                0 => Request::Make,
                1 => Request::Delete,
                _ => Request::Change,
            };
            steps.push(Self::spoil_of(About::Meeting, Service::Salesforce, what, 1, answer));
        }
        for _ in 0..self.rng.random_range(1..3) {
            let pick = self.rng.random_range(0..2);
            steps.push(match self.rng.random_range(0..4) {
                0 => Step::Side(SideStep::Keep { pick, keep: true }),
                1 => Step::EditInSalesforce { pick: LATEST, what: mine },
                _ => Step::Side(SideStep::Take { pick }),
            });
            let sent = self.sent();
            steps.push(if self.one_in(4) { self.crash(sent) } else { sent });
        }
        steps.push(Step::Pass(TWO_LOOKS));
        steps
    }
}
