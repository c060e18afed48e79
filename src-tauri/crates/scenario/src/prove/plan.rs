//! What happens in one run, made from a seed: what users do, what others do meanwhile, and what goes wrong.

mod make;
mod rooms;
mod scenes;

use std::time::Duration;

use liaison_engine::view::Provider;
use liaison_sandbox::Service;

pub(crate) use rooms::{CallStep, Decision, GroupDoes, SeriesStep, SideStep, WebinarStep};

/// One run. The same seed makes the same plan.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub seed: u64,
    pub temper: Temper,
    /// The org has no field for our key.
    pub bare: bool,
    pub steps: Vec<Step>,
}

/// What a run is about: which scenes ([`scenes`]) come among what happens anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Temper {
    /// Nothing in particular.
    Mixed,
    /// Answers are lost, or the request comes late, and the rep does not wait.
    Doubt,
    /// What is under way is taken back.
    TakenBack,
    /// Others change what the rep changes, also while it is being sent.
    Others,
    /// Several rows of one record.
    OneRecord,
    /// Two computers of one rep, and one meeting.
    Computers,
    /// Two accounts of one rep, by turns.
    Accounts,
    /// A service's limits.
    Limits,
    /// Many rows in one request.
    Many,
    /// Calls: their Tasks, follow-ups and new Leads.
    Calls,
    /// Webinars: registrants, panel and Campaign.
    Webinars,
    /// Meetings with several dates.
    Series,
    /// What Zoom and Salesforce say differently.
    Sides,
}

impl Temper {
    pub const ALL: [Self; 13] = [
        Self::Mixed,
        Self::Doubt,
        Self::TakenBack,
        Self::Others,
        Self::OneRecord,
        Self::Computers,
        Self::Accounts,
        Self::Limits,
        Self::Many,
        Self::Calls,
        Self::Webinars,
        Self::Series,
        Self::Sides,
    ];

    /// As it is written on the command line.
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|temper| temper.name() == name)
    }
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
    /// Signs out, and in to the rep's other account of that service.
    OtherAccount(Provider),
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
    Call(CallStep),
    Webinar(WebinarStep),
    Series(SeriesStep),
    Side(SideStep),
    /// So many minutes, a few at a time: what looks again by itself looks more than once.
    Pass(u32),
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
    /// At its so-many-th request from now.
    Request { number: u64, effect: Done },
    /// So long after the step began.
    Passed(Duration),
}

/// Whether the service does what the last request of a process asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    Never,
    Before,
    /// So many seconds after its end.
    Late(u32),
}

/// Some requests to come are answered otherwise.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub service: Service,
    pub about: About,
    pub what: Request,
    pub skip: u64,
    pub times: u64,
    pub answer: Answer,
}

/// What the requests are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// Meetings and Events.
    Meeting,
    Task,
    Lead,
    /// Registrants and panelists, members of a Campaign.
    Webinar,
}

/// Which requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// A meeting or an Event is made.
    Make,
    /// One is changed (in an org with our field, also made).
    Change,
    Delete,
    /// One is read.
    Read,
    /// Many are listed.
    List,
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
    /// The connection breaks, and the service does it so many seconds later.
    Late {
        seconds: u32,
    },
    /// Nothing goes wrong, but somebody else changes the same record after it was read and before it is written.
    Overtaken(Field),
}

/// What a generator leaves out or does more of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mix {
    pub faults: bool,
    /// Steps of a hundred in which the process ends.
    pub crashes: u32,
    pub temper: Option<Temper>,
}
