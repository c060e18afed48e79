//! First and last name of somebody whose name is in one piece.

/// What stands beside a name without being one, however it is written.
const BESIDE: [&str; 9] = ["jr", "sr", "phd", "dphil", "mba", "msc", "bsc", "esq", "cpa"];

/// The same, which is a name where it is not in capitals: `Md` is a first name.
const BESIDE_IN_CAPITALS: [&str; 4] = ["MD", "II", "III", "IV"];

/// First and last name: what stands before a comma is the last name, else what follows the first word. A degree or the
/// like behind a comma is no name, and stays with the last one. A single name is the last.
pub fn first_and_last(name: &str) -> (String, String) {
    let parts = name.split(',').map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    let (beside, names): (Vec<String>, Vec<String>) =
        parts.filter(|part| !part.is_empty()).partition(|part| is_beside(part));
    let (first, last) = match names.split_first() {
        None => (String::new(), String::new()),
        Some((only, [])) => only
            .split_once(' ')
            .map_or_else(|| (String::new(), only.clone()), |(first, last)| (first.to_owned(), last.to_owned())),
        Some((last, first)) => (first.join(", "), last.clone()),
    };
    let last: Vec<String> = Some(last).filter(|last| !last.is_empty()).into_iter().chain(beside).collect();
    (first, last.join(", "))
}

/// Whether all of a part is no name.
fn is_beside(part: &str) -> bool {
    part.split(' ').all(|word| {
        let letters: String = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
        letters.is_empty()
            || BESIDE_IN_CAPITALS.contains(&letters.as_str())
            || BESIDE.contains(&letters.to_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_as_people_write_them() {
        for (name, first, last) in [
            ("Anna de Vries", "Anna", "de Vries"),
            ("de Vries, Anna", "Anna", "de Vries"),
            ("Vries,Anna  Maria", "Anna Maria", "Vries"),
            ("  Jan   Smit ", "Jan", "Smit"),
            ("AMSTERDAM", "", "AMSTERDAM"),
            ("Visser,", "", "Visser"),
            ("", "", ""),
        ] {
            assert_eq!(first_and_last(name), (first.to_owned(), last.to_owned()), "{name}");
        }
    }

    #[test]
    fn what_stands_beside_a_name_stays_with_the_last_one() {
        for (name, first, last) in [
            ("Rahman, Md", "Md", "Rahman"),
            ("Rahman, MD", "", "Rahman, MD"),
            ("Anna Rahman, M.D.", "Anna", "Rahman, M.D."),
            ("Visser, PhD", "", "Visser, PhD"),
            ("Anna Visser, Ph.D.", "Anna", "Visser, Ph.D."),
            ("Anna Visser, PhD MBA", "Anna", "Visser, PhD MBA"),
            ("Visser, Anna, PhD", "Anna", "Visser, PhD"),
            ("Visser, Jr, Anna", "Anna", "Visser, Jr"),
            ("John Smith, III", "John", "Smith, III"),
            ("Smith, Sr.", "", "Smith, Sr."),
            ("PhD", "", "PhD"),
        ] {
            assert_eq!(first_and_last(name), (first.to_owned(), last.to_owned()), "{name}");
        }
    }
}
