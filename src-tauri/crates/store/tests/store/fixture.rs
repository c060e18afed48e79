//! An open store in a temporary folder, and rows to put into it.

use liaison_domain::{LinkBasis, RecordKind};
use liaison_store::tables::links::LinkRecord;
use liaison_store::tables::meetings::{FetchedMeeting, MeetingRecord, MeetingSecrets};
use liaison_store::tables::outbox::{NewOperation, OutboxAction, Urgency};
use liaison_store::tables::people::PersonRecord;
use liaison_store::{MemoryVault, OpenOptions, ProfilePaths, Store, open};
use tempfile::TempDir;

pub struct Profile {
    pub paths: ProfilePaths,
    pub vault: MemoryVault,
    _dir: TempDir,
}

impl Profile {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { paths: ProfilePaths::new(dir.path().join("profile")), vault: MemoryVault::new(), _dir: dir }
    }

    pub fn open(&self) -> Store {
        open(&self.paths, &self.vault, &OpenOptions { now_utc_ms: 1 }).unwrap()
    }
}

pub fn person(id: &str, name: &str) -> PersonRecord {
    PersonRecord {
        id: format!("Lead:{id}"),
        record: RecordKind::Lead,
        salesforce_id: id.to_owned(),
        first_name: None,
        last_name: None,
        name: name.to_owned(),
        company: None,
        account_id: None,
        title: None,
        email: None,
        more_emails: Vec::new(),
        phones: Vec::new(),
        status: None,
        owner_id: None,
        owner_name: None,
        person_account: false,
        activity_day: None,
        email_opt_out: false,
        do_not_call: false,
        converted_to: None,
        merged_into: None,
        stamp_utc_ms: 1,
        field_hash: String::new(),
        deleted: false,
    }
}

pub fn link(id: &str, zoom_key: &str, record_id: &str) -> LinkRecord {
    LinkRecord {
        id: id.to_owned(),
        zoom_kind: "meeting".to_owned(),
        zoom_key: zoom_key.to_owned(),
        record_kind: RecordKind::Lead,
        record_id: record_id.to_owned(),
        record_name: "Ada".to_owned(),
        basis: LinkBasis::Intent,
        reason: "scheduled".to_owned(),
        created_utc_ms: 1,
    }
}

pub fn meeting(key: &str, start_utc_ms: i64) -> FetchedMeeting {
    FetchedMeeting {
        meeting: MeetingRecord {
            key: key.to_owned(),
            meeting_id: 81_234_567_890,
            guest_number: None,
            occurrence_id: None,
            uuid: None,
            topic: format!("Topic of {key}"),
            agenda: None,
            start_utc_ms: Some(start_utc_ms),
            minutes: 30,
            timezone: None,
            kind: 2,
            status: None,
            host_id: None,
            host_email: None,
            is_host: true,
            waiting_room: None,
            invitees: None,
            created_utc_ms: None,
            fetched_utc_ms: 100,
            details_utc_ms: None,
            options_json: None,
            linked_ids: None,
            series_json: None,
            gone_utc_ms: None,
        },
        secrets: MeetingSecrets::default(),
    }
}

/// An account of Salesforce.
pub const TARGET: &str = "salesforce:demo:00D000000000001AAA:005000000000001AAA";

pub fn operation(op_id: &str, identity: &str, action: OutboxAction) -> NewOperation {
    NewOperation {
        op_id: op_id.to_owned(),
        target: TARGET.to_owned(),
        target_name: "Ada, Acme".to_owned(),
        kind: "event".to_owned(),
        action,
        identity: identity.to_owned(),
        order_key: identity.to_owned(),
        subject_key: "81234567890".to_owned(),
        batch_key: None,
        group_id: None,
        urgency: Urgency::Click,
        depends_on: None,
        title: "Intro call".to_owned(),
        person_name: Some("Ada Lovelace".to_owned()),
        payload_json: "{}".to_owned(),
        record_id: None,
        held_until_utc_ms: None,
        created_utc_ms: 0,
    }
}
