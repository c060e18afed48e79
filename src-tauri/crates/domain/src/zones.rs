//! Time zones by city.

use chrono_tz::{TZ_VARIANTS, Tz};

/// The zone with this IANA id, or `None`.
pub fn parse(id: &str) -> Option<Tz> {
    id.trim().parse().ok()
}

/// Zones whose id contains every word of the query, those whose city begins with it first.
///
/// Legacy aliases without a region (`Egypt`, `EST5EDT`) are left out, `UTC` stays.
pub fn search(query: &str, limit: usize) -> Vec<&'static str> {
    let words: Vec<String> = query
        .to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut hits: Vec<(u8, &'static str)> = TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .filter(|name| *name == "UTC" || (name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("US/")))
        .filter_map(|name| {
            let lower = name.to_lowercase();
            if !words.iter().all(|word| lower.contains(word.as_str())) {
                return None;
            }
            let city = lower.rsplit('/').next().unwrap_or(&lower);
            let begins = words.first().is_none_or(|word| city.starts_with(word.as_str()));
            Some((u8::from(!begins), name))
        })
        .collect();
    hits.sort_unstable();
    hits.into_iter().take(limit).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_found_by_its_beginning_first() {
        assert_eq!(search("amst", 5).first(), Some(&"Europe/Amsterdam"));
        assert_eq!(search("new york", 5), ["America/New_York"]);
        assert!(search("york", 5).contains(&"America/New_York"));
    }

    #[test]
    fn nonsense_finds_nothing_and_the_limit_holds() {
        assert!(search("qqqq", 5).is_empty());
        assert_eq!(search("", 7).len(), 7);
    }

    #[test]
    fn only_real_ids_parse() {
        assert!(parse("Europe/Amsterdam").is_some());
        for id in ["", "Amsterdam", "Europe/Amsterdam'; DROP", "CEST"] {
            assert!(parse(id).is_none(), "{id}");
        }
    }
}
