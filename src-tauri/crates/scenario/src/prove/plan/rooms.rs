//! Steps and scenes of the rooms beside Today: calls, webinars, series, and what both sides say.

mod calls;
mod sides;
mod webinars;

use chrono::TimeDelta;
use liaison_sandbox::Service;
use rand::Rng as _;

use super::make::Make;
use super::{About, Field, Step, Temper};

/// What the rep does with a call, and others do with its Task. `pick` is a call where it does not say otherwise.
#[derive(Debug, Clone)]
pub(crate) enum CallStep {
    Log {
        pick: usize,
    },
    /// So many calls as one group.
    LogSeveral {
        from: usize,
        many: usize,
    },
    Unlog {
        pick: usize,
    },
    /// It belongs to somebody else.
    Link {
        pick: usize,
        whom: usize,
    },
    Unlink {
        pick: usize,
    },
    Ignore {
        pick: usize,
    },
    Note {
        pick: usize,
    },
    FollowUp {
        pick: usize,
    },
    /// A new Lead for the number; Create is pressed twice.
    Lead {
        pick: usize,
        twice: bool,
    },
    /// Others change the Task that was made at this place.
    EditTask {
        pick: usize,
        what: Field,
    },
    DeleteTask {
        pick: usize,
    },
    /// Other software logs the call.
    LoggedByOthers {
        pick: usize,
    },
}

/// What the rep does with a webinar's people, and others do.
#[derive(Debug, Clone)]
pub(crate) enum WebinarStep {
    Register {
        pick: usize,
        from: usize,
        many: usize,
    },
    OneClick {
        pick: usize,
        whom: usize,
    },
    Decide {
        pick: usize,
        from: usize,
        many: usize,
        decision: Decision,
    },
    AddPanelist {
        pick: usize,
        whom: usize,
    },
    RemovePanelist {
        pick: usize,
        whom: usize,
    },
    /// The webinar's people become members, with another status each time.
    Campaign {
        pick: usize,
        responded: bool,
        new: bool,
    },
    Group {
        pick: usize,
        does: GroupDoes,
    },
    /// The host decides in Zoom's own pages.
    DecidedThere {
        pick: usize,
        whom: usize,
        decision: Decision,
    },
    /// Somebody else changes a member, takes one out, or puts one in.
    EditMember {
        pick: usize,
    },
    DeleteMember {
        pick: usize,
    },
    AddMember {
        whom: usize,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Approve,
    Deny,
    Cancel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GroupDoes {
    Pause,
    Resume,
    Stop,
    Undo,
    Retry,
}

/// What the rep does with dates of a series.
#[derive(Debug, Clone)]
pub(crate) enum SeriesStep {
    Schedule {
        times: u32,
    },
    Change {
        pick: usize,
        what: Field,
        scope: &'static str,
    },
    Cancel {
        pick: usize,
        scope: &'static str,
    },
    /// Another rule: so many dates, every so many days, the first one so much later than the next date is now.
    Rule {
        pick: usize,
        times: u32,
        every: u32,
        later: TimeDelta,
    },
}

/// What the rep answers on the page of differences.
#[derive(Debug, Clone)]
pub(crate) enum SideStep {
    /// Zoom's counts.
    Take { pick: usize },
    /// Salesforce's stays, or is asked about again.
    Keep { pick: usize, keep: bool },
}

impl Make {
    /// What a temper is about happens between its scenes as well.
    pub(super) fn of_the_room(&mut self) -> Option<Step> {
        if !matches!(self.temper, Temper::Calls | Temper::Webinars | Temper::Series | Temper::Sides) || self.one_in(2) {
            return None;
        }
        Some(match self.temper {
            Temper::Calls => Step::Call(self.call_step()),
            Temper::Webinars => Step::Webinar(self.webinar_step()),
            Temper::Series => Step::Series(self.series_step()),
            _ => self.side_step(),
        })
    }

    /// What a fault is about: mostly what the temper is.
    pub(super) fn about(&mut self, service: Service) -> About {
        match (self.temper, service) {
            (Temper::Calls, Service::Salesforce) if self.one_in(4) => About::Lead,
            (Temper::Calls, Service::Salesforce) => About::Task,
            (Temper::Webinars, _) => About::Webinar,
            _ => About::Meeting,
        }
    }

    pub(super) fn any(&mut self) -> usize {
        self.rng.random_range(0..1_000)
    }
}
