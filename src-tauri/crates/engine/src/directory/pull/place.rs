//! How far the pull of a kind of people has come, as it is stored.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use liaison_salesforce::{BulkJob, BulkLocator, PeopleCursor, SalesforceId};

/// Where a pull goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// After a record, page by page.
    Page(PeopleCursor),
    /// In the results of a Bulk query, which Salesforce keeps for days.
    Bulk { job: SalesforceId, created_utc: DateTime<Utc>, next: Option<BulkLocator> },
}

/// The text is no place: the pull begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoPlace;

impl Place {
    /// At the beginning of a job's results; `None` when Salesforce does not tell when the job began.
    pub fn of_job(job: &BulkJob) -> Option<Self> {
        Some(Self::Bulk { job: job.id, created_utc: job.created_utc?, next: None })
    }
}

/// `1770000000000 00Q…`, where the id may be missing, or `bulk 750… 1770000000000 locator`.
impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(cursor) => {
                write!(formatter, "{} ", cursor.system_modstamp.timestamp_millis())?;
                cursor.id.map_or(Ok(()), |id| write!(formatter, "{id}"))
            }
            Self::Bulk { job, created_utc, next } => {
                let next = next.as_ref().map_or("", BulkLocator::as_str);
                write!(formatter, "bulk {job} {} {next}", created_utc.timestamp_millis())
            }
        }
    }
}

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let moment = |text: &str| text.parse().ok().and_then(DateTime::from_timestamp_millis).ok_or(NoPlace);
        let (first, rest) = text.split_once(' ').ok_or(NoPlace)?;
        if first != "bulk" {
            return Ok(Self::Page(PeopleCursor { system_modstamp: moment(first)?, id: rest.parse().ok() }));
        }
        let mut parts = rest.splitn(3, ' ');
        let mut part = || parts.next().ok_or(NoPlace);
        let job = part()?.parse().map_err(|_| NoPlace)?;
        let created_utc = moment(part()?)?;
        let next = Some(part()?).filter(|locator| !locator.is_empty()).map(BulkLocator::stored);
        Ok(Self::Bulk { job, created_utc, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let moment = DateTime::from_timestamp_millis(1_770_000_000_123).unwrap();
        let id = "00Q000000000001EAA".parse().ok();
        let job = "750000000000001AAA".parse().unwrap();
        let bulk = |next: Option<&str>| Place::Bulk { job, created_utc: moment, next: next.map(BulkLocator::stored) };
        for place in [
            Place::Page(PeopleCursor { system_modstamp: moment, id }),
            Place::Page(PeopleCursor { system_modstamp: moment, id: None }),
            bulk(None),
            bulk(Some("MTAwMDA= and more")),
        ] {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
    }

    #[test]
    fn anything_else_begins_anew() {
        for text in ["", "1770000000000", "soon 00Q000000000001EAA", "bulk", "bulk x 1 ", "bulk 750000000000001AAA x "]
        {
            assert_eq!(text.parse::<Place>(), Err(NoPlace), "{text}");
        }
    }
}
