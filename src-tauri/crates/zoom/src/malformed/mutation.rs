//! One change somewhere in an answer.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

/// The same numbers for the same type, on every machine.
pub(super) fn generator(name: &str) -> ChaCha8Rng {
    let seed = name.bytes().fold(0_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    ChaCha8Rng::seed_from_u64(seed)
}

/// What was changed, and where.
#[derive(Debug)]
pub(super) struct Mutation {
    /// The place, from the outside in; empty for the whole answer.
    pub path: Vec<String>,
    #[expect(dead_code, reason = "shown when a test fails")]
    kind: &'static str,
}

impl Mutation {
    /// Changes one place of `answer`.
    pub(super) fn of(answer: &mut Value, random: &mut ChaCha8Rng) -> Self {
        let mut paths = Vec::new();
        collect(answer, &mut Vec::new(), &mut paths);
        let path = paths.swap_remove(random.random_range(0..paths.len()));
        let kind = match random.random_range(0..8) {
            0 => remove(answer, &path),
            1 => repeat(answer, &path),
            2 => rename(answer, &path),
            3 => wrap(place(answer, &path)),
            4 => stretch(place(answer, &path)),
            _ => replace(place(answer, &path), random),
        };
        Self { path, kind }
    }
}

fn collect(value: &Value, path: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    paths.push(path.clone());
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, child)| (name.clone(), child)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, child)| (index.to_string(), child)).collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        path.push(name);
        collect(child, path, paths);
        path.pop();
    }
}

fn place<'a>(answer: &'a mut Value, path: &[String]) -> &'a mut Value {
    path.iter().fold(answer, |value, segment| match value {
        Value::Array(items) => &mut items[segment.parse::<usize>().unwrap()],
        value => &mut value[segment.as_str()],
    })
}

fn remove(answer: &mut Value, path: &[String]) -> &'static str {
    let Some((last, parent)) = path.split_last() else {
        *answer = json!({});
        return "emptied";
    };
    match place(answer, parent) {
        Value::Object(fields) => {
            fields.remove(last);
        }
        Value::Array(items) => {
            items.remove(last.parse().unwrap());
        }
        _ => {}
    }
    "removed"
}

/// The same item again and again, as a list that does not end would have it.
fn repeat(answer: &mut Value, path: &[String]) -> &'static str {
    match place(answer, path) {
        Value::Array(items) if !items.is_empty() => {
            let first = items[0].clone();
            items.extend(std::iter::repeat_n(first, 20));
        }
        other => *other = json!([other.clone(), other.clone()]),
    }
    "repeated"
}

fn rename(answer: &mut Value, path: &[String]) -> &'static str {
    if let Some((last, parent)) = path.split_last()
        && let Value::Object(fields) = place(answer, parent)
        && let Some(value) = fields.remove(last)
    {
        fields.insert(last.to_uppercase(), value);
    }
    "renamed"
}

fn wrap(value: &mut Value) -> &'static str {
    *value = json!({ "value": value.clone() });
    "wrapped"
}

/// A long text, or a deep nest.
fn stretch(value: &mut Value) -> &'static str {
    *value = match value {
        Value::String(text) => json!(format!("{text}{}", "\u{fffd}\u{202e}9".repeat(2_000))),
        _ => (0..100).fold(json!(1), |inner, _| json!([inner])),
    };
    "stretched"
}

fn replace(value: &mut Value, random: &mut ChaCha8Rng) -> &'static str {
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!(" "),
        json!("null"),
        json!("-1"),
        json!("2027-02-30T25:61:61Z"),
        json!("99999999999999999999"),
        json!("\u{0}\u{7f}"),
        json!([]),
        json!({}),
        json!([null]),
        json!([[], {}]),
        json!({"": null}),
    ];
    *value = odd[random.random_range(0..odd.len())].clone();
    "replaced"
}
