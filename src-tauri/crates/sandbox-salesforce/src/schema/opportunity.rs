//! Opportunity, what a stage means for it, and OpportunityContactRole: who takes part in it.

use super::contact::LEAD_SOURCES;
use super::field::{Choice, Default, Field, choice, labelled};
use super::{DELETED, Definition, LAST_SEEN, ORDINARY, STAMPS};

const STAGES: &[Choice] = &[
    choice("Prospecting"),
    choice("Qualification"),
    choice("Needs Analysis"),
    choice("Proposal/Price Quote"),
    choice("Negotiation/Review"),
    choice("Closed Won"),
    choice("Closed Lost"),
];

const TYPES: &[Choice] = &[choice("Existing Business"), choice("New Business")];

const FORECASTS: &[Choice] = &[
    choice("Omitted"),
    choice("Pipeline"),
    labelled("BestCase", "Best Case"),
    labelled("MostLikely", "Most Likely"),
    labelled("Forecast", "Commit"),
    choice("Closed"),
];

const FORECAST_NAMES: &[Choice] =
    &[choice("Omitted"), choice("Pipeline"), choice("Best Case"), choice("Commit"), choice("Closed")];

const OWN: &[Field] = &[
    Field::id("Opportunity ID"),
    Field::reference("AccountId", "Account ID", &["Account"], "Account").write().children("Opportunities").cascading(),
    Field::boolean("IsPrivate", "Private").write(),
    Field::text("Name", "Name", 120).write().required().lookup().names_the_record(),
    Field::long_text("Description", "Description", 32_000).write(),
    Field::picklist("StageName", "Stage", 255, STAGES).write().required(),
    Field::currency("Amount", "Amount", 2).write(),
    Field::percent("Probability", "Probability (%)", 3, 0).write().defaults_to(Default::Platform),
    Field::currency("ExpectedRevenue", "Expected Amount", 2),
    Field::double("TotalOpportunityQuantity", "Quantity", 18, 2).write(),
    Field::date("CloseDate", "Close Date").write().required(),
    Field::picklist("Type", "Opportunity Type", 255, TYPES).write(),
    Field::text("NextStep", "Next Step", 255).write(),
    Field::picklist("LeadSource", "Lead Source", 255, LEAD_SOURCES).write(),
    Field::boolean("IsClosed", "Closed"),
    Field::boolean("IsWon", "Won"),
    Field::picklist("ForecastCategory", "Forecast Category", 40, FORECASTS).required().restricted(),
    Field::picklist("ForecastCategoryName", "Forecast Category", 255, FORECAST_NAMES)
        .write()
        .restricted()
        .defaults_to(Default::Platform),
    Field::reference("CampaignId", "Campaign ID", &["Campaign"], "Campaign").write().children("Opportunities"),
    Field::boolean("HasOpportunityLineItem", "Has Line Item"),
    Field::reference("OwnerId", "Owner ID", &["User"], "Owner").write().required().defaults_to(Default::Platform),
    Field::date("LastActivityDate", "Last Activity"),
    Field::date_time("LastStageChangeDate", "Last Stage Change Date"),
    Field::int("FiscalQuarter", "Fiscal Quarter", 8).part_of("Fiscal"),
    Field::int("FiscalYear", "Fiscal Year", 8).part_of("Fiscal"),
    Field::text("Fiscal", "Fiscal Period", 6),
    Field::reference("ContactId", "Contact ID", &["Contact"], "").create().children("Opportunities"),
    Field::boolean("HasOpenActivity", "Has Open Activity").unfilterable().unsortable(),
    Field::boolean("HasOverdueTask", "Has Overdue Task").unfilterable().unsortable(),
];

const ROLES: &[Choice] = &[
    choice("Business User"),
    choice("Decision Maker"),
    choice("Economic Buyer"),
    choice("Economic Decision Maker"),
    choice("Evaluator"),
    choice("Executive Sponsor"),
    choice("Influencer"),
    choice("Technical Buyer"),
    choice("Other"),
];

const OF_ROLE: &[Field] = &[
    Field::id("Contact Role ID"),
    Field::reference("OpportunityId", "Opportunity ID", &["Opportunity"], "Opportunity")
        .create()
        .required()
        .children("OpportunityContactRoles")
        .cascading(),
    Field::reference("ContactId", "Contact ID", &["Contact"], "Contact")
        .write()
        .required()
        .children("OpportunityContactRoles")
        .cascading(),
    Field::picklist("Role", "Role", 255, ROLES).write(),
    Field::boolean("IsPrimary", "Primary").write(),
];

pub(super) const OPPORTUNITY_CONTACT_ROLE: Definition = Definition {
    name: "OpportunityContactRole",
    label: "Opportunity Contact Role",
    plural: "Opportunity Contact Role",
    prefix: "00K",
    searchable: false,
    undeletable: false,
    mru: false,
    fields: &[OF_ROLE, DELETED, STAMPS],
    ..ORDINARY
};

pub(super) const OPPORTUNITY: Definition = Definition {
    name: "Opportunity",
    label: "Opportunity",
    plural: "Opportunities",
    prefix: "006",
    feed: true,
    scopes: &[("everything", "All opportunities"), ("mine", "My opportunities"), ("team", "My team's opportunities")],
    fields: &[OWN, DELETED, STAMPS, LAST_SEEN],
    ..ORDINARY
};

/// What follows from a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    pub name: &'static str,
    pub probability: u8,
    pub closed: bool,
    pub won: bool,
    pub forecast: &'static str,
    pub forecast_name: &'static str,
}

const fn open(name: &'static str, probability: u8) -> Stage {
    Stage { name, probability, closed: false, won: false, forecast: "Pipeline", forecast_name: "Pipeline" }
}

const CONSEQUENCES: [Stage; 7] = [
    open("Prospecting", 10),
    open("Qualification", 10),
    open("Needs Analysis", 20),
    open("Proposal/Price Quote", 75),
    open("Negotiation/Review", 90),
    Stage {
        name: "Closed Won",
        probability: 100,
        closed: true,
        won: true,
        forecast: "Closed",
        forecast_name: "Closed",
    },
    Stage {
        name: "Closed Lost",
        probability: 0,
        closed: true,
        won: false,
        forecast: "Omitted",
        forecast_name: "Omitted",
    },
];

/// What follows from a stage; a stage that the org does not know counts as open.
pub fn stage(name: &str) -> Stage {
    CONSEQUENCES.into_iter().find(|stage| stage.name == name).unwrap_or(open("", 0))
}

/// The names of all stages, in their order.
pub fn stage_names() -> impl Iterator<Item = &'static str> {
    CONSEQUENCES.into_iter().map(|stage| stage.name)
}
