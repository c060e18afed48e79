//! People: pages in any order, deletions, look-ups by id and address.

use liaison_store::tables::people::{
    PersonKind, Phone, count, delete_people, people_by_email, people_by_salesforce_id, person as find, upsert_page,
};
use liaison_store::tables::people_search::search_people;

use crate::fixture::{Profile, person};

#[test]
fn a_person_comes_back_as_stored() {
    let profile = Profile::new();
    let store = profile.open();
    let mut ada = person("003000000000001AAA", "Ada Lovelace");
    ada.id = "Contact:003000000000001AAA".to_owned();
    ada.record = PersonKind::Contact;
    ada.email = Some("Ada@Example.com".to_owned());
    ada.phones = vec![Phone { field: "MobilePhone".to_owned(), number: "+31 6 1234 5678".to_owned() }];
    ada.email_opt_out = true;
    let found = store
        .write_now(|tx| {
            upsert_page(tx, std::slice::from_ref(&ada))?;
            find(tx, &ada.id)
        })
        .unwrap();
    assert_eq!(found, Some(ada));
}

#[test]
fn an_older_row_never_replaces_a_newer_one() {
    let profile = Profile::new();
    let store = profile.open();
    let mut newer = person("1", "Ada King");
    newer.stamp_utc_ms = 20;
    let mut older = person("1", "Ada Byron");
    older.stamp_utc_ms = 10;
    let mut same_age = person("1", "Ada Lovelace");
    same_age.stamp_utc_ms = 20;
    store
        .write_now(|tx| {
            assert_eq!(upsert_page(tx, &[newer, older])?, 1);
            assert_eq!(find(tx, "Lead:1")?.unwrap().name, "Ada King");
            assert!(search_people(tx, "byron", 9)?.is_empty());
            assert_eq!(upsert_page(tx, &[same_age])?, 1);
            assert_eq!(search_people(tx, "lovelace", 9)?.len(), 1);
            assert!(search_people(tx, "king", 9)?.is_empty());
            Ok(())
        })
        .unwrap();
}

#[test]
fn deleted_people_keep_their_row_and_leave_the_search() {
    let profile = Profile::new();
    let store = profile.open();
    let mut gone_there = person("2", "Grace Hopper");
    gone_there.deleted = true;
    store
        .write_now(|tx| {
            upsert_page(tx, &[person("1", "Ada Lovelace"), gone_there])?;
            assert_eq!(count(tx)?, 1);
            assert_eq!(delete_people(tx, &["Lead:1", "Lead:unknown"])?, 1);
            assert_eq!(count(tx)?, 0);
            assert!(find(tx, "Lead:1")?.unwrap().deleted);
            assert!(search_people(tx, "ada", 9)?.is_empty());
            assert!(search_people(tx, "grace", 9)?.is_empty());
            // Undeleted there.
            let mut back = person("1", "Ada Lovelace");
            back.stamp_utc_ms = 2;
            upsert_page(tx, &[back])?;
            assert_eq!(search_people(tx, "ada", 9)?.len(), 1);
            Ok(())
        })
        .unwrap();
}

#[test]
fn people_are_found_by_address_in_any_case() {
    let profile = Profile::new();
    let store = profile.open();
    let with_address = |id: &str, email: &str| {
        let mut person = person(id, "Somebody");
        person.email = Some(email.to_owned());
        person
    };
    let mut converted = with_address("3", "SALES@example.com");
    converted.converted_to = Some("Contact:4".to_owned());
    let mut deleted = with_address("5", "sales@example.com");
    deleted.deleted = true;
    store
        .write_now(|tx| {
            upsert_page(
                tx,
                &[
                    with_address("1", "ada@example.com"),
                    with_address("2", "Sales@Example.com"),
                    converted,
                    deleted,
                    person("6", "No address"),
                ],
            )?;
            let found = people_by_email(tx, &[" sales@EXAMPLE.com", "nobody@example.com"])?;
            let ids: Vec<_> = found.iter().map(|person| person.id.as_str()).collect();
            assert_eq!(ids, ["Lead:2", "Lead:3"]);
            assert_eq!(found[1].converted_to.as_deref(), Some("Contact:4"));
            assert!(people_by_email(tx, &[])?.is_empty());
            assert_eq!(people_by_salesforce_id(tx, &["5", "6", "7"])?.len(), 2);
            Ok(())
        })
        .unwrap();
}
