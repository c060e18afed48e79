//! Lines that have, or had, two spellings in E.164: a table with the source of each row.
//!
//! Two spellings are equal only where they ring the same line. A row whose old spelling may ring somebody else today
//! (Ho Chi Minh City's area code 8, Brazil's trunked radio on 7) is not here. Each row was held against the data of
//! libphonenumber before and after its date: the old spelling was valid then, the new one is valid now.

/// What became of the old spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It no longer works: what is written so is read as the new spelling, unless it is a valid number today.
    Replaced,
    /// It no longer works for callers from elsewhere, although the library's data still call it valid.
    Withdrawn,
    /// Both ring: each stays as written and is found by the other.
    Both,
}

/// One row: `old` and `new` are E.164 without the `+`, in which `x` is any digit and `[…]` one of those digits; the
/// open places stand in the same order in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spelling {
    /// The older, or the less usual, spelling.
    pub old: &'static str,
    /// The newer, or the more usual, spelling.
    pub new: &'static str,
    /// What became of the older one.
    pub fate: Fate,
    /// Who says so.
    pub source: &'static str,
}

const ARGENTINA: &str = "libphonenumber, FAQ: Argentina's 9 before the area code, 15 after it inside the country";
const MEXICO: &str = "IFT, dialling as of 3 August 2019 (ITU notice T020200008A0003): no 1, 01, 044, 045 any more";
const BENIN: &str = "ARCEP Bénin, 30 November 2024: 01 before the eight digits";
const IVORY_COAST: &str = "ARTCI, 31 January 2021: 01 Moov, 05 MTN, 07 Orange, 21, 25, 27 for fixed lines; who had \
                           which range: carrier data of libphonenumber 8.12.10";
const BRAZIL: &str = "Anatel, Resolution 553 of 2010 (ITU notice T020200001D0003), 2012 to 2016: 9 before mobile \
                      numbers, not before trunked radio";
const COLOMBIA: &str = "CRC, Resolution 5826, 1 September 2021: 60 before area code and number of fixed lines";
const ECUADOR: &str = "Arcotel, 30 September 2012: 9 before mobile numbers";
const VIETNAM: &str = "MIC, Decision 798/QD-BTTTT, 15 September 2018: mobile numbers of 11 digits have 10";
const HANOI: &str = "MIC, 17 June 2017: area code 4 is 24";
const MAURITIUS: &str = "ICTA, 1 September 2013: 5 before mobile numbers";
const GABON: &str =
    "ARCEP Gabon, 15 November 2019, old ones cut off on 6 April 2024: 1, 6 or 7 before the seven digits";
const CAMEROON: &str = "ART Cameroun, 21 November 2014: 6 before mobile, 2 before fixed numbers";
const CHILE: &str = "Subtel, 24 November 2012: 2 before numbers of Santiago";
const NIGERIA: &str = "NCC, 1 January 2024: 20 before fixed numbers";
const QATAR: &str = "ictQATAR, 28 July 2010: the first digit is doubled";
const SINT_MAARTEN: &str = "NANPA, PL-423, 30 September 2011: +599 5 is +1 721 5";
const KOSOVO: &str = "ITU notice T02020000FD0001 of 15 December 2016: +383 for what was under +377, +381, +386";
const PALESTINE: &str = "libphonenumber, metadata of IL and PS: mobile 56 and 59 under both codes";
const SAN_MARINO: &str = "libphonenumber, metadata of SM and IT: 0549 under +378 and +39";
const NORTHERN_IRELAND: &str = "ComReg, numbering conventions: 048 inside Ireland is +44 28";

/// All rows, by the country that has the line.
pub const SPELLINGS: &[Spelling] = &[
    row("54[123]xxxxxxxxx", "549[123]xxxxxxxxx", Fate::Both, ARGENTINA),
    row("521xxxxxxxxxx", "52xxxxxxxxxx", Fate::Replaced, MEXICO),
    row("5201xxxxxxxxxx", "52xxxxxxxxxx", Fate::Replaced, MEXICO),
    row("52044xxxxxxxxxx", "52xxxxxxxxxx", Fate::Replaced, MEXICO),
    row("52045xxxxxxxxxx", "52xxxxxxxxxx", Fate::Replaced, MEXICO),
    row("229[24569]xxxxxxx", "22901[24569]xxxxxxx", Fate::Replaced, BENIN),
    row("225[04578][0123]xxxxxx", "22501[04578][0123]xxxxxx", Fate::Replaced, IVORY_COAST),
    row("225[0456789][456]xxxxxx", "22505[0456789][456]xxxxxx", Fate::Replaced, IVORY_COAST),
    row("225[045789][789]xxxxxx", "22507[045789][789]xxxxxx", Fate::Replaced, IVORY_COAST),
    row("2256[78]xxxxxx", "225076[78]xxxxxx", Fate::Replaced, IVORY_COAST),
    row("225[23]x8xxxxx", "22521[23]x8xxxxx", Fate::Replaced, IVORY_COAST),
    row("225[23]x0xxxxx", "22525[23]x0xxxxx", Fate::Replaced, IVORY_COAST),
    row("225[23]x[1234567]xxxxx", "22527[23]x[1234567]xxxxx", Fate::Replaced, IVORY_COAST),
    row("55xx[689]xxxxxxx", "55xx9[689]xxxxxxx", Fate::Replaced, BRAZIL),
    row("57[1245678]xxxxxxx", "5760[1245678]xxxxxxx", Fate::Replaced, COLOMBIA),
    row("593[89]xxxxxxx", "5939[89]xxxxxxx", Fate::Replaced, ECUADOR),
    row("84120xxxxxxx", "8470xxxxxxx", Fate::Replaced, VIETNAM),
    row("84121xxxxxxx", "8479xxxxxxx", Fate::Replaced, VIETNAM),
    row("84122xxxxxxx", "8477xxxxxxx", Fate::Replaced, VIETNAM),
    row("84126xxxxxxx", "8476xxxxxxx", Fate::Replaced, VIETNAM),
    row("84128xxxxxxx", "8478xxxxxxx", Fate::Replaced, VIETNAM),
    row("8412[345]xxxxxxx", "848[345]xxxxxxx", Fate::Replaced, VIETNAM),
    row("84127xxxxxxx", "8481xxxxxxx", Fate::Replaced, VIETNAM),
    row("84129xxxxxxx", "8482xxxxxxx", Fate::Replaced, VIETNAM),
    row("8416[23456789]xxxxxxx", "843[23456789]xxxxxxx", Fate::Replaced, VIETNAM),
    row("8418[68]xxxxxxx", "845[68]xxxxxxx", Fate::Replaced, VIETNAM),
    row("84199xxxxxxx", "8459xxxxxxx", Fate::Replaced, VIETNAM),
    row("844xxxxxxxx", "8424xxxxxxxx", Fate::Replaced, HANOI),
    row("230[4789]xxxxxx", "2305[4789]xxxxxx", Fate::Replaced, MAURITIUS),
    row("2410[256]xxxxxx", "2416[256]xxxxxx", Fate::Withdrawn, GABON),
    row("241[256]xxxxxx", "2416[256]xxxxxx", Fate::Withdrawn, GABON),
    row("2410[47]xxxxxx", "2417[47]xxxxxx", Fate::Withdrawn, GABON),
    row("241[47]xxxxxx", "2417[47]xxxxxx", Fate::Withdrawn, GABON),
    row("24101xxxxxx", "24111xxxxxx", Fate::Withdrawn, GABON),
    row("2411xxxxxx", "24111xxxxxx", Fate::Withdrawn, GABON),
    row("237[5679]xxxxxxx", "2376[5679]xxxxxxx", Fate::Replaced, CAMEROON),
    row("237[23]xxxxxxx", "2372[23]xxxxxxx", Fate::Replaced, CAMEROON),
    row("562xxxxxxx", "5622xxxxxxx", Fate::Replaced, CHILE),
    row("234[123456789]xxxxxxx", "23420[123456789]xxxxxxx", Fate::Replaced, NIGERIA),
    row("9743xxxxxx", "97433xxxxxx", Fate::Replaced, QATAR),
    row("9744xxxxxx", "97444xxxxxx", Fate::Replaced, QATAR),
    row("9745xxxxxx", "97455xxxxxx", Fate::Replaced, QATAR),
    row("9746xxxxxx", "97466xxxxxx", Fate::Replaced, QATAR),
    row("9747xxxxxx", "97477xxxxxx", Fate::Replaced, QATAR),
    row("5995xxxxxx", "17215xxxxxx", Fate::Replaced, SINT_MAARTEN),
    row("3774[45]xxxxxx", "3834[45]xxxxxx", Fate::Both, KOSOVO),
    row("3864[39]xxxxxx", "3834[39]xxxxxx", Fate::Both, KOSOVO),
    row("3812[89]xxxxxx", "3832[89]xxxxxx", Fate::Both, KOSOVO),
    row("3813[89]xxxxxx", "3833[89]xxxxxx", Fate::Both, KOSOVO),
    row("9725[69]xxxxxxx", "9705[69]xxxxxxx", Fate::Both, PALESTINE),
    row("390549xxxxxx", "3780549xxxxxx", Fate::Both, SAN_MARINO),
    row("35348xxxxxxxx", "4428xxxxxxxx", Fate::Withdrawn, NORTHERN_IRELAND),
];

const fn row(old: &'static str, new: &'static str, fate: Fate, source: &'static str) -> Spelling {
    Spelling { old, new, fate, source }
}

impl Spelling {
    /// The newer spelling of `digits`, where they are the older one.
    pub(super) fn renewed(&self, digits: &str) -> Option<String> {
        rewritten(digits, self.old, self.new)
    }

    /// The older spelling of `digits`, where they are the newer one.
    pub(super) fn aged(&self, digits: &str) -> Option<String> {
        rewritten(digits, self.new, self.old)
    }
}

/// One place of a template: a fixed digit, or the digits that it is open to.
enum Place<'a> {
    Fixed(u8),
    Any,
    OneOf(&'a [u8]),
}

fn places(template: &str) -> impl Iterator<Item = Place<'_>> {
    let mut rest = template.as_bytes();
    std::iter::from_fn(move || {
        let (&first, after) = rest.split_first()?;
        rest = after;
        Some(match first {
            b'x' => Place::Any,
            b'[' => {
                let end = after.iter().position(|&byte| byte == b']').unwrap_or(after.len());
                rest = after.get(end + 1..).unwrap_or_default();
                Place::OneOf(&after[..end])
            }
            fixed => Place::Fixed(fixed),
        })
    })
}

fn rewritten(digits: &str, from: &str, to: &str) -> Option<String> {
    let mut open = [0_u8; 20];
    let mut count = 0;
    let mut given = digits.bytes();
    for place in places(from) {
        let digit = given.next()?;
        match place {
            Place::Fixed(fixed) if fixed == digit => continue,
            Place::Fixed(_) => return None,
            Place::OneOf(allowed) if !allowed.contains(&digit) => return None,
            Place::OneOf(_) | Place::Any => {}
        }
        *open.get_mut(count)? = digit;
        count += 1;
    }
    if given.next().is_some() {
        return None;
    }
    let mut taken = open[..count].iter();
    places(to)
        .map(|place| match place {
            Place::Fixed(fixed) => Some(char::from(fixed)),
            Place::Any | Place::OneOf(_) => taken.next().map(|&digit| char::from(digit)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_carried_over_in_order() {
        let brazil = row("55xx[689]xxxxxxx", "55xx9[689]xxxxxxx", Fate::Replaced, "");
        assert_eq!(brazil.renewed("551181234567").as_deref(), Some("5511981234567"));
        assert_eq!(brazil.aged("5511981234567").as_deref(), Some("551181234567"));
        for other in ["551131234567", "55118123456", "5511812345678", "541181234567", ""] {
            assert_eq!(brazil.renewed(other), None, "{other}");
        }
    }

    #[test]
    fn each_row_has_the_same_open_places_on_both_sides_and_a_source() {
        for spelling in SPELLINGS {
            let open = |template: &'static str| -> Vec<Vec<u8>> {
                places(template)
                    .filter_map(|place| match place {
                        Place::Fixed(digit) => {
                            assert!(digit.is_ascii_digit(), "{template}");
                            None
                        }
                        Place::Any => Some(Vec::new()),
                        Place::OneOf(digits) => Some(digits.to_vec()),
                    })
                    .collect()
            };
            assert_eq!(open(spelling.old), open(spelling.new), "{spelling:?}");
            assert!(!spelling.source.is_empty(), "{spelling:?}");
        }
    }
}
