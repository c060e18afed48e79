//! Records in the order they were touched, page by page.
//!
//! Each page is a query of its own that begins after the last row of the page before it, so a pull
//! can stop anywhere and go on days later. Two rules make that safe:
//!
//! * Many rows share a moment (bulk loads), so a place is (SystemModstamp, Id) and not a moment.
//! * A slow transaction commits rows with an older stamp than rows already seen, so a new run
//!   begins some minutes before the place where the last one ended:
//!   [`PeopleCursor::with_overlap`]. Rows come twice then; storing them is idempotent.
//!
//! What a row says is compared by its [`FieldHash`], because a stamp moves for many reasons, our own
//! pushes among them. What is gone comes from [`Salesforce::pull_gone`](crate::Salesforce), and
//! what vanished without a trace from [`Salesforce::visible_ids`](crate::Salesforce). A first pull
//! of many rows goes through the Bulk API: [`BULK_PULL_THRESHOLD`].

mod bulk;
mod companies;
mod field_hash;
mod gone;
mod look;
mod people;
mod record;
mod row;
mod selection;

use chrono::{DateTime, TimeDelta, Utc};

pub use bulk::{BULK_PULL_THRESHOLD, BulkPullPage};
pub use companies::{Company, CompanyPage, CompanyQuery};
pub use field_hash::{FieldHash, InvalidFieldHash};
pub use gone::{GonePage, GoneQuery, GoneRecord};
pub use look::{Glimpse, Look, Seen};
pub use people::{FieldText, MOST_BY_ID, PeoplePage, PeopleQuery, Person, PersonExtras};
pub use record::{PullPage, PullQuery, Pulled, PulledRecord};

use crate::{Condition, Operator, SalesforceId};

/// Most rows of one page.
const LARGEST_PAGE: u32 = 2_000;

/// The place of any pull; people came first.
pub type PullCursor = PeopleCursor;

/// A place in the order of a pull. Both parts come from the server: this computer's clock plays no
/// role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeopleCursor {
    /// Moment of the last row seen.
    pub system_modstamp: DateTime<Utc>,
    /// Its id; without one the place is before all rows of that moment.
    pub id: Option<SalesforceId>,
}

impl PeopleCursor {
    /// The place to begin a new run: `overlap` earlier.
    #[must_use]
    pub fn with_overlap(self, overlap: TimeDelta) -> Self {
        let earlier = self.system_modstamp.checked_sub_signed(overlap.abs());
        Self { system_modstamp: earlier.unwrap_or(self.system_modstamp), id: None }
    }
}

fn beyond(place: &PeopleCursor) -> Condition {
    let moment = place.system_modstamp;
    let Some(id) = place.id else { return touched_since(moment) };
    Condition::Any(vec![
        Condition::compare("SystemModstamp", Operator::Above, moment),
        Condition::All(vec![
            Condition::equals("SystemModstamp", moment),
            Condition::compare("Id", Operator::Above, id),
        ]),
    ])
}

/// Touched at or after a moment.
pub(crate) fn touched_since(moment: DateTime<Utc>) -> Condition {
    Condition::compare("SystemModstamp", Operator::AtLeast, moment)
}
