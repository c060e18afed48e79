//! Tasks: a call that was made is one. Source: Object Reference, "Task".

use chrono::{DateTime, NaiveDate, Utc};

use crate::error::{ErrorItem, InvalidRequest, SalesforceError};
use crate::objects::record_macro::pulled_record;
use crate::objects::rules::{check_relations, check_text, with_some, with_texts};
use crate::open_enum::open_text_enum;
use crate::{
    Collection, Condition, ConditionalUpdate, Deletion, ExternalKey, FieldName, KEY_FIELD, ObjectName, PulledRecord,
    Query, Record, RowOutcome, Salesforce, SalesforceId, Upsertion,
};

/// Salesforce's limits.
const SHORT_CHARACTERS: usize = 255;
const DESCRIPTION_CHARACTERS: usize = 32_000;

/// Says what kind of Task it is; set once, when it is made.
const SUBTYPE: &str = "TaskSubtype";

/// Enough to see that a key is not unique.
const MOST_FOUND: u32 = 200;

open_text_enum! {
    /// Which way a call went.
    CallType {
        /// Somebody called.
        Inbound = "Inbound",
        /// The rep called.
        Outbound = "Outbound",
        /// Between colleagues.
        Internal = "Internal",
    }
}

pulled_record! {
    /// A Task as Salesforce has it.
    Task = "Task" {
        /// Subject.
        subject: Option<String> = "Subject";
        /// Status, as the org names it.
        status: Option<String> = "Status";
        /// The status is one that ends a Task.
        is_closed: Option<bool> = "IsClosed";
        /// The day it is due or was done.
        #[serde(deserialize_with = "crate::moment::optional_day")]
        activity_date: Option<NaiveDate> = "ActivityDate";
        /// `Call` for a call.
        subtype: Option<String> = "TaskSubtype";
        /// The person.
        who_id: Option<SalesforceId> = "WhoId";
        /// What it is about.
        what_id: Option<SalesforceId> = "WhatId";
        /// Owner.
        owner_id: Option<SalesforceId> = "OwnerId";
        /// Which way the call went.
        call_type: Option<CallType> = "CallType";
        /// How long the call was, in seconds.
        call_duration_s: Option<u32> = "CallDurationInSeconds";
        /// How the call ended.
        call_disposition: Option<String> = "CallDisposition";
        /// The call's own id; holds our key in orgs without our field.
        call_object: Option<String> = "CallObject";
        /// In the recycle bin.
        is_deleted: Option<bool> = "IsDeleted";
        /// Our key, where the org has the field.
        key: Option<String> = "Liaison_Key__c";
    }
}

/// What a Task says about a call. Some editions have none of these fields: see
/// [`OrgCapabilities::call_fields`](crate::OrgCapabilities).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CallFields {
    /// Which way it went.
    pub call_type: Option<CallType>,
    /// How long it was, in seconds.
    pub duration_s: Option<u32>,
    /// How it ended, up to 255 characters.
    pub disposition: Option<String>,
    /// The call's own id, up to 255 characters.
    pub object: Option<String>,
}

/// A Task to make. A call is made as done in one go: open Tasks and later changes lock the person
/// and the Account.
#[derive(Clone, PartialEq, Eq)]
pub struct NewTask {
    /// Subject, up to 255 characters.
    pub subject: String,
    /// Status, one of the org's: see [`Salesforce::closed_task_status`]. Without one the org's own
    /// first status, which is open.
    pub status: Option<String>,
    /// The day it is due or was done, in the user's zone.
    pub day: Option<NaiveDate>,
    /// The person: a Contact or a Lead.
    pub who: Option<SalesforceId>,
    /// What it is about; not beside a Lead.
    pub what: Option<SalesforceId>,
    /// Owner; without one the signed-in user.
    pub owner: Option<SalesforceId>,
    /// Description, up to 32,000 characters.
    pub description: Option<String>,
    /// When the owner is reminded of it.
    pub remind_utc: Option<DateTime<Utc>>,
    /// The call it stands for: it is then shown as a call.
    pub call: Option<CallFields>,
}

impl NewTask {
    /// A Task with what every Task has.
    pub fn new(subject: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            status: None,
            day: None,
            who: None,
            what: None,
            owner: None,
            description: None,
            remind_utc: None,
            call: None,
        }
    }

    /// The fields of the record.
    ///
    /// # Errors
    /// Names the first field that breaks a rule of Salesforce.
    pub fn to_record(&self) -> Result<Record, InvalidRequest> {
        check_text("Subject", &self.subject, SHORT_CHARACTERS)?;
        check_relations(self.who, self.what)?;
        let mut record = Record::new().with("Subject", self.subject.as_str());
        for (field, id) in [("WhoId", self.who), ("WhatId", self.what), ("OwnerId", self.owner)] {
            record = with_some(record, field, id);
        }
        record = with_some(record, "Status", self.status.as_deref());
        record = with_some(record, "ActivityDate", self.day.map(|day| day.format("%Y-%m-%d").to_string()));
        record = with_texts(record, &[("Description", self.description.as_deref(), DESCRIPTION_CHARACTERS)])?;
        if let Some(remind) = self.remind_utc {
            record = record.with("IsReminderSet", true).with_moment("ReminderDateTime", remind);
        }
        match &self.call {
            Some(call) => call.add_to(record),
            None => Ok(record),
        }
    }
}

impl CallFields {
    fn add_to(&self, record: Record) -> Result<Record, InvalidRequest> {
        let record = record.with(SUBTYPE, "Call");
        let record = with_some(record, "CallType", self.call_type.as_ref().map(CallType::as_str));
        let record = with_some(record, "CallDurationInSeconds", self.duration_s);
        with_texts(
            record,
            &[
                ("CallDisposition", self.disposition.as_deref(), SHORT_CHARACTERS),
                ("CallObject", self.object.as_deref(), SHORT_CHARACTERS),
            ],
        )
    }
}

/// Texts and people are the user's business: `Debug` shows the day only.
impl std::fmt::Debug for NewTask {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("NewTask").field("day", &self.day).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CallFields {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CallFields").field("call_type", &self.call_type).finish_non_exhaustive()
    }
}

/// Tasks of the org, as far as the user may see them.
#[derive(Clone)]
pub struct Tasks {
    salesforce: Salesforce,
}

impl Tasks {
    pub(crate) fn new(salesforce: Salesforce) -> Self {
        Self { salesforce }
    }

    fn object() -> ObjectName {
        ObjectName::known(Task::OBJECT)
    }

    /// Makes a Task without a key: for orgs without our field, after [`Self::find_by_call`] found
    /// none. Never repeated by itself.
    pub async fn create(&self, task: &NewTask) -> Result<SalesforceId, SalesforceError> {
        self.salesforce.create(&Self::object(), &task.to_record()?).await
    }

    /// Makes the Task with this key, or overwrites it if it exists. For the first push only: see
    /// [`Salesforce::upsert`].
    ///
    /// That a Task is a call can be said only when it is made, so the same upsert is refused the
    /// second time. A Task that has the key is then overwritten without that field.
    pub async fn upsert(&self, key: &ExternalKey, task: &NewTask) -> Result<Upsertion, SalesforceError> {
        self.upsert_part(key, &task.to_record()?).await
    }

    /// The same with the part of a Task that the user may write.
    pub async fn upsert_part(&self, key: &ExternalKey, record: &Record) -> Result<Upsertion, SalesforceError> {
        let field = FieldName::known(KEY_FIELD);
        match self.salesforce.upsert(&Self::object(), &field, key, record).await {
            Err(error) if is_about_subtype(&error) => {
                if self.find_by_key(key).await?.iter().all(|task| task.is_deleted == Some(true)) {
                    return Err(error);
                }
                let change = record.without(&FieldName::known(SUBTYPE));
                self.salesforce.upsert(&Self::object(), &field, key, &change).await
            }
            answered => answered,
        }
    }

    /// Makes the Task of [`Self::create`] from the part that the user may write.
    pub async fn create_part(&self, record: &Record) -> Result<SalesforceId, SalesforceError> {
        self.salesforce.create(&Self::object(), record).await
    }

    /// The first push of up to two hundred Tasks in one request.
    pub async fn upsert_many(&self, rows: Vec<(ExternalKey, Record)>) -> Result<Vec<RowOutcome>, SalesforceError> {
        let collection = Collection::Upsert { key_field: FieldName::known(KEY_FIELD), rows };
        self.salesforce.write_collection(&Self::object(), &collection).await
    }

    /// Changes fields of a Task unless it was touched after `seen_utc`. Salesforce compares whole seconds. Never
    /// repeated by itself.
    pub async fn update_if_unmodified(
        &self,
        id: SalesforceId,
        record: &Record,
        seen_utc: DateTime<Utc>,
    ) -> Result<ConditionalUpdate, SalesforceError> {
        self.salesforce.update_if_unmodified(&Self::object(), id, record, seen_utc).await
    }

    /// Deletes a Task.
    pub async fn delete(&self, id: SalesforceId) -> Result<Deletion, SalesforceError> {
        self.salesforce.delete(&Self::object(), id).await
    }

    /// Tasks with this key, deleted and archived ones included.
    pub async fn find_by_key(&self, key: &ExternalKey) -> Result<Vec<Task>, SalesforceError> {
        self.find(KEY_FIELD, key, true).await
    }

    /// Tasks whose `CallObject` holds this key, deleted and archived ones included: for orgs
    /// without our field.
    pub async fn find_by_call(&self, key: &ExternalKey) -> Result<Vec<Task>, SalesforceError> {
        self.find("CallObject", key, false).await
    }

    async fn find(&self, field: &str, key: &ExternalKey, with_key: bool) -> Result<Vec<Task>, SalesforceError> {
        let call_field = |name: &str| name.starts_with("Call");
        let fields = Task::FIELDS.iter().filter(|name| if with_key { !call_field(name) } else { **name != KEY_FIELD });
        let soql = Query::from(Task::OBJECT)
            .select(fields)
            .filter(Condition::equals(field, key.as_str()))
            .limit(MOST_FOUND)
            .build()?;
        self.salesforce.query_all_rows(&soql).await
    }
}

/// Refused because the kind of a Task that exists cannot be set.
fn is_about_subtype(error: &SalesforceError) -> bool {
    let told = |item: &ErrorItem| {
        item.code == "INVALID_FIELD_FOR_INSERT_UPDATE"
            && (item.fields.is_empty() || item.fields.iter().any(|field| field == SUBTYPE))
    };
    error.refusal().is_some_and(|refusal| refusal.items.iter().any(told))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_call_is_sent_with_what_it_has() {
        let mut task = NewTask::new("Call with Robin");
        task.status = Some("Abgeschlossen".to_owned());
        task.day = NaiveDate::from_ymd_opt(2027, 3, 9);
        task.who = "00Q000000000001".parse().ok();
        task.call = Some(CallFields {
            call_type: Some(CallType::Outbound),
            duration_s: Some(95),
            object: Some("lk1_9".to_owned()),
            ..CallFields::default()
        });
        task.remind_utc = DateTime::from_timestamp(1_800_000_000, 0);
        assert_eq!(
            task.to_record().unwrap().to_json(),
            json!({
                "IsReminderSet": true, "ReminderDateTime": "2027-01-15T08:00:00.000Z", "Subject": "Call with Robin", "WhoId": "00Q000000000001EAA", "Status": "Abgeschlossen",
                "ActivityDate": "2027-03-09", "TaskSubtype": "Call", "CallType": "Outbound",
                "CallDurationInSeconds": 95, "CallObject": "lk1_9",
            })
        );
    }

    #[test]
    fn rules_of_salesforce() {
        let field = |change: fn(&mut NewTask)| {
            let mut task = NewTask::new("Call");
            change(&mut task);
            task.to_record().unwrap_err().field
        };
        assert_eq!(field(|task| task.subject = " ".to_owned()), "Subject");
        assert_eq!(field(|task| task.description = Some("x".repeat(32_001))), "Description");
        assert_eq!(field(|task| task.who = "001000000000001".parse().ok()), "WhoId");
        assert_eq!(
            field(|task| {
                let object = Some("x".repeat(256));
                task.call = Some(CallFields { object, ..CallFields::default() });
            }),
            "CallObject"
        );
    }

    #[test]
    fn content_stays_out_of_debug() {
        let mut task = NewTask::new("c4n4ry");
        task.call = Some(CallFields { disposition: Some("c4n4ry".to_owned()), ..CallFields::default() });
        assert!(!format!("{task:?} {:?}", task.call).contains("c4n4ry"));
    }
}
