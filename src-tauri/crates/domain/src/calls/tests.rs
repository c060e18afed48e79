use proptest::prelude::*;

use super::*;

const CUSTOMER: &str = "+31612345678";
const MINUTE: i64 = 60_000;

fn me() -> Me {
    Me {
        extension_id: Some("ext-robin".to_owned()),
        extension: Some("806".to_owned()),
        email: Some("robin@acme.example".to_owned()),
        numbers: vec!["+31205550806".to_owned()],
    }
}

fn user(id: &str, extension: &str, name: &str) -> Party {
    Party {
        name: Some(name.to_owned()),
        extension: Some(extension.to_owned()),
        extension_id: Some(id.to_owned()),
        extension_kind: Some("user".to_owned()),
        number_kind: Some("zoom_pstn".to_owned()),
        ..Party::default()
    }
}

fn robin() -> Party {
    Party { number: Some("+31205550806".to_owned()), ..user("ext-robin", "806", "Robin") }
}

fn colleague() -> Party {
    user("ext-kim", "807", "Kim")
}

fn queue() -> Party {
    Party { extension_kind: Some("call_queue".to_owned()), ..user("ext-queue", "880", "Sales queue") }
}

fn outside(number: &str) -> Party {
    Party { number: Some(number.to_owned()), number_kind: Some("external_pstn".to_owned()), ..Party::default() }
}

/// A leg of one call that rings at `minute`.
fn leg(id: &str, minute: i64, event: &str, from: Party, to: Party, result: &str) -> Leg {
    let outbound = from == robin();
    let inside = from.side() == Side::Inside && to.side() == Side::Inside;
    Leg {
        id: id.to_owned(),
        uuid: Some("history".to_owned()),
        call_id: Some("7018317023722949162".to_owned()),
        direction: Some(if outbound { "outbound" } else { "inbound" }.to_owned()),
        connect: Some(if inside { "internal" } else { "external" }.to_owned()),
        event: Some(event.to_owned()),
        result: Some(result.to_owned()),
        start_ms: Some(minute * MINUTE),
        end_ms: Some((minute + 1) * MINUTE),
        caller: from,
        callee: to,
        ..Leg::default()
    }
}

/// The same leg, answered ten seconds after it rang.
fn talked(leg: Leg, talk_s: u32) -> Leg {
    let answer_ms = leg.start_ms.map(|start| start + 10_000);
    let end_ms = answer_ms.map(|answer| answer + i64::from(talk_s) * 1_000);
    Leg { answer_ms, end_ms, talk_s: Some(talk_s), hold_s: Some(0), wait_s: Some(10), ..leg }
}

fn folded(legs: &[Leg]) -> Call {
    fold(legs, &me()).unwrap()
}

#[test]
fn a_call_out_and_a_call_in() {
    let out = folded(&[talked(leg("a", 0, "outgoing", robin(), outside(CUSTOMER), "connected"), 90)]);
    assert_eq!((out.direction, out.outcome, out.talk_s, out.wait_s), (Direction::Outbound, Outcome::Answered, 90, 10));
    assert_eq!(out.other.number.as_deref(), Some(CUSTOMER));
    assert!(!out.internal && out.complete && out.through.is_none());
    let into = folded(&[talked(leg("a", 0, "incoming", outside(CUSTOMER), robin(), "answered"), 30)]);
    assert_eq!((into.direction, into.outcome), (Direction::Inbound, Outcome::Answered));
    assert_eq!((into.ring_ms, into.answer_ms, into.end_ms), (Some(0), Some(10_000), Some(40_000)));
    assert_eq!(into.key, "7018317023722949162");
}

#[test]
fn how_a_call_that_nobody_answered_ended() {
    let table = [
        ("no_answer", Outcome::Missed, Outcome::NoAnswer),
        ("ring_timeout", Outcome::Missed, Outcome::NoAnswer),
        ("canceled", Outcome::Missed, Outcome::Cancelled),
        ("abandoned", Outcome::Missed, Outcome::Cancelled),
        ("hang_up", Outcome::Missed, Outcome::Cancelled),
        ("rejected", Outcome::Declined, Outcome::Declined),
        ("busy", Outcome::Busy, Outcome::Busy),
        ("voicemail", Outcome::Voicemail, Outcome::Voicemail),
        ("call_failed", Outcome::Failed, Outcome::Failed),
        ("system_blocked", Outcome::Blocked, Outcome::Blocked),
        ("something_new", Outcome::Unknown, Outcome::Unknown),
    ];
    for (result, inbound, outbound) in table {
        let into = folded(&[leg("a", 0, "incoming", outside(CUSTOMER), robin(), result)]);
        assert_eq!((into.outcome, into.talk_s, into.answer_ms), (inbound, 0, None), "{result}");
        let out = folded(&[leg("a", 0, "outgoing", robin(), outside(CUSTOMER), result)]);
        assert_eq!(out.outcome, outbound, "{result}");
    }
}

#[test]
fn a_queue_rings_many_and_one_answers() {
    let rings = leg("b", 1, "ring_to_member", outside(CUSTOMER), robin(), "no_answer");
    let by_other = Leg { reason: Some("answered_by_other".to_owned()), ..rings.clone() };
    let at_queue = leg("a", 0, "incoming", outside(CUSTOMER), queue(), "overflowed");
    let at_kim = talked(leg("c", 1, "ring_to_member", outside(CUSTOMER), colleague(), "answered"), 60);
    for legs in [vec![at_queue.clone(), by_other.clone()], vec![at_queue.clone(), rings.clone(), at_kim.clone()]] {
        let call = folded(&legs);
        assert_eq!(call.outcome, Outcome::AnsweredByColleague, "not missed");
        assert_eq!(call.because, Some(Because::AnsweredByOther));
        assert_eq!(call.through.and_then(|queue| queue.name).as_deref(), Some("Sales queue"));
        assert_eq!((call.talk_s, call.path.len()), (0, legs.len()));
    }
    // Rung twice, answered the second time: one call, and it was answered.
    let again = talked(leg("d", 2, "ring_to_member", outside(CUSTOMER), robin(), "answered"), 45);
    let call = folded(&[at_queue, rings.clone(), again]);
    assert_eq!((call.outcome, call.talk_s, call.ring_ms), (Outcome::Answered, 45, Some(MINUTE)));
    assert_eq!(folded(&[rings]).outcome, Outcome::Missed);
}

/// Zoom's own example says `answered` and `answered_by_other` of one leg.
#[test]
fn answered_by_another_is_not_answered() {
    let told = talked(leg("a", 0, "incoming", outside(CUSTOMER), robin(), "answered"), 31);
    let call = folded(&[Leg { reason: Some("answered_by_other".to_owned()), ..told.clone() }]);
    assert_eq!((call.outcome, call.talk_s), (Outcome::AnsweredByColleague, 0));
    let call = folded(&[Leg { reason: Some("pickup_by_other".to_owned()), ..told }]);
    assert_eq!(call.because, Some(Because::PickedUpByOther));
}

#[test]
fn transfers_are_one_call_with_the_customer() {
    // From Kim to the user, after a word between them.
    let kim = talked(leg("a", 0, "incoming", outside(CUSTOMER), colleague(), "answered"), 20);
    let word =
        Leg { operator: colleague(), ..talked(leg("b", 1, "warm_transfer", colleague(), robin(), "answered"), 200) };
    let call = folded(&[kim, word]);
    assert_eq!((call.outcome, call.talk_s, call.internal), (Outcome::Answered, 200, false));
    assert_eq!(call.other.number.as_deref(), Some(CUSTOMER));
    // From the user to Kim, blind.
    let own = talked(leg("a", 0, "incoming", outside(CUSTOMER), robin(), "answered"), 40);
    let on = Leg {
        operator: robin(),
        ..talked(leg("b", 1, "direct_transfer", outside(CUSTOMER), colleague(), "answered"), 500)
    };
    let call = folded(&[own, on]);
    assert_eq!((call.talk_s, call.end_ms), (40, Some(50_000)), "Kim's talk is not the user's");
    assert_eq!(call.path.iter().map(|step| step.mine).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn what_was_sent_on_to_the_own_mobile_was_answered_there() {
    let rang = leg("a", 0, "incoming", outside(CUSTOMER), robin(), "no_answer");
    let on = Leg {
        operator: robin(),
        ..talked(leg("b", 1, "forward", outside(CUSTOMER), outside("+31687654321"), "answered"), 70)
    };
    let call = folded(&[rang, on]);
    assert_eq!((call.outcome, call.talk_s), (Outcome::Forwarded, 70));
    assert_eq!((call.other.number.as_deref(), call.others.len()), (Some(CUSTOMER), 0));
}

#[test]
fn what_a_colleague_sent_on_is_not_what_the_user_talked() {
    let own = leg("a", 0, "incoming", robin(), robin(), "no_answer");
    let on = talked(leg("b", 0, "forward", colleague(), outside("+31687654321"), "overflowed"), 1);
    let call = folded(&[own, on]);
    assert_eq!((call.outcome.is_talk(), call.talk_s, call.answer_ms), (false, 0, None));
}

#[test]
fn parked_and_picked_up_is_one_call() {
    let own = talked(leg("a", 0, "incoming", outside(CUSTOMER), robin(), "answered"), 30);
    let park = Leg { operator: robin(), ..leg("b", 1, "park", outside(CUSTOMER), Party::default(), "succeeded") };
    let back = talked(leg("c", 2, "park_pick_up", outside(CUSTOMER), robin(), "picked_up"), 60);
    let call = folded(&[own.clone(), park.clone(), back]);
    assert_eq!((call.outcome, call.talk_s, call.path.len()), (Outcome::Answered, 90, 3));
    let by_kim = talked(leg("c", 2, "park_pick_up", outside(CUSTOMER), colleague(), "picked_up"), 60);
    assert_eq!(folded(&[own, park, by_kim]).talk_s, 30);
}

#[test]
fn in_a_conference_nobody_talks_longer_than_it_lasts() {
    let first = talked(leg("a", 0, "outgoing", robin(), outside(CUSTOMER), "connected"), 300);
    let second = talked(leg("b", 1, "merge", robin(), outside("+12125550142"), "connected"), 240);
    let call = folded(&[first, second]);
    assert_eq!(call.talk_s, 300);
    assert_eq!(call.others.first().and_then(|other| other.number.as_deref()), Some("+12125550142"));
}

#[test]
fn what_is_not_the_users_is_no_call_of_theirs() {
    let kim = talked(leg("a", 0, "incoming", outside(CUSTOMER), colleague(), "answered"), 60);
    assert_eq!(fold(std::slice::from_ref(&kim), &me()), None);
    let listened = Leg { operator: robin(), event: Some("monitor".to_owned()), ..kim };
    assert_eq!(fold(&[listened], &me()), None);
    let at_queue = Leg { operator: robin(), ..leg("a", 0, "overflow", outside(CUSTOMER), queue(), "overflowed") };
    assert_eq!(fold(&[at_queue], &me()), None);
    let by_other = Leg {
        reason: Some("call_out_by_other".to_owned()),
        ..leg("a", 0, "outgoing", robin(), outside(CUSTOMER), "connected")
    };
    assert_eq!(fold(&[by_other], &me()), None);
}

#[test]
fn inside_the_account_is_internal() {
    let call = folded(&[talked(leg("a", 0, "outgoing", robin(), colleague(), "connected"), 60)]);
    assert!(call.internal);
    assert_eq!(call.other.extension.as_deref(), Some("807"));
}

#[test]
fn a_hidden_number_is_nobody_and_not_internal() {
    let anonymous = Party { number_kind: Some("anonymous_number".to_owned()), ..Party::default() };
    let call = folded(&[Leg { hidden: true, ..leg("a", 0, "incoming", anonymous, robin(), "no_answer") }]);
    assert!(call.hidden && !call.internal);
    assert_eq!(call.other.number, None);
}

/// A row of the first form beside the legs of the same call counts nothing twice.
#[test]
fn the_first_form_tells_the_whole_call_once() {
    let whole = Leg {
        id: "log".to_owned(),
        uuid: None,
        whole: true,
        length_s: Some(90),
        result: Some("Call connected".to_owned()),
        talk_s: None,
        ..talked(leg("a", 0, "", outside(CUSTOMER), robin(), ""), 90)
    };
    let own = talked(leg("a", 0, "incoming", outside(CUSTOMER), robin(), "answered"), 90);
    let alone = folded(std::slice::from_ref(&whole));
    assert_eq!((alone.outcome, alone.talk_s), (Outcome::Answered, 90));
    let groups = group([whole, own]);
    assert_eq!(groups.len(), 1);
    let both = folded(&groups[0]);
    assert_eq!((both.talk_s, both.path.len(), &both.key), (90, 1, &alone.key));
}

/// A form that tells how long and until when, but not since when, lies over the others like any other leg.
#[test]
fn an_answer_that_is_not_told_is_worked_out() {
    let told = talked(leg("a", 0, "incoming", outside(CUSTOMER), robin(), "answered"), 90);
    let untold = Leg { id: "b".to_owned(), answer_ms: None, ..told.clone() };
    let alone = folded(std::slice::from_ref(&untold));
    assert_eq!((alone.answer_ms, alone.end_ms, alone.talk_s), (Some(10_000), Some(100_000), 90));
    assert_eq!(folded(&[told, untold]).talk_s, 90);
}

#[test]
fn a_user_that_is_not_known_has_the_side_of_a_user() {
    let legs = [talked(leg("a", 0, "incoming", outside(CUSTOMER), robin(), "answered"), 30)];
    assert_eq!(fold(&legs, &Me::default()).unwrap().outcome, Outcome::Answered);
    let at_queue = [leg("a", 0, "incoming", outside(CUSTOMER), queue(), "overflowed")];
    assert_eq!(fold(&at_queue, &Me::default()), None);
}

#[test]
fn what_is_stored_is_read_back() {
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::named(outcome.name()), outcome);
    }
    let leg = talked(leg("a", 0, "incoming", outside(CUSTOMER), robin(), "answered"), 30);
    let json = serde_json::to_string(&leg).unwrap();
    assert_eq!(serde_json::from_str::<Leg>(&json).unwrap(), leg);
    assert_eq!(serde_json::from_str::<Leg>(r#"{"id":"a","laterField":1}"#).unwrap().id, "a");
}

/// A call of up to seven legs as any list might tell it: some legs know only one of the ids.
fn any_legs() -> impl Strategy<Value = Vec<Leg>> {
    let parties = || {
        prop::sample::select(vec![
            robin(),
            colleague(),
            queue(),
            outside(CUSTOMER),
            outside("+12125550142"),
            Party::default(),
        ])
    };
    let events = prop::sample::select(vec![
        "incoming",
        "outgoing",
        "ring_to_member",
        "warm_transfer",
        "forward",
        "park",
        "merge",
        "monitor",
    ]);
    let results = prop::sample::select(vec![
        "answered",
        "no_answer",
        "voicemail",
        "overflowed",
        "canceled",
        "rejected",
        "succeeded",
        "new",
    ]);
    let ids = (prop::option::of(0_u8..3), prop::option::of(0_u8..3));
    let one = (0_u8..9, ids, events, results, parties(), parties(), 0_i64..5, prop::option::of(0_u32..400));
    prop::collection::vec(one, 1..8).prop_map(|all| {
        let legs = all.into_iter().map(|(id, (uuid, call), event, result, from, to, minute, talk_s)| {
            let leg = leg(&format!("leg{id}"), minute, event, from, to, result);
            let leg = match talk_s {
                Some(talk_s) => talked(leg, talk_s),
                None => leg,
            };
            Leg { uuid: uuid.map(|n| format!("u{n}")), call_id: call.map(|n| format!("c{n}")), ..leg }
        });
        legs.collect()
    })
}

fn rows(legs: impl IntoIterator<Item = Leg>) -> Vec<Option<Call>> {
    group(legs).iter().map(|legs| fold(legs, &me())).collect()
}

proptest! {
    #[test]
    fn any_order_gives_the_same_calls(
        (legs, shuffled) in any_legs().prop_flat_map(|legs| (Just(legs.clone()), Just(legs).prop_shuffle())),
    ) {
        prop_assert_eq!(rows(legs), rows(shuffled));
    }

    /// Legs that come in two pages, some of them twice: what is kept of the first page and what comes with the second
    /// are put together as the whole would have been.
    #[test]
    fn any_split_gives_the_same_calls(legs in any_legs(), cut in 0_usize..8, again in 0_usize..8) {
        let whole = rows(legs.clone());
        let cut = cut.min(legs.len());
        let kept = group(legs[..cut].to_vec()).into_iter().flatten();
        let again = legs.iter().take(again).cloned();
        let split = rows(kept.chain(legs[cut..].iter().cloned()).chain(again));
        prop_assert_eq!(whole, split);
    }

    #[test]
    fn nobody_talks_longer_than_the_call(legs in any_legs()) {
        for call in rows(legs).into_iter().flatten() {
            if let (Some(answer), Some(end)) = (call.answer_ms, call.end_ms) {
                prop_assert!(i64::from(call.length_s()) * 1_000 <= end - answer, "{call:?}");
            }
            prop_assert!(call.outcome.is_talk() || call.talk_s == 0);
            prop_assert!(call.path.iter().any(|step| step.mine));
        }
    }
}
