//! Whatever a value holds, the query around it keeps its shape.
//!
//! The tokeniser below is a second, independent reading of the reference: it knows nothing of the
//! builder's escaping.

use proptest::prelude::*;

use super::{Condition, Direction, Query};

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Sign(char),
    /// A string with its value, unescaped.
    Text(String),
}

fn tokens(query: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut characters = query.chars().peekable();
    while let Some(first) = characters.next() {
        if first.is_whitespace() {
            continue;
        }
        if first == '\'' {
            found.push(Token::Text(text(&mut characters)?));
        } else if first.is_alphanumeric() {
            let mut word = String::from(first);
            while let Some(next) = characters.next_if(|next| next.is_alphanumeric() || "._:-".contains(*next)) {
                word.push(next);
            }
            found.push(Token::Word(word));
        } else {
            found.push(Token::Sign(first));
        }
    }
    Ok(found)
}

fn text(characters: &mut impl Iterator<Item = char>) -> Result<String, String> {
    let mut value = String::new();
    loop {
        match characters.next().ok_or("the string does not end")? {
            '\'' => return Ok(value),
            '\\' => match characters.next().ok_or("the escape does not end")? {
                'n' => value.push('\n'),
                'r' => value.push('\r'),
                't' => value.push('\t'),
                'b' => value.push('\u{8}'),
                'f' => value.push('\u{c}'),
                'u' => {
                    let digits: String = characters.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16).map_err(|error| error.to_string())?;
                    value.push(char::from_u32(code).ok_or("no character")?);
                }
                plain @ ('"' | '\'' | '\\' | '%' | '_') => value.push(plain),
                other => return Err(format!("unknown escape {other:?}")),
            },
            '\n' | '\r' => return Err("a line end inside a string".to_owned()),
            other => value.push(other),
        }
    }
}

fn query(value: &str) -> Vec<Token> {
    let query = Query::from("Lead")
        .select(["Id", "Name"])
        .filter(Condition::equals("Company", value))
        .filter(Condition::Any(vec![
            Condition::is_in("Status", [value, "Open"]),
            Condition::contains("LastName", value),
            Condition::starts_with("FirstName", value),
        ]))
        .order_by("Id", Direction::Ascending)
        .limit(5);
    tokens(query.build().unwrap().as_str()).unwrap()
}

/// Text that looks for trouble: quotes, escapes, wildcards, comments, line ends, odd Unicode.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\\\'\"%_\\-/*()\r\n\t\u{0}\u{8}\u{c}\u{85}\u{2028}\u{2019}a ]{0,40}",
        "(x|\\\\|'|\\\\'| OR Id != null| LIMIT 1|\\)|--){0,10}",
    ]
}

/// How many values are tried; `LIAISON_INJECTION_CASES` asks for another number.
fn cases() -> u32 {
    std::env::var("LIAISON_INJECTION_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(4_096)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 10_000, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn no_value_changes_the_shape(value in hostile()) {
        let (plain, asked) = (query("x"), query(&value));
        prop_assert_eq!(plain.len(), asked.len());
        for (plain, asked) in plain.iter().zip(&asked) {
            match (plain, asked) {
                (Token::Text(plain), Token::Text(asked)) => {
                    // The value arrives unchanged, and only where a value belongs.
                    prop_assert_eq!(&plain.replace('x', &value), asked);
                }
                (plain, asked) => prop_assert_eq!(plain, asked),
            }
        }
    }
}
