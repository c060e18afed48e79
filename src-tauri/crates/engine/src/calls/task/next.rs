//! What is to be done after a call, or with somebody of another room: an open Task with a date, in one go, and the list
//! of what is due.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use liaison_domain::key::KeyKind;
use liaison_domain::wall_time::{self, WallTime};
use liaison_domain::zones::Zone;
use liaison_domain::{PersonRef, RecordKey, text};
use liaison_salesforce::{Condition, Direction, Operator, Query, SalesforceId};
use liaison_store::tables::call_notes;
use liaison_store::tables::calls as table;
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxState};
use liaison_store::{Connection, StoreResult, Transaction};
use serde::Deserialize;
use uuid::Uuid;

use super::Place;
use super::compose::{Composer, who};
use super::decide::Decided;
use super::fields::{MAX_DESCRIPTION, MAX_SHORT, Payload, TaskFields};
use crate::calls::lead;
use crate::calls::view::{DueTask, FollowUp};
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::outbox::target::Target;
use crate::outbox::view::Changed;
use crate::pull::salesforce_failed;
use crate::session::settings;
use crate::terms::Provider;

/// Tasks that are due in one answer.
const MOST_DUE: u32 = 200;

impl Engine {
    /// Plans what is to be done after a call, as an open Task of the call's person.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields at fault; [`Error::Gone`] without the call; [`Error::NotConnected`] without
    /// an account.
    pub async fn plan_follow_up(&self, id: String, follow_up: FollowUp) -> Result<Changed, Error> {
        let cx = self.profile().await?;
        let composer = Composer::of(&cx);
        let asked = read(&follow_up, composer.zone, composer.now_ms)?;
        let item = cx.store.write(move |tx| plan(tx, &composer, &id, &asked)).await??;
        cx.outbox_changed();
        Ok(Changed::by(Some(item)))
    }

    /// The user's open Tasks that are due today or were due before, the oldest first. Salesforce is asked.
    ///
    /// # Errors
    /// [`Error::NotConnected`], or Salesforce can't be asked.
    pub async fn due_tasks(&self) -> Result<Vec<DueTask>, Error> {
        let cx = self.profile().await?;
        let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
        let Ok(me) = account.user_id.parse::<SalesforceId>() else { return Ok(Vec::new()) };
        let today = wall_time::local_date(cx.now(), cx.zone());
        let query = Query::from("Task")
            .select(["Id", "Subject", "ActivityDate", "Who.Name"])
            .filter(Condition::All(vec![
                Condition::equals("OwnerId", me),
                Condition::equals("IsClosed", false),
                Condition::compare("ActivityDate", Operator::AtMost, today),
            ]))
            .order_by("ActivityDate", Direction::Ascending)
            .limit(MOST_DUE);
        let soql = query.build().map_err(|_| Error::Internal { code: "E-TASK-QUERY" })?;
        let rows: Vec<Due> = account.api.query_rows(&soql).await.map_err(salesforce_failed(&cx))?;
        let due = |row: Due| DueTask {
            id: row.id.to_string(),
            subject: text::single_line(row.subject.as_deref().unwrap_or_default(), MAX_SHORT),
            overdue: row.day.is_some_and(|day| day < today),
            day: row.day.map(|day| day.format("%Y-%m-%d").to_string()),
            person: row.who.and_then(|who| who.name).map(|name| text::single_line(&name, MAX_SHORT)),
        };
        Ok(rows.into_iter().map(due).collect())
    }
}

#[derive(Deserialize)]
struct Due {
    #[serde(rename = "Id")]
    id: SalesforceId,
    #[serde(rename = "Subject", default)]
    subject: Option<String>,
    #[serde(rename = "ActivityDate", default)]
    day: Option<NaiveDate>,
    #[serde(rename = "Who", default)]
    who: Option<super::find::Named>,
}

/// What the user asks for, read.
pub(crate) struct OpenTask {
    subject: String,
    day: NaiveDate,
    remind_utc_ms: Option<i64>,
    note: String,
}

/// Whose Task it is.
pub(crate) struct Whose {
    pub person: Option<PersonRef>,
    pub name: String,
    /// The Salesforce id and the name of what it is about; not written beside a Lead.
    pub about: Option<(String, String)>,
}

/// Whether a Task of this key is on its way, or was made and not taken back.
///
/// # Errors
/// The database refuses.
pub(crate) fn is_planned(db: &Connection, target: &Target, identity: &str) -> StoreResult<bool> {
    let rows = outbox::by_identity(db, &target.key, super::TASK, identity)?;
    let last = rows.iter().rev().find(|row| row.state != OutboxState::Discarded);
    Ok(last.is_some_and(|row| row.action != OutboxAction::Delete))
}

/// An open Task for somebody, as a row of the outbox. `subject` is what it comes from, such as a webinar.
pub(crate) fn operation(
    target: &Target,
    identity: &str,
    subject: &str,
    task: &OpenTask,
    whose: Whose,
    now_ms: i64,
    hold_ms: i64,
) -> NewOperation {
    let fields = TaskFields {
        subject: task.subject.clone(),
        day: task.day,
        who: whose.person,
        what: whose.about,
        note: task.note.clone(),
        facts: identity.to_owned(),
        edited: false,
        mark: identity.to_owned(),
        call: None,
        remind_utc_ms: task.remind_utc_ms,
    };
    let place = Place {
        target: target.clone(),
        identity: identity.to_owned(),
        // Not the key of a call: what stands for the call is the Task that logs it.
        subject_key: format!("next:{subject}"),
        title: fields.subject.clone(),
        person_name: Some(whose.name).filter(|name| !name.is_empty()),
        record_id: None,
    };
    place.operation(OutboxAction::Create, &Payload::of(fields), now_ms, hold_ms)
}

/// Reads what the user asks for.
///
/// # Errors
/// [`Error::Invalid`] with the fields at fault.
pub(crate) fn read(follow_up: &FollowUp, zone: Zone, now_ms: i64) -> Result<OpenTask, Error> {
    let mut issues = Vec::new();
    let subject = text::single_line(&follow_up.subject, MAX_SHORT);
    if subject.is_empty() {
        issues.push(FieldIssue { field: Field::Topic, problem: Problem::Missing });
    }
    let length = follow_up.note.chars().count();
    // Room for what the Task is known by.
    let most = MAX_DESCRIPTION - MAX_SHORT;
    if length > most {
        let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let problem = Problem::TooLong { max: size(most), length: size(length) };
        issues.push(FieldIssue { field: Field::Note, problem });
    }
    let today = wall_time::local_date(chrono::DateTime::from_timestamp_millis(now_ms).unwrap_or_default(), zone);
    let day = NaiveDate::parse_from_str(&follow_up.day, "%Y-%m-%d").ok();
    match day {
        None => issues.push(FieldIssue { field: Field::Date, problem: Problem::NotADate }),
        Some(day) if day < today => issues.push(FieldIssue { field: Field::Date, problem: Problem::InThePast }),
        Some(_) => {}
    }
    let time = follow_up.time.as_deref().map(|time| NaiveTime::parse_from_str(time, "%H:%M"));
    if let Some(Err(_)) = time {
        issues.push(FieldIssue { field: Field::Time, problem: Problem::NotATime });
    }
    match day {
        Some(day) if issues.is_empty() => Ok(OpenTask {
            subject,
            day,
            remind_utc_ms: time.and_then(Result::ok).map(|time| moment(day.and_time(time), zone)),
            note: text::multi_line(&follow_up.note, most),
        }),
        _ => Err(Error::Invalid { issues }),
    }
}

/// A reminder may come a little early or late where clocks are changed; it may not be lost.
fn moment(wall: NaiveDateTime, zone: Zone) -> i64 {
    match wall_time::resolve(wall, zone) {
        WallTime::At(at) | WallTime::Twice { earlier: at, .. } => at.timestamp_millis(),
        WallTime::Missing { after, .. } => moment(after, zone),
    }
}

fn plan(tx: &Transaction<'_>, composer: &Composer, id: &str, asked: &OpenTask) -> Decided<String> {
    let Some(row) = table::get(tx, id)? else { return Ok(Err(Error::Gone)) };
    // A Task of nobody would not find its way to the Lead that is still being made.
    if row.record_id.as_deref().and_then(lead::link::maker).is_some() {
        return Ok(Err(Error::TooLate));
    }
    let Some(target) = Target::known(tx, Provider::Salesforce)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
    };
    let identity = RecordKey::derive(KeyKind::FollowUp, id, &Uuid::now_v7().to_string(), "").to_string();
    let about = call_notes::get(tx, id)?.and_then(|note| note.about);
    let whose = Whose {
        person: whose(tx, row.record_id.as_deref())?,
        name: row.record_name.unwrap_or_default(),
        about: about.map(|about| (about.id, about.name)),
    };
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let operation = operation(&target, &identity, id, asked, whose, composer.now_ms, hold_ms);
    outbox::enqueue(tx, &operation)?;
    Ok(Ok(operation.op_id))
}

fn whose(tx: &Transaction<'_>, record: Option<&str>) -> StoreResult<Option<PersonRef>> {
    record.map(|record| who(tx, record)).transpose().map(Option::flatten)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> Zone {
        liaison_domain::zones::parse("Europe/Amsterdam").unwrap()
    }

    fn wish(day: &str, time: Option<&str>) -> FollowUp {
        FollowUp {
            subject: "Call back".to_owned(),
            day: day.to_owned(),
            time: time.map(ToOwned::to_owned),
            note: String::new(),
        }
    }

    #[test]
    fn a_reminder_is_on_the_users_clocks_and_is_never_lost() {
        let now_ms = 1_771_000_000_000;
        let at = |day, time| read(&wish(day, Some(time)), zone(), now_ms).ok().unwrap().remind_utc_ms;
        assert_eq!(at("2026-06-01", "09:00"), Some(1_780_297_200_000));
        // 02:30 is skipped on the last Sunday of March.
        assert!(at("2026-03-29", "02:30").is_some());
        assert_eq!(read(&wish("2026-06-01", None), zone(), now_ms).ok().unwrap().remind_utc_ms, None);
    }

    #[test]
    fn each_field_at_fault_is_named() {
        let bad = FollowUp { subject: " ".to_owned(), ..wish("2020-01-01", Some("25:00")) };
        let Err(Error::Invalid { issues }) = read(&bad, zone(), 1_771_000_000_000) else { panic!("refused") };
        let fields: Vec<Field> = issues.into_iter().map(|issue| issue.field).collect();
        assert_eq!(fields, [Field::Topic, Field::Date, Field::Time]);
    }
}
