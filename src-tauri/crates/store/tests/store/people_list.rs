//! The list of people: what filters leave, what is found, in which order, by which index.

use std::collections::BTreeSet;
use std::sync::Mutex;

use liaison_domain::{Provider, RecordKind};
use liaison_store::Store;
use liaison_store::tables::mirror;
use liaison_store::tables::people::{GonePerson, PersonRecord, Phone, remove_people, rename_account, upsert_page};
use liaison_store::tables::people_listed::{self as listed, Kinds, PeopleFilter, PeopleOrder, Touch};
use liaison_store::tables::people_lists::{self, PeopleListRecord};
use liaison_store::tables::people_phones::{self, PhoneRules};
use liaison_store::tables::people_search::search_people;
use liaison_store::tables::people_times;
use proptest::prelude::*;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::fixture::{Profile, person};

/// Noon UTC of 2026-11-20.
pub const ACTIVITY: i64 = 1_795_176_000_000;

fn contact(id: &str, name: &str) -> PersonRecord {
    PersonRecord { id: format!("Contact:{id}"), record: RecordKind::Contact, ..person(id, name) }
}

/// Two Leads, one of them converted, two Contacts and a person account.
fn everybody() -> Vec<PersonRecord> {
    vec![
        PersonRecord {
            company: Some("Ångström Textiles".to_owned()),
            email: Some("bjorn@angstrom.example".to_owned()),
            owner_id: Some("005me".to_owned()),
            activity_day: Some("2026-11-20".to_owned()),
            phones: vec![Phone { field: "MobilePhone".to_owned(), number: "+31 6 1234 5678".to_owned() }],
            account_id: Some("001".to_owned()),
            ..contact("1", "Björn Lindahl")
        },
        PersonRecord {
            company: Some("Keystone Tools".to_owned()),
            owner_id: Some("005other".to_owned()),
            ..person("2", "Avery McAllister")
        },
        PersonRecord {
            person_account: true,
            email: Some("celia@home.example".to_owned()),
            owner_id: Some("005me".to_owned()),
            ..contact("3", "Célia Fontaine")
        },
        PersonRecord {
            company: Some("Keystone Tools".to_owned()),
            converted_to: Some("Contact:1".to_owned()),
            ..person("4", "Björn Lindahl (old)")
        },
        PersonRecord {
            company: Some("Keystone Tools".to_owned()),
            email: Some("dario@keystone.example".to_owned()),
            owner_id: Some("005me".to_owned()),
            account_id: Some("002".to_owned()),
            ..contact("5", "Dario Bellucci")
        },
    ]
}

pub fn filled() -> (Profile, Store) {
    let profile = Profile::new();
    let store = profile.open();
    store.write_now(|tx| upsert_page(tx, &everybody())).unwrap();
    (profile, store)
}

fn names(store: &Store, filter: &PeopleFilter, order: PeopleOrder) -> Vec<String> {
    store
        .read_now(|db| {
            let page = listed::page(db, filter, order, 0, 200)?;
            assert_eq!(u32::try_from(page.len()).unwrap(), listed::count(db, filter)?, "{filter:?}");
            Ok(page.into_iter().map(|one| one.person.name).collect())
        })
        .unwrap()
}

fn found(store: &Store, query: &str) -> Vec<String> {
    names(store, &PeopleFilter { query: query.to_owned(), ..PeopleFilter::default() }, PeopleOrder::Name)
}

#[test]
fn each_filter_leaves_those_that_it_names() {
    let (_profile, store) = filled();
    let kept = |filter: PeopleFilter| names(&store, &filter, PeopleOrder::Name);
    let all = PeopleFilter::default;
    assert_eq!(kept(all()), ["Avery McAllister", "Björn Lindahl", "Célia Fontaine", "Dario Bellucci"]);
    assert_eq!(kept(PeopleFilter { kinds: Kinds::Leads, ..all() }), ["Avery McAllister"]);
    assert_eq!(kept(PeopleFilter { kinds: Kinds::Contacts, ..all() }), ["Björn Lindahl", "Dario Bellucci"]);
    assert_eq!(kept(PeopleFilter { kinds: Kinds::PersonAccounts, ..all() }), ["Célia Fontaine"]);
    assert_eq!(kept(PeopleFilter { kinds: Kinds::Converted, ..all() }), ["Björn Lindahl (old)"]);
    let mine = PeopleFilter { owner_id: Some("005me".to_owned()), ..all() };
    assert_eq!(kept(mine), ["Björn Lindahl", "Célia Fontaine", "Dario Bellucci"]);
    assert!(kept(PeopleFilter { owner_id: Some("005nobody".to_owned()), ..all() }).is_empty());
    assert_eq!(kept(PeopleFilter { has_email: true, ..all() }).len(), 3);
    assert_eq!(kept(PeopleFilter { touch: Touch::Since(ACTIVITY), ..all() }), ["Björn Lindahl"]);
    assert_eq!(kept(PeopleFilter { touch: Touch::Since(ACTIVITY + 1), ..all() }), Vec::<String>::new());
    assert_eq!(kept(PeopleFilter { touch: Touch::Before(ACTIVITY), ..all() }).len(), 3);
    let company = PeopleFilter { company: Some("KEYSTONE tools".to_owned()), ..all() };
    assert_eq!(kept(company.clone()), ["Avery McAllister", "Dario Bellucci"]);
    assert_eq!(kept(PeopleFilter { has_email: true, ..company }), ["Dario Bellucci"]);
}

#[test]
fn each_order_is_what_it_is_called() {
    let (_profile, store) = filled();
    let by = |order| names(&store, &PeopleFilter::default(), order);
    assert_eq!(by(PeopleOrder::Name), ["Avery McAllister", "Björn Lindahl", "Célia Fontaine", "Dario Bellucci"]);
    assert_eq!(by(PeopleOrder::NameBack), ["Dario Bellucci", "Célia Fontaine", "Björn Lindahl", "Avery McAllister"]);
    // Without a company last.
    assert_eq!(by(PeopleOrder::Company), ["Björn Lindahl", "Avery McAllister", "Dario Bellucci", "Célia Fontaine"]);
    assert_eq!(by(PeopleOrder::CompanyBack)[0], "Célia Fontaine");
    assert_eq!(by(PeopleOrder::Touched)[0], "Björn Lindahl");
    assert_eq!(by(PeopleOrder::Untouched)[3], "Björn Lindahl");
}

#[test]
fn any_part_of_a_number_finds_it_however_it_is_typed() {
    let (_profile, store) = filled();
    store.write_now(|tx| people_phones::rebuild(tx, &PhoneRules::now("NL"))).unwrap();
    for query in ["5678", "06 1234", "0612345", "+31 6 12345678", "(06)", "31612", "bjorn 5678", "345 lind"] {
        assert_eq!(found(&store, query), ["Björn Lindahl"], "{query}");
    }
    assert!(found(&store, "9876").is_empty());
    assert_eq!(store.read_now(|db| search_people(db, "12345", 9)).unwrap().len(), 1);
}

#[test]
fn a_search_finds_the_same_when_everything_changes_at_once() {
    let (_profile, store) = filled();
    let agrees = || {
        let check = "INSERT INTO people_search (people_search, rank) VALUES ('integrity-check', 1)";
        store.write_now(|tx| Ok(tx.execute(check, [])?)).unwrap();
    };
    let many: Vec<_> = (0..1_200)
        .map(|n| PersonRecord {
            phones: vec![Phone { field: "Phone".to_owned(), number: format!("06 5550 {n:04}") }],
            ..contact(&format!("many{n}"), &format!("Anne Many {n:04}"))
        })
        .collect();
    store.write_now(|tx| upsert_page(tx, &many)).unwrap();
    assert!(found(&store, "31655500007").is_empty(), "no country is known yet");
    store.write_now(|tx| people_phones::rebuild(tx, &PhoneRules::now("NL"))).unwrap();
    assert_eq!(found(&store, "31655500007"), ["Anne Many 0007"]);
    agrees();
    let gone: Vec<_> = (8..1_200).map(|n| GonePerson { id: format!("Contact:many{n}"), merged_into: None }).collect();
    assert_eq!(store.write_now(|tx| remove_people(tx, &gone)).unwrap(), 1_192);
    assert_eq!(found(&store, "anne many").len(), 8);
    agrees();
    // And one by one again.
    store.write_now(|tx| upsert_page(tx, &[contact("late", "Late Comer")])).unwrap();
    assert_eq!(found(&store, "comer"), ["Late Comer"]);
    store.write_now(|tx| mirror::erase(tx, Provider::Salesforce)).unwrap();
    assert!(found(&store, "anne").is_empty());
    store.write_now(|tx| upsert_page(tx, &many[..1])).unwrap();
    assert_eq!(found(&store, "anne"), ["Anne Many 0000"]);
    agrees();
}

#[test]
fn a_word_of_signs_is_found_as_it_is_written() {
    let (_profile, store) = filled();
    let mut round = contact("9", "Otto Always");
    round.company = Some("24/7 Couriers & Sons".to_owned());
    store.write_now(|tx| upsert_page(tx, &[round])).unwrap();
    for query in ["24/7", "24/7 couriers", "couriers & sons"] {
        assert_eq!(found(&store, query), ["Otto Always"], "{query}");
    }
}

#[test]
fn hostile_queries_find_nothing_and_break_nothing() {
    let (_profile, store) = filled();
    for query in ["\" OR *", "\"", "NEAR(", "name:bjorn*", "'; DROP TABLE people; --", "^", "{a b}:c"] {
        assert!(found(&store, query).is_empty(), "{query}");
    }
    assert_eq!(found(&store, "").len(), 4);
    assert_eq!(found(&store, " \u{301} ").len(), 4);
}

#[test]
fn who_is_renamed_converted_or_gone_moves_with_it() {
    let (_profile, store) = filled();
    store.write_now(|tx| rename_account(tx, "002", Some("Anvil Works"))).unwrap();
    assert_eq!(found(&store, "anvil"), ["Dario Bellucci"]);
    assert_eq!(names(&store, &PeopleFilter::default(), PeopleOrder::Company)[1], "Dario Bellucci");
    let converted =
        PersonRecord { converted_to: Some("Contact:5".to_owned()), stamp_utc_ms: 2, ..person("2", "Avery McAllister") };
    let gone = GonePerson { id: "Contact:3".to_owned(), merged_into: Some("Contact:1".to_owned()) };
    store
        .write_now(|tx| {
            upsert_page(tx, &[converted])?;
            remove_people(tx, &[gone])
        })
        .unwrap();
    assert_eq!(names(&store, &PeopleFilter::default(), PeopleOrder::Name), ["Björn Lindahl", "Dario Bellucci"]);
    let converted = PeopleFilter { kinds: Kinds::Converted, query: "avery".to_owned(), ..PeopleFilter::default() };
    assert_eq!(names(&store, &converted, PeopleOrder::Name), ["Avery McAllister"]);
}

#[test]
fn members_of_a_list_are_those_who_are_here() {
    let (_profile, store) = filled();
    let campaign =
        PeopleListRecord { id: "Campaign:701".to_owned(), name: "Refit".to_owned(), fetched_utc_ms: 1, cut: false };
    let put = |members: &[&str]| {
        let members: Vec<String> = members.iter().map(|id| (*id).to_owned()).collect();
        store.write_now(|tx| people_lists::put(tx, &campaign, &members)).unwrap();
    };
    let kept = || {
        let filter = PeopleFilter { list: Some(campaign.id.clone()), ..PeopleFilter::default() };
        names(&store, &filter, PeopleOrder::Name)
    };
    assert!(kept().is_empty());
    put(&["1", "5", "not here"]);
    assert_eq!(kept(), ["Björn Lindahl", "Dario Bellucci"]);
    assert_eq!(store.read_now(|db| people_lists::members(db, &campaign.id)).unwrap(), 3);
    put(&["2"]);
    assert_eq!(kept(), ["Avery McAllister"]);
}

#[test]
fn all_that_match_are_told_one_by_one() {
    let (_profile, store) = filled();
    let mut told = Vec::new();
    let except = ["Contact:3".to_owned()];
    store
        .read_now(|db| {
            listed::each(db, &PeopleFilter::default(), &except, |person| {
                told.push(person.name);
                Ok(())
            })
        })
        .unwrap();
    assert_eq!(told, ["Avery McAllister", "Björn Lindahl", "Dario Bellucci"]);
}

static RUN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn note(event: TraceEvent<'_>) {
    let TraceEvent::Stmt(statement, _) = event else { return };
    RUN.lock().unwrap().insert(statement.sql().into_owned());
}

/// The index of words answers by itself, values that are handed in are few, and the page is a page.
const SMALL: [&str; 6] = [
    "SCAN people_search VIRTUAL TABLE",
    "SCAN s VIRTUAL TABLE",
    "SCAN json_each",
    "SCAN this",
    "SCAN people_times",
    "SCAN (",
];

#[test]
fn every_question_has_an_index() {
    let (_profile, store) = filled();
    let orders = [
        PeopleOrder::Name,
        PeopleOrder::NameBack,
        PeopleOrder::Company,
        PeopleOrder::CompanyBack,
        PeopleOrder::Touched,
        PeopleOrder::Untouched,
        PeopleOrder::Next,
    ];
    let all = PeopleFilter::default;
    let filters = [
        all(),
        PeopleFilter { kinds: Kinds::Leads, has_email: true, ..all() },
        PeopleFilter { kinds: Kinds::Converted, query: "a".to_owned(), ..all() },
        PeopleFilter { owner_id: Some("005me".to_owned()), ..all() },
        PeopleFilter { touch: Touch::Since(1), ..all() },
        PeopleFilter { touch: Touch::Before(1), ..all() },
        PeopleFilter { company: Some("Acme".to_owned()), ..all() },
        PeopleFilter { list: Some("Campaign:1".to_owned()), ..all() },
        PeopleFilter { query: "lind".to_owned(), ..all() },
        PeopleFilter { query: "li".to_owned(), owner_id: Some("005me".to_owned()), ..all() },
    ];
    store
        .write_now(|tx| {
            tx.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note));
            for filter in &filters {
                for order in orders {
                    listed::page(tx, filter, order, 0, 200)?;
                }
                listed::count(tx, filter)?;
                listed::each(tx, filter, &[], |_| Ok(()))?;
            }
            listed::get(tx, "Lead:1")?;
            people_times::is_stale(tx, 1)?;
            people_times::timeline(tx, "Lead:1", 1, 0, 50)?;
            people_lists::get(tx, "Campaign:1")?;
            people_lists::members(tx, "Campaign:1")?;
            tx.trace_v2(TraceEventCodes::empty(), None);
            let mut wrong = Vec::new();
            for sql in RUN.lock().unwrap().iter().filter(|sql| !sql.starts_with("--")) {
                let mut explain = tx.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                let mut plan = explain.raw_query();
                while let Some(step) = plan.next()? {
                    let step: String = step.get(3)?;
                    if step.starts_with("SCAN") && !SMALL.iter().any(|small| step.starts_with(small)) {
                        wrong.push(format!("{step}: {sql}"));
                    }
                }
            }
            assert_eq!(wrong, Vec::<String>::new());
            Ok(())
        })
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Pages put together are the whole list, once, in the order of its keys, for every filter.
    #[test]
    fn pages_add_up(
        people in prop::collection::vec(("[ABab]{1,3}", "[XY]{0,1}", any::<bool>(), 0..4_i64), 1..30),
        size in 1..7_u32,
        order in 0..7_usize,
        has_email in any::<bool>(),
    ) {
        let orders = [
            PeopleOrder::Name, PeopleOrder::NameBack, PeopleOrder::Company, PeopleOrder::CompanyBack,
            PeopleOrder::Touched, PeopleOrder::Untouched, PeopleOrder::Next,
        ];
        let profile = Profile::new();
        let store = profile.open();
        let rows: Vec<PersonRecord> = people.iter().enumerate().map(|(index, (name, company, email, day))| PersonRecord {
            company: Some(company.clone()),
            email: email.then(|| format!("{index}@a.example")),
            activity_day: (*day > 0).then(|| format!("2026-11-0{day}")),
            ..person(&index.to_string(), name)
        }).collect();
        store.write_now(|tx| upsert_page(tx, &rows)).unwrap();
        let filter = PeopleFilter { has_email, ..PeopleFilter::default() };
        let (pages, whole, count) = store.read_now(|db| {
            let count = listed::count(db, &filter)?;
            let mut pages = Vec::new();
            for offset in (0..count).step_by(size as usize) {
                pages.extend(listed::page(db, &filter, orders[order], offset, size)?);
            }
            Ok((pages, listed::page(db, &filter, orders[order], 0, 200)?, count))
        }).unwrap();
        prop_assert_eq!(&pages, &whole);
        prop_assert_eq!(whole.len(), count as usize);
        let wanted: BTreeSet<&str> =
            rows.iter().filter(|row| !has_email || row.email.is_some()).map(|row| row.id.as_str()).collect();
        let got: BTreeSet<&str> = whole.iter().map(|one| one.person.id.as_str()).collect();
        prop_assert_eq!(got, wanted);
    }
}
