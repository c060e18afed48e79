//! Several currencies in one org: every record says in which one its amounts are (Object Reference,
//! `CurrencyIsoCode`: "only for organizations with the multicurrency feature enabled").

use super::field::{Choice, Default, Field, labelled};

/// The active ones; the first is the corporate currency.
const CURRENCIES: &[Choice] =
    &[labelled("EUR", "Euro"), labelled("GBP", "British Pound"), labelled("USD", "U.S. Dollar")];

const OF_RECORD: Field = Field::picklist("CurrencyIsoCode", "Currency ISO Code", 255, CURRENCIES)
    .write()
    .restricted()
    .defaults_to(Default::Choice("EUR"));

const OF_USER: &[Field] = &[
    Field::picklist("CurrencyIsoCode", "User Currency ISO Code", 255, CURRENCIES)
        .required()
        .restricted()
        .defaults_to(Default::Choice("EUR")),
    Field::picklist("DefaultCurrencyIsoCode", "Default Currency ISO Code", 255, CURRENCIES)
        .restricted()
        .defaults_to(Default::Choice("EUR")),
];

/// What an object has more of where there are several currencies.
pub(super) fn fields(object: &str) -> &'static [Field] {
    match object {
        "Account" | "Campaign" | "CampaignMember" | "Case" | "Contact" | "Event" | "Lead" | "Opportunity" | "Task" => {
            &[OF_RECORD]
        }
        "User" => OF_USER,
        _ => &[],
    }
}
