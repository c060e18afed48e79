//! A file of people: any delimiter, any of the encodings that spreadsheets write, columns known by their headers.

use std::collections::HashMap;

use liaison_domain::text;
use liaison_store::tables::webinars;

use super::gather;
use super::pasted::first_and_last;
use super::stored::StoredQuestion;
use super::view::{AnswerText, ColumnMeaning, PeopleColumn, PeopleFile, RegistrationRow};
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;

/// More people than these are for another tool.
const MOST_ROWS: usize = 10_000;
const MOST_COLUMNS: usize = 100;
const MAX_CELL: usize = 255;
/// More bytes than these are no list of people.
const MOST_BYTES: usize = 20_000_000;

impl Engine {
    /// Reads a file of people for a webinar's form. `meanings` says what each column is; without it their headers do.
    ///
    /// # Errors
    /// [`Error::Gone`] without the webinar; [`Error::Invalid`] for what is no table, or too much of one.
    pub async fn read_people_file(
        &self,
        webinar: String,
        bytes: Vec<u8>,
        meanings: Option<Vec<ColumnMeaning>>,
    ) -> Result<PeopleFile, Error> {
        let cx = self.profile().await?;
        let questions = cx
            .store
            .read(move |db| match webinars::get(db, &webinar)? {
                Some(record) => gather::questions(db, &record.key).map(Some),
                None => Ok(None),
            })
            .await?;
        let questions = questions.ok_or(Error::Gone)?;
        if bytes.len() > MOST_BYTES {
            return Err(wrong(Problem::TooMany { max: u32::try_from(MOST_ROWS).unwrap_or(u32::MAX) }));
        }
        read(&bytes, &questions, meanings.as_deref()).ok_or_else(|| wrong(Problem::Missing))
    }
}

fn wrong(problem: Problem) -> Error {
    Error::Invalid { issues: vec![FieldIssue { field: Field::People, problem }] }
}

/// `None` for a file without rows.
fn read(bytes: &[u8], questions: &[StoredQuestion], meanings: Option<&[ColumnMeaning]>) -> Option<PeopleFile> {
    let (text, encoding) = decoded(bytes);
    let (told, text) = told_delimiter(&text);
    let delimiter = told.unwrap_or_else(|| delimiter(text));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let (mut records, mut skipped) = (Vec::new(), 0_u32);
    for record in reader.records() {
        match record {
            Ok(record) if records.len() <= MOST_ROWS => {
                let cells: Vec<String> =
                    record.iter().take(MOST_COLUMNS).map(|cell| text::single_line(cell, MAX_CELL)).collect();
                if cells.iter().any(|cell| !cell.is_empty()) {
                    records.push(cells);
                }
            }
            Ok(_) | Err(_) => skipped += 1,
        }
    }
    let first = records.first()?.clone();
    // A list without headers begins with an address.
    let headless = first.iter().any(|cell| cell.contains('@'));
    let headers: Vec<String> = if headless { first.iter().map(|_| String::new()).collect() } else { first };
    if !headless {
        records.remove(0);
    }
    let width = records.iter().map(Vec::len).chain([headers.len()]).max().unwrap_or_default();
    let example = |place: usize| {
        let filled = records.iter().filter_map(|cells| cells.get(place)).find(|cell| !cell.is_empty());
        filled.cloned().unwrap_or_default()
    };
    let guessed = guess(&headers, questions, &example);
    let columns: Vec<PeopleColumn> = (0..width)
        .map(|place| {
            let given = meanings.and_then(|all| all.get(place).cloned());
            let guessed = guessed.get(place).cloned().unwrap_or(ColumnMeaning::Ignored);
            PeopleColumn {
                header: headers.get(place).cloned().unwrap_or_default(),
                meaning: given.unwrap_or(guessed),
                example: example(place),
            }
        })
        .collect();
    let rows = records.iter().map(|cells| row(cells, &columns)).collect();
    let delimiter = if delimiter == b'\t' { "\\t".to_owned() } else { char::from(delimiter).to_string() };
    Some(PeopleFile { encoding: encoding.to_owned(), delimiter, columns, rows, skipped })
}

fn row(cells: &[String], columns: &[PeopleColumn]) -> RegistrationRow {
    let mut row = RegistrationRow::default();
    for (cell, column) in cells.iter().zip(columns).filter(|(cell, _)| !cell.is_empty()) {
        match &column.meaning {
            ColumnMeaning::Email => row.email.clone_from(cell),
            ColumnMeaning::FirstName => row.first_name.clone_from(cell),
            ColumnMeaning::LastName => row.last_name.clone_from(cell),
            ColumnMeaning::FullName => {
                (row.first_name, row.last_name) = first_and_last(cell);
            }
            ColumnMeaning::Answer { field } => {
                row.answers.push(AnswerText { field: field.clone(), text: cell.clone() });
            }
            ColumnMeaning::Ignored => {}
        }
    }
    row
}

/// What the bytes say, and in which encoding. Without a mark it is UTF-8 if it can be, and else what Windows writes in
/// the west.
fn decoded(bytes: &[u8]) -> (String, &'static str) {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => (wide(rest, u16::from_le_bytes), "UTF-16LE"),
        [0xFE, 0xFF, rest @ ..] => (wide(rest, u16::from_be_bytes), "UTF-16BE"),
        _ => {
            let rest = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
            match std::str::from_utf8(rest) {
                Ok(text) => (text.to_owned(), "UTF-8"),
                Err(_) => (rest.iter().map(|byte| windows(*byte)).collect(), "windows-1252"),
            }
        }
    }
}

/// One byte of Windows-1252. Source: Unicode's mapping CP1252.TXT; the five bytes that it leaves out are nothing.
fn windows(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The delimiter that a first line of its own names, as spreadsheets write it, and what follows that line.
fn told_delimiter(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_at(text.find(['\n', '\r']).unwrap_or(text.len()));
    let line = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or(line);
    let named = line.split_at_checked("sep=".len()).filter(|(word, _)| word.eq_ignore_ascii_case("sep="));
    match named.map(|(_, sign)| sign.as_bytes()) {
        Some([sign]) if !sign.is_ascii_alphanumeric() && *sign != b'"' => (Some(*sign), rest),
        _ => (None, text),
    }
}

/// The delimiter that stands most often in the first line, outside of quotes.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts: HashMap<char, u32> = HashMap::new();
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted && !counts.is_empty() => break,
            ',' | ';' | '\t' | '|' if !quoted => *counts.entry(letter).or_default() += 1,
            _ => {}
        }
    }
    let found = [',', ';', '\t', '|'].into_iter().max_by_key(|letter| counts.get(letter).copied().unwrap_or_default());
    match found.filter(|letter| counts.contains_key(letter)) {
        Some(';') => b';',
        Some('\t') => b'\t',
        Some('|') => b'|',
        _ => b',',
    }
}

/// What each column is, by its header, in English and Dutch as exports of both have them. Each meaning once.
fn guess(headers: &[String], questions: &[StoredQuestion], example: &impl Fn(usize) -> String) -> Vec<ColumnMeaning> {
    let mut taken: Vec<ColumnMeaning> = Vec::new();
    for (place, header) in headers.iter().enumerate() {
        let plain: String = header.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
        let of_form = questions.iter().find(|question| {
            let field: String = question.field.to_lowercase().chars().filter(|one| one.is_alphanumeric()).collect();
            field == plain && question.field != gather::LAST_NAME
        });
        let meaning = match plain.as_str() {
            "email" | "emailaddress" | "mail" | "emailadres" | "emailadress" => ColumnMeaning::Email,
            "firstname" | "givenname" | "voornaam" | "first" => ColumnMeaning::FirstName,
            "lastname" | "surname" | "familyname" | "achternaam" | "last" => ColumnMeaning::LastName,
            "name" | "fullname" | "naam" => ColumnMeaning::FullName,
            "company" | "account" | "accountname" | "organization" | "organisation" | "bedrijf" | "organisatie"
                if asks(questions, "org") =>
            {
                ColumnMeaning::Answer { field: "org".to_owned() }
            }
            "title" | "jobtitle" | "function" | "functie" if asks(questions, "job_title") => {
                ColumnMeaning::Answer { field: "job_title".to_owned() }
            }
            "phone" | "phonenumber" | "telephone" | "telefoon" | "mobile" if asks(questions, "phone") => {
                ColumnMeaning::Answer { field: "phone".to_owned() }
            }
            "" if example(place).contains('@') => ColumnMeaning::Email,
            _ => match of_form {
                Some(question) => ColumnMeaning::Answer { field: question.field.clone() },
                None => ColumnMeaning::Ignored,
            },
        };
        taken.push(if taken.contains(&meaning) { ColumnMeaning::Ignored } else { meaning });
    }
    taken
}

fn asks(questions: &[StoredQuestion], field: &str) -> bool {
    questions.iter().any(|question| question.field == field)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn org() -> Vec<StoredQuestion> {
        vec![StoredQuestion { field: "org".to_owned(), ..StoredQuestion::default() }]
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        let plain = "Voornaam;Achternaam;E-mailadres;Bedrijf\r\nZoë;de Vries;zoe@example.org;\"Acme; B.V.\"\r\n";
        let wide = |text: &str| {
            let mut bytes = vec![0xFF, 0xFE];
            bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        };
        let western: Vec<u8> = plain.chars().map(|one| u8::try_from(u32::from(one)).unwrap()).collect();
        let marked = [&[0xEF, 0xBB, 0xBF], plain.as_bytes()].concat();
        for (bytes, encoding) in [
            (plain.as_bytes().to_vec(), "UTF-8"),
            (marked, "UTF-8"),
            (wide(plain), "UTF-16LE"),
            (western, "windows-1252"),
        ] {
            let file = read(&bytes, &org(), None).unwrap();
            assert_eq!((file.encoding.as_str(), file.delimiter.as_str(), file.rows.len()), (encoding, ";", 1));
            let row = &file.rows[0];
            assert_eq!((row.first_name.as_str(), row.last_name.as_str()), ("Zoë", "de Vries"), "{encoding}");
            assert_eq!(row.email, "zoe@example.org");
            assert_eq!(row.answers, [AnswerText { field: "org".to_owned(), text: "Acme; B.V.".to_owned() }]);
        }
    }

    #[test]
    fn a_list_of_addresses_needs_no_header() {
        let file = read(b"anna@example.org\nbo@example.org\n", &[], None).unwrap();
        assert_eq!(
            file.rows.iter().map(|row| row.email.as_str()).collect::<Vec<_>>(),
            ["anna@example.org", "bo@example.org"]
        );
        assert_eq!(read(b"\n \n", &[], None), None);
    }

    #[test]
    fn the_user_says_what_a_column_is() {
        let meanings = vec![ColumnMeaning::FullName, ColumnMeaning::Email];
        let file = read(b"Who,Where\nAnna van Dam,anna@example.org\n", &[], Some(&meanings)).unwrap();
        assert_eq!(file.rows[0].last_name, "van Dam");
        assert_eq!(file.columns[0].example, "Anna van Dam");
        assert_eq!(windows(0x80), '€');
        assert_eq!(windows(0xEB), 'ë');
    }

    #[test]
    fn a_first_line_that_names_the_delimiter_is_no_header() {
        for (bytes, delimiter) in [
            (&b"sep=;\r\nNaam;Email\r\n\"Dam, Bo van\";bo@example.org\r\n"[..], ";"),
            (&b"\"SEP=\t\"\nNaam\tEmail\nDam, Bo van\tbo@example.org\n"[..], "\\t"),
            (&b"\xEF\xBB\xBFsep=|\rNaam|Email\rDam, Bo van|bo@example.org"[..], "|"),
        ] {
            let file = read(bytes, &[], None).unwrap();
            assert_eq!((file.delimiter.as_str(), file.columns[0].header.as_str()), (delimiter, "Naam"));
            let row = &file.rows[0];
            assert_eq!(
                (row.first_name.as_str(), row.last_name.as_str(), row.email.as_str()),
                ("Bo van", "Dam", "bo@example.org")
            );
        }
        assert_eq!(told_delimiter("sep=;;\n").0, None);
        assert_eq!(read(b"sep=;", &[], None), None);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(file) = read(&bytes, &org(), None) {
                prop_assert!(file.rows.len() <= 300);
                prop_assert!(file.rows.iter().all(|row| row.email.chars().count() <= MAX_CELL));
            }
        }
    }
}
