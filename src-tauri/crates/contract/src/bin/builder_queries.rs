//! Prints queries that the builder of `liaison-salesforce` emits, one JSON string a line, for parsers of others to read.
//!
//! `builder_queries [COUNT] [SEED]`: by turns the query of the builder's own property test, with the values that it is
//! tried with there (`soql/shape_tests.rs`), and conditions nested four deep over every operator and kind of value.
//! The same seed gives the same queries.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use chrono::{DateTime, NaiveDate, Utc};
use liaison_salesforce::{Condition, Direction, Literal, Operator, Place, Query};
use proptest::prelude::{Strategy, any};
use proptest::prop_oneof;
use proptest::strategy::{BoxedStrategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const OBJECTS: [&str; 6] = ["Lead", "Contact", "Account", "Event", "Task", "Campaign"];
const FIELDS: [&str; 8] =
    ["Id", "Name", "LastName", "Email", "Owner.Name", "Account.Owner.Email", "SystemModstamp", "Liaison_Key__c"];
/// What a text is put together from: words, and everything that means something in a query.
const PIECES: [&str; 16] =
    ["O", "'", "\\", "\"", "%", "_", "\n", "\t", "neil", " OR Id != null", "--", "é", "\u{1f600}", "{", ")", ":x"];
const OPERATORS: [Operator; 6] =
    [Operator::Equals, Operator::Differs, Operator::Below, Operator::AtMost, Operator::Above, Operator::AtLeast];
const DEEPEST: u32 = 4;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<u64>());
    let (Ok(count), Ok(seed)) = (numbers.next().unwrap_or(Ok(2_000)), numbers.next().unwrap_or(Ok(1))) else {
        eprintln!("usage: builder_queries [COUNT] [SEED]");
        return ExitCode::from(2);
    };
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut values = Values::new(seed);
    let mut output = BufWriter::new(std::io::stdout().lock());
    for turn in 0..count {
        let value = values.next();
        let asked = if turn % 2 == 0 { shape(&value) } else { query(&mut chance, &value) };
        let written = match asked.build() {
            Ok(soql) => writeln!(output, "{}", serde_json::Value::from(soql.as_str())),
            Err(error) => {
                eprintln!("a query of the generator cannot be built: {error}");
                return ExitCode::FAILURE;
            }
        };
        if written.is_err() {
            return ExitCode::FAILURE;
        }
    }
    if output.flush().is_err() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The values of the property test: text that looks for trouble with quotes, escapes, wildcards, comments, line ends and
/// odd Unicode.
struct Values {
    hostile: BoxedStrategy<String>,
    runner: TestRunner,
}

impl Values {
    fn new(seed: u64) -> Self {
        let hostile = prop_oneof![
            any::<String>(),
            "[\\\\'\"%_\\-/*()\r\n\t\u{0}\u{8}\u{c}\u{85}\u{2028}\u{2019}a ]{0,40}",
            "(x|\\\\|'|\\\\'| OR Id != null| LIMIT 1|\\)|--){0,10}",
        ];
        let bytes: [u8; 32] = std::array::from_fn(|at| seed.to_le_bytes()[at % 8]);
        let chance = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        Self { hostile: hostile.boxed(), runner: TestRunner::new_with_rng(Config::default(), chance) }
    }

    fn next(&mut self) -> String {
        self.hostile.new_tree(&mut self.runner).map(|tree| tree.current()).unwrap_or_default()
    }
}

/// The query whose shape no value may change.
fn shape(value: &str) -> Query {
    Query::from("Lead")
        .select(["Id", "Name"])
        .filter(Condition::equals("Company", value))
        .filter(Condition::Any(vec![
            Condition::is_in("Status", [value, "Open"]),
            Condition::contains("LastName", value),
            Condition::starts_with("FirstName", value),
        ]))
        .order_by("Id", Direction::Ascending)
        .limit(5)
}

fn one<T: Copy>(chance: &mut impl Rng, choices: &[T], otherwise: T) -> T {
    choices.choose(chance).copied().unwrap_or(otherwise)
}

fn query(chance: &mut impl Rng, value: &str) -> Query {
    let fields: Vec<&str> = (0..chance.random_range(1..5)).map(|_| one(chance, &FIELDS, "Id")).collect();
    let mut query = Query::from(one(chance, &OBJECTS, "Lead")).select(fields);
    for _ in 0..chance.random_range(0..3) {
        query = query.filter(condition(chance, DEEPEST));
    }
    if chance.random() {
        query = query.filter(Condition::compare("Name", Operator::Differs, value));
    }
    if chance.random() {
        let direction = if chance.random() { Direction::Ascending } else { Direction::Descending };
        query = query.order_by("SystemModstamp", direction).order_by("Id", Direction::Ascending);
    }
    if chance.random() {
        query = query.limit(chance.random_range(1..2_000));
    }
    if chance.random_range(0..4) == 0 { query.offset(chance.random_range(0..2_000)) } else { query }
}

fn condition(chance: &mut impl Rng, depth: u32) -> Condition {
    let field = one(chance, &FIELDS, "Id");
    match chance.random_range(0..if depth == 0 { 3 } else { 6 }) {
        0 => Condition::compare(field, one(chance, &OPERATORS, Operator::Equals), literal(chance)),
        1 => Condition::In {
            field: field.to_owned(),
            values: (0..chance.random_range(1..5)).map(|_| Literal::Text(text(chance))).collect(),
            negated: chance.random(),
        },
        2 => Condition::Like {
            field: field.to_owned(),
            text: text(chance),
            place: one(chance, &[Place::Start, Place::End, Place::Anywhere], Place::Start),
        },
        3 => Condition::All(several(chance, depth)),
        4 => Condition::Any(several(chance, depth)),
        _ => Condition::not(condition(chance, depth - 1)),
    }
}

fn several(chance: &mut impl Rng, depth: u32) -> Vec<Condition> {
    (0..chance.random_range(1..4)).map(|_| condition(chance, depth - 1)).collect()
}

fn literal(chance: &mut impl Rng) -> Literal {
    match chance.random_range(0..6) {
        0 => Literal::Text(text(chance)),
        1 => Literal::Number(chance.random()),
        2 => Literal::Boolean(chance.random()),
        3 => Literal::Moment(
            DateTime::<Utc>::from_timestamp(chance.random_range(0..4_000_000_000), 0).unwrap_or_default(),
        ),
        4 => Literal::Day(
            NaiveDate::from_num_days_from_ce_opt(chance.random_range(700_000..800_000)).unwrap_or_default(),
        ),
        _ => Literal::Null,
    }
}

fn text(chance: &mut impl Rng) -> String {
    (0..chance.random_range(0..6)).map(|_| one(chance, &PIECES, "O")).collect()
}
