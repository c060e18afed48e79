//! With whom the user has an open opportunity: replaced as a whole, and gone with the copy of Salesforce.

use liaison_domain::Provider;
use liaison_store::tables::mirror;
use liaison_store::tables::open_opportunities::{OpportunityPart, has_part, replace};

use crate::fixture::Profile;

fn part(opportunity: &str, record: &str) -> OpportunityPart {
    OpportunityPart { opportunity_id: opportunity.to_owned(), record_id: record.to_owned() }
}

#[test]
fn parts_are_replaced_as_a_whole_and_only_what_differs_is_new() {
    let profile = Profile::new();
    let store = profile.open();
    let told = |parts: Vec<OpportunityPart>| store.write_now(|tx| replace(tx, &parts)).unwrap();
    let with = |record: &str| store.read_now(|db| has_part(db, record)).unwrap();
    // The same Contact may have two roles in one opportunity.
    assert!(told(vec![part("006a", "003a"), part("006a", "001a"), part("006a", "003a"), part("006b", "003a")]));
    assert_eq!(["003a", "001a", "003b", "006a"].map(with), [true, true, false, false]);
    assert!(!told(vec![part("006b", "003a"), part("006a", "001a"), part("006a", "003a")]), "in another order");
    assert!(told(vec![part("006b", "003b")]));
    assert_eq!(["003a", "001a", "003b"].map(with), [false, false, true]);
    store.write_now(|tx| mirror::erase(tx, Provider::Zoom)).unwrap();
    assert!(with("003b"));
    store.write_now(|tx| mirror::erase(tx, Provider::Salesforce)).unwrap();
    assert!(!with("003b"));
    assert!(!told(Vec::new()));
}
