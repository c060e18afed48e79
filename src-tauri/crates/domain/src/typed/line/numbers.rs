//! Numbers that people write in words, as far as a day of a month needs them.

use super::super::cursor::Cursor;

const ENGLISH: [(&str, &str); 19] = [
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("ten", "tenth"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
    ("thirteen", "thirteenth"),
    ("fourteen", "fourteenth"),
    ("fifteen", "fifteenth"),
    ("sixteen", "sixteenth"),
    ("seventeen", "seventeenth"),
    ("eighteen", "eighteenth"),
    ("nineteen", "nineteenth"),
];
const DUTCH: [(&str, &str); 20] = [
    ("een", "eerste"),
    ("twee", "tweede"),
    ("drie", "derde"),
    ("vier", "vierde"),
    ("vijf", "vijfde"),
    ("zes", "zesde"),
    ("zeven", "zevende"),
    ("acht", "achtste"),
    ("negen", "negende"),
    ("tien", "tiende"),
    ("elf", "elfde"),
    ("twaalf", "twaalfde"),
    ("dertien", "dertiende"),
    ("veertien", "veertiende"),
    ("vijftien", "vijftiende"),
    ("zestien", "zestiende"),
    ("zeventien", "zeventiende"),
    ("achttien", "achttiende"),
    ("negentien", "negentiende"),
    ("twintig", "twintigste"),
];

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// «two», «twee».
    Count,
    /// «second», «tweede».
    Place,
}

/// A number from 1 to 31 in words: «twenty-second», «eenentwintig».
pub(super) fn in_words(cursor: &mut Cursor<'_>) -> Option<(u32, Form)> {
    let mut ahead = *cursor;
    let found = match ahead.word()? {
        "twentieth" => (20, Form::Place),
        "thirtieth" => (30, Form::Place),
        "twenty" => tens(&mut ahead, 20),
        "thirty" => tens(&mut ahead, 30),
        word => english(word).or_else(|| dutch(word))?,
    };
    if ahead.at == cursor.at {
        ahead.step();
    }
    *cursor = ahead;
    Some(found)
}

fn tens(cursor: &mut Cursor<'_>, tens: u32) -> (u32, Form) {
    cursor.step();
    let mut ahead = *cursor;
    ahead.eat_mark(&['-']);
    match ahead.word().and_then(english) {
        Some((ones @ 1..=9, form)) if tens + ones <= 31 => {
            ahead.step();
            *cursor = ahead;
            (tens + ones, form)
        }
        _ => (tens, Form::Count),
    }
}

fn english(word: &str) -> Option<(u32, Form)> {
    of(&ENGLISH, word)
}

fn dutch(word: &str) -> Option<(u32, Form)> {
    of(&DUTCH, word).or_else(|| match word {
        "dertig" => Some((30, Form::Count)),
        "dertigste" => Some((30, Form::Place)),
        "eenendertig" => Some((31, Form::Count)),
        "eenendertigste" => Some((31, Form::Place)),
        _ => {
            let (ones, form) = if let Some(ones) = word.strip_suffix("entwintigste") {
                (ones, Form::Place)
            } else {
                (word.strip_suffix("entwintig")?, Form::Count)
            };
            let (ones, _) = of(&DUTCH[..9], ones).filter(|(_, form)| *form == Form::Count)?;
            Some((20 + ones, form))
        }
    })
}

fn of(table: &[(&str, &str)], word: &str) -> Option<(u32, Form)> {
    let (at, form) = table.iter().enumerate().find_map(|(at, (count, place))| {
        if word == *count {
            Some((at, Form::Count))
        } else if word == *place {
            Some((at, Form::Place))
        } else {
            None
        }
    })?;
    Some((u32::try_from(at + 1).ok()?, form))
}

/// A count in words or figures: `2`, «two», «a», «een».
pub(super) fn count(cursor: &mut Cursor<'_>) -> Option<u32> {
    if let Some(figure) = cursor.eat_figure(1..=4) {
        return Some(figure.value);
    }
    if cursor.eat(&["a", "an"]) {
        return Some(1);
    }
    let mut ahead = *cursor;
    let (value, Form::Count) = in_words(&mut ahead)? else { return None };
    *cursor = ahead;
    Some(value)
}
