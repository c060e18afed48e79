//! Leads and Contacts of the org's first day.

use liaison_sandbox_kernel::world::people::{People, Person, PersonKind};
use rand::prelude::*;

use super::{Seeder, status_at};
use crate::cell::Cell;
use crate::ids::RecordId;
use crate::records::derive_person;
use crate::schema::Object;

impl Seeder<'_> {
    pub(super) fn people(
        &mut self,
        world: &People,
        contact: &Object,
        lead: &Object,
        accounts: &[RecordId],
    ) -> Vec<RecordId> {
        let mut ids: Vec<RecordId> = Vec::with_capacity(world.people.len());
        for person in &world.people {
            let object = if person.kind == PersonKind::Contact { contact } else { lead };
            let (created, modified) = self.history();
            let owner = self.owner();
            let id = self.database.fresh_id(object.definition.prefix);
            let source = self.choice(object, "LeadSource");
            let mut row = self.row(object, id, created, modified, owner);
            Self::fill(&mut row, object, common(person));
            row.set_named(object, "LeadSource", source);
            let company = &world.companies[person.company];
            match person.kind {
                PersonKind::Contact => Self::fill(
                    &mut row,
                    object,
                    [
                        ("AccountId", Cell::Id(accounts[person.company])),
                        ("MailingCity", Cell::text(company.city)),
                        ("MailingCountry", Cell::text(company.country)),
                    ],
                ),
                PersonKind::Lead => {
                    Self::fill(
                        &mut row,
                        object,
                        [
                            ("Company", Cell::text(company.name.clone())),
                            ("City", Cell::text(company.city)),
                            ("Country", Cell::text(company.country)),
                        ],
                    );
                    let status = status_at(object, usize::from(!self.rng.random_bool(0.6)));
                    row.set_named(object, "Status", status);
                }
            }
            if let Some(contact) = person.converted_to.and_then(|place| ids.get(place)) {
                Self::fill(
                    &mut row,
                    object,
                    [
                        ("IsConverted", Cell::Flag(true)),
                        ("Status", status_at(object, 2)),
                        ("ConvertedContactId", Cell::Id(*contact)),
                        ("ConvertedAccountId", Cell::Id(accounts[person.company])),
                        ("ConvertedDate", Cell::Day(modified.date_naive())),
                    ],
                );
            }
            derive_person(object, &mut row);
            self.database.seed(object.name(), row);
            ids.push(id);
        }
        ids
    }
}

fn common(person: &Person) -> [(&'static str, Cell); 8] {
    [
        ("FirstName", Cell::text(person.first_name.clone())),
        ("LastName", Cell::text(person.last_name.clone())),
        ("Title", Cell::text(person.title.clone())),
        ("Email", Cell::optional_text(person.email.as_deref())),
        ("Phone", Cell::optional_text(person.phone.as_deref())),
        ("MobilePhone", Cell::optional_text(person.mobile.as_deref())),
        ("HasOptedOutOfEmail", Cell::Flag(person.email_opt_out)),
        ("DoNotCall", Cell::Flag(person.do_not_call)),
    ]
}
