//! What can go wrong in a call to Salesforce, and what the caller does next.

mod disposition;
mod refusal;

pub use liaison_transport::ServerText;
use liaison_transport::TransportError;

pub(crate) use disposition::{Addressed, is_barred, of_items};
pub use disposition::{Disposition, Resolution};
pub(crate) use refusal::error_items;
pub use refusal::{DuplicateMatch, Duplicates, ErrorItem, Refusal};

/// A call to Salesforce that did not succeed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SalesforceError {
    /// Salesforce answered, and the answer is an error.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// There is no answer, or it cannot be read.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The request breaks one of Salesforce's documented rules and was not sent.
    #[error(transparent)]
    Invalid(#[from] InvalidRequest),
    /// The answer does not fit the request: whether it took effect is not known.
    #[error("{operation}: the answer does not fit the request ({reason})")]
    Mismatch {
        /// The operation, as in Salesforce's reference.
        operation: &'static str,
        /// What does not fit.
        reason: &'static str,
    },
}

impl SalesforceError {
    /// What Salesforce answered, if it did.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// What to do about Salesforce's answer; nothing for errors on the way there or back.
    #[must_use]
    pub fn disposition(&self) -> Option<Disposition> {
        self.refusal().map(Refusal::disposition)
    }

    /// Whether the record does not exist (any more) or is hidden from this user.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self.disposition(), Some(Disposition::Resolve(Resolution::Deleted)))
    }

    /// Whether a query's pages can no longer be followed and the query must be asked again.
    #[must_use]
    pub fn is_locator_expired(&self) -> bool {
        self.refusal().is_some_and(|refusal| refusal.has_code("INVALID_QUERY_LOCATOR"))
    }

    /// Whether the request may have taken effect although no answer says so.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Transport(error) => error.outcome_unknown(),
            // A 5xx may come from a gateway after the record was committed.
            Self::Refused(refusal) => refusal.status.is_server_error(),
            Self::Mismatch { .. } => true,
            Self::Invalid(_) => false,
        }
    }
}

impl From<Refusal> for SalesforceError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// A request that Liaison does not send because Salesforce documents that it is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} {reason}")]
pub struct InvalidRequest {
    /// The field as Salesforce spells it, or the part of the request.
    pub field: &'static str,
    /// What is wrong, without the value.
    pub reason: &'static str,
}
