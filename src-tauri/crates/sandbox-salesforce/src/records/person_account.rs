//! Person accounts: an Account with a last name is a person, and its Contact follows it.

use super::super::cell::Cell;
use super::super::schema::Object;
use super::derive;
use super::row::Row;
use super::write::{Writer, whole_second};

/// Field of the account, field of its contact.
const MIRRORED: [(&str, &str); 10] = [
    ("FirstName", "FirstName"),
    ("LastName", "LastName"),
    ("PersonEmail", "Email"),
    ("Phone", "Phone"),
    ("PersonMobilePhone", "MobilePhone"),
    ("PersonHomePhone", "HomePhone"),
    ("PersonTitle", "Title"),
    ("PersonHasOptedOutOfEmail", "HasOptedOutOfEmail"),
    ("PersonDoNotCall", "DoNotCall"),
    ("OwnerId", "OwnerId"),
];

/// The name of a person is made of its parts.
pub fn name(object: &Object, row: &mut Row) {
    if object.name() != "Account" || !object.has("IsPersonAccount") || row.named(object, "LastName").is_empty() {
        return;
    }
    let parts = [row.text(object, "FirstName"), row.text(object, "LastName")];
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    row.set_named(object, "Name", Cell::text(name));
    row.set_named(object, "IsPersonAccount", Cell::Flag(true));
}

impl Writer<'_> {
    /// Writes the contact behind a person account.
    pub(super) fn follow_person(&mut self, object: &Object, account: &Row) {
        if !account.named(object, "IsPersonAccount").is_true() {
            return;
        }
        let schema = std::sync::Arc::clone(&self.database.schema);
        let Some(contacts) = schema.object("Contact") else { return };
        let known = account.named(object, "PersonContactId").as_id();
        let known = known.and_then(|id| self.database.live("Contact", id).cloned());
        let is_new = known.is_none();
        let mut contact = known.unwrap_or_else(|| self.blank(contacts));
        for (own, mirrored) in MIRRORED {
            contact.set_named(contacts, mirrored, account.named(object, own).clone());
        }
        let now = Cell::Moment(whole_second(self.now));
        let cells = [
            ("AccountId", Cell::Id(account.id)),
            ("IsPersonAccount", Cell::Flag(true)),
            ("LastModifiedById", Cell::Id(self.user)),
            ("LastModifiedDate", now.clone()),
            ("SystemModstamp", now),
        ];
        for (field, cell) in cells {
            contact.set_named(contacts, field, cell);
        }
        derive::person(contacts, &mut contact);
        let id = contact.id;
        self.database.put("Contact", contact);
        if is_new {
            let mut account = account.clone();
            account.set_named(object, "PersonContactId", Cell::Id(id));
            self.database.put("Account", account);
        }
    }
}
