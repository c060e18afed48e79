use proptest::prelude::*;

use super::*;

fn registrant(id: &str, email: &str, name: &str) -> Registrant {
    Registrant { id: id.to_owned(), email: email.to_owned(), name: name.to_owned(), approved: true }
}

fn session(name: &str, from: i64, to: i64) -> Session {
    Session {
        instance: "i".to_owned(),
        name: name.to_owned(),
        join_ms: Some(from * 1_000),
        leave_ms: Some(to * 1_000),
        seconds: to - from,
        ..Session::default()
    }
}

fn with(session: Session, registrant: &str, zoom_id: &str, email: &str) -> Session {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Session { registrant: some(registrant), zoom_id: some(zoom_id), email: some(email), ..session }
}

fn came(all: &[Attendee], role: Role) -> Vec<Vec<usize>> {
    all.iter().filter(|one| one.role == role).map(|one| one.sessions.clone()).collect()
}

#[test]
fn a_restarted_webinar_has_everybody_once() {
    let again = |one: Session| Session { instance: "later".to_owned(), ..one };
    let sessions = [
        with(session("Anna", 0, 600), "r1", "", ""),
        with(session("Bo", 0, 600), "r2", "", ""),
        again(with(session("Anna (2)", 900, 1_200), "r1", "", "")),
    ];
    let registrants = [registrant("r1", "anna@x.nl", "Anna"), registrant("r2", "bo@x.nl", "Bo")];
    let all = merge(&sessions, &registrants, &Staff::default());
    assert_eq!(came(&all, Role::Attended), [vec![0, 2], vec![1]]);
    assert_eq!(all[0].inside_ms, 900_000);
    assert_eq!(held_ms(&sessions), 900_000);
}

#[test]
fn two_of_one_name_stay_two_and_are_only_suggested() {
    let sessions = [session("Jan de Vries", 0, 60), session("jan  de vries", 0, 60)];
    let registrants = [registrant("r1", "jan@x.nl", "Jan de Vries")];
    let all = merge(&sessions, &registrants, &Staff::default());
    assert_eq!(came(&all, Role::Unknown), [vec![0], vec![1]]);
    assert_eq!(came(&all, Role::Absent).len(), 1);
    assert!(all.iter().filter(|one| one.role == Role::Unknown).all(|one| one.namesakes == [0]));
}

#[test]
fn an_address_leads_to_its_registration() {
    let sessions = [
        with(session("iPhone", 0, 60), "", "", "Anna@X.nl"),
        with(session("Anna", 60, 120), "r1", "", ""),
        with(session("Anna", 120, 180), "", "z1", ""),
        with(session("Anna", 180, 240), "r1", "z1", ""),
    ];
    let all = merge(&sessions, &[registrant("r1", "anna@x.nl", "Anna")], &Staff::default());
    assert_eq!(came(&all, Role::Attended), [vec![0, 1, 2, 3]]);
    assert_eq!(all.len(), 1);
}

#[test]
fn a_room_that_two_registrants_share_is_not_one_person() {
    let sessions = [
        with(session("Room", 0, 60), "r1", "z", "room@x.nl"),
        with(session("Room", 0, 60), "r2", "z", "room@x.nl"),
        with(session("Room", 60, 90), "", "z", "room@x.nl"),
    ];
    let registrants = [registrant("r1", "a@x.nl", "A"), registrant("r2", "b@x.nl", "B")];
    let all = merge(&sessions, &registrants, &Staff::default());
    assert_eq!(came(&all, Role::Attended), [vec![0], vec![1]]);
    assert_eq!(came(&all, Role::Unknown), [vec![2]]);
}

#[test]
fn what_the_user_has_said_stands_before_what_zoom_tells() {
    let known = |one: Session, person: &str| Session { known: Some(person.to_owned()), ..one };
    let sessions = [
        known(session("iPhone", 0, 60), "p1"),
        known(with(session("Tablet", 60, 90), "", "z", ""), "p1"),
        with(session("Tablet", 90, 120), "", "z", ""),
        known(with(session("Bo's laptop", 0, 60), "r1", "", ""), "p2"),
        session("Phone", 0, 60),
    ];
    let all = merge(&sessions, &[registrant("r1", "bo@x.nl", "Bo")], &Staff::default());
    assert_eq!(came(&all, Role::Attended), [vec![3], vec![0, 1, 2]]);
    assert_eq!(came(&all, Role::Unknown), [vec![4]]);
    assert_eq!(all.iter().find(|one| one.sessions == [0, 1, 2]).unwrap().registrant, None);
}

#[test]
fn who_runs_it_is_no_guest() {
    let staff = Staff { emails: HashSet::from(["host@x.nl".to_owned()]), zoom_ids: HashSet::from(["zh".to_owned()]) };
    let sessions = [
        with(session("Host", 0, 60), "", "", "HOST@x.nl"),
        with(session("Host", 60, 90), "", "zh", ""),
        Session { internal: true, ..session("Colleague", 0, 60) },
        session("Phone", 0, 60),
    ];
    let all = merge(&sessions, &[], &staff);
    assert_eq!(came(&all, Role::Staff), [vec![0], vec![1], vec![2]]);
    assert_eq!(came(&all, Role::Unknown), [vec![3]]);
}

#[test]
fn two_devices_at_once_count_once() {
    let sessions = [
        with(session("Anna", 0, 600), "r1", "", ""),
        with(session("Anna", 300, 900), "r1", "", ""),
        Session { leave_ms: None, seconds: 10, ..with(session("Anna", 0, 0), "r1", "", "") },
    ];
    let all = merge(&sessions, &[registrant("r1", "a@x.nl", "Anna")], &Staff::default());
    assert_eq!(all[0].inside_ms, 910_000);
}

#[test]
fn who_may_not_come_is_not_absent() {
    let denied = Registrant { approved: false, ..registrant("r1", "a@x.nl", "Anna") };
    assert!(merge(&[], &[denied], &Staff::default()).is_empty());
}

fn sessions() -> impl Strategy<Value = Vec<Session>> {
    let one = ("[a-c]?", "[x-z]?", "[m-o]?", 0_i64..100, 0_i64..100).prop_map(|(registrant, zoom, mail, from, to)| {
        with(session("N", from.min(to), from.max(to)), &registrant, &zoom, &mail)
    });
    proptest::collection::vec(one, 0..14)
}

proptest! {
    #[test]
    fn nobody_is_lost_and_nobody_counts_twice(sessions in sessions()) {
        let registrants = [registrant("a", "m", "N"), registrant("b", "n", "N"), registrant("d", "q", "N")];
        let all = merge(&sessions, &registrants, &Staff::default());
        let mut seen: Vec<usize> = all.iter().flat_map(|one| one.sessions.clone()).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..sessions.len()).collect::<Vec<_>>());
        let registered: Vec<usize> = all.iter().filter_map(|one| one.registrant).collect();
        let distinct: HashSet<usize> = registered.iter().copied().collect();
        prop_assert_eq!(registered.len(), distinct.len());
        prop_assert_eq!(distinct.len(), registrants.len());
    }

    #[test]
    fn nobody_was_inside_longer_than_it_was_held(sessions in sessions()) {
        let held = held_ms(&sessions);
        for one in merge(&sessions, &[], &Staff::default()) {
            prop_assert!(one.inside_ms <= held);
        }
    }

    #[test]
    fn two_registrations_are_never_one_person(sessions in sessions()) {
        for one in merge(&sessions, &[], &Staff::default()) {
            let came: HashSet<_> = one.sessions.iter().filter_map(|place| sessions[*place].registrant.clone()).collect();
            // Each of them known to have come in alone keeps its own person.
            prop_assert!(came.len() <= 1, "{:?}", came);
        }
    }
}
