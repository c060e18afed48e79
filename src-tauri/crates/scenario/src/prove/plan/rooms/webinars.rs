//! Webinars: registrants, panel and Campaign.

use liaison_sandbox::Service;
use rand::Rng as _;

use super::{Decision, GroupDoes, WebinarStep};
use crate::prove::plan::make::Make;
use crate::prove::plan::scenes::LATEST;
use crate::prove::plan::{About, Answer, Request, Step};

impl Make {
    pub(super) fn webinar_step(&mut self) -> WebinarStep {
        let (pick, whom, many) = (self.any(), self.any(), self.rng.random_range(1..6));
        match self.rng.random_range(0..40) {
            0..9 => WebinarStep::Register { pick, from: whom, many },
            9..12 => WebinarStep::OneClick { pick, whom },
            12..19 => WebinarStep::Decide { pick, from: whom, many, decision: self.decision() },
            19..22 => WebinarStep::AddPanelist { pick, whom },
            22..24 => WebinarStep::RemovePanelist { pick, whom },
            24..30 => WebinarStep::Campaign { pick, responded: self.one_in(2), new: self.one_in(6) },
            30..33 => WebinarStep::Group { pick, does: self.group_does() },
            33..35 => WebinarStep::DecidedThere { pick, whom, decision: self.decision() },
            35..37 => WebinarStep::EditMember { pick },
            37 => WebinarStep::DeleteMember { pick },
            _ => WebinarStep::AddMember { whom },
        }
    }

    fn decision(&mut self) -> Decision {
        match self.rng.random_range(0..5) {
            0 => Decision::Cancel,
            1 => Decision::Deny,
            _ => Decision::Approve,
        }
    }

    fn group_does(&mut self) -> GroupDoes {
        match self.rng.random_range(0..6) {
            0 => GroupDoes::Pause,
            1 => GroupDoes::Resume,
            2 => GroupDoes::Stop,
            3 => GroupDoes::Retry,
            _ => GroupDoes::Undo,
        }
    }

    pub(in crate::prove::plan) fn webinars(&mut self) -> Vec<Step> {
        match self.rng.random_range(0..5) {
            0 | 1 => self.doubtful_registration(),
            2 => self.doubtful_decision(),
            3 => self.doubtful_panel(),
            _ => self.members_of_others(),
        }
    }

    /// A batch may have arrived, and the rep goes on.
    fn doubtful_registration(&mut self) -> Vec<Step> {
        let (pick, from) = (self.any(), self.any());
        let mut steps = Vec::new();
        let answer = self.zoom_unheard();
        steps.push(Self::spoil_of(About::Webinar, Service::Zoom, Request::Make, 1, answer));
        if self.one_in(3) {
            steps.push(Self::spoil_of(About::Webinar, Service::Zoom, Request::List, 1, Answer::Trouble));
        }
        steps.push(Step::Webinar(if self.one_in(3) {
            WebinarStep::OneClick { pick, whom: from }
        } else {
            WebinarStep::Register { pick, from, many: self.rng.random_range(2..8) }
        }));
        let sent = self.sent();
        steps.push(if self.one_in(3) { self.crash(sent) } else { sent });
        for _ in 0..self.rng.random_range(1..4) {
            let decision = self.decision();
            steps.push(match self.rng.random_range(0..7) {
                0 => Step::Webinar(WebinarStep::Group { pick: LATEST, does: self.group_does() }),
                1 => Step::Webinar(WebinarStep::Register { pick, from, many: 3 }),
                2 => Step::Webinar(WebinarStep::Decide { pick, from, many: 2, decision }),
                3 => Step::Undo { pick: LATEST },
                4 => Step::Discard { pick: LATEST },
                5 => Step::Retry { pick: LATEST },
                _ => self.wait(20..60),
            });
            steps.push(self.wait(2..20));
        }
        steps.push(self.wait(100..300));
        steps
    }

    /// Registrants were perhaps decided about.
    fn doubtful_decision(&mut self) -> Vec<Step> {
        let (pick, from) = (self.any(), self.any());
        let mut steps = vec![Step::Webinar(WebinarStep::Register { pick, from, many: 4 }), self.sent(), Step::Sync];
        let answer = self.zoom_unheard();
        steps.push(Self::spoil_of(About::Webinar, Service::Zoom, Request::Change, 1, answer));
        for _ in 0..self.rng.random_range(1..4) {
            let (decision, many) = (self.decision(), self.rng.random_range(1..4));
            steps.push(Step::Webinar(WebinarStep::Decide { pick, from, many, decision }));
            let sent = self.sent();
            steps.push(if self.one_in(5) { self.crash(sent) } else { sent });
        }
        if self.one_in(3) {
            steps.push(Step::Undo { pick: LATEST });
        }
        steps.push(self.wait(100..300));
        steps
    }

    fn doubtful_panel(&mut self) -> Vec<Step> {
        let (pick, whom) = (self.any(), self.any());
        let mut steps = Vec::new();
        let answer = self.zoom_unheard();
        let what = if self.one_in(3) { Request::Delete } else { Request::Make };
        steps.push(Self::spoil_of(About::Webinar, Service::Zoom, what, 1, answer));
        steps.extend([Step::Webinar(WebinarStep::AddPanelist { pick, whom }), self.sent()]);
        for _ in 0..self.rng.random_range(1..3) {
            steps.push(match self.rng.random_range(0..4) {
                0 => Step::Undo { pick: LATEST },
                1 => Step::Webinar(WebinarStep::AddPanelist { pick, whom }),
                _ => Step::Webinar(WebinarStep::RemovePanelist { pick, whom }),
            });
            steps.push(self.sent());
        }
        steps.push(self.wait(100..300));
        steps
    }

    /// A Campaign is filled that others work in as well.
    fn members_of_others(&mut self) -> Vec<Step> {
        let (pick, from) = (self.any(), self.any());
        let mut steps = vec![Step::Webinar(WebinarStep::Register { pick, from, many: 5 }), self.sent(), Step::Sync];
        if self.one_in(2) {
            for what in [Request::Make, Request::Change] {
                let answer = if self.one_in(4) { Answer::Trouble } else { self.unheard() };
                steps.push(Self::spoil_of(About::Webinar, Service::Salesforce, what, 1, answer));
            }
        }
        for _ in 0..self.rng.random_range(1..4) {
            let (responded, whom) = (self.one_in(2), self.any());
            steps.push(Step::Webinar(WebinarStep::Campaign { pick, responded, new: false }));
            steps.push(match self.rng.random_range(0..5) {
                0 => Step::Webinar(WebinarStep::EditMember { pick: whom }),
                1 => Step::Webinar(WebinarStep::AddMember { whom }),
                2 => Step::Webinar(WebinarStep::DeleteMember { pick: whom }),
                _ => self.wait(1..6),
            });
            let sent = self.sent();
            steps.push(if self.one_in(5) { self.crash(sent) } else { sent });
        }
        if self.one_in(3) {
            steps.push(Step::Decide { pick: LATEST, mine: self.one_in(2) });
        }
        steps.push(self.sent());
        steps
    }

    fn zoom_unheard(&mut self) -> Answer {
        match self.rng.random_range(0..6) {
            0 => Answer::Trouble,
            1 => Answer::Late { seconds: self.late() },
            _ => self.unheard(),
        }
    }
}
