//! The golden table, and what holds for every number.

use proptest::prelude::*;

use super::*;

const GOLDEN: &str = include_str!("golden.tsv");

fn region(code: &str) -> Option<Region> {
    Region::from_iso(code)
}

fn regions(record: &str, user: &str) -> Regions {
    Regions { record: region(record), user: region(user) }
}

fn spoken(reading: &Reading) -> String {
    let number = |number: &PhoneNumber| {
        let doubt = if matches!(number.certainty(), Certainty::Possible | Certainty::Local) { "?" } else { "" };
        let extension = number.extension().map(|extension| format!("x{extension}")).unwrap_or_default();
        format!("{doubt}{}{extension}", number.e164())
    };
    match reading {
        Reading::Number(one) => number(one),
        Reading::Candidates(several) => several.iter().map(number).collect::<Vec<_>>().join(" , "),
        Reading::None(reason) => format!("-{reason:?}"),
    }
}

fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        plain.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        plain.push_str(rest);
    }
    plain.replace("\\n", "\n")
}

fn one(text: &str) -> PhoneNumber {
    let mut numbers = numbers(text, regions("", "NL"));
    assert_eq!(numbers.len(), 1, "{text}");
    numbers.remove(0)
}

#[test]
fn every_row_of_the_golden_table_comes_out() {
    let mut rows = 0;
    let mut wrong = Vec::new();
    for line in GOLDEN.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let [field, record, user, expected] = std::array::from_fn(|_| columns.next().unwrap());
        let readings = read(&unescaped(field), regions(record, user));
        let found = readings.iter().map(spoken).collect::<Vec<_>>().join(" ; ");
        if found != expected {
            wrong.push(format!("{field:?} in {record}, {user}: {found}, not {expected}"));
        }
        rows += 1;
    }
    assert!(wrong.is_empty(), "{} of {rows} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 120, "{rows}");
}

#[test]
fn the_version_is_that_of_the_pinned_port() {
    let lock = include_str!("../../../../../Cargo.lock").replace("\r\n", "\n");
    assert!(lock.contains("name = \"rlibphonenumber\"\nversion = \"2.2.15\"\n"), "adapt METADATA_VERSION to the port");
    assert!(RULES_VERSION.starts_with(&format!("{METADATA_VERSION}/")));
}

#[test]
fn the_same_line_and_nothing_else() {
    use Likeness::{Different, OtherExtension, Same, Suggested};
    let likeness = |one_text: &str, other: &str| {
        let (first, second) = (one(one_text), one(other));
        assert_eq!(first.compare(&second), second.compare(&first), "{one_text}, {other}");
        first.compare(&second)
    };
    let same = |one: &str, other: &str| matches!(likeness(one, other), Same { .. });
    assert_eq!(likeness("+31 20 555 0147", "020 5550147"), Same { by: None });
    assert_eq!(likeness("+1 202 555 0147 x12", "+1 202 555 0147 ext. 12"), Same { by: None });
    assert_eq!(likeness("+1 202 555 0147 x12", "+1 202 555 0147"), Same { by: None });
    assert_eq!(likeness("+1 202 555 0147 x12", "+1 202 555 0147 x13"), OtherExtension);
    assert!(same("+54 9 11 2345 6789", "+54 11 2345 6789"));
    assert!(same("+54 9 11 2345 6789", "+54 11 15 2345 6789"));
    assert!(same("+52 1 55 1234 5678", "+52 55 1234 5678"));
    assert!(same("+229 97 12 34 56", "+229 01 97 12 34 56"));
    assert!(same("+55 11 8123 4567", "+55 11 98123 4567"));
    assert!(same("+972 59 912 3456", "+970 59 912 3456"));
    assert!(same("+39 0549 886377", "+378 0549 886377"));
    assert!(same("+377 44 123 456", "+383 44 123 456"));
    assert!(same("+353 48 9023 1234", "+44 28 9023 1234"));
    assert_eq!(likeness("+1 202 555 0147", "+1 202 555 0148"), Different);
    assert_eq!(likeness("+1 202 555 0147", "+44 202 555 0147"), Different);
    assert_eq!(likeness("+39 06 5555 0100", "+39 6 5555 0100"), Suggested(Hint::Ending));
    assert_eq!(likeness("+31 20 555 0147", "+31 555 0147"), Suggested(Hint::Ending));
    assert_eq!(likeness("+1 123 555 0147", "+1 123 555 0147"), Suggested(Hint::NotValid));
    assert_eq!(likeness("+354 555 1234", "+354 555 1234"), Suggested(Hint::Short));
}

#[test]
fn two_valid_readings_are_never_linked_by_themselves() {
    let Some(Reading::Candidates(readings)) = read("030 1234567", regions("DE", "NL")).pop() else {
        panic!("one reading");
    };
    assert!(readings.iter().all(|number| number.certainty() == Certainty::Ambiguous));
    assert_eq!(readings[0].compare(&one("+49 30 1234567")), Likeness::Suggested(Hint::Ambiguous));
}

#[test]
fn alias_keys_find_the_number_that_has_them() {
    for (text, alias) in [
        ("+54 9 11 2345 6789", "+541123456789"),
        ("+54 11 2345 6789", "+5491123456789"),
        ("+970 59 912 3456", "+972599123456"),
        ("+378 0549 886377", "+390549886377"),
    ] {
        let keys: Vec<String> = one(text).alias_keys().map(|(key, _)| key.to_string()).collect();
        assert_eq!(keys, [alias], "{text}");
    }
    assert_eq!(one("+31 20 555 0147").alias_keys().count(), 0);
}

#[test]
fn every_outdated_spelling_is_read_as_a_valid_number_of_today() {
    for spelling in SPELLINGS.iter().filter(|spelling| spelling.fate != Fate::Both) {
        // Digits in all open places until one makes a valid number: not every range of a plan is assigned.
        let found = (0..400_u32).any(|seed| {
            let mut state = seed;
            let mut digit = |allowed: &str| {
                state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                let at = usize::try_from(state >> 16).unwrap() % allowed.len();
                allowed.as_bytes()[at] as char
            };
            let mut rest = spelling.old;
            let mut digits = String::new();
            while let Some(first) = rest.chars().next() {
                let (allowed, length) = match first {
                    'x' => ("0123456789", 1),
                    '[' => (&rest[1..rest.find(']').unwrap()], rest.find(']').unwrap() + 1),
                    _ => (&rest[..1], 1),
                };
                digits.push(digit(allowed));
                rest = &rest[length..];
            }
            let read = numbers(&format!("+{digits}"), Regions::default());
            read.first().is_some_and(|number| number.respelled() == Some(spelling))
        });
        assert!(found, "{spelling:?}");
    }
}

#[test]
fn people_read_their_own_countrys_numbers_nationally() {
    let format = |text: &str, from: &str| one(text).format(region(from));
    assert_eq!(format("+31205550147", "NL"), "020 555 0147");
    assert_eq!(format("+31205550147", "US"), "+31 20 555 0147");
    assert_eq!(format("+12025550147", "US"), "(202) 555-0147");
    assert_eq!(format("+12025550147", "CA"), "(202) 555-0147");
    assert_eq!(format("+390655550100", ""), "+39 06 5555 0100");
}

#[test]
fn debug_shows_no_digit_of_a_number() {
    let shown = format!("{:?} {:?}", one("+1 202 555 0147 x4711"), one("+1 202 555 0147").key());
    for part in ["202", "555", "147", "4711"] {
        assert!(!shown.contains(part), "{shown}");
    }
}

#[test]
fn a_key_is_read_back_and_nothing_else_is_a_key() {
    let key = one("+31 20 555 0147").key();
    assert_eq!(key.to_string().parse(), Ok(key));
    for text in ["", "+", "31205550147", "+0312", "+31 20", "+1234567890123456789", "+3a"] {
        assert_eq!(text.parse::<LineKey>(), Err(NoNumber::Garbled), "{text}");
    }
}

fn country() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["NL", "US", "GB", "DE", "IT", "AR", "MX", "BR", "JP", "SG", "CI", "GA", ""])
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_without_panic(text in ".{0,80}", record in country(), user in country()) {
        prop_assert!(!read(&text, regions(record, user)).is_empty());
    }

    #[test]
    fn what_looks_like_numbers_is_read_without_panic(
        text in "[-+0-9()/;,.#*x ext=or&\u{200E}\u{FE0F}\u{FF10}]{0,60}", record in country(), user in country(),
    ) {
        for reading in read(&text, regions(record, user)) {
            for number in reading.into_numbers() {
                prop_assert!(number.key().digits() < 10_u64.pow(18));
                prop_assert!(number.compare(&number) != Likeness::Different);
            }
        }
    }

    /// Reading is idempotent: a number's own E.164 and both of its shown forms are the same line again.
    #[test]
    fn a_number_is_read_back_as_the_same_line(digits in "[1-9][0-9]{7,12}", from in country()) {
        for number in numbers(&format!("+{digits}"), Regions::default()) {
            if number.certainty() == Certainty::Sure {
                let again = numbers(&number.e164(), Regions::default());
                prop_assert_eq!(&again, &vec![PhoneNumber { respelled: None, ..number.clone() }]);
                let shown = number.format(region(from));
                let read = numbers(&shown, Regions::of_user(region(from)));
                prop_assert_eq!(read.first().map(PhoneNumber::key), Some(number.key()), "{}", shown);
            }
        }
    }

    #[test]
    fn the_extension_is_no_part_of_the_key(digits in "[2-9][0-9]{2}5550[0-9]{3}", extension in "[0-9]{1,6}") {
        let bare = numbers(&format!("+1{digits}"), Regions::default());
        for written in ["x", " ext. ", " #", ";ext="] {
            let with = numbers(&format!("+1{digits}{written}{extension}"), Regions::default());
            prop_assert_eq!(
                bare.iter().map(PhoneNumber::key).collect::<Vec<_>>(),
                with.iter().map(PhoneNumber::key).collect::<Vec<_>>()
            );
            prop_assert!(with.iter().all(|number| number.extension() == Some(&extension)));
        }
    }

    /// Being found by an alias works both ways.
    #[test]
    fn aliases_are_symmetric(
        start in prop::sample::select(vec!["549", "54", "97259", "97056", "3780549", "390549", "37744", "38349"]),
        rest in "[0-9]{6,10}",
    ) {
        for number in numbers(&format!("+{start}{rest}"), Regions::default()) {
            for (key, spelling) in number.alias_keys() {
                for alias in numbers(&key.to_string(), Regions::default()) {
                    if alias.key() == key {
                        prop_assert!(alias.alias_keys().any(|(back, by)| back == number.key() && by == spelling));
                    }
                }
            }
        }
    }
}
