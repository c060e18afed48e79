//! Opportunities as a pull reads them. Source: Object Reference, "Opportunity".

use chrono::NaiveDate;

use super::person::Parent;
use super::record_macro::pulled_record;
use crate::SalesforceId;

pulled_record! {
    /// An Opportunity.
    Opportunity = "Opportunity" {
        /// Name.
        name: Option<String> = "Name";
        /// Account.
        account_id: Option<SalesforceId> = "AccountId";
        /// Account's name.
        account: Option<Parent> = "Account", "Account.Name";
        /// Stage, as the org names it.
        stage_name: Option<String> = "StageName";
        /// Amount, in the org's or the record's currency.
        amount: Option<f64> = "Amount";
        /// Chance, 0 to 100.
        probability: Option<f64> = "Probability";
        /// The day it should be closed.
        #[serde(deserialize_with = "crate::moment::optional_day")]
        close_date: Option<NaiveDate> = "CloseDate";
        /// The next step.
        next_step: Option<String> = "NextStep";
        /// The Campaign it came from.
        campaign_id: Option<SalesforceId> = "CampaignId";
        /// It is decided.
        is_closed: Option<bool> = "IsClosed";
        /// It was won.
        is_won: Option<bool> = "IsWon";
        /// Owner.
        owner_id: Option<SalesforceId> = "OwnerId";
        /// Owner's name.
        owner: Option<Parent> = "Owner", "Owner.Name";
    }
}
