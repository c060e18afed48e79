//! Create, update and delete: the one way in for rows. Validates, derives, keeps keys unique,
//! lets the change echo on related records and notes what happened for the journal.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value, json};

use super::super::cell::Cell;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::rules::{self, Saving};
use super::super::schema::{KEY_FIELD, Object, Schema};
use super::database::{Database, PendingEffect};
use super::derive::{self, Context};
use super::input::{self, Draft, Intent};
use super::person_account;
use super::relations;
use super::row::Row;
use super::sharing::{self, Taken};

/// Writes for one user at one moment.
#[derive(Debug)]
pub struct Writer<'a> {
    pub database: &'a mut Database,
    pub now: DateTime<Utc>,
    pub user: RecordId,
    pub saving: Saving,
    /// Whether the rights of the rep do not matter, as for what an administrator has made.
    pub privileged: bool,
}

impl Writer<'_> {
    /// Adds a record and answers with its id.
    pub fn create(&mut self, name: &str, body: &Map<String, Value>) -> Result<RecordId, Refusal> {
        let schema = Arc::clone(&self.database.schema);
        let object = schema.object(name).ok_or_else(|| Refusal::no_such_type(name))?;
        if !(object.definition.createable || self.privileged) {
            let text = format!("entity type cannot be inserted: {}", object.definition.label);
            return Err(Refusal::new("INVALID_TYPE_FOR_OPERATION", text));
        }
        let Taken { body, people } = sharing::take(self.database, object, body)?;
        let mut draft = input::read(object, &body, Intent::Create)?;
        self.resolve(object, &mut draft)?;
        let mut row = self.blank(object);
        for (place, cell) in draft.cells() {
            if !(cell.is_empty() && object.fields[*place].is_defaulted()) {
                row.set(*place, cell.clone());
            }
        }
        person_account::name(object, &mut row);
        check_required(object, &row)?;
        let id = self.finish(object, &draft, None, row)?;
        self.relate(object, id, None, people);
        Ok(id)
    }

    /// Changes a record; fields that the body does not name stay.
    pub fn update(&mut self, name: &str, id: RecordId, body: &Map<String, Value>) -> Result<(), Refusal> {
        let schema = Arc::clone(&self.database.schema);
        let object = schema.object(name).ok_or_else(|| Refusal::no_such_type(name))?;
        let before = self.live(object, id)?;
        if !object.definition.updateable {
            let text = format!("entity type cannot be updated: {}", object.definition.label);
            return Err(Refusal::new("INVALID_TYPE_FOR_OPERATION", text));
        }
        let Taken { body, people } = sharing::take(self.database, object, body)?;
        let mut draft = input::read(object, &body, Intent::Update)?;
        if before.named(object, "IsConverted").is_true() {
            return Err(Refusal::new("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead"));
        }
        self.resolve(object, &mut draft)?;
        let mut row = before.clone();
        for (place, cell) in draft.cells() {
            row.set(*place, cell.clone());
        }
        person_account::name(object, &mut row);
        check_required(object, &row)?;
        self.finish(object, &draft, Some(&before), row)?;
        self.relate(object, id, Some(&before), people);
        Ok(())
    }

    /// Moves a record, and what cannot be without it, to the recycle bin.
    pub fn delete(&mut self, name: &str, id: RecordId) -> Result<(), Refusal> {
        let schema = Arc::clone(&self.database.schema);
        let object = schema.object(name).ok_or_else(|| Refusal::no_such_type(name))?;
        let row = self.live(object, id)?;
        if !object.definition.deletable {
            let text = format!("entity type cannot be deleted: {}", object.definition.label);
            return Err(Refusal::new("INVALID_TYPE_FOR_OPERATION", text));
        }
        rules::take_lock(self.database, object, &row)?;
        self.bury(&schema, object, id, "deleted");
        Ok(())
    }

    /// The object and the id of a record that is there.
    pub fn found(&self, id: &str) -> Result<(&'static str, RecordId), Refusal> {
        let id = RecordId::read(id)?;
        let (object, row) = self.database.any(id).ok_or_else(Refusal::no_such_record)?;
        Ok((object.name(), row.id))
    }

    pub(super) fn live(&self, object: &Object, id: RecordId) -> Result<Row, Refusal> {
        match self.database.row(object.name(), id) {
            Some(row) if row.deleted => Err(Refusal::deleted()),
            Some(row) => Ok(row.clone()),
            None => Err(Refusal::no_such_record()),
        }
    }

    fn resolve(&self, object: &Object, draft: &mut Draft) -> Result<(), Refusal> {
        for (place, nested) in std::mem::take(&mut draft.nested) {
            let id = relations::resolve_nested(self.database, &object.fields[place], &nested)?;
            draft.set(place, Cell::Id(id));
        }
        for (place, cell) in draft.cells() {
            if let Cell::Id(id) = cell {
                relations::check_target(self.database, &object.fields[*place], *id)?;
            }
        }
        Ok(())
    }

    pub(super) fn blank(&mut self, object: &Object) -> Row {
        let id = self.database.fresh_id(object.definition.prefix);
        let mut row = Row::with_defaults(object, id);
        row.set_named(object, "OwnerId", Cell::Id(self.user));
        row.set_named(object, "CreatedById", Cell::Id(self.user));
        row.set_named(object, "CreatedDate", Cell::Moment(whole_second(self.now)));
        row
    }

    fn finish(
        &mut self,
        object: &Object,
        draft: &Draft,
        before: Option<&Row>,
        mut row: Row,
    ) -> Result<RecordId, Refusal> {
        rules::take_lock(self.database, object, &row)?;
        let context = Context { database: &*self.database, object, draft, before, now: self.now };
        derive::apply(context, &mut row)?;
        rules::check(self.database, object, &row, before, &self.saving, self.now)?;
        self.check_unique(object, &row)?;
        row.set_named(object, "LastModifiedById", Cell::Id(self.user));
        row.set_named(object, "LastModifiedDate", Cell::Moment(whole_second(self.now)));
        row.set_named(object, "SystemModstamp", Cell::Moment(whole_second(self.now)));
        let id = row.id;
        let changed: Vec<&str> = draft.cells().iter().map(|(place, _)| object.fields[*place].name).collect();
        self.note(object, &row, if before.is_some() { "updated" } else { "created" }, &json!(changed));
        self.database.put(object.name(), row);
        self.follow_up(object, id, before);
        Ok(id)
    }

    pub(super) fn check_unique(&self, object: &Object, row: &Row) -> Result<(), Refusal> {
        for (key, value) in Database::unique_keys(object, row) {
            let holder = self.database.by_key(object.name(), key, &value).filter(|id| *id != row.id);
            let Some(holder) = holder else { continue };
            if key == "member" {
                return Err(Refusal::new("DUPLICATE_VALUE", "Already a campaign member."));
            }
            let text = format!("duplicate value found: {key} duplicates value on record with id: {}", holder.short());
            return Err(Refusal::new("DUPLICATE_VALUE", text));
        }
        Ok(())
    }

    /// What else moves when a row has been written.
    fn follow_up(&mut self, object: &Object, id: RecordId, before: Option<&Row>) {
        let Some(row) = self.database.row(object.name(), id).cloned() else { return };
        match object.name() {
            "Event" | "Task" => {
                let day = row.named(object, "ActivityDate").as_day();
                for related in related_records(object, &row) {
                    self.echo(related, day);
                }
            }
            "Account" => self.follow_person(object, &row),
            "Campaign" if before.is_none() => self.add_member_statuses(id),
            "EventRelation" | "TaskRelation" => {
                let schema = Arc::clone(&self.database.schema);
                self.recount(&schema, object, &row);
            }
            "CampaignMember" => self.count_member(object, &row, before),
            "Lead" | "Contact" if before.is_some() => self.mirror_in_members(id),
            _ => {}
        }
    }

    /// An activity moves the related record's last activity and its SystemModstamp, though nobody
    /// has edited it: a client that polls sees its own pushes come back.
    fn echo(&mut self, id: RecordId, day: Option<NaiveDate>) {
        let schema = Arc::clone(&self.database.schema);
        let Some(object) = schema.by_prefix(id.prefix()) else { return };
        let Some(mut row) = self.database.live(object.name(), id).cloned() else { return };
        let last = row.named(object, "LastActivityDate").as_day().max(day);
        if let Some(last) = last {
            row.set_named(object, "LastActivityDate", Cell::Day(last));
        }
        row.set_named(object, "SystemModstamp", Cell::Moment(whole_second(self.now)));
        self.database.put(object.name(), row);
    }

    /// Every new campaign starts with two statuses.
    fn add_member_statuses(&mut self, campaign: RecordId) {
        let schema = Arc::clone(&self.database.schema);
        let Some(object) = schema.object("CampaignMemberStatus") else { return };
        let labels = schema.object("CampaignMember").and_then(|members| members.find("Status"));
        let labels = labels.map_or(["Sent", "Responded"], |(_, field)| [0, 1].map(|place| field.picklist[place].value));
        for (order, label, responded) in [(3, labels[0], false), (4, labels[1], true)] {
            let mut row = self.blank(object);
            row.set_named(object, "CampaignId", Cell::Id(campaign));
            row.set_named(object, "Label", Cell::text(label));
            row.set_named(object, "SortOrder", Cell::Whole(order));
            row.set_named(object, "IsDefault", Cell::Flag(!responded));
            row.set_named(object, "HasResponded", Cell::Flag(responded));
            row.set_named(object, "LastModifiedById", Cell::Id(self.user));
            row.set_named(object, "LastModifiedDate", Cell::Moment(whole_second(self.now)));
            row.set_named(object, "SystemModstamp", Cell::Moment(whole_second(self.now)));
            self.database.put(object.name(), row);
        }
    }

    fn count_member(&mut self, object: &Object, row: &Row, before: Option<&Row>) {
        let schema = Arc::clone(&self.database.schema);
        let Some(campaigns) = schema.object("Campaign") else { return };
        let Some(campaign) = row.named(object, "CampaignId").as_id() else { return };
        let Some(mut campaign) = self.database.live("Campaign", campaign).cloned() else { return };
        let mut add = |field: &str, by: i64| {
            let count = campaign.named(campaigns, field).as_whole().unwrap_or(0) + by;
            campaign.set_named(campaigns, field, Cell::Whole(count));
        };
        let counts = |row: &Row| i64::from(!row.deleted);
        let responses = |row: &Row| i64::from(!row.deleted && row.named(object, "HasResponded").is_true());
        let kind = if row.text(object, "Type") == "Lead" { "NumberOfLeads" } else { "NumberOfContacts" };
        add(kind, counts(row) - before.map_or(0, counts));
        add("NumberOfResponses", responses(row) - before.map_or(0, responses));
        self.database.put("Campaign", campaign);
    }

    fn mirror_in_members(&mut self, person: RecordId) {
        let schema = Arc::clone(&self.database.schema);
        let Some(object) = schema.object("CampaignMember") else { return };
        let members: Vec<Row> = self
            .database
            .rows("CampaignMember")
            .filter(|row| row.named(object, "LeadOrContactId").as_id() == Some(person))
            .cloned()
            .collect();
        for mut member in members {
            derive::mirror_person(self.database, object, &mut member);
            self.database.put("CampaignMember", member);
        }
    }

    pub(super) fn bury(&mut self, schema: &Schema, object: &Object, id: RecordId, verb: &str) {
        let Some(before) = self.database.live(object.name(), id).cloned() else { return };
        let mut row = before.clone();
        row.deleted = true;
        row.set_named(object, "IsDeleted", Cell::Flag(true));
        row.set_named(object, "LastModifiedDate", Cell::Moment(whole_second(self.now)));
        row.set_named(object, "SystemModstamp", Cell::Moment(whole_second(self.now)));
        self.note(object, &row, verb, &json!([]));
        self.database.put(object.name(), row);
        self.follow_up(object, id, Some(&before));
        for (child, place, _) in schema.children_of(object.name()).filter(|(_, _, field)| field.cascade) {
            let dependants: Vec<RecordId> = self
                .database
                .rows(child.name())
                .filter(|row| !row.deleted && row.get(place).as_id() == Some(id))
                .map(|row| row.id)
                .collect();
            for dependant in dependants {
                self.bury(schema, child, dependant, "deleted_with_parent");
            }
        }
    }

    pub(super) fn note(&mut self, object: &Object, row: &Row, verb: &str, fields: &Value) {
        let key = row.named(object, KEY_FIELD).to_json();
        let mut detail = json!({ "key": key, "fields": fields });
        for shown in ["WhoId", "WhatId", "CampaignId", "LeadOrContactId"] {
            if object.has(shown) {
                detail[shown] = row.named(object, shown).to_json();
            }
        }
        let told = values_told(object.name());
        if !told.is_empty() {
            let told = told.iter().filter(|shown| object.has(shown));
            detail["values"] = told.map(|shown| ((*shown).to_owned(), row.named(object, shown).to_json())).collect();
        }
        if let Some(place) = object.name_field() {
            detail["name"] = row.get(place).to_json();
        }
        self.database.note(PendingEffect { kind: format!("{}.{verb}", object.name()), id: row.id, detail });
    }
}

/// Fields whose values the journal tells: by what they say, whoever reads it knows who wrote over whom.
fn values_told(object: &str) -> &'static [&'static str] {
    match object {
        "Event" => &["Subject", "Location", "Description", "StartDateTime"],
        "Task" => &["Subject", "Description", "WhoId", "CallObject", "Status"],
        "Lead" => &["LastName", "Phone"],
        "CampaignMember" => &["Status"],
        _ => &[],
    }
}

fn check_required(object: &Object, row: &Row) -> Result<(), Refusal> {
    let missing: Vec<&str> = object
        .fields
        .iter()
        .enumerate()
        .filter(|(place, field)| field.is_required_on_create() && row.get(*place).is_empty())
        .map(|(_, field)| field.name)
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::missing(&missing)) }
}

fn related_records(object: &Object, row: &Row) -> Vec<RecordId> {
    let mut related: Vec<RecordId> =
        ["WhoId", "WhatId", "AccountId"].iter().filter_map(|field| row.named(object, field).as_id()).collect();
    related.sort_unstable();
    related.dedup();
    related
}

/// Salesforce stores whole seconds.
pub fn whole_second(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}
