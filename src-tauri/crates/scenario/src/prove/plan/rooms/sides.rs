//! Series of meetings, and what Zoom and Salesforce say differently.

use chrono::TimeDelta;
use liaison_sandbox::Service;
use rand::Rng as _;

use super::{SeriesStep, SideStep};
use crate::prove::plan::make::Make;
use crate::prove::plan::scenes::LATEST;
use crate::prove::plan::{About, Field, Request, Step};

/// Long enough for both looks that tell that something is gone.
const TWO_LOOKS: u32 = 26;

impl Make {
    pub(super) fn series_step(&mut self) -> SeriesStep {
        let (pick, scope) = (self.any(), self.scope());
        match self.rng.random_range(0..10) {
            0..3 => SeriesStep::Schedule { times: self.rng.random_range(2..5) },
            3..7 => SeriesStep::Change { pick, what: self.field(), scope },
            7 => self.rule(),
            _ => SeriesStep::Cancel { pick, scope },
        }
    }

    /// Now and then as it is, or the same moments counted otherwise.
    fn rule(&mut self) -> SeriesStep {
        let later = match self.rng.random_range(0..4) {
            0 => TimeDelta::zero(),
            1 => TimeDelta::days(1),
            2 => TimeDelta::minutes(45),
            _ => TimeDelta::minutes(self.rng.random_range(1..100) * 45),
        };
        SeriesStep::Rule {
            pick: self.any(),
            times: self.rng.random_range(1..6),
            every: self.rng.random_range(1..4),
            later,
        }
    }

    /// Another rule, over dates that were cancelled or moved before, or are just being; its answer is lost, it is taken
    /// back, or others write into an Event meanwhile.
    fn anew(&mut self) -> Vec<Step> {
        let mut steps = vec![Step::Series(SeriesStep::Schedule { times: self.rng.random_range(2..6) }), self.sent()];
        for _ in 0..self.rng.random_range(0..3) {
            let pick = self.rng.random_range(0..3);
            steps.push(Step::Series(if self.one_in(2) {
                SeriesStep::Cancel { pick, scope: "one" }
            } else {
                SeriesStep::Change { pick, what: Field::Start, scope: if self.one_in(3) { "all" } else { "one" } }
            }));
            if self.one_in(2) {
                steps.push(self.sent());
            }
        }
        if self.one_in(3) {
            let pick = self.rng.random_range(0..4);
            steps.push(Step::EditInSalesforce { pick, what: self.field() });
        }
        for _ in 0..self.rng.random_range(1..3) {
            match self.rng.random_range(0..4) {
                0 => {
                    let answer = self.unheard();
                    steps.push(Self::spoil_of(About::Meeting, Service::Zoom, Request::Change, 1, answer));
                }
                1 => {
                    let answer = self.unheard();
                    steps.push(Self::spoil_of(About::Meeting, Service::Salesforce, Request::Change, 1, answer));
                }
                _ => {}
            }
            steps.push(Step::Series(self.rule()));
            if self.one_in(5) {
                steps.push(Step::Undo { pick: LATEST });
            }
            let sent = self.sent();
            steps.push(if self.one_in(5) { self.crash(sent) } else { sent });
            steps.push(self.wait(30..150));
        }
        steps
    }

    fn scope(&mut self) -> &'static str {
        match self.rng.random_range(0..4) {
            0 => "all",
            1 => "following",
            _ => "one",
        }
    }

    pub(in crate::prove::plan) fn series(&mut self) -> Vec<Step> {
        if self.one_in(3) {
            return self.anew();
        }
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
