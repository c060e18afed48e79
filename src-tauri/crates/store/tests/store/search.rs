//! What a search finds and in which order, compared with a plain reading of its promise.

use liaison_store::Store;
use liaison_store::tables::people::upsert_page;
use liaison_store::tables::people_search::search_people;
use proptest::prelude::*;

use crate::fixture::{Profile, person};

fn found(store: &Store, query: &str) -> Vec<String> {
    let people = store.read_now(|db| search_people(db, query, 50)).unwrap();
    people.into_iter().map(|person| person.name).collect()
}

fn filled(people: &[(&str, &str, &str)]) -> (Profile, Store) {
    let profile = Profile::new();
    let store = profile.open();
    let page: Vec<_> = people
        .iter()
        .enumerate()
        .map(|(number, (name, company, email))| {
            let mut person = person(&number.to_string(), name);
            person.company = Some((*company).to_owned());
            person.email = Some((*email).to_owned());
            person
        })
        .collect();
    store.write_now(|tx| upsert_page(tx, &page)).unwrap();
    (profile, store)
}

#[test]
fn accents_case_and_spelling_do_not_matter() {
    let (_profile, store) = filled(&[
        ("Zoë Müller", "Straße & Söhne", "zoe@example.com"),
        ("Łukasz Nowak", "Ørsted", "lukasz@example.com"),
        ("Jose\u{301} Garci\u{301}a", "Acme", "jose@example.com"),
    ]);
    for query in ["zoe", "ZOË", "muller", "strasse", "söhne", "oë mü"] {
        assert_eq!(found(&store, query), ["Zoë Müller"], "{query}");
    }
    assert_eq!(found(&store, "lukasz orsted"), ["Łukasz Nowak"]);
    assert_eq!(found(&store, "josé garcía").len(), 1);
}

#[test]
fn every_word_counts_also_short_ones() {
    let (_profile, store) = filled(&[
        ("Bo Li", "Acme", "bo@example.com"),
        ("Bob Lint", "Widgets", "bob@example.com"),
        ("Ann Acheson", "Li & Bo", "ann@example.org"),
    ]);
    assert_eq!(found(&store, "bo"), ["Bo Li", "Bob Lint", "Ann Acheson"]);
    assert_eq!(found(&store, "b").len(), 3);
    assert_eq!(found(&store, "bo acme"), ["Bo Li"]);
    assert_eq!(found(&store, "li ann"), ["Ann Acheson"]);
    assert_eq!(found(&store, "bo zz"), Vec::<String>::new());
    assert_eq!(found(&store, "acme widgets"), Vec::<String>::new());
}

#[test]
fn the_best_place_comes_first() {
    let (_profile, store) = filled(&[
        ("Zed Other", "None", "ann.marin@example.com"),
        ("Yan Other", "Annapurna Tours", "y@example.com"),
        ("Joanna Field", "None", "j@example.com"),
        ("Marie Ann", "None", "m@example.com"),
        ("Anne Brontë", "None", "a@example.com"),
        ("Ann Arbor", "None", "b@example.com"),
    ]);
    assert_eq!(
        found(&store, "ann"),
        ["Ann Arbor", "Anne Brontë", "Marie Ann", "Joanna Field", "Yan Other", "Zed Other"]
    );
    let two = store.read_now(|db| search_people(db, "ann", 2)).unwrap();
    assert_eq!(two.len(), 2);
    assert_eq!(two[0].name, "Ann Arbor");
}

#[test]
fn queries_are_never_operators() {
    let (_profile, store) =
        filled(&[("Ann OR Bob", "100% \"Quoted\" (Ltd)", "a_b@example.com"), ("Carl", "Plain", "axb@example.com")]);
    for query in ["\"", "*", "ann*", "NEAR(", "name:ann", "-", "'; DROP TABLE people; --", "^ann"] {
        found(&store, query);
    }
    assert_eq!(found(&store, "a_b"), ["Ann OR Bob"]);
    assert_eq!(found(&store, "%"), ["Ann OR Bob"]);
    assert_eq!(found(&store, "\"quoted\""), ["Ann OR Bob"]);
    assert_eq!(found(&store, "ann or bob"), ["Ann OR Bob"]);
    assert_eq!(found(&store, "carl or ann"), Vec::<String>::new());
}

#[test]
fn no_words_find_nobody_and_long_queries_do_no_harm() {
    let (_profile, store) = filled(&[("Ann", "Acme", "a@example.com")]);
    for query in ["", "   ", "\u{301}"] {
        assert_eq!(found(&store, query), Vec::<String>::new());
    }
    assert_eq!(found(&store, &"x".repeat(100_000)), Vec::<String>::new());
    assert_eq!(found(&store, &"ann ".repeat(10_000)), ["Ann"]);
}

#[test]
fn long_words_use_the_index() {
    let (_profile, store) = filled(&[("Ann", "Acme", "a@example.com")]);
    let plan: Vec<String> = store
        .read_now(|db| {
            let mut statement =
                db.prepare("EXPLAIN QUERY PLAN SELECT rowid FROM people_search WHERE people_search MATCH ?1")?;
            let rows = statement.query_map(["\"ann\""], |row| row.get(3))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .unwrap();
    assert!(plan[0].contains("VIRTUAL TABLE INDEX"), "{plan:?}");
    store.check_integrity_now().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Letters from a small alphabet, so that words meet often; compared with a plain loop.
    #[test]
    fn finds_exactly_who_has_all_words(
        names in prop::collection::vec("[abc]{1,4} [abc]{1,4}", 1..12),
        query in "[abc]{1,4}( [abc]{1,3})?",
    ) {
        let people: Vec<_> = names.iter().map(|name| (name.as_str(), "", "")).collect();
        let (_profile, store) = filled(&people);
        let mut expected: Vec<String> = names
            .iter()
            .filter(|name| query.split(' ').all(|word| name.contains(word)))
            .cloned()
            .collect();
        let mut actual = found(&store, &query);
        expected.sort();
        actual.sort();
        prop_assert_eq!(actual, expected);
    }
}
