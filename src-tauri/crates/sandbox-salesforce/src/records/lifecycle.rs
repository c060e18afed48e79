//! What happens to records apart from create, update and delete: a lead is converted, records are
//! merged, the recycle bin is emptied or a record comes back out of it.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::super::cell::Cell;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::{Object, Schema};
use super::derive;
use super::row::Row;
use super::write::{Writer, whole_second};

/// Fields that a lead hands on to its contact.
const HANDED_ON: [&str; 9] =
    ["FirstName", "LastName", "Salutation", "Title", "Email", "Phone", "MobilePhone", "LeadSource", "Description"];

/// What a lead has become.
#[derive(Debug, Clone, Copy)]
pub struct Converted {
    pub contact: RecordId,
    pub account: RecordId,
}

impl Writer<'_> {
    /// Converts a lead into a contact and an account, new ones where none are given. Its activities
    /// and campaign memberships move to the contact.
    pub fn convert(
        &mut self,
        lead: RecordId,
        contact: Option<RecordId>,
        account: Option<RecordId>,
    ) -> Result<Converted, Refusal> {
        let schema = Arc::clone(&self.database.schema);
        let leads = schema.object("Lead").ok_or_else(Refusal::not_found)?;
        let mut row = self.live(leads, lead)?;
        if row.named(leads, "IsConverted").is_true() {
            return Err(Refusal::new("CANNOT_UPDATE_CONVERTED_LEAD", "the lead is already converted"));
        }
        let account = match account {
            Some(account) => account,
            None => self.create("Account", &body([("Name", row.named(leads, "Company").to_json())]))?,
        };
        let contact = if let Some(contact) = contact {
            contact
        } else {
            let mut body = body(HANDED_ON.map(|field| (field, row.named(leads, field).to_json())));
            body.insert("AccountId".to_owned(), json!(account.as_str()));
            self.create("Contact", &body)?
        };
        let closed = leads.find("Status").and_then(|(_, field)| field.picklist.get(2));
        row.set_named(leads, "IsConverted", Cell::Flag(true));
        row.set_named(leads, "Status", closed.map_or(Cell::Empty, |status| Cell::text(status.value)));
        row.set_named(leads, "ConvertedDate", Cell::Day(self.now.date_naive()));
        row.set_named(leads, "ConvertedContactId", Cell::Id(contact));
        row.set_named(leads, "ConvertedAccountId", Cell::Id(account));
        self.stamp_and_put(leads, row, "converted");
        self.move_activities(&schema, lead, contact);
        self.move_members(&schema, lead, contact);
        Ok(Converted { contact, account })
    }

    /// Merges records of one object: the losers go to the recycle bin with the winner's id, and
    /// what pointed to them points to the winner.
    pub fn merge(&mut self, winner: RecordId, losers: &[RecordId]) -> Result<(), Refusal> {
        let schema = Arc::clone(&self.database.schema);
        let object = schema.by_prefix(winner.prefix()).filter(|object| object.definition.mergeable);
        let object =
            object.ok_or_else(|| Refusal::new("INVALID_OPERATION", "records of this type cannot be merged"))?;
        let survivor = self.live(object, winner)?;
        for loser in losers {
            if *loser == winner || loser.prefix() != winner.prefix() {
                return Err(Refusal::new("INVALID_OPERATION", "merge records must be others of the same type"));
            }
            let mut row = self.live(object, *loser)?;
            row.deleted = true;
            row.set_named(object, "IsDeleted", Cell::Flag(true));
            row.set_named(object, "MasterRecordId", Cell::Id(winner));
            self.stamp_and_put(object, row, "merged");
            self.move_children(&schema, object, *loser, winner);
        }
        self.stamp_and_put(object, survivor, "updated");
        Ok(())
    }

    /// Removes a record for good, as emptying the recycle bin does: no list of deleted records
    /// tells of it any more.
    pub fn purge(&mut self, id: RecordId) -> Result<(), Refusal> {
        let schema = Arc::clone(&self.database.schema);
        let object = schema.by_prefix(id.prefix()).ok_or_else(Refusal::not_found)?;
        let row = self.database.row(object.name(), id).cloned().ok_or_else(Refusal::not_found)?;
        if !row.deleted {
            self.bury(&schema, object, id, "deleted");
        }
        self.note(object, &row, "purged", &json!([]));
        self.database.remove(object.name(), id);
        Ok(())
    }

    /// Takes a record out of the recycle bin.
    pub fn restore(&mut self, id: RecordId) -> Result<(), Refusal> {
        let schema = Arc::clone(&self.database.schema);
        let object = schema.by_prefix(id.prefix()).filter(|object| object.definition.undeletable);
        let object =
            object.ok_or_else(|| Refusal::new("UNDELETE_FAILED", "records of this type cannot be restored"))?;
        let row = self.database.row(object.name(), id).filter(|row| row.deleted).cloned();
        let mut row = row.ok_or_else(|| Refusal::new("UNDELETE_FAILED", "the record is not in the recycle bin"))?;
        row.deleted = false;
        row.set_named(object, "IsDeleted", Cell::Flag(false));
        self.check_unique(object, &row)?;
        self.stamp_and_put(object, row, "restored");
        Ok(())
    }

    fn stamp_and_put(&mut self, object: &Object, mut row: Row, verb: &str) {
        row.set_named(object, "LastModifiedById", Cell::Id(self.user));
        row.set_named(object, "LastModifiedDate", Cell::Moment(whole_second(self.now)));
        row.set_named(object, "SystemModstamp", Cell::Moment(whole_second(self.now)));
        self.note(object, &row, verb, &json!([]));
        self.database.put(object.name(), row);
    }

    fn rows_pointing(&self, object: &Object, field: &str, target: RecordId) -> Vec<Row> {
        let rows = self.database.rows(object.name());
        rows.filter(|row| !row.deleted && row.named(object, field).as_id() == Some(target)).cloned().collect()
    }

    fn move_activities(&mut self, schema: &Schema, lead: RecordId, contact: RecordId) {
        for object in ["Event", "Task"].into_iter().filter_map(|name| schema.object(name)) {
            for mut row in self.rows_pointing(object, "WhoId", lead) {
                row.set_named(object, "WhoId", Cell::Id(contact));
                let account = super::relations::account_of_activity(self.database, object, &row);
                row.set_named(object, "AccountId", account);
                self.stamp_and_put(object, row, "updated");
            }
        }
    }

    /// A member keeps its lead and shows the contact; where the contact is a member already, the
    /// two become one.
    fn move_members(&mut self, schema: &Schema, lead: RecordId, contact: RecordId) {
        let Some(object) = schema.object("CampaignMember") else { return };
        for mut row in self.rows_pointing(object, "LeadId", lead) {
            let id = row.id;
            row.set_named(object, "ContactId", Cell::Id(contact));
            row.set_named(object, "LeadOrContactId", Cell::Id(contact));
            row.set_named(object, "Type", Cell::text("Contact"));
            derive::mirror_person(self.database, object, &mut row);
            if self.check_unique(object, &row).is_err() {
                self.bury(schema, object, id, "merged");
            } else {
                self.stamp_and_put(object, row, "updated");
            }
        }
    }

    fn move_children(&mut self, schema: &Schema, object: &Object, loser: RecordId, winner: RecordId) {
        let children: Vec<(&Object, &'static str)> =
            schema.children_of(object.name()).map(|(child, _, field)| (child, field.name)).collect();
        for (child, lookup) in children.into_iter().filter(|(_, lookup)| *lookup != "MasterRecordId") {
            for mut row in self.rows_pointing(child, lookup, loser) {
                let id = row.id;
                row.set_named(child, lookup, Cell::Id(winner));
                if child.name() == "CampaignMember" {
                    derive::mirror_person(self.database, child, &mut row);
                }
                if self.check_unique(child, &row).is_err() {
                    self.bury(schema, child, id, "merged");
                } else {
                    self.stamp_and_put(child, row, "updated");
                }
            }
        }
    }
}

fn body<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect()
}
