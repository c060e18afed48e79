//! People: pages in any order, deletions, look-ups by id and address.

use liaison_domain::RecordKind;
use liaison_store::tables::links::{LinkRecord, insert_link, links_for};
use liaison_store::tables::people::{
    GonePerson, PersonRecord, Phone, count, live_ids, people_by_email, people_by_salesforce_id, person as find,
    remove_people, successor, upsert_page,
};
use liaison_store::tables::people_search::search_people;

use crate::fixture::{Profile, link, person};

#[test]
fn a_person_comes_back_as_stored() {
    let profile = Profile::new();
    let store = profile.open();
    let mut ada = person("003000000000001AAA", "Ada Lovelace");
    ada.id = "Contact:003000000000001AAA".to_owned();
    ada.record = RecordKind::Contact;
    ada.email = Some("Ada@Example.com".to_owned());
    ada.more_emails = vec!["ada@home.example".to_owned()];
    ada.field_hash = "00ff".to_owned();
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

fn gone(id: &str, merged_into: Option<&str>) -> GonePerson {
    GonePerson { id: id.to_owned(), merged_into: merged_into.map(str::to_owned) }
}

fn linked(meeting: &str, person: &str) -> LinkRecord {
    let record_kind = if person == "L" { RecordKind::Lead } else { RecordKind::Contact };
    LinkRecord { record_kind, ..link(&format!("{meeting}-{person}"), meeting, person) }
}

#[test]
fn a_touch_is_no_change() {
    let profile = Profile::new();
    let store = profile.open();
    let said = |hash: &str, stamp_utc_ms: i64| PersonRecord {
        field_hash: hash.to_owned(),
        stamp_utc_ms,
        ..person("1", "Ada Lovelace")
    };
    store
        .write_now(|tx| {
            assert_eq!(upsert_page(tx, &[said("a", 10)])?, 1);
            assert_eq!(upsert_page(tx, &[said("a", 20)])?, 0);
            assert_eq!(find(tx, "Lead:1")?.unwrap().stamp_utc_ms, 20);
            // Older than the touch, so it must not win.
            assert_eq!(upsert_page(tx, &[said("b", 15), said("a", 15)])?, 0);
            assert_eq!(find(tx, "Lead:1")?.unwrap().field_hash, "a");
            assert_eq!(upsert_page(tx, &[said("b", 30)])?, 1);
            // Without a hash nothing is known to be the same.
            assert_eq!(upsert_page(tx, &[said("", 40), said("", 40)])?, 2);
            Ok(())
        })
        .unwrap();
}

#[test]
fn of_deleted_people_nothing_stays_but_a_linked_name() {
    let profile = Profile::new();
    let store = profile.open();
    let full = |id: &str, name: &str| PersonRecord {
        email: Some("ada@example.com".to_owned()),
        phones: vec![Phone { field: "Phone".to_owned(), number: "1".to_owned() }],
        field_hash: "a".to_owned(),
        ..person(id, name)
    };
    store
        .write_now(|tx| {
            upsert_page(tx, &[full("1", "Ada Lovelace"), full("2", "Grace Hopper")])?;
            insert_link(tx, &linked("m", "2"))?;
            let both = [gone("Lead:1", None), gone("Lead:2", None), gone("Lead:unknown", None)];
            assert_eq!(remove_people(tx, &both)?, 2);
            assert_eq!(remove_people(tx, &both)?, 0);
            assert_eq!(count(tx)?, 0);
            assert_eq!(find(tx, "Lead:1")?, None);
            let kept = find(tx, "Lead:2")?.unwrap();
            assert_eq!(
                (kept.name.as_str(), kept.deleted, kept.email, kept.phones.len()),
                ("Grace Hopper", true, None, 0)
            );
            assert!(people_by_email(tx, &["ada@example.com"])?.is_empty());
            assert!(live_ids(tx, RecordKind::Lead)?.is_empty());
            // Undeleted there, with the same words as before.
            assert_eq!(upsert_page(tx, &[PersonRecord { stamp_utc_ms: 2, ..full("2", "Grace Hopper") }])?, 1);
            assert_eq!(search_people(tx, "grace", 9)?.len(), 1);
            assert_eq!(people_by_email(tx, &["ada@example.com"])?.len(), 1);
            assert_eq!(live_ids(tx, RecordKind::Lead)?, ["Lead:2"]);
            Ok(())
        })
        .unwrap();
}

#[test]
fn links_follow_merges_and_conversions() {
    let profile = Profile::new();
    let store = profile.open();
    let contact = |id: &str, name: &str| PersonRecord {
        id: format!("Contact:{id}"),
        record: RecordKind::Contact,
        ..person(id, name)
    };
    store
        .write_now(|tx| {
            upsert_page(tx, &[contact("A", "Ada L."), contact("B", "Ada Lovelace"), person("L", "Ada, a Lead")])?;
            for (meeting, person) in [("one", "A"), ("two", "A"), ("two", "B"), ("three", "L")] {
                insert_link(tx, &linked(meeting, person))?;
            }
            let converted = PersonRecord {
                converted_to: Some("Contact:A".to_owned()),
                stamp_utc_ms: 2,
                ..person("L", "Ada, a Lead")
            };
            upsert_page(tx, &[converted])?;
            remove_people(tx, &[gone("Contact:A", Some("Contact:B"))])?;
            for meeting in ["one", "two", "three"] {
                let links = links_for(tx, "meeting", meeting)?;
                let shown: Vec<_> = links.iter().map(|link| (link.record_id.as_str(), link.record_kind)).collect();
                assert_eq!(shown, [("B", RecordKind::Contact)], "{meeting}");
            }
            assert_eq!(links_for(tx, "meeting", "one")?[0].record_name, "Ada Lovelace");
            for id in ["Lead:L", "Contact:A", "Contact:B"] {
                assert_eq!(successor(tx, id)?, "Contact:B");
            }
            assert_eq!(successor(tx, "Contact:unknown")?, "Contact:unknown");
            // Two that point at each other.
            upsert_page(tx, &[contact("X", "X"), contact("Y", "Y")])?;
            remove_people(tx, &[gone("Contact:X", Some("Contact:Y")), gone("Contact:Y", Some("Contact:X"))])?;
            successor(tx, "Contact:X")?;
            Ok(())
        })
        .unwrap();
}

#[test]
fn all_addresses_of_a_person_count() {
    let profile = Profile::new();
    let store = profile.open();
    let with = |email: Option<&str>, more: &[&str], stamp_utc_ms: i64| PersonRecord {
        email: email.map(str::to_owned),
        more_emails: more.iter().map(|email| (*email).to_owned()).collect(),
        stamp_utc_ms,
        ..person("1", "Ada Lovelace")
    };
    store
        .write_now(|tx| {
            upsert_page(tx, &[with(Some("Ada@example.com"), &["ada@home.example", "ADA@example.com"], 1)])?;
            let both = ["ada@example.com", "Ada@Home.example"];
            assert_eq!(people_by_email(tx, &both)?.len(), 1);
            assert_eq!(people_by_email(tx, &both[1..])?.len(), 1);
            assert_eq!(search_people(tx, "home.example", 9)?.len(), 1);
            upsert_page(tx, &[with(None, &["ada@work.example"], 2)])?;
            assert!(people_by_email(tx, &both)?.is_empty());
            assert_eq!(people_by_email(tx, &["ada@work.example"])?.len(), 1);
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
