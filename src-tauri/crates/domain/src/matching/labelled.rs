//! 400 people and 600 calls of which it is known who called: every automatic link has to be right.
//!
//! People and calls are made by a stated rule from a fixed seed. 80 accounts in five countries have one to eight people
//! each; a third of the numbers are written as one writes at home, the rest in the other ways people write them. Then
//! come hard ones: numbers that two people share, converted Leads, assistants, faxes, extensions, a digit beside.

use std::collections::{BTreeMap, BTreeSet};

use super::tests::{dutch, number};
use super::*;

/// A small generator (Numerical Recipes' constants): the set must not change with a library.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

struct Person {
    record: Record,
    account: Option<usize>,
    /// The record that stands for them today.
    today: Record,
    fields: Vec<(&'static str, String)>,
    mobile: String,
}

/// Who called, as far as anybody can know it from the number.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Truth {
    /// This record, and the number is theirs alone.
    Own(Record),
    /// This record, by a number that leaves a doubt.
    Doubtful(Record),
    /// Nobody who is known here.
    Stranger,
}

struct Call {
    number: String,
    truth: Truth,
}

/// Country: mobile prefix and the digits after it, switchboard prefix and the digits after it.
const PLANS: [(&str, u32, &str, u32); 5] = [
    ("+316", 8, "+31205", 6),
    ("+49151", 8, "+4930", 8),
    ("+447400", 6, "+4420794", 5),
    ("+1212", 7, "+1415", 7),
    ("+3361", 7, "+3314", 7),
];

fn digits(dice: &mut Dice, prefix: &str, count: u32) -> String {
    // The first of them from 1 to 5, at which every one of the plans is valid (2 to 5 in North America).
    let first = 2 + dice.below(4);
    let rest: String = (1..count).map(|_| char::from(b'0' + u8::try_from(dice.below(10)).unwrap())).collect();
    format!("{prefix}{first}{rest}")
}

/// As people write it.
fn written(dice: &mut Dice, e164: &str) -> String {
    let digits = e164.trim_start_matches('+');
    let (head, tail) = digits.split_at(digits.len() - 4);
    match dice.below(6) {
        0 | 1 if e164.starts_with("+31") => format!("0{} {tail}", &head[2..]),
        0 => format!("00{head}{tail}"),
        1 => format!("+{head}-{tail}"),
        2 => format!("+{head} {tail}"),
        3 => format!("\u{200e}+{head}.{tail}\u{200e}"),
        4 => format!("tel: +{head} {tail}"),
        _ => e164.to_owned(),
    }
}

fn people(dice: &mut Dice) -> Vec<Person> {
    let mut all: Vec<Person> = Vec::new();
    let mut account = 0;
    while all.len() < 400 {
        let (mobile, after, office, office_after) = PLANS[usize::try_from(dice.below(5)).unwrap()];
        let switchboard = digits(dice, office, office_after);
        let size = 1 + dice.below(8);
        for place in 0..size {
            let id = format!("{:03}", all.len());
            let mobile = digits(dice, mobile, after);
            let mut fields = vec![("MobilePhone", written(dice, &mobile))];
            let contact = Record { object: Object::Contact, id: format!("C{id}") };
            match dice.below(6) {
                // A Lead, a third of them converted since.
                0 => {
                    let record = Record { object: Object::Lead, id: format!("L{id}") };
                    let today = if dice.below(3) == 0 { contact } else { record.clone() };
                    all.push(Person { record, account: None, today, fields, mobile });
                    continue;
                }
                1 => fields.push(("Phone", format!("{} x{}", written(dice, &switchboard), 10 + place))),
                2 => fields[0] = ("Direct__c", format!("{} / {switchboard}", fields[0].1)),
                _ => fields.push(("Phone", written(dice, &switchboard))),
            }
            all.push(Person { record: contact.clone(), account: Some(account), today: contact, fields, mobile });
        }
        account += 1;
    }
    all.truncate(400);
    // Number 0 to 9: a second record has the same mobile. 10 to 14: it stands with somebody as their assistant's.
    for place in 0..15 {
        let mobile = all[place].mobile.clone();
        let field = if place < 10 { "OtherPhone" } else { "AssistantPhone" };
        all[place + 200].fields.push((field, mobile));
    }
    all
}

fn calls(dice: &mut Dice, people: &[Person]) -> Vec<Call> {
    let mut holders: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for person in people {
        holders.entry(person.mobile.as_str()).or_default().push(&person.today);
    }
    let mut all = Vec::new();
    for turn in 0..600_u64 {
        let place =
            if turn < 40 { usize::try_from(turn % 20).unwrap() } else { usize::try_from(dice.below(400)).unwrap() };
        let person = &people[place];
        let call = match if turn < 40 { 0 } else { dice.below(10) } {
            // From the own mobile.
            0..=5 => {
                let doubtful = place < 10 || holders[person.mobile.as_str()].len() > 1;
                let truth = if doubtful { Truth::Doubtful } else { Truth::Own };
                Call { number: person.mobile.clone(), truth: truth(person.today.clone()) }
            }
            // From the office.
            6 | 7 => match person.fields.iter().find(|(field, _)| *field == "Phone") {
                Some((_, office)) => {
                    let bare = office.split(" x").next().unwrap();
                    Call { number: number(bare).e164(), truth: Truth::Doubtful(person.today.clone()) }
                }
                None => Call { number: "Anonymous".to_owned(), truth: Truth::Stranger },
            },
            // A digit beside somebody's mobile.
            8 => {
                let mut near = person.mobile.clone();
                let last = near.pop().unwrap();
                near.push(if last == '9' { '0' } else { char::from(last as u8 + 1) });
                if holders.contains_key(near.as_str()) {
                    continue;
                }
                Call { number: near, truth: Truth::Stranger }
            }
            _ => Call { number: digits(dice, "+3161", 7), truth: Truth::Stranger },
        };
        all.push(call);
    }
    all
}

/// The last digits of the lines of each, by which candidates are found; as the store does.
fn endings(people: &[Person]) -> Vec<BTreeSet<u64>> {
    let lines = |person: &Person| {
        let numbers = person.fields.iter().flat_map(|(_, text)| crate::phone::numbers(text, dutch()));
        numbers.map(|number| number.ending()).collect()
    };
    people.iter().map(lines).collect()
}

fn whose_call(call: &Call, people: &[Person], endings: &[BTreeSet<u64>]) -> Verdict {
    let regions = dutch();
    let read = crate::phone::read(&call.number, regions).remove(0);
    let crate::phone::Reading::Number(theirs) = &read else {
        return whose(Question {
            reach: Reach::None(NoNumber::Withheld),
            dialled: None,
            remembered: None,
            candidates: Vec::new(),
            now_ms: 0,
        });
    };
    let near = people.iter().zip(endings).filter(|(_, endings)| endings.contains(&theirs.ending()));
    let candidates = near.map(|(person, _)| Candidate {
        record: person.today.clone(),
        name: person.record.id.clone(),
        account_id: person.account.map(|account| account.to_string()),
        company: None,
        do_not_call: false,
        followed: (person.today != person.record).then_some(Followed::Converted),
        evidence: evidence(theirs, person.fields.iter().map(|(field, text)| (*field, text.as_str())), |written| {
            numbers_in(written, regions)
        }),
        context: Context::default(),
    });
    let candidates = candidates.filter(|candidate| !candidate.evidence.is_empty()).collect();
    whose(Question { reach: Reach::Number(theirs), dialled: None, remembered: None, candidates, now_ms: 0 })
}

#[test]
fn every_automatic_link_is_right() {
    let mut dice = Dice(2_026);
    let people = people(&mut dice);
    let calls = calls(&mut dice, &people);
    let endings = endings(&people);
    let (mut linked, mut own, mut asked, mut offered) = (0, 0, 0, 0);
    // Why calls of people who are known are not linked.
    let (mut switchboards, mut ties, mut doubts) = (0, 0, 0);
    for call in &calls {
        let verdict = whose_call(call, &people, &endings);
        own += usize::from(matches!(call.truth, Truth::Own(_)));
        let choices = match &verdict {
            Verdict::Ask(choices) | Verdict::Switchboard { people: choices, .. } => choices.as_slice(),
            _ => &[],
        };
        asked += usize::from(!choices.is_empty());
        match (&verdict, &call.truth) {
            (Verdict::Linked { record, .. }, Truth::Own(truth) | Truth::Doubtful(truth)) => {
                assert_eq!(record, truth, "{}", call.number);
                linked += 1;
            }
            (Verdict::Linked { record, .. }, Truth::Stranger) => panic!("{} is not {record:?}", call.number),
            (_, Truth::Own(truth)) => panic!("{} is {truth:?}'s alone: {verdict:?}", call.number),
            (_, Truth::Doubtful(truth)) => {
                let named = choices.iter().any(|choice| choice.candidate.record == *truth);
                assert!(named, "{} may be {truth:?}: {verdict:?}", call.number);
                offered += 1;
                match &verdict {
                    Verdict::Switchboard { .. } => switchboards += 1,
                    _ if choices.iter().filter(|choice| choice.why.is_sure()).count() > 1 => ties += 1,
                    _ => doubts += 1,
                }
            }
            (_, Truth::Stranger) => {}
        }
    }
    let known = calls.iter().filter(|call| call.truth != Truth::Stranger).count();
    println!(
        "{} people, {} calls, {known} of people who are known: {linked} linked ({own} have a number of their own), \
         all right; {offered} asked about with the right one among the candidates; {asked} asked about in all",
        people.len(),
        calls.len(),
    );
    assert!(people.len() == 400 && calls.len() > 550);
    // A line of several colleagues (of four calls somebody's extension is known, but not that it was theirs) or a number
    // of two people: each may be somebody else, so none of them is missed.
    assert_eq!((switchboards, ties, doubts, offered), (72, 30, 0, 102));
    assert!(linked >= own && linked * 10 >= known * 6, "{linked} of {known} linked");
}
