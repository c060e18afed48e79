//! Fields that follow from others, object by object: names, closed flags, event times, statuses of
//! campaign members. The rules are those of the Object Reference.

mod event;
mod member;

use chrono::{DateTime, Datelike, Utc};

use super::super::cell::Cell;
use super::super::refusal::Refusal;
use super::super::schema::{Object, stage};
use super::archive;
use super::database::Database;
use super::input::Draft;
use super::relations;
use super::row::Row;
use super::sharing;

pub use member::mirror_person;

/// What a derivation may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub database: &'a Database,
    pub object: &'a Object,
    pub draft: &'a Draft,
    /// The row before an update.
    pub before: Option<&'a Row>,
    pub now: DateTime<Utc>,
}

impl Context<'_> {
    fn names(&self, field: &str) -> bool {
        self.object.place(field).is_some_and(|place| self.draft.names(place))
    }

    fn gives(&self, field: &str) -> bool {
        self.object.place(field).is_some_and(|place| self.draft.gives(place))
    }
}

/// Checks the rules of an object and fills what follows.
pub fn apply(context: Context<'_>, row: &mut Row) -> Result<(), Refusal> {
    match context.object.name() {
        "Lead" | "Contact" => person(context.object, row),
        "Opportunity" => opportunity(context, row),
        "Event" => {
            relations::check_activity(context.object, row)?;
            event::times(context, row)?;
            subtype(context.object, row);
            activity_account(context, row);
            archive::mark(context.object, row, context.now);
        }
        "Task" => {
            relations::check_activity(context.object, row)?;
            task(context, row)?;
            subtype(context.object, row);
            activity_account(context, row);
            archive::mark(context.object, row, context.now);
        }
        "CampaignMember" => member::member(context, row)?,
        "EventRelation" | "TaskRelation" => {
            sharing::relation(context.database, context.object, row, |field| context.names(field))?;
        }
        "Campaign" => campaign(context, row)?,
        "Case" => case(context, row),
        _ => {}
    }
    Ok(())
}

/// Describe names no default for the subtype, but every activity has one.
fn subtype(object: &Object, row: &mut Row) {
    let field = format!("{}Subtype", object.name());
    if row.named(object, &field).is_empty() {
        row.set_named(object, &field, Cell::text(object.name()));
    }
}

fn activity_account(context: Context<'_>, row: &mut Row) {
    let account = relations::account_of_activity(context.database, context.object, row);
    row.set_named(context.object, "AccountId", account);
}

/// First and last name; the salutation is not part of it.
pub fn person(object: &Object, row: &mut Row) {
    let first = row.text(object, "FirstName");
    let last = row.text(object, "LastName");
    let name = [first, last].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    row.set_named(object, "Name", Cell::text(name));
    let bounced = !row.named(object, "EmailBouncedDate").is_empty();
    row.set_named(object, "IsEmailBounced", Cell::Flag(bounced));
}

fn opportunity(context: Context<'_>, row: &mut Row) {
    let object = context.object;
    let consequences = stage(&row.text(object, "StageName"));
    let moved = context.before.is_none_or(|before| before.named(object, "StageName") != row.named(object, "StageName"));
    if moved {
        row.set_named(object, "LastStageChangeDate", Cell::Moment(context.now));
        row.set_named(object, "ForecastCategory", Cell::text(consequences.forecast));
        if !context.gives("ForecastCategoryName") {
            row.set_named(object, "ForecastCategoryName", Cell::text(consequences.forecast_name));
        }
        if !context.gives("Probability") {
            row.set_named(object, "Probability", Cell::Real(f64::from(consequences.probability)));
        }
    }
    row.set_named(object, "IsClosed", Cell::Flag(consequences.closed));
    row.set_named(object, "IsWon", Cell::Flag(consequences.won));
    let probability = row.named(object, "Probability").as_number().unwrap_or(0.0);
    let expected =
        row.named(object, "Amount").as_number().map_or(Cell::Empty, |amount| Cell::Real(amount * probability / 100.0));
    row.set_named(object, "ExpectedRevenue", expected);
    if let Some(day) = row.named(object, "CloseDate").as_day() {
        let quarter = day.month0() / 3 + 1;
        row.set_named(object, "FiscalYear", Cell::Whole(day.year().into()));
        row.set_named(object, "FiscalQuarter", Cell::Whole(quarter.into()));
        row.set_named(object, "Fiscal", Cell::text(format!("{} {quarter}", day.year())));
    }
}

fn task(context: Context<'_>, row: &mut Row) -> Result<(), Refusal> {
    let object = context.object;
    let status = row.text(object, "Status");
    let closed = is_closed_status(context.database, &status);
    let was_closed = row.named(object, "IsClosed").is_true();
    row.set_named(object, "IsClosed", Cell::Flag(closed));
    // The first of the priorities, whatever an admin calls it.
    let highest = object.find("Priority").and_then(|(_, field)| field.picklist.first());
    let is_high = highest.is_some_and(|highest| row.text(object, "Priority") == highest.value);
    row.set_named(object, "IsHighPriority", Cell::Flag(is_high));
    if closed != was_closed || !closed {
        let completed = if closed { Cell::Moment(context.now) } else { Cell::Empty };
        row.set_named(object, "CompletedDateTime", completed);
    }
    let reminded = row.named(object, "IsReminderSet").is_true();
    if reminded && row.named(object, "ReminderDateTime").is_empty() {
        return Err(Refusal::missing(&["ReminderDateTime"]));
    }
    if row.named(object, "CallDurationInSeconds").as_whole().is_some_and(|seconds| seconds < 0) {
        let text = "Call Duration: value outside of valid range on numeric field";
        return Err(Refusal::new("NUMBER_OUTSIDE_VALID_RANGE", text).on("CallDurationInSeconds"));
    }
    Ok(())
}

/// Admins rename statuses; which of them are closed is data.
fn is_closed_status(database: &Database, status: &str) -> bool {
    database.object("TaskStatus").is_some_and(|object| {
        database
            .rows("TaskStatus")
            .any(|row| row.named(object, "ApiName").as_str() == Some(status) && row.named(object, "IsClosed").is_true())
    })
}

fn campaign(context: Context<'_>, row: &mut Row) -> Result<(), Refusal> {
    let object = context.object;
    let (start, end) = (row.named(object, "StartDate").as_day(), row.named(object, "EndDate").as_day());
    match (start, end) {
        (Some(start), Some(end)) if end < start => {
            Err(Refusal::integrity("EndDate", "End Date: the end of a campaign cannot be before its start"))
        }
        _ => Ok(()),
    }
}

fn case(context: Context<'_>, row: &mut Row) {
    let object = context.object;
    if row.named(object, "CaseNumber").is_empty() {
        row.set_named(object, "CaseNumber", Cell::text(format!("{:08}", context.database.next_number())));
    }
    let closed = row.text(object, "Status") == "Closed";
    let was_closed = row.named(object, "IsClosed").is_true();
    row.set_named(object, "IsClosed", Cell::Flag(closed));
    if closed != was_closed {
        row.set_named(object, "ClosedDate", if closed { Cell::Moment(context.now) } else { Cell::Empty });
    }
    let contact = row.named(object, "ContactId").as_id().and_then(|id| context.database.any(id));
    for (own, source) in
        [("ContactPhone", "Phone"), ("ContactMobile", "MobilePhone"), ("ContactEmail", "Email"), ("ContactFax", "Fax")]
    {
        let value = contact.map_or(Cell::Empty, |(target, person)| person.named(target, source).clone());
        row.set_named(object, own, value);
    }
    if !context.names("AccountId")
        && row.named(object, "AccountId").is_empty()
        && let Some((target, person)) = contact
    {
        row.set_named(object, "AccountId", person.named(target, "AccountId").clone());
    }
}
