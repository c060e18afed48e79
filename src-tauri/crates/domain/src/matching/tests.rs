use super::*;
use crate::phone::{self, Reading, Region, Regions};

const NOW: i64 = 1_795_370_400_000;
const DAY: i64 = 24 * 3_600_000;
const MOBILE: &str = "+31612345678";

pub(super) fn dutch() -> Regions {
    Regions::of_user(Region::from_iso("NL"))
}

pub(super) fn number(text: &str) -> PhoneNumber {
    match phone::read(text, dutch()).remove(0) {
        Reading::Number(number) => number,
        other => panic!("{text}: {other:?}"),
    }
}

fn record(object: Object, id: &str) -> Record {
    Record { object, id: id.to_owned() }
}

fn candidate(object: Object, id: &str, call: &PhoneNumber, fields: &[(&str, &str)]) -> Candidate {
    Candidate {
        record: record(object, id),
        name: id.to_owned(),
        account_id: None,
        company: None,
        do_not_call: false,
        followed: None,
        evidence: evidence(call, fields.iter().copied(), |written| numbers_in(written, dutch())),
        context: Context::default(),
    }
}

fn asked(call: &PhoneNumber, candidates: Vec<Candidate>) -> Verdict {
    whose(Question { reach: Reach::Number(call), dialled: None, remembered: None, candidates, now_ms: NOW })
}

fn names(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.candidate.name.as_str()).collect()
}

#[test]
fn one_clear_winner_is_linked_and_says_why() {
    let call = number(MOBILE);
    let anna = candidate(Object::Contact, "anna", &call, &[("Phone", "020 555 0147"), ("MobilePhone", "06-1234 5678")]);
    let Verdict::Linked { record, why, .. } = asked(&call, vec![anna]) else { panic!("linked") };
    assert_eq!(record.id, "anna");
    let expected =
        Why::Line { field: "MobilePhone".to_owned(), written: "06-1234 5678".to_owned(), source: None, followed: None };
    assert_eq!(why, expected);
}

#[test]
fn two_spellings_of_one_line_say_who_says_so() {
    let call = number("+54 9 11 2345 6789");
    let ana = candidate(Object::Lead, "ana", &call, &[("Phone", "+54 11 2345 6789")]);
    let Verdict::Linked { why: Why::Line { source, .. }, .. } = asked(&call, vec![ana]) else { panic!("linked") };
    assert!(source.is_some_and(|source| source.contains("Argentina")));
}

#[test]
fn two_people_are_asked_about_whatever_the_context() {
    let call = number(MOBILE);
    let lead = candidate(Object::Lead, "lead", &call, &[("Phone", MOBILE)]);
    let mut anna = candidate(Object::Contact, "anna", &call, &[("Phone", MOBILE)]);
    let Verdict::Ask(choices) = asked(&call, vec![lead.clone(), anna.clone()]) else { panic!("asked") };
    assert_eq!(names(&choices), ["anna", "lead"]);
    anna.context.touched_ms = Some(NOW);
    let met = Context { met_ms: Some(NOW - 3 * DAY), ..Context::default() };
    let Verdict::Ask(choices) = asked(&call, vec![anna.clone(), Candidate { context: met, ..lead.clone() }]) else {
        panic!("asked")
    };
    assert_eq!(names(&choices), ["lead", "anna"], "a meeting of late comes first, and decides nothing");
    let long_ago = Context { met_ms: Some(NOW - 15 * DAY), ..Context::default() };
    let Verdict::Ask(choices) = asked(&call, vec![Candidate { context: long_ago, ..lead.clone() }, anna.clone()])
    else {
        panic!("asked")
    };
    assert_eq!(names(&choices), ["anna", "lead"]);
    let deal = Context { open_opportunity: true, ..Context::default() };
    anna.context = met;
    let Verdict::Ask(choices) = asked(&call, vec![anna, Candidate { context: deal, ..lead }]) else { panic!("asked") };
    assert_eq!(names(&choices), ["lead", "anna"], "an open opportunity comes before a meeting, and decides nothing");
}

#[test]
fn a_switchboard_is_nobodys_own() {
    let call = number("020 555 0100");
    let of = |account: &str, id: &str, phone: &str| Candidate {
        account_id: Some(account.to_owned()),
        company: Some("Acme".to_owned()),
        ..candidate(Object::Contact, id, &call, &[("Phone", phone)])
    };
    let verdict = asked(&call, vec![of("001", "anna", "020-5550100"), of("001", "bert", "+31 20 555 0100")]);
    let Verdict::Switchboard { account_id, account, people } = verdict else { panic!("switchboard") };
    assert_eq!((account_id.as_str(), account.as_deref(), names(&people)), ("001", Some("Acme"), vec!["anna", "bert"]));
    let verdict = asked(&call, vec![of("001", "anna", "020-5550100"), of("002", "carl", "+31 20 555 0100")]);
    assert_eq!(verdict.account_beside(), None, "they share no account");
    assert!(matches!(verdict, Verdict::Ask(choices) if choices.len() == 2));
}

#[test]
fn the_account_of_a_switchboard_is_proposed_after_its_people() {
    let call = number("020 555 0100");
    let of = |object: Object, id: &str| Candidate {
        account_id: Some("acme".to_owned()),
        ..candidate(object, id, &call, &[("Phone", "020-5550100")])
    };
    let people = || vec![of(Object::Contact, "anna"), of(Object::Contact, "bert")];
    let verdict = asked(&call, people());
    assert_eq!(verdict.account_beside(), Some("acme"));
    let verdict = verdict.with_account("Acme".to_owned(), Context::default());
    assert_eq!(verdict.account_beside(), None);
    let Verdict::Switchboard { people: proposed, .. } = verdict else { panic!("switchboard") };
    assert_eq!(names(&proposed), ["anna", "bert", "Acme"]);
    assert_eq!(proposed[2].candidate.record, record(Object::Account, "acme"));
    assert!(!proposed[2].why.is_sure() && !proposed[2].why.is_of_line());
    // Whose own line it is stands among them already.
    let own = people().into_iter().chain([of(Object::Account, "acme")]).collect();
    assert_eq!(asked(&call, own).account_beside(), None);
}

#[test]
fn an_account_is_no_further_caller_beside_its_people() {
    let call = number("020 555 0100");
    let of = |object: Object, account: &str, id: &str, phone: &str| Candidate {
        account_id: Some(account.to_owned()),
        ..candidate(object, id, &call, &[("Phone", phone)])
    };
    let acme = || of(Object::Account, "acme", "acme", "020-5550100");
    let linked = |verdict: Verdict| match verdict {
        Verdict::Linked { record, .. } => Some(record.id),
        _ => None,
    };
    assert_eq!(linked(asked(&call, vec![acme()])).as_deref(), Some("acme"), "nobody else has the line");
    let anna = || of(Object::Contact, "acme", "anna", "+31 20 555 0100");
    assert_eq!(linked(asked(&call, vec![acme(), anna()])).as_deref(), Some("anna"));
    let bert = of(Object::Contact, "acme", "bert", "+31 20 555 0100");
    let Verdict::Switchboard { people, .. } = asked(&call, vec![acme(), anna(), bert]) else { panic!("switchboard") };
    assert_eq!(names(&people), ["anna", "bert", "acme"]);
    // Somebody else's line, another account's, an extension behind the account's, its fax: each asks.
    let carl = of(Object::Contact, "other", "carl", "020-5550100");
    assert!(matches!(asked(&call, vec![acme(), carl]), Verdict::Ask(choices) if choices.len() == 2));
    let twin = of(Object::Account, "twin", "twin", "020-5550100");
    assert!(matches!(asked(&call, vec![acme(), twin]), Verdict::Ask(choices) if choices.len() == 2));
    let dora = of(Object::Contact, "acme", "dora", "020-5550100 x12");
    assert!(matches!(asked(&call, vec![acme(), dora]), Verdict::Ask(choices) if choices.len() == 2));
    let fax = candidate(Object::Account, "acme", &call, &[("Fax", "020-5550100")]);
    assert!(matches!(asked(&call, vec![fax]), Verdict::Ask(choices) if choices.len() == 1));
}

#[test]
fn extensions_tell_people_apart_and_a_missing_one_asks() {
    let call = number("+31 20 555 0100 x12");
    let anna = candidate(Object::Contact, "anna", &call, &[("Phone", "020-5550100 tst 12")]);
    let bert = candidate(Object::Contact, "bert", &call, &[("Phone", "020-5550100 tst 14")]);
    let Verdict::Linked { record, .. } = asked(&call, vec![anna, bert]) else { panic!("linked") };
    assert_eq!(record.id, "anna");
    let call = number("+31 20 555 0100");
    let anna = candidate(Object::Contact, "anna", &call, &[("Phone", "020-5550100 tst 12")]);
    let Verdict::Ask(choices) = asked(&call, vec![anna]) else { panic!("asked") };
    assert_eq!(choices[0].why.ground, Ground::Maybe(Doubt::Extension));
    // Bert has the bare line, and Anna sits behind it.
    let anna = candidate(Object::Contact, "anna", &call, &[("Phone", "020-5550100 tst 12")]);
    let bert = candidate(Object::Contact, "bert", &call, &[("Phone", "020-5550100")]);
    let Verdict::Ask(choices) = asked(&call, vec![anna, bert]) else { panic!("asked") };
    assert_eq!(names(&choices), ["bert", "anna"]);
}

#[test]
fn an_assistants_telephone_and_a_fax_only_suggest() {
    let call = number(MOBILE);
    for field in ["AssistantPhone", "Fax", "Home_Fax__c"] {
        let anna = candidate(Object::Contact, "anna", &call, &[(field, MOBILE)]);
        let Verdict::Ask(choices) = asked(&call, vec![anna]) else { panic!("{field}") };
        assert_eq!(choices[0].why.ground, Ground::Maybe(Doubt::OthersLine));
    }
    let anna = candidate(Object::Contact, "anna", &call, &[("AssistantPhone", MOBILE)]);
    let bert = candidate(Object::Contact, "bert", &call, &[("MobilePhone", MOBILE)]);
    assert!(matches!(asked(&call, vec![anna, bert]), Verdict::Linked { record, .. } if record.id == "bert"));
}

#[test]
fn a_converted_lead_and_its_contact_are_one_person() {
    let call = number(MOBILE);
    let contact = candidate(Object::Contact, "anna", &call, &[("MobilePhone", MOBILE)]);
    let lead = Candidate {
        followed: Some(Followed::Converted),
        ..candidate(Object::Contact, "anna", &call, &[("Phone", MOBILE)])
    };
    let both = asked(&call, vec![lead.clone(), contact]);
    assert!(matches!(both, Verdict::Linked { why: Why::Line { followed: None, .. }, .. }), "{both:?}");
    let only = asked(&call, vec![lead]);
    assert!(matches!(only, Verdict::Linked { why: Why::Line { followed: Some(Followed::Converted), .. }, .. }));
}

#[test]
fn what_the_user_decided_comes_before_numbers() {
    let call = number(MOBILE);
    let anna = || vec![candidate(Object::Contact, "anna", &call, &[("MobilePhone", MOBILE)])];
    let bert = Remembered::Always { record: record(Object::Lead, "bert"), name: "Bert".to_owned(), since_ms: 5 };
    let ask = |dialled: Option<&Dialled>, remembered: Option<&Remembered>| {
        whose(Question { reach: Reach::Number(&call), dialled, remembered, candidates: anna(), now_ms: NOW })
    };
    assert!(matches!(ask(None, Some(&bert)), Verdict::Linked { record, why: Why::Remembered { since_ms: 5 }, .. }
        if record.id == "bert"));
    assert_eq!(ask(None, Some(&Remembered::Ignore { since_ms: 7 })), Verdict::Ignored { since_ms: 7 });
    let dialled =
        Dialled { record: record(Object::Contact, "carl"), name: "Carl".to_owned(), number: call.clone(), at_ms: NOW };
    assert!(matches!(ask(Some(&dialled), Some(&bert)), Verdict::Linked { record, why: Why::Intent { .. }, .. }
        if record.id == "carl"));
}

#[test]
fn the_call_after_a_click_is_the_nearest_of_the_same_line() {
    let dialled = |id: &str, text: &str, at_ms| Dialled {
        record: record(Object::Contact, id),
        name: id.to_owned(),
        number: number(text),
        at_ms,
    };
    let clicks = [
        dialled("early", MOBILE, NOW),
        dialled("late", MOBILE, NOW + 60_000),
        dialled("other", "020 555 0100", NOW + 70_000),
    ];
    let found = |text: &str, at: i64| dialled_for(&number(text), at, &clicks).map(|click| click.record.id.clone());
    assert_eq!(found(MOBILE, NOW + 65_000).as_deref(), Some("late"));
    assert_eq!(found(MOBILE, NOW + 5_000).as_deref(), Some("early"));
    assert_eq!(found(MOBILE, NOW - 30_000).as_deref(), Some("early"), "clocks differ a little");
    assert_eq!(found(MOBILE, NOW + 3_600_000), None);
    assert_eq!(found("+31 6 8765 4321", NOW), None);
}

#[test]
fn what_is_no_number_matches_nobody_and_says_so() {
    let ask = |reach| whose(Question { reach, dialled: None, remembered: None, candidates: Vec::new(), now_ms: NOW });
    assert_eq!(ask(Reach::None(NoNumber::Withheld)), Verdict::NoNumber(NoNumber::Withheld));
    assert_eq!(ask(Reach::Internal), Verdict::Internal);
    assert_eq!(ask(Reach::Number(&number(MOBILE))), Verdict::Nobody);
}

#[test]
fn do_not_call_travels_with_the_candidate() {
    let call = number(MOBILE);
    let two = ["anna", "bert"]
        .map(|id| Candidate { do_not_call: id == "anna", ..candidate(Object::Lead, id, &call, &[("Phone", MOBILE)]) });
    let Verdict::Ask(choices) = asked(&call, two.to_vec()) else { panic!("asked") };
    assert_eq!(choices.iter().map(|choice| choice.candidate.do_not_call).collect::<Vec<_>>(), [true, false]);
}
