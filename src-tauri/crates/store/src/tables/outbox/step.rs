//! The way of a row: every state, every step, and where it leads. What is not in the table is refused, and nothing
//! changes then, so two parties can never move a row twice.

use super::record::OutboxState;

use OutboxState::{Blocked, Claimed, Conflict, Discarded, Done, Held, Pending, Review, Waiting};

/// What happens to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Nothing stands before it any more, and it is still held for the user.
    TurnHeld,
    /// Nothing stands before it any more.
    Turn,
    /// Something stands before it: its group was paused.
    LoseTurn,
    /// Taken for sending, or for looking up.
    Claim,
    /// It is there: an answer or a look-up said so.
    Finish,
    /// Not now.
    PutBack,
    /// Refused: the user has something to do.
    Block,
    /// Whether it arrived can't be found out: the user decides.
    Ask,
    /// Somebody else changed what it changes: the user decides.
    Differ,
    /// The user (or a service that answers again) wants it sent now.
    Retry,
    /// Another content, before anything left.
    Edit,
    /// The user takes it back.
    TakeBack,
    /// It did not arrive, and the user had taken it back meanwhile.
    Drop,
    /// The user wants it after all.
    Restore,
    /// The user wants it back in the list, to decide about it there: a kind that is never sent unattended.
    RestoreToDecide,
}

impl Step {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::TurnHeld,
        Self::Turn,
        Self::LoseTurn,
        Self::Claim,
        Self::Finish,
        Self::PutBack,
        Self::Block,
        Self::Ask,
        Self::Differ,
        Self::Retry,
        Self::Edit,
        Self::TakeBack,
        Self::Drop,
        Self::Restore,
        Self::RestoreToDecide,
    ];

    /// Where it leads from a state, `None` where it is not possible.
    pub const fn from(self, state: OutboxState) -> Option<OutboxState> {
        match (self, state) {
            (Self::TurnHeld, Waiting) => Some(Held),
            (Self::Turn, Waiting) | (Self::PutBack, Claimed) | (Self::Retry, Pending | Blocked | Review | Conflict) => {
                Some(Pending)
            }
            (Self::LoseTurn, Held | Pending) | (Self::Restore, Discarded) => Some(Waiting),
            (Self::Claim, Held | Pending) => Some(Claimed),
            (Self::Finish, Claimed | Review) => Some(Done),
            (Self::Block, Claimed) | (Self::RestoreToDecide, Discarded) => Some(Blocked),
            (Self::Ask, Claimed) => Some(Review),
            (Self::Differ, Claimed) => Some(Conflict),
            (Self::Edit, Waiting | Held | Pending) => Some(state),
            (Self::Edit, Blocked | Conflict) => Some(Pending),
            (Self::TakeBack, Waiting | Held | Pending | Blocked | Review | Conflict) | (Self::Drop, Claimed) => {
                Some(Discarded)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// The table as a person reads it; a change of the rules is a change of this text.
    const TABLE: &str = "
        waiting: TurnHeld>held Turn>pending Edit>waiting TakeBack>discarded
        held: LoseTurn>waiting Claim>claimed Edit>held TakeBack>discarded
        pending: LoseTurn>waiting Claim>claimed Retry>pending Edit>pending TakeBack>discarded
        claimed: Finish>done PutBack>pending Block>blocked Ask>review Differ>conflict Drop>discarded
        done:
        blocked: Retry>pending Edit>pending TakeBack>discarded
        review: Finish>done Retry>pending TakeBack>discarded
        conflict: Retry>pending Edit>pending TakeBack>discarded
        discarded: Restore>waiting RestoreToDecide>blocked";

    #[test]
    fn the_table_is_what_it_says() {
        let mut written = String::new();
        for state in OutboxState::ALL {
            written += "\n        ";
            written += state.as_str();
            written.push(':');
            for (step, to) in Step::ALL.iter().filter_map(|step| Some((step, step.from(*state)?))) {
                write!(written, " {step:?}>{}", to.as_str()).unwrap();
            }
        }
        assert_eq!(written, TABLE);
    }

    #[test]
    fn every_open_state_has_a_way_out_by_the_user() {
        for state in OutboxState::ALL.iter().filter(|state| state.is_open() && **state != Claimed) {
            assert_eq!(Step::TakeBack.from(*state), Some(Discarded), "{state:?}");
        }
    }
}
