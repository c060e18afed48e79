use proptest::prelude::*;

use super::*;

const MINUTE: i64 = 60_000;

fn session(name: &str, join: i64, leave: i64) -> Session {
    Session {
        instance: "a".to_owned(),
        name: name.to_owned(),
        join_ms: Some(join * MINUTE),
        leave_ms: Some(leave * MINUTE),
        seconds: (leave - join) * 60,
        ..Session::default()
    }
}

fn with_email(name: &str, email: &str, join: i64, leave: i64) -> Session {
    Session { email: Some(email.to_owned()), ..session(name, join, leave) }
}

fn host() -> Session {
    Session { internal: true, zoom_id: Some("host".to_owned()), ..session("Robin Vos", 0, 40) }
}

fn expected(name: &str, email: &str) -> Expected {
    Expected { email: email.to_owned(), name: name.to_owned(), colleague: false }
}

fn of(people: &[Person], expected: usize) -> &Person {
    people.iter().find(|one| one.expected == Some(expected)).unwrap()
}

fn guests(people: &[Person]) -> Vec<&Person> {
    people.iter().filter(|one| one.part == Part::Guest).collect()
}

#[test]
fn an_address_tells_who_came_and_who_did_not() {
    let all =
        [host(), with_email("Ewan C", "EWAN@looms.example", 5, 15), with_email("Ewan C", "ewan@looms.example", 18, 33)];
    let who = [expected("Ewan Cartwright", "ewan@looms.example"), expected("Idris Bellamy", "idris@looms.example")];
    let people = people(&all, &who, &Staff::default(), &[]);
    let ewan = of(&people, 0);
    assert_eq!((ewan.part, ewan.basis, ewan.inside_ms), (Part::Came, Some(Basis::Address), 25 * MINUTE));
    assert_eq!(ewan.spans, [(5 * MINUTE, 15 * MINUTE), (18 * MINUTE, 33 * MINUTE)]);
    assert_eq!(of(&people, 1).part, Part::Missed);
    assert_eq!(people.iter().filter(|one| one.part == Part::Own).count(), 1);
}

#[test]
fn who_fills_a_gap_may_be_the_other_and_counts_for_nobody_until_it_is_said() {
    let all = [
        host(),
        with_email("Ewan", "ewan@looms.example", 5, 15),
        session("Loom iPad", 15, 18),
        with_email("Ewan", "ewan@looms.example", 18, 33),
        with_email("Freya", "freya@looms.example", 2, 40),
    ];
    let who = [expected("Ewan Cartwright", "ewan@looms.example"), expected("Freya Holm", "freya@looms.example")];
    let before = people(&all, &who, &Staff::default(), &[]);
    let guest = guests(&before)[0].clone();
    assert_eq!(guest.may_be, [MayBe { expected: 0, why: Why::Gap }]);
    assert_eq!(of(&before, 0).inside_ms, 25 * MINUTE);

    let answer = |is_them| Answer { guest: guest.guest.clone(), email: "Ewan@looms.example".to_owned(), is_them };
    let yes = people(&all, &who, &Staff::default(), &[answer(true)]);
    assert_eq!(of(&yes, 0).inside_ms, 28 * MINUTE);
    assert_eq!(of(&yes, 0).spans, [(5 * MINUTE, 33 * MINUTE)], "the gap is filled");
    assert!(guests(&yes).is_empty());
    let no = people(&all, &who, &Staff::default(), &[answer(false)]);
    assert_eq!(guests(&no)[0].may_be, []);
}

#[test]
fn the_only_guest_of_a_meeting_of_two_is_who_was_meant_if_the_names_agree() {
    let who = [expected("Anna Visser", "anna@globex.example")];
    let named = people(&[host(), session("Anna's iPhone", 1, 30)], &who, &Staff::default(), &[]);
    assert_eq!((of(&named, 0).part, of(&named, 0).basis), (Part::Came, Some(Basis::Intent)));
    let other = people(&[host(), session("Bob", 1, 30)], &who, &Staff::default(), &[]);
    assert_eq!(of(&other, 0).part, Part::Missed);
    assert_eq!(guests(&other)[0].may_be, [MayBe { expected: 0, why: Why::Only }]);
    // Where several were expected, or came, a name is a name.
    let two = [expected("Anna Visser", "anna@globex.example"), expected("Bo Dekker", "bo@globex.example")];
    let several = people(&[host(), session("Anna", 1, 30)], &two, &Staff::default(), &[]);
    assert_eq!(guests(&several)[0].may_be, [MayBe { expected: 0, why: Why::Name }]);
    let crowd = people(&[host(), session("Anna", 1, 30), session("Bo", 1, 30)], &who, &Staff::default(), &[]);
    assert_eq!(of(&crowd, 0).part, Part::Missed);
    let no = Answer { guest: "name:anna".to_owned(), email: "anna@globex.example".to_owned(), is_them: false };
    let denied = people(&[host(), session("Anna", 1, 30)], &who, &Staff::default(), &[no]);
    assert_eq!((of(&denied, 0).part, guests(&denied)[0].may_be.len()), (Part::Missed, 0));
}

#[test]
fn one_name_that_comes_back_is_one_and_at_once_is_two() {
    let back = people(&[host(), session("Jo", 1, 10), session("jo ", 12, 30)], &[], &Staff::default(), &[]);
    assert_eq!(guests(&back).len(), 1);
    assert_eq!(guests(&back)[0].inside_ms, 27 * MINUTE);
    let at_once = people(&[host(), session("Jo", 1, 10), session("Jo", 5, 30)], &[], &Staff::default(), &[]);
    assert_eq!(guests(&at_once).len(), 2);
}

#[test]
fn a_colleague_who_was_invited_and_stayed_away_is_nobody_from_outside() {
    let who = [
        Expected { colleague: true, ..expected("Mila Jansen", "mila@northwind.example") },
        expected("Anna Visser", "anna@globex.example"),
    ];
    let people = people(&[host(), session("Anna Visser", 1, 30)], &who, &Staff::default(), &[]);
    assert_eq!((of(&people, 0).part, of(&people, 1).basis), (Part::Missed, Some(Basis::Intent)));
}

fn any_session() -> impl Strategy<Value = Session> {
    let names = prop::sample::select(vec!["Anna", "Anna Visser", "Bo", "iPad", ""]);
    let emails =
        prop::option::of(prop::sample::select(vec!["anna@globex.example", "bo@globex.example", "x@y.example"]));
    let ids = prop::option::of(prop::sample::select(vec!["z1", "z2"]));
    let registrants = prop::option::of(prop::sample::select(vec!["r1", "r2"]));
    (names, emails, ids, registrants, 0..60_i64, 1..30_i64, any::<bool>()).prop_map(
        |(name, email, id, registrant, join, stays, internal)| Session {
            email: email.map(str::to_owned),
            zoom_id: id.map(str::to_owned),
            registrant: registrant.map(str::to_owned),
            internal,
            ..session(name, join, join + stays)
        },
    )
}

proptest! {
    #[test]
    fn every_session_is_in_one_person_and_everybody_expected_is_one(
        all in prop::collection::vec(any_session(), 0..12),
        which in prop::collection::vec((0..12_usize, any::<bool>(), any::<bool>()), 0..4),
    ) {
        let who = [expected("Anna Visser", "anna@globex.example"), expected("Bo Dekker", "bo@globex.example")];
        let keys = known_by(&all);
        let answers: Vec<Answer> = which
            .into_iter()
            .filter_map(|(place, first, is_them)| {
                let email = who[usize::from(first)].email.clone();
                Some(Answer { guest: keys.get(place)?.clone(), email, is_them })
            })
            .collect();
        let people = people(&all, &who, &Staff::default(), &answers);
        let mut sessions: Vec<usize> = people.iter().flat_map(|one| one.sessions.clone()).collect();
        sessions.sort_unstable();
        prop_assert_eq!(sessions, (0..all.len()).collect::<Vec<_>>());
        for place in 0..who.len() {
            prop_assert_eq!(people.iter().filter(|one| one.expected == Some(place)).count(), 1);
        }
        for one in &people {
            let covered: i64 = one.spans.iter().map(|(join, leave)| leave - join).sum();
            prop_assert_eq!(covered, one.inside_ms);
            prop_assert!(one.spans.windows(2).all(|pair| pair[0].1 < pair[1].0));
            prop_assert!(one.part == Part::Guest || one.may_be.is_empty());
            // What the user denied is never suggested again.
            for may_be in &one.may_be {
                let denied = |answer: &&Answer| !answer.is_them && answer.guest == one.guest
                    && answer.email == who[may_be.expected].email;
                prop_assert!(answers.iter().find(denied).is_none());
            }
        }
    }
}
