//! The world's companies and people as records, with a history: created over two years, changed
//! since, some of them in one bulk load with one and the same stamp.

mod people;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::world::people::{Company, People, PersonKind};
use liaison_sandbox_kernel::{Shared, WorldKind};
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::cell::Cell;
use super::ids::RecordId;
use super::org::Org;
use super::records::write::Writer;
use super::records::{Database, Row, derive_person};
use super::rules::Saving;
use super::schema::{Object, stage_names};

/// Fills an empty org.
pub fn fill(database: &mut Database, shared: &Shared, org: &Org, now: DateTime<Utc>) {
    let rng = ChaCha8Rng::seed_from_u64(shared.config.seed ^ 0x5a1e_5f0c);
    let schema = std::sync::Arc::clone(&database.schema);
    let mut seeder = Seeder {
        database,
        org,
        now,
        rng,
        colleague: RecordId::numbered("005", org.marker, 2),
        templates: HashMap::new(),
    };
    let object = |name: &str| schema.object(name);
    if let (Some(organization), Some(profile), Some(user), Some(status)) =
        (object("Organization"), object("Profile"), object("User"), object("TaskStatus"))
    {
        seeder.organization(organization);
        let standard = seeder.profiles(profile);
        seeder.users(user, standard);
        seeder.task_statuses(status);
    }
    if shared.config.world == WorldKind::Empty {
        return;
    }
    if let (Some(account), Some(contact), Some(lead)) = (object("Account"), object("Contact"), object("Lead")) {
        let accounts: Vec<RecordId> =
            shared.people.companies.iter().map(|company| seeder.account(account, company)).collect();
        let people = seeder.people(&shared.people, contact, lead, &accounts);
        seeder.opportunities(&shared.people.companies, &accounts);
        if account.has("IsPersonAccount") {
            seeder.person_accounts(&shared.people);
        }
        if let Some(campaigns) = object("Campaign") {
            seeder.campaigns(campaigns, &shared.people, &people);
        }
    }
    // Nothing of this is an effect of a request.
    drop(database.commit());
}

struct Seeder<'a> {
    database: &'a mut Database,
    org: &'a Org,
    now: DateTime<Utc>,
    rng: ChaCha8Rng,
    colleague: RecordId,
    /// A row of each object with its defaults, to copy from.
    templates: HashMap<&'static str, Row>,
}

impl Seeder<'_> {
    fn row(
        &mut self,
        object: &Object,
        id: RecordId,
        created: DateTime<Utc>,
        modified: DateTime<Utc>,
        owner: RecordId,
    ) -> Row {
        let template = self.templates.entry(object.name()).or_insert_with(|| Row::with_defaults(object, id));
        let mut row = template.copied_to(object, id);
        Self::fill(
            &mut row,
            object,
            [
                ("OwnerId", Cell::Id(owner)),
                ("CreatedById", Cell::Id(owner)),
                ("LastModifiedById", Cell::Id(owner)),
                ("CreatedDate", Cell::Moment(created)),
                ("LastModifiedDate", Cell::Moment(modified)),
                ("SystemModstamp", Cell::Moment(modified)),
            ],
        );
        row
    }

    fn fill(row: &mut Row, object: &Object, cells: impl IntoIterator<Item = (&'static str, Cell)>) {
        for (field, cell) in cells {
            row.set_named(object, field, cell);
        }
    }

    fn organization(&mut self, object: &Object) {
        let born = self.now - TimeDelta::days(1_200);
        let mut row = self.row(object, self.org.id, born, born, self.org.user_id);
        Self::fill(
            &mut row,
            object,
            [
                ("Name", Cell::text(self.org.name)),
                ("Country", Cell::text("NL")),
                ("DefaultLocaleSidKey", Cell::text("en_US")),
                ("LanguageLocaleKey", Cell::text("en_US")),
                ("TimeZoneSidKey", Cell::text(self.org.zone.name())),
                ("OrganizationType", Cell::text("Developer Edition")),
                ("InstanceName", Cell::text("LZ1")),
                ("SignupCountryIsoCode", Cell::text("NL")),
                ("PrimaryContact", Cell::text(format!("{} {}", self.org.rep.first_name, self.org.rep.last_name))),
                ("IsSandbox", Cell::Flag(true)),
                ("FiscalYearStartMonth", Cell::Whole(1)),
            ],
        );
        self.database.seed(object.name(), row);
    }

    /// What users may do; answers with the profile of ordinary ones.
    fn profiles(&mut self, object: &Object) -> RecordId {
        let born = self.now - TimeDelta::days(1_200);
        let id = |number| RecordId::numbered("00e", self.org.marker, number);
        let (standard, administrator) = (id(1), id(2));
        for (id, name, rules) in [(standard, "Standard User", false), (administrator, "System Administrator", true)] {
            let mut row = self.row(object, id, born, born, self.org.user_id);
            Self::fill(
                &mut row,
                object,
                [
                    ("Name", Cell::text(name)),
                    ("UserType", Cell::text("Standard")),
                    ("PermissionsEditTask", Cell::Flag(true)),
                    ("PermissionsEditEvent", Cell::Flag(true)),
                    ("PermissionsApiEnabled", Cell::Flag(true)),
                    ("PermissionsModifyAllData", Cell::Flag(rules)),
                ],
            );
            self.database.seed(object.name(), row);
        }
        standard
    }

    fn users(&mut self, object: &Object, profile: RecordId) {
        let born = self.now - TimeDelta::days(1_000);
        let rep = &self.org.rep;
        let people = [
            (self.org.user_id, rep.first_name.clone(), rep.last_name.clone(), rep.email.clone(), true),
            (
                self.colleague,
                "Noor".to_owned(),
                "El Amrani".to_owned(),
                "noor.elamrani@northwind.example.com".to_owned(),
                true,
            ),
            (
                RecordId::numbered("005", self.org.marker, 3),
                "Jonas".to_owned(),
                "Weber".to_owned(),
                "jonas.weber@northwind.example.com".to_owned(),
                false,
            ),
        ];
        let campaigns = self.database.object("Campaign");
        let marketing = campaigns.is_some_and(|campaigns| campaigns.definition.createable);
        for (id, first, last, email, active) in people {
            let mut row = self.row(object, id, born, born, self.org.user_id);
            let alias: String = email.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
            Self::fill(
                &mut row,
                object,
                [
                    ("Username", Cell::text(email.clone())),
                    ("CommunityNickname", Cell::text(email.split('@').next().unwrap_or_default())),
                    ("Email", Cell::text(email)),
                    ("FirstName", Cell::text(first)),
                    ("LastName", Cell::text(last)),
                    ("Alias", Cell::text(alias)),
                    ("IsActive", Cell::Flag(active)),
                    ("TimeZoneSidKey", Cell::text(self.org.zone.name())),
                    ("LocaleSidKey", Cell::text("en_US")),
                    ("EmailEncodingKey", Cell::text("UTF-8")),
                    ("LanguageLocaleKey", Cell::text("en_US")),
                    ("UserType", Cell::text("Standard")),
                    ("ProfileId", Cell::Id(profile)),
                    ("UserPermissionsMarketingUser", Cell::Flag(marketing)),
                    ("CompanyName", Cell::text("Northwind")),
                ],
            );
            derive_person(object, &mut row);
            self.database.seed(object.name(), row);
        }
    }

    fn task_statuses(&mut self, object: &Object) {
        let born = self.now - TimeDelta::days(1_200);
        let schema = std::sync::Arc::clone(&self.database.schema);
        let statuses = schema.object("Task").and_then(|task| task.find("Status")).map(|(_, field)| field.picklist);
        for (order, status) in (1..).zip(statuses.unwrap_or_default()) {
            // The third one is the one that closes a task, in every language.
            let (name, closed) = (status.value, order == 3);
            let id = self.database.fresh_id(object.definition.prefix);
            let mut row = self.row(object, id, born, born, self.org.user_id);
            Self::fill(
                &mut row,
                object,
                [
                    ("MasterLabel", Cell::text(name)),
                    ("ApiName", Cell::text(name)),
                    ("SortOrder", Cell::Whole(order)),
                    ("IsDefault", Cell::Flag(order == 1)),
                    ("IsClosed", Cell::Flag(closed)),
                ],
            );
            self.database.seed(object.name(), row);
        }
    }

    /// When a record was made and last changed; every fifth in the same bulk load.
    fn history(&mut self) -> (DateTime<Utc>, DateTime<Utc>) {
        if self.rng.random_ratio(1, 5) {
            let load = self.now - TimeDelta::days(200);
            return (load, load);
        }
        let age = self.rng.random_range(86_400..730 * 86_400_i64);
        let since = self.rng.random_range(3_600..=age);
        (self.now - TimeDelta::seconds(age), self.now - TimeDelta::seconds(since))
    }

    fn owner(&mut self) -> RecordId {
        if self.rng.random_ratio(1, 8) { self.colleague } else { self.org.user_id }
    }

    fn account(&mut self, object: &Object, company: &Company) -> RecordId {
        let (created, modified) = self.history();
        let owner = self.owner();
        let id = self.database.fresh_id(object.definition.prefix);
        let industry = self.choice(object, "Industry");
        let mut row = self.row(object, id, created, modified, owner);
        Self::fill(
            &mut row,
            object,
            [
                ("Name", Cell::text(company.name.clone())),
                ("Phone", Cell::text(company.phone.clone())),
                ("Website", Cell::text(format!("https://www.{}", company.domain))),
                ("BillingCity", Cell::text(company.city)),
                ("BillingCountry", Cell::text(company.country)),
                ("Industry", industry),
                ("Type", Cell::text("Prospect")),
            ],
        );
        self.database.seed(object.name(), row);
        id
    }

    fn choice(&mut self, object: &Object, field: &str) -> Cell {
        let Some((_, field)) = object.find(field) else { return Cell::Empty };
        field.picklist.choose(&mut self.rng).map_or(Cell::Empty, |choice| Cell::text(choice.value))
    }

    fn opportunities(&mut self, companies: &[Company], accounts: &[RecordId]) {
        let stages: Vec<&str> = stage_names().collect();
        for (company, account) in companies.iter().zip(accounts) {
            if self.rng.random_ratio(2, 5) {
                continue;
            }
            let stage = stages.choose(&mut self.rng).copied().unwrap_or("Prospecting");
            let close = self.now.date_naive() + TimeDelta::days(self.rng.random_range(-200..200));
            let amount = self.rng.random_range(5..400) * 500;
            let name: String = format!("{} rollout", company.name).chars().take(120).collect();
            let (created, modified) = self.history();
            self.create(
                "Opportunity",
                created,
                modified,
                &json!({
                    "Name": name,
                    "AccountId": account.as_str(),
                    "StageName": stage,
                    "CloseDate": close.to_string(),
                    "Amount": amount,
                }),
            );
        }
    }

    /// Some of the leads' namesakes are private customers.
    fn person_accounts(&mut self, world: &People) {
        for person in world.people.iter().skip(7).step_by(25).take(12) {
            let (created, modified) = self.history();
            let body = json!({
                "FirstName": person.first_name,
                "LastName": person.last_name,
                "PersonEmail": person.email,
                "PersonMobilePhone": person.mobile,
            });
            self.create("Account", created, modified, &body);
        }
    }

    fn campaigns(&mut self, campaigns: &Object, world: &People, people: &[RecordId]) {
        for (number, name) in (0_usize..).zip(["Product tour for newcomers", "Roadmap webinar"]) {
            let created = self.now - TimeDelta::days(60);
            let start = self.now.date_naive() - TimeDelta::days(20) + TimeDelta::days(if number == 0 { 0 } else { 35 });
            let body = json!({
                "Name": name,
                "Type": "Webinar",
                "Status": status_at(campaigns, if number == 0 { 2 } else { 0 }).to_json(),
                "IsActive": number == 1,
                "StartDate": start.to_string(),
                "EndDate": start.to_string(),
            });
            let Some(campaign) = self.create("Campaign", created, created, &body) else { continue };
            let members = world.people.iter().zip(people).skip(40 + number).step_by(9).take(25);
            let members: Vec<Value> = members
                .filter(|(person, _)| person.converted_to.is_none())
                .map(|(person, id)| {
                    let field = if person.kind == PersonKind::Lead { "LeadId" } else { "ContactId" };
                    json!({ "CampaignId": campaign.as_str(), field: id.as_str() })
                })
                .collect();
            for member in members {
                self.create("CampaignMember", created, created, &member);
            }
        }
    }

    /// Creates through the ordinary way and then makes the record as old as it should be.
    fn create(
        &mut self,
        name: &'static str,
        created: DateTime<Utc>,
        modified: DateTime<Utc>,
        body: &Value,
    ) -> Option<RecordId> {
        let mut writer = Writer {
            database: self.database,
            now: self.now,
            user: self.org.user_id,
            saving: Saving::default(),
            privileged: true,
        };
        let id = writer.create(name, body.as_object()?).ok()?;
        let schema = std::sync::Arc::clone(&self.database.schema);
        let object = schema.object(name)?;
        let mut row = self.database.row(name, id)?.clone();
        Self::fill(
            &mut row,
            object,
            [
                ("CreatedDate", Cell::Moment(created)),
                ("LastModifiedDate", Cell::Moment(modified)),
                ("SystemModstamp", Cell::Moment(modified)),
            ],
        );
        self.database.seed(name, row);
        Some(id)
    }
}

/// One of the statuses of an object, by its place in the list.
fn status_at(object: &Object, place: usize) -> Cell {
    let status = object.find("Status").and_then(|(_, field)| field.picklist.get(place));
    status.map_or(Cell::Empty, |status| Cell::text(status.value))
}
