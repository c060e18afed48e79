//! Zones by what people know of them: cities and countries, in English, Dutch and the cities' own names.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Zone, all, parse};

/// A zone that was searched for, with the place that was found in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub zone: Zone,
    /// The city that matched, or the largest one of the country that did: `Bengaluru`.
    pub place: &'static str,
}

/// `../../data/zones/SOURCES.md` says where the places come from. The largest city is the first.
static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    include_str!("../../data/zones/places.tsv")
        .lines()
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (zone, country, name) = (columns.next()?, columns.next()?, columns.next()?);
            let names =
                std::iter::once(name).chain(columns.next()?.split('|')).map(folded).filter(|name| !name.is_empty());
            Some(Place { zone, country, name, names: names.collect() })
        })
        .collect()
});

/// Names of countries by their code (ISO 3166-1).
static COUNTRIES: LazyLock<HashMap<&'static str, Vec<String>>> = LazyLock::new(|| {
    include_str!("../../data/zones/countries.tsv")
        .lines()
        .filter_map(|line| {
            let (code, names) = line.split_once('\t')?;
            Some((code, names.split(['\t', '|']).map(folded).filter(|name| !name.is_empty()).collect()))
        })
        .collect()
});

struct Place {
    zone: &'static str,
    country: &'static str,
    name: &'static str,
    /// Folded, the city's usual name first.
    names: Vec<String>,
}

/// How well something matched; the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Name,
    OtherName,
    BeginningOfName,
    BeginningOfOtherName,
    WordOfName,
    Words,
    PartOfId,
}

/// Zones by city, country or id; each once, with the best match first and larger cities before smaller ones.
///
/// Accents, capitals and punctuation don't matter. An empty query gives the zones of the largest cities.
pub fn search(query: &str, limit: usize) -> Vec<Hit> {
    let query = folded(query);
    let places = PLACES.iter().filter_map(|place| Some((place.matches(&query)?, place.zone, place.name)));
    let ids = all().filter_map(|zone| {
        let id = zone.name();
        Some((id_matches(id, &query)?, id, id.rsplit('/').next().unwrap_or(id)))
    });
    let mut best: HashMap<&'static str, (Match, usize, &'static str)> = HashMap::new();
    for (order, (rank, zone, name)) in places.chain(ids).enumerate() {
        let known = best.entry(zone).or_insert((rank, order, name));
        if rank < known.0 {
            *known = (rank, order, name);
        }
    }
    let mut found: Vec<_> = best.into_iter().collect();
    found.sort_unstable_by_key(|(_, (rank, order, _))| (*rank, *order));
    let zones = found.into_iter().filter_map(|(id, (_, _, place))| Some(Hit { zone: parse(id)?, place }));
    zones.take(limit).collect()
}

/// The zone of the place with exactly this name: the largest city that is called so, or a country that has one zone.
pub fn named(name: &str) -> Option<Hit> {
    let name = folded(name);
    if name.is_empty() {
        return None;
    }
    let of = |place: &'static Place| Some(Hit { zone: parse(place.zone)?, place: place.name });
    if let Some(place) = PLACES.iter().find(|place| place.names.first() == Some(&name)) {
        return of(place);
    }
    // New York is called New York City there.
    let city = |zone: &Zone| folded(zone.name().rsplit('/').next().unwrap_or_default());
    if let Some(zone) = all().find(|zone| zone.name().contains('/') && city(zone) == name) {
        return Some(Hit { zone, place: zone.name().rsplit('/').next().unwrap_or_default() });
    }
    if let Some(place) = PLACES.iter().find(|place| place.names.contains(&name)) {
        return of(place);
    }
    let (code, _) = COUNTRIES.iter().find(|(_, names)| names.contains(&name))?;
    let mut places = PLACES.iter().filter(|place| place.country == *code);
    let largest = places.next()?;
    places.all(|place| place.zone == largest.zone).then(|| of(largest))?
}

/// The largest place of a country (ISO 3166-1) whose clocks all show the same at that instant; nothing for a wider one.
pub fn of_country(code: &str, at: DateTime<Utc>) -> Option<Hit> {
    let mut places = PLACES.iter().filter(|place| place.country.eq_ignore_ascii_case(code));
    let largest = places.next()?;
    let zone = parse(largest.zone)?;
    let same = |place: &Place| parse(place.zone).is_some_and(|other| other.seconds(at) == zone.seconds(at));
    places.all(same).then_some(Hit { zone, place: largest.name })
}

/// Zones with a city, those of the largest cities first.
pub(super) fn by_size() -> impl Iterator<Item = Zone> {
    let mut seen = HashSet::new();
    PLACES.iter().map(|place| place.zone).filter(move |zone| seen.insert(*zone)).filter_map(parse)
}

impl Place {
    fn matches(&self, query: &str) -> Option<Match> {
        let countries = COUNTRIES.get(self.country).map_or(&[][..], Vec::as_slice);
        let (name, others) = self.names.split_first()?;
        if name == query || countries.iter().any(|country| country == query) {
            return Some(Match::Name);
        }
        if others.iter().any(|other| other == query) {
            return Some(Match::OtherName);
        }
        if name.starts_with(query) || countries.iter().any(|country| country.starts_with(query)) {
            return Some(Match::BeginningOfName);
        }
        if others.iter().any(|other| other.starts_with(query)) {
            return Some(Match::BeginningOfOtherName);
        }
        if has_word(name, query) {
            return Some(Match::WordOfName);
        }
        let known = |word: &str| self.names.iter().chain(countries).any(|name| has_word(name, word));
        query.split(' ').all(known).then_some(Match::Words)
    }
}

/// Offsets (`Etc/GMT+5`) and names without a place (`EST5EDT`) are not what somebody means who types letters.
fn id_matches(id: &str, query: &str) -> Option<Match> {
    if id == "UTC" {
        return (id.eq_ignore_ascii_case(query)).then_some(Match::Name);
    }
    if !id.contains('/') || id.starts_with("Etc/") || query.is_empty() {
        return None;
    }
    let id = folded(id);
    if id == query {
        return Some(Match::Name);
    }
    query.split(' ').all(|word| id.contains(word)).then_some(Match::PartOfId)
}

fn has_word(name: &str, beginning: &str) -> bool {
    name.match_indices(beginning).any(|(at, _)| at == 0 || name.as_bytes()[at - 1] == b' ')
}

/// Small letters without accents; whatever is neither letter nor digit is one space.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.nfkd().filter(|&character| !is_combining_mark(character)).flat_map(char::to_lowercase) {
        match character {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            _ if character.is_alphanumeric() => out.push(character),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(query: &str) -> Option<&'static str> {
        search(query, 1).first().map(|hit| hit.zone.name())
    }

    #[test]
    fn cities_and_countries_are_found_first() {
        for (query, id) in [
            ("India", "Asia/Kolkata"),
            ("Bangalore", "Asia/Kolkata"),
            ("bengaluru", "Asia/Kolkata"),
            ("Calcutta", "Asia/Kolkata"),
            ("Beijing", "Asia/Shanghai"),
            ("Peking", "Asia/Shanghai"),
            ("Kyiv", "Europe/Kyiv"),
            ("Kiev", "Europe/Kyiv"),
            ("Den Haag", "Europe/Amsterdam"),
            ("the hague", "Europe/Amsterdam"),
            ("'s-Gravenhage", "Europe/Amsterdam"),
            ("amst", "Europe/Amsterdam"),
            ("Zurich", "Europe/Zurich"),
            ("zürich", "Europe/Zurich"),
            ("Genève", "Europe/Zurich"),
            ("Londen", "Europe/London"),
            ("Parijs", "Europe/Paris"),
            ("Keulen", "Europe/Berlin"),
            ("Duitsland", "Europe/Berlin"),
            ("Germany", "Europe/Berlin"),
            ("Oekraïne", "Europe/Kyiv"),
            ("oekraine", "Europe/Kyiv"),
            ("Japan", "Asia/Tokyo"),
            ("San Francisco", "America/Los_Angeles"),
            ("Vancouver", "America/Vancouver"),
            ("Calgary", "America/Edmonton"),
            ("Casablanca", "Africa/Casablanca"),
            ("Marokko", "Africa/Casablanca"),
            ("São Paulo", "America/Sao_Paulo"),
            ("sao paulo", "America/Sao_Paulo"),
            ("London Canada", "America/Toronto"),
            ("Europe/Amsterdam", "Europe/Amsterdam"),
            ("new york", "America/New_York"),
            ("utc", "UTC"),
        ] {
            assert_eq!(first(query), Some(id), "{query}");
        }
    }

    #[test]
    fn a_place_is_named_in_full() {
        for (name, id) in [
            ("New York", Some("America/New_York")),
            ("london", Some("Europe/London")),
            ("Londen", Some("Europe/London")),
            ("India", Some("Asia/Kolkata")),
            ("lond", None),
            ("Canada", None),
            ("", None),
        ] {
            assert_eq!(named(name).map(|hit| hit.zone.name()), id, "{name}");
        }
    }

    #[test]
    fn a_country_has_a_clock_where_all_its_places_agree() {
        let at: DateTime<Utc> = "2026-12-01T12:00:00Z".parse().unwrap();
        for (code, id) in [
            ("JP", Some("Asia/Tokyo")),
            ("nl", Some("Europe/Amsterdam")),
            ("GB", Some("Europe/London")),
            ("AR", Some("America/Argentina/Buenos_Aires")),
            ("KZ", Some("Asia/Almaty")),
            ("US", None),
            ("ES", None),
            ("XX", None),
            ("", None),
        ] {
            assert_eq!(of_country(code, at).map(|hit| hit.zone.name()), id, "{code}");
        }
        // Two zones of Kazakhstan were an hour apart until 2024.
        assert_eq!(of_country("KZ", "2023-12-01T12:00:00Z".parse().unwrap()), None);
    }

    #[test]
    fn the_place_that_was_typed_is_named() {
        assert_eq!(search("Bangalore", 1)[0].place, "Bengaluru");
        assert_eq!(search("Rotterdam", 1)[0].place, "Rotterdam");
        assert!(search("york", 5).iter().any(|hit| hit.zone.name() == "America/New_York"));
    }

    #[test]
    fn a_wide_country_shows_its_zones_by_size() {
        let zones: Vec<_> = search("Canada", 12).iter().map(|hit| hit.zone.name()).collect();
        assert_eq!(zones[0], "America/Toronto");
        assert!(zones.contains(&"America/Vancouver") && zones.contains(&"America/Edmonton"), "{zones:?}");
    }

    #[test]
    fn nonsense_finds_nothing_and_the_limit_holds() {
        assert!(search("qqqq", 5).is_empty());
        assert!(search("*?'\"", 5).len() <= 5);
        assert_eq!(search("", 7).len(), 7);
    }

    #[test]
    fn every_place_has_rules_and_every_country_its_names() {
        for place in PLACES.iter() {
            assert_eq!(parse(place.zone).map(Zone::name), Some(place.zone), "{}", place.name);
            assert!(COUNTRIES.contains_key(place.country), "{}", place.name);
        }
        assert!(PLACES.len() > 5_000 && COUNTRIES.len() > 200);
    }
}
