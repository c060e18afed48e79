//! Campaign members: whose they are, which status they get, and the mirror of the person in them.

use super::super::super::cell::Cell;
use super::super::super::refusal::Refusal;
use super::super::super::schema::Object;
use super::super::database::Database;
use super::super::row::Row;
use super::Context;

/// A contact wins when both are given; an unknown status silently becomes the campaign's default.
pub(super) fn member(context: Context<'_>, row: &mut Row) -> Result<(), Refusal> {
    let object = context.object;
    if context.before.is_none() {
        choose_person(object, row)?;
    }
    mirror_person(context.database, object, row);
    let statuses = Statuses::of(context.database, row.named(object, "CampaignId"));
    let wanted = row.text(object, "Status");
    if !statuses.labels.iter().any(|(label, _)| label.eq_ignore_ascii_case(&wanted)) {
        row.set_named(object, "Status", Cell::text(statuses.default.clone()));
    }
    let status = row.text(object, "Status");
    let responded = statuses.labels.iter().any(|(label, responded)| *responded && label.eq_ignore_ascii_case(&status));
    row.set_named(object, "HasResponded", Cell::Flag(responded));
    if responded && row.named(object, "FirstRespondedDate").is_empty() {
        row.set_named(object, "FirstRespondedDate", Cell::Day(context.now.date_naive()));
    }
    Ok(())
}

fn choose_person(object: &Object, row: &mut Row) -> Result<(), Refusal> {
    let (lead, contact) = (row.named(object, "LeadId").clone(), row.named(object, "ContactId").clone());
    let (person, kind) = match (&lead, &contact) {
        (_, Cell::Id(_)) => (contact, "Contact"),
        (Cell::Id(_), _) => (lead, "Lead"),
        _ => {
            let text = "A campaign member needs a lead or a contact";
            return Err(Refusal::integrity("LeadId", text).on("ContactId"));
        }
    };
    if kind == "Contact" {
        row.set_named(object, "LeadId", Cell::Empty);
    }
    row.set_named(object, "LeadOrContactId", person);
    row.set_named(object, "Type", Cell::text(kind));
    Ok(())
}

/// Copies what a member shows of its person.
pub fn mirror_person(database: &Database, object: &Object, row: &mut Row) {
    const SAME: [&str; 14] = [
        "Salutation",
        "Name",
        "FirstName",
        "LastName",
        "Title",
        "Email",
        "Phone",
        "Fax",
        "MobilePhone",
        "DoNotCall",
        "HasOptedOutOfEmail",
        "HasOptedOutOfFax",
        "LeadSource",
        "Description",
    ];
    const PLACES: [&str; 5] = ["Street", "City", "State", "PostalCode", "Country"];
    let Some((target, person)) = row.named(object, "LeadOrContactId").as_id().and_then(|id| database.any(id)) else {
        return;
    };
    for field in SAME {
        row.set_named(object, field, person.named(target, field).clone());
    }
    for field in PLACES {
        let source = if target.name() == "Lead" { field.to_owned() } else { format!("Mailing{field}") };
        row.set_named(object, field, person.named(target, &source).clone());
    }
    let company = match person.named(target, "AccountId").as_id().and_then(|id| database.any(id)) {
        Some((account, found)) => found.named(account, "Name").clone(),
        None => person.named(target, "Company").clone(),
    };
    row.set_named(object, "CompanyOrAccount", company);
    row.set_named(object, "LeadOrContactOwnerId", person.named(target, "OwnerId").clone());
}

struct Statuses {
    /// Label, and whether it means that the person has responded.
    labels: Vec<(String, bool)>,
    default: String,
}

impl Statuses {
    fn of(database: &Database, campaign: &Cell) -> Self {
        let mut statuses = Self { labels: Vec::new(), default: "Sent".to_owned() };
        let Some(object) = database.object("CampaignMemberStatus") else { return statuses };
        for row in database.rows("CampaignMemberStatus") {
            if row.deleted || row.named(object, "CampaignId") != campaign {
                continue;
            }
            let label = row.text(object, "Label");
            if row.named(object, "IsDefault").is_true() {
                statuses.default.clone_from(&label);
            }
            statuses.labels.push((label, row.named(object, "HasResponded").is_true()));
        }
        statuses
    }
}
