//! Telephone numbers as people type them into a CRM: many spellings, numbers that ring nowhere.
//!
//! Ranges: 555-0100 to 0199 in the United States, Ofcom's drama numbers, the Bundesnetzagentur's
//! numbers for media, ARCEP's fictional ranges, PTS's numbers for fiction. The Netherlands and
//! India keep none free; there the subscriber part starts with a digit that is not given out, or
//! is a number known from examples.

const US_AREAS: [&str; 24] = [
    "212", "305", "312", "404", "408", "415", "469", "503", "510", "512", "602", "612", "617", "619", "646", "702",
    "713", "720", "773", "786", "818", "858", "919", "972",
];

/// The number on a company's website.
pub(super) fn switchboard(country: &str, number: usize) -> String {
    match country {
        "Netherlands" => format!("020-1{:02} {:02} 00", number / 100 % 100, number % 100),
        "Germany" => format!("+49 (0)30 23125-{:03}", number % 1_000),
        "United Kingdom" => format!("020 7946 0{:03}", number % 1_000),
        "United States" => format!("({}) 555-01{:02}", area(number / 100), number % 100),
        "France" => format!("01 99 00 {:02} {:02}", number / 100 % 100, number % 100),
        "Sweden" => format!("08-465 004 {:02}", number % 100),
        _ => format!("+91 22 5550 0{:03}", number % 1_000),
    }
}

/// A direct line; the spelling depends on who typed it.
pub(super) fn desk(country: &str, number: usize) -> String {
    let spelling = number / 7 % 4;
    let (low, mid) = (number % 100, number / 100 % 100);
    match (country, spelling) {
        ("Netherlands", 0) => format!("020-1{mid:02} {low:02} 67"),
        ("Netherlands", 1) => format!("+31 20 1{mid:02} {low:02}67"),
        ("Netherlands", 2) => format!("+31 (0)20 1{mid:02} {low:02} 67"),
        ("Netherlands", _) => format!("0031201{mid:02}{low:02}67"),
        ("Germany", 0) => format!("+49 30 23125 {:03}", number % 1_000),
        ("Germany", 1) => format!("030/23125{:03}", number % 1_000),
        ("Germany", 2) => format!("(089) 99998 {:03}", number % 1_000),
        ("Germany", _) => format!("0049 69 90009-{:03}", number % 1_000),
        ("United Kingdom", 0) => format!("020 7946 0{:03}", number % 1_000),
        ("United Kingdom", 1) => format!("+44 20 7946 0{:03}", number % 1_000),
        ("United Kingdom", 2) => format!("01632 960{:03}", number % 1_000),
        ("United Kingdom", _) => format!("+44 (0)1632 960 {:03}", number % 1_000),
        ("United States", 0) => format!("({}) 555-01{low:02}", area(number / 100)),
        ("United States", 1) => format!("{}.555.01{low:02}", area(number / 100)),
        ("United States", 2) => format!("+1 {} 555 01{low:02}", area(number / 100)),
        ("United States", _) => format!("1-{}-555-01{low:02} x{}", area(number / 100), 100 + number % 900),
        ("France", 0) => format!("01 99 00 {mid:02} {low:02}"),
        ("France", 1) => format!("+33 1 99 00 {mid:02} {low:02}"),
        ("France", 2) => format!("02.61.91.{mid:02}.{low:02}"),
        ("France", _) => format!("+33(0)353019{low:02}{:01}", mid % 10),
        ("Sweden", 0 | 1) => format!("08-465 004 {low:02}"),
        ("Sweden", _) => format!("+46 8 465 004 {low:02}"),
        (_, 0) => format!("022-5550 1{:03}", number % 1_000),
        (_, _) => format!("+91 22 5550 1{:03}", number % 1_000),
    }
}

/// A mobile number.
pub(super) fn mobile(country: &str, number: usize) -> String {
    let spelling = number / 7 % 3;
    let (low, thousand) = (number % 100, number % 1_000);
    match (country, spelling) {
        ("Netherlands", 0) => format!("+31 6 1234 5{thousand:03}"),
        ("Netherlands", 1) => format!("06-12345{thousand:03}"),
        ("Netherlands", _) => format!("06 1234 5{thousand:03}"),
        ("Germany", 0) => format!("+49 171 39200{low:02}"),
        ("Germany", _) => format!("0171 39200{low:02}"),
        ("United Kingdom", 0) => format!("+44 7700 900{thousand:03}"),
        ("United Kingdom", _) => format!("07700 900 {thousand:03}"),
        ("United States", 0) => format!("+1 ({}) 555-01{low:02}", area(number / 100 + 11)),
        ("United States", _) => format!("{}-555-01{low:02}", area(number / 100 + 11)),
        ("France", 0) => format!("+33 6 39 98 {:02} {low:02}", number / 100 % 100),
        ("France", _) => format!("06 39 98 {:02} {low:02}", number / 100 % 100),
        ("Sweden", 0) => format!("070-174 06 {low:02}"),
        ("Sweden", _) => format!("+46 70 174 06 {low:02}"),
        (_, 0) => format!("+91 98765 43{thousand:03}"),
        (_, _) => format!("098765 43{thousand:03}"),
    }
}

fn area(number: usize) -> &'static str {
    US_AREAS[number % US_AREAS.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn american_numbers_stay_inside_the_range_for_fiction() {
        for number in 0..3_000 {
            let digits: String = desk("United States", number).chars().filter(char::is_ascii_digit).collect();
            let national = digits.strip_prefix('1').filter(|rest| rest.len() >= 10).unwrap_or(&digits);
            assert_eq!(&national[3..8], "55501", "{digits}");
        }
    }
}
