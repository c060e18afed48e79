//! Meetings are found by their topic and by whoever takes part, the coming ones first.

use liaison_store::Store;
use liaison_store::tables::links::insert_link;
use liaison_store::tables::meetings::{Invitee, mark_gone, upsert_page};
use liaison_store::tables::meetings_search::search_meetings;
use liaison_store::tables::people;

use crate::fixture::{Profile, link, meeting, person};

const HOUR: i64 = 3_600_000;
const NOW: i64 = 100 * HOUR;

fn found(store: &Store, query: &str, limit: usize) -> Vec<String> {
    let found = store.read_now(|db| search_meetings(db, query, NOW, 10 * HOUR, limit)).unwrap();
    found.into_iter().map(|meeting| meeting.key).collect()
}

fn filled() -> (Profile, Store) {
    let profile = Profile::new();
    let store = profile.open();
    let with = |key: &str, hour: i64, topic: &str, email: &str| {
        let mut one = meeting(key, hour * HOUR);
        topic.clone_into(&mut one.meeting.topic);
        one.meeting.invitees = Some(vec![Invitee { email: email.to_owned(), name: Some("Guest Name".to_owned()) }]);
        one
    };
    let page = [
        with("over", 90, "Renewal demo", "Zoe@Acme.example"),
        with("long over", 80, "Renewal demo", "zoe@acme.example"),
        with("too old", 9, "Renewal demo", "zoe@acme.example"),
        with("next week", 260, "Pricing", "zoe@acme.example"),
        with("tomorrow", 124, "Pricing", "zoe@acme.example"),
        with("other", 125, "Pricing 100%", "someone@else.example"),
        with("gone", 126, "Renewal demo", "zoe@acme.example"),
    ];
    let mut zoe = person("1", "Zoë Müller");
    zoe.company = Some("Straße & Söhne".to_owned());
    zoe.email = Some("zoe@acme.example".to_owned());
    let mut linked = person("2", "Łukasz Nowak");
    linked.company = Some("Ørsted".to_owned());
    store
        .write_now(|tx| {
            upsert_page(tx, &store.sealer(), &page, 1)?;
            people::upsert_page(tx, &[zoe, linked])?;
            insert_link(tx, &link("l", "other", "2"))?;
            mark_gone(tx, "gone", NOW)
        })
        .unwrap();
    (profile, store)
}

#[test]
fn by_name_company_address_and_topic_the_coming_ones_first() {
    let (_profile, store) = filled();
    let zoes = ["tomorrow", "next week", "over", "long over"];
    for query in ["zoe muller", "ZOË", "strasse", "acme.example", "guest zoe"] {
        assert_eq!(found(&store, query, 9), zoes, "{query}");
    }
    assert_eq!(found(&store, "renewal", 9), ["over", "long over"]);
    assert_eq!(found(&store, "zoe pricing", 9), ["tomorrow", "next week"]);
    assert_eq!(found(&store, "someone@else", 9), ["other"]);
    assert_eq!(found(&store, "orsted", 9), ["other"]);
    assert_eq!(found(&store, "zoe", 3), zoes[..3]);
}

#[test]
fn signs_of_a_pattern_are_only_signs_and_no_words_find_nothing() {
    let (_profile, store) = filled();
    assert_eq!(found(&store, "100%", 9), ["other"]);
    for query in ["", "  ", "%", "_", "zoe nobody"] {
        let expected: &[&str] = if query == "%" { &["other"] } else { &[] };
        assert_eq!(found(&store, query, 9), expected, "{query}");
    }
}
