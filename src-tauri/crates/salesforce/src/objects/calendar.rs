//! What stands in a user's calendar, as far as it makes them busy. Source: Object Reference, "Event".

use chrono::{DateTime, Utc};
use futures::TryStreamExt as _;
use serde::Deserialize;

use super::event::{Events, OBJECT, ShowAs};
use crate::error::SalesforceError;
use crate::{Condition, Direction, Operator, Query, QueryStep, SalesforceId, moment};

/// The `GroupEventType` of the row that is only the pattern of a Lightning series.
const PATTERN: &str = "3";

/// One entry of a calendar.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CalendarEntry {
    /// Id.
    pub id: SalesforceId,
    /// Subject.
    #[serde(default)]
    pub subject: Option<String>,
    /// Start; of whole days the midnight in UTC that begins the first.
    #[serde(default, deserialize_with = "moment::optional")]
    pub start_date_time: Option<DateTime<Utc>>,
    /// End; of whole days the midnight in UTC that *begins* the last.
    #[serde(default, deserialize_with = "moment::optional")]
    pub end_date_time: Option<DateTime<Utc>>,
    /// For whole days.
    #[serde(default)]
    pub is_all_day_event: bool,
    /// Place.
    #[serde(default)]
    pub location: Option<String>,
    /// How the calendar shows the time.
    #[serde(default)]
    pub show_as: Option<ShowAs>,
    /// Which kind of series or group it is.
    #[serde(default)]
    pub group_event_type: Option<String>,
}

/// Texts are the user's business: `Debug` shows id and times.
impl std::fmt::Debug for CalendarEntry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("CalendarEntry")
            .field("id", &self.id)
            .field("start_date_time", &self.start_date_time)
            .field("end_date_time", &self.end_date_time)
            .finish_non_exhaustive()
    }
}

impl Events {
    /// What stands in the calendar of `owner` between two moments and makes them busy: one call for each 2,000.
    /// Invitations are entries of their own there. The pattern of a series is none; its dates are. Answers also how many
    /// rows could not be read.
    pub async fn busy(
        &self,
        owner: SalesforceId,
        from_utc: DateTime<Utc>,
        to_utc: DateTime<Utc>,
    ) -> Result<(Vec<CalendarEntry>, usize), SalesforceError> {
        let query = Query::from(OBJECT)
            .select([
                "Id",
                "Subject",
                "StartDateTime",
                "EndDateTime",
                "IsAllDayEvent",
                "Location",
                "ShowAs",
                "GroupEventType",
            ])
            .filter(Condition::equals("OwnerId", owner))
            .filter(Condition::compare("StartDateTime", Operator::Below, to_utc))
            .filter(Condition::compare("EndDateTime", Operator::AtLeast, from_utc))
            .filter(Condition::equals("IsRecurrence", false))
            .order_by("StartDateTime", Direction::Ascending);
        let is_busy = |entry: &CalendarEntry| {
            entry.show_as != Some(ShowAs::Free) && entry.group_event_type.as_deref() != Some(PATTERN)
        };
        let (mut busy, mut unreadable) = (Vec::new(), 0);
        let mut steps = std::pin::pin!(self.salesforce.walk_query::<CalendarEntry>(query.build()?));
        while let Some(step) = steps.try_next().await? {
            match step {
                QueryStep::Page(page) => busy.extend(page.records.into_iter().filter(is_busy)),
                QueryStep::Complete { skipped } => unreadable = skipped,
            }
        }
        Ok((busy, unreadable))
    }
}
